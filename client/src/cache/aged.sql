-- Answers are deleted by their age, after each answer of the sync.
CREATE INDEX answers_by_age ON answers (as_of);
