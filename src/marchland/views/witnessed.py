"""What is told of a place, as cards: each happening, its witnesses with their copies folded, denials beside.

Every function is pure; how one claim is shown is given to those that need it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from marchland.ledger.taken_back import TakenBack
from marchland.ledger.testimony import Heard, Testimony, Voice
from marchland.records import EVENTS, Article, Claim, ClaimRow
from marchland.views.marks import marks, stretches
from marchland.views.terminal import speaker, when_words
from marchland.views.words import clean, clean_piece

_MOST_COPIES = 60
_MOST_REASONS = 6
TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class MarkedRange:
    """One part of a claim in its sentence: offsets count Unicode characters from its start, the end not included."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """One claim as a reader meets it."""

    claim_id: str
    article_id: str
    """Empty for the word of a reviewer, which no article carries."""
    url: str | None
    publisher: str | None
    published: str | None
    published_how: str
    sentence: str
    marks: tuple[MarkedRange, ...]
    event: str
    stance: str
    speaker: str
    """Who says so, with the outlet that carries it."""
    source_class: str
    side: str
    """Id of the party that the speaker stands with; empty where none is known."""
    actor_id: str | None
    actor_name: str | None
    opponent_name: str | None
    place_words: str
    """The place as written."""
    part: str
    """Words that say only a part of the place is meant; else empty."""
    date_text: str | None
    days: str
    """The days that the date words mean, for people."""
    date_from: str | None
    date_to: str | None
    date_how: str
    quantity: str | None
    reading: float
    """How sure it is that the sentence says this, 0 to 1."""
    reviews: tuple[str, ...] = ()
    """What people said of it, in words."""


@dataclass(frozen=True, slots=True)
class CopyLine:
    """Another claim of the same witness."""

    claim_id: str
    article_id: str
    publisher: str
    published: str | None
    speaker: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WitnessCard:
    """One witness: the claim that says it best, and those that repeat it."""

    best: ClaimCard
    says: str
    """tells, denies, or admits: that its own side does not hold the place."""
    outlets: tuple[str, ...]
    """All outlets that carry it, by name; together they count once."""
    copies: tuple[CopyLine, ...]
    """The other claims, no more than 60."""
    copies_total: int
    independence: float
    """Share of its weight that counts: less than 1 where it may have it from another witness."""
    leans_on: str
    because: tuple[str, ...]
    """Why the claims are one witness."""


@dataclass(frozen=True, slots=True)
class EventCard:
    """One happening with everybody who tells of it, and beside them everybody who denies it."""

    event_id: str
    """Empty for claims that are in no event."""
    event: str
    actor_id: str | None
    actor_name: str | None
    opponent_name: str | None
    date_from: str | None
    date_to: str | None
    days: str
    part: bool
    """Whether it happened in a part of the place or beside it, or counts smaller places in it."""
    control: bool
    """Whether it is about who holds the place or what passes; else it is told of the place all the same."""
    later: bool
    """Whether it happened after the day asked about."""
    reason: str
    """Why these claims are in no event, or who took them back; empty for an event."""
    tells: tuple[WitnessCard, ...]
    tells_total: int
    denies: tuple[WitnessCard, ...]
    denies_total: int
    outlets: int
    dates_told: tuple[str, ...]
    actors_told: tuple[str, ...]
    decided_by: tuple[str, ...]


Shown = Callable[[ClaimRow], ClaimCard]


@dataclass(frozen=True, slots=True)
class Stack:
    """The claims of one card, before they are shown."""

    testimony: Testimony | None
    rows: tuple[ClaimRow, ...] = ()
    event: str = ""
    reason: str = ""


def stacks(heard: Heard, aside: Sequence[tuple[ClaimRow, TakenBack]]) -> list[Stack]:
    """The cards in order: control and passage, the latest first; all else; what is in no event; what was taken back."""
    made = [Stack(one) for one in reversed(heard.testimonies)]
    made.sort(key=lambda one: one.testimony is not None and one.testimony.event.event not in EVENTS)
    made += _gathered((row, row.event, why) for row, why in heard.left_out)
    return made + _gathered((row, TAKEN_BACK, f"{one.reason}, {one.words}") for row, one in aside)


def _gathered(found: Iterable[tuple[ClaimRow, str, str]]) -> list[Stack]:
    groups: dict[tuple[str, str], list[ClaimRow]] = {}
    for row, event, why in found:
        groups.setdefault((event, why), []).append(row)
    return [Stack(None, tuple(rows), event, why) for (event, why), rows in groups.items()]


def event_card(one: Stack, shown: Shown, *, most: int, at: str) -> EventCard:
    """One card, with no more than `most` witnesses on each side; `at` is the day asked about."""
    if one.testimony is None:
        tells = tuple(_alone(row, shown) for row in one.rows[:most])
        outlets = len({row.publisher for row in one.rows})
        reason, about = clean(one.reason, limit=400), one.event in EVENTS
        blank = EventCard("", one.event, None, None, None, None, None, "", False, about, False, reason,
                          tells, len(one.rows), (), 0, outlets, (), (), ())  # fmt: skip
        first = one.rows[0]
        return replace(blank, actor_id=first.actor_id, actor_name=_name(first.actor_name))
    event, voices = one.testimony.event, one.testimony.voices
    told = [voice for voice in voices if not voice.denies]
    against = [voice for voice in voices if voice.denies]
    return EventCard(
        event_id=event.event_id, event=event.event, actor_id=event.actor_id, actor_name=_name(event.actor_name),
        opponent_name=_name(event.opponent_name), date_from=event.date_from, date_to=event.date_to,
        days=when_words(event.date_from, event.date_to), part=event.part, control=event.event in EVENTS,
        later=bool((event.date_from or event.date_to) and (event.date_from or event.date_to or "") > at), reason="",
        tells=tuple(_witness(voice, shown) for voice in told[:most]), tells_total=len(told),
        denies=tuple(_witness(voice, shown) for voice in against[:most]), denies_total=len(against),
        outlets=event.outlets, dates_told=event.dates_told, actors_told=event.actors_told,
        decided_by=event.decided_by,
    )  # fmt: skip


def _witness(voice: Voice, shown: Shown) -> WitnessCard:
    one = voice.witness
    rest = [item.row for item in one.rows if item.row.claim_id != one.best.row.claim_id]
    outlets = sorted({clean(item.row.publisher or "publisher not named", limit=120) for item in one.rows})
    return WitnessCard(
        best=shown(one.best.row), says="admits" if voice.admits else "denies" if voice.denies else "tells",
        outlets=tuple(outlets), copies=tuple(_copy(row) for row in rest[:_MOST_COPIES]), copies_total=len(rest),
        independence=one.independence, leans_on=clean(one.leans_on, limit=400),
        because=tuple(dict.fromkeys(clean(link.sentence, limit=200) for link in voice.links))[:_MOST_REASONS],
    )  # fmt: skip


def _alone(row: ClaimRow, shown: Shown) -> WitnessCard:
    outlet = clean(row.publisher or "publisher not named", limit=120)
    return WitnessCard(shown(row), "denies" if row.stance == "denies" else "tells", (outlet,), (), 0, 1.0, "", ())


def _copy(row: ClaimRow) -> CopyLine:
    return CopyLine(row.claim_id, row.article_id, clean(row.publisher or "publisher not named", limit=120),
                    row.published, clean(speaker(row), limit=200), clean(row.sentence, limit=700))  # fmt: skip


def claim_card(row: ClaimRow, article: Article | None, trace: Claim | None, reviews: Iterable[str] = ()) -> ClaimCard:
    """One claim; its sentence with marked parts where its article and how it was read are kept."""
    sentence, ranges = _marked(row, article, trace)
    return ClaimCard(
        claim_id=row.claim_id, article_id=row.article_id, url=row.url, publisher=_name(row.publisher),
        published=row.published, published_how=clean(row.published_how, limit=200),
        sentence=sentence, marks=ranges, event=row.event, stance=row.stance,
        speaker=clean(speaker(row), limit=300), source_class=row.source_class, side=row.source_side,
        actor_id=row.actor_id, actor_name=_name(row.actor_name or row.actor), opponent_name=_name(row.opponent_name),
        place_words=clean(row.place, limit=200), part=clean(row.place_part, limit=200),
        date_text=_name(row.date_text), days=when_words(row.date_from, row.date_to),
        date_from=row.date_from, date_to=row.date_to, date_how=clean(row.date_how, limit=300),
        quantity=_name(row.quantity), reading=round(row.reading, 4), reviews=tuple(reviews),
    )  # fmt: skip


def _marked(row: ClaimRow, article: Article | None, trace: Claim | None) -> tuple[str, tuple[MarkedRange, ...]]:
    """The sentence as it is shown, and where in it the parts of the claim stand."""
    if article is None or trace is None or not 0 <= row.start < row.end <= len(article.text):
        return clean(row.sentence, limit=3000), ()
    found = marks(trace, article.text)
    words, offsets, at = "", {row.start: 0}, row.start
    for one in stretches(article.text, row.start, row.end, found):
        words, at = words + clean_piece(one.text), at + len(one.text)
        offsets[at] = len(words)
    inside = (one for one in found if one.start in offsets and one.end in offsets)
    return words, tuple(MarkedRange(one.role, offsets[one.start], offsets[one.end]) for one in inside)


def _name(words: str | None) -> str | None:
    return clean(words, limit=200) if words else None
