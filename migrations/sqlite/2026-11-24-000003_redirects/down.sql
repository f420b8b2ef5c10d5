DROP TABLE page_steps;
DROP TABLE redirects;
