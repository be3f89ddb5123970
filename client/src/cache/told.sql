-- Whether the service knows of a mark: what was read on one desk is read on all desks of the same user. Marks of before are told at the next contact.
ALTER TABLE marks ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
CREATE INDEX marks_untold ON marks (customer, number) WHERE told = 0;
