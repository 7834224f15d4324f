"""Names that can be asked for, of places, parties, outlets and speakers: as written on record, and near to it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from anyascii import anyascii

from marchland.ledger.database import Sqlite
from marchland.ledger.search_words import Term, fold, tokens
from marchland.ledger.store import Ledger

PLACE, PARTY, OUTLET, SPEAKER = "place", "party", "outlet", "speaker"
KINDS = (PLACE, PARTY, OUTLET, SPEAKER)
_CANDIDATES = 400
_NEAR = 78
"""How like a spelling must be, out of 100, to be offered for a name that nothing on record has."""


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name that fits what was typed."""

    kind: str
    id: str
    spelling: str
    """The spelling that fits: the name or an alias."""
    fit: int
    """0: the whole name; 1: its beginning; 2: words in it; 3: only near to it."""
    main: bool = True
    """Whether the spelling is the name under which it is shown."""


def rank(one: NameHit, claims: int) -> tuple[int, float, str, str]:
    """Where a hit belongs: whole names first, shown names before aliases; then those that much is told of.

    A name that begins so is worth as much as one with four times as many claims; so is a shown name beside an alias.
    """
    group = (0 if one.main else 1) if one.fit == 0 else 2
    worth = math.log2(1 + claims) + 2 * (one.fit == 1) + 2 * one.main
    return group, -worth, one.spelling, one.id


