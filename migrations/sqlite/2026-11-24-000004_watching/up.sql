-- What people keep, watch and have seen; what they are told; topics that became part of another one.
CREATE TABLE favourites (
    person_id BIGINT NOT NULL REFERENCES people (id),
    page_id BIGINT NOT NULL REFERENCES pages (id),
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (person_id, page_id)
);
CREATE INDEX favourites_page ON favourites (page_id);

-- The newest number of a page that a person saw, and the one they saw before it.
CREATE TABLE visits (
    person_id BIGINT NOT NULL REFERENCES people (id),
    page_id BIGINT NOT NULL REFERENCES pages (id),
    number BIGINT NOT NULL,
    earlier BIGINT,
    first_at TIMESTAMP NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (person_id, page_id)
);
CREATE INDEX visits_page ON visits (page_id);

CREATE TABLE homes (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
    chosen TEXT,
    caught_up_at TIMESTAMP
);

CREATE TABLE watches (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    target_id BIGINT NOT NULL,
    query TEXT NOT NULL,
    muted BOOLEAN NOT NULL,
    at TIMESTAMP NOT NULL,
    UNIQUE (person_id, kind, target_id, query)
);
CREATE INDEX watches_target ON watches (kind, target_id);

CREATE TABLE notices (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    reason_id BIGINT NOT NULL,
    reason_text TEXT NOT NULL,
    page_id BIGINT REFERENCES pages (id),
    intel_id BIGINT REFERENCES intel (id),
    change_id BIGINT REFERENCES changes (id),
    actor_id BIGINT REFERENCES people (id),
    events BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    read_at TIMESTAMP
);
CREATE INDEX notices_person ON notices (person_id, read_at);
CREATE INDEX notices_page ON notices (page_id);
CREATE INDEX notices_intel ON notices (intel_id);

ALTER TABLE topics ADD COLUMN merged_into BIGINT;
CREATE INDEX topics_merged ON topics (merged_into);

CREATE INDEX uses_person ON uses (person_id);
CREATE INDEX events_kind ON events (kind, at);
CREATE INDEX publications_from ON publications (from_at);

-- What happened before anybody could watch is no news.
INSERT INTO cursors (follower, event_id, failures) SELECT 'notify', COALESCE(MAX(id), 0), 0 FROM events;
