"""The words the claim stage reads with:

frames, place nouns, stance, speech. All of them data; this module loads them.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from marchland.errors import BrokenData
from marchland.records import EVENTS, STANCES

Path = tuple[str, ...]
"""One way through the parse, step by step: ("obj", "prep:of")."""

ROLE_STEPS = (
    "subj",
    "obj",
    "dative",
    "poss",
    "comp",
    "amod",
    "advmod",
    "acomp",
    "oprd",
    "prt",
    "head",
    "left",
    "context",
    "appos",
    "attr",
    "ccomp",
)


@dataclass(frozen=True, slots=True)
class Need:
    """One condition on the words around a predicate: `prep=to|into`, `!obj`, `subj=party`."""

    what: str
    values: frozenset[str]
    negated: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to say that something happened: predicate, roles, conditions and the event it makes."""

    frame_id: str
    predicate: str
    pos: str
    event: str
    actor: tuple[Path, ...]
    place: tuple[Path, ...]
    opponent: tuple[Path, ...]
    needs: tuple[Need, ...]
    place_kinds: frozenset[str]
    stance: str
    example: str


@dataclass(frozen=True, slots=True)
class PlaceNoun:
    """A common noun that names a kind of place."""

    kind: str
    part: bool
    vague: bool


@dataclass(frozen=True, slots=True)
class StanceWord:
    """What a word does with the event that hangs under it."""

    stance: str
    negated: str
    """What it does where it is itself denied; empty: the same, and the denial stays."""
    over: frozenset[str]
    """The ways of hanging under it for which this holds; empty: the usual ones of its part of speech."""
    strength: float
    """How much of the certainty it leaves, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the claim stage knows about English words."""

    frames: Mapping[str, tuple[Frame, ...]]
    """By predicate lemma."""
    place_nouns: Mapping[str, PlaceNoun]
    stance: Mapping[tuple[str, str], StanceWord]
    domains: Mapping[str, str]
    grammar: Mapping[str, Any]
    forces: frozenset[str]

    @classmethod
    def load(cls) -> Lexicon:
        """Read the files that ship with the package; a wrong row raises `BrokenData` with file and line."""
        grammar = tomllib.loads(_text("grammar.toml"))
        return cls(
            frames=_group(_frames()),
            place_nouns={
                row["noun"]: PlaceNoun(row["kind"], bool(row["part"]), bool(row["vague"]))
                for _, row in rows("place_nouns.csv")
            },
            stance=_stance(),
            domains={row["term"]: row["domain"] for _, row in rows("domains.csv")},
            grammar=grammar,
            forces=frozenset(grammar["forces"]["words"]),
        )


def _text(name: str) -> str:
    return (resources.files("marchland.lexicons") / name).read_text(encoding="utf-8")


def rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a shipped CSV with their line numbers; a row with a missing or extra cell raises `BrokenData`."""
    for line, row in enumerate(csv.DictReader(_text(name).splitlines()), start=2):
        if None in row or any(value is None for value in row.values()):
            raise BrokenData(f"{name}:{line}: wrong number of columns")
        yield line, row


def _frames() -> Iterator[Frame]:
    for line, row in rows("control_frames.csv"):
        where = f"control_frames.csv:{line}"
        if row["event"] not in EVENTS:
            raise BrokenData(f"{where}: unknown event {row['event']!r}")
        yield Frame(
            frame_id=row["id"],
            predicate=row["predicate"],
            pos=row["pos"],
            event=row["event"],
            actor=_paths(row["actor"], where),
            place=_paths(row["place"], where),
            opponent=_paths(row["opponent"], where),
            needs=tuple(_need(word, where) for word in row["needs"].split()),
            place_kinds=frozenset(row["place_kinds"].split("|")) - {""},
            stance=row["stance"],
            example=row["example"],
        )


def _paths(cell: str, where: str) -> tuple[Path, ...]:
    paths = tuple(tuple(path.split(".")) for path in cell.split("|") if path)
    for step in (step for path in paths for step in path):
        if step not in ROLE_STEPS and step != "conj" and not step.startswith("prep:"):
            raise BrokenData(f"{where}: unknown role step {step!r}")
    return paths


def _need(word: str, where: str) -> Need:
    negated = word.startswith("!")
    what, _, values = word.lstrip("!").partition("=")
    if "=" in values:
        raise BrokenData(f"{where}: one condition {word!r} holds two; divide them by a space")
    return Need(what, frozenset(values.split("|")) - {""}, negated)


def _group(frames: Iterator[Frame]) -> Mapping[str, tuple[Frame, ...]]:
    grouped: dict[str, list[Frame]] = {}
    for frame in frames:
        grouped.setdefault(frame.predicate, []).append(frame)
    return {predicate: tuple(members) for predicate, members in grouped.items()}


def _stance() -> Mapping[tuple[str, str], StanceWord]:
    found: dict[tuple[str, str], StanceWord] = {}
    for line, row in rows("stance.csv"):
        where = f"stance.csv:{line}"
        if row["stance"] not in STANCES or row["negated"] not in ("", *STANCES):
            raise BrokenData(f"{where}: unknown stance {row['stance']!r} or {row['negated']!r}")
        try:
            strength = float(row["strength"])
        except ValueError:
            raise BrokenData(f"{where}: strength {row['strength']!r} is no number") from None
        over = frozenset(row["over"].split("|")) - {""}
        found[row["word"], row["pos"]] = StanceWord(row["stance"], row["negated"], over, strength)
    return found
