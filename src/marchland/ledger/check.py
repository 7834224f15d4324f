"""Whether a ledger is whole: its pages, its references, and whether every record is what its columns and hashes say.

Each check is a function that yields faults and notes. Nothing is changed.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import msgspec

from marchland.errors import BrokenData
from marchland.events.told import is_misdated
from marchland.ledger import check_made
from marchland.ledger.database import Database, Kept
from marchland.ledger.faults import AGAIN, RESTORE, Fault, Note, is_day, is_moment, spans
from marchland.ledger.schema import tables
from marchland.ledger.seals import broken
from marchland.ledger.store import Ledger
from marchland.records import Article, Claim, ClaimRow, Resolved, content_id

_ARTICLE: Kept[Article] = Kept(Article, "article")
_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")
_TRACE: Kept[tuple[Claim, Resolved]] = Kept(tuple[Claim, Resolved], "claim_trace")


@dataclass(slots=True)
class Report:
    """What a check found."""

    rows: dict[str, int] = field(default_factory=dict)
    """How many rows each table has, as far as they could be counted."""
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def check(ledger: Ledger, *, now: dt.datetime | None = None) -> Report:
    """Look at everything. `now` is the clock against which moments in the future are told, UTC."""
    report, database = Report(), ledger.database
    stamp = (now or dt.datetime.now(dt.UTC)).isoformat(timespec="seconds")
    report.faults += (Fault("(store)", "", what, RESTORE) for what in database.faults())
    with database.snapshot():
        texts: dict[str, int] = {}
        look: tuple[tuple[str, Callable[[], Iterable[Fault | Note]]], ...] = (
            ("(store)", lambda: _counted(database, report.rows)),
            ("(store)", lambda: _references(database)),
            ("(store)", lambda: _json_columns(database)),
            ("article", lambda: _articles(database, texts, stamp)),
            ("claim", lambda: _claims(database, texts)),
            ("claim_trace", lambda: _traces(database, texts)),
            ("article_seal", lambda: _seals(database)),
            ("place", lambda: check_made.names(database)),
            ("review", lambda: check_made.people(database)),
            ("copy_article", lambda: check_made.copies(database)),
            ("article_version", lambda: check_made.versions(database, texts)),
        )
        for table, each in look:
            _gather(report, table, each)
    report.faults = list(dict.fromkeys(report.faults))
    return report


def damage(ledger: Ledger) -> list[Fault]:
    """What a disk or a hand has done to a ledger: pages, references, JSON, seals. Less than `check`, and faster."""
    report, database = Report(), ledger.database
    report.faults += (Fault("(store)", "", what, RESTORE) for what in database.faults())
    with database.snapshot():
        for each in (_references, _json_columns, _seals):
            _gather(report, "(store)", partial(each, database))
    return [one for one in report.faults if one.todo != AGAIN]


def _gather(report: Report, table: str, look: Callable[[], Iterable[Fault | Note]]) -> None:
    """All that one check finds; a page that cannot be read ends it, and is a fault itself."""
    try:
        for found in look():
            (report.faults if isinstance(found, Fault) else report.notes).append(found)  # type: ignore[arg-type]
    except BrokenData as error:
        report.faults.append(Fault(table, "", str(error.__cause__ or error), RESTORE))


# ------------------------------------------------------------------------------------------------------- whole tables


def _counted(database: Database, rows: dict[str, int]) -> Iterator[Fault]:
    for table in tables():
        try:
            (rows[table.name],) = database.execute(f"SELECT count(*) FROM {table.name}").fetchone()
        except BrokenData as error:
            yield Fault(table.name, "", str(error.__cause__ or error), RESTORE)


def _references(database: Database) -> Iterator[Fault]:
    """Rows that speak of a row of another table which is not there."""
    for table in tables():
        for one in table.references:
            own = ", ".join(f"a.{name}" for name in one.columns)
            same = " AND ".join(f"b.{other} = a.{name}" for name, other in zip(one.columns, one.others, strict=True))
            empty = " OR ".join(f"a.{name} IS NULL" for name in one.columns)
            asked = (f"SELECT DISTINCT {own} FROM {table.name} a WHERE NOT ({empty}) AND NOT EXISTS "
                     f"(SELECT 1 FROM {one.table} b WHERE {same}) ORDER BY {own}")  # fmt: skip
            for row in database.execute(asked).fetchall():
                told = ", ".join(map(str, row))
                todo = AGAIN if table.derived else RESTORE
                yield Fault(table.name, told, f"speaks of {one.table} {told}, which is not there", todo)


def _json_columns(database: Database) -> Iterator[Fault]:
    """Columns that hold JSON, packed or not, in every table: those whose meaning says so."""
    for table in tables():
        for column in table.columns:
            if "JSON" in column.meaning:
                yield from _json_column(database, table.name, table.order, column.name)


def _json_column(database: Database, table: str, order: tuple[str, ...], column: str) -> Iterator[Fault]:
    for *key, value in database.stream(f"SELECT {', '.join(order)}, {column} FROM {table}"):
        try:
            if value is not None:
                msgspec.json.decode(zlib.decompress(value) if isinstance(value, bytes) else value)
        except (msgspec.DecodeError, zlib.error) as error:
            yield Fault(table, ", ".join(map(str, key))[:200], f"{column} is no JSON: {error}", RESTORE)


# ---------------------------------------------------------------------------------------------------- articles, claims


def _articles(database: Database, texts: dict[str, int], stamp: str) -> Iterator[Fault | Note]:
    """Hashes of the text, columns against the record, ranges inside the text; fills `texts` with lengths."""
    late = []
    columns = "article_id, page_id, url, publisher, published, content_id, text, record, recorded_at"
    for article_id, *flat, text, record, recorded in database.stream(f"SELECT {columns} FROM article"):
        texts[article_id] = len(text)
        try:
            article = _ARTICLE.decode(record)
        except BrokenData as error:
            yield Fault("article", article_id, str(error.__cause__), RESTORE)
            continue
        yield from (Fault("article", article_id, what, RESTORE) for what in _article(article_id, flat, text, article))
        yield from spans("article", article_id, msgspec.to_builtins(article), len(text))
        if not is_moment(recorded):
            yield Fault("article", article_id, f"recorded_at is no moment: {recorded!r}", RESTORE)
        elif recorded > stamp:
            late.append(article_id)
    if late:
        yield Note("recorded later than it is now: a clock was ahead, or this one is behind", tuple(sorted(late)))


def _article(article_id: str, flat: list[Any], text: str, record: Article) -> Iterator[str]:
    last = record.published.last_day if record.published else None
    told = [record.page_id, record.url, record.publisher, last.isoformat() if last else None, record.content_id]
    if (article_id, flat, text) != (record.article_id, told, record.text):
        yield "its columns are not those of its record"
    if content_id(text) != flat[-1]:
        yield "its text is not what content_id was made of"
    if content_id(record.page_id, record.number, record.text) != article_id:
        yield "its page, number and text are not what article_id was made of"


def _claims(database: Database, texts: Mapping[str, int]) -> Iterator[Fault | Note]:
    ahead = []
    columns = ("c.claim_id, c.article_id, c.place_id, c.event, c.stance, c.date_from, c.date_to, c.published, c.known, "
               "c.record, a.text, a.recorded_at")  # fmt: skip
    asked = f"SELECT {columns} FROM claim c JOIN article a ON a.article_id = c.article_id"
    for *flat, known, record, text, recorded in database.stream(asked):
        try:
            row = _ROW.decode(record)
        except BrokenData as error:
            yield Fault("claim", flat[0], str(error.__cause__), RESTORE)
            continue
        yield from (Fault("claim", flat[0], what, RESTORE) for what in _claim(flat, known, row, text, recorded))
        if is_misdated(row):
            ahead.append(row.claim_id)
    if ahead:
        yield Note("dated after its own report: kept, but that day is not believed",
                   tuple(sorted(ahead)))  # fmt: skip


def _claim(flat: list[Any], known: str, row: ClaimRow, text: str, recorded: str) -> Iterator[str]:
    told = [row.claim_id, row.article_id, row.place_id, row.event, row.stance, row.date_from, row.date_to,
            row.published]  # fmt: skip
    if flat != told:
        yield "its columns are not those of its record"
    if not 0 <= row.start <= row.end <= len(text):
        yield f"its sentence is at {row.start} to {row.end} of a text of {len(text)} characters"
    elif text[row.start : row.end] != row.sentence:
        yield f"its sentence is not what its article has at {row.start} to {row.end}"
    if not all(is_day(day) for day in (row.date_from, row.date_to, row.published, known)):
        yield "one of its days is no day"
    if row.published is not None and known != row.published:
        yield f"it was published on {row.published}, but known says {known}"
    if row.published is None and known < recorded[:10]:
        yield f"it says that it was known on {known}, before its article was recorded ({recorded[:10]})"


def _traces(database: Database, texts: Mapping[str, int]) -> Iterator[Fault]:
    asked = "SELECT t.claim_id, t.record, c.record FROM claim_trace t JOIN claim c ON c.claim_id = t.claim_id"
    for claim_id, packed, record in database.stream(asked):
        try:
            claim, resolved = _TRACE.unpack(packed)
            row = _ROW.decode(record)
        except BrokenData as error:
            yield Fault("claim_trace", claim_id, str(error.__cause__), RESTORE)
            continue
        place = resolved.choice.place_id if resolved.choice else None
        if content_id(claim.claim_id, place or resolved.reason) != claim_id:
            yield Fault("claim_trace", claim_id, "its claim and place are not what claim_id was made of", RESTORE)
        if (place, claim.article_id, claim.sentence.start) != (row.place_id, row.article_id, row.start):
            yield Fault("claim_trace", claim_id, "it is of another place or sentence than its claim", RESTORE)
        if row.article_id in texts:
            made = msgspec.to_builtins((claim, resolved.phrase))
            yield from spans("claim_trace", claim_id, made, texts[row.article_id])


def _seals(database: Database) -> Iterator[Fault | Note]:
    unsealed = []
    for article_id, sealed in broken(database):
        if sealed:
            yield Fault(
                "article_seal", article_id, "its record or those of its claims are not what was sealed", RESTORE
            )
        else:
            unsealed.append(article_id)
    if unsealed:
        yield Note("added by an older Marchland, which did not seal them: a lost byte may go unnoticed",
                   tuple(sorted(unsealed)))  # fmt: skip
