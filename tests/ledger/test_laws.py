"""Laws of the ledger, on wars that the simulator makes up: what must change nothing changes nothing."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from bench.simulate.histories import invented
from bench.simulate.noise import load_war
from bench.simulate.reports import article_of, fill, simulate
from histories import RULES, WEIGHTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from war import CROWN, LEAGUE, claim

from marchland.ledger import query
from marchland.ledger.fuse import Fused, fuse, holdings
from marchland.ledger.merge import merge
from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow, HoldingRow, Interval, content_id
from marchland.views.export import export

MADE_UP = load_war()
SIDES = ("RU", "UA")
FEW = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MORE = settings(FEW, max_examples=25)

Seed = st.integers(0, 10_000)


def told(seed: int, places: int = 2) -> list[ClaimRow]:
    """What noisy reporters make of an invented war."""
    rows = list(simulate(invented(places, 90, SIDES, seed, rate=1 / 25), MADE_UP, level=1.2, seed=seed))
    return list({row.claim_id: row for row in rows}.values())


def recorded(rows: Iterable[ClaimRow], *, linked: bool = False) -> Ledger:
    """A ledger that took the claims in that order, and where asked looked for copies among their texts."""
    ledger = Ledger.open(":memory:")
    fill(ledger, iter(rows))
    if linked:
        ledger.link(*ledger.articles())
    return ledger


def bytes_of(ledger: Ledger, known_at: str | None = None) -> str:
    """All that it says of who held what."""
    return "".join(export("holdings", "jsonl", query.holdings(ledger, known_at=known_at)))


def weighed(rows: Sequence[ClaimRow]) -> Fused:
    """The filter on one place's claims."""
    found = fuse(rows, RULES)
    assert found is not None
    return found


def seen(found: Fused, names: dict[str, str] | None = None) -> list[tuple[object, ...]]:
    """The holdings of one place but for which claims they rest on; sides go by other names where some are given."""
    made: list[HoldingRow] = holdings(found, WEIGHTS)
    return [((names or {}).get(row.holder_id or "", row.holder_id) or None, row.status, row.probability, row.from_,
             row.from_earliest, row.from_latest, row.until, row.witnesses) for row in made]  # fmt: skip


def of_one_place(seed: int) -> list[ClaimRow]:
    """The claims on the place of a war that most is told of."""
    rows = told(seed)
    places = sorted({row.place_id or "" for row in rows})
    most = max(places, key=lambda one: (sum(row.place_id == one for row in rows), one))
    return [row for row in rows if row.place_id == most]


# ------------------------------------------------------------------ order and repetition


