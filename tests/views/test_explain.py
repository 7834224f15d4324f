"""`explain`: the parts of a claim marked where they stand, rows that add up, and nothing that a terminal would obey."""

import datetime as dt
import io
import json
import re
from dataclasses import replace

import pytest

from marchland.cli import main
from marchland.ledger.store import Ledger
from marchland.locate import trace
from marchland.records import Article, Interval, Part
from marchland.views import explain
from marchland.views.marks import ROLES, marks, outside, stretches
from marchland.views.paper import plain, show

TEXT = (
    "Fighters of the M23 reportedly captured the town of Sake late on Tuesday, a councillor told the Lake Wire. "
    "The army no longer controls Bukavu, residents said. "
    "The governor of the province denied this."
)


def article(text, name="a1"):
    return Article(name, "p1", 0, text, (Part("body", 0, len(text)),), "https://lake.example/1", "Lake Wire", "test",
                   Interval.of_days(dt.date(2024, 2, 9)), "printed date", "en")  # fmt: skip


@pytest.fixture(scope="module")
def read(coder):
    return lambda text: trace(coder.read(article(text)), coder.gazetteer)


@pytest.fixture(scope="module")
def found(read):
    return read(TEXT)


def told(one, text=TEXT):
    card = explain.frame_card(one.row.frame)
    return explain.explanation(one.row, article(text), (one.claim, one.resolved), card)


def of(found, event, stance):
    return next(one for one in found if (one.row.event, one.row.stance) == (event, stance))


@pytest.mark.parametrize(
    ("event", "stance", "role", "words"),
    [
        ("captures", "hedges", "event", "captured"),
        ("captures", "hedges", "stance", "reportedly"),
        ("captures", "hedges", "actor", "Fighters of the M23"),
        ("captures", "hedges", "place", "the town of Sake"),
        ("captures", "hedges", "date", "late on Tuesday"),
        ("captures", "hedges", "speaker", "a councillor"),
        ("controls", "denies", "stance", "no longer"),
        ("controls", "denies", "place", "Bukavu"),
        ("controls", "denies", "speaker", "residents"),
    ],
)
def test_each_part_is_marked_where_it_stands(event, stance, role, words, found):
    claim = of(found, event, stance).claim
    assert words in [mark.text for mark in marks(claim, TEXT) if mark.role == role]


def test_a_word_that_says_both_event_and_stance_is_marked_as_both(read):
    text = "The army lost the town of Sake on Monday, residents said."
    (one,) = [one for one in read(text) if one.row.stance == "denies"]
    assert any("[event+stance: lost]" in line for line in plain(explain.blocks(told(one, text))))


def test_every_mark_is_a_range_of_the_article(found):
    for one in found:
        for mark in marks(one.claim, TEXT):
            assert TEXT[mark.start : mark.end] == mark.text
            assert mark.role in ROLES


def test_a_text_cut_along_its_marks_is_the_same_text(found):
    for one in found:
        span = one.claim.sentence
        pieces = stretches(TEXT, span.start, span.end, marks(one.claim, TEXT))
        assert "".join(piece.text for piece in pieces) == span.of(TEXT)


def test_an_answer_shows_the_sentence_that_it_answers(found):
    reply = next(one for one in found if one.claim.reasons and any(r.rule == "reply" for r in one.claim.reasons))
    away = outside(TEXT, reply.claim.sentence, marks(reply.claim, TEXT))
    assert away and all("governor" not in span.of(TEXT) for span in away)
    assert "and elsewhere in the article:" in list(plain(explain.blocks(told(reply))))


