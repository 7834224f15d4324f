"""What attributes tell of an element: a machine-readable date, a name that titles have."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

_DATED = frozenset(
    [
        *("data-created", "data-created-at", "data-date", "data-date-time", "data-datetime", "data-epoch"),
        *("data-posted", "data-posted-date", "data-pubdate", "data-publish-date", "data-published"),
        *("data-published-date", "data-sort-time", "data-time", "data-timestamp", "data-unix", "data-unixtime"),
        "data-utime",
    ]
)
"""Attributes in which pages keep the moment of an entry."""
_PUBLISHED = ("published", "issued", "created", "date", "pubdate")
_ISO = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d)?\S*)?\s*(?:UTC|GMT|Z)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?([0-2]\d)([0-5]\d)(?:[0-5]\d)?)?")
_EPOCH = re.compile(r"([1-9]\d{8,9})(?:\d{3})?(?:\.\d+)?")
_CHANGED = frozenset({"modified", "updated", "changed", "edited"})


@dataclass(frozen=True, slots=True)
class Titles:
    """The words of classes that headings have, and words beside which they name something else."""

    names: frozenset[str]
    others: frozenset[str]

    def fit(self, names: frozenset[str]) -> bool:
        """Whether an element with these names is a title."""
        return not names.isdisjoint(self.names) and names.isdisjoint(self.others)


NO_TITLES = Titles(frozenset(), frozenset())


def stamp_in(tag: str, attributes: Mapping[str, str | None]) -> str:
    """The date that an element carries for machines, as ISO 8601, or an empty string."""
    if tag == "time":
        return (attributes.get("datetime") or "")[:60] or _told(attributes.get("title") or "")
    if not attributes:
        return ""
    for name, value in attributes.items():
        if value and (name in _DATED or (name == "datetime" and tag != "del")) and (found := _told(value)):
            return found
    if value := _property(attributes):
        return value
    return _told(attributes.get("title") or "") if tag in ("abbr", "span", "a") else ""


def is_of_change(names: frozenset[str], attributes: Mapping[str, str | None]) -> bool:
    """Whether the date of an element is the one of a change."""
    told = (attributes.get("itemprop") or attributes.get("property") or "").casefold()
    if "published" in names or "published" in told:
        return False
    return "modified" in told or not names.isdisjoint(_CHANGED)


def _property(attributes: Mapping[str, str | None]) -> str:
    """The date in the `content` of an element that microdata or RDFa calls one."""
    told = (attributes.get("itemprop") or attributes.get("property") or "").casefold()
    if not told or not (any(word in told for word in _PUBLISHED) or "modified" in told):
        return ""
    return _told(attributes.get("content") or "")


def _told(value: str) -> str:
    """A date in one of the forms of machines: ISO 8601, digits in a row, seconds since 1970."""
    value = value.strip()[:60]
    if not value or not value[0].isdigit():
        return ""
    if _ISO.fullmatch(value):
        return value
    match = _COMPACT.fullmatch(value)
    if match and int(match[2]) <= 12:
        hour = f"T{match[4]}:{match[5]}" if match[4] else ""
        return f"{match[1]}-{match[2]}-{match[3]}{hour}"
    match = _EPOCH.fullmatch(value)
    if match:
        return dt.datetime.fromtimestamp(int(match[1]), tz=dt.UTC).isoformat()
    return ""
