"""Names of places in running text: every run of capitals is read once for the names that the gazetteer has in it.

Text is scanned by one expression; a run of capitals ("New York Police Department") that was read before is looked
up, not read again. What is found is a name only: whether it is used of a place is the work of `places.sense`.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple, Protocol

from marchland.places.names import key

MAX_WORDS = 6
"""Words of the longest name looked for."""
MAX_RUN_WORDS = 12
"""A longer run of capitals is read in pieces."""
MAX_RUN = 160
"""Characters; a longer run of capitals is no name of anything."""
RUNS_KEPT = 100_000
"""Runs of capitals whose names are remembered: some 30 MB."""


class Names(Protocol):
    """What finding needs of a gazetteer."""

    def is_key(self, exact: str) -> bool: ...
    def country_of_adjective(self, word: str) -> str | None: ...


class Found(NamedTuple):
    """A name in a text: `text[start:end]`."""

    start: int
    end: int
    name: str
    """The name to look up: as written, or what a short form or an adjective stands for."""
    sort: str
    """name, short ("Ky.", "US"), code (two capitals that mean a place only after a comma: "KY") or adjective."""
    place_id: str
    """Of a short form or an adjective: the one place that it stands for; otherwise empty."""
    noun: str
    """The common noun beside the name that says what it is: "province", "district of"; otherwise empty."""
    run_start: int
    run_end: int
    """The whole run of capitals in which the name stands."""


class Short(NamedTuple):
    """What a short form stands for."""

    name: str
    place_id: str
    sort: str


class Hit(NamedTuple):
    """A name in a run of capitals; offsets are in the run."""

    start: int
    end: int
    name: str
    sort: str
    place_id: str
    noun: str
    dotted: Short | None
    """What it stands for where a full stop follows ("Ky."). Nothing else where `sort` is empty."""


_CASED = (*range(0x80, 0x590), *range(0x1E00, 0x2000))
"""Latin, Greek, Cyrillic and Armenian letters beyond ASCII."""
_Token = tuple[int, int, str]
_WHOLE = frozenset(
    {
        "province",
        "district",
        "city",
        "town",
        "village",
        "community",
        "capital",
        "country",
        "crossing",
        "port",
        "base",
        "airport",
    }
)
"""Kinds of nouns that say what a whole place is."""
_HYPHENS = "–‐‑-"


def _class(codes: Iterable[int]) -> str:
    """The inside of a character class."""
    spans = ([code for _, code in group] for _, group in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(span[0])}-{chr(span[-1])}" for span in spans)


@cache
def _run_of(connectives: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The expressions of a run of capitals and of one word in it; no part of them looks back at what it took."""
    capital = "A-Z" + _class(code for code in _CASED if unicodedata.category(chr(code)) in ("Lu", "Lt"))
    letter = r"[\w\u0300-\u036f]"
    inner = rf"(?:['’‘ʻʼ`´](?!s\b)[^\W\d_]{letter}*+)?+"
    token = rf"[{capital}](?:\.(?:[{capital}]{letter}{{0,3}}\.)++|t?\.(?=[ ][{capital}])|{letter}*+{inner})"
    small = "|".join(sorted(connectives, key=len, reverse=True))
    between = rf"(?=[a-z]{{1,3}}[ {_HYPHENS}]|d['’])(?:(?:{small})(?:[ ](?:the|la|los))?[ {_HYPHENS}]|d['’])"
    run = rf"{token}(?:[ \u00a0{_HYPHENS}](?:{between})?{token}){{0,{MAX_RUN_WORDS - 1}}}+"
    return re.compile(run), re.compile(rf"{token}|{letter}++")


@cache
def _caseless_word() -> re.Pattern[str]:
    """A word of a script that has no capitals and puts spaces between words: Arabic, Hebrew, Devanagari, Georgian."""
    codes = (*range(0x5D0, 0xE00), *range(0x10D0, 0x1100), *range(0x1200, 0x1380))
    letters = _class(code for code in codes if unicodedata.category(chr(code)) in ("Lo", "Ll"))
    marks = _class(code for code in codes if unicodedata.category(chr(code)) in ("Mn", "Mc", "Lm")) + "\u200c\u200d"
    return re.compile(rf"[{letters}][{letters}{marks}]*+")


def _is_western(text: str) -> bool:
    """Whether a text is all in Western letters and marks: most news is, and this is told faster than by looking."""
    if text.isascii():
        return True
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


