"""The numbers and words that tell copies, from `lexicons/copies.toml`, which says where each comes from."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import msgspec

from marchland.errors import BrokenData
from marchland.records import Article

SHORT = 4
"""Names of up to so many letters keep their case: "AP" is one, "ap" is not."""


@dataclass(frozen=True, slots=True)
class Sketching:
    """How many words make a fingerprint, and out of how many fingerprints the smallest is kept."""

    shingle: int
    window: int
    quote_shingle: int
    quote_window: int


@dataclass(frozen=True, slots=True)
class Indexing:
    """Bounds on what is looked at for one new text. All are counts of texts."""

    postings: int
    compared: int
    enough: int
    enough_stock: int
    quoted: int
    tail: int


@dataclass(frozen=True, slots=True)
class Aligning:
    """What counts as a copied stretch. `dense` and `quote_share` are shares, all else counts of words."""

    seed: int
    gap: int
    words: int
    quote_words: int
    version_words: int
    quote_share: float
    dense: float


@dataclass(frozen=True, slots=True)
class Grouping:
    """What counts as a copied article, and when two claims lie in one copied sentence. Shares, but for `words`."""

    share: float
    words: int
    inside: float
    alike: float


@dataclass(frozen=True, slots=True)
class RelayWords:
    """Words around a name that say that the text, or a sentence, is that name's."""

    whole: tuple[str, ...]
    """Before a name: all of the article is that name's, or made with its text."""
    before: tuple[str, ...]
    """Before a name: the sentence is."""
    after: tuple[str, ...]
    between: tuple[str, ...]
    pictures: tuple[str, ...]
    outlets: Mapping[str, tuple[str, ...]]
    """Name of an outlet that others relay to its aliases."""


@dataclass(frozen=True, slots=True)
class OriginWeights:
    """How much each rule says for a member of a group being its origin."""

    credited: float
    earliest: float
    whole: float
    dateline: float
    credits_other: float
    close: float


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """When claims of one speaker or page are one witness."""

    days: int
    """Claims further apart than this speak of two happenings."""
    small: tuple[str, ...]
    """Words of a name that tell nobody apart."""


@dataclass(frozen=True, slots=True)
class CopySettings:
    """Everything in copies.toml."""

    sketch: Sketching
    index: Indexing
    align: Aligning
    group: Grouping
    relay: RelayWords
    origin: OriginWeights
    speakers: SpeakerWords


@dataclass(frozen=True, slots=True)
class Names:
    """Who may be credited: aliases to names, and the hosts that publish under one of these names."""

    aliases: Mapping[str, str]
    """Aliases of up to four letters as written, others folded."""
    hosts: Mapping[str, str]

    def of(self, alias: str) -> str:
        """The name that an alias stands for, or nothing."""
        bare = " ".join(alias.split())
        return self.aliases.get(bare) or self.aliases.get(bare.casefold(), "")

    def publisher(self, article: Article) -> str:
        """The name under which its publisher would be credited by others, or nothing."""
        told = article.publisher or ""
        host = told.casefold().removeprefix("www.")
        while host:
            if host in self.hosts:
                return self.hosts[host]
            host = host.partition(".")[2]
        return self.of(told.removeprefix("The ").removeprefix("the "))


def load_settings() -> CopySettings:
    """The settings that ship with Marchland. Raises BrokenData where one is missing or of the wrong kind."""
    text = (files("marchland") / "lexicons" / "copies.toml").read_text(encoding="utf-8")
    return read_settings(text)


def read_settings(text: str) -> CopySettings:
    """Settings from the text of such a file. Raises BrokenData."""
    try:
        return msgspec.toml.decode(text, type=CopySettings)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BrokenData(f"copies.toml: {error}") from error


def load_names(relay: RelayWords) -> Names:
    """Who may be credited: agencies.csv, the outlets of copies.toml, the hosts of outlets.csv. Raises BrokenData."""
    agencies = {alias: row["agency"] for row in _rows("agencies.csv") for alias in row["aliases"].split(";")}
    outlets = {alias: name for name, aliases in relay.outlets.items() for alias in aliases}
    aliases = {
        (alias if len(alias) <= SHORT else alias.casefold()): name for alias, name in {**outlets, **agencies}.items()
    }
    names = Names(aliases, {})
    told = {row["outlet"]: names.of(row["name"].removeprefix("The ")) for row in _rows("outlets.csv")}
    return Names(aliases, {host: name for host, name in told.items() if name})


def load_roles() -> frozenset[str]:
    """Words for offices and callings, folded, from offices.csv. Raises BrokenData."""
    return frozenset(
        word for row in _rows("offices.csv") for word in row["office"].casefold().replace("-", " ").split()
    )


def _rows(name: str) -> list[dict[str, str]]:
    try:
        text = (files("marchland") / "lexicons" / name).read_text(encoding="utf-8")
    except OSError as error:
        raise BrokenData(f"{name}: {error}; reinstall marchland") from error
    return list(csv.DictReader(text.splitlines()))
