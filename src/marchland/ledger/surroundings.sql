-- The ledger, version 14: which places lie around one is asked by country and latitude.

CREATE INDEX place_around ON place (country, lat);
