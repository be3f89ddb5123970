-- Who works on an incident (A32), what is out of sight (A33), and warnings that are left alone (A34).
ALTER TABLE incidents ADD COLUMN claim_holder TEXT;
ALTER TABLE incidents ADD COLUMN claim_name TEXT;
ALTER TABLE incidents ADD COLUMN claim_until BIGINT;
ALTER TABLE incidents ADD COLUMN snooze_of TEXT;        -- incident, signal, room: what was snoozed; null where nothing is
ALTER TABLE incidents ADD COLUMN snooze_by TEXT;
ALTER TABLE incidents ADD COLUMN snooze_reason TEXT;
ALTER TABLE incidents ADD COLUMN snooze_since BIGINT;
ALTER TABLE incidents ADD COLUMN snooze_until BIGINT;   -- null: until somebody fetches it
ALTER TABLE incidents ADD COLUMN alone_due BIGINT;      -- when it becomes important, if it is a warning that can
CREATE INDEX incidents_waking ON incidents (snooze_until) WHERE snooze_until IS NOT NULL;
CREATE INDEX incidents_alone ON incidents (alone_due) WHERE alone_due IS NOT NULL;
UPDATE incidents SET alone_due = CASE WHEN last_message_at > active_since THEN last_message_at ELSE active_since END + 86400000000
 WHERE severity = 2 AND kind <> 'customer_reported' AND status NOT IN ('resolved', 'closed');

ALTER TABLE incident_history ADD COLUMN author TEXT;

-- The words beside `suppressed`, which hold while that does.
ALTER TABLE rooms ADD COLUMN suppress_by TEXT;
ALTER TABLE rooms ADD COLUMN suppress_reason TEXT;
ALTER TABLE rooms ADD COLUMN suppress_since BIGINT;
ALTER TABLE rooms ADD COLUMN suppress_until BIGINT;
CREATE INDEX rooms_lifted ON rooms (suppress_until) WHERE suppress_until IS NOT NULL;

ALTER TABLE signal_states ADD COLUMN suppressed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE signal_states ADD COLUMN suppress_by TEXT;
ALTER TABLE signal_states ADD COLUMN suppress_reason TEXT;
ALTER TABLE signal_states ADD COLUMN suppress_since BIGINT;
ALTER TABLE signal_states ADD COLUMN suppress_until BIGINT;
CREATE INDEX signal_states_lifted ON signal_states (suppress_until) WHERE suppress_until IS NOT NULL;
