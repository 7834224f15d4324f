"""What may happen to a ledger happens to it here: it stays whole, or says what to do, and nothing recorded is lost."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
import writer
from reports import MONDAY, WAR, put, report, without_date

from marchland import pipeline
from marchland.cli import main
from marchland.errors import BrokenData, MarchlandError, StoreFailed
from marchland.ledger import query, store
from marchland.ledger.backup import backup, restore
from marchland.ledger.check import check
from marchland.ledger.schema import tables
from marchland.ledger.store import Ledger, migrate
from marchland.views.export import export
from marchland.views.paper import show
from marchland.views.terminal import run_summary

HERE = Path(__file__).parent
REPORTS = 24


def start(*arguments: object, before: str = "") -> subprocess.Popen[str]:
    """A writer in a process of its own; `before` is shell to run first."""
    paths = [str(HERE), str(HERE.parents[1] / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, str(HERE / "writer.py"), *map(str, arguments)]
    if before:
        command = ["sh", "-c", f'{before}; exec "$@"', "sh", *command]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)})  # fmt: skip


def contents(name: str) -> list[str]:
    """Everything in a ledger but for the moments of recording and the counts of writes, and all that it answers."""
    with Ledger.open(name, create=False) as ledger:
        rows = []
        for table in tables():
            columns = [one for one in table.names if one not in ("recorded_at", "run", "revision")]
            found = ledger.database.execute(f"SELECT {', '.join(columns)} FROM {table.name}").fetchall()
            rows += [f"{table.name} {row}" for row in sorted(found, key=repr)]
        views = ("claims", query.claims), ("events", query.events), ("holdings", query.holdings)
        return rows + [line for kind, ask in views for line in export(kind, "jsonl", list(ask(ledger)))]


def test_killed_at_any_point_a_ledger_is_whole_and_the_next_run_completes_it(
    place_for_ledger: str, tmp_path: Path
) -> None:
    luck = random.Random(4)
    for after in (0, 4, 13):
        with start(place_for_ledger, REPORTS) as process:
            assert process.stdout is not None
            for _ in range(after):
                process.stdout.readline()
            time.sleep(luck.random() / 50)
            process.send_signal(signal.SIGKILL)
        with contextlib.suppress(store.Misuse), Ledger.open(place_for_ledger, create=False) as ledger:
            assert check(ledger).faults == []
            assert ledger.articles() or after == 0
    writer.run(place_for_ledger, 0, REPORTS)
    writer.run(str(tmp_path / "undisturbed.db"), 0, REPORTS)
    assert contents(place_for_ledger) == contents(str(tmp_path / "undisturbed.db"))


# ----------------------------------------------------------------------------------------------------------- full disk


def is_whole_and_goes_on(file: Path) -> None:
    with Ledger.open(file) as ledger:
        assert check(ledger).faults == []
        assert 0 < len(ledger.articles()) < REPORTS
    writer.run(str(file), 0, REPORTS)
    with Ledger.open(file) as ledger:
        assert (check(ledger).faults, len(ledger.articles())) == ([], REPORTS)


def test_file_that_may_not_grow_is_told_of_and_nothing_is_lost(tmp_path: Path) -> None:
    """The system refuses to write beyond some size, in the middle of an article."""
    file = tmp_path / "war.db"
    with start(file, 6) as first:
        first.communicate()
    blocks = max(path.stat().st_size for path in tmp_path.iterdir()) // 512 + 60
    with start(file, REPORTS, before=f"ulimit -f {blocks}") as process:
        _, words = process.communicate()
    assert process.returncode == 1
    assert "What was recorded before is safe. Make room" in words
    assert "Traceback" not in words
    is_whole_and_goes_on(file)


def test_full_disk_is_told_of_and_nothing_is_lost(tmp_path: Path) -> None:
    """A real disk of 700 kB, in a namespace of its own; its files are carried out before it goes away."""
    small, out = tmp_path / "small", tmp_path / "out"
    small.mkdir(), out.mkdir()
    command = " ".join(f'"{part}"' for part in (sys.executable, HERE / "writer.py", small / "war.db", REPORTS))
    inside = f"mount -t tmpfs -o size=700k none {small} || exit 77; {command}; code=$?; cp {small}/* {out}; exit $code"
    paths = os.pathsep.join([str(HERE), str(HERE.parents[1] / "src")])
    if shutil.which("unshare") is None:
        pytest.skip("no unshare on this machine")
    done = subprocess.run(["unshare", "--mount", "--map-root-user", "sh", "-c", inside], capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": paths}, check=False)  # fmt: skip
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"this machine lets nobody mount a disk of his own: {done.stderr.strip()}")
    assert done.returncode == 1, done.stderr
    assert "What was recorded before is safe. Make room" in done.stderr
    assert "Traceback" not in done.stderr
    is_whole_and_goes_on(out / "war.db")


def test_store_that_fills_up_in_the_middle_keeps_what_was_there(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "war.db") as ledger:
        put(ledger, *WAR[:2])
        (pages,) = ledger.database.execute("PRAGMA page_count").fetchone()
        ledger.database.execute(f"PRAGMA max_page_count = {pages}")
        long = report("Long", "Osterby", more="The road stayed open. " * 9000)
        with pytest.raises(StoreFailed, match="Make room on that disk"):
            ledger.add(*long)
        assert len(ledger.articles()) == 2
        ledger.database.execute(f"PRAGMA max_page_count = {pages + 1000}")
        put(ledger, long)
        assert (check(ledger).faults, len(ledger.articles())) == ([], 3)


def test_backup_that_finds_no_room_leaves_no_file(sound: Path, tmp_path: Path) -> None:
    shutil.copy(sound, tmp_path / "war.db")
    asked = f'ulimit -f 100; exec "{sys.executable}" -m marchland ledger backup "{tmp_path}/copy.db" --ledger "$0"'
    done = subprocess.run(["sh", "-c", asked, tmp_path / "war.db"], capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(HERE.parents[1] / "src")})  # fmt: skip
    assert (done.returncode, "Make room" in done.stderr) == (1, True), done.stderr
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []


def test_file_that_cannot_be_made_is_told_of(sound: Path, tmp_path: Path) -> None:
    with Ledger.open(sound) as ledger, pytest.raises(MarchlandError, match=r"cannot be|could not be"):
        backup(ledger, tmp_path / "new" / ("long" * 100))


def test_backup_on_a_read_only_disk_answers_and_refuses_to_be_written(sound: Path, tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("no unshare on this machine")
    with Ledger.open(sound) as ledger:
        backup(ledger, tmp_path / "war.db")
    disk = tmp_path / "disk"
    disk.mkdir()
    inside = (
        f"mount -t tmpfs none {disk} && cp {tmp_path}/war.db {disk} && mount -o remount,ro {disk} || exit 77; "
        f'"{sys.executable}" -m marchland who Osterby --ledger {disk}/war.db || exit 3; '
        f'"{sys.executable}" -m marchland export holdings --ledger {disk}/war.db || exit 3; '
        f'"{sys.executable}" "{HERE}/writer.py" {disk}/war.db 20'
    )
    done = subprocess.run(["unshare", "--mount", "--map-root-user", "sh", "-c", inside], capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1] / "src")])},
                          check=False)  # fmt: skip
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"this machine lets nobody mount a disk of his own: {done.stderr.strip()}")
    with Ledger.open(tmp_path / "war.db") as ledger:
        assert done.stdout.endswith("".join(export("holdings", "jsonl", list(query.holdings(ledger)))))
    assert done.stdout.startswith("Osterby")
    assert (done.returncode, "cannot be opened for writing" in done.stderr) == (1, True), done.stderr


# ----------------------------------------------------------------------------------------------------- corrupted pages


SEALED = ("article", "claim", "claim_trace", "place", "party", "review", "reading")
"""Tables with what was recorded, whose every byte a check must vouch for."""


def recorded(file: Path) -> list[object]:
    with Ledger.open(file) as ledger, ledger.database.snapshot():
        asked = [table for table in tables() if table.name in SEALED]
        return [list(ledger.database.stream(table.ask())) for table in asked]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sound") / "war.db"
    writer.run(str(file), 0, 12)
    with Ledger.open(file) as ledger:
        ledger.database.execute("PRAGMA journal_mode = DELETE")
    return file


QUESTIONS = (["who", "Osterby"], ["why", "Holmen"], ["timeline"], ["crossings"], ["skipped"], ["copies"],
             ["versions"], ["export", "claims"], ["export", "holdings"])  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_flipped_bytes_are_found_or_were_of_no_use(
    sound: Path, tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    luck = random.Random(seed)
    file = tmp_path / "war.db"
    held = bytearray(sound.read_bytes())
    at, length = luck.randrange(100, len(held)), luck.choice((1, 8, 64, 5000))
    held[at : at + length] = bytes(one ^ luck.randrange(1, 256) for one in held[at : at + length])
    file.write_bytes(held)
    code = main(["ledger", "check", "--ledger", str(file)])
    told = "".join(capsys.readouterr())
    assert code in (0, 1)
    if code == 0:
        assert recorded(file) == recorded(sound)
    else:
        assert "restore" in told or "older" in told or "newer" in told
    for question in QUESTIONS:
        answered = main([*question, "--ledger", str(file)])
        words = capsys.readouterr().err
        assert answered == 0 or words


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_file_that_was_cut_off_is_told_of(
    sound: Path, tmp_path: Path, kept: float, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "war.db"
    held = sound.read_bytes()
    file.write_bytes(held[: int(len(held) * kept)])
    assert main(["ledger", "check", "--ledger", str(file)]) == 1
    assert "restore" in "".join(capsys.readouterr())


def test_first_page_that_is_lost_is_told_of(sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "war.db"
    file.write_bytes(bytes(4096) + sound.read_bytes()[4096:])
    assert main(["who", "Osterby", "--ledger", str(file)]) == 2
    assert "marchland ledger restore" in capsys.readouterr().err


def test_damaged_ledger_is_brought_back_from_a_backup(sound: Path, tmp_path: Path) -> None:
    file, copy = tmp_path / "war.db", tmp_path / "copy.db"
    with Ledger.open(sound) as ledger:
        backup(ledger, copy)
    held = bytearray(sound.read_bytes())
    held[len(held) // 2 : len(held) // 2 + 9000] = bytes(9000)
    file.write_bytes(held)
    with pytest.raises(BrokenData, match="damaged"):
        restore(file, str(tmp_path / "new.db"))
    restore(copy, str(tmp_path / "new.db"))
    assert recorded(tmp_path / "new.db") == recorded(sound)
    assert bytes(held) == file.read_bytes()


# --------------------------------------------------------------------------------------------------------- two writers


def test_two_processes_that_write_at_once_both_land(place_for_ledger: str) -> None:
    Ledger.open(place_for_ledger).close()
    with start(place_for_ledger, 6) as one, start(place_for_ledger, 12, 6) as other:
        told = [process.communicate()[1] for process in (one, other)]
    assert (one.returncode, other.returncode) == (0, 0), told
    writer.run(place_for_ledger, 0, 12)
    with Ledger.open(place_for_ledger) as ledger:
        assert len(ledger.articles()) == 12
        found = check(ledger)
        assert (found.faults, found.notes) == ([], [])


def test_two_processes_that_make_one_ledger_at_once_both_land(tmp_path: Path) -> None:
    with start(tmp_path / "war.db", 3) as one, start(tmp_path / "war.db", 6, 3) as other:
        told = [process.communicate()[1] for process in (one, other)]
    assert (one.returncode, other.returncode) == (0, 0), told
    with Ledger.open(tmp_path / "war.db") as ledger:
        assert (len(ledger.articles()), check(ledger).faults) == (6, [])


def test_writer_that_waits_too_long_says_so_and_loses_nothing(
    place_for_ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marchland.ledger.database.WAIT", 0.1)
    monkeypatch.setattr("marchland.ledger.postgres.WAIT", 0.1)
    with Ledger.open(place_for_ledger) as one, Ledger.open(place_for_ledger) as other:
        with one.database.transaction():
            one.add(*WAR[0])
            with pytest.raises(StoreFailed, match="another process has been writing"):
                other.add(*WAR[1])
        other.add(*WAR[1])
        assert len(one.articles()) == 2


# -------------------------------------------------------------------------------------------------------------- clocks


def test_clock_that_goes_back_never_makes_known_what_was_not(place_for_ledger: str) -> None:
    first, later = without_date(report("Alpha", "Osterby")), without_date(report("Beta", "Holmen"))
    with Ledger.open(place_for_ledger) as ledger:
        put(ledger, first, now=MONDAY)
        put(ledger, later, now=MONDAY - dt.timedelta(days=400))
        stamps = [row[0] for row in ledger.database.execute("SELECT recorded_at FROM article ORDER BY recorded_at")]
        assert stamps == ["2031-05-05T08:00:00+00:00"] * 2
        assert ledger.claims(known_at="2031-05-04") == ()
        assert len(ledger.claims(known_at="2031-05-05")) == 2
        assert check(ledger, now=MONDAY).faults == []


def test_clock_of_another_zone_is_moved_to_utc(tmp_path: Path) -> None:
    zone = dt.timezone(dt.timedelta(hours=5))
    with Ledger.open(tmp_path / "war.db") as ledger:
        put(ledger, WAR[0], now=dt.datetime(2031, 5, 6, 3, 0, tzinfo=zone))
        assert ledger.database.execute("SELECT recorded_at FROM article").fetchone() == ("2031-05-05T22:00:00+00:00",)


@pytest.mark.parametrize("tense", ["past", "none"])
def test_claim_dated_after_its_report_is_kept_and_told_of_and_holds_nothing_ahead(
    place_for_ledger: str, tense: str, capsys: pytest.CaptureFixture[str]
) -> None:
    article, found = report("Alpha", "Osterby", day="2031-05-04")
    ahead = [
        replace(one, row=replace(one.row, date_from="2031-06-20", date_to="2031-06-20", tense=tense)) for one in found
    ]
    with Ledger.open(place_for_ledger) as ledger:
        put(ledger, (article, ahead), now=MONDAY)
        assert len(ledger.claims()) == 1
        assert [row for row in query.holdings(ledger) if (row.from_ or "") > "2031-05-05"] == []
        assert [(one.what.split(":")[0], len(one.rows)) for one in check(ledger, now=MONDAY).notes] == [
            ("dated after its own report", 1)
        ]
    assert main(["ledger", "check", "--ledger", place_for_ledger]) == 0
    assert ahead[0].row.claim_id in capsys.readouterr().out


def test_run_tells_of_claims_dated_after_their_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article, (found,) = report("Alpha", "Osterby", day="2031-05-04")
    ahead = replace(found, row=replace(found.row, date_from="2031-06-20", date_to="2031-06-20"))
    stages = pipeline.Stages(lambda _: [article], writer.Coder(), lambda _: [ahead])
    with Ledger.open(tmp_path / "war.db") as ledger:
        show(run_summary(pipeline.run([Path("reports")], ledger, stages)), sys.stdout)
    told = " ".join(capsys.readouterr().out.split())
    assert "kept, dated after its report" in told
    assert f"{found.row.claim_id} dated 2031-06-20, in a report of 2031-05-04: that day is not believed" in told


# ---------------------------------------------------------------------------------------------------------- migrations


def older(file: Path, version: int) -> None:
    """A ledger as an older Marchland left it, with one article and its claims."""
    article, found = WAR[0]
    with sqlite3.connect(file) as made:
        for name in store.MIGRATIONS[:version]:
            made.executescript((files("marchland") / "ledger" / name).read_text(encoding="utf-8"))
        made.execute(f"PRAGMA user_version = {version}")
        made.execute("INSERT INTO article VALUES (?,?,?,?,?,?,?,?,?)",
                     store._article(article, "2031-05-05T08:00:00+00:00"))  # fmt: skip
        for row in (one.row for one in found):
            made.execute("INSERT INTO claim VALUES (?,?,?,?,?,?,?,?,?,?)",
                         (row.claim_id, row.article_id, row.place_id, row.event, row.stance, row.date_from, row.date_to,
                          row.published, row.published, store.msgspec.json.encode(row).decode()))  # fmt: skip
            made.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?)",
                         (row.place_id, row.place_name, row.place_kind, row.country, row.admin1, row.lat, row.lon,
                          store._json(row.place_aliases)))  # fmt: skip
        made.execute("INSERT INTO skipped (run, location, why) VALUES ('2031-05-05T08:00:00+00:00', 'a.html', 'empty')")


@pytest.mark.parametrize("version", range(1, len(store.MIGRATIONS)))
def test_older_ledger_is_brought_up_to_date_with_all_it_held(tmp_path: Path, version: int) -> None:
    file = tmp_path / "old.db"
    older(file, version)
    with Ledger.open(file) as ledger:
        assert ledger.database.version() == len(store.MIGRATIONS)
        assert {row.claim_id for row in ledger.claims()} == {one.row.claim_id for one in WAR[0][1]}
        assert len(ledger.skipped()) == 1
        for left in ledger.copies.unlinked():
            ledger.link(left)
        put(ledger, *WAR[1:])
        assert check(ledger).faults == []
        assert {row.place_name for row in query.holdings(ledger)} == {"Osterby", "Vesterby", "Holmen"}


@pytest.mark.parametrize("version", range(1, len(store.MIGRATIONS)))
def test_migration_that_fails_leaves_the_old_version_whole(
    tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "old.db"
    older(file, version)
    with sqlite3.connect(file) as old:
        before = list(old.iterdump())
    read = Path.read_text

    def spoilt(path: Path, *args: object, **kwargs: object) -> str:
        text = read(path, *args, **kwargs)  # type: ignore[arg-type]
        return f"{text}\nINSERT INTO nonsense VALUES (1);" if path.name == store.MIGRATIONS[version] else text

    monkeypatch.setattr(Path, "read_text", spoilt)
    with pytest.raises(sqlite3.OperationalError, match="nonsense"):
        Ledger.open(file)
    monkeypatch.undo()
    with sqlite3.connect(file) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (version,)
        assert list(old.iterdump()) == before
    Ledger.open(file).close()


def test_newer_ledger_is_refused_with_a_word(place_for_ledger: str) -> None:
    with Ledger.open(place_for_ledger) as ledger:
        ledger.database.migrate("CREATE TABLE later (x INTEGER);", 99)
        with pytest.raises(BrokenData, match=r"is a ledger of version 99; this Marchland knows .*use a newer one"):
            migrate(ledger.database)
    with pytest.raises(BrokenData, match=re.escape("version 99")):
        Ledger.open(place_for_ledger)
