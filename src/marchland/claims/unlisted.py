"""Places that no gazetteer has, known by how the article speaks of them: "in Zorvaly", "the town of Zorvaly".

A village of three hundred people can be the news of the day. Its name is then kept as written: a claim about it is a
claim, though where it lies cannot be told, and "the town" after it is not the town named before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from marchland.claims.mentions import Mention

_NAME = r"(?P<name>[A-Z][^\W\d_]+(?:[-’'][^\W\d_]+)*(?:[ -](?:[a-z]{1,3}[ -])?[A-Z][^\W\d_]+(?:[-’'][^\W\d_]+)*){0,2})"
_AFTER = r"(?![’']|[ -][A-Z])"
_SPEAKS = re.compile(r"\s+(?:said|says|told|added|tweeted|wrote|who)\b")
MIN_LETTERS = 4


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
        """The names that this text uses as places and that mean nothing else, as far as can be told."""
        found = {name for name in self._candidates(text) if self._believable(name, text)}
        return frozenset(found)

    def _candidates(self, text: str) -> Iterator[str]:
        for pattern in (self.of_noun, self.before_noun, self.located):
            for match in pattern.finditer(text):
                yield next(group for group in match.groups() if group)
        for match in self.taken.finditer(text):
            if text.count(match["name"]) > 1:
                yield match["name"]

    def _believable(self, name: str, text: str) -> bool:
        """Not a known word or name, not a person: nobody of that name speaks or has a first name."""
        if len(name) < MIN_LETTERS or name.isupper() or any(self.is_word(part) for part in re.split(r"[ -]", name)):
            return False
        if self.is_word(name):
            return False
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            if _SPEAKS.match(text, match.end()) or re.search(r"[a-z,] [A-Z][a-z.]+ $", text[: match.start()][-24:]):
                return False
        return True


def mark(text: str, names: frozenset[str], taken: list[Mention]) -> list[Mention]:
    """Mentions of these names in a sentence, where no other name stands."""
    found = [
        Mention("place", name, match.start(), match.end())
        for name in sorted(names, key=len, reverse=True)
        for match in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]
    free: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in (*taken, *free)):
            free.append(mention)
    return free
