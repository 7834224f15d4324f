"""The evidence for and against an answer: as a table for people, and as one JSON object. The rows add up exactly.

Every function is pure: an answer in, blocks or text out.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from marchland.records import Answer, Rival, Weighed
from marchland.views.paper import Block, Line, Table
from marchland.views.terminal import PlaceCard, short, verdict
from marchland.views.words import clean, count, day, escaped, percent

_DIGITS = 4
"""Decimals of figures in JSON."""
_SHOWN_DIGITS = 2
_FAINT = 0.005
"""A row that tells only of a later time and weighs less is left out of the table, with a note."""
TAKEN_BACK = "taken back"
ABANDONED = "abandoned"
"""The status of a place that its holder left to nobody: an answer of its own, and not that nobody is known."""
WEIGHTLESS = ("aside", TAKEN_BACK)
"""What rows that weigh nothing are: they stand apart."""
_TELLING = 0.5
"""A witness that weighs more than this by itself, in nats, says something."""
_MOST_ASIDES = 8
_MOST_OUTLETS = 2


def rounded(values: Iterable[float], digits: int) -> list[float]:
    """The values rounded so that they still add up to their rounded sum: each is the step between rounded sums."""
    sums = [0.0, *(round(total, digits) for total in accumulate(values))]
    return [round(after - before, digits) + 0.0 for before, after in pairwise(sums)]


def share(log_odds: float) -> float:
    """The probability that log-odds make."""
    return 1 / (1 + math.exp(-log_odds))


# ------------------------------------------------------------------------------------------------------------- people


def why(answer: Answer, card: PlaceCard) -> Iterator[Block]:
    """The evidence row by row, adding up; what pulls the other way; and who says nothing of the holder."""
    known = f", as known on {day(answer.known_at)}" if answer.known_at else ""
    yield Line(f"{card.label} on {day(answer.at)}{known}: {verdict(answer)}", "bold")
    yield Line()
    told = [row for row in answer.rows if row.what not in WEIGHTLESS]
    if told:
        presumed = not answer.lane and answer.status == "unknown" and bool(answer.holder_id)
        yield _table(told, holder(answer) + (" (presumed)" if presumed else ""))
        yield from _notes(answer, told)
    else:
        yield Line(
            f"no claim on record tells {'how it was' if answer.lane else 'who held it'}"
            + (" by then" if answer.known_at else "")
        )
    yield from _asides([row for row in answer.rows if row.what in WEIGHTLESS and row.what != TAKEN_BACK])
    yield from _asides([row for row in answer.rows if row.what == TAKEN_BACK], "taken back: counts no longer")


def holder(answer: Answer) -> str:
    """Whose log-odds they are: `Lake League`, `nobody known`, `abandoned`; of passage `closed`."""
    if answer.lane or answer.status == ABANDONED:
        return clean(answer.status)
    return clean(answer.holder_name or answer.holder_id or "nobody known", limit=120)


def is_faint(row: Weighed) -> bool:
    """Whether a row tells only of a later time and hardly moves the answer."""
    return row.later and abs(row.log_odds) < _FAINT


def _table(told: Sequence[Weighed], name: str) -> Table:
    weights = rounded((row.log_odds for row in told), _SHOWN_DIGITS)
    pairs = [(row, weight) for row, weight in zip(told, weights, strict=True) if not is_faint(row) or weight]
    rows = tuple(_cells(row, weight) for row, weight in pairs)
    total = round(sum(weights), _SHOWN_DIGITS)
    words = f"log-odds of {name}, that is {percent(share(sum(row.log_odds for row in told)))}"
    headers = ("weight", "what", "speaks for", "known", "claim", "who says so", "side", "words")
    styles = (("weight", "bold"), ("what", "cyan"), ("known", "dim"), ("claim", "dim"), ("side", "dim"))
    return Table(
        headers, rows, right=frozenset({"weight"}), styles=styles, whole=frozenset({"what", "known", "claim"}),
        footer=(f"{total:+.2f}", "total", "", "", "", "", "", words), wide="words", spare=("side", "what"),
    )  # fmt: skip


def _cells(row: Weighed, weight: float) -> tuple[str, ...]:
    what = f"{row.what}, later" if row.later else row.what
    words = f"“{clean(row.quote, limit=400)}”" if row.quote and row.what != "earlier" else clean(row.sentence)
    return (f"{weight:+.2f}", what, speaks_for(row), day(row.day, none=""), short(row.claim_id or ""),
            who_says_so(row), clean(row.speaker_side), words)  # fmt: skip


def speaks_for(row: Weighed) -> str:
    """`Lake League`, `against Lake League`, `nobody known`; empty for a row of no side."""
    if row.side is None:
        return ""
    name = clean(row.side_name or row.side or "nobody known", limit=80)
    return f"against {name}" if row.against else name


def who_says_so(row: Weighed) -> str:
    """`Herat lawmaker, Arab News and 3 more`: the speaker and the outlets that carry it."""
    outlets = ", ".join(clean(one, limit=80) for one in row.outlets[:_MOST_OUTLETS])
    more = len(row.outlets) - _MOST_OUTLETS
    carried = f"{outlets} and {more} more" if more > 0 else outlets
    return ", ".join(part for part in (clean(row.speaker, limit=120), carried) if part)


def _notes(answer: Answer, told: Sequence[Weighed]) -> Iterator[Block]:
    if answer.rival:
        nobody = "unknown" if answer.lane else "nobody known"
        yield Line(_rival_words(answer.rival, nobody), "yellow" if answer.rival.disputed else "")
    faint = sum(is_faint(row) for row in told)
    if faint:
        yield Line(f"{count(faint, 'row')} left out: told only of days after {day(answer.at)}, and moving nothing")
    if any(row.own and abs(row.own) > _TELLING and abs(row.log_odds) < _FAINT and not row.later for row in told):
        yield Line(
            "0.00: repeats what was sure already; all who tell of one change together weigh no more than a limit"
        )
    if any(row.later and not is_faint(row) for row in told):
        yield Line(f"later: tells only of days after {day(answer.at)}, and bears on them through what came before")


def _rival_words(rival: Rival, nobody: str) -> str:
    name = clean(rival.holder_name or rival.holder_id or nobody, limit=120)
    second = f"second: {name}, log-odds {rival.log_odds:+.2f} ({percent(rival.probability)})"
    pulls = f"witnesses for the answer carry {rival.pull_for:+.2f}, those against it {-rival.pull_against:+.2f}"
    return f"{second}; {pulls}" + (": disputed" if rival.disputed else "")


def _asides(rows: Sequence[Weighed], title: str = "weighs nothing") -> Iterator[Block]:
    if not rows:
        return
    yield Line()
    shown = tuple(
        (day(row.day, none=""), short(row.claim_id or ""), who_says_so(row), clean(row.sentence, limit=400))
        for row in rows[:_MOST_ASIDES]
    )
    yield Table(("known", "claim", "who says so", title), shown, styles=(("known", "dim"), ("claim", "dim")),
                whole=frozenset({"known", "claim"}), wide=title)  # fmt: skip
    if len(rows) > len(shown):
        yield Line(f"and {len(rows) - len(shown)} more: see marchland why --json")


# --------------------------------------------------------------------------------------------------------------- JSON


def as_json(answer: Answer) -> str:
    """One JSON object on one line, with the fields of `Answer`; same answer, same bytes.

    Figures have four decimals, and `log_odds` of the rows add up to `log_odds` of the answer in them;
    `cumulative` is the sum so far. Control and direction characters are escaped.
    """
    return escaped(json.dumps(as_mapping(answer), ensure_ascii=False)) + "\n"


def as_mapping(answer: Answer) -> dict[str, object]:
    """The fields of that object."""
    weights = rounded((row.log_odds for row in answer.rows), _DIGITS)
    return dataclasses.asdict(answer) | {
        "probability": round(answer.probability, _DIGITS),
        "log_odds": round(sum(weights), _DIGITS) if answer.rows else round(answer.log_odds, _DIGITS),
        "rival": _figures(dataclasses.asdict(answer.rival)) if answer.rival else None,
        "rows": [
            _figures(dataclasses.asdict(row)) | {"log_odds": weight, "cumulative": round(total, _DIGITS) + 0.0}
            for row, weight, total in zip(answer.rows, weights, accumulate(weights), strict=True)
        ],
    }


def _figures(record: dict[str, object]) -> dict[str, object]:
    return {name: round(value, _DIGITS) + 0.0 if isinstance(value, float) else value for name, value in record.items()}
