-- Who did what to whom. Rows are only ever added: each carries the hash of the one before, so a row that is changed, taken away or put in
-- between shows (store/audit/chain.rs says what is hashed). Nothing refers to other tables: a record outlives what it is about.
CREATE TABLE audit_log (
    seq            INTEGER PRIMARY KEY,     -- 1, 2, 3, … without a gap, over all tenants
    at             BIGINT NOT NULL,
    log            TEXT NOT NULL,           -- export | product (A24)
    category       TEXT NOT NULL,
    object_name    TEXT NOT NULL,
    operation      TEXT NOT NULL,           -- Create | Update | Delete
    result         TEXT NOT NULL,           -- Successful | Failed
    tenant_id      TEXT NOT NULL,           -- acted upon
    user_id        TEXT,                    -- none for the service itself
    user_tenant_id TEXT,
    detail         TEXT NOT NULL,           -- JSON: [model::audit::AuditChange]
    request_id     TEXT,
    prev           TEXT NOT NULL,           -- the hash of the row before, hex; 64 zeros before the first
    hash           TEXT NOT NULL            -- SHA-256 of this row, hex
);
CREATE INDEX audit_log_of ON audit_log (tenant_id, log, at, seq);

-- Where the chain ends, outside of it: without this, rows cut off its end would leave no trace. One row, written with every row above. The
-- file audit.head in the data folder says the same once more, a little later.
CREATE TABLE audit_head (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    seq  BIGINT NOT NULL,                   -- as many rows as the log has
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
