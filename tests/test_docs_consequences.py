"""docs/consequences.md shows what the commands print: its files are written, its commands run in order."""

import json
import re
import shlex
from pathlib import Path

import pytest

from marchland.cli import main
from marchland.consequences.settings import load_settings

PAGE = (Path(__file__).parents[1] / "docs" / "consequences.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- (file|output|errors): ([^\n]+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)
ASKED = ["--from", "2021-07-01", "--to", "2021-07-21", "--ledger", "war.db"]


def bare(text):
    lines = [re.sub(r"\s+", " ", line).strip() for line in text.splitlines()]
    return [line for line in lines if line]


def like(shown, printed):
    """Whether a line is what is printed, or its beginning where it ends in "…"."""
    return printed.startswith(shown.removesuffix("…")) if shown.endswith("…") else printed == shown


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The files of the page, and its ledger."""
    path = tmp_path_factory.mktemp("consequences")
    for what, name, content in BLOCKS:
        if what == "file":
            (path / name).write_text(content, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(path)
        assert main(["run", "reports.jsonl", "--ledger", "war.db"]) == 0
    return path


@pytest.fixture
def here(folder, monkeypatch):
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(("what", "command", "content"), [one for one in BLOCKS if one[0] != "file"])
def test_the_page_shows_what_the_commands_print(here, capsys, what, command, content):
    words = shlex.split(command)
    if words[0] == "run":
        words[-1] = "again.db"
    assert main(words) == 0
    out, err = capsys.readouterr()
    printed = bare(out if what == "output" else err)
    lines = iter(printed)
    missing = [line for line in bare(content) if not any(like(line, one) for one in lines)]
    assert not missing, f"marchland {command} prints\n" + "\n".join(printed)


@pytest.mark.parametrize("measure", sorted(load_settings().measures))
def test_the_page_names_every_measure(measure):
    assert re.search(rf"[ |]{measure}[,; (|]", PAGE)


def test_json_holds_every_row_that_a_number_was_made_from(here, capsys):
    assert main(["consequences", "Islam Qala", *ASKED, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    claims, holdings = {one["claim_id"] for one in found["claims"]}, {one["holding_id"] for one in found["holdings"]}
    figures = {one["figure"]["figure_id"] for one in found["told"]}
    figures |= {again[0]["figure_id"] for one in found["told"] for again in one["again"]}
    for one in found["tenures"]:
        assert set(one["claims"]) <= claims and set(one["holdings"]) <= holdings
    for one in found["estimates"]:
        assert set(one["figures"]) <= figures
    for one in found["routes"]:
        assert all(set(lane["claims"]) <= claims for lane in one["lanes"])


def test_people_are_traced_to_their_claims(here, capsys):
    assert main(["consequences", *ASKED, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    claims = {one["claim_id"]: one for one in found["claims"]}
    (movement,) = found["movements"]
    told = [claims[claim] for flow in movement["flows"] for count in flow["counts"] for claim in count["claims"]]
    assert sorted(one["publisher"] for one in told) == ["Echo Digest", "Morning Courier", "Northgate Wire"]
    assert movement["witnesses"] == 2


@pytest.mark.parametrize("form", ["jsonl", "csv", "geojson"])
def test_rows_are_exported_and_csv_is_what_the_command_prints(here, capsys, form):
    assert main(["export", "consequences", "--format", form, *ASKED]) == 0
    exported = capsys.readouterr().out
    assert main(["export", "consequences", "--format", form, *ASKED]) == 0
    assert exported == capsys.readouterr().out
    if form == "csv":
        assert main(["consequences", "--csv", *ASKED]) == 0
        assert exported == capsys.readouterr().out
        assert {line.split(",")[1] for line in exported.splitlines()[1:]} == {
            "estimate", "total", "told-of-country", "movement", "flow", "lane"}  # fmt: skip
    else:
        assert "islam-qala-tolo-usd" in exported


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["consequences"], "give --from and --to"),
        (["consequences", "--from", "2021-07-01"], "give --from and --to"),
        (["consequences", "--from", "yesterday", "--to", "2021-07-21"], "--from wants a day"),
        (["consequences", "--from", "2021-07-21", "--to", "2021-07-01"], "before it begins"),
        (["consequences", "--from", "2031-07-01", "--to", "2031-07-21"], "nothing is known of days after 2021-07-21"),
        (["consequences", *ASKED[:4], "--country", "XX"], "--country wants two letters"),
        (["consequences", "Islam Qala", *ASKED[:4], "--country", "AF"], "choose one of a place and --country"),
        (["consequences", *ASKED[:4], "--json", "--csv"], "choose one of --json and --csv"),
        (["consequences", *ASKED[:4], "--figures", "none.csv"], "No such file"),
        (["consequences", *ASKED[:4], "--known-at", "2021-06-01"], "nothing is known of days after 2021-06-01"),
        (["export", "consequences"], "give --from and --to"),
        (["export", "claims", "--from", "2021-07-01"], "--from and --to are of consequences"),
        (["export", "consequences", *ASKED[:4], "--at", "2021-07-01"], "--at asks who held what"),
    ],
)
def test_misuse_is_told(here, capsys, words, said):
    assert main([*words, "--ledger", "war.db"]) == 2
    assert said in capsys.readouterr().err


def test_a_place_that_is_no_crossing_is_told_what_lies_near(here, capsys):
    assert main(["consequences", "Iran", *ASKED]) == 0
    out = capsys.readouterr().out
    assert "from Iran, in a straight line: open for aid first, closed last" in out
    assert re.search(r"Islam Qala +\d+ +AF Islam Qala: Taliban", out)


def test_what_was_not_known_yet_is_not_counted(here, capsys):
    assert main(["consequences", *ASKED, "--known-at", "2021-07-09"]) == 0
    out = capsys.readouterr().out
    assert "counted to 9 Jul 2021: nothing is known of later days" in out
    assert "more than 300" in out.casefold()
    assert "342" not in out and "27 Jul 2021" not in out
