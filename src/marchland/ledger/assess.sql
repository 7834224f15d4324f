-- What was worked out about each place, kept until something about the place is written. All of it follows from the
-- claims and can be made again; what is out of date is known by `revision` and `method`, and never shown.

CREATE TABLE assessment (           -- derived: answers: who held a place over time, for a range of days of knowledge and of days up to which silence counts
    place_id      TEXT NOT NULL,    -- as in place
    known_from    TEXT NOT NULL,    -- first day of knowledge for which it stands, ISO 8601; empty before anything was known
    known_until   TEXT NOT NULL,    -- first day of knowledge for which it does not; "~", after all days, where it lasts
    silent_from   TEXT NOT NULL,    -- first day up to which silence may count
    silent_until  TEXT NOT NULL,    -- last such day; "~" where every later one will do
    revision      INTEGER NOT NULL, -- of the place when its claims were read
    method        TEXT NOT NULL,    -- hash of the code and the data that it was made with
    states        TEXT NOT NULL,    -- JSON: sides, conditions, and an empty string for "nobody known"
    turns         TEXT NOT NULL,    -- JSON: days (ordinals) from which silence makes another state the likeliest
    posterior     BLOB NOT NULL,    -- packed by zlib: half days, then their shares by state (marchland.ledger.assessment)
    PRIMARY KEY (place_id, known_from, silent_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE assessed_holding (     -- derived: answers: the spells of an assessment, before the turns of silence
    place_id      TEXT NOT NULL,    -- as in assessment
    known_from    TEXT NOT NULL,    -- as in assessment
    silent_from   TEXT NOT NULL,    -- as in assessment
    number        INTEGER NOT NULL, -- in order of time, from 0
    begins        TEXT NOT NULL,    -- first day, ISO 8601; empty where it was so before the first report
    ends          TEXT NOT NULL,    -- first day of the next; "~" where it lasts
    record        TEXT NOT NULL,    -- JSON: the holding, and the days (ordinals) on which it was told of
    PRIMARY KEY (place_id, known_from, silent_from, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE place_basis (          -- derived: answers: whose claims the answer about a place rests on, besides its own
    on_id         TEXT NOT NULL,    -- place_id of the other place
    place_id      TEXT NOT NULL,    -- the place whose answer it is
    PRIMARY KEY (on_id, place_id)
) STRICT, WITHOUT ROWID;
