-- Whom a change of rights of many may have taken a customer from: only they are told that it is gone. A row of the log without an audience, from
-- before there were any or about one user, is for all whom it concerns; 0 is nobody.
ALTER TABLE changes ADD COLUMN audience BIGINT;
CREATE INDEX changes_audience ON changes (audience) WHERE audience IS NOT NULL;

CREATE TABLE change_audiences (
    audience     BIGINT NOT NULL,           -- ascends with the log
    principal_id TEXT NOT NULL,             -- a user; gone ones too
    PRIMARY KEY (audience, principal_id)
) WITHOUT ROWID;
