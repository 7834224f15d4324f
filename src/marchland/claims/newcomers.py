"""Parties that no table has, found by how an article speaks of them: "rebels known as the Brown Shields".

Every run of capitals is a candidate. Cues around it (`CUES`) add up over the whole article, each counted once; a name
that reaches `ENOUGH` is a party wherever it stands in the article, alone or by the initials it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from marchland.claims.newcomer_cues import ACRONYM, CUES, GIVEN, INITIALS, OF_ARMED, OF_LEADERS, PartyWords, Run
from marchland.places.names import key
from marchland.records import Reason

ENOUGH = 1.0
NEAR = 70
"""Characters before and after a name in which its cues stand."""
MAX_WORDS = 8
_LETTER = r"[^\W\d_a-zß-öø-ÿ]"
_AFTER_HYPHEN = r"(?!(?:led|backed|aligned|allied|loyal|linked|held)\b)\w+"
_CAP = rf"(?:(?:[Aa]l|[Ee]l|[Aa]n|[Aa]s|[Aa]sh)-)?{_LETTER}\w*(?:[’']\w{{2,}})?(?:-{_AFTER_HYPHEN})*"
_RUN = re.compile(rf"{_CAP}(?: (?:{_CAP}|\d+(?= {_CAP})))*")
_SPELT_OUT = re.compile(rf"({INITIALS}) \((?:the )?$")
_OWNS = re.compile(rf"[’']s? (?={_CAP})")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A party made known by the article itself."""

    name: str
    aliases: tuple[str, ...]
    armed: bool
    """Whether it is spoken of as people under arms that are not the state's."""
    reasons: tuple[Reason, ...]


@dataclass
class _Told:
    """What the article says of one name."""

    names: dict[str, int] = field(default_factory=dict)
    cues: dict[str, Reason] = field(default_factory=dict)

    @property
    def weight(self) -> float:
        return sum(reason.weight for reason in self.cues.values())


