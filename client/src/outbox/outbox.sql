-- What was typed and has not been sent: one row per request, in the order in which it was typed. It goes when the service has taken it, or when its
-- author discards it, and never with the cache.
CREATE TABLE entries (
    -- The order; also that of the requests of one incident.
    place       INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The name under which the service does it once, however often it is sent.
    form        TEXT NOT NULL UNIQUE,
    -- None once the right was lost: nothing of the customer's stays then.
    customer    TEXT,
    -- The work as JSON; once the right was lost, its author's words alone.
    work        TEXT NOT NULL,
    -- When it was typed: microseconds since 1970.
    at          INTEGER NOT NULL,
    -- Why it was refused, as JSON; none while it waits.
    failure     TEXT,
    -- When it was first tried to be sent; none while it was not.
    tried       INTEGER
) STRICT;
