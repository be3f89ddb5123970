-- The last answer of the service to each question about relationships, roles and requests. Disposable, like all of the cache.
CREATE TABLE answers (
    -- What was asked: a path of the service's API.
    question TEXT PRIMARY KEY,
    -- At whose address; none for what is of the own organisation.
    customer BLOB,
    body TEXT NOT NULL,
    as_of INTEGER NOT NULL
) STRICT;

CREATE INDEX answers_of_customer ON answers (customer);
