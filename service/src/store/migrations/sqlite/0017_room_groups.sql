-- The version that a change of a group names, and which partner made it: one without rooms is that partner's alone to see. None for the customer's own.
ALTER TABLE room_groups ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE room_groups ADD COLUMN made_by TEXT REFERENCES tenants (id);
CREATE INDEX assignment_groups_of ON assignment_groups (group_id);
