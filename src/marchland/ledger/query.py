"""Questions to a ledger. Each takes both clocks: `at`, what held then; `known_at`, using what was published by then.

Days are dates or ISO 8601 text. Without `known_at` everything on record counts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from marchland.errors import Misuse
from marchland.events.group import group
from marchland.events.told import is_future, why_no_event
from marchland.ledger.borders import border_claims, reaching
from marchland.ledger.census import around, census
from marchland.ledger.explain import answer
from marchland.ledger.explain_passage import passage_answer
from marchland.ledger.fuse import PlaceRef, Rules, fuse
from marchland.ledger.fuse import holdings as holdings_of
from marchland.ledger.parties import shipped_posts, shipped_rules
from marchland.ledger.passage import Posts, passage
from marchland.ledger.standing import taken_rows
from marchland.ledger.store import Ledger
from marchland.records import EVENTS, Answer, ClaimRow, CountRow, CrossingRow, EventRow, HoldingRow

Day = dt.date | str | None


def claims(ledger: Ledger, *, place_id: str | None = None, known_at: Day = None) -> list[ClaimRow]:
    """Claims known by that day, each with the id of its event, as a reader meets them: by day, page and place in it."""
    rows = ledger.claims(place_id=place_id, known_at=_day(known_at))
    rules = _rules(ledger, known_at)
    _, events_of = group(rows, rules.weights, rules.same_side, rules.judgements)
    rows = tuple(sorted(rows, key=lambda r: (r.published or "", r.page_id, r.article_id, r.start, r.place, r.claim_id)))
    return [replace(row, event_id=events_of.get(row.claim_id, ""), event_reason=why_no_event(row)) for row in rows]


def events(ledger: Ledger, *, known_at: Day = None) -> list[EventRow]:
    """Happenings known by that day, by place and day."""
    rules = _rules(ledger, known_at)
    return list(group(ledger.claims(known_at=_day(known_at)), rules.weights, rules.same_side, rules.judgements)[0])


def timeline(
    ledger: Ledger, *, place_id: str | None = None, country: str | None = None, actor: str | None = None,
    known_at: Day = None, at: Day = None,
) -> list[EventRow]:  # fmt: skip
    """Happenings in order of time, where asked only of one place, country (ISO alpha-2) or actor (id or name)."""
    rules = _rules(ledger, known_at)
    rows = ledger.claims(place_id=place_id, known_at=_day(known_at))
    wanted = (actor or "").casefold()
    listed = [
        one for one in group(rows, rules.weights, rules.same_side, rules.judgements)[0]
        if one.claims and happened(one, at) and (country is None or one.country == country.upper())
        and (not wanted or wanted in (one.actor_id or "").casefold() or wanted in (one.actor_name or "").casefold())
    ]  # fmt: skip
    return sorted(listed, key=lambda one: (one.date_to or "9999", one.date_from or "", one.place_name, one.event_id))


def happened(one: EventRow | ClaimRow, at: Day) -> bool:
    """Whether it had happened by a day, as far as it is dated: on that day or before, at the latest."""
    day = _day(at)
    last = one.date_to or one.date_from
    return day is None or (last is not None and last <= day.isoformat())


def untimely(
    ledger: Ledger, *, place_id: str | None = None, country: str | None = None, known_at: Day = None
) -> list[ClaimRow]:
    """Claims about deeds dated after the report of them: kept, but they belong to no event and move no holder."""
    rows = ledger.claims(place_id=place_id, known_at=_day(known_at))
    return [
        row for row in rows
        if row.place_id and row.event in EVENTS and row.stance != "plans" and is_future(row)
        and (country is None or row.country == country)
    ]  # fmt: skip


def holdings(ledger: Ledger, *, at: Day = None, known_at: Day = None) -> list[HoldingRow]:
    """Who held what: all spells, or those that cover the day `at`; by place and time."""
    until, rules = _horizon(ledger, at, known_at), _rules(ledger, known_at)
    made = [
        row for rows in _places(ledger, known_at).values() for row in _holdings(ledger, rows, until, rules, known_at)
    ]
    day = _day(at)
    return (
        made
        if day is None
        else [row for row in made if covers(row.from_ or row.from_latest, row.until, day.isoformat())]
    )


def crossings(ledger: Ledger, *, at: Day = None, known_at: Day = None) -> list[CrossingRow]:
    """Whether crossings were open: all spells, or those that cover the day `at`; by place, lane and time."""
    rules, posts = _rules(ledger, known_at), _posts(ledger)
    until, made, places = _horizon(ledger, at, known_at), [], _places(ledger, known_at)
    borders = border_claims((row for rows in places.values() for row in rows), rules.weights.words)
    for place_id, rows in places.items():
        if rows[0].place_kind == "crossing" or place_id in posts:
            held = _holdings(ledger, rows, until, rules, known_at)
            sides = posts.get(place_id) or Posts(rows[0].country or "", rows[0].place_name or "", "", "")
            made += passage(rows, _stood(sides, rules, until), held, rules.weights, until.toordinal(),
                            at=_day(at), border=reaching(borders, sides))  # fmt: skip
    return made


def counts(ledger: Ledger, place_id: str | None = None, *, at: Day = None, known_at: Day = None) -> list[CountRow]:
    """Counts of smaller places ("17 of 19 districts") beside the record on their own days; by place, kind and day.

    `at` leaves out those that are told of a later day.
    """
    rows = census(ledger, _rules(ledger, known_at), _day(known_at)).rows(place_id, _day(at))
    return sorted(rows, key=lambda one: (one.place_name, one.place_id, one.kind, one.day, one.known_from, one.count_id))


def who(ledger: Ledger, place_id: str, at: Day = None, known_at: Day = None) -> Answer:
    """Who held a place on a day (the last on record if none is given), as far as was known by another."""
    return _answer(ledger, place_id, at, known_at, reasons=False)


def why(ledger: Ledger, place_id: str, at: Day = None, known_at: Day = None) -> Answer:
    """The same answer with the evidence as rows, which add up to its log-odds, and with its rival."""
    return _answer(ledger, place_id, at, known_at, reasons=True)


def why_passage(ledger: Ledger, place_id: str, lane: str = "", at: Day = None, known_at: Day = None) -> Answer:
    """Whether a crossing was open on a day, with the evidence as rows.

    `lane` is direction and traffic, "both/all" or "AF>IR/trade"; without it, the whole crossing, else the first lane
    that anything is told of. Raises Misuse where nothing is.
    """
    day, known, rules = _day(at) or _horizon(ledger, None, known_at), _day(known_at), _rules(ledger, known_at)
    rows = ledger.claims(place_id=place_id, known_at=known)
    if not rows:
        raise Misuse(f"no claim on record is about {place_id}" + (f" by {known}" if known else ""))
    posts = _posts(ledger).get(place_id) or Posts(rows[0].country or "", rows[0].place_name or "", "", "")
    held = _holdings(ledger, rows, _horizon(ledger, day, known_at), rules, known_at)
    border = reaching(border_claims(ledger.claims(known_at=known), rules.weights.words), posts)
    return passage_answer(rows, posts, held, rules.weights, day, known, lane, border)


def _answer(ledger: Ledger, place_id: str, at: Day, known_at: Day, *, reasons: bool) -> Answer:
    day, known = _day(at) or _horizon(ledger, None, known_at), _day(known_at)
    standing = ledger.door.standing(place_id, known.isoformat() if known else None)
    every = standing.rows or ledger.claims(place_id=place_id) or tuple(row for row, _ in standing.aside)
    if not every:
        raise Misuse(f"no claim on record is about {place_id}")
    place, rules = PlaceRef.of(every), _rules(ledger, known_at)
    beside = around(ledger, rules, place_id, place.country, known)
    found = answer(standing.rows, place, rules, day, known, beside, reasons=reasons)
    return replace(found, rows=(*found.rows, *taken_rows(standing))) if reasons else found


def covers(begin: str | None, end: str | None, day: str) -> bool:
    """Whether a spell covers the end of a day; it lasts to the day before `end`."""
    return (begin is None or begin <= day) and (end is None or day < end)


# ------------------------------------------------------------------------------------------------------------ helpers


def _day(day: Day) -> dt.date | None:
    if day is None or isinstance(day, dt.date):
        return day
    try:
        return dt.date.fromisoformat(day[:10])
    except ValueError:
        raise Misuse(f"{day!r} is no day such as 2021-07-09") from None


def _horizon(ledger: Ledger, at: Day, known_at: Day) -> dt.date:
    """The day to which silence counts: the last on record by then, or the day asked about where that is later."""
    return max(ledger.last_day(_day(known_at)) or dt.date(1970, 1, 1), _day(at) or dt.date.min)


def rules(ledger: Ledger, known_at: Day = None) -> Rules:
    """The filter's rules for a ledger, with what people had decided about events by that day."""
    return _rules(ledger, known_at)


