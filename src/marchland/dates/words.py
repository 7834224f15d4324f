"""The words of the date grammar, read once from `lexicons/date_words.toml`."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from marchland.dates.values import Clock, Deictic, Feast
from marchland.errors import BrokenData

FILE = "date_words.toml"
Phrase = tuple[str, ...]
GROUPS_AT_START = (
    "on",
    "about",
    "past_spans",
    "coming_spans",
    "since",
    "until",
    "by",
    "before",
    "after",
    "every",
    "near",
    "openers",
)
"""Groups whose words an expression can begin with."""
FEAST_TERMS = {"fixed": 2, "nth": 3, "western": 1, "orthodox": 1, "lunar": 2, "solar": 2}
"""How many numbers fix a feast, by what fixes it."""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words and what they mean; keys are lower case, phrases of several words are tuples of words."""

    months: Mapping[str, int]
    month_abbreviations: Mapping[str, int]
    weekdays: Mapping[str, int]
    weekday_abbreviations: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    parts: Mapping[str, Clock]
    deictic: Mapping[Phrase, tuple[Deictic, Clock | None]]
    following: Mapping[Phrase, tuple[int, int]]
    no_day: Mapping[Phrase, str]
    numbers: Mapping[str, tuple[int, int]]
    ordinals: Mapping[str, int]
    units: Mapping[str, str]
    plurals: Mapping[str, tuple[int, int]]
    stretches: Mapping[str, str]
    shifts: Mapping[str, int]
    nights: Mapping[str, Clock]
    feasts: Mapping[Phrase, Feast]
    solar_months: Mapping[str, int]
    lunar_months: Mapping[Phrase, int]
    zones: Mapping[str, str]
    bounds: Mapping[Phrase, str]
    heads: frozenset[str]
    """First words of feasts and lunar months."""
    namers: frozenset[str]
    """Words that a named day or period can begin with."""
    phrase_heads: frozenset[str]
    """First words of the phrases about days: deictic, following, no_day."""
    bound_heads: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    starters: frozenset[str]
    """Every word that an expression can begin with."""
    cores: frozenset[str]
    """Words of which every expression without a figure holds at least one."""


@functools.cache
def load_words() -> TimeWords:
    """The shipped words. Raises BrokenData when the file lacks a table or a value has the wrong shape."""
    raw = (resources.files("marchland.lexicons") / FILE).read_text(encoding="utf-8")
    try:
        return build_words(tomllib.loads(raw))
    except (KeyError, TypeError, ValueError, tomllib.TOMLDecodeError) as error:
        raise BrokenData(f"{FILE}: {type(error).__name__} {error}; see the tables of the shipped file") from error


def build_words(raw: Mapping[str, Any]) -> TimeWords:
    """Words from the parsed tables."""
    plain = {name: raw[name] for name in ("months", "month_abbreviations", "weekdays", "weekday_abbreviations")}
    return TimeWords(
        **plain,
        seasons={word: (first, last) for word, (first, last) in raw["seasons"].items()},
        parts={word: Clock(start, end, word) for word, (start, end) in raw["parts"].items()},
        deictic={tuple(phrase.split()): _deictic(phrase, row) for phrase, row in raw["deictic"].items()},
        following={tuple(phrase.split()): (low, high) for phrase, (low, high) in raw["following"].items()},
        no_day={tuple(phrase.split()): why for phrase, why in raw["no_day"].items()},
        numbers={word: (low, high) for word, (low, high) in raw["numbers"].items()},
        ordinals=raw["ordinals"],
        units=raw["units"],
        plurals={word: (low, high) for word, (low, high) in raw["plurals"].items()},
        stretches=raw["stretches"],
        shifts=raw["shifts"],
        nights={word: Clock(start, end, word) for word, (start, end) in raw["nights"].items()},
        feasts=_feasts(raw["feasts"]),
        solar_months=raw["solar_months"],
        lunar_months={tuple(phrase.split()): month for phrase, month in raw["lunar_months"].items()},
        zones=raw["zones"],
        bounds={tuple(phrase.split()): side for phrase, side in raw["bounds"].items()},
        heads=frozenset(phrase.split()[0] for table in ("feasts", "lunar_months") for phrase in raw[table]),
        namers=_namers(raw),
        phrase_heads=frozenset(
            phrase.split()[0] for table in ("deictic", "following", "no_day") for phrase in raw[table]
        ),
        bound_heads=frozenset(phrase.split()[0] for phrase in raw["bounds"]),
        groups={name: frozenset(words) for name, words in raw["words"].items()},
        starters=_starters(raw),
        cores=_cores(raw),
    )


def _deictic(phrase: str, row: Mapping[str, Any]) -> tuple[Deictic, Clock | None]:
    first, last = row["days"]
    hours = row.get("hours")
    value = Deictic(phrase, first, last, bool(row.get("approximate")))
    return value, Clock(hours[0], hours[1], phrase) if hours else None


def _namers(raw: Mapping[str, Any]) -> frozenset[str]:
    words = {
        phrase.split()[0] for table in ("feasts", "lunar_months", "solar_months", "ordinals") for phrase in raw[table]
    }
    return frozenset(words) | {"solar", "lunar", "month", "q", "h", "fiscal", "fy", "'", "’", "‘"}


def _feasts(rows: Mapping[str, Any]) -> Mapping[Phrase, Feast]:
    return {tuple(name.split()): _feast(name, rows) for name in rows}


def _feast(name: str, rows: Mapping[str, Any]) -> Feast:
    row = dict(rows[name])
    other, length = row.pop("or", None), row.pop("length", 1)
    ((fixed_by, terms),) = row.items()
    if len(terms) != FEAST_TERMS[fixed_by]:
        raise ValueError(f"feast {name!r}: {fixed_by} takes {FEAST_TERMS[fixed_by]} numbers")
    return Feast(name, fixed_by, tuple(terms), length, _feast(other, rows) if other else None)


def _cores(raw: Mapping[str, Any]) -> frozenset[str]:
    tables = [
        "months",
        "month_abbreviations",
        "weekdays",
        "weekday_abbreviations",
        "seasons",
        "parts",
        "units",
        "nights",
    ]
    phrases = ["deictic", "following", "no_day", "feasts", "lunar_months", "solar_months"]
    return frozenset(phrase.split()[-1] for table in (*tables, *phrases) for phrase in raw[table])


def _starters(raw: Mapping[str, Any]) -> frozenset[str]:
    tables = ("months", "month_abbreviations", "weekdays", "weekday_abbreviations", "seasons", "parts", "deictic")
    more = ("following", "no_day", "numbers", "ordinals", "units", "stretches", "shifts")
    named = ("nights", "feasts", "solar_months", "lunar_months", "bounds")
    words = {phrase.split()[0] for table in (*tables, *more, *named) for phrase in raw[table]}
    for group in GROUPS_AT_START:
        words |= set(raw["words"][group])
    return frozenset(words)
