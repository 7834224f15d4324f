"""The words that triage looks for, made once from the shipped lexicons: every form of every predicate, and names."""

from __future__ import annotations

import csv
import functools
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marchland.errors import BrokenData
from marchland.read.settings import LEXICONS

CONFLICT = "conflict"
WORD = re.compile("[A-Za-z\u00c0-\u024f]+")
"""Latin letters only: one and a half times as fast as every letter of Unicode."""


@dataclass(frozen=True, slots=True)
class TriageWords:
    """Everything that triage looks for, in lower case."""

    weights: Mapping[str, float]
    frames: Mapping[str, str]
    """Form to predicate: "overran" -> "overrun"."""
    levels: Mapping[str, float]
    """Predicate to how much it says by itself."""
    passage: frozenset[str]
    """Predicates that need a crossing."""
    strong: frozenset[str]
    """Forms of predicates that are at least plain."""
    kinds: Mapping[str, str]
    """Word to the rule that it feeds."""
    owned: frozenset[str]
    """Words of war that are a force when a name stands before them."""
    names: Mapping[str, tuple[Name, ...]]
    """Longest word of a name to the names."""
    fields: Mapping[str, str]
    """Word to the field of domains.csv that it is of."""
    telling: frozenset[str]
    """Words without any of which a sentence need not be looked at."""


@functools.cache
def shipped_triage_words() -> TriageWords:
    """The words of the lexicons that ship with Marchland. Raises `BrokenData` when a file cannot be used."""
    try:
        settings = tomllib.loads(LEXICONS.joinpath("triage.toml").read_text(encoding="utf-8"))
        return _made(settings)
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise BrokenData(f"triage.toml or a file that it speaks of: {error}; reinstall marchland or mend it") from error


def _made(settings: Mapping[str, Any]) -> TriageWords:
    weights, rows = settings["weights"], _rows("control_frames.csv")
    predicates = {row["predicate"] for row in rows}
    told = {word: weights[level] for level, words in settings["frames"].items() for word in words}
    levels = {predicate: told.get(predicate, weights["everyday"]) for predicate in predicates}
    # Of two predicates with one form ("found", "left") the one that says more counts.
    weakest_first = sorted(predicates, key=lambda predicate: (levels[predicate], predicate))
    frames = {form: p for p in weakest_first for form in forms(p, settings["inflections"])}
    kinds, names = dict(_kinds(settings)), _by_key(_all_names(settings))
    # "Crossing" is a place here: it says nothing of who crossed.
    frames = {form: predicate for form, predicate in frames.items() if kinds.get(form) != "crossing"}
    strong = frozenset(form for form, predicate in frames.items() if levels[predicate] >= weights["plain"])
    return TriageWords(
        weights=weights,
        frames=frames,
        levels=levels,
        passage=frozenset(row["predicate"] for row in rows if row["place_kinds"] == "crossing"),
        strong=strong,
        kinds=kinds,
        owned=frozenset(settings["forces"]["owned"]),
        names=names,
        fields=dict(_fields()),
        telling=strong | kinds.keys() | names.keys(),
    )


def forms(word: str, irregular: Mapping[str, list[str]]) -> set[str]:
    """Every form of a verb or noun. Forms that do not exist ("retreatted") are made too: nobody writes them."""
    made = {word + ending for ending in ("", "s", "es", "ed", "ing")}
    made |= {word + word[-1] + ending for ending in ("ed", "ing")}
    if word.endswith("e"):
        made |= {word + "d", word[:-1] + "ing"}
    if word.endswith("y"):
        made |= {word[:-1] + ending for ending in ("ies", "ied")}
    return made | set(irregular.get(word, ()))


