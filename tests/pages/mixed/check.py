"""Checks the gold labels of the mixed pages: offsets, cover, overlap, dates, uniqueness.

Run as ``python tests/pages/mixed/check.py``; prints one line a fault and ends with status 1 where there is one.
"""

from __future__ import annotations

import datetime
import html
import itertools
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
GOLD = ("html.jsonl", "html-more.jsonl")
KINDS = {
    *("related", "also-read", "pull-quote", "furniture", "comment", "newsletter-plea", "teaser", "bio", "correction"),
}
HEADS = {"headline", "standfirst", "byline", "date", "label", "crosshead"}
SECTIONS = {"", "live", "opinion", "analysis", "sport", "obituary", "business"}
CUES = {"json-ld", "meta", "time-tag", "printed", "dateline", "address", "entry-time", "day-header", "page-stamp", ""}
ARTICLE_KEYS = {
    *("headline", "published", "published_cue", "section", "authors", "dateline", "agencies", "body", "captions"),
    "updated",
}
INLINE = {"a", "abbr", "b", "em", "font", "i", "img", "mark", "q", "small", "span", "strong", "sub", "sup", "time", "u"}
UNSEEN = re.compile(r"<!--.*?-->|<(script|style|title|noscript|template)\b.*?</\1\s*>|<!doctype[^>]*>", re.S | re.I)
TAG = re.compile(r"</?([a-zA-Z][\w:-]*)\b[^>]*>")
Region = tuple[str, int, int]


def text_of(markup: str) -> str:
    """The text of a piece of HTML: tags stripped, entities decoded, white space collapsed."""
    seen = UNSEEN.sub(" ", markup)
    bare = TAG.sub(lambda tag: "" if tag[1].lower() in INLINE else " ", seen)
    return " ".join(html.unescape(bare).split())


def blank(markup: str) -> str:
    """The page with what no reader sees, and every tag, put as NUL, at the same offsets."""
    hidden = UNSEEN.sub(lambda found: "\0" * len(found[0]), markup)
    return TAG.sub(lambda tag: "\0" * len(tag[0]), hidden)


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


def check_row(row: dict[str, Any], markup: str) -> Iterator[str]:
    """The faults of one row against its page."""
    spans: list[tuple[int, int]] = []
    for where, (text, start, end) in regions(row):
        if not text or not 0 <= start < end <= len(markup) or text_of(markup[start:end]) != text:
            yield f"{where}: the region {start}-{end} does not hold {text[:50]!r}"
        spans.append((start, end))
    spans.sort()
    for (_, end), (start, _) in itertools.pairwise(spans):
        if start < end:
            yield f"regions overlap at {start}"
    rest = list(blank(markup))
    for start, end in spans:
        rest[start:end] = "\0" * (end - start)
    for left in re.finditer(r"[^\0]+", "".join(rest)):
        if html.unescape(left[0]).strip():
            yield f"text in no list: {' '.join(left[0].split())[:50]!r} at {left.start()}"
    if not row["articles"]:
        yield "no article"
    for number, article in enumerate(row["articles"]):
        if set(article) != ARTICLE_KEYS:
            yield f"article {number}: keys {sorted(set(article) ^ ARTICLE_KEYS)}"
        if not article["body"]:
            yield f"article {number}: no body"
        if not is_day(article["published"]) or not is_day(article["updated"]):
            yield f"article {number}: not an ISO day"
        if article["section"] not in SECTIONS or article["published_cue"] not in CUES:
            yield f"article {number}: section or cue not known"
        if (article["published"] is None) != (article["published_cue"] == ""):
            yield f"article {number}: a day without a cue, or a cue without a day"
    for *_, kind in row["not_body"]:
        if kind not in KINDS:
            yield f"kind not known: {kind}"
    for *_, kind, number in row["heads"]:
        if kind not in HEADS or not 0 <= number < len(row["articles"]):
            yield f"head not known: {kind} {number}"


def main() -> int:
    """Checks every row of the gold files."""
    lines = [line for name in GOLD for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    faults: list[str] = []
    used: dict[str, str] = {}
    for row in rows:
        page = row["page"]
        markup = (HERE / page).read_bytes().decode("utf-8")
        faults += [f"{page}: {fault}" for fault in check_row(row, markup)]
        for where, (text, _, _) in regions(row):
            if where.startswith("body"):
                if text in used:
                    faults.append(f"{page}: paragraph used before, in {used[text]}: {text[:50]!r}")
                used[text] = page
    pages = [row["page"] for row in rows]
    lying = sorted(f"html/{path.name}" for path in (HERE / "html").glob("*.html"))
    if sorted(pages) != lying:
        faults.append(f"pages and rows differ: {sorted(set(pages) ^ set(lying))}")
    for fault in faults:
        print(fault)
    articles = sum(len(row["articles"]) for row in rows)
    print(f"{len(rows)} pages, {articles} articles, {len(used)} body paragraphs, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
