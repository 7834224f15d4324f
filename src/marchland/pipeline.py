"""The stages wired together: reports in, a ledger filled, and a summary of what that changed.

The work is done article by article, so a run that is stopped loses nothing that was written, and a second run takes
up where the first one was: an article that the ledger holds is not coded again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from marchland.events.told import days_words, is_misdated, ordinal
from marchland.ledger import query
from marchland.records import EVENTS, Article, ClaimRow, HoldingRow, Reading, Skipped, Traced
from marchland.views.page import page
from marchland.views.page_data import KnownView, known_days
from marchland.views.terminal import RunSummary

if TYPE_CHECKING:
    from marchland.ledger.store import Ledger

SHOWN = 100
"""Things skipped, and doubtful dates, that a summary names; the ledger has them all."""
BATCH = 500
"""Things skipped that are written at once."""
Progress = Callable[[str], None]
"""Told after each article what has been done so far, in words."""


class Coder(Protocol):
    """Finds the claims in articles."""

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """One reading for each article, in order."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The three stages of a run, each a function, so that a run can be given others."""

    read: Callable[[Path], Iterable[Article | Skipped]]
    coder: Coder
    resolve: Callable[[Reading], Sequence[ClaimRow | Traced]]


def shipped_stages() -> Stages:
    """The stages with the shipped model, lexicons and gazetteer. Takes a second or two; raises BrokenData."""
    from marchland.claims.coder import Coder as ShippedCoder  # noqa: PLC0415  loads the language model's libraries
    from marchland.locate import trace  # noqa: PLC0415
    from marchland.places.gazetteer import Gazetteer  # noqa: PLC0415
    from marchland.read import read_path  # noqa: PLC0415

    gazetteer = Gazetteer.open()
    return Stages(read_path, ShippedCoder.load(), lambda reading: trace(reading, gazetteer))


@dataclass(slots=True)
class _Tally:
    """Counts of a run that is under way. What was skipped goes to the ledger; the first few are kept to be shown."""

    ledger: Ledger
    began: str
    pages: int = 0
    last_page: str = ""
    articles: int = 0
    known: int = 0
    claims: int = 0
    places: set[str] = field(default_factory=set)
    skipped: int = 0
    set_aside: int = 0
    doubtful: int = 0
    shown_skipped: list[Skipped] = field(default_factory=list)
    shown_doubtful: list[Skipped] = field(default_factory=list)
    unplaced: Counter[str] = field(default_factory=Counter)
    ahead: int = 0
    shown_ahead: list[Skipped] = field(default_factory=list)
    waiting: list[Skipped] = field(default_factory=list)

    def words(self) -> str:
        """For the progress line."""
        aside = f", {self.set_aside} set aside" if self.set_aside else ""
        return f"{self.articles} articles, {self.claims} new claims, {self.skipped} skipped{aside}"

    def skip(self, item: Skipped) -> None:
        """Count one thing that was not read."""
        self.waiting.append(item)
        if len(self.waiting) >= BATCH:
            self.save()
        if item.set_aside:
            self.set_aside += 1
            return
        self.skipped += 1
        if len(self.shown_skipped) < SHOWN:
            self.shown_skipped.append(item)

    def count(self, article: Article) -> None:
        """Count one article; those of a page come one after another."""
        self.pages += article.page_id != self.last_page
        self.last_page = article.page_id
        self.articles += 1
        if article.published is None or "refused" in article.published_how:
            self.doubtful += 1
            if len(self.shown_doubtful) < SHOWN:
                self.shown_doubtful.append(Skipped(article.page_id, article.published_how))

    def look(self, rows: Iterable[ClaimRow]) -> None:
        """Note the places of an article's claims, and the claims that are dated after it."""
        for row in rows:
            if row.place_id:
                self.places.add(row.place_id)
            elif row.event in EVENTS:
                self.unplaced[row.place] += 1
            if is_misdated(row):
                self.ahead += 1
                if len(self.shown_ahead) < SHOWN:
                    why = f"dated {days_words(row)}, in a report of {row.published}: that day is not believed"
                    self.shown_ahead.append(Skipped(row.claim_id, why))

    def save(self) -> None:
        """Write what was skipped to the ledger."""
        self.ledger.add_skipped(self.began, self.waiting)
        self.waiting.clear()


