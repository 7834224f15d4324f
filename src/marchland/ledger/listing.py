"""Lists of what is on record, narrowed in the database: claims, places, parties, outlets, days, what was skipped.

A list of claims is found by columns and by a few fields of each record; only the rows that are shown are worked out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import msgspec

from marchland.errors import Misuse
from marchland.events.told import why_no_event
from marchland.ledger import query
from marchland.ledger.database import Kept
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow, EventRow, Skipped

LOT = 400
"""Values in one question to the database."""
_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")


class Glance(msgspec.Struct, frozen=True):
    """A few fields of a claim: decoding these alone is many times as fast as the whole row."""

    claim_id: str
    article_id: str
    place_id: str | None
    event: str
    stance: str
    publisher: str | None
    published: str | None
    actor_id: str | None
    actor_name: str | None
    opponent_id: str | None
    source_name: str
    source_class: str
    source_side: str


_GLANCE: Kept[Glance] = Kept(Glance, "claim")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims are asked for; what is empty is not asked."""

    place_id: str = ""
    places: frozenset[str] | None = None
    """Only claims on these places: those of a country."""
    event: str = ""
    stance: str = ""
    publisher: str = ""
    """By its whole name."""
    first: str = ""
    """Published on this day or later, ISO 8601."""
    last: str = ""
    actor: str = ""
    """A part of the id or name of the party that acts; a whole id means that party alone."""
    actor_alone: bool = False
    """Whether `actor` is the whole id of a party."""
    speaker: str = ""
    """A part of the speaker's name."""
    speaker_class: str = ""
    side: str = ""
    """Id of the side on which the speaker stands."""
    known_at: str | None = None


class Key(NamedTuple):
    """Where a claim stands in a list: by the day it became known, its article and its id."""

    known: str
    article_id: str
    claim_id: str
    place_id: str


# -------------------------------------------------------------------------------------------------------------- claims


def claim_keys(ledger: Ledger, wanted: Wanted) -> list[Key]:
    """Keys of the claims that count and are asked for, the earliest known first."""
    touched = ledger.door.touched(wanted.known_at)
    gone = ledger.door.gone(wanted.known_at) | {row.claim_id for row in touched}
    corrected = [_key(row) for row in _corrected(ledger, wanted.known_at) if _fits(row, wanted)]
    return sorted([*(key for key in _read(ledger, wanted) if key.claim_id not in gone), *corrected])


def claims_of(ledger: Ledger, keys: Sequence[Key], known_at: str | None) -> list[ClaimRow]:
    """The claims with these keys in their order, as the export has them: as corrected, with the ids of their events."""
    found: dict[str, ClaimRow] = {}
    for place_id in sorted({one.place_id for one in keys if one.place_id}):
        found |= {row.claim_id: row for row in query.claims(ledger, place_id=place_id, known_at=known_at)}
    found |= _without_place(ledger, [one.claim_id for one in keys if not one.place_id], known_at)
    return [found[one.claim_id] for one in keys if one.claim_id in found]


def _without_place(ledger: Ledger, claim_ids: Collection[str], known_at: str | None) -> dict[str, ClaimRow]:
    if not claim_ids:
        return {}
    records = (_record(ledger, one) for one in claim_ids)
    touched = [row for row in ledger.door.touched(known_at) if not row.place_id]
    rows = {row.claim_id: row for row in (*(_ROW.decode(one) for one in records if one is not None), *touched)}
    standing = ledger.door.standing_of(tuple(rows.values()), known_at).rows
    return {row.claim_id: replace(row, event_reason=why_no_event(row)) for row in standing}


def _record(ledger: Ledger, claim_id: str) -> str | None:
    found = ledger.database.execute("SELECT record FROM claim WHERE claim_id = ?", (claim_id,)).fetchone()
    return str(found[0]) if found else None


