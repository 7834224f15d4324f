"""Consequences of a period as a ledger is asked for them: of everything, a place or a country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from marchland.consequences.build import Record, Scope, consequences
from marchland.consequences.figures import load_figures
from marchland.consequences.records import Consequences, Figure, Period
from marchland.consequences.settings import Settings, load_settings
from marchland.errors import Misuse
from marchland.ledger import query
from marchland.ledger.ended import shipped_ends
from marchland.ledger.parties import shipped_rules
from marchland.ledger.store import Ledger
from marchland.places.countries import load_countries
from marchland.places.names import key


def on_record(ledger: Ledger, known_at: str | None = None) -> Record:
    """What consequences are made from, as it was known by a day. Raises Misuse for an empty ledger."""
    end = ledger.last_day()
    if end is None:
        raise Misuse("the ledger is empty; add reports with marchland run PATH...")
    known = dt.date.fromisoformat(known_at) if known_at else end
    return Record(
        query.claims(ledger, known_at=known_at), query.holdings(ledger, known_at=known_at),
        query.crossings(ledger, known_at=known_at), min(known, end),
    )  # fmt: skip


def followed(
    record: Record, first: str, last: str, *, scope: Scope | None = None, known_at: str | None = None,
    figures: Sequence[Figure] | None = None, settings: Settings | None = None,
) -> Consequences:  # fmt: skip
    """What followed over the days from `first` to `last`; `figures` stand in the place of the shipped ones."""
    settings = settings or load_settings()
    told = list(load_figures(settings)) if figures is None else list(figures)
    period = Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    return consequences(record, told, period, settings, scope=scope or Scope(), known_at=known_at,
                        same_side=shipped_rules().same_side, ended=shipped_ends())  # fmt: skip


def of_country(code: str) -> Scope:
    """The crossings of a country, ISO alpha-2. Raises Misuse for what is no country."""
    known = load_countries()
    if code.upper() not in known:
        raise Misuse(f'--country wants two letters such as AF (ISO alpha-2), not "{code}"')
    return Scope(country=code.upper(), neighbours=frozenset(known[code.upper()].neighbours))


def of_place(record: Record, place_id: str) -> Scope:
    """A crossing, or the crossings of a place that claims are about."""
    row = min((one for one in record.claims if one.place_id == place_id), key=lambda one: one.claim_id)
    division = row.place_name if row.place_kind == "province" else row.admin1
    return Scope(place_id=place_id, province=(row.country, key(division or "")))
