"""What is wrong with files: counted, the first few kept to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marchland.errors import BrokenData
from marchland.places.intake.items import Fault, Item

SHOWN = 10
MOST = 10_000
"""Faults after which reading stops: such a file is something else than it seems."""


class Faults:
    """The faults of several files."""

    def __init__(self, names: Iterable[str], *, forgiven: bool = False) -> None:
        """`names` are those of the files, by number; where faults of rows are `forgiven` they are only counted."""
        self.names = tuple(names)
        self.forgiven = forgiven
        self.count = 0
        self.shown: list[str] = []

    def at(self, source: int, line: int) -> str:
        """A place in a file, as it is told: "AF.txt:523", "adm1.geojson: feature 12"."""
        name = self.names[source]
        if not line:
            return name
        return f"{name}: feature {line}" if name.lower().endswith("json") else f"{name}:{line}"

    def add(self, source: int, fault: Fault, *, fatal: bool = False) -> None:
        """Count a fault. Raises BrokenData where there are too many; a `fatal` one, or of a whole file, is not
        forgiven."""
        self.count += 1
        self.forgiven = self.forgiven and not fatal and bool(fault.line)
        if self.count <= SHOWN:
            self.shown.append(f"{self.at(source, fault.line)}: {fault.why}")
        if self.count >= MOST:
            self.forgiven = False
            self.raise_any(f"more than {MOST:,} faults")

    def kept(self, source: int, items: Iterable[Item]) -> Iterator[Item]:
        """The items without the faults among them, which are counted here."""
        for item in items:
            if isinstance(item, Fault):
                self.add(source, item)
            else:
                yield item

    def raise_any(self, how_many: str = "") -> None:
        """Raise BrokenData where there were faults that are not forgiven."""
        if not self.count or self.forgiven:
            return
        told = how_many or ("1 fault" if self.count == 1 else f"{self.count:,} faults")
        rest = [f"... and {self.count - SHOWN:,} more"] if self.count > SHOWN else []
        raise BrokenData("\n  ".join([f"{told}; nothing was added", *self.shown, *rest]))
