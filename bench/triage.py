"""Triage before reading: how much faster a stream goes through, and which claims are lost.

The stream is a mixture by weight: one page in twenty holds claims. Pages with claims are the labelled reports in the
dress of a news site, made here; the others are the real pages of the article-extraction benchmark in which the coder
finds no claim about control. `--lost` names every lost page, `--kept` the reasons of every page kept for nothing.
"""

from __future__ import annotations

import datetime as dt
import gzip
import html
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from trafilatura import bare_extraction

from bench.shared import SHARED
from marchland.claims.coder import Coder
from marchland.read.lines import Reader
from marchland.read.page import Page, read_page
from marchland.read.settings import shipped_words
from marchland.read.triage import Triage
from marchland.records import Article

NOW = dt.datetime(2026, 11, 1)
SHARE = 0.05
"""Share of the stream's pages that hold claims."""
CORPORA = ("afghanistan-2021", "world-dev")
SCRIPT = "(function(){var q=window.q||[];q.push({id:%d,slot:'top-%d',size:[300,250],lazy:true});window.q=q;})();\n"
STYLE = ".c%d{margin:0 auto;padding:%dpx;border:0;color:#333;display:flex}\n"
TEASERS = (
    "Goalkeeper saves late penalty as United go top of the league",
    "Ten soups for a cold evening",
    "Shares slip as retailer warns on sales",
    "Minister resigns over housing scandal",
    "Review: a thriller that keeps its secret to the last episode",
    "How to look after house plants in winter",
    "Court clears singer of tax charges",
    "New phone has a better camera and a higher price",
    "Council votes on bus lanes after months of debate",
    "Storm leaves thousands without power",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A page, the claims that would be lost with it, and where it comes from."""

    group: str
    page: Page
    gold: int
    coded: int
    read: bool
    """Whether the reader takes it at all: pages in other languages are skipped with or without triage."""


def main() -> None:
    """Print the losses, the share of pages kept, and the speeds."""
    if not SHARED.is_dir():
        print(f"skipped: {SHARED} is absent")
        return
    triage, reader = Triage.load(), Reader.of(shipped_words())
    cases = _coded(list(_corpora()) + list(_demo()) + list(_reports()) + list(_real()), reader)
    _print_losses(cases, triage)
    dressed = [replace(case, page=dress(case.page)) for case in cases if case.group in CORPORA]
    print("\nThe same reports in the dress of a site:")
    _print_losses(dressed, triage)
    _print_speed(
        [case.page for case in dressed if case.gold],
        [case.page for case in cases if case.group == "real pages" and not case.coded],
        triage,
        reader,
    )


# -------------------------------------------------------------------------------------------------------------- pages


def _corpora() -> Iterable[Case]:
    for name in CORPORA:
        folder = SHARED / "corpora" / name
        claims = [json.loads(line) for line in (folder / "claims.jsonl").open(encoding="utf-8")]
        for line in (folder / "pages.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            gold = sum(claim["page_id"] == row["id"] and claim["event"] != "none" for claim in claims)
            yield Case(name, Page(row["id"], row["id"], text=row["text"], url=row["url"]), gold, 0, True)


def _demo() -> Iterable[Case]:
    for file in sorted(Path(str(resources.files("marchland.demo") / "reports")).iterdir()):
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            yield Case("demo", Page(file.stem, file.name, html=text), 0, 0, True)
            continue
        texts = [json.loads(line)["text"] for line in text.splitlines()] if file.suffix == ".jsonl" else [text]
        yield from (Case("demo", Page(file.stem, file.name, text=one), 0, 0, True) for one in texts)


def _reports() -> Iterable[Case]:
    """Official reports on wars; `gold` counts relations "in charge of", which are also said of people and things."""
    for line in (SHARED / "bench" / "conflict-reports" / "re3d-dev.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        gold = sum(relation.get("type") == "InChargeOf" for relation in row["relations"])
        yield Case("conflict reports", Page(row["id"], row["id"], text=row["text"]), gold, 0, True)


def _real() -> Iterable[Case]:
    for file in sorted((SHARED / "bench" / "pages" / "html").glob("*.gz")):
        text = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
        yield Case("real pages", Page(file.name[:8], file.name[:8], html=text), 0, 0, True)


def _coded(cases: list[Case], reader: Reader) -> list[Case]:
    """The cases with the number of claims about control that the coder finds."""
    coder, coded = Coder.load(), []
    for case in cases:
        articles = [item for item in read_page(case.page, reader, NOW) if isinstance(item, Article)]
        claims = [claim for article in articles for claim in coder.read(article).claims]
        control = sum(not claim.frame.startswith("plover:") for claim in claims)
        coded.append(replace(case, coded=control, read=bool(articles)))
    return coded


# -------------------------------------------------------------------------------------------------------------- dress


def dress(page: Page) -> Page:
    """The page as a site would print it: menus, scripts, teasers and a footer of the size of real ones."""
    pick = random.Random(page.page_id)
    story = (_paragraphs, _divisions, _breaks)[pick.randrange(3)](page.text or "")
    return replace(page, text=None, html=_site(page.page_id, story, pick))


def _site(title: str, story: str, pick: random.Random) -> str:
    style = "".join(STYLE % (n, n % 7) for n in range(pick.randrange(150, 700)))
    scripts = "".join(f"<script>{SCRIPT % (n, n) * pick.randrange(8, 60)}</script>" for n in range(16))
    menu = "".join(f'<li><a href="/s/{n}">{name}</a></li>' for n, name in enumerate(("World", "Sport", "Money") * 15))
    lists = "".join(f'<li><a href="/n/{n}"><span>{_teaser(pick)}</span></a></li>' for n in range(25))
    cards = "".join(
        f'<div class="card card-{n}"><div class="pic"><img src="/i/{n}.jpg" alt="" loading="lazy"></div>'
        f'<a class="card-link" href="/n/{n}"><div class="card-title">{_teaser(pick)}</div></a>'
        f"{f'<p>{_teaser(pick)}.</p>' if n % 4 == 0 else ''}</div>\n"
        for n in range(20)
    )
    return (
        f"<!DOCTYPE html><html><head><title>News {title}</title><style>{style}</style>{scripts}"
        f'</head><body><nav class="menu"><ul>{menu}</ul></nav><div id="top"><a href="/">Home</a></div>'
        f'<main><div class="col">{story}</div><div class="more"><h3>More stories</h3>{cards}</div></main>'
        f'<div class="side"><h4>Most read</h4><ul>{lists}</ul></div><footer><ul>{menu}</ul>© News</footer>'
        f"{scripts}</body></html>"
    )


def _teaser(pick: random.Random) -> str:
    return pick.choice(TEASERS)


def _sentences(text: str) -> list[str]:
    return [html.escape(one) for one in re.split(r"(?<=[.!?])\s+", text) if one]


def _paragraphs(text: str) -> str:
    return "<article>" + "".join(f"<p>{one}</p>" for one in _sentences(text)) + "</article>"


def _divisions(text: str) -> str:
    inside = "".join(f'<div class="text"><span>{_linked(one)}</span></div>' for one in _sentences(text))
    return f'<div class="article-body">{inside}</div>'


def _breaks(text: str) -> str:
    return '<div class="story">' + "<br><br>".join(_sentences(text)) + "</div>"


def _linked(sentence: str) -> str:
    """Its longest word as a link, as sites do."""
    longest = max(sentence.split(), key=len)
    return sentence.replace(longest, f'<a href="/t/{len(longest)}">{longest}</a>', 1)


# ------------------------------------------------------------------------------------------------------------- figures


def _print_losses(cases: Sequence[Case], triage: Triage) -> None:
    kept = {id(case): triage.look(case.page).keep for case in cases}
    print("| pages | with claims | kept of them | claims labelled, lost | claims coded, lost | kept of the others |")
    print("|---|---|---|---|---|---|")
    for group in dict.fromkeys(case.group for case in cases):
        mine = [case for case in cases if case.group == group]
        holds = [case for case in mine if (case.gold or case.coded) and case.read]
        others = [case for case in mine if not (case.gold or case.coded)]
        lost = [case for case in holds if not kept[id(case)]]
        print(
            f"| {group}: {len(mine)} | {len(holds)} | {len(holds) - len(lost)} "
            f"| {sum(c.gold for c in holds)}, {sum(c.gold for c in lost)} "
            f"| {sum(c.coded for c in holds)}, {sum(c.coded for c in lost)} "
            f"| {sum(kept[id(c)] for c in others)} of {len(others)} |"
        )
        _print_cases(lost, [case for case in others if kept[id(case)]], triage)
    unread = [case for case in cases if case.gold and not case.read]
    print(f"(not in English, skipped either way: {len(unread)} pages, {sum(c.gold for c in unread)} labelled claims)")


def _print_cases(lost: Iterable[Case], idle: Iterable[Case], triage: Triage) -> None:
    for case in lost if "--lost" in sys.argv else ():
        print(f"  lost {case.page.where} ({case.gold}, {case.coded}): {(case.page.text or '')[:200]}")
    for case in idle if "--kept" in sys.argv else ():
        for reason in triage.look(case.page).reasons:
            print(f"  kept {case.page.where}: {reason.weight:+} {reason.sentence[:200]}")


def _print_speed(holding: list[Page], others: list[Page], triage: Triage, reader: Reader) -> None:
    def read(page: Page) -> None:
        list(read_page(page, reader, NOW))

    def look(page: Page) -> None:
        triage.look(page)

    def both(page: Page) -> None:
        if triage.look(page).keep:
            read(page)

    def alone(page: Page) -> None:
        bare_extraction(page.html, include_comments=False, with_metadata=False)

    size = sum(len(page.html or "") for page in others) // len(others)
    dressed = sum(len(page.html or "") for page in holding) // len(holding)
    print(f"\n{len(holding)} dressed reports of {dressed:,} characters, {len(others)} real pages of {size:,}")
    costs = {run.__name__: _cost(run, holding, others) for run in (look, both, read, alone)}
    for name, what in (("look", "triage"), ("both", "triage, then reading what is kept"), ("read", "reading all"),
                       ("alone", "trafilatura alone")):  # fmt: skip
        print(f"{what}: {1 / costs[name]:.0f} pages a second, {costs['alone'] / costs[name]:.1f} x trafilatura alone")


def _cost(run: Callable[[Page], None], holding: list[Page], others: list[Page]) -> float:
    """Seconds of processor time for a page of the stream."""
    return SHARE * _seconds(run, holding) + (1 - SHARE) * _seconds(run, others)


def _seconds(run: Callable[[Page], None], pages: list[Page]) -> float:
    start = time.process_time()
    for page in pages:
        run(page)
    return (time.process_time() - start) / len(pages)


if __name__ == "__main__":
    main()
