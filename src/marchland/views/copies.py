"""Copies and versions as people read them: each group with its likely origin, and the proof of each link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from marchland.copies.withdrawn import load_words, retraction
from marchland.records import Article, CopyGroup, CopyLink, Span, Version
from marchland.views.paper import Block, Line, Table
from marchland.views.words import count, day

_MOST_WORDS = 90
_MOST_LINKS = 8


def groups(found: Sequence[CopyGroup], articles: Mapping[str, Article]) -> Iterator[Block]:
    """Every group: what its members are, where the text comes from and why, and what shows that they are one."""
    copied = sum(len(one.articles) for one in found)
    yield Line(f"{count(copied, 'article')} in {count(len(found), 'group')} of copies", "bold")
    for one in found:
        yield Line()
        yield from _group(one, articles)


def parts(found: Sequence[CopyLink], articles: Mapping[str, Article]) -> Iterator[Block]:
    """What articles share that are no copies of each other, with the words."""
    yield Line(f"{count(len(found), 'pair')} of articles with words in common", "bold")
    for link in found:
        yield Line()
        yield Line(_link(link, articles))
        yield from (Line(f"  {_cut(Span(one.start, one.end), articles[link.article_id])}") for one in link.ranges)


def _group(group: CopyGroup, articles: Mapping[str, Article]) -> Iterator[Block]:
    scores = {one.article_id: one for one in (group.origin, *group.rivals)}
    rows = tuple(
        (_outlet(articles[one]), _day(articles[one]), f"{scores[one].score:+.2f}", _title(articles[one]), one)
        for one in scores
    )
    yield Table(
        ("outlet", "published", "origin", "title", "article"), rows, title=f"{len(rows)} articles, one text",
        right=frozenset({"origin"}), whole=frozenset({"published", "article"}), wide="title", spare=("title",),
    )  # fmt: skip
    reasons = "; ".join(f"{one.sentence} ({one.weight:+.2f})" for one in group.origin.reasons) or "nothing tells"
    yield Line(f"likely origin: {_outlet(articles[group.origin.article_id])}: {reasons}")
    if group.agency:
        yield Line(f"credited: {group.agency}: " + ", ".join(_cues(group, articles)))
    for link in group.links[:_MOST_LINKS]:
        yield Line("  " + _link(link, articles), "dim")
    more = len(group.links) - _MOST_LINKS
    if more > 0:
        yield Line(f"  and {count(more, 'more link')}: see --json", "dim")


def _cues(group: CopyGroup, articles: Mapping[str, Article]) -> list[str]:
    named = [one for one in group.credits if one.name == group.agency]
    return [f"{_outlet(articles[one.article_id])} {one.how}" for one in named[:_MOST_LINKS]]


def _link(link: CopyLink, articles: Mapping[str, Article]) -> str:
    one, other = articles[link.article_id], articles[link.other_id]
    shares = f"{link.share:.0%} and {link.other_share:.0%}"
    spans = ", ".join(f"{item.start}-{item.end} = {item.other_start}-{item.other_end}" for item in link.ranges[:3])
    return (
        f"{link.kind}: {_outlet(one)} ({one.article_id}) and {_outlet(other)} ({other.article_id}), {shares}: {spans}"
    )


def versions(found: Sequence[Version], articles: Mapping[str, Article]) -> Iterator[Block]:
    """Each change of a page: what went, what came, and the notes of correction or retraction."""
    pages, words = {one.address for one in found}, load_words()
    yield Line(f"{count(len(found), 'change')} of {count(len(pages), 'page')} read more than once", "bold")
    for one in found:
        older, newer = articles[one.older_id], articles[one.newer_id]
        yield Line()
        yield Line(f"{one.address}: {_from_to(one)}", "bold")
        yield from (Line(f"  - {_cut(span, older)}") for span in one.removed)
        yield from (Line(f"  + {_cut(span, newer)}") for span in one.added)
        taken_back = retraction(newer, words)
        for span in one.corrections:
            if not (taken_back and _meet(span, taken_back)):
                yield Line(f"  correction: {_cut(span, newer)}")
        if taken_back:
            yield Line(f"  retraction: {_cut(taken_back, newer)}")


def _from_to(one: Version) -> str:
    """`6 May 2031 to 8 May 2031`; the time of day too where both readings are of one day."""
    moments = (one.older_read, one.newer_read)
    same = len({moment[:10] for moment in moments}) == 1
    return " to ".join(day(it, none="no date") + (f" {it[11:16]}" if same and it[11:16] else "") for it in moments)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _cut(span: Span, article: Article) -> str:
    words = " ".join(span.of(article.text).split())
    return words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS]}..."


def _outlet(article: Article) -> str:
    return article.publisher or article.url or article.page_id


def _day(article: Article) -> str:
    last = article.published.last_day if article.published else None
    return last.isoformat() if last else ""


def _title(article: Article) -> str:
    return article.headline or _cut(Span(0, min(len(article.text), 200)), article)