def _read(ledger: Ledger, wanted: Wanted) -> Iterator[Key]:
    """Keys of the claims as they were read, whether they count or not."""
    closer = bool(wanted.actor or wanted.speaker or wanted.speaker_class or wanted.side)
    where, values = _where(wanted)
    columns = "known, article_id, claim_id, coalesce(place_id, '')" + (", record" if closer else "")
    with ledger.database.snapshot():
        for known, article_id, claim_id, place_id, *record in ledger.database.stream(
            f"SELECT {columns} FROM claim WHERE {where}", values
        ):
            if wanted.places is not None and place_id not in wanted.places:
                continue
            if not closer or _fits(_GLANCE.decode(record[0]), wanted):
                yield Key(known, article_id, claim_id, place_id)


def _where(wanted: Wanted) -> tuple[str, list[str]]:
    given = [
        ("known <= ?", wanted.known_at), ("place_id = ?", wanted.place_id), ("event = ?", wanted.event),
        ("stance = ?", wanted.stance), ("published >= ?", wanted.first), ("published <= ?", wanted.last),
        ("article_id IN (SELECT article_id FROM article WHERE publisher = ?)", wanted.publisher),
    ]  # fmt: skip
    asked = [(clause, value) for clause, value in given if value]
    return " AND ".join(clause for clause, _ in asked) or "TRUE", [value for _, value in asked]


def _fits(row: Glance | ClaimRow, wanted: Wanted) -> bool:
    """Whether a claim is asked for."""
    exact = [
        (wanted.place_id, row.place_id), (wanted.event, row.event), (wanted.stance, row.stance),
        (wanted.publisher, row.publisher), (wanted.speaker_class, row.source_class), (wanted.side, row.source_side),
    ]  # fmt: skip
    day = row.published or ""
    return (
        all(asked == told for asked, told in exact if asked)
        and (wanted.places is None or row.place_id in wanted.places)
        and not (wanted.first and day < wanted.first)
        and not (wanted.last and (not day or day > wanted.last))
        and (not wanted.actor or acts(row, wanted.actor, alone=wanted.actor_alone))
        and wanted.speaker.casefold() in row.source_name.casefold()
    )


def acts(row: Glance | ClaimRow | EventRow, actor: str, *, alone: bool) -> bool:
    """Whether a party acts, told by a part of its id or name, or by its whole id alone."""
    if alone:
        return row.actor_id == actor
    wanted = actor.casefold()
    return wanted in (row.actor_id or "").casefold() or wanted in (row.actor_name or "").casefold()


def is_party(ledger: Ledger, name: str) -> bool:
    """Whether a word is the id of a party on record."""
    return ledger.database.execute("SELECT 1 FROM party WHERE party_id = ?", (name,)).fetchone() is not None


def _key(row: ClaimRow) -> Key:
    return Key(row.published or "9999", row.article_id, row.claim_id, row.place_id or "")


# -------------------------------------------------------------------------------------------------------------- places


@dataclass(frozen=True, slots=True)
class PlaceGlance:
    """A place on record."""

    place_id: str
    name: str
    kind: str
    country: str
    """ISO alpha-2; both sides of a crossing joined with a slash."""
    admin1: str
    lat: float | None
    lon: float | None
    aliases: tuple[str, ...]


def places(
    ledger: Ledger, *, words: str = "", country: str = "", kind: str = "", known_at: str | None = None
) -> list[PlaceGlance]:
    """Places on record by name, where asked only those of a country (both sides of a crossing are its own) or kind,
    those whose name or alias has some words in it, and those of which anything was known by a day."""
    sides, wanted = query.crossing_sides(ledger), words.casefold()
    where, values = ("kind = ?", [kind]) if kind else ("TRUE", [])
    if known_at:
        known = "EXISTS (SELECT 1 FROM claim WHERE claim.place_id = place.place_id AND known <= ?)"
        where, values = f"{where} AND {known}", [*values, known_at]
    found = []
    for place_id, name, of_kind, of, admin1, lat, lon, aliases in ledger.database.execute(
        "SELECT place_id, name, coalesce(kind, ''), coalesce(country, ''), coalesce(admin1, ''), lat, lon, aliases"
        f" FROM place WHERE {where} ORDER BY name, place_id", values,
    ):  # fmt: skip
        lies_in = sides.get(place_id) or of
        if country and country not in lies_in.split("/"):
            continue
        if wanted in name.casefold() or wanted in aliases.casefold():
            names = tuple(msgspec.json.decode(aliases))
            found.append(PlaceGlance(place_id, name, of_kind, lies_in, admin1, lat, lon, names))
    return found


