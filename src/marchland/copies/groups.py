"""Articles that are one text, from the links between texts.

Texts that share most of each other are one group. Where only one of two is mostly in the other (a cut, or a text with
more added), the later one belongs to the text that it has most from, and to no other: a digest of two reports does
not make them one, nor does a brief of one standing paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from marchland.copies.compare import TextLink
from marchland.copies.origin import Case, agency_of, origins
from marchland.copies.settings import CopySettings, Grouping
from marchland.records import Aligned, Article, CopyGroup, CopyLink, Credit, content_id

UNDATED = "9999"


def copy_groups(
    articles: Sequence[Article],
    texts: Mapping[str, int],
    links: Sequence[TextLink],
    credits: Sequence[Credit],
    settings: CopySettings,
) -> tuple[CopyGroup, ...]:
    """Groups of two articles or more, the largest first. The order of what is given changes nothing."""
    holders: dict[int, list[Article]] = defaultdict(list)
    for article in sorted(articles, key=lambda one: one.article_id):
        if article.article_id in texts:
            holders[texts[article.article_id]].append(article)
    links = [one for one in links if one.one in holders and one.other in holders]
    days = {key: min(_day(one) for one in some) for key, some in holders.items()}
    credited: dict[str, list[Credit]] = defaultdict(list)
    for credit in credits:
        credited[credit.article_id].append(credit)
    inside: dict[frozenset[int], list[TextLink]] = defaultdict(list)
    joined = text_groups(holders, links, days, settings.group)
    of = {key: group for group in joined for key in group}
    for link in links:
        if of[link.one] is of[link.other]:
            inside[of[link.one]].append(link)
    made = [
        _group([one for key in sorted(group) for one in holders[key]], inside[group], holders, credited, settings)
        for group in joined
        if len(group) > 1 or sum(len(holders[key]) for key in group) > 1
    ]
    return tuple(sorted(made, key=lambda one: (-len(one.articles), one.group_id)))


def text_groups(
    keys: Iterable[int], links: Sequence[TextLink], days: Mapping[int, str], rules: Grouping
) -> tuple[frozenset[int], ...]:
    """Keys of texts in groups; a text without copies is a group of its own."""
    parent = {key: key for key in keys}

    def root(key: int) -> int:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for link in _joining(links, days, rules):
        low, high = sorted((root(link.one), root(link.other)))
        parent[high] = low
    groups: dict[int, set[int]] = defaultdict(set)
    for key in parent:
        groups[root(key)].add(key)
    return tuple(frozenset(groups[key]) for key in sorted(groups))


def _joining(links: Sequence[TextLink], days: Mapping[int, str], rules: Grouping) -> list[TextLink]:
    """Links that make two texts one group."""
    strong = [
        one for one in links
        if one.kind == "text" and max(one.share, one.other_share) >= rules.share and matched(one) >= rules.words
    ]  # fmt: skip
    mutual = [one for one in strong if min(one.share, one.other_share) >= rules.share]
    best: dict[int, TextLink] = {}
    for link in strong:
        for key in _later(link, days):
            if key not in best or _most(link, key) > _most(best[key], key):
                best[key] = link
    return [*mutual, *best.values()]


def _later(link: TextLink, days: Mapping[int, str]) -> tuple[int, ...]:
    """The text that came later; both, where nothing tells."""
    one, other = days.get(link.one, UNDATED), days.get(link.other, UNDATED)
    if one == other or UNDATED in (one, other):
        return (link.one, link.other)
    return (link.one,) if one > other else (link.other,)


def _most(link: TextLink, key: int) -> tuple[float, float, int, int]:
    """How much of a text the link covers, then how much of the other; keys settle what is equal."""
    mine, theirs = (link.share, link.other_share) if key == link.one else (link.other_share, link.share)
    return (mine, theirs, -link.one, -link.other)


def matched(link: TextLink) -> int:
    """Words that two texts have in common."""
    return sum(one.words for one in link.ranges)


def _group(
    articles: Sequence[Article],
    links: Sequence[TextLink],
    holders: Mapping[int, Sequence[Article]],
    credited: Mapping[str, Sequence[Credit]],
    settings: CopySettings,
) -> CopyGroup:
    ids = tuple(sorted(one.article_id for one in articles))
    mine = {one: tuple(credited.get(one, ())) for one in ids}
    ranked = origins(Case(tuple(articles), mine, _covers(links, holders)), settings.origin)
    told = [copy_link(one, holders[one.one][0], holders[one.other][0], settings.group) for one in links]
    return CopyGroup(
        group_id=content_id("copies", *ids),
        articles=ids,
        links=tuple(sorted([*_same(articles), *told], key=lambda one: (one.article_id, one.other_id, one.kind))),
        credits=tuple(one for some in mine.values() for one in some),
        origin=ranked[0],
        rivals=ranked[1:],
        agency=agency_of(mine.values()),
    )


def _covers(links: Iterable[TextLink], holders: Mapping[int, Sequence[Article]]) -> dict[str, float]:
    """Article id to the share of the texts linked with its own that is in it, on average."""
    shares: dict[int, list[float]] = defaultdict(list)
    for link in links:
        if link.kind == "text":
            shares[link.one].append(link.other_share)
            shares[link.other].append(link.share)
    return {one.article_id: sum(some) / len(some) for key, some in shares.items() for one in holders[key]}


def copy_link(link: TextLink, one: Article, other: Article, rules: Grouping) -> CopyLink:
    """A link between texts as one between two articles that have them."""
    high, low = max(link.share, link.other_share), min(link.share, link.other_share)
    enough = matched(link) >= rules.words
    kind = "copy" if low >= rules.share and enough else "cut" if high >= rules.share and enough else "part"
    kind = kind if link.kind == "text" else link.kind
    return CopyLink(one.article_id, other.article_id, kind, link.share, link.other_share, link.ranges)


def _same(articles: Sequence[Article]) -> Iterable[CopyLink]:
    """Links of articles with one text: each with the first of them."""
    first: dict[str, Article] = {}
    for one in articles:
        origin = first.setdefault(one.text, one)
        if origin is not one:
            length = len(one.text)
            whole = Aligned(0, length, 0, length, len(one.text.split()))
            yield CopyLink(origin.article_id, one.article_id, "same", 1.0, 1.0, (whole,))


def _day(article: Article) -> str:
    last = article.published.last_day if article.published else None
    return last.isoformat() if last else UNDATED
