-- The last answer of the service to each question that is not synced: invitations, relationships, roles, requests.
CREATE TABLE answers (
    path TEXT PRIMARY KEY,
    -- Whose data it holds; none for the user's own organisation's lists.
    customer BLOB,
    body TEXT NOT NULL,
    as_of INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_of ON answers (customer);
