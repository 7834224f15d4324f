"""How many crossed or gave up, as each witness has it: the words of a claim as a range of people and of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from marchland.consequences.records import Count, Range
from marchland.consequences.settings import Settings
from marchland.events.told import told as days_of
from marchland.events.witness import Witness, witnesses
from marchland.records import ClaimRow

EVENTS = ("flees_across", "surrenders", "displaces")
NOT_PEOPLE = frozenset({"places", "vehicles", "money"})


def kind_of(row: ClaimRow, settings: Settings) -> str:
    """forces or people, from what is counted, else from the words for who did it; empty where neither tells."""
    if row.quantity_kind in ("forces", "people"):
        return row.quantity_kind
    if row.event == "surrenders":
        return "forces"
    words = [*(row.quantity_unit or "").casefold().split(), *(row.actor or "").casefold().split()]
    return next((settings.kinds[word] for word in reversed(words) if word in settings.kinds), "")


def has_count(row: ClaimRow) -> bool:
    """Whether the claim gives a number of people."""
    told = any(one is not None for one in (row.quantity_part, row.quantity_low, row.quantity_high))
    return told and row.quantity_kind not in NOT_PEOPLE and row.quantity_whole is None


def counts(rows: Iterable[ClaimRow], settings: Settings) -> tuple[Count, ...]:
    """One count for each witness who gives a number and whose day is told, by day."""
    found = (_count(one, settings) for one in witnesses(days_of(row) for row in rows if has_count(row)))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.last, one.first or 0, one.claims)))


def _count(witness: Witness, settings: Settings) -> Count | None:
    dated = [one for one in witness.rows if one.last is not None and has_count(one.row)]
    if not dated:
        return None
    best = min(dated, key=lambda one: (bool(one.row.quantity_bound), one.width is None, one.width or 0, one.known or 0,
                                       one.row.claim_id))  # fmt: skip
    row, last = best.row, best.last or 0
    amount, open_high = _amount(row)
    return Count(
        amount=amount, exact=not row.quantity_bound, first=best.first, last=last, claims=witness.claims,
        who=_who(row), words=row.quantity or "", open_high=open_high,
        hedged=all(one.row.stance == "hedges" for one in dated),
    )  # fmt: skip


def _amount(row: ClaimRow) -> tuple[Range, bool]:
    """Low, best, high, and whether the words set no upper limit."""
    part, low, high = row.quantity_part, row.quantity_low, row.quantity_high
    if low is not None and high is not None:
        return Range(low, (low + high) / 2, high), False
    if row.quantity_bound == "at-most" and high is not None:
        return Range(0, high, high), False
    value = part if part is not None else (low if low is not None else high or 0.0)
    return Range(value, value, value), row.quantity_bound == "at-least"


def _who(row: ClaimRow) -> str:
    named = row.source_name or row.source
    if row.source == "publisher" or named == row.publisher:
        return row.publisher or "publisher not named"
    return f"{named}, {row.publisher}" if row.publisher else named


def same_number(found: Sequence[Count], settings: Settings) -> tuple[tuple[Count, ...], ...]:
    """Groups of counts that give one and the same odd number: one count, whatever days they give."""
    groups: dict[object, list[Count]] = defaultdict(list)
    for index, one in enumerate(found):
        odd = one.exact and one.amount.best % settings.round_to != 0
        groups[one.amount.best if odd else ("apart", index)].append(one)
    return tuple(tuple(group) for group in groups.values())
