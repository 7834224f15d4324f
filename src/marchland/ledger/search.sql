-- The index of the words of a ledger: a file beside it, made from it alone, thrown away and made again at any time.
-- It is always SQLite, for a ledger in PostgreSQL too, so that both find the same in the same order.

CREATE TABLE state (                -- how far the index is
    name         TEXT PRIMARY KEY,  -- of the value
    value        TEXT NOT NULL      -- the value
) STRICT, WITHOUT ROWID;

CREATE TABLE article_item (         -- articles whose words are in
    number       INTEGER PRIMARY KEY,  -- row in article_words
    article_id   TEXT NOT NULL UNIQUE, -- the article
    outlet       TEXT NOT NULL,     -- publisher, empty where not told
    published    TEXT NOT NULL,     -- day, empty where not told
    known        TEXT NOT NULL      -- first day of knowledge
) STRICT;

CREATE TABLE claim_text (           -- claims whose words are in: as they were read, and as people have corrected them
    number       INTEGER PRIMARY KEY,  -- row in claim_words
    claim_id     TEXT NOT NULL UNIQUE, -- as read, or as corrected
    known        TEXT NOT NULL,     -- first day of knowledge, as read
    record       TEXT               -- the whole ClaimRow as JSON, for one that is not in the ledger's table claim
) STRICT;

CREATE TABLE claim_item (           -- claims as they stand on some days of knowledge: what search narrows by
    number       INTEGER PRIMARY KEY,
    words        INTEGER NOT NULL,  -- row in claim_words
    claim_id     TEXT NOT NULL,     -- as read, or as corrected
    original     TEXT NOT NULL,     -- as read
    article_id   TEXT NOT NULL,     -- where it stands, empty for the word of a reviewer
    place_id     TEXT NOT NULL,     -- empty where the place was refused; as is every column below where nothing is told
    country      TEXT NOT NULL,
    event        TEXT NOT NULL,
    stance       TEXT NOT NULL,
    actor        TEXT NOT NULL,     -- party_id
    opponent     TEXT NOT NULL,     -- party_id
    speaker      TEXT NOT NULL,     -- name
    side         TEXT NOT NULL,     -- party_id of the side on which the speaker stands
    class        TEXT NOT NULL,     -- of the speaker
    outlet       TEXT NOT NULL,
    published    TEXT NOT NULL,     -- day
    happened     TEXT NOT NULL,     -- last day on which it may have happened
    known        TEXT NOT NULL,     -- first day of knowledge on which it stands
    gone         TEXT NOT NULL      -- first day of knowledge on which it stands no more; 9999-99-99 for none
) STRICT;

CREATE INDEX claim_item_words ON claim_item (words);
CREATE INDEX claim_item_original ON claim_item (original);
CREATE INDEX claim_item_article ON claim_item (article_id);
CREATE INDEX claim_item_place ON claim_item (place_id);
CREATE INDEX claim_item_actor ON claim_item (actor);
CREATE INDEX claim_item_opponent ON claim_item (opponent);
CREATE INDEX claim_item_outlet ON claim_item (outlet);
CREATE INDEX claim_item_speaker ON claim_item (speaker);
CREATE INDEX claim_item_published ON claim_item (published);

CREATE TABLE name (                 -- names that can be asked for
    number       INTEGER PRIMARY KEY,  -- row in name_words
    kind         TEXT NOT NULL,     -- place, party, outlet, speaker
    id           TEXT NOT NULL,     -- place_id, party_id, or the name itself
    spelling     TEXT NOT NULL,     -- the name or an alias
    plain        TEXT NOT NULL,     -- the spelling in small Latin letters and digits, words apart
    main         INTEGER NOT NULL,  -- 1: the name under which it is shown
    UNIQUE (kind, id, spelling)
) STRICT;

CREATE VIRTUAL TABLE claim_words USING fts5 (
    sentence, names, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
CREATE VIRTUAL TABLE article_words USING fts5 (
    headline, body, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
CREATE VIRTUAL TABLE name_words USING fts5 (
    spelling, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE VIRTUAL TABLE claim_vocabulary USING fts5vocab (claim_words, row);
CREATE VIRTUAL TABLE article_vocabulary USING fts5vocab (article_words, row);
