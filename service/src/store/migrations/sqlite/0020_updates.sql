-- Updates (R103-R105): the service's catalogue, what customers hold back of it, what rooms run and how far they are.
CREATE TABLE updates (
    id            TEXT PRIMARY KEY,
    package       TEXT NOT NULL,
    version       TEXT NOT NULL,
    published_at  BIGINT NOT NULL,
    deprecated_at BIGINT,
    UNIQUE (package, version)
);
CREATE INDEX updates_published ON updates (published_at);
-- An update that was paused at a customer at least once.
CREATE TABLE customer_updates (
    customer_id   TEXT NOT NULL REFERENCES tenants (id),
    update_id     TEXT NOT NULL REFERENCES updates (id),
    version       BIGINT NOT NULL,
    held          BIGINT NOT NULL,          -- for how long it was paused before, in microseconds
    paused_at     BIGINT,
    paused_by     TEXT,
    paused_reason TEXT,
    PRIMARY KEY (customer_id, update_id)
);
-- What a room's device says it runs.
CREATE TABLE room_packages (
    room_id TEXT NOT NULL REFERENCES rooms (id),
    package TEXT NOT NULL,
    version TEXT NOT NULL,
    since   BIGINT NOT NULL,
    PRIMARY KEY (room_id, package)
);
-- How far a room is with an update that it does not run yet, where its device or somebody who forced or retried it said anything.
CREATE TABLE room_updates (
    room_id     TEXT NOT NULL REFERENCES rooms (id),
    update_id   TEXT NOT NULL REFERENCES updates (id),
    customer_id TEXT NOT NULL REFERENCES tenants (id),
    attempt     BIGINT NOT NULL,
    progress    TEXT,                       -- downloading | installing | failed
    reason      TEXT,
    forced      TEXT,                       -- now | when_free
    at          BIGINT NOT NULL,
    PRIMARY KEY (room_id, update_id)
);
CREATE INDEX room_updates_of ON room_updates (update_id, customer_id, progress);
-- How many managed rooms of a ring run which version, and how many are how far: kept as rooms report, move, come and go, so that no view counts rooms.
CREATE TABLE package_counts (
    customer_id TEXT NOT NULL,
    ring_id     TEXT NOT NULL,
    package     TEXT NOT NULL,
    version     TEXT NOT NULL,
    rooms       BIGINT NOT NULL,
    PRIMARY KEY (customer_id, ring_id, package, version)
);
CREATE INDEX package_counts_none ON package_counts (rooms) WHERE rooms = 0;
CREATE TABLE progress_counts (
    customer_id TEXT NOT NULL,
    ring_id     TEXT NOT NULL,
    update_id   TEXT NOT NULL,
    progress    TEXT NOT NULL,
    rooms       BIGINT NOT NULL,
    PRIMARY KEY (customer_id, ring_id, update_id, progress)
);
CREATE INDEX progress_counts_none ON progress_counts (rooms) WHERE rooms = 0;
