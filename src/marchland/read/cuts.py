"""Ways to cut a text page into stories, each tried and voted on: header blocks, end marks, entries, numbers, titles.

A way finds where stories could begin; rules say what speaks for and against the page's being so built. A page on which
no way gets enough is one story.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from marchland.read.leads import lead_of
from marchland.read.lines import Reader
from marchland.read.looks import has_phrase, is_caps
from marchland.read.outline import Line
from marchland.read.settings import fold
from marchland.read.spots import HEAD, marks_of
from marchland.read.ways import WAYS
from marchland.records import Reason

FLOOR = 2.0
"""Sum of the rules from which a page is cut. Chosen on the development half of the mixed pages."""
MARKED = 0.6
"""Share of the stories that must have a mark of their own."""
SPAN = 200
"""Days that a log covers at most."""
_HOUR = re.compile(r"\d[:.h]\d\d|\bago\b|\d\s*[ap]\.?m\b", re.IGNORECASE)
_ISSUE = re.compile(r"\b(?:issue|vol\.?|volume|no\.?|number|edition|nr\.?)\s*#?\d+|#\d+", re.IGNORECASE)
STRONG = frozenset(
    {"headers", "ends", "slugs", "entries", "titles", "dates", "calendar", "rules", "links", "shapes", "prefixes"}
)
"""Ways that are made for several stories."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the stories of a page begin when it is cut in one way."""

    way: str
    starts: tuple[int, ...]
    lines: Sequence[Line] = field(repr=False)
    reader: Reader = field(repr=False)
    letter: bool = False

    @property
    def preamble(self) -> Sequence[Line]:
        """The lines above the first story."""
        return self.lines[: self.starts[0]]

    def pieces(self) -> Iterator[Sequence[Line]]:
        """The lines of each story in order."""
        for start, end in itertools.pairwise((*self.starts, len(self.lines))):
            yield self.lines[start:end]


def cut_of(lines: Sequence[Line], reader: Reader, *, letter: bool = False) -> Cut | None:
    """The way in which the page is best cut, or None for a page with one story."""
    found = [
        Cut(name, tuple(starts), lines, reader, letter)
        for name, way in WAYS
        for starts in way(lines, reader)
        if len(starts) > 1
    ]
    sums = [sum(reason.weight for reason in votes(cut)) for cut in found]
    best = max(zip(sums, found, strict=True), key=lambda pair: (pair[0], len(pair[1].starts)), default=None)
    return best[1] if best and best[0] >= FLOOR else None


def votes(cut: Cut) -> tuple[Reason, ...]:
    """What speaks for and against a cut."""
    return tuple(Reason(rule.__name__, weight, said) for rule, weight in RULES if (said := rule(cut)))


# ---------------------------------------------------------------------------------------------------------------- rules


def strong_form(cut: Cut) -> str:
    """Headers, end marks and entries of one form are made for pages with several stories."""
    numbered = cut.way == "numbers" and bool(marked_apart(cut))
    return f"cut by {cut.way}" if cut.way in STRONG or numbered else ""


def calls_itself_so(cut: Cut) -> str:
    """The page says that it is a digest, a letter, a bulletin or live."""
    told = (*cut.preamble, *cut.lines[cut.starts[0] : cut.starts[0] + 2])
    above = [fold(line.text) for line in told if line.kind not in ("field", "copy", "link")][:12]
    words = (*cut.reader.words.digests, *cut.reader.words.dump.digests)
    word = next((word for text in above for word in words if has_phrase(text, [word])), "")
    live = next(
        (text for text in above if text == "live" or text.startswith(("live updates", "live:", "as it happened"))), ""
    )
    return f'says "{word or live}" above the first story' if word or live else ""


def is_letter(cut: Cut) -> str:
    """A letter to subscribers tells several stories."""
    short = (line.text.casefold() for line in cut.lines if len(line.text) < 200)
    mark = next((mark for text in short for mark in cut.reader.words.letters if mark in text), "")
    return f'prints "{mark}"' if mark else ("came as a letter" if cut.letter else "")


def marked_apart(cut: Cut) -> str:
    """Stories have dates, authors or datelines of their own."""
    pieces = list(cut.pieces())
    count = sum(bool(marks_of(piece[:HEAD], cut.reader)) for piece in pieces)
    return f"{count} of {len(pieces)} are dated or signed" if count >= MARKED * len(pieces) else ""


def many(cut: Cut) -> str:
    """Five and more pieces of one form are seldom parts of one story."""
    return f"{len(cut.starts)} pieces" if len(cut.starts) > 4 and cut.way not in ("heads", "bullets") else ""


def sections_between(cut: Cut) -> str:
    """Headings over several stories, in capitals, stand between them."""
    starts = frozenset(cut.starts)
    over = sum(
        at - 1 not in starts and at > 0 and cut.lines[at - 1].kind == "caps" and cut.lines[at - 1].gap
        for at in cut.starts
    )
    return f"{over} headings in capitals stand over them" if over > 1 else ""


def ends_alike(cut: Cut) -> str:
    """Each piece ends with the same button, or leads to its own page."""
    last = [
        next((line for line in reversed(piece) if line.kind in ("link", "button", "away")), None)
        for piece in cut.pieces()
    ]
    alike = Counter(re.sub(r"\[?https?://\S+", "", fold(line.text)) for line in last if line).most_common(1)
    return (
        f'{alike[0][1]} end with "{alike[0][0]}"'
        if alike and len(alike[0][0]) > 2 and alike[0][1] > 1 and 3 * alike[0][1] >= 2 * len(last)
        else ""
    )


def credited_alike(cut: Cut) -> str:
    """Two paragraphs that open with a place and the same agency open two stories."""
    return "their datelines are of one form" if cut.way == "datelines" else ""


