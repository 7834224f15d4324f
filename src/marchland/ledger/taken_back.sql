-- Claims that no longer count, and since when; rows are only added. What a claim said, and that it once counted, stays.

CREATE TABLE reading (              -- an article that was read more than once: the claims of each reading
    reading_id   TEXT PRIMARY KEY,  -- made of the content
    article_id   TEXT NOT NULL REFERENCES article (article_id), -- the article
    claims       TEXT NOT NULL,     -- JSON array of claim ids, sorted
    recorded_at  TEXT NOT NULL      -- ISO 8601, UTC; of an article's readings the newest counts
) STRICT;

CREATE INDEX reading_article ON reading (article_id);

CREATE TABLE taken_back (           -- claims that their publisher took back
    claim_id     TEXT NOT NULL REFERENCES claim (claim_id), -- the claim
    reason       TEXT NOT NULL,     -- correction by publisher, retraction by publisher
    article_id   TEXT NOT NULL REFERENCES article (article_id), -- the reading of the page that took it back
    day          TEXT NOT NULL,     -- from this day of knowledge on the claim does not count, ISO 8601
    words        TEXT NOT NULL,     -- the note or the sentence that did it
    recorded_at  TEXT NOT NULL,     -- when the later of the two articles came into the ledger, ISO 8601, UTC
    PRIMARY KEY (claim_id, reason, article_id)
) STRICT;

CREATE TABLE known_later (          -- claims of a later reading of a page, which were not known before that reading
    claim_id     TEXT NOT NULL REFERENCES claim (claim_id), -- the claim
    day          TEXT NOT NULL,     -- ISO 8601
    PRIMARY KEY (claim_id)
) STRICT;

CREATE TRIGGER reading_is_never_changed BEFORE UPDATE ON reading
BEGIN SELECT RAISE (ABORT, 'readings are never changed'); END;
CREATE TRIGGER reading_is_never_removed BEFORE DELETE ON reading
BEGIN SELECT RAISE (ABORT, 'readings are never removed'); END;
CREATE TRIGGER taken_back_is_never_changed BEFORE UPDATE ON taken_back
BEGIN SELECT RAISE (ABORT, 'what was taken back is never changed'); END;
CREATE TRIGGER taken_back_is_never_removed BEFORE DELETE ON taken_back
BEGIN SELECT RAISE (ABORT, 'what was taken back is never removed'); END;
CREATE TRIGGER known_later_is_never_changed BEFORE UPDATE ON known_later
BEGIN SELECT RAISE (ABORT, 'days of knowledge are never changed'); END;
CREATE TRIGGER known_later_is_never_removed BEFORE DELETE ON known_later
BEGIN SELECT RAISE (ABORT, 'days of knowledge are never removed'); END;
