"""Answers out of a ledger that this process opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from marchland.client.rows import Values
from marchland.errors import Misuse
from marchland.ledger.database import is_address
from marchland.ledger.store import Ledger
from marchland.views.answered import answered
from marchland.views.export import record
from marchland.views.exporting import rows_of
from marchland.views.find import cards_on_record


class OfLedger:
    """A `Source` over a file, or a PostgreSQL database."""

    def __init__(self, name: str) -> None:
        """Open it. Raises Misuse where there is none, else as `Ledger.open`."""
        if not is_address(name) and not Path(name).is_file():
            raise Misuse(f'there is no ledger {name}; make one with "marchland run PATH... --ledger {name}"')
        self._ledger = Ledger.open(name, create=False)

    def answer(self, question: str, place: str, at: str | None, known_at: str | None) -> Values:
        """As in `Source`."""
        return answered(self._ledger, question, place, at, known_at)

    def rows(self, kind: str, given: Mapping[str, str | None]) -> Iterable[Values]:
        """As in `Source`."""
        return (record(kind, one) for one in rows_of(self._ledger, kind, **given))

    def places(self) -> Iterator[Values]:
        """As in `Source`."""
        for one in cards_on_record(self._ledger):
            yield {"place_id": one.place_id, "place_name": one.name, "place_aliases": list(one.aliases),
                   "kind": one.kind, "country": one.country, "admin1": one.admin1}  # fmt: skip

    def close(self) -> None:
        """As in `Source`."""
        self._ledger.close()
