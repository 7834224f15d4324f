"""What a report says besides control of places, coded to PLOVER categories.

A frame (lexicons/plover_frames.csv) names a deed: "shell", "sign treaty". On the way up the parse, words that promise,
refuse, ask for or end a deed make another category of it (plover_operators.csv and plover_algebra.csv): "agreed to
release" is no release yet, "refused to meet" is the opposite of a meeting, "ended the blockade" is a retreat.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from marchland.claims import roles
from marchland.claims.parse import Sentence
from marchland.claims.plovernear import forms, near, word_class
from marchland.claims.ploverwords import PloverFrame, PloverWords
from marchland.claims.words import Token

MAX_CLIMB = 8
_LINKS = frozenset({"xcomp", "ccomp", "dobj", "pcomp", "pobj", "nsubjpass", "acl", "relcl", "oprd", "attr", "prep"}) | {
    "dep",
    "advcl",
}
"""Links between an event and the word above it that may have its say."""
_VERB_LINKS = frozenset({"to", "from", "on", "with", "for", "against"})
_NOUN_LINKS = frozenset({"to", "of", "on", "in", "for", "from"})
_OF_OTHERS = frozenset({"request", "must", "allow", "deny", "not"})
"""Operators that can be about what somebody else does."""
_INFINITIVE = frozenset({"request", "refuse", "commit", "offer", "threat", "want", "allow"})
"""Operators whose infinitive is what they are about, even where the parser took it for a purpose."""
_AIMS = frozenset({"toward", "towards", "for", "against", "without"})
"""Prepositions after which a deed is not told as done: "areas for cooperation", "towards holding talks"."""
_CONDITIONS = frozenset({"if", "unless", "whether", "once", "until", "soon"})
_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i"})
_ANY = ("prep:with", "prep:against", "prep:to", "prep:on", "prep:from", "prep:for", "prep:of", "prep:into", "prep:at",
        "prep:between")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PloverMatch:
    """One event found: its trigger, what it is after all changes, and the words of its source and target."""

    frame: PloverFrame
    trigger: Token
    top: Token
    """The highest word that had its say: "refused" in "refused to meet"."""
    category: str
    mode: str
    context: str
    flags: frozenset[str]
    why: tuple[str, ...]
    """What changed the category, in order."""
    sources: tuple[Token, ...]
    targets: tuple[Token, ...]
    absorbed: frozenset[str] = frozenset()
    """Stances that have made another category of it, so that what is told did happen: "denies", "plans"."""
    aim: bool = False
    """Whether it is only what something else is done for: "crossed the river to attack the fort"."""

    @property
    def deed(self) -> str:
        """What was promised, asked for, refused, ended or threatened, where that made another category of it."""
        own = "/".join(filter(None, (self.frame.category, self.frame.mode)))
        return own if self.frame.category != self.category else ""

    @property
    def source(self) -> Token | None:
        """The first word that can be whoever does it."""
        return next(iter(self.sources), None)

    @property
    def target(self) -> Token | None:
        """The first word that can be whoever it is done to."""
        return next(iter(self.targets), None)


@dataclass(frozen=True, slots=True)
class PloverReader:
    """Finds PLOVER events by frames, then lets the words above them change them."""

    words: PloverWords

    @classmethod
    def load(cls) -> PloverReader:
        """Read the shipped lexicons."""
        return cls(PloverWords.load())

    def matches(self, sentence: Sentence, taken: Collection[int]) -> list[PloverMatch]:
        """Events whose trigger is not already one of control; only those with somebody who does it."""
        return [match for match in self.all(sentence, taken) if match.sources and not match.aim]

    def all(self, sentence: Sentence, taken: Collection[int] = ()) -> list[PloverMatch]:
        """Every event of the sentence in order, with or without somebody who does it."""
        used: set[int] = set(taken)
        bare: list[tuple[PloverFrame, Token]] = []
        for token in sentence.doc:
            if (
                token.i not in taken
                and sentence.mention(token) is None
                and (found := self._frame(token, used, sentence))
            ):
                bare.append((found, token))
        made = [
            self._raise(frame, token, sentence)
            for frame, token in bare
            if not (token.i in used and len(frame.words) == 1)
        ]
        said = {i for match, consumed in made if match.category for i in consumed}
        return [match for match, _ in made if match.category and match.trigger.i not in said]

    def between(self, sentence: Sentence, source: Collection[int], target: Collection[int]) -> PloverMatch | None:
        """The event that fits best as what the words `source` do to the words `target`; None where none is near."""
        scored = [(_fit(match, source, target), -match.trigger.i, match) for match in self.all(sentence)]
        best = max(scored, key=lambda item: item[:2], default=None)
        return best[2] if best is not None and best[0] > 0 else None

    def _frame(self, token: Token, used: set[int], sentence: Sentence) -> PloverFrame | None:
        pos = word_class(token)
        frames = [f for lemma in forms(token) for f in self.words.frames.get((lemma, pos), ())]
        if not frames or token.dep_ in ("amod", "compound"):
            return None
        frames.sort(key=lambda frame: -frame.weight)
        beside: dict[str, int] | None = None
        for frame in frames:
            if len(frame.words) == 1:
                return frame
            beside = near(token, sentence) if beside is None else beside
            found = [{beside[w] for w in options if w in beside} for options in frame.words[1:]]
            if all(found):
                used.update(*found)
                return frame
        return None

    # ---------------------------------------------------------------------------------------------- changes from above

    def _raise(self, frame: PloverFrame, token: Token, sentence: Sentence) -> tuple[PloverMatch, list[int]]:
        """The event after everything above it had its say, and the words that had it."""
        state = _State(frame.category if not _of_nothing(token) else "", frame.mode, token)
        self._own(token, state)
        at = token
        for _ in range(MAX_CLIMB):
            head = at.head
            if head.i == at.i or not state.category:
                break
            if at.dep_ == "conj" and head.pos_ == at.pos_ and not roles.children(at, *roles.SUBJECTS):
                at = head
                continue
            operator = self._operator(at, head, sentence) if at.dep_ in _LINKS else ""
            if not operator and _is_charge(at, head):
                state.category = ""
            if not operator and self._asked_of(at, head, sentence):
                at = head
                continue
            if not operator and not (at.dep_ in ("pobj", "pcomp") and head.dep_ in ("prep", "prt")):
                break
            if operator:
                self._apply(operator, head.lemma_, state)
                state.above.append(head)
                state.top = head
                self._own(head, state)
            at = head
        if _is_infinitive(at) and at.dep_ == "xcomp":
            state.flags.add("hypothetical")
        state.aim = _is_infinitive(at) and at.dep_ in ("advcl", "acl", "relcl", "pcomp")
        led = at if at.dep_ == "prep" else at.head
        state.aim = state.aim or (at.dep_ in ("pcomp", "pobj", "prep") and led.lower_ in _AIMS)
        return self._settled(frame, token, state), [t.i for t in state.above]

    def _operator(self, at: Token, head: Token, sentence: Sentence) -> str:
        """What the governing word does to the event under it."""
        pos = "adj" if head.pos_ == "ADJ" else word_class(head)
        options = [found for lemma in forms(head) for found in self.words.operators.get((lemma, pos), ())]
        for particle, operator in options:
            if _led_by(particle, at, head, sentence) if particle else _governs(at, head, operator):
                return operator
        return ""

    def _asked_of(self, at: Token, head: Token, sentence: Sentence) -> bool:
        """ "permitted the pilgrims to enter": the parser hung the infinitive on those who are permitted."""
        return (
            at.dep_ in ("acl", "relcl")
            and _is_infinitive(at)
            and head.dep_ in ("dobj", "pobj")
            and self._operator(head, head.head, sentence) in ("request", "allow", "refuse")
        )

    def _own(self, token: Token, state: _State) -> None:
        """Negation and modals right on a word."""
        clause = token.head if token.dep_ in ("attr", "acomp") and token.head.pos_ in ("AUX", "VERB") else token
        if clause.dep_ == "conj" and any(c.lower_ == "neither" for c in clause.head.children):
            self._apply("not", "neither", state)
        helpers = [c for c in clause.children if c.dep_ in ("aux", "auxpass", "neg", "mark", "det", "advmod")]
        for child in helpers:
            word = child.lower_
            if child.dep_ == "neg" or word in ("never", "no", "neither", "nor"):
                before = state.category
                self._apply("not", word, state)
                if state.category != before:
                    state.absorbed.add("denies")
            elif child.dep_ in ("mark", "advmod") and word in _CONDITIONS:
                state.flags.add("hypothetical")
                if roles.children(clause, "neg") or word == "unless":
                    state.category = ""
        for child in helpers:
            modal = self.words.operators.get((child.lower_, "modal")) if child.tag_ == "MD" else None
            if modal and not (modal[0][1] == "must" and _speaker(clause) is None):
                self._apply(modal[0][1], child.lower_, state)
                if modal[0][1] == "must":
                    state.absorbed.add("plans")
                    state.speaker = _speaker(clause)
                    state.addressed = roles.surface_subjects(clause)

    def _apply(self, operator: str, word: str, state: _State) -> None:
        if not state.category:
            return
        change = self.words.algebra[operator, state.category]
        if change.category != state.category or change.flags - state.flags:
            state.why.append(f'"{word}": {change.why}')
        if change.category != state.category:
            state.mode = change.mode
        state.category = change.category
        state.flags |= change.flags
        state.last = operator

    def _settled(self, frame: PloverFrame, token: Token, state: _State) -> PloverMatch:
        sources = _sources(frame, token, state)
        kept = {t.i for t in sources}
        targets = [t for t in _targets(frame, token, state) if t.i not in kept]
        if not targets and len(sources) > 1 and not frame.targets:
            sources, targets = sources[:1], sources[1:]
        return PloverMatch(
            frame, token, state.top, state.category, state.mode, frame.context, frozenset(state.flags),
            tuple(state.why), tuple(sources), tuple(targets), frozenset(state.absorbed),
            state.aim,
        )  # fmt: skip


@dataclass
class _State:
    """What is known of an event on the way up."""

    category: str
    mode: str
    top: Token
    flags: set[str] = field(default_factory=set)
    why: list[str] = field(default_factory=list)
    above: list[Token] = field(default_factory=list)
    last: str = ""
    speaker: Token | None = None
    addressed: list[Token] = field(default_factory=list)
    absorbed: set[str] = field(default_factory=set)
    aim: bool = False


def _governs(at: Token, head: Token, operator: str) -> bool:
    """Whether the event is what the word is about, not when or why it is done, nor what somebody else does."""
    if operator == "mention":
        return at.dep_ in ("dobj", "nsubjpass", "prep") and head.pos_ == "VERB"
    if at.dep_ == "advcl":
        return operator in _INFINITIVE and _is_infinitive(at)
    if at.dep_ in ("acl", "relcl"):
        return head.pos_ in ("NOUN", "PROPN") and _is_infinitive(at)
    if at.dep_ == "prep":
        noun = head.pos_ in ("NOUN", "PROPN")
        if operator == "request" and not noun:
            return at.lower_ == "for"
        return at.lower_ in (_NOUN_LINKS if noun else _VERB_LINKS) and (noun or operator != "do")
    if at.dep_ == "ccomp" and operator not in _OF_OTHERS:
        return all(subject.lower_ in _PRONOUNS for subject in roles.children(at, *roles.SUBJECTS))
    return True


def _is_infinitive(token: Token) -> bool:
    return any(child.tag_ == "TO" for child in token.children)


def _of_nothing(token: Token) -> bool:
    """ "met no resistance", "no attack": nothing happened."""
    words = [token] if token.pos_ == "NOUN" else roles.children(token, "dobj", "nsubjpass")
    return any(child.lower_ == "no" and child.dep_ == "det" for word in words for child in word.children)


def _is_charge(at: Token, head: Token) -> bool:
    """ "accused the clan of burning", "jailed for stealing": the deed is told as what somebody is reproached with."""
    return at.dep_ == "pcomp" and (head.lower_ == "of" or (head.lower_ == "for" and head.head.pos_ == "VERB"))


def _led_by(particle: str, at: Token, head: Token, sentence: Sentence) -> bool:
    """Whether the particle leads to the event: "call for talks", "call on the clan to talk", "call off talks"."""
    if particle == "to":
        return at.dep_ in ("xcomp", "ccomp", "advcl") and _is_infinitive(at)
    if at.dep_ == "prep":
        return at.lower_ == particle
    for child in head.children:
        if child.lower_ == particle and child.dep_ in ("prt", "advmod"):
            return True
        if child.lower_ == particle and child.dep_ == "prep" and at.dep_ in ("xcomp", "ccomp", "advcl"):
            return not any(under.i in sentence.dated for under in child.children)
    return False


# --------------------------------------------------------------------------------------------------------------- roles


def _sources(frame: PloverFrame, token: Token, state: _State) -> list[Token]:
    """Whoever does it: the subject of the highest word that had its say, else the frame's own."""
    if state.speaker is not None:
        return roles.with_conjuncts(state.speaker)
    for word in (*reversed(state.above), token):
        if word is token:
            steps = (*frame.sources, "owner", "prep:by") if frame.pos == "noun" else frame.sources
            found = [t for step in steps for t in _reach(token, step)][:1]
        elif word_class(word) == "noun":
            found = roles.children(word, "poss") or roles.step(word, "prep:by") or roles.step(word, "prep:from")
        else:
            found = roles.logical_subjects(word)
        found = [named for one in found for named in roles.with_conjuncts(_self(one))]
        if found:
            return found
    return []


