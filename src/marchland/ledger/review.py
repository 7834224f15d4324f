"""Corrections by people: rows of their own, with a name, a time and a reason, that can be withdrawn by another row.

A person's word is evidence of its own class (`reviewer` in weights.toml), not an override:

- *accept* and *reject* of a claim say whether its sentence was read rightly: the odds of its reading are multiplied
  or divided by that ratio, once for each person (their newest word). Below one half the claim no longer counts.
- *accept* and *reject* of a holder say who held a place at the end of a day: a claim by that person, weighed by class.
- *correct* gives fields of a claim other values: the claim as corrected takes the place of the one that was read.
- *merge* and *split* say which claims tell of one happening (`events.judgement` settles them).
- *withdraw* takes an earlier review back.

A claim that was touched has an id of its own, made of the claim's and the reviews', so that nothing computed from the
one is taken for the other. What holds for a claim holds for its copies: the same words, deed, stance and place.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from marchland.errors import Misuse
from marchland.events.bases import SharedWords
from marchland.events.judgement import APART, SAME, Judgement
from marchland.ledger.taken_back import REVIEWER, TakenBack
from marchland.records import EVENTS, STANCES, ClaimRow, content_id

VERBS = ("accept", "reject", "correct", "merge", "split", "withdraw")
CLASS = "reviewer"
"""The class of speaker that a person's word is weighed as."""
FIELDS = (
    "place_id", "place_name", "place_aliases", "place_kind", "country", "admin1", "lat", "lon", "place_part",
    "place_offset_km", "place_precision", "place_radius_km", "place_side", "event", "stance", "actor", "actor_id",
    "actor_name", "actor_aliases", "actor_side", "opponent_id", "opponent_name", "opponent_side", "date_from",
    "date_to", "date_edtf", "quantity",
)  # fmt: skip
"""Columns of a claim that a person may correct."""

Value = str | float | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Review:
    """What one person said of the record, once."""

    review_id: str
    verb: str
    claims: tuple[str, ...] = ()
    """Ids of the claims it is about, as they were read."""
    about: str = ""
    """Id of the review that is withdrawn."""
    row: ClaimRow | None = None
    """The claim it is about as it was read; for a holder, the word of the reviewer as a claim."""
    changes: Mapping[str, Value] = field(default_factory=dict)
    """For `correct`: columns of the claim and their right values."""
    by: str = ""
    because: str = ""
    made: str = ""
    """ISO 8601, UTC; the review is known from that day on."""
    key: str = ""
    """Word of the program that sent it, by which it knows that it was kept when it has to send it again."""

    @property
    def day(self) -> str:
        """The day from which it was known."""
        return self.made[:10]

    @property
    def of_holder(self) -> bool:
        """Whether it speaks of a holder, not of a claim."""
        return self.row is not None and not self.claims


def made_review(
    verb: str, *, by: str, because: str, made: str, claims: Iterable[str] = (), about: str = "",
    row: ClaimRow | None = None, changes: Mapping[str, Value] | None = None, key: str = "",
) -> Review:  # fmt: skip
    """A review with the id of its content. Misuse where the name or the reason is missing, or a value is none."""
    by, because = _line(by), _line(because)
    if not by or not because:
        raise Misuse("a review needs a name and a reason: --by NAME --because REASON")
    given = dict(sorted((changes or {}).items()))
    _check(verb, given)
    told = msgspec.json.encode((sorted(claims), about, given, row.claim_id if row else "")).decode()
    review_id = content_id("review", verb, told, by, because, made)
    return Review(review_id, verb, tuple(sorted(set(claims))), about, row, given, by, because, made, key)


