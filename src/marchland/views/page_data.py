"""The record in the compact form that the page reads: every row once, and for each knowledge day which rows hold."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marchland.records import ClaimRow, CrossingRow, HoldingRow
from marchland.views.basemap import Box, outlines
from marchland.views.words import clean

MOST_DAYS = 120
"""Knowledge days in one page; more are thinned out evenly."""
_MOST_QUOTES = 25
"""Quotes shown for one holding; the ledger has the rest."""
_LOOK_BACK = dt.timedelta(days=60)
_MARGIN = 0.7
"""How much of the map is kept around the places, as a share of their extent, so that it can be moved."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KnownView:
    """What was on record at the end of one day: every holding and crossing state, of all times."""

    day: str
    holdings: tuple[HoldingRow, ...]
    crossings: tuple[CrossingRow, ...] = ()


def known_days(claims: Iterable[ClaimRow], *, most: int = MOST_DAYS) -> tuple[str, ...]:
    """The days on which something was published, in order: at most `most`, spread evenly, both ends kept."""
    days = sorted({one.published for one in claims if one.published})
    if len(days) <= most:
        return tuple(days)
    step = (len(days) - 1) / (most - 1)
    return tuple(days[round(index * step)] for index in range(most))


def page_data(views: Sequence[KnownView], claims: Sequence[ClaimRow]) -> Json:
    """Everything the page shows, as plain JSON values. Raises ValueError for no views."""
    if not views:
        raise ValueError("a page needs at least one view")
    holdings = list(dict.fromkeys(row for view in views for row in view.holdings))
    crossings = list(dict.fromkeys(row for view in views for row in view.crossings))
    rows: list[HoldingRow | CrossingRow] = [*holdings, *crossings]
    places = _Numbers(row.place_id for row in rows)
    holders = _holders(holdings, crossings)
    shown = {one.claim_id: one for one in claims}
    quoted = _Numbers(claim for row in rows for claim in _quotes(row, shown))
    cards = _cards(holdings, crossings, claims)
    points = [(card["lat"], card["lon"]) for card in map(cards.__getitem__, places) if card["lat"] is not None]
    first, last = _span(holdings, [view.day for view in views])
    return {
        "first": first,
        "last": last,
        "pages": len({one.page_id for one in claims}),
        "total_claims": len(claims),
        "outlines": outlines(Box.around(points).grown(_MARGIN)),
        "places": [cards[place] for place in places],
        "holders": _lettered(list(holders)),
        "claims": [_claim(shown[claim]) for claim in quoted],
        "holdings": [_holding(row, places, holders, quoted) for row in holdings],
        "crossings": [_crossing(row, places, quoted) for row in crossings],
        "known": _known(views, holdings, crossings),
    }


