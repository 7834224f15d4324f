"""docs/gazetteer.md shows what the commands print: its files are written, its commands run in order."""

import re
import unicodedata
from pathlib import Path

import pytest

from marchland.cli import main

PAGE = (Path(__file__).parents[1] / "docs" / "gazetteer.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- (file|output|errors): ([^\n]+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)


def bare(text: str) -> list[str]:
    """Lines without runs of blanks and accents."""
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    lines = [re.sub(r"\s+", " ", line).strip() for line in text.splitlines()]
    return [line for line in lines if line]


def like(shown: str, printed: str) -> bool:
    """Whether a line is what is printed, or its beginning where it ends in "…"."""
    return printed.startswith(shown.removesuffix("…")) if shown.endswith("…") else printed == shown


def test_the_page_shows_what_the_commands_print(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MARCHLAND_HOME", "home")
    seen = {"file": 0, "output": 0, "errors": 0}
    for what, name, content in BLOCKS:
        seen[what] += 1
        if what == "file":
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            continue
        assert main(name.split()) == (0 if what == "output" else 1)
        out, err = capsys.readouterr()
        printed = bare(out if what == "output" else err)
        lines = iter(printed)
        missing = [line for line in bare(content) if not any(like(line, one) for one in lines)]
        assert not missing, f"marchland {name} prints\n" + "\n".join(printed)
    assert min(seen.values()) > 0


@pytest.mark.parametrize("column", ["post_a", "radius_km", "aliases", "use", "language"])
def test_columns_that_the_page_names_are_read(column):
    from marchland.places.intake import tables  # noqa: PLC0415

    assert f"`{column}`" in PAGE
    assert f'"{column}"' in Path(tables.__file__).read_text(encoding="utf-8")
