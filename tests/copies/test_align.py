"""Words, fingerprints and aligned stretches: what is found in two texts, and that ranges are true."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from invented import FALL, RIVAL, STANDING

from marchland.copies.compare import compared, prepared, quoting
from marchland.copies.quotes import quotations
from marchland.copies.settings import load_settings
from marchland.copies.sketch import fingerprints, text_key, words_of

SETTINGS = load_settings()
WORDS = st.sampled_from("eel reed boat gull tide mud oar net salt dyke lamp fog".split())  # noqa: SIM905


def linked(one: str, other: str):
    return compared(prepared(one, SETTINGS), prepared(other, SETTINGS), SETTINGS)


def sides(link, one: str, other: str) -> list[tuple[str, str]]:
    """The copied ranges of the first text and of the second."""
    found = [(item.start, item.end, item.other_start, item.other_end) for item in link.ranges]
    if link.one != text_key(one):
        found = [(c, d, a, b) for a, b, c, d in found]
    return [(one[a:b], other[c:d]) for a, b, c, d in found]


def test_cut_of_three_paragraphs_is_found_in_the_long_text():
    long, cut = "\n\n".join((*RIVAL, *FALL)), "Dyke town falls\n\n" + "\n\n".join(FALL[:3])
    link = linked(long, cut)
    share = link.share if link.one == text_key(cut) else link.other_share
    assert share > 0.9
    ((mine, theirs),) = sides(link, long, cut)
    assert mine == theirs == "\n\n".join(FALL[:3]).rstrip(".")


def test_light_edits_stay_inside_one_range():
    edited = FALL[0].replace("Tuesday", "Wednesday").replace("fighters", "troops").replace(" its posts", " posts")
    (pair,) = sides(linked("\n\n".join(FALL), edited), "\n\n".join(FALL), edited)
    assert pair[0].startswith("Marsh League fighters took") and pair[1].startswith("Marsh League troops took")


def test_paragraphs_in_another_order_are_found_one_by_one():
    one, other = "\n\n".join(FALL[:4]), "\n\n".join((FALL[3], FALL[0], FALL[2], FALL[1]))
    assert len(linked(one, other).ranges) == 4


def test_reports_of_one_event_by_two_authors_share_nothing():
    assert linked("\n\n".join(FALL), "\n\n".join(RIVAL)) is None


def test_a_standing_paragraph_is_a_range_and_not_the_article():
    one, other = "\n\n".join((*FALL, STANDING)), "\n\n".join((*RIVAL[:2], STANDING, *RIVAL[2:]))
    link = linked(one, other)
    assert max(link.share, link.other_share) < 0.5
    assert sides(link, one, other) == [(STANDING.rstrip("."), STANDING.rstrip("."))]


def test_same_words_in_quotation_marks_are_found_in_other_prose():
    other = "“We leave the town to the gulls and to whoever can drink salt water,” he said, and laughed. " + RIVAL[1]
    link = quoting(prepared("\n\n".join(FALL), SETTINGS), prepared(other, SETTINGS), SETTINGS)
    assert link.kind == "quote"
    assert sides(link, "\n\n".join(FALL), other)[0][1].startswith("We leave the town")


def test_quotations_of_one_pattern_are_not_the_same_words():
    one = "“There is no flour left in Reedham, and sixty families sleep in the mill,” she said."
    other = "“There is no diesel left in Norwick, and nine families wait at the well,” he said."
    assert quoting(prepared(one, SETTINGS), prepared(other, SETTINGS), SETTINGS) is None


def test_apostrophes_open_no_quotation():
    text = "The League’s men and the board’s men met. ‘Nobody won’t pay for this bridge,’ said the ferryman’s wife."
    assert [span.of(text) for span in quotations(text)] == ["Nobody won’t pay for this bridge,"]


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=14, max_size=40), st.lists(WORDS, max_size=30), st.lists(WORDS, max_size=30))
def test_a_run_of_fourteen_words_always_shares_a_fingerprint(run, before, after):
    rules = SETTINGS.sketch
    first, second = words_of(" ".join([*before, *run])), words_of(" ".join([*run, *after]))
    kept = [set(fingerprints(text.ids, rules.shingle, rules.window)) for text in (first, second)]
    assert kept[0] & kept[1]


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=60), st.lists(WORDS, max_size=60))
def test_ranges_lie_inside_both_texts_and_the_order_of_the_two_changes_nothing(mine, theirs):
    one, other = " ".join(mine), ", ".join(theirs)
    link = linked(one, other)
    assert link == linked(other, one)
    for left, right in sides(link, one, other) if link else []:
        assert left and right and not left.startswith(" ")
    assert link is None or (0 < link.share <= 1 and 0 < link.other_share <= 1)
