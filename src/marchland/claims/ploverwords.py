"""The words of PLOVER as data: frames, words that change what hangs under them, and what the change makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from marchland.claims.lexicon import rows
from marchland.errors import BrokenData

QUAD = {
    **dict.fromkeys(("agree", "consult", "support", "concede"), "verbal-cooperation"),
    **dict.fromkeys(("cooperate", "aid", "retreat"), "material-cooperation"),
    **dict.fromkeys(("request", "accuse", "reject", "threaten"), "verbal-conflict"),
    **dict.fromkeys(("protest", "sanction", "mobilize", "coerce", "assault"), "material-conflict"),
}
"""The quad class of each of the sixteen categories."""
OPERATORS = frozenset(
    {
        "commit",
        "threat",
        "refuse",
        "request",
        "stop",
        "do",
        "want",
        "allow",
        "must",
        "offer",
        "not",
        "will",
        "deny",
        "end",
        "mention",
    }
)
SECTORS = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "IGO"}) | frozenset(
    {"AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"}
)
"""PLOVER's codes for who somebody is, and IGO for bodies of several states."""
FLAGS = frozenset({"negation", "future", "hypothetical", "historical"})
"""PLOVER's auxiliary modes: it did not happen, lies ahead, may happen, lies far back."""


@dataclass(frozen=True, slots=True)
class PloverFrame:
    """A predicate that codes to a PLOVER category rather than to control of a place."""

    frame_id: str
    words: tuple[frozenset[str], ...]
    """The trigger and the words that must stand with it, each with its alternatives."""
    pos: str
    category: str
    mode: str
    context: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    """Role steps, tried in order."""
    needs_target: bool
    """Whether it is no event without a party that it is done to: armies meet resistance, too."""

    @property
    def weight(self) -> int:
        """How much it asks for: words count more than the mere presence or absence of an object."""
        return sum(1 if options & {"+obj", "-obj"} else 2 for options in self.words)


@dataclass(frozen=True, slots=True)
class Change:
    """What a word makes of an event under it: another category, or the same with a flag; "" for no event."""

    category: str
    mode: str
    flags: frozenset[str]
    why: str


@dataclass(frozen=True, slots=True)
class PloverWords:
    """Everything the PLOVER reader knows about English words."""

    frames: Mapping[tuple[str, str], tuple[PloverFrame, ...]]
    """(lemma of the trigger, part of speech) -> frames, those with most words first."""
    operators: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
    """(word, part of speech) -> (particle or "", operator), particles first."""
    algebra: Mapping[tuple[str, str], Change]
    """(operator, category) -> change."""
    actors: Mapping[str, str]
    """Noun for people who act in public -> their PLOVER sector."""

    @classmethod
    def load(cls) -> PloverWords:
        """Read the files that ship with the package; a wrong row raises `BrokenData` with file and line."""
        frames: dict[tuple[str, str], list[PloverFrame]] = {}
        for frame in _frames():
            for word in frame.words[0]:
                frames.setdefault((word, frame.pos), []).append(frame)
        return cls(
            {key: tuple(sorted(found, key=lambda f: (-f.weight, f.frame_id))) for key, found in frames.items()},
            _operators(),
            dict(_algebra()),
            dict(_actors()),
        )


def _frames() -> Iterator[PloverFrame]:
    for line, row in rows("plover_frames.csv"):
        if QUAD.get(row["category"]) != row["quad"]:
            raise BrokenData(f"plover_frames.csv:{line}: {row['category']!r} is not {row['quad']!r}")
        sources, _, targets = row["roles"].partition(">")
        yield PloverFrame(
            frame_id=row["id"],
            words=tuple(frozenset(word.split("|")) for word in row["predicate"].split()),
            pos=row["pos"],
            category=row["category"],
            mode=row["mode"],
            context=row["context"],
            sources=_steps(sources),
            targets=_steps(targets.rstrip("!")),
            needs_target=targets.endswith("!"),
        )


def _steps(cell: str) -> tuple[str, ...]:
    return tuple(step for step in cell.split("|") if step and step != "-")


def _operators() -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for line, row in rows("plover_operators.csv"):
        if row["operator"] not in OPERATORS:
            raise BrokenData(f"plover_operators.csv:{line}: unknown operator {row['operator']!r}")
        word, _, particle = row["word"].partition(" ")
        found.setdefault((word, row["pos"]), []).append((particle, row["operator"]))
    return {key: tuple(sorted(members, reverse=True)) for key, members in found.items()}


def _actors() -> Iterator[tuple[str, str]]:
    for line, row in rows("plover_actors.csv"):
        if row["sector"] not in SECTORS:
            raise BrokenData(f"plover_actors.csv:{line}: unknown sector {row['sector']!r}")
        yield row["noun"], row["sector"]


def _algebra() -> Iterator[tuple[tuple[str, str], Change]]:
    for line, row in rows("plover_algebra.csv"):
        where = f"plover_algebra.csv:{line}"
        flags = frozenset(row["flags"].split())
        if row["operator"] not in OPERATORS or flags - FLAGS:
            raise BrokenData(f"{where}: unknown operator or flag")
        for category in row["categories"].split("|"):
            if category not in QUAD or row["becomes"] not in (*QUAD, "same", "none"):
                raise BrokenData(f"{where}: unknown category")
            becomes = {"same": category, "none": ""}.get(row["becomes"], row["becomes"])
            yield (row["operator"], category), Change(becomes, row["mode"], flags, row["why"])
