"""Match the frames of lexicons/control_frames.csv against one parsed sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from marchland.claims import roles
from marchland.claims.conditions import Conditions
from marchland.claims.discourse import GAINS
from marchland.claims.grounds import contained, suits, without_asides
from marchland.claims.lexicon import Frame
from marchland.claims.parse import Sentence
from marchland.claims.words import Token
from marchland.records import PlacePhrase

VERB_TAGS = ("VERB", "AUX")
MOST_SEEN = 65_536
"""Words whose frames are kept at hand; when there are more, the table begins anew."""


@dataclass(frozen=True, slots=True)
class Match:
    """One frame found: its trigger, the places it speaks of and the words in its other roles."""

    frame: Frame
    trigger: Token
    places: tuple[PlacePhrase, ...]
    place_heads: tuple[Token, ...]
    actors: tuple[Token, ...]
    opponents: tuple[Token, ...]
    borrowed: bool = False
    """The place is that of another clause: "X fell after the army fled"."""
    before: str = ""
    """Words that put it some time before the event of its verb: "days after" in "took Y days after X"."""


@dataclass(frozen=True, slots=True)
class Named:
    """The frames of one word: as the table lists them, and with those that ask for most first."""

    as_listed: tuple[Frame, ...]
    by_weight: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds frames."""

    frames: Mapping[str, tuple[Frame, ...]]
    conditions: Conditions
    is_crossing: Callable[[str], bool]
    """Whether a proper name is that of a border crossing."""
    is_country: Callable[[str], bool]
    forms: Mapping[str, str]
    """Irregular verb forms -> lemma."""
    seen: dict[tuple[str, str, bool], Named] = field(default_factory=dict)
    """The frames of words met before, by lemma, form and whether they are verbs."""

    def matches(self, sentence: Sentence, believable: Callable[[Match], bool] = lambda match: True) -> list[Match]:
        """Every believable frame in the sentence, the most specific one for each trigger and event."""
        found = [match for token in sentence.doc for match in self._of_trigger(token, sentence) if believable(match)]
        found += [m for token in sentence.doc for m in self._beside(token, found, sentence) if believable(m)]
        found += [after for match in found if (after := self._passed_by(match, sentence)) is not None]
        return [match for match in found if not any(_said_twice(match, other) for other in found)]

    def _beside(self, token: Token, found: Sequence[Match], sentence: Sentence) -> Iterator[Match]:
        """ "X fell after the army fled": a side clause without a place speaks of that of the clause it hangs on."""
        if token.dep_ not in ("advcl", "xcomp", "conj") or any(m.trigger.i == token.i for m in found):
            return
        main = next((m for at in _side_clause(token) for m in found if m.trigger.i == at.i and m.places[0].name), None)
        if main is None or sentence.mention(token) is not None:
            return
        for frame in self._candidates(token):
            fitting = ("context",) in frame.place and all(
                self.conditions.hold(need, token, sentence) for need in frame.needs
            )
            if fitting and frame.event != main.frame.event:
                actors = self._party_words(token, frame.actor, sentence, main.place_heads)
                opponents = self._party_words(token, frame.opponent, sentence, main.place_heads)
                yield Match(frame, token, main.places[:1], main.place_heads[:1], actors, opponents, borrowed=True)
                return

    def _passed_by(self, match: Match, sentence: Sentence) -> Match | None:
        """ "took X on Thursday, days after Y": Y was taken, too, at no told date."""
        if match.frame.event not in GAINS or match.trigger.pos_ != "VERB":
            return None
        heads = [obj for obj in roles.prep_objects(match.trigger, "after", shared=False) if _unit(obj.head)]
        named = [h for h in heads if (m := sentence.mention(h)) is not None and m.kind == "place"]
        places = [phrase for head in named for phrase in self.conditions.phraser.phrases(head, sentence)]
        if not places or self.is_country(places[0].name):
            return None
        before = sentence.written(_unit(named[0].head) or named[0].head, named[0].head)
        return replace(match, places=tuple(places), place_heads=tuple(named), before=before)

    def _of_trigger(self, token: Token, sentence: Sentence) -> list[Match]:
        if sentence.mention(token) is not None:
            return []
        chosen: dict[str, Match] = {}
        for frame in self._named(token).by_weight:
            if frame.event in chosen or not _fits(frame, token):
                continue
            if not all(self.conditions.hold(need, token, sentence) for need in frame.needs):
                continue
            match = self._fill(frame, token, sentence)
            if match is not None and not any(_same_ground(match, other) for other in chosen.values()):
                chosen[frame.event] = match
        return list(chosen.values())

    def _candidates(self, token: Token) -> Iterator[Frame]:
        return (frame for frame in self._named(token).as_listed if _fits(frame, token))

    def _named(self, token: Token) -> Named:
        """The frames of a word's lemma and forms; most words have none."""
        key = (token.lemma_, token.lower_, token.pos_ in VERB_TAGS)
        if (known := self.seen.get(key)) is not None:
            return known
        if len(self.seen) > MOST_SEEN:
            self.seen.clear()
        lemmas = (token.lemma_.lower(), token.lower_, *_stems(token), self.forms.get(token.lower_, ""))
        found = tuple(frame for lemma in dict.fromkeys(lemmas) for frame in self.frames.get(lemma, ()))
        return self.seen.setdefault(key, Named(found, tuple(sorted(found, key=lambda frame: -_weight(frame)))))

    def _fill(self, frame: Frame, token: Token, sentence: Sentence) -> Match | None:
        for path in frame.place:
            places: list[PlacePhrase] = []
            heads: list[Token] = []
            for reached in self._place_words(token, path, sentence):
                for phrase in self.conditions.phraser.phrases(reached, sentence):
                    if self._suits(frame, phrase):
                        places.append(contained(phrase, token, sentence))
                        heads.append(reached)
            if not places and path[-1] == "context" and _is_reported_plainly(token) and not _says_of_what(token):
                places = [self._from_context(token, sentence)]
            places = without_asides(places, frame.event, sentence)
            if places:
                aside = token.dep_ in ("advcl", "pcomp", "relcl") and not _is_reported_plainly(token)
                unique = {(p.span, p.name, p.within): replace(p, aside=aside) for p in places}
                actors = self._party_words(token, frame.actor, sentence, tuple(heads))
                opponents = self._party_words(token, frame.opponent, sentence, tuple(heads))
                return Match(frame, token, tuple(unique.values()), tuple(heads), actors, opponents)
        return None

    def _place_words(self, token: Token, path: tuple[str, ...], sentence: Sentence) -> list[Token]:
        if path == ("context",):
            return []
        return roles.follow(token, path) or (self._shortened(token, sentence) if path == ("obj",) else [])

    def _shortened(self, token: Token, sentence: Sentence) -> list[Token]:
        """ "Reedham captured", "Reedham: taken": a passive of headlines and lists, whose subject is a place."""
        if token.tag_ not in ("VBN", "VBD") or roles.children(token, "dobj", "aux", "auxpass", "ccomp", "xcomp"):
            return []
        subjects = roles.children(token, *roles.SUBJECTS) or _before_colon(token)
        return [s for s in subjects if self.conditions.phraser.is_place(s, sentence)]

    def _from_context(self, token: Token, sentence: Sentence) -> PlacePhrase:
        """The place goes without saying ("the army retreated"): the one spoken of last."""
        start, end = sentence.start(token), sentence.end(token)
        return PlacePhrase("", sentence.in_article(start, end), kind="context", number="one")

    def _suits(self, frame: Frame, phrase: PlacePhrase) -> bool:
        named = bool(phrase.name)
        return suits(
            frame,
            phrase,
            crossing=named and self.is_crossing(phrase.name),
            country=named and self.is_country(phrase.name),
        )

    def _party_words(
        self, token: Token, paths: tuple[tuple[str, ...], ...], sentence: Sentence, places: tuple[Token, ...]
    ) -> tuple[Token, ...]:
        taken = {place.i for place in places} | sentence.dated
        for path in paths:
            found = [
                member
                for reached in roles.follow(token, path)
                for member in roles.with_conjuncts(roles.counted(reached))
                if member.i not in taken and self.conditions.is_party(member, sentence)
            ]
            if found:
                return tuple(dict.fromkeys(found))
        return ()


