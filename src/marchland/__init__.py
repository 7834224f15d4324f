"""Marchland: who holds what, since when, according to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marchland.client.record import Record

__version__ = "0.1.0"


def open(ledger: str) -> Record:
    """The record to ask: a ledger's file, postgresql://USER@HOST/DATABASE, or http://HOST:PORT of a service.

    Raises Misuse where there is none; see `marchland.client.record.Record` for the questions.
    """
    from marchland.client.record import opened  # noqa: PLC0415  the version alone is asked for, too

    return opened(ledger)
