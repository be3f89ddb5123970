-- What a customer delegates beside rooms that it named one by one (A36): all rooms, or room groups, both with whatever rooms there are when access is asked for.
ALTER TABLE relationships ADD COLUMN all_rooms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE invitations ADD COLUMN all_rooms BIGINT NOT NULL DEFAULT 0;

CREATE TABLE relationship_groups (
    relationship_id TEXT NOT NULL REFERENCES relationships (id),
    group_id        TEXT NOT NULL REFERENCES room_groups (id),
    PRIMARY KEY (relationship_id, group_id)
);
CREATE INDEX relationship_groups_of ON relationship_groups (group_id);

CREATE TABLE invitation_groups (
    invitation_id TEXT NOT NULL REFERENCES invitations (id),
    group_id      TEXT NOT NULL REFERENCES room_groups (id),
    PRIMARY KEY (invitation_id, group_id)
);
CREATE INDEX invitation_groups_of ON invitation_groups (group_id);

-- Recorded issues of a customer: those without rooms come into sight with the first room that somebody reaches there.
CREATE INDEX incidents_recorded ON incidents (customer_id) WHERE created_by_tenant IS NOT NULL;
