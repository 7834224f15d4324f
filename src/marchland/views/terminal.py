"""Answers as lines and tables for people: who, timeline, crossings, places, and the summary of a run.

Every function is pure: records in, blocks out; `paper.show` prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marchland.records import Answer, Candidate, ClaimRow, CrossingRow, EventRow, HoldingRow, Place, Skipped
from marchland.views.paper import Block, Line, Table
from marchland.views.words import clean, count, day, percent

if TYPE_CHECKING:
    from marchland.places.ask import Told

_STATUS_STYLES = {"held": "bold", "claimed": "yellow", "contested": "bold red", "besieged": "red", "unknown": "dim"}
_MOST_CHANGES = 60
_SHORT = 8
_FEW = 5


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """What a reader needs to know which place is meant."""

    place_id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""
    """ISO alpha-2; both sides of a crossing joined with a slash."""
    admin1: str = ""

    @property
    def label(self) -> str:
        """`Islam Qala (crossing, Herat, AF/IR)`."""
        about = ", ".join(part for part in (self.kind, self.admin1, self.country) if part)
        return f"{self.name} ({about})" if about else self.name


# ---------------------------------------------------------------------------------------------------------------- who


def who(answer: Answer, card: PlaceCard) -> Iterator[Block]:
    """The answer in one line: holder, since when, how sure, last confirmed, by how many, against how many."""
    yield Line(f"{card.label}: {verdict(answer)}{_support(answer)}", _STATUS_STYLES.get(answer.status, ""))


def verdict(answer: Answer) -> str:
    """`held by Taliban since 8 Jul 2021 (97 %)`, or what else is known."""
    holder = answer.holder_name or "nobody named"
    since = f" since {day(answer.since)}" if answer.since else ""
    sure = f" ({percent(answer.probability)})"
    if answer.lane:
        direction, _, traffic = answer.lane.partition("/")
        lane = ("both directions" if direction == "both" else clean(direction)) + f", {clean(traffic)} traffic"
        return f"passage ({lane}) {clean(answer.status)}{since if answer.status != 'unknown' else ''}{sure}"
    if answer.ended:
        return f"holder unknown on {day(answer.at)}; the last on record, {holder}, ended on {day(answer.ended)}"
    if answer.status == "unknown" and answer.holder_name:
        return f"holder unknown on {day(answer.at)}; presumed: {holder}{sure}"
    if answer.status == "unknown" or (answer.holder_name is None and answer.status == "held"):
        return f"holder unknown on {day(answer.at)}" + (f": {clean(answer.reason)}" if answer.reason else "")
    if answer.status == "abandoned":
        return f"abandoned{since}{sure}"
    words = {"held": "held by", "claimed": "claimed only by its own side for", "contested": "contested, most likely",
             "besieged": "besieged, held by"}  # fmt: skip
    return f"{words.get(answer.status, answer.status + ',')} {holder}{since}{sure}"


def _support(answer: Answer) -> str:
    parts = [f"last confirmed {day(answer.last_confirmed)}"] if answer.last_confirmed else []
    parts += [count(answer.witnesses, "witness", "witnesses")] if answer.witnesses or answer.holder_id else []
    parts += [count(answer.denials, "denial")] if answer.denials else []
    parts += [count(answer.against, "report") + " against"] if answer.against else []
    return "".join(f", {part}" for part in parts)


def short(claim_id: str) -> str:
    """Enough of a claim's id to ask `marchland explain` for it."""
    return claim_id[:_SHORT]


def speaker(claim: ClaimRow) -> str:
    """Who says so, with the outlet that carries it: `Herat lawmaker, Arab News`."""
    named = claim.source_name or claim.source
    if claim.source == "publisher" or named == claim.publisher:
        return claim.publisher or "publisher not named"
    return f"{named}, {claim.publisher}" if claim.publisher else named


# --------------------------------------------------------------------------------------------------------- timeline


