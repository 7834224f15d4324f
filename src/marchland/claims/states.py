"""Governments and forces of the countries that the table of parties does not have, made from the table of countries.

A report from a war that no table knows still says "the Freedonian army" and "the government": both get one side.
The words for a state and its forces are those of lexicons/state_names.csv.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from marchland.claims.lexicon import rows
from marchland.claims.partytable import PartyRow
from marchland.places.countries import Country

GOVERNMENT, FORCES = "government", "state-forces"


def with_states(table: Mapping[str, PartyRow], countries: Iterable[Country]) -> Mapping[str, PartyRow]:
    """The table with "state:<cc>" and "state:<cc>:forces" for every country that has no government in it."""
    governed = {row.country for row in table.values() if row.kind == GOVERNMENT}
    patterns = [(row["kind"], row["pattern"]) for _, row in rows("state_names.csv")]
    added = {
        row.party_id: row
        for country in countries
        if country.place.country not in governed
        for row in _state(country, patterns)
    }
    return {**table, **added}


def _state(country: Country, patterns: list[tuple[str, str]]) -> Iterator[PartyRow]:
    government = f"state:{country.place.country.lower()}"
    for kind, party_id, parent in ((GOVERNMENT, government, ""), (FORCES, f"{government}:forces", government)):
        written = [name for what, pattern in patterns if what == kind for name in _filled(pattern, country)]
        plain = tuple(dict.fromkeys(name.rstrip("*") for name in written))
        yield PartyRow(
            party_id=party_id,
            name=plain[0],
            kind=kind,
            country=country.place.country,
            parent=parent,
            allies=frozenset(),
            opponents=frozenset(),
            aliases=plain,
            starred=frozenset(name.rstrip("*").lower() for name in written if name.endswith("*")),
            adjectives=country.adjectives,
            start=None,
            end=None,
            lineage=party_id,
        )


def _filled(pattern: str, country: Country) -> Iterator[str]:
    """A pattern with the country's name, capital, or each of its adjectives in it."""
    fillings = {
        "{name}": (country.place.name,),
        "{capital}": (country.capital,) if country.capital else (),
        "{adjective}": country.adjectives[:1],
    }
    slot = next(slot for slot in fillings if slot in pattern)
    yield from (pattern.replace(slot, word) for word in fillings[slot])
