"""Copies: what is found in a set whose copies are known, whom the labelled reports credit, and how fast it goes.

`python -m bench copies` measures the first two; `python -m bench.copies 100000` indexes that many texts.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from bench.copyset import Made, copy_set
from bench.prose import Author
from bench.shared import SHARED
from marchland.copies.origin import is_own
from marchland.copies.relay import RelayFinder
from marchland.copies.settings import Names, load_names, load_settings
from marchland.ledger.store import Ledger
from marchland.read import read_path
from marchland.records import Article, CopyGroup, Credit

Pair = tuple[str, str]
BATCH = 500


def main() -> None:
    """Print what is found in the built set, and in the labelled reports where they are at hand."""
    for seed, remark in ((7, "numbers in copies.toml were chosen on it"), (2031, "not looked at before")):
        built(2000, seed, remark)
    for pages in sorted(SHARED.glob("corpora/*/pages.jsonl")):
        upstream(pages)


# ------------------------------------------------------------------------------------------------------- the built set


def built(size: int, seed: int, remark: str) -> None:
    """Pairs of copies, by kind; pairs that share quotations only, or a standing paragraph only."""
    made = copy_set(size, seed)
    groups, linked = _linked(made)
    families: dict[int, set[str]] = {}
    for one in made:
        families.setdefault(one.family, set()).add(one.article.article_id)
    gold = {pair for ids in families.values() for pair in pairs(ids)}
    found = {pair for group in groups for pair in pairs(group.articles)}
    print(f"built set {seed} ({remark}): {len(made)} texts, {len(gold)} pairs of copies, {len(groups)} groups found")
    print("copies: " + _figures(gold, found))
    kinds = {one.article.article_id: one.kind for one in made}
    missed = Counter(kinds[one] for pair in gold - found for one in pair if kinds[one] != "base")
    print(f"  kinds of the texts in the pairs missed: {dict(missed.most_common()) or 'none'}")
    _print_quotes(made, gold, linked["quote"])
    _print_background(made, gold, found, linked["text"])
    right = sum(kinds[group.origin.article_id] in ("base", "same") for group in groups)
    print(f"origin is the report itself, or a copy word for word: {right} of {len(groups)} groups")


def _linked(made: Iterable[Made]) -> tuple[tuple[CopyGroup, ...], dict[str, set[Pair]]]:
    """The groups found, and the pairs linked in any way, by kind."""
    with Ledger.open(":memory:") as ledger:
        for one in made:
            ledger.add(one.article, [])
            ledger.link(one.article)
        holder = {key: article_id for article_id, key in ledger.copies.texts().items()}
        linked: dict[str, set[Pair]] = {"text": set(), "quote": set()}
        for link in ledger.copies.links():
            linked[link.kind].update(pairs((holder[link.one], holder[link.other])))
        return ledger.copy_groups(), linked


def _print_quotes(made: Iterable[Made], gold: set[Pair], linked: set[Pair]) -> None:
    """A text with an edited or shortened quotation is neither right nor wrong to link."""
    whole, partly = (
        _sharing_quotes((one.article.article_id, one.quotes) for one in made),
        _sharing_quotes((one.article.article_id, one.said) for one in made),
    )
    found = linked - gold - (partly - whole)
    print("texts that share a quotation only: " + _figures(whole - gold, found))


def _sharing_quotes(told: Iterable[tuple[str, frozenset[str]]]) -> set[Pair]:
    holders: dict[str, set[str]] = {}
    for article_id, quotes in told:
        for quote in quotes:
            holders.setdefault(quote, set()).add(article_id)
    return {pair for ids in holders.values() for pair in pairs(ids)}


def _print_background(made: Iterable[Made], gold: set[Pair], found: set[Pair], linked: set[Pair]) -> None:
    holders: dict[int, set[str]] = {}
    for one in made:
        if one.background >= 0:
            holders.setdefault(one.background, set()).add(one.article.article_id)
    sharing = {pair for ids in holders.values() for pair in pairs(ids)} - gold
    print(f"texts that share a standing paragraph only: {len(sharing)} pairs, {len(sharing & found)} in one group, "
          f"{len(sharing & linked)} linked by that paragraph directly")  # fmt: skip


def pairs(ids: Iterable[str]) -> Iterator[Pair]:
    """All pairs, each in one order."""
    return combinations(sorted(ids), 2)


def _figures(gold: Collection[Pair], found: Collection[Pair]) -> str:
    right = len(set(gold) & set(found))
    precision, recall = right / max(len(found), 1), right / max(len(gold), 1)
    return f"precision {precision:.3f}, recall {recall:.3f} ({len(gold)} gold pairs, {len(found)} found)"


# ------------------------------------------------------------------------------------------------- the labelled reports


def upstream(pages: Path) -> None:
    """Pages that carry one agency's copy, against pages that credit one agency."""
    rows = {row["id"]: row for row in map(json.loads, pages.read_text(encoding="utf-8").splitlines())}
    settings = load_settings()
    names = load_names(settings.relay)
    finder = RelayFinder(names, settings.relay)
    articles: dict[str, list[Article]] = {}
    for item in read_path(pages):
        if isinstance(item, Article):
            articles.setdefault(item.page_id, []).append(item)
    credits = {page: [one for item in some for one in finder.credits(item)] for page, some in articles.items()}
    print(f"{pages.parent.name}: {len(articles)} pages read, {sum(map(bool, credits.values()))} credit somebody")
    labelled = {page: _upstream(rows[page].get("upstream") or [], names) for page in articles}
    if not any(labelled.values()):
        print("  no page is labelled with its upstream")
        return
    visible = {page: {name for name in labelled[page] if _is_named(name, articles[page], names)} for page in articles}
    own = {page: {names.publisher(one) for one in some} - {""} for page, some in articles.items()}
    _print_upstream(labelled, visible, own, credits)


