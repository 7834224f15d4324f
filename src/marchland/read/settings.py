"""The words the read stage looks for, loaded once from the lexicons that ship with Marchland."""

from __future__ import annotations

import csv
import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from marchland.errors import BrokenData

LEXICONS = resources.files("marchland.lexicons")
EDGES = " \t\n.,:;!?|•·*-–—_>»«<[](){}\"“”'‘’…"
"""Characters that do not count at either end of a line when it is compared with a lexicon."""


@dataclass(frozen=True, slots=True)
class DumpWords:
    """The words of plain-text pages with several stories (dumps.toml), folded."""

    fields: Mapping[str, str]
    """Name in a header to what its value is: headline, byline, date, dateline, publisher, section, sender, text."""
    marked: Mapping[str, str]
    """The same for codes and tags."""
    codes: frozenset[str]
    """Names of header fields that stand without a colon, in capitals."""
    ends: frozenset[str]
    more: frozenset[str]
    urgent: frozenset[str]
    editors: tuple[str, ...]
    items: tuple[str, ...]
    related: frozenset[str]
    summary: frozenset[str]
    comments: frozenset[str]
    copies: tuple[str, ...]
    outlets: frozenset[str]
    buttons: frozenset[str]
    counts: tuple[str, ...]
    digests: tuple[str, ...]
    pleas: tuple[str, ...]
    weak: tuple[str, ...]
    before_titles: tuple[str, ...]
    labels: tuple[str, ...]
    furniture: tuple[str, ...]
    bios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Every list of words that the read stage needs, folded to lower case."""

    lines: frozenset[str]
    prefixes: tuple[str, ...]
    foot: tuple[str, ...]
    pleas: tuple[str, ...]
    sections: frozenset[str]
    caption_markers: tuple[str, ...]
    headline_markers: tuple[str, ...]
    stamp_words: frozenset[str]
    changed: frozenset[str]
    fields: tuple[str, ...]
    byline_words: frozenset[str]
    credit_before: tuple[str, ...]
    not_places: frozenset[str]
    told: tuple[str, ...]
    english: frozenset[str]
    months: Mapping[str, int]
    """Name or abbreviation of a month to its number."""
    weekdays: frozenset[str]
    agencies: Mapping[str, str]
    """Alias to the agency's name; aliases of up to four letters keep their case, others are folded."""
    outlets: Mapping[str, str]
    """Folded name of a known outlet, not an agency, to its name as printed."""
    languages: Mapping[str, str]
    """ISO 639-1 code to the English name."""
    story_names: frozenset[str]
    """Words of classes that containers of stories have."""
    markup_names: Mapping[str, frozenset[str]]
    """Role (caption, comment, quote, aside) to the words of classes that tell it."""
    title_names: frozenset[str]
    """Words of classes that titles have."""
    title_others: frozenset[str]
    """Words beside which those name something else."""
    digests: tuple[str, ...]
    """What the title of a page with several stories has in it."""
    live_names: tuple[str, ...]
    """What the title, the address or the classes of a live page have in them."""
    logs: tuple[str, ...]
    """The same of pages that run by the hour and are not live coverage."""
    closings: tuple[str, ...]
    """How the last words of a bulletin or a letter begin."""
    letters: tuple[str, ...]
    clock: frozenset[str]
    notes_begin: tuple[str, ...]
    notes_hold: tuple[str, ...]
    first_printed: tuple[str, ...]
    kinds: Mapping[tuple[str, str], str]
    """(where, word) to the section of a story; where is name, path, headline or type."""
    dump: DumpWords


def fold(line: str) -> str:
    """The line as lexicons compare it: lower case, one space between words, no punctuation at either end."""
    return " ".join(line.casefold().strip(EDGES).split())


