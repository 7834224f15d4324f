"""The words that tell in which sense a name is used, from the lexicons name_words.toml and person_names.csv."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class SenseWords(NamedTuple):
    """The lexicons' words that rules ask for, each a set of keys."""

    titles: frozenset[str]
    person_after: frozenset[str]
    particles: frozenset[str]
    deeds: frozenset[str]
    local: frozenset[str]
    heads: frozenset[str]
    other: frozenset[str]
    ways: frozenset[str]
    land: frozenset[str]
    named: frozenset[str]
    sure: frozenset[str]
    likely: frozenset[str]
    unlikely: frozenset[str]
    parts: frozenset[str]
    hyphened: frozenset[str]
    place_after: frozenset[str]
    small: frozenset[str]
    abbreviations: frozenset[str]
    first: frozenset[str]
    family: frozenset[str]


@cache
def load_sense_words() -> SenseWords:
    """The words of name_words.toml and person_names.csv."""
    told = tomllib.loads(_lexicon("name_words.toml"))
    names = list(csv.DictReader(_lexicon("person_names.csv").splitlines()))
    first = frozenset(row["name"] for row in names if row["part"] != "family")
    family = frozenset(row["name"] for row in names if row["part"] != "first")
    lists = {
        "titles": told["person"]["titles"],
        "person_after": told["person"]["after"],
        "particles": told["person"]["particles"],
        "deeds": told["person"]["deeds"],
        "local": told["body"]["local"],
        "heads": told["body"]["heads"],
        "other": told["body"]["other"],
        "ways": told["thing"]["ways"],
        "land": told["thing"]["land"],
        "named": told["thing"]["named"],
        "sure": told["place"]["sure"],
        "likely": told["place"]["likely"],
        "unlikely": told["place"]["unlikely"],
        "parts": told["place"]["parts"],
        "hyphened": told["place"]["hyphened"],
        "place_after": told["place"]["after"],
        "small": told["text"]["small"],
        "abbreviations": tomllib.loads(_lexicon("grammar.toml"))["abbreviations"]["words"],
    }
    return SenseWords(**{name: frozenset(words) for name, words in lists.items()}, first=first, family=family)


def _lexicon(name: str) -> str:
    return files("marchland.lexicons").joinpath(name).read_text(encoding="utf-8")
