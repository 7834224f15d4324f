"""Claims on all crossings of a border at once: "Xanadu has shut all its Zembla crossings", "the border with Zembla"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marchland.events.weights import Words
from marchland.ledger.passage import STATE, Posts
from marchland.places.countries import load_countries
from marchland.records import ClaimRow


@dataclass(frozen=True, slots=True)
class BorderClaim:
    """A claim on every crossing of a border; `other` is empty where it speaks of all borders of the country."""

    row: ClaimRow
    country: str
    other: str

    def reaches(self, posts: Posts) -> bool:
        """Whether the crossing lies on that border."""
        sides = {posts.country_a, posts.country_b}
        return self.country in sides and (not self.other or self.other in sides)


def border_claims(rows: Iterable[ClaimRow], words: Words) -> list[BorderClaim]:
    """The claims that speak of whole borders: never a count of crossings, nor some of them."""
    found = []
    for row in rows:
        if row.place_kind == "country" and row.country and row.event in STATE and _is_whole(row, words):
            found.append(BorderClaim(row, row.country, _other(row)))
    return sorted(found, key=lambda one: one.row.claim_id)


def reaching(found: Sequence[BorderClaim], posts: Posts) -> list[ClaimRow]:
    """The rows of those that reach a crossing."""
    return [one.row for one in found if one.reaches(posts)]


def _is_whole(row: ClaimRow, words: Words) -> bool:
    text = row.place_part.casefold()
    if any(letter.isdigit() for letter in text):
        return False
    listed = set(re.findall(r"\w+", text))
    if listed & set(words.crossings):
        return bool(listed & set(words.whole))
    return bool(listed & set(words.borders)) and not listed & set(words.partial)


def _other(row: ClaimRow) -> str:
    """The neighbour that the words name, by a name, an adjective or the name of its people."""
    countries = load_countries()
    home = countries.get(row.country or "")
    for code in home.neighbours if home else ():
        country = countries.get(code)
        names = (country.place.name, *country.place.aliases, *country.adjectives) if country else ()
        if any(re.search(rf"\b{re.escape(name)}\b", row.place_part) for name in names if name):
            return code
    return ""
