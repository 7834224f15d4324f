-- The ledger, version 2: which articles are copies of one another. All of it can be made again from the articles.

CREATE TABLE copy_article (
    article_id   TEXT PRIMARY KEY REFERENCES article (article_id),
    text_key     INTEGER NOT NULL,  -- made of the text alone: articles with one text share it
    address      TEXT,              -- without tracking parts; NULL where the article has none
    read_at      TEXT NOT NULL      -- when it was fetched, updated or published, ISO 8601; empty where not told
) STRICT;

CREATE INDEX copy_article_text ON copy_article (text_key);
CREATE INDEX copy_article_address ON copy_article (address) WHERE address IS NOT NULL;

CREATE TABLE copy_posting (         -- the inverted index: in which texts a fingerprint stands
    hash         INTEGER NOT NULL,
    text_key     INTEGER NOT NULL,
    PRIMARY KEY (hash, text_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE copy_tail (            -- fingerprints of the newest texts, not yet sorted into copy_posting
    text_key     INTEGER PRIMARY KEY,
    hashes       BLOB NOT NULL      -- signed 64-bit numbers, little-endian
) STRICT;

CREATE TABLE copy_link (            -- what two texts share; one_key < other_key
    one_key      INTEGER NOT NULL,
    other_key    INTEGER NOT NULL,
    kind         TEXT NOT NULL,     -- text, quote, version
    share        REAL NOT NULL,     -- of the words of the one
    other_share  REAL NOT NULL,
    ranges       TEXT NOT NULL,     -- JSON array of Aligned
    PRIMARY KEY (one_key, other_key, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX copy_link_other ON copy_link (other_key);

CREATE TABLE copy_credit (
    article_id   TEXT NOT NULL REFERENCES article (article_id),
    name         TEXT NOT NULL,
    record       TEXT NOT NULL      -- the whole Credit as JSON
) STRICT;

CREATE INDEX copy_credit_article ON copy_credit (article_id);

CREATE TABLE copy_sentence (        -- sentences with claims that are the same words; told by text and first character
    kind         TEXT NOT NULL,     -- text, quote
    one_key      INTEGER NOT NULL,
    one_start    INTEGER NOT NULL,
    other_key    INTEGER NOT NULL,
    other_start  INTEGER NOT NULL,
    PRIMARY KEY (kind, one_key, one_start, other_key, other_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE copy_relay (           -- claims that somebody else's text is the source of
    claim_id     TEXT NOT NULL REFERENCES claim (claim_id),
    name         TEXT NOT NULL,
    PRIMARY KEY (claim_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_version (
    address      TEXT NOT NULL,
    older_id     TEXT NOT NULL REFERENCES article (article_id),
    newer_id     TEXT NOT NULL REFERENCES article (article_id),
    record       TEXT NOT NULL,     -- the whole Version as JSON
    PRIMARY KEY (address, older_id, newer_id)
) STRICT, WITHOUT ROWID;
