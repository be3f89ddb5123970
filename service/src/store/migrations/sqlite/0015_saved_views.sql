-- Filters that a user has saved, the same on each of their desks.
CREATE TABLE saved_views (
    tenant_id    TEXT NOT NULL,             -- the user's; they need not be in the directory
    principal_id TEXT NOT NULL,
    id           TEXT NOT NULL,             -- the user's own choice: another user may have the same
    position     BIGINT NOT NULL,
    name         TEXT NOT NULL,
    page         TEXT NOT NULL,
    filter       TEXT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (principal_id, tenant_id, id)
) WITHOUT ROWID;

-- When a user's views changed last, also where none is left.
CREATE TABLE saved_view_lists (
    tenant_id    TEXT NOT NULL,
    principal_id TEXT NOT NULL,
    seq          BIGINT NOT NULL,           -- the row of the log that says so, kind marks: sync finds it by its cursor
    PRIMARY KEY (principal_id, tenant_id)
) WITHOUT ROWID;
