"""What is printed: one-line answers, rows that add up, and bare text when it goes to a pipe."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace

import pytest
from invented_war import ANSWER, CROSSING, EVENT, HOLDING

from marchland.records import Place, Skipped
from marchland.views import terminal
from marchland.views.paper import Block, Line, Table, fitted, is_plain, plain, show
from marchland.views.terminal import PlaceCard, RunSummary, when_words
from marchland.views.words import clean, day, percent

CARD = PlaceCard("x:reedham", "Reedham", ("Redham",), "town", "UZ", "Fenshire")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def lines(blocks: Iterable[Block]) -> list[str]:
    return list(plain(blocks))


def test_who_says_everything_in_one_line() -> None:
    assert lines(terminal.who(ANSWER, CARD)) == [
        "Reedham (town, Fenshire, UZ): held by Free Marsh Front since 3 May 2031 (97 %), "
        "last confirmed 4 May 2031, 1 witness, 1 denial"
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("claimed", "claimed only by its own side for Free Marsh Front since 3 May 2031 (97 %)"),
        ("contested", "contested, most likely Free Marsh Front since 3 May 2031 (97 %)"),
        ("besieged", "besieged, held by Free Marsh Front since 3 May 2031 (97 %)"),
        ("abandoned", "abandoned since 3 May 2031 (97 %)"),
        ("unknown", "holder unknown on 6 May 2031; presumed: Free Marsh Front (97 %)"),
    ],
)
def test_each_status_has_its_words(status: str, expected: str) -> None:
    assert terminal.verdict(replace(ANSWER, status=status)) == expected


def test_reports_against_are_told_apart_from_denials() -> None:
    (line,) = lines(terminal.who(replace(ANSWER, witnesses=3, denials=2, against=1), CARD))
    assert line.endswith("3 witnesses, 2 denials, 1 report against")


def test_timeline_goes_by_day_and_names_who_denies() -> None:
    later = replace(EVENT, event_id="e2", date_from=None, date_to="2031-05-09", denied_by=())
    shown = lines(terminal.timeline([later, EVENT]))
    assert [line.split("  ")[0] for line in shown] == ["when", "3 May 2031", "by 9 May 2031"]
    assert shown[1].endswith("Norland spokesman  c1")


def test_crossings_show_both_posts_and_the_state() -> None:
    shown = lines(terminal.crossings([CROSSING]))
    assert "UZ Lockgate: Norland | AF Weir: unknown" in shown[1]
    assert "closed" in shown[1]


def test_places_show_the_reason_of_each_candidate() -> None:
    place = Place("x:1", "Reedham", "town", "UZ", 38.0, 66.0, admin1="Fenshire")
    shown = lines(terminal.places([(place, "exact name")]))
    assert shown[1].split() == ["Reedham", "town", "Fenshire", "UZ", "38.0000", "66.0000", "x:1", "exact", "name"]


def test_run_summary_names_every_skip_and_change() -> None:
    summary = RunSummary(3, 2, 1, 4, 1, (Skipped("broken.jsonl:3", "no JSON"),), (HOLDING,))
    text = "\n".join(lines(terminal.run_summary(summary)))
    assert "read 3 pages, 2 articles (1 already on record): 4 new claims on 1 place, 1 skipped" in text
    assert "broken.jsonl:3  no JSON" in text
    assert "Free Marsh Front" in text


def test_piped_output_has_no_boxes_and_no_colours() -> None:
    stream = io.StringIO()
    show([Line("a line", "bold red"), Table(("a", "n"), (("x", "1"), ("yy", "22")), right=frozenset({"n"}))], stream)
    assert stream.getvalue() == "a line\na    n\nx    1\nyy  22\n"


def test_terminal_output_is_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = Terminal()
    show([Line("a line", "bold red"), Table(("a",), (("[red]x[/red]",),), "title", footer=("sum",))], stream)
    assert "\x1b[1;31m" in stream.getvalue()
    assert "[red]x[/red]" in stream.getvalue()


def test_narrow_terminal_drops_spare_columns_only() -> None:
    table = Table(
        ("place", "when", "note"), (("Reedham", "3 May 2031", "x" * 40),), whole=frozenset({"when"}), spare=("note",)
    )
    assert fitted(table, 80) == table
    assert fitted(table, 30).headers == ("place", "when")
    assert fitted(table, 5).rows == (("Reedham", "3 May 2031"),)


@pytest.mark.parametrize(
    ("stream", "env", "expected"),
    [
        (Terminal(), {}, False),
        (Terminal(), {"NO_COLOR": "1"}, True),
        (Terminal(), {"TERM": "dumb"}, True),
        (io.StringIO(), {}, True),
    ],
)
def test_plain_when_piped_or_asked(stream: io.StringIO, env: dict[str, str], expected: bool) -> None:
    assert is_plain(stream, env) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("\x1b[31mred\x07", "[31mred"), ("a\n b\t c", "a b c"), ("abc\u202edef", "abcdef"),
     ("اسلام\u200cقلعه", "اسلام\u200cقلعه")],
)  # fmt: skip
def test_text_of_strangers_cannot_steer_the_terminal(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert clean("x" * 50, limit=10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2031-05-03", "2031-05-03", "3 May 2031"),
        (None, "2031-05-03", "by 3 May 2031"),
        ("2031-05-03", None, "from 3 May 2031"),
        ("2031-05-03", "2031-05-04", "3 to 4 May 2031"),
        ("2031-04-30", "2031-05-04", "30 Apr to 4 May 2031"),
        ("2030-12-31", "2031-01-01", "31 Dec 2030 to 1 Jan 2031"),
        (None, None, "no date"),
    ],
)
def test_dates_of_an_event_in_words(first: str | None, last: str | None, expected: str) -> None:
    assert when_words(first, last) == expected


@pytest.mark.parametrize(("share", "expected"), [(0.97, "97 %"), (0.999, "> 99 %"), (0.001, "< 1 %"), (1.0, "100 %")])
def test_percent_never_claims_certainty(share: float, expected: str) -> None:
    assert percent(share) == expected


def test_day_keeps_what_is_no_date() -> None:
    assert day("sometime") == "sometime"
