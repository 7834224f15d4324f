"""From a matched frame to a claim: who, where, when, how many, who says so, and in what sense."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from marchland.claims import when
from marchland.claims.attribution import Attribution
from marchland.claims.believe import (
    OWN_MOVES,
    as_stock,
    believable,
    once,
    points_back,
    told_in_body,
    with_additives,
)
from marchland.claims.datewords import Moment, event_words, said_words
from marchland.claims.discourse import FIRST, GAINS, THIRD, Discourse
from marchland.claims.frames import Match, Matcher
from marchland.claims.movers import who_moved
from marchland.claims.parse import Sentence
from marchland.claims.parties import COMMON
from marchland.claims.phrases import Phraser
from marchland.claims.plover import PloverMatch, PloverReader
from marchland.claims.quantity import Counter
from marchland.claims.replies import as_reply, reply
from marchland.claims.speech import Said, SpeechReader
from marchland.claims.stance import Found, StanceReader
from marchland.claims.sureness import AFTERWARDS, Facts, and_later, reasons
from marchland.claims.tense import shown_tense
from marchland.claims.tense import tense as tense_of
from marchland.claims.voices import Voices
from marchland.claims.words import Token
from marchland.dates import DateExpression
from marchland.records import (
    Article,
    Claim,
    DateWords,
    Party,
    PlacePhrase,
    Plover,
    Quantity,
    Reason,
    Speaker,
    content_id,
)
from marchland.sureness import Sureness, probability

Carrier = tuple[Attribution, Sentence]
DECREED = frozenset({"closes", "restricts", "reopens"})
"""What is done by an order of those in charge."""
SIDELESS = frozenset({"closes", "reopens", "restricts", "contests", "displaces"})


@dataclass
class ArticleNotes:
    """What is known of the article while its sentences are read."""

    article: Article
    countries: tuple[str, ...]
    discourse: Discourse
    day: dt.date | None
    carrier: Carrier | None = None
    """The attribution elsewhere whose quotation runs on through the present sentence."""
    last_speaker: Speaker | None = None
    speakers: dict[str, Speaker] = field(default_factory=dict)
    """Speakers whose class is known, by the last word of the name."""
    unknown: list[PlacePhrase] = field(default_factory=list)
    """Named places met on the way, those among them that no gazetteer has."""
    gains: list[Claim] = field(default_factory=list)
    """Claims of control so far: "they denied this" denies the last."""
    moments: dict[str, Moment] = field(default_factory=dict)
    """Claim -> what its day hangs on."""


@dataclass(frozen=True)
class Assembler:
    """Makes claims from parsed sentences."""

    matcher: Matcher
    phraser: Phraser
    stance: StanceReader
    speech: SpeechReader
    counter: Counter
    plover: PloverReader
    voices: Voices
    forces: frozenset[str]
    flight: frozenset[str]
    home_of: Callable[[str, tuple[str, ...]], str | None]
    """Place name and the article's countries -> the country it lies in, where that is plain."""
    long_before: tuple[str, ...]
    """Phrases that put an event some time back without a date."""
    sureness: Sureness

    def claims(self, sentence: Sentence, notes: ArticleNotes, carrier: Carrier | None = None) -> list[Claim]:
        """Every claim of one sentence; what the sentence names is remembered for the next.

        `carrier` is the attribution, in another sentence, of a quotation that this sentence is part of.
        """
        notes.carrier = carrier
        found: list[Claim] = []
        taken: set[int] = set()
        for match in with_additives(self.matcher.matches(sentence, self._believable)):
            taken.add(match.trigger.i)
            if told_in_body(match, sentence.kind):
                continue
            found += self._of_match(match, sentence, sentence.expressions, notes)
        replies = self._replies(sentence, notes)
        found += replies
        answered = {claim.trigger.start - sentence.span.start for claim in replies}
        taken |= {token.i for token in sentence.doc if sentence.start(token) in answered}
        for other in self.plover.matches(sentence, frozenset(taken)):
            found += self._of_plover(other, sentence, sentence.expressions, notes)
        self._remember(sentence, notes)
        return once({claim.claim_id: claim for claim in found}.values())

    def _replies(self, sentence: Sentence, notes: ArticleNotes) -> list[Claim]:
        """ "Officials denied this", "the council head confirmed it": the last claim of control, in another's mouth."""
        made: list[Claim] = []
        for token in sentence.doc:
            stance = reply(token, self.stance.words)
            said = self.speech.speaker(token, sentence) if stance and notes.gains else None
            if not stance or said is None or said.verb.i != token.i:
                continue
            last = notes.gains[-1]
            same = [c for c in notes.gains if c.trigger == last.trigger and c.sentence == last.sentence]
            source = self._source(said, sentence, notes)
            words = sentence.in_article(sentence.start(token), sentence.end(token))
            answered = [claim for claim in same if claim.source.text != source.text]
            answers = [
                and_later(as_reply(claim, sentence, words, source, stance, token.text), "reply", self.sureness)
                for claim in answered
            ]
            notes.moments |= {
                answer.claim_id: notes.moments[claim.claim_id] for claim, answer in zip(answered, answers, strict=True)
            }
            made += answers
        notes.gains += [claim for claim in made if claim.stance == "asserts"]
        return made

    def _believable(self, match: Match) -> bool:
        return believable(match, self.flight)

    def _of_match(
        self, match: Match, sentence: Sentence, expressions: Sequence[DateExpression], notes: ArticleNotes
    ) -> Iterator[Claim]:
        said = self.speech.speaker(match.trigger, sentence)
        source = self._source(said, sentence, notes)
        speaking = self.voices.party_of(source, notes.discourse)
        if said is None and speaking is not None and source.text == "publisher":
            speaking = replace(
                speaking, country=None
            )  # whoever owns the paper, "the army" is that of the story's country
        away = match.frame.event == "flees_across"
        notes.discourse.home = None if away else self.home_of(_nearest_name(match.places[0], sentence), notes.countries)
        actor = self._actor(match, sentence, notes, speaking)
        opponent = self._party(match.opponents, sentence, notes, speaking)
        notes.discourse.home = None
        if notes.discourse.one_side(actor, opponent):
            actor, opponent = self._told_apart(match, sentence, notes, speaking, actor, opponent)
        if actor is not None and opponent is not None and actor.side == opponent.side and actor.side:
            actor, opponent = (None, opponent) if match.frame.event in OWN_MOVES else (actor, None)
        if actor is None and match.frame.stance == "denies":
            actor = speaking  # "We have lost X": whoever says so has lost it
        stance = self.stance.read(match.trigger, match.frame.stance, decreed=match.frame.event in DECREED)
        attached = when.attach(match.trigger, sentence, expressions, said.verb if said else None)
        if match.borrowed or match.before:
            passed = when.passed(match.place_heads, sentence, expressions) if match.before else None
            attached = when.Attached(passed, attached.said)
        tense = tense_of(match.trigger)
        told = when.long_before(sentence, self.long_before) if attached.event is None else ""
        vague = match.before.lower() or told
        quoted = source.text if notes.carrier is not None and said is None else ""
        for place in match.places:
            if said is not None and said.verb.i != match.trigger.i and said.holds(place.span, sentence):
                continue
            dated = when.on_place(place, match.places, attached, sentence, expressions)
            claim = self._claim(match, place, sentence, notes, actor, opponent, source, stance, dated, tense)
            claim = as_stock(claim) if dated.event is None else claim
            claim = replace(claim, when=_undated(vague, sentence)) if vague and tense != "future" else claim
            notes.moments[claim.claim_id] = Moment(
                sentence, match.trigger, dated, _told_in(stance, tense), said.verb if said else None, quoted
            )
            yield claim
            if match.frame.event in GAINS | {"controls"} and stance.stance != "plans":
                notes.gains.append(claim)
        notes.discourse.gained(match.frame.event, stance.stance, actor)
        if match.actors and match.actors[0].lower_ not in THIRD | FIRST:
            notes.discourse.remember(actor)

    def _claim(
        self,
        match: Match,
        place: PlacePhrase,
        sentence: Sentence,
        notes: ArticleNotes,
        actor: Party | None,
        opponent: Party | None,
        source: Speaker,
        stance: Found,
        attached: when.Attached,
        tense: str,
    ) -> Claim:
        words = sentence.in_article(sentence.start(match.trigger), sentence.end(match.trigger))
        article = notes.article
        sideless = match.frame.event in SIDELESS
        facts = Facts(match, place, sentence, actor, source, stance.stance, tense, attached.event is not None, sideless)
        sure = reasons(facts, self.sureness)
        return Claim(
            claim_id=content_id(
                article.article_id, sentence.span.start, words.start, match.frame.frame_id, place.span.start, place.name
            ),
            article_id=article.article_id,
            page_id=article.page_id,
            sentence=sentence.span,
            trigger=words,
            frame=match.frame.frame_id,
            event=match.frame.event,
            stance=stance.stance,
            stance_how=stance.how,
            actor=actor,
            opponent=opponent,
            place=place,
            source=source,
            when=_when(attached.event, sentence, article, _told_in(stance, tense)),
            said=said_words(attached.said, sentence, article.published),
            quantity=self._quantity(match, place, sentence),
            tense=shown_tense(match.trigger),
            reading=probability(sure),
            reasons=(*_reasons(match, stance, actor, source), *sure),
        )

    def _actor(self, match: Match, sentence: Sentence, notes: ArticleNotes, speaking: Party | None) -> Party | None:
        event = match.frame.event
        own_speech = self.speech.is_speech(match.trigger) and event in GAINS | {"controls"}
        found = self._party(match.actors, sentence, notes, speaking)
        if own_speech and speaking is not None and not match.frame.actor[0][0].startswith("obj"):
            return speaking
        if found is not None and not (
            found.party_id.startswith("x:") and _unlikely(match.actors[0], self.forces, sentence)
        ):
            return found
        if match.actors and event in OWN_MOVES:
            return found
        return None

    def _told_apart(
        self,
        match: Match,
        sentence: Sentence,
        notes: ArticleNotes,
        speaking: Party | None,
        actor: Party | None,
        opponent: Party | None,
    ) -> tuple[Party | None, Party | None]:
        """Nobody is their own opponent: read again whichever of the two is no name, leaving out the other's side."""
        named = [sentence.mention(token) is not None for token in (*match.actors[:1], *match.opponents[:1])]
        if actor is None or opponent is None or all(named):
            return actor, opponent
        again, other = (match.opponents, actor) if named[0] else (match.actors, opponent)
        found = self._party(again, sentence, notes, None, other.party_id)
        if found is None or COMMON in found.party_id:
            return actor, opponent
        return (actor, found) if named[0] else (found, opponent)

    def _party(
        self,
        tokens: Sequence[Token],
        sentence: Sentence,
        notes: ArticleNotes,
        speaking: Party | None,
        without: str | None = None,
    ) -> Party | None:
        for token in tokens:
            found = notes.discourse.party(token, sentence, speaker=speaking, without=without)
            if found is not None and not self.voices.speakers.is_outlet(found.name):
                return found
        return None

    def _source(self, said: Said | None, sentence: Sentence, notes: ArticleNotes) -> Speaker:
        if said is not None:
            return self.voices.speaker(said, sentence, notes) or self.voices.publisher(notes.article)
        if notes.carrier is not None:
            found, other = notes.carrier
            voice = self.speech.said(found, other)
            speaker = self.voices.speaker(voice, other, notes) if voice is not None else None
            if speaker is not None:
                return speaker
        return self.voices.publisher(notes.article)

    def _quantity(self, match: Match, place: PlacePhrase, sentence: Sentence) -> Quantity | None:
        if place.ordinal:
            return Quantity(place.text)
        if place.name and place.number == "one" and not place.part:
            return self._movers_count(match, sentence)
        return self.counter.find(place.text) or self._movers_count(match, sentence)

    def _movers_count(self, match: Match, sentence: Sentence) -> Quantity | None:
        first, last = next(who_moved(match), (None, None))
        return self.counter.find(sentence.written(first, last)) if first is not None and last is not None else None

    def _of_plover(
        self, found: PloverMatch, sentence: Sentence, expressions: Sequence[DateExpression], notes: ArticleNotes
    ) -> Iterator[Claim]:
        """A claim of the rest of the report, if a party does it: at the first place its sentence names, or at none."""
        said = self.speech.speaker(found.top, sentence, besides=(found.top.i, found.trigger.i))
        source = self._source(said, sentence, notes)
        speaking = self.voices.party_of(source, notes.discourse)
        actor = self._plover_party(found.sources, sentence, notes, speaking)
        if actor is None:
            return
        target = self._plover_party(found.targets, sentence, notes, speaking)
        if target is None and found.frame.needs_target:
            return
        attached = when.attach(found.trigger, sentence, expressions, None)
        stance = self.stance.read(found.top)
        if stance.stance in found.absorbed:
            stance = Found("asserts", f"what is told is the {found.category}: {found.why[-1]}")
        elif "negation" in found.flags and stance.stance in ("asserts", "hedges"):
            stance = Found("denies", found.why[-1])
        words = sentence.in_article(sentence.start(found.trigger), sentence.end(found.trigger))
        article, tense = notes.article, tense_of(found.top)
        sure = (self.sureness.reason("rest-of-report", AFTERWARDS["rest-of-report"]),)
        claim_id = content_id(article.article_id, sentence.span.start, words.start, found.frame.frame_id)
        notes.moments[claim_id] = Moment(sentence, found.trigger, attached, tense, said.verb if said else None)
        yield Claim(
            claim_id=claim_id,
            article_id=article.article_id,
            page_id=article.page_id,
            sentence=sentence.span,
            trigger=words,
            frame=f"plover:{found.frame.frame_id}",
            event=found.category,
            stance=stance.stance,
            stance_how=stance.how,
            actor=actor,
            opponent=target if target is None or target.party_id != actor.party_id else None,
            place=self._place_beside(found, sentence),
            source=source,
            when=_when(attached.event, sentence, article, tense),
            said=said_words(attached.said, sentence, article.published),
            quantity=None,
            tense=tense,
            reading=probability(sure),
            reasons=(
                Reason(f"frame {found.frame.frame_id}", 0.0, f'"{found.trigger.text}" means {found.frame.category}'),
                *(Reason("changed", 0.0, why) for why in found.why),
                *sure,
            ),
            plover=Plover(found.mode, found.context, tuple(sorted(found.flags)), found.deed),
        )

    def _plover_party(
        self, tokens: Sequence[Token], sentence: Sentence, notes: ArticleNotes, speaking: Party | None
    ) -> Party | None:
        """The first of these words that stands for a party: a name, or people in an office, a service, a crowd."""
        for token in tokens:
            social = token.lemma_.lower() in self.plover.words.actors
            if token.i in sentence.dated or not (social or self.matcher.conditions.is_party(token, sentence)):
                continue
            party = self._party([token], sentence, notes, speaking)
            if party is not None and (
                social or not party.party_id.startswith("x:") or not _unlikely(token, self.forces, sentence)
            ):
                return party
        return None

    def _place_beside(self, found: PloverMatch, sentence: Sentence) -> PlacePhrase:
        for token in sentence.doc:
            mention = sentence.mention(token)
            if mention is not None and mention.kind == "place" and token.dep_ == "pobj":
                return self.phraser.phrases(token, sentence)[0]
        start = sentence.start(found.trigger)
        return PlacePhrase("", sentence.in_article(start, start), kind="none")

    def _remember(self, sentence: Sentence, notes: ArticleNotes) -> None:
        """Parties named in the sentence, and places whose name only a place noun beside it gives away."""
        heard: list[tuple[Token, Party]] = []
        for token in sentence.doc:
            if self.phraser.noun(token, sentence) is not None:
                notes.unknown += [p for p in self.phraser.phrases(token, sentence) if p.name and not p.part]
            mention = sentence.mention(token)
            named = mention is not None and mention.kind == "party"
            if (named or token.lemma_.lower() in self.forces) and token.dep_ not in ("compound", "amod", "poss"):
                found = notes.discourse.party(token, sentence)
                if found is None or self.voices.speakers.is_outlet(found.name):
                    continue
                notes.discourse.remember(found)
                heard.append((token, found))
        notes.discourse.end_of_sentence(sentence, heard)

    def complete(self, claims: Sequence[Claim], notes: ArticleNotes) -> tuple[Claim, ...]:
        """Give actorless gains and surrenders the actor that the article implies; leave out nouns that only point
        back."""
        kept = [claim for index, claim in enumerate(claims) if not points_back(claim, claims[:index])]
        return tuple(self._implied(claim, notes) for claim in kept)

    def _implied(self, claim: Claim, notes: ArticleNotes) -> Claim:
        vague = claim.actor is not None and notes.discourse.parties.is_vague(claim.actor)
        if (claim.actor is not None and not vague) or claim.event not in GAINS | {"surrenders"}:
            return claim
        home = self.home_of(claim.place.name, notes.countries)
        found = notes.discourse.implied(claim.event, opponent=claim.opponent, home=home)
        return claim if found is None else and_later(replace(claim, actor=found), "implied-actor", self.sureness)


