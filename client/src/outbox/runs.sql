-- Bulk actions that were started: what they do, and at how many incidents. One goes when its author has closed it, or forgets it.
CREATE TABLE runs (
    -- The name of its plan.
    run         TEXT PRIMARY KEY,
    -- What it does, as JSON.
    action      TEXT NOT NULL,
    -- At how many incidents.
    total       INTEGER NOT NULL
) STRICT;
-- At which of them it has not begun: a row goes in the transaction in which its work is kept.
CREATE TABLE run_rows (
    place       INTEGER PRIMARY KEY AUTOINCREMENT,
    run         TEXT NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
    -- The name that its work will have.
    form        TEXT NOT NULL UNIQUE,
    customer    TEXT NOT NULL,
    number      TEXT NOT NULL
) STRICT;
CREATE INDEX run_rows_by_run ON run_rows (run);
