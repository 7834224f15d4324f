"""Who published a story and which agencies are credited in it, each with the cue."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from marchland.read.lines import Reader
from marchland.read.settings import Words, agency_key, alternatives, fold
from marchland.read.story import Story

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)?\s*(?:by\s+)?", re.IGNORECASE
)
_NAME = r"(?P<name>(?:[Tt]he )?[A-Z][\w'’&-]*(?: (?:of |the )?[A-Z][\w'’&-]*){0,4})"
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]")
_TAIL = re.compile(r"(?:--?|–|—)\s*([A-Za-z/, ]{2,30})\.?$|\.\s([A-Za-z/]{2,20})\.?$")
_FIRST_WORDS = re.compile(r"([A-Z][\w-]*(?: [A-Z][\w-]*){0,3})\s*(?:--?|–|—|/)\s")
MAX_NAME = 60
MAX_OUTLET = 5
"""Words of the longest name of an outlet behind an author's."""
_AND = re.compile(r",\s+|\s+and\s+|\s*&\s*|;\s*")
_BY = re.compile(r"^\s*(?:written |reported )?by\s+", re.IGNORECASE)
_ROLE = re.compile(r"\s+[|–—-]\s+|,|\s+in\s+|\s+at\s+|\s+for\s+")


def publisher_of(story: Story, url: str | None, stated: str | None, reader: Reader) -> tuple[str | None, str]:
    """The publisher and the cue that named it; (None, why) when nothing does."""
    if stated:
        return stated.strip(), "given with the page"
    host = host_of(url)
    if host:
        return host, "host of the address"
    for mark in story.marks:
        name = _copyright_holder(mark)
        if name:
            return name, f'copyright line: "{mark[:80]}"'
    told = _told(story.text, reader.words)
    if told:
        return told[0], told[1]
    if story.masthead:
        return story.masthead, f"name printed {_where(story)} the title"
    signed = _signed(story, reader.words)
    if signed:
        return signed, "named behind the author"
    return None, "not named"


def _where(story: Story) -> str:
    """Whether the name of the outlet stands above or below the title."""
    return "below" if story.title and story.title in story.text.split(story.masthead, 1)[0] else "above"


def _signed(story: Story, words: Words) -> str | None:
    """The outlet that stands behind the desk or the author: "By our staff, Valley Herald".

    A name like that of an outlet may be an author's; behind a person it has to stand in the story too.
    """
    for line in _bylines(story):
        who, *after = _AND.split(_BY.sub("", line, count=1))
        name = after[-1].strip(" .|") if after else ""
        again = story.text.count(name) > 1 if name else False
        if name and fold(name) in words.outlets:
            return words.outlets[fold(name)]
        if is_outlet_name(name, words) and (again or _is_desk(who, words)):
            return name
    return None


def is_outlet_name(name: str, words: Words) -> bool:
    """Whether a name has the form of an outlet's: two to five words, one of which names outlets."""
    parts = name.split()
    return 1 < len(parts) <= MAX_OUTLET and any(fold(part) in words.dump.outlets for part in parts)


def _is_desk(who: str, words: Words) -> bool:
    return any(fold(part) in words.byline_words for part in who.split())


def _bylines(story: Story) -> list[str]:
    return [story.text[part.start : part.end] for part in story.parts if part.kind == "byline"]


def host_of(url: str | None) -> str | None:
    """The host of an address without "www.", or None for what is no web address."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    if not host or "." not in host:
        return None
    return host.removeprefix("www.")


def _copyright_holder(mark: str) -> str | None:
    match = _COPYRIGHT.match(mark)
    if not match:
        return None
    name = re.split(r"[.|,;]|\s[-–—]\s|\ball rights\b", mark[match.end() :], maxsplit=1, flags=re.IGNORECASE)[0].strip()
    name = re.sub(r"\s*(?:19|20)\d\d$", "", name)
    return name if name[:1].isupper() and len(name) <= MAX_NAME else None


def _told(text: str, words: Words) -> tuple[str, str] | None:
    """The outlet to which people in the story speak: a known outlet, or a name that is told things twice."""
    pattern = re.compile(rf"\b(?P<verb>{alternatives(words.told)})\s+{_NAME}")
    heard: Counter[str] = Counter()
    for match in pattern.finditer(text):
        if agency_key(match["name"].removeprefix("the ")) not in words.agencies:
            heard[match["name"]] += 1
    for name, count in heard.most_common():
        known = words.outlets.get(fold(name)) or words.outlets.get(fold(name.removeprefix("the ")))
        if known or (count >= 2 and len(name.split()) >= 2):
            return known or name, f'people in the story speak to it ("told {name}")'
    return None


def agencies_of(story: Story, reader: Reader) -> tuple[str, ...]:
    """Agencies whose text the story uses, in order: credits in brackets, in the dateline, "With inputs from ...".

    A credit under a picture is for the picture and does not count.
    """
    found: dict[str, None] = {}
    for credit in _credits(story, reader.words):
        for name in re.split(r"[/,;+]|\s[-–]\s|\band\b|\|", credit):
            agency = reader.words.agencies.get(agency_key(name.strip().removeprefix("the ")))
            if agency:
                found[agency] = None
    return tuple(found)


def _credits(story: Story, words: Words) -> list[str]:
    credits = [story.dateline.credit] if story.dateline else []
    before = re.compile(rf"(?:{alternatives(words.credit_before)})\s*([^.;\n]{{2,60}})", re.IGNORECASE)
    for part in story.parts:
        if part.kind == "caption":
            continue
        text = story.text[part.start : part.end]
        credits.extend(match.group(1) for match in _BRACKETS.finditer(text))
        credits.extend(match.group(1) for match in before.finditer(text))
        tail = _TAIL.search(text[-60:])
        if tail:
            credits.append(tail.group(1) or tail.group(2))
        first = _FIRST_WORDS.match(text) if part.kind in ("body", "dateline") else None
        credits.extend([first.group(1)] if first else [])
        credits.extend([text] if part.kind == "byline" else [])
    return [
        *credits,
        *(match.group(1) for mark in story.marks for match in before.finditer(mark)),
        *_short(story.marks),
    ]


def _short(marks: tuple[str, ...]) -> list[str]:
    return [mark.strip("()[] -–—") for mark in marks if len(mark) <= 30]


def authors_of(story: Story, told: tuple[str, ...], reader: Reader) -> tuple[str, ...]:
    """People named as authors: by the markup or the row, else by the byline; desks and agencies are none."""
    lines = _bylines(story)
    printed = [name for line in lines if reader.is_byline(line) for name in _AND.split(_BY.sub("", line, count=1))]
    names = (" ".join(_ROLE.split(name)[0].split()).strip(" .|") for name in (told or printed))
    outlet = _signed(story, reader.words)
    return tuple(dict.fromkeys(name for name in names if name and name != outlet and _is_person(name, reader.words)))


def _is_person(name: str, words: Words) -> bool:
    parts = [fold(part) for part in name.split()]
    desk = any(part in words.byline_words for part in parts)
    return not desk and agency_key(name) not in words.agencies and fold(name) not in words.outlets
