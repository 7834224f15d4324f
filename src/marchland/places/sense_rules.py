"""What the words beside a name say about its sense: small rules, each with a weight and a sentence it can print.

A positive weight speaks for a place, or for a body or a people named after one. The weights are set by hand in
quarters, in view of half of two public sets of articles; `python -m bench places_found` measures them on both halves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from marchland.places.sense_words import SenseWords
from marchland.records import Reason

WELL_KNOWN = 400_000
SIZE_OF_KIND = {"country": 5_000_000, "capital": 5_000_000, "crossing": 5_000_000, "province": 500_000}
_BY_SIZE = (
    (5_000_000, 1.5),
    (400_000, 1.0),
    (100_000, 0.75),
    (20_000, 0.25),
    (3_000, 0.0),
    (0, -0.25),
)
"""Inhabitants from which a name counts so much."""


class Beside(NamedTuple):
    """A name and the words beside it."""

    name: str
    """As written."""
    sort: str
    noun: str
    left: tuple[str, ...]
    """Words of its run of capitals before it, in small letters; a hyphen is a word."""
    right: tuple[str, ...]
    """Words of its run after it."""
    capitals: str
    """Which words are written in capitals throughout: "left" the one before it, "name" itself and not the one after
    it, or nothing."""
    before: str
    """The word before the run; empty at the start of a sentence or after a mark."""
    mark: str
    """What stands between that word and the run: empty for a space; "start" where a sentence begins."""
    follows: str
    """The word or the mark after the run; a word after a hyphen with the hyphen."""
    comma: str
    """The place after a comma in which one of this name lies."""


class Standing(NamedTuple):
    """What the gazetteer knows of a name."""

    kind: str
    population: int
    own: bool
    """It is the first name of the best-known place that bears it, not one of its further names."""
    size: int
    """Inhabitants, or what a place of its kind counts for."""


@dataclass(frozen=True, slots=True)
class Case:
    """One name to judge."""

    beside: Beside
    standing: Standing
    common: bool
    words: SenseWords

    @property
    def personal(self) -> bool:
        """Whether people have this name, too."""
        low = self.beside.name.lower()
        return self.beside.sort == "name" and (low in self.words.first or low in self.words.family)

    def word_before(self) -> str:
        """The word before the name, passing over "the"."""
        left = self.beside.left
        if not left:
            return self.beside.before
        return left[-2] if left[-1] == "the" and len(left) > 1 else left[-1]


Rule = Callable[[Case], Reason | None]


def standing(case: Case) -> Reason | None:
    """Countries, capitals and big towns are named more often than villages of the same name."""
    place = case.standing
    if case.beside.sort != "name":
        return None
    weight = _of_size(place.size)
    if not place.own and place.kind != "country":
        weight -= 0.75
    known = place.kind if place.own else f"{place.kind} under another name"
    return Reason("standing", weight, f"the best known is a {known} of {place.population} people")


def _of_size(size: int) -> float:
    for least, weight in _BY_SIZE:
        if size >= least:
            return weight
    return _BY_SIZE[-1][1]


def word(case: Case) -> Reason | None:
    """A name that is an everyday word, a month or a first name, too."""
    if not case.common or case.beside.sort != "name":
        return None
    weight = -0.75 if case.standing.size >= WELL_KNOWN and case.standing.own else -1.75
    weight -= 0.75 if case.beside.mark == "start" and not case.beside.left else 0.0
    return Reason("word", weight, "it is an everyday word or a first name, too")


def preposition(case: Case) -> Reason | None:
    """The word before it: "in", "from", "by"."""
    before = case.word_before()
    if before in (",of", ",from", ",in", ",near"):
        return Reason("preposition", 1.75, f'"{before[1:]}" after a comma stands before it')
    before = before.lstrip(",")
    for words, weight in ((case.words.sure, 1.75), (case.words.likely, 0.75), (case.words.unlikely, -0.25)):
        if before in words:
            return Reason("preposition", weight, f'"{before}" stands before it')
    return None


def container(case: Case) -> Reason | None:
    """ "Zorva, Norland": the gazetteer has it there."""
    return Reason("container", 2.5, f"it lies in {case.beside.comma}, named after it") if case.beside.comma else None


def noun(case: Case) -> Reason | None:
    """ "Zorva province", "the district of Zorva"."""
    return Reason("noun", 1.75, f'the text calls it "{case.beside.noun}"') if case.beside.noun else None


def after_in_run(case: Case) -> Reason | None:
    """The capitals after it: a street, a paper, a police department, a surname."""
    right, words = case.beside.right, case.words
    if not right or case.beside.noun == right[0] or case.beside.capitals == "name":
        return None
    if right[0] == "-":
        return None
    if right[0] in words.ways:
        return Reason("way", -3.0, f'a "{right[0]}" is named after it')
    if not words.other.isdisjoint((right[0], right[-1])):
        return Reason("thing", -2.5, f'part of the name of a "{right[-1]}"')
    if right[0] in words.land:
        return Reason("land", -1.5, f'a "{right[0]}" is named after it')
    body = next((one for one in right[:4] if one in words.local), "")
    if body:
        return Reason("body", 0.75, f'a "{body}" bears the name of where it is')
    if right[-1] in words.ways or right[-1] in words.named or right[-1] in words.land:
        return Reason("way", -1.5, f'a "{right[-1]}" is named after it')
    if right[0] in words.titles:
        return Reason("title", 0.75, f'"{right[0]}" comes after it: somebody who is of there')
    if right[0] in words.small or right[0] in words.particles:
        return None
    return Reason("stray", -2.25 if case.personal else -0.75, f'"{right[0]}" stands right after it, as a surname does')


def before_in_run(case: Case) -> Reason | None:
    """The capitals before it: a first name, a title, "University of"."""
    left, words = case.beside.left, case.words
    if not left:
        return None
    last = left[-1]
    if last == "-":
        if len(left) > 1 and left[-2] in words.first:
            return Reason("joined", -1.75, f'"{left[-2]}-" before it is a first name')
        return Reason("party", 3.0, "a letter and a hyphen stand before it") if len(left[-2:][0]) == 1 else None
    if last in ("of", "the", "for", "in"):
        heads = [one for one in left[:-1] if one in words.heads or one in words.local]
        return Reason("body", 0.25, f'"{heads[-1]} of" stands before it') if heads else None
    if last in words.small:
        return None
    if (len(last) == 2 and last.endswith(".")) or (len(last) == 1 and last not in "eiouy"):
        return Reason("initial", -3.0, "an initial stands before it")
    if last in words.titles:
        return Reason("title", -2.25, f'"{last}" stands before it')
    if last in words.parts:
        return Reason("part", 0.5, f'"{last}" stands before it')
    if last in words.first:
        return Reason("first name", -3.0, f'"{last}" before it is a first name')
    if last in words.local or last in words.other or case.beside.capitals == "left":
        return None
    weight = -0.75 if case.standing.kind in ("country", "province") else -1.75
    return Reason("stray", weight, f'"{last}" stands right before it, as a first name does')


def title(case: Case) -> Reason | None:
    """ "Mr. Zorva"."""
    if not case.beside.left and not case.beside.right and case.beside.before.lstrip(",") in case.words.titles:
        return Reason("title", -2.5, f'"{case.beside.before}" stands before it')
    return None


def part(case: Case) -> Reason | None:
    """ "northern Zorva", "downtown Zorva"."""
    if not case.beside.left and case.beside.before.lstrip(",") in case.words.parts:
        return Reason("part", 1.5, f'"{case.beside.before}" stands before it')
    return None


def followed(case: Case) -> Reason | None:
    """The word after it: "said", "residents", "-based"."""
    follows = case.beside.follows
    if case.beside.right or not follows:
        return None
    if follows.startswith("-"):
        told = follows[1:] in case.words.hyphened
        return Reason("hyphen", 1.5, f'"{follows}" hangs on it') if told else None
    if follows in case.words.person_after:
        return Reason("person", -3.0, f'"{follows}" comes after it')
    if follows in case.words.place_after:
        return Reason("followed", 1.25, f'"{follows}" comes after it')
    acts = follows in case.words.deeds and case.standing.kind not in ("country", "capital")
    if acts and case.word_before().lstrip(",") not in case.words.sure | case.words.likely:
        return Reason("deed", -1.5, f'"{follows}" comes after it, as after a person')
    return None


def short(case: Case) -> Reason | None:
    """Short forms: "U.S.", and after a comma "Zorva, Ky."."""
    if case.beside.sort not in ("short", "code"):
        return None
    after = case.beside.mark in (",", "(")
    if after or (case.beside.sort == "short" and case.beside.name.count(".") != 1):
        return Reason("short", 1.5, "a short form of a name")
    weight = -0.75 if case.beside.sort == "short" else -3.0
    return Reason("short", weight, "it may be a short form, but no comma stands before it")


def adjective(case: Case) -> Reason | None:
    """ "Sudanese": named for a country."""
    return Reason("adjective", 1.5, "an adjective of a country") if case.beside.sort == "adjective" else None


def initials(case: Case) -> Reason | None:
    """Two to four capitals are mostly a body's initials."""
    name = case.beside.name
    if case.beside.sort == "name" and name.isupper() and len(name) <= 4 and case.standing.kind != "country":
        alone = not case.beside.left and not case.beside.right
        return Reason("initials", -2.0 if alone else -1.0, "so few capitals are mostly initials")
    return None


def dateline(case: Case) -> Reason | None:
    """ "ZORVA Rebels took": the only word in capitals throughout."""
    told = case.beside.capitals == "name" and len(case.beside.name) > 3 and case.beside.mark == "start"
    return Reason("dateline", 1.5, "it alone stands in capitals, as in a dateline") if told else None


def too_short(case: Case) -> Reason | None:
    """Names of one or two letters."""
    if case.beside.sort == "name" and len(case.beside.name) < 3 and case.standing.kind != "country":
        return Reason("too short", -3.0, "too short to be told from a word")
    return None


def personal(case: Case) -> Reason | None:
    """A first name or a family name that stands alone."""
    if case.standing.kind in ("country", "province") or not case.personal:
        return None
    first = case.beside.name.lower() in case.words.first
    return Reason("personal", -0.5 if first else -0.25, f"it is a {'first' if first else 'family'} name, too")


RULES: tuple[Rule, ...] = (
    standing, word, preposition, container, noun, after_in_run, before_in_run, title, part, followed, short,
    adjective, initials, dateline, too_short, personal,
)  # fmt: skip
