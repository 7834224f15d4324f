"""What the parse says of how sure the reading is: a list of small rules. `marchland.sureness` has their weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from marchland.claims import roles
from marchland.claims.discourse import FIRST, THIRD
from marchland.claims.frames import VERB_TAGS, Match
from marchland.claims.parse import Sentence
from marchland.claims.words import Token
from marchland.records import Claim, Party, PlacePhrase, Reason, Speaker
from marchland.sureness import PREFIX, Sureness, probability

MAX_CLIMB = 12

_GROUPS = {
    "attacks": "an attack", "contests": "fighting", "besieges": "a siege", "repels": "an attack beaten off",
    "controls": "a state, not a deed", "withdraws_from": "a withdrawal", "surrenders": "a surrender",
    "hands_over": "a handover", "closes": "a closing", "restricts": "a restriction", "reopens": "an opening",
    "flees_across": "a flight", "displaces": "a displacement",
}  # fmt: skip
_SIDE_CLAUSES = frozenset({"relcl", "acl", "advcl", "pcomp", "appos"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at: one claim while it is made."""

    match: Match
    place: PlacePhrase
    sentence: Sentence
    actor: Party | None
    source: Speaker
    stance: str
    tense: str
    dated: bool
    """Whether words in the sentence date the event."""
    sideless: bool
    """Whether the event needs nobody who does it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One cue: its name in the table of weights, and what it says where it applies (empty where it does not)."""

    name: str
    says: Callable[[Facts], str]


def noun(facts: Facts) -> str:
    """The event is named by a noun ("the fall of")."""
    return f'"{facts.match.trigger.text}" is a noun' if facts.match.frame.pos == "noun" else ""


def other_words(facts: Facts) -> str:
    """The event is named by an adjective or a compound."""
    return f'"{facts.match.trigger.text}" is no verb' if facts.match.frame.pos in ("adj", "hyphen") else ""


def narrow_frame(facts: Facts) -> str:
    """The frame asks for certain words beside its predicate, and they are there."""
    wanted = any(not need.negated for need in facts.match.frame.needs)
    return f'the words beside "{facts.match.trigger.text}" fit its frame' if wanted else ""


def _told(*events: str) -> Callable[[Facts], str]:
    def says(facts: Facts) -> str:
        event = facts.match.frame.event
        return f"it tells of {_GROUPS[event]}" if event in events else ""

    return says


def described_place(facts: Facts) -> str:
    """The place has no name of its own in the sentence."""
    plain = not facts.place.name and facts.place.kind not in ("it", "context")
    return f'the place is described ("{facts.place.text}"), not named' if plain else ""


def pointed_place(facts: Facts) -> str:
    """A pronoun stands for the place."""
    return f'"{facts.place.text}" stands for the place' if facts.place.kind == "it" else ""


def unsaid_place(facts: Facts) -> str:
    """The sentence names no place: it is the one spoken of last."""
    return "the place goes without saying" if facts.place.kind == "context" else ""


def part_of_place(facts: Facts) -> str:
    """Only a part of a place is meant."""
    return f'only a part is meant ("{facts.place.part}")' if facts.place.part else ""


def counted_places(facts: Facts) -> str:
    """A number of places, or all of a kind."""
    counted = facts.place.number in ("several", "all")
    return "it speaks of several places at once" if counted else ""


def place_close(facts: Facts) -> str:
    """The place stands right beside the word that names the event."""
    gap = _gap(facts)
    return "place and event stand side by side" if gap is not None and gap <= 3 else ""


def place_far(facts: Facts) -> str:
    """Many words lie between the event and the place."""
    gap = _gap(facts)
    return f"{gap} words lie between event and place" if gap is not None and gap > 8 else ""


def _gap(facts: Facts) -> int | None:
    """Words between the trigger and the beginning of the place phrase; None where no words name the place."""
    sentence, trigger = facts.sentence, facts.match.trigger
    head = sentence.at(facts.place.span.start - sentence.span.start)
    if head is None or facts.place.kind == "context":
        return None
    return max(abs(head.i - trigger.i) - 1, 0)


def long_list(facts: Facts) -> str:
    """Three places or more are listed."""
    number = len(facts.match.places)
    return f"one of {number} places in a list" if number > 2 else ""


def headline(facts: Facts) -> str:
    """Headlines leave words out, and the parser was not made for them."""
    return "a headline" if facts.sentence.kind == "headline" else ""


def aside(facts: Facts) -> str:
    """A caption, a bullet point or another line outside the body."""
    kind = facts.sentence.kind
    return f"a {kind}, not the body" if kind not in ("headline", "body") else ""


def long_sentence(facts: Facts) -> str:
    """Parses of long sentences are worse."""
    words = len(facts.sentence.doc)
    return f"a sentence of {words} words" if words > 40 else ""


def short_sentence(facts: Facts) -> str:
    """A few words only."""
    words = len(facts.sentence.doc)
    return f"a sentence of {words} words" if words < 9 else ""


def crowded_sentence(facts: Facts) -> str:
    """Many names of places compete for the role."""
    names = sum(piece.mention is not None and piece.mention.kind == "place" for piece in facts.sentence.pieces)
    return f"{names} places are named in the sentence" if names > 3 else ""


def side_clause(facts: Facts) -> str:
    """The event is told in passing, in a relative or an adverbial clause."""
    return "told in a side clause" if _above(facts.match.trigger, _SIDE_CLAUSES) else ""


