-- Names as they are searched for: without case, which neither database folds beyond ASCII in the same way. The store writes it.
ALTER TABLE principals ADD COLUMN folded TEXT NOT NULL DEFAULT '';
