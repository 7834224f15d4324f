-- Places of one kind are found at once: crossings, countries, provinces.

CREATE INDEX place_kind ON place (kind, country);