def _rules(ledger: Ledger, known_at: Day) -> Rules:
    """The shipped rules, with what people had decided about events by that day."""
    if "rules" not in ledger.memo:
        ledger.memo["rules"] = shipped_rules(ledger.without)
    rules: Rules = ledger.memo["rules"]
    known = _day(known_at)
    decided = ledger.door.judgements(known.isoformat() if known else None)
    return replace(rules, judgements=decided) if decided else rules


def _posts(ledger: Ledger) -> dict[str, Posts]:
    if "posts" not in ledger.memo:
        ledger.memo["posts"] = shipped_posts()
    posts: dict[str, Posts] = ledger.memo["posts"]
    return posts


def _stood(posts: Posts, rules: Rules, day: dt.date) -> Posts:
    """The posts with the governments of both sides: each holds its post unless a claim tells otherwise."""
    both = (
        rules.prior(PlaceRef("", "", (), None, country, None, None, None), day)
        for country in (posts.country_a, posts.country_b)
    )
    near, far = (party.name if party else None for party in both)
    return replace(posts, holder_a=near, holder_b=far)


def _places(ledger: Ledger, known_at: Day) -> dict[str, list[ClaimRow]]:
    places: dict[str, list[ClaimRow]] = defaultdict(list)
    for row in ledger.claims(known_at=_day(known_at)):
        if row.place_id:
            places[row.place_id].append(row)
    return dict(sorted(places.items()))


def _holdings(
    ledger: Ledger, rows: Sequence[ClaimRow], until: dt.date, rules: Rules, known_at: Day
) -> list[HoldingRow]:
    """The holdings of one place, kept for as long as nothing is added: both clocks ask for the same ones again."""
    place = PlaceRef.of(rows)
    beside = around(ledger, rules, place.place_id, place.country, _day(known_at))
    key = (frozenset(row.claim_id for row in rows), until, rules.judgements, beside)
    if key not in ledger.memo:
        fused = fuse(rows, rules, until=until, around=beside)
        ledger.memo[key] = holdings_of(fused, rules.weights) if fused else []
    made: list[HoldingRow] = ledger.memo[key]
    return made
