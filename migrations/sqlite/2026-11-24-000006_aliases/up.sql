-- Words that mean the same to search, beside the names of topics: one group a row, its words one a line.
CREATE TABLE aliases (
    id INTEGER NOT NULL PRIMARY KEY,
    words TEXT NOT NULL,
    changed_by BIGINT REFERENCES people (id),
    changed_at TIMESTAMP NOT NULL
);