def _print_upstream(
    labelled: Mapping[str, set[str]],
    visible: Mapping[str, set[str]],
    own: Mapping[str, set[str]],
    credits: Mapping[str, list[Credit]],
) -> None:
    """A page that an agency publishes itself carries its text, though the labels leave that unsaid."""
    gold, seen = _sharing(labelled, own), _sharing(visible, own)
    told = {page: {one.name for one in some if not is_own(one)} for page, some in credits.items()}
    found = _sharing(told, own)
    print(f"  pairs of pages with one upstream: {len(gold)}; in {len(seen)} of them both texts name it")
    print("  against pairs where both name it: " + _figures(seen, found))
    print("  against all labelled pairs: " + _figures(gold, found))
    named = [page for page in labelled if labelled[page]]
    unlabelled = {page: sorted({one.name for one in credits[page]} - labelled[page]) for page in named}
    blamed = Counter(name for left, right in found - gold for name in {one.name for one in credits[left]}
                     & {one.name for one in credits[right]})  # fmt: skip
    print(f"  pairs found that the labels do not have, by the name both texts credit: {dict(blamed.most_common())}")
    print(f"  labelled pages that credit somebody else, too: {sum(map(bool, unlabelled.values()))} of {len(named)}; "
          f"upstream not named in the text: {sum(not visible[page] for page in named)}")  # fmt: skip


def _upstream(labels: Iterable[str], names: Names) -> set[str]:
    """Labels as names: "Reuters via Dawn" is both, and what stands in brackets is a remark."""
    bare = [re.sub(r"\s*\(.*\)|\s+mirror\b", "", label) for label in labels]
    return {names.of(part) or part for label in bare for part in label.split(" via ")}


def _is_named(name: str, articles: Iterable[Article], names: Names) -> bool:
    aliases = [alias for alias, meant in names.aliases.items() if meant == name] or [name]
    return any(
        names.publisher(one) == name
        or any(re.search(rf"\b{re.escape(alias)}\b", one.text, 0 if len(alias) <= 4 else re.I) for alias in aliases)
        for one in articles
    )


def _sharing(told: Mapping[str, set[str]], own: Mapping[str, set[str]]) -> set[Pair]:
    """Pages with one name, that at least one of them has not of its publisher: two pages of one are no relay."""
    every = {page: names | own[page] for page, names in told.items()}
    return {(one, other) for one, other in combinations(sorted(told), 2)
            if told[one] & every[other] or every[one] & told[other]}  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------- speed


def bulk(count: int) -> None:
    """Index many texts of some 400 words and print how long it took, and the peak memory of the process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bulk.db"
        with Ledger.open(file) as ledger:
            spent, batch = 0.0, []
            for text in _bulk_texts(count):
                batch.append(_bulk_article(text, len(batch)))
                if len(batch) == BATCH:
                    spent += _index(ledger, batch)
                    batch = []
            spent += _index(ledger, batch)
            links = len(ledger.copies.links())
        size = file.stat().st_size / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} texts in {spent:.0f} s, {links} links; ledger file {size:.0f} MiB; peak memory {peak:.0f} MiB")


def _index(ledger: Ledger, batch: list[Article]) -> float:
    start = time.process_time()
    for article in batch:
        ledger.add(article, [])
    ledger.link(*batch)
    return time.process_time() - start


def _bulk_article(text: str, number: int) -> Article:
    return Article(f"{hash(text)}-{number}", "p", 0, text, (), None, "bulk", "made", None, "", "en")


def _bulk_texts(count: int) -> Iterator[str]:
    """Words drawn as often as words are in prose; one text in six is a copy, one in three has a standing paragraph."""
    author, chance = Author(11), random.Random(11)
    words = sorted({author.name(parts).lower() for parts in (1, 2, 3) for _ in range(12000)})
    chance.shuffle(words)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    standing = [" ".join(chance.choices(words, weights, k=45)) for _ in range(30)]
    recent: list[str] = []
    for _ in range(count):
        if recent and chance.random() < 1 / 6:
            text = chance.choice(recent)
            yield text[: len(text) // 2] if chance.random() < 0.5 else text + " " + chance.choice(words)
            continue
        text = " ".join(chance.choices(words, weights, k=370))
        text = f"{text}. {chance.choice(standing)}." if chance.random() < 1 / 3 else text
        recent = [*recent[-200:], text]
        yield text


if __name__ == "__main__":
    bulk(int(sys.argv[1]))
