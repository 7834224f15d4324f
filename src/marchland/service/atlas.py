"""What the map shows of all places, held in memory as it is kept in the ledger, and made into answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from typing import Any

import msgspec

from marchland.errors import StoreFailed
from marchland.ledger import mapped
from marchland.ledger.shown import EPOCH, STATUSES
from marchland.ledger.store import Ledger
from marchland.service.desk import Desk
from marchland.service.holders import HolderStyle, drawn, styles
from marchland.views.columns import (
    Columns,
    CrossingColumns,
    Holders,
    LaneColumns,
    PlaceColumns,
    SpellColumns,
    numbered,
    thinned,
)
from marchland.views.words import clean

MOST_DAYS = 400
"""Days of knowledge on the map's slider."""
FEW = 60
"""Places that are out of date and are worked out while the question waits, though a helper works on them, too."""
PATIENCE = 1.0
"""Seconds for which it then waits."""
CHUNK = 6000
"""Versions of places in one answer about earlier days, about."""
MANY = 500
"""So many places that something was written about are read one by one, more of them all at once."""
_LOOK_BACK = 60
_Card = tuple[str, str, str, str, float | None, float | None]
"""Name, kind, country, first-order division, latitude and longitude."""


class MapAnswer(msgspec.Struct, frozen=True):
    """Places with their holders over time, in columns."""

    revision: str
    """A word for the state of the record."""
    made: int
    """Ask for the places that changed after this answer with `since`."""
    waiting: int
    """Places that are still to be worked out; what is shown of them is missing or out of date."""
    first: int
    """First day of the slider for "held when", in days since 1970-01-01."""
    horizon: int
    """The last day on record."""
    days: list[int]
    """Days on which anything became known; of more than 400, some that are spread evenly."""
    holders: list[HolderStyle]
    statuses: list[str]
    kinds: list[str]
    places: PlaceColumns
    spells: SpellColumns
    lanes: LaneColumns
    crossings: CrossingColumns


class Versions(msgspec.Struct, frozen=True):
    """Earlier versions of places."""

    place: list[int]
    """Number in `places`."""
    known_from: list[int]
    known_until: list[int]
    """The first day of knowledge for which it does not stand."""


class PastAnswer(msgspec.Struct, frozen=True):
    """What was known of places on earlier days. The spells and lanes have numbers of versions in place of places."""

    done: int
    """Places whose earlier days are worked out."""
    of: int
    made: int
    """Ask for what comes after this answer with `since`."""
    more: bool
    """Whether more is there already."""
    holders: list[HolderStyle]
    places: list[str]
    """Their ids; each is here with all its versions, which take the place of those given before."""
    versions: Versions
    spells: SpellColumns
    lanes: LaneColumns


