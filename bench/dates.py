"""Value F1 of the date grammar on TimeBank and AQUAINT documents, beside HeidelTime's: `python -m bench.dates [FILE]`.

`--errors` lists what is missed; `--run-heideltime=PYTHON` runs HeidelTime again on the same documents (see there).

The documents are for measuring only and are no part of the project. Only values that are days, months or years count.
As their guidelines have it, "since 1990" and "early May" are scored by the value inside, 1990 and May, and a range by
its two ends. A value is right when first and last day agree; where ours has slack ("two weeks ago"), when its middle
agrees.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import heideltime
from marchland.dates import find_dates, tense_near
from marchland.dates.resolve import told
from marchland.dates.tokens import tokenize
from marchland.dates.told import Context, Told
from marchland.dates.values import Around, Between, Bound, Deictic, Lasting, Offset, Point, Unit, Value
from marchland.dates.words import load_words

DEFAULT = Path(__file__).parent.parent.parent / "shared" / "bench" / "dates" / "timebank-aquaint-dev.jsonl"
VALUE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?")
REFERENCES = ("now", "by now", "so far", "to date", "currently", "presently", "nowadays", "at present", "at the moment")
REFERENCES += ("right now", "these days", "recently", "lately", "of late")
"""PRESENT_REF and PAST_REF in TimeML: no day, month or year, in the gold answers as in HeidelTime's."""
RELATIVE = re.compile(r"[a-z]+day|ago|last|this|next|earlier|later|today|night|past|tomorrow|week|month|year", re.I)
Mark = tuple[int, int, dt.date, dt.date, bool]
"""Offsets, first and last day, and whether the words leave slack around the day they mean ("two weeks ago")."""


def main() -> None:
    """Print precision, recall and F1 of this grammar and of HeidelTime, and documents a second."""
    named = [word for word in sys.argv[1:] if not word.startswith("--")]
    path = Path(named[0]) if named else DEFAULT
    if not path.exists():
        sys.exit(f"no documents at {path}: give their path")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    load_words()
    took, ours = processor_time(lambda: [read(row) for row in rows])
    cut, _ = processor_time(lambda: [tokenize(row["text"], load_words()) for row in rows])
    print(f"{len(rows)} documents, {len(rows) / took:.0f} a second of processor time;", end=" ")
    print(f"{took / cut:.0f} times what it takes to cut them into words")
    peers = [("marchland", ours), ("heideltime", [marks(row["heideltime"]) for row in rows])]
    runner = next((word.partition("=")[2] for word in sys.argv if word.startswith("--run-heideltime")), None)
    if runner is not None:
        start = time.perf_counter()
        peers.append(("run now", [marks(each) for each in heideltime.run(rows, runner or sys.executable)]))
        print(f"heideltime run now: {len(rows) / (time.perf_counter() - start):.2f} documents a second")
    for name, found in peers:
        print(f"{name:12}", *(f"{key} {value:.3f}" for key, value in score(rows, found).items()))
    if "--errors" in sys.argv:
        show_errors(rows, ours)


def processor_time(work: Callable[[], list[Any]]) -> tuple[float, list[Any]]:
    """Seconds of processor time, the least of three runs, and the answer: other work on the machine does not count."""
    least, answer = float("inf"), []
    for _ in range(3):
        start = time.process_time()
        answer = work()
        least = min(least, time.process_time() - start)
    return least, answer


def read(row: dict[str, Any]) -> list[Mark]:
    """What the grammar finds in one document and can tell, of the types that count; "this year" is the whole year."""
    published = dt.date.fromisoformat(row["dct"][:10])
    text, found = row["text"], []
    for expression in find_dates(text):
        tense = tense_near(text, expression.start, expression.end)
        near = isinstance(expression.value, Bound) and expression.value.side in ("until", "by") and not tense
        for value in inner(expression.value):
            answer = told(value, Context(published, tense, near=near)) if dated(value, tense) else None
            if isinstance(answer, Told) and answer.first and answer.last:
                found.append((expression.start, expression.end, answer.first, answer.last, answer.approximate))
    return found


