"""What a claim rests on: one speaker's word, one agency's text, one page, one sentence that others copied.

Claims of one place and kind of deed that rest on one thing are one witness. A denial and an assertion never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz.distance import Indel

from marchland.events.told import family, ordinal
from marchland.records import ClaimRow, content_id

Sentence = tuple[int, int]
"""Key of a text, and where in it the sentence begins."""
About = tuple[str, str, bool]
"""Place, kind of deed, and whether it is denied."""
RELAYED = frozenset({"agency", "media", "outlet"})
"""Classes of speakers that stand for a text, not for a person."""
NOBODY = frozenset({"anonymous", "publisher"})
ODD = 5
"""In two spellings of one word of a name one letter in so many may be another one: "Jawid" and "Jawed"."""
SHORT = 3
"""Letters of a word that must not differ at all."""
_WORD = re.compile(r"\w+")
_OF = re.compile(r"(?<=\w)\s+(?:of|for|from|in|at|with)\s+", re.IGNORECASE)
"""After a name: whom its bearer speaks for, or where."""


@dataclass(frozen=True, slots=True)
class Linking:
    """What tells speakers apart, and for how long one happening is spoken of."""

    days: int = 7
    """Claims of one speaker or page that lie further apart in days speak of two happenings."""
    small: frozenset[str] = frozenset({"a", "an", "the", "of"})
    """Words of a speaker's name that tell nobody apart, folded."""
    roles: frozenset[str] = frozenset()
    """Words for offices and callings, folded: a name that ends in one of them names no person."""


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
    """Claim id to the agency or outlet whose text it is, or whom its speaker told."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Article id to its address, without tracking parts."""
    rules: Linking = Linking()


NOTHING = SharedWords({}, {}, {}, {})


@dataclass(frozen=True, slots=True)
class Basis:
    """One thing that a claim rests on."""

    kind: str
    """read, copied, quoted, relayed, told, said or page."""
    key: tuple[object, ...]
    """The same for all claims that rest on it."""
    sentence: str
    """For people, of two claims that have it in common: "both quote N"."""
    near: bool = False
    """Whether claims more than `Linking.days` apart speak of different happenings."""


def about(row: ClaimRow) -> About:
    """What has to be the same for two claims to be one witness."""
    return (row.place_id or row.place, family(row.event), row.stance == "denies")


def day(row: ClaimRow) -> int:
    """The day by which claims of one speaker are told apart: that of the deed, else that of the report."""
    return ordinal(row.date_to) or ordinal(row.published) or 0


def relays(row: ClaimRow) -> bool:
    """Whether a row speaks in the voice of the text, and not in that of a person whom it names."""
    return row.source == "publisher" or row.source_class in RELAYED


def bases(row: ClaimRow, shared: SharedWords) -> Iterator[Basis]:
    """What a claim rests on, as its own words and the texts tell."""
    yield Basis("read", (row.witness_id or row.claim_id,), "one speaker, one agency or one sentence, as read")
    sentence = (shared.texts.get(row.article_id, 0), row.start)
    if sentence[0]:
        key = (shared.copied.get(sentence, sentence), row.source.casefold())
        yield Basis("copied", key, "the same words, or a copy of them")
    if sentence in shared.quoted and row.source != "publisher":
        yield Basis("quoted", (shared.quoted[sentence],), "the same words in quotation marks")
    yield from _relayed(row, shared.relayed.get(row.claim_id, ""))
    name = speaker(row, shared.rules)
    if name:
        yield Basis("said", (name,), f"both quote {row.source_name}", near=True)
    if row.source == "publisher":
        address = shared.pages.get(row.article_id) or row.url or row.article_id
        yield Basis("page", (address,), "one page tells both, or two readings of it", near=True)


def _relayed(row: ClaimRow, name: str) -> Iterator[Basis]:
    if not name:
        return
    if not relays(row):
        if row.published and row.source_class in NOBODY:
            yield Basis("told", (name, row.published), f"both quote somebody who told {name}, printed {row.published}")
        return
    if row.published:
        yield Basis("relayed", (name, "printed", row.published), f"both carry {name}, printed {row.published}")
    if row.date_from and row.date_from == row.date_to:
        yield Basis("relayed", (name, "done", row.date_from), f"both carry {name} on {row.date_from}")


