-- A hash over what each article brought, so that a byte that was lost on a disk is noticed.

CREATE TABLE article_seal (         -- derived: a hash over an article and its claims
    article_id   TEXT PRIMARY KEY REFERENCES article (article_id),  -- the article
    digest       TEXT NOT NULL      -- SHA-256 over the records of the article and of its claims, the latter by claim_id
) STRICT, WITHOUT ROWID;
