"""On how many days of a period a crossing was held by another holder than before.

The ledger gives for each change the most probable day, the earliest and the latest, and for each spell a probability.
Each day of the period therefore has three weights: low (held beyond doubt), best (the probability of the spell that
covers it) and high (it may have been held). Weights belong to days, so two halves of a period add up to the whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from marchland.consequences.lanes import TRAFFIC, Passage, share_on
from marchland.consequences.records import Period, Range, Tenure
from marchland.consequences.settings import Settings
from marchland.events.told import iso, ordinal
from marchland.ledger.ended import Ended, never
from marchland.records import HoldingRow

SameSide = Callable[[str, str], bool]
HELD, MISSED = "held", "missed"
_EVER = 10**7


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One spell with its ends as ordinals; each end as earliest, most probable and latest day."""

    row: HoldingRow
    begin: tuple[int, int, int]
    end: tuple[int, int, int]


def tenures(
    rows: Sequence[HoldingRow], passage: Passage, period: Period, settings: Settings, same_side: SameSide,
    ended: Ended = never,
) -> tuple[Tenure, ...]:  # fmt: skip
    """The holders of one crossing in the period who took it from another, in order of time."""
    stretches = _stretches(rows)
    runs: list[list[_Stretch]] = []
    for one in stretches:
        if not one.row.holder_id:
            continue
        if runs and same_side(runs[-1][0].row.holder_id or "", one.row.holder_id):
            runs[-1].append(one)
        else:
            runs.append([one])
    made = []
    for index in range(1, len(runs)):
        earlier = [run[0].row.holder_id or "" for run in runs[:index]]
        back = any(same_side(one, runs[index][0].row.holder_id or "") for one in earlier)
        former = runs[index - 1][-1].row
        tenure = _tenure(runs[index], former, ended(former.holder_id or ""), passage, period, settings, back=back)
        if tenure.days.high > 0:
            made.append(tenure)
    return tuple(made)


def _stretches(rows: Sequence[HoldingRow]) -> list[_Stretch]:
    listed = sorted(
        set(rows), key=lambda one: (one.from_ or one.from_latest or "", one.until or "9999", one.holding_id)
    )
    begins = [_begin(row, first=index == 0) for index, row in enumerate(listed)]
    made = []
    for index, row in enumerate(listed):
        until = ordinal(row.until)
        end = (_EVER,) * 3 if until is None else (until,) * 3
        if until is not None and index + 1 < len(listed):
            early, _, late = begins[index + 1]
            end = (min(early, until), until, max(late, until))
        made.append(_Stretch(row, begins[index], end))
    return made


def _begin(row: HoldingRow, *, first: bool) -> tuple[int, int, int]:
    best = ordinal(row.from_) or ordinal(row.from_latest)
    if best is None:
        return (-_EVER,) * 3 if first else (_EVER,) * 3
    early, late = ordinal(row.from_earliest), ordinal(row.from_latest)
    return (min(early if early is not None else best, best), best, max(late if late is not None else best, best))


def _tenure(
    run: Sequence[_Stretch], former: HoldingRow, gone: dt.date | None, passage: Passage, period: Period,
    settings: Settings, *, back: bool,
) -> Tenure:  # fmt: skip
    lasts = gone.toordinal() if gone else _EVER
    weights = tuple(_day(run, passage, day, settings, lasts=day <= lasts) for day in period.days)
    head = run[0]
    early, best, late = head.begin
    touched = [one.row for one in run if any(_held([one], day, settings).high for day in period.days)]
    return Tenure(
        place_id=head.row.place_id,
        holder_id=head.row.holder_id or "",
        holder_name=head.row.holder_name or "",
        former_id=former.holder_id or "",
        former_name=former.holder_name or "",
        former_until=gone.isoformat() if gone and gone <= period.last else None,
        back=back,
        since=_iso(best),
        earliest=_iso(early),
        latest=_iso(late),
        status=touched[-1].status if touched else head.row.status,
        days=_sum(weights, HELD),
        passing=tuple((name, _sum(weights, name)) for name in TRAFFIC),
        holdings=tuple(one.row.holding_id for one in run),
        claims=tuple(sorted({claim for one in run for claim in one.row.claims})),
        weights=weights,
    )


def _iso(day: int) -> str | None:
    return iso(day) if 0 < day < _EVER else None


def _day(
    run: Sequence[_Stretch], passage: Passage, day: int, settings: Settings, *, lasts: bool
) -> Mapping[str, Range]:
    held = _held(run, day, settings)
    if held.high == 0:
        return dict.fromkeys((HELD, MISSED, *TRAFFIC), held)
    return {
        HELD: held,
        MISSED: held if lasts else Range(),
        **{name: held.times(share_on(passage, name, day, settings)) for name in TRAFFIC},
    }


def _held(run: Sequence[_Stretch], day: int, settings: Settings) -> Range:
    total = reduce(Range.__add__, (_one(stretch, day, settings) for stretch in run), Range())
    return Range(min(total.low, 1.0), min(total.best, 1.0), min(total.high, 1.0))


def _one(stretch: _Stretch, day: int, settings: Settings) -> Range:
    """Low where it is held beyond doubt, best where the spell covers the day, high where it may."""
    row, begin, end = stretch.row, stretch.begin, stretch.end
    firm = row.status == "held" and row.probability >= settings.sure
    low = row.probability if firm and begin[2] <= day < end[0] else 0.0
    best = row.probability if begin[1] <= day < end[1] else 0.0
    return Range(low, best, 1.0 if begin[0] <= day < end[2] else 0.0)


def _sum(weights: Sequence[Mapping[str, Range]], name: str) -> Range:
    return reduce(Range.__add__, (one[name] for one in weights), Range())
