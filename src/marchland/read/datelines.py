"""The head of a story: "KABUL: ", "KUNDUZ, Afghanistan (AP) - ", "July 14 (UPI) - ", "PESHAWAR, Feb 20 (DNA): "."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marchland.read.settings import Words, agency_key, alternatives, fold

MAX_DATELINE = 110
"""Characters."""
_NAME = r"(?:[A-Z\u00c0-\u00de](?:[\w'’`.-]|(?<=[A-Z])/(?=[A-Z]))*)"
_SMALL = r"(?:(?:al|el|de|la|i|e|bin|the|of)[ -])"
_SENTENCE = re.compile(r"[\"“‘'(]?[A-Z0-9\u00c0-\u00de]")
_FULL_STOP = re.compile(r"\w{4,}\. ")
_BY = re.compile(r"by\s", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z]{2,6}")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where, on which day and by which agency, as printed before the first sentence."""

    end: int
    """Where the first sentence begins."""
    place: str | None
    date: str
    """The words of the date, or empty."""
    credit: str
    """What stands in the brackets, or empty."""


class DatelineFinder:
    """Finds a dateline at the head of a paragraph; made once for one set of words."""

    def __init__(self, words: Words) -> None:
        months = alternatives(frozenset(words.months))
        date = (
            rf"(?:(?:{months})\b\.?\s*\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{months})\b\.?)"
            r"(?:,?\s*(?:19|20)\d\d)?"
        )
        weekday = rf"(?:(?i:{alternatives(words.weekdays)})\b\.?,?\s+)?"
        place = rf"{_NAME}(?:[ -]{_SMALL}?{_NAME}){{0,3}}"
        dated = rf"(?:,?\s+(?P<date>(?i:{date})),?)"
        credit = r"(?:\s*[\[(](?P<credit>[^()\[\]\n]{2,60})[\])])"
        head = rf"(?P<place>{place}(?:,\s+{place}){{0,2}}?)"
        mark = r"\s*(?P<mark>:|--?|–|—|_)\s+"
        self._words = words
        self._date = re.compile(date, re.IGNORECASE)
        self._patterns = [
            re.compile(pattern)
            for pattern in (
                rf"{head},?{dated}?{credit}(?P<mark>\s*(?::|--?|–|—|_)?\s+)",
                rf"{head}{dated}?{mark}",
                rf"(?P<place>){weekday}(?P<date>(?i:{date})),?{credit}?{mark}",
            )
        ]

    def find(self, text: str, start: int = 0) -> Dateline | None:
        """The dateline that begins at `start`, or None."""
        window = text[start : start + MAX_DATELINE + 40]
        for number, pattern in enumerate(self._patterns):
            match = pattern.match(window)
            if match and match.end() <= MAX_DATELINE and self._holds(match, number):
                return self._made(match, start)
        return None

    def _holds(self, match: re.Match[str], number: int) -> bool:
        """Whether what matched the form is a dateline and no sentence, speaker, outlet or heading."""
        groups = match.groupdict()
        place, credit, date = groups["place"] or "", groups.get("credit") or "", groups.get("date")
        if number == 0:
            if not match["mark"].strip() and (not _SENTENCE.match(match.string, match.end()) or _spells(credit, place)):
                return False
            told = bool(date) or place.isupper() or bool(self._date.search(credit))
            return self._is_place(place) and (self._is_credit(credit) or (told and bool(match["mark"].strip())))
        if number == 2:
            return True
        if date or place.isupper():
            return self._is_place(place)
        return self._is_place(place) and len(place.split()) <= 2 and bool(_SENTENCE.match(match.string, match.end()))

    def _is_place(self, place: str) -> bool:
        folded = fold(place)
        parts = folded.replace(",", " ").split()
        if _FULL_STOP.search(place) or len(place.strip(" .")) < 2:
            return False
        known = folded in self._words.outlets or agency_key(place) in self._words.agencies
        heading = folded in self._words.not_places or folded in self._words.sections or folded in self._words.lines
        dated = not {*self._words.weekdays, *self._words.months}.isdisjoint(parts[:1])
        return bool(folded) and not (known or heading or dated) and self._words.not_places.isdisjoint(parts)

    def _is_credit(self, credit: str) -> bool:
        names = re.split(r"[/,;]|\s[-–]\s|\sand\s", credit)
        return any(agency_key(name) in self._words.agencies or _ACRONYM.fullmatch(name.strip()) for name in names)

    def _made(self, match: re.Match[str], start: int) -> Dateline:
        groups = match.groupdict()
        credit = groups.get("credit") or ""
        inside = self._date.search(credit)
        date = groups.get("date") or (inside.group() if inside else "")
        place = (groups["place"] or "").strip(" ,") or None
        if place and _BY.match(place):
            place = None
        if place is None and credit and not self._is_credit(credit):
            place, credit = credit, ""
        return Dateline(start + match.end(), place, date, credit)


def _spells(acronym: str, name: str) -> bool:
    """Whether the brackets only shorten the words before them."""
    return acronym == "".join(word[0] for word in name.split())
