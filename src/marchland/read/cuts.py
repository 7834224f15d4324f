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

from marchland.read.lines import Reader
from marchland.read.outline import Line, is_prose
from marchland.read.settings import fold
from marchland.records import Reason

FLOOR = 2.0
"""Sum of the rules from which a page is cut. Chosen on the development half of the mixed pages."""
HEAD = 10
"""Lines of a head: from its title to its first paragraph."""
MOST = 0.8
"""Share of the stories that must hold a paragraph of prose."""
MARKED = 0.6
"""Share of the stories that must have a mark of their own."""
LEAD = 60
"""Characters of the shortest text after a run-in title."""
_HEADS = frozenset({"title", "caps", "short"})
_MARKS = {"stamp": "date", "clock": "date", "entry": "date", "byline": "byline"}
_AFTER = frozenset(
    {"prose", "sentence", "button", "link", "plea", "bullet", "caption", "more", "end", "rule", "away", "open", "slug"}
)
_CAPS_LEAD = re.compile(r"(?P<head>[^a-z]{8,110}[.:?!…]|[^a-z]{8,110}\s[–—-]+)\s+(?P<text>[A-Z\"“‘'].*)")
_DASH_LEAD = re.compile(r"(?P<head>[^.!?—–|]{3,90}?)\s+[—–]\s+(?P<text>[A-Z0-9\"“‘'].*)")
_CREDIT = re.compile(
    r"[A-Z][\w'’-]+(?:[ ,]+[A-Z][\w'’-]+){0,4}\s*\((?P<credit>[A-Z][^()]{1,40})\)\s*(?:[-–—:]+\s*)?[A-Z\"“]"
)


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
    best = max(zip(sums, found, strict=True), key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= FLOOR else None


def votes(cut: Cut) -> tuple[Reason, ...]:
    """What speaks for and against a cut."""
    return tuple(Reason(rule.__name__, weight, said) for rule, weight in RULES if (said := rule(cut)))


# ----------------------------------------------------------------------------------------------------------------- ways


def by_headers(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Each story begins with the same line of a header: "2 of 3 documents", "Message: 2", "HD", "BYLINE:"."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        token = line.name if line.kind == "open" else line.when if line.kind == "field" else ""
        if token:
            places.setdefault(token, []).append(at)
    kept = [spots for spots in places.values() if len(spots) > 1 and _hold_prose(spots, lines)]
    most = max(map(len, kept), default=0)
    first = next((spots for spots in kept if 3 * len(spots) >= 2 * most), None)
    if first:
        yield [_climbed(at, lines) if lines[at].kind == "field" else at for at in first]


def by_slugs(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Wire copy without headers: a slug line opens each story, unless the take before says that more follows."""
    slugs = [at for at, line in enumerate(lines) if line.kind == "slug" and not _continues(at, lines)]
    starts = [at for at in slugs if not at or lines[at - 1].kind not in ("slug", "open")]
    if len(starts) > 1 and _hold_prose(starts, lines):
        yield starts


def by_ends(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """A mark ends each story: ###, ENDS, NNNN."""
    ends = [at for at, line in enumerate(lines) if line.kind == "end"]
    starts = [start for start, end in itertools.pairwise([-1, *ends, len(lines)]) if _has_prose(lines[start + 1 : end])]
    if ends and len(starts) > 1:
        yield [start + 1 for start in starts]


def by_rules(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """A rule stands between stories that have titles and marks of their own."""
    rules = [at for at, line in enumerate(lines) if line.kind == "rule"]
    parts = [(start + 1, end) for start, end in itertools.pairwise([-1, *rules, len(lines)])]
    told = [(start, end) for start, end in parts if _has_prose(lines[start:end])]
    titled = [start for start, end in told if _titled(lines[start:end])]
    if len(titled) > 1 and len(titled) >= MOST * len(told):
        yield titled


def by_entries(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Hours or days of one form lead the entries of a live page, a log, or a chat."""
    upto = next((at for at, line in enumerate(lines) if line.kind == "comments" and _has_prose(lines[:at])), len(lines))
    forms: dict[tuple[str, bool, bool, bool], list[int]] = {}
    for at, line in enumerate(lines[:upto]):
        if line.kind in ("clock", "entry"):
            when = line.when or line.text
            form = (
                line.kind,
                bool(line.name),
                ":" in when or "." in when,
                bool(re.search(r"[A-Za-z]{3}|\d[-./]\d+[-./]\d", when)),
            )
            forms.setdefault(form, []).append(at)
    for form, spots in forms.items():
        told = [at for at, end in itertools.pairwise([*spots, upto]) if _has_prose(lines[at:end], short=form[1])]
        if len(told) > (1 if form[1] else 2) and 2 * len(told) >= len(spots):
            # An entry without news still ends the one before it.
            yield [at for at in spots if at >= told[0]]


def by_days(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """A log: each day as a heading, and what happened below it."""
    days = [at for at, line in enumerate(lines) if line.kind == "stamp" and at + 1 < len(lines) and lines[at + 1].prose]
    alone = [
        at
        for at in days
        if not at or (lines[at].gap and lines[at - 1].kind not in _HEADS) or lines[at - 1].kind == "rule"
    ]
    if len(alone) > 2 and _hold_prose(alone, lines):
        yield alone


def by_numbers(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Numbered items, each with a paragraph of its own."""
    run: list[int] = []
    for at, line in enumerate(lines):
        if line.kind != "number":
            continue
        if run and int(line.name) != int(lines[run[-1]].name) + 1:
            if len(run) > 1 and _hold_prose(run, lines[:at]):
                yield run
            run = []
        run.append(at)
    if len(run) > 1 and _hold_prose(run, lines):
        yield run


def by_titles(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Titles, each with a date, an author or a dateline of the kind that the first has."""
    found = list(_titles(lines, reader))
    if len(found) < 2:
        return
    first = found[0][1]
    alike = [at for at, marks in found if marks & first and ("date" not in first or "date" in marks)]
    if len(alike) > 1:
        yield alike


def by_datelines(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Paragraphs that open with a place and the same credit or the same form of date, with or without titles."""
    credits: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if line.kind == "prose" and (credit := _credit(line.text, reader)):
            credits.setdefault(credit, []).append(at)
    for spots in credits.values():
        if len(spots) > 1:
            yield [_climbed(at, lines, _HEADS | {"stamp", "byline"}) for at in spots]


def by_leads(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Paragraphs with a run-in title."""
    spots = [at for at, line in enumerate(lines) if line.kind in ("prose", "title", "other") and lead_of(line.text)]
    prose = sum(line.prose or line.kind == "bullet" for line in lines)
    if len(spots) > 2 and len(spots) >= MARKED * prose:
        yield spots


def by_heads(lines: Sequence[Line], reader: Reader) -> Iterator[list[int]]:
    """Headings of one style, each right above its paragraph."""
    for kinds in (frozenset({"caps"}), frozenset({"short"}), frozenset({"title"}), frozenset({"short", "title"})):
        over = [at for at, line in enumerate(lines[:-1]) if line.kind in kinds and _opens(at, lines)]
        spots = [at for at in over if lines[at + 1].prose or lines[at + 1].kind == "sentence"]
        if len(spots) > 1:
            yield spots


WAYS: tuple[tuple[str, Callable[[Sequence[Line], Reader], Iterator[list[int]]]], ...] = (
    ("headers", by_headers),
    ("ends", by_ends),
    ("slugs", by_slugs),
    ("entries", by_entries),
    ("titles", by_titles),
    ("rules", by_rules),
    ("days", by_days),
    ("numbers", by_numbers),
    ("leads", by_leads),
    ("datelines", by_datelines),
    ("heads", by_heads),
)


def lead_of(text: str) -> tuple[str, str] | None:
    """A run-in title and the text after it."""
    for pattern in (_CAPS_LEAD, _DASH_LEAD):
        match = pattern.fullmatch(text)
        if match and len(match["text"]) >= LEAD and 0 < len(match["head"].split()) <= 14:
            return match["head"].strip(" –—-"), match["text"]
    return None


# ---------------------------------------------------------------------------------------------------------------- rules


def strong_form(cut: Cut) -> str:
    """Headers, end marks and entries of one form are made for pages with several stories."""
    return f"cut by {cut.way}" if cut.way in ("headers", "ends", "slugs", "entries", "titles", "rules") else ""


def calls_itself_so(cut: Cut) -> str:
    """The page says that it is a digest, a letter, a bulletin or live."""
    above = [fold(line.text) for line in (*cut.preamble, *cut.lines[cut.starts[0] : cut.starts[0] + 2])][:12]
    word = next((word for text in above for word in cut.reader.words.digests if f" {word} " in f" {text} "), "")
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
    count = sum(bool(_marks(piece[:HEAD], cut.reader)) for piece in pieces)
    return f"{count} of {len(pieces)} are dated or signed" if count >= MARKED * len(pieces) else ""


def many(cut: Cut) -> str:
    """Five and more pieces of one form are seldom parts of one story."""
    return f"{len(cut.starts)} pieces" if len(cut.starts) > 4 and cut.way != "heads" else ""


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


def questions(cut: Cut) -> str:
    """Explainers ask: "What happens next?"."""
    heads = [(cut.lines[at].value or cut.lines[at].text) for at in cut.starts]
    asked = sum(head.endswith("?") for head in heads)
    return f"{asked} headings are questions" if 2 * asked >= len(heads) else ""


def under_one_title(cut: Cut) -> str:
    """Headings without marks, below a title with a date or an author, are parts of its story."""
    if cut.way not in ("heads", "numbers", "leads", "days") or not _marks(cut.preamble, cut.reader) & {"byline"}:
        return ""
    return "an author is named above the first"


def bare_heads(cut: Cut) -> str:
    """Headings alone may be those inside a story."""
    return "nothing but headings tells them apart" if cut.way == "heads" else ""


RULES: tuple[tuple[Callable[[Cut], str], float], ...] = (
    (strong_form, 2.0),
    (calls_itself_so, 1.5),
    (is_letter, 1.5),
    (marked_apart, 1.0),
    (many, 1.0),
    (sections_between, 1.0),
    (ends_alike, 1.0),
    (credited_alike, 2.0),
    (prose_before, -1.5),
    (questions, -2.0),
    (under_one_title, -2.0),
    (bare_heads, -0.5),
)


# ---------------------------------------------------------------------------------------------------------------- parts


def _has_prose(lines: Sequence[Line], *, short: bool = False) -> bool:
    kinds = ("sentence",) if short else ()
    return any(line.prose or line.kind in kinds or (line.kind == "field" and is_prose(line.value)) for line in lines)


def _hold_prose(starts: Sequence[int], lines: Sequence[Line]) -> bool:
    told = sum(_has_prose(lines[start:end]) for start, end in itertools.pairwise([*starts, len(lines)]))
    return told > 1 and told >= MOST * len(starts)


def _climbed(
    at: int, lines: Sequence[Line], kinds: frozenset[str] = _HEADS | {"stamp", "byline", "slug", "editors"}
) -> int:
    """The first line of the head that a line stands in."""
    while at and lines[at - 1].kind in kinds:
        at -= 1
    return at


def _opens(at: int, lines: Sequence[Line]) -> bool:
    """Whether a line stands after a gap, or after a line that ends something."""
    return at == 0 or lines[at].gap or lines[at - 1].kind in _AFTER


def _continues(at: int, lines: Sequence[Line]) -> bool:
    return any(line.kind == "more" for line in lines[max(at - 3, 0) : at])


def _titled(lines: Sequence[Line]) -> bool:
    return any(
        line.kind in _HEADS or line.kind == "field" for line in itertools.takewhile(lambda line: not line.prose, lines)
    )


def _marks(lines: Sequence[Line], reader: Reader) -> set[str]:
    """Which marks of its own a story has before or in its first paragraph."""
    found: set[str] = set()
    for line in lines:
        if line.kind in _MARKS:
            found.add(_MARKS[line.kind])
        elif line.kind == "field" and line.name in ("date", "byline"):
            found.add(line.name)
        if line.prose:
            return found | ({"dateline"} if reader.datelines.find(line.text) else set())
    return found


def _titles(lines: Sequence[Line], reader: Reader) -> Iterator[tuple[int, set[str]]]:
    """Lines that open a head with a mark of its own, each with the kinds of its marks."""
    reached = -1
    for at, line in enumerate(lines):
        opens = line.kind in _HEADS and _opens(at, lines)
        first = next((i for i in range(at + 1, min(at + 1 + HEAD, len(lines))) if lines[i].prose), 0)
        if not opens or not first or first == reached:
            continue
        # A gap ends the head: what stands above it is a masthead or a box.
        block = list(itertools.takewhile(lambda i: not lines[i].gap, range(at + 1, first + 1)))
        marks = _marks([lines[i] for i in block], reader)
        if not marks and lines[first].gap and len(block) == first - at - 1:
            marks = _marks([lines[first]], reader)
        if marks:
            reached = first
            yield at, marks


def _credit(text: str, reader: Reader) -> str:
    """What the datelines of stories by one agency share: the credit, or that a day is named."""
    found = reader.datelines.find(text)
    if found and (found.credit or found.date):
        return fold(found.credit) or "a date"
    match = _CREDIT.match(text)
    return fold(match["credit"]) if match else ""
