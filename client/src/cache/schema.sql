-- The cache: what one person may see at one service. Disposable: whatever is lost here comes back with the next sync.
-- Moments are microseconds since 1970 in UTC. UUIDs are 16 bytes.

-- Single values: cursor, as_of, contact, seen, history_pending, incomplete, refresh_token, me, preferences.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
    customer INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    permissions INTEGER NOT NULL,
    offline_allowed INTEGER NOT NULL,
    offline_days INTEGER NOT NULL,
    -- Whether a row of this customer could not be read.
    incomplete INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Kept up to date with every incident: a count over the incidents takes 20 times as long as reading this.
CREATE TABLE badges (
    customer INTEGER PRIMARY KEY,
    critical INTEGER NOT NULL DEFAULT 0,
    important INTEGER NOT NULL DEFAULT 0,
    warning INTEGER NOT NULL DEFAULT 0,
    recommended INTEGER NOT NULL DEFAULT 0,
    needs_action INTEGER NOT NULL DEFAULT 0,
    assigned_to_service INTEGER NOT NULL DEFAULT 0,
    pending_investigation INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE rooms (
    customer INTEGER NOT NULL,
    id BLOB NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (customer, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE incidents (
    incident INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    -- Where it stands in `hot` while it is active: needs action first, then by severity. None while it is not.
    rank INTEGER,
    -- Active: less its `active_since`. Otherwise: less the moment it was resolved. So that the newest comes first.
    newest INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    -- The whole of it as JSON, and how many bytes of that a list shows: see `body`.
    row_bytes INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (customer, number)
) STRICT;

-- The open incidents in the order in which the first screen shows them, each with all that the screen shows.
CREATE TABLE hot (
    rank INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    number TEXT NOT NULL,
    customer INTEGER NOT NULL,
    incident INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    row TEXT NOT NULL,
    -- What a search looks in: see `entry`.
    search TEXT NOT NULL,
    PRIMARY KEY (rank, newest, number, customer)
) STRICT, WITHOUT ROWID;

CREATE INDEX hot_of_customer ON hot (customer, rank, newest, number);

-- The others, newest first. `search` is what the full-text index knows of the row: needed to take it out of there.
CREATE TABLE history (
    newest INTEGER NOT NULL,
    incident INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    severity TEXT NOT NULL,
    category TEXT NOT NULL,
    kind TEXT NOT NULL,
    active_since INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    rooms BLOB NOT NULL,
    search TEXT NOT NULL,
    PRIMARY KEY (newest, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX history_of_customer ON history (customer, newest);

CREATE VIRTUAL TABLE history_words USING fts5 (
    search, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2'
);
-- Without this, a deleted row's words stay readable in the index.
INSERT INTO history_words (history_words, rank) VALUES ('secure-delete', 1);

-- How many messages of an incident have been read on this device.
CREATE TABLE marks (
    customer BLOB NOT NULL,
    number TEXT NOT NULL,
    messages INTEGER NOT NULL,
    PRIMARY KEY (customer, number)
) STRICT, WITHOUT ROWID;

-- An answer of the sync that is too long to be held in memory, until it is whole.
CREATE TABLE incoming (
    part INTEGER PRIMARY KEY,
    lines BLOB NOT NULL
) STRICT;
