"""Questions about a place by its name, answered as one mapping: what the API and the Python client give."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from marchland.errors import Absent, Misuse
from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.records import Answer
from marchland.views.find import cards_on_record, find_place
from marchland.views.terminal import PlaceCard, verdict
from marchland.views.why import as_json
from marchland.views.words import clean

_ASK: dict[str, Callable[[Ledger, str, str | None, str | None], Answer]] = {"who": query.who, "why": query.why}
_LONGEST = 200
"""Characters of a name that are searched for."""


def answered(ledger: Ledger, question: str, place: str, at: str | None, known_at: str | None) -> dict[str, Any]:
    """The answer to "who" or "why": the fields of `Answer`, with the place's `label` and the `verdict` in words.

    Without `at` it is about the day of knowledge asked, or the last day on which anything was published. Raises Absent
    where no place on record is meant, Misuse where two may be.
    """
    card = meant(ledger, place)
    answer = _ASK[question](ledger, card.place_id, at or known_at or _last_day(ledger), known_at)
    return {**json.loads(as_json(answer)), "label": card.label, "verdict": verdict(answer)}


def meant(ledger: Ledger, name: str) -> PlaceCard:
    """The place on record that a name or an id means. Raises Absent for none, Misuse for two."""
    cards = _cards(ledger)
    if name in cards:
        return cards[name]
    if len(name) > _LONGEST:
        raise Misuse(f"no place has a name of {len(name)} characters")
    found = find_place(name, tuple(cards.values()))
    if found.card:
        return found.card
    told = clean(name, limit=_LONGEST)
    if found.choices:
        raise Misuse(f'"{told}" may be ' + "; ".join(f"{one.label} [{one.place_id}]" for one in found.choices))
    near = "; ".join(card.label for card in found.suggestions)
    raise Absent(f'no report on record names "{told}"' + (f"; did you mean {near}?" if near else ""))


def _cards(ledger: Ledger) -> dict[str, PlaceCard]:
    """Every place on record by its id, in order of name; kept until something is written."""
    if "cards" not in ledger.memo:
        made = sorted(cards_on_record(ledger), key=lambda card: (card.name, card.place_id))
        ledger.memo["cards"] = {card.place_id: card for card in made}
    found: dict[str, PlaceCard] = ledger.memo["cards"]
    return found


def _last_day(ledger: Ledger) -> str | None:
    if "last day" not in ledger.memo:
        last = ledger.last_published() or ledger.last_day()
        ledger.memo["last day"] = last.isoformat() if last else None
    found: str | None = ledger.memo["last day"]
    return found