@functools.cache
def shipped_words() -> Words:
    """The words that ship with Marchland. Raises `BrokenData` when a file cannot be used."""
    page, dates = _toml("furniture.toml"), _toml("date_words.toml")
    try:
        return Words(
            lines=frozenset(page["lines"]),
            prefixes=tuple(page["prefixes"]),
            foot=tuple(page["foot"]),
            pleas=tuple(page["pleas"]),
            sections=frozenset(page["sections"]),
            caption_markers=tuple(page["markers"]["caption"]),
            headline_markers=tuple(page["markers"]["headline"]),
            stamp_words=frozenset(page["stamp"]["words"]),
            changed=frozenset(page["stamp"]["changed"]),
            fields=tuple(page["stamp"]["fields"]),
            byline_words=frozenset(page["byline"]["words"]),
            credit_before=tuple(page["credit"]["before"]),
            not_places=frozenset(page["dateline"]["not_places"]),
            told=tuple(page["told"]["verbs"]),
            english=frozenset(page["english"]["words"]),
            months={**dates["months"], **dates["month_abbreviations"]},
            weekdays=frozenset({**dates["weekdays"], **dates["weekday_abbreviations"]}),
            agencies=dict(_agencies()),
            outlets=dict(_outlets()),
            languages={row["code"]: row["name"] for row in _csv("languages.csv")},
            story_names=frozenset(page["markup"]["story"]),
            markup_names={role: frozenset(names) for role, names in page["markup"]["roles"].items()},
            title_names=frozenset(page["markup"]["titles"]["names"]),
            title_others=frozenset(page["markup"]["titles"]["others"]),
            digests=tuple(page["digest"]["titles"]),
            live_names=tuple(page["digest"]["live"]),
            logs=tuple(page["digest"]["logs"]),
            closings=tuple(page["digest"]["closings"]),
            letters=tuple(page["digest"]["letters"]),
            clock=frozenset(page["clock"]["words"]),
            notes_begin=tuple(page["notes"]["begins"]),
            notes_hold=tuple(page["notes"]["holds"]),
            first_printed=tuple(page["notes"]["first_printed"]),
            kinds=dict(_kinds()),
            dump=_dump_words(),
        )
    except KeyError as error:
        raise BrokenData(f"furniture.toml or date_words.toml: no entry {error}; put it back") from error


def _dump_words() -> DumpWords:
    """The words of dumps.toml. Raises `BrokenData` when one is missing."""
    told = _toml("dumps.toml")
    try:
        fields, marks, boxes, site, voice = (told[table] for table in ("fields", "marks", "boxes", "site", "voice"))
        return DumpWords(
            fields={fold(name): kind for kind, names in fields.items() if kind != "codes" for name in names},
            marked={name: kind for kind, names in told["marked"].items() for name in names},
            codes=frozenset(fields["codes"]),
            ends=_folded(marks["ends"]),
            more=_folded(marks["more"]),
            urgent=_folded(marks["urgent"]),
            editors=tuple(marks["editors"]),
            items=tuple(marks["items"]),
            related=_folded(boxes["related"]),
            summary=_folded(boxes["summary"]),
            comments=_folded(boxes["comments"]),
            copies=tuple(site["copies"]),
            outlets=_folded(site["outlets"]),
            buttons=_folded(site["buttons"]),
            counts=tuple(site["counts"]),
            digests=tuple(site["digests"]),
            pleas=tuple(voice["pleas"]),
            weak=tuple(voice["weak"]),
            before_titles=tuple(voice["before_titles"]),
            labels=tuple(voice["labels"]),
            furniture=tuple(voice["furniture"]),
            bios=tuple(voice["bios"]),
        )
    except KeyError as error:
        raise BrokenData(f"dumps.toml: no entry {error}; put it back") from error


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def agency_key(name: str) -> str:
    """How an agency's name is looked up: short names keep their case, since "AP" is one and "ap" is not."""
    bare = " ".join(name.strip(EDGES).split())
    return bare if len(bare) <= 4 else bare.casefold()


@functools.cache
def alternatives(phrases: tuple[str, ...] | frozenset[str]) -> str:
    """A pattern that matches any of the phrases, longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _agencies() -> Iterator[tuple[str, str]]:
    for row in _csv("agencies.csv"):
        for alias in row["aliases"].split(";"):
            yield agency_key(alias), row["agency"]


def _outlets() -> Iterator[tuple[str, str]]:
    if not LEXICONS.joinpath("outlets.csv").is_file():
        return
    for row in _csv("outlets.csv"):
        if row.get("kind") != "agency":
            yield fold(row["name"]), row["name"]


def _kinds() -> Iterator[tuple[tuple[str, str], str]]:
    for row in _csv("sections.csv"):
        for where in ("name", "path", "headline") if row["where"] == "any" else (row["where"],):
            yield (where, row["word"]), row["section"]


def _toml(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(LEXICONS.joinpath(name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BrokenData(f"{name}: {error}; reinstall marchland or mend the file") from error


def _csv(name: str) -> list[dict[str, str]]:
    try:
        lines = LEXICONS.joinpath(name).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BrokenData(f"{name}: {error}; reinstall marchland") from error
    return list(csv.DictReader(lines))
