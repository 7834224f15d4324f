"""Names in a sentence, found before it is parsed: places by gazetteer, parties by their table.

A gazetteer of the world holds a village for almost any word, so a run of capitals is a place only as a whole: "Abdul
Rahman Tariq" is a person even though there are villages of that name, while "Kandahar City" is Kandahar with a place
noun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from marchland.records import Place

_WORD = re.compile(r"[^\W_]+(?:[’'`ʻʼ‘](?!s\b)[^\W_]+)*")
_JOINERS = frozenset({" ", "-", "–", "‐", "‑", "’", "'", "`", ". ", "- ", " -"})
MAX_NAME_WORDS = 6
NOTABLE = 5_000
"""Inhabitants from which a town's name is believed although English has the word, too."""
_DIVISIONS = frozenset({"country", "capital", "province", "district", "crossing"})


class Names(Protocol):
    """What finding needs of a gazetteer."""

    def longest_name(self, tokens: Sequence[str], start: int) -> int: ...
    def is_common_word_name(self, name: str) -> bool: ...
    def lookup(self, name: str) -> Sequence[Place]: ...


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the sentence with its offsets in it."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence: offsets are in the sentence."""

    kind: str
    """place or party."""
    text: str
    start: int
    end: int
    noun: str = ""
    """The common noun that follows a name and belongs to it: "state" in "Chin state"."""
    sure: bool = True
    """False when the name is only part of a longer run of capitals."""

    @property
    def name(self) -> str:
        """The name without its noun."""
        return self.text[: -len(self.noun)].rstrip() if self.noun else self.text


def with_nouns(text: str, mentions: list[Mention], nouns: frozenset[str]) -> list[Mention]:
    """Each place name together with the noun of division right after it, so that the parser sees one name."""
    return [_with_noun(text, mention, nouns) for mention in mentions]


def _with_noun(text: str, mention: Mention, nouns: frozenset[str]) -> Mention:
    follow = _WORD.match(text, mention.end + 1)
    if text[mention.end : mention.end + 1] != " " or follow is None or follow.group() not in nouns:
        return mention
    whole = text[mention.start : follow.end()]
    return Mention(mention.kind, whole, mention.start, follow.end(), follow.group(), mention.sure)


def words(text: str) -> list[Word]:
    """Words with offsets; hyphens and apostrophes before s divide, so that "Qala-i-Naw's" is three words and an s."""
    return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


def find_places(
    text: str,
    names: Names,
    connectives: frozenset[str],
    is_english: Callable[[str], bool],
    near: Callable[[str], bool] = lambda name: False,
) -> list[Mention]:
    """Every place name in the sentence, longest first at each spot, in order.

    `near` tells whether capitals that no table has are a known place in another spelling ("Qala-e-Naw").
    """
    tokens = words(text)
    texts = [token.text for token in tokens]
    found: list[Mention] = []
    index = 0
    while index < len(tokens):
        length = _length_at(text, tokens, texts, index, names, connectives)
        run = _run_length(text, tokens, index, connectives)
        if run > max(length, 1) and _one_name(text, tokens, index, run, is_english, near):
            length = run
        if not length:
            index += 1
            continue
        first, last = tokens[index], tokens[index + length - 1]
        name = text[first.start : last.end]
        if not _misleading(name, length, first, names, is_english):
            sure = _covers_its_run(text, tokens, index, length, is_english)
            if sure or notable(name, names):
                found.append(Mention("place", name, first.start, last.end, sure=sure))
        index += length
    return found


def _length_at(
    text: str, tokens: list[Word], texts: list[str], index: int, names: Names, connectives: frozenset[str]
) -> int:
    """How many words from `index` are one known name:

    it begins and ends in capitals and nothing but joiners divides it.
    """
    if not tokens[index].capital:
        return 0
    limit = index + _run_length(text, tokens, index, connectives)
    length = names.longest_name(texts[:limit], index)
    while length and not (tokens[index + length - 1].capital or text[tokens[index + length - 1].start - 1] == "-"):
        length -= 1
        length = min(length, names.longest_name(texts[: index + length], index))
    return length


def _run_length(text: str, tokens: list[Word], index: int, connectives: frozenset[str]) -> int:
    """How many words from `index` are capitals and small words of names, up to the last capital or hyphened word."""
    if not tokens[index].capital:
        return 0
    limit = index + 1
    while limit < min(len(tokens), index + MAX_NAME_WORDS) and _continues(text, tokens, limit, connectives):
        limit += 1
    while limit > index + 1 and not tokens[limit - 1].capital and text[tokens[limit - 1].start - 1] != "-":
        limit -= 1
    return limit - index


def _one_name(
    text: str, tokens: list[Word], index: int, run: int, is_english: Callable[[str], bool], near: Callable[[str], bool]
) -> bool:
    """A run of capitals that, as a whole, sounds like a known place; no word of it is an English one."""
    members = tokens[index : index + run]
    told = [word for word in members if word.capital and (len(word.text) > 2 or word is members[0])]
    if any(is_english(word.text.lower()) for word in told):
        return False
    return near(text[members[0].start : members[-1].end])


def _continues(text: str, tokens: list[Word], index: int, connectives: frozenset[str]) -> bool:
    joined = text[tokens[index - 1].end : tokens[index].start] in _JOINERS
    return joined and (
        tokens[index].capital or tokens[index].text in connectives or text[tokens[index].start - 1] == "-"
    )


def _misleading(name: str, length: int, first: Word, names: Names, is_english: Callable[[str], bool]) -> bool:
    """An English word that is also a place:

    believed only where it cannot be the word, that is never at a sentence's start.
    """
    if length > 1:
        return all(is_english(part) for part in re.split(r"[\s-]+", name)) and names.is_common_word_name(name)
    if len(name) < 3 or names.is_common_word_name(name):
        return True
    return is_english(name.lower()) and not notable(name, names)


def notable(name: str, names: Names) -> bool:
    """Whether some place of this name is a division, a crossing or a town of size."""
    return any(place.kind in _DIVISIONS or place.population >= NOTABLE for place in names.lookup(name)[:8])


def _covers_its_run(text: str, tokens: list[Word], index: int, length: int, is_english: Callable[[str], bool]) -> bool:
    """True when no stray capitalised word that is not English stands right beside the name, as in a person's name

    ("Jean-Yves" is no village of Yves).
    """
    before, after = index - 1, index + length
    stray_before = before >= 0 and _stray(text, tokens[before], tokens[index], is_english)
    stray_after = after < len(tokens) and _stray(text, tokens[after], tokens[after - 1], is_english)
    return not (stray_before or stray_after)


def _stray(text: str, word: Word, neighbour: Word, is_english: Callable[[str], bool]) -> bool:
    low, high = sorted(((word.start, word.end), (neighbour.start, neighbour.end)))
    between = text[low[1] : high[0]]
    return word.capital and (between == "-" or (between == " " and not is_english(word.text.lower())))
