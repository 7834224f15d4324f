"""What changed in the record, as people read it and as JSON Lines: each change with the sentences that made it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from marchland.ledger.brief import Brief
from marchland.ledger.diff import Because, ChangeRow
from marchland.views import export
from marchland.views.paper import Block, Line, Table
from marchland.views.terminal import short
from marchland.views.words import clean, count, day, escaped, percent

_STYLES = {"holder": "bold yellow", "gone": "red", "denied": "magenta", "admitted": "magenta", "crossing": "cyan"}
_SENTENCE = 300
_SAID = ("denied", "admitted")
"""Changes that are only somebody's word against what is on record."""


def changes(found: Sequence[ChangeRow], title: str) -> Iterator[Block]:
    """The changes by place, each with what was, what is, and what made it."""
    places = len({one.place_id for one in found})
    told = f"{count(len(found), 'change')} at {count(places, 'place')}" if found else "nothing changed"
    yield Line(f"{title}: {told}", "bold")
    for _, group in groupby(found, key=lambda one: one.place_id):
        rows = list(group)
        yield Line()
        yield Line(_place(rows[0]), "bold")
        for one in rows:
            yield Line(f"- {words(one)}", _STYLES.get(one.change, ""))
            marked = one.change not in _SAID
            yield from (Line(f"| {because_words(item, marked=marked)}", "dim") for item in one.because)


def _place(one: ChangeRow) -> str:
    where = ", ".join(part for part in (one.kind, one.admin1, one.country) if part and part != one.place_name)
    return f"{one.place_name} ({where})" if where else one.place_name


def words(one: ChangeRow, began: str | None = None) -> str:
    """`held by Taliban since 8 Jul 2021 (83 %); was: held by the Government (87 %)`.

    `began` is the day by which the holding of which it tells had begun: said where its own first day is not known.
    """
    if one.change == "denied":
        when = day(one.before_until, none="no day")
        return (
            f"now denied: {one.before_holder_name or 'somebody'} {(one.before_status or '').replace('_', ' ')}, {when}"
        )
    if one.change == "admitted":
        by = one.because[0].said_by or one.because[0].publisher or "its own side"
        when = day(one.before_until, none="no day")
        return f"now admitted by {by}: not held by {one.before_holder_name or 'its own side'}, {when}"
    gone = one.change == "gone"
    was, now = _side(one, "before", began if gone else None), _side(one, "after", None if gone else began)
    lane = f"{one.direction}, {one.traffic}: " if one.direction else ""
    if gone:
        return f"no longer: {lane}{was}" + (f"; now: {now}" if now else "")
    return f"{lane}{now or 'nothing on record'}" + (f"; was: {was}" if was else "")


def _side(one: ChangeRow, name: str, began: str | None) -> str:
    status = getattr(one, f"{name}_status")
    if status is None:
        return ""
    holder, since = getattr(one, f"{name}_holder_name"), getattr(one, f"{name}_from")
    until, share = getattr(one, f"{name}_until"), getattr(one, f"{name}_probability")
    who = f" by {holder}" if holder and status in ("held", "besieged") else f", {holder}" if holder else ""
    when = f" since {day(since)}" if since else f" since {day(began)} or earlier" if began else ""
    when += f" until {day(until)}" if until else ""
    sure = f" ({percent(share)})" if share is not None and status != "unknown" else ""
    return f"{status}{who}{when}{sure}"


def because_words(one: Because, *, marked: bool = True) -> str:
    """`+4.80 new report, 9 Jul 2021, claim ab0441a2, the mayor, Marsh Courier: “...”`; `*` where all rests on it."""
    if one.claim_id is None:
        return f"{one.reason}: {one.sentence}"
    moved = f"{one.log_odds:+.2f} " if one.log_odds else ""
    mark = "* " if one.undoes and marked else ""
    told = (day(one.known, none="no day"), f"claim {short(one.claim_id)}", one.said_by, one.publisher or "")
    quote = clean(one.sentence, limit=_SENTENCE)
    quote = quote if "“" in quote else f"“{quote}”"
    return f"{mark}{moved}{one.reason}, {', '.join(part for part in told if part)}: {quote}"


def legend(found: Sequence[ChangeRow]) -> Iterator[Block]:
    """What the marks mean, where there are any."""
    every = [item for one in found if one.change not in _SAID for item in one.because]
    if any(item.undoes for item in every):
        yield Line()
        yield Line("* without this the change would be undone; figures: log-odds of the holder that it moved", "dim")


def as_json(found: Sequence[ChangeRow]) -> Iterator[str]:
    """One JSON object on a line for each change."""
    for one in found:
        yield escaped(json.dumps(export.record("changes", one), ensure_ascii=False)) + "\n"


def briefs(found: Sequence[Brief]) -> Iterator[Block]:
    """The briefs that were recorded."""
    yield Line(count(len(found), "brief"), "bold")
    if found:
        rows = tuple(
            (one.brief_id, one.made[:16].replace("T", " "), one.name, one.since, str(one.changes)) for one in found
        )
        yield Table(("brief", "made (UTC)", "name", "since", "changes"), rows, right=frozenset({"changes"}))
