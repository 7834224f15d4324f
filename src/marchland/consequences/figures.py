"""Figures of crossings: the shipped table, and a user's own CSV in the same columns.

The shipped table must be right: a wrong row stops the program with its line. In a user's file a wrong row is skipped,
and named with its line and what is wrong with it.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import io
import math
import re
from collections.abc import Callable, Collection, Iterator
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

from marchland.consequences.records import Figure, Range
from marchland.consequences.settings import MONEY, Settings
from marchland.errors import BrokenData, Misuse
from marchland.places.countries import load_countries
from marchland.places.crossings import load_crossings
from marchland.records import Skipped, content_id

FILE = "crossing_figures.csv"
COLUMNS = (
    "id", "crossings", "measure", "amount", "low", "high", "bound", "unit", "per", "from", "to", "claimant",
    "publisher", "reported_on", "repeats", "url", "checked", "note",
)  # fmt: skip
NEEDED = ("crossings", "measure", "unit", "per", "claimant")
"""Columns that a user's file must have, beside `amount`, or `low` and `high`."""
BOUNDS = ("", "about", "at-least", "at-most")
TOTAL, UNSTATED = "total", "unstated"
CHECKED = {"page": True, "listed": False, "": False}
_LONGEST_LINE = 100_000
_LONGEST_CELL = 2_000
_MOST = 1e16
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

Row = dict[str, str]


def load_figures(settings: Settings) -> tuple[Figure, ...]:
    """The shipped figures, by id. Raises BrokenData with file and line."""
    text = files("marchland.lexicons").joinpath(FILE).read_text(encoding="utf-8")
    return read_table(text, settings)


