"""The tense of an event's word, which tells on which side of publication, or of another event, it lies."""

from __future__ import annotations

from marchland.claims.words import Token

_POSSIBLE = frozenset({"could", "may", "might", "would", "can", "should"})
_MAX_CHAIN = 4


def tense(trigger: Token) -> str:
    """past, perfect, present, future, or none (a noun)."""
    if trigger.pos_ not in ("VERB", "AUX"):
        return "none"
    helpers = _helpers(trigger)
    may = helpers & _POSSIBLE
    if helpers & {"will", "wo", "shall", "'ll"} or (may and not helpers & {"have", "'ve"}):
        return "future"
    if helpers & {"have", "has", "had", "'ve"}:
        return "perfect"
    past = trigger.tag_ in ("VBD", "VBN") or bool(helpers & {"was", "were", "did"})
    return "past" if past else "present"


def shown_tense(trigger: Token) -> str:
    """As `tense`, but for "had held the town since March": pluperfect, since it may be over."""
    found = tense(trigger)
    return "pluperfect" if found == "perfect" and "had" in _helpers(trigger) else found


def is_past_perfect(trigger: Token) -> bool:
    """ "had fallen", "had left the town and burnt it", "having taken X": before another event of the past."""
    at = trigger
    for _ in range(_MAX_CHAIN):
        helpers = _helpers(at)
        if helpers & {"had", "having"} and at.tag_ in ("VBN", "VBD"):
            return True
        if at.pos_ in ("VERB", "AUX") and at.tag_ == "VBN" and not helpers and at.dep_ in ("conj", "xcomp"):
            at = at.head
            continue
        return False
    return False


def _helpers(trigger: Token) -> frozenset[str]:
    return frozenset(child.lower_ for child in trigger.children if child.dep_ in ("aux", "auxpass"))
