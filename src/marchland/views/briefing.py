"""A brief as a structure: headings, sentences, changes with what was said, tables, sources. All of it is pure.

Every form of a brief (page, Markdown, DOCX, terminal) has the same blocks in the same order. All text in them is on
one line and holds no control characters; it is not escaped for any form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

import msgspec

from marchland.briefs import Change, Period
from marchland.consequences.settings import Settings
from marchland.ledger.diff import Because
from marchland.places.countries import load_countries
from marchland.records import ClaimRow, HoldingRow
from marchland.views import consequences as consequences_view
from marchland.views import counts as counts_view
from marchland.views import paper
from marchland.views.brief_summary import summary
from marchland.views.brief_words import change_words, name, sentence
from marchland.views.reviews import about_words, verb_words
from marchland.views.terminal import crossings as crossings_view
from marchland.views.terminal import when_words
from marchland.views.words import clean, count, day

SENTENCE = 600
"""Letters of one sentence; the claim has all of it."""
LEAST_SHOWN = 0.005
"""A move of the odds that is less than this is not told: rounded it would be none."""


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A heading."""

    level: int
    """2 for parts, 3 for countries, 4 for provinces."""
    text: str


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph."""

    text: str


class Points(msgspec.Struct, frozen=True, tag="points"):
    """Sentences one under the other."""

    items: tuple[str, ...]


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    """What somebody said, or what else made a change."""

    sentence: str
    who: str
    """Speaker with side, and outlet."""
    day: str | None
    """On which it became known, ISO 8601."""
    role: str
    """made it (a report, denial or admission that did it), against it, or aside (nobody's words)."""
    weight: str = ""
    """By how much it moved the odds, in words; empty where it moved none."""
    claim_id: str | None = None
    source: int = 0
    """Number of its source; 0 for none."""


class Entry(msgspec.Struct, frozen=True, tag="change"):
    """One change."""

    change_id: str
    change: str
    place_id: str
    place: str
    """Name, and of what kind."""
    text: str
    tags: tuple[str, ...]
    """Late report, claimed by one side only, disputed."""
    quotes: tuple[Quote, ...]


class Grid(msgspec.Struct, frozen=True, tag="table"):
    """A table."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Source(msgspec.Struct, frozen=True):
    """One report that is named."""

    number: int
    outlet: str
    day: str | None
    url: str
    """As printed; empty where none is known."""
    claims: tuple[str, ...]


class Sources(msgspec.Struct, frozen=True, tag="sources"):
    """The reports that are named, by number."""

    items: tuple[Source, ...]


Block = Heading | Text | Points | Entry | Grid | Sources


class Briefing(msgspec.Struct, frozen=True):
    """A brief."""

    title: str
    first: str
    last: str
    clocks: tuple[str, ...]
    """What is compared with what."""
    summary: tuple[str, ...]
    blocks: tuple[Block, ...]
    file_name: str
    """For saving it, without an ending."""
    changes: int
    """How many are told one by one."""
    left_out: int


@dataclass
class _Book:
    """Sources as they are named for the first time, and names of parties by id."""

    parties: Mapping[str, str]
    numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)
    claims: dict[int, list[str]] = field(default_factory=dict)

    def cite(self, outlet: str, known: str | None, url: str | None, claim_id: str) -> int:
        key = (clean(outlet or "outlet not named", limit=200), (known or "")[:10], clean(url or "", limit=1000))
        number = self.numbers.setdefault(key, len(self.numbers) + 1)
        told = self.claims.setdefault(number, [])
        if claim_id not in told:
            told.append(claim_id)
        return number

    def sources(self) -> Sources:
        return Sources(tuple(
            Source(number, outlet, known or None, url, tuple(self.claims[number]))
            for (outlet, known, url), number in self.numbers.items()
        ))  # fmt: skip


def briefing(found: Period, settings: Settings) -> Briefing:
    """The brief."""
    book, asked = _Book(found.parties), found.asked
    blocks = (
        *_changes(found, book), *_crossings(found), *_counts(found), *_consequences(found, settings),
        *_taken(found, book), Heading(2, "How to read it"), *(Text(one) for one in METHOD),
        Heading(2, "Sources"), book.sources(),
    )  # fmt: skip
    return Briefing(
        title=_title(found), first=asked.first, last=asked.last, clocks=tuple(_clocks(found)),
        summary=tuple(summary(found)), blocks=blocks, file_name=f"brief-{asked.first}-{asked.last}",
        changes=len(found.changes), left_out=found.left_out,
    )  # fmt: skip


def _title(found: Period) -> str:
    wanted = found.asked.wanted
    about = [one for one in (name(found.place_name) if wanted.place_id else "", wanted.country or "") if one]
    about += [f"what {clean(wanted.actor, limit=80)} gained or lost"] if wanted.actor else []
    return f"What became known, {when_words(found.asked.first, found.asked.last)}" + (
        f": {', '.join(about)}" if about else ""
    )


def _clocks(found: Period) -> Iterator[str]:
    before, last = found.asked.span.since, found.asked.last
    yield (
        f"Known when: the record as it was known at the end of {day(last)}, compared with what was known at the end of "
        f"{day(before)}. Nothing that became known later is in this brief."
    )
    yield (
        "Held when: what these reports tell of may lie before those days; such changes are marked as late reports. "
        f"Where a state is named without a day, it is that of {day(found.until)}, the last day on record by then."
    )


METHOD = (
    "Every change is one of the record: what it said of a place at the end of the period and did not say before it. "
    "The sentences under a change are those that made it, the weightiest first; where it rests on one of them, that is "
    "said. Claims against it stand beside them.",
    "Percentages are the probability that the record gives to the holder or state that is named, worked out from all "
    "claims known by then: who says so, in whose interest, how often independently, and how long ago. "
    "\"Claimed by a side only\" means that nobody but that side says so. Nothing here has been checked on the ground.",
    "Days are those that reports tell or that follow from them; where they are told differently, the most probable is "
    "named and the range stands beside it.",
)  # fmt: skip


# -------------------------------------------------------------------------------------------------------------- changes


def _changes(found: Period, book: _Book) -> Iterator[Block]:
    yield Heading(2, "Changes by country and province")
    if not found.changes:
        yield Text("Nothing that became known in these days changed the record.")
    for country, many in groupby(found.changes, key=lambda one: one.row.country or ""):
        yield Heading(3, _country(country))
        for province, some in groupby(many, key=lambda one: one.row.admin1 or ""):
            if province:
                yield Heading(4, name(province))
            yield from (_entry(one, book) for one in some)
    if found.left_out:
        yield Text(
            f"{count(found.left_out, 'more change')} of lesser kinds are left out: ask for fewer days, one country or "
            "one place."
        )


def _country(code: str) -> str:
    known = load_countries().get(code)
    return known.place.name if known else code or "Country not known"


def _entry(one: Change, book: _Book) -> Entry:
    row = one.row
    kind = clean(row.kind, limit=40)
    return Entry(
        row.change_id, row.change, row.place_id, name(row.place_name) + (f" ({kind})" if kind else ""),
        change_words(one), tuple(_tags(one)), (*_made_it(one, book), *_against(one, book)),
    )  # fmt: skip


def _tags(one: Change) -> Iterator[str]:
    if one.noted.late:
        yield f"late report: of {day(one.noted.day)}, {count(one.noted.late + 1, 'day')} before the period"
    if one.row.after_status == "claimed":
        yield "claimed by one side only"
    if _denying(one):
        yield "disputed"


def _denying(one: Change) -> tuple[str, ...]:
    now = one.noted.pair.after if one.noted.pair else None
    return now.contradicted_by if isinstance(now, HoldingRow) else ()


def _made_it(one: Change, book: _Book) -> Iterator[Quote]:
    way = _way(one)
    yield from (_quote(item, one.claims.get(item.claim_id or ""), book, way) for item in one.row.because)


def _way(one: Change) -> int:
    """Whether the change made the holder that it names likelier (1) or less likely (-1); 0 where that is not told."""
    row, now = one.row, one.noted.pair.after if one.noted.pair else None
    if row.change == "probability":
        return 1 if (row.after_probability or 0) > (row.before_probability or 0) else -1
    return {"holder": 1, "appeared": 1, "gone": -1 if now is None else 1}.get(row.change, 0)


def _quote(item: Because, row: ClaimRow | None, book: _Book, way: int) -> Quote:
    if item.claim_id is None:
        return Quote(clean(item.sentence, limit=SENTENCE), clean(item.reason), None, "aside")
    number = book.cite(item.publisher or "", row.published if row else item.known, item.url, item.claim_id)
    return Quote(
        clean(item.sentence, limit=SENTENCE), _who(item.said_by, row, item.publisher, book), item.known, item.reason,
        _weight(item, way), item.claim_id, number,
    )  # fmt: skip


def _who(said_by: str, row: ClaimRow | None, publisher: str | None, book: _Book) -> str:
    """`Herat lawmaker (side of the Government), Arab News`."""
    side = row.source_side if row and said_by else ""
    whose = f" (side of {name(book.parties.get(side, side))})" if side else ""
    speaker = clean(said_by, limit=160) + whose
    return ", ".join(part for part in (speaker, clean(publisher or "", limit=120)) if part)


def _weight(item: Because, way: int) -> str:
    """By how much it moved the odds; where that is against the change, this is said."""
    small = abs(item.log_odds) < LEAST_SHOWN
    moved = "" if small else f"moved the odds by {item.log_odds:+.2f}"
    against = "pulls the other way" if not small and item.log_odds * way < 0 else ""
    rests = "the change rests on it" if item.undoes else ""
    return ", ".join(part for part in (moved, " but ".join(one for one in (against, rests) if one)) if part)


def _against(one: Change, book: _Book) -> Iterator[Quote]:
    """Claims that speak against the holder, but for those that are named already."""
    shown = {item.claim_id for item in one.row.because}
    for claim_id in _denying(one):
        row = one.claims.get(claim_id)
        if row is not None and claim_id not in shown:
            own = row.source == "publisher" or row.source_name == row.publisher
            said_by = "" if own else row.source_name or row.source
            number = book.cite(row.publisher or "", row.published, row.url, claim_id)
            words = "denies it" if row.stance == "denies" else "speaks against it"
            yield Quote(
                clean(row.sentence, limit=SENTENCE), _who(said_by, row, row.publisher, book), row.published, words, "",
                claim_id, number,
            )  # fmt: skip


# ----------------------------------------------------------------------------------------------------------- the rest


def _crossings(found: Period) -> Iterator[Block]:
    if found.consequences is None and found.crossings:
        yield Heading(2, "Crossings")
        yield from _blocks(crossings_view(found.crossings, title=f"on {day(found.until)}"))


def _counts(found: Period) -> Iterator[Block]:
    if found.counts:
        yield Heading(2, "Counts that do not fit the record")
        yield from _blocks(counts_view.counts(found.counts, named=False))


def _consequences(found: Period, settings: Settings) -> Iterator[Block]:
    if found.too_large:
        yield Heading(2, "Consequences")
        yield Text(
            "Left out, as counts are: the record is too large to work them out while somebody waits; marchland "
            f"consequences --from {found.asked.first} --to {found.asked.last} does it."
        )
    if found.consequences is None:
        return
    told = found.consequences
    again = sum(len(one.again) for one in (*told.told, *told.whole))
    yield Heading(2, "Consequences, and who gives the figures")
    shown = _blocks(consequences_view.view(replace(told, unused=()), settings))
    yield from (one for one in shown if not (isinstance(one, Grid) and one.title == consequences_view.TWICE))
    if told.unused or again:
        yield Text(
            f"Not shown: {count(len(told.unused), 'figure')} that do not count and {count(again, 'telling')} of the "
            f"same figure again; marchland consequences --from {found.asked.first} --to {found.asked.last} has them."
        )


def _taken(found: Period, book: _Book) -> Iterator[Block]:
    if not found.taken and not found.reviews:
        return
    yield Heading(2, "Taken back and corrected")
    for row, one in found.taken:
        number = book.cite(row.publisher or "", row.published, row.url, row.claim_id)
        said = Quote(
            clean(row.sentence, limit=SENTENCE), clean(row.publisher or "", limit=120), row.published,
            "counts no longer", "", row.claim_id, number,
        )  # fmt: skip
        text = f"{clean(one.reason)} on {day(one.day)}: {clean(one.words, limit=SENTENCE)}"
        yield Entry(
            f"{one.by_id}-{row.claim_id}", "taken back", row.place_id or "", name(row.place_name), text, (), (said,)
        )  # fmt: skip
    if found.reviews:
        yield Points(tuple(
            f"{day(one.day)}, {clean(one.by, limit=80)}: {clean(verb_words(one), limit=200)}, of "
            f"{clean(about_words(one), limit=300)}: {clean(one.because, limit=300)}"
            for one in found.reviews
        ))  # fmt: skip


def _blocks(found: Iterator[paper.Block]) -> Iterator[Block]:
    """Lines and tables of the terminal as blocks; lines that follow each other stay apart."""
    for one in found:
        if isinstance(one, paper.Line) and one.text.strip():
            yield Text(sentence(clean(one.text)))
        elif isinstance(one, paper.Table):
            rows = (*one.rows, one.footer) if one.footer else one.rows
            yield Grid(clean(one.title), one.headers, tuple(tuple(clean(cell) for cell in row) for row in rows))
