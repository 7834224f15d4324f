"""The sentences at the head of a brief: who gained and who lost over its days, and what else became known in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from marchland.briefs import Change, Period
from marchland.records import CrossingRow, HoldingRow
from marchland.views.brief_words import event_words, lane_words, listed, name, sentence, spell
from marchland.views.terminal import when_words
from marchland.views.words import clean, count, day, percent


def summary(found: Period) -> Iterator[str]:
    """Some sentences on the whole."""
    span, last = when_words(found.asked.first, found.asked.last), day(found.asked.last)
    named = found.outlets or not found.reports
    outlets = f"of {count(found.outlets, 'outlet')}" if named else "whose outlets are not named"
    news = f"{count(found.claims, 'claim')} in {count(found.reports, 'report')} {outlets}"
    yield f"{sentence(news)} became known ({span})."
    if not found.changes:
        yield "Nothing of it changed the record."
    else:
        yield from hands_words(hands(found), last)
        yield from _newly(found)
    yield from _gates(found)
    yield from _late(found)
    yield from _denied(found)
    yield from _state(found)
    yield from _taken(found)


def _newly(found: Period) -> Iterator[str]:
    """Holders new on record for these days, where no other is on record just before; the last of each place."""
    told: dict[str, tuple[str, str]] = {}
    for one in found.changes:
        now = one.noted.pair.after if one.noted.pair else None
        new = one.row.change in ("holder", "appeared") and not one.noted.changed_hands and in_period(one, found)
        if new and isinstance(now, HoldingRow) and now.holder_id:
            words = f"{name(one.row.place_name)} ({spell(now)})"
            told[one.row.place_id] = max(told.get(one.row.place_id, ("", "")), (one.noted.day or "", words))
    if told:
        shown = listed([words for _, words in told.values()])
        yield f"Also new on record, with no other holder known just before: {shown}."


def _gates(found: Period) -> Iterator[str]:
    """Which crossings closed and opened."""
    rows = [
        one.noted.pair.after for one in found.changes
        if one.row.direction is not None and one.noted.pair and in_period(one, found)
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
        told = [f"{name(one.row.place_name)} ({event_words(one)})" for one in found.changes if one.row.change == kind]
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
        yield f"{sentence(count(len(found.taken), 'claim'))} of earlier reports were taken back by their publishers."
    if found.reviews:
        people = listed(_unique(clean(one.by, limit=80) for one in found.reviews))
        yield f"{sentence(count(len(found.reviews), 'review'))} of the record by people: {people}."


def _unique(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(parts))


# ----------------------------------------------------------------------------------------------------- changes of hands


@dataclass(frozen=True, slots=True)
class Hands:
    """One place that changed hands in the days of a brief."""

    place: str
    steps: tuple[Change, ...]
    """Each time that it did, in order of time."""
    start: HoldingRow | None
    """Who held it on the day before, as known at the end."""
    end: HoldingRow | None
    """Who held it at the end."""

    @property
    def sure(self) -> bool:
        """Whether others than a gainer tell of it at least once."""
        return any(_now(one).status != "claimed" for one in self.steps)

    @property
    def came_back(self) -> bool:
        """Whether its holder at the end is the one it had before."""
        return _holder(self.start) is not None and _holder(self.start) == _holder(self.end)

    @property
    def by_own_word(self) -> bool:
        """Whether nobody but its holder at the end says that it holds the place."""
        return self.end is not None and self.end.status == "claimed"

    @property
    def last(self) -> Change | None:
        """The step by which its holder at the end came to hold it; None where no step tells of that."""
        return next((one for one in reversed(self.steps) if _now(one).holder_id == _holder(self.end)), None)


def hands(found: Period) -> list[Hands]:
    """The places that changed hands in the days of a brief, each with its holder before them and at their end."""
    steps: dict[str, list[Change]] = defaultdict(list)
    for one in found.changes:
        if one.noted.changed_hands and in_period(one, found):
            steps[one.row.place_id].append(one)
    made = []
    for place_id, many in steps.items():
        ordered = tuple(sorted(many, key=lambda one: (one.noted.day or "", one.row.change_id)))
        former, last = ordered[0].noted.former, _now(ordered[-1])
        start = found.began.get(place_id, former if isinstance(former, HoldingRow) else None)
        end = found.ended.get(place_id, None if last.until else last)
        made.append(Hands(name(ordered[0].row.place_name), ordered, start, end))
    return made


def in_period(one: Change, found: Period) -> bool:
    """Whether it is of one of the days of the brief, and no late report of earlier ones."""
    return one.noted.day is not None and found.asked.first <= one.noted.day <= found.asked.last


def hands_words(passed: Sequence[Hands], last: str) -> Iterator[str]:
    """Who gained and who lost over the days as a whole, and which places came back to the holder they had before.

    What a side alone says that it gained is told apart.
    """
    sure = [one for one in passed if one.sure]
    yield _how_many(sure, last)
    gained = [(one, step) for one in sure if not one.came_back and (step := one.last)]
    told = [pair for pair in gained if _now(pair[1]).status != "claimed"]
    yield from _gains(told, "gained")
    lost = [one for one, _ in told] + [one for one in sure if not one.came_back and one.last is None]
    yield from _losses(lost)
    alone = [(one, step) for one in passed if not one.came_back and (step := one.last)]
    yield from _gains([pair for pair in alone if _now(pair[1]).status == "claimed"], "alone says that it gained")
    yield from _between(passed, last)


def _how_many(sure: Sequence[Hands], last: str) -> str:
    """`2 places changed hands in these days, 3 times in all, ...; one of them came back to the holder of before`."""
    places, times, back = (
        len(sure),
        sum(len(one.steps) for one in sure),
        sum(one.came_back and not one.by_own_word for one in sure),
    )
    often = f", {times} times in all," if times > places else ""
    which = "it" if places == 1 else "all of them" if back == places else f"{'one' if back == 1 else back} of them"
    returned = f"; {which} came back to the holder of before" if back else ""
    return f"{_count_of(places)} changed hands in these days{often} as far as was known on {last}{returned}."


def _count_of(number: int) -> str:
    return "No place" if not number else "One place" if number == 1 else f"{number} places"


def _gains(gained: Sequence[tuple[Hands, Change]], verb: str) -> Iterator[str]:
    """Who gained what, the one that gained most first."""
    by_side: dict[str, list[tuple[Hands, Change]]] = defaultdict(list)
    for one, step in gained:
        by_side[name(_now(step).holder_name)].append((one, step))
    for who, many in sorted(by_side.items(), key=lambda item: (-len(item[1]), item[0])):
        ordered = sorted(many, key=lambda pair: (pair[1].noted.day or "", pair[0].place))
        told = [f"{one.place} ({_when(step)}, {percent(_now(step).probability)})" for one, step in ordered]
        yield f"{who} {verb} {len(many)}: {listed(told)}."


def _losses(lost: Sequence[Hands]) -> Iterator[str]:
    """How many places each side lost."""
    if lost:
        sides = Counter(name(one.start.holder_name if one.start else None) for one in lost)
        told = [f"{who} {number}" for who, number in sorted(sides.items(), key=lambda item: (-item[1], item[0]))]
        yield f"Lost, by who held before on the record or was presumed to: {listed(told)}."


def _between(passed: Sequence[Hands], last: str) -> Iterator[str]:
    """Places whose holder at the end is not told by their first change of hands alone."""
    back = [one for one in passed if one.came_back and not one.by_own_word]
    alone = [one for one in passed if one.came_back and one.by_own_word]
    other = [one for one in passed if not one.came_back and one.last is not None and len(one.steps) > 1]
    nobody = [one for one in passed if not one.came_back and one.last is None]
    for many, words in (
        (back, f"Taken and taken back within these days, held on {last} by the same as before them"),
        (alone, f"Taken, but on {last} held by the same as before, by its own word only"),
        (other, "Changed hands more than once"),
        (nobody, f"Changed hands, but on {last} held by nobody known, or by another of whom no report tells when"),
    ):
        if many:
            told = [f"{one.place} ({'; '.join(_step(step) for step in one.steps)})" for one in many]
            yield f"{words}: {listed(told)}."


def _step(one: Change) -> str:
    """`taken by the League 3 May 2031, > 99 %`, or as weak as it is."""
    now = _now(one)
    verb = {"claimed": "by its own word taken by", "contested": "contested, most likely with"}.get(
        now.status, "taken by"
    )
    return f"{verb} {name(now.holder_name)} {_when(one)}, {percent(now.probability)}"


def _when(one: Change) -> str:
    """The day, or that by which it had happened."""
    return day(one.noted.day) if _now(one).from_ else f"by {day(one.noted.day)}"


def _holder(row: HoldingRow | None) -> str | None:
    return row.holder_id if row else None


def _now(one: Change) -> HoldingRow:
    now = one.noted.pair.after if one.noted.pair else None
    assert isinstance(now, HoldingRow)
    return now
