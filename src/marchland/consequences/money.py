"""What passed to another holder: the figures of claimants, times the days.

Claimants who contradict one another are never added. The best is a figure that somebody gives: the median of the
claimants, and of an even number the lower of the middle two. Low and high are their range times the range of days.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from statistics import median_low

from marchland.consequences.once import in_unit, rate, units
from marchland.consequences.records import Estimate, Figure, Range, Tenure, Told, Total, Unused
from marchland.consequences.settings import REVENUE, Settings
from marchland.consequences.tenures import HELD, MISSED, SameSide
from marchland.events.told import ordinal

COUNTED = frozenset({REVENUE, "value", "traffic"})
ALONE = "one claimant only: the range is that of the days alone"
_PASSES = {"people": "travellers", "aid-trucks": "aid"}


@dataclass(frozen=True, slots=True)
class Money:
    """Estimates, their totals, and the figures that do not count."""

    estimates: tuple[Estimate, ...]
    totals: tuple[Total, ...]
    unused: tuple[Unused, ...]


@dataclass(frozen=True, slots=True)
class _Joint:
    """One side's tenure of one crossing, or of several at once."""

    places: tuple[str, ...]
    tenures: tuple[Tenure, ...]

    @property
    def change(self) -> int | None:
        """Latest day of the change, as ordinal: of several crossings, of the last to change."""
        days = [ordinal(one.latest) or ordinal(one.since) for one in self.tenures]
        return max((day for day in days if day is not None), default=None)

    def days(self, name: str) -> Range:
        """Days on which all of them are held, or held and passing: of several, the least of each day."""
        daily = zip(*(one.weights for one in self.tenures), strict=True)
        return reduce(Range.__add__, (_least([day[name] for day in each]) for each in daily), Range())


def _least(found: Sequence[Range]) -> Range:
    return Range(min(one.low for one in found), min(one.best for one in found), min(one.high for one in found))


def money(
    tenures: Sequence[Tenure], told: Sequence[Told], settings: Settings, same_side: SameSide,
    countries: Mapping[str, str],
) -> Money:  # fmt: skip
    """Estimates for every crossing that passed to another holder; `countries` gives the country of each."""
    by_place: dict[str, list[Tenure]] = defaultdict(list)
    for one in tenures:
        by_place[one.place_id].append(one)
    raw: list[Estimate] = []
    unused: list[Unused] = []
    for places, found in sorted(_by_scope(told).items()):
        joints = list(_joints(places, by_place, same_side))
        if not joints:
            continue
        for joint in joints:
            found_here, left = _estimates(joint, found, told, settings, countries)
            raw += found_here
            unused += left
    estimates = tuple(_warned(one, raw, settings) for one in raw)
    used = {one for estimate in estimates for one in estimate.figures}
    kept = {one.figure.figure_id: one for one in unused if one.figure.figure_id not in used}
    return Money(
        estimates,
        tuple(_totals(estimates, tenures, same_side, countries)),
        tuple(kept[key] for key in sorted(kept)),
    )


def _by_scope(told: Sequence[Told]) -> dict[tuple[str, ...], list[Told]]:
    scopes: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for one in told:
        if one.figure.places:
            scopes[one.figure.places].append(one)
    return scopes


def _joints(places: tuple[str, ...], found: Mapping[str, list[Tenure]], same_side: SameSide) -> Iterator[_Joint]:
    """Tenures of one crossing; of several together, for each tenure of the first those of the same side."""
    for first in found.get(places[0], ()):
        others = [
            next((one for one in found.get(place, ()) if same_side(one.holder_id, first.holder_id)), None)
            for place in places[1:]
        ]
        if all(others):
            yield _Joint(places, (first, *(one for one in others if one)))


# ----------------------------------------------------------------------------------------------------------- estimates


