"""Articles that are one text, from the links between texts.

Texts that share most of each other are one group. Where only one of two is mostly in the other (a cut, or a text with
more added), the later one belongs to the text that it has most from, and to no other: a digest of two reports does
not make them one, nor does a brief of one standing paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marchland.copies.compare import TextLink
from marchland.copies.origin import Case, agency_of, origins
from marchland.copies.settings import CopySettings, Grouping
from marchland.records import Aligned, Article, CopyGroup, CopyLink, Credit, content_id

UNDATED = "9999"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What groups are made from, looked up by text."""

    holders: Mapping[int, Sequence[Article]]
    """Key of a text to the articles that have it, by id."""
    links: tuple[TextLink, ...]
    credits: Mapping[str, Sequence[Credit]]
    """By article id."""

    @classmethod
    def of(
        cls, articles: Iterable[Article], texts: Mapping[str, int], links: Iterable[TextLink], credits: Iterable[Credit]
    ) -> Shelf:
        """Articles that are not linked yet, and links of articles that are not given, are left out."""
        holders: dict[int, list[Article]] = defaultdict(list)
        for article in sorted(articles, key=lambda one: one.article_id):
            if article.article_id in texts:
                holders[texts[article.article_id]].append(article)
        credited: dict[str, list[Credit]] = defaultdict(list)
        for credit in credits:
            credited[credit.article_id].append(credit)
        return cls(holders, tuple(one for one in links if one.one in holders and one.other in holders), credited)

    def groups(self, rules: Grouping) -> tuple[frozenset[int], ...]:
        """The texts in groups."""
        days = {key: min(_day(one) for one in some) for key, some in self.holders.items()}
        return text_groups(self.holders, self.links, days, rules)


def copy_groups(shelf: Shelf, settings: CopySettings) -> tuple[CopyGroup, ...]:
    """Groups of two articles or more, the largest first. The order of what is given changes nothing."""
    joined = shelf.groups(settings.group)
    of = {key: group for group in joined for key in group}
    inside: dict[frozenset[int], list[TextLink]] = defaultdict(list)
    for link in shelf.links:
        if of[link.one] is of[link.other]:
            inside[of[link.one]].append(link)
    made = [
        _group(group, inside[group], shelf, settings)
        for group in joined
        if sum(len(shelf.holders[key]) for key in group) > 1
    ]
    return tuple(sorted(made, key=lambda one: (-len(one.articles), one.group_id)))


def part_links(shelf: Shelf, settings: CopySettings) -> tuple[CopyLink, ...]:
    """Links between articles of two groups: a standing paragraph, a sentence, a quotation."""
    of = {key: group for group in shelf.groups(settings.group) for key in group}
    found = (
        copy_link(link, shelf.holders[link.one][0], shelf.holders[link.other][0], settings.group)
        for link in shelf.links
        if of[link.one] is not of[link.other]
    )
    return tuple(sorted(found, key=_link_order))


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


def _group(keys: Iterable[int], links: Sequence[TextLink], shelf: Shelf, settings: CopySettings) -> CopyGroup:
    articles = [one for key in sorted(keys) for one in shelf.holders[key]]
    ids = tuple(sorted(one.article_id for one in articles))
    mine = {one: tuple(shelf.credits.get(one, ())) for one in ids}
    ranked = origins(Case(tuple(articles), mine, _covers(links, shelf.holders)), settings.origin)
    told = [copy_link(one, shelf.holders[one.one][0], shelf.holders[one.other][0], settings.group) for one in links]
    return CopyGroup(
        group_id=content_id("copies", *ids),
        articles=ids,
        links=tuple(sorted([*_same(articles), *told], key=_link_order)),
        credits=tuple(one for some in mine.values() for one in some),
        origin=ranked[0],
        rivals=ranked[1:],
        agency=agency_of(mine.values()),
    )


def _link_order(one: CopyLink) -> tuple[str, str, str]:
    return (one.article_id, one.other_id, one.kind)


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
