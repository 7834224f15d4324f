"""Which of the place phrases around a predicate its frame can be about, and what lies unsaid in them."""

from __future__ import annotations

import re
from dataclasses import replace

from marchland.claims import roles
from marchland.claims.discourse import GAINS
from marchland.claims.lexicon import Frame
from marchland.claims.parse import Sentence
from marchland.claims.phrases import SAME_TYPE
from marchland.claims.words import Token
from marchland.records import PlacePhrase

_UNPOPULATED = frozenset({"road", "bridge", "building", "part", "direction"})
_OF_COUNTRIES = frozenset({"controls", "closes", "reopens", "restricts", "flees_across", "displaces"})
"""Events that are said of a whole country; any other is a count or a part of it, or no claim about a place at all."""
_PASSAGE = frozenset({"crossing", "border", "port", "bridge", "it"})
_SHARE = re.compile(r"\d|\b(?:half|thirds?|quarters?|most|all|majority|bulk)\b", re.IGNORECASE)
_VAGUE = frozenset({"area", "part", "direction", "stop", "it", "ground"})


def suits(frame: Frame, phrase: PlacePhrase, *, crossing: bool, country: bool) -> bool:
    """Whether a place phrase is of the kinds that the frame speaks of.

    `crossing` and `country` tell whether its name is that of a border crossing or of a country.
    """
    kinds = frame.place_kinds
    if "!vague" in kinds and not phrase.name and phrase.kind in _VAGUE:
        return False
    if "crossing" in kinds:
        return phrase.kind in _PASSAGE or crossing or (country and "border" in phrase.text)
    if "country" in kinds:
        return phrase.kind in ("border", "country", "crossing") or country
    if phrase.kind in _UNPOPULATED and any(n.what == "kind" and "populated" in n.values for n in frame.needs):
        return False
    return not _too_wide(frame, phrase, country=country)


def _too_wide(frame: Frame, phrase: PlacePhrase, *, country: bool) -> bool:
    """A whole country is not what was taken, left or attacked at a place."""
    if frame.event in _OF_COUNTRIES or phrase.part or phrase.number in ("several", "all"):
        return False
    return phrase.kind == "country" or (country and not phrase.kind)


def contained(phrase: PlacePhrase, token: Token, sentence: Sentence) -> PlacePhrase:
    """A place without a name or container takes the one on the verb:

    "In X it controls 26 of 28 districts" lie in X; "in X the city was taken" is X.
    """
    if phrase.name or phrase.within or phrase.kind in ("it", "country"):
        return phrase
    if phrase.kind == "border" or phrase.part:  # "closed the border at X", "seized the customs house at X"
        objects = roles.prep_objects(token, "at") or (
            [] if phrase.kind == "border" else roles.prep_objects(token, "in")
        )
    else:
        objects = roles.prep_objects(token, "in")
    objects = objects or ([] if phrase.kind == "border" else _setting(token))
    mentions = [sentence.mention(obj) for obj in [o for o in objects if o.i < token.i][:1] or objects]
    names = tuple(m.name for m in mentions if m is not None and m.kind == "place")
    itself = phrase.number == "one" and len(names) == 1 and phrase.kind in SAME_TYPE and not phrase.part
    return replace(phrase, name=names[0]) if itself else replace(phrase, within=names)


def _setting(token: Token) -> list[Token]:
    """ "In X the rebels said they had breached the line": the place that opens the sentence holds what is said, too."""
    saying = token.head
    if token.dep_ != "ccomp" or saying.i == token.i:
        return []
    opening = [p for p in roles.children(saying, "prep") if p.lower_ == "in" and p.i < token.i and p.i <= 1]
    return [obj for prep in opening for obj in roles.children(prep, "pobj")]


def without_asides(places: list[PlacePhrase], event: str, sentence: Sentence) -> list[PlacePhrase]:
    """ "Reedham - the old capital -": what only describes the name before it is no second place; nor is "areas"."""
    kept: list[PlacePhrase] = []
    for place in places:
        before = kept[-1] if kept and kept[-1].name else None
        gap = (
            sentence.text[before.span.end - sentence.span.start : place.span.start - sentence.span.start]
            if before
            else ""
        )
        if before is not None and not place.name and gap.strip() in ("-", "–", "—", ",", "(") and place.number == "one":
            continue
        if _nowhere(place, event):
            continue
        kept.append(place)
    return kept


def _nowhere(place: PlacePhrase, event: str) -> bool:
    """ "areas", "some territory", "the north": no place that anybody could look up; "the valley" was named before."""
    if place.name or place.within or place.with_countries or place.kind not in ("area", "direction", "ground"):
        return False
    if place.kind == "ground":
        return not place.part and not _SHARE.search(place.text)
    definite = place.text.lower().startswith(("the ", "this ", "that ", "its ", "their "))
    kept = definite and place.number == "one" and (place.kind == "area" or event in GAINS | {"controls"})
    return not kept
