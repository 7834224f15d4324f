"""A made-up GeoNames dump, added as a layer: time and memory to add it, to open the gazetteer with it, and to ask it.

The dump has the columns of GeoNames and invented names, so that it can be made anywhere. Each step runs in a process of
its own with an empty data folder, so that nothing the user has added is touched, and its peak memory is its own. Times
are those of the processor.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROWS = 1_000_000
_ONSETS = (*"bdfghjklmnpqrstvwyz", "bl", "dr", "gh", "kh", "sh", "th")
_VOWELS = ["a", "e", "i", "o", "u", "aa", "ai", "au", "ei", "ou"]
_CODAS = ["", "", "", "n", "r", "l", "m", "d", "k", "sh", "t", "z"]
_PROVINCES, _DISTRICTS = 40, 1_000

_ADD = """
import sys, resource, time
from marchland.cli import main
began = time.process_time()
code = main(["gazetteer", "add", sys.argv[1], "--name", "made-up"])
print(code, time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
_ASK = """
import json, resource, sys, time
from pathlib import Path
from marchland.places.gazetteer import Gazetteer
began = time.process_time()
gazetteer = Gazetteer.open()
told = {"open_ms": 1000 * (time.process_time() - began)}
names = json.loads(Path(sys.argv[1]).read_text())

def rate(ask, asked):
    began = time.process_time()
    found = sum(bool(ask(name)) for name in asked)
    return round(len(asked) / (time.process_time() - began)), found

told["lookup"] = rate(gazetteer.lookup, names["known"])
told["is_key"] = rate(gazetteer.is_key, names["keys"])
told["variants"] = rate(gazetteer.variants, names["misspelt"])
told["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps(told))
"""


def main(rows: int = ROWS) -> None:
    """Print the figures for a dump of so many rows, beside those of the shipped gazetteer alone."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        names = write_dump(folder / "made-up.txt", rows)
        (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")
        size = (folder / "made-up.txt").stat().st_size / 1e6
        print(f"a dump of {rows:,} rows, {size:.0f} MB")
        _report("shipped gazetteer alone", _python(folder, _ASK, folder / "names.json"))
        *_, last = _python(folder, _ADD, folder / "made-up.txt").splitlines()
        _, seconds, peak = last.split()
        layer = (folder / "home" / "gazetteer" / "made-up.layer").stat().st_size / 1e6
        print(f"added in {float(seconds):.0f} s; peak memory {peak} MiB; the layer has {layer:.0f} MB")
        _report("with the layer", _python(folder, _ASK, folder / "names.json"))


def _report(what: str, output: str) -> None:
    told = json.loads(output)
    rates = ", ".join(f"{told[ask][0]:,} {ask} ({told[ask][1]:,} found)" for ask in ("lookup", "is_key", "variants"))
    print(f"{what}: opens in {told['open_ms']:.0f} ms; a second: {rates}; peak memory {told['peak_mib']} MiB")


def _python(folder: Path, code: str, argument: Path) -> str:
    """What a program prints that runs with an empty data folder of its own."""
    env = os.environ | {"MARCHLAND_HOME": str(folder / "home")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(argument)], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def write_dump(path: Path, rows: int) -> dict[str, list[str]]:
    """Write a dump of invented places; returns names to ask for: known ones, keys, misspelt ones."""
    dice = random.Random(20211121)
    known: list[str] = []
    with path.open("w", encoding="utf-8") as out:
        for number, row in enumerate(_rows(dice, rows)):
            out.write("\t".join(row) + "\n")
            if number % max(1, rows // 5_000) == 0:
                known.append(row[1])
    keys = [word.lower() for name in known for word in (name, f"{name} {name}")]
    return {"known": known, "keys": keys, "misspelt": [_misspelt(dice, name) for name in known[:400]]}


def _rows(dice: random.Random, rows: int) -> Iterator[tuple[str, ...]]:
    for number in range(rows):
        province, district = number % _PROVINCES, number % _DISTRICTS
        feature = "ADM1" if number < _PROVINCES else "ADM2" if number < _DISTRICTS else "PPL"
        name, others = _name(dice), ",".join(_name(dice) for _ in range(dice.randint(0, 3)))
        lat, lon = f"{dice.uniform(29, 38):.5f}", f"{dice.uniform(60, 75):.5f}"
        people = str(int(dice.paretovariate(0.8) * 50) if feature == "PPL" else 0)
        admin2 = "" if feature == "ADM1" else f"{province:02}{district:04}"
        yield (str(20_000_000 + number), name, name, others, lat, lon, "A" if feature[0] == "A" else "P", feature, "AF",
               "", f"{province:02}", admin2, "", "", people, "", "0", "Asia/Kabul", "2024-01-01")  # fmt: skip


def _name(dice: random.Random) -> str:
    def word(syllables: int) -> str:
        parts = (dice.choice(_ONSETS) + dice.choice(_VOWELS) + dice.choice(_CODAS) for _ in range(syllables))
        return "".join(parts).capitalize()

    return " ".join(word(dice.randint(2, 4)) for _ in range(dice.choice((1, 1, 1, 2))))


def _misspelt(dice: random.Random, name: str) -> str:
    """One vowel another, one consonant doubled."""
    at = dice.randrange(1, len(name))
    return name[:at] + dice.choice("aeiou") + name[at:]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