@FEW
@given(Seed, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(seed: int, chance: random.Random) -> None:
    rows = told(seed)
    mixed = list(rows)
    chance.shuffle(mixed)
    day = sorted(row.published or "" for row in rows)[len(rows) // 2]
    with recorded(rows) as one, recorded(mixed) as other:
        assert bytes_of(one) == bytes_of(other)
        assert bytes_of(one, known_at=day) == bytes_of(other, known_at=day)


@FEW
@given(Seed)
def test_what_was_known_on_a_day_does_not_depend_on_what_came_later(seed: int) -> None:
    rows = told(seed)
    day = sorted(row.published or "" for row in rows)[len(rows) // 2]
    with recorded(rows) as whole, recorded(row for row in rows if (row.published or "") <= day) as early:
        assert bytes_of(whole, known_at=day) == bytes_of(early, known_at=day)


@MORE
@given(Seed, st.integers(0, 1000))
def test_fifty_copies_change_nothing(seed: int, which: int) -> None:
    rows = of_one_place(seed)
    original = rows[which % len(rows)]
    copies = [replace(original, claim_id=f"copy-{number}", page_id=f"copy-{number}", article_id=f"copy-{number}",
                      publisher=f"Copying Outlet {number}") for number in range(50)]  # fmt: skip
    assert seen(weighed([*rows, *copies])) == seen(weighed(rows))


def test_fifty_pages_with_one_text_are_one_witness() -> None:
    text = "The Lake League took Osterby on 3 May, the mayor said, and raised its flag over the customs house."
    with Ledger.open(":memory:") as ledger:
        once = None
        for number in range(50):
            day = dt.date(2031, 5, 4) + dt.timedelta(days=number // 25)
            article = Article(
                article_id=content_id("copied", number), page_id=f"page-{number}", number=0, text=text, parts=(),
                url=None, publisher=f"Outlet {number}", publisher_how="", published=Interval.of_days(day),
                published_how="", language="en",
            )  # fmt: skip
            row = claim(article.publisher or "", page_id=article.page_id, article_id=article.article_id,
                        on="2031-05-03", published=day.isoformat(), sentence=text, end=len(text))  # fmt: skip
            ledger.add(article, [row])
            ledger.link(article)
            once = once or query.who(ledger, "x:osterby", "2031-05-05").probability
        assert query.who(ledger, "x:osterby", "2031-05-05").probability == pytest.approx(once)


@FEW
@given(Seed)
def test_an_irrelevant_page_changes_nothing(seed: int) -> None:
    rows = told(seed)
    last = max(row.published or "" for row in rows)
    beside = claim("Marsh Post", on=last, published=last, place_id="x:elsewhere", place_name="Elsewhere")
    with recorded(rows) as before, recorded([*rows, beside]) as after:
        empty = replace(article_of(beside), article_id="nothing", page_id="nothing", text="Rain is forecast.")
        after.add(empty, [])
        kept = [row for row in query.holdings(after) if row.place_id != "x:elsewhere"]
        assert kept == query.holdings(before)


# ------------------------------------------------------------------ sides


@MORE
@given(Seed)
def test_sides_whose_names_are_swapped_swap_what_they_hold(seed: int) -> None:
    rows = of_one_place(seed)
    one, other = (MADE_UP.sides[side] for side in SIDES)
    names = {one.id: other.id, other.id: one.id, "": ""}
    called = {one.name: other.name, other.name: one.name}

    def swapped(row: ClaimRow) -> ClaimRow:
        changed = {f"{role}_{part}": names.get(getattr(row, f"{role}_{part}") or "") or None
                   for role in ("actor", "opponent") for part in ("id", "side")}  # fmt: skip
        words = {f"{role}_name": called.get(getattr(row, f"{role}_name") or "") for role in ("actor", "opponent")}
        return replace(row, **changed, **words, source_side=names[row.source_side])

    assert seen(weighed([swapped(row) for row in rows]), names) == seen(weighed(rows))


# ------------------------------------------------------------------ what is taken back, merged

PAGE = (
    "The Lake League took Osterby on 3 May, the mayor said, and raised its flag over the old customs house.",
    "Bakers opened an hour late; by noon the price of flour had doubled and the queue reached the toll house.",
    "Boats to the far bank leave as soon as they are full, and the school is shut until further notice.",
)


def reading(place: str, *, retracted: bool, day: str) -> tuple[Article, ClaimRow]:
    """A page about a place, before or after it was retracted."""
    text = "\n\n".join(((("This story has been retracted."),) if retracted else ()) + PAGE)
    address, fetched = "https://herald.example/osterby", f"{day}T1{int(retracted)}:00:00Z"
    article = Article(
        article_id=content_id(text, address), page_id=f"page-{retracted}", number=0, text=text, parts=(), url=address,
        publisher="Varn Herald", publisher_how="", published=Interval.of_days(dt.date.fromisoformat(day)),
        published_how="", language="en", canonical_url=address, fetched=fetched,
    )  # fmt: skip
    start = text.index(PAGE[0])
    return article, claim(
        article_id=article.article_id, page_id=article.page_id, published=day, on=day, sentence=PAGE[0], start=start,
        end=start + len(PAGE[0]), url=address, place_id=place, place_name="Osterby",
    )  # fmt: skip


@FEW
@given(Seed)
def test_a_retracted_report_leaves_what_there_was_and_a_record_of_it(seed: int) -> None:
    rows = told(seed)
    place, day = rows[0].place_id or "", max(row.published or "" for row in rows)
    with recorded(rows) as without, recorded(rows) as ledger:
        before = bytes_of(without)
        for retracted in (False, True):
            article, row = reading(place, retracted=retracted, day=day)
            ledger.add(article, [row])
            ledger.link(article)
            assert (bytes_of(ledger) == before) is retracted
        assert [row.sentence for row, _ in ledger.door.standing(place).aside] == [PAGE[0]] * 2


@FEW
@given(Seed, st.integers(0, 100))
def test_two_ledgers_merged_are_as_one_that_took_it_all(seed: int, share: int) -> None:
    rows = told(seed)
    cut = len(rows) * share // 100
    parts = (rows, rows[:cut], rows[cut // 2 :])
    whole, one, other = (recorded(part, linked=True) for part in parts)
    with whole, one, other:
        merge(one, other)
        assert bytes_of(one) == bytes_of(whole)
        merge(one, other)
        assert bytes_of(one) == bytes_of(whole)


# ------------------------------------------------------------------ calibration

DRAWS, WITNESSES, BINS = 400, 4, 8


def drawn(chance: np.random.Generator) -> tuple[float, bool]:
    """A fall that happened or did not, witnesses who err as the weights say, and what the filter makes of them."""
    happened = bool(chance.random() < WEIGHTS.change.claimed)
    ratio = WEIGHTS.ratio_of("publisher")
    rows: list[ClaimRow] = []
    while not any(row.stance == "asserts" for row in rows):
        right = chance.random(WITNESSES) < ratio / (1 + ratio)
        rows = [
            claim(f"Outlet {number}", stance="asserts" if sees == happened else "denies", reading=1.0, on="2031-05-03",
                  sentence=f"Report {number}.")
            for number, sees in enumerate(right.tolist())
        ]  # fmt: skip
        if not any(row.stance == "asserts" for row in rows):
            happened = bool(chance.random() < WEIGHTS.change.claimed)
    found = weighed(rows)
    share = found.posterior.at(dt.date(2031, 5, 4).toordinal())
    held = share[found.posterior.states.index(LEAGUE)] / sum(
        share[found.posterior.states.index(side)] for side in (LEAGUE, CROWN) if side in found.posterior.states
    )
    return float(held), happened


def test_the_rank_of_the_truth_is_uniform_where_reports_are_made_as_the_weights_say() -> None:
    chance = np.random.default_rng(2031)
    made = [drawn(chance) for _ in range(DRAWS)]
    ranks = [share * chance.random() if true else share + (1 - share) * chance.random() for share, true in made]
    counts = np.histogram(ranks, bins=BINS, range=(0, 1))[0]
    uneven = float(((counts - DRAWS / BINS) ** 2 / (DRAWS / BINS)).sum())
    assert uneven < 24.3, counts  # the 0.1 % point of chi-square with 7 degrees of freedom


def test_the_rank_test_would_see_a_filter_that_is_too_sure() -> None:
    chance = np.random.default_rng(2031)
    made = [drawn(chance) for _ in range(DRAWS)]
    surer = [(share**3 / (share**3 + (1 - share) ** 3), not true if chance.random() < 0.15 else true)
             for share, true in made]  # fmt: skip
    ranks = [share * chance.random() if true else share + (1 - share) * chance.random() for share, true in surer]
    counts = np.histogram(ranks, bins=BINS, range=(0, 1))[0]
    assert float(((counts - DRAWS / BINS) ** 2 / (DRAWS / BINS)).sum()) > 24.3
