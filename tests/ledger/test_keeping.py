"""A ledger is checked, backed up, restored and merged; in SQLite and PostgreSQL alike."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from reports import MONDAY, WAR, Report, put, report, without_date

from marchland.cli import main
from marchland.errors import BrokenData, Misuse
from marchland.ledger import query
from marchland.ledger.backup import backup, digest, opened, restore
from marchland.ledger.check import check
from marchland.ledger.merge import merge
from marchland.ledger.schema import tables
from marchland.ledger.store import Ledger
from marchland.records import Skipped


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "war.db"
    with Ledger.open(path) as ledger:
        put(ledger, *WAR, now=MONDAY)
        ledger.add_skipped(
            "2031-05-04T10:00:00+00:00", [Skipped("page.html", "empty"), Skipped("b.html", "Dutch", "nl")]
        )
    return path


# --------------------------------------------------------------------------------------------------------------- check


def test_ledger_as_it_was_written_is_whole(place_for_ledger: str) -> None:
    with Ledger.open(place_for_ledger) as ledger:
        put(ledger, *WAR, without_date(report("Delta", "Holmen")))
        found = check(ledger)
        assert (found.faults, found.notes) == ([], [])
        assert (found.rows["article"], found.rows["claim"]) == (5, 8)


def changed(file: Path, statement: str) -> list[tuple[str, str]]:
    """Table and words of the faults after somebody changed the file by hand."""
    with sqlite3.connect(file) as other:
        for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {name}")
        assert other.execute(statement).rowcount > 0
    with Ledger.open(file) as ledger:
        return [(one.table, one.what) for one in check(ledger).faults]


ONE = "claim_id = (SELECT min(claim_id) FROM claim)"
FIRST = "article_id = (SELECT min(article_id) FROM article)"


@pytest.mark.parametrize(
    ("statement", "table", "words"),
    [
        (f"UPDATE article SET text = text || '.' WHERE {FIRST}", "article", "not what content_id was made of"),
        (f"UPDATE article SET publisher = 'Other' WHERE {FIRST}", "article", "columns are not those of its record"),
        (f"UPDATE article SET record = '{{' WHERE {FIRST}", "article", "damaged|truncated|JSON"),
        (f"UPDATE article SET recorded_at = 'noon' WHERE {FIRST}", "article", "no moment: 'noon'"),
        ("UPDATE article SET page_id = 'x', record = replace(record, '\"page_id\":\"Beta\"', '\"page_id\":\"x\"') "
         "WHERE page_id = 'Beta'", "article", "not what article_id was made of"),
        ("UPDATE article SET record = replace(record, '\"start\":0', '\"start\":9000') WHERE page_id = 'Beta'",
         "article", "points at 9000"),
        (f"UPDATE claim SET place_id = 'x:mars' WHERE {ONE}", "claim", "columns are not those"),
        (f"UPDATE claim SET known = '2031-01-01' WHERE {ONE}", "claim", "but known says 2031-01-01"),
        ("UPDATE claim SET record = replace(record, 'League took', 'League left') WHERE true", "claim",
         "is not what its article"),
        ("UPDATE claim SET record = replace(record, '\"end\":', '\"end\":99') WHERE true", "claim", "of a text of"),
        ("UPDATE claim SET record = replace(record, '2031-05-03', '2031-05-33'), date_from = '2031-05-33', "
         "date_to = '2031-05-33' WHERE true", "claim", "no day"),
        ("DELETE FROM article WHERE page_id = 'Beta'", "claim", "speaks of article"),
        (f"UPDATE claim_trace SET record = x'00' WHERE {ONE}", "claim_trace", "Error -|incorrect"),
        ("UPDATE claim_trace SET record = (SELECT max(record) FROM claim_trace) WHERE true", "claim_trace",
         "not what claim_id was made of"),
        ("UPDATE copy_article SET text_key = 7 WHERE true", "copy_article", "not what its article gives"),
        ("DELETE FROM article_version", "article_version", "link of the chain is not there"),
        ("UPDATE article_version SET older_id = newer_id", "article_version", "does not belong to the chain"),
        ("UPDATE place SET aliases = 'Osterby' WHERE true", "place", "aliases is no JSON"),
    ],
)  # fmt: skip
def test_what_was_changed_by_hand_is_named(file: Path, statement: str, table: str, words: str) -> None:
    import re  # noqa: PLC0415

    assert any(where == table and re.search(words, what) for where, what in changed(file, statement))


def test_clock_that_was_ahead_and_claims_ahead_of_their_report_are_noted(tmp_path: Path) -> None:
    article, found = report("Alpha", "Osterby")
    early = [replace(one, row=replace(one.row, date_from="2031-06-01", date_to="2031-06-01")) for one in found]
    with Ledger.open(tmp_path / "war.db") as ledger:
        put(ledger, (article, early), now=MONDAY)
        told = check(ledger, now=MONDAY - dt.timedelta(days=1))
    assert told.faults == []
    assert [(one.what.split(":")[0], len(one.rows)) for one in told.notes] == [
        ("recorded later than it is now", 1), ("dated after its own report", 1),
    ]  # fmt: skip


def test_article_that_was_not_linked_is_a_note(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "war.db") as ledger:
        ledger.add(*WAR[0])
        assert [one.what.split(",")[0] for one in check(ledger).notes] == ["added"]


# -------------------------------------------------------------------------------------------------- backup and restore


def test_backup_and_restore_move_a_ledger_between_stores_with_the_same_bytes(
    file: Path, address: str, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    with Ledger.open(file) as ledger:
        done = backup(ledger, first)
        asked = (ledger.claims(), query.holdings(ledger), ledger.copy_groups(), ledger.copies.versions())
    assert restore(first, address).digest == done.digest
    with Ledger.open(address, create=False) as moved:
        assert (moved.claims(), query.holdings(moved), moved.copy_groups(), moved.copies.versions()) == asked
        assert check(moved).faults == []
        assert backup(moved, second).digest == done.digest == digest(moved.database)
    assert first.read_bytes() == second.read_bytes()


def test_backup_is_one_file_and_a_ledger(file: Path, tmp_path: Path) -> None:
    with Ledger.open(file) as ledger:
        backup(ledger, tmp_path / "b.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "war.db"]
    restore(tmp_path / "b.db", str(tmp_path / "again.db"))
    with Ledger.open(tmp_path / "again.db", create=False) as again, Ledger.open(file) as ledger:
        assert again.articles() == ledger.articles()


def test_nothing_is_written_over(file: Path, tmp_path: Path, address: str) -> None:
    (tmp_path / "b.db").write_text("a letter")
    with Ledger.open(file) as ledger, pytest.raises(Misuse, match="is there already"):
        backup(ledger, tmp_path / "b.db")
    with pytest.raises(Misuse, match="is there already"):
        restore(file, str(file))
    restore(file, address)
    with pytest.raises(Misuse, match="is not empty"):
        restore(file, address)
    (tmp_path / "new.db-wal").write_text("left by a ledger that was removed")
    with pytest.raises(Misuse, match="db-wal is there already"):
        restore(file, str(tmp_path / "new.db"))
    assert (tmp_path / "b.db").read_text() == "a letter"


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("a letter, and a long one" * 50)
    for name, words in (("letter", "no Marchland ledger"), ("absent", "there is no ledger")):
        with pytest.raises(Misuse, match=words):
            restore(tmp_path / name, str(tmp_path / "new.db"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter"]


def test_backup_leaves_the_ledger_it_is_restored_from_alone(file: Path, tmp_path: Path) -> None:
    with Ledger.open(file) as ledger:
        backup(ledger, tmp_path / "b.db")
    before = (tmp_path / "b.db").read_bytes()
    restore(tmp_path / "b.db", str(tmp_path / "again.db"))
    assert (tmp_path / "b.db").read_bytes() == before


# --------------------------------------------------------------------------------------------------------------- merge


def made(folder: Path, name: str, *reports: Report, now: dt.datetime = MONDAY) -> Path:
    with Ledger.open(folder / name) as ledger:
        put(ledger, *reports, now=now)
        ledger.add_skipped(now.isoformat(), [Skipped("page.html", "empty"), Skipped(f"{name}.html", "Dutch", "nl")])
    return folder / name


def answers(ledger: Ledger) -> tuple[object, ...]:
    left_out = ("copy_tail", "copy_posting", "place_stamp")
    asked = [table for table in tables() if not table.answers and table.name not in left_out]
    with ledger.database.snapshot():
        rows = [list(ledger.database.stream(table.ask())) for table in asked]
    views = (query.holdings(ledger), query.events(ledger), ledger.copy_groups(), ledger.copies.versions())
    return (rows, views, ledger.claims(known_at="2031-05-05"))


def test_merged_in_any_order_the_same_comes_out(tmp_path: Path) -> None:
    undated = without_date(report("Delta", "Holmen"))
    day = dt.timedelta(days=1)
    parts = [
        made(tmp_path, "a", WAR[3], WAR[1]),
        made(tmp_path, "b", WAR[2], undated, now=MONDAY + day),
        made(tmp_path, "c", undated, WAR[0], WAR[1], now=MONDAY - day),
    ]
    found = []
    for number, order in enumerate(permutations(parts)):
        with Ledger.open(tmp_path / f"all{number}") as ledger:
            for part in order:
                with opened(str(part)) as other:
                    assert merge(ledger, other).twins == []
            assert check(ledger, now=MONDAY + 9 * day).faults == []
            found.append(answers(ledger))
    assert all(one == found[0] for one in found[1:])
    with Ledger.open(tmp_path / "at once") as ledger:
        put(ledger, undated, WAR[0], WAR[1], now=MONDAY - day)
        put(ledger, *WAR[2:], now=MONDAY)
        assert answers(ledger)[1:] == found[0][1:]


def test_merge_between_stores(file: Path, place_for_ledger: str, tmp_path: Path) -> None:
    with Ledger.open(place_for_ledger) as ledger, opened(str(file)) as other:
        put(ledger, *WAR[2:], now=MONDAY)
        done = merge(ledger, other)
        assert (done.added["article"], done.added["skipped"], done.twins) == (2, 2, [])
        assert answers(ledger) == answers(other)
        assert merge(ledger, other).added["article"] == 0


def test_long_names_fit_into_either_store(place_for_ledger: str) -> None:
    """PostgreSQL has a limit on what it sorts; SQLite has none."""
    long = "".join(chr(33 + (number * 7919) % 90) for number in range(9000))
    pages = [replace_address(one, f"https://alpha.example/{long[:1900]}") for one in (WAR[0], WAR[3])]
    with Ledger.open(place_for_ledger) as ledger:
        for _ in range(2):
            ledger.add_skipped("2031-05-04T10:00:00+00:00", [Skipped(long, long)])
        put(ledger, *pages)
        assert (len(ledger.skipped()), len(ledger.copies.versions()), check(ledger).faults) == (1, 1, [])


def replace_address(made: Report, url: str) -> Report:
    article, found = made
    return replace(article, url=url), [replace(one, row=replace(one.row, url=url)) for one in found]


def test_contradicting_twins_are_named_and_both_are_kept(tmp_path: Path) -> None:
    article, found = WAR[0]
    surer = [replace(one, row=replace(one.row, reading=0.5), claim=replace(one.claim, reading=0.5)) for one in found]
    one, other = made(tmp_path, "a", (article, found)), made(tmp_path, "b", (article, surer))
    ends = []
    for base, more, theirs in ((one, other, True), (other, one, False)):
        with opened(str(base)) as ledger, opened(str(more)) as source:
            done = merge(ledger, source)
            assert {(twin.table, twin.theirs_kept) for twin in done.twins} == {
                ("claim", theirs),
                ("claim_trace", theirs),
            }
            assert ledger.database.execute("SELECT count(*) FROM merge_twin").fetchone() == (4,)
            assert {row.reading for row in ledger.claims()} == {0.5}
            assert check(ledger, now=MONDAY).faults == []
            with pytest.raises(BrokenData, match="never changed"):
                ledger.database.execute("UPDATE claim SET stance = 'denies'")
            ends.append(answers(ledger))
    assert ends[0] == ends[1]


def test_merge_that_fails_leaves_everything_as_it_was(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(tmp_path / "mine") as ledger, opened(str(file)) as other:
        put(ledger, WAR[1], now=MONDAY)
        before = answers(ledger)
        monkeypatch.setattr(ledger, "link", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            merge(ledger, other)
        assert answers(ledger) == before


# ------------------------------------------------------------------------------------------------------------ commands


def test_commands_keep_a_ledger(file: Path, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, mine = str(tmp_path / "copy.db"), str(made(tmp_path, "mine.db", WAR[0]))
    for arguments, words in (
        (["check", "--ledger", str(file)], "is whole: 4 articles, 7 claims, 4 places, 2 things skipped"),
        (["backup", copy, "--ledger", str(file)], "backed up to"),
        (["restore", copy, "--ledger", address], "restored to postgresql://tests@"),
        (["check", "--ledger", address], "is whole: 4 articles"),
        (["merge", address, "--ledger", mine], "new are 3 articles"),
    ):
        assert main(["ledger", *arguments]) == 0
        assert words in " ".join(capsys.readouterr().out.split())
    assert main(["who", "Osterby", "--ledger", address]) == 0
    assert "Lake League" in capsys.readouterr().out


def test_check_of_a_changed_ledger_fails_and_says_what_to_do(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(file, "UPDATE article SET text = text || '.' WHERE page_id = 'Beta'")
    assert main(["ledger", "check", "--ledger", str(file)]) == 1
    out = capsys.readouterr().out
    assert "is not whole: 3 faults" in out
    assert "what to do: keep this ledger as it is, and bring back a copy" in out
    assert main(["ledger", "check", "--json", "--ledger", str(file)]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["table"] for one in told if "table" in one} == {"article", "copy_article"}


def test_damaged_ledger_is_not_merged(file: Path, tmp_path: Path) -> None:
    changed(file, "UPDATE claim SET record = replace(record, '\"reading\":0.9', '\"reading\":0.1') WHERE true")
    with Ledger.open(tmp_path / "mine") as ledger, opened(str(file)) as other:
        with pytest.raises(BrokenData, match=r"is damaged .*not what was sealed"):
            merge(ledger, other)
        assert ledger.articles() == ()
