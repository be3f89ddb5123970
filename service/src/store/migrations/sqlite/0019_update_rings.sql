-- Update rings with what they take: days, what they are for, the version that a change names. Presets are told by which they are (R100, R102).
ALTER TABLE update_rings ADD COLUMN preset TEXT;                            -- staging | general | executive
ALTER TABLE update_rings ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE update_rings ADD COLUMN deferral_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE update_rings ADD COLUMN rollout_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE update_rings ADD COLUMN test_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE update_rings ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
UPDATE update_rings SET preset = 'staging', rollout_days = 2, test_days = 5 WHERE built_in = 1 AND ring_order = 1;
UPDATE update_rings SET preset = 'general', rollout_days = 10, test_days = 5 WHERE built_in = 1 AND ring_order = 2;
UPDATE update_rings SET preset = 'executive', rollout_days = 5, test_days = 3 WHERE built_in = 1 AND ring_order = 3;
ALTER TABLE update_rings DROP COLUMN built_in;
-- Every customer has the three, and every room one ring.
INSERT INTO update_rings (id, customer_id, name, ring_order, preset, rollout_days, test_days)
SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-'
             || hex(randomblob(6))),
       t.id, p.name, p.ring_order, p.preset, p.rollout_days, p.test_days
FROM tenants t
CROSS JOIN (SELECT 'Staging' AS name, 1 AS ring_order, 'staging' AS preset, 2 AS rollout_days, 5 AS test_days
            UNION ALL SELECT 'General', 2, 'general', 10, 5
            UNION ALL SELECT 'Executive', 3, 'executive', 5, 3) p
WHERE t.is_customer = 1 AND NOT EXISTS (SELECT 1 FROM update_rings r WHERE r.customer_id = t.id AND r.preset = p.preset);
UPDATE rooms SET ring_id = (SELECT r.id FROM update_rings r WHERE r.customer_id = rooms.customer_id AND r.preset = 'general'), version = version + 1
WHERE ring_id IS NULL;
CREATE UNIQUE INDEX update_rings_order ON update_rings (customer_id, ring_order);
CREATE UNIQUE INDEX update_rings_preset ON update_rings (customer_id, preset) WHERE preset IS NOT NULL;
CREATE INDEX rooms_of_ring ON rooms (ring_id);
