"""Counts that belong to a claim: "17 out of 19 districts", "85% of the territory", "between 10 and 20 trucks"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marchland.records import Quantity

_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "m": 1e6, "bn": 1e9}
MONEY = "money"
_PEOPLE = r"(?:(?!and\b|or\b)[a-z-]*[a-rt-z]\s+){0,2}?(?:[a-z-]*men|personnel|people|police)\b"
"""Nouns for several that have no s, with up to two words before them: "Afghan military personnel"."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Finds counts in the words around a place phrase or an actor. Words and kinds: lexicons/grammar.toml, `counts`."""

    numbers: Mapping[str, int]
    vague: Mapping[str, int]
    fractions: Mapping[str, float]
    currencies: Mapping[str, str]
    kinds: Mapping[str, str]
    """Noun in the singular -> kind of thing counted."""
    bounds: Mapping[str, str]
    pattern: re.Pattern[str]
    share: re.Pattern[str]

    @classmethod
    def from_grammar(cls, counts: Mapping[str, Any]) -> Counter:
        """Build from lexicons/grammar.toml, `counts`."""
        bounds = {word: name.replace("_", "-") for name in ("at_least", "at_most", "about") for word in counts[name]}
        return cls(
            counts["numbers"],
            counts["vague"],
            counts["fractions"],
            counts["currencies"],
            {noun: kind for kind, nouns in counts["kinds"].items() for noun in nouns},
            bounds,
            _pattern(counts, bounds),
            re.compile(
                rf"\b(?:{_any(counts['share'])})\b(?:\s+of\b)?(?:\s+(?:the|its))?(?:\s+[\w'’-]+)?", re.IGNORECASE
            ),
        )

    def find(self, text: str) -> Quantity | None:
        """The first count in these words, else the first share ("most of"), else None."""
        match = self.pattern.search(text)
        if match is None:
            share = self.share.search(text)
            return Quantity(share.group().strip()) if share else None
        part, whole, vague = self._amounts(match)
        bound = self._bound(match, vague=vague)
        second = self.value(match["second"]) if match["second"] else None
        low, high = _limits(part, second, bound)
        unit = self._unit(match)
        kind = MONEY if unit in self.currencies.values() else self.kinds.get(_singular(unit), "")
        return Quantity(match.group().strip(), part, whole, unit, bound, low, high, kind)

    def _amounts(self, match: re.Match[str]) -> tuple[float | None, float | None, bool]:
        """(part, whole, whether only a vague word says how many)."""
        words = match["part"].lower()
        whole = self.value(match["whole"]) if match["whole"] else None
        if words in self.fractions:
            share = self.fractions[words]
            return (round(share * whole, 1), whole, False) if whole else (round(100 * share, 1), 100.0, False)
        if words in self.vague:
            return float(self.vague[words]), whole, True
        return self.value(words), 100.0 if match["percent"] else whole, False

    def _bound(self, match: re.Match[str], *, vague: bool) -> str:
        if match["second"]:
            return "between"
        said = self.bounds.get(re.sub(r"\s+", " ", (match["bound"] or "").lower()), "")
        fraction = match["part"].lower() in self.fractions and bool(match["whole"])
        return said or ("at-least" if vague else "about" if fraction else "")

    def _unit(self, match: re.Match[str]) -> str:
        """The noun after the number, or the currency before or after it."""
        sign = match["sign"] or ""
        unit = (match["unit"] or "").strip()
        return self.currencies.get(sign) or self.currencies.get(unit.lower()) or unit

    def value(self, words: str) -> float | None:
        """Number words or digits as a number; None where they make none."""
        plain = words.lower().replace(",", "").rstrip(".").strip()
        figure, _, scale = plain.partition(" ")
        try:
            return float(figure) * _SCALES[scale] if scale else float(figure)
        except (ValueError, KeyError):
            pass
        total = 0
        for word in re.split(r"[ -]", plain.removeprefix("a ")):
            number = self.numbers.get(word)
            if number is None:
                return None
            total = max(total, 1) * number if number >= 100 or word == "dozen" else total + number
        return float(total)


def _any(words: Any) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _pattern(counts: Mapping[str, Any], bounds: Mapping[str, str]) -> re.Pattern[str]:
    """One expression for all of it: bound, number or range or fraction, percent, whole, unit."""
    words = _any(counts["numbers"])
    figure = r"\d[\d,.]*(?:\s+(?:thousand|million|billion|bn)\b)?"
    number = rf"(?:{figure}|(?:a\s+)?\b(?:{words})\b(?:[ -](?:{words})\b)*)"
    signs = _any(sign for sign in counts["currencies"] if not sign[-1].isalpha())
    part = rf"(?:{_any(counts['fractions'])})\b|(?:{_any(counts['vague'])})\b|{number}"
    determiners = r"(?:(?:the|its|nearly|about|all|around|almost|[\w-]+[’']s?)\s+)*"
    return re.compile(
        rf"(?<![\w.,])(?:(?P<bound>{_any(bounds)})\s+)?(?:between\s+)?(?P<sign>{signs})?(?P<part>{part})"
        rf"(?:\s*(?:-|–|to|and)\s*(?P<second>{number})(?=\s))?(?:\s*(?P<percent>%|per\s?cent\b|percent\b))?"
        rf"(?:\s+(?:out\s+of|of)\s+{determiners}(?P<whole>{number}))?"
        rf"(?:\s+(?:of\s+(?:the\s+|its\s+)?)?(?P<unit>{_PEOPLE}|(?:[a-z-]+\s+)?[a-z-]{{3,}}s\b|[a-z-]+))?",
        re.IGNORECASE,
    )


def _limits(part: float | None, second: float | None, bound: str) -> tuple[float | None, float | None]:
    """What the words allow: "more than 20" sets no upper limit, "about 20" sets none at all."""
    match bound:
        case "between":
            return part, second
        case "at-least":
            return part, None
        case "at-most":
            return None, part
        case "about":
            return None, None
        case _:
            return part, part


def _singular(unit: str) -> str:
    word = unit.lower().split()[-1] if unit else ""
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
