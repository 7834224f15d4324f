-- The ledger, version 1. Articles and claims are only ever added.

CREATE TABLE article (
    article_id   TEXT PRIMARY KEY,
    page_id      TEXT NOT NULL,
    url          TEXT,
    publisher    TEXT,
    published    TEXT,              -- last day of the publication interval, ISO 8601; NULL where not told
    content_id   TEXT NOT NULL,     -- hash of the text alone
    text         TEXT NOT NULL,
    record       TEXT NOT NULL,     -- the whole Article as JSON
    recorded_at  TEXT NOT NULL      -- when it came into the ledger, ISO 8601, UTC
) STRICT;

CREATE TABLE claim (
    claim_id     TEXT PRIMARY KEY,
    article_id   TEXT NOT NULL REFERENCES article (article_id),
    place_id     TEXT,              -- NULL where the place was refused
    event        TEXT NOT NULL,
    stance       TEXT NOT NULL,
    date_from    TEXT,
    date_to      TEXT,
    published    TEXT,
    known        TEXT NOT NULL,     -- day from which it was known: published, else the day it was recorded
    record       TEXT NOT NULL      -- the whole ClaimRow as JSON
) STRICT;

CREATE INDEX claim_place ON claim (place_id, known);
CREATE INDEX claim_known ON claim (known);
CREATE INDEX claim_days ON claim (date_to, date_from);
CREATE INDEX claim_article ON claim (article_id);

CREATE TABLE place (
    place_id     TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    kind         TEXT,
    country      TEXT,
    admin1       TEXT,
    lat          REAL,
    lon          REAL,
    aliases      TEXT NOT NULL      -- JSON array
) STRICT;

CREATE TABLE party (
    party_id     TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    side         TEXT NOT NULL,
    aliases      TEXT NOT NULL,     -- JSON array
    country      TEXT               -- of the first place it was told of at
) STRICT;

CREATE TABLE skipped (
    run          TEXT NOT NULL,     -- when the run began, ISO 8601, UTC
    location     TEXT NOT NULL,
    why          TEXT NOT NULL
) STRICT;

CREATE TRIGGER article_is_never_changed BEFORE UPDATE ON article
BEGIN SELECT RAISE (ABORT, 'articles are never changed'); END;
CREATE TRIGGER article_is_never_removed BEFORE DELETE ON article
BEGIN SELECT RAISE (ABORT, 'articles are never removed'); END;
CREATE TRIGGER claim_is_never_changed BEFORE UPDATE ON claim
BEGIN SELECT RAISE (ABORT, 'claims are never changed'); END;
CREATE TRIGGER claim_is_never_removed BEFORE DELETE ON claim
BEGIN SELECT RAISE (ABORT, 'claims are never removed'); END;
