"""Invented claims of invented wars, by the million: who took what, told by outlets, copied, denied and borne out.

A world is a number of theatres of a hundred places each, and two sides in each. Week by week places change hands, more
often some than others; several outlets tell of it, some of them copy one another word for word, the side that gained
says so, the side that lost sometimes denies it, and now and then somebody reports who stands there. The same size and
seed give the same claims; nothing is held in memory but who holds what.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from marchland.records import Article, ClaimRow, Interval, content_id

THEATRE = 100
"""Places in one theatre; one country in four has each."""
WEEKS = 156
START = dt.date(2031, 1, 6)
ROUND_UP = 3
"""Deeds of one week that one article tells of, at most."""
PER_CHANGE = 6.85
"""Claims for one telling of one place, on average: measured, so that a world has about as many claims as asked for."""
OUTLETS = (
    "Varn Herald", "Lake Radio", "Marsh Post", "Northern Wire", "Hill Gazette", "Ferry Times", "Dune Courier",
    "Reed Monitor", "Salt Chronicle", "Pass Telegraph",
)  # fmt: skip
KINDS = (*("district",) * 8, *("town",) * 6, *("village",) * 3, "city", "city", "crossing")
DEEDS = ("took", "seized", "captured", "overran")
_ROOTS = ("Oster", "Wester", "Hal", "Brem", "Kor", "Tul", "Sen", "Mar", "Dov", "Lin", "Gar", "Pel", "Rov", "Yst")
_ENDS = ("by", "stad", "feld", "mere", "gate", "holm", "wick", "dal", "ford", "moor", "haven", "pass", "brook")
_SYLLABLES = tuple(a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v") for b in "aeiou")
_WORDS = 4000


@dataclass(frozen=True)
class Told:
    """One article and its claims."""

    article: Article
    rows: tuple[ClaimRow, ...]


def world(claims: int, seed: int = 6, places: int = 0) -> Iterator[Told]:
    """Articles with about so many claims, in order of publication; fifty claims a place, or on so many places."""
    places = places or max(claims // 50, THEATRE)
    theatres = places // THEATRE
    rate = claims / PER_CHANGE / places / WEEKS
    holders = bytearray(places)
    for week in range(WEEKS):
        for number in range(theatres):
            chance = random.Random(f"{seed}/{number}/{week}")
            yield from _week(number, week, holders, rate, chance)


def place_id(number: int) -> str:
    """The id of a place of a world."""
    return f"x:{number:06d}"


def late_report(number: int, day: dt.date, word: str = "today") -> Told:
    """One more report on one place: a side took it. `word` makes two of them differ."""
    chance = random.Random(f"{number}/{day}/{word}")
    row = _claim(number, chance.randrange(2), day, "captures", OUTLETS[number % 10], chance)
    return _article(OUTLETS[number % 10], day, [row], [f"Told {word}."])


def _week(theatre: int, week: int, holders: bytearray, rate: float, chance: random.Random) -> Iterator[Told]:
    """What is told of one theatre in one week, and who holds its places afterwards."""
    base = theatre * THEATRE
    told = [base + index for index in range(THEATRE) if chance.random() < rate * _busyness(base + index)]
    for first in range(0, len(told), ROUND_UP):
        day = START + dt.timedelta(weeks=week, days=chance.randrange(7))
        deeds = []
        for number in told[first : first + ROUND_UP]:
            deed = "controls" if chance.random() < 0.35 else "captures"
            if deed == "captures":
                holders[number] ^= 1
            deeds.append((number, holders[number], deed))
        yield from _reports(deeds, day, chance)


def _busyness(number: int) -> float:
    """How often a place is told of, against the mean: 1 in 50 ten times as often as most."""
    return 7.0 if number % 50 == 0 else (2.0 if number % 10 == 1 else 0.76)


def _reports(deeds: list[tuple[int, int, str]], day: dt.date, chance: random.Random) -> Iterator[Told]:
    """Outlets that tell of some deeds: two or three in words of their own, some copies, the parties."""
    outlets = chance.sample(OUTLETS, 6)
    for outlet in outlets[: chance.choice((2, 3))]:
        own = [(_claim(number, side, day, deed, outlet, chance), number, side) for number, side, deed in deeds]
        rows = [told for row, number, side in own for told in (row, _spoken(row, number, side, chance))]
        made = _article(outlet, day, rows, _filler(deeds[0][0], chance))
        yield made
        for copier in outlets[3 : 3 + chance.choice((0, 0, 1))]:
            yield _copied(made, copier, day + dt.timedelta(days=chance.randrange(2)))
    for number, side, deed in deeds:
        if deed == "captures" and chance.random() < 0.4:
            denial = _denied(_claim(number, side, day, deed, outlets[5], chance), number, side, chance)
            yield _article(outlets[5], day, [denial], _filler(number, chance))


def _denied(row: ClaimRow, number: int, side: int, chance: random.Random) -> ClaimRow:
    """The side that lost says that it did not."""
    loser = _side(number // THEATRE, 1 - side)
    return replace(row, stance="denies", source=f"a {loser} spokesman", source_name=f"{loser} spokesman",
                   source_class="spokesperson", source_side=_side_id(number, 1 - side),
                   sentence=f"A {loser} spokesman {_prose(3, chance)} denied that {row.place} had fallen.")  # fmt: skip


def _filler(number: int, chance: random.Random) -> list[str]:
    """Two sentences that tell nothing of who holds what."""
    return [f"Near {_name(number)} {_prose(18, chance)}." for _ in range(2)]


def _prose(words: int, chance: random.Random) -> str:
    """Invented words, common ones as often as in prose, so that two texts share no more than texts do."""
    ranks = (int(_WORDS ** chance.random()) for _ in range(words))
    return " ".join(_word(rank) for rank in ranks)


@lru_cache(maxsize=_WORDS)
def _word(rank: int) -> str:
    chance = random.Random(rank)
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((1, 2, 2, 3, 3, 4))))


def _name(number: int) -> str:
    root, end = _ROOTS[number % len(_ROOTS)], _ENDS[(number // len(_ROOTS)) % len(_ENDS)]
    return f"{root}{end} {number // (len(_ROOTS) * len(_ENDS)) + 1}"


def _side(theatre: int, side: int) -> str:
    return f"{('League', 'Crown')[side]} of {_ROOTS[theatre % len(_ROOTS)]}mark {theatre}"


def _side_id(number: int, side: int) -> str:
    return f"x:{('league', 'crown')[side]}-{number // THEATRE}"


def _claim(number: int, side: int, day: dt.date, deed: str, outlet: str, chance: random.Random) -> ClaimRow:
    """A claim in the voice of the outlet, its ids not yet made."""
    theatre, name = number // THEATRE, _name(number)
    actor, other = _side(theatre, side), _side(theatre, 1 - side)
    verb = "controls" if deed == "controls" else DEEDS[(number + OUTLETS.index(outlet)) % len(DEEDS)]
    sentence = f"{_prose(4, chance)} {actor} {verb} {name} {_prose(5, chance)} on {day.day} {day:%B}."
    return ClaimRow(
        claim_id="", page_id="", article_id="", url=None, publisher=outlet, published=day.isoformat(),
        published_how="printed", sentence=sentence, start=0, end=len(sentence), event=deed, stance="asserts",
        actor=actor, actor_id=_side_id(number, side), actor_name=actor, actor_aliases=(),
        actor_side=_side_id(number, side), opponent_id=_side_id(number, 1 - side), opponent_name=other,
        opponent_side=_side_id(number, 1 - side), place=name, place_id=place_id(number), place_name=name,
        place_aliases=(name, name.upper()), place_kind=KINDS[number % len(KINDS)], country=f"X{chr(65 + theatre % 26)}",
        admin1=f"March {theatre}", lat=-60.0 + theatre % 120 + (number % 10) / 10,
        lon=-170.0 + theatre % 340 + (number // 10 % 10) / 10,
        place_reason="the only one of this name", place_part="", source="publisher", source_name=outlet,
        source_class="publisher", source_side="", date_text=f"on {day.day} {day:%B}", date_from=day.isoformat(),
        date_to=day.isoformat(), date_edtf=day.isoformat(), date_how="the day named", quantity=None, witness_id="",
        frame="take", reading=0.9, tense="past", place_precision="exact",
    )  # fmt: skip


def _spoken(row: ClaimRow, number: int, side: int, chance: random.Random) -> ClaimRow:
    """The same deed in the words of the side that gained."""
    said = f"{_side(number // THEATRE, side)} commander {_ROOTS[(number + side) % len(_ROOTS)]}"
    return replace(row, source=said, source_name=said, source_class="spokesperson", source_side=_side_id(number, side),
                   sentence=f'"{_prose(8, chance)}, {row.place} is ours," {said} told {row.publisher}.')  # fmt: skip


def _article(outlet: str, day: dt.date, rows: list[ClaimRow], filler: list[str]) -> Told:
    """An article whose text is the sentences of its claims and some that tell nothing."""
    text, starts = "", []
    for row in rows:
        starts.append(len(text))
        text += row.sentence + " "
    text += " ".join(filler)
    page = content_id("invented page", outlet, day, text)
    article = Article(
        article_id=content_id("invented article", page), page_id=page, number=0, text=text, parts=(), url=None,
        publisher=outlet, publisher_how="printed", published=Interval.of_days(day), published_how="printed",
        language="en", content_id=content_id("content", text),
    )  # fmt: skip
    return Told(article, tuple(_placed(row, article, start) for row, start in zip(rows, starts, strict=True)))


def _placed(row: ClaimRow, article: Article, start: int) -> ClaimRow:
    claim_id = content_id("invented claim", article.article_id, start, row.place_id)
    return replace(row, claim_id=claim_id, witness_id=content_id("witness", claim_id), page_id=article.page_id,
                   article_id=article.article_id, start=start, end=start + len(row.sentence))  # fmt: skip


def _copied(made: Told, outlet: str, day: dt.date) -> Told:
    """The same text under another name, a day later perhaps."""
    page = content_id("invented page", outlet, day, made.article.text)
    article = replace(made.article, article_id=content_id("invented article", page), page_id=page, publisher=outlet,
                      published=Interval.of_days(day))  # fmt: skip
    rows = tuple(
        _placed(replace(row, publisher=outlet, published=day.isoformat()), article, row.start) for row in made.rows
    )
    return Told(article, rows)
