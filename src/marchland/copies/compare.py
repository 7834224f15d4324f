"""Two texts, word by word: what the one has of the other, and which quotations they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from marchland.copies.align import Row, Stretch, aligned, stretches
from marchland.copies.quotes import Quoted, quoted
from marchland.copies.settings import Aligning, CopySettings
from marchland.copies.sketch import Words, fingerprints, text_key, words_of
from marchland.records import Aligned

QUOTE_SALT = 0x71C5


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text made ready for comparison."""

    key: int
    words: Words
    row: Row
    quoted: Quoted
    quoted_row: Row
    hashes: tuple[int, ...]
    """Its fingerprints, signed 64-bit."""
    quote_hashes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextLink:
    """What two texts share. The one has the smaller key: a pair is told in one way only."""

    one: int
    other: int
    kind: str
    """text, quote or version."""
    share: float
    """Share of the one's words (quoted words, for a quote) that are in the other, 0 to 1."""
    other_share: float
    ranges: tuple[Aligned, ...]


def prepared(text: str, settings: CopySettings) -> Text:
    """Words, quotations and fingerprints of a text."""
    rules, words, key = settings.sketch, words_of(text), text_key(text)
    spoken = quoted(text, words, settings.align.quote_words, key)
    return Text(
        key,
        words,
        Row.of(words.ids, settings.align),
        spoken,
        Row.of(spoken.ids, settings.align),
        fingerprints(words.ids, rules.shingle, rules.window),
        fingerprints(spoken.ids, rules.quote_shingle, rules.quote_window, QUOTE_SALT),
    )


def compared(one: Text, other: Text, settings: CopySettings) -> TextLink | None:
    """The link between two different texts, or None where they share no more than turns of phrase."""
    one, other = sorted((one, other), key=lambda text: text.key)
    found = stretches(one.row, other.row, settings.align, settings.align.words)
    if not found:
        return None
    ranges = aligned(one.words, other.words, found)
    return TextLink(one.key, other.key, "text", _share(found, one.words), _share(found, other.words, 1), ranges)


def quoting(one: Text, other: Text, settings: CopySettings) -> TextLink | None:
    """The link between two texts that quote the same words, or None.

    Most of the shorter quotation has to be in the longer: what people say in wars has stock phrases, too.
    """
    one, other = sorted((one, other), key=lambda text: text.key)
    rules = settings.align
    found = [
        item for item in stretches(one.quoted_row, other.quoted_row, rules, rules.quote_words)
        if item.matched >= rules.quote_share * min(one.quoted.length(item.first), other.quoted.length(item.other_first))
    ]  # fmt: skip
    if not found:
        return None
    ranges = tuple(
        Aligned(*_characters(one, item.first, item.last), *_characters(other, item.other_first, item.other_last),
                item.matched)
        for item in found
    )  # fmt: skip
    matched = sum(item.matched for item in found)
    mine, theirs = (round(min(matched / len(text.quoted), 1.0), 4) for text in (one, other))
    return TextLink(one.key, other.key, "quote", mine, theirs, ranges)


def version_of(one: Text, other: Text, settings: CopySettings) -> TextLink | None:
    """What two readings of one address have in common: of these, a few words in line are no chance."""
    one, other = sorted((one, other), key=lambda text: text.key)
    found = kept_words(one.words, other.words, settings.align)
    if not found:
        return None
    ranges = aligned(one.words, other.words, found)
    return TextLink(one.key, other.key, "version", _share(found, one.words), _share(found, other.words, 1), ranges)


def kept_words(one: Words, other: Words, rules: Aligning) -> tuple[Stretch, ...]:
    """What two readings of one address have in common."""
    finer = replace(rules, seed=rules.version_words)
    return stretches(Row.of(one.ids, finer), Row.of(other.ids, finer), finer, rules.version_words)


def _share(found: Sequence[Stretch], words: Words, side: int = 0) -> float:
    """Matching words as a share of the words; words that match twice count once."""
    ends = [(item.other_first, item.other_last) if side else (item.first, item.last) for item in found]
    covered, reached = 0.0, 0
    for (first, last), item in sorted(zip(ends, found, strict=True), key=lambda pair: pair[0]):
        fresh = max(last - max(first, reached), 0)
        covered += item.matched * fresh / (last - first)
        reached = max(reached, last)
    return round(min(covered / len(words), 1.0), 4)


def _characters(text: Text, first: int, last: int) -> tuple[int, int]:
    positions = text.quoted.positions[first:last]
    inside = positions[positions >= 0]
    span = text.words.span(int(inside[0]), int(inside[-1]) + 1)
    return span.start, span.end
