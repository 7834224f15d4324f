"""The tables of parties, speakers and outlets hold together; a wrong row is named with its line."""

import shutil

import pytest
from scripts.check_facts import LEXICONS, findings


def test_nothing_is_wrong_in_the_shipped_tables():
    assert findings(LEXICONS) == []


BROKEN = [
    ("actors.csv", "hts,", ",SY,,", ",SY,nobody-here,", "unknown party 'nobody-here'"),
    ("actors.csv", "hts,", "2017-01-28", "2017-13-28", "not a date: '2017-13-28'"),
    ("actors.csv", "hts,", "2025-01-29", "2015-01-29", "ends (2015-01-29) before it begins (2017-01-28)"),
    ("actors.csv", "hts,", ",HTS;", ",the hill men;HTS;", "alias 'the hill men' is ordinary words and has no *"),
    ("actors.csv", "hts,", ",HTS;", ",SDF;HTS;", "also of"),
    ("actors.csv", "hts,", ",SY,,", ",SY,hts,", "'hts' is its own ancestor"),
    ("speakers.csv", "ISPR,", "pakistan", "atlantis", "unknown party 'atlantis"),
    ("outlets.csv", "cgtn.com,", "Xinhua", "Nobody Press", "unknown agency 'Nobody Press'"),
]


@pytest.mark.parametrize(("name", "row", "right", "wrong", "said"), BROKEN)
def test_a_wrong_row_is_named_with_its_line(tmp_path, name, row, right, wrong, said):
    for table in ("actors.csv", "speakers.csv", "outlets.csv"):
        shutil.copy(LEXICONS / table, tmp_path / table)
    path = tmp_path / name
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(row))
    assert right in lines[at]
    lines[at] = lines[at].replace(right, wrong, 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = findings(tmp_path)
    assert any(said in line and line.startswith(f"{name}:") for line in found), found
