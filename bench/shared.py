"""Where the labelled reports and the scorer lie, and how they are run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from marchland.claims.coder import Coder
from marchland.claims.parties import Parties
from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.locate import locate
from marchland.pipeline import Stages, run
from marchland.read import read_path
from marchland.records import ClaimRow, Reading
from marchland.views.export import export

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Reports with gold claims and truth, and the countries of its war."""

    name: str
    inputs: tuple[Path, ...]
    gold: Path
    truth: Path
    countries: frozenset[str]


def labelled_sets() -> tuple[LabelledSet, ...]:
    """The seeds and the two corpora; empty where ../shared is absent."""
    if not SHARED.is_dir():
        return ()
    seeds, corpora = SHARED / "seeds", SHARED / "corpora"
    return (
        LabelledSet("seeds", tuple(sorted(seeds.glob("*.txt"))), seeds / "claims.jsonl", seeds / "truth.csv",
                    frozenset({"AF", "LY"})),
        _corpus(corpora / "afghanistan-2021", {"AF"}),
        _corpus(corpora / "world-dev", {"SY", "UA", "RU", "SD", "TH", "KH"}),
    )  # fmt: skip


def _corpus(folder: Path, countries: set[str]) -> LabelledSet:
    return LabelledSet(
        folder.name, (folder / "pages.jsonl",), folder / "claims.jsonl", folder / "truth.csv", frozenset(countries)
    )


@contextmanager
def ledger_of(
    labelled: LabelledSet, *, without: Collection[str] = (), reading: float | None = None
) -> Iterator[Ledger]:
    """A fresh ledger of the reports; `without` leaves out parties; with a `reading`, all claims are as sure as that."""
    coder = Coder.load(parties=Parties.load(without=without))

    def resolve(found: Reading) -> list[ClaimRow]:
        rows = locate(found, coder.gazetteer)
        return rows if reading is None else [replace(row, reading=reading) for row in rows]

    with Ledger.open(":memory:") as ledger:
        ledger.without = without
        run(labelled.inputs, ledger, Stages(read_path, coder, resolve))
        yield ledger


@contextmanager
def exported(labelled: LabelledSet, *, without: Collection[str] = (), reading: float | None = None) -> Iterator[Path]:
    """A folder with claims.jsonl, holdings.jsonl and crossings.jsonl of a fresh ledger, as `ledger_of` makes it."""
    with tempfile.TemporaryDirectory() as scratch, ledger_of(labelled, without=without, reading=reading) as ledger:
        folder = Path(scratch)
        _write(folder / "claims.jsonl", "claims", query.claims(ledger))
        _write(folder / "holdings.jsonl", "holdings", query.holdings(ledger))
        _write(folder / "crossings.jsonl", "crossings", query.crossings(ledger))
        yield folder


def _write(path: Path, kind: str, rows: object) -> None:
    path.write_text("".join(export(kind, "jsonl", rows)), encoding="utf-8")  # type: ignore[arg-type]


def score(what: str, labelled: LabelledSet, folder: Path) -> str:
    """What the scorer prints for claims or ledger."""
    command = [sys.executable, str(SHARED / "score" / "score.py"), what, "--truth", str(labelled.truth)]
    if what == "claims":
        command += ["--gold", str(labelled.gold), "--pred", str(folder / "claims.jsonl")]
    else:
        command += ["--pred", str(folder / "holdings.jsonl"), "--crossings", str(folder / "crossings.jsonl")]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
