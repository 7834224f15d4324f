"""The sentences of a brief: made of the facts, and saying no more than these: who, when, how sure, claimed by whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from marchland.briefs import Change, Period
from marchland.records import CrossingRow, HoldingRow
from marchland.views.terminal import when_words
from marchland.views.words import clean, count, day, percent

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
        return f"Denied: {_event(one)}. The record keeps both; who says so stands below."
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
    return f"{_sentence(spell(now))}{_earlier(one)}."


def _sentence(words: str) -> str:
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


def _event(one: Change) -> str:
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
    return f"{_sentence(lane_words(now))}.{was}"


# -------------------------------------------------------------------------------------------------------------- summary


def summary(found: Period) -> Iterator[str]:
    """Some sentences on the whole."""
    span, last = when_words(found.asked.first, found.asked.last), day(found.asked.last)
    news = f"{count(found.claims, 'claim')} in {count(found.reports, 'report')} of {count(found.outlets, 'outlet')}"
    yield f"{_sentence(news)} became known ({span})."
    passed = [one for one in found.changes if _in_period(one, found) and one.noted.changed_hands]
    if not found.changes:
        yield "Nothing of it changed the record."
    else:
        yield from _passed(passed, last)
        yield from _newly(found)
    yield from _gates(found)
    yield from _late(found)
    yield from _denied(found)
    yield from _state(found)
    yield from _taken(found)


def _passed(passed: Sequence[Change], last: str) -> Iterator[str]:
    """How many places changed hands on the word of others than the gainer, and how many by its own word only."""
    sure = [one for one in passed if _now(one).status != "claimed"]
    claimed = [one for one in passed if _now(one).status == "claimed"]
    places, times = len({one.row.place_id for one in sure}), len(sure)
    often = f", {times} times in all," if times > places else ""
    yield f"{_count_of(places)} changed hands in these days{often} as far as was known on {last}."
    yield from _gains(sure, "gained")
    if sure:
        lost = Counter(name(getattr(one.noted.former, "holder_name", None)) for one in sure)
        told = [f"{who} {number}" for who, number in sorted(lost.items(), key=lambda item: (-item[1], item[0]))]
        yield f"Lost, by who held before on the record or was presumed to: {listed(told)}."
    yield from _gains(claimed, "alone says that it gained")


def _newly(found: Period) -> Iterator[str]:
    """Holders that are new on record for these days, where no other is on record just before."""
    told = []
    for one in found.changes:
        now = one.noted.pair.after if one.noted.pair else None
        new = one.row.change in ("holder", "appeared") and not one.noted.changed_hands and _in_period(one, found)
        if new and isinstance(now, HoldingRow) and now.holder_id:
            told.append(f"{name(one.row.place_name)} ({spell(now)})")
    if told:
        yield f"Also new on record, with no other holder known just before: {listed(told)}."


def _count_of(number: int) -> str:
    return "No place" if not number else "One place" if number == 1 else f"{number} places"


def _in_period(one: Change, found: Period) -> bool:
    return one.noted.day is not None and found.asked.first <= one.noted.day <= found.asked.last


def _now(one: Change) -> HoldingRow:
    now = one.noted.pair.after if one.noted.pair else None
    assert isinstance(now, HoldingRow)
    return now


def _gains(passed: Sequence[Change], verb: str) -> Iterator[str]:
    """Who gained what, the one that gained most first."""
    gained: dict[str, list[Change]] = defaultdict(list)
    for one in passed:
        gained[name(_now(one).holder_name)].append(one)
    for who, many in sorted(gained.items(), key=lambda item: (-len(item[1]), item[0])):
        ordered = sorted(many, key=lambda one: (one.noted.day or "", one.row.place_name))
        told = [f"{name(one.row.place_name)} ({day(one.noted.day)}, {percent(_now(one).probability)})"
                for one in ordered]  # fmt: skip
        yield f"{who} {verb} {len(many)}: {listed(told)}."


def _gates(found: Period) -> Iterator[str]:
    """Which crossings closed and opened."""
    rows = [
        one.noted.pair.after for one in found.changes
        if one.row.direction is not None and one.noted.pair and _in_period(one, found)
    ]  # fmt: skip
    for state, verb in (("closed", "Closed"), ("restricted", "Restricted"), ("open", "Opened")):
        told = [
            f"{name(row.place_name)} ({lane_words(row)})"
            for row in rows if isinstance(row, CrossingRow) and row.state == state
        ]  # fmt: skip
        if told:
            yield f"{verb}, by the reports: {listed(told)}."


def _late(found: Period) -> Iterator[str]:
    late = [one for one in found.changes if one.noted.late]
    if late:
        places = listed(_unique(f"{name(one.row.place_name)} ({day(one.noted.day)})" for one in late))
        yield f"Reports came late about {count(len(late), 'change')} of earlier days: {places}."


def _denied(found: Period) -> Iterator[str]:
    for kind, words in (("denied", "Denied by somebody"), ("admitted", "Admitted by its own side not to be so")):
        told = [f"{name(one.row.place_name)} ({_event(one)})" for one in found.changes if one.row.change == kind]
        if told:
            yield f"{words}: {listed(_unique(told))}."


def _state(found: Period) -> Iterator[str]:
    """How the record stood at the end: disputed, on one side's word, told by nobody for long."""
    last, rows = day(found.until), sorted(found.standing, key=lambda row: (row.place_name, row.place_id))
    disputed = [
        row for row in rows
        if row.status in ("contested", "besieged") or (row.status != "unknown" and row.contradicted_by)
    ]  # fmt: skip
    if disputed:
        yield f"Disputed on {last}: {listed([_brief(row) for row in disputed])}."
    only: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.status == "claimed":
            only[name(row.holder_name)].append(name(row.place_name))
    for who, places in sorted(only.items()):
        yield f"On the word of {who} only, held by it on {last}: {listed(places)}."
    silent = sorted(
        (row for row in rows if row.holder_id and row.status != "unknown" and row.last_confirmed
         and row.last_confirmed < found.asked.first), key=lambda row: (row.last_confirmed or "", row.place_name)
    )  # fmt: skip
    if silent:
        told = listed([f"{name(row.place_name)} ({day(row.last_confirmed)})" for row in silent])
        yield f"Confirmed by nobody in these days, with the last day for which anybody did: {told}."
    unknown = [row for row in rows if row.status == "unknown"]
    if unknown:
        yield f"Holder unknown on {last}: {listed([name(row.place_name) for row in unknown])}."


def _brief(row: HoldingRow) -> str:
    against = f", {count(len(row.contradicted_by), 'claim')} against it" if row.contradicted_by else ""
    return f"{name(row.place_name)} ({spell(row)}{against})"


def _taken(found: Period) -> Iterator[str]:
    if found.taken:
        yield f"{_sentence(count(len(found.taken), 'claim'))} of earlier reports were taken back by their publishers."
    if found.reviews:
        people = listed(_unique(clean(one.by, limit=80) for one in found.reviews))
        yield f"{_sentence(count(len(found.reviews), 'review'))} of the record by people: {people}."


def _unique(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(parts))
