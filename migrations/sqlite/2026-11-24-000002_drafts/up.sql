-- What somebody is writing and has not saved: private to the writer, kept by the key that the form's save will carry.

CREATE TABLE drafts (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    client_id TEXT NOT NULL,
    page_id BIGINT REFERENCES pages (id),
    base_revision_id BIGINT,
    change_id BIGINT,
    version BIGINT NOT NULL,
    tab TEXT NOT NULL,
    form TEXT NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    discarded_at TIMESTAMP,
    UNIQUE (person_id, client_id)
);
CREATE INDEX drafts_page ON drafts (page_id);

-- Who has a page open for writing: one row for each tab, as fresh as its last sign of life.

CREATE TABLE editing (
    id INTEGER NOT NULL PRIMARY KEY,
    page_id BIGINT NOT NULL REFERENCES pages (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    tab TEXT NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    UNIQUE (page_id, person_id, tab)
);
CREATE INDEX editing_seen ON editing (seen_at);
