"""Whether a ledger is whole: its pages, its references, and whether every record is what its columns and hashes say.

Each check is a function that yields faults. Nothing is changed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import msgspec

from marchland.copies.sketch import text_key
from marchland.copies.versions import address_of, read_at
from marchland.errors import BrokenData
from marchland.events.told import is_ahead
from marchland.ledger.database import Database, Kept
from marchland.ledger.schema import tables
from marchland.ledger.store import Ledger
from marchland.records import Article, Claim, ClaimRow, Resolved, Version, content_id

RESTORE = (
    'bring back a copy with "marchland ledger restore BACKUP --ledger NEW", or read the report again into a new one'
)
AGAIN = 'put it into a new ledger with "marchland ledger merge THIS --ledger NEW", which makes what is derived again'
_ARTICLE: Kept[Article] = Kept(Article, "article")
_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")
_TRACE: Kept[tuple[Claim, Resolved]] = Kept(tuple[Claim, Resolved], "claim_trace")
_VERSION: Kept[Version] = Kept(Version, "article_version")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a ledger that is not as it was written, or contradicts the rest."""

    table: str
    row: str
    """The key of the row; empty for the whole table or file."""
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Note:
    """Nothing broken, but worth knowing."""

    what: str
    rows: tuple[str, ...]
    """Keys of the rows, sorted."""


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
            ("copy_article", lambda: _copies(database)),
            ("article_version", lambda: _versions(database, texts)),
        )
        for table, each in look:
            _gather(report, table, each)
    report.faults = list(dict.fromkeys(report.faults))
    return report


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
    """Columns that hold JSON, in every table: those whose meaning says so."""
    for table in tables():
        for column in table.columns:
            if column.kind == "TEXT" and "JSON" in column.meaning:
                yield from _json_column(database, table.name, table.order, column.name)


def _json_column(database: Database, table: str, order: tuple[str, ...], column: str) -> Iterator[Fault]:
    for *key, value in database.stream(f"SELECT {', '.join(order)}, {column} FROM {table}"):
        try:
            if value is not None:
                msgspec.json.decode(value)
        except msgspec.DecodeError as error:
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
        yield from _spans("article", article_id, msgspec.to_builtins(article), len(text))
        if not _is_moment(recorded):
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
        if row.stance != "plans" and is_ahead(row):
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
    if not all(_is_day(day) for day in (row.date_from, row.date_to, row.published, known)):
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
            yield from _spans("claim_trace", claim_id, made, texts[row.article_id])


def _spans(table: str, row: str, record: object, length: int) -> Iterator[Fault]:
    """Ranges of characters, however deep in a record, that do not lie in their text."""
    outside = sorted({pair for pair in _ranges(record) if not 0 <= pair[0] <= pair[1] <= length})
    if outside:
        told = ", ".join(f"{start} to {end}" for start, end in outside[:3])
        yield Fault(table, row, f"points at {told} of a text of {length} characters", RESTORE)


def _ranges(record: object) -> Iterator[tuple[int, int]]:
    if isinstance(record, Mapping):
        start, end = record.get("start"), record.get("end")
        if isinstance(start, int) and isinstance(end, int):
            yield start, end
        record = record.values()
    elif not isinstance(record, list | tuple):
        return
    for part in record:
        if isinstance(part, Mapping | list | tuple):
            yield from _ranges(part)


def _is_day(day: str | None) -> bool:
    try:
        return day is None or dt.date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _is_moment(moment: str) -> bool:
    try:
        return dt.datetime.fromisoformat(moment).tzinfo is not None
    except ValueError:
        return False


# ------------------------------------------------------------------------------------------------------------- derived


def _copies(database: Database) -> Iterator[Fault | Note]:
    asked = (
        "SELECT a.article_id, a.text, a.record, c.text_key, c.address, c.read_at FROM article a "
        "LEFT JOIN copy_article c ON c.article_id = a.article_id"
    )
    waiting = []
    for article_id, text, record, key, address, moment in database.stream(asked):
        if key is None:
            waiting.append(article_id)
            continue
        article = _ARTICLE.decode(record)
        if (key, address, moment) != (text_key(text), address_of(article), read_at(article)):
            yield Fault("copy_article", article_id, "it is not what its article gives", AGAIN)
    if waiting:
        yield Note("added, but not yet compared with the others for copies: the next marchland run does it",
                   tuple(sorted(waiting)))  # fmt: skip


def _versions(database: Database, texts: Mapping[str, int]) -> Iterator[Fault]:
    """Versions of an address are a chain: each reading with other words than the one before it, and no other pairs."""
    expected, unsure = _chains(database)
    found = set()
    for *key, record in database.stream("SELECT address, older_id, newer_id, record FROM article_version"):
        link = (key[0], key[1], key[2])
        found.add(link)
        yield from _version(link, _VERSION.decode(record), texts)
    for link in sorted(expected - found):
        if link[0] not in unsure:
            yield Fault("article_version", ", ".join(link), "this link of the chain is not there", AGAIN)
    for link in sorted(found - expected):
        if link[0] not in unsure:
            yield Fault("article_version", ", ".join(link), "it does not belong to the chain", AGAIN)


Link = tuple[str, str, str]


def _chains(database: Database) -> tuple[set[Link], set[str]]:
    """The links that there should be, and the addresses of which two readings have one moment, in either order."""
    readings: dict[str, list[tuple[str, str, str, int]]] = defaultdict(list)
    asked = (
        "SELECT c.address, c.read_at, a.article_id, a.content_id, c.text_key FROM copy_article c JOIN article a "
        "ON a.article_id = c.article_id WHERE c.address IS NOT NULL "
        "ORDER BY c.address, c.read_at, a.recorded_at, a.article_id"
    )
    for address, *reading in database.stream(asked):
        readings[address].append((reading[0], reading[1], reading[2], reading[3]))
    several = {address: each for address, each in readings.items() if len({one[3] for one in each}) > 1}
    links = {
        (address, older[1], newer[1])
        for address, each in several.items() for older, newer in pairwise(each) if older[2] != newer[2]
    }  # fmt: skip
    return links, {address for address, each in several.items() if len({one[0] for one in each}) < len(each)}


def _version(key: Link, record: Version, texts: Mapping[str, int]) -> Iterator[Fault]:
    row = ", ".join(key)
    if key != (record.address, record.older_id, record.newer_id):
        yield Fault("article_version", row, "its columns are not those of its record", AGAIN)
    newer = msgspec.to_builtins((record.added, record.corrections))
    yield from _spans("article_version", row, newer, texts.get(key[2], 0))
    yield from _spans("article_version", row, msgspec.to_builtins(record.removed), texts.get(key[1], 0))