def _kinds(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Words and the rules that they feed; the last of two wins."""
    places, broad = settings["places"], frozenset(settings["forces"]["broad"])
    for row in _rows("place_nouns.csv"):
        noun, kind = row["noun"], row["kind"]
        if kind in places["kinds"] and " " not in noun and noun not in places["vague"]:
            yield from _numbers(noun, "place")
    for word in settings["forces"]["also"]:
        yield from _numbers(word, "army")
    for row in _rows("domains.csv"):
        if row["domain"] == "conflict" and " " not in row["term"]:
            yield from _numbers(row["term"], "army" if row["term"] in broad else "force")
    for row in _rows("place_nouns.csv"):
        noun, kind = row["noun"], row["kind"]
        if kind in ("crossing", "border") and " " not in noun and noun not in places["vague_crossings"]:
            yield from _numbers(noun, "crossing")


UNCOUNTED = frozenset({"taking", "history", "leisure", "disaster", "crime"})
"""Fields of domains.csv that only the claim stage weighs: border news tells of fires, fugitives and holidays, too."""


def _fields() -> Iterator[tuple[str, str]]:
    for row in _rows("domains.csv"):
        if row["domain"] in UNCOUNTED:
            continue
        for form in (row["term"], f"{row['term']}s"):
            yield form, row["domain"]


def _numbers(word: str, rule: str) -> Iterator[tuple[str, str]]:
    """A noun and its plural, or its singular where the lexicon has the plural."""
    singular = word.removesuffix("s") if rule == "force" else word
    for form in {word, singular, f"{word}s", f"{word}es", re.sub("y$", "ies", word)}:
        yield form, rule


@dataclass(frozen=True, slots=True)
class Name:
    """A name of several words or one."""

    words: list[str]
    """In lower case; as written for short ones, so that "LET" is not "let"."""
    kind: str
    """party, crossing, country, or short: a party's name that may be somebody else's."""
    country: str

    key: int
    """Which of its words it is looked up by: the longest, so that "new" and "for" look nothing up."""


def _all_names(settings: Mapping[str, Any]) -> Iterator[Name]:
    for row in _rows("domains.csv"):
        if row["domain"] == "conflict" and " " in row["term"]:
            yield _keyed(row["term"].split(), "force", "")
    ordinary = {row["word"].lower() for row in _rows("common_words.csv")}
    for row in _rows("countries.csv"):
        if row["alpha2"] in settings["names"]["everywhere"]:
            continue
        for name in (row["name"], *row["aliases"].split(";"), *row["adjectives"].split(";")):
            yield from _name(name, "country", row["alpha2"], frozenset())
    for row in _rows("crossings.csv"):
        for name in (row["name"], row["post_a"], row["post_b"], *row["aliases"].split(";")):
            yield from _name(name, "crossing", row["country_a"], ordinary)
    nouns = frozenset(settings["names"]["common"])
    for row in _rows("actors.csv"):
        for name in (row["name"], *row["aliases"].split(";")):
            short = len(name) <= settings["names"]["short"]
            if row["kind"] in settings["names"]["armed"] and not name.endswith("*"):
                yield from _name(name, "short" if short else "party", row["country"], nouns)


def _name(name: str, kind: str, country: str, ordinary: Collection[str]) -> Iterator[Name]:
    """Nothing for a name that is an ordinary word too, or that has no capital; articles do not count."""
    words = WORD.findall(name)
    while len(words) > 1 and (len(words[0]) < 3 or words[0].lower() == "the"):
        words = words[1:]
    lower = [word.lower() for word in words]
    if words and len(words[0]) > 2 and words[0][0].isupper() and " ".join(lower) not in ordinary:
        yield _keyed(words if kind == "short" else lower, kind, country)


def _keyed(words: list[str], kind: str, country: str) -> Name:
    return Name(words, kind, country, max(range(len(words)), key=lambda at: len(words[at])))


def _by_key(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    found: dict[str, tuple[Name, ...]] = {}
    for name in names:
        key = name.words[name.key].lower()
        found[key] = (*found.get(key, ()), name)
    return found


def names_in(
    tokens: list[str], lower: list[str], at_hand: list[tuple[int, str]], names: Mapping[str, tuple[Name, ...]]
) -> Iterator[tuple[str, str, str]]:
    """Words, kind and country of each known name that stands in the sentence with a capital."""
    for at, word in at_hand:
        for name in names.get(word, ()):
            start = at - name.key
            text = tokens if name.kind == "short" else lower
            if start < 0 or text[start : start + len(name.words)] != name.words:
                continue
            if name.kind == "force" or tokens[start][0].isupper():
                yield " ".join(name.words), name.kind, name.country


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(LEXICONS.joinpath(name).read_text(encoding="utf-8").splitlines()))
