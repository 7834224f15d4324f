"""The table of parties (lexicons/actors.csv): rows, dates, and the sides they stand on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from marchland.claims.lexicon import rows
from marchland.errors import BrokenData

STATE_KINDS = frozenset({"state-forces", "police", "border-guard", "government", "foreign-forces"})
ARMED_KINDS = frozenset({"rebel", "militia", "separatist", "PMC", "de-facto-authority"})
FORCES_KINDS = frozenset({"state-forces", "police", "border-guard"})
UNLISTED = "party"
"""Kind of a party that only its article names and does not say to be armed."""
_CLIMBS = {
    "state-forces": FORCES_KINDS | {"government", "de-facto-authority"},
    "police": FORCES_KINDS | {"government", "de-facto-authority"},
    "border-guard": FORCES_KINDS | {"government", "de-facto-authority"},
    "foreign-forces": frozenset({"foreign-forces", "state-forces", "government"}),
    "rebel": frozenset({"rebel"}),
    "militia": frozenset({"militia", "rebel", "state-forces", "government"}),
    "separatist": frozenset({"separatist"}),
    "de-facto-authority": frozenset({"rebel", "de-facto-authority"}),
    "PMC": frozenset({"state-forces", "government"}),
}
"""Whose side a party of one kind is on:

a rebel group under a rebel group is on its side, under a coalition it is not.
"""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One party as the table has it."""

    party_id: str
    name: str
    kind: str
    country: str
    parent: str
    allies: frozenset[str]
    opponents: frozenset[str]
    aliases: tuple[str, ...]
    starred: frozenset[str]
    """Aliases that need context, in lower case."""
    adjectives: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    lineage: str

    def valid(self, day: dt.date | None) -> bool:
        """Whether it existed that day; always when no day is given."""
        if day is None:
            return True
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def new_row(party_id: str, name: str, kind: str, country: str, aliases: tuple[str, ...]) -> PartyRow:
    """A row for a party that stands in no file: without dates, allies or a parent."""
    none: frozenset[str] = frozenset()
    return PartyRow(party_id, name, kind, country, "", none, none, aliases, none, (), None, None, party_id)


def load_rows(without: Collection[str] = ()) -> Mapping[str, PartyRow]:
    """All rows by id, less those whose id or country is in `without`. A broken row raises `BrokenData`."""
    table = {row.party_id: row for row in _read() if row.party_id not in without and row.country not in without}
    for row in table.values():
        _check_parents(row, table)
    return table


def _read() -> Iterator[PartyRow]:
    for line, row in rows("actors.csv"):
        where = f"actors.csv:{line}"
        aliases = [alias.strip() for alias in row["aliases"].split(";") if alias.strip()]
        plain = tuple(dict.fromkeys([row["name"], *(alias.rstrip("*") for alias in aliases)]))
        yield PartyRow(
            party_id=row["id"],
            name=row["name"],
            kind=row["kind"],
            country=row["country"],
            parent=row["parent"],
            allies=frozenset(row["allies"].split(";")) - {""},
            opponents=frozenset(row["opponents"].split(";")) - {""},
            aliases=plain,
            starred=frozenset(alias.rstrip("*").lower() for alias in aliases if alias.endswith("*")),
            adjectives=tuple(word for word in row["adjectives"].split(";") if word),
            start=_day(row["from"], where, last=False),
            end=_day(row["to"], where, last=True),
            lineage=row["lineage"] or row["id"],
        )


def _day(text: str, where: str, *, last: bool) -> dt.date | None:
    """A year, month or day; `last` takes the end of a year or month."""
    if not text:
        return None
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise BrokenData(f"{where}: not a date: {text!r}")
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    try:
        if day:
            return dt.date(year, month, day)
        if month:
            following = dt.date(year + month // 12, month % 12 + 1, 1)
            return following - dt.timedelta(days=1) if last else dt.date(year, month, 1)
        return dt.date(year, 12, 31) if last else dt.date(year, 1, 1)
    except ValueError as error:
        raise BrokenData(f"{where}: not a date: {text!r}") from error


def _check_parents(row: PartyRow, table: Mapping[str, PartyRow]) -> None:
    seen = {row.party_id}
    at = row
    while at.parent in table:
        if at.parent in seen:
            raise BrokenData(f"actors.csv: {row.party_id!r} is its own ancestor")
        seen.add(at.parent)
        at = table[at.parent]


def side_of(party_id: str, table: Mapping[str, PartyRow]) -> str:
    """The root of the parents that are on the same side and of the same country."""
    at = table[party_id]
    while at.parent in table:
        parent = table[at.parent]
        same_country = parent.country == at.country or at.kind == "foreign-forces"
        if parent.kind not in _CLIMBS.get(at.kind, frozenset()) or not same_country or parent.party_id in at.opponents:
            break
        at = parent
    return at.party_id
