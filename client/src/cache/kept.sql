-- What is kept of inactive incidents (A40), in as few bytes as it needs. Rows of the tables before stay readable where they are until the first
-- contact: writing them anew would stand between the start and the first list. That contact asks for everything, since those tables hold more than
-- is kept from now on, and with its first answer they are emptied.
ALTER TABLE incidents RENAME TO incidents_before;
ALTER TABLE history RENAME TO history_before;
ALTER TABLE rooms RENAME TO rooms_before;
DELETE FROM meta WHERE name = 'cursor';

CREATE TABLE incidents (
    incident INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL,
    number TEXT NOT NULL,
    -- While it is active, its status, and where it stands in `hot`. None while it is not: then it stands in `history`.
    status TEXT,
    rank INTEGER,
    newest INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    -- What lists do not show of it, packed; none where it is not here.
    rest BLOB,
    -- Whether somebody looked at it here: then its rest is kept as long as its row.
    opened INTEGER NOT NULL DEFAULT 0,
    UNIQUE (customer, number)
) STRICT;

-- Those that are not active, each with all that lists show of it. By customer, as they come: an index by customer beside an order by time is a fifth
-- of the table, and a list over all customers is put in order in any case.
CREATE TABLE history (
    customer INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    incident INTEGER NOT NULL,
    number TEXT NOT NULL,
    -- See `compact`.
    row BLOB NOT NULL,
    -- See `entry`.
    search TEXT NOT NULL,
    PRIMARY KEY (customer, newest, incident)
) STRICT, WITHOUT ROWID;

-- In which minute since 1970 less is to be kept of which of them: see `keeping`.
CREATE TABLE due (
    minute INTEGER NOT NULL,
    incident INTEGER NOT NULL,
    PRIMARY KEY (minute, incident)
) STRICT, WITHOUT ROWID;

CREATE TABLE rooms (
    customer INTEGER NOT NULL,
    id BLOB NOT NULL,
    -- Its JSON, packed.
    body BLOB NOT NULL,
    -- The name of its device, as it is searched.
    host TEXT NOT NULL,
    PRIMARY KEY (customer, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rooms_of_host ON rooms (host, customer, id);
