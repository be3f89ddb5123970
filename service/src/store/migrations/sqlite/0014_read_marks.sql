-- How far a user has read the thread of an incident, on whichever desk.
CREATE TABLE read_marks (
    tenant_id    TEXT NOT NULL,             -- the user's; they need not be in the directory
    principal_id TEXT NOT NULL,
    number       TEXT NOT NULL REFERENCES incidents (number) ON DELETE CASCADE,
    messages     BIGINT NOT NULL,           -- from the oldest on; only ever raised
    seq          BIGINT NOT NULL,           -- the row of the log that says so, kind marks: sync finds it by its cursor
    PRIMARY KEY (principal_id, tenant_id, number)
) WITHOUT ROWID;
CREATE INDEX read_marks_since ON read_marks (principal_id, tenant_id, seq);
CREATE INDEX read_marks_of ON read_marks (number);
