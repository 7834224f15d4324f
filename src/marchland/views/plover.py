"""Claims as PLOVER JSON Lines: one event a line, in the fields of the codebook.

`link` is our id of the claim, `comment` says what PLOVER could not hold, `mode` holds the auxiliary modes, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marchland.claims.lexicon import rows as table_rows
from marchland.claims.partytable import load_rows
from marchland.claims.ploverwords import QUAD
from marchland.records import ClaimRow
from marchland.views.crosswalk import Coded, Table, code

QUAD_CODES = {name: number for number, name in enumerate(dict.fromkeys(QUAD.values()), start=1)}
"""PLOVER's numbers: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
_SECTORS = {
    **dict.fromkeys(("government", "de-facto-authority", "civil-defence"), "GOV"),
    **dict.fromkeys(("state-forces", "foreign-forces", "coalition", "peacekeepers"), "MIL"),
    **dict.fromkeys(("rebel", "separatist"), "REB"),
    **dict.fromkeys(("militia", "PMC"), "PRM"),
    **dict.fromkeys(("police", "border-guard"), "COP"),
}
"""Kind of a party in actors.csv -> PLOVER sector."""
_RESOLUTION = {"country": 1, "province": 2, "district": 3, "capital": 4, "city": 4, "town": 4, "village": 4}
CODEBOOK = {"coder": "marchland", "codebook": "plover-base-1.3.1"}


@dataclass(frozen=True, slots=True)
class Codes:
    """What PLOVER codes of parties and places: ISO 3166 alpha-3 of countries, country and kind of parties."""

    alpha3: Mapping[str, str]
    parties: Mapping[str, tuple[str, str]]
    """Party id -> (country as alpha-2, kind)."""
    nouns: Mapping[str, str]
    """Noun for people who act in public -> sector."""

    @classmethod
    def load(cls) -> Codes:
        """From the shipped tables."""
        alpha3 = {row["alpha2"]: row["alpha3"] for _, row in table_rows("countries.csv")}
        nouns = {row["noun"]: row["sector"] for _, row in table_rows("plover_actors.csv")}
        return cls(alpha3, {one.party_id: (one.country, one.kind) for one in load_rows().values()}, nouns)

    def entity(self, party_id: str | None, name: str) -> dict[str, str]:
        """One actor or recipient; a party that no table has keeps its words and is of unknown sector."""
        country, kind = self.parties.get(party_id or "", ("", ""))
        sector = _SECTORS.get(kind) or self._by_noun(name)
        known = {"code": self.alpha3.get(country, ""), "sector": sector, "entity_text": name}
        return {key: value for key, value in known.items() if value}

    def _by_noun(self, name: str) -> str:
        last = name.lower().split()[-1:] or [""]
        return self.nouns.get(last[0]) or self.nouns.get(last[0].removesuffix("s")) or "UNK"


def lines(rows: Iterable[ClaimRow], table: Table, codes: Codes) -> Iterator[str]:
    """One line of JSON for each claim that PLOVER has a category for and that has a day."""
    for row in rows:
        coded = code(row, table)
        if coded.category and (row.date_to or row.published):
            yield json.dumps(_event(row, coded, codes), ensure_ascii=False) + "\n"


def _event(row: ClaimRow, coded: Coded, codes: Codes) -> dict[str, Any]:
    start, end = row.date_from or row.date_to or row.published, row.date_to
    ids = {row.actor_name: row.actor_id, row.opponent_name: row.opponent_id}
    event: dict[str, Any] = {
        "id": row.claim_id,
        "date": start,
        "enddate": end if end != start else None,
        "actor": [codes.entity(ids.get(coded.source), coded.source)] if coded.source else [],
        "recipient": [codes.entity(ids.get(coded.target), coded.target)] if coded.target else [],
        "event": [coded.category.upper()],
        "mode": [word for word in (coded.mode, *coded.aux) if word],
        "context": list(coded.context),
        "quad_code": QUAD_CODES[coded.quad],
        "event_loc": _location(row, codes),
        "event_text": row.sentence,
        "text_info": {"start": row.start, "end": row.end, "text_story": row.article_id},
        "cite_info": {"url": row.url, "title": None, "publication": row.publisher, **CODEBOOK},
        "link": row.event_id or row.witness_id,
        "comment": coded.loss,
    }
    return {key: value for key, value in event.items() if value not in (None, "", {}) or key in ("actor", "event")}


def _location(row: ClaimRow, codes: Codes) -> dict[str, Any]:
    if not row.place:
        return {}
    found = {
        "extracted_place": row.place,
        "resolved_place": row.place_name,
        "geonameid": row.place_id.removeprefix("gn:") if row.place_id and row.place_id.startswith("gn:") else None,
        "lat": row.lat,
        "lon": row.lon,
        "province": row.admin1,
        "country_code": codes.alpha3.get(row.country or ""),
        "resolution": _RESOLUTION.get(row.place_kind or "", 5) if row.place_id else None,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}
