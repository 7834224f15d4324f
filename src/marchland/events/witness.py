"""Witnesses, not outlets: rows that rest on one utterance or one text count once.

`witnesses` looks at the rows alone. What only the texts can tell (that a sentence is copied, a quotation shared, an
agency relayed) comes in as `SharedWords`, and `joined` writes it into the rows: all rows that rest on the same words
get one `witness_id`. The stored rows keep theirs: which article is the original is asked anew each time, so that one
that arrives later changes nothing that was written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from marchland.events.told import Told, family
from marchland.records import ClaimRow


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness: the row that says it best, and all the rows that repeat it."""

    best: Told
    rows: tuple[Told, ...]

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


def _rank(one: Told) -> tuple[object, ...]:
    """Best first: a told day before none, narrow before wide, well read before badly read, then by day and id."""
    return (one.width is None, -one.row.reading, one.width or 0, *_order(one))


def _order(one: Told) -> tuple[object, ...]:
    return (one.known or 0, one.row.claim_id)


def by_place(rows: Iterable[Told]) -> dict[str, list[Told]]:
    """Rows of each place; rows without a place are left out."""
    places: dict[str, list[Told]] = defaultdict(list)
    for one in rows:
        if one.row.place_id:
            places[one.row.place_id].append(one)
    return places


# --------------------------------------------------------------------------------------------------------- shared words

Sentence = tuple[int, int]
"""Key of a text, and where in it the sentence begins."""
Node = tuple[object, ...]
UNDATED = "9999"
RELAYED = frozenset({"agency", "media", "outlet"})
"""Classes of speakers that stand for a text, not for a person."""


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Which sentences are the same words, as the texts tell."""

    texts: Mapping[str, int]
    """Article id to the key of its text."""
    copied: Mapping[Sentence, Sentence]
    """Sentence to the one that stands for all its copies."""
    quoted: Mapping[Sentence, Sentence]
    """Sentence to the one that stands for all that quote the same words."""
    relayed: Mapping[str, str]
    """Claim id to the agency or outlet whose text it is."""


def relays(row: ClaimRow) -> bool:
    """Whether a row speaks in the voice of the text, and not in that of a person whom it names."""
    return row.source == "publisher" or row.source_class in RELAYED


def joined(rows: Sequence[ClaimRow], shared: SharedWords) -> tuple[ClaimRow, ...]:
    """The rows with one `witness_id` for all that rest on the same words, and copies dated as the text first printed.

    A denial and an assertion are never joined, nor claims on different places or kinds of deed.
    """
    parent: dict[Node, Node] = {}
    for row in rows:
        for node in _nodes(row, shared):
            _join(parent, _own(row), node)
    first: dict[Node, tuple[str, str]] = {}
    for row in rows:
        root, mine = _root(parent, _own(row)), (row.published or UNDATED, row.witness_id)
        first[root] = min(first.get(root, mine), mine)
    dated = _dated(rows, shared)
    return tuple(_named(one, first[_root(parent, _own(row))][1]) for row, one in zip(rows, dated, strict=True))


def _own(row: ClaimRow) -> Node:
    """The witness that a row has by itself."""
    return ("id", row.witness_id or row.claim_id, *_about(row))


def _named(row: ClaimRow, witness_id: str) -> ClaimRow:
    return row if row.witness_id == witness_id else replace(row, witness_id=witness_id)


def _about(row: ClaimRow) -> Node:
    return (row.place_id or row.place, family(row.event), row.stance == "denies")


def _nodes(row: ClaimRow, shared: SharedWords) -> Iterator[Node]:
    """What a row rests on, besides its own witness."""
    sentence = (shared.texts.get(row.article_id, 0), row.start)
    if sentence[0]:
        yield ("copied", shared.copied.get(sentence, sentence), row.source.casefold(), *_about(row))
    if sentence in shared.quoted and row.source != "publisher":
        yield ("quoted", shared.quoted[sentence], *_about(row))
    name = shared.relayed.get(row.claim_id)
    if name and row.published:
        yield ("relayed", name, "printed", row.published, *_about(row))
    if name and row.date_from and row.date_from == row.date_to:
        yield ("relayed", name, "done", row.date_from, *_about(row))


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
    return (shared.copied.get(sentence, sentence), (row.date_text or "").casefold(), row.event, row.tense, *_about(row))
