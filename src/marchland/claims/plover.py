"""What a report says besides control of places, coded to PLOVER categories (lexicons/plover_frames.csv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marchland.claims import roles
from marchland.claims.lexicon import PloverFrame
from marchland.claims.parse import Sentence
from marchland.claims.words import Token


@dataclass(frozen=True, slots=True)
class PloverMatch:
    """One PLOVER frame found: its trigger and the words of its source and target."""

    frame: PloverFrame
    trigger: Token
    source: Token | None
    target: Token | None


@dataclass(frozen=True, slots=True)
class PloverReader:
    """Finds PLOVER frames by predicate; the frame with the most words wins."""

    frames: Mapping[str, tuple[PloverFrame, ...]]

    def matches(self, sentence: Sentence, taken: frozenset[int]) -> list[PloverMatch]:
        """Frames in the sentence whose trigger is not already one of control; only those with somebody who does it."""
        found = []
        for token in sentence.doc:
            if token.i in taken or token.pos_ not in ("VERB", "NOUN") or sentence.mention(token) is not None:
                continue
            frame = next((f for f in self.frames.get(token.lemma_.lower(), ()) if _fits(f, token)), None)
            match = self._fill(frame, token) if frame is not None else None
            if match is not None:
                found.append(match)
        return found

    def _fill(self, frame: PloverFrame, token: Token) -> PloverMatch | None:
        source = next(iter(_role(token, frame.source_role)), None)
        target = next(iter(_role(token, frame.target_role)), None)
        return PloverMatch(frame, token, source, target) if source is not None else None


def _fits(frame: PloverFrame, token: Token) -> bool:
    if (token.pos_ == "VERB") != (frame.pos == "verb"):
        return False
    at = token.i
    for word in frame.words[1:]:
        near = [t for t in token.doc[at + 1 : at + 5] if word in (t.lemma_.lower(), t.lower_)]
        if not near:
            return False
        at = near[0].i
    return True


def _role(token: Token, role: str) -> list[Token]:
    return [] if role in ("", "-") else roles.step(token, role)
