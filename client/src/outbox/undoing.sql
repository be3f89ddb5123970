-- Whether a bulk action undoes what its action did: gone on with as one of its own, it would touch what that did not do.
ALTER TABLE runs ADD COLUMN undoes INTEGER NOT NULL DEFAULT 0;
