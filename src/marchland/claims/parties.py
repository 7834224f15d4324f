"""Which party a phrase means: by name, by nation and force, by epithet, or unknown with an id of its own words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from marchland.claims.lexicon import rows
from marchland.claims.newcomer_cues import PartyWords
from marchland.claims.newcomers import Newcomer, slug
from marchland.claims.partytable import (
    ARMED_KINDS,
    FORCES_KINDS,
    STATE_KINDS,
    UNLISTED,
    PartyRow,
    load_rows,
    new_row,
    side_of,
)
from marchland.claims.states import with_states
from marchland.places.countries import load_countries
from marchland.places.names import key
from marchland.records import Party

_WORD = re.compile(r"[^\W_]+(?:[.’'][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s$|[’']$")
_DETERMINERS = re.compile(
    r"^(?:(?:the|a|an|some|all|many|several|most|other|more than|at least|about|around|nearly|hundreds of|dozens of|"
    r"thousands of|scores of|those|these|its|their|his|her|our|of|members of|units of|elements of|remnants of|"
    r"\d[\d,.]*)\s+)+",
    re.IGNORECASE,
)
_SPONSORED = frozenset(
    {"backed", "trained", "funded", "supported", "allied", "aligned", "made", "armed", "sponsored", "linked"}
)
_MORE_HEADS = frozenset({"men", "leaders", "members", "side"})
COMMON = "some-"
"""Begins the id of an unknown party that is only described: "x:cd:some-gunmen", beside the name "x:cd:m23"."""
MAX_ALIAS_WORDS = 7
SHORT_CAPITALS = 4
"""Aliases of at most so many letters match case: "SNA" is not "sna", "HaD" is not "had"."""


@dataclass(frozen=True, slots=True)
class PartyHit:
    """An alias found in a text, with every party that bears it."""

    start: int
    end: int
    ids: tuple[str, ...]
    starred: bool


@dataclass(frozen=True)
class Parties:
    """All parties, found by alias and resolved in context. Immutable; loading takes a few milliseconds."""

    table: Mapping[str, PartyRow]
    by_alias: Mapping[tuple[str, ...], tuple[tuple[str, bool, bool], ...]]
    """Words of an alias in lower case -> (party id, needs context, must match case)."""
    epithets: Mapping[str, str]
    nations: Mapping[str, str]
    """Country names, adjectives and capitals in lower case -> ISO alpha-2."""
    heads: frozenset[str]
    """Nouns of force and office that may follow a party's name."""
    words: PartyWords
    firsts: frozenset[str]
    """First words of all aliases: most words of a text begin none."""

    @classmethod
    def load(cls, *, without: Collection[str] = ()) -> Parties:
        """Read the shipped tables, less the rows of the countries or parties in `without`."""
        table = with_states(load_rows(without), load_countries().values())
        epithets = {row["epithet"]: row["kind"] for _, row in rows("epithets.csv")}
        ministries = {row["office"].split()[-1] for _, row in rows("offices.csv") if row["kind"] == "minister"}
        heads = frozenset(epithet.split()[-1] for epithet in epithets) - ministries | _MORE_HEADS
        index = _index(table)
        return cls(table, index, epithets, _nations(), heads, PartyWords.load(), _firsts(index))

    def with_newcomers(self, newcomers: Sequence[Newcomer], country: str | None) -> Parties:
        """These and the parties that an article itself makes known, under ids of their names ("x:zm:blue-front")."""
        if not newcomers:
            return self
        added = {row.party_id: row for row in (self._newcomer(one, country) for one in newcomers)}
        index = dict(self.by_alias)
        for row in added.values():
            for alias in row.aliases:
                words = _words(alias)
                index[words] = (*index.get(words, ()), (row.party_id, False, len(words) == 1))
        firsts = self.firsts | _firsts({_words(alias) for row in added.values() for alias in row.aliases})
        return replace(self, table={**self.table, **added}, by_alias=index, firsts=firsts)

    def _newcomer(self, one: Newcomer, country: str | None) -> PartyRow:
        party_id = f"x:{(country or '').lower()}:{slug(one.name, self.words)}"
        kind = "rebel" if one.armed else UNLISTED
        return new_row(party_id, one.name, kind, country or "", one.aliases)

    def is_known(self, name: str) -> bool:
        """Whether a name holds that of a party on record that is no government."""
        hits = [hit for hit in self.find(name) if not hit.starred]
        return any(self.table[party].kind != "government" for hit in hits for party in hit.ids)

    def find(self, text: str) -> tuple[PartyHit, ...]:
        """Every alias in a text, longest first at each spot."""
        words = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]
        hits: list[PartyHit] = []
        index = 0
        while index < len(words):
            hit, length = self._hit_at(text, words, index)
            if hit is not None:
                hits.append(hit)
            index += max(length, 1)
        return tuple(hits)

    def _hit_at(self, text: str, words: list[tuple[int, int, str]], index: int) -> tuple[PartyHit | None, int]:
        if self.firsts.isdisjoint(_beginnings(words[index][2])):
            return None, 1
        for length in range(min(MAX_ALIAS_WORDS, len(words) - index), 0, -1):
            window = words[index : index + length]
            if length > 1 and window[0][2].lower() == "the":
                continue
            end = window[-1][0] + len(_POSSESSIVE.sub("", window[-1][2]))
            written = text[window[0][0] : end]
            found = self._exact(written)
            if found and not self._only_sponsor(text, end):
                return PartyHit(
                    window[0][0], end, tuple(i for i, _ in found), all(starred for _, starred in found)
                ), length
        return None, 1

    def _only_sponsor(self, text: str, end: int) -> bool:
        """ "Iran-backed fighters" are not Iran."""
        follow = re.match(r"[-‑–](\w+)", text[end : end + 16])
        return follow is not None and follow.group(1).lower() in _SPONSORED

    def _exact(self, written: str) -> list[tuple[str, bool]]:
        """(party id, needs context) of every alias equal to these words."""
        return [
            (party_id, starred)
            for party_id, starred, cased in self.by_alias.get(_words(written), ())
            if not cased or _same_case(written, self.table[party_id].aliases)
        ]

    def resolve(
        self,
        phrase: str,
        *,
        country: str | None,
        day: dt.date | None,
        context: Sequence[str],
        place_country: str | None = None,
        without: str | None = None,
    ) -> Party | None:
        """The party that a phrase means, with the reason in `how`; None for no party at all.

        `country` is that of the story, `place_country` one that is surer: that of the place, or of whoever speaks.
        `context` holds the ids of the parties met so far, the latest last; whom an epithet means is not of the side
        of the party `without`. An unknown party gets a stable id made of its own words.
        """
        where = place_country or country
        if place_country is not None:
            context = [party for party in context if self._is_of(party, place_country)]
        core = _POSSESSIVE.sub("", _DETERMINERS.sub("", phrase.strip()).strip())
        if not core:
            return None
        found = (
            self._by_name(core, phrase, where, day, context)
            or self._by_nation(core, phrase, day)
            or self._by_epithet(core, phrase, where, day, context, without)
        )
        if found is not None and self._has_left(core, found):
            return self._unknown(core, phrase, country or where)
        if found is not None and without is not None and self.same_side(found.party_id, without):
            found = self._by_epithet(core, phrase, where, day, context, without)
        return found or self._unknown(core, phrase, country or where)

    def _has_left(self, core: str, found: Party) -> bool:
        """ "former soldiers", "army defectors", "mutinous troops": none of the state's any more."""
        words = set(core.lower().replace("-", " ").split())
        apart = (words & self.words["apart.people"]) | (words & self.words["apart.words"])
        return bool(apart) and found.party_id in self.table and self.table[found.party_id].kind in STATE_KINDS

    def _by_name(
        self, core: str, phrase: str, country: str | None, day: dt.date | None, context: Sequence[str]
    ) -> Party | None:
        late: tuple[str, str, bool] | None = None
        for _, written in self._spans(core):
            found = [
                (self._fit(party_id, starred, country, day, context), party_id, starred)
                for party_id, starred in self._exact(written)
                if not starred or written == core
            ]
            found = [item for item in found if item[0] > 0]
            if found:
                _, party_id, starred = max(found, key=lambda item: (item[0], item[1]))
                if self.table[party_id].valid(day):
                    return self._called(party_id, phrase, written, starred=starred)
                late = late or (party_id, written, starred)
        return self._called(late[0], phrase, late[1], starred=late[2]) if late else None

    def _is_of(self, party_id: str, country: str) -> bool:
        """False for a state's party of another country; armed groups cross borders."""
        row = self.table.get(party_id)
        return row is None or row.kind in ARMED_KINDS or row.country in ("", country)

    def _called(self, party_id: str, phrase: str, written: str, *, starred: bool) -> Party:
        fitting = ", fitting the story's country" if starred else ""
        return self._party(party_id, phrase, f'"{written}" is a name of {self.table[party_id].name}{fitting}')

    def _spans(self, core: str) -> Iterator[tuple[int, str]]:
        """The phrase itself, then every run of words in it, longest first.

        A name that needs context must be the phrase.
        """
        matches = list(_WORD.finditer(core))
        yield 0, core
        for length in range(min(len(matches), MAX_ALIAS_WORDS), 0, -1):
            for index in range(len(matches) - length + 1):
                first, last = matches[index], matches[index + length - 1]
                end = last.start() + len(_POSSESSIVE.sub("", last.group()))
                if not self._only_sponsor(core, end):
                    yield index, core[first.start() : end]

    def _fit(
        self, party_id: str, starred: bool, country: str | None, day: dt.date | None, context: Sequence[str]
    ) -> float:
        """How well a party fits: story's country, day, met before; a starred alias needs one of these."""
        row = self.table[party_id]
        at_home = country is not None and row.country == country
        if starred and not (at_home or party_id in context):
            return 0.0
        score = 1.0 + 3.0 * at_home + (2.0 if party_id in context else 0.0) + (0.0 if starred else 1.0)
        score += 2.0 if row.valid(day) else -2.5
        return score + (0.5 if row.kind in ARMED_KINDS else 0.0)

    def _by_nation(self, core: str, phrase: str, day: dt.date | None) -> Party | None:
        """A nation and a force: "Ukraine's army", "Thai officials", or the nation alone: "Thailand"."""
        words = [_POSSESSIVE.sub("", match.group()).lower() for match in _WORD.finditer(core)]
        for length in (3, 2, 1):
            country = self.nations.get(" ".join(words[:length]))
            if country is None or _sponsored_nation(core, words[:length]):
                continue
            rest = " ".join(words[length:])
            kind = self.epithets.get(rest) or next(
                (self.epithets[w] for w in reversed(rest.split()) if w in self.epithets), ""
            )
            if rest and kind not in ("forces", "arms", "government"):
                return None
            armed = kind in ("forces", "arms")
            found = self.forces_of(country, day) if armed else self.government_of(country, day)
            if found is not None:
                return self._party(found, phrase, f"the {'forces' if armed else 'government'} of {country}")
        return None

    def _by_epithet(
        self,
        core: str,
        phrase: str,
        country: str | None,
        day: dt.date | None,
        context: Sequence[str],
        without: str | None = None,
    ) -> Party | None:
        context = [party for party in context if without is None or not self.same_side(party, without)]
        words = core.lower().split()
        kind = self.epithets.get(core.lower()) or (self.epithets.get(words[-1]) if not _has_proper(core) else None)
        if kind is None or kind == "arms":
            return None
        state = FORCES_KINDS | {"government"}
        met = next((p for p in reversed(context) if p in self.table and self.table[p].kind in state), None)
        if kind == "forces" and met is not None and self.table[met].country:
            own = self.forces_of(self.table[met].country, day, without) or met
            return self._party(own, phrase, f'"{phrase}": of the state spoken of last, {self.table[met].name}')
        if kind in ("forces", "government") and country is not None:
            seek = self.forces_of if kind == "forces" else self.government_of
            found = seek(country, day, without)
            if found is not None:
                return self._party(found, phrase, f'"{phrase}": the state\'s own in a story about {country}')
        wanted = ARMED_KINDS | {"coalition"} if kind == "nonstate" else FORCES_KINDS | {"government", "foreign-forces"}
        kinds = (wanted, {UNLISTED}) if kind == "nonstate" else (wanted,)
        last = next(
            (p for some in kinds for p in reversed(context) if p in self.table and self.table[p].kind in some), None
        )
        if last is not None:
            return self._party(last, phrase, f'"{phrase}": the last such party named, {self.table[last].name}')
        return self._unlisted_before(phrase, context) if kind == "nonstate" else None

    def _unlisted_before(self, phrase: str, context: Sequence[str]) -> Party | None:
        """The last party met that has a name of its own and stands in no table."""
        for party_id in reversed(context):
            _, _, words = party_id.partition(":")
            country, _, slug = words.partition(":")
            if party_id.startswith("x:") and not slug.startswith(COMMON):
                name = slug.replace("-", " ")
                how = f'"{phrase}": the last such party named, {name}'
                return Party(phrase, party_id, name, (name,), party_id, country.upper() or None, how)
        return None

    def _unknown(self, core: str, phrase: str, country: str | None) -> Party:
        """A party that no table knows: its id is made of its own words, less the words for any force."""
        words = [_POSSESSIVE.sub("", match.group()) for match in _WORD.finditer(core)]
        proper = [word for word in words if word[:1].isupper()]
        if all(word.lower() in self.nations or word.lower() in self.heads for word in proper):
            proper = []
        own = slug(" ".join(proper), self.words) if proper else COMMON + slug(" ".join(words), None)
        party_id = f"x:{(country or '').lower()}:{own}"
        return Party(phrase, party_id, " ".join(proper) or core, (core,), party_id, country, "not in any table")

    def _party(self, party_id: str, phrase: str, how: str) -> Party:
        row = self.table[party_id]
        side = side_of(party_id, self.table)
        aliases = dict.fromkeys([*row.aliases, *self.table[side].aliases])
        return Party(phrase, party_id, row.name, tuple(aliases), side, row.country or None, how)

    def get(self, party_id: str) -> Party | None:
        """The party of this id (or of this lineage), or None."""
        return (
            self._party(party_id, self.table[party_id].name, "the speaker's own side")
            if party_id in self.table
            else None
        )

    def bears_arms(self, party_id: str) -> bool:
        """Whether it is a force of any kind, rather than a government, an agency or a country's name."""
        return self.table[party_id].kind in ARMED_KINDS | FORCES_KINDS

    def is_vague(self, party: Party) -> bool:
        """Whether it is an unknown party without a name of its own: "militants", "fighters"."""
        return party.party_id.startswith("x:") and all(word in self.heads for word in party.name.lower().split())

    def is_armed_group(self, party_id: str) -> bool:
        """Whether it is a known armed group that is no state's."""
        return party_id in self.table and self.table[party_id].kind in ARMED_KINDS

    def government_of(self, country: str, day: dt.date | None, without: str | None = None) -> str | None:
        """Id of the government of a country on a day; one that has just ended where the present one is `without`."""
        return self._state(country, day, frozenset({"government"}), without)

    def forces_of(self, country: str, day: dt.date | None, without: str | None = None) -> str | None:
        """Id of the state forces of a country on a day: the widest body, else the government."""
        found = self._state(country, day, frozenset({"state-forces"}), without)
        return found or self.government_of(country, day, without)

    def _state(self, country: str, day: dt.date | None, kinds: frozenset[str], without: str | None) -> str | None:
        rows_of = [row for row in self.table.values() if row.country == country and row.kind in kinds]
        found = [row for row in rows_of if row.valid(day) and not self._is(row, without)]
        if not found and without is not None and day is not None:
            ended = [row.end for row in rows_of if row.end is not None and row.end < day and not self._is(row, without)]
            found = [row for row in rows_of if ended and row.end == max(ended)]
        if not found:
            return None
        return min(found, key=lambda row: (self._depth(row), -len(row.aliases), row.party_id)).party_id

    def _is(self, row: PartyRow, without: str | None) -> bool:
        return without is not None and self.same_side(row.party_id, without)

    def _depth(self, row: PartyRow) -> int:
        depth = 0
        while row.parent in self.table and depth < 8:
            row, depth = self.table[row.parent], depth + 1
        return depth

    def side(self, party_id: str) -> str:
        """The root of a party's side; an unknown party is its own side."""
        return side_of(party_id, self.table) if party_id in self.table else party_id

    def same_side(self, a: str, b: str) -> bool:
        """Whether two parties are of one side, or of sides of one lineage (a movement and the state that it became)."""
        one, other = self.side(a), self.side(b)
        if one not in self.table or other not in self.table:
            return one == other
        return self.table[one].lineage == self.table[other].lineage

    def allied(self, a: str, b: str) -> bool:
        """Whether two parties or sides are one side or list each other as allies."""
        return self.same_side(a, b) or self._listed(a, b, "allies") or self._listed(b, a, "allies")

    def opposed(self, a: str, b: str) -> bool:
        """Whether either lists the other, or the other's side, as an opponent."""
        return self._listed(a, b, "opponents") or self._listed(b, a, "opponents")

    def _listed(self, a: str, b: str, what: str) -> bool:
        row = self.table.get(a)
        if row is None:
            return False
        return any(other == b or self.side(other) == self.side(b) for other in getattr(row, what))


