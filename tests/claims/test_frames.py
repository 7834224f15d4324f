"""Every frame's own example must be read as what the frame says."""

import csv
from collections import Counter
from importlib import resources

import pytest

from marchland.records import EVENTS

CONTEXT = "Troops and rebels fight in the war. "


def table():
    text = (resources.files("marchland.lexicons") / "control_frames.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_the_table_is_large_sorted_and_covers_every_event():
    frames = table()
    assert len(frames) >= 400
    assert [f["id"] for f in frames] == sorted(f["id"] for f in frames)
    assert set(EVENTS) == {f["event"] for f in frames}
    assert len({f["id"] for f in frames}) == len(frames)


@pytest.mark.parametrize("frame", table(), ids=lambda frame: frame["id"])
def test_a_frames_example_is_read_as_its_event(frame, coder, rows):
    events = Counter(row.event for row in rows(CONTEXT + frame["example"]) if row.sentence == frame["example"])
    assert events[frame["event"]] >= 1, f"{frame['example']} gave {dict(events)}"
