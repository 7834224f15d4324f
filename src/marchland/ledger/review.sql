-- What people said of the record; rows are only added. A review is taken back by another one.

CREATE TABLE review (               -- corrections by people
    review_id    TEXT PRIMARY KEY,  -- made of the content
    verb         TEXT NOT NULL,     -- accept, reject, correct, merge, split, withdraw
    made         TEXT NOT NULL,     -- when, ISO 8601, UTC; known from this day on
    reviewer     TEXT NOT NULL,     -- who, as given
    record       TEXT NOT NULL      -- the whole Review as JSON
) STRICT;

CREATE TRIGGER review_is_never_changed BEFORE UPDATE ON review
BEGIN SELECT RAISE (ABORT, 'reviews are never changed: withdraw it and make another'); END;
CREATE TRIGGER review_is_never_removed BEFORE DELETE ON review
BEGIN SELECT RAISE (ABORT, 'reviews are never removed: withdraw it'); END;