def timeline(events: Sequence[EventRow]) -> Iterator[Block]:
    """Happenings by day, the earliest first; the day is the last on which it can have happened."""
    if not events:
        yield Line("no events on record")
        return
    ordered = sorted(events, key=lambda one: (_when(one), one.place_name, one.event_id))
    rows, before = [], ""
    for one in ordered:
        date = when_words(one.date_from, one.date_to)
        rows.append(("" if date == before else date, *_event_cells(one)))
        before = date
    headers: tuple[str, ...] = ("when", "event", "place", "who", "against", "witnesses", "denied by", "admitted by",
                                "claims")  # fmt: skip
    styles = (("when", "bold"), ("event", "cyan"), ("denied by", "red"), ("admitted by", "red"), ("claims", "dim"))
    if not any(one.admitted_by for one in ordered):
        headers, rows = (*headers[:-2], headers[-1]), [(*row[:-2], row[-1]) for row in rows]
    yield Table(headers, tuple(rows), right=frozenset({"witnesses"}), styles=styles, whole=frozenset({"when", "event"}),
                spare=("claims", "witnesses", "against"))  # fmt: skip


def untimely(rows: Sequence[ClaimRow]) -> Iterator[Block]:
    """How many claims belong to no event because they are dated after their own report."""
    if rows:
        ids = ", ".join(short(row.claim_id) for row in rows[:_FEW]) + (", ..." if len(rows) > _FEW else "")
        yield Line(
            f"left out: {count(len(rows), 'claim')} dated after the report of it ({ids}); marchland explain tells more"
        )


def _when(one: EventRow) -> str:
    return one.date_to or one.date_from or "9999"


def _event_cells(one: EventRow) -> tuple[str, ...]:
    where = one.place_name + (f", {one.admin1}" if one.admin1 and one.admin1 != one.place_name else "")
    where += " (a part, or beside it)" if one.part else ""
    admitted = "; ".join(f"{by}: not held" for by in one.admitted_by)
    return (one.event.replace("_", " "), where, one.actor_name or "", one.opponent_name or "", str(one.witnesses),
            "; ".join(one.denied_by), admitted, _first_claim(one.claims))  # fmt: skip


def _first_claim(claims: Sequence[str]) -> str:
    """`1f0c3a9e and 3 more`; all of them are in the export of events."""
    more = f" and {len(claims) - 1} more" if len(claims) > 1 else ""
    return short(claims[0]) + more if claims else ""


def when_words(first: str | None, last: str | None) -> str:
    """`8 Jul 2021`, `by 8 Jul 2021`, `from 8 Jul 2021`, `5 to 8 Jul 2021`."""
    if first == last:
        return day(first, none="no date")
    if not first:
        return f"by {day(last)}"
    if not last:
        return f"from {day(first)}"
    start, end = day(first).split(" "), day(last).split(" ")
    while len(start) > 1 and start[-1] == end[len(start) - 1]:
        start.pop()
    return f"{' '.join(start)} to {' '.join(end)}"


# ------------------------------------------------------------------------------------------------ holdings, crossings


def holdings(rows: Sequence[HoldingRow], *, title: str = "") -> Iterator[Block]:
    """Table of holders: place, holder, status, since when, until when if any is over, how sure, by how many."""
    if not rows:
        yield Line("no place has a holder on record")
        return
    headers: tuple[str, ...] = ("place", "where", "holder", "status", "since", "until", "sure", "confirmed",
                                "witnesses", "against")  # fmt: skip
    cells: tuple[tuple[str, ...], ...]
    cells = tuple(
        (one.place_name, _where(one), one.holder_name or "unknown", one.status, _since(one), day(one.until, none=""),
         percent(one.probability), day(one.last_confirmed), str(one.witnesses), str(len(one.contradicted_by) or ""))
        for one in rows
    )  # fmt: skip
    styles = (("place", "bold"), ("where", "dim"), ("status", "cyan"), ("confirmed", "dim"), ("against", "red"))
    if not any(one.until for one in rows):
        headers, cells = (*headers[:5], *headers[6:]), tuple((*cell[:5], *cell[6:]) for cell in cells)
    right = frozenset({"sure", "witnesses", "against"})
    whole = frozenset({"since", "until", "confirmed", "status"})
    yield Table(headers, cells, title, right=right, styles=styles, whole=whole,
                spare=("where", "against", "confirmed"))  # fmt: skip


