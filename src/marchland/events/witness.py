"""Witnesses, not outlets: rows that rest on one utterance or one text count once.

`witnesses` looks at the rows alone. What the texts and the other rows tell (that a sentence is copied, a quotation
shared, an agency relayed, a speaker quoted elsewhere) `links` says with its reasons, and `joined` writes it into the
rows: all that rest on one thing get one `witness_id`. The stored rows keep theirs: which article is the original is
asked anew each time, so that one that arrives later changes nothing that was written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from marchland.events.bases import NOTHING, SharedWords, about, classes, day
from marchland.events.told import Told, family
from marchland.events.weights import WitnessWeights
from marchland.records import ClaimRow

Node = tuple[object, ...]
UNDATED = "9999"
SAME_WORDING = 0.6
"""Share of words in common from which two sentences are one wording, edited: they may be misread alike."""
ONE = 1.0
"""Weight of a link between claims that are one witness."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness: the row that says it best, and all the rows that repeat it."""

    best: Told
    rows: tuple[Told, ...]
    independence: float = 1.0
    """Exponent on its likelihood ratio, 0 to 1: less where it may have it from another witness."""
    leans_on: str = ""
    """Why it is not wholly independent, for people; empty where nothing speaks for that."""
    rendering: float = 0.0
    """Exponent of each further wording on the chance that all were misread; 0 counts the best wording alone."""

    @property
    def reading(self) -> float:
        """How sure it is that the witness says this, 0 to 1: the more wordings of its own say it, the surer."""
        wordings = _wordings(self.rows)
        missed = 1 - wordings[0]
        for one in wordings[1:]:
            missed *= (1 - one) ** self.rendering
        return 1 - missed

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all its claims, sorted."""
        return tuple(sorted({one.row.claim_id for one in self.rows}))

    @property
    def known(self) -> int | None:
        """The day it was first heard."""
        return min((one.known for one in self.rows if one.known is not None), default=None)


def witnesses(rows: Iterable[Told]) -> tuple[Witness, ...]:
    """The witnesses behind some rows, in an order that does not depend on theirs."""
    groups: dict[tuple[object, ...], list[Told]] = {}
    for one in sorted({row.row.claim_id: row for row in rows}.values(), key=_order):
        held = [groups[key] for key in _keys(one) if key in groups]
        merged = held[0] if held else []
        for other in held[1:]:
            if other is not merged:
                merged.extend(other)
        merged.append(one)
        for member in list(merged):
            groups.update(dict.fromkeys(_keys(member), merged))
    unique = {id(group): group for group in groups.values()}.values()
    made = (Witness(min(group, key=_rank), tuple(sorted(group, key=_order))) for group in unique)
    return tuple(sorted(made, key=lambda one: (one.known or 0, one.best.row.claim_id)))


def utterances(rows: Iterable[ClaimRow]) -> tuple[frozenset[str], ...]:
    """Claims that stand or fall together, over all places: one sentence that lists four towns is no four witnesses.

    Ids of claims of one sentence of one text, in one voice, and of all that are one witness with any of them.
    """
    listed = sorted({row.claim_id: row for row in rows}.items())
    parent: dict[Node, Node] = {}
    for claim_id, row in listed:
        _join(
            parent, (claim_id,), ("sentence", row.article_id, row.start, row.source.casefold(), row.stance == "denies")
        )
        _join(parent, (claim_id,), ("witness", row.witness_id or claim_id, row.stance == "denies"))
    found: dict[Node, set[str]] = defaultdict(set)
    for claim_id, _ in listed:
        found[_root(parent, (claim_id,))].add(claim_id)
    return tuple(sorted((frozenset(one) for one in found.values()), key=sorted))


def by_witness(found: Sequence[Witness]) -> dict[str, Witness]:
    """Claim id to its witness."""
    return {claim: one for one in found for claim in one.claims}


def _keys(one: Told) -> tuple[tuple[object, ...], ...]:
    """What makes two rows one witness: the witness id, or one named speaker on one deed of one day."""
    row = one.row
    keys: list[tuple[object, ...]] = [("id", row.witness_id or row.claim_id, row.stance == "denies")]
    if row.source != "publisher" and row.source_name and row.date_from and row.source_class != "anonymous":
        keys.append(("said", row.source_name, family(row.event), row.stance, row.date_from, row.date_to))
    return tuple(keys)


def _wordings(rows: Sequence[Told]) -> list[float]:
    """The surest reading of each wording, the best row's first; a sentence and its copies are one wording."""
    kept: list[tuple[frozenset[str], float]] = []
    for one in sorted(rows, key=lambda item: (-item.row.reading, item.row.claim_id)):
        words = frozenset(_WORD.findall(one.row.sentence.casefold()))
        if all(len(words & other) < SAME_WORDING * len(words | other) for other, _ in kept):
            kept.append((words, one.row.reading))
    return [reading for _, reading in kept]


def _rank(one: Told) -> tuple[object, ...]:
    """Best first: a told day before none, narrow before wide, well read before badly read, then by day and id."""
    return (one.width is None, -one.row.reading, one.width or 0, *_order(one))


def _order(one: Told) -> tuple[object, ...]:
    return (one.known or 0, one.row.claim_id)


def by_place(rows: Iterable[Told]) -> dict[str, list[Told]]:
    """Rows of each place; those without one under an empty id."""
    places: dict[str, list[Told]] = defaultdict(list)
    for one in rows:
        places[one.row.place_id or ""].append(one)
    return places


# ---------------------------------------------------------------------------------------------------- not independent


