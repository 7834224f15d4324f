"""One place worked out: its holdings, how likely each was on any day, and how silence ends the last of them.

A pure function of the claims on the place, the rules and what is known around it. The days after the last news need
no new work: the chain is run far beyond them once, and read on the day asked.
"""

from __future__ import annotations

import datetime as dt
import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from marchland.events.told import iso, ordinal
from marchland.ledger.around import NOTHING, Around
from marchland.ledger.chain import LEAD_DAYS, Posterior, posterior
from marchland.ledger.fuse import Fused, Rules, fuse, row_of
from marchland.ledger.rates import awaited
from marchland.ledger.spells import Spell, spells
from marchland.records import ClaimRow, HoldingRow, content_id

SETTLED = 7
"""Days after the last evidence from which no report of it is still to be expected: as long as `freshness.lag`."""
FADED = 9.0
"""Half-lives of the place after which more silence changes nothing."""
LASTS = "~"
"""In place of a day: later than all of them."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One holding, with the days (ordinals) on which somebody told of it."""

    row: HoldingRow
    told: tuple[int, ...]
    denials: int = 0
    """Witnesses who deny it."""
    against: int = 0
    """Other witnesses against it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """From this day on silence makes another state the likeliest; its label is empty for nobody known."""

    day: int
    label: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """Who held one place over time. It stands for a range of days up to which silence counts, both included."""

    silent: tuple[str, str]
    states: tuple[str, ...]
    """Sides and conditions; the last, an empty string, is "nobody known". None at all where nothing is told."""
    times: NDArray[np.int64]
    """Half days since day 0 of the calendar: the end of day d is 2d + 2."""
    share: NDArray[np.float32]
    """Probability by time and state."""
    rows: tuple[Assessed, ...]
    turns: tuple[Turn, ...]

    @property
    def first(self) -> int | None:
        """The first day (ordinal) that anything is told of; None where nothing is."""
        return int(self.times[0]) // 2 + LEAD_DAYS if len(self.times) else None

    def probability(self, label: str, day: float) -> float:
        """Of one state at the end of a day; between two points of the grid on the line that joins them."""
        if label not in self.states:
            return 0.0
        return float(np.interp(2 * day + 2, self.times, self.share[:, self.states.index(label)]))


def assess(rows: Sequence[ClaimRow], rules: Rules, until: dt.date, around: Around = NOTHING) -> Assessment:
    """Work out one place from its claims; `until` is the day to which silence counts.

    The assessment stands for every day up to the last of the evidence; or for every day from a week after it, and after
    what changed around the place, on; or else for that day alone, for reports may still come.
    """
    fused = fuse(rows, rules, around=around)
    if fused is None:
        return Assessment(("", LASTS), (), np.zeros(0, np.int64), np.zeros((0, 0), np.float32), (), ())
    end, day = fused.days[1], until.toordinal()
    calm = max((end, *(hazard.last_day for hazard in fused.evidence.around.hazards))) + SETTLED
    settled = day >= calm
    near = end if day <= end else calm if settled else day
    if near > end:
        reach = (near + round(FADED * rules.weights.half_life_of(fused.place.kind)),) if settled else ()
        found = posterior(fused.evidence, rules.weights, fused.place.kind, (*fused.days[:2], near, *reach))
        fused = replace(fused, posterior=found, days=(*fused.days[:2], near))
    silent = ("", iso(end)) if near == end else (iso(near), LASTS if settled else iso(near))
    shown = replace(fused, posterior=_cut(fused.posterior, 2 * near + 2) if settled else fused.posterior)
    made = tuple(_assessed(shown, spell) for spell in spells(shown.evidence, shown.posterior, rules.weights))
    found = fused.posterior
    bare = Assessment(
        (silent[0] or "", silent[1] or ""), found.states, found.times, found.share.astype(np.float32), made, ()
    )
    return replace(bare, turns=tuple(_turns(bare, near, rules))) if settled and made else bare


def _assessed(fused: Fused, spell: Spell) -> Assessed:
    told = {one.last for piece in spell.pieces for one in piece.witness.rows if one.last is not None}
    against = {piece.witness.claims: piece.witness.best.row.stance for piece in spell.against}
    denials = sum(stance == "denies" for stance in against.values())
    return Assessed(row_of(fused, spell), tuple(sorted(told)), denials, len(against) - denials)


def _cut(found: Posterior, last: int) -> Posterior:
    """The posterior up to a time of its grid."""
    count = int(np.searchsorted(found.times, last, side="right"))
    if count >= len(found.times):
        return found
    arrays: dict[str, Any] = {one.name: getattr(found, one.name) for one in fields(found)}
    shorter = {name: value[:count] for name, value in arrays.items() if isinstance(value, np.ndarray)}
    return Posterior(**{**arrays, **shorter})


def _turns(made: Assessment, first: int, rules: Rules) -> Iterator[Turn]:
    """The days from which another state is the likeliest, with nothing heard after day `first`."""
    before, passed = label_of(made.rows[-1].row, made.states), first
    for day in sorted({int(time) // 2 - 1 for time in made.times if time // 2 - 1 > first}):
        while _leading(made, day, rules) != before:
            low, high = passed + 1, day
            while low < high:  # the first day on which another state leads
                middle = (low + high) // 2
                low, high = (middle + 1, high) if _leading(made, middle, rules) == before else (low, middle)
            before, passed = _leading(made, low, rules), low
            yield Turn(low, before)
        passed = day


def _leading(made: Assessment, day: int, rules: Rules) -> str:
    """The likeliest state on a day, if it is likely enough; else nobody known."""
    shares = [(made.probability(label, day), label) for label in made.states]
    best = max(shares, key=lambda one: one[0])
    return best[1] if best[0] >= rules.weights.spell.probability else ""


def log_odds(share: float) -> float:
    """Of a probability, kept off 0 and 1."""
    share = min(max(share, 1e-9), 1 - 1e-9)
    return math.log(share / (1 - share))


def label_of(row: HoldingRow, states: Sequence[str]) -> str:
    """The state that a holding is in: a condition where there is one, else its holder."""
    return row.status if row.status in states else (row.holder_id or "")


# ------------------------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Silence:
    """Up to which day silence counts, and what it then means."""

    until: int
    """Ordinal of the calendar."""
    threshold: float
    """Probability that a holding needs."""
    late: tuple[float, ...]
    """Days' worth of unreported changes in the last 0, 1, 2, ... days whose reports may still come."""
    reach: int
    """Days before the first that anything is told of for which that still tells who stood there."""

    @classmethod
    def of(cls, until: dt.date, rules: Rules) -> Silence:
        """What silence means up to a day."""
        weights = rules.weights
        late = tuple(awaited(weights).tolist())
        return cls(until.toordinal(), weights.spell.probability, late, weights.change.state_reach)

    def precedes(self, made: Assessment, day: int) -> bool:
        """Whether a day is so long before all that is told that nothing on record bears on it."""
        return made.first is not None and day < made.first - self.reach

    def weighed(self, made: Assessment, row: HoldingRow, day: int) -> float:
        """The day of a run without late reports on which as much is forgotten as on this one with them.

        Fighting has a rate of ending of its own, which late reports do not change.
        """
        if made.silent[1] != LASTS or day > self.until or row.status not in ("held", "claimed", "unknown"):
            return day
        return day + self.late[-1] - self.late[min(self.until - day, len(self.late) - 1)]

    def share(self, made: Assessment, row: HoldingRow | None, day: int) -> float:
        """Probability at the end of a day of the state that a holding is in; without one, of nobody known."""
        if row is None:
            return made.probability("", day)
        return made.probability(label_of(row, made.states), self.weighed(made, row, day))


