-- Files of incidents (R82). Their content lies in the object store under the id; a file without a type is still being sent.
CREATE TABLE incident_attachments (
    id        TEXT PRIMARY KEY,
    number    TEXT NOT NULL REFERENCES incidents (number),
    file_name TEXT NOT NULL,
    size      BIGINT NOT NULL,
    sha256    TEXT NOT NULL,
    added_at  BIGINT NOT NULL,
    author    TEXT NOT NULL,
    by_tenant TEXT NOT NULL,
    by_user   TEXT NOT NULL,
    file_type TEXT
);
CREATE INDEX incident_attachments_of ON incident_attachments (number, added_at, id);
CREATE INDEX incident_attachments_unfinished ON incident_attachments (added_at) WHERE file_type IS NULL;
