"""The bundled reports, end to end: what was read, who holds what, what is disputed and why, and a map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

from marchland import pipeline
from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow, HoldingRow, Skipped
from marchland.views import terminal
from marchland.views.find import cards_of
from marchland.views.paper import Block, Line
from marchland.views.why import why
from marchland.views.words import count, day

_NOTE = "The bundled reports are invented, and so are their outlets; only the days on which places fell are real."


def run(out: Path, progress: pipeline.Progress) -> list[Block]:
    """Read the bundled reports into `out`/ledger.db, write `out`/map.html, and tell what came out."""
    with as_file(files("marchland") / "demo" / "reports") as folder, Ledger.open(out / "ledger.db") as ledger:
        summary = pipeline.run([folder], ledger, pipeline.shipped_stages(), progress)
        pipeline.write_page(ledger, out / "map.html", title="Who held what: the invented reports of the demo")
        named = tuple(Skipped(Path(one.where).name, one.why) for one in summary.skipped)
        return list(_tell(ledger, replace(summary, skipped=named), out))


def _tell(ledger: Ledger, summary: terminal.RunSummary, out: Path) -> Iterator[Block]:
    claims = query.claims(ledger)
    holdings = query.holdings(ledger)
    yield Line(_NOTE, "dim")
    yield Line()
    yield from terminal.read_summary(summary)
    yield Line()
    yield from terminal.holdings([row for row in holdings if pipeline.is_new(row)], title="who holds what")
    yield Line()
    yield from terminal.crossings(query.crossings(ledger, at=_last_day(claims)), title="crossings")
    yield Line()
    yield from _disputed(ledger, claims, holdings)
    yield from _ending(ledger, claims, holdings, out)


def _last_day(claims: Sequence[ClaimRow]) -> str | None:
    return max((one.published for one in claims if one.published), default=None)


def _disputed(ledger: Ledger, claims: Sequence[ClaimRow], holdings: Sequence[HoldingRow]) -> Iterator[Block]:
    """The place most denied, on the day of the first denial, as known that evening."""
    row = max(holdings, key=lambda one: (len(one.contradicted_by), one.place_id), default=None)
    if row is None or not row.contradicted_by:
        return
    days = [one.published for one in claims if one.claim_id in row.contradicted_by and one.published]
    evening = min(days, default=_last_day(claims)) or ""
    card = next(one for one in cards_of(claims) if one.place_id == row.place_id)
    yield Line(f"the most disputed: {card.name}, as known on the evening of {day(evening)}", "bold")
    yield from why(query.why(ledger, row.place_id, evening, evening), card)
    yield Line()


def _ending(ledger: Ledger, claims: Sequence[ClaimRow], holdings: Sequence[HoldingRow], out: Path) -> Iterator[Block]:
    witnesses = len({one.witness_id for one in claims})
    yield Line(
        f"on record: {count(len(claims), 'claim')} by {count(witnesses, 'witness', 'witnesses')}, "
        f"{count(len(query.events(ledger)), 'event')}; "
        f"{count(len({one.place_id for one in holdings}), 'place')} whose holder is told or presumed"
    )
    best = max((one for one in holdings if one.from_), key=lambda one: (one.witnesses, one.place_id), default=None)
    if best is not None:
        place = f"{best.place_name} {best.kind}"
        yield Line(f'ask it:    marchland why "{place}" --at {best.from_} --ledger {out / "ledger.db"}')
    yield Line(f"browse it: marchland serve --ledger {out / 'ledger.db'}")
    yield Line(f"the map:   {out / 'map.html'}", "bold")