def read_table(text: str, settings: Settings, crossings: Collection[str] | None = None) -> tuple[Figure, ...]:
    """The figures of a table that must be right. Raises BrokenData with file and line."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    if tuple(header) != COLUMNS:
        raise BrokenData(f"{FILE}:1: the columns are {', '.join(COLUMNS)}")
    known, made, seen = _known(crossings), [], dict[str, int]()
    for cells in reader:
        where = f"{FILE}:{reader.line_num}"
        if len(cells) != len(COLUMNS):
            raise BrokenData(f"{where}: {len(cells)} cells, {len(COLUMNS)} are wanted")
        row = dict(zip(COLUMNS, cells, strict=True))
        try:
            figure = _figure(row, where, known, settings)
        except ValueError as error:
            raise BrokenData(f"{where}: {error}") from None
        if not row["id"] or row["id"] in seen:
            raise BrokenData(f"{where}: " + (f"id as in line {seen[row['id']]}" if row["id"] else "no id"))
        seen[row["id"]] = reader.line_num
        made.append(figure)
    for figure in made:
        if figure.repeats and (figure.repeats not in seen or figure.repeats == figure.figure_id):
            raise BrokenData(f'{figure.where}: repeats "{figure.repeats}", which is no other figure')
    return tuple(sorted(made, key=lambda one: one.figure_id))


def read_file(path: Path, settings: Settings) -> Iterator[Figure | Skipped]:
    """The figures of a user's CSV, and every row that is wrong with its line and the reason.

    Raises Misuse where there is no such file, or it is no UTF-8 text with these columns.
    """
    try:
        opened = path.open("rb")
    except OSError as error:
        raise Misuse(f"--figures {path}: {error.strerror or error}") from None
    with opened:
        yield from _read_lines(path.name, opened, settings)


def _read_lines(name: str, opened: BinaryIO, settings: Settings) -> Iterator[Figure | Skipped]:
    known, bad = _known(None), list[Skipped]()
    lines = _lines(name, opened, bad)
    numbers: list[int] = []

    def numbered() -> Iterator[str]:
        for number, line in lines:
            numbers.append(number)
            yield line

    seen: dict[str, str] = {}
    reader = csv.reader(numbered())
    header = [cell.strip() for cell in next(reader, [])]
    _check_header(name, header)
    while True:
        numbers.clear()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            bad.append(Skipped(f"{name}:{numbers[0] if numbers else '?'}", f"no CSV row: {error}"))
            cells = []
        yield from bad
        bad.clear()
        if cells and any(cell.strip() for cell in cells):
            yield _once(_user_row(f"{name}:{numbers[0]}", header, cells, known, settings), seen)
    yield from bad


def _once(found: Figure | Skipped, seen: dict[str, str]) -> Figure | Skipped:
    """Skipped where a figure above has its id; two rows alike in every column have one id."""
    if isinstance(found, Skipped):
        return found
    above = seen.setdefault(found.figure_id, found.where)
    return found if above == found.where else Skipped(found.where, f"id, or the whole row, as in {above}")


def _user_row(
    where: str, header: list[str], cells: list[str], known: Callable[[str], str], settings: Settings
) -> Figure | Skipped:
    if len(cells) != len(header):
        return Skipped(where, f"{len(cells)} cells, {len(header)} are wanted")
    if any(len(cell) > _LONGEST_CELL for cell in cells):
        return Skipped(where, f"a cell of more than {_LONGEST_CELL} characters")
    row = dict.fromkeys(COLUMNS, "") | {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    try:
        return _figure(row, where, known, settings)
    except ValueError as error:
        return Skipped(where, str(error))


def _check_header(name: str, header: list[str]) -> None:
    missing = [column for column in NEEDED if column not in header]
    if "amount" not in header and not {"low", "high"} <= set(header):
        missing.append("amount")
    if missing:
        raise Misuse(f"--figures {name}:1: no column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}")
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise Misuse(f"--figures {name}:1: column {twice[0]!r} twice")


def _lines(name: str, opened: BinaryIO, bad: list[Skipped]) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; one that is too long or no UTF-8 is left out and noted. Raises Misuse for UTF-16."""
    number = 0
    while line := opened.readline(_LONGEST_LINE + 1):
        number += 1
        if number == 1 and line[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Misuse(f"--figures {name} is UTF-16; save it as CSV in UTF-8")
        if len(line) > _LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = opened.readline(_LONGEST_LINE)
            bad.append(Skipped(f"{name}:{number}", f"a line of more than {_LONGEST_LINE:,} bytes"))
            continue
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            if number == 1:
                raise Misuse(f"--figures {name}:1: the header is no UTF-8; save it as CSV in UTF-8") from None
            bad.append(Skipped(f"{name}:{number}", "no UTF-8 text; save the file as CSV in UTF-8"))
            continue
        if "\0" in text:
            bad.append(Skipped(f"{name}:{number}", "a NUL byte"))
            continue
        yield number, text


# ---------------------------------------------------------------------------------------------------------------- rows


def _known(crossings: Collection[str] | None) -> Callable[[str], str]:
    """Gives the id of a crossing, or "" for a country; raises ValueError for neither."""
    gates = {one.place.place_id.removeprefix("x:") for one in load_crossings()} if crossings is None else set(crossings)
    countries = set(load_countries())

    def known(word: str) -> str:
        if word in countries:
            return ""
        if word.removeprefix("x:") in gates:
            return f"x:{word.removeprefix('x:')}"
        raise ValueError(f'"{word[:60]}" is no crossing of lexicons/crossings.csv, and no country (ISO alpha-2)')

    return known


def _figure(row: Row, where: str, known: Callable[[str], str], settings: Settings) -> Figure:
    """Raises ValueError with what is wrong."""
    words = [word.strip() for word in row["crossings"].split(";") if word.strip()]
    places = [known(word) for word in words]
    if not words or ("" in places and len(words) > 1):
        raise ValueError("crossings wants ids of crossings divided by semicolons, or one country")
    measure, per = row["measure"], row["per"]
    if measure not in settings.measures:
        raise ValueError(f'"{measure[:60]}" is no measure; choose one of {", ".join(settings.measures)}')
    if per not in (*settings.periods, TOTAL, UNSTATED):
        raise ValueError(f'"{per[:60]}" is no period; choose one of {", ".join((*settings.periods, TOTAL, UNSTATED))}')
    if row["bound"] not in BOUNDS:
        raise ValueError(
            f'"{row["bound"][:60]}" is no bound; choose one of about, at-least, at-most, or leave it empty'
        )
    if row["checked"] not in CHECKED:
        raise ValueError("checked wants page, listed or nothing")
    unit = _unit(row["unit"], settings.measures[measure].kind)
    if not row["claimant"]:
        raise ValueError('no claimant; write "not attributed" where nobody is named')
    amount = _amount(row)
    first, last = _span(row, per)
    reported = _reported(row["reported_on"])
    identity = row["id"] or content_id(*(row[name] for name in COLUMNS))
    return Figure(
        identity, tuple(sorted(one for one in places if one)), "" if places[0] else words[0], measure, amount,
        row["bound"], unit, per, first, last, row["claimant"], row["publisher"], *reported, row["repeats"], row["url"],
        CHECKED[row["checked"]], row["note"], where,
    )  # fmt: skip


def _unit(unit: str, kind: str) -> str:
    if not unit:
        raise ValueError("no unit")
    if kind in MONEY and not re.fullmatch(r"[A-Z]{3}", unit):
        raise ValueError(f'"{unit[:60]}" is no currency (ISO 4217, such as USD)')
    if kind == "share" and unit != "%":
        raise ValueError("the unit of a share is %")
    return unit


def _amount(row: Row) -> Range:
    told = {name: _number(row[name], name) for name in ("amount", "low", "high") if row[name]}
    low, high = told.get("low", told.get("amount")), told.get("high", told.get("amount"))
    if low is None or high is None:
        raise ValueError("no amount; give amount, or low and high")
    best = told.get("amount", (low + high) / 2)
    if not low <= best <= high:
        raise ValueError(f"low, amount and high are not in order: {low:g}, {best:g}, {high:g}")
    return Range(low, best, high)


def _number(text: str, name: str) -> float:
    if not re.fullmatch(r"[-+]?\d+(?:\.\d+)?(?:[eE]\d{1,2})?", text):
        raise ValueError(f'{name} "{text[:60]}" is no number; write digits without thousands separators or words')
    value = float(text)
    if value < 0:
        raise ValueError(f"{name} {text[:60]} is negative")
    if not math.isfinite(value) or value > _MOST:
        raise ValueError(f"{name} {text[:60]} is more than anything that passes a border")
    return value


def _span(row: Row, per: str) -> tuple[dt.date | None, dt.date | None]:
    first, last = (_day(row[name], name) if row[name] else None for name in ("from", "to"))
    if first and last and first > last:
        raise ValueError(f"from {first} is after to {last}")
    if per == TOTAL and not (first and last):
        raise ValueError("a total wants from and to")
    return first, last


def _day(text: str, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'{name} "{text[:60]}" is no day such as 2021-07-09') from None


def _reported(text: str) -> tuple[dt.date | None, dt.date | None]:
    """Day, month or year of print as its first and last day."""
    if not text:
        return None, None
    match = _PARTIAL.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        first = dt.date(year or 0, month or 1, day or 1)
    except ValueError:
        raise ValueError(f'reported_on "{text[:60]}" is no day, month or year such as 2021-07-09') from None
    if day:
        return first, first
    if month:
        return first, first.replace(day=calendar.monthrange(first.year, month)[1])
    return first, first.replace(month=12, day=31)