def _side_clause(token: Token) -> Iterator[Token]:
    """The verbs above a verb of a side clause, up to the clause that it hangs on."""
    at, beside = token, token.dep_ == "advcl"
    for _ in range(roles.MAX_CLIMB):
        if at.head.i == at.i or at.dep_ not in ("advcl", "xcomp", "conj"):
            return
        beside = beside or at.dep_ == "advcl"
        at = at.head
        if beside:
            yield at


def _unit(preposition: Token) -> Token | None:
    """ "days after": the length of time before a preposition."""
    units = ("day", "week", "hour", "month", "minute", "year")
    return next((c for c in preposition.children if c.i < preposition.i and c.lemma_.lower() in units), None)


def _says_of_what(token: Token) -> bool:
    """ "took charge of traffic": what was taken is said, and it is no place."""
    objects = roles.children(token, "dobj", "obj")
    return any(p.lower_ in ("of", "over") for obj in objects for p in roles.children(obj, "prep"))


def _is_reported_plainly(token: Token) -> bool:
    """True in a main or reported clause: what a side clause leaves unsaid is seldom the place spoken of last."""
    at = token
    for _ in range(roles.MAX_CLIMB):
        if at.dep_ in ("relcl", "acl", "pcomp", "advcl") and not roles.is_main_clause(at):
            return False
        if at.head.i == at.i:
            return True
        at = at.head
    return True