def holder_row(place: ClaimRow, *, side: str, name: str, aliases: Sequence[str], event: str) -> ClaimRow:
    """A bare claim about the place of another one: to be given a day and a speaker by `as_claim`."""
    blank: dict[str, Any] = dict.fromkeys(
        ("url", "opponent_id", "opponent_name", "opponent_side", "date_text", "quantity")
    )
    return replace(
        place, **blank, event=event, actor=name, actor_id=side, actor_name=name, actor_aliases=tuple(aliases),
        actor_side=side, place=place.place_name or place.place, place_part="", place_reason="", place_side="",
        place_offset_km=0.0, quantity_part=None, quantity_whole=None, quantity_unit="", quantity_bound="",
        quantity_low=None, quantity_high=None, quantity_kind="", plover_mode="", plover_context="", plover_aux=(),
        plover_deed="", event_id="", tense="past",
    )  # fmt: skip


def as_claim(row: ClaimRow, *, day: str, by: str, because: str, made: str, denies: bool) -> ClaimRow:
    """The word of a reviewer on a holder as a claim: no article carries it, the reason stands for the sentence."""
    claim_id = content_id("reviewer", row.place_id, row.event, row.actor_side, day, denies, by, because, made)
    return replace(
        row, claim_id=claim_id, page_id="", article_id="", publisher="review of the record", published=made[:10],
        published_how="day of the review", sentence=because, start=0, end=0, stance="denies" if denies else "asserts",
        source=by, source_name=by, source_class=CLASS, source_side="", date_from=day, date_to=day, date_edtf=day,
        date_how="as reviewed", witness_id=claim_id, frame=CLASS, reading=1.0,
    )  # fmt: skip


def _check(verb: str, changes: Mapping[str, Value]) -> None:
    if verb not in VERBS:
        raise Misuse(f'no review is called "{verb}"; choose one of {", ".join(VERBS)}')
    strays = [one for one in changes if one not in FIELDS]
    if strays:
        raise Misuse(f'"{strays[0]}" cannot be corrected; choose of {", ".join(FIELDS)}')
    if changes.get("event", EVENTS[0]) not in EVENTS:
        raise Misuse(f'no event is called "{changes["event"]}"; choose one of {", ".join(EVENTS)}')
    if changes.get("stance", STANCES[0]) not in STANCES:
        raise Misuse(f'no stance is called "{changes["stance"]}"; choose one of {", ".join(STANCES)}')


def _line(text: str) -> str:
    return " ".join(text.split())


# ----------------------------------------------------------------------------------------------------------- in force


def in_force(reviews: Iterable[Review], known_at: str | None = None) -> tuple[Review, ...]:
    """The reviews known by that day that none in force withdraws, in order of time."""
    known = [one for one in reviews if known_at is None or one.day <= known_at]
    against: dict[str, list[Review]] = defaultdict(list)
    for one in known:
        if one.verb == "withdraw":
            against[one.about].append(one)

    def holds(one: Review) -> bool:
        return not any(holds(other) for other in against[one.review_id])

    return tuple(sorted((one for one in known if holds(one)), key=order))


def order(one: Review) -> tuple[str, str]:
    """The order of time."""
    return (one.made, one.review_id)


