"""Every claim in the words of PLOVER, with what PLOVER cannot hold said beside it.

Events of control follow a table (lexicons/plover_crosswalk.csv); all others were coded when they were read. A denial by
a named speaker is a rejection by him; a plan is a threat or a concession, not the deed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from marchland.claims.lexicon import rows
from marchland.claims.ploverwords import QUAD
from marchland.errors import BrokenData
from marchland.records import EVENTS, ClaimRow

LONG_AGO = dt.timedelta(days=365)
"""An event that lies further back than this is told as history."""


@dataclass(frozen=True, slots=True)
class Step:
    """How PLOVER codes one event of control; "" where it has no category for it."""

    category: str
    mode: str
    context: str
    source: str
    """Which role of ours is PLOVER's source: actor or opponent."""
    loss: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A claim in PLOVER's terms. Roles are party names; `loss` says what was left behind, "" for nothing."""

    category: str
    mode: str
    context: tuple[str, ...]
    quad: str
    aux: tuple[str, ...]
    """Auxiliary modes: negation, future, hypothetical, historical."""
    source: str
    target: str
    loss: str


Table = Mapping[tuple[str, str], Step]


@cache
def crosswalk() -> Table:
    """The shipped table: (event, asserts or plans) -> step. A wrong row raises `BrokenData` with file and line."""
    table: dict[tuple[str, str], Step] = {}
    for line, row in rows("plover_crosswalk.csv"):
        if (
            row["event"] not in EVENTS
            or row["stance"] not in ("asserts", "plans")
            or row["category"] not in ("", *QUAD)
        ):
            raise BrokenData(f"plover_crosswalk.csv:{line}: unknown event, stance or category")
        table[row["event"], row["stance"]] = Step(
            row["category"], row["mode"], row["context"], row["source"], row["loss"]
        )
    return table


def code(row: ClaimRow, table: Table) -> Coded:
    """One claim in PLOVER's terms; `category` is empty where PLOVER has none."""
    source, target = row.actor_name or "", row.opponent_name or ""
    aux = auxiliary(row)
    if row.event not in EVENTS:
        contexts = tuple(filter(None, row.plover_context.split(";")))
        losses = [f"what it is about is not coded: {row.plover_deed}"] if row.plover_deed else []
        return Coded(row.event, row.plover_mode, contexts, QUAD[row.event], aux, source, target, _lost(row, losses))
    if row.stance == "denies" and row.source != "publisher":
        losses = [f"what is denied: {row.event} at {row.place_name or row.place}"]
        return Coded(
            "reject", "", (), QUAD["reject"], _without(aux, "negation"), row.source_name, source, _lost(row, losses)
        )
    step = table[row.event, "plans" if row.stance == "plans" else "asserts"]
    if step.source == "opponent":
        source, target = target, source
    contexts = tuple(filter(None, step.context.split(";")))
    quad = QUAD.get(step.category, "")
    return Coded(step.category, step.mode, contexts, quad, aux, source, target, _lost(row, [step.loss]))


def auxiliary(row: ClaimRow) -> tuple[str, ...]:
    """Auxiliary modes: those read from the words, those of the stance, and history by the day told."""
    of_stance = {"denies": "negation", "plans": "future", "hedges": "hypothetical"}.get(row.stance)
    found = set(row.plover_aux) or ({of_stance} if of_stance else set())
    if _is_history(row):
        found.add("historical")
    return tuple(sorted(found))


def _is_history(row: ClaimRow) -> bool:
    if row.date_how.startswith("some time before"):
        return True
    if row.date_to is None or row.published is None or row.date_from is None:
        return False
    return dt.date.fromisoformat(row.published) - dt.date.fromisoformat(row.date_to) > LONG_AGO


def _without(aux: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(word for word in aux if word != one)


def _lost(row: ClaimRow, losses: list[str]) -> str:
    """What PLOVER has no field for, in words."""
    if row.source != "publisher":
        losses = [*losses, f"who says so: {row.source}"]
    if row.date_to and not row.date_from:
        losses = [*losses, "that its day is only the latest possible"]
    if row.quantity:
        losses = [*losses, f"the count: {row.quantity}"]
    return "; ".join(filter(None, losses))


ADDED = ("plover_category", "plover_mode", "plover_context", "plover_quad", "plover_aux", "plover_loss")
"""What the export of claims adds to each row."""


def columns_of(row: ClaimRow, table: Table) -> dict[str, object]:
    """The added columns of one claim."""
    coded = code(row, table)
    values = (coded.category, coded.mode, list(coded.context), coded.quad, list(coded.aux), coded.loss)
    return dict(zip(ADDED, values, strict=True))