def _estimates(
    joint: _Joint, found: Sequence[Told], every: Sequence[Told], settings: Settings, countries: Mapping[str, str]
) -> tuple[list[Estimate], list[Unused]]:
    unused, usable = [], defaultdict[tuple[str, str], list[Figure]](list)
    for told in found:
        why = unfit(told.figure, joint.change, settings)
        if why:
            unused.append(Unused(told.figure, why))
            continue
        for unit in units([told]):
            figure = in_unit(told, unit)
            if figure is not None:
                usable[told.figure.measure, unit].append(figure)
    for key, figures in usable.items():
        usable[key], older = _newest(figures)
        unused += [Unused(one, "older than another of the same claimant") for one in older]
    made = [
        _estimate(joint, measure, unit, figures, _ceiling(measure, unit, joint, every, settings, countries), settings)
        for (measure, unit), figures in sorted(usable.items())
    ]
    return made, unused


def _newest(figures: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Of each claimant the figure for the latest days, and the rest."""
    claimants: dict[str, list[Figure]] = defaultdict(list)
    for one in figures:
        claimants[one.claimant.casefold()].append(one)
    for found in claimants.values():
        found.sort(key=lambda one: (str(one.last or one.reported_last), one.figure_id), reverse=True)
    return [found[0] for found in claimants.values()], [one for found in claimants.values() for one in found[1:]]


def unfit(figure: Figure, change: int | None, settings: Settings) -> str:
    """Why a figure does not count for a change on that day; empty where it does."""
    kind = settings.measures[figure.measure].kind
    if kind not in COUNTED:
        return {"share": "a share, of what is not on record"}.get(
            kind, "taken on the far side, whoever holds the near one"
        )
    if rate(figure, settings) is None:
        return "the period that it is for is not stated"
    first, last = figure.first or figure.reported_first, figure.last or figure.reported_last
    if first is None or last is None:
        return "no day told, so it cannot be set before or after the change"
    if change is None:
        return "the day of the change is not on record"
    day = dt.date.fromordinal(change)
    if (first - day).days > (0 if figure.first else settings.after_days):
        return f"speaks of the time after the change of {day.isoformat()}"
    if (day - last).days > settings.most_age_days:
        return f"{(day - last).days // 365} years older than the change of {day.isoformat()}"
    return ""


def _ceiling(
    measure: str, unit: str, joint: _Joint, every: Sequence[Told], settings: Settings, countries: Mapping[str, str]
) -> Figure | None:
    """The largest figure that anybody gives for the whole country in the same years."""
    country = countries.get(joint.places[0], "")
    found = []
    for told in every:
        figure = in_unit(told, unit)
        if figure and figure.country == country and country and figure.measure == measure:
            day = figure.last or figure.reported_last
            if day and joint.change and abs(joint.change - day.toordinal()) <= settings.most_age_days:
                found.append(figure)
    return max(found, key=lambda one: (_rate(one, settings).high, one.figure_id), default=None)


def _rate(figure: Figure, settings: Settings) -> Range:
    return rate(figure, settings) or Range()


def _estimate(
    joint: _Joint, measure: str, unit: str, figures: Sequence[Figure], ceiling: Figure | None, settings: Settings
) -> Estimate:
    rates = {one.figure_id: _rate(one, settings) for one in figures}
    most = _rate(ceiling, settings).high if ceiling else float("inf")
    doubted = [one for one in figures if rates[one.figure_id].best > most]
    believed = [one for one in figures if one not in doubted] or list(figures)
    daily = Range(
        min(rates[one.figure_id].low for one in believed),
        median_low(sorted(rates[one.figure_id].best for one in believed)),
        max(one.high for one in rates.values()),
    )
    head = joint.tenures[0]
    best = [one.best for one in rates.values()]
    factor = max(best) / min(best) if min(best) > 0 else 1.0
    return Estimate(
        places=joint.places, measure=measure, unit=unit, holder_id=head.holder_id, holder_name=head.holder_name,
        former_name=_former(joint), since=max((one.since for one in joint.tenures if one.since), default=None),
        back=any(one.back for one in joint.tenures), rate=daily,
        open_high=any(one.bound == "at-least" for one in figures), days=joint.days(HELD),
        lost=daily.times(joint.days(MISSED)) if settings.measures[measure].kind == REVENUE else None,
        open=daily.times(joint.days(passes(measure))), figures=tuple(sorted(rates)), contradiction=round(factor, 2),
        notes=tuple(_notes(joint, measure, figures, doubted, ceiling, factor, settings)),
    )  # fmt: skip


def _warned(estimate: Estimate, every: Sequence[Estimate], settings: Settings) -> Estimate:
    """One told in two currencies looks surer in the one in which nobody contradicts it: then it says so."""
    for one in every:
        same = (one.places, one.measure, one.holder_id) == (estimate.places, estimate.measure, estimate.holder_id)
        if same and one.unit != estimate.unit and one.contradiction > settings.contradiction >= estimate.contradiction:
            note = f"in {one.unit} claimants contradict one another by a factor of {one.contradiction:.1f}"
            return replace(estimate, notes=(*estimate.notes, note))
    return estimate


def passes(measure: str) -> str:
    """The kind of traffic that a measure goes by."""
    return _PASSES.get(measure, "trade")


def _former(joint: _Joint) -> str:
    return " / ".join(dict.fromkeys(one.former_name for one in joint.tenures))


def _notes(
    joint: _Joint, measure: str, figures: Sequence[Figure], doubted: Sequence[Figure], ceiling: Figure | None,
    factor: float, settings: Settings,
) -> Iterator[str]:  # fmt: skip
    yield ("assumes that the rate told for the time before the change would have gone on, and that nothing moved to "
               "other crossings")  # fmt: skip
    gone = joint.tenures[0]
    if gone.former_until:
        yield f"{gone.former_name} ended on {gone.former_until}: days after it are no loss of it"
    if len(joint.places) > 1:
        yield "one figure for several crossings: counted on days on which all of them are held by the new holder"
    if len(figures) == 1:
        yield ALONE
    for one in doubted:
        if ceiling and len(doubted) < len(figures):
            yield (f"{one.claimant} gives more than {ceiling.claimant} gives for the whole country: "
                   "counts in the high only")  # fmt: skip
    if factor > settings.contradiction:
        yield f"claimants contradict one another by a factor of {factor:.1f}"
    if settings.measures[measure].kind == "traffic":
        yield "a count of traffic: not a loss of either side"


# -------------------------------------------------------------------------------------------------------------- totals


def _sum(found: Sequence[Range | None]) -> Range | None:
    known = [one for one in found if one is not None]
    return reduce(Range.__add__, known) if known else None


def _totals(
    estimates: Sequence[Estimate], tenures: Sequence[Tenure], same_side: SameSide, countries: Mapping[str, str]
) -> Iterator[Total]:
    """By country, new holder, measure and unit; of estimates that overlap, the ones for fewer crossings count."""
    groups: dict[tuple[str, str, str, str, bool], list[Estimate]] = defaultdict(list)
    heads: list[str] = []
    for one in sorted(estimates, key=lambda each: (len(each.places), each.places, each.holder_id)):
        side = next((head for head in heads if same_side(head, one.holder_id)), one.holder_id)
        heads.append(side)
        group = groups[countries.get(one.places[0], ""), side, one.measure, one.unit, one.back]
        if not any(set(one.places) & set(other.places) and one.places != other.places for other in group):
            group.append(one)
    for (country, side, measure, unit, back), group in sorted(groups.items()):
        places = tuple(sorted({place for one in group for place in one.places}))
        passed = {
            one.place_id for one in tenures
            if one.back == back and countries.get(one.place_id, "") == country and same_side(side, one.holder_id)
        }  # fmt: skip
        yield Total(
            side, group[0].holder_name, country, measure, unit, back,
            _sum([one.lost for one in group]), reduce(Range.__add__, (one.open for one in group)),
            places, tuple(sorted(passed - set(places))), any(one.open_high for one in group),
        )  # fmt: skip