def _nearest_name(place: PlacePhrase, sentence: Sentence) -> str:
    """The name of a place, or of the last one named before it: "Aldbury: the port was under the army's control"."""
    before = [
        piece.mention.name
        for piece in sentence.pieces
        if piece.mention is not None
        and piece.mention.kind == "place"
        and piece.start < place.span.start - sentence.span.start
    ]
    return place.name or (before[-1] if before else "")


def _unlikely(token: Token, forces: frozenset[str], sentence: Sentence) -> bool:
    """An unknown party whose head is neither a force noun nor a proper name, nor stands for one, is no party."""
    if token.lower_ in THIRD | FIRST:
        return False
    return token.lemma_.lower() not in forces and not token.text[:1].isupper() and sentence.mention(token) is None


def _told_in(stance: Found, tense: str) -> str:
    """The tense in which the event is told: a plan lies ahead; all else has happened, be it a noun or a headline's."""
    return "future" if stance.stance == "plans" else "past" if tense in ("none", "present") else tense


def _when(tie: when.Tie | None, sentence: Sentence, article: Article, tense: str) -> DateWords | None:
    """What the words of the event mean by themselves; those that hang on another event are told in `chains`."""
    return event_words(tie, sentence, article.published, tense) if tie is not None else None


def _undated(words: str, sentence: Sentence) -> DateWords:
    start = sentence.text.lower().find(words)
    span = sentence.in_article(start, start + len(words))
    return DateWords(span_text(sentence, start, words), span, None, f"some time before: {words}", "")


def span_text(sentence: Sentence, start: int, words: str) -> str:
    """The words as written in the sentence."""
    return sentence.text[start : start + len(words)]


def _reasons(match: Match, stance: Found, actor: Party | None, source: Speaker) -> tuple[Reason, ...]:
    reasons = [Reason(f"frame {match.frame.frame_id}", 0.0, f'"{match.trigger.text}" means {match.frame.event}')]
    reasons.append(Reason("stance", 0.0, f"{stance.stance}: {stance.how}"))
    if actor is not None:
        reasons.append(Reason("actor", 0.0, f"{actor.name}: {actor.how}"))
    reasons.append(Reason("source", 0.0, f"{source.text} ({source.kind})"))
    return tuple(reasons)
