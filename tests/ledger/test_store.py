"""The ledger file: append-only, all or nothing, the same input twice adds nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from histories import article_of
from war import claim

from marchland.errors import BrokenData, Misuse
from marchland.ledger.store import Ledger
from marchland.records import ClaimRow, Skipped


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    with Ledger.open(file) as opened:
        yield opened


def test_what_was_put_in_comes_out_again(file: Path) -> None:
    row = claim(quantity="two towns", place_aliases=("Østerby", "Osterby"))
    with Ledger.open(file) as ledger:
        assert ledger.add(article_of(row), [row]) == 1
    with Ledger.open(file, create=False) as again:
        assert again.claims() == (row,)
        assert again.articles() == (article_of(row),)
        assert [place.name for place in again.places()] == ["Osterby"]


def test_same_article_twice_adds_nothing(ledger: Ledger) -> None:
    row = claim()
    assert [ledger.add(article_of(row), [row]) for _ in range(2)] == [1, 0]
    assert ledger.has_article(row.article_id)


def test_article_without_claims_is_kept(ledger: Ledger) -> None:
    assert ledger.add(article_of(claim()), []) == 0
    assert ledger.has_article(claim().article_id)


def test_add_that_is_cut_short_leaves_nothing_behind(ledger: Ledger, file: Path) -> None:
    rows = [claim(start=0), replace(claim(start=1), lat="not a number")]  # type: ignore[arg-type]
    with pytest.raises(BrokenData, match="refuses a row"):
        ledger.add(article_of(rows[0]), rows)
    assert not ledger.has_article(rows[0].article_id)
    assert ledger.add(article_of(rows[0]), rows[:1]) == 1


@pytest.mark.parametrize("beside_first", [True, False])
def test_a_claim_beside_a_place_leaves_its_point_alone(ledger: Ledger, beside_first: bool) -> None:
    itself, beside = claim(start=0), replace(claim(start=1), lat=59.0, place_offset_km=111.0)
    ledger.add(article_of(itself), [beside, itself] if beside_first else [itself, beside])
    assert [place.lat for place in ledger.places()] == [itself.lat]


def test_process_that_dies_in_the_middle_loses_only_its_article(file: Path) -> None:
    first, second = claim("A"), claim("B")
    with Ledger.open(file) as ledger:
        ledger.add(article_of(first), [first])

    def dying() -> Iterator[ClaimRow]:
        yield second
        raise KeyboardInterrupt

    class Rows(list[ClaimRow]):
        def __iter__(self) -> Iterator[ClaimRow]:
            return dying() if self.armed else super().__iter__()

        armed = False

    rows = Rows([second])
    with Ledger.open(file) as ledger, pytest.raises(KeyboardInterrupt):
        rows.armed = True
        ledger.add(replace(article_of(second)), rows)
    with Ledger.open(file) as ledger:
        assert [row.claim_id for row in ledger.claims()] == [first.claim_id]
        assert not ledger.has_article(second.article_id)
        assert ledger.add(article_of(second), [second]) == 1


@pytest.mark.parametrize("table", ["article", "claim"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET published = '1999-01-01'"])
def test_nothing_is_changed_or_removed(ledger: Ledger, file: Path, table: str, change: str) -> None:
    row = claim()
    ledger.add(article_of(row), [row])
    with sqlite3.connect(file) as other, pytest.raises(sqlite3.IntegrityError, match="never"):
        other.execute(change.format(table))


def test_claims_by_day_of_knowledge(ledger: Ledger) -> None:
    for row in (claim("A"), claim("B", published="2031-05-09"), claim("C", place_id="x:elsewhere")):
        ledger.add(article_of(row), [row])
    assert len(ledger.claims(known_at="2031-05-03")) == 0
    assert {row.publisher for row in ledger.claims(known_at="2031-05-08")} == {"A", "C"}
    assert {row.publisher for row in ledger.claims("x:osterby")} == {"A", "B"}


def test_undated_article_is_known_from_the_day_it_was_recorded(ledger: Ledger) -> None:
    row = claim(published=None)
    ledger.add(article_of(row), [row])
    assert ledger.claims(known_at="2020-01-01") == ()
    assert ledger.claims(known_at="9999-01-01") == (row,)


def test_claim_of_another_article_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Misuse, match="is not of article"):
        ledger.add(article_of(claim("A")), [claim("B")])


def test_skipped_things_are_kept_with_their_run(ledger: Ledger) -> None:
    ledger.add_skipped("2031-05-04T10:00:00+00:00", [Skipped("page.html", "empty")])
    assert ledger.skipped() == (("2031-05-04T10:00:00+00:00", Skipped("page.html", "empty")),)


def test_absent_ledger_is_misuse_unless_it_may_be_made(file: Path) -> None:
    with pytest.raises(Misuse, match="there is no ledger"):
        Ledger.open(file, create=False)


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be looked at" * 40, b"x"])
def test_file_of_something_else_is_misuse(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(Misuse, match="no Marchland ledger"):
        Ledger.open(file)


def test_other_database_is_left_alone(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE mine (x)")
    with pytest.raises(Misuse, match="something else"):
        Ledger.open(file)


def test_ledger_of_a_newer_version_is_named(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(BrokenData, match="version 99"):
        Ledger.open(file)