def _targets(frame: PloverFrame, token: Token, state: _State) -> list[Token]:
    """Whoever it is done to: of a request the one asked, else the frame's own, else what a preposition ties."""
    found: list[Token] = list(state.addressed)
    for word in reversed(state.above):
        if state.last in ("request", "must", "allow") or state.category == "request":
            found += [t for t in roles.logical_objects(word) if t.i != token.i and t.pos_ not in ("VERB", "AUX")]
            found += roles.step(word, "prep:on") + roles.step(word, "prep:with") + roles.step(word, "prep:to")
            found += [
                s for c in roles.children(word, "ccomp", "xcomp") for s in roles.children(c, "nsubj", "nsubjpass")
            ]
    found += [t for step in frame.targets for t in _reach(token, step)]
    for word in (token, *state.above):
        if not found:
            found += [t for step in _ANY for t in roles.step(word, step)]
    words = [named for one in found for named in roles.with_conjuncts(one)]
    taken = {token.i, *(t.i for t in state.above)}
    return list({t.i: t for t in words if t.i not in taken and t.pos_ not in ("VERB", "AUX", "NUM")}.values())


def _reach(token: Token, step: str) -> list[Token]:
    """One role step. A preposition may hang on the verb's object: "held talks with"; an owner does it only where
    somebody else suffers it: "the clan's release of the nurses", but not "the nurses' release"."""
    if step == "owner":
        return roles.children(token, "poss") if roles.step(token, "prep:of") else []
    found = roles.step(token, step)
    if not found and token.pos_ == "VERB" and step.startswith("prep:"):
        found = [t for obj in roles.logical_objects(token) for t in roles.step(obj, step)]
    return found


