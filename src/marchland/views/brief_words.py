"""The sentences of a brief on one change, saying no more than the facts: who, when, how sure, claimed by whom."""

from __future__ import annotations

from collections.abc import Sequence

from marchland.briefs import Change
from marchland.records import CrossingRow, HoldingRow
from marchland.views.terminal import when_words
from marchland.views.words import clean, day, percent

FEW = 12
"""Places named in one sentence of the summary."""
NOBODY = "nobody known"


def name(text: str | None) -> str:
    """A name on one line."""
    return clean(text or NOBODY, limit=120)


def listed(parts: Sequence[str], most: int = FEW) -> str:
    """`A, B and C`; `A, B and 7 more`."""
    shown, more = list(parts[:most]), len(parts) - most
    if more > 0:
        shown.append(f"{more} more")
    return ", ".join(shown[:-1]) + (" and " if len(shown) > 1 else "") + shown[-1] if shown else ""


# ------------------------------------------------------------------------------------------------------------- a change


def change_words(one: Change) -> str:
    """What one change says, as a sentence or two."""
    row, now = one.row, one.noted.pair.after if one.noted.pair else None
    if row.change == "denied":
        return f"Denied: {event_words(one)}. The record keeps both; who says so stands below."
    if row.change == "admitted":
        return f"Admitted by its own side: {name(row.before_holder_name)} does not hold it ({_denied_day(one)})."
    if row.direction is not None:
        return _lane(one)
    if row.change == "gone":
        instead = f" Now: {spell(now)}." if isinstance(now, HoldingRow) else ""
        return f"No longer on record: {_before(one)}.{instead}"
    assert isinstance(now, HoldingRow)
    if row.change == "probability":
        more = "Surer than before" if (row.before_probability or 0) < now.probability else "Less sure than before"
        return f"{more}: {spell(now)}; it was {percent(row.before_probability or 0)}."
    return f"{sentence(spell(now))}{_earlier(one)}."


def sentence(words: str) -> str:
    """With a capital letter."""
    return words[:1].upper() + words[1:]


def _earlier(one: Change) -> str:
    """Who held it before as it stands now, and what the record had said where that was something else."""
    former, row = one.noted.former, one.row
    told = ""
    if one.noted.changed_hands and isinstance(former, HoldingRow):
        presumed = "" if former.claims else " (presumed; no report says so)"
        told = f"; before that {name(former.holder_name)}{presumed}"
    if row.change in ("status", "date") or (row.change == "holder" and not _same(row.before_holder_name, former)):
        told += f". The record had: {_before(one)}"
    return told


def _same(before: str | None, former: object) -> bool:
    return isinstance(former, HoldingRow) and former.holder_name == before


def _before(one: Change) -> str:
    before = one.noted.pair.before if one.noted.pair else None
    return spell(before) if isinstance(before, HoldingRow) else "nothing"


def spell(row: HoldingRow) -> str:
    """`held by the League since 3 May 2031 (92 %)`, or as weak as it is: `claimed by the League only`."""
    who = name(row.holder_name)
    unknown = "unknown who holds it" + (f", presumably {who}" if row.holder_name else "")
    words = {
        "held": f"held by {who}", "claimed": f"claimed by {who} only: said to be held by it",
        "contested": f"contested, most likely with {who}", "besieged": f"held by {who}, besieged",
        "abandoned": "left to nobody",
    }.get(row.status, unknown)  # fmt: skip
    sure = f" ({percent(row.probability)})" if row.status != "unknown" else ""
    until = f" until {day(row.until)}" if row.until else ""
    return f"{words}{_since(row)}{until}{sure}"


def _since(row: HoldingRow) -> str:
    if row.from_ is None:
        return f" since {day(row.from_latest)} or earlier" if row.from_latest else ""
    first, last = row.from_earliest, row.from_latest
    if first == last == row.from_ or not (first or last):
        return f" since {day(row.from_)}"
    return f" since {day(row.from_)} (told: {when_words(first, last)})"


def event_words(one: Change) -> str:
    """`that Lake League captures it, 3 May 2031`."""
    row = one.row
    deed = clean(row.before_status or "").replace("_", " ")
    return f"that {name(row.before_holder_name)} {deed} it, {_denied_day(one)}"


def _denied_day(one: Change) -> str:
    return when_words(one.row.before_from, one.row.before_until)


def lane_words(row: CrossingRow) -> str:
    """`both directions, all traffic: closed since 14 Jul 2021 (82 %)`."""
    direction = "both directions" if row.direction == "both" else clean(row.direction).replace(">", " to ")
    sure = f" ({percent(row.probability)})" if row.state != "unknown" else ""
    since = f" since {day(row.from_)}" if row.from_ else ""
    until = f" until {day(row.until)}" if row.until else ""
    return f"{direction}, {clean(row.traffic)} traffic: {clean(row.state)}{since}{until}{sure}"


def _lane(one: Change) -> str:
    pair = one.noted.pair
    now, before = (pair.after, pair.before) if pair else (None, None)
    if not isinstance(now, CrossingRow):
        return f"No longer on record: {lane_words(before)}." if isinstance(before, CrossingRow) else "Passage unknown."
    was = f" Before: {clean(before.state)}." if isinstance(before, CrossingRow) and before.state != now.state else ""
    return f"{sentence(lane_words(now))}.{was}"
