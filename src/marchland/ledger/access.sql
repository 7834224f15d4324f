-- Who may write through the service, and what was tried: of this one ledger, not of the record.

CREATE TABLE token (                -- own: who may write through the service; the token itself is not kept
    token_id     TEXT PRIMARY KEY,  -- the part of the token that may be shown
    name         TEXT NOT NULL,     -- whose it is: what is written with it bears this name
    digest       TEXT NOT NULL,     -- SHA-256 of the whole token, in hexadecimal
    scopes       TEXT NOT NULL,     -- what it is good for, separated by blanks: review, admin
    made         TEXT NOT NULL,     -- when, ISO 8601, UTC
    expires      TEXT NOT NULL,     -- from when on it is good no more; empty where it lasts
    last_used    TEXT NOT NULL,     -- when something was last tried with it; empty before the first time
    revoked      TEXT NOT NULL      -- when it was taken back; empty where it stands
) STRICT;

CREATE TRIGGER token_is_never_removed BEFORE DELETE ON token
BEGIN SELECT RAISE (ABORT, 'tokens are never removed: revoke it'); END;

CREATE TABLE audit (                -- own: what was tried through the service that writes, and what was refused
    number       INTEGER PRIMARY KEY, -- in order of time, from 1
    made         TEXT NOT NULL,     -- when it was answered, ISO 8601, UTC
    name         TEXT NOT NULL,     -- whose token came with it; empty without a good one
    token_id     TEXT NOT NULL,     -- that token, as in token; empty without a good one
    address      TEXT NOT NULL,     -- of the machine from which it came
    method       TEXT NOT NULL,     -- POST, DELETE, or GET where a token was refused
    path         TEXT NOT NULL,     -- what was asked
    deed         TEXT NOT NULL,     -- in words, where the service can tell; else empty
    status       INTEGER NOT NULL   -- what was answered: 2xx done, 401 no good token, 403 not allowed, 429 too often, ...
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit log is never shortened'); END;