def places_told(
    ledger: Ledger, *, places: frozenset[str] | None, event: str = "", first: str = "", last: str = "",
    known_at: str | None = None, most: int,
) -> tuple[str, ...]:  # fmt: skip
    """Ids of places of which a claim tells of an event, or of days, by id. Corrected claims count as read and as such.

    Raises Misuse where more than `most` claims are on record about them.
    """
    given = [("event = ?", event), ("coalesce(date_to, '9999') >= ?", first),
             ("coalesce(date_from, date_to, '') <= ?", last), ("known <= ?", known_at)]  # fmt: skip
    asked = [(clause, value) for clause, value in given if value]
    where = " AND ".join(clause for clause, _ in asked) or "TRUE"
    found = ledger.database.execute(
        f"SELECT DISTINCT place_id FROM claim WHERE place_id IS NOT NULL AND {where}", [value for _, value in asked]
    )
    ids = {place_id for (place_id,) in found} | {row.place_id for row in _corrected(ledger, known_at) if row.place_id}
    wanted = tuple(sorted(ids if places is None else ids & places))
    number = dict(ledger.database.execute("SELECT place_id, count(*) FROM claim GROUP BY place_id"))
    total = sum(number.get(one, 0) for one in wanted)
    if total > most:
        raise Misuse(
            f"that would be worked out from {total} claims, more than the {most} of one list: "
            "ask for a place, a country, an event or days, or take the export"
        )
    return wanted


def _corrected(ledger: Ledger, known_at: str | None) -> tuple[ClaimRow, ...]:
    """The claims that reviews reach, as they count."""
    standing = ledger.door.standing_of(ledger.door.touched(known_at), known_at)
    return (*standing.rows, *ledger.door.words_of_reviewers(known_at))


def claims_on(ledger: Ledger, place_ids: Iterable[str], known_at: str | None = None) -> dict[str, int]:
    """How many claims are on record about each of some places, known by a day."""
    and_known, day = (" AND known <= ?", (known_at,)) if known_at else ("", ())
    asked = f"SELECT count(*) FROM claim WHERE place_id = ?{and_known}"
    return {one: ledger.database.execute(asked, (one, *day)).fetchone()[0] for one in place_ids}


# --------------------------------------------------------------------------------------------------- parties, outlets


@dataclass(frozen=True, slots=True)
class PartySeen:
    """A party on record, and how often claims name it."""

    party_id: str
    name: str
    side: str
    aliases: tuple[str, ...]
    country: str
    acts: int
    """Claims in which it acts."""
    suffers: int
    """Claims in which something is done to it."""
    first: str | None
    """First and last day on which a report that names it was published."""
    last: str | None


def parties(ledger: Ledger) -> list[PartySeen]:
    """Parties that claims name, as they were read, the one named most often first."""
    acts: dict[str, int] = defaultdict(int)
    suffers: dict[str, int] = defaultdict(int)
    days: dict[str, tuple[str, str]] = {}
    with ledger.database.snapshot():
        for (record,) in ledger.database.stream("SELECT record FROM claim"):
            one = _GLANCE.decode(record)
            for party_id, seen in ((one.actor_id, acts), (one.opponent_id, suffers)):
                if party_id:
                    seen[party_id] += 1
                    _widen(days, party_id, one.published)
        rows = ledger.database.execute("SELECT party_id, name, side, aliases, coalesce(country, '') FROM party")
        found = [
            PartySeen(party_id, name, side, tuple(msgspec.json.decode(aliases)), country, acts[party_id],
                      suffers[party_id], *days.get(party_id, (None, None)))
            for party_id, name, side, aliases, country in rows
        ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.acts - one.suffers, one.party_id))


