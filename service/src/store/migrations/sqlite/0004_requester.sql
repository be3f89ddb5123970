-- Whether the token of who asked named a Global Administrator: no table says so when the request is decided (A7, A19).
ALTER TABLE change_requests ADD COLUMN requester_global BIGINT NOT NULL DEFAULT 0;
