-- The ledger, version 16: what the map shows of each place, worked out once and kept until something is written about
-- the place. All of it follows from the claims and can be made again.

CREATE TABLE map_now (              -- derived: answers: what the map shows of a place on everything on record
    place_id      TEXT PRIMARY KEY, -- as in place
    known_first   TEXT NOT NULL,    -- first day on which anything about it was known, ISO 8601; empty for none
    known_from    TEXT NOT NULL,    -- last such day: from then on the present version stands
    silent_from   TEXT NOT NULL,    -- first day up to which silence may count
    silent_until  TEXT NOT NULL,    -- last such day; "~" where every later one will do
    revision      INTEGER NOT NULL, -- of the place when it was worked out
    method        TEXT NOT NULL,    -- hash of the code and the data that it was made with
    made          INTEGER NOT NULL, -- number of the lot in which it was written; rises over this table and map_past
    parties       TEXT NOT NULL,    -- JSON: id and name of each holder, and how many spells it has
    record        TEXT NOT NULL     -- JSON: spells and lanes (marchland.ledger.shown)
) STRICT, WITHOUT ROWID;

CREATE INDEX map_now_made ON map_now (made);

CREATE TABLE map_past (             -- derived: answers: the same as it was known on earlier days
    place_id      TEXT NOT NULL,    -- as in place
    known_from    TEXT NOT NULL,    -- first day of knowledge for which it stands, ISO 8601; empty before anything was known
    known_until   TEXT NOT NULL,    -- first day of knowledge for which it does not
    revision      INTEGER NOT NULL, -- as in map_now
    method        TEXT NOT NULL,    -- as in map_now
    made          INTEGER NOT NULL, -- as in map_now
    record        TEXT NOT NULL,    -- as in map_now
    PRIMARY KEY (place_id, known_from)
) STRICT, WITHOUT ROWID;

CREATE INDEX map_past_made ON map_past (made, place_id);
