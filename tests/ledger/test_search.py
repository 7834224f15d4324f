"""Search finds what is on record at a moment of knowledge, in both stores, and keeps its index by itself."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reports import MONDAY, WAR, Report, put, report
from test_taken_back import FIRST, RETRACTED, SECOND
from war import CROWN, LEAGUE, claim

from marchland.errors import Misuse
from marchland.ledger.review import made_review
from marchland.ledger.search import Searcher
from marchland.ledger.search_records import FACETS, Found, Wanted
from marchland.ledger.store import Ledger


@pytest.fixture
def ledger(place_for_ledger: str) -> Ledger:
    made = Ledger.open(place_for_ledger)
    put(made, *WAR, now=MONDAY)
    yield made
    made.close()


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ledger, Searcher]:
    made = Ledger.open(tmp_path_factory.mktemp("search") / "war.db")
    put(made, *WAR, *many(), now=MONDAY)
    searcher = ready(made)
    yield made, searcher
    made.close()


def many() -> list[Report]:
    """Reports of denials and sieges, by several outlets."""
    made = []
    for number, place in enumerate(("Osterby", "Vesterby", "Sandvik", "Holmen") * 3):
        article, (one,) = report(f"Paper{number}", place, day=f"2031-06-{number + 1:02d}")
        stance = ("asserts", "denies", "hedges")[number % 3]
        event = ("captures", "besieges")[number % 2]
        made.append((article, [replace(one, row=replace(one.row, stance=stance, event=event))]))
    return made


def ready(ledger: Ledger) -> Searcher:
    searcher = Searcher.of(ledger)
    assert searcher.catch_up(ledger, lots=1000).complete
    return searcher


def found(ledger: Ledger, q: str = "", **filters: object) -> Found:
    return ready(ledger).find(ledger, Wanted(q=q, **filters), limit=100)


def sentences(one: Found) -> set[str]:
    return {hit.row.sentence for hit in one.claims}


# ---------------------------------------------------------------------------------------------------------- both stores


def test_both_stores_find_the_same_in_the_same_order(ledger: Ledger, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "other.db") as other:
        put(other, *WAR, now=MONDAY)
        for q in ("osterby", "took -beta", '"north stayed"', "osterbi", "lake"):
            assert found(ledger, q) == found(other, q)


def test_places_parties_claims_and_articles_are_found(ledger: Ledger) -> None:
    one = found(ledger, "osterby")
    assert [hit.id for hit in one.places] == ["x:osterby"]
    assert one.places[0].claims == one.totals["claim"] == 3
    assert one.totals["article"] == 3
    assert [hit.id for hit in found(ledger, "lake league").parties] == [LEAGUE]
    text = one.claims[0].snippet
    assert [text.text[start:end] for start, end in text.marks] == ["Osterby"]


def test_new_reports_are_found_and_what_was_taken_back_is_not(ledger: Ledger) -> None:
    assert found(ledger, "skerry").totals["claim"] == 0
    put(ledger, report("Delta", "Osterby", day="2031-05-09", more="A ferry to Skerry sank."), now=MONDAY)
    assert found(ledger, "skerry").totals == {"place": 0, "party": 0, "claim": 0, "article": 1}
    assert found(ledger, "osterby").totals["claim"] == 4


# ---------------------------------------------------------------------------------------------------------- both clocks


def test_claims_are_found_from_the_day_on_which_they_were_known(ledger: Ledger) -> None:
    assert found(ledger, "osterby", known_at="2031-05-03").totals["claim"] == 0
    assert found(ledger, "osterby", known_at="2031-05-03").places == ()
    assert found(ledger, "osterby", known_at="2031-05-04").totals["claim"] == 1
    assert found(ledger, "osterby", at="2031-05-02").totals["claim"] == 0


DAYS = (None, "2031-05-03", "2031-05-04", "2031-05-05", "2031-05-07", "2031-05-10", "2031-05-12", "2031-05-30")


@pytest.mark.parametrize("day", DAYS)
def test_what_search_finds_is_what_stands(place_for_ledger: str, day: str | None) -> None:
    with Ledger.open(place_for_ledger) as made:
        for article, rows in (FIRST, SECOND, RETRACTED):
            made.add(article, rows, now=dt.datetime(2031, 6, 1, tzinfo=dt.UTC))
            made.link(article)
        osterby = FIRST[1][0]
        put(made, *WAR, now=dt.datetime(2031, 6, 1, tzinfo=dt.UTC))
        ready(made)
        made.add_review(
            made_review("correct", claims=[osterby.claim_id], row=osterby, by="Ada", because="so",
                        made="2031-05-06T10:00:00+00:00",
                        changes={"place_id": "x:norwick", "place_name": "Norwick", "lat": 61.5})
        )  # fmt: skip
        other = next(row for row in made.claims() if row.place_id != "x:norwick")
        made.add_review(made_review("reject", claims=[other.claim_id], row=other, by="Bo", because="no",
                                    made="2031-05-11T10:00:00+00:00"))  # fmt: skip
        made.reread(FIRST[0], FIRST[1][:1], now=dt.datetime(2031, 6, 2, tzinfo=dt.UTC))
        one = ready(made).find(made, Wanted(since="2000-01-01", known_at=day), limit=500)
        stood = made.claims(known_at=day)
        assert {hit.row.claim_id for hit in one.claims} == {row.claim_id for row in stood}
        moved = found(made, "norwick", known_at=day)
        assert moved.totals["claim"] == sum(row.place_id == "x:norwick" for row in stood)


# ------------------------------------------------------------------------------------------------------ filters, facets


def test_filters_narrow(war: tuple[Ledger, Searcher]) -> None:
    ledger, searcher = war

    def count(**filters: object) -> int:
        return searcher.find(ledger, Wanted(q="took", **filters)).totals["claim"]

    every = count()
    assert count(stance=("denies",)) == 4
    assert count(stance=("denies", "hedges")) == 8
    assert count(party=(LEAGUE,)) == count(party=(CROWN,)) == every
    assert count(place=("x:osterby",), event=("besieges",)) == 0
    assert count(country=("xa",)) == every
    assert count(outlet=("Paper3 Herald",)) == 1
    assert count(class_=("publisher",)) + count(class_=("party",)) == every
    assert count(since="2031-06-05", until="2031-06-06") == 2
    assert count(speaker=("nobody",)) == count(side=("nobody",)) == 0


def test_facets_add_up_and_each_count_is_what_its_link_finds(war: tuple[Ledger, Searcher]) -> None:
    ledger, searcher = war
    wanted = Wanted(q="took", stance=("asserts", "denies"))
    one = searcher.find(ledger, wanted)
    assert [facet.name for facet in one.facets] == list(FACETS)
    for facet in one.facets:
        told = sum(value.count for value in facet.values) + facet.others
        field = {"class": "class_"}.get(facet.name, facet.name)
        without = searcher.find(ledger, replace(wanted, **{field: ()}))
        assert told == without.totals["claim"] * (2 if facet.name == "party" else 1)
        for value in facet.values:
            narrowed = searcher.find(ledger, replace(wanted, **{field: (value.value,)}))
            assert narrowed.totals["claim"] == value.count


def test_pages_follow_one_another_without_gap_or_repetition(war: tuple[Ledger, Searcher]) -> None:
    ledger, searcher = war
    for order in ("best", "newest"):
        whole = [hit.row.claim_id for hit in searcher.find(ledger, Wanted(q="took", order=order), limit=500).claims]
        wanted = Wanted(q="took", order=order)
        pages = [searcher.find(ledger, wanted, limit=4, offset=at).claims for at in range(0, 20, 4)]
        assert [hit.row.claim_id for page in pages for hit in page] == whole


def test_newest_first_and_best_first(war: tuple[Ledger, Searcher]) -> None:
    ledger, searcher = war
    newest = searcher.find(ledger, Wanted(q="took", order="newest")).claims
    assert newest[0].row.published == "2031-06-12"
    best = searcher.find(ledger, Wanted(q="osterby residents paper4")).claims
    assert best[0].row.publisher == "Paper4 Herald"


def test_misuse_is_told(war: tuple[Ledger, Searcher]) -> None:
    ledger, searcher = war
    with pytest.raises(Misuse, match="no day"):
        searcher.find(ledger, Wanted(q="a", since="2031-02-31"))
    with pytest.raises(Misuse, match="ordered by"):
        searcher.find(ledger, Wanted(q="a", order="loudest"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(q=st.text(max_size=40) | st.text(alphabet='osterby"*-^:() \0\ud800é', max_size=30), value=st.text(max_size=10))
def test_anything_may_be_asked(war: tuple[Ledger, Searcher], q: str, value: str) -> None:
    ledger, searcher = war
    searcher.find(ledger, Wanted(q=q), limit=3)
    searcher.find(ledger, Wanted(q=q, outlet=(value,), party=(value,), country=(value,)), limit=3)
    searcher.suggest(ledger, q)


# ---------------------------------------------------------------------------------------------------------------- names


def test_suggestions_begin_with_the_name_that_begins_so(war: tuple[Ledger, Searcher]) -> None:
    ledger, searcher = war
    assert [one.id for one in searcher.suggest(ledger, "oste")][:1] == ["x:osterby"]
    assert [one.id for one in searcher.suggest(ledger, "leag")][:1] == [LEAGUE]
    assert {one.kind for one in searcher.suggest(ledger, "Paper", limit=50)} == {"outlet"}
    assert searcher.suggest(ledger, "") == ()


def test_near_spellings_are_offered_where_nothing_is_found(war: tuple[Ledger, Searcher]) -> None:
    ledger, searcher = war
    one = searcher.find(ledger, Wanted(q="osterbii"))
    assert [(hit.id, hit.near) for hit in one.places] == [("x:osterby", True)]
    assert [(told.q, told.why, told.claims > 0) for told in one.instead] == [("osterby", "spelling", True)]
    filtered = searcher.find(ledger, Wanted(q="osterby", outlet=("none",)))
    assert [(told.q, told.why) for told in filtered.instead] == [("osterby", "filters")]


# ------------------------------------------------------------------------------------------------------------ the index


def test_a_great_ledger_is_taken_in_lot_by_lot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marchland.ledger.search_index.LOT", 5)
    with Ledger.open(tmp_path / "war.db") as ledger:
        put(ledger, *many(), now=MONDAY)
        searcher = Searcher.of(ledger)
        told = [searcher.catch_up(ledger) for _ in range(4)]
        assert [one.articles for one in told] == [5, 10, 12, 12]
        assert [one.complete for one in told] == [False, False, False, True]
        assert searcher.find(ledger, Wanted(q="took")).totals["claim"] == 12


def test_index_of_another_ledger_or_of_damage_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "war.db"
    with Ledger.open(file) as ledger:
        put(ledger, *many(), now=MONDAY)
        assert found(ledger, "took").totals["claim"] == 12
    file.unlink()
    with Ledger.open(file) as ledger:
        put(ledger, *WAR, now=MONDAY)
        assert found(ledger, "took").totals["claim"] == 6
    Path(f"{file}-search").write_bytes(b"SQLite format 3\0" + b"\7" * 5000)
    with Ledger.open(file) as ledger:
        assert found(ledger, "took").totals["claim"] == 6


def test_claims_that_came_after_their_article_are_found(tmp_path: Path) -> None:
    article, traced = report("Alpha", "Osterby", "Sandvik")
    with Ledger.open(tmp_path / "war.db") as ledger:
        ledger.add(article, traced[:1], now=MONDAY)
        assert found(ledger, "sandvik").totals["claim"] == 0
        ledger.add(article, traced, now=MONDAY)
        assert found(ledger, "sandvik").totals["claim"] == 1


def test_folder_that_may_not_be_written_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger.open(tmp_path / "war.db") as ledger:
        put(ledger, *WAR, now=MONDAY)
        monkeypatch.setattr("marchland.ledger.search_index._homes", lambda _: iter([tmp_path]))
        searcher = ready(ledger)
        assert searcher.find(ledger, Wanted(q="took")).totals["claim"] == 6
        searcher.index.close()


def test_index_holds_no_text_as_it_was_written_and_is_for_readers_of_the_ledger(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "war.db") as ledger:
        (tmp_path / "war.db").chmod(0o640)
        put(ledger, *WAR, now=MONDAY)
        ready(ledger)
    assert (tmp_path / "war.db-search").stat().st_mode & 0o777 == 0o640
    with sqlite3.connect(tmp_path / "war.db-search") as store:
        assert store.execute("SELECT sentence FROM claim_words").fetchone() == (None,)
    store.close()
    assert claim().sentence.encode() not in (tmp_path / "war.db-search").read_bytes()
