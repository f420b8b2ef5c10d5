-- Everything that the daily round needs: people and rights, pages and their history, intel, files, the event log.
-- Ids are keys of 64 bits; times are UTC to the microsecond and given by the application; JSON is text.

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- People and rights

CREATE TABLE groups (
    id INTEGER NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_he TEXT,
    kind TEXT NOT NULL
);

CREATE TABLE people (
    id INTEGER NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_he TEXT,
    title TEXT NOT NULL,
    title_he TEXT,
    organisation TEXT,
    outsider BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    theme TEXT NOT NULL,
    shortcuts BOOLEAN NOT NULL,
    password_hash TEXT,
    admin BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    home_group_id BIGINT REFERENCES groups (id),
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE members (
    group_id BIGINT NOT NULL REFERENCES groups (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    PRIMARY KEY (group_id, person_id)
);
CREATE INDEX members_person ON members (person_id);

CREATE TABLE sessions (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE invitations (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    purpose TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    created_by BIGINT REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX invitations_person ON invitations (person_id);

CREATE TABLE tokens (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP,
    seen_at TIMESTAMP,
    ended_at TIMESTAMP
);
CREATE INDEX tokens_person ON tokens (person_id);

CREATE TABLE spaces (
    id INTEGER NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_he TEXT,
    description TEXT NOT NULL,
    description_he TEXT,
    policy TEXT NOT NULL,
    language TEXT NOT NULL,
    icon TEXT NOT NULL,
    position INTEGER NOT NULL,
    intel_inbox BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- A role belongs to a person or to a group, never to both.
CREATE TABLE roles (
    id INTEGER NOT NULL PRIMARY KEY,
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    person_id BIGINT REFERENCES people (id),
    group_id BIGINT REFERENCES groups (id),
    rank SMALLINT NOT NULL,
    CHECK ((person_id IS NULL) <> (group_id IS NULL)),
    UNIQUE (space_id, person_id),
    UNIQUE (space_id, group_id)
);
CREATE INDEX roles_person ON roles (person_id);
CREATE INDEX roles_group ON roles (group_id);

-- Pages and their history

CREATE TABLE kinds (
    id INTEGER NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_he TEXT NOT NULL,
    icon TEXT NOT NULL,
    review_days INTEGER,
    template TEXT NOT NULL,
    template_he TEXT NOT NULL,
    fields TEXT NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE topics (
    id INTEGER NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_he TEXT,
    external_ids TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- Every name of a topic, its own and its aliases, folded for comparison.
CREATE TABLE topic_names (
    id INTEGER NOT NULL PRIMARY KEY,
    topic_id BIGINT NOT NULL REFERENCES topics (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (topic_id, folded)
);
CREATE INDEX topic_names_folded ON topic_names (folded);

CREATE TABLE pages (
    id INTEGER NOT NULL PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    kind_id BIGINT NOT NULL REFERENCES kinds (id),
    slug TEXT NOT NULL,
    language TEXT NOT NULL,
    audience TEXT NOT NULL,
    owner_id BIGINT REFERENCES people (id),
    owner_group_id BIGINT REFERENCES groups (id),
    successor_id BIGINT REFERENCES pages (id),
    archived_at TIMESTAMP,
    views_baseline BIGINT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    client_id TEXT,
    UNIQUE (space_id, slug),
    UNIQUE (created_by, client_id)
);
CREATE INDEX pages_successor ON pages (successor_id);

-- Every title and path that a page has ever had: links and old addresses go on leading to it.
CREATE TABLE page_names (
    id INTEGER NOT NULL PRIMARY KEY,
    page_id BIGINT NOT NULL REFERENCES pages (id),
    kind TEXT NOT NULL,
    folded TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    UNIQUE (page_id, kind, folded)
);
CREATE INDEX page_names_folded ON page_names (folded);

-- Texts, stored once by hash; with a base, as what differs from it. Height: the longest line of texts stored against this one.
CREATE TABLE bodies (
    hash TEXT NOT NULL PRIMARY KEY,
    base_hash TEXT REFERENCES bodies (hash),
    height INTEGER NOT NULL,
    size BIGINT NOT NULL,
    bytes BLOB NOT NULL
);
CREATE INDEX bodies_base ON bodies (base_hash);

CREATE TABLE changes (
    id INTEGER NOT NULL PRIMARY KEY,
    page_id BIGINT NOT NULL REFERENCES pages (id),
    base_revision_id BIGINT,
    author_id BIGINT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP
);
CREATE INDEX changes_page ON changes (page_id);

CREATE TABLE revisions (
    id INTEGER NOT NULL PRIMARY KEY,
    page_id BIGINT NOT NULL REFERENCES pages (id),
    parent_id BIGINT REFERENCES revisions (id),
    change_id BIGINT REFERENCES changes (id),
    title TEXT NOT NULL,
    key_message TEXT NOT NULL,
    body_hash TEXT NOT NULL REFERENCES bodies (hash),
    fields TEXT NOT NULL,
    author_id BIGINT NOT NULL REFERENCES people (id),
    at TIMESTAMP NOT NULL,
    summary TEXT NOT NULL,
    minor BOOLEAN NOT NULL,
    digest TEXT NOT NULL,
    client_id TEXT,
    UNIQUE (author_id, client_id)
);
CREATE INDEX revisions_page ON revisions (page_id, id);
CREATE INDEX revisions_change ON revisions (change_id);
CREATE INDEX revisions_parent ON revisions (parent_id);

CREATE TABLE revision_topics (
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    topic_id BIGINT NOT NULL REFERENCES topics (id),
    PRIMARY KEY (revision_id, topic_id)
);
CREATE INDEX revision_topics_topic ON revision_topics (topic_id);

CREATE TABLE links (
    id INTEGER NOT NULL PRIMARY KEY,
    page_id BIGINT NOT NULL REFERENCES pages (id),
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    embed BOOLEAN NOT NULL,
    target TEXT NOT NULL,
    folded TEXT NOT NULL,
    to_page_id BIGINT REFERENCES pages (id)
);
CREATE INDEX links_revision ON links (revision_id);
CREATE INDEX links_to_page ON links (to_page_id);
CREATE INDEX links_folded ON links (folded);

-- Append-only: what readers get, from when until when, and its number.
CREATE TABLE publications (
    id INTEGER NOT NULL PRIMARY KEY,
    page_id BIGINT NOT NULL REFERENCES pages (id),
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    number BIGINT NOT NULL,
    from_at TIMESTAMP NOT NULL,
    until_at TIMESTAMP,
    published_by BIGINT NOT NULL REFERENCES people (id),
    published_at TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    material BOOLEAN NOT NULL,
    digest TEXT NOT NULL,
    UNIQUE (page_id, number)
);
CREATE INDEX publications_page ON publications (page_id, from_at);
CREATE INDEX publications_revision ON publications (revision_id);
CREATE INDEX publications_at ON publications (published_at);

CREATE TABLE verifications (
    id INTEGER NOT NULL PRIMARY KEY,
    page_id BIGINT NOT NULL REFERENCES pages (id),
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    verified_by BIGINT NOT NULL REFERENCES people (id),
    at TIMESTAMP NOT NULL,
    until TIMESTAMP NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX verifications_page ON verifications (page_id, id);

-- Where an imported page came from, as it came, so that it can be given back byte for byte.
-- original: the body, where its links were rewritten. files: which attachment each of its paths became, as JSON.
CREATE TABLE imports (
    page_id BIGINT NOT NULL PRIMARY KEY REFERENCES pages (id),
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    source_key TEXT NOT NULL,
    path TEXT NOT NULL,
    front_matter TEXT NOT NULL,
    original TEXT,
    files TEXT NOT NULL
);
CREATE UNIQUE INDEX imports_source_key ON imports (source_key);

-- The field's reports

CREATE TABLE intel (
    id BIGINT NOT NULL PRIMARY KEY,
    client_id TEXT,
    reporter_id BIGINT NOT NULL REFERENCES people (id),
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    state TEXT NOT NULL,
    subject TEXT NOT NULL,
    certainty TEXT NOT NULL,
    kind TEXT,
    what TEXT NOT NULL,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    quote TEXT NOT NULL,
    urgent BOOLEAN NOT NULL,
    confidential BOOLEAN NOT NULL,
    page_id BIGINT REFERENCES pages (id),
    revision_id BIGINT REFERENCES revisions (id),
    section TEXT NOT NULL,
    passage TEXT NOT NULL,
    assignee_id BIGINT REFERENCES people (id),
    at TIMESTAMP NOT NULL,
    first_response_due TIMESTAMP NOT NULL,
    resolution_due TIMESTAMP NOT NULL,
    acknowledged_at TIMESTAMP,
    acknowledged_by BIGINT REFERENCES people (id),
    closed_at TIMESTAMP,
    closed_by BIGINT REFERENCES people (id),
    outcome TEXT NOT NULL,
    publication_id BIGINT REFERENCES publications (id),
    merged_into BIGINT REFERENCES intel (id),
    seen_at TIMESTAMP,
    UNIQUE (reporter_id, client_id)
);
CREATE INDEX intel_space ON intel (space_id, state);
CREATE INDEX intel_page ON intel (page_id);
CREATE INDEX intel_merged ON intel (merged_into);

CREATE TABLE intel_topics (
    intel_id BIGINT NOT NULL REFERENCES intel (id),
    topic_id BIGINT NOT NULL REFERENCES topics (id),
    PRIMARY KEY (intel_id, topic_id)
);
CREATE INDEX intel_topics_topic ON intel_topics (topic_id);

CREATE TABLE intel_messages (
    id INTEGER NOT NULL PRIMARY KEY,
    intel_id BIGINT NOT NULL REFERENCES intel (id),
    author_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    client_id TEXT,
    UNIQUE (author_id, client_id)
);
CREATE INDEX intel_messages_intel ON intel_messages (intel_id);

CREATE TABLE revision_intel (
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    intel_id BIGINT NOT NULL REFERENCES intel (id),
    PRIMARY KEY (revision_id, intel_id)
);
CREATE INDEX revision_intel_intel ON revision_intel (intel_id);

-- Files: bytes lie in the blob store under their hash before the row exists.

CREATE TABLE files (
    id INTEGER NOT NULL PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    page_id BIGINT REFERENCES pages (id),
    intel_id BIGINT REFERENCES intel (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    hash TEXT NOT NULL,
    size BIGINT NOT NULL,
    uploaded_by BIGINT NOT NULL REFERENCES people (id),
    at TIMESTAMP NOT NULL,
    client_id TEXT,
    UNIQUE (uploaded_by, client_id)
);
CREATE INDEX files_page ON files (page_id);
CREATE INDEX files_intel ON files (intel_id);
CREATE INDEX files_hash ON files (hash);

CREATE TABLE revision_files (
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    file_id BIGINT NOT NULL REFERENCES files (id),
    PRIMARY KEY (revision_id, file_id)
);
CREATE INDEX revision_files_file ON revision_files (file_id);

-- The exposure ledger: append-only, unordered, written in batches or before the answer.
CREATE TABLE uses (
    id INTEGER NOT NULL PRIMARY KEY,
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    person_id BIGINT REFERENCES people (id),
    kind TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    account TEXT,
    outcome TEXT
);
CREATE INDEX uses_revision ON uses (revision_id);

-- The spine: append-only, ids in commit order.

CREATE TABLE events (
    id BIGINT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    actor_id BIGINT REFERENCES people (id),
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX events_subject ON events (subject_kind, subject_id);

CREATE TABLE cursors (
    follower TEXT NOT NULL PRIMARY KEY,
    event_id BIGINT NOT NULL,
    failures INTEGER NOT NULL,
    next_try_at TIMESTAMP
);

-- Events that a follower gave up on after several tries; shown to the admin, stopping nobody.
CREATE TABLE parked_events (
    follower TEXT NOT NULL,
    event_id BIGINT NOT NULL REFERENCES events (id),
    error TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (follower, event_id)
);
