"""Do two reports tell of one happening? A list of small rules, each with a weight and a sentence.

Each rule answers with a number between -1 and 1 and says why; times its weight from `lexicons/same_event.toml` it adds
to the log-odds. Nothing here knows where a mention comes from: `bench same_event` compares the mentions of other
people's texts, `events.gather` the claims of a ledger.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations

import msgspec

from marchland.errors import BrokenData
from marchland.records import Reason


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a text that tells of an event; words are lemmas, folded."""

    mention_id: str
    trigger: str
    """The event's own word."""
    sort: str = ""
    """Kind of event (PLOVER category), empty where not known."""
    parties: frozenset[str] = frozenset()
    """Words for those who take part."""
    places: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    """Days, or words for times."""
    words: frozenset[str] = frozenset()
    """Content words of the sentence."""
    article: str = ""
    lead: bool = False
    """Whether it stands in the headline or the first sentences."""


@dataclass(frozen=True, slots=True)
class Reports:
    """The articles that mentions stand in: how rare their words are, and how alike they are."""

    rarity: Mapping[str, float]
    """Word to the log of the articles per article that has it."""
    vectors: Mapping[str, Mapping[str, float]]
    """Article to the weights of its words, of length 1."""
    most: float
    """Rarity of a word of one article alone."""

    @classmethod
    def of(cls, articles: Mapping[str, Iterable[str]], *, least: int = 2) -> Reports:
        """From the content words of each article, with repetitions; `least` is how many articles there are at least."""
        counted = {name: Counter(words) for name, words in sorted(articles.items())}
        found = Counter(word for words in counted.values() for word in words)
        number_of = max(len(counted), least)
        most = math.log(number_of)
        rarity = {word: math.log(number_of / number) for word, number in sorted(found.items())}
        return cls(rarity, {name: _unit(words, rarity) for name, words in counted.items()}, most)

    def rare(self, word: str) -> float:
        """0 for a word of every article, 1 for one of a single article."""
        return self.rarity.get(word, self.most) / self.most

    def alike(self, one: str, other: str) -> float:
        """Cosine of two articles, 0 to 1; 1 for one article with itself."""
        if one == other:
            return 1.0
        return _dot(self.vectors.get(one, {}), self.vectors.get(other, {}))


