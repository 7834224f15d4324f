"""Which pages are looked at by triage before they are read, and how those set aside are reported."""

from __future__ import annotations

from collections.abc import Callable

from marchland.read.address import address_of
from marchland.read.page import Page
from marchland.read.triage import Triage
from marchland.records import Sift, Skipped

Sieve = Callable[[Page], Skipped | None]
"""Says why a page is set aside, or None where it is to be read."""


def sieve_of(sift: Sift, triage: Triage | None = None) -> Sieve | None:
    """The sieve for a choice of pages; None where every page is read."""
    if sift is Sift.NONE:
        return None
    looks = triage or Triage.load()
    return lambda page: _set_aside(page, looks) if sift is Sift.ALL or page.fetched else None


def _set_aside(page: Page, triage: Triage) -> Skipped | None:
    verdict = triage.look(page)
    if verdict.keep:
        return None
    why = f"set aside by triage: {verdict.weight:.1f} of the {verdict.threshold:.1f} that a page needs"
    return Skipped(page.where, why, url=address_of(page.url), set_aside=True)
