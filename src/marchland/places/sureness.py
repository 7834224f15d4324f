"""What the place that was found for a claim says of how sure the reading is: rules like those of `claims.sureness`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from marchland.records import Place, Reason, Resolved
from marchland.sureness import Sureness

NEAR_RIVAL = 0.35
"""A rival whose score is less than this below the best one is near. Scores are sums of `places.rules`."""
WIDE = frozenset({"country", "province"})


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What the rules look at: the answer for one claim, and what else its article claims."""

    resolved: Resolved
    again: bool
    """Whether the article tells the same kind of deed of the same place elsewhere, too."""
    alone: bool
    """Whether it is the only claim of control in the article."""

    @property
    def choice(self) -> Place | None:
        """The place found."""
        return self.resolved.choice


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """One cue: its name in the table of weights, and what it says where it applies."""

    name: str
    says: Callable[[PlaceFacts], str]


def refused(facts: PlaceFacts) -> str:
    """No place was found, or none that can be told from another."""
    return "no place could be told" if facts.choice is None else ""


def variant(facts: PlaceFacts) -> str:
    """The name is not written as any gazetteer has it."""
    best = facts.resolved.rivals[0] if facts.resolved.rivals and facts.choice else None
    likeness = next((one.weight for one in best.reasons if one.rule == "spelling"), 1.0) if best else 1.0
    return "the name only sounds like that of the place" if likeness < 1.0 else ""


def near_rival(facts: PlaceFacts) -> str:
    """Another place of the name fits nearly as well."""
    rivals = facts.resolved.rivals if facts.choice else ()
    near = len(rivals) > 1 and rivals[0].score - rivals[1].score < NEAR_RIVAL
    return f"{rivals[1].place.name} ({rivals[1].place.kind}) fits nearly as well" if near else ""


def wide(facts: PlaceFacts) -> str:
    """A country or a province."""
    found = facts.choice is not None and facts.choice.kind in WIDE
    return f"a whole {facts.choice.kind}" if found and facts.choice else ""


def told_again(facts: PlaceFacts) -> str:
    """The article tells it more than once."""
    return "the article tells it again elsewhere" if facts.again else ""


def alone(facts: PlaceFacts) -> str:
    """The article claims nothing else about control."""
    return "the only claim of control in the article" if facts.alone else ""


PLACE_RULES = (
    PlaceRule("refused", refused),
    PlaceRule("variant", variant),
    PlaceRule("near-rival", near_rival),
    PlaceRule("wide", wide),
    PlaceRule("told-again", told_again),
    PlaceRule("alone", alone),
)


def place_reasons(facts: PlaceFacts, sureness: Sureness) -> tuple[Reason, ...]:
    """Every rule that applies."""
    spoken = ((rule.name, rule.says(facts)) for rule in PLACE_RULES)
    return tuple(sureness.reason(name, says) for name, says in spoken if says)
