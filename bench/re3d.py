"""Who is in charge of which place, and who fights whom, on the conflict reports of re3d: precision and recall.

re3d marks relations between entities of 43 official statements and encyclopaedia entries on Syria and Iraq, with
character spans. Which of them speak of what Marchland reads is decided by rule, from the types of both ends:

- *territorial*: InChargeOf, by an organisation or a person, of a location (not of people, aircraft or weapons);
- *fighting*: FightingAgainst with an organisation or a person at both ends; "A fights B" and "B fights A" are one;
- *fighting for a place*: FightingAgainst, by an organisation or a person, at or for a location.

The same holds for ours: a pair whose ends lie on no entity of such a type is left out, and counted. A relation of ours
agrees with one of theirs when both are of one kind, their places or opponents overlap, and the party overlaps or bears
a name of the same party.

`--disagreements` prints what only one side has; re3d-verdicts.csv holds what a person thought of each, by offsets only.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.shared import SHARED
from marchland.claims.coder import Coder
from marchland.records import Article, Claim, Part, Party, Span

REPORTS = SHARED / "bench" / "conflict-reports" / "re3d-dev.jsonl"
VERDICTS = Path(__file__).with_name("re3d-verdicts.csv")
PEOPLE = frozenset({"Organisation", "Person", "Nationality"})
KINDS = ("territorial", "fighting", "fighting for a place")
TAKES = frozenset({"captures", "recaptures"})
FIGHTS = frozenset({"captures", "recaptures", "contests", "attacks", "besieges", "repels", "assault"})
ASSAULTS = frozenset({"attacks", "besieges", "contests"})


@dataclass(frozen=True, slots=True)
class Relation:
    """One party, and a place or a second party, in one report."""

    report: str
    kind: str
    source: Span
    target: Span
    names: frozenset[str] = frozenset()
    """Names of the party, lower case: ours carry every alias, theirs the words of the mention."""
    other_names: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, str, int, int, int, int]:
        """What a verdict is kept under."""
        return (self.report[:8], self.kind, self.source.start, self.source.end, self.target.start, self.target.end)


def main() -> None:
    """Print precision, recall and F1 of each kind, and what a person thought of the disagreements."""
    if not REPORTS.is_file():
        print(f"skipped: {REPORTS} is absent")
        return
    reports = [json.loads(line) for line in REPORTS.open(encoding="utf-8")]
    coder = Coder.load()
    theirs = [relation for report in reports for relation in gold(report)]
    found = [relation for report in reports for relation in read(report, coder)]
    types = {report["id"]: _types(report) for report in reports}
    ours = [relation for relation in found if _fits(relation, types[relation.report])]
    missed, extra = disagreements(theirs, ours)
    total = sum(
        relation["type"] in ("InChargeOf", "FightingAgainst") for report in reports for relation in report["relations"]
    )
    print(f"{len(reports)} reports; {len(theirs)} of {total} relations of the two types lie between parties and places")
    print("\n".join(table(theirs, ours, missed, extra, verdicts())))
    if "--disagreements" in sys.argv:
        print("\n".join(shown(reports, missed, extra)))


def gold(report: dict) -> Iterator[Relation]:
    """The relations of one report that are of one of our kinds."""
    types = {(span.start, span.end): kind for span, kind in _types(report)}
    for row in report["relations"]:
        source, target = Span(row["sourceBegin"], row["sourceEnd"]), Span(row["targetBegin"], row["targetEnd"])
        kind = kind_of(row["type"], types.get((source.start, source.end)), types.get((target.start, target.end)))
        if kind:
            yield Relation(report["id"], kind, source, target, _named(row["source"]), _named(row["target"]))


def kind_of(relation: str, source: str | None, target: str | None) -> str:
    """Which of our kinds a relation is, by the types of its ends; empty for none."""
    if source not in PEOPLE:
        return ""
    if relation == "InChargeOf":
        return "territorial" if target == "Location" else ""
    if relation != "FightingAgainst":
        return ""
    return {"Location": "fighting for a place"}.get(target or "", "fighting" if target in PEOPLE else "")


def _types(report: dict) -> list[tuple[Span, str]]:
    return [(Span(entity["begin"], entity["end"]), entity["type"]) for entity in report["entities"]]


def _fits(relation: Relation, types: list[tuple[Span, str]]) -> bool:
    """Whether the target overlaps an entity of the type that this kind of relation asks for."""
    wanted = PEOPLE if relation.kind == "fighting" else {"Location"}
    return any(kind in wanted and _overlap(span, relation.target) for span, kind in types)


def read(report: dict, coder: Coder) -> list[Relation]:
    """The relations that the claims of one report amount to, each once."""
    text = report["text"]
    article = Article(
        report["id"], report["id"], 0, text, (Part("body", 0, len(text)),), None, None, "", None, "", "en"
    )
    found = [relation for claim in coder.read(article).claims for relation in relations_of(claim)]
    return list({relation.key: relation for relation in found}.values())


def relations_of(claim: Claim) -> Iterator[Relation]:
    """What a claim says in re3d's terms.

    Whoever takes or holds a place is in charge of it; where the taking is a plan, it is whoever it would be taken from.
    """
    if claim.stance == "denies":
        return
    holder = claim.actor
    if claim.event in TAKES and claim.stance == "plans":
        holder = claim.opponent
    if claim.event in TAKES | {"controls"}:
        yield from _relation(claim, "territorial", holder, claim.place.span)
    if claim.event in FIGHTS:
        yield from _against(claim)
    if claim.event in ASSAULTS:
        yield from _relation(claim, "fighting for a place", claim.actor, claim.place.span)


def _against(claim: Claim) -> Iterator[Relation]:
    if claim.opponent and claim.opponent.span:
        yield from _relation(claim, "fighting", claim.actor, claim.opponent.span, _aliases(claim.opponent))


def _relation(
    claim: Claim, kind: str, party: Party | None, target: Span, others: frozenset[str] = frozenset()
) -> Iterator[Relation]:
    if party and target.start < target.end:
        yield Relation(claim.page_id, kind, party.span or claim.trigger, target, _aliases(party), others)


def disagreements(
    theirs: Iterable[Relation], ours: Iterable[Relation]
) -> tuple[tuple[Relation, ...], tuple[Relation, ...]]:
    """What they have and we do not, and the reverse; several of one side may agree with one of the other."""
    theirs, ours = tuple(theirs), tuple(ours)
    missed = tuple(their for their in theirs if not any(agree(their, our) for our in ours))
    extra = tuple(our for our in ours if not any(agree(their, our) for their in theirs))
    return missed, extra


def agree(their: Relation, our: Relation) -> bool:
    """Whether both say the same of the same place or opponent; who fights whom has no direction."""
    if (their.report, their.kind) != (our.report, our.kind):
        return False
    straight = _overlap(their.target, our.target) and _same_party(their.source, their.names, our.source, our.names)
    if their.kind != "fighting":
        return straight
    return straight or (
        _overlap(their.source, our.target) and _same_party(their.target, their.other_names, our.source, our.names)
    )


def _same_party(one: Span, names: frozenset[str], other: Span, aliases: frozenset[str]) -> bool:
    return _overlap(one, other) or bool(names & aliases)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _named(text: str) -> frozenset[str]:
    bare = text.lower().removeprefix("the ").strip()
    return frozenset({bare})


def _aliases(party: Party) -> frozenset[str]:
    return frozenset(
        name.lower().removeprefix("the ").strip() for name in (party.text, party.name, *party.aliases) if name
    )


def verdicts() -> dict[tuple[str, str, int, int, int, int], tuple[str, str]]:
    """What a person thought of each disagreement, and its cause: is it in the text (right, wrong, doubtful)?"""
    with VERDICTS.open(encoding="utf-8", newline="") as lines:
        return {
            (row["report"], row["kind"], *(int(row[name]) for name in SPANS)): (row["verdict"], row["cause"])  # type: ignore[misc]
            for row in csv.DictReader(lines)
        }


SPANS = ("source_start", "source_end", "target_start", "target_end")


def table(
    theirs: list[Relation],
    ours: list[Relation],
    missed: tuple[Relation, ...],
    extra: tuple[Relation, ...],
    judged: dict[tuple[str, str, int, int, int, int], tuple[str, str]],
) -> Iterator[str]:
    """A Markdown table: by kind, the automatic figures, then the same after the hand verdicts."""
    yield "| relation | theirs | ours | precision | recall | F1 | only ours | precision by hand | only theirs |"
    yield "|---" * 9 + "|"
    for kind in KINDS:
        gold_n, our_n = _count(theirs, kind), _count(ours, kind)
        missed_n, extra_n = _count(missed, kind), _count(extra, kind)
        precision, recall = _ratio(our_n - extra_n, our_n), _ratio(gold_n - missed_n, gold_n)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        hand = Counter(_verdict(judged, relation) for relation in extra if relation.kind == kind)
        lost = Counter(_verdict(judged, relation) for relation in missed if relation.kind == kind)
        by_hand = _ratio(our_n - extra_n + hand["right"], our_n)
        yield (
            f"| {kind} | {gold_n} | {our_n} | {precision:.3f} | {recall:.3f} | {f1:.3f} "
            f"| {_tally(hand)} | {by_hand:.3f} | {_tally(lost)} |"
        )


def _verdict(judged: dict[tuple[str, str, int, int, int, int], tuple[str, str]], relation: Relation) -> str:
    return judged.get(relation.key, ("not looked at", ""))[0]


def _tally(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items())) or "none"


def _count(relations: Iterable[Relation], kind: str) -> int:
    return sum(relation.kind == kind for relation in relations)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def shown(reports: list[dict], missed: Iterable[Relation], extra: Iterable[Relation]) -> Iterator[str]:
    """Every disagreement with its offsets and words, for a person to judge."""
    texts = {report["id"]: report["text"] for report in reports}
    for who, relations in (("theirs", missed), ("ours", extra)):
        for relation in sorted(relations, key=lambda r: r.key):
            text = texts[relation.report]
            around = text[max(0, relation.target.start - 120) : relation.target.end + 60].replace("\n", " ")
            key = ",".join(str(part) for part in relation.key)
            yield f"{who}: {key} | {relation.source.of(text)!r} > {relation.target.of(text)!r} | {around}"
