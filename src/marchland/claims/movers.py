"""Who moved, as a phrase that may hold a count: "hundreds of troops" fled, "1,037 families" were driven out."""

from __future__ import annotations

from collections.abc import Iterator

from marchland.claims.believe import OWN_MOVES, subject_words
from marchland.claims.frames import Match
from marchland.claims.roles import counted, logical_objects
from marchland.claims.sources import noun_phrase
from marchland.claims.words import Token

MOVES = OWN_MOVES | {"displaces"}


def who_moved(match: Match) -> Iterator[tuple[Token, Token]]:
    """First and last word of each phrase for them: those driven out, else those who act."""
    if match.frame.event not in MOVES:
        return
    places = {token.i for token in match.place_heads}
    driven = match.frame.event == "displaces" and match.trigger.pos_ in ("VERB", "AUX")
    heads = [token for token in logical_objects(match.trigger) if token.i not in places] if driven else []
    for head in heads or match.actors or subject_words(match.trigger):
        first, last = noun_phrase(head)
        number = _number(head)
        yield (noun_phrase(number)[0] if number is not None else first), last


def _number(head: Token) -> Token | None:
    """ "hundreds" in "hundreds of troops", where the troops are what is meant."""
    above = head.head.head
    inside = head.dep_ == "pobj" and head.head.lower_ == "of" and above.i < head.i
    return above if inside and counted(above).i == head.i else None
