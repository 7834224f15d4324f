"""How badly the labelled wars are told: the noise of level 1 of the simulator (bench/simulate/noise.toml).

    python -m bench noise

Each figure is measured on each labelled set and on both together:

- `silent_fall`: a place that is recaptured was lost before. Of the falls that the truth rows name or imply in this way,
  the share that no row names. What `silent_return` is (recaptures that nobody tells of) the rows cannot show.
- `witnesses`, `copies`: truth rows name their evidence; pages that carry the same agencies' copy are one witness.
- `lag`: days from a dated change to the publication of its evidence, 0 to 7.
- `misplaced`, `misdeed`: claims as read that fit no label of their page, halved between the two, for the labels do not
  tell which it was; `no_actor`, `swapped`, `lost_stance`, `lost_speaker`, `date_off`: of the claims that fit, as the
  scorer has it.
- `undated`, `hedged`, `denied`, `fights`, `mention_days` and speakers: shares and rates among the claims as read.
- `false_gain`: gains that a side tells of itself, at places with truth, which no truth row bears out: none within 14
  days of the day it gives, or none before the report where it gives no day. Each side and place counts once, over the
  number of changes. Misread claims are among them.
- `mention_days` counts the days of the middle eight tenths of the reports: it means something only for a set that is
  one campaign (afghanistan-2021), not for one that spans years.
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.replay import built, scorer
from bench.shared import SHARED, LabelledSet, exported, labelled_sets
from bench.sureness import Case, cases
from marchland.claims.coder import Coder
from marchland.records import ClaimRow

CHANGES = ("captured", "recaptured")
MOST_LAG = 7
FAR_DAYS = 14


@dataclass(slots=True)
class Tally:
    """Counts: how many of how many."""

    of: Counter[str] = field(default_factory=Counter)
    hit: Counter[str] = field(default_factory=Counter)
    lags: Counter[int] = field(default_factory=Counter)
    speakers: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, name: str, hit: float, of: float = 1) -> None:
        """Count `hit` of `of`."""
        self.hit[name] += hit  # type: ignore[assignment]
        self.of[name] += of  # type: ignore[assignment]

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.of + other.of, self.hit + other.hit, self.lags + other.lags, self.speakers + other.speakers)

    def share(self, name: str) -> float:
        """The rate; 0 where there is nothing to count."""
        return self.hit[name] / self.of[name] if self.of[name] else 0.0


def measured(labelled: LabelledSet, coder: Coder) -> Tally:
    """All counts of one set."""
    tally, judge = Tally(), scorer()
    truth = [row for row in judge.read_csv([labelled.truth]) if row["event"] in CHANGES]
    pages = {row["id"]: row for path in labelled.inputs for row in judge.read_jsonl([path])}
    rows = [row for row in built(labelled).claims() if row.place_id and row.published]
    _truth(tally, truth, pages)
    _readings(tally, labelled, cases(labelled, coder))
    _claims(tally, rows, len(truth))
    _gains(tally, rows, truth)
    return tally


def _truth(tally: Tally, truth: Sequence[dict[str, str]], pages: dict[str, Any]) -> None:
    by_place: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in truth:
        by_place[row["place"]].append(row)
        evidence = [page for page in row["evidence"].split(";") if page in pages]
        seen = {",".join(sorted(pages[page].get("upstream") or [])) or page for page in evidence}
        if seen:
            tally.add("witnesses", len(seen))
            tally.add("copies", len(evidence) - len(seen), len(seen))
        for page in evidence:
            _lag(tally, row, pages[page].get("published"))
    for found in by_place.values():
        held = ""
        for row in sorted(found, key=lambda one: one["date"]):
            back = row["event"] == "recaptured"
            missed = back and held in ("", row["new_holder"])
            tally.add("silent_fall", missed, missed + (not back))
            held = row["new_holder"]


def _lag(tally: Tally, row: dict[str, str], published: str | None) -> None:
    if published and len(row["date"]) == 10 and row["date_precision"].startswith("day"):
        days = (dt.date.fromisoformat(published[:10]) - dt.date.fromisoformat(row["date"])).days
        if 0 <= days <= MOST_LAG:
            tally.lags[days] += 1


def _readings(tally: Tally, labelled: LabelledSet, judged: Sequence[Case]) -> None:
    wrong = sum(not one.right for one in judged)
    tally.add("misplaced", wrong / 2, len(judged))
    tally.add("misdeed", wrong / 2, len(judged))
    with exported(labelled) as folder:
        command = [sys.executable, str(SHARED / "score" / "score.py"), "claims", "--truth", str(labelled.truth),
                   "--gold", str(labelled.gold), "--pred", str(folder / "claims.jsonl"),
                   "--errors", "10000"]  # fmt: skip
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for name, title in (("lost_stance", "stance"), ("lost_speaker", "source"), ("date_off", "date in words")):
        found = re.search(rf"{title} right\s+[\d.]+ \((\d+)/(\d+)\)", told)
        if found:
            tally.add(name, int(found[2]) - int(found[1]), int(found[2]))
    actors = re.search(r"actor right\s+[\d.]+ \((\d+)/(\d+)\)", told)
    missing = len(re.findall(r"^WRONG actor: .* got (?:None|'')", told, re.M))
    if actors:
        tally.add("no_actor", missing, int(actors[2]))
        tally.add("swapped", int(actors[2]) - int(actors[1]) - missing, int(actors[2]))


def _claims(tally: Tally, rows: Iterable[ClaimRow], changes: int) -> None:
    whole = [row for row in rows if not row.place_part]
    days = [dt.date.fromisoformat(row.published or "").toordinal() for row in whole]
    span = sorted(days)[len(days) * 9 // 10] - sorted(days)[len(days) // 10] + 1
    gains = [row for row in whole if row.event in ("captures", "recaptures")]
    for row in gains:
        tally.add("hedged", row.stance == "hedges")
        tally.add("undated", row.date_from is None or row.date_from != row.date_to)
        if row.stance == "asserts":
            tally.speakers[row.source_class, _stake(row)] += 1
    tally.add("denied", len({row.place_id for row in gains if row.stance == "denies"}), changes)
    tally.add("fights", sum(row.event == "attacks" for row in whole), changes)
    held = [row for row in whole if row.event == "controls" and row.stance == "asserts"]
    tally.add("mention_days", span * len({row.place_id for row in whole}), len(held))


def _stake(row: ClaimRow) -> str:
    if not row.source_side:
        return "none"
    return "gainer" if row.source_side == row.actor_side else "loser"


def _gains(tally: Tally, rows: Iterable[ClaimRow], truth: Sequence[dict[str, str]]) -> None:
    """Gains that a side tells of itself and that never were."""
    judge = scorer()
    false: set[tuple[str | None, str | None]] = set()
    for row in rows:
        own = row.source_side and row.source_side == row.actor_side and row.stance == "asserts" and row.actor_name
        if row.event not in ("captures", "recaptures") or not own or row.place_part or row.quantity:
            continue
        shown = {"place_name": row.place_name, "place_aliases": row.place_aliases, "lat": row.lat, "lon": row.lon,
                 "kind": row.place_kind, "holder_name": row.actor_name,
                 "holder_aliases": row.actor_aliases}  # fmt: skip
        there = [one for one in truth if judge.at_place(one, [shown])]
        if there and not any(judge.holder_is(one, shown) and _borne_out(one["date"], row) for one in there):
            false.add((row.place_id, row.actor_side))
    tally.add("false_gain", len(false), len(truth))


def _borne_out(date: str, row: ClaimRow) -> bool:
    day = dt.date.fromisoformat((date + "-15")[:10])
    said = dt.date.fromisoformat(row.date_to or row.published or "")
    return day <= said + dt.timedelta(days=1) if row.date_from is None else abs((day - said).days) <= FAR_DAYS


NAMES = ("silent_fall", "witnesses", "copies", "undated", "date_off", "hedged", "denied", "false_gain", "misplaced",
         "misdeed", "no_actor", "swapped", "lost_stance", "lost_speaker", "mention_days", "fights")  # fmt: skip


def main() -> None:
    """Print the table, the lags and the speakers."""
    sets = [one for one in labelled_sets() if one.name != "seeds"]
    if not sets:
        print(f"skipped: {SHARED} is absent")
        return
    coder = Coder.load()
    found = {one.name: measured(one, coder) for one in sets}
    found["both"] = sum(found.values(), Tally())
    print("| measure | " + " | ".join(found) + " |")
    print("|---" * (len(found) + 1) + "|")
    for name in NAMES:
        cells = (f"{one.share(name):.3f} ({one.hit[name]:g}/{one.of[name]:g})" for one in found.values())
        print(f"| {name} | " + " | ".join(cells) + " |")
    both = found["both"]
    total = sum(both.lags.values())
    print("lag = [" + ", ".join(f"{both.lags[day] / total:.3f}" for day in range(MOST_LAG + 1)) + "]", f"# of {total}")
    for (kind, stake), count in sorted(both.speakers.items(), key=lambda item: (-item[1], item[0])):
        print(f"{kind or 'no class'}, {stake}: {count / sum(both.speakers.values()):.3f} ({count})")


if __name__ == "__main__":
    main()