def _unit(words: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    weights = {word: (1 + math.log(number)) * rarity[word] for word, number in sorted(words.items())}
    length = math.sqrt(sum(value * value for value in weights.values())) or 1.0
    return {word: value / length for word, value in weights.items()}


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return sum(value * long[word] for word, value in short.items() if word in long)


# --------------------------------------------------------------------------------------------------------------- rules

Answer = tuple[float, str]
Rule = Callable[[Mention, Mention, Reports], Answer]
NOTHING: Answer = (0.0, "")


def same_word(one: Mention, other: Mention, _: Reports) -> Answer:
    """One word for both."""
    return (1.0, f'both say "{one.trigger}"') if one.trigger == other.trigger else NOTHING


def rare_word(one: Mention, other: Mention, reports: Reports) -> Answer:
    """One word for both, that few reports use."""
    if one.trigger != other.trigger:
        return NOTHING
    return (reports.rare(one.trigger), f'few other reports say "{one.trigger}"')


def like_word(one: Mention, other: Mention, _: Reports) -> Answer:
    """Two forms of one word: "arrest" and "arresting"."""
    if one.trigger == other.trigger or not _forms(one.trigger, other.trigger):
        return NOTHING
    return (1.0, f'"{one.trigger}" and "{other.trigger}" are forms of one word')


def like_rare_word(one: Mention, other: Mention, reports: Reports) -> Answer:
    """Two forms of one word that few reports use."""
    if one.trigger == other.trigger or not _forms(one.trigger, other.trigger):
        return NOTHING
    return (min(reports.rare(one.trigger), reports.rare(other.trigger)), "few other reports have the word")


def same_sort(one: Mention, other: Mention, _: Reports) -> Answer:
    """Other words for one kind of event."""
    if not one.sort or one.sort != other.sort or one.trigger == other.trigger:
        return NOTHING
    return (1.0, f"both are a case of {one.sort}")


def named_by_other(one: Mention, other: Mention, _: Reports) -> Answer:
    """The word of each stands in the sentence of the other, as the word for something else."""
    if one.trigger == other.trigger or one.article == other.article:
        return NOTHING
    both = (one.trigger in other.words) + (other.trigger in one.words)
    return (both / 2, "each sentence has the word of the other, for another thing") if both else NOTHING


def both_lead(one: Mention, other: Mention, reports: Reports) -> Answer:
    """What two articles begin with, in other words: more so the more alike they are."""
    if not (one.lead and other.lead) or one.trigger == other.trigger or one.article == other.article:
        return NOTHING
    return (reports.alike(one.article, other.article), "both are what their articles begin with")


def lead_and_parties(one: Mention, other: Mention, reports: Reports) -> Answer:
    """What two articles begin with, of the same people, in other words."""
    if not (one.lead and other.lead) or one.trigger == other.trigger or one.article == other.article:
        return NOTHING
    return _overlap(one.parties, other.parties, reports, "both articles begin with {}")


def shared_parties(one: Mention, other: Mention, reports: Reports) -> Answer:
    """Those who take part are the same."""
    return _overlap(one.parties, other.parties, reports, "both name {}")


def other_parties(one: Mention, other: Mention, _: Reports) -> Answer:
    """Nobody who takes part is the same."""
    if not one.parties or not other.parties or one.parties & other.parties:
        return NOTHING
    return (1.0, f"one names {_some(one.parties)}, the other {_some(other.parties)}")


def shared_places(one: Mention, other: Mention, reports: Reports) -> Answer:
    """The place is the same."""
    return _overlap(one.places, other.places, reports, "both at {}")


def other_places(one: Mention, other: Mention, _: Reports) -> Answer:
    """The place is another one."""
    if not one.places or not other.places or one.places & other.places:
        return NOTHING
    return (1.0, f"one at {_some(one.places)}, the other at {_some(other.places)}")


def shared_times(one: Mention, other: Mention, _: Reports) -> Answer:
    """The time is the same."""
    both = one.times & other.times
    return (1.0, f"both on {_some(both)}") if both else NOTHING


def other_times(one: Mention, other: Mention, _: Reports) -> Answer:
    """The time is another one."""
    if not one.times or not other.times or one.times & other.times:
        return NOTHING
    return (1.0, f"one on {_some(one.times)}, the other on {_some(other.times)}")


def like_sentence(one: Mention, other: Mention, reports: Reports) -> Answer:
    """The sentences have words in common."""
    return _overlap(one.words - {one.trigger}, other.words - {other.trigger}, reports, "both have the words {}")


def like_article(one: Mention, other: Mention, reports: Reports) -> Answer:
    """The articles are about the same."""
    share = reports.alike(one.article, other.article) if one.article != other.article else 0.0
    return (share, f"the articles are alike ({share:.2f})") if share > 0 else NOTHING


def one_article(one: Mention, other: Mention, _: Reports) -> Answer:
    """Both stand in one article."""
    return (1.0, "both stand in one article") if one.article == other.article else NOTHING


RULES: tuple[Rule, ...] = (
    same_word, rare_word, like_word, like_rare_word, same_sort, named_by_other, both_lead, lead_and_parties,
    shared_parties, other_parties, shared_places, other_places, shared_times, other_times, like_sentence, like_article,
    one_article,
)  # fmt: skip


def _overlap(one: frozenset[str], other: frozenset[str], reports: Reports, sentence: str) -> Answer:
    """Share of the rarity of the words of both that they have in common."""
    both = one & other
    if not both:
        return NOTHING
    mass = sum(reports.rare(word) for word in sorted(one | other)) or 1.0
    return (sum(reports.rare(word) for word in sorted(both)) / mass, sentence.format(_some(both)))


def _some(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in sorted(words)[:4])


def _forms(one: str, other: str) -> bool:
    """Whether two words begin alike, but for an ending of a few letters, or one is the end of the other: "quake"."""
    short = min(len(one), len(other))
    begin = next((n for n in range(short) if one[n] != other[n]), short)
    if min(one, other, key=len) == max(one, other, key=len)[-short:]:
        return short >= 4
    return begin >= 4 and begin >= short - 1 and max(len(one), len(other)) - begin <= 4


# ---------------------------------------------------------------------------------------------------------- the answer


@dataclass(frozen=True, slots=True)
class SameEvent:
    """What the rules weigh."""

    base: float
    """Log-odds before any rule has spoken."""
    threshold: float
    """Log-odds, on the mean over pairs, from which two groups are one happening."""
    article_share: float
    """Likeness of two articles, on the mean, from which what they tell is compared at all."""
    weights: Mapping[str, float]


def load_same_event() -> SameEvent:
    """The shipped weights. Raises BrokenData where one is missing or is of no rule."""
    text = (files("marchland") / "lexicons" / "same_event.toml").read_text(encoding="utf-8")
    try:
        found = msgspec.toml.decode(text, type=SameEvent)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BrokenData(f"same_event.toml: {error}") from error
    names = {rule.__name__ for rule in RULES}
    if wrong := sorted(names ^ set(found.weights)):
        raise BrokenData(f"same_event.toml: no weight for a rule, or no rule for a weight: {', '.join(wrong)}")
    return found


def reasons(one: Mention, other: Mention, reports: Reports, rules: SameEvent) -> tuple[Reason, ...]:
    """What speaks for one happening (above 0) and against it; with `base` it adds up to the log-odds."""
    answers = ((rule.__name__, *rule(one, other, reports)) for rule in RULES)
    return tuple(Reason(name, rules.weights[name] * score, why) for name, score, why in answers if score)


def log_odds(one: Mention, other: Mention, reports: Reports, rules: SameEvent) -> float:
    """Log-odds that two mentions are of one happening; the order of the two changes nothing."""
    first, second = sorted((one, other), key=lambda item: item.mention_id)
    return rules.base + sum(rules.weights[rule.__name__] * rule(first, second, reports)[0] for rule in RULES)


def same_events(mentions: Sequence[Mention], reports: Reports, rules: SameEvent) -> tuple[frozenset[str], ...]:
    """Ids of mentions by happening: groups join while the mean log-odds between two of them reach the threshold."""
    listed = sorted(mentions, key=lambda one: one.mention_id)
    scores = {(a, b): log_odds(listed[a], listed[b], reports, rules) for a, b in combinations(range(len(listed)), 2)}
    groups = linked(len(listed), scores, rules.threshold)
    return tuple(frozenset(listed[index].mention_id for index in group) for group in groups)


def linked(count: int, scores: Mapping[tuple[int, int], float], least: float) -> list[list[int]]:
    """Groups of 0 .. count - 1: the two with the highest mean score join, while it is `least` or more."""
    groups: dict[int, list[int]] = {index: [index] for index in range(count)}
    mean = dict(scores)
    waiting = [(-score, pair) for pair, score in mean.items()]
    heapq.heapify(waiting)
    while waiting and -waiting[0][0] >= least:
        score, pair = heapq.heappop(waiting)
        if mean.get(pair) != -score:
            continue
        for fresh in _join(groups, mean, *pair):
            heapq.heappush(waiting, (-mean[fresh], fresh))
    return [sorted(group) for _, group in sorted(groups.items())]


def _join(
    groups: dict[int, list[int]], mean: dict[tuple[int, int], float], one: int, other: int
) -> list[tuple[int, int]]:
    """Join two groups; returns the pairs whose mean is another now."""
    sizes, changed = (len(groups[one]), len(groups[other])), []
    groups[one] += groups.pop(other)
    del mean[one, other]
    for third in groups:
        if third != one:
            left, right = (min(one, third), max(one, third)), (min(other, third), max(other, third))
            mean[left] = (mean[left] * sizes[0] + mean.pop(right) * sizes[1]) / sum(sizes)
            changed.append(left)
    return changed