def _widen(days: dict[str, tuple[str, str]], party_id: str, day: str | None) -> None:
    if day:
        first, last = days.get(party_id, (day, day))
        days[party_id] = (min(first, day), max(last, day))


def outlets(ledger: Ledger) -> list[tuple[str, int, int, str | None, str | None]]:
    """Publishers with articles, claims, and their first and last day; the one with most articles first.

    Articles without a publisher stand under an empty name.
    """
    asked = (
        "SELECT coalesce(a.publisher, '') AS name, count(*), CAST (sum(coalesce(c.claims, 0)) AS INTEGER),"
        " min(a.published), max(a.published) FROM article a LEFT JOIN"
        " (SELECT article_id, count(*) AS claims FROM claim GROUP BY article_id) c ON c.article_id = a.article_id"
        " GROUP BY coalesce(a.publisher, '') ORDER BY 2 DESC, 1"
    )
    return [tuple(row) for row in ledger.database.execute(asked)]


# ------------------------------------------------------------------------------------------------------ days, skipped


def days(ledger: Ledger) -> list[tuple[str, int, int]]:
    """Each day of publication with its articles and claims, in order."""
    ask = ledger.database.execute
    articles = dict(ask("SELECT published, count(*) FROM article WHERE published IS NOT NULL GROUP BY published"))
    claims = dict(ask("SELECT published, count(*) FROM claim WHERE published IS NOT NULL GROUP BY published"))
    return [(day, articles.get(day, 0), claims.get(day, 0)) for day in sorted({*articles, *claims})]


def kinds(ledger: Ledger, column: str) -> list[tuple[str, int]]:
    """How many claims, as they were read, have each event or stance, most first."""
    asked = f"SELECT {column}, count(*) FROM claim GROUP BY {column} ORDER BY 2 DESC, 1"
    return [(str(name), int(number)) for name, number in ledger.database.execute(asked)]


def skipped(
    ledger: Ledger, *, words: str = "", set_aside: bool | None = None, limit: int = 100, offset: int = 0
) -> tuple[int, list[tuple[str, Skipped]]]:
    """How many things were not read, and some of them with the run that met each first, the newest run first."""
    given: list[tuple[str, Any]] = []
    if words:
        given.append(("(lower(why) LIKE ? ESCAPE '!' OR lower(location) LIKE ? ESCAPE '!')", _like(words)))
    if set_aside is not None:
        given.append(("set_aside = ?", (int(set_aside),)))
    where, values = " AND ".join(one for one, _ in given) or "TRUE", [it for _, many in given for it in many]
    (total,) = ledger.database.execute(f"SELECT count(*) FROM skipped WHERE {where}", values).fetchone()
    found = ledger.database.execute(
        f"SELECT run, location, why, language, url, set_aside FROM skipped WHERE {where}"
        " ORDER BY run DESC, location, why LIMIT ? OFFSET ?", [*values, limit, offset],
    )  # fmt: skip
    rows = [(run, Skipped(at, why, tongue, url, bool(aside))) for run, at, why, tongue, url, aside in found]
    return int(total), rows


def _like(words: str) -> tuple[str, str]:
    told = words.lower()
    for letter in "!%_":
        told = told.replace(letter, f"!{letter}")
    return f"%{told}%", f"%{told}%"


def why_skipped(ledger: Ledger, most: int = 40) -> list[tuple[str, str, bool, int]]:
    """Reasons for which things were not read: words, language, whether triage set them aside, how many; most first."""
    found = ledger.database.execute(
        "SELECT why, language, set_aside, count(*) FROM skipped GROUP BY why, language, set_aside"
        " ORDER BY 4 DESC, 1, 2 LIMIT ?", (most,),
    )  # fmt: skip
    return [(why, tongue, bool(aside), int(number)) for why, tongue, aside, number in found]
