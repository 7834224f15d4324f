"""What one line of a page is, taken by itself: furniture, a stamp, a byline, a title, a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marchland.read.datelines import DatelineFinder
from marchland.read.settings import EDGES, Words, agency_key, alternatives, fold
from marchland.read.stamps import DateFinder

MAX_TITLE = 200
MAX_FURNITURE = 120
MAX_CLOCK = 60
_BY_WORDS = frozenset({"by", "in"})
MIN_BODY = 60
"""Characters of the shortest line that is a paragraph whatever its form."""
_BULLET = re.compile(r"(?:[•·▪●◦*‣∙►–—-])\s+(?=\S)")
_RULE = re.compile(r"[\s*=_#~•·.–—-]{3,}")
_ENDING = re.compile(r"[.!…:;,][\"”’')\]]*(?:\s*[(\[][^()\[\]]{2,80}[)\]]\.?)?$")
_BY = re.compile(r"(?:by|written by|reported by)\s+(?P<who>[^.:;]{2,80})\.?", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ANY = re.compile(r"[^\W_]")
_HOUR = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE)
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_LAST_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]\.?$")
_PICTURE = re.compile(
    r"\b(?:photo|image|picture|photograph|getty|handout|courtesy|screenshot|screengrab)s?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reader:
    """The words and the finders made from them: what every question about a line needs."""

    words: Words
    dates: DateFinder
    datelines: DatelineFinder

    @classmethod
    def of(cls, words: Words) -> Reader:
        """A reader for one set of words."""
        return cls(words, DateFinder(words), DatelineFinder(words))

    def is_furniture(self, line: str) -> bool:
        """Whether the line belongs to the page, not to the story: a button, a menu, a plea, a rule."""
        if len(line) > MAX_FURNITURE:
            return False
        if _RULE.fullmatch(line) or not _ANY.search(line):
            return True
        bare = fold(line)
        if bare in self.words.lines or bare in self.words.sections or self._is_label(bare):
            return True
        return self._starts(bare, self.words.prefixes) and not _is_sentence(line)

    def _is_label(self, bare: str) -> bool:
        """Whether nothing is left of a stamp or byline but its label: "Updated at", "Posted on", "By"."""
        words = bare.split()
        return len(words) <= 3 and all(word in self.words.stamp_words or word in _BY_WORDS for word in words)

    def is_foot(self, line: str) -> bool:
        """Whether the story is over where this line stands."""
        lowered = line.casefold()
        if any(plea in lowered for plea in self.words.pleas):
            return True
        return len(line) <= MAX_FURNITURE and self._starts(lowered, self.words.foot) and not _is_sentence(line)

    def is_stamp(self, line: str) -> bool:
        """Whether the line is a printed date."""
        return self.dates.is_stamp(line)

    def is_clock(self, line: str) -> bool:
        """Whether the line is an hour or an age and no more: "14:05 GMT", "3h ago", "2 hours ago"."""
        if len(line) > MAX_CLOCK or not _DIGIT.search(line):
            return False
        words = _PARTS.findall(line.casefold().replace(".", ""))
        hour = bool(_HOUR.search(line)) or "ago" in words
        known = self.words.clock | self.words.weekdays | frozenset(self.words.months) | self.words.stamp_words
        return hour and all(word.isdigit() or word in known for word in words)

    def is_note(self, line: str) -> bool:
        """Whether the line tells that the story was corrected, clarified or updated."""
        lowered = line.casefold().strip(EDGES)
        return self._starts(lowered, self.words.notes_begin) or any(text in lowered for text in self.words.notes_hold)

    def is_byline(self, line: str) -> bool:
        """Whether the line names authors: "By Jane Doe and our staff"."""
        match = _BY.fullmatch(line)
        if not match:
            return False
        names = [word.strip(",&/|'’") for word in match["who"].split()]
        if any(fold(word) in self.words.weekdays or word.isdigit() for word in names):
            return False
        return len(names) <= 9 and all(
            not n or n[0].isupper() or n.casefold() in self.words.byline_words for n in names
        )

    def is_title(self, line: str) -> bool:
        """Whether the line has the form of a headline: a few words without a full stop."""
        if not 8 <= len(line) <= MAX_TITLE or _BULLET.match(line) or _ENDING.search(line):
            return False
        words = line.split()
        return 3 <= len(words) <= 30 and not (self.is_furniture(line) or self.is_stamp(line) or self.is_byline(line))

    def is_bullet(self, line: str) -> bool:
        """Whether the line is an item of a list."""
        return bool(_BULLET.match(line))

    def is_picture(self, line: str) -> bool:
        """Whether the line says that it stands under a picture."""
        if self.caption_marker(line):
            return True
        credit = _LAST_BRACKET.search(line)
        return bool(credit and _PICTURE.search(credit.group(1)))

    def ends_with_credit(self, line: str) -> bool:
        """Whether the line ends with an agency in brackets, as captions do, and some last paragraphs."""
        credit = _LAST_BRACKET.search(line)
        names = re.split(r"[/,]", credit.group(1)) if credit else []
        return any(agency_key(name) in self.words.agencies for name in [*names, "".join(names)] if name.strip())

    def caption_marker(self, line: str) -> re.Match[str] | None:
        """The match of "Caption:" at the head of a line."""
        return re.match(rf"(?:{alternatives(self.words.caption_markers)})(?: \([^()]*\))?:\s*", line, re.IGNORECASE)

    def headline_marker(self, line: str) -> re.Match[str] | None:
        """The match of "[Headline]" or "Headline:" at the head of a line."""
        marks = alternatives(self.words.headline_markers)
        return re.match(rf"(?:\[(?:{marks})\]|(?:{marks}):)\s*", line, re.IGNORECASE)

    def is_body(self, line: str) -> bool:
        """Whether the line is a paragraph of prose."""
        if self.is_furniture(line) or self.is_foot(line) or self.is_bullet(line):
            return False
        return len(line) > MAX_TITLE or (len(line) >= MIN_BODY and bool(_ENDING.search(line)))

    def _starts(self, line: str, phrases: tuple[str, ...]) -> bool:
        for phrase in phrases:
            if line.startswith(phrase):
                after = line[len(phrase) : len(phrase) + 1]
                if not phrase[-1].isalnum() or not after.isalnum():
                    return True
        return False


def without_bullet(line: str) -> str:
    """The item without its mark."""
    return _BULLET.sub("", line, count=1)


def _is_sentence(line: str) -> bool:
    """Eight words and a full stop: prose, even where it begins like a button."""
    return len(line.split()) >= 8 and line.rstrip("\"”’')").endswith(".")
