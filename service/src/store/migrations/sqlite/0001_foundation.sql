-- Ids are UUIDs in text, times microseconds since 1970 in UTC, flags 0 or 1, sets of permissions the number of model::permission.

CREATE TABLE tenants (
    id            TEXT PRIMARY KEY,
    display_name  TEXT NOT NULL,
    is_partner    BIGINT NOT NULL,          -- onboarded as an Elite partner (R2)
    is_customer   BIGINT NOT NULL,
    ticket_prefix TEXT NOT NULL UNIQUE,     -- first group of its ticket numbers
    -- Raised with every change that may alter what users of this tenant may see: what is compiled from the tables below carries it.
    rights_epoch  BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE tenant_domains (
    domain    TEXT PRIMARY KEY,             -- lower case (A4)
    tenant_id TEXT NOT NULL REFERENCES tenants (id)
);
CREATE INDEX tenant_domains_of ON tenant_domains (tenant_id);

CREATE TABLE principals (
    id           TEXT PRIMARY KEY,
    tenant_id    TEXT NOT NULL REFERENCES tenants (id),
    kind         TEXT NOT NULL,             -- user | security_group
    display_name TEXT NOT NULL,
    upn          TEXT
);
CREATE INDEX principals_of ON principals (tenant_id);

CREATE TABLE group_members (
    group_id  TEXT NOT NULL REFERENCES principals (id),
    member_id TEXT NOT NULL REFERENCES principals (id),
    PRIMARY KEY (group_id, member_id)
);
CREATE INDEX group_members_of ON group_members (member_id);

-- Managed Service Administrators and tenant managers; Global Administrator comes from the token alone.
CREATE TABLE portal_roles (
    tenant_id    TEXT NOT NULL REFERENCES tenants (id),
    principal_id TEXT NOT NULL REFERENCES principals (id),
    role         TEXT NOT NULL,             -- managed_service_administrator | tenant_manager
    PRIMARY KEY (tenant_id, principal_id, role)
);

CREATE TABLE update_rings (
    id          TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES tenants (id),
    name        TEXT NOT NULL,
    ring_order  BIGINT NOT NULL,
    built_in    BIGINT NOT NULL
);
CREATE INDEX update_rings_of ON update_rings (customer_id);

CREATE TABLE rooms (
    id             TEXT PRIMARY KEY,
    customer_id    TEXT NOT NULL REFERENCES tenants (id),
    display_name   TEXT NOT NULL,
    capacity       BIGINT,
    host_name      TEXT NOT NULL,
    account        TEXT NOT NULL,
    enrolment      TEXT NOT NULL,           -- onboarding | enrolled | unenrolled
    suppressed     BIGINT NOT NULL DEFAULT 0,
    connected      BIGINT NOT NULL DEFAULT 1,
    open_serious   BIGINT NOT NULL DEFAULT 0, -- open critical and important incidents, kept in the transaction that opens or resolves one
    open_warnings  BIGINT NOT NULL DEFAULT 0,
    occupied       BIGINT,
    timezone       TEXT NOT NULL,
    licence        TEXT NOT NULL,
    peripherals    TEXT NOT NULL,           -- JSON: [model::room::Peripheral]
    ring_id        TEXT REFERENCES update_rings (id),
    last_seen      BIGINT,
    silent_due     BIGINT,                  -- when it counts as disconnected unless it reports before
    key_hash       TEXT NOT NULL,           -- SHA-256 of the room's key, hex
    version        BIGINT NOT NULL,
    UNIQUE (customer_id, host_name, account)
);
CREATE INDEX rooms_by_name ON rooms (customer_id, display_name, id);
CREATE INDEX rooms_silent ON rooms (silent_due) WHERE silent_due IS NOT NULL;

CREATE TABLE enrolment_keys (
    customer_id TEXT PRIMARY KEY REFERENCES tenants (id),
    key_hash    TEXT NOT NULL               -- SHA-256 of the customer's self-enrolment key, hex
);

CREATE TABLE room_groups (
    id          TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES tenants (id),
    name        TEXT NOT NULL
);
CREATE INDEX room_groups_of ON room_groups (customer_id);

CREATE TABLE room_group_rooms (
    group_id TEXT NOT NULL REFERENCES room_groups (id),
    room_id  TEXT NOT NULL REFERENCES rooms (id),
    PRIMARY KEY (group_id, room_id)
);
CREATE INDEX room_group_rooms_of ON room_group_rooms (room_id);

CREATE TABLE relationships (
    id              TEXT PRIMARY KEY,
    partner_id      TEXT NOT NULL REFERENCES tenants (id),
    customer_id     TEXT NOT NULL REFERENCES tenants (id),
    status          TEXT NOT NULL,          -- active | ended
    established_at  BIGINT NOT NULL,
    ended_at        BIGINT,
    ended_by        TEXT,                   -- partner | customer
    ceiling         BIGINT NOT NULL,        -- A9
    offline_allowed BIGINT NOT NULL,        -- A28
    offline_days    BIGINT NOT NULL
);
CREATE UNIQUE INDEX relationships_active ON relationships (partner_id, customer_id) WHERE status = 'active';
CREATE INDEX relationships_of ON relationships (customer_id);

CREATE TABLE relationship_rooms (
    relationship_id TEXT NOT NULL REFERENCES relationships (id),
    room_id         TEXT NOT NULL REFERENCES rooms (id),
    PRIMARY KEY (relationship_id, room_id)
);
CREATE INDEX relationship_rooms_of ON relationship_rooms (room_id);

CREATE TABLE invitations (
    id          TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES tenants (id),
    partner_id  TEXT NOT NULL REFERENCES tenants (id),
    domain      TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,            -- past it the status is Expired: computed, never stored (A2)
    UNIQUE (customer_id, partner_id)        -- A3
);
CREATE INDEX invitations_to ON invitations (partner_id);

CREATE TABLE invitation_rooms (
    invitation_id TEXT NOT NULL REFERENCES invitations (id),
    room_id       TEXT NOT NULL REFERENCES rooms (id),
    PRIMARY KEY (invitation_id, room_id)
);

CREATE TABLE roles (
    id          TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES tenants (id),
    partner_id  TEXT REFERENCES tenants (id), -- none for the customer's own roles (R44)
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    built_in    TEXT,
    permissions BIGINT NOT NULL
);
CREATE INDEX roles_of ON roles (customer_id, partner_id);

CREATE TABLE assignments (
    id                  TEXT PRIMARY KEY,
    role_id             TEXT NOT NULL REFERENCES roles (id),
    name                TEXT NOT NULL,
    description         TEXT NOT NULL,
    email_notifications BIGINT NOT NULL,
    scope_all           BIGINT NOT NULL
);
CREATE INDEX assignments_of ON assignments (role_id);

CREATE TABLE assignment_members (
    assignment_id TEXT NOT NULL REFERENCES assignments (id),
    principal_id  TEXT NOT NULL REFERENCES principals (id),
    PRIMARY KEY (assignment_id, principal_id)
);
CREATE INDEX assignment_members_of ON assignment_members (principal_id);

CREATE TABLE assignment_rooms (
    assignment_id TEXT NOT NULL REFERENCES assignments (id),
    room_id       TEXT NOT NULL REFERENCES rooms (id),
    PRIMARY KEY (assignment_id, room_id)
);

CREATE TABLE assignment_groups (
    assignment_id TEXT NOT NULL REFERENCES assignments (id),
    group_id      TEXT NOT NULL REFERENCES room_groups (id),
    PRIMARY KEY (assignment_id, group_id)
);

-- One row per signal instance of a room that ever failed: its ticket number is for ever (R75, A12).
CREATE TABLE signal_states (
    room_id   TEXT NOT NULL REFERENCES rooms (id),
    signal    TEXT NOT NULL,
    instance  TEXT NOT NULL,                -- empty where the room has only one
    failing   BIGINT NOT NULL,
    since     BIGINT NOT NULL,              -- of the present state
    number    TEXT,                         -- its ticket, once it had one
    due       BIGINT,                       -- when the watch time ends (failing) or the ticket closes (healthy)
    PRIMARY KEY (room_id, signal, instance)
);
CREATE INDEX signal_states_due ON signal_states (due) WHERE due IS NOT NULL;

CREATE TABLE incidents (
    number             TEXT PRIMARY KEY,
    customer_id        TEXT NOT NULL REFERENCES tenants (id),
    category           TEXT NOT NULL,
    kind               TEXT NOT NULL,       -- a signal, or customer_reported
    severity           BIGINT NOT NULL,     -- place in model::incident::Severity::ALL: 0 is gravest
    status             TEXT NOT NULL,
    problem            TEXT NOT NULL,
    description        TEXT NOT NULL,
    action             TEXT NOT NULL,
    high_impact        BIGINT NOT NULL DEFAULT 0,
    high_impact_reason TEXT,
    created_by_tenant  TEXT,                -- none for a signal ticket (A23)
    created_by         TEXT,
    created_at         BIGINT NOT NULL,
    last_updated       BIGINT NOT NULL,
    active_since       BIGINT NOT NULL,
    last_resolved      BIGINT,
    last_closed        BIGINT,
    closed_by          TEXT,
    closure_reason     TEXT,
    closure_comment    TEXT,
    messages           BIGINT NOT NULL DEFAULT 0,
    last_message_at    BIGINT,
    version            BIGINT NOT NULL
);
CREATE INDEX incidents_inactive ON incidents (customer_id, last_updated DESC, number) WHERE status IN ('resolved', 'closed');
-- The Resolved tab over all customers.
CREATE INDEX incidents_inactive_newest ON incidents (last_updated DESC, number) WHERE status IN ('resolved', 'closed');

-- The open ones, in the order of every list: nothing here grows with closed incidents.
CREATE TABLE open_incidents (
    severity         BIGINT NOT NULL,
    newest           BIGINT NOT NULL,       -- the negative of active_since
    number           TEXT NOT NULL,
    customer_id      TEXT NOT NULL,
    PRIMARY KEY (severity, newest, number)
) WITHOUT ROWID;
CREATE INDEX open_incidents_of ON open_incidents (customer_id, severity, newest, number);

CREATE TABLE incident_rooms (
    number   TEXT NOT NULL REFERENCES incidents (number),
    position BIGINT NOT NULL,
    room_id  TEXT NOT NULL REFERENCES rooms (id),
    PRIMARY KEY (number, position)
) WITHOUT ROWID;
CREATE INDEX incident_rooms_of ON incident_rooms (room_id);

CREATE TABLE incident_messages (
    number              TEXT NOT NULL REFERENCES incidents (number),
    position            BIGINT NOT NULL,
    at                  BIGINT NOT NULL,
    author              TEXT,               -- none for the service
    body                TEXT NOT NULL,
    assigned_to_service BIGINT NOT NULL,
    PRIMARY KEY (number, position)
) WITHOUT ROWID;

CREATE TABLE incident_history (
    number   TEXT NOT NULL REFERENCES incidents (number),
    position BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    PRIMARY KEY (number, position)
) WITHOUT ROWID;

-- What changed, in the order of commit; written in the transaction of the change. What sync answers is read from the tables above, so a row
-- here says only what to look at again.
CREATE TABLE changes (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    at           BIGINT NOT NULL,
    customer_id  TEXT NOT NULL,
    kind         TEXT NOT NULL,             -- customer | room | incident | rights
    entity       TEXT,                      -- the room or the incident
    tenant_id    TEXT,                      -- rights: whose users; none for all
    principal_id TEXT                       -- rights: which user of theirs; none for all
);
