-- Paths that are none of Dugri's own and lead to a page for ever: those of a wiki that was imported.
CREATE TABLE redirects (
    id INTEGER NOT NULL PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    page_id BIGINT NOT NULL REFERENCES pages (id),
    made_by BIGINT REFERENCES people (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX redirects_page ON redirects (page_id);

-- What was done to a page as a whole. data: what it was before, as JSON, so that it can be undone.
CREATE TABLE page_steps (
    id INTEGER NOT NULL PRIMARY KEY,
    page_id BIGINT NOT NULL REFERENCES pages (id),
    kind TEXT NOT NULL,
    other_id BIGINT REFERENCES pages (id),
    by_id BIGINT NOT NULL REFERENCES people (id),
    at TIMESTAMP NOT NULL,
    data TEXT NOT NULL,
    undone_at TIMESTAMP,
    undone_by BIGINT REFERENCES people (id)
);
CREATE INDEX page_steps_page ON page_steps (page_id, id);
CREATE INDEX page_steps_other ON page_steps (other_id);
