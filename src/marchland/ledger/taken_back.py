"""Claims that no longer count, and since when: corrections and retractions by their publisher, newer readings.

Nothing is edited: a claim stays on record with the row that took it back, and any day of knowledge before that row
still has it. Each row is a fact about two readings of one page, so the order in which they came in changes nothing.

- **Correction**: a claim whose sentence is not in a later reading of its page, or tells of another place or deed there
  because what stood around it has changed, no longer counts from the day of that reading on. A page that holds another
  story by then, or only lost its end, takes nothing back, unless it has a note of correction. A claim of the later
  reading is not known before that reading.
- **Retraction**: a page that says it is withdrawn takes back all claims of its address, its own among them.
- **Rule change**: an article that was read again with other rules has the claims of its newest reading, at every day
  of knowledge: what was printed then has not changed, only how it is understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marchland.copies.settings import CopySettings
from marchland.copies.sketch import words_of
from marchland.copies.versions import read_at, version
from marchland.copies.withdrawn import RetractionWords, retraction
from marchland.records import Article, ClaimRow, Span

CORRECTION, RETRACTION, RULE_CHANGE, REVIEWER = (
    "correction by publisher", "retraction by publisher", "rule change", "reviewer",
)  # fmt: skip
"""Why a claim no longer counts."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A claim that no longer counts."""

    claim_id: str
    reason: str
    """correction by publisher, retraction by publisher, rule change, reviewer."""
    day: str
    """From this day of knowledge on, ISO 8601; empty for every day (rule change)."""
    by_id: str
    """The article, the reading or the review that did it."""
    words: str
    """The note, the sentence or the reason that was given."""
    recorded_at: str = ""
    """When the ledger learnt of it, ISO 8601, UTC."""

    def holds(self, known_at: str | None) -> bool:
        """Whether it was known by that day."""
        return known_at is None or self.day <= known_at


@dataclass(frozen=True, slots=True)
class Facts:
    """What the readings of one page tell of their claims."""

    taken: tuple[TakenBack, ...] = ()
    later: tuple[tuple[str, str], ...] = ()
    """Claim id and the day before which it was not known."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a page with its claims, and when it came into the ledger."""

    article: Article
    rows: tuple[ClaimRow, ...]
    recorded_at: str

    @property
    def order(self) -> tuple[str, bool]:
        """Readings of one page in order of time; with one time for two, that with a note of correction is the later."""
        return (read_at(self.article), bool(self.article.corrections))

    @property
    def day(self) -> str:
        """The day from which this text was known, ISO 8601."""
        printed = self.article.published.last_day if self.article.published else None
        return max(read_at(self.article)[:10], printed.isoformat() if printed else "") or self.recorded_at[:10]


def facts(one: Reading, others: Sequence[Reading], settings: CopySettings, words: RetractionWords) -> Facts:
    """What one reading tells of its own claims and of those of other readings of the page, and they of its own."""
    taken, later = list(_retracted(one, (one,), words)), []
    for other in others:
        if other.article.text == one.article.text or not (one.order[0] and other.order[0]) or one.order == other.order:
            continue
        older, newer = sorted((one, other), key=lambda reading: reading.order)
        taken += _retracted(newer, (older,), words) or _corrected(older, newer, settings)
        later += [(row.claim_id, newer.day) for row in newer.rows if newer.day > (row.published or "")]
    return Facts(tuple(dict.fromkeys(taken)), tuple(dict.fromkeys(later)))


def _retracted(newer: Reading, over: Iterable[Reading], words: RetractionWords) -> list[TakenBack]:
    """The claims of some readings that this one takes back as a whole."""
    found = retraction(newer.article, words)
    if found is None:
        return []
    said = _line(found.of(newer.article.text))
    return [_taken(row, RETRACTION, older, newer, said) for older in over for row in older.rows]


def _corrected(older: Reading, newer: Reading, settings: CopySettings) -> list[TakenBack]:
    """The claims of the older reading whose sentence is no longer there."""
    change = version("", older.article, newer.article, settings)
    notes = newer.article.corrections
    held = sum(one.words for one in change.kept) / max(len(words_of(older.article.text)), 1)
    only_cut = not change.added and len(change.removed) == 1 and _reaches_end(change.removed[0], older.article.text)
    if not notes and (held < settings.group.share or only_cut):
        return []
    told = "; ".join(_line(span.of(newer.article.text)) for span in notes)
    return [
        _taken(row, CORRECTION, older, newer, told or f"no longer on the page read on {newer.day}")
        for row in older.rows if any(_touch(span, row) for span in change.removed) or _read_otherwise(row, newer)
    ]  # fmt: skip


def _read_otherwise(row: ClaimRow, newer: Reading) -> bool:
    """Whether the same sentence tells of another place or deed now that what stood around it has changed."""
    same = [other for other in newer.rows if other.sentence == row.sentence]
    told = {(other.event, other.stance, other.place_id) for other in same}
    return bool(same) and (row.event, row.stance, row.place_id) not in told


def _taken(row: ClaimRow, reason: str, older: Reading, newer: Reading, words: str) -> TakenBack:
    recorded = max(older.recorded_at, newer.recorded_at)
    return TakenBack(row.claim_id, reason, newer.day, newer.article.article_id, words, recorded)


def _reaches_end(span: Span, text: str) -> bool:
    return not any(letter.isalnum() for letter in text[span.end :])


def _touch(span: Span, row: ClaimRow) -> bool:
    return span.start < row.end and row.start < span.end


def _line(text: str) -> str:
    return " ".join(text.split())[:600]
