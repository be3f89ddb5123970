-- What a customer sets for itself. No row: everything as it is preset.
CREATE TABLE tenant_settings (
    tenant_id       TEXT PRIMARY KEY REFERENCES tenants (id),
    contacts        TEXT NOT NULL DEFAULT '[]',  -- JSON: [model::api::settings::Contact]
    mail_acceptance BIGINT NOT NULL DEFAULT 0,   -- A29
    mail_roles      BIGINT NOT NULL DEFAULT 0,
    mail_removal    BIGINT NOT NULL DEFAULT 0,
    mail_language   TEXT NOT NULL DEFAULT 'en',
    version         BIGINT NOT NULL DEFAULT 1,
    signals_off     TEXT NOT NULL DEFAULT '',    -- the signals that raise no incidents, parted by spaces (R74)
    signals_version BIGINT NOT NULL DEFAULT 1
);

-- Incidents of a signal that was switched off, which are closed in steps: those that were open at that moment.
CREATE TABLE signal_closings (
    customer_id TEXT NOT NULL REFERENCES tenants (id),
    signal      TEXT NOT NULL,
    open_at     BIGINT NOT NULL,
    switched_by TEXT,                            -- a name
    PRIMARY KEY (customer_id, signal)
);
CREATE INDEX incidents_open_of_kind ON incidents (customer_id, kind, active_since) WHERE status NOT IN ('resolved', 'closed');

-- Keys by which devices enrol: several of a customer, and one of each room that waits for its device (R106).
CREATE TABLE issued_keys (
    id               TEXT PRIMARY KEY,
    customer_id      TEXT NOT NULL REFERENCES tenants (id),
    room_id          TEXT UNIQUE REFERENCES rooms (id), -- the one room that it is for
    key_hash         TEXT NOT NULL,              -- SHA-256, hex
    issued_at        BIGINT NOT NULL,
    issued_by_tenant TEXT,
    issued_by        TEXT,                       -- a name
    last_used        BIGINT,
    devices          BIGINT NOT NULL DEFAULT 0
);
INSERT INTO issued_keys (id, customer_id, key_hash, issued_at)
SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-'
             || hex(randomblob(6))),
       customer_id, key_hash, CAST(strftime('%s', 'now') AS BIGINT) * 1000000
FROM enrolment_keys;
DROP TABLE enrolment_keys;
ALTER TABLE issued_keys RENAME TO enrolment_keys;
CREATE UNIQUE INDEX enrolment_keys_by_hash ON enrolment_keys (customer_id, key_hash);
CREATE INDEX enrolment_keys_of ON enrolment_keys (customer_id, issued_at) WHERE room_id IS NULL;

-- Created ahead of its device (W11).
ALTER TABLE rooms ADD COLUMN awaits_device BIGINT NOT NULL DEFAULT 0;
