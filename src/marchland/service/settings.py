"""What a service is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Which ledger is served, to whom, and within which bounds."""

    ledger: str
    """A file, or postgresql://USER@HOST/DATABASE?schema=NAME."""
    host: str = "127.0.0.1"
    """Address to listen on; only this machine unless told otherwise."""
    port: int = 8321
    names: tuple[str, ...] = ()
    """Names under which browsers may ask, besides the address itself (and localhost on this machine)."""
    readers: int = 4
    """Connections to the ledger for questions."""
    rate: int = 6000
    """Requests that one address may make in a minute, half of them at once."""
    rate_here: int = 60_000
    """The same for this machine itself, whose programs may ask in bulk."""
    refusals: int = 60
    """Refusals of one address in a minute that are written into the audit log, half of them at once."""
    most_body: int = 65_536
    """Bytes that the body of a request may have."""
    most_query: int = 4_096
    """Characters that the query of an address may have."""
    most_rows: int = 500
    """Rows of one page of a list."""
    listeners: int = 100
    """Pages that may listen for changes at once."""
    history: bool = True
    """Whether earlier days of knowledge are worked out in the background, for the map's second slider."""
