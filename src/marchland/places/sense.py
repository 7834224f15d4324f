"""In which sense a name is used: of a place, of a body that is there, of a people, or of nothing that lies anywhere.

A gazetteer of the world has a village for almost any word, and people, papers and teams bear names of towns. What
stands beside a name decides: small rules, each with a weight and a sentence (`RULES`). Their sum has to reach
`ENOUGH`. The text as a whole adds more: a name that it gives to a person is not a town, one that is surely a town stays
one, and so does what stands in a list with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from marchland.places.find import Finder, Found
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.places.sense_rules import RULES, SIZE_OF_KIND, Beside, Case, Standing
from marchland.places.sense_words import SenseWords, load_sense_words
from marchland.records import Place, Reason

ENOUGH = 0.25
"""A sum that makes a name a place's."""
FIRM = -1.0
"""A sum up to which a name is surely of no place, where a rule says of what else it is."""
SURE = 1.5
"""A sum from which a name vouches for its other mentions in the text."""
LIST_WEIGHT = 1.0
_PERSON_IN_TEXT = Reason("person in the text", -2.5, "the text gives this name to a person")
_ELSEWHERE = Reason("elsewhere", 1.0, "the text names it as a place elsewhere")
_JOINING = frozenset({", ", " and ", ", and ", " or ", ", or "})
_ENDS = ".!?:;"
_OPENERS = "\"'“‘”([—–*•|"
_FOLLOWING = re.compile(r"(?:(-)|\s{1,8})([^\W\d_]{1,20})|, ([JS]r)\b")
"""A word after a space or a hyphen, or "Jr" after a comma."""
_NEAR = 32
"""Characters before a run that are looked at."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A found name and what it is used of."""

    found: Found
    use: str
    """place; body (part of the name of a body that is there: "Zorva Police Department"); people (an adjective);
    other: a person, a paper, a street, a word."""
    score: float
    reasons: tuple[Reason, ...]
    kind: str = ""
    """What the noun beside it asks for: province, district, city, crossing, ...; empty without one."""
    within: str = ""
    """The place after a comma in which one of this name lies, by the gazetteer ("Zorva, Norland")."""


_OUTRIGHT = frozenset({"title", "first name", "initial", "person", "person in the text", "thing", "way"})
"""Rules that say of what else the name is."""
_PERSONAL = frozenset({"title", "first name", "initial", "person"})
"""Rules whose verdict makes the name a person's in the whole text."""


class Teller:
    """Tells in which sense the names of a text are used. Remembers what it judged; no state passes between texts."""

    def __init__(self, finder: Finder, gazetteer: Gazetteer, words: SenseWords) -> None:
        """Judge what this finder finds, by a gazetteer and the lexicons' words."""
        self._finder = finder
        self._gazetteer = gazetteer
        self._words = words
        self._judged = lru_cache(maxsize=65536)(self._judge)
        self._standing = lru_cache(maxsize=16384)(self._find_standing)
        self._lies_in = lru_cache(maxsize=8192)(self._find_lies_in)

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> Teller:
        """One that finds the names of a gazetteer, with the shipped lexicons. Raises BrokenData where one is broken."""
        return cls(Finder.of(gazetteer), gazetteer, load_sense_words())

    def senses(self, text: str) -> tuple[Sense, ...]:
        """Every name found in the text with its sense, in order."""
        found = self._finder.find(text)
        besides = [self._beside(text, one, after) for one, after in zip(found, (*found[1:], None), strict=False)]
        judged = [self._judged(beside) for beside in besides]
        people = {_last(one.name) for one, verdict in zip(found, judged, strict=True) if verdict[2]}
        sure = {one.name for one, verdict in zip(found, judged, strict=True) if verdict[1] >= SURE}
        senses = [
            self._sense(one, beside, reasons, score, people, sure)
            for one, beside, (reasons, score, _) in zip(found, besides, judged, strict=True)
        ]
        return tuple(_listed(text, _listed(text, senses[::-1])[::-1]))

    def _sense(
        self, found: Found, beside: Beside, reasons: tuple[Reason, ...], score: float, people: set[str], sure: set[str]
    ) -> Sense:
        """The sense of a name once the whole text has been looked at."""
        kind = self._finder.kind_of(found.noun) if found.noun else ""
        sense = Sense(found, _use(found, reasons) if score >= ENOUGH else "other", score, reasons, kind, beside.comma)
        bare = not beside.right and self._words.small.issuperset(beside.left) and found.sort == "name"
        if bare and score < SURE / 2 and found.name in people:
            return _with(sense, _PERSON_IN_TEXT)
        return _with(sense, _ELSEWHERE) if score < SURE and found.name in sure else sense

    def others(self, text: str) -> frozenset[int]:
        """Where names begin that a title, a first name or a noun shows to be of a person, a paper or a street."""
        return frozenset(sense.found.start for sense in self.senses(text) if _is_surely_other(sense))

    def _judge(self, beside: Beside) -> tuple[tuple[Reason, ...], float, bool]:
        """Reasons, their sum, and whether they make the name a person's in the whole text."""
        common = self._gazetteer.is_common_word_name(beside.name)
        case = Case(beside, self._standing(beside.name), common, self._words)
        reasons = tuple([reason for rule in RULES if (reason := rule(case)) is not None])
        return reasons, sum([reason.weight for reason in reasons]), _is_person(reasons)

    def _find_standing(self, name: str) -> Standing:
        found = self._gazetteer.lookup(name)
        if not found:
            return Standing("", 0, True, 0)
        best, people = found[0], max(place.population for place in found[:6])
        return Standing(best.kind, people, key(best.name) == key(name), max(people, SIZE_OF_KIND.get(best.kind, 0)))

    def _beside(self, text: str, one: Found, after: Found | None) -> Beside:
        before, mark = _before(text, one.run_start, self._words.abbreviations)
        written = text[one.start : one.end]
        left = _words(text[one.run_start : one.start]) if one.start > one.run_start else ()
        right = _words(text[one.end : one.run_end]) if one.end < one.run_end else ()
        return Beside(
            written,
            one.sort,
            one.noun,
            tuple(map(str.lower, left)),
            tuple(map(str.lower, right)),
            "left" if left and left[-1].isupper() else "name" if _alone_in_capitals(written, right) else "",
            before,
            mark,
            _follows(text, one.run_end),
            self._comma(text, one, after),
        )

    def _comma(self, text: str, one: Found, after: Found | None) -> str:
        if after is None or one.sort != "name" or text[one.end : after.start] != ", ":
            return ""
        return after.name if after.sort in ("short", "code") or self._lies_in(one.name, after.name) else ""

    def _find_lies_in(self, name: str, container: str) -> bool:
        """Whether some place of the one name lies in a country, a province or a district of the other."""
        wholes = [p for p in self._gazetteer.lookup(container)[:12] if p.kind in ("country", "province", "district")]
        return any(_is_in(place, whole) for place in self._gazetteer.lookup(name) for whole in wholes)


