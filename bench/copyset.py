"""A set of invented reports whose copies are known: same, re-headlined, cut, edited, merged, or quoting only."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.prose import Author, Event
from marchland.records import Article, Interval, content_id

KINDS = ("same", "headline", "cut", "middle", "edited", "cut+edited", "merged")
SPELLINGS = {"ou": "u", "ei": "ai", "th": "t", "ch": "tch"}


@dataclass(frozen=True, slots=True)
class Made:
    """One text of the set and what is known of it."""

    article: Article
    family: int
    """Number of the report that it is a copy of: itself for a report of its own."""
    kind: str
    """base, one of KINDS, or quoting."""
    quotes: frozenset[str]
    """Quotations of other reports, or its own, that stand in it whole."""
    said: frozenset[str]
    """Those that stand in it whole, edited, or in part."""
    background: int
    """Number of the standing paragraph in it, -1 for none."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as paragraphs."""

    headline: str
    paragraphs: tuple[str, ...]
    quotes: tuple[str, ...]
    background: int


def copy_set(size: int = 2000, seed: int = 7) -> list[Made]:
    """The set: a war in five, three reports of each event by authors of their own, and copies of most reports."""
    author = Author(seed)
    backgrounds: list[str] = []
    made: list[Made] = []
    family = 0
    while len(made) < size:
        war = author.event().facts
        backgrounds.append(author.sentence("background", war))
        for _ in range(4):
            event = Event(
                {**author.event().facts, **{name: war[name] for name in ("side", "other", "land", "capital")}}
            )
            drafts = [_draft(author, event, backgrounds) for _ in range(3)]
            for draft in drafts:
                made += _family(author, event, draft, family, drafts)
                family += 1
    return made[:size]


def _draft(author: Author, event: Event, backgrounds: Sequence[str]) -> Draft:
    chance = author.chance
    quotes = tuple(author.quotation(event.facts) for _ in range(chance.choice((1, 2, 2, 3))))
    paragraphs = [author.sentence("lead", event.facts) + " " + author.paragraph(event.facts)]
    paragraphs += [author.paragraph(event.facts, quote) for quote in quotes]
    paragraphs += [author.paragraph(event.facts) for _ in range(chance.randint(3, 6))]
    background = len(backgrounds) - 1 if chance.random() < 0.4 else -1
    if background >= 0:
        paragraphs.insert(chance.randint(2, len(paragraphs)), backgrounds[background])
    return Draft(author.headline(event.facts), tuple(paragraphs), quotes, background)


def _family(author: Author, event: Event, draft: Draft, family: int, drafts: Sequence[Draft]) -> list[Made]:
    """A report, its copies, and now and then a report that shares nothing but its quotations."""
    chance = author.chance
    day = dt.date(2031, 1, 1) + dt.timedelta(days=chance.randint(0, 300))
    made = [_made(author, draft, family, "base", day)]
    for kind in chance.sample(KINDS, chance.choice((0, 1, 2, 3, 4, 6))):
        later = day + dt.timedelta(days=chance.choice((0, 0, 0, 1, 2, 9)))
        made.append(_made(author, _copied(author, event, draft, kind), family, kind, later))
    if chance.random() < 0.3:
        quoting = _draft(author, event, ["none"])
        told = f"“{chance.choice(draft.quotes)},” {author.grow('said', event.facts)}."
        paragraphs = (*quoting.paragraphs[:2], told, *quoting.paragraphs[2:])
        made.append(_made(author, Draft(quoting.headline, paragraphs, (*draft.quotes, *quoting.quotes), -1), -1,
                          "quoting", day + dt.timedelta(days=1)))  # fmt: skip
    return made


def _made(author: Author, draft: Draft, family: int, kind: str, day: dt.date) -> Made:
    body = [draft.headline, *draft.paragraphs]
    if author.chance.random() < 0.3:
        body.append(author.sentence("footer", {"paper": "the Evening Lantern", "capital": "the capital"}))
    text = "\n\n".join(body)
    quotes = frozenset(quote for quote in draft.quotes if quote in text)
    number = author.chance.getrandbits(64)
    article = Article(
        content_id("made", number), f"page-{number}", 0, text, (), None, author.name(), "made", Interval.of_days(day),
        "", "en", headline=draft.headline,
    )  # fmt: skip
    background = draft.background if "relief board" in text or "come to nothing" in text else -1
    return Made(article, family if family >= 0 else -number, kind, quotes, frozenset(draft.quotes), background)


def _copied(author: Author, event: Event, draft: Draft, kind: str) -> Draft:
    chance, paragraphs = author.chance, list(draft.paragraphs)
    headline = draft.headline if kind == "same" else author.headline(event.facts)
    if kind.startswith("cut"):
        paragraphs = paragraphs[: chance.randint(2, max(2, len(paragraphs) // 2))]
    if kind == "middle":
        paragraphs = [*paragraphs[:2], *paragraphs[-max(2, len(paragraphs) // 3) :]]
    if kind.endswith("edited"):
        paragraphs = [edited(paragraph, chance) for paragraph in paragraphs]
    if kind == "merged":
        own = _draft(author, event, ["none"])
        share = paragraphs[: max(3, chance.randint(len(paragraphs) // 2, len(paragraphs)))]
        paragraphs = [*share, *own.paragraphs[: max(1, chance.randint(1, len(share) - 1))]]
    return Draft(headline, tuple(paragraphs), draft.quotes, draft.background)


def edited(text: str, chance: random.Random, rate: float = 0.08) -> str:
    """A text with figures changed, names spelled otherwise, and words put in, left out or replaced, here and there."""
    words: list[str] = []
    for word in text.split(" "):
        if chance.random() >= rate:
            words.append(word)
        elif word.isdigit():
            words.append(str(int(word) + chance.randint(1, 9)))
        elif word[:1].isupper():
            words.append(_respelled(word, SPELLINGS))
        else:
            words += chance.choice(
                ([word, "also"], [], ["some", word], [word.replace("e", "a", 1)], ["reportedly", word])
            )
    return " ".join(words)


def _respelled(word: str, spellings: Mapping[str, str]) -> str:
    return next((word.replace(old, new, 1) for old, new in spellings.items() if old in word), word + "a")
