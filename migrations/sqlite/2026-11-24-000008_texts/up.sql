-- What became of reading each file: by which rules it was read (0: not yet), and how often that was begun.
CREATE TABLE file_texts (
    file_id INTEGER NOT NULL PRIMARY KEY REFERENCES files (id),
    state TEXT NOT NULL,
    rules BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    is_cut BOOLEAN NOT NULL,
    read_at TIMESTAMP
);
CREATE INDEX file_texts_by_rules ON file_texts (rules, file_id);

-- Their texts, page by page. Derived: what is lost here is read again.
CREATE TABLE file_pages (
    file_id BIGINT NOT NULL REFERENCES files (id),
    part BIGINT NOT NULL,
    number BIGINT,
    text TEXT NOT NULL,
    PRIMARY KEY (file_id, part)
);

INSERT INTO file_texts (file_id, state, rules, tries, is_cut)
SELECT id, 'waiting', 0, 0, FALSE FROM files;
