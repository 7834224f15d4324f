"""Where a place lies from the one its words name: "a checkpoint 30 km west of X", "on the road from X to Y".

The grammar reads the words between a place noun and a name, or those right before a name; the words themselves are
data (`lexicons/distance_words.toml`). Hours of driving are read, too, so that they can be refused: they are no
distance on a map.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from marchland.claims.mentions import Mention
from marchland.claims.parse import Sentence
from marchland.records import Offset

LOOKBACK = 100
"""Characters before a name in which the words of its offset begin."""
_TO_NAME = r"(?:the\s+)?(?:(?:[a-z][\w-]*\s+){0,2}?(?:city|town|village|capital|cent(?:re|er))\s+(?:of\s+)?)?"
"""What may stand between the offset and the name: "the city of", "the provincial capital"."""
_LYING = re.compile(r"\s*,?\s*(?:(?:which|that)\s+(?:is|lies)\s+|located\s+|situated\s+|lying\s+)?")
_AND = re.compile(rf"\s+and\s+{_TO_NAME}")
_CAPITALS = re.compile(r"[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+)*")
_HYPHEN = re.compile(r"\s?(?:[-–/]|to)\s?")
_END = re.compile(rf"\s+(?:to|and|with)\s+{_TO_NAME}|\s?[-–]\s?")


@dataclass(frozen=True, slots=True)
class OffsetWords:
    """The words of the table, and the patterns made of them; each ends where the name begins."""

    compass: Mapping[str, float]
    units: Mapping[str, float]
    numbers: Mapping[str, float]
    patterns: tuple[re.Pattern[str], ...]
    """What may follow a place noun."""
    leading: tuple[re.Pattern[str], ...]
    """The same at the end of what stands before a name."""
    road: re.Pattern[str]
    """What stands between "road" and the first of its two ends."""

    def after(self, start: int, sentence: Sentence) -> Offset | None:
        """The offset that begins right after a place noun: "(a base) 30 km west of X"."""
        lying = _LYING.match(sentence.text, start)
        told = (pattern.match(sentence.text, lying.end() if lying else start) for pattern in self.patterns)
        return next(self._offsets(told, sentence), None)

    def ahead(self, name_start: int, sentence: Sentence) -> Offset | None:
        """The offset that ends where a name begins: "(fighting) 30 km west of X"."""
        first = max(0, name_start - LOOKBACK)
        told = (pattern.search(sentence.text, first, name_start) for pattern in self.leading)
        return next(self._offsets(told, sentence), None)

    def along(self, start: int, sentence: Sentence) -> Offset | None:
        """The two ends of a road: "(the road) from X to Y"."""
        told = self.road.match(sentence.text, start)
        ends = _pair(told.end(), _END, sentence) if told else None
        return Offset("road", "on the road between", (ends[0].name, ends[1].name)) if ends else None

    def joined(self, noun_start: int, sentence: Sentence) -> Offset | None:
        """The two ends of a road that stand before the noun: "(the) X-Y (road)"."""
        names = [piece.mention for piece in sentence.pieces if piece.mention and piece.mention.kind == "place"]
        before = [name for name in names if name.end < noun_start]
        if not before or sentence.text[before[-1].end : noun_start].strip(" ") not in ("", "main", "strategic"):
            return None
        ends = _pair(before[-2].start, _HYPHEN, sentence) if len(before) > 1 else None
        return Offset("road", "on the road between", (ends[0].name, ends[1].name)) if ends else None

    def _offsets(self, told: Iterable[re.Match[str] | None], sentence: Sentence) -> Iterator[Offset]:
        for one in told:
            name = _mention_at(one.end(), sentence) if one else None
            offset = self._offset(one, name, sentence) if one and name else None
            if offset is not None:
                yield offset

    def _offset(self, told: re.Match[str], name: Mention, sentence: Sentence) -> Offset | None:
        words, groups = " ".join(told.group().split()), told.groupdict()
        if groups.get("between"):
            ends = _pair(name.start, _AND, sentence)
            how = "halfway" if "way" in words.split()[0] else "between"
            return Offset(how, words, (ends[0].name, ends[1].name)) if ends else None
        if groups.get("travel"):
            return Offset("travel", words, (name.name,))
        km, bearing = self._km(groups), self._bearing(groups.get("compass"))
        if km is None and bearing is None and groups.get("off") in ("from", "off"):
            return None
        return Offset("away" if km is not None or bearing is not None else "near", words, (name.name,), km, bearing)

    def _km(self, groups: Mapping[str, str | None]) -> float | None:
        low, unit = groups.get("number"), groups.get("unit")
        if not low or not unit:
            return None
        mean = (self._number(low) + self._number(groups.get("upto") or low)) / 2
        return round(mean * self.units[unit.lower()], 3)

    def _number(self, words: str) -> float:
        plain = " ".join(words.lower().split())
        return self.numbers[plain] if plain in self.numbers else float(plain.replace(",", ""))

    def _bearing(self, words: str | None) -> float | None:
        return self.compass[re.sub(r"[\s-]", "", words.lower())] if words else None


@cache
def offset_words() -> OffsetWords:
    """The shipped table, read once."""
    text = files("marchland.lexicons").joinpath("distance_words.toml").read_text(encoding="utf-8")
    return make_offsets(tomllib.loads(text))


def make_offsets(table: Mapping[str, Any]) -> OffsetWords:
    """The grammar over a table of words."""
    compass = _either(re.sub("^(north|south)(?=.)", r"\1[\\s-]?", word) for word in table["compass"])
    number = rf"\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|\b(?:{_either(table['numbers'])})"
    about, time = _either(table["about"]["words"]), _either(table["time"]["words"])
    distance = (
        rf"(?:(?:{about})\s+)*(?P<number>{number})(?:\s*(?:-|–|to)\s*(?P<upto>{number}))?"
        rf"[\s-]*(?P<unit>{_either(table['units'])})\b(?:\s*\([^)]*\))?"
    )
    toward = rf"(?:(?:just|due|immediately|further|to\s+the)\s+)*(?P<compass>{compass})\s+(?:of|from)"
    travel = (
        rf"(?P<travel>(?:(?:{about})\s+)*(?:an?[\s-]+)?(?:{number})[\s-]*(?:{time})\b[’']?s?[’']?[\s-]+"
        rf"(?:{_either(table['travel']['words'])}|by\s+\w+))\s+(?:away\s+)?(?:(?:{compass})\s+)?(?:from|of|outside)"
    )
    told = (
        travel,
        rf"(?:{distance}\s+(?:away\s+)?)?(?:{toward}|(?P<off>from|outside|off))",
        r"(?P<between>(?:(?:half|mid)way\s+)?between)",
        rf"(?:{_either(table['near']['words'])})",
    )
    joins = r"(?:that\s+)?(?:runs|running|leading|linking|links|connecting|connects)"
    roads = rf"\s+(?:{joins}\s+)?(?:(?:from|between)\s+)?{_TO_NAME}"
    flags = re.IGNORECASE
    return OffsetWords(
        table["compass"], table["units"], table["numbers"],
        tuple(re.compile(rf"{one}\s+{_TO_NAME}", flags) for one in told),
        tuple(re.compile(rf"(?<![\w-])(?<!\bthe ){one}\s+{_TO_NAME}$", flags) for one in told),
        re.compile(roads, flags),
    )  # fmt: skip


def _either(words: Iterable[str]) -> str:
    """Any of the words, the longest first; a space stands for any white space."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(word.replace(" ", r"\s+") for word in longest)


def _mention_at(start: int, sentence: Sentence) -> Mention | None:
    """The place name that begins here; capitals that no table knows are one, too."""
    piece = next((one for one in sentence.pieces if one.start == start), None)
    if piece is None or piece.mention is not None:
        return piece.mention if piece and piece.mention and piece.mention.kind == "place" else None
    unknown = _CAPITALS.match(sentence.text, start)
    return Mention("place", unknown.group(), start, unknown.end()) if unknown else None


def _pair(start: int, link: re.Pattern[str], sentence: Sentence) -> tuple[Mention, Mention] | None:
    first = _mention_at(start, sentence)
    joined = link.match(sentence.text, first.end) if first else None
    second = _mention_at(joined.end(), sentence) if joined else None
    return (first, second) if first and second else None
