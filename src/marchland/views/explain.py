"""Why one claim was read as it was: its sentence with the parts marked, each part with its reason, and how sure.

`explanation` gathers, `blocks` is for people, `as_json` for programs. All are pure.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from marchland.claims.lexicon import rows
from marchland.events.told import why_no_event
from marchland.records import Article, Candidate, Claim, ClaimRow, Reason, Resolved, Span
from marchland.sureness import PREFIX, log_odds
from marchland.views import export
from marchland.views.marks import Mark, marks, outside, stance_words, stretches
from marchland.views.paper import Block, Line, Marked, Table
from marchland.views.terminal import speaker, when_words
from marchland.views.words import clean, count, day, escaped, percent

STYLES = {
    "event": "bold yellow", "place": "bold green", "actor": "bold magenta", "opponent": "magenta",
    "speaker": "bold blue", "date": "cyan", "said on": "dim cyan", "stance": "bold red", "quantity": "yellow",
}  # fmt: skip
_RIVALS = 5
NO_NAMES: Mapping[str, str] = MappingProxyType({})
"""Sides are told by their ids."""
_PLOVER = "plover:"
NO_TRACE = "this claim was recorded before Marchland kept how claims are read: only its result is known"


@dataclass(frozen=True, slots=True)
class FrameCard:
    """The frame that fired, from the lexicon: what it listens for, with its example."""

    frame_id: str
    predicate: str = ""
    pos: str = ""
    example: str = ""
    """Empty where the lexicon no longer has the frame."""


@dataclass(frozen=True, slots=True)
class Told:
    """One part of the claim: as written, as understood, and why."""

    part: str
    words: str
    read_as: str
    because: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about how one claim was read."""

    row: ClaimRow
    text: str
    """Of the whole article."""
    frame: FrameCard
    parts: tuple[Told, ...]
    marks: tuple[Mark, ...] = ()
    rivals: tuple[Candidate, ...] = ()
    """Places that the words may mean, best first; the one chosen among them."""
    sure: tuple[Reason, ...] = ()
    """Rows in log-odds that add up to `row.reading`."""
    others: int = 0
    """Other claims on the place that count as the same witness."""
    note: str = ""


def frame_card(frame_id: str) -> FrameCard:
    """The frame of that id, out of the lexicons; without an example where they have none of that id."""
    table, wanted = "control_frames.csv", frame_id
    if frame_id.startswith(_PLOVER):
        table, wanted = "plover_frames.csv", frame_id.removeprefix(_PLOVER)
    for _, row in rows(table):
        if row["id"] == wanted:
            return FrameCard(frame_id, row["predicate"], row["pos"], row["example"])
    return FrameCard(frame_id)


def explanation(
    row: ClaimRow, article: Article, trace: tuple[Claim, Resolved] | None, frame: FrameCard, *, others: int = 0,
    sides: Mapping[str, str] = NO_NAMES,
) -> Explanation:  # fmt: skip
    """Gather what is known of one claim; without a trace, what its row tells. `sides` are names of sides by id."""
    row = dataclasses.replace(row, event_reason=why_no_event(row))
    parts = tuple(_parts(row, trace, frame, article.text, sides))
    if trace is None:
        return Explanation(row, article.text, frame, parts, others=others, note=NO_TRACE)
    claim, resolved = trace
    sure = tuple(one for one in claim.reasons if one.rule.startswith(PREFIX))
    found = marks(claim, article.text)
    return Explanation(row, article.text, frame, parts, found, resolved.rivals[:_RIVALS], sure, others)


# ----------------------------------------------------------------------------------------------------------- the parts


def sides_of(row: ClaimRow) -> tuple[str, ...]:
    """Ids of the sides that the explanation of a claim names."""
    return tuple(side for side in (row.actor_side, row.opponent_side, row.source_side) if side)