def prose_before(cut: Cut) -> str:
    """A story has its first paragraphs before a list, a time line or a heading."""
    size = sum(line.prose for line in cut.preamble)
    return f"{size} paragraphs stand before the first" if size > 1 and cut.way != "headers" else ""


def leads_of_one_form(cut: Cut) -> str:
    """Titles in capitals, or places, run in before each paragraph."""
    leads = [lead_of(cut.lines[at].text) for at in cut.starts] if cut.way == "leads" else []
    caps = sum(lead is not None and is_caps(lead[0]) for lead in leads)
    return f"{caps} paragraphs begin in capitals" if caps > 2 else ""


def places_lead(cut: Cut) -> str:
    """Each paragraph begins with the name of another place, as in a bulletin."""
    found = [cut.reader.datelines.find(cut.lines[at].text) for at in cut.starts] if cut.way == "places" else []
    places = {fold(dateline.place) for dateline in found if dateline and dateline.place}
    return f"{len(places)} places lead paragraphs" if len(places) > 2 else ""


def each_under_its_head(cut: Cut) -> str:
    """No paragraph stands above the first heading, or below a day's."""
    ruled = cut.way == "days" or (cut.way == "heads" and not any(line.prose for line in cut.preamble))
    return "every paragraph stands under one" if ruled else ""


def story_before(cut: Cut) -> str:
    """Where a whole story stands above, what follows are comments on it, or a list inside it."""
    size = sum(line.prose for line in cut.preamble)
    return f"{size} paragraphs stand before the first" if size > 3 and cut.way != "headers" else ""


def all_bullets(cut: Cut) -> str:
    """Items that are paragraphs tell a story each."""
    return "a list of paragraphs" if cut.way == "bullets" else ""


def letterhead(cut: Cut) -> str:
    """The same lines above each."""
    return "one line stands above each" if cut.way == "repeats" else ""


def questions(cut: Cut) -> str:
    """Explainers ask: "What happens next?"."""
    heads = [(cut.lines[at].value or cut.lines[at].text) for at in cut.starts]
    asked = sum(head.endswith("?") for head in heads)
    return f"{asked} headings are questions" if 2 * asked >= len(heads) else ""


def is_issue(cut: Cut) -> str:
    """A number of the issue, as letters and bulletins have it."""
    found = (_ISSUE.search(line.text) for line in cut.preamble if len(line.text) < 100 and not line.prose)
    mark = next((match.group() for match in found if match), "")
    return f'"{mark}" stands above' if mark else ""


def numbered_through(cut: Cut) -> str:
    """Numbers from one item to the next."""
    return "the items are numbered" if cut.way == "numbers" else ""


def of_one_shape(cut: Cut) -> str:
    """Figures of one shape alone are weaker than marks that are known."""
    return "nothing but the shape of a line tells them apart" if cut.way in ("shapes", "prefixes") else ""


def dated_above(cut: Cut) -> str:
    """A day stands over all of them, as over an issue."""
    dated = "date" in marks_of(cut.preamble, cut.reader) and not marked_apart(cut)
    return "one day stands above all" if dated else ""


def far_apart(cut: Cut) -> str:
    """Days that lie years apart are those of a history, told in one story."""
    if cut.way not in ("days", "entries", "shapes", "prefixes"):
        return ""
    heads = [cut.reader.dates.full(cut.lines[at].text) for at in cut.starts]
    days = [day for found in heads for date in found[:1] if date.interval and (day := date.interval.first_day)]
    apart = (max(days) - min(days)).days if days else 0
    return f"their days lie {apart} days apart" if apart > SPAN else ""


def in_a_story(cut: Cut) -> str:
    """Below a paragraph with a dateline a list of days or numbers is part of its story."""
    by_hour = any(_HOUR.search(cut.lines[at].text[:30]) for at in cut.starts)
    if by_hour or cut.way in STRONG - {"entries", "shapes", "prefixes"}:
        return ""
    opened = next((line.text for line in cut.preamble if line.prose and cut.reader.datelines.find(line.text)), "")
    return f'a story opens above: "{opened[:40]}"' if opened else ""


def under_one_title(cut: Cut) -> str:
    """Headings or days, below a title with an author, are parts of the author's story; hours are those of entries."""
    by_hour = any(_HOUR.search(cut.lines[at].text[:30]) for at in cut.starts)
    loose = cut.way not in STRONG or (cut.way in ("entries", "shapes", "prefixes") and not by_hour)
    signed = loose and "byline" in marks_of(cut.preamble, cut.reader)
    return "an author is named above the first" if signed else ""


def bare_heads(cut: Cut) -> str:
    """Headings alone may be those inside a story."""
    return "nothing but headings tells them apart" if cut.way == "heads" else ""


RULES: tuple[tuple[Callable[[Cut], str], float], ...] = (
    (strong_form, 2.0),
    (calls_itself_so, 1.5),
    (is_letter, 1.5),
    (is_issue, 1.0),
    (numbered_through, 1.5),
    (dated_above, 0.5),
    (marked_apart, 1.0),
    (many, 1.0),
    (sections_between, 1.0),
    (ends_alike, 1.0),
    (credited_alike, 2.0),
    (leads_of_one_form, 2.0),
    (places_lead, 2.0),
    (each_under_its_head, 1.0),
    (all_bullets, 0.5),
    (letterhead, 1.0),
    (prose_before, -1.5),
    (story_before, -2.0),
    (questions, -2.0),
    (under_one_title, -2.0),
    (bare_heads, -0.5),
    (far_apart, -3.0),
    (in_a_story, -2.0),
    (of_one_shape, -0.2),
)
