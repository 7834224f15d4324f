"""The README tells the truth about the dependencies: each is in its table, with the licence its package states."""

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = [text for extra in PROJECT["optional-dependencies"].values() for text in extra]
NAMES = [Requirement(text).name for text in (*PROJECT["dependencies"], *EXTRAS)]
ROWS = re.findall(r"^\| ([\w.-]+) \| [^|]+ \| ([^|]+) \|$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
TABLE = {name: licence.strip() for name, licence in ROWS if name != "package"}
CHOICE = re.compile(r"\bOR\b")


def stated(name: str) -> str:
    """The licence in a package's own metadata: expression, field or classifier."""
    info = metadata.metadata(name)
    classifiers = [c for c in info.get_all("Classifier") or [] if c.startswith("License")]
    return info.get("License-Expression") or info.get("License") or " ".join(classifiers)


def needed(name: str, seen: set[str]) -> Iterator[str]:
    """All packages that one needs at run time, itself included."""
    if name in seen:
        return
    seen.add(name)
    yield name
    for text in metadata.requires(name) or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield from needed(requirement.name.lower(), seen)


def test_the_table_lists_the_dependencies_and_no_others():
    assert sorted(TABLE) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_table_gives_the_licence_that_the_package_states(name):
    assert TABLE[name].split()[0].split("-")[0] in stated(name)


def test_nothing_at_run_time_is_under_the_gpl_alone():
    seen: set[str] = set()
    everything = [one for name in NAMES for one in needed(name.lower(), seen)]
    assert [one for one in everything if "GPL" in stated(one) and not CHOICE.search(stated(one))] == []
