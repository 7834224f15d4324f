"""Consequences for people: what passed to another holder, who crossed, what is open; and the whole of it as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from marchland.consequences.money import ALONE
from marchland.consequences.records import (
    Consequences,
    Estimate,
    Figure,
    Flow,
    Lane,
    Movement,
    Post,
    Range,
    Route,
    Total,
)
from marchland.consequences.rows import figures_of
from marchland.consequences.settings import Settings
from marchland.views.paper import Block, Line, Table
from marchland.views.terminal import presumed, when_words
from marchland.views.words import clean, count, day, escaped

_MOST_UNUSED = 12
_TWICE, _UNUSED = "told more than once, counted once", "figures that do not count"
LEFT_OUT = (_TWICE, _UNUSED)
"""Titles of the tables that say what does not count."""
TWICE = "told more than once, counted once"
"""Title of the table of figures that are told again."""
_EVENTS = {"flees_across": "crossed the border", "surrenders": "gave themselves up", "displaces": "were driven out"}


def view(found: Consequences, settings: Settings) -> Iterator[Block]:
    """All of it as lines and tables."""
    names = dict(found.names)
    yield from _head(found)
    yield from _changes(found, names)
    yield from _money(found, settings, names)
    yield from _figures(found, settings, names)
    yield from _people(found)
    yield from _routes(found)


def _head(found: Consequences) -> Iterator[Block]:
    known = f", as known on {day(found.known_at)}" if found.known_at else ""
    span = when_words(found.period.first.isoformat(), found.period.last.isoformat())
    yield Line(f"consequences, {span}{known}", "bold")
    if found.asked.last > found.period.last:
        yield Line(f"counted to {day(found.period.last.isoformat())}: nothing is known of later days", "yellow")


# --------------------------------------------------------------------------------------------------------------- money


def _changes(found: Consequences, names: Mapping[str, str]) -> Iterator[Block]:
    yield Line()
    if not found.tenures:
        yield Line("no crossing on record was held by another holder than before")
        return
    rows = tuple(
        (names.get(one.place_id, one.place_id), one.holder_name, one.former_name,
         _since(one.since, one.earliest, one.latest) + (" (held before)" if one.back else ""), one.status,
         spread(one.days), spread(dict(one.passing)["trade"]))
        for one in found.tenures
    )  # fmt: skip
    headers = ("crossing", "held by", "before", "since", "status", "days held", "days passing")
    yield Table(headers, rows, "held by another than before", right=frozenset({"days held", "days passing"}),
                styles=(("crossing", "bold"), ("status", "cyan")), spare=("status", "before"))  # fmt: skip


def _since(best: str | None, early: str | None, late: str | None) -> str:
    spread_of = f" ({when_words(early, late)})" if early and late and early != late else ""
    return day(best, none="before the record") + spread_of


def _money(found: Consequences, settings: Settings, names: Mapping[str, str]) -> Iterator[Block]:
    if not found.estimates:
        if found.tenures:
            yield Line("no figure counts for any of them: no claimant, of the time before the change, with a period")
        return
    figures = figures_of(found)
    yield Line()
    rows = tuple(_estimate(one, settings, names, figures) for one in found.estimates)
    headers = ("crossing", "what", "a day, before", "missed by former holder", "open to new holder", "who says so")
    yield Table(headers, rows, "what passed with them: best (low to high)", styles=(("crossing", "bold"),),
                right=frozenset({"a day, before"}), wide="who says so")  # fmt: skip
    notes = dict.fromkeys(note for one in found.estimates for note in one.notes)
    if notes.pop(ALONE, "") is None:
        yield Line("note: where one claimant stands alone, the range is that of the days only", "dim")
    for note in notes:
        about = [one for one in found.estimates if note in one.notes]
        whose = "" if len(about) == len(found.estimates) else _whose(about, settings, names) + ": "
        yield Line(f"note: {whose}{note}", "dim")
    yield from _totals(found, settings, names)


def _whose(about: Sequence[Estimate], settings: Settings, names: Mapping[str, str]) -> str:
    return "; ".join(f"{_joint(one.places, names)}, {_what(one.measure, one.unit, settings)}" for one in about)


def _what(measure: str, unit: str, settings: Settings) -> str:
    return settings.words(measure) + (f" in {unit}" if settings.is_money(measure) else "")


def _estimate(
    one: Estimate, settings: Settings, names: Mapping[str, str], figures: Mapping[str, Figure]
) -> tuple[str, ...]:
    says = "; ".join(_quoted(figures[figure]) for figure in one.figures)
    return (_joint(one.places, names), _what(one.measure, one.unit, settings), spread(one.rate, more=one.open_high),
            _missed(one), spread(one.open, more=one.open_high), says)  # fmt: skip


def _missed(one: Estimate | Total) -> str:
    return spread(one.lost, more=one.open_high) if one.lost is not None else ""


def _joint(places: Sequence[str], names: Mapping[str, str]) -> str:
    return " + ".join(names.get(place, place) for place in places)


def _quoted(one: Figure) -> str:
    """`TOLOnews, 9 Jul 2021: at least 20M USD a month`."""
    note = f" ({clean(one.note, limit=160)})" if one.note else ""
    return f"{clean(one.claimant, limit=120)}, {printed(one)}: {told_words(one)}{note}"


def printed(one: Figure) -> str:
    """Where and when it was printed: day, month or year, as far as is known."""
    first, last = one.reported_first, one.reported_last
    when = "no day" if first is None or last is None else day(first.isoformat())
    if first and last and first != last:
        when = str(first.year) if (last - first).days > 31 else day(first.isoformat()).split(" ", 1)[1]
    return f"{clean(one.publisher, limit=60)} {when}".strip()


def told_words(one: Figure) -> str:
    """`at least 1.5bn AFN a month`, as the claimant has it."""
    bound = {"at-least": "at least ", "at-most": "at most ", "about": "about "}.get(one.bound, "")
    low, high = one.amount.low, one.amount.high
    amount = short(one.amount.best) if low == high else f"{short(low)} to {short(high)}"
    over = {"total": f" in {when_words(str(one.first), str(one.last))}", "unstated": ", period not stated"}
    return f"{bound}{amount} {one.unit}{over.get(one.per, f' a {one.per}')}"


def _totals(found: Consequences, settings: Settings, names: Mapping[str, str]) -> Iterator[Block]:
    several = [one for one in found.totals if len(one.places) > 1]
    if not several:
        return
    yield Line()
    rows = tuple(_total(one, settings, names) for one in several)
    headers = ("new holder", "country", "what", "missed by former holder", "open to new holder", "of", "no figure for")
    yield Table(headers, rows, "added up, each figure once", styles=(("new holder", "bold"),), wide="no figure for")
    if len({one.unit for one in several if settings.is_money(one.measure)}) > 1:
        yield Line("note: one figure told in two currencies is in the total of each: never add totals", "dim")


def _total(one: Total, settings: Settings, names: Mapping[str, str]) -> tuple[str, ...]:
    what = _what(one.measure, one.unit, settings) + (", taken back" if one.back else "")
    missing = ", ".join(names.get(place, place) for place in one.missing)
    return (one.holder_name, one.country, what, _missed(one), spread(one.open, more=one.open_high),
            count(len(one.places), "crossing"), missing)  # fmt: skip


def _figures(found: Consequences, settings: Settings, names: Mapping[str, str]) -> Iterator[Block]:
    if found.whole:
        yield Line()
        rows = tuple(
            (told.figure.country, settings.words(told.figure.measure), told_words(told.figure),
             clean(told.figure.claimant, limit=120), printed(told.figure), told.figure.note)
            for told in found.whole
        )  # fmt: skip
        headers = ("country", "what", "told", "by", "printed", "note")
        yield Table(
            headers, rows, "told of the whole country: to set beside, never added", wide="note", spare=("note",)
        )
    again = [(one, other, why) for one in (*found.told, *found.whole) for other, why in one.again]
    if again:
        yield Line()
        twice = tuple((other.figure_id, told_words(other), printed(other), one.figure.figure_id, why)
                      for one, other, why in again)  # fmt: skip
        yield Table(
            ("figure", "told", "printed", "counted as", "why"),
            twice,
            TWICE,
            spare=("told", "printed"),
        )
    if found.unused:
        yield Line()
        shown = found.unused[:_MOST_UNUSED]
        left = tuple((_joint(one.figure.places, names), _quoted(one.figure), one.why) for one in shown)
        yield Table(("crossing", "figure", "why"), left, _UNUSED, wide="figure")
        if len(found.unused) > len(shown):
            yield Line(f"and {len(found.unused) - len(shown)} more: --json has all")


# -------------------------------------------------------------------------------------------------------------- people


def _people(found: Consequences) -> Iterator[Block]:
    yield Line()
    counted = [one for one in found.movements if one.flows]
    if counted:
        rows = tuple(_movement(one) for one in counted)
        headers = ("what", "where", "who", "best (low to high)", "when", "witnesses", "counts as told")
        yield Table(headers, rows, "people who crossed or gave up", styles=(("what", "cyan"), ("where", "bold")),
                    right=frozenset({"witnesses"}), wide="counts as told")  # fmt: skip
        for note in dict.fromkeys(note for one in counted for note in one.notes):
            yield Line(f"note: {note}", "dim")
    else:
        yield Line("no report counts people who crossed or gave up in these days")
    for event, words in _EVENTS.items():
        loose = [one for one in found.movements if one.uncounted and one.event == event]
        if loose:
            told = ", ".join(
                _where(one) + (f" ({number})" if (number := len(one.uncounted)) > 1 else "") for one in loose
            )
            yield Line(f"{words}, told without a number: {told}")
    denied = [one for one in found.movements if one.denied]
    if denied:
        yield Line("denied: " + "; ".join(f"{_EVENTS[one.event]}: {_where(one)}" for one in denied), "red")
    if found.undated:
        yield Line(f"{count(len(found.undated), 'count')} of people with no day told, in no period: "
                   + ", ".join(one[:8] for one in found.undated))  # fmt: skip


def _movement(one: Movement) -> tuple[str, ...]:
    firsts, lasts = [flow.first for flow in one.flows], [flow.last for flow in one.flows]
    first = None if None in firsts else min(first for first in firsts if first)
    told = "; ".join(_flow(flow) for flow in one.flows)
    return (_EVENTS[one.event], _where(one), one.kind or "not told", spread(one.amount, more=one.open_high),
            when_words(first, max(lasts)), str(one.witnesses), told)  # fmt: skip


def _where(one: Movement) -> str:
    return f"into {one.name}" if one.where.startswith("iso:") else clean(one.name, limit=80)


def _flow(flow: Flow) -> str:
    words = " / ".join(f"“{clean(one.words, limit=60)}” {clean(one.who, limit=80)}" for one in flow.counts)
    part = {"total": ", a total", "part": ", in a total"}.get(flow.part_of, "")
    return f"{when_words(flow.first, flow.last)}: {words}{part}"


# -------------------------------------------------------------------------------------------------------------- routes


def _routes(found: Consequences) -> Iterator[Block]:
    yield Line()
    if not found.routes and not found.nearest:
        yield Line("no crossing on record here")
        return
    if found.routes:
        rows = tuple(row for one in found.routes for row in _route(one))
        headers = ("crossing", "posts", "for", "state", "since", "last told", "days in the period", "changes")
        yield Table(headers, rows, f"crossings on {day(found.period.last.isoformat())}",
                    styles=(("crossing", "bold"), ("state", "cyan")), whole=frozenset({"since", "last told"}),
                    spare=("changes", "days in the period"))  # fmt: skip
        if any(state == "doubtful" and days for one in found.routes for lane in one.lanes for state, days in lane.days):
            yield Line("note: doubtful: the last state told, which nobody has repeated for two weeks", "dim")
    if found.nearest:
        yield Line()
        rows = tuple((one.name, f"{one.km:.0f}", _posts(one), _aid(one)) for one in found.nearest)
        title = f"from {clean(found.near, limit=80)}, in a straight line: open for aid first, closed last"
        yield Table(("crossing", "km", "posts", "aid"), rows, title, right=frozenset({"km"}))


def _route(one: Route) -> Iterator[tuple[str, ...]]:
    """One row where travellers, trade and aid fare alike, else one for each."""
    groups: dict[tuple[object, ...], list[Lane]] = {}
    for lane in one.lanes:
        groups.setdefault((lane.state, lane.since, lane.told, lane.days, lane.changes), []).append(lane)
    for index, lanes in enumerate(groups.values()):
        lane = lanes[0]
        who = "all" if len(lanes) == len(one.lanes) else ", ".join(each.traffic for each in lanes)
        days = ", ".join(f"{state} {number}" for state, number in lane.days if number)
        changes = ", ".join(f"{day(date)} {state}" for date, state in lane.changes)
        head = (one.name, _posts(one)) if index == 0 else ("", "")
        yield (*head, who, _state(lane), day(lane.since, none=""), day(lane.told, none=""), days, changes)


def _aid(one: Route) -> str:
    lane = next(each for each in one.lanes if each.traffic == "aid")
    return _state(lane) + (f", last told {day(lane.told)}" if lane.told else "")


def _state(lane: Lane) -> str:
    return lane.state + (" (doubtful)" if lane.doubtful else "")


def _posts(one: Route) -> str:
    return " | ".join(f"{clean(post.name, limit=60)}: {_holder(post)}" for post in one.posts)


def _holder(post: Post) -> str:
    if post.holder is None:
        return "unknown" + (", the last holder on record is gone" if post.status == "ended" else "")
    if post.status == "assumed":
        return presumed(None, post.holder)
    return post.holder + ("" if post.status == "held" else f" ({post.status})")


# ------------------------------------------------------------------------------------------------------------- numbers


def short(number: float) -> str:
    """`1.5bn`, `20M`, `43.2M`, `657k`, `1,587`, `0`: three digits that count, and what is below a million whole."""
    for size, letter in ((1e12, "tn"), (1e9, "bn"), (1e6, "M")):
        if number >= size * 0.9995:
            return f"{_three_digits(number / size)}{letter}"
    if number >= 1e5:
        return f"{number / 1e3:.0f}k"
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}".removesuffix(".0")


def _three_digits(value: float) -> str:
    text = f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spread(amount: Range, *, more: bool = False) -> str:
    """`67.4M (48.7M to 328M)`; with `more`, a high that is no limit: `to 328M or more`."""
    low, best, high = (short(one) for one in (amount.low, amount.best, amount.high))
    if low == high:
        return best + (" or more" if more and amount.high else "")
    return f"{best} ({low} to {high}{' or more' if more else ''})"


# ---------------------------------------------------------------------------------------------------------------- json


def as_json(found: Consequences) -> str:
    """Everything, with every row that it was made from: figures, spells, states and claims with their ids."""
    plain = msgspec.to_builtins(found)
    for one in plain["tenures"]:
        del one["weights"]
    return escaped(json.dumps(plain, ensure_ascii=False, sort_keys=False)) + "\n"


def told_skips(name: str, skipped: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What of a user's file was left out: the first few lines, and how many in all."""
    listed = list(skipped)
    for where, why in listed[:20]:
        yield f"skipped {where}: {clean(why, limit=200)}"
    if len(listed) > 20:
        yield f"and {len(listed) - 20} more"
    if listed:
        yield f"{name}: {count(len(listed), 'row')} skipped"
