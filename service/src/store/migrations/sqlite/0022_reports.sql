-- How rooms are used, and how they fared day by day (R91–R99).

-- Since when a room has been managed; none where that began before it was kept.
ALTER TABLE rooms ADD COLUMN enrolled_at BIGINT;

-- Meetings and calls as devices report them, for 90 days.
CREATE TABLE room_usage (
    room_id    TEXT NOT NULL REFERENCES rooms (id),
    kind       TEXT NOT NULL,               -- meeting | call
    device_use TEXT NOT NULL,               -- what the device calls it: reported again, it is corrected
    begin_at   BIGINT NOT NULL,
    end_at     BIGINT NOT NULL,
    booked     BIGINT NOT NULL,             -- of a meeting
    online     BIGINT NOT NULL,             -- of a meeting: whether it had a Teams link
    quality    TEXT,                        -- of a call
    PRIMARY KEY (room_id, kind, device_use)
) WITHOUT ROWID;
CREATE INDEX room_usage_of ON room_usage (room_id, kind, begin_at);
CREATE INDEX room_usage_old ON room_usage (begin_at);

-- What a room's days of a month come to: one row instead of thirty, so that a report of 2,000 rooms and 90 days reads 8,000 rows.
CREATE TABLE room_months (
    customer_id TEXT NOT NULL REFERENCES tenants (id),
    month       BIGINT NOT NULL,            -- years since 0, times 12, and months
    room_id     TEXT NOT NULL REFERENCES rooms (id),
    days        TEXT NOT NULL,              -- JSON: { day of the month: facts }
    PRIMARY KEY (customer_id, month, room_id)
) WITHOUT ROWID;
CREATE INDEX room_months_old ON room_months (month);

-- How far the daily health has come: one row.
CREATE TABLE health_progress (
    only_row   BIGINT PRIMARY KEY CHECK (only_row = 1),
    done       TEXT NOT NULL,               -- the last day of which all rooms are done
    until      TEXT NOT NULL,               -- the day up to which rooms are being done; `done` where none are
    after_room TEXT NOT NULL                -- the last room that is done up to `until`
);

-- Who held an active incident since when: what its status alone does not tell of the past (R95). It begins with whoever works on the rooms.
CREATE TABLE incident_handovers (
    number     TEXT NOT NULL REFERENCES incidents (number),
    at         BIGINT NOT NULL,
    to_service BIGINT NOT NULL
);
CREATE INDEX incident_handovers_of ON incident_handovers (number, at);
