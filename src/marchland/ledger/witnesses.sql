-- What each claim rests on, written when its article is linked. All of it can be made again from the articles.

CREATE TABLE witness_link (         -- derived: claims of one place that share a basis are one witness; with the same words (copy_sentence) they are, too
    claim_id     TEXT NOT NULL REFERENCES claim (claim_id),  -- the claim
    kind         TEXT NOT NULL,     -- read, relayed, told, said, page
    basis        TEXT NOT NULL,     -- id of the speaker, agency, page or sentence, for one place and kind of deed
    weight       REAL NOT NULL,     -- 1: claims that share it are one witness
    day          TEXT NOT NULL,     -- of the deed, ISO 8601, empty where not told; speakers and pages are compared within a week
    sentence     TEXT NOT NULL,     -- for people: "both quote N"
    PRIMARY KEY (claim_id, kind, basis)
) STRICT, WITHOUT ROWID;

CREATE INDEX witness_link_basis ON witness_link (basis);
