"""Where the text of a copy group comes from: a list of small rules, each with a weight and a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from marchland.copies.settings import OriginWeights
from marchland.records import Article, Credit, Origin, Reason


@dataclass(frozen=True, slots=True)
class Case:
    """One group and what the rules ask about it."""

    articles: tuple[Article, ...]
    credits: Mapping[str, tuple[Credit, ...]]
    """By article id."""
    covers: Mapping[str, float]
    """Article id to the share of the other texts that is in it, on average."""

    def own(self, article: Article) -> str:
        """The name under which others credit its publisher, or nothing."""
        return next((one.name for one in self.credits.get(article.article_id, ()) if is_own(one)), "")

    def named(self, article: Article) -> frozenset[str]:
        """Others whom it credits."""
        return frozenset(one.name for one in self.credits.get(article.article_id, ()) if not is_own(one))


Rule = Callable[[Article, Case], tuple[float, str]]
"""Says how strongly a rule speaks for an article, -1 to 1 of its weight, and why, in one sentence."""


def is_own(credit: Credit) -> bool:
    """Whether a credit is the publisher's own name."""
    return credit.span is None and credit.how.startswith("published by ")


def credited(article: Article, case: Case) -> tuple[float, str]:
    """The others say that it is this publisher's text."""
    name = case.own(article)
    others = sum(name in case.named(other) for other in case.articles if other is not article) if name else 0
    return float(others > 0), f"{others} of the others credit {name}"


def earliest(article: Article, case: Case) -> tuple[float, str]:
    """It was published first; half as much where others were on the same day."""
    day, days = _day(article), [found for other in case.articles if (found := _day(other))]
    if not day or day != min(days) or len(set(days)) == 1:
        return 0.0, ""
    shared = days.count(day) > 1
    return (
        0.5 if shared else 1.0
    ), f"published {day}, {'with others before the rest' if shared else 'before the others'}"


def whole(article: Article, case: Case) -> tuple[float, str]:
    """What the others have is in it: copies are cut and edited, and lose what was there."""
    share = case.covers.get(article.article_id, 0.0)
    return share, f"has {share:.0%} of the words of the others"


def dateline(article: Article, case: Case) -> tuple[float, str]:
    """It names the place it was written at."""
    return float(bool(article.dateline)), f"written at {article.dateline}"


def credits_other(article: Article, case: Case) -> tuple[float, str]:
    """It says itself that the text is somebody else's."""
    names = sorted({one.name for one in case.credits.get(article.article_id, ()) if one.whole and not is_own(one)})
    return float(bool(names)), f"credits its text to {' and '.join(names)}"


def rules(weights: OriginWeights) -> tuple[tuple[str, Rule, float], ...]:
    """Name, rule and weight."""
    return (
        ("credited", credited, weights.credited),
        ("earliest", earliest, weights.earliest),
        ("whole", whole, weights.whole),
        ("dateline", dateline, weights.dateline),
        ("credits-other", credits_other, weights.credits_other),
    )


def origins(case: Case, weights: OriginWeights) -> tuple[Origin, ...]:
    """Every article of a group with the sum of its reasons, the likeliest origin first."""
    found = [_weighed(article, case, weights) for article in case.articles]
    days = {article.article_id: _day(article) or "9999" for article in case.articles}
    return tuple(sorted(found, key=lambda one: (-one.score, days[one.article_id], one.article_id)))


def agency_of(credits: Iterable[Sequence[Credit]]) -> str:
    """The name that most articles credit, or nothing; of equals the first in the alphabet."""
    counted = Counter(name for some in credits for name in {one.name for one in some})
    return min(counted, key=lambda name: (-counted[name], name)) if counted else ""


def _weighed(article: Article, case: Case, weights: OriginWeights) -> Origin:
    told = ((name, weight, rule(article, case)) for name, rule, weight in rules(weights))
    reasons = tuple(Reason(name, round(weight * share, 3), said) for name, weight, (share, said) in told if share)
    return Origin(article.article_id, round(sum(one.weight for one in reasons), 3), reasons)


def _day(article: Article) -> str:
    last = article.published.last_day if article.published else None
    return last.isoformat() if last else ""
