"""Which place on record a reader means by a name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyascii import anyascii

from marchland.records import ClaimRow
from marchland.views.terminal import PlaceCard

if TYPE_CHECKING:
    from marchland.ledger.store import Ledger

_LIKELY = 88.0
"""A spelling this near, of 100, is taken for the place meant when no other comes close."""
_CLOSE = 6.0
_POSSIBLE = 60.0
_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The place meant, when there is one; else the places it may be, or those that sound like it."""

    card: PlaceCard | None
    choices: tuple[PlaceCard, ...] = ()
    """More than one place of exactly this name."""
    suggestions: tuple[PlaceCard, ...] = ()
    """No place of this name; these come near."""


def find_place(name: str, cards: Sequence[PlaceCard]) -> Found:
    """An id, a name, an alias, or a name with its kind, division or country ("Herat city", "Herat, province, AF")."""
    exact = [card for card in cards if card.place_id == name]
    rules: tuple[Callable[[PlaceCard], bool], ...] = (
        lambda card: fold(card.name) == fold(name),
        lambda card: fold(name) in map(fold, card.aliases),
        lambda card: _qualified(name, card),
    )
    for rule in rules:
        exact = exact or [card for card in cards if rule(card)]
    if len(exact) == 1:
        return Found(exact[0])
    return Found(None, choices=tuple(exact)) if exact else _near(name, cards)


def fold(name: str) -> str:
    """Letters and digits of a name without marks or case: `Islām-Qal'a` and `islam qala` are one."""
    return "".join(letter for letter in anyascii(name).casefold() if letter.isalnum())


def _qualified(name: str, card: PlaceCard) -> bool:
    """Whether the words are a name of the place and then only its kind, division or country."""
    told = fold(name)
    about = [fold(part) for part in (card.kind, card.admin1, *card.country.split("/")) if part]
    starts = [fold(one) for one in (card.name, *card.aliases)]
    return any(start and told.startswith(start) and _only(told[len(start) :], about) for start in starts)


def _only(rest: str, words: Iterable[str]) -> bool:
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "", 1)
    return not rest


def _near(name: str, cards: Sequence[PlaceCard]) -> Found:
    from rapidfuzz import fuzz  # noqa: PLC0415  not needed for a name that is right

    def likeness(card: PlaceCard) -> float:
        return max(float(fuzz.ratio(fold(name), fold(one))) for one in (card.name, *card.aliases))

    ranked = sorted(((likeness(card), card) for card in cards), key=lambda pair: (-pair[0], pair[1].place_id))
    best = [(score, card) for score, card in ranked if score >= _POSSIBLE][:_SUGGESTIONS]
    alone = len(best) == 1 or (len(best) > 1 and best[0][0] - best[1][0] > _CLOSE)
    if best and best[0][0] >= _LIKELY and alone:
        return Found(best[0][1])
    return Found(None, suggestions=tuple(card for _, card in best))


def cards_on_record(ledger: Ledger, among: Collection[str] | None = None) -> list[PlaceCard]:
    """The places on record as they can be asked for: all, or those with these ids."""
    from marchland.ledger.query import crossing_sides  # noqa: PLC0415  the command line loads it when it is asked

    sides = crossing_sides(ledger)
    return [
        PlaceCard(one.place_id, one.name, one.aliases, one.kind, sides.get(one.place_id) or one.country, one.admin1)
        for one in ledger.places() if among is None or one.place_id in among
    ]  # fmt: skip


def cards_of(claims: Iterable[ClaimRow], sides: dict[str, str] | None = None) -> tuple[PlaceCard, ...]:
    """One card for each place on record; `sides` gives the two countries of a crossing ("AF/IR")."""
    found: dict[str, PlaceCard] = {}
    for one in claims:
        if one.place_id and one.place_id not in found:
            country = (sides or {}).get(one.place_id) or one.country or ""
            found[one.place_id] = PlaceCard(
                one.place_id, one.place_name or one.place, one.place_aliases, one.place_kind or "", country,
                one.admin1 or "",
            )  # fmt: skip
    return tuple(sorted(found.values(), key=lambda card: (card.name, card.place_id)))
