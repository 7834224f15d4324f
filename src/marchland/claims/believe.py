"""Which matches of frames are claims, and when two of them are one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from marchland.claims.discourse import GAINS
from marchland.claims.frames import Match
from marchland.claims.roles import logical_subjects, with_conjuncts
from marchland.claims.words import Token
from marchland.records import Claim

OWN_MOVES = frozenset({"withdraws_from", "surrenders", "flees_across", "hands_over"})
FIGHTS_HERE = "contests"
_POINTING = ("the ", "this ", "that ", "it")


def believable(match: Match, flight: frozenset[str]) -> bool:
    """Whether a match says that something happened at a place that somebody could look up.

    A frame that needs somebody to act is no claim without one, unless its grammar leaves the actor out. `flight` holds
    nouns for people who can flee without being a party.
    """
    if _only_numbered(match) or _unspoken(match.trigger) or _general(match):
        return False
    if any(_none_of_them(actor) for actor in match.actors):
        return False
    event = match.frame.event
    if event in OWN_MOVES and match.frame.pos == "verb" and not match.actors and not _gives_itself_up(match):
        return event == "flees_across" and any(t.lemma_.lower() in flight for t in subject_words(match.trigger))
    return not (event == "flees_across" and match.actors and match.actors[0].lower_ == "it")


def _only_numbered(match: Match) -> bool:
    """ "It is the third crossing taken this week": a count of what was told before, not a place."""
    counted = match.frame.event in GAINS and match.trigger.dep_ in ("acl", "relcl")
    return counted and all(p.ordinal and not p.name for p in match.places)


def _unspoken(trigger: Token) -> bool:
    """ "has not commented on the fall of X", "has not admitted the loss of X": nothing is said of it."""
    head = trigger.head
    if trigger.dep_ == "pobj" and head.lower_ in ("on", "about"):
        return head.head.lemma_.lower() == "comment"
    silent = head.lemma_.lower() in ("admit", "acknowledge", "concede") and trigger.dep_ in ("dobj", "ccomp")
    return silent and any(child.dep_ == "neg" for child in head.children)


def _general(match: Match) -> bool:
    """ "the loss of a base is not the loss of a city": a noun's claim about a place that nobody names."""
    place = match.places[0]
    unnamed = not place.name and not place.within and place.text.lower().startswith(("a ", "an ", "any "))
    return match.frame.pos == "noun" and unnamed


def _none_of_them(actor: Token) -> bool:
    """ "held by neither side", "nobody controls": nobody is no party."""
    neither = any(child.lower_ == "neither" for child in actor.children if child.dep_ in ("det", "preconj", "cc"))
    return neither or actor.lower_ in ("nobody", "neither", "none")


def _gives_itself_up(match: Match) -> bool:
    """ "Reedham surrendered to the rebels": the place stands for those in it."""
    return match.frame.event == "surrenders" and bool(
        {h.i for h in match.place_heads} & {t.i for t in subject_words(match.trigger)}
    )


def told_in_body(match: Match, kind: str) -> bool:
    """ "Rebels seize strategic town": a headline that names no place; the story under it does."""
    unnamed = (
        not (p.name or p.within or p.with_countries) and not p.text.lower().startswith(("the ", "both "))
        for p in match.places
    )
    return kind == "headline" and all(unnamed)


def points_back(claim: Claim, earlier: Iterable[Claim]) -> bool:
    """ "the retaking of the bridge" after "the army retook the bridge": a noun for what was told before."""
    by_noun = claim.frame.startswith("n-") and not claim.place.name and claim.place.text.lower().startswith(_POINTING)
    return by_noun and any(other.event == claim.event and other.stance == claim.stance for other in earlier)


def subject_words(trigger: Token) -> list[Token]:
    """Whoever does it, each member of a list."""
    return [member for subject in logical_subjects(trigger) for member in with_conjuncts(subject)]


def with_additives(matches: list[Match]) -> list[Match]:
    """ "captured X and entered Y as well": what is added to a capture is a capture, too."""
    gained = any(match.frame.event in GAINS for match in matches)
    return [
        replace(match, frame=replace(match.frame, event="captures")) if gained and _additive(match) else match
        for match in matches
    ]


def _additive(match: Match) -> bool:
    near = {token.lower_ for token in match.trigger.subtree}
    return match.frame.event == FIGHTS_HERE and match.frame.pos == "verb" and bool({"well", "also", "too"} & near)


def as_stock(claim: Claim) -> Claim:
    """ "17 of 19 districts are taken": a number of a whole is what a side holds by then, whatever the verb."""
    whole = claim.quantity is not None and claim.quantity.whole is not None
    held = claim.event in GAINS and whole and claim.tense != "future"
    return replace(claim, event="controls") if held else claim


def once(claims: Iterable[Claim]) -> list[Claim]:
    """One claim for each place, event, stance and speaker of a sentence: "had fallen, taken without a fight" is one.

    The one that names more of the parties stays.
    """
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        named = claim.place.name and not claim.place.part
        day = claim.when and claim.when.text
        what = (claim.place.name, claim.event, claim.stance, claim.source.text, day) if named else claim.claim_id
        kept = best.get((what,))
        if kept is None or (kept.actor is None and claim.actor is not None):
            best[(what,)] = claim
    return list(best.values())
