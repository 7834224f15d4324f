"""The table of figures: the shipped one must be right, a user's may be anything."""

import os

import pytest
from marches import SETTINGS

from marchland.consequences.figures import COLUMNS, load_figures, read_file, read_table
from marchland.consequences.once import rate, told_once
from marchland.consequences.settings import FILE, read_settings
from marchland.errors import BrokenData, Misuse
from marchland.places.crossings import load_crossings
from marchland.records import Skipped

HEADER = "crossings,measure,amount,unit,per,claimant,reported_on,from,to,low,high,bound,id,repeats,url"
GOOD = "bunagana,customs-revenue,100,UGX,day,a clerk,2030-01-02,,,,,,,,"


def read(tmp_path, *lines, header=HEADER, encoding="utf-8"):
    path = tmp_path / "mine.csv"
    path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
    found = list(read_file(path, SETTINGS))
    return [one for one in found if not isinstance(one, Skipped)], [one for one in found if isinstance(one, Skipped)]


# ------------------------------------------------------------------------------------------------------------- shipped


def test_the_shipped_figures_hold_together():
    figures = load_figures(SETTINGS)
    gates = {one.place.place_id for one in load_crossings()}
    assert len(figures) > 90
    for one in figures:
        assert set(one.places) <= gates
        assert one.url.startswith("http") and one.publisher, one.where
        assert (one.first is None) == (one.last is None), one.where
        assert one.per == "unstated" or rate(one, SETTINGS) is not None, one.where


def test_shipped_contradictions_are_kept_and_relays_are_not():
    told = {one.figure.figure_id: one for one in told_once(load_figures(SETTINGS), SETTINGS)}
    mine = [one for one in told.values() if one.figure.places == ("x:islam-qala-dogharoun",)
            and one.figure.measure == "customs-revenue"]  # fmt: skip
    assert [one.figure.claimant for one in mine] == ["Habib Hashimi, Herat provincial councillor", "not attributed"]
    assert {one.figure_id for one, _ in mine[1].again} == {"islam-qala-bbc", "islam-qala-tolo-usd"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"crossings": "nowhere-gate"}, 'crossing_figures.csv:2: "nowhere-gate" is no crossing'),
        ({"crossings": "bunagana;UG"}, "crossings wants ids of crossings"),
        ({"measure": "wealth"}, '"wealth" is no measure'),
        ({"per": "fortnight"}, '"fortnight" is no period'),
        ({"unit": "shillings"}, '"shillings" is no currency'),
        ({"amount": "1,000"}, "without thousands separators"),
        ({"amount": "-5"}, "amount -5 is negative"),
        ({"amount": "1e99"}, "more than anything"),
        ({"amount": ""}, "no amount"),
        ({"low": "200"}, "not in order"),
        ({"per": "total"}, "a total wants from and to"),
        ({"from": "2030-02-01", "to": "2030-01-01"}, "is after to"),
        ({"from": "0000-01-01"}, 'from "0000-01-01" is no day'),
        ({"reported_on": "0000"}, "is no day, month or year"),
        ({"reported_on": "2030-13"}, "is no day, month or year"),
        ({"claimant": ""}, "no claimant"),
        ({"bound": "perhaps"}, '"perhaps" is no bound'),
        ({"checked": "yes"}, "checked wants"),
        ({"id": ""}, "no id"),
        ({"repeats": "another"}, 'repeats "another", which is no other figure'),
    ],
)
def test_a_wrong_row_of_the_shipped_table_is_named_with_file_and_line(change, said):
    right = {"id": "one", "crossings": "bunagana", "measure": "customs-revenue", "amount": "100", "unit": "UGX",
             "per": "day", "claimant": "a clerk"}  # fmt: skip
    row = dict.fromkeys(COLUMNS, "") | right
    cells = ['"' + value + '"' for value in (row | change).values()]
    with pytest.raises(BrokenData, match=r"crossing_figures\.csv:2: ") as error:
        read_table(f"{','.join(COLUMNS)}\n{','.join(cells)}\n", SETTINGS)
    assert said in str(error.value)


def test_two_figures_with_one_id_are_named():
    row = "a,bunagana,trade,1,,,,USD,day,,,a clerk,,,,,,"
    with pytest.raises(BrokenData, match=r"crossing_figures\.csv:3: id as in line 2"):
        read_table(f"{','.join(COLUMNS)}\n{row}\n{row}\n", SETTINGS)


def test_settings_with_a_share_that_is_none_are_refused():
    from importlib.resources import files  # noqa: PLC0415

    text = files("marchland.lexicons").joinpath(FILE).read_text(encoding="utf-8")
    with pytest.raises(BrokenData, match=r"consequences\.toml: passing\.open"):
        read_settings(text.replace("open = [1.0, 1.0, 1.0]", "open = [1.0, 0.5, 2.0]"))
    with pytest.raises(BrokenData, match=r"consequences\.toml"):
        read_settings("[measures")


