"""`marchland.open`: the record from Python, from a file and from a running service."""

import datetime as dt
import subprocess
import sys

import pytest

import marchland
from marchland.cli import main
from marchland.client.rows import SHOWN, Rows, table
from marchland.errors import Absent, Misuse, StoreFailed


@pytest.fixture(scope="module")
def record(demo):
    with marchland.open(str(demo / "ledger.db")) as made:
        yield made


def test_who_says_what_the_command_says(record, demo, capsys):
    main(["who", "Islam Qala", "--at", "2021-07-20", "--ledger", str(demo / "ledger.db")])
    said = record.who("Islam Qala", at="2021-07-20")
    assert repr(said) in capsys.readouterr().out.replace("\n", " ")
    assert said.holder_name == "Taliban"


def test_days_may_be_dates_and_be_set_once_for_all_questions(record):
    that_day = record.on(at=dt.date(2021, 7, 20), known_at=dt.date(2021, 7, 9))
    assert that_day.who("Islam Qala").told == record.who("Islam Qala", "2021-07-20", "2021-07-09").told
    assert list(that_day.holdings()) == list(record.holdings("2021-07-20", "2021-07-09"))


def test_the_evidence_adds_up(record):
    told = record.why("Islam Qala", at="2021-07-20")
    assert sum(row["log_odds"] for row in told.evidence) == pytest.approx(told.log_odds, abs=1e-3)
    assert not record.who("Islam Qala").evidence


def test_what_is_not_on_record_is_told(record):
    with pytest.raises(Absent, match="no report on record names"):
        record.who("Nowhere at All")
    with pytest.raises(AttributeError, match="an answer has no holdr"):
        _ = record.who("Islam Qala").holdr


def test_what_is_no_day_is_told(record):
    with pytest.raises(Misuse, match="is no day"):
        record.holdings(at="yesterday")


def test_holdings_come_as_frames_with_days(record):
    rows = record.holdings(at="2021-07-20")
    frame, other = rows.pandas(), rows.polars()
    assert list(frame.columns) == list(rows.columns) == other.columns
    assert frame["from"].dtype.kind == "M" and str(other.schema["from"]) == "Date"
    assert len(frame) == other.height == len(rows) > 10
    assert set(frame["place_name"]) == set(other["place_name"])


def test_no_rows_are_a_frame_too(record):
    none = record.holdings().where(country="no such country")
    assert len(none) == 0 and none.pandas().empty and none.polars().is_empty()


def test_rows_are_chosen_by_their_columns(record):
    held = record.holdings().where(status="held")
    assert 0 < len(held) < len(record.holdings()) and {row["status"] for row in held} == {"held"}
    with pytest.raises(Misuse, match="have no column colour"):
        record.holdings().where(colour="red")


def test_a_notebook_shows_a_table_of_the_first_rows_with_strangers_words_escaped():
    rows = Rows("places", [{"place_name": "<img src=x onerror=alert(1)>", "kind": "town"}] * (SHOWN + 2))
    shown = rows._repr_html_()
    assert "<img" not in shown and "&lt;img" in shown
    assert shown.count("<tr>") == SHOWN + 1 and "and 2 more" in shown


def test_an_answer_in_a_notebook_is_escaped_too(record):
    told = record.why("Islam Qala")
    shown = told._repr_html_()
    assert shown.startswith("<p><b>Islam Qala (crossing, Herat, AF/IR)</b>") and "<table>" in shown
    assert table(["a"], [["<b>"]]).count("<b>") == 0


def test_a_ledger_or_service_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Misuse, match="there is no ledger"):
        marchland.open(str(tmp_path / "none.db"))
    with pytest.raises(StoreFailed, match="no service answers"):
        marchland.open("http://127.0.0.1:9")


def test_importing_the_package_loads_nothing_heavy():
    asked = "import marchland, sys; print(sorted({'numpy', 'spacy', 'pandas', 'litestar'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "[]\n"
