-- When what is out of sight comes back by itself (A33): also where the service is out of reach by then.
CREATE TABLE snoozed (
    incident INTEGER PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT;
