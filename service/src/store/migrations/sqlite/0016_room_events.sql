-- What happened in rooms and is no incident by itself (R113).
CREATE TABLE room_events (
    id           TEXT PRIMARY KEY,
    room_id      TEXT NOT NULL REFERENCES rooms (id),
    device_event TEXT NOT NULL,             -- what the device calls it: reported twice, it is one
    at           BIGINT NOT NULL,
    received_at  BIGINT NOT NULL,
    kind         TEXT NOT NULL,
    problem      TEXT,
    duration_s   BIGINT,
    participants BIGINT,
    packet_loss  BIGINT,
    body         TEXT,
    number       TEXT REFERENCES incidents (number), -- the issue that it became part of
    UNIQUE (room_id, device_event)
);
CREATE INDEX room_events_of ON room_events (room_id, at, id);
CREATE INDEX room_events_received ON room_events (room_id, received_at);
CREATE INDEX room_events_old ON room_events (at);
CREATE INDEX room_events_of_issue ON room_events (number) WHERE number IS NOT NULL;
