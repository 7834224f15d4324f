"""Several stories on one page: boundaries, days and roles against the labelled pages of tests/pages/mixed.

A boundary is the first or the last paragraph of an article, told by its place in the file. An article is exact when its
body has all the labelled paragraphs of one article and nothing else. `--misses` names what is wrong.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marchland.read import read_row
from marchland.records import Article

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "pages" / "mixed"
NOW = dt.datetime(2026, 11, 1)
DEVELOPMENT = {"html": 35, "text": 120}
"""The rules were written while looking at the pages up to these numbers, never at those after."""
BODY = frozenset({"body", "bullet"})


@dataclass(slots=True)
class Tally:
    """Counts over some pages."""

    pages: int = 0
    gold: set[tuple[str, int, str]] = field(default_factory=set)
    found: set[tuple[str, int, str]] = field(default_factory=set)
    articles: int = 0
    exact: int = 0
    read: int = 0
    dated: int = 0
    days_right: int = 0
    leaks: int = 0
    sections: list[bool] = field(default_factory=list)
    headlines: list[bool] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def boundaries(self) -> float:
        """F1 of the boundaries."""
        return 2 * len(self.gold & self.found) / max(len(self.gold) + len(self.found), 1)

    def row(self, name: str) -> str:
        """One line of the table."""
        f1 = self.boundaries
        exact = 2 * self.exact / max(self.articles + self.read, 1)
        days = _share(self.days_right, self.dated)
        return (
            f"| {name} | {self.pages} | {self.articles} | {f1:.3f} | {exact:.3f} | {days} | "
            f"{_mean(self.headlines)} | {_mean(self.sections)} | {self.leaks} |"
        )


def main(arguments: Iterable[str] = ()) -> None:
    """Print the table: development and held-out halves of the HTML and text pages."""
    print("| pages | pages | articles | boundaries F1 | exact articles F1 | day right | headline right | section right "
          "| captions and links in a body |\n|---|---|---|---|---|---|---|---|---|")  # fmt: skip
    for (kind, half), tally in tallies().items():
        print(tally.row(f"{kind}, {half}"))
        if "--misses" in arguments and half == "development":
            print("\n".join(tally.misses))


def tallies() -> dict[tuple[str, str], Tally]:
    """Counts of each half of each kind of page."""
    counted: dict[tuple[str, str], Tally] = {}
    for file in ("html", "html-more", "text", "text-more"):
        kind = file.removesuffix("-more")
        for row in _rows(FOLDER / f"{file}.jsonl"):
            number = int(re.findall(r"/(\d+)", row["page"])[0])
            half = "development" if number <= DEVELOPMENT[kind] or file != kind else "held out"
            _count(row, kind, counted.setdefault((kind, half), Tally()))
    return counted


def _has_body(one: Mapping[str, Any]) -> bool:
    """An entry that is a picture or a headline alone cannot be scored by its paragraphs."""
    return bool(one["body"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def _count(row: Mapping[str, Any], kind: str, tally: Tally) -> None:
    page = (FOLDER / row["page"]).read_text(encoding="utf-8")
    items = list(read_row({"id": row["page"], kind: page, "url": row["url"]}, now=NOW))
    read = [item for item in items if isinstance(item, Article)]
    starts = {_key(text): start for one in row["articles"] for text, start, _ in one["body"]}
    starts |= {_key(text): start for text, start, *_ in row["not_body"] if _key(text) not in starts}
    tally.pages += 1
    tally.articles += sum(map(_has_body, row["articles"]))
    tally.read += len(read)
    for one in filter(_has_body, row["articles"]):
        tally.gold |= {(row["page"], one["body"][0][1], "first"), (row["page"], one["body"][-1][1], "last")}
    for article in read:
        neutral = {_key(text) for text, _, _, kind, *_ in row.get("heads", ()) if kind == "standfirst"}
        body = [text for text in _body(article) if _key(text) not in neutral]
        ends = [(body[0], "first"), (body[-1], "last")] if body else []
        tally.found |= {(row["page"], _place(text, starts), end) for text, end in ends}
    _compare(row, read, tally)


def _compare(row: Mapping[str, Any], read: list[Article], tally: Tally) -> None:
    outside = {_key(text) for one in row["articles"] for text, *_ in one["captions"]}
    outside |= {_key(text) for text, _, _, kind in row["not_body"] if kind in ("related", "also-read", "teaser")}
    # A standfirst or lead line is neither wanted in the body nor held against it.
    neutral = {_key(text) for text, _, _, kind, *_ in row.get("heads", ()) if kind == "standfirst"}
    bodies = {
        index: [key for text in _body(article) if (key := _key(text)) not in neutral]
        for index, article in enumerate(read)
    }
    for index, article in enumerate(read):
        leaked = [text for text in bodies[index] if text in outside]
        tally.leaks += len(leaked)
        where = f"  {row['page']}: in the body of {article.headline[:40]!r}"
        tally.misses.extend(f"{where}: {text[:60]}" for text in leaked)
    for one in filter(_has_body, row["articles"]):
        wanted = [_key(text) for text, *_ in one["body"]]
        bodies = {index: _without_dateline(body, wanted) for index, body in bodies.items()}
        match = next((index for index, body in bodies.items() if sorted(body) == sorted(wanted)), None)
        near = match if match is not None else max(bodies, key=lambda at: len({*bodies[at]} & {*wanted}), default=None)
        tally.exact += match is not None
        if match is None:
            tally.misses.append(_wrong(row["page"], one, bodies[near] if near is not None else []))
        if near is not None and {*bodies[near]} & {*wanted}:
            _metadata(row["page"], one, read[near], tally)
        elif one["published"]:
            tally.dated += 1


def _without_dateline(body: list[str], wanted: list[str]) -> list[str]:
    """Text labels begin after the dateline: take the words before the labelled first paragraph away."""
    if body and wanted and body[0] != wanted[0] and body[0].endswith(wanted[0]):
        return [wanted[0], *body[1:]]
    return body


def _metadata(page: str, one: Mapping[str, Any], article: Article, tally: Tally) -> None:
    day = article.published.last_day.isoformat() if article.published and article.published.last_day else None
    first = article.published.first_day.isoformat() if article.published and article.published.first_day else None
    if one["published"]:
        tally.dated += 1
        tally.days_right += day == first == one["published"]
        if not day == first == one["published"]:
            tally.misses.append(f"  {page}: {one['headline'][:40]!r} day {one['published']} ({one['published_cue']}), "
                                f"read {first}..{day}: {article.published_how[:90]}")  # fmt: skip
    tally.sections.append(article.section == one["section"])
    if one["headline"]:
        tally.headlines.append(_key(article.headline) == _key(one["headline"]))
        if not tally.headlines[-1]:
            wanted, read = one["headline"][:50], article.headline[:50]
            tally.misses.append(f"  {page}: headline {wanted!r}, read {read!r}")
    if not tally.sections[-1]:
        tally.misses.append(
            f"  {page}: section {one['section']!r}, read {article.section!r} {article.section_how[:60]}"
        )


def _wrong(page: str, one: Mapping[str, Any], body: list[str]) -> str:
    wanted = [_key(text) for text, *_ in one["body"]]
    missing = [text[:50] for text in wanted if text not in body]
    extra = [text[:50] for text in body if text not in wanted]
    return f"  {page}: {one['headline'][:40]!r} lacks {len(missing)} {missing[:2]}, has beyond {len(extra)} {extra[:2]}"


def _body(article: Article) -> list[str]:
    """Its paragraphs; a dateline goes with its paragraph, as the HTML labels have it."""
    texts: list[str] = []
    lead = ""
    for part in article.parts:
        text = article.text[part.start : part.end]
        if part.kind in BODY:
            texts.append(f"{lead} {text}" if lead else text)
        lead = text if part.kind == "dateline" else ""
    return texts


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _place(text: str, starts: Mapping[str, int]) -> int:
    """Where a paragraph stands in the file, with or without its dateline; -1 for one that no label knows."""
    key = _key(text)
    if key in starts:
        return starts[key]
    return next((start for known, start in starts.items() if len(known) > 40 and key.endswith(known)), -1)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "n/a"


def _mean(values: list[bool]) -> str:
    return _share(sum(values), len(values))


if __name__ == "__main__":
    main(sys.argv[1:])