# ------------------------------------------------------------------------------------------------------------- speakers

Name = tuple[str, ...]


def speaker(row: ClaimRow, rules: Linking) -> Name:
    """The words of a speaker's name by which others can be compared; empty for nobody in particular.

    A person is named by words that are no office; whoever is only called by an office, or is a body, by all words.
    """
    if relays(row) or row.source_class in NOBODY or not row.source_name:
        return ()
    words = [word for word in _WORD.findall(row.source_name) if word.casefold() not in rules.small and word != "s"]
    before = [word for word in _WORD.findall(_OF.split(row.source_name)[0]) if word in words]
    words = before if any(_names(word, rules) for word in before) else words
    named = [word for word in words if _names(word, rules)]
    person = bool(named) and words[-1] == named[-1]
    if not named and row.source_class not in ("spokesperson", "governor", "belligerent"):
        return ()
    return tuple(word.casefold() for word in (named if person else words)) + (() if person else ("",))


def _names(word: str, rules: Linking) -> bool:
    return word[:1].isupper() and word.casefold() not in rules.roles


def same_speaker(one: Name, other: Name) -> bool:
    """Whether two names may be one person's: the same words, or the shorter within the longer and the last the same."""
    if sorted(one) == sorted(other):
        return True
    if not one or not other or "" in (one[-1], other[-1]) or not _alike(one[-1], other[-1]):
        return False
    short, long = sorted((one, other), key=len)
    return all(any(_alike(word, rival) for rival in long) for word in short)


def _alike(one: str, other: str) -> bool:
    """Whether two words are spellings of one: they begin alike and few letters differ."""
    if one == other or min(len(one), len(other)) <= SHORT or one[0] != other[0]:
        return one == other
    return Indel.distance(one, other) * ODD <= len(one) + len(other)


def same_names(names: Iterable[Name]) -> dict[Name, Name]:
    """Each name to the one that stands for all that may be the same person's."""
    listed = sorted(set(names))
    root = {name: name for name in listed}
    by_letter: dict[str, list[Name]] = {}
    for name in listed:
        by_letter.setdefault((name[-1] or min(name[:-1], default=""))[:1], []).append(name)
    for near in by_letter.values():
        for one, other in combinations(near, 2):
            if root[one] != root[other] and same_speaker(one, other):
                old, new = sorted((root[one], root[other]))[::-1]
                root = {name: new if held == old else held for name, held in root.items()}
    return root


def classes(rows: Sequence[ClaimRow], shared: SharedWords) -> dict[tuple[object, ...], list[tuple[ClaimRow, Basis]]]:
    """Claims by what they rest on and what they are about, those of one class by day and id."""
    found: dict[tuple[object, ...], list[tuple[ClaimRow, Basis]]] = {}
    spoken: dict[About, list[tuple[ClaimRow, Basis]]] = {}
    for row in rows:
        topic = about(row)
        for one in bases(row, shared):
            if one.kind == "said":
                spoken.setdefault(topic, []).append((row, one))
            else:
                found.setdefault((one.kind, one.key, topic), []).append((row, one))
    for topic, said in spoken.items():
        names = same_names(one.key[0] for _, one in said if isinstance(one.key[0], tuple))
        for row, one in said:
            found.setdefault(("said", names[one.key[0]], topic), []).append((row, one))  # type: ignore[index]
    for members in found.values():
        members.sort(key=lambda item: (day(item[0]), item[0].claim_id))
    return found


def written(rows: Iterable[ClaimRow], shared: SharedWords) -> list[tuple[str, str, str, float, str, str]]:
    """What claims rest on as the ledger keeps it: claim, kind, id of the basis, weight, day, sentence.

    Not the same words: of these the ledger keeps each pair of sentences.
    """
    return sorted(
        (row.claim_id, one.kind, content_id(one.kind, *map(str, one.key), *about(row)), 1.0,
         row.date_to or row.published or "", one.sentence)
        for row in rows for one in bases(row, shared) if one.kind not in ("copied", "quoted")
    )  # fmt: skip
