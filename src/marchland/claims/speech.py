"""Who says so: the nearest speaker of the clause that holds a claim, with the voices that lead to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from marchland.claims import roles, sources
from marchland.claims.attribution import Attribution, Cues, attributions
from marchland.claims.parse import Sentence
from marchland.claims.quotes import in_quotation
from marchland.claims.sources import Named, VoiceWords, named, noun_phrase
from marchland.claims.words import Token
from marchland.records import Span

SPEAKING = frozenset({"says", "learns", "thinks", "colon"})
"""Kinds of cues whose source vouches for what is said; who wants or judges something does not say that it is so."""


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker as written, with the verb of speech and where both stand in the sentence."""

    speaker: Named
    verb: Token
    outer: tuple[Named, ...] = ()
    """Who passes it on, outermost first: "the agency" in "the agency quoted residents as saying"."""
    heard: tuple[Named, ...] = ()
    """To whom it was said."""
    own: Named | None = None
    """Whom the speaker cites."""
    anonymous: bool = False
    """Whether the words say that the speaker would not be named."""
    kind: str = "says"
    """Kind of the cue: says, learns, thinks."""

    def holds(self, span: Span, sentence: Sentence) -> bool:
        """Whether a span of the article lies in the words before the verb of speech that name the speaker."""
        if self.kind != "says" or self.head.i > self.verb.i:
            return False
        start = sentence.in_article(sentence.start(self.first), 0).start
        return start <= span.start < sentence.in_article(sentence.start(self.verb), 0).start

    @property
    def text(self) -> str:
        return self.speaker.text

    @property
    def head(self) -> Token:
        return self.speaker.head

    @property
    def first(self) -> Token:
        return self.speaker.first

    @property
    def last(self) -> Token:
        return self.speaker.last


@dataclass(frozen=True, slots=True)
class SpeechReader:
    """Finds who speaks for a word, with the cues of lexicons/speech.csv."""

    cues: Cues
    words: VoiceWords

    def is_speech(self, token: Token) -> bool:
        """Whether this is a verb of speech."""
        cue = self.cues.get((token.lemma_.lower(), "verb"))
        return token.pos_ == "VERB" and cue is not None and cue.kind == "says"

    def speaker(self, trigger: Token, sentence: Sentence, *, besides: Collection[int] = ()) -> Said | None:
        """The innermost speaker whose words hold the trigger; None when the publisher itself speaks.

        `besides` are words that are no cue here: a verb of speech that is itself the event is reported by another.
        """
        every = attributions(sentence, self.cues)
        found = [a for a in every if a.kind in SPEAKING and a.cue.i not in besides]
        holding = sorted((a for a in found if _holds(a, trigger)), key=lambda a: len(a.content))
        holding = [a for a in holding if not _answered(a, found)]
        for number, one in enumerate(holding):
            said = self.said(one, sentence, holding[number + 1 :])
            if said is not None:
                return said
        return self._tail(trigger, sentence) or self._quoting(trigger, found, sentence)

    def _quoting(self, trigger: Token, found: list[Attribution], sentence: Sentence) -> Said | None:
        """ ""They fled," Noor said, "and the rebels took the town."": the one speaker of the sentence's quotations."""
        says = [a for a in found if a.kind == "says" and a.cue.pos_ == "VERB"]
        quoted, _ = in_quotation(sentence)
        alone = len(says) == 1 and trigger.i in quoted and says[0].cue.i not in quoted
        return self.said(says[0], sentence) if alone else None

    def said(self, found: Attribution, sentence: Sentence, around: list[Attribution] | None = None) -> Said | None:
        """The voices of one attribution; `around` are those that hold it, innermost first. None where nobody speaks."""
        source, relay = sources.relayed(found, self.words)
        if source is None or _place_reported(found.cue, source, sentence):
            return None
        mention = sentence.mention(source)
        borrowed = found.cue.pos_ == "VERB" and not roles.children(found.cue, "nsubj", "nsubjpass", "agent", "prep")
        if borrowed and mention is not None and mention.kind == "place":
            return None
        source = sources.writer(source, self.words)
        own = sources.own_source(found, self.words) if relay is None else None
        outer = [a.source for a in reversed(around or []) if a.source is not None and a.source.i != source.i]
        return Said(
            named(source, sentence, found.content),
            found.cue,
            tuple(named(t, sentence) for t in [*outer, *([relay] if relay is not None else [])]),
            tuple(named(t, sentence) for t in sources.hearers(found, self.words)),
            named(own, sentence) if own is not None else None,
            sources.is_anonymous(found, sentence, self.words),
            found.kind,
        )

    def _tail(self, trigger: Token, sentence: Sentence) -> Said | None:
        """ "..., the ministry said." where the parse failed to join both clauses: the verb stands at the very end."""
        last = [token for token in sentence.doc if not token.is_punct and not token.is_space]
        for token in last[-3:]:
            apart = token.i > trigger.i and self.is_speech(token)
            if apart and token.tag_ in ("VBD", "VBZ", "VBP") and not roles.children(token, "dobj", "ccomp"):
                subjects = roles.surface_subjects(token)
                if subjects:
                    before = frozenset(range(trigger.i + 1))
                    return self.said(Attribution("says", token, subjects[0], subjects[0], before), sentence)
        return None


def _answered(found: Attribution, others: list[Attribution]) -> bool:
    """ "the army denied a claim by the rebels that ...", "a statement saying that ...": who answers speaks, not whose
    words are answered."""
    noun = found.cue.head if found.cue.dep_ == "acl" and found.cue.tag_ == "VBG" else found.cue
    through = noun.dep_ == "pobj" and noun.head.lower_ == "as"  # "dismissed as false a claim that ..."
    if noun.pos_ != "NOUN" or (noun.dep_ not in ("dobj", "nsubjpass") and not through):
        return False
    answer = noun.head.head if through else noun.head
    return any(a.cue.i == answer.i and a.kind == "says" and a.source is not None for a in others)


def _holds(found: Attribution, trigger: Token) -> bool:
    """Whether the trigger is part of what is said, or is itself the cue: "the group claimed the capture of"."""
    if found.cue.i == trigger.i:
        return True
    present = trigger.tag_ in ("VBZ", "VBP")
    return trigger.i in found.content and not (present and _aside(trigger, found))


def _aside(trigger: Token, found: Attribution) -> bool:
    """Whether the trigger stands in a relative clause of what is said.

    In the present tense ("the group that holds the east") it is background that the reporter gives.
    """
    at = trigger
    while at.head.i != at.i and at.head.i in found.content:
        if at.dep_ == "relcl":
            return True
        at = at.head
    return at.dep_ == "relcl" and at.head.i != found.cue.i


def _place_reported(verb: Token, subject: Token, sentence: Sentence) -> bool:
    """ "X reported to have fallen": a headline's passive, in which a place is no speaker."""
    mention = sentence.mention(subject)
    return (
        mention is not None
        and mention.kind == "place"
        and bool(roles.children(verb, "xcomp"))
        and verb.tag_ in ("VBN", "VBD")
    )


__all__ = ["Said", "SpeechReader", "noun_phrase"]
