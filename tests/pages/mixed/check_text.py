"""Checks the gold labels of the mixed plain-text pages: offsets, cover, overlap, dates, uniqueness.

Run as ``python tests/pages/mixed/check_text.py``; prints one line a fault and ends with status 1 where there is one.
"""

from __future__ import annotations

import datetime
import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
KINDS = {
    *("related", "also-read", "pull-quote", "furniture", "comment", "newsletter-plea", "teaser", "bio", "correction"),
    "header",
}
HEADS = {"headline", "standfirst", "byline", "date", "dateline", "label", "crosshead"}
SECTIONS = {"", "live", "opinion", "analysis", "sport", "obituary", "business"}
CUES = {"printed", "dateline", "header", "entry-time", "day-header", "page-stamp", "address", "inferred", ""}
ROW_KEYS = {"page", "url", "shape", "articles", "heads", "not_body"}
ARTICLE_KEYS = {
    *("headline", "published", "published_cue", "section", "authors", "dateline", "agencies", "body", "captions"),
    "updated",
}
Region = tuple[str, int, int]


def flat(text: str) -> str:
    """A text with its white space collapsed."""
    return " ".join(text.split())


def regions(row: dict[str, Any]) -> Iterator[tuple[str, Region]]:
    """Every labelled region of a row, with the list it lies in."""
    for number, article in enumerate(row["articles"]):
        for name in ("body", "captions"):
            for text, start, end in article[name]:
                yield f"{name} {number}", (text, start, end)
    for name in ("heads", "not_body"):
        for text, start, end, *_ in row[name]:
            yield name, (text, start, end)


def is_day(day: object) -> bool:
    """Whether a value is null or an ISO day."""
    if day is None:
        return True
    try:
        return isinstance(day, str) and datetime.date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def check_regions(row: dict[str, Any], page: str) -> Iterator[str]:
    """The faults of a row's regions: text not as printed, overlap, text that lies in no list."""
    spans: list[tuple[int, int]] = []
    for where, (text, start, end) in regions(row):
        if not text or not 0 <= start < end <= len(page) or flat(page[start:end]) != text:
            yield f"{where}: the region {start}-{end} does not hold {text[:50]!r}"
        elif page[start].isspace() or page[end - 1].isspace():
            yield f"{where}: white space at the rim of {start}-{end}"
        spans.append((start, end))
    spans.sort()
    for (_, end), (start, _) in itertools.pairwise(spans):
        if start < end:
            yield f"regions overlap at {start}"
    at = 0
    for start, end in [*spans, (len(page), len(page))]:
        left = page[at:start]
        if any(sign.isalnum() for sign in left):
            yield f"text in no list: {flat(left)[:50]!r} at {at}"
        at = max(at, end)


def check_article(article: dict[str, Any]) -> Iterator[str]:
    """The faults of one article's fields."""
    if set(article) != ARTICLE_KEYS:
        yield f"keys {sorted(set(article) ^ ARTICLE_KEYS)}"
    if not article["body"]:
        yield "no body"
    if not is_day(article["published"]) or not is_day(article["updated"]):
        yield "not an ISO day"
    if article["section"] not in SECTIONS or article["published_cue"] not in CUES:
        yield "section or cue not known"
    if (article["published"] is None) != (article["published_cue"] == ""):
        yield "a day without a cue, or a cue without a day"
    starts = [start for _, start, _ in article["body"]]
    if starts != sorted(starts):
        yield "paragraphs out of order"


def check_row(row: dict[str, Any], page: str) -> Iterator[str]:
    """The faults of one row against its page."""
    yield from check_regions(row, page)
    if set(row) != ROW_KEYS:
        yield f"keys {sorted(set(row) ^ ROW_KEYS)}"
    if not row["articles"]:
        yield "no article"
    for number, article in enumerate(row["articles"]):
        for fault in check_article(article):
            yield f"article {number}: {fault}"
        printed = [text for text, _, _, kind, owner in row["heads"] if kind == "headline" and owner == number]
        if article["headline"] != (printed[0] if printed else ""):
            yield f"article {number}: headline is not the one printed"
    for *_, kind in row["not_body"]:
        if kind not in KINDS:
            yield f"kind not known: {kind}"
    for *_, kind, owner in row["heads"]:
        if kind not in HEADS or not 0 <= owner < len(row["articles"]):
            yield f"head not known: {kind} {owner}"


def main() -> int:
    """Checks every row of the two gold files."""
    golds = (HERE / "text.jsonl", HERE / "text-more.jsonl")
    rows = [json.loads(line) for gold in golds for line in gold.read_text(encoding="utf-8").splitlines()]
    faults: list[str] = []
    used: dict[str, str] = {}
    for row in rows:
        name = row["page"]
        page = (HERE / name).read_bytes().decode("utf-8")
        faults += [f"{name}: {fault}" for fault in check_row(row, page)]
        for where, (text, _, _) in regions(row):
            if where.startswith("body"):
                if text in used:
                    faults.append(f"{name}: paragraph used before, in {used[text]}: {text[:50]!r}")
                used[text] = name
    pages = [row["page"] for row in rows]
    lying = sorted(f"text/{path.name}" for path in (HERE / "text").glob("*.txt"))
    if sorted(pages) != lying:
        faults.append(f"pages and rows differ: {sorted(set(pages) ^ set(lying))}")
    for fault in faults:
        print(fault)
    articles = sum(len(row["articles"]) for row in rows)
    print(f"{len(rows)} pages, {articles} articles, {len(used)} body paragraphs, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
