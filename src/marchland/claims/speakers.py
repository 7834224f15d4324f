"""Speakers: from the words that name one to a class and a side (lexicons/speakers.csv, offices.csv, outlets.csv)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from marchland.claims.lexicon import rows
from marchland.claims.parties import COMMON, Parties
from marchland.claims.sources import VoiceWords
from marchland.places.names import key

STATE = "state"
BELLIGERENT = "belligerent"
NAMED = "named"
"""What an office speaks for that may be anybody's: the party or state in its words, and nobody where there is none."""
OF_A_PARTY = frozenset({"spokesperson", "military", "official", "anonymous"})
"""Classes of speakers that an armed group has as well as a state: a rebel spokesman, a militia commander."""
KEPT = frozenset({"spokesperson", "media", "anonymous"})
"""Classes that stay what they are when the state spoken for is another than the story's."""
RELAYS = frozenset({"agency", "media", "outlet"})
"""Classes that pass on what others say: where they cite somebody, that one is the speaker."""
_OTHERS = frozenset({"to", "of", "for", "from", "by", "s", "under", "near"})
_PREPOSITIONS = frozenset({"of", "in", "from", "at", "on", "for", "and", "with", "based"})
_TOLD = re.compile(r"[,;(].*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: name, class and the id of the side spoken for (empty when neutral or not known)."""

    name: str
    kind: str
    side: str


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One row of the table of speakers."""

    name: str
    kind: str
    actor_id: str
    start: str
    end: str
    starred: frozenset[str]


@dataclass(frozen=True)
class Speakers:
    """Knows people, offices and outlets."""

    parties: Parties
    people: Mapping[str, tuple[SpeakerRow, ...]]
    """Folded name or alias -> rows."""
    offices: Mapping[str, tuple[str, str]]
    """Office words -> (class, whom it speaks for)."""
    outlets: Mapping[str, tuple[str, str, str]]
    """Folded name or host -> (name, class, actor id)."""
    words: VoiceWords = field(default_factory=VoiceWords.load)

    @classmethod
    def load(cls, *, parties: Parties | None = None) -> Speakers:
        """Read the shipped tables."""
        return cls(
            parties or Parties.load(),
            _people(),
            {row["office"]: (row["kind"], row["speaks_for"]) for _, row in rows("offices.csv")},
            _outlets(),
        )

    def is_outlet(self, name: str) -> bool:
        """Whether this is the name of an outlet or agency on record."""
        return key(name) in self.outlets

    def side_of_outlet(self, name: str) -> str:
        """Id of the side that owns an outlet or openly stands with it; empty when none is on record."""
        found = self.outlets.get(key(name)) or self.outlets.get(key(name.removeprefix("www.")))
        return self.parties.side(found[2]) if found and found[2] in self.parties.table else ""

    def classify(self, words: str, *, day: dt.date | None, country: str | None, context: Sequence[str]) -> Voice:
        """Class and side of a speaker as written; the words themselves are the name where nothing is known."""
        bare = _TOLD.sub("", words).strip() or words
        return (
            self._person(bare, day, context)
            or self.outlet(bare)
            or self._of_outlet(bare, day, context)
            or self._affiliated(words, bare, day, country, context)
            or self._office(bare, day, country, context)
            or self._party(bare, day, country, context)
            or self._described(words, bare, day, country, context)
            or Voice(bare, "person", "")
        )

    def _person(self, words: str, day: dt.date | None, context: Sequence[str]) -> Voice | None:
        tokens = key(words).split()
        for length in range(min(5, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                alias = " ".join(tokens[start : start + length])
                if not _is_head(tokens, start, start + length):
                    continue
                fitting = [row for row in self.people.get(alias, ()) if self._fits(row, alias, day, context)]
                if fitting:
                    row = fitting[0]
                    side = self.parties.side(row.actor_id) if row.actor_id in self.parties.table else ""
                    return Voice(row.name, row.kind, side)
        return None

    def _fits(self, row: SpeakerRow, alias: str, day: dt.date | None, context: Sequence[str]) -> bool:
        """A starred alias (a bare surname) needs its party in the story."""
        written = day.isoformat() if day else ""
        in_time = not written or ((not row.start or row.start <= written) and (not row.end or written <= row.end))
        known = {self.parties.side(party) for party in context}
        return in_time and (alias not in row.starred or self.parties.side(row.actor_id) in known)

    def outlet(self, words: str) -> Voice | None:
        """An outlet or agency on record, or by the form of its name ("Samad TV"); None for anything else."""
        bare = re.sub(r"^(the|a|an)\s+", "", words, flags=re.IGNORECASE)
        found = self.outlets.get(key(bare))
        if found is None:
            return self._formed(bare)
        name, kind, actor = found
        return Voice(name, kind, self.parties.side(actor) if actor in self.parties.table else "")

    def _of_outlet(self, words: str, day: dt.date | None, context: Sequence[str]) -> Voice | None:
        """ "Samad TV's Sahil Noor": a reporter speaks as the outlet does."""
        owner, own, rest = words.replace("’", "'").partition("'s ")
        if not own or not rest[:1].isupper():
            return None
        found = self.outlet(owner) or self._person(owner, day, context)
        return Voice(words, found.kind, found.side) if found is not None and found.kind in RELAYS else None

    def _formed(self, words: str) -> Voice | None:
        """A capital name and a word for outlets: "Radio Reedham", "the Samad news agency"."""
        tokens = words.split()
        lowered = key(words)
        if len(tokens) < 2 or not any(t[:1].isupper() and key(t) not in self.words.outlet for t in tokens):
            return None
        if any(lowered.endswith(f" {form}") for form in self.words.agency):
            return Voice(words, "agency", "")
        formed = key(tokens[-1]) in self.words.outlet and tokens[-1][:1].isupper()
        return Voice(words, "outlet", "") if formed or key(tokens[0]) in ("radio", "tv") else None

    def _office(self, words: str, day: dt.date | None, country: str | None, context: Sequence[str]) -> Voice | None:
        office = self._office_in(words)
        if office is None:
            return None
        kind, speaks_for = office
        if not speaks_for:
            return Voice(words, kind, "")
        if kind == BELLIGERENT:
            return self._party(words, day, country, context)
        named_only = speaks_for == NAMED
        of_a_party = named_only or kind in OF_A_PARTY
        described = self._described_side(words, day, country, context) if of_a_party else None
        if named_only and described is None and self._named_side(words, day, country, context) is None:
            return Voice(words, "official", "")
        side, foreign = (described, False) if described is not None else self._side(words, day, country, context)
        return Voice(words, "foreign-official" if foreign and kind not in KEPT else kind, side)

    def _affiliated(
        self, words: str, name: str, day: dt.date | None, country: str | None, context: Sequence[str]
    ) -> Voice | None:
        """ "Colonel Noor, a spokesman for the X Front": a party or nation said after the name outdoes its rank."""
        told = words.removeprefix(name)
        named = any(not hit.starred for hit in self.parties.find(told)) or any(
            map(self._nation, re.findall(r"\w+", told))
        )
        return self._described(words, name, day, country, context) if told and named else None

    def _described(
        self, words: str, name: str, day: dt.date | None, country: str | None, context: Sequence[str]
    ) -> Voice | None:
        """An unknown name with an office after it: "Sahil Noor, head of the council in Reedham"."""
        told = words.removeprefix(name)
        found = self._office(told, day, country, context) if told else None
        return Voice(name, found.kind, found.side) if found is not None else None

    def _described_side(
        self, words: str, day: dt.date | None, country: str | None, context: Sequence[str]
    ) -> str | None:
        """Side of a party that is only described ("a rebel commander"); empty when not met, None when none is meant."""
        for token in re.findall(r"[\w-]+", words.lower()):
            if self.parties.epithets.get(token) == "nonstate":
                found = self.parties.resolve(token, country=country, day=day, context=context)
                return found.side if found is not None and not self.parties.is_vague(found) else ""
        return None

    def _office_in(self, words: str) -> tuple[str, str] | None:
        """The office named by the longest run of words, one of its own before a party's; among equals the first."""
        tokens = re.findall(r"[\w-]+", words.lower())
        parties: list[tuple[str, str]] = []
        for length in range(min(4, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                found = self.offices.get(" ".join(tokens[start : start + length]))
                if found is not None and found[0] != BELLIGERENT:
                    return found
                parties += [found] if found is not None else []
        return parties[0] if parties else None

    def _side(self, words: str, day: dt.date | None, country: str | None, context: Sequence[str]) -> tuple[str, bool]:
        """(side, whether it is a foreign state's) of an office: of its words, else the story's state."""
        found = self._named_side(words, day, country, context)
        if found is not None:
            return found
        government = self.parties.government_of(country, day) if country else None
        return (self.parties.side(government) if government else ""), False

    def _named_side(
        self, words: str, day: dt.date | None, country: str | None, context: Sequence[str]
    ) -> tuple[str, bool] | None:
        """The same of the party or nation in its words; None where they name none."""
        for hit in self.parties.find(words):
            if not hit.starred:
                found = self.parties.resolve(words[hit.start : hit.end], country=country, day=day, context=context)
                if found is not None and self._is_party(found.party_id, context):
                    return found.side, bool(found.country and country and found.country != country)
        for word in re.findall(r"[\w]+", words):
            nation = self._nation(word)
            if nation is not None:
                government = self.parties.government_of(nation, day)
                return (self.parties.side(government) if government else ""), nation != country
        met = next((p for p in context if p.startswith("x:") and _name_in(p, words)), None)
        if met is not None:
            return met, False
        if self.words.foreign & set(key(words).split()):
            return "", True
        return None

    def _nation(self, word: str) -> str | None:
        """ISO code of a nation or capital named by one capitalised word; "US" is not the pronoun."""
        if not word[:1].isupper():
            return None
        dotted = f"{word[0]}.{word[1]}.".lower() if len(word) == 2 and word.isupper() else ""
        return self.parties.nations.get(word.lower()) or self.parties.nations.get(dotted)

    def _is_party(self, party_id: str, context: Sequence[str]) -> bool:
        """On record, or met in the article under a name of its own."""
        return party_id in self.parties.table or (party_id in context and f":{COMMON}" not in party_id)

    def _party(self, words: str, day: dt.date | None, country: str | None, context: Sequence[str]) -> Voice | None:
        found = self.parties.resolve(words, country=country, day=day, context=context)
        if found is None or not self._is_party(found.party_id, context):
            return None
        return Voice(found.name, BELLIGERENT, found.side)


def _is_head(tokens: Sequence[str], start: int, end: int) -> bool:
    """Whether this run of words is what the phrase names: "Noor of the council", not "an aide to Noor", "Noor aide"."""
    before = tokens[start - 1] if start else ""
    after = tokens[end] if end < len(tokens) else ""
    return before not in _OTHERS and (not after or after in _PREPOSITIONS)


def _name_in(party_id: str, words: str) -> bool:
    """Whether the words hold the name that an unknown party's id is made of."""
    slug = party_id.rpartition(":")[2]
    return not slug.startswith(COMMON) and f" {slug.replace('-', ' ')} " in f" {key(words)} "


def _people() -> Mapping[str, tuple[SpeakerRow, ...]]:
    index: dict[str, list[SpeakerRow]] = {}
    for _, row in rows("speakers.csv"):
        aliases = [alias.strip() for alias in row["aliases"].split(";") if alias.strip()]
        starred = frozenset(key(alias.rstrip("*")) for alias in aliases if alias.endswith("*"))
        record = SpeakerRow(row["speaker"], row["kind"], row["actor_id"], row["from"], row["to"], starred)
        for name in {key(row["speaker"]), *(key(alias.rstrip("*")) for alias in aliases)}:
            index.setdefault(name, []).append(record)
    return {name: tuple(found) for name, found in index.items()}


def _outlets() -> Mapping[str, tuple[str, str, str]]:
    index: dict[str, tuple[str, str, str]] = {}
    for _, row in rows("outlets.csv"):
        kind = "agency" if row["kind"] == "agency" else "outlet"
        for name in (row["name"], row["outlet"]):
            index.setdefault(key(name), (row["name"], kind, row["actor_id"]))
    return index