class Finder:
    """Finds names of one gazetteer. Remembers runs of capitals, nothing else; safe to use for any number of texts."""

    def __init__(self, names: Names, words: FindWords) -> None:
        """Find these names; `words` are the lexicons' small words, place nouns and short forms."""
        self._names = names
        self._words = words
        self._run, self._token = _run_of(words.connectives)
        self._after = re.compile(r" ([a-z]{3,20}+)").match
        self._read: dict[str, tuple[Hit, ...]] = {}

    @classmethod
    def of(cls, names: Names) -> Finder:
        """A finder with the shipped lexicons. Raises BrokenData for a lexicon that cannot be read."""
        return cls(names, load_find_words())

    def find(self, text: str) -> tuple[Found, ...]:
        """Every name in the text, the longest at each spot, in order."""
        found: list[Found] = []
        read, add = self._read, self._add
        for match in self._run.finditer(text):
            run = match.group()
            hits = read.get(run)
            if hits is None:
                hits = self._remember(run)
            if hits:
                start, end = match.span()
                for hit in hits:
                    add(found, text, hit, start, end)
        if not _is_western(text):
            found += self._in_other_scripts(text)
            found.sort()
        return tuple(found)

    def kind_of(self, noun: str) -> str:
        """What a noun beside a name asks for: "districts of" asks for a district."""
        return self._words.nouns.get(noun.removesuffix(" of"), "")

    def _remember(self, run: str) -> tuple[Hit, ...]:
        if len(self._read) >= RUNS_KEPT:
            self._read.clear()
        hits = self._read[run] = tuple(self._hits(run)) if len(run) <= MAX_RUN else ()
        return hits

    def _add(self, found: list[Found], text: str, hit: Hit, start: int, run_end: int) -> None:
        """Put a hit where it stands in the text, with the words beside it."""
        begin, end = start + hit.start, start + hit.end
        if hit.dotted and text.startswith(".", end) and (not hit.sort or text.endswith((", ", "("), 0, begin)):
            found.append(
                Found(begin, end + 1, hit.dotted.name, hit.dotted.sort, hit.dotted.place_id, "", start, run_end)
            )
            return
        if not hit.sort:
            return
        noun = hit.noun
        if not noun and end == run_end and text.startswith(" ", end):
            noun = self._noun_after(text, end)
        if not noun and not hit.start and start > 3 and text.startswith(" of ", start - 4):
            noun = self._noun_before(text, start)
        found.append(Found(begin, end, hit.name, hit.sort, hit.place_id, noun, start, run_end))

    def _noun_after(self, text: str, end: int) -> str:
        follows = self._after(text, end)
        return follows[1] if follows and follows[1] in self._words.nouns else ""

    def _noun_before(self, text: str, start: int) -> str:
        before = text[max(start - 30, 0) : start - 4].rpartition(" ")[2].lower()
        return f"{before} of" if before in self._words.nouns else ""

    # ------------------------------------------------------------------------------------------- one run of capitals

    def _hits(self, run: str) -> Iterator[Hit]:
        """The longest names of a run from left to right."""
        tokens = [(match.start(), match.end(), match.group()) for match in self._token.finditer(run)]
        keys = [key(text) for _, _, text in tokens]
        at = 0
        while at < len(tokens):
            stop = self._stop_of_name(run, tokens, keys, at)
            hit = self._stand_in(run, tokens, at) if stop <= at + 2 else None
            if hit and (not stop or hit.end >= tokens[stop - 1][1]):
                yield hit
                at += 1 + (hit.end > tokens[at][1])
            elif stop:
                yield self._name(run, tokens, at, stop)
                at = stop
            else:
                at += 1

    def _stop_of_name(self, run: str, tokens: list[_Token], keys: list[str], at: int) -> int:
        """The end of the longest name of the gazetteer that begins at a word of a run; 0 where none does."""
        if not keys[at] or tokens[at][2][0].islower():
            return 0
        for stop in range(min(at + MAX_WORDS, len(tokens)), at, -1):
            start, _, last = tokens[stop - 1]
            if stop == at + 1 and keys[at] in self._words.never:
                return 0
            if self._names.is_key(" ".join(keys[at:stop])) and not (last[0].islower() and run[start - 1] == " "):
                return stop
        return 0

    def _name(self, run: str, tokens: list[_Token], at: int, stop: int) -> Hit:
        start, end = tokens[at][0], tokens[stop - 1][1]
        return Hit(start, end, run[start:end], "name", "", self._noun(tokens, at, stop), self._dotted(run, start, end))

    def _stand_in(self, run: str, tokens: list[_Token], at: int) -> Hit | None:
        """A short form or an adjective of one or two words."""
        start = tokens[at][0]
        for _, end, _ in reversed(tokens[at : at + 2]):
            written = run[start:end]
            short = self._words.shorts.get(written)
            if short:
                return Hit(start, end, short.name, short.sort, short.place_id, "", None)
            country = self._names.country_of_adjective(written)
            if country:
                return Hit(start, end, written, "adjective", f"iso:{country}", "", None)
            if dotted := self._dotted(run, start, end):
                return Hit(start, end, "", "", "", "", dotted) if not self._names.is_key(key(written)) else None
        return None

    def _dotted(self, run: str, start: int, end: int) -> Short | None:
        """What the words at the end of a run stand for where a full stop follows."""
        return self._words.shorts.get(f"{run[start:end]}.") if end == len(run) else None

    def _noun(self, tokens: list[_Token], at: int, stop: int) -> str:
        """The place noun in capitals beside a name: "Marib Governorate", "City of Marib"."""
        follows = tokens[stop][2].lower() if stop < len(tokens) else ""
        if follows in self._words.nouns:
            return follows
        before = tokens[at - 2][2].lower() if at > 1 and tokens[at - 1][2] == "of" else ""
        return f"{before} of" if before in self._words.nouns else ""

    # ------------------------------------------------------------------------------------------------ other scripts

    def _in_other_scripts(self, text: str) -> Iterator[Found]:
        """Names in scripts without capitals, each a run by itself."""
        words = [(match.start(), match.end()) for match in _caseless_word().finditer(text)]
        at = 0
        while at < len(words):
            length = self._words_of_name(text, words, at)
            if length:
                start, end = words[at][0], words[at + length - 1][1]
                yield Found(start, end, text[start:end], "name", "", "", start, end)
            at += length or 1

    def _words_of_name(self, text: str, words: list[tuple[int, int]], at: int) -> int:
        """How many words from here form the longest name; nothing but one space or hyphen divides them."""
        longest, begin = 0, words[at][0]
        for stop in range(at, min(at + MAX_WORDS, len(words))):
            if stop > at and text[words[stop - 1][1] : words[stop][0]] not in (" ", "-"):
                break
            if words[stop][1] - begin > 2 and self._names.is_key(key(text[begin : words[stop][1]])):
                longest = stop - at + 1
        return longest


