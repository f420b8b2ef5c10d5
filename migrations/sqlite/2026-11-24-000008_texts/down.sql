DROP TABLE file_pages;
DROP TABLE file_texts;
