"""GeoNames dumps: places (allCountries.txt, AF.txt, cities500.txt) and alternate names (alternateNamesV2.txt).

Which features become a place is data: `lexicons/gazetteer_features.csv`. The divisions of a dump are read first, so
that every place knows what it lies in.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from marchland.errors import BrokenData
from marchland.places.corrections import KINDS, number, point_of
from marchland.places.intake.files import Guarded, Source, lines_of
from marchland.places.intake.items import Fault, Item, LeftOut, MoreNames, NewName, NewPlace, Noted, Wanted
from marchland.places.validity import ALWAYS, Validity, validity

COLUMNS, ALTERNATE_COLUMNS = 19, 10
SETTLEMENT = "settlement"
CITY, TOWN = 100_000, 1_000
LONGEST_NAME = 200
_USES = ("preferred", "short", "colloquial", "historic")
"""Columns 5 to 8 of alternateNamesV2."""
_NO_NAMES = frozenset(
    {"link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny", "fr_1793", "abbr"}
)
"""Codes in the language column that mark what is no name in running text."""
_NO_NAME_LETTERS = frozenset("/()[]{};|<>@#")
_NUMBER = re.compile(r"[0-9]{1,9}")
_CODE = re.compile(r"[A-Z]{2}")


@cache
def features() -> Mapping[tuple[str, str], str]:
    """(class, code) -> kind of place. Raises BrokenData for a kind that is none."""
    text = files("marchland.lexicons").joinpath("gazetteer_features.csv").read_text(encoding="utf-8")
    found = {}
    for line, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        if row["kind"] not in KINDS | {SETTLEMENT}:
            raise BrokenData(f"gazetteer_features.csv:{line}: unknown kind {row['kind']!r}")
        found[row["class"], row["code"]] = row["kind"]
    return found


# ------------------------------------------------------------------------------------------------------------- places


def read_places(source: Source, wanted: Wanted) -> Iterator[Item]:
    """The places of a dump, with faults by line; reads the file twice."""
    with source.open() as stream:
        divisions = _divisions(stream)
    with source.open() as stream:
        for line in lines_of(stream):
            if isinstance(line, Fault):
                yield line
                continue
            number, text = line
            try:
                yield _place(text.split("\t"), number, divisions, wanted)
            except ValueError as error:
                yield Fault(number, str(error))


def _divisions(stream: Guarded) -> dict[str, str]:
    """GeoNames code ("AF.11", "AF.11.1103") -> number of the division."""
    found: dict[str, str] = {}
    for line in lines_of(stream):
        if isinstance(line, Fault) or "\tA\tADM" not in line[1]:
            continue
        row = line[1].split("\t")
        if len(row) == COLUMNS and row[7] in ("ADM1", "ADM2"):
            found.setdefault(".".join((row[8], *row[10 : 10 + int(row[7][3])])), row[0])
    return found


def _place(row: list[str], line: int, divisions: Mapping[str, str], wanted: Wanted) -> NewPlace | LeftOut:
    """One row. Raises ValueError with what is wrong with it."""
    if len(row) != COLUMNS:
        raise ValueError(f"{len(row)} columns, a GeoNames dump has {COLUMNS}")
    geonameid, name, country, code = row[0], row[1], row[8], row[7]
    kind = features().get((row[6], code))
    if kind is None:
        return LeftOut("features that are no places of a record (rivers, peaks, farms, streets ...)")
    if not _NUMBER.fullmatch(geonameid):
        raise ValueError(f'geonameid "{geonameid[:20]}" is no number')
    if not name.strip() or len(name) > LONGEST_NAME:
        raise ValueError("no name" if not name.strip() else f"a name of {len(name)} letters")
    if country and not _CODE.fullmatch(country):
        raise ValueError(f'country "{country[:20]}" is no ISO code of two letters')
    if not (row[4].strip("0.-") or row[5].strip("0.-")):
        return LeftOut("places without a point (0, 0)")
    lat, lon = point_of(row[4], row[5])
    population = _population(row[14])
    if not country:
        return LeftOut("places of no country")
    if wanted.country and country != wanted.country:
        return LeftOut(f"places outside {wanted.country}")
    names = tuple(NewName(one) for one in (row[2], *row[3].split(",")) if is_name(one))
    return NewPlace(line, f"gn:{geonameid}", name, _kind(kind, code, population), country, lat, lon, names, population,
                    code, parent=_parent(row, divisions))  # fmt: skip


def _population(text: str) -> int:
    if text and not text.isdecimal():
        raise ValueError(f'population "{text[:20]}" is no number')
    return int(number(text, "population"))


def _kind(kind: str, code: str, population: int) -> str:
    if kind != SETTLEMENT:
        return kind
    if code == "PPLC":
        return "capital"
    if code == "PPLA" or population >= CITY:
        return "city"
    return "town" if code == "PPLA2" or population >= TOWN else "village"


def _parent(row: list[str], divisions: Mapping[str, str]) -> str:
    """The narrowest division of the same dump that the codes of a row name, but never itself."""
    for depth in (2, 1):
        found = divisions.get(".".join((row[8], *row[10 : 10 + depth])))
        if found and found != row[0] and row[10 + depth - 1] and row[7] != "ADM1":
            return f"gn:{found}"
    return ""


def is_name(text: str) -> bool:
    """Whether an alternate name may stand in running text: no code, no address, nothing machine-made in lower case."""
    if not 1 < len(text) <= LONGEST_NAME or not _NO_NAME_LETTERS.isdisjoint(text):
        return False
    return not text.isascii() or (text != text.lower() and not (text.isupper() and len(text) <= 5))


# ---------------------------------------------------------------------------------------------------- alternate names


def read_alternates(source: Source) -> Iterator[Item]:
    """The names of alternateNamesV2, with faults by line; codes, links and postal codes are left out."""
    with source.open() as stream:
        for line in lines_of(stream):
            if isinstance(line, Fault):
                yield line
                continue
            number, text = line
            try:
                yield from _alternate(text.split("\t"), number)
            except ValueError as error:
                yield Fault(number, str(error))


def _alternate(row: list[str], line: int) -> Iterator[Item]:
    if len(row) != ALTERNATE_COLUMNS:
        raise ValueError(f"{len(row)} columns, alternateNamesV2 has {ALTERNATE_COLUMNS}")
    if not _NUMBER.fullmatch(row[1]):
        raise ValueError(f'geonameid "{row[1][:20]}" is no number')
    if row[2] in _NO_NAMES:
        yield LeftOut("codes, links and other entries that are no names")
        return
    if not is_name(row[3]):
        yield LeftOut("names that no running text has (codes, machine-made spellings)")
        return
    use = next((use for use, flag in zip(reversed(_USES), reversed(row[4:8]), strict=True) if flag == "1"), "")
    valid = _valid(row[8], row[9])
    if valid is None:
        yield Noted("dates of names that cannot be read; the name stands without")
    yield MoreNames(line, f"gn:{row[1]}", NewName(row[3], row[2], use, valid or ALWAYS))


def _valid(since: str, until: str) -> Validity | None:
    """When a name holds; None for dates in free form, of which GeoNames has some."""
    try:
        return validity(since, until)
    except ValueError:
        return None
