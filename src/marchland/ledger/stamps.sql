-- The ledger, version 5: which places something was written about, so that what was worked out before is known to be
-- out of date.

CREATE TABLE place_stamp (          -- derived: how often anything was written on which the answers about a place rest
    place_id     TEXT PRIMARY KEY,  -- as in claim
    revision     INTEGER NOT NULL   -- one more with every such write, in the same transaction
) STRICT, WITHOUT ROWID;

INSERT INTO place_stamp SELECT DISTINCT place_id, 1 FROM claim WHERE place_id IS NOT NULL;

CREATE INDEX copy_sentence_other ON copy_sentence (kind, other_key, other_start);
