-- The ledger, version 3: what was skipped is kept with its language and address.

ALTER TABLE skipped ADD COLUMN language TEXT NOT NULL DEFAULT '';      -- ISO 639-1, where the reason is the language
ALTER TABLE skipped ADD COLUMN url TEXT;                               -- address, where it had one
ALTER TABLE skipped ADD COLUMN set_aside INTEGER NOT NULL DEFAULT 0;   -- 1: readable, but triage found nothing in it

CREATE INDEX skipped_location ON skipped (location, why);
