"""The tutorial notebook runs from top to bottom, and shows what it says it shows."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"


def shown(notebook: dict) -> list[list[str]]:
    """What each cell shows, as text."""
    return [
        ["".join(one.get("text") or one["data"]["text/plain"]) for one in cell.get("outputs", [])]
        for cell in notebook["cells"]
    ]


def test_every_cell_shows_what_the_notebook_says(demo, tmp_path):
    (tmp_path / "marchland-demo").symlink_to(demo)
    out = tmp_path / "out.ipynb"
    script = ROOT / "scripts" / "run_notebook.py"
    subprocess.run([sys.executable, script, NOTEBOOK, tmp_path, out], check=True, capture_output=True, timeout=240)
    assert shown(json.loads(out.read_text("utf-8"))) == shown(json.loads(NOTEBOOK.read_text("utf-8")))


def test_it_shows_frames_tables_and_both_clocks():
    text = NOTEBOOK.read_text("utf-8")
    assert "text/html" in text and "known_at" in text and "polars" in text