def _parts(
    row: ClaimRow, trace: tuple[Claim, Resolved] | None, frame: FrameCard, text: str, sides: Mapping[str, str]
) -> Iterator[Told]:
    claim = trace[0] if trace else None
    stance = stance_words(claim, text) if claim else None
    yield Told("event", claim.trigger.of(text) if claim else "", row.event.replace("_", " "), _frame_words(frame))
    yield Told("stance", stance.of(text) if stance else "", row.stance, claim.stance_how if claim else "")
    actor, opponent = (claim.actor, claim.opponent) if claim else (None, None)
    why = actor.how if actor else "" if row.actor_id else "the sentence names nobody"
    yield Told("actor", row.actor or "", _named(row.actor_name, row.actor_id, row.actor_side, sides), why)
    if row.opponent_id:
        other = _named(row.opponent_name, row.opponent_id, row.opponent_side, sides)
        yield Told("opponent", opponent.text if opponent else "", other, opponent.how if opponent else "")
    yield Told("place", row.place, _place(row), row.place_reason)
    yield _date(row)
    if claim is not None and claim.said is not None:
        yield Told("said on", claim.said.text, _days(claim), claim.said.rule)
    yield _speaker(row, claim, sides)
    if row.quantity:
        yield Told("quantity", row.quantity, _amount(claim), "")


def _frame_words(frame: FrameCard) -> str:
    if not frame.example:
        return f'frame "{frame.frame_id}", which the lexicon no longer has'
    return f'frame "{frame.frame_id}" ({frame.pos} "{frame.predicate}"), as in: {frame.example}'


def _named(name: str | None, party_id: str | None, side: str | None, sides: Mapping[str, str]) -> str:
    if not party_id:
        return "nobody"
    return f"{name} ({party_id})" + (f", of {sides.get(side, side)}" if side and side != party_id else "")


def _place(row: ClaimRow) -> str:
    if row.place_id is None:
        return "no place"
    about = ", ".join(part for part in (row.place_kind, row.admin1, row.country) if part)
    part = f"; a part of it: {row.place_part}" if row.place_part else ""
    return f"{row.place_name} ({about}) {row.place_id}{part}"


def _date(row: ClaimRow) -> Told:
    days = when_words(row.date_from, row.date_to) if row.date_from or row.date_to else "no day"
    printed = f"; published {day(row.published, none='on no known day')} ({row.published_how})"
    return Told("date", row.date_text or "", days, row.date_how + printed)


def _days(claim: Claim) -> str:
    interval = claim.said.interval if claim.said else None
    if interval is None:
        return "no day"
    first, last = interval.first_day, interval.last_day
    return when_words(first.isoformat() if first else None, last.isoformat() if last else None)


def _speaker(row: ClaimRow, claim: Claim | None, sides: Mapping[str, str]) -> Told:
    side = f", of {sides.get(row.source_side, row.source_side)}" if row.source_side else ", no side known"
    chain = " > ".join(claim.source.chain) if claim else ""
    words = "" if row.source == "publisher" else row.source
    read_as = f"{row.source_name or row.source}: {row.source_class}{side}"
    because = f"chain: {chain}" if chain else ""
    if row.source == "publisher":
        because = "; ".join(part for part in ("nobody else is named", because) if part)
    return Told("speaker", words, read_as, because)


def _amount(claim: Claim | None) -> str:
    found = claim.quantity if claim else None
    if found is None or found.part is None:
        return ""
    whole = f" of {found.whole:g}" if found.whole is not None else ""
    return " ".join(part for part in (found.bound.replace("-", " "), f"{found.part:g}{whole}", found.unit) if part)


# ---------------------------------------------------------------------------------------------------------- for people


