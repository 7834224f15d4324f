"""Run a notebook in a folder and write it with its output, the same bytes each time: IN FOLDER OUT."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

_LONGEST = 120
"""Seconds that one cell may take."""


def run(source: Path, folder: Path) -> str:
    """The notebook as JSON after its cells have run in `folder`; without what differs from run to run."""
    notebook = nbformat.read(source, as_version=4)
    NotebookClient(
        notebook, timeout=_LONGEST, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    for number, cell in enumerate(notebook.cells):
        cell.metadata, cell.id = {}, f"cell-{number}"
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return nbformat.writes(notebook) + "\n"


if __name__ == "__main__":
    given, where, out = map(Path, sys.argv[1:4])
    out.write_text(run(given, where), encoding="utf-8")
