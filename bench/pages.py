"""Article body from HTML: word-shingle precision, recall and F1 beside trafilatura alone, on the same pages.

The measure is that of the public article-extraction benchmark: 4-word shingles as multisets, each page weighing the
same.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from trafilatura import bare_extraction

from bench.shared import SHARED
from marchland.read import read_row
from marchland.records import Article, Skipped

NOW = dt.datetime(2026, 11, 1)
BODY = frozenset({"body", "bullet", "dateline", "subheading", "standfirst", "embed"})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page, its address and the body that it should give."""

    html: str
    url: str
    body: str


@dataclass(frozen=True, slots=True)
class Read:
    """The pages that were read, and the text of each."""

    pages: list[LabelledPage]
    texts: list[str]
    skipped: int
    """Pages in other languages."""
    cut: int
    """Pages that were read as several articles."""


def main() -> None:
    """Print both rows of the table, the pages that came out as several articles, and pages a second."""
    folder = SHARED / "bench" / "pages"
    if not folder.is_dir():
        print(f"skipped: {folder} is absent")
        return
    read = ours(list(labelled()))
    alone = [_alone(page) for page in read.pages]
    print(f"{len(read.pages)} pages, {read.skipped} not in English and skipped, {read.cut} read as several articles")
    print("| | precision | recall | F1 | pages a second |\n|---|---|---|---|---|")
    for name, texts, reader in (("Marchland", read.texts, _read), ("trafilatura alone", alone, _alone)):
        precision, recall, f1 = score(zip([page.body for page in read.pages], texts, strict=True))
        print(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {_speed(read.pages, reader):.0f} |")


def score(pairs: Iterable[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (true, found) texts."""
    right = extra = missed = 0.0
    for true, found in pairs:
        wanted, given = _shingles(true), _shingles(found)
        both, more, less = (wanted & given).total(), (given - wanted).total(), (wanted - given).total()
        whole = both + more + less
        if whole:
            right, extra, missed = right + both / whole, extra + more / whole, missed + less / whole
    precision, recall = right / (right + extra), right / (right + missed)
    return precision, recall, 2 * precision * recall / (precision + recall)


def body_of(articles: Iterable[Article]) -> str:
    """The bodies of some articles, one after another."""
    return "\n".join(
        article.text[part.start : part.end] for article in articles for part in article.parts if part.kind in BODY
    )


def labelled() -> Iterable[LabelledPage]:
    """The labelled pages, by their ids."""
    folder = SHARED / "bench" / "pages"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for key, row in sorted(truth.items()):
        html = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()).decode("utf-8", "replace")
        yield LabelledPage(html, row["url"], row["articleBody"])


def ours(pages: list[LabelledPage]) -> Read:
    """Read the pages as Marchland does."""
    taken, texts, skipped, cut = [], [], 0, 0
    for page in pages:
        items = list(_items(page))
        if any(isinstance(item, Skipped) and item.language for item in items):
            skipped += 1
            continue
        articles = [item for item in items if isinstance(item, Article)]
        cut += len(articles) > 1
        taken.append(page)
        texts.append(body_of(articles))
    return Read(taken, texts, skipped, cut)


def _items(page: LabelledPage) -> Iterable[Article | Skipped]:
    return read_row({"html": page.html, "url": page.url}, now=NOW)


def _read(page: LabelledPage) -> str:
    return body_of(item for item in _items(page) if isinstance(item, Article))


def _alone(page: LabelledPage) -> str:
    document = bare_extraction(page.html, include_comments=False, with_metadata=False)
    return getattr(document, "text", None) or ""


def _speed(pages: list[LabelledPage], reader: Callable[[LabelledPage], str]) -> float:
    start = time.perf_counter()
    for page in pages:
        reader(page)
    return len(pages) / (time.perf_counter() - start)


def _shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + size]) for at in range(max(len(words) - size + 1, 1)))


if __name__ == "__main__":
    main()