def dated(value: Value, tense: str) -> bool:
    """Whether TimeML writes a value as a date: a length ("for two weeks") is a duration, "now" only a reference."""
    if isinstance(value, Lasting):
        return value.sense == "in" and tense == "future"
    return not (isinstance(value, Deictic) and value.name in REFERENCES)


def inner(value: Value) -> tuple[Value, ...]:
    """The values inside a bound, a range or a stretch."""
    if isinstance(value, Bound):
        return inner(value.of)
    if isinstance(value, Around):
        return (value, *inner(value.of))
    if isinstance(value, Offset):
        return (value, *inner(value.of))
    if isinstance(value, Between):
        return inner(value.first) + inner(value.last)
    return (replace(value, stretch=""),) if isinstance(value, Point | Unit) else (value,)


def marks(timexes: list[dict[str, Any]]) -> list[Mark]:
    """The expressions of a set whose value is a day, month or year."""
    return [
        (timex["start"], timex["end"], *days, False)
        for timex in timexes
        if timex["type"] in ("DATE", "TIME") and (days := span(timex["value"] or ""))
    ]


def span(value: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a value such as 1998-08-07, 1998-08 or 1998."""
    hit = VALUE.fullmatch(value)
    if not hit:
        return None
    year, month, day = int(hit[1]), int(hit[2] or 0), int(hit[3] or 0)
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    last = month or 12
    return dt.date(year, month or 1, 1), dt.date(year, last, monthrange(year, last)[1])


def right(gold: Mark, found: Mark) -> bool:
    """Whether two overlap in the text and agree: the same days, or the middle of ours, if it has slack, is in gold."""
    overlap = gold[0] < found[1] and found[0] < gold[1]
    middle = found[2] + (found[3] - found[2]) / 2
    return overlap and (gold[2:4] == found[2:4] or (found[4] and gold[2] <= middle <= gold[3]))


def score(rows: list[dict[str, Any]], found: list[list[Mark]]) -> dict[str, float]:
    """Precision over what overlaps a gold expression with such a value or none at all, recall, F1, relative recall."""
    counts: Counter[str] = Counter()
    for row, ours in zip(rows, found, strict=True):
        gold, every = marks(row["timexes"]), row["timexes"]
        other = [timex for timex in every if not span(timex["value"] or "")]
        counted = [mark for mark in ours if not any(mark[0] < t["end"] and t["start"] < mark[1] for t in other)]
        counts["found"] += len(counted)
        counts["gold"] += len(gold)
        counts["precise"] += sum(any(right(each, mark) for each in gold) for mark in counted)
        for each in gold:
            hit = any(right(each, mark) for mark in ours)
            relative = bool(RELATIVE.search(row["text"][each[0] : each[1]]))
            counts["hit"] += hit
            counts["relative"] += relative
            counts["relative hit"] += relative and hit
    precision, recall = counts["precise"] / counts["found"], counts["hit"] / counts["gold"]
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": precision, "recall": recall, "F1": f1, "relative": counts["relative hit"] / counts["relative"]}


def show_errors(rows: list[dict[str, Any]], found: list[list[Mark]]) -> None:
    """The commonest expressions missed or told otherwise."""
    wrong: Counter[str] = Counter()
    for row, ours in zip(rows, found, strict=True):
        for gold in marks(row["timexes"]):
            if not any(right(gold, mark) for mark in ours):
                near = [f"{m[2]}..{m[3]}" for m in ours if gold[0] < m[1] and m[0] < gold[1]]
                words = row["text"][gold[0] : gold[1]].lower().replace("\n", " ")
                wrong[f"{words!r} gold {gold[2]}..{gold[3]} published {row['dct']} told {near}"] += 1
    for line, count in wrong.most_common(150):
        print(count, line)


if __name__ == "__main__":
    main()