def run(
    paths: Iterable[Path],
    ledger: Ledger,
    stages: Stages,
    progress: Progress = lambda _: None,
    *,
    again: bool = False,
    now: dt.datetime | None = None,
) -> RunSummary:
    """Read, code and record everything under `paths`; unreadable things are skipped, recorded and named in the summary.

    With `again`, articles that the ledger holds are coded anew: claims that are not found any more count no longer,
    by "rule change". `now` is when the run begins, UTC.
    """
    query.refresh(ledger)
    tally = _Tally(ledger, (now or dt.datetime.now(dt.UTC)).isoformat(timespec="seconds"))
    for left in ledger.copies.unlinked():
        ledger.link(left)
    for reading in stages.coder.read_many(_fresh(paths, ledger, stages, tally, again=again)):
        found = stages.resolve(reading)
        tally.claims += (ledger.reread if again else ledger.add)(reading.article, found)
        ledger.link(reading.article)
        tally.look(one.row if isinstance(one, Traced) else one for one in found)
        progress(tally.words())
    tally.save()
    changes: list[HoldingRow] = []
    query.refresh(ledger, changed=lambda _, before, after: changes.extend(_changes(before, after)))
    return _summary(tally, tuple(changes))


def _changes(before: Iterable[HoldingRow], after: Iterable[HoldingRow]) -> list[HoldingRow]:
    """Of the holdings of one place as they are now, those that reports brought about and that were not on record.

    Told are spells whose holder and status are new or begin on another day, by more than a day; that of the present
    holder, where it was another before, and where only spells are told that are over; and where nothing else is told,
    spells that end on another day.
    """
    was, now = list(before), list(after)
    told = [row for row in now if is_new(row) and not _near(row.from_, [one.from_ for one in was if _alike(one, row)])]
    other = bool(was and now) and was[-1].holder_id != now[-1].holder_id
    present = now[-1:] if other or (told and told[-1].until) else []
    told += [row for row in present if row not in told and (row.claims or row.contradicted_by)]
    return told or [
        row for row in now if is_new(row) and not _near(row.until, [one.until for one in was if _alike(one, row)])
    ]


def _alike(one: HoldingRow, other: HoldingRow) -> bool:
    return (one.holder_id, one.status) == (other.holder_id, other.status)


def _near(day: str | None, known: Iterable[str | None]) -> bool:
    """Whether a day is on record, give or take one; no day is like no day."""
    at = ordinal(day)
    days = [ordinal(one) for one in known]
    return any(one is at if one is None or at is None else abs(one - at) <= 1 for one in days)


def _summary(tally: _Tally, changes: tuple[HoldingRow, ...]) -> RunSummary:
    return RunSummary(
        pages=tally.pages,
        articles=tally.articles,
        known=tally.known,
        claims=tally.claims,
        places=len(tally.places),
        skipped=tuple(tally.shown_skipped),
        doubtful=tuple(tally.shown_doubtful),
        changes=changes,
        skipped_in_all=tally.skipped,
        doubtful_in_all=tally.doubtful,
        set_aside=tally.set_aside,
        unplaced=tuple(tally.unplaced.most_common()),
        ahead=tuple(tally.shown_ahead),
        ahead_in_all=tally.ahead,
    )


def is_new(row: HoldingRow) -> bool:
    """Whether the holding is a change of holder that reports brought about and date."""
    return row.from_ is not None and bool(row.claims) and row.status in ("held", "claimed")


def _fresh(
    paths: Iterable[Path], ledger: Ledger, stages: Stages, tally: _Tally, *, again: bool = False
) -> Iterator[Article]:
    for path in paths:
        for item in stages.read(path):
            if isinstance(item, Skipped):
                tally.skip(item)
                continue
            tally.count(item)
            if ledger.has_article(item.article_id):
                tally.known += 1
                if again:
                    yield item
            else:
                yield item


# --------------------------------------------------------------------------------------------------------- for the map


def write_page(ledger: Ledger, path: Path, *, title: str = "Who holds what") -> None:
    """Write the record as one HTML page."""
    claims = query.claims(ledger)
    views = known_views(ledger, claims) or (KnownView("1970-01-01", ()),)
    path.write_text(page(views, claims, title=title), encoding="utf-8")


def known_views(ledger: Ledger, claims: Sequence[ClaimRow]) -> tuple[KnownView, ...]:
    """What was on record after each day of publication, for the map's second clock."""
    days = known_days(claims)
    return tuple(
        KnownView(day, tuple(query.holdings(ledger, known_at=day)), tuple(query.crossings(ledger, known_at=day)))
        for day in days
    )