@dataclass(slots=True)
class NameBook:
    """All names in memory: for near spellings, and how often each is told of."""

    key: object = None
    plain: list[str] = field(default_factory=list)
    owners: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, id and spelling, as in `plain`."""
    weight: dict[tuple[str, str], int] = field(default_factory=dict)
    """Claims, by kind and id, at any day of knowledge."""


class Names:
    """The names in an index."""

    def __init__(self, store: Sqlite) -> None:
        self._store = store

    def outlets(self, found: Iterable[str]) -> None:
        """Outlets that may be new."""
        self._add((OUTLET, name, name, 1) for name in sorted(set(found) - {""}))

    def speakers(self, found: Iterable[str]) -> None:
        """Speakers that may be new."""
        self._add((SPEAKER, name, name, 1) for name in sorted(set(found) - {""}))

    def rest(self, ledger: Ledger) -> None:
        """The places and parties that have come onto the record."""
        import msgspec  # noqa: PLC0415

        for kind, table, key in ((PLACE, "place", "place_id"), (PARTY, "party", "party_id")):
            (theirs,) = ledger.database.execute(f"SELECT count(*) FROM {table}").fetchone()
            (mine,) = self._store.execute("SELECT count(*) FROM name WHERE kind = ? AND main = 1", (kind,)).fetchone()
            if theirs == mine:
                continue
            known = {one for (one,) in self._store.execute("SELECT id FROM name WHERE kind = ?", (kind,))}
            asked = f"SELECT {key}, name, aliases FROM {table} ORDER BY {key}"
            for owner, name, aliases in ledger.database.execute(asked).fetchall():
                if owner not in known:
                    others = dict.fromkeys(one for one in msgspec.json.decode(aliases) if one != name)
                    self._add([(kind, owner, name, 1), *((kind, owner, one, 0) for one in others)])

    def _add(self, found: Iterable[tuple[str, str, str, int]]) -> None:
        (last,) = self._store.execute("SELECT coalesce(max(number), 0) FROM name").fetchone()
        put = "INSERT INTO name VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING"
        for kind, owner, spelling, main in found:
            told = plain(spelling)
            if self._store.execute(put, (last + 1, kind, owner, spelling, told, main)).rowcount:
                last += 1
                words = f"{spelling} {told}"
                self._store.execute("INSERT INTO name_words (rowid, spelling) VALUES (?,?)", (last, words))

    # ---------------------------------------------------------------------------------------------------------- asking

    def fitting(self, words: Sequence[str], kinds: Sequence[str], *, unfinished: bool) -> list[NameHit]:
        """Names that have all the words; with `unfinished`, the last word may go on."""
        if not words:
            return []
        match = " AND ".join(Term((one,), unfinished and one is words[-1]).expression for one in words)
        return _best(self._scored(found, words) for found in self._matching(match, kinds))

    def within(self, words: Sequence[str], kinds: Sequence[str]) -> list[NameHit]:
        """Names all of whose words are among those of a question, in a row: "took Osterby" has Osterby."""
        if len(words) < 2:
            return []
        match = " OR ".join(Term((one,)).expression for one in words)
        row = f" {' '.join(words)} "
        return _best(
            NameHit(kind, owner, spelling, 0, bool(main))
            for kind, owner, spelling, told, main in self._matching(match, kinds)
            if any(f" {one} " in row for one in {told, _folded(spelling)} if len(one) > 2)
        )  # fmt: skip

    def _matching(self, match: str, kinds: Sequence[str]) -> list[tuple[str, str, str, str, int]]:
        marks = ", ".join("?" * len(kinds))
        asked = (
            "SELECT n.kind, n.id, n.spelling, n.plain, n.main FROM name_words w JOIN name n ON n.number = w.rowid"
            f" WHERE name_words MATCH ? AND n.kind IN ({marks}) ORDER BY bm25 (name_words), n.number LIMIT ?"
        )
        return self._store.execute(asked, (match, *kinds, _CANDIDATES)).fetchall()

    @staticmethod
    def _scored(found: tuple[str, str, str, str, int], words: Sequence[str]) -> NameHit:
        kind, owner, spelling, told, main = found
        typed, names = " ".join(words), (told, _folded(spelling))
        fit = 0 if typed in names else 1 if any(one.startswith(typed) for one in names) else 2
        return NameHit(kind, owner, spelling, fit, bool(main))

    def near(self, text: str, kinds: Sequence[str], book: NameBook, most: int = 5) -> list[NameHit]:
        """Names whose spelling is near to what was typed, the nearest first."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  not needed for a name that is right

        typed = plain(text)
        if len(typed) < 3:
            return []
        found = process.extract(typed, book.plain, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=8 * most)
        ranked = sorted(found, key=lambda one: (-one[1], -book.weight.get(book.owners[one[2]][:2], 0)))
        hits = (book.owners[at] for _, _, at in ranked)
        return _best(NameHit(*owner, 3) for owner in hits if owner[0] in kinds)[:most]

    def book(self, last: NameBook) -> NameBook:
        """All names, read anew where the index has changed since."""
        key = self._store.execute("SELECT value FROM state WHERE name = 'turn'").fetchone()
        if last.key == key:
            return last
        made = NameBook(key)
        for kind, owner, spelling, told in self._store.execute("SELECT kind, id, spelling, plain FROM name"):
            made.plain.append(told)
            made.owners.append((kind, owner, spelling))
        for kind, column in ((PLACE, "place_id"), (PARTY, "actor"), (PARTY, "opponent"), (OUTLET, "outlet"),
                             (SPEAKER, "speaker")):  # fmt: skip
            for owner, number in self._store.execute(f"SELECT {column}, count(*) FROM claim_item GROUP BY 1"):
                made.weight[kind, owner] = made.weight.get((kind, owner), 0) + number
        return made


def plain(text: str) -> str:
    """A spelling in small Latin letters and digits, words apart: "Islām-Qal'a" as "islam qal a"."""
    return " ".join(fold(one) for _, one in tokens(anyascii(text)))


def _folded(text: str) -> str:
    return " ".join(fold(one) for _, one in tokens(text))


def _best(hits: Iterable[NameHit]) -> list[NameHit]:
    """One hit for each owner: its best fitting spelling, in the order in which the owners were found."""
    made: dict[tuple[str, str], NameHit] = {}
    for one in hits:
        key = (one.kind, one.id)
        if key not in made or (one.fit, not one.main) < (made[key].fit, not made[key].main):
            made[key] = one
    return list(made.values())
