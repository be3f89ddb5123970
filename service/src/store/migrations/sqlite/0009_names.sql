-- Names as they are searched and as they are sorted, by the rules of `tenantry_model::search` and `collation`. What was folded by another rule is
-- written anew when the store is opened.
UPDATE principals SET folded = '';
ALTER TABLE principals ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
