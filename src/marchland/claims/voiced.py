"""Every attribution of a whole article, quotations that run over sentences and paragraphs joined to their speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from marchland.claims.attribution import Attribution, Cues, attributions
from marchland.claims.parse import Sentence
from marchland.claims.quotes import MARKS, QUOTES, in_quotation
from marchland.claims.sources import noun_phrase
from marchland.claims.words import Token
from marchland.records import Span

_FIRST = frozenset({"i", "we", "you"})


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who says what, in offsets of the article."""

    kind: str
    """What the cue means: says, learns, thinks, seems, wants, judges (lexicons/speech.csv), or colon."""
    source: Span | None
    """None where the words name nobody ("it was reported")."""
    cue: Span
    content: tuple[Span, ...]
    """In order; several where the speaker is named in between, or the quotation runs on."""


@dataclass
class _Open:
    """An attribution that still gathers content."""

    found: Attribution
    sentence: Sentence
    content: list[tuple[int, int]]
    carried: list[int]
    """Numbers of the other sentences that are its quotation."""


def attributed(text: str, sentences: Sequence[Sentence], cues: Cues) -> tuple[Attributed, ...]:
    """What the report attributes to somebody, in order: only the outermost voice where one quotes another."""
    return tuple(_closed(text, one) for one in _gathered(text, sentences, cues) if one.content)


def carriers(text: str, sentences: Sequence[Sentence], cues: Cues) -> Mapping[int, tuple[Attribution, Sentence]]:
    """Number of a sentence that is all quotation -> the attribution, in another sentence, that it belongs to."""
    if not any(mark in sentence.text for sentence in sentences for mark in QUOTES):
        return {}
    return {number: (one.found, one.sentence) for one in _gathered(text, sentences, cues) for number in one.carried}


@dataclass
class _Running:
    """What is open while sentences are read in order."""

    last: _Open | None = None
    """Who spoke last in this paragraph, or before a paragraph that begins in quotation marks."""
    waiting: list[int] = field(default_factory=list)
    """Sentences of a quotation whose speaker is yet to be named."""
    loose: list[tuple[int, int]] = field(default_factory=list)
    is_open: bool = False
    at: int | None = None

    def begin(self, text: str, sentence: Sentence) -> None:
        """A new paragraph closes a quotation, unless it opens one again."""
        if self.at is not None and "\n" in text[self.at : sentence.span.start]:
            self.is_open, self.waiting, self.loose = False, [], []
            self.last = self.last if sentence.text[:1] in MARKS else None
        self.at = sentence.span.end


def _gathered(text: str, sentences: Sequence[Sentence], cues: Cues) -> list[_Open]:
    gathered: list[_Open] = []
    now = _Running()
    for number, sentence in enumerate(sentences):
        now.begin(text, sentence)
        quoted, now.is_open = in_quotation(sentence, now.is_open)
        own = [
            _Open(found, sentence, _ranges(sentence, found.content, quoted), [])
            for found in outermost(attributions(sentence, cues), quoted)
        ]
        gathered += own
        _join(now, own, number, _ranges(sentence, quoted - {i for one in own for i in one.found.content}, quoted))
        if not own and 2 * len(quoted) > len(sentence.pieces):
            _carry(now, number, _ranges(sentence, quoted, quoted))
    return gathered


def _join(now: _Running, own: list[_Open], number: int, loose: list[tuple[int, int]]) -> None:
    """What waits for a speaker goes to the one named here, with what else is quoted in the sentence."""
    if not own:
        return
    says = [one for one in own if one.found.kind == "says"]
    speaking = next((one for one in says if one.found.source is not None), next(iter(says), None))
    if speaking is not None:
        speaking.content += [*now.loose, *loose]
        speaking.carried += now.waiting
    now.last, now.waiting, now.loose = speaking, [], []


def _carry(now: _Running, number: int, quoted: list[tuple[int, int]]) -> None:
    """A sentence that is quotation and names nobody: the last speaker's, else the next one's."""
    if now.last is not None:
        now.last.content += quoted
        now.last.carried.append(number)
    else:
        now.loose += quoted
        now.waiting.append(number)


def outermost(found: Sequence[Attribution], quoted: frozenset[int]) -> tuple[Attribution, ...]:
    """What the report itself attributes: not what is said inside others' words, and not what is only possible.

    `quoted` holds the indexes of the tokens in quotation marks: a cue among them is a speaker's, not the reporter's.
    """
    outer = [a for a in found if a.kind == "says"]
    return tuple(
        a
        for a in found
        if a.cue.i not in quoted
        and not any(a.cue.i in other.content for other in outer if other is not a)
        and not (a.source is not None and a.source.lower_ in _FIRST)
        and is_real(a.cue)
    )


def is_real(cue: Token) -> bool:
    """False for "may say", "to say": words that nobody is said to have spoken."""
    if cue.pos_ not in ("VERB", "AUX"):
        return True
    if any(child.tag_ == "MD" for child in cue.children):
        return False
    return cue.tag_ != "VB" or any(child.lower_ in ("did", "does", "do") for child in cue.children)


def _ranges(sentence: Sentence, indexes: frozenset[int], quoted: frozenset[int]) -> list[tuple[int, int]]:
    """Runs of tokens as offsets in the article, without the punctuation at their ends (a quotation keeps its full
    stop)."""
    runs: list[list[int]] = []
    for index in sorted(indexes):
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    kept = [run for each in runs if (run := _bare(sentence, each, quoted))]
    at = sentence.span.start
    return [(at + sentence.pieces[run[0]].start, at + sentence.pieces[run[-1]].end) for run in kept]


def _bare(sentence: Sentence, run: list[int], quoted: frozenset[int]) -> list[int]:
    doc = sentence.doc
    while run and doc[run[0]].is_punct and doc[run[0]].text not in ("(", "["):
        run = run[1:]
    while run and doc[run[-1]].is_punct and not (run[-1] in quoted and doc[run[-1]].text in (".", "?", "!", ")")):
        run = run[:-1]
    return run


def _merged(text: str, runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs with nothing but a space between them as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(runs):
        if merged and text[merged[-1][1] : start] == " ":
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _closed(text: str, done: _Open) -> Attributed:
    sentence, found = done.sentence, done.found
    source = None
    if found.word is not None:
        first, last = noun_phrase(found.word)
        source = sentence.in_article(sentence.start(first), sentence.end(last))
    cue = sentence.in_article(sentence.start(found.cue), sentence.end(found.cue))
    return Attributed(found.kind, source, cue, tuple(Span(*run) for run in _merged(text, done.content)))
