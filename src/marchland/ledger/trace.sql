-- The ledger, version 4: how each claim came about, so that `explain` can show it as it was read.

CREATE TABLE claim_trace (          -- how a claim was read
    claim_id     TEXT PRIMARY KEY REFERENCES claim (claim_id),  -- the claim
    record       BLOB NOT NULL      -- JSON, packed by zlib: the Claim (spans, reasons), the Resolved (place, rivals, reasons)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER trace_is_never_changed BEFORE UPDATE ON claim_trace
BEGIN SELECT RAISE (ABORT, 'how a claim was read is never changed'); END;
CREATE TRIGGER trace_is_never_removed BEFORE DELETE ON claim_trace
BEGIN SELECT RAISE (ABORT, 'how a claim was read is never removed'); END;
