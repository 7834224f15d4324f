"""Fit the weights of lexicons/same_event.toml on the training topics of ECB+ (Cybulska and Vossen 2014, CC BY 3.0).

A logistic regression over pairs of mentions within groups of like articles gives the weights; the threshold is the one
with the best CoNLL F1 on the same topics. Nothing of a text is kept. Prints the file's numbers.
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import same_event
from bench.clusters import clusters_of, conll

from marchland.events.compare import RULES, Mention, Reports, SameEvent

ARTICLE_SHARE = 0.18
"""Chosen with the groups of articles alone, on the training topics."""
PRIORS = {"same_sort": 2.0}
"""Weights of rules that the texts cannot tell of: no kinds of event are marked in them."""
RIDGE = 1.0
Array = NDArray[np.float64]


def pairs(topic: same_event.Topic, of: dict[str, int]) -> tuple[Array, Array]:
    """What each rule answers for each pair of mentions in one group of articles, and whether the two are one event."""
    reports = Reports.of(topic.articles)
    groups: dict[int, list[Mention]] = {}
    for one in topic.mentions:
        groups.setdefault(of[one.article], []).append(one)
    answers, truth = [], []
    for members in groups.values():
        for one, other in combinations(sorted(members, key=lambda item: item.mention_id), 2):
            answers.append([1.0, *(rule(one, other, reports)[0] for rule in RULES)])
            truth.append(float(topic.gold[one.mention_id] == topic.gold[other.mention_id]))
    return np.array(answers), np.array(truth)


def fitted(answers: Array, truth: Array) -> Array:
    """Weights of a logistic regression with a ridge, by Newton's method; the base comes first and has none."""
    weights = np.zeros(answers.shape[1])
    ridge = np.full(len(weights), RIDGE)
    ridge[0] = 0.0
    for _ in range(25):
        chance = 1 / (1 + np.exp(-answers @ weights))
        slope = answers.T @ (truth - chance) - ridge * weights
        bend = (answers * (chance * (1 - chance))[:, None]).T @ answers + np.diag(ridge)
        weights += np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    """Fit, choose the threshold, print."""
    topic = same_event.read(None)
    plain = SameEvent(0.0, 0.0, ARTICLE_SHARE, {})
    of = same_event.article_groups(topic, plain)
    weights = fitted(*pairs(topic, of))
    named = {rule.__name__: round(float(value), 2) for rule, value in zip(RULES, weights[1:], strict=True)} | PRIORS
    rules = SameEvent(round(float(weights[0]), 2), 0.0, ARTICLE_SHARE, named)
    gold = clusters_of(dict(topic.gold))
    found = []
    for threshold in (-1.0, -0.5, 0.0, 0.5):
        told = same_event.told_by(topic, of, SameEvent(rules.base, threshold, ARTICLE_SHARE, named))
        found.append((conll(gold, clusters_of(told)), threshold))
        print(f"# threshold {threshold}: CoNLL F1 {found[-1][0]:.3f} on the training topics")
    print(f"base = {rules.base}\nthreshold = {max(found)[1]}\narticle_share = {ARTICLE_SHARE}\n\n[weights]")
    print("\n".join(f"{name} = {value}" for name, value in named.items()))


if __name__ == "__main__":
    main()
