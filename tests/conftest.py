"""One loaded coder for all tests that read claims: loading the model takes most of a second.

No test sees the layers and corrections that a developer has added to the gazetteer.
"""

import datetime as dt
import os
import tempfile

import pytest

from marchland.claims.coder import Coder
from marchland.cli import main
from marchland.locate import locate
from marchland.records import Article, ClaimRow, Interval, Part
from serving import chrome, serve  # noqa: F401  fixtures for every test
from stores import address, place_for_ledger, server  # noqa: F401  fixtures for every test

_HOME = tempfile.TemporaryDirectory(prefix="marchland-tests-")
os.environ["MARCHLAND_HOME"] = _HOME.name


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder.load()


@pytest.fixture(scope="session")
def rows(coder):
    """Text -> claim rows, as if printed on Friday 9 July 2021 (or another day)."""

    def read(text: str, *, published: dt.date = dt.date(2021, 7, 9)) -> list[ClaimRow]:
        article = Article("a", "p", 0, text, (Part("body", 0, len(text)),), None, "The Test Gazette", "test",
                          Interval.of_days(published), "test", "en")  # fmt: skip
        return locate(coder.read(article), coder.gazetteer)

    return read


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The folder that `marchland demo` made, with its ledger; made once. Copy the ledger to write to it."""
    out = tmp_path_factory.mktemp("demo")
    assert main(["demo", "--out", str(out)]) == 0
    return out
