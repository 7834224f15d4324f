"""Parties that no table has, known only by their words: which of them are one.

Their ids are made of the words of one report ("x:sd:rapid-support", "x:sd:rsf", "x:sy:some-rebels"), so that one party
comes under several. Here names are compared, pair by pair: nothing else that is on record changes the answer.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from rapidfuzz.fuzz import ratio

from marchland.claims.lexicon import rows
from marchland.claims.newcomer_cues import PartyWords
from marchland.events.told import DESCRIBED, UNLISTED, is_described
from marchland.places.countries import load_countries

ALIKE = 85.0
"""Likeness, 0 to 100, of two spellings of one name: "Taleban" and "Taliban"."""
LONG = 6
"""Letters that a name needs to be compared by likeness: short names differ by one letter and are others."""
SMALL = frozenset({"al", "el", "an", "as", "ash", "of", "the", "for", "and", "de", "du", "la"})


def words_of(side: str) -> str:
    """The words of an unlisted party's id, joined by hyphens."""
    return side.rpartition(":")[2]


def same_name(one: str, other: str) -> bool:
    """Whether the ids of two unlisted parties are two ways of writing one name, or two descriptions of one sort."""
    if is_described(one) or is_described(other):
        return is_described(one) and is_described(other) and _sort(words_of(one)) == _sort(words_of(other))
    a, b = sorted((words_of(one), words_of(other)), key=lambda name: (len(name), name))
    if not a:
        return False
    if a == b or _initials(a, b) or _longer(a.split("-"), b.split("-")):
        return True
    return len(a) >= LONG and ratio(a, b) >= ALIKE


def is_against(side: str) -> bool:
    """Whether a party is described as whoever is against the state, and no more: "rebels", "armed groups"."""
    return is_described(side) and _sort(words_of(side)) == "against"


def is_alias(side: str, aliases: frozenset[str]) -> bool:
    """Whether a named unlisted party bears one of these names, which are in lower case with hyphens."""
    return side.startswith(UNLISTED) and not is_described(side) and words_of(side) in aliases


@lru_cache(maxsize=1)
def _against() -> frozenset[str]:
    """Nouns for people under arms that are no state's."""
    listed = {row["epithet"] for _, row in rows("epithets.csv") if row["kind"] == "nonstate"}
    words = _words()
    return frozenset(chain(listed, words["people.nouns"], words["people.groups"], words["people.armed"])) - {
        "army",
        "force",
    }


@lru_cache(maxsize=1)
def _words() -> PartyWords:
    return PartyWords.load()


@lru_cache(maxsize=1)
def _nations() -> frozenset[str]:
    found = load_countries().items()
    words = {word.lower() for _, one in found for word in (one.place.name, *one.adjectives)}
    return frozenset(words | {alpha2.lower() for alpha2, _ in found})


def _sort(words: str) -> str:
    """ "against" for whoever is against the state, in whatever words; else the words themselves."""
    parts = words.removeprefix(DESCRIBED[1:]).split("-")
    found = {" ".join(parts), *parts, *(part.removesuffix("s") for part in parts)}
    return "against" if found & _against() else words


def _initials(short: str, long: str) -> bool:
    """ "rsf" of "rapid-support", whose noun for any body is left out of the id; "hts" of "hayat-tahrir-al-sham"."""
    if "-" in short or len(short) < 3:
        return False
    parts = long.split("-")
    bodies = {word[0] for word in _words()["bodies.dropped"]}
    for used in (parts, [part for part in parts if part not in SMALL]):
        letters = "".join(part[0] for part in used if part)
        if len(used) > 1 and (short == letters or (short[:-1] == letters and short[-1] in bodies)):
            return True
    return False


def _longer(short: list[str], long: list[str]) -> bool:
    """Whether one name is the other with a nation before it ("us-sdf"), or its first two words or more."""
    if len(long) <= len(short):
        return False
    rest = long[: -len(short)]
    if long[-len(short) :] == short and all(word in _nations() for word in rest):
        return True
    return len(short) > 1 and long[: len(short)] == short and all(len(word) > 1 for word in long)