def _is_in(place: Place, whole: Place) -> bool:
    named = whole.kind == "country" or whole.name in (place.admin1, place.admin2)
    return named and whole.country == place.country and whole.place_id != place.place_id


def _words(text: str) -> tuple[str, ...]:
    """Words, each hyphen between them as one."""
    return tuple(text.replace("-", " - ").replace("–", " - ").split())


def _alone_in_capitals(name: str, right: tuple[str, ...]) -> bool:
    return name.isupper() and not (right and right[0].isupper())


def _before(text: str, start: int, abbreviations: frozenset[str]) -> tuple[str, str]:
    """The word before a run and what stands between: "start" where a sentence begins."""
    chunk = text[max(start - _NEAR, 0) : start]
    bare = chunk.rstrip(_OPENERS + " \t\n\u00a0")
    if not bare or "\n\n" in chunk[len(bare) :]:
        return "", "start"
    last = bare[-1]
    if last == "-" or chunk[-1] == "(":
        return "", chunk[-1]
    if last == ".":
        word = bare[:-1].split()[-1:]
        known = word and word[0].lower() in abbreviations
        return (word[0].lower(), "") if known else ("", "start")
    if last in _ENDS:
        return "", "start"
    if not last.isalnum():
        return "", last
    if not chunk[-1].isspace():
        return "", chunk[-1]
    last_word = bare.split()[-1].lower()
    return (f",{last_word}" if bare[: -len(last_word)].rstrip().endswith(",") else last_word), ""


def _follows(text: str, end: int) -> str:
    told = _FOLLOWING.match(text, end)
    if told is None:
        return text[end : end + 1]
    hyphen, word, junior = told.groups()
    return (hyphen or "") + (word or junior).lower()


def _is_person(reasons: Iterable[Reason]) -> bool:
    return any(reason.rule in _PERSONAL and reason.weight <= -2 for reason in reasons)


def _last(name: str) -> str:
    return name.rpartition(" ")[2]


def _with(sense: Sense, reason: Reason) -> Sense:
    """The sense with one more reason."""
    score, reasons = sense.score + reason.weight, (*sense.reasons, reason)
    use = _use(sense.found, reasons) if score >= ENOUGH else "other"
    return replace(sense, use=use, score=score, reasons=reasons)


def _use(found: Found, reasons: tuple[Reason, ...]) -> str:
    if found.sort == "adjective":
        return "people"
    return "body" if any(reason.rule == "body" for reason in reasons) else "place"


def _listed(text: str, senses: list[Sense]) -> list[Sense]:
    """Names that stand in a list right after a sure place (in the order given) are places, too."""
    told = senses[:1]
    for sense in senses[1:]:
        last = told[-1]
        asked = last.score >= SURE > sense.score and last.use == "place" and sense.found.sort == "name"
        if asked and _in_list(text, last.found, sense.found) and sense.reasons[-1].rule != "list":
            told.append(_with(sense, _listed_with(last)))
        else:
            told.append(sense)
    return told


def _listed_with(sense: Sense) -> Reason:
    return Reason("list", LIST_WEIGHT, f"it stands in a list with {sense.found.name}")


def _is_surely_other(sense: Sense) -> bool:
    return sense.score <= FIRM and any(reason.rule in _OUTRIGHT for reason in sense.reasons)


def _in_list(text: str, one: Found, other: Found) -> bool:
    """Whether nothing but a comma or "and" stands between two names that fill their runs."""
    low, high = sorted((one, other))
    return low.end == low.run_end and high.start == high.run_start and text[low.end : high.start] in _JOINING
