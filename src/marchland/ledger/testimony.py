"""Who bears witness to what happened at a place: each happening, its witnesses, their claims, and why these are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marchland.events.group import Happening, event_row, happenings
from marchland.events.told import SameSide, equal_sides, why_no_event
from marchland.events.weights import Weights
from marchland.events.witness import Witness, WitnessLink, links
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow, EventRow


@dataclass(frozen=True, slots=True)
class Voice:
    """One witness of one happening, and the reasons for which its claims are one."""

    witness: Witness
    denies: bool
    links: tuple[WitnessLink, ...]
    admits: bool = False
    """Whether the denial is the side's own word that it does not hold the place."""


@dataclass(frozen=True, slots=True)
class Testimony:
    """One happening and everybody who tells of it or denies it."""

    event: EventRow
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """All that is told of one place."""

    testimonies: tuple[Testimony, ...]
    """By day."""
    left_out: tuple[tuple[ClaimRow, str], ...]
    """Claims that belong to no event, each with the reason."""


def heard(
    ledger: Ledger, place_id: str, weights: Weights, same_side: SameSide = equal_sides, known_at: str | None = None
) -> Heard:
    """Who bears witness to what at one place, as known on a day of knowledge (ISO 8601; None for now)."""
    rows = ledger.claims(place_id=place_id, known_at=known_at)
    found = happenings(rows, weights, same_side, ledger.door.judgements(known_at))
    reasons = links_of(ledger, place_id, {row.claim_id for row in rows})
    told = sorted((_testimony(one, reasons) for one in found), key=_when)
    left = tuple((row, why) for row in rows if (why := why_no_event(row)))
    return Heard(tuple(told), left)


def links_of(ledger: Ledger, place_id: str, claim_ids: Iterable[str]) -> tuple[WitnessLink, ...]:
    """Why some claims on a place are one witness, from the claims as they were read."""
    wanted = set(claim_ids)
    rows = [row for row in ledger.copies.rows_at(place_id) if row.claim_id in wanted]
    return links(rows, ledger.copies.shared_words(rows))


def _testimony(one: Happening, reasons: Sequence[WitnessLink]) -> Testimony:
    voices = [_voice(item, denies, reasons, admits=item in one.admissions)
              for found, denies in ((one.witnesses, False), (one.denials, True)) for item in found]  # fmt: skip
    return Testimony(event_row(one), tuple(voices))


def _voice(one: Witness, denies: bool, reasons: Sequence[WitnessLink], *, admits: bool) -> Voice:
    claims = set(one.claims)
    own = tuple(link for link in reasons if link.claim_id in claims and link.other_id in claims)
    return Voice(one, denies, own, admits)


def _when(one: Testimony) -> tuple[str, str, str]:
    return (one.event.date_to or "9999", one.event.date_from or "", one.event.event_id)
