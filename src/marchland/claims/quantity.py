"""Counts that belong to a claim: "17 out of 19 districts", "85% of the territory", "most of the city"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marchland.records import Quantity


@dataclass(frozen=True, slots=True)
class Counter:
    """Finds counts in the words around a place phrase or an actor."""

    numbers: Mapping[str, int]
    pattern: re.Pattern[str]
    share: re.Pattern[str]
    bounds: Mapping[str, str]

    @classmethod
    def from_grammar(cls, counts: Mapping[str, Any]) -> Counter:
        """Build from lexicons/grammar.toml, `counts`."""
        bounds = {word: name for name in ("at_least", "at_most", "about") for word in counts[name]}
        words = "|".join(sorted(map(re.escape, counts["numbers"]), key=len, reverse=True))
        number = rf"(?:\d[\d,.]*|(?:{words})(?:[ -](?:{words}))*)"
        bound = "|".join(sorted(map(re.escape, bounds), key=len, reverse=True))
        unit = r"(?:\s+(?P<unit>(?:[a-z-]+\s+){0,2}?[a-z-]+))?"
        pattern = (
            rf"\b(?:(?P<bound>{bound})\s+)?(?P<part>{number})(?:\s*(?P<percent>%|per\s?cent|percent))?"
            rf"(?:\s+(?:out\s+of|of)\s+(?:(?:the|its|nearly|about|all|around|[A-Z]\w+[’']s?)\s+)*(?P<whole>{number}))?{unit}"
        )
        share = "|".join(sorted(map(re.escape, counts["share"]), key=len, reverse=True))
        return cls(
            counts["numbers"],
            re.compile(pattern, re.IGNORECASE),
            re.compile(rf"\b(?:{share})\b(?:\s+of\b)?(?:\s+(?:the|its))?(?:\s+[\w'’-]+)?", re.IGNORECASE),
            bounds,
        )

    def find(self, text: str) -> Quantity | None:
        """The first count in these words, else the first share ("most of"), else None."""
        match = self.pattern.search(text)
        if match is None:
            return self._share(text)
        return Quantity(
            text=match.group().strip(),
            part=self.value(match["part"]),
            whole=100.0 if match["percent"] else (self.value(match["whole"]) if match["whole"] else None),
            unit=(match["unit"] or "").strip(),
            bound=self.bounds.get((match["bound"] or "").lower(), "").replace("_", "-"),
        )

    def _share(self, text: str) -> Quantity | None:
        match = self.share.search(text)
        return Quantity(match.group().strip()) if match else None

    def value(self, words: str) -> float | None:
        """Number words or digits as a number; None where they make none."""
        plain = words.replace(",", "").rstrip(".")
        try:
            return float(plain)
        except ValueError:
            pass
        total = 0
        for word in re.split(r"[ -]", plain.lower()):
            number = self.numbers.get(word)
            if number is None:
                return None
            total = max(total, 1) * number if number >= 100 else total + number
        return float(total)
