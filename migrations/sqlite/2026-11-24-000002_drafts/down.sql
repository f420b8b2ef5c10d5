DROP TABLE editing;
DROP TABLE drafts;