def _since(one: HoldingRow) -> str:
    """The day it began, or that by which it had; `before` where it was so before the first report."""
    return day(one.from_) if one.from_ else f"by {day(one.from_latest)}" if one.from_latest else "before"


def _where(one: HoldingRow) -> str:
    return ", ".join(part for part in (one.kind, one.admin1, one.country) if part)


def crossings(rows: Sequence[CrossingRow], *, title: str = "") -> Iterator[Block]:
    """Table of crossings: who holds the two posts, and what passes in which direction."""
    if not rows:
        yield Line("no crossing on record")
        return
    headers = ("crossing", "posts", "direction", "traffic", "state", "since", "sure")
    cells = tuple(
        (one.place_name, _posts(one), one.direction, one.traffic, one.state, day(one.from_, none=""),
         percent(one.probability) if one.state != "unknown" else "")
        for one in rows
    )  # fmt: skip
    yield Table(headers, cells, title, right=frozenset({"sure"}), styles=(("crossing", "bold"), ("state", "cyan")))


def _posts(one: CrossingRow) -> str:
    near, far = presumed(one.post_a_holder, one.post_a_presumed), presumed(one.post_b_holder, one.post_b_presumed)
    return f"{one.post_a}: {near} | {one.post_b}: {far}"


def presumed(holder: str | None, instead: str | None) -> str:
    """`Taliban`; `unknown (presumably Government of Iran)` where no claim says so; `unknown`."""
    return holder or (f"unknown (presumably {instead})" if instead else "unknown")


# ------------------------------------------------------------------------------------------------------------ places


def places(found: Sequence[tuple[Place, str]], *, title: str = "") -> Iterator[Block]:
    """Candidates for a name, best first, each with the reason it is one."""
    headers = ("place", "kind", "division", "country", "latitude", "longitude", "id", "why")
    cells = tuple((*place_cells(place), reason) for place, reason in found)
    right = frozenset({"latitude", "longitude"})
    yield Table(headers, cells, title, right=right, styles=(("place", "bold"), ("id", "dim")))


def place_told(name: str, told: Told) -> Iterator[Block]:
    """What a name means or why that cannot be told, then every candidate with the reasons that add up to its score."""
    place = told.answer.choice
    if place is not None:
        where = ", ".join(part for part in (place.kind, place.admin1, place.country) if part and part != place.name)
        yield Line(f'"{clean(name)}" is {place.name} ({where})')
    else:
        yield Line(f'"{clean(name)}" cannot be told: {told.answer.reason}')
    if told.candidates:
        yield from places([(one.place, _adding_up(one)) for one in told.candidates])
    if told.spellings:
        near = "; ".join(f"{spelling} ({like:.2f}, {place_id})" for spelling, place_id, like in told.spellings)
        yield Line(f"the likest spellings on record: {near}")


def _adding_up(candidate: Candidate) -> str:
    reasons = "; ".join(f"{reason.weight:+.2f} {reason.sentence}" for reason in candidate.reasons)
    return f"{candidate.score:+.2f}: {reasons}"


def place_cells(place: Place) -> tuple[str, ...]:
    """Name, kind, division, country or both, coordinates and id of a place."""
    division = ", ".join(part for part in (place.admin2, place.admin1) if part and part != place.name)
    country = "/".join(part for part in (place.country, place.other_country) if part)
    return (place.name, place.kind, division, country, f"{place.lat:.4f}", f"{place.lon:.4f}", place.place_id)


def choices(name: str, cards: Iterable[PlaceCard]) -> Iterator[Block]:
    """The places that an ambiguous name may mean."""
    yield Line(f'"{clean(name)}" may mean more than one place; ask again with one of these ids:')
    yield Table(("id", "place"), tuple((card.place_id, card.label) for card in cards))


