-- What invitations, relationships, roles and assignments need once people change them: versions, terms, change control.
-- A set of events that wait for approval is the number of model::tenancy::ChangeControl.

ALTER TABLE relationships ADD COLUMN manual_events BIGINT NOT NULL DEFAULT 0;
ALTER TABLE relationships ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

ALTER TABLE invitations ADD COLUMN manual_events BIGINT NOT NULL DEFAULT 0;
ALTER TABLE invitations ADD COLUMN ceiling BIGINT NOT NULL DEFAULT 425539;       -- A9: the column of Primary admins
ALTER TABLE invitations ADD COLUMN offline_allowed BIGINT NOT NULL DEFAULT 1;    -- A28
ALTER TABLE invitations ADD COLUMN offline_days BIGINT NOT NULL DEFAULT 7;
ALTER TABLE invitations ADD COLUMN created_by TEXT;                              -- who sent it and agreed to the terms (R25)

ALTER TABLE roles ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE assignments ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- A partner's change that waits for the customer (R24). Decided ones are kept: they are what the customer agreed to.
CREATE TABLE change_requests (
    id              TEXT PRIMARY KEY,
    relationship_id TEXT NOT NULL REFERENCES relationships (id),
    customer_id     TEXT NOT NULL REFERENCES tenants (id),
    partner_id      TEXT NOT NULL REFERENCES tenants (id),
    event           TEXT NOT NULL,          -- model::tenancy::ControlEvent
    operation       TEXT NOT NULL,          -- JSON: what is done when it is approved
    shown           TEXT NOT NULL,          -- JSON: model::api::requests::RequestedChange
    requested_by    TEXT NOT NULL,
    requester_name  TEXT NOT NULL,          -- as it was: the person may be gone when it is read
    requested_at    BIGINT NOT NULL,
    state           TEXT NOT NULL,
    decided_by      TEXT,
    decided_at      BIGINT,
    version         BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX change_requests_of_customer ON change_requests (customer_id, state, requested_at);
CREATE INDEX change_requests_of_partner ON change_requests (partner_id, customer_id, state);
CREATE INDEX change_requests_in ON change_requests (relationship_id, state);

-- Answers to creating requests, by the key that their sender chose, for a day: sent again, they are answered again.
CREATE TABLE idempotency_keys (
    tenant_id TEXT NOT NULL,
    user_id   TEXT NOT NULL,
    key       TEXT NOT NULL,
    request   TEXT NOT NULL,                -- SHA-256 of method, path and body, hex
    answer    TEXT NOT NULL,                -- JSON
    at        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, key)
);
CREATE INDEX idempotency_keys_at ON idempotency_keys (at);
