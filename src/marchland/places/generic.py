"""Generic words in names: of divisions ("Kherson Oblast", "Town of Groton"), and those printed short ("St.", "Mt.").

Those of divisions are in `lexicons/division_words.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from marchland.errors import BrokenData
from marchland.places.names import key

_SHORT_FOR = {"saint": "st", "sainte": "ste", "santa": "sta", "santo": "sto", "mount": "mt", "fort": "ft"}
"""First words of names that English prints short."""
_LINKS = frozenset({"de", "do", "da", "du", "di", "of", "e", "del", "des"})


@cache
def division_words() -> dict[str, tuple[str, ...]]:
    """Generic words that stand `first` or `last` in names, as keys, longest first.

    Raises BrokenData for a row that says neither.
    """
    text = files("marchland.lexicons").joinpath("division_words.csv").read_text(encoding="utf-8")
    words: dict[str, set[str]] = {"first": set(), "last": set()}
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        if row["position"] not in words:
            raise BrokenData(f"division_words.csv:{number}: position {row['position']!r} is neither first nor last")
        words[row["position"]].add(key(row["word"]))
    return {where: tuple(sorted(found, key=lambda word: (-len(word), word))) for where, found in words.items()}


def bare_name(name: str) -> str:
    """A name without its generic word, or empty where it has none.

    >>> bare_name("Kherson Oblast"), bare_name("Town of Groton"), bare_name("Kabul")
    ('Kherson', 'Groton', '')
    """
    words = division_words()
    parts = name.split()
    keys = [key(part) for part in parts]
    for word in words["last"]:
        size = len(word.split())
        if len(parts) > size and " ".join(keys[-size:]) == word:
            return " ".join(parts[:-size])
    for word in words["first"]:
        size = len(word.split())
        if len(parts) > size and " ".join(keys[:size]) == word:
            rest = parts[size:]
            return re.sub(r"^(d['’]|l['’])", "", " ".join(rest[keys[size] in _LINKS and len(rest) > 1 :]))
    return ""


def index_keys(names: Iterable[str]) -> set[str]:
    """The exact keys under which a place is found: of its names, and with "Saint" or "County" printed short."""
    keys = {key(name) for name in names}
    for full in list(keys):
        first, _, rest = full.partition(" ")
        if rest and first in _SHORT_FOR:
            keys.add(f"{_SHORT_FOR[first]} {rest}")
        if full.endswith(" county"):
            keys.add(f"{full[:-5]}o")
    return keys