# ---------------------------------------------------------------------------------------------------------- the user's


def test_a_users_figures_are_read_with_the_line_they_stand_in(tmp_path):
    (one,), skipped = read(tmp_path, GOOD)
    assert skipped == []
    assert (one.where, one.places, one.amount.best, one.claimant) == ("mine.csv:2", ("x:bunagana",), 100, "a clerk")
    assert (str(one.reported_first), one.checked) == ("2030-01-02", False)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (GOOD.replace("100", "-100"), "amount -100 is negative"),
        (GOOD.replace("100", "nan"), "is no number"),
        (GOOD.replace("100", "1'000"), "is no number"),
        (GOOD.replace("2030-01-02", "0000-01-02"), "is no day, month or year"),
        (GOOD.replace("bunagana", "x:bunagana-gate"), "is no crossing"),
        ("bunagana,customs-revenue,100", "3 cells, 15 are wanted"),
        (GOOD.replace("a clerk", "a" * 3000), "a cell of more than 2000 characters"),
        (GOOD.replace("a clerk", "a \0 clerk"), "a NUL byte"),
    ],
)
def test_a_wrong_row_is_skipped_with_its_line_and_the_rest_is_read(tmp_path, line, why):
    figures, skipped = read(tmp_path, GOOD, line, GOOD.replace("100", "200"))
    assert [one.amount.best for one in figures] == [100, 200]
    assert [one.where for one in skipped] == ["mine.csv:3"]
    assert why in skipped[0].why


def test_a_line_of_a_hundred_megabytes_is_left_out_without_being_kept(tmp_path):
    path = tmp_path / "mine.csv"
    with path.open("wb") as out:
        out.write(f"{HEADER}\n{GOOD}\n".encode())
        for _ in range(100):
            out.write(b"x" * (1 << 20))
        out.write(f"\n{GOOD.replace('100', '200')}\n".encode())
    found = list(read_file(path, SETTINGS))
    os.unlink(path)  # noqa: PTH108
    assert [one.why for one in found if isinstance(one, Skipped)] == ["a line of more than 100,000 bytes"]
    assert [one.where for one in found] == ["mine.csv:2", "mine.csv:3", "mine.csv:4"]


def test_a_quote_that_never_ends_is_told_and_nothing_before_it_is_lost(tmp_path):
    figures, skipped = read(tmp_path, GOOD, GOOD.replace("a clerk", '"a clerk'), GOOD)
    assert len(figures) == 1
    assert len(skipped) == 1 and skipped[0].where == "mine.csv:3"


def test_other_encodings_are_told(tmp_path):
    with pytest.raises(Misuse, match=r"mine\.csv is UTF-16"):
        read(tmp_path, GOOD, encoding="utf-16")
    figures, skipped = read(tmp_path, GOOD.replace("clerk", "chef de léproserie"), GOOD, encoding="latin-1")
    assert [one.where for one in figures] == ["mine.csv:3"]
    assert [(one.where, one.why) for one in skipped] == [
        ("mine.csv:2", "no UTF-8 text; save the file as CSV in UTF-8")]  # fmt: skip
    (one,), _ = read(tmp_path, GOOD, encoding="utf-8-sig")
    assert one.places == ("x:bunagana",)


@pytest.mark.parametrize(
    ("header", "said"),
    [("", "no column crossings"), ("crossings,measure,unit,per,claimant", "no column amount"),
     (HEADER + ",unit", "column 'unit' twice")],
)  # fmt: skip
def test_a_file_without_the_columns_is_refused(tmp_path, header, said):
    with pytest.raises(Misuse, match=said):
        read(tmp_path, GOOD, header=header)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Misuse, match="No such file"):
        list(read_file(tmp_path / "none.csv", SETTINGS))
    with pytest.raises(Misuse, match="--figures"):
        list(read_file(tmp_path, SETTINGS))


def test_the_same_row_twice_is_one_figure(tmp_path):
    figures, skipped = read(tmp_path, GOOD, GOOD)
    assert len(figures) == 1
    assert skipped[0].why == "id, or the whole row, as in mine.csv:2"


def test_months_and_years_of_print_are_ranges(tmp_path):
    figures, _ = read(tmp_path, GOOD.replace("2030-01-02", "2030-02"), GOOD.replace("2030-01-02", "2030"))
    assert [(str(one.reported_first), str(one.reported_last)) for one in figures] == [
        ("2030-02-01", "2030-02-28"), ("2030-01-01", "2030-12-31")]  # fmt: skip
