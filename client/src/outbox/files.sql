-- Files that were chosen for incidents and have not arrived at the service: one row each, in the order in which they were chosen. It goes when the service
-- has the whole of it, or when its author discards it, and never with the cache.
CREATE TABLE files (
    place       INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The name under which the window knows it.
    form        TEXT NOT NULL UNIQUE,
    -- Whose incident it is for, and which; none once the right was lost: nothing of the customer's stays then.
    customer    TEXT,
    number      TEXT,
    name        TEXT NOT NULL,
    size        INTEGER NOT NULL,
    -- None while it is still being handed over: nobody was told that it is kept.
    sha256      TEXT,
    -- When it was chosen: microseconds since 1970.
    at          INTEGER NOT NULL,
    -- The last entry of the outbox by then: what stands there for the same incident goes first.
    behind      INTEGER NOT NULL,
    -- The name under which the service takes it once, however often it is announced; another one once the service has given up what arrived.
    sent_as     TEXT NOT NULL,
    -- When it was first announced under that name; none while it was not.
    tried       INTEGER,
    -- Why it was refused, as JSON; none while it waits.
    failure     TEXT
) STRICT;

-- What they hold, in the parts in which it was handed over: no more than one of them need be in memory.
CREATE TABLE parts (
    form        TEXT NOT NULL,
    -- Where in the file it begins.
    start       INTEGER NOT NULL,
    bytes       BLOB NOT NULL,
    UNIQUE (form, start)
) STRICT;