def test_without_colour_the_parts_stand_in_brackets(found):
    lines = list(plain(explain.blocks(told(of(found, "captures", "hedges")))))
    assert any("[event: captured] [place: the town of Sake] [date: late on Tuesday]" in line for line in lines)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_at_a_terminal_the_parts_are_coloured_unless_told_not_to(found, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    one = told(of(found, "captures", "hedges"))
    colourful, sober = Terminal(), Terminal()
    show(explain.blocks(one), colourful)
    monkeypatch.setenv("NO_COLOR", "1")
    show(explain.blocks(one), sober)
    assert "\x1b[" in colourful.getvalue() and "[event: captured]" not in colourful.getvalue()
    assert "\x1b" not in sober.getvalue() and "[event: captured]" in sober.getvalue()


def test_the_rows_shown_add_up_to_the_total_shown(found):
    for one in found:
        lines = list(plain(explain.blocks(told(one))))
        rows = lines[lines.index("how sure the reading is") + 2 :]
        numbers = [float(re.match(r" *([+-]\d+\.\d\d)", line).group(1)) for line in rows]
        assert sum(numbers[:-1]) == pytest.approx(numbers[-1], abs=0.006)
        assert "log-odds, that is" in rows[-1]


def test_the_frame_is_shown_with_its_example(found):
    text = "\n".join(plain(explain.blocks(told(of(found, "captures", "hedges")))))
    assert re.search(r'frame "[\w-]+" \(verb "capture"\), as in: The \w+ captured', text)


def test_json_says_the_same(found):
    for one in found:
        made = json.loads(explain.as_json(told(one)))
        assert made["claim"]["claim_id"] == one.row.claim_id
        assert sum(row["log_odds"] for row in made["reading"]["rows"]) == pytest.approx(made["reading"]["log_odds"])
        assert made["reading"]["probability"] == one.row.reading
        assert {"event", "stance", "actor", "place", "date", "speaker"} <= {part["part"] for part in made["parts"]}
        assert [TEXT[mark["start"] : mark["end"]] for mark in made["spans"]] == [m["text"] for m in made["spans"]]


HOSTILE = "The M23 captured Goma on Monday\x07, a \x1b[31mcouncillor\x1b[0m\u202e of\u2066 Sake said.\x9b31m"


def test_nothing_that_a_terminal_obeys_is_printed(coder):
    made = trace(coder.read(article(HOSTILE)), coder.gazetteer)
    assert made
    bad = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
    for one in made:
        shown = told(one, HOSTILE)
        assert not bad.search("\n".join(plain(explain.blocks(shown))))
        line = explain.as_json(shown)
        assert not bad.search(line)
        assert json.loads(line)["claim"]["sentence"] == one.row.sentence


# ------------------------------------------------------------------------------------------------------- the command


@pytest.fixture
def ledger(tmp_path, found):
    path = tmp_path / "lake.db"
    with Ledger.open(path) as record:
        record.add(article(TEXT), found)
    return path


def test_the_first_characters_of_an_id_are_enough(ledger, found, capsys):
    for one in found:
        assert main(["explain", one.row.claim_id[:12], "--ledger", str(ledger)]) == 0
        assert one.row.claim_id in capsys.readouterr().out


def test_why_and_timeline_show_ids_that_explain_takes(ledger, found, capsys):
    ids = [one.row.claim_id for one in found]
    for command in (["why", "Sake"], ["timeline"]):
        assert main([*command, "--ledger", str(ledger)]) == 0
        shown = set(re.findall(r"\b[0-9a-f]{8}\b", capsys.readouterr().out))
        assert shown and all(any(one.startswith(short) for one in ids) for short in shown)
        for short in shown:
            assert main(["explain", short, "--ledger", str(ledger)]) == 0
        capsys.readouterr()


def test_an_unknown_id_fails_and_says_where_ids_are_shown(ledger, capsys):
    assert main(["explain", "no\x1bsuch", "--ledger", str(ledger)]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "nosuch" in err and "marchland why" in err and "\x1b" not in err


def test_an_id_that_two_claims_begin_with_lists_them(tmp_path, found, capsys):
    path = tmp_path / "two.db"
    rows = [replace(found[0].row, claim_id=name) for name in ("abc1", "abc2", "abd0")]
    with Ledger.open(path) as record:
        record.add(article(TEXT), rows)
    assert main(["explain", "abc", "--ledger", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "abc1" in err and "abc2" in err and "abd0" not in err
    assert main(["explain", "abd", "--ledger", str(path)]) == 0


def test_a_claim_recorded_without_its_reading_says_so(tmp_path, found, capsys):
    path = tmp_path / "old.db"
    with Ledger.open(path) as record:
        record.add(article(TEXT), [one.row for one in found])
    assert main(["explain", found[0].row.claim_id, "--ledger", str(path)]) == 0
    out = capsys.readouterr().out
    assert explain.NO_TRACE in out and found[0].row.sentence in out


def test_json_is_one_object(ledger, found, capsys):
    assert main(["explain", found[0].row.claim_id, "--ledger", str(ledger), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["claim"]["claim_id"] == found[0].row.claim_id


def test_sides_are_told_by_their_names(found) -> None:
    row = replace(
        found[0].row, actor_id="x:aa:hill-guard", actor_name="Hill Guard", actor_side="x:aa:upland-front",
        source_side="x:bb:lake-league",
    )  # fmt: skip
    assert set(explain.sides_of(row)) >= {"x:aa:upland-front", "x:bb:lake-league"}
    names = {"x:aa:upland-front": "Upland Front", "x:bb:lake-league": "Lake League"}
    made = explain.explanation(row, article(TEXT), None, explain.frame_card(row.frame), sides=names)
    read_as = {one.part: one.read_as for one in made.parts}
    assert read_as["actor"] == "Hill Guard (x:aa:hill-guard), of Upland Front"
    assert read_as["speaker"].endswith(", of Lake League")