class Atlas:
    """The map of one ledger. Its methods may be called from several threads."""

    def __init__(self, desk: Desk, helped: Callable[[], bool]) -> None:
        """While `helped` is true, somebody else works out what is out of date, and only a few places are done here."""
        self._desk, self._helped = desk, helped
        self._lock = threading.Lock()
        self._now: dict[str, mapped.Now] = {}
        self._seen = self._waiting = 0
        self._state = ""
        self._first = 0
        self._styles: list[HolderStyle] = []
        self._about: dict[str, Any] = {}
        self._stamps: dict[str, int] = {}
        self._places: dict[str, _Card] = {}
        self._body: tuple[str, bytes] = ("", b"")

    def now(self) -> tuple[str, bytes]:
        """A word for the answer and the answer about all places, as JSON."""
        with self._lock, self._desk.reader() as ledger:
            key = self._renew(ledger, ())
            if self._body[0] != key:
                self._styles = styles(ledger)
                self._body = (key, msgspec.json.encode(self._answer(ledger, sorted(self._places))))
            return self._body

    def some(self, place_ids: Collection[str], since: int | None) -> MapAnswer:
        """The answer about some places, and about all that changed after an earlier answer."""
        with self._lock, self._desk.reader() as ledger:
            self._renew(ledger, place_ids)
            changed = {one.place_id for one in self._now.values() if since is not None and one.made > since}
            return self._answer(ledger, sorted((changed | set(place_ids)) & self._places.keys()))

    def past(self, since: int) -> PastAnswer:
        """The earlier versions of places that were worked out after an earlier answer."""
        with self._desk.reader() as ledger:
            marks = mapped.Marks(ledger)
            of, waiting = len(marks.revisions), len(mapped.stale_past(ledger, marks))
            rows, made, more = mapped.read_past(ledger, since, CHUNK)
            columns = Columns(Holders((one.id, one.name) for one in self._styles or styles(ledger)), _horizon(ledger))
            return _past(rows, columns, of - waiting, of, made, more)

    # ------------------------------------------------------------------------------------------------------- renewing

    def _renew(self, ledger: Ledger, asked: Collection[str]) -> str:
        """Bring what is in memory to the present state of the ledger; a word for it."""
        revision = self._desk.revision()
        if self._waiting or (revision, mapped.last_lot(ledger)) != (self._state, self._seen):
            marks = mapped.Marks(ledger)
            if revision != self._state:
                self._about = _about(ledger)
                self._learn(ledger, marks.revisions)
            self._work(ledger, marks, asked)
            self._state, self._first = revision, self._begins()
        return f"{self._state}-{self._seen}-{self._waiting}"

    def _learn(self, ledger: Ledger, revisions: dict[str, int]) -> None:
        """Read the places that something was written about."""
        changed = [one for one, count in revisions.items() if self._stamps.get(one) != count]
        self._places |= _places(ledger, changed if len(changed) <= MANY else None)
        self._stamps = revisions

    def _work(self, ledger: Ledger, marks: mapped.Marks, asked: Collection[str]) -> None:
        self._read(ledger)
        stale, helped = self._stale(ledger, marks), self._helped()
        first = [one for one in stale if one in asked] if helped and (asked or len(stale) > FEW) else stale
        try:
            mapped.keep_now(ledger, first, marks, within=PATIENCE if helped else None)
        except StoreFailed:  # a copy that cannot be written
            self._now |= {one.place_id: one for one in mapped.unkept(ledger, first, marks)}
        if first:
            self._read(ledger)
            stale = self._stale(ledger, marks)
        self._waiting = len(stale)

    def _read(self, ledger: Ledger) -> None:
        found = mapped.read_now(ledger, self._seen)
        self._now |= {one.place_id: one for one in found}
        self._seen = max([mapped.last_lot(ledger), *(one.made for one in found)])

    def _stale(self, ledger: Ledger, marks: mapped.Marks) -> list[str]:
        until = mapped.horizon(ledger).isoformat()
        found = ((one, self._now.get(one)) for one in marks.revisions)
        return [one for one, now in found if now is None or not marks.stands(now, until)]

    # -------------------------------------------------------------------------------------------------------- telling

    def _answer(self, ledger: Ledger, place_ids: Sequence[str]) -> MapAnswer:
        made = Columns(Holders((one.id, one.name) for one in self._styles), self._about["horizon"])
        for number, place_id in enumerate(place_ids):
            if place_id in self._now:
                made.add(number, self._now[place_id].shown)
        cards, now = [self._places[one] for one in place_ids], [self._now.get(one) for one in place_ids]
        names, kinds, countries, admin1, lat, lon = zip(*cards, strict=True) if cards else ((),) * 6
        numbers = numbered(kinds)
        places = PlaceColumns(
            list(place_ids), list(names), [numbers[one] for one in kinds], list(countries), list(admin1), list(lat),
            list(lon), [_day(one.known_first) if one else None for one in now],
            [_day(one.known_from) if one else None for one in now],
        )  # fmt: skip
        return MapAnswer(
            revision=self._state, made=self._seen, waiting=self._waiting, first=self._first, **self._about,
            holders=drawn(made.holders.pairs()), statuses=list(STATUSES), kinds=list(numbers), places=places,
            spells=made.spells, lanes=made.lanes, crossings=made.crossings,
        )  # fmt: skip

    def _begins(self) -> int:
        """The first change on record; what is told of long before the first report does not stretch the slider."""
        days: list[int] = self._about["days"] or [self._about["horizon"]]
        early, first = days[0] - _LOOK_BACK, days[0]
        for one in self._now.values():
            for day, told in zip(one.shown.since, one.shown.early, strict=True):
                if early <= day < first and told is not None:
                    first = day
        return first


def _past(rows: Sequence[mapped.Past], columns: Columns, done: int, of: int, made: int, more: bool) -> PastAnswer:
    places = numbered(one.place_id for one in rows)
    versions = [one for one in rows if one.known_from]
    for number, one in enumerate(versions):
        columns.add(number, one.shown)
    told = Versions(
        [places[one.place_id] for one in versions], [_day(one.known_from) or 0 for one in versions],
        [_day(one.known_until) or 0 for one in versions],
    )  # fmt: skip
    return PastAnswer(done, of, made, more, drawn(columns.holders.pairs()), list(places), told, columns.spells,
                      columns.lanes)  # fmt: skip


def _horizon(ledger: Ledger) -> int:
    return mapped.horizon(ledger).toordinal() - EPOCH


def _about(ledger: Ledger) -> dict[str, Any]:
    """The days of the record."""
    found = ledger.database.execute("SELECT DISTINCT known FROM claim ORDER BY known")
    days = [day for (known,) in found if (day := _day(known)) is not None]
    return {"horizon": _horizon(ledger), "days": thinned(days, MOST_DAYS)}


def _places(ledger: Ledger, place_ids: Sequence[str] | None) -> dict[str, _Card]:
    """Places that claims are about, or some of them, by id: as the map shows them."""
    asked = (
        "SELECT p.place_id, p.name, p.kind, p.country, p.admin1, p.lat, p.lon FROM place p"
        " JOIN place_stamp s ON s.place_id = p.place_id"
    )
    if place_ids is None:
        return dict(_card(*row) for row in ledger.database.execute(asked))
    found = (ledger.database.execute(f"{asked} WHERE p.place_id = ?", (one,)).fetchone() for one in place_ids)
    return dict(_card(*row) for row in found if row)


def _card(
    place_id: str, name: str, kind: str | None, country: str | None, admin1: str | None, lat: float | None,
    lon: float | None,
) -> tuple[str, _Card]:  # fmt: skip
    words = (clean(name, limit=200), kind or "", clean(country or "", limit=20), clean(admin1 or "", limit=200))
    return place_id, (*words, lat, lon)


def _day(known: str) -> int | None:
    return mapped.number(known)