def judgements(held: Iterable[Review], ids: Mapping[str, str]) -> tuple[Judgement, ...]:
    """Merges and splits as `events.judgement` settles them; `ids` has claim ids that reviews have changed."""
    kinds = {"merge": SAME, "split": APART}
    return tuple(
        Judgement(kinds[one.verb], tuple(sorted(ids.get(claim, claim) for claim in one.claims)), one.made, one.by,
                  one.because)
        for one in held if one.verb in kinds
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ applied


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Claims after what people said of them."""

    rows: tuple[ClaimRow, ...]
    rejected: tuple[TakenBack, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    """Id of a claim as it was read to its id as reviewed, where it was."""


def reviewed(rows: Iterable[ClaimRow], held: Sequence[Review], shared: SharedWords, ratio: float) -> Reviewed:
    """The rows as people have corrected them, without those they rejected, and with what they said themselves.

    `ratio` is the likelihood ratio of a reviewer, and of a reviewer's word that a sentence was read rightly.
    """
    said: dict[object, list[Review]] = defaultdict(list)
    for one in held:
        if one.row is not None and one.claims and one.verb in ("accept", "reject", "correct"):
            said[_words(one.row, shared)].append(one)
    kept: list[ClaimRow] = []
    rejected: list[TakenBack] = []
    ids: dict[str, str] = {}
    for row in rows:
        mine = said.get(_words(row, shared), ()) if said else ()
        made = _touched(row, mine, ratio) if mine else row
        if made is None:
            rejected += _rejections(row, mine)
            continue
        kept.append(made)
        if mine:
            ids[row.claim_id] = made.claim_id
    kept += [one.row for one in held if one.of_holder and one.row is not None]
    return Reviewed(tuple(kept), tuple(rejected), ids)


def _words(row: ClaimRow, shared: SharedWords) -> object:
    """What a review of a row reaches: its copies, or the claim alone where its text is not compared with others."""
    sentence = (shared.texts.get(row.article_id, 0), row.start)
    if not sentence[0]:
        return row.claim_id
    return (shared.copied.get(sentence, sentence), row.event, row.stance, row.place_id or row.place, row.actor_id)


def copies_of(row: ClaimRow, rows: Iterable[ClaimRow], shared: SharedWords) -> tuple[ClaimRow, ...]:
    """The other claims that a review of this one reaches: those in the same words."""
    words = _words(row, shared)
    return tuple(one for one in rows if one.claim_id != row.claim_id and _words(one, shared) == words)


def about(row: ClaimRow, found: Iterable[Review], shared: SharedWords) -> tuple[Review, ...]:
    """The reviews of a claim or of a copy of it, merges, splits and withdrawals among them."""
    words = _words(row, shared)
    mine = [
        one for one in found
        if row.claim_id in one.claims or (one.claims and one.row is not None and _words(one.row, shared) == words)
    ]  # fmt: skip
    ids = {one.review_id for one in mine}
    return tuple(sorted((*mine, *(one for one in found if one.about in ids)), key=order))


def _touched(row: ClaimRow, mine: Sequence[Review], ratio: float) -> ClaimRow | None:
    """The row as reviewed; None where the reviewers' word leaves less than one half for its reading."""
    verdict = votes(mine)
    reading = min(max(row.reading, 1e-6), 1 - 1e-6)
    odds = math.log(reading / (1 - reading)) + verdict * math.log(ratio)
    surer = 1 / (1 + math.exp(-odds)) if verdict else row.reading
    if verdict < 0 and surer < 0.5:
        return None
    changes: dict[str, Any] = {}
    for one in mine:
        changes |= one.changes if one.verb == "correct" else {}
    notes = "; ".join(f"corrected by {one.by}: {one.because}" for one in mine if one.verb == "correct")
    if notes:
        column = "date_how" if changes.keys() & {"date_from", "date_to"} else "place_reason"
        changes[column] = "; ".join(part for part in (getattr(row, column), notes) if part)
    claim_id = content_id("reviewed", row.claim_id, *(one.review_id for one in mine))
    return replace(row, **changes, claim_id=claim_id, witness_id=row.witness_id or row.claim_id, reading=surer)


def votes(mine: Iterable[Review]) -> int:
    """People who say that the claim was read rightly, less those who do not; each person's newest word counts.

    Whoever corrects a claim has read it, and stands for it as corrected.
    """
    last = {one.by.casefold(): one.verb for one in sorted(mine, key=order)}
    return sum(-1 if verb == "reject" else 1 for verb in last.values())


def _rejections(row: ClaimRow, mine: Sequence[Review]) -> Iterator[TakenBack]:
    for one in mine:
        if one.verb == "reject":
            yield TakenBack(
                row.claim_id, REVIEWER, one.day, one.review_id, f"rejected by {one.by}: {one.because}", one.made
            )


def places_of(held: Iterable[Review], place_id: str) -> set[str]:
    """Places whose claims may be about this place: itself, and those from which people moved claims to it."""
    moved = {
        one.row.place_id for one in held
        if one.verb == "correct" and one.row and one.row.place_id and one.changes.get("place_id") == place_id
    }  # fmt: skip
    return {place_id, *moved}
