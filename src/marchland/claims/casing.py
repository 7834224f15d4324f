"""Sentences in capitals, put into the letters that prose would have: "REBELS TAKE GOMA" -> "Rebels take Goma".

Capitals hide what names are found by. A word gets the letters that the rest of the article gives it; else small ones
where it is English, its capitals where it is short or has figures, and a capital to begin with otherwise. The length
never changes, so every offset stays true.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_RUNNING = re.compile(r"(?:(?<=[a-z] )|(?<=[a-z], ))[^\W_]+(?:[’'][^\W_]+)*")
"""A word inside a sentence, where a capital says something."""
SHORT = 4
"""Letters of the longest word that is taken for initials when no English word is written so."""
_FEWEST_WORDS = 3
_SHARE = 0.9

Forms = Mapping[str, str]
"""Word in lower case -> how the article writes it in running text."""


def in_capitals(text: str) -> bool:
    """Whether a sentence of some words is written in capitals (nine letters of ten)."""
    words = [word for word in _WORD.findall(text) if word.isalpha() and len(word) > 1]
    letters = [letter for word in words for letter in word if letter.isupper() or letter.islower()]
    return len(words) >= _FEWEST_WORDS and sum(map(str.isupper, letters)) >= _SHARE * len(letters) > 0


@lru_cache(maxsize=16)
def forms_of(text: str) -> Forms:
    """How an article writes its words where they neither begin a sentence nor stand in capitals."""
    counted: dict[str, Counter[str]] = {}
    for word in _RUNNING.findall(text):
        if not word.isupper() or len(word) <= SHORT:
            counted.setdefault(word.lower(), Counter())[word] += 1
    return {low: max(found, key=lambda form: (found[form], form.islower())) for low, found in counted.items()}


def recased(text: str, forms: Forms, is_english: Callable[[str], bool], is_name: Callable[[str], bool]) -> str:
    """The sentence in the letters of prose, of the same length; `is_name` knows names that are English words, too."""
    first = _WORD.search(text)
    made = _WORD.sub(lambda found: _word(found.group(), forms, is_english, is_name), text)
    if first is None or len(made) != len(text):
        return text
    return made[: first.start()] + made[first.start()].upper() + made[first.start() + 1 :]


def _word(word: str, forms: Forms, is_english: Callable[[str], bool], is_name: Callable[[str], bool]) -> str:
    low = word.lower()
    if len(low) != len(word) or not word.isupper():
        return word
    stem = re.split("[’']", low)[0]
    seen = forms.get(low) or (forms[stem] + low[len(stem) :] if stem in forms else "")
    if seen and len(seen) == len(word):
        return seen
    if is_english(stem) and not is_name(stem):
        return low
    initials = len(stem) <= SHORT and not is_name(stem)
    if initials or not stem.isalpha():
        return word[: len(stem)] + low[len(stem) :]
    return stem[:1].upper() + low[1:] if len(stem[:1].upper()) == 1 else word