def weighed(found: Sequence[Witness], weights: WitnessWeights) -> tuple[Witness, ...]:
    """The witnesses of one happening with what each adds beside those before it: parties speak with one voice, and
    pages that name no source may have it from one another. The first of each kind counts in full."""
    seen: dict[Node, ClaimRow] = {}
    made = []
    for one in found:
        leans = [(weight, why.format(_name(seen[key]))) for key, weight, why in _leaning(one, weights) if key in seen]
        share, why = min(leans, default=(ONE, ""))
        made.append(replace(one, independence=share, leans_on=why, rendering=weights.rendering))
        for key in _kept(one):
            seen.setdefault(key, one.best.row)
    return tuple(made)


def _leaning(one: Witness, weights: WitnessWeights) -> Iterator[tuple[Node, float, str]]:
    """What an earlier witness must be known for, for this one to add less, how much it then adds, and why."""
    row = one.best.row
    pages = {item.row.article_id for item in one.rows}
    if row.source_side:
        yield ("side", row.source_side), weights.side, "speaks for the side that {} speaks for"
    if len(pages) == 1:
        yield ("page", not _unsourced(row), *pages), weights.page, "stands on one page with {}"
    if _unsourced(row):
        if row.publisher:
            yield ("outlet", row.publisher), weights.unsourced, "told by the same outlet, without a source"
        if row.published:
            key = ("day", row.published, _home(row))
            yield key, weights.unsourced, "printed on the day of {}, neither with a source"


def _kept(one: Witness) -> Iterator[Node]:
    """What a witness is known for to those after it."""
    row = one.best.row
    yield ("side", row.source_side)
    for page in sorted({item.row.article_id for item in one.rows}):
        yield ("page", False, page)
        if _unsourced(row):
            yield ("page", True, page)
    if _unsourced(row):
        yield ("outlet", row.publisher)
        yield ("day", row.published, _home(row))


def _unsourced(row: ClaimRow) -> bool:
    return row.source == "publisher" or row.source_class == "anonymous"


def _name(row: ClaimRow) -> str:
    return (row.publisher or row.page_id) if row.source == "publisher" else (row.source_name or row.source)


def _home(row: ClaimRow) -> str:
    """The country of an outlet as far as its address tells: the last two letters of "kabul.af"; else nothing known."""
    last = (row.publisher or "").rpartition(".")[2]
    return last if len(last) == 2 else ""


# --------------------------------------------------------------------------------------------------------------- links


@dataclass(frozen=True, slots=True)
class WitnessLink:
    """Why two claims are one witness."""

    claim_id: str
    other_id: str
    kind: str
    """As in `Basis`."""
    weight: float
    """1: they are one witness."""
    sentence: str


def links(rows: Sequence[ClaimRow], shared: SharedWords = NOTHING) -> tuple[WitnessLink, ...]:
    """Links between claims, enough to join all that are one witness; the order of the rows changes nothing."""
    made = []
    for members in classes(rows, shared).values():
        for (one, _), (other, basis) in pairwise(members):
            if one.claim_id != other.claim_id and not (basis.near and day(other) - day(one) > shared.rules.days):
                made.append(WitnessLink(one.claim_id, other.claim_id, basis.kind, ONE, basis.sentence))
    return tuple(sorted(made, key=lambda one: (one.claim_id, one.other_id, one.kind, one.sentence)))


def joined(rows: Sequence[ClaimRow], shared: SharedWords) -> tuple[ClaimRow, ...]:
    """The rows with one `witness_id` for all that rest on one thing, and copies dated as the text first printed.

    A denial and an assertion are never joined, nor claims on different places or kinds of deed.
    """
    parent: dict[Node, Node] = {}
    for link in links(rows, shared):
        _join(parent, (link.claim_id,), (link.other_id,))
    first: dict[Node, tuple[str, str]] = {}
    for row in rows:
        root, mine = _root(parent, (row.claim_id,)), (row.published or UNDATED, row.witness_id)
        first[root] = min(first.get(root, mine), mine)
    dated = _dated(rows, shared)
    return tuple(_named(one, first[_root(parent, (row.claim_id,))][1]) for row, one in zip(rows, dated, strict=True))


def _named(row: ClaimRow, witness_id: str) -> ClaimRow:
    return row if row.witness_id == witness_id else replace(row, witness_id=witness_id)


def _root(parent: dict[Node, Node], node: Node) -> Node:
    while (above := parent.get(node, node)) != node:
        parent[node] = parent.get(above, above)
        node = above
    return node


def _join(parent: dict[Node, Node], one: Node, other: Node) -> None:
    one, other = _root(parent, one), _root(parent, other)
    if one != other:
        parent[one] = other


def _dated(rows: Sequence[ClaimRow], shared: SharedWords) -> Iterator[ClaimRow]:
    """Copied words mean the days that they meant when they were first printed: no reprint moves "on Friday"."""
    first: dict[Node, ClaimRow] = {}
    for row in sorted(rows, key=lambda one: (one.published or UNDATED, one.claim_id)):
        if row.article_id in shared.texts and row.published:
            first.setdefault(_printed(row, shared), row)
    for row in rows:
        told = first.get(_printed(row, shared)) if row.article_id in shared.texts else None
        if told is None or not row.published or row.published == told.published:
            yield row
            continue
        how = f"{told.date_how}; as first printed, {told.published}"
        yield replace(
            row, date_from=told.date_from, date_to=told.date_to, date_edtf=told.date_edtf, date_how=how
        )  # fmt: skip


def _printed(row: ClaimRow, shared: SharedWords) -> Node:
    """What has to be the same for two rows to mean the same day."""
    sentence = (shared.texts[row.article_id], row.start)
    return (shared.copied.get(sentence, sentence), (row.date_text or "").casefold(), row.event, row.tense, *about(row))