def _index(table: Mapping[str, PartyRow]) -> Mapping[tuple[str, ...], tuple[tuple[str, bool, bool], ...]]:
    index: dict[tuple[str, ...], list[tuple[str, bool, bool]]] = {}
    for row in table.values():
        for alias in row.aliases:
            cased = len(alias) <= SHORT_CAPITALS and not alias.islower()
            index.setdefault(_words(alias), []).append((row.party_id, alias.lower() in row.starred, cased))
    return {words: tuple(found) for words, found in index.items() if words}


def _firsts(index: Collection[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(words[0] for words in index if words)


def _words(text: str) -> tuple[str, ...]:
    bare = re.sub(r"^(?:the)\s+", "", text.strip(), flags=re.IGNORECASE)
    return tuple(key(bare).replace("'", "").split())


@lru_cache(maxsize=65536)
def _beginnings(word: str) -> tuple[str, ...]:
    """With which word an alias begins that begins with this one, which may be a possessive."""
    return (*_words(word)[:1], *_words(_POSSESSIVE.sub("", word))[:1])


def _same_case(written: str, aliases: tuple[str, ...]) -> bool:
    return written.removeprefix("the ").removeprefix("The ") in aliases


def _nations() -> Mapping[str, str]:
    nations: dict[str, str] = {}
    for alpha2, country in load_countries().items():
        for name in (country.place.name, *country.place.aliases, *country.adjectives, country.capital):
            nations.setdefault(name.lower(), alpha2)
    return {name: alpha2 for name, alpha2 in nations.items() if name}


def _sponsored_nation(core: str, words: list[str]) -> bool:
    follow = re.match(r"[-‑–](\w+)", core[len(" ".join(words)) :][:16])
    return follow is not None and follow.group(1).lower() in _SPONSORED


def _has_proper(core: str) -> bool:
    return any(word[:1].isupper() for word in core.split())
