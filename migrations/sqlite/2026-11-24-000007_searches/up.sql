-- The log of searches, a row each: keystrokes of one search are one. began_at: when its person came to the box, which may have
-- been for an earlier search that led nowhere. answer_ms: from there to a page that was opened and after which nothing
-- more was looked for.
CREATE TABLE searches (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    at TIMESTAMP NOT NULL,
    began_at TIMESTAMP NOT NULL,
    last_at TIMESTAMP NOT NULL,
    source TEXT NOT NULL,
    words TEXT NOT NULL,
    hits BIGINT NOT NULL,
    took_us BIGINT NOT NULL,
    opened_ms BIGINT,
    opened_rank BIGINT,
    opened_page_id BIGINT REFERENCES pages (id),
    answer_ms BIGINT,
    UNIQUE (person_id, at)
);
CREATE INDEX searches_last_at ON searches (last_at);

-- What is left of searches after a year: counts by month and words, and nobody's name. month: 2026-11.
CREATE TABLE search_months (
    id INTEGER NOT NULL PRIMARY KEY,
    month TEXT NOT NULL,
    words TEXT NOT NULL,
    searches BIGINT NOT NULL,
    without_result BIGINT NOT NULL,
    without_click BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    UNIQUE (month, words)
);

-- Searches that lead nowhere and what became of them. folded: the words as they are compared. A gap that nobody has asked
-- about or decided has no row: it is seen in the log.
CREATE TABLE gaps (
    id INTEGER NOT NULL PRIMARY KEY,
    words TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    page_id BIGINT REFERENCES pages (id),
    alias_id BIGINT,
    reason TEXT NOT NULL,
    decided_by BIGINT REFERENCES people (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX gaps_page ON gaps (page_id);

-- Who asked marketing, and is told when it is answered.
CREATE TABLE gap_askers (
    id INTEGER NOT NULL PRIMARY KEY,
    gap_id BIGINT NOT NULL REFERENCES gaps (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    note TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    UNIQUE (gap_id, person_id)
);
CREATE INDEX gap_askers_person ON gap_askers (person_id);
