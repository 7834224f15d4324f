"""Places that no gazetteer has, known by how the article speaks of them: "in Zorvaly", "the town of Zorvaly".

A village of three hundred people can be the news of the day. Its name is then kept as written: a claim about it is a
claim, though where it lies cannot be told, and "the town" after it is not the town named before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from marchland.claims.mentions import Mention

_NAME = r"(?P<name>[A-Z][^\W\d_]+(?:[-’'][^\W\d_]+)*(?:[ -](?:[a-z]{1,3}[ -])?[A-Z][^\W\d_]+(?:[-’'][^\W\d_]+)*){0,2})"
_AFTER = r"(?![’']|[ -][A-Z])"
_SPEAKS = re.compile(r"\s+(?:said|says|told|added|tweeted|wrote|who)\b")
_FIRST_NAME = re.compile(r"[a-z,] [A-Z][a-z.]+ $")
MIN_LETTERS = 4
MOST_NAMES = 200
MOST_BEFORE = 24
"""Characters before a name in which a first name is sought."""


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Finds such names. `is_word` tells of words and names that mean something else."""

    of_noun: re.Pattern[str]
    """ "the town of X"."""
    before_noun: re.Pattern[str]
    """ "X district"."""
    located: re.Pattern[str]
    """ "in X", "near X"."""
    taken: re.Pattern[str]
    """ "captured X", "the fall of X": so are people and groups, so that the name must come up again."""
    is_word: Callable[[str], bool]

    @classmethod
    def of(cls, nouns: frozenset[str], located: Mapping[str, list[str]], is_word: Callable[[str], bool]) -> Unlisted:
        """Patterns for these common nouns of places and the words of lexicons/grammar.toml, `located`."""
        kinds = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
        where = "|".join(sorted(map(re.escape, located["words"]), key=len, reverse=True))
        words = "|".join(sorted(map(re.escape, located["taken"]), key=len, reverse=True))
        return cls(
            re.compile(rf"\b(?:{kinds}) of {_NAME}{_AFTER}"),
            re.compile(
                rf"\b[Tt]he {_NAME} (?:{kinds})\b|(?<=[a-z,] ){_NAME.replace('?P<name>', '?P<bare>')} (?:{kinds})\b"
            ),
            re.compile(rf"\b(?i:{where}) {_NAME}{_AFTER}"),
            re.compile(rf"\b(?:{words}) {_NAME}{_AFTER}"),
            is_word,
        )

    def names(self, text: str) -> frozenset[str]:
        """The names that this text uses as places and that mean nothing else, as far as can be told.

        Only the first `MOST_NAMES` are looked at: a text that names more unknown places is no report.
        """
        first = islice(dict.fromkeys(self._candidates(text)), MOST_NAMES)
        return frozenset(name for name in first if self._believable(name, text))

    def _candidates(self, text: str) -> Iterator[str]:
        for pattern in (self.of_noun, self.before_noun, self.located):
            for match in pattern.finditer(text):
                yield next(group for group in match.groups() if group)
        taken = dict.fromkeys(match["name"] for match in self.taken.finditer(text))
        yield from (name for name in islice(taken, MOST_NAMES) if text.count(name) > 1)

    def _believable(self, name: str, text: str) -> bool:
        """Not a known word or name, not a person: nobody of that name speaks or has a first name."""
        parts = re.split(r"[ -]", name)
        if len(name) < MIN_LETTERS or name.isupper() or any(map(self.is_word, (name, *parts))):
            return False
        return not any(_of_person(text, match) for match in re.finditer(rf"\b{re.escape(name)}\b", text))


def _of_person(text: str, match: re.Match[str]) -> bool:
    before = text[max(match.start() - MOST_BEFORE, 0) : match.start()]
    return bool(_SPEAKS.match(text, match.end()) or _FIRST_NAME.search(before))


def written(names: frozenset[str]) -> re.Pattern[str] | None:
    """These names as one expression, the longest first; None for none. Made once for an article."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b") if names else None


def mark(text: str, names: re.Pattern[str] | None, taken: list[Mention]) -> list[Mention]:
    """Mentions of these names in a sentence, where no other name stands."""
    found = [Mention("place", m.group(), m.start(), m.end()) for m in names.finditer(text)] if names else []
    return [one for one in found if all(one.end <= other.start or one.start >= other.end for other in taken)]