def holdings_until(made: Assessment, silence: Silence) -> list[Assessed]:
    """The holdings where silence counts up to a day: the last of them as likely as it then is, or ended by silence."""
    rows = turned(made, silence)
    if not rows or rows[-1].row.until is not None:
        return rows
    now = silence.share(made, rows[-1].row, max(silence.until, ordinal(rows[-1].row.from_) or 0))
    return [*rows[:-1], _with(rows[-1], probability=round(now, 4)) if now >= silence.threshold else rows[-1]]


def turned(made: Assessment, silence: Silence) -> list[Assessed]:
    """The same, each as likely as it ever was.

    Where `made` has only some of its holdings, and not the one that lasts, they are as they are.
    """
    rows = list(made.rows)
    if not rows or rows[-1].row.until is not None:
        return rows
    for turn in made.turns:
        if turn.day <= silence.weighed(made, rows[-1].row, silence.until):
            rows[-1:] = _turned(rows[-1], turn, made, silence)
    return rows


def _turned(last: Assessed, turn: Turn, made: Assessment, silence: Silence) -> Iterator[Assessed]:
    """A holding that silence ends, and what comes after it."""
    early = range(silence.until - len(silence.late), min(turn.day, silence.until))
    day = iso(
        next((day for day in early if silence.weighed(made, last.row, day) >= turn.day), min(turn.day, silence.until))
    )
    yield _named(_with(last, until=day))
    known = next((one.row for one in made.rows if one.row.holder_id == turn.label), None)
    after = _with(
        Assessed(last.row, ()), holder_id=turn.label or None, holder_name=known.holder_name if known else None,
        holder_aliases=known.holder_aliases if known else (), status="held" if known else "unknown",
        from_=day, from_earliest=day, from_latest=day, until=None, last_confirmed=None, known_from=None, witnesses=0,
        claims=(), contradicted_by=(),
    )  # fmt: skip
    yield _named(_with(after, probability=round(silence.share(made, after.row, silence.until), 4)))


