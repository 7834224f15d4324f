-- The ledger, version 8: the last moment on record is found at once, and what a merge did not take is kept.

CREATE INDEX article_recorded ON article (recorded_at);

CREATE TABLE merge_twin (           -- rows of merged ledgers that gave way to another row with the same key
    of_table     TEXT NOT NULL,     -- the table that both rows were for
    row_key      TEXT NOT NULL,     -- JSON array: the key that they share
    row_hash     TEXT NOT NULL,     -- of other_row
    other_row    TEXT NOT NULL,     -- JSON array: the row that is not in the table, its columns in order
    PRIMARY KEY (of_table, row_key, row_hash)
) STRICT, WITHOUT ROWID;
