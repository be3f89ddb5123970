-- Until when silence of rooms does not count, since the service was away: one row, instead of a new moment in every room at every start.
CREATE TABLE silence_postponed (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    silent   BIGINT NOT NULL,               -- no room counts as disconnected earlier
    offline  BIGINT NOT NULL                -- no disconnected room gets its ticket earlier
);