class FindWords(NamedTuple):
    """The lexicons' words that finding needs."""

    connectives: tuple[str, ...]
    """Small words inside names."""
    nouns: Mapping[str, str]
    """Place noun -> kind, for nouns of whole places."""
    never: frozenset[str]
    """Words, as keys, that alone are never taken for a name: "The", "March"."""
    shorts: Mapping[str, Short]
    """Short form as written ("Ky.", "W.Va.") -> what it stands for."""


@cache
def load_find_words() -> FindWords:
    """The words of the shipped lexicons: grammar.toml, place_nouns.csv, name_words.toml and abbreviations.csv."""
    small = tuple(tomllib.loads(_lexicon("grammar.toml"))["connectives"]["words"])
    nouns = {
        row["noun"]: row["kind"]
        for row in csv.DictReader(_lexicon("place_nouns.csv").splitlines())
        if row["kind"] in _WHOLE and not row["part"] and not row["vague"]
    }
    nouns |= {_plural(noun): kind for noun, kind in nouns.items()}
    rows = list(csv.DictReader(_lexicon("abbreviations.csv").splitlines()))
    shorts = {row["written"]: _short(row) for row in reversed(rows)}
    text = tomllib.loads(_lexicon("name_words.toml"))["text"]
    return FindWords(small, nouns, frozenset(map(key, text["small"] + text["calendar"])), shorts)


def _short(row: dict[str, str]) -> Short:
    is_code = len(row["written"]) == 2 and row["written"].isupper() and not row["place_id"].startswith("iso:")
    return Short(row["name"], row["place_id"], "code" if is_code else "short")


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _lexicon(name: str) -> str:
    return files("marchland.lexicons").joinpath(name).read_text(encoding="utf-8")
