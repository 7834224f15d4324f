"""Is this article about war and borders at all? "Seized control of the match" is said of cricket, too.

The words of lexicons/domains.csv vote; an article with none of the vocabulary of conflict and passage, or with more
of another field's, holds no claim about control whatever its verbs are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

CONFLICT = "conflict"


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

    def votes(self, text: str) -> Counter[str]:
        """Distinct terms found for each domain."""
        found = {match.group().lower() for match in self.pattern.finditer(text)}
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
        conflict = votes.pop(CONFLICT, 0) + min(parties, 3)
        others = max(votes.values(), default=0)
        return (conflict > 0 and conflict >= others) or (states > 0 and not others)
