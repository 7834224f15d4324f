-- The ledger, version 2: which articles are copies of one another. All of it can be made again from the articles.

CREATE TABLE copy_article (         -- derived: articles with the key of their text
    article_id   TEXT PRIMARY KEY REFERENCES article (article_id),  -- the article
    text_key     INTEGER NOT NULL,  -- made of the text alone: articles with one text share it
    address      TEXT,              -- without tracking parts; NULL where the article has none
    read_at      TEXT NOT NULL      -- when it was fetched, updated or published, ISO 8601; empty where not told
) STRICT;

CREATE INDEX copy_article_text ON copy_article (text_key);
CREATE INDEX copy_article_address ON copy_article (address) WHERE address IS NOT NULL;

CREATE TABLE copy_posting (         -- derived: the inverted index: in which texts a fingerprint stands
    hash         INTEGER NOT NULL,  -- fingerprint of some words in a row
    text_key     INTEGER NOT NULL,  -- as in copy_article
    PRIMARY KEY (hash, text_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE copy_tail (            -- derived: fingerprints of the newest texts, not yet sorted into copy_posting
    text_key     INTEGER PRIMARY KEY,  -- as in copy_article
    hashes       BLOB NOT NULL      -- signed 64-bit numbers, little-endian
) STRICT;

CREATE TABLE copy_link (            -- derived: what two texts share; one_key < other_key
    one_key      INTEGER NOT NULL,  -- text_key of the one
    other_key    INTEGER NOT NULL,  -- text_key of the other
    kind         TEXT NOT NULL,     -- text, quote, version
    share        REAL NOT NULL,     -- of the words of the one, 0 to 1
    other_share  REAL NOT NULL,     -- of the words of the other
    ranges       TEXT NOT NULL,     -- JSON array of Aligned
    PRIMARY KEY (one_key, other_key, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX copy_link_other ON copy_link (other_key);

CREATE TABLE copy_credit (          -- derived: what an article says is somebody else's
    article_id   TEXT NOT NULL REFERENCES article (article_id),  -- the article
    name         TEXT NOT NULL,     -- agency or outlet that is credited
    record       TEXT NOT NULL      -- the whole Credit as JSON
) STRICT;

CREATE INDEX copy_credit_article ON copy_credit (article_id);

CREATE TABLE copy_sentence (        -- derived: sentences with claims that are the same words
    kind         TEXT NOT NULL,     -- text, quote
    one_key      INTEGER NOT NULL,  -- text_key of the one
    one_start    INTEGER NOT NULL,  -- first character of its sentence
    other_key    INTEGER NOT NULL,  -- text_key of the other
    other_start  INTEGER NOT NULL,  -- first character of its sentence
    PRIMARY KEY (kind, one_key, one_start, other_key, other_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE copy_relay (           -- derived: claims that somebody else's text is the source of
    claim_id     TEXT NOT NULL REFERENCES claim (claim_id),  -- the claim
    name         TEXT NOT NULL,     -- whose text it is
    PRIMARY KEY (claim_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_version (      -- derived: one address read twice, with other words
    address      TEXT NOT NULL,     -- as in copy_article
    older_id     TEXT NOT NULL REFERENCES article (article_id),  -- the reading before
    newer_id     TEXT NOT NULL REFERENCES article (article_id),  -- the reading after
    record       TEXT NOT NULL,     -- the whole Version as JSON
    PRIMARY KEY (address, older_id, newer_id)
) STRICT, WITHOUT ROWID;