@dataclass(frozen=True)
class NewcomerFinder:
    """Finds parties that no table has.

    `is_taken` tells names that already are something else: parties on record, places of note, outlets, people.
    """

    words: PartyWords
    is_taken: Callable[[str], bool]
    is_nation: Callable[[str], bool]
    is_english: Callable[[str], bool]

    def find(self, text: str) -> tuple[Newcomer, ...]:
        """Every new party of an article, in the order of their first mention."""
        if not self._worth_reading.search(text):
            return ()
        told: dict[str, _Told] = {}
        short: dict[str, str] = {}
        for run in self._runs(text):
            self._listen(run, told, short)
        return tuple(self._made(told, short))

    @cached_property
    def _worth_reading(self) -> re.Pattern[str]:
        words = self.words.one_of("people.nouns", "people.armed", "bodies.own", "verbs.deeds", "people.forces")
        return re.compile(rf"\b{words}\b", re.IGNORECASE)

    def _runs(self, text: str) -> Iterator[Run]:
        at = 0
        while (found := _RUN.search(text, at)) is not None:
            start, end = self._trimmed(text, found.start(), self._joined(text, found.start(), found.end()))
            at = max(found.end(), end)
            if start < end and text[start:end].count(" ") < MAX_WORDS:
                before = text[max(0, start - NEAR) : start].rpartition("\n")[2]
                after = text[end : end + NEAR].partition("\n")[0]
                opens = not before.strip("\"'“‘ ") or before.rstrip("\"'“‘ ").endswith((".", "!", "?", ":"))
                name = text[start:end]
                yield Run(name, before, after, opens and name.isalpha() and self.is_english(name.lower()))

    def _joined(self, text: str, start: int, end: int) -> int:
        """The end of the name, with "of the ..." and "for ..." after a body, and "'s" after an English word."""
        joiners, bodies = self.words["joiners.words"], self.words["bodies.own"] | self.words["bodies.shared"]
        for _ in range(3):
            last = re.split(r"[\s-]", text[start:end])[-1].lower()
            owned = _OWNS.match(text, end)
            if owned is not None and self.is_english(last) and not self.is_nation(last):
                follow = _RUN.match(text, owned.end())
            elif bodies & set(text[start:end].lower().split()) and last not in self.words["people.nouns"]:
                small = re.compile(rf"(?: (?:{'|'.join(joiners - {'and'})}))+ (?={_CAP})").match(text, end)
                small = small or re.compile(rf" and (?={_CAP})").match(
                    text, end if " for " in text[start:end] else len(text)
                )
                follow = _RUN.match(text, small.end()) if small is not None else None
            else:
                follow = None
            if follow is None:
                break
            end = follow.end()
        return end

    def _trimmed(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Without what a sentence begins with, titles, and nouns of people at either end."""
        people = (
            self.words["people.nouns"]
            | self.words["people.forces"]
            | self.words["titles.words"]
            | self.words["people.armed"]
        )
        parts = [(m.start() + start, m.end() + start, m.group().lower()) for m in re.finditer(r"\S+", text[start:end])]
        while parts and (
            parts[0][2] in people | self.words["openers.words"]
            or (len(parts) > 1 and self._drops(parts[0][2], text[parts[1][0] : end]))
        ):
            parts = parts[1:]
        while parts and parts[0][2].isdigit():
            parts = parts[1:]
        while parts and parts[-1][2] in self.words["people.nouns"]:
            parts = parts[:-1]
        return (parts[0][0], parts[-1][1]) if parts else (end, end)

    def _drops(self, first: str, rest: str) -> bool:
        """ "Zambian N17": a nation before initials is none of the name."""
        return self.is_nation(first) and bool(ACRONYM.match(rest))

    def _listen(self, run: Run, told: dict[str, _Told], short: dict[str, str]) -> None:
        spelt = _SPELT_OUT.search(run.before)
        given = GIVEN.match(run.after)
        initials_of = next((g for g in given.groups() if g), None) if given else spelt.group(1) if spelt else None
        if initials_of is not None and len(run.words) > 1:
            short.setdefault(initials_of, slug(run.name, self.words))
        known = told.setdefault(slug(run.name, self.words), _Told())
        known.names[run.name] = known.names.get(run.name, 0) + 1
        for cue in CUES:
            if cue.__name__ not in known.cues and (said := cue(run, self.words)) is not None:
                known.cues[cue.__name__] = Reason(cue.__name__, *said)

    def _made(self, told: Mapping[str, _Told], short: Mapping[str, str]) -> Iterator[Newcomer]:
        by_long: dict[str, list[str]] = {}
        for letters, long in short.items():
            by_long.setdefault(long, []).append(letters)
            told[long].cues.update({n: r for n, r in told.get(key(letters), _Told()).cues.items() if n not in _SHAPE})
        for name, said in told.items():
            written = max(said.names, key=lambda one: (said.names[one], one), default="")
            if said.weight < ENOUGH or any(key(letters) == name for letters in short) or self._is_other(written):
                continue
            aliases = dict.fromkeys([*said.names, *by_long.get(name, ()), *_surname(written, said)])
            yield Newcomer(written, tuple(aliases), bool(OF_ARMED & set(said.cues)), tuple(said.cues.values()))

    def _is_other(self, name: str) -> bool:
        parts = name.replace("-", " ").split()
        described = self.words["bodies.own"] | self.words["people.nouns"] | self.words["people.armed"]
        if parts and (parts[0].lower() in self.words["openers.prefixes"] or described.issuperset(name.lower().split())):
            return True
        return not parts or all(self.is_nation(part) for part in parts) or self.is_taken(name)


_SHAPE = frozenset({"letters_and_digits", "initials"})


def slug(name: str, words: PartyWords | None) -> str:
    """The words of a name that make up its id; given `words`, without nouns for any body at its end."""
    parts = key(re.sub(r"[’']s\b|[’'](?=\s|$)", "", name)).replace("-", " ").split()
    while words is not None and len(parts) > 1 and parts[-1] in words["bodies.dropped"]:
        parts = parts[:-1]
    return "-".join(parts)[:60]


def _surname(name: str, said: _Told) -> tuple[str, ...]:
    parts = name.split()
    fit = 2 <= len(parts) <= 3 and len(parts[-1]) > 3 and parts[-1][0].isupper()
    return (parts[-1],) if OF_LEADERS & set(said.cues) and fit else ()
