-- Briefs: what the record said when somebody was told of it, so that the next one can go on from there.

CREATE TABLE brief (                -- one row for each brief that was recorded; rows are only added
    brief_id     TEXT PRIMARY KEY,  -- made of the content
    name         TEXT NOT NULL,     -- the series it belongs to; empty for the usual one
    made         TEXT NOT NULL,     -- when, ISO 8601, UTC; never before what is on record
    since        TEXT NOT NULL,     -- the brief from which it went on, or the day of knowledge; empty for the beginning
    changes      INTEGER NOT NULL,  -- how many changes it told of
    record       BLOB NOT NULL      -- the View as JSON, packed by zlib: holdings, crossings, ids of denials
) STRICT;

CREATE INDEX brief_name ON brief (name, made);

CREATE TRIGGER brief_is_never_changed BEFORE UPDATE ON brief
BEGIN SELECT RAISE (ABORT, 'briefs are never changed'); END;
CREATE TRIGGER brief_is_never_removed BEFORE DELETE ON brief
BEGIN SELECT RAISE (ABORT, 'briefs are never removed'); END;
