"""How a place name is written down for comparing: an exact key, a folded form, and a skeleton of consonants.

One name reaches print in many spellings, since most of them are transliterations. Three forms of growing
tolerance are made from a name:

- `key`: case, accents, apostrophes and punctuation removed; equal keys are the same written name.
- `fold`: spellings of one sound made equal (kh/q/c -> k, ou/ow/oo -> u, e/y -> i), articles and linking
  particles dropped, doubled letters single. Latin script only.
- `skeleton`: the fold without its vowels: what two transliterations of one name nearly always share.

The sounds and particles are data: `lexicons/transliteration.csv`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import Indel

from marchland.errors import BrokenData

_APOSTROPHES = "'`´’‘‛ʻʼʽʾʿˈˌ′″ʹʺˊˋ"
_LETTERS_MADE_EQUAL = {"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ـ": ""}
_TABLE = str.maketrans(
    {chr(c): " " for c in range(128) if not chr(c).isalnum()} | dict.fromkeys(_APOSTROPHES, "") | _LETTERS_MADE_EQUAL
)
_FOLD_SHARE = 0.7
"""Weight of the folded forms against the exact keys in `similarity`: the sound decides, the spelling breaks ties."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """The transliteration table: what to drop and what to make equal."""

    dropped: frozenset[str]
    """Whole words that carry no name: articles, linking particles."""
    pattern: re.Pattern[str]
    replacement: Mapping[str, str]
    at_start: Mapping[str, str]
    """Letters that sound otherwise at the start of a word."""


@cache
def sounds() -> Sounds:
    """The shipped transliteration table. Raises BrokenData for a line of an unknown kind."""
    dropped: set[str] = set()
    replacement: dict[str, str] = {}
    at_start: dict[str, str] = {}
    text = files("marchland.lexicons").joinpath("transliteration.csv").read_text(encoding="utf-8")
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        if row["rule"] == "drop-word":
            dropped.add(row["from"])
        elif row["rule"] == "replace":
            replacement[row["from"]] = row["to"]
        elif row["rule"] == "replace-at-start":
            at_start[row["from"]] = row["to"]
        else:
            raise BrokenData(f"transliteration.csv:{number}: unknown rule {row['rule']!r}")
    longest_first = sorted(replacement, key=lambda written: (-len(written), written))
    return Sounds(frozenset(dropped), re.compile("|".join(longest_first)), replacement, at_start)


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The exact key of a name in any script: equal keys mean the same written name.

    >>> key("Pul-e ‘Alam"), key("Mazār-e Sharīf")
    ('pul e alam', 'mazar e sharif')
    """
    low = name.casefold()
    if not low.isascii():
        low = "".join(map(_plain, unicodedata.normalize("NFKD", low).casefold()))
    return " ".join(low.translate(_TABLE).split())


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """One character of a decomposed, case-folded name without accents; Latin letters become ASCII."""
    if char.isascii() or char in _APOSTROPHES or char in _LETTERS_MADE_EQUAL:
        return char
    if _is_dropped_mark(char):
        return ""
    if _is_latin(char):
        return anyascii(char).casefold()
    return char if unicodedata.category(char)[0] in "LMN" else " "


def _is_dropped_mark(char: str) -> bool:
    """Accents on Latin, Greek and Cyrillic letters, and Arabic vowel signs; other scripts need their marks."""
    return "\u0300" <= char <= "\u036f" or "\u064b" <= char <= "\u065f" or char in "\u0670\u0640\u200c\u200d"


def _is_latin(char: str) -> bool:
    return char < "\u0250" or "\u1e00" <= char < "\u1f00" or "\u0250" <= char < "\u02b0"


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name with equal sounds written alike and without spaces; empty for a name that is not in Latin script.

    >>> fold("Torghundi") == fold("Towrgondi"), fold("Deir ez-Zor") == fold("Deir al-Zour")
    (True, True)
    """
    exact = key(name)
    if not exact.isascii():
        return ""
    table = sounds()
    words = exact.split()
    kept = [word for word in words if word not in table.dropped] or words
    return _single("".join(_fold_word(word, table) for word in kept))


def _fold_word(word: str, table: Sounds) -> str:
    head = table.at_start.get(word[0])
    if head is None:
        return table.pattern.sub(lambda found: table.replacement[found.group()], word)
    return head + table.pattern.sub(lambda found: table.replacement[found.group()], word[1:])


def _single(text: str) -> str:
    """The text with runs of one letter written once."""
    return re.sub(r"(\D)\1+", r"\1", text)


def skeleton(name: str) -> str:
    """The consonants of a folded name, with a mark for a vowel at the start; empty when not in Latin script.

    >>> skeleton("Sheberghan") == skeleton("Shibirghan"), skeleton("Qala-i-Naw") == skeleton("Qalah-ye Now")
    (True, True)
    """
    return bones(fold(name))


def bones(folded: str) -> str:
    """The skeleton of a form that is folded already."""
    if not folded:
        return ""
    head = "a" if folded[0] in "aiu" else folded[0]
    return _single(head + re.sub("[aiu]", "", folded[1:]))


def _least_of_folds(floor: float) -> float:
    """How alike two folded forms must be for a `similarity` of at least `floor`."""
    return max((floor - (1 - _FOLD_SHARE)) / _FOLD_SHARE - 1e-6, 0.0)


def folds_like(folded: str, folds: Sequence[str], floor: float) -> Iterator[int]:
    """Which of many folded forms may be as alike to one as `floor`, by their place in the list; fast."""
    found = process.extract_iter(folded, folds, scorer=Indel.normalized_similarity, score_cutoff=_least_of_folds(floor))
    return (at for _, _, at in found)


def similarity(one: str, other: str, floor: float = 0.0) -> float:
    """How alike two names are, 0 to 1; 1 only for equal keys. Sound counts for more than spelling.

    A likeness below `floor` may come out as 0.
    """
    folds = fold(one), fold(other)
    if not all(folds):
        return Indel.normalized_similarity(key(one), key(other))
    by_fold = Indel.normalized_similarity(*folds, score_cutoff=_least_of_folds(floor))
    if floor and not by_fold:
        return 0.0
    return _FOLD_SHARE * by_fold + (1 - _FOLD_SHARE) * Indel.normalized_similarity(key(one), key(other))
