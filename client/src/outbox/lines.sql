-- What an entry is sent in line with: of one incident, or of one room. None for a new issue, and for words alone. It follows from the row, so that what
-- was kept before has it, too.
ALTER TABLE entries ADD COLUMN line TEXT GENERATED ALWAYS AS (
    customer || ' ' || coalesce(json_extract(work, '$.number'), json_extract(work, '$.room'))
) VIRTUAL;
CREATE INDEX entries_by_line ON entries (line);