def _said_twice(match: Match, other: Match) -> bool:
    """True for "control" in "seized control of the town" and the like: the verb's frame has said it already."""
    within = match.frame.pos == "noun" or match.trigger.dep_ == "dobj"
    if not within or other.frame.pos != "verb" or match.trigger.i == other.trigger.i:
        return False
    at, steps = match.trigger, 0
    while at.i not in (other.trigger.i, at.head.i) and steps < 4:
        if steps and at.pos_ in VERB_TAGS:
            return False
        at, steps = at.head, steps + 1
    return at.i == other.trigger.i and bool({p.span for p in match.places} & {p.span for p in other.places})


def _weight(frame: Frame) -> int:
    return sum(2 if not need.negated else 1 for need in frame.needs) + (2 if frame.place_kinds else 0)


def _same_ground(match: Match, other: Match) -> bool:
    """Two events of one trigger on the same words: only a handing over is both a loss and a gain."""
    if "hands_over" in (match.frame.event, other.frame.event) or {match.frame.event, other.frame.event} == {
        "captures",
        "withdraws_from",
    }:
        return False
    return {p.span for p in match.places} & {p.span for p in other.places} != set()


def _fits(frame: Frame, token: Token) -> bool:
    match frame.pos:
        case "verb":
            return (
                token.pos_ in VERB_TAGS
                or token.tag_.startswith("VB")
                or (token.dep_ in ("ccomp", "relcl", "advcl", "ROOT", "conj") and token.pos_ in ("NUM", "ADJ", "X"))
                or (token.dep_ == "ccomp" and token.pos_ == "NOUN" and bool(roles.children(token, *roles.SUBJECTS)))
            )
        case "noun":
            return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound",)
        case "adj":
            return token.dep_ in ("acomp", "amod", "ccomp", "oprd", "ROOT") and token.pos_ in ("ADJ", "VERB")
        case "hyphen":
            return (
                token.i >= 2
                and token.nbor(-1).text in ("-", "–", "‑")
                and token.dep_ in ("amod", "compound", "ROOT", "acomp")
            )
        case _:
            return False


def _stems(token: Token) -> tuple[str, ...]:
    """Possible lemmas of a verb form that the tagger took for another word class ("falls" as a noun)."""
    word = token.lower_
    if len(word) <= 3 or token.pos_ in VERB_TAGS:
        return ()
    if word.endswith("ed"):
        return (word[:-1], word[:-2])
    return (word[:-1],) if word.endswith("s") else ()


def _before_colon(token: Token) -> list[Token]:
    """ "Aug. 7 - REEDHAM: taken": what stands before the colon."""
    if token.dep_ == "acl" or token.i < 2 or token.nbor(-1).text != ":":
        return []
    return [token.nbor(-2)]
