"""Questions to a ledger. Each takes both clocks: `at`, what held then; `known_at`, using what was published by then.

Days are dates or ISO 8601 text. Without `known_at` everything on record counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from marchland.errors import Misuse
from marchland.events.group import group
from marchland.events.told import is_future, is_misdated, why_no_event
from marchland.ledger import assess
from marchland.ledger.assess import Changed, around_of, of_place, over_all
from marchland.ledger.assessment import (
    Assessed,
    Assessment,
    Silence,
    begins,
    covers,
    holdings_until,
    label_of,
    log_odds,
    on_day,
    turned,
)
from marchland.ledger.borders import BorderClaim, border_claims, reaching
from marchland.ledger.census import census
from marchland.ledger.ended import gone_by
from marchland.ledger.explain import answer
from marchland.ledger.explain_passage import passage_answer
from marchland.ledger.fuse import PlaceRef, Rules
from marchland.ledger.parties import shipped_posts, shipped_rules
from marchland.ledger.passage import Posts, passage
from marchland.ledger.standing import taken_rows
from marchland.ledger.store import Ledger
from marchland.records import EVENTS, Answer, ClaimRow, CountRow, CrossingRow, EventRow, HoldingRow, Place

Day = dt.date | str | None


def claims(ledger: Ledger, *, place_id: str | None = None, known_at: Day = None) -> list[ClaimRow]:
    """Claims known by that day, each with the id of its event, as a reader meets them: by day, page and place in it."""
    rows = ledger.claims(place_id=place_id, known_at=_day(known_at))
    rules = _rules(ledger, known_at, place_id)
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
    rules = _rules(ledger, known_at, place_id)
    rows = ledger.claims(place_id=place_id, known_at=_day(known_at))
    listed = [
        one for one in group(rows, rules.weights, rules.same_side, rules.judgements)[0]
        if one.claims and happened(one, at) and (country is None or one.country == country.upper())
        and _acts(one, actor)
    ]  # fmt: skip
    return sorted(listed, key=_by_time)


def timeline_of(
    ledger: Ledger, place_ids: Iterable[str], *, known_at: Day = None, at: Day = None
) -> list[EventRow]:  # fmt: skip
    """Happenings at some places in order of time."""
    found = [one for it in place_ids for one in timeline(ledger, place_id=it, known_at=known_at, at=at)]
    return sorted(found, key=_by_time)


def _by_time(one: EventRow) -> tuple[str, str, str, str]:
    return (one.date_to or "9999", one.date_from or "", one.place_name, one.event_id)


def _acts(one: EventRow | ClaimRow, actor: str | None) -> bool:
    """Whether the actor is the one asked for, by a part of its id or name; so is any where none is asked for."""
    wanted = (actor or "").casefold()
    return wanted in (one.actor_id or "").casefold() or wanted in (one.actor_name or "").casefold()


def happened(one: EventRow | ClaimRow, at: Day) -> bool:
    """Whether it had happened by a day, as far as it is dated: on that day or before, at the latest."""
    day = _day(at)
    last = one.date_to or one.date_from
    return day is None or (last is not None and last <= day.isoformat())


def untimely(
    ledger: Ledger, *, place_id: str | None = None, country: str | None = None, actor: str | None = None,
    known_at: Day = None, at: Day = None,
) -> list[ClaimRow]:  # fmt: skip
    """Claims about deeds dated after the report of them: kept, but they belong to no event and move no holder.

    Asked for as the events of `timeline` are.
    """
    rows = ledger.claims(place_id=place_id, known_at=_day(known_at))
    return [
        row for row in rows
        if row.place_id and row.event in EVENTS and is_misdated(row) and is_future(row)
        and (country is None or row.country == country.upper()) and _acts(row, actor) and happened(row, at)
    ]  # fmt: skip


def holdings(ledger: Ledger, *, at: Day = None, known_at: Day = None, kept: bool = False) -> list[HoldingRow]:
    """Who held what: all spells, or those that cover the day `at`, as likely as on that day; by place and time.

    With `kept`, only of places that need not be worked out first.
    """
    rules, until, day = _bare(ledger), _horizon(ledger, at, known_at), _day(at)
    known, silence = _day(known_at), Silence.of(until, rules)
    found = assess.kept(ledger, known, until, day) if kept else over_all(ledger, rules, known, until, day)
    return [row for _, made in found for row in _shown(made, silence, day)]


def assessed(ledger: Ledger, place_id: str, *, at: Day = None, known_at: Day = None) -> tuple[Assessment, Silence]:
    """One place worked out, and what silence means up to a day (the last on record if none is given)."""
    rules, until = _bare(ledger), _horizon(ledger, at, known_at)
    return of_place(ledger, rules, place_id, _day(known_at), until), Silence.of(until, rules)


def holdings_of(ledger: Ledger, place_ids: Iterable[str], *, at: Day = None, known_at: Day = None) -> list[HoldingRow]:
    """The holdings of some places, in their order: as `holdings` has them."""
    rows: list[HoldingRow] = []
    for place_id in place_ids:
        rows += _shown(*assessed(ledger, place_id, at=at, known_at=known_at), _day(at))
    return rows


def refresh(
    ledger: Ledger, *, changed: Changed | None = None, known_at: Day = None, only: Collection[str] | None = None
) -> int:
    """Work out what is out of date, on what was known by a day or on everything on record.

    Of some places `only`, or of all. Returns how many places that were.
    """
    until = _horizon(ledger, None, known_at)
    return assess.refresh(ledger, _bare(ledger), _day(known_at), until, changed=changed, only=only)


def waiting(ledger: Ledger, *, known_at: Day = None) -> list[str]:
    """The places that would have to be worked out to say who held what on what was known by a day."""
    known = _day(known_at)
    return assess.stale(ledger, known.isoformat() if known else assess.LATEST, _horizon(ledger, None, known_at))


def crossing_sides(ledger: Ledger) -> dict[str, str]:
    """The two countries of each crossing on record ("AF/IR"), by the id of its place."""
    posts, places = _posts(), set(ledger.place_ids())
    known = {
        place_id: f"{one.country_a[:2]}/{one.country_b[:2]}" for place_id, one in posts.items() if place_id in places
    }
    others = ((one, ledger.place(one)) for one in ledger.place_ids(kind="crossing") if one not in known)
    return {**known, **{place_id: f"{place.country[:2]}/" for place_id, place in others if place}}


def _shown(made: Assessment, silence: Silence, day: dt.date | None) -> list[HoldingRow]:
    if day is None:
        return [one.row for one in holdings_until(made, silence)]
    return on_day(turned(made, silence), made, silence, day.toordinal())


def crossings(
    ledger: Ledger, *, at: Day = None, known_at: Day = None, place_ids: Collection[str] | None = None
) -> list[CrossingRow]:
    """Whether crossings were open: all spells, or those that cover the day `at`; by place, lane and time.

    `place_ids` are the crossings that are asked about, if not all.
    """
    known, until = _day(known_at), _horizon(ledger, at, known_at)
    borders, places = borders_told(ledger, known), crossing_ids(ledger, place_ids)
    return [row for one in places for row in crossing(ledger, one, until, known, borders, _day(at))]


def crossing(
    ledger: Ledger, place_id: str, until: dt.date, known: dt.date | None, borders: Sequence[BorderClaim],
    at: dt.date | None = None, made: Assessment | None = None,
) -> list[CrossingRow]:  # fmt: skip
    """The same for one crossing, silence counted to a day, with what is told of whole borders (`borders_told`).

    `made` is its assessment on that day of knowledge, for whoever has it already.
    """
    rows, rules = ledger.claims(place_id, known_at=known), _bare(ledger)
    if not rows:
        return []
    held = _shown(made or of_place(ledger, rules, place_id, known, until), Silence.of(until, rules), None)
    sides = _posts().get(place_id) or Posts(rows[0].country or "", rows[0].place_name or "", "", "")
    return passage(rows, _stood(sides, rules, until), held, rules.weights, until.toordinal(),
                   at=at, border=reaching(borders, sides), ended=rules.ended)  # fmt: skip


def borders_told(ledger: Ledger, known: dt.date | None) -> list[BorderClaim]:
    """Claims on whole borders that were known by a day; kept for as long as nothing is added."""
    key = ("borders", known)
    if key not in ledger.memo:
        ledger.memo[key] = _border_claims(ledger, _bare(ledger), known)
    found: list[BorderClaim] = ledger.memo[key]
    return found


def crossing_ids(ledger: Ledger, among: Collection[str] | None = None) -> list[str]:
    """Crossings on record, or some of them, by id."""
    if among is None:
        return sorted({*ledger.place_ids(kind="crossing"), *(set(_posts()) & set(ledger.place_ids()))})
    found = ((one, ledger.place(one)) for one in sorted(set(among)))
    return [one for one, place in found if place is not None and (place.kind == "crossing" or one in _posts())]


def listed_crossings() -> frozenset[str]:
    """Ids of the crossings that the shipped table has."""
    return frozenset(_posts())


def posts_of(place: Place) -> Posts | None:
    """The two posts of a crossing, the second without a name where no table knows it; None for any other place."""
    known = _posts().get(place.place_id)
    return known or (Posts(place.country, place.name, "", "") if place.kind == "crossing" else None)


def _border_claims(ledger: Ledger, rules: Rules, known: dt.date | None) -> list[BorderClaim]:
    """The claims on whole borders: they are on record with a country for their place."""
    countries = ledger.place_ids(kind="country")
    return border_claims((row for one in countries for row in ledger.claims(one, known_at=known)), rules.weights.words)


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
    posts = _posts().get(place_id) or Posts(rows[0].country or "", rows[0].place_name or "", "", "")
    made = of_place(ledger, _bare(ledger), place_id, known, day)
    held = _shown(made, Silence.of(day, rules), None)
    border = reaching(_border_claims(ledger, rules, known), posts)
    return passage_answer(rows, posts, held, rules.weights, day, known, lane, border)


def _answer(ledger: Ledger, place_id: str, at: Day, known_at: Day, *, reasons: bool) -> Answer:
    day, known = _day(at) or _horizon(ledger, None, known_at), _day(known_at)
    head, state = _head(ledger, place_id, day, known)
    if not reasons or head.reason:
        return head
    standing = ledger.door.standing(place_id, known.isoformat() if known else None)
    every = standing.rows or ledger.claims(place_id=place_id) or tuple(row for row, _ in standing.aside)
    rules = _rules(ledger, known_at, place_id)
    around, _ = around_of(ledger, rules, place_id, known)
    until = _horizon(ledger, day, known)
    found = answer(standing.rows, PlaceRef.of(every), rules, day, known, around, state=state, until=until)
    return replace(
        head, rows=(*found.rows, *taken_rows(standing)), rival=found.rival, probability=found.probability,
        log_odds=found.log_odds,
    )  # fmt: skip


def _head(ledger: Ledger, place_id: str, day: dt.date, known: dt.date | None) -> tuple[Answer, str]:
    """The answer without its reasons, out of the assessment of the place, and the state that it names."""
    place = ledger.place(place_id)
    if place is None:
        raise Misuse(f"no claim on record is about {place_id}")
    rules, until = _bare(ledger), _horizon(ledger, day, known)
    made = of_place(ledger, rules, place_id, known, until)
    silence = Silence.of(until, rules)
    rows = [one for one in turned(made, silence) if covers(begins(one.row), one.row.until, day.isoformat())]
    state = label_of(rows[-1].row, made.states) if rows else ""
    blank = Answer(
        place_id=place_id, place_name=place.name, at=day.isoformat(), known_at=known.isoformat() if known else None,
        holder_id=None, holder_name=None, status="unknown", probability=0.5, since=None, last_confirmed=None,
    )  # fmt: skip
    if not made.states:
        return blank, ""
    if made.first is not None and silence.precedes(made, day.toordinal()):
        return replace(blank, reason=_before_all(made.first, silence.reach)), ""
    share = silence.share(made, rows[-1].row if rows else None, day.toordinal())
    blank = replace(blank, probability=share, log_odds=log_odds(share))
    if not rows:
        return blank, state
    told = _told(blank, rows[-1], on_day(rows[-1:], made, silence, day.toordinal())[0])
    return replace(told, ended=_iso(gone_by(rules.ended, told.holder_id, day))), state


def _before_all(first: int, reach: int) -> str:
    """Why nobody is named long before the first report."""
    begin = dt.date.fromordinal(first)
    return f"what is told of the place begins on {begin}, more than {reach} days later"


def _told(blank: Answer, one: Assessed, row: HoldingRow) -> Answer:
    return replace(
        blank, place_name=row.place_name, holder_id=row.holder_id, holder_name=row.holder_name, status=row.status,
        since=row.from_, last_confirmed=row.last_confirmed, witnesses=row.witnesses, denials=one.denials,
        against=one.against,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ helpers


def _iso(day: dt.date | None) -> str | None:
    """A day as text."""
    return day.isoformat() if day else None


def _day(day: Day) -> dt.date | None:
    if day is None or isinstance(day, dt.date):
        return day
    try:
        return dt.date.fromisoformat(day[:10])
    except ValueError:
        raise Misuse(f"{day!r} is no day such as 2021-07-09") from None


def _horizon(ledger: Ledger, at: Day, known_at: Day) -> dt.date:
    """The day to which silence counts: the day asked about, else the last on record by then."""
    return _day(at) or ledger.last_day(_day(known_at)) or dt.date(1970, 1, 1)


def rules_alone(ledger: Ledger) -> Rules:
    """The filter's rules for a ledger, without what people had decided about events."""
    return _bare(ledger)


