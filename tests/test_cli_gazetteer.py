"""The commands on the user's own gazetteer: what they print, where they write, how they end."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.places import files

from marchland.cli import main


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A data folder of its own."""
    monkeypatch.setenv("MARCHLAND_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def dump(tmp_path) -> Path:
    return files.geonames(tmp_path / "AF.txt")


def test_add_says_the_form_and_what_came_of_it(home, dump, capsys):
    assert main(["gazetteer", "add", str(dump)]) == 0
    out = capsys.readouterr().out
    assert "AF.txt: GeoNames places (19 columns, tab-separated)" in out
    assert "af: 5 places, 11 names, 2 divisions added" in out
    assert "left out 1: features" in out
    assert [path.name for path in (home / "gazetteer").iterdir()] == ["af.layer"]


def test_check_says_the_same_and_adds_nothing(home, dump, capsys):
    assert main(["gazetteer", "check", str(dump)]) == 0
    assert "af: 5 places, 11 names, 2 divisions would be added" in capsys.readouterr().out
    assert not home.exists()


def test_list_shows_layers_and_the_path_of_the_corrections(home, dump, capsys):
    assert main(["gazetteer", "list"]) == 0
    assert str(home / "gazetteer" / "corrections.csv") in capsys.readouterr().out
    main(["gazetteer", "add", str(dump), "--name", "West"])
    (home / "gazetteer" / "corrections.csv").write_text("what,place,name\nname,gn:9,Nowhere\n")
    capsys.readouterr()
    assert main(["gazetteer", "list"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1].split()[0] == "west"
    assert "corrections: 1 in " in out
    assert "line 2: gn:9: no place has this id" in out


def test_a_layer_is_put_in_the_place_of_another_only_on_request(home, dump, capsys):
    assert main(["gazetteer", "add", str(dump)]) == 0
    assert main(["gazetteer", "add", str(dump)]) == 2
    assert "--replace" in capsys.readouterr().err
    assert main(["gazetteer", "add", str(dump), "--replace"]) == 0


def test_remove_takes_a_layer_away(home, dump, capsys):
    main(["gazetteer", "add", str(dump)])
    assert main(["gazetteer", "remove", "af"]) == 0
    assert list((home / "gazetteer").iterdir()) == []
    assert main(["gazetteer", "remove", "af"]) == 2
    assert 'no layer is called "af"' in capsys.readouterr().err


def test_faults_end_with_1_and_misuse_with_2(home, dump, tmp_path, capsys):
    dump.write_text(dump.read_text(encoding="utf-8").replace("62.11", "x"), encoding="utf-8")
    assert main(["gazetteer", "add", str(dump)]) == 1
    assert main(["gazetteer", "check", str(dump)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert 'AF.txt:3: longitude "x" is no number' in err
    assert main(["gazetteer", "add", str(tmp_path / "none.txt")]) == 2
    assert main(["gazetteer", "add", str(dump), "--country", "Afghanistan"]) == 2
    assert main(["gazetteer", "add", str(dump), "--name", "gn"]) == 2


def test_a_run_with_layers_says_so_in_one_line_and_one_without_does_not(home, dump, capsys):
    main(["places", "Herat"])
    assert capsys.readouterr().err == ""
    main(["gazetteer", "add", str(dump)])
    (home / "gazetteer" / "corrections.csv").write_text("what,place,name\nname,gn:1140026,Lionhold\n")
    capsys.readouterr()
    main(["places", "Oldford"])
    out, err = capsys.readouterr()
    assert "gn:9000003" in out
    assert err.splitlines() == [err.strip()]
    assert err.startswith("your own gazetteer is used: 1 layer (af ")
    assert err.rstrip().endswith(") and 1 correction")


def test_wrong_corrections_stop_every_command_that_needs_places(home, capsys):
    (home / "gazetteer").mkdir(parents=True)
    (home / "gazetteer" / "corrections.csv").write_text("what,place,name\nrename,gn:1,X\n")
    assert main(["places", "Herat"]) == 1
    assert "corrections.csv:2: " in capsys.readouterr().err


def test_the_tests_do_not_see_what_a_developer_has_added():
    from marchland.places.home import home  # noqa: PLC0415

    assert "marchland-tests-" in home().name


def test_questions_to_a_ledger_load_neither_polygons_nor_layers(tmp_path):
    code = (
        "import sys; from marchland.cli import main; main(['who', 'X', '--ledger', 'none.db']);"
        "print(sorted({'shapely', 'ijson', 'marchland.places.gazetteer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
