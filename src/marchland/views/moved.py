"""What a review moves, as people read it."""

from __future__ import annotations

from marchland.ledger.moved import Moved, Stood
from marchland.ledger.queue import Item
from marchland.views.words import clean, day, percent


def stood_words(one: Stood) -> str:
    """`held by Norland since 3 May 2031`, `unknown`."""
    name = clean(one.holder_name or one.holder_id or "", limit=120)
    named = bool(name) and one.status not in ("unknown", "contested", "abandoned")
    since = f" since {day(one.since)}" if one.since and one.status != "unknown" else ""
    return "; ".join(((f"{one.status} by {name}" if named else one.status) + since, *one.passage))


def moved_words(one: Moved) -> str:
    """`Reedham on 3 May 2031: held by Norland since 2 May 2031 (97 %) → unknown (61 %)`."""
    where = f"{clean(one.place_name, limit=120)} on {day(one.before.at)}"
    was, now = (_sure(state) for state in (one.before, one.after))
    if not one.turns:
        return f"{where}: still {stood_words(one.after)}{was} → {now.strip(' ()')}"
    return f"{where}: {stood_words(one.before)}{was} → {stood_words(one.after)}{now}"


def _sure(one: Stood) -> str:
    """How sure the answer is; nothing where it names nobody."""
    return f" ({percent(one.probability)})" if one.status != "unknown" else ""


def because_words(one: Item) -> str:
    """Why an item is in the queue, in a line: what rests on it, and what is doubtful."""
    turns = [it for it in one.effect.moved if it.turns]
    if one.row.place_id is None:
        rests = "it would count if its place were known"
    elif any(it.kind == "left-out" for it in one.doubts):
        rests = "it would count if it were mended"
    elif turns:
        rests = "without it: " + "; ".join(moved_words(it) for it in turns)
    elif one.effect.exact:
        rests = "without it the answers would be less sure" if one.effect.moved else "without it no answer would change"
    else:
        rests = "the record rests on it in part"
    return "; ".join((rests, *(it.words for it in one.doubts)))