def deep_clause(facts: Facts) -> str:
    """Far from the root of the parse."""
    depth = _depth(facts.match.trigger)
    return f"{depth} steps down in the parse" if depth > 3 else ""


def no_verb(facts: Facts) -> str:
    """The parser found no verb to hang the sentence on."""
    root = next((token for token in facts.sentence.doc if token.dep_ == "ROOT"), None)
    lame = root is not None and root.pos_ not in VERB_TAGS
    return "the sentence hangs on no verb" if lame else ""


def passive(facts: Facts) -> str:
    """The passive names what was taken first."""
    trigger = facts.match.trigger
    return "told in the passive" if trigger.pos_ in VERB_TAGS and roles.is_passive(trigger) else ""


def named_actor(facts: Facts) -> str:
    """The side that acts has a name in the sentence."""
    named = facts.actor is not None and ":some-" not in facts.actor.party_id and _actor_word(facts) == "name"
    return f"{facts.actor.name} is named" if named and facts.actor else ""


def pronoun_actor(facts: Facts) -> str:
    """A pronoun stands for the side that acts."""
    found = facts.actor is not None and _actor_word(facts) == "pronoun"
    return f'"{facts.match.actors[0].text}" stands for who did it' if found else ""


def unknown_actor(facts: Facts) -> str:
    """The side that acts is in no table."""
    found = facts.actor is not None and facts.actor.party_id.startswith("x:")
    return f"{facts.actor.name} is in no table of parties" if found and facts.actor else ""


def no_actor(facts: Facts) -> str:
    """Nobody is said to have done it, although somebody must have."""
    return "nobody is said to have done it" if facts.actor is None and not facts.sideless else ""


def _actor_word(facts: Facts) -> str:
    for token in facts.match.actors[:1]:
        if token.lower_ in THIRD | FIRST:
            return "pronoun"
        named = any(
            near.pos_ == "PROPN" or facts.sentence.mention(near) is not None for near in (token, *token.children)
        )
        return "name" if named else "description"
    return ""


def named_speaker(facts: Facts) -> str:
    """Somebody other than the page says so."""
    return f"{facts.source.text} says so" if facts.source.kind != "publisher" else ""


def _stance(stance: str, words: str) -> Callable[[Facts], str]:
    return lambda facts: words if facts.stance == stance else ""


def present(facts: Facts) -> str:
    """The present tense: a state, a habit, or a headline."""
    return "in the present tense" if facts.tense == "present" else ""


def dated(facts: Facts) -> str:
    """The sentence says when it happened."""
    return "the sentence says when" if facts.dated else ""


def _depth(token: Token) -> int:
    steps = 0
    while token.head.i != token.i and steps < MAX_CLIMB:
        token, steps = token.head, steps + 1
    return steps


def _above(token: Token, deps: frozenset[str]) -> bool:
    for _ in range(MAX_CLIMB):
        if token.dep_ in deps:
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


RULES = (
    Rule("noun", noun),
    Rule("other-words", other_words),
    Rule("narrow-frame", narrow_frame),
    Rule("attack", _told("attacks")),
    Rule("fighting", _told("contests", "besieges", "repels")),
    Rule("state", _told("controls")),
    Rule("leaving", _told("withdraws_from", "surrenders", "hands_over")),
    Rule("passage", _told("closes", "restricts", "reopens")),
    Rule("flight", _told("flees_across", "displaces")),
    Rule("described-place", described_place),
    Rule("pointed-place", pointed_place),
    Rule("unsaid-place", unsaid_place),
    Rule("part-of-place", part_of_place),
    Rule("counted-places", counted_places),
    Rule("place-close", place_close),
    Rule("place-far", place_far),
    Rule("long-list", long_list),
    Rule("headline", headline),
    Rule("aside", aside),
    Rule("long-sentence", long_sentence),
    Rule("short-sentence", short_sentence),
    Rule("crowded-sentence", crowded_sentence),
    Rule("side-clause", side_clause),
    Rule("deep-clause", deep_clause),
    Rule("no-verb", no_verb),
    Rule("passive", passive),
    Rule("named-actor", named_actor),
    Rule("pronoun-actor", pronoun_actor),
    Rule("unknown-actor", unknown_actor),
    Rule("no-actor", no_actor),
    Rule("named-speaker", named_speaker),
    Rule("hedged", _stance("hedges", "hedged")),
    Rule("denied", _stance("denies", "denied")),
    Rule("planned", _stance("plans", "planned or foretold")),
    Rule("present", present),
    Rule("dated", dated),
)
AFTERWARDS = {
    "implied-actor": "who did it is told elsewhere in the article",
    "reply": "an answer to what was said before",
    "rest-of-report": "no claim about control: a PLOVER category",
}
"""Rules that apply once a claim is made, and what they say."""


def reasons(facts: Facts, sureness: Sureness) -> tuple[Reason, ...]:
    """Every rule that applies, the base first."""
    spoken = ((rule.name, rule.says(facts)) for rule in RULES)
    return (sureness.base(), *(sureness.reason(name, says) for name, says in spoken if says))


def and_later(claim: Claim, name: str, sureness: Sureness) -> Claim:
    """The claim with one rule of `AFTERWARDS` more."""
    untrue = (PREFIX + "no-actor", PREFIX + "unknown-actor") if name == "implied-actor" else ()
    kept = tuple(one for one in claim.reasons if one.rule not in untrue)
    found = (*kept, sureness.reason(name, AFTERWARDS[name]))
    return replace(claim, reasons=found, reading=probability(found))