def _with(one: Assessed, **changes: object) -> Assessed:
    return replace(one, row=replace(one.row, **changes))  # type: ignore[arg-type]  # the names are fields of the row


def _named(one: Assessed) -> Assessed:
    """With the id that its days make."""
    row = one.row
    named = content_id("holding", row.place_id, row.holder_id or "", row.status, row.from_, row.until)
    return replace(one, row=replace(row, holding_id=named))


def covers(begin: str | None, end: str | None, day: str) -> bool:
    """Whether a spell covers the end of a day; it lasts to the day before `end`."""
    return (begin is None or begin <= day) and (end is None or day < end)


def on_day(rows: Sequence[Assessed], made: Assessment, silence: Silence, day: int) -> list[HoldingRow]:
    """Those that cover a day, each as likely as on that day, and last confirmed by then.

    None long before all that is told: who stood there before the first report did not do so since ever.
    """
    if silence.precedes(made, day):
        return []
    shown = dt.date.fromordinal(day).isoformat()
    return [
        replace(one.row, probability=round(silence.share(made, one.row, day), 4),
                last_confirmed=iso(max((told for told in one.told if told <= day), default=None)))
        for one in rows if covers(begins(one.row), one.row.until, shown)
    ]  # fmt: skip


def begins(row: HoldingRow) -> str | None:
    """The first day of a holding, the last possible one where that is not told."""
    return row.from_ or row.from_latest


# ------------------------------------------------------------------------------------------------------------- packing

_DECODER = msgspec.json.Decoder(Assessed)


def packed(made: Assessment) -> bytes:
    """The grid and its shares: count of times, times, shares, little-endian."""
    times, share = made.times.astype("<i4"), made.share.astype("<f4")
    return zlib.compress(len(times).to_bytes(4, "little") + times.tobytes() + share.tobytes(), 1)


def unpacked(blob: bytes, states: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The grid and its shares."""
    plain = zlib.decompress(blob)
    count = int.from_bytes(plain[:4], "little")
    times = np.frombuffer(plain, "<i4", count, 4).astype(np.int64)
    return times, np.frombuffer(plain, "<f4", -1, 4 + 4 * count).reshape(count, states)


def record_of(one: Assessed) -> str:
    """A holding as JSON."""
    return msgspec.json.encode(one).decode()


def holding_of(record: str) -> Assessed:
    """A holding out of JSON."""
    return _DECODER.decode(record)