# --------------------------------------------------------------------------------------------------------------- run


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What one run did: counts, everything left out with its reason, and the holders that changed."""

    pages: int = 0
    articles: int = 0
    known: int = 0
    """Articles that the ledger held already."""
    claims: int = 0
    """Claims that are new."""
    places: int = 0
    skipped: tuple[Skipped, ...] = ()
    changes: tuple[HoldingRow, ...] = ()
    doubtful: tuple[Skipped, ...] = ()
    """Articles that were read although their date is not known or was refused, with the reason."""
    skipped_in_all: int | None = None
    """How many were skipped; None where `skipped` names them all."""
    doubtful_in_all: int | None = None
    set_aside: int = 0
    """Pages that triage set aside."""
    unplaced: tuple[tuple[str, int], ...] = ()
    """Places, as written, of claims about holders and passage that could not be told, and how many of each."""
    ahead: tuple[Skipped, ...] = ()
    """Claims that are dated after their own report, by id; they are kept, but hold nothing in the future."""
    ahead_in_all: int | None = None


def run_summary(summary: RunSummary) -> Iterator[Block]:
    """What was read, what was left out and why, and what changed."""
    yield from read_summary(summary)
    if summary.changes:
        yield Line()
        yield from holdings(summary.changes[:_MOST_CHANGES], title="what changed")
        more = len(summary.changes) - _MOST_CHANGES
        if more > 0:
            yield Line(f"and {count(more, 'more change')}: see marchland timeline, or marchland export holdings")
    else:
        yield Line("no holder changed")


def read_summary(summary: RunSummary) -> Iterator[Block]:
    """What was read, and what was left out and why."""
    already = f" ({summary.known} already on record)" if summary.known else ""
    skipped = len(summary.skipped) if summary.skipped_in_all is None else summary.skipped_in_all
    doubtful = len(summary.doubtful) if summary.doubtful_in_all is None else summary.doubtful_in_all
    aside = f", {count(summary.set_aside, 'page')} set aside by triage" if summary.set_aside else ""
    yield Line(
        f"read {count(summary.pages, 'page')}, {count(summary.articles, 'article')}{already}: "
        f"{count(summary.claims, 'new claim')} on {count(summary.places, 'place')}, {skipped} skipped{aside}",
        "bold",
    )
    if summary.skipped:
        rows = tuple((one.where, one.why) for one in summary.skipped)
        yield Table(("skipped", "why"), rows, styles=(("why", "yellow"),))
        if skipped > len(rows):
            yield Line(f"and {skipped - len(rows)} more: see marchland skipped")
    if summary.doubtful:
        shown = tuple((one.where, one.why) for one in summary.doubtful[:_MOST_CHANGES])
        yield Table(("read, date in doubt", "why"), shown)
        more = doubtful - _MOST_CHANGES
        if more > 0:
            yield Line(f"and {count(more, 'more article')} without a sure date")
    if summary.unplaced:
        yield Line(_unplaced(summary.unplaced))
    if summary.ahead:
        rows = tuple((one.where, one.why) for one in summary.ahead[:_MOST_CHANGES])
        yield Table(("kept, dated after its report", "why"), rows)
        more = (summary.ahead_in_all or len(summary.ahead)) - len(rows)
        if more > 0:
            yield Line(f"and {count(more, 'more claim')} dated after their report: see marchland ledger check")


def _unplaced(found: Sequence[tuple[str, int]]) -> str:
    """How many claims change nothing for want of a place that can be told, and what they call it."""
    total = sum(number for _, number in found)
    names = ", ".join(f"{clean(name, limit=40)} ({number})" for name, number in found[:_FEW])
    more = f" and {count(len(found) - _FEW, 'other')}" if len(found) > _FEW else ""
    return f"{count(total, 'claim')} about no place that can be told: {names}{more}; export claims has the reasons"


def skipped(rows: Sequence[tuple[str, Skipped]]) -> Iterator[Block]:
    """What was not read, with its language where that is the reason, and the run that met it first."""
    read = sum(not one.set_aside for _, one in rows)
    yield Line(f"{count(read, 'thing')} skipped, {count(len(rows) - read, 'page')} set aside by triage", "bold")
    if rows:
        shown = tuple((run[:16].replace("T", " "), one.where, one.language, one.why) for run, one in rows)
        yield Table(("run (UTC)", "where", "language", "why"), shown, styles=(("why", "yellow"),))
