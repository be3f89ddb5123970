-- Sync reads the log for the customers that its caller sees, and for the rights of the caller's tenant and of everybody. Both indexes end with
-- seq, as every index of a table with such a key.
CREATE INDEX changes_customer ON changes (customer_id);
CREATE INDEX changes_rights ON changes (tenant_id) WHERE kind = 'rights';

-- Numbers that several processes may draw at the same time. A kind of the log is new, too: tenant, for lists that are not synced.
CREATE TABLE sequences (
    name TEXT PRIMARY KEY,
    last BIGINT NOT NULL                    -- the last one that was given
) WITHOUT ROWID;
INSERT INTO sequences (name, last) SELECT 'audience', COALESCE(MAX(audience), 0) FROM change_audiences;

-- Versions before this one looked here whether a newer one wrote the database, and refused it.
CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY);
INSERT INTO schema_migrations (version) VALUES (7);
