-- The ledger, version 4: how each claim came about, so that `explain` can show it as it was read.

CREATE TABLE claim_trace (
    claim_id     TEXT PRIMARY KEY REFERENCES claim (claim_id),
    claim        TEXT NOT NULL,     -- the whole Claim as JSON: spans and reasons
    place        TEXT NOT NULL      -- the Resolved as JSON: the place chosen or refused, its rivals, the reasons
) STRICT, WITHOUT ROWID;

CREATE TRIGGER trace_is_never_changed BEFORE UPDATE ON claim_trace
BEGIN SELECT RAISE (ABORT, 'how a claim was read is never changed'); END;
CREATE TRIGGER trace_is_never_removed BEFORE DELETE ON claim_trace
BEGIN SELECT RAISE (ABORT, 'how a claim was read is never removed'); END;