def blocks(one: Explanation) -> Iterator[Block]:
    """The sentence with its parts marked, then one table each for the parts, the rival places and the sureness."""
    row = one.row
    yield Line(f"claim {row.claim_id}, page {row.page_id}: {speaker(row)}, {day(row.published)}", "bold")
    if row.url:
        yield Line(row.url, "dim")
    yield Line()
    yield _marked(one, Span(row.start, row.end))
    for away in outside(one.text, Span(row.start, row.end), one.marks):
        yield Line("and elsewhere in the article:", "dim")
        yield _marked(one, away, legend=False)
    if one.note:
        yield Line()
        yield Line(one.note, "yellow")
    yield Line()
    cells = tuple((part.part, part.words, part.read_as, part.because) for part in one.parts)
    yield Table(("part", "words", "read as", "because"), cells, styles=(("part", "cyan"), ("because", "dim")),
                whole=frozenset({"part"}), wide="read as")  # fmt: skip
    yield from _rival_table(one)
    yield from _sure_table(one)
    if one.others:
        yield Line()
        yield Line(f"counts as one witness with {count(one.others, 'other claim')} on this place")
    if row.event_reason:
        yield Line()
        yield Line(f"in no event, and moves no holder: {row.event_reason}", "yellow")


def _marked(one: Explanation, span: Span, *, legend: bool = True) -> Marked:
    pieces = stretches(one.text, span.start, span.end, one.marks)
    return Marked(tuple((piece.text, piece.roles) for piece in pieces), STYLES, legend)


def _rival_table(one: Explanation) -> Iterator[Block]:
    if len(one.rivals) < 2:
        return
    cells = tuple(
        (f"{rival.score:+.2f}", rival.place.name, _where(rival), "; ".join(reason.sentence for reason in rival.reasons))
        for rival in one.rivals
    )
    yield Line()
    yield Table(("score", "place", "where", "because"), cells, "places that the words may mean",
                right=frozenset({"score"}), styles=(("place", "bold"), ("because", "dim")))  # fmt: skip


def _where(rival: Candidate) -> str:
    place = rival.place
    return ", ".join(part for part in (place.kind, place.admin1, place.country) if part)


def _sure_table(one: Explanation) -> Iterator[Block]:
    if not one.sure:
        return
    cells = tuple((f"{reason.weight:+.2f}", reason.sentence) for reason in one.sure if abs(reason.weight) >= 0.005)
    total = log_odds(one.sure)
    yield Line()
    yield Table(("weight", "what"), cells, "how sure the reading is", right=frozenset({"weight"}),
                styles=(("weight", "bold"),), wide="what",
                footer=(f"{total:+.2f}", f"log-odds, that is {percent(one.row.reading)}"))  # fmt: skip


def choices(prefix: str, found: Sequence[ClaimRow]) -> Iterator[Block]:
    """The claims that a short id may mean."""
    yield Line(f'"{clean(prefix, limit=40)}" begins the id of more than one claim; give more of it:')
    cells = tuple((row.claim_id, row.event, row.place_name or row.place, row.sentence) for row in found)
    yield Table(("claim", "event", "place", "sentence"), cells, whole=frozenset({"claim"}))


# -------------------------------------------------------------------------------------------------------- for programs


def as_json(one: Explanation) -> str:
    """One JSON object on one line: the claim as exported, and how it was read. Offsets are those of the article."""
    return escaped(json.dumps(plain(one), ensure_ascii=False)) + "\n"


def plain(one: Explanation) -> dict[str, object]:
    """The claim as exported, and how it was read, as plain values. Offsets are those of the article."""
    return {
        "claim": export.record("claims", one.row),
        "frame": dataclasses.asdict(one.frame),
        "spans": [dataclasses.asdict(mark) for mark in one.marks],
        "parts": [dataclasses.asdict(part) for part in one.parts],
        "rivals": [_rival(rival) for rival in one.rivals],
        "reading": {
            "probability": one.row.reading,
            "log_odds": round(log_odds(one.sure), 4) if one.sure else None,
            "rows": [_sure_row(reason) for reason in one.sure],
        },
        "same_witness": one.others,
        "note": one.note,
    }


def _rival(one: Candidate) -> dict[str, object]:
    place = one.place
    return {
        "place_id": place.place_id, "name": place.name, "kind": place.kind, "country": place.country,
        "admin1": place.admin1, "score": round(one.score, 4),
        "because": [dataclasses.asdict(reason) for reason in one.reasons],
    }  # fmt: skip


def _sure_row(reason: Reason) -> dict[str, object]:
    return {"rule": reason.rule.removeprefix(PREFIX), "log_odds": reason.weight, "sentence": reason.sentence}
