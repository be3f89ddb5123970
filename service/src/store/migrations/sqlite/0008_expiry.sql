-- Whether the audit log says that an invitation expired (A24): written once, by the service, when it falls due.
ALTER TABLE invitations ADD COLUMN expiry_recorded BIGINT NOT NULL DEFAULT 0;
CREATE INDEX invitations_expiry ON invitations (expires_at) WHERE expiry_recorded = 0;
