"""Is this article about war and borders at all? "Seized control of the match" is said of cricket, too.

The words of lexicons/domains.csv vote twice. An article with none of the vocabulary of conflict and passage, or with
more of another field's, holds no claim about control whatever its verbs are. In an article that has some, but little
for its length, the sentences around the claim have to speak of war themselves: one word of it where there is some more
of it elsewhere, two where there is hardly any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CONFLICT = "conflict"
TAKING = "taking"
"""Words that speak of war where no other field has a word: champions capture titles, too."""
HISTORY = "history"
LONG_AGO = 20
"""Years after which an event is history to an article that speaks of an anniversary, a museum or the like."""
LENGTH_OF_A_VOTE = 1200
"""Characters, about 200 words: a longer article needs one more word of conflict for each such length, up to four.
Reports of war have one in 20 to 60 words; local news of 300 words has one by chance (BENCHMARKS.md, "Stance")."""
MOST_NEEDED = 4
BEFORE = 2
"""Sentences before a claim, besides the one after it, that may speak of war for it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence, for what it says of war: its text, the forces and crossings it calls by names that mean nothing else
    ("Hamas", not "the police"), and the home countries of the parties it names."""

    text: str
    names: frozenset[str]
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Relevance:
    """Counts words of each domain in a text."""

    domains: Mapping[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, domains: Mapping[str, str]) -> Relevance:
        """Compile the word list once."""
        terms = "|".join(sorted(map(re.escape, domains), key=len, reverse=True))
        return cls(domains, re.compile(rf"\b(?:{terms})(?:s|es)?\b", re.IGNORECASE))

    def votes(self, text: str, *, often: bool = False) -> Counter[str]:
        """Distinct terms found for each domain; `often` counts each time that one is said."""
        said = [match.group().lower() for match in self.pattern.finditer(text)]
        found = said if often else set(said)
        return Counter(domain for term in found if (domain := self._domain(term)))

    def _domain(self, term: str) -> str | None:
        return (
            self.domains.get(term)
            or self.domains.get(term.removesuffix("s"))
            or self.domains.get(term.removesuffix("es"))
        )

    def about_control(self, text: str, *, parties: int, states: int = 0) -> bool:
        """True when the text can be about control of places.

        `parties` counts the forces and crossings it names, `states` the countries whose parties it names: one
        of them and no word of another field is enough.
        """
        votes = self.votes(text)
        votes.pop(TAKING, 0)
        conflict = votes.pop(CONFLICT, 0) + min(parties, 3)
        others = max(votes.values(), default=0)
        return (conflict > 0 and conflict >= others) or (states > 0 and not others)

    def peaceful(self, text: str, sentences: Sequence[Beside]) -> set[int]:
        """Indexes of the sentences in which a claim of control is not to be believed: in an article with few words of
        conflict for its length, they and their neighbours have too few of their own."""
        named = len({name for one in sentences for name in one.names})
        states = len({country for one in sentences for country in one.countries})
        wanted = self._wanted(text, named=named, states=states)
        if not wanted:
            return set()
        return {i for i in range(len(sentences)) if self._near(sentences[max(0, i - BEFORE) : i + 2]) < wanted}

    def _wanted(self, text: str, *, named: int, states: int) -> int:
        """Words of conflict that the surroundings of a claim must hold: 0 in an article full of them, 1 where they are
        few for its length, 2 where they are fewer still or another field has more."""
        conflict, others = self._sides(text)
        conflict += min(named, 3)
        needed = min(1 + len(text) // LENGTH_OF_A_VOTE, MOST_NEEDED)
        if max(conflict, int(states > 0)) < needed or others > conflict:
            return 2
        return int(conflict < 2 * needed)

    def _near(self, around: Sequence[Beside]) -> int:
        """Words of conflict and names of forces in some sentences, less the words of another field."""
        conflict, others = self._sides(" ".join(one.text for one in around), often=True)
        named = {name for one in around for name in (*one.names, *one.countries)}
        return conflict + min(len(named), 2) - others

    def _sides(self, text: str, *, often: bool = False) -> tuple[int, int]:
        """Votes for conflict, and those of the strongest other field; `often` counts a word each time it is said."""
        votes = self.votes(text, often=often)
        conflict, taking = votes.pop(CONFLICT, 0), votes.pop(TAKING, 0)
        others = max(votes.values(), default=0)
        return conflict + (0 if others else taking), others

    def commemorates(self, text: str) -> bool:
        """Whether the text has words of anniversaries and memorials."""
        return self.votes(text)[HISTORY] > 0
