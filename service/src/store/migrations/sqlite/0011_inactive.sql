-- What sync sends and the Resolved tab of a customer is walked without its rows: the status stands in the index as well, since every statement
-- that may use it names the status.
DROP INDEX incidents_inactive;
CREATE INDEX incidents_inactive ON incidents (customer_id, last_updated DESC, number, status) WHERE status IN ('resolved', 'closed');