def rules(ledger: Ledger, known_at: Day = None) -> Rules:
    """The filter's rules for a ledger, with what people had decided about events by that day."""
    return _rules(ledger, known_at)


def _rules(ledger: Ledger, known_at: Day, place_id: str | None = None) -> Rules:
    """The shipped rules, with what people had decided about events by that day, of one place or of all."""
    rules, known = _bare(ledger), _day(known_at)
    decided = ledger.door.judgements(known.isoformat() if known else None, place_id)
    return replace(rules, judgements=decided) if decided else rules


def _bare(ledger: Ledger) -> Rules:
    """The shipped rules."""
    return _shipped(tuple(sorted(ledger.without)))


@lru_cache(maxsize=4)
def _shipped(without: tuple[str, ...]) -> Rules:
    return shipped_rules(without)


@lru_cache(maxsize=1)
def _posts() -> dict[str, Posts]:
    return shipped_posts()


def _stood(posts: Posts, rules: Rules, day: dt.date) -> Posts:
    """The posts with the governments of both sides: each is presumed to hold its post."""
    both = (
        rules.prior(PlaceRef("", "", (), None, country, None, None, None), day)
        for country in (posts.country_a, posts.country_b)
    )
    near, far = (party.name if party else None for party in both)
    return replace(posts, holder_a=near, holder_b=far)