class _Numbers(dict[str, int]):
    """Names numbered in order of first sight."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__({name: number for number, name in enumerate(dict.fromkeys(names))})


def _quotes(row: HoldingRow | CrossingRow, shown: Mapping[str, ClaimRow]) -> list[str]:
    against = row.contradicted_by if isinstance(row, HoldingRow) else ()
    return [one for one in (*row.claims[:_MOST_QUOTES], *against[:_MOST_QUOTES]) if one in shown]


def _holders(holdings: Sequence[HoldingRow], crossings: Sequence[CrossingRow]) -> _Numbers:
    """Holders by how often they appear, so that the clearest colours go to those seen most."""
    seen = Counter(row.holder_name for row in holdings if row.holder_name)
    posts = (post for row in crossings for post in _posts(row) if post)
    names = sorted(seen, key=lambda name: (-seen[name], name))
    return _Numbers([*names, *sorted(set(posts))])


def _posts(row: CrossingRow) -> tuple[str | None, ...]:
    return row.post_a_holder, row.post_a_presumed, row.post_b_holder, row.post_b_presumed


def _lettered(holders: Sequence[str]) -> list[Json]:
    return [{"name": clean(name), "letter": letter} for name, letter in zip(holders, letters(holders), strict=True)]


def letters(names: Iterable[str]) -> list[str]:
    """One letter for each name, its own where it is free (`Taliban` T, `Tajikistan` A); figures when none is left."""
    given: list[str] = []
    taken: set[str] = set()
    for number, name in enumerate(names):
        own = [letter.upper() for letter in name if letter.isalnum() and len(letter.upper()) == 1]
        spare = [*own, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
        given.append(next((letter for letter in spare if letter not in taken), str(number)))
        taken.add(given[-1])
    return given


def _cards(
    holdings: Iterable[HoldingRow], crossings: Iterable[CrossingRow], claims: Iterable[ClaimRow]
) -> dict[str, Json]:
    """Place id to what the page shows of it."""
    cards: dict[str, Json] = {}
    details = {one.place_id: one for one in claims if one.place_id}
    for row in holdings:
        cards[row.place_id] = _card(row, row.kind, row.country, row.admin1)
    for gate in crossings:
        told = details.get(gate.place_id)
        admin1 = told.admin1 if told else None
        cards[gate.place_id] = _card(gate, "crossing", f"{gate.post_a[:2]}/{gate.post_b[:2]}", admin1)
    return cards


def _card(row: HoldingRow | CrossingRow, kind: str, country: str | None, admin1: str | None) -> Json:
    aliases = [clean(name) for name in row.place_aliases]
    return {"name": clean(row.place_name), "kind": kind, "country": country, "admin1": admin1, "aliases": aliases,
            "lat": row.lat, "lon": row.lon}  # fmt: skip


def _span(holdings: Iterable[HoldingRow], days: Sequence[str]) -> tuple[str, str]:
    """First and last day of the slider: from the first change on record to the last report.

    What reports tell of years long past holds on the first day of the slider; it does not stretch it.
    """
    earliest = (dt.date.fromisoformat(days[0]) - _LOOK_BACK).isoformat()
    starts = [row.from_ for row in holdings if row.from_ and row.from_ >= earliest]
    return min([*starts, days[0]]), max([*starts, days[-1]])


def _claim(one: ClaimRow) -> Json:
    source = "" if one.source == "publisher" else clean(one.source_name or one.source)
    side = f" ({one.source_side})" if one.source_side and source else ""
    return {"sentence": clean(one.sentence, limit=700), "source": source + side, "stance": one.stance,
            "publisher": clean(one.publisher) if one.publisher else None, "published": one.published,
            "url": one.url, "date_text": clean(one.date_text) if one.date_text else None}  # fmt: skip


def _holding(row: HoldingRow, places: _Numbers, holders: _Numbers, quoted: _Numbers) -> Json:
    return {
        "place": places[row.place_id],
        "holder": holders.get(row.holder_name or ""),
        "status": row.status,
        "probability": round(row.probability, 4),
        "from": row.from_,
        "from_earliest": row.from_earliest,
        "from_latest": row.from_latest,
        "until": row.until,
        "last_confirmed": row.last_confirmed,
        "witnesses": row.witnesses,
        "claims": [quoted[one] for one in row.claims[:_MOST_QUOTES] if one in quoted],
        "contradicted_by": [quoted[one] for one in row.contradicted_by[:_MOST_QUOTES] if one in quoted],
    }


def _crossing(row: CrossingRow, places: _Numbers, quoted: _Numbers) -> Json:
    return {
        "place": places[row.place_id],
        "direction": row.direction,
        "traffic": row.traffic,
        "state": row.state,
        "from": row.from_,
        "until": row.until,
        "probability": round(row.probability, 4),
        "a": clean(row.post_a),
        "a_holder": clean(row.post_a_holder) if row.post_a_holder else None,
        "a_presumed": clean(row.post_a_presumed) if row.post_a_presumed else None,
        "b": clean(row.post_b),
        "b_holder": clean(row.post_b_holder) if row.post_b_holder else None,
        "b_presumed": clean(row.post_b_presumed) if row.post_b_presumed else None,
        "claims": [quoted[one] for one in row.claims[:_MOST_QUOTES] if one in quoted],
    }


def _known(views: Iterable[KnownView], holdings: Sequence[HoldingRow], crossings: Sequence[CrossingRow]) -> list[Json]:
    """For each knowledge day the numbers of the rows on record then."""
    number = {row: index for index, row in enumerate(holdings)}
    gate_number = {row: index for index, row in enumerate(crossings)}
    return [
        {"day": view.day, "holdings": [number[row] for row in view.holdings],
         "crossings": [gate_number[row] for row in view.crossings]}
        for view in views
    ]  # fmt: skip
