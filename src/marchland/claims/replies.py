"""Answers to what was said before: "Officials denied this", "the council head confirmed it"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from marchland.claims.lexicon import StanceWord
from marchland.claims.parse import Sentence
from marchland.claims.words import Token
from marchland.records import Claim, Reason, Span, Speaker, content_id

_ANSWERS = frozenset({"this", "it", "that", "them"})
_ANSWERED = frozenset({"claim", "report", "statement", "allegation", "announcement", "news", "loss", "capture", "fall"})


def reply(token: Token, words: Mapping[tuple[str, str], StanceWord]) -> str:
    """denies or asserts for "denied this", "rejected the claims", "confirmed it"; empty for anything else."""
    if token.pos_ != "VERB" or any(c.dep_ in ("ccomp", "xcomp", "neg") for c in token.children):
        return ""
    if any(near.lower_ in ("no", "neither", "nobody", "none", "nor") for near in token.subtree if near.i < token.i):
        return ""
    row = words.get((token.lemma_.lower(), "verb"))
    confirms = token.lemma_.lower() in ("confirm", "acknowledge", "admit", "concede")
    if not ((row is not None and row.stance == "denies") or confirms):
        return ""
    for obj in (c for c in token.children if c.dep_ in ("dobj", "nsubjpass")):
        bare = not any(c.dep_ in ("acl", "prep", "relcl") for c in obj.children)
        if obj.lower_ in _ANSWERS or (obj.lemma_.lower() in _ANSWERED and bare):
            return "asserts" if confirms else "denies"
    return ""


def as_reply(claim: Claim, sentence: Sentence, words: Span, source: Speaker, stance: str, verb: str) -> Claim:
    """The claim again, as the one who answers it has it."""
    return replace(
        claim,
        claim_id=content_id(claim.claim_id, words.start, stance),
        sentence=sentence.span,
        trigger=words,
        stance=stance,
        stance_how=f'"{verb}" what was said before',
        source=source,
        said=None,
        reasons=(*claim.reasons, Reason("reply", 0.0, f'"{verb}" answers the claim before it')),
    )