def _self(token: Token) -> Token:
    """ "The rebels said they would": a pronoun that is the subject of reported speech is the speaker."""
    if token.lower_ not in _PRONOUNS:
        return token
    speaker = _speaker(token.head)
    return speaker if speaker is not None else token


def _speaker(clause: Token) -> Token | None:
    """Subject of the verb that governs this clause as reported speech."""
    at = clause
    for _ in range(MAX_CLIMB):
        if at.dep_ == "ccomp" and at.head.pos_ == "VERB":
            return next(iter(roles.surface_subjects(at.head)), None)
        if at.dep_ not in ("conj", "xcomp", "advcl") or at.head.i == at.i:
            break
        at = at.head
    return (
        next((s for c in roles.children(at, "ccomp", "parataxis") for s in roles.children(c, "nsubj")), None)
        if at.dep_ == "ROOT" and roles.children(at, "parataxis")
        else None
    )


# ------------------------------------------------------------------------------------------------ one pair of words


def _fit(match: PloverMatch, source: Collection[int], target: Collection[int]) -> float:
    """How well an event fits as what the source does to the target; above 0 where it stands near both."""
    score = 0.0
    if any(t.i in source for t in match.sources):
        score += 4
    elif any(t.i in target for t in match.sources):
        score -= 2
    if any(t.i in target for t in match.targets):
        score += 3
    elif any(t.i in source for t in match.targets):
        score -= 1
    below = {t.i for t in match.top.subtree}
    score += 1.0 * bool(below & set(target)) + 1.0 * bool(below & set(source))
    score -= 2.0 * (match.trigger.i in source or match.trigger.i in target)
    return score + 1.0 - 0.5 * _depth(match.top)


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i and depth < MAX_CLIMB:
        token, depth = token.head, depth + 1
    return depth
