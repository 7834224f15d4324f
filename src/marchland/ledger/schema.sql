-- The ledger, version 1. Articles and claims are only ever added.

CREATE TABLE article (              -- one story, as read from one page, and never changed
    article_id   TEXT PRIMARY KEY,  -- hash of page_id, the number of the story on its page, and the text
    page_id      TEXT NOT NULL,     -- file name, or hash of the page
    url          TEXT,              -- address, NULL where not told
    publisher    TEXT,              -- outlet, NULL where not told
    published    TEXT,              -- last day of the publication interval, ISO 8601; NULL where not told
    content_id   TEXT NOT NULL,     -- hash of the text alone
    text         TEXT NOT NULL,     -- the words: every offset of a claim counts characters of it
    record       TEXT NOT NULL,     -- the whole Article as JSON
    recorded_at  TEXT NOT NULL      -- when it came into the ledger, ISO 8601, UTC; never earlier than that of any before
) STRICT;

CREATE TABLE claim (                -- what one sentence says happened at one place, and who says so
    claim_id     TEXT PRIMARY KEY,  -- hash of the article, the words and the place
    article_id   TEXT NOT NULL REFERENCES article (article_id),  -- where it stands
    place_id     TEXT,              -- NULL where the place was refused
    event        TEXT NOT NULL,     -- captures, withdraws_from, closes, ...; PLOVER categories in lower case for others
    stance       TEXT NOT NULL,     -- asserts, hedges, denies, plans
    date_from    TEXT,              -- first day it may have happened, ISO 8601; NULL beside date_to: on or before
    date_to      TEXT,              -- last day it may have happened; both NULL where no day is told
    published    TEXT,              -- last day of the publication interval of its article
    known        TEXT NOT NULL,     -- day from which it was known: published, else the day it was recorded
    record       TEXT NOT NULL      -- the whole ClaimRow as JSON
) STRICT;

CREATE INDEX claim_place ON claim (place_id, known);
CREATE INDEX claim_known ON claim (known);
CREATE INDEX claim_days ON claim (date_to, date_from);
CREATE INDEX claim_article ON claim (article_id);

CREATE TABLE place (                -- places that claims are about, as the first claim on each has it
    place_id     TEXT PRIMARY KEY,  -- gn: GeoNames, x: a crossing or an own place, iso: a country
    name         TEXT NOT NULL,     -- of the gazetteer
    kind         TEXT,              -- country, province, district, capital, city, town, village, crossing, ...
    country      TEXT,              -- ISO alpha-2
    admin1       TEXT,              -- name of the first-order division
    lat          REAL,              -- degrees north, WGS84
    lon          REAL,              -- degrees east
    aliases      TEXT NOT NULL      -- JSON array
) STRICT;

CREATE TABLE party (                -- parties that claims name, as the first claim on each has them
    party_id     TEXT PRIMARY KEY,  -- of the lexicon, or x: with the country for one that no table knows
    name         TEXT NOT NULL,     -- as shown
    side         TEXT NOT NULL,     -- party_id of the side it stands on
    aliases      TEXT NOT NULL,     -- JSON array
    country      TEXT               -- of the first place it was told of at
) STRICT;

CREATE TABLE skipped (              -- what was not read
    run          TEXT NOT NULL,     -- when the run began that met it first, ISO 8601, UTC
    location     TEXT NOT NULL,     -- file, member, row or byte offset
    why          TEXT NOT NULL      -- the reason
) STRICT;

CREATE TRIGGER article_is_never_changed BEFORE UPDATE ON article
BEGIN SELECT RAISE (ABORT, 'articles are never changed'); END;
CREATE TRIGGER article_is_never_removed BEFORE DELETE ON article
BEGIN SELECT RAISE (ABORT, 'articles are never removed'); END;
CREATE TRIGGER claim_is_never_changed BEFORE UPDATE ON claim
BEGIN SELECT RAISE (ABORT, 'claims are never changed'); END;
CREATE TRIGGER claim_is_never_removed BEFORE DELETE ON claim
BEGIN SELECT RAISE (ABORT, 'claims are never removed'); END;
