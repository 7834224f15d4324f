"""A run says how many claims change nothing because their place cannot be told, and what they call it."""

from marchland.views import paper
from marchland.views.terminal import RunSummary, read_summary


def told(*unplaced):
    summary = RunSummary(pages=1, articles=1, claims=7, places=2, unplaced=unplaced)
    return [line for block in read_summary(summary) for line in paper.plain([block])]


def test_the_places_are_named_with_how_often_they_were():
    assert any("6 claims about no place that can be told: the Quarry gate (5), the old mill (1);" in line
               for line in told(("the Quarry gate", 5), ("the old mill", 1)))  # fmt: skip


def test_many_are_counted_and_where_there_are_none_nothing_is_said():
    many = [(f"place {number}", 1) for number in range(9)]
    assert any(line.startswith("9 claims") and "and 4 others" in line for line in told(*many))
    assert not any("no place" in line for line in told())
