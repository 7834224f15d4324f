"""The claim stage: one article in, a `Reading` with its claims out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from marchland import dates
from marchland.claims.assemble import ArticleNotes, Assembler
from marchland.claims.attribution import load_cues
from marchland.claims.casing import forms_of, in_capitals, recased
from marchland.claims.chains import Timeline, date_claims
from marchland.claims.conditions import Conditions
from marchland.claims.discourse import SHARES, Discourse
from marchland.claims.frames import Matcher
from marchland.claims.lexicon import Lexicon
from marchland.claims.mentions import Mention, find_places, notable, with_nouns
from marchland.claims.model import BATCH
from marchland.claims.newcomers import NewcomerFinder
from marchland.claims.parse import Parser, Piece, Sentence
from marchland.claims.parties import Parties, PartyHit
from marchland.claims.phrases import Phraser
from marchland.claims.plover import PloverReader
from marchland.claims.quantity import Counter
from marchland.claims.relevance import LONG_AGO, Beside, Relevance
from marchland.claims.roles import prep_objects
from marchland.claims.sentences import MAX_SENTENCE, cut, sentences
from marchland.claims.sources import VoiceWords
from marchland.claims.speakers import Speakers
from marchland.claims.speech import SpeechReader
from marchland.claims.stance import StanceReader
from marchland.claims.unlisted import Unlisted, mark, written
from marchland.claims.voiced import Attributed, attributed, carriers
from marchland.claims.voices import Voices
from marchland.claims.words import Token
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.places.sense import Teller
from marchland.places.theatre import theatre
from marchland.records import Article, Claim, PlacePhrase, Reading, Reason, Span
from marchland.sureness import Sureness

LARGE = 50_000
"""Inhabitants of a town whose name is read as such in capitals although English has the word."""
PERSONAL = frozenset(
    {"they", "them", "it", "we", "he", "she", "us", "who", "which", "i", "its", "their", "his", "our", "latter"}
)

Unparsed = tuple[str, Span, str, tuple[Piece, ...]]
"""A sentence for the parser: its text, where it stands, the kind of part it lies in, and its words."""
_Steps = Generator[list[Unparsed], list[Sentence], Reading]


@dataclass(frozen=True)
class Coder:
    """Reads claims out of articles. Loading takes about a second; no state passes from one article to the next."""

    lexicon: Lexicon
    parser: Parser
    gazetteer: Gazetteer
    parties: Parties
    assembler: Assembler
    relevance: Relevance
    near: NearNames
    unlisted: Unlisted
    newcomers: NewcomerFinder
    teller: Teller

    @classmethod
    def load(
        cls,
        *,
        gazetteer: Gazetteer | None = None,
        parties: Parties | None = None,
        speakers: Speakers | None = None,
    ) -> Coder:
        """Open the shipped data; pass your own gazetteer, parties or speakers to measure without some rows of them."""
        lexicon = Lexicon.load()
        gazetteer = gazetteer or Gazetteer.open()
        parties = parties or Parties.load()
        parser = Parser.load(lexicon.grammar["surrogates"], lexicon.grammar["shown"])
        near = NearNames(gazetteer, parser)
        phraser = Phraser(lexicon.place_nouns, frozenset(lexicon.grammar["counts"]["ordinals"]), near)
        matcher = Matcher(
            lexicon.frames,
            Conditions(phraser, IsParty(lexicon.forces, gazetteer)),
            _Kind(gazetteer, "crossing"),
            _Kind(gazetteer, "country"),
            lexicon.grammar["verb_forms"],
        )
        assembler = Assembler(
            matcher=matcher,
            phraser=phraser,
            stance=StanceReader(lexicon.stance),
            speech=SpeechReader(load_cues(), VoiceWords.load()),
            counter=Counter.from_grammar(lexicon.grammar["counts"]),
            plover=PloverReader.load(),
            voices=Voices(speakers or Speakers.load(parties=parties), HomeOf(gazetteer)),
            forces=lexicon.forces,
            flight=frozenset(lexicon.grammar["flight"]["words"]),
            home_of=HomeOf(gazetteer),
            long_before=tuple(lexicon.grammar["long_before"]["phrases"]),
            sureness=Sureness.load(),
        )
        is_word = OtherWord(gazetteer, parser, parties, assembler.voices.speakers)
        unlisted = Unlisted.of(_populated(lexicon), lexicon.grammar["located"], is_word)
        taken = IsTaken(parties, gazetteer, assembler.voices.speakers)
        newcomers = NewcomerFinder(
            parties.words, taken, lambda word: word.lower() in parties.nations, parser.is_english
        )
        relevance = Relevance.of(lexicon.domains)
        return cls(
            lexicon, parser, gazetteer, parties, assembler, relevance, near, unlisted, newcomers, Teller.of(gazetteer)
        )

    def read(self, article: Article) -> Reading:
        """All claims of one article, in order; an article that is not about conflict or passage yields none."""
        return next(iter(self.read_many([article])))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Read articles in order, some at a time: the parser is quicker with many sentences, and says the same."""
        waiting: list[tuple[_Steps, list[Unparsed]]] = []
        for article in articles:
            steps = self._read(article)
            waiting.append((steps, next(steps)))
            if sum(len(asked) for _, asked in waiting) >= BATCH or len(waiting) >= BATCH:
                yield from self._finish(waiting)
                waiting = []
        yield from self._finish(waiting)

    def attributions(self, article: Article) -> tuple[Attributed, ...]:
        """Who says what in the whole article, whether or not it is about conflict: source, cue and content."""
        abbreviations = self.lexicon.grammar["abbreviations"]["words"]
        others = self.teller.others(article.text)
        prepared = [
            self._prepare(article, kind, span, self.parties, others) for kind, span in sentences(article, abbreviations)
        ]
        parsed = list(
            self.parser.parse((item.text, item.span, item.kind, item.pieces) for item in prepared if item.pieces)
        )
        return attributed(article.text, parsed, self.assembler.speech.cues)

    def _finish(self, waiting: Sequence[tuple[_Steps, list[Unparsed]]]) -> Iterator[Reading]:
        """Parse what these articles ask for in one go and give each its own sentences."""
        parsed = self.parser.parse(item for _, asked in waiting for item in asked)
        for steps, asked in waiting:
            try:
                steps.send(list(islice(parsed, len(asked))))
            except StopIteration as done:
                yield done.value

    def _read(self, article: Article) -> _Steps:
        """Read one article: asks once for its sentences to be parsed, and returns its reading."""
        abbreviations = self.lexicon.grammar["abbreviations"]["words"]
        unlisted = self.unlisted.names(article.text)
        newcomers = tuple(one for one in self.newcomers.find(article.text) if one.name not in unlisted)
        named = self.parties.with_newcomers(newcomers, None)
        strange = written(unlisted)
        others = self.teller.others(article.text)
        prepared = [
            self._prepare(article, kind, span, named, others, strange)
            for kind, span in sentences(article, abbreviations)
        ]
        mentions = tuple(phrase for item in prepared for phrase in item.phrases)
        armed = {hit for item in prepared for hit in item.armed} | {
            phrase.name for phrase in mentions if self.assembler.matcher.is_crossing(phrase.name)
        }
        states = {country for item in prepared for country in item.countries}
        if not self.relevance.about_control(article.text, parties=len(armed), states=len(states)):
            yield []
            return Reading(article, (), mentions)
        notes = self._notes(article, prepared)
        notes.discourse.parties = here = self.parties.with_newcomers(newcomers, notes.discourse.country)
        assembler = self._with(here) if newcomers else self.assembler
        parsed = yield [(item.text, item.span, item.kind, item.pieces) for item in prepared if item.pieces]
        carried = carriers(article.text, parsed, self.assembler.speech.cues)
        claims = [
            claim
            for number, sentence in enumerate(parsed)
            for claim in assembler.claims(sentence, notes, carried.get(number))
        ]
        words = self.lexicon.grammar["beginnings"]
        line = Timeline(article.published, assembler.speech.is_speech, words["verbs"], words["happens"])
        claims = date_claims(claims, notes.moments, parsed, article.text, line)
        claims = self._relevant(claims, article, prepared)
        known = {phrase.span.start for phrase in mentions}
        found = (*mentions, *(phrase for phrase in notes.unknown if phrase.span.start not in known))
        complete = assembler.complete(claims, notes)
        return Reading(article, with_cuts(complete, cut(article, abbreviations)), found)

    def _relevant(self, claims: list[Claim], article: Article, prepared: Sequence[Prepared]) -> list[Claim]:
        """The claims of control whose surroundings speak of war or of a border today, and all others."""
        control = [claim for claim in claims if not claim.frame.startswith("plover:")]
        if not control:
            return claims
        is_crossing = self.assembler.matcher.is_crossing
        beside = [
            Beside(
                item.text,
                frozenset({*item.forces, *(p.name for p in item.phrases if is_crossing(p.name))}),
                frozenset(item.countries),
            )
            for item in prepared
        ]
        peaceful = {prepared[index].span.start for index in self.relevance.peaceful(article.text, beside)}
        past = self.relevance.commemorates(article.text)
        return [
            claim
            for claim in claims
            if claim not in control or not (claim.sentence.start in peaceful or (past and _long_ago(claim, article)))
        ]

    def _with(self, parties: Parties) -> Assembler:
        """The assembler whose speakers, too, know the parties that this article makes known."""
        voices = self.assembler.voices
        return replace(self.assembler, voices=replace(voices, speakers=replace(voices.speakers, parties=parties)))

    def _prepare(
        self,
        article: Article,
        kind: str,
        span: Span,
        parties: Parties,
        others: frozenset[int],
        unlisted: re.Pattern[str] | None = None,
    ) -> Prepared:
        """A sentence with its names; `others` are where names of the article begin that are surely of no place."""
        text = self._cased(span.of(article.text), article)
        connectives = frozenset(self.lexicon.grammar["connectives"]["words"])
        places = find_places(text, self.gazetteer, connectives, self.parser.is_english, self.near)
        places = [place for place in places if not self.assembler.voices.speakers.is_outlet(place.name)]
        places = [place for place in places if span.start + place.start not in others]
        places = with_nouns(text, places, frozenset(self.lexicon.grammar["divisions"]["words"]))
        hits = parties.find(text)
        merged = _merge(text, places, hits, self._notable)
        merged = sorted([*merged, *mark(text, unlisted, merged)], key=lambda mention: mention.start)
        phrases = tuple(
            PlacePhrase(m.text, Span(span.start + m.start, span.start + m.end), m.name, number="one")
            for m in merged
            if m.kind == "place" and m.sure
        )
        armed = tuple(text[hit.start : hit.end] for hit in hits if any(parties.bears_arms(i) for i in hit.ids))
        named = (hit for hit in hits if not hit.starred and any(parties.bears_arms(i) for i in hit.ids))
        forces = tuple(text[hit.start : hit.end] for hit in named)
        homes = tuple(c for hit in hits if not hit.starred for c in {parties.table[i].country for i in hit.ids} if c)
        return Prepared(text, span, kind, self.parser.pieces(text, merged), phrases, armed, homes, forces)

    def _cased(self, text: str, article: Article) -> str:
        """A sentence in capitals in the letters of prose, of the same length."""
        if not in_capitals(text):
            return text
        return recased(text, forms_of(article.text), self.parser.is_english, self._is_well_known)

    def _is_well_known(self, name: str) -> bool:
        """Whether a word is the name of a country, a province or a large town, and no everyday word."""
        found = () if self.gazetteer.is_common_word_name(name) else self.gazetteer.lookup(name)[:1]
        return any(p.kind in ("country", "capital", "province") or p.population >= LARGE for p in found)

    def _notable(self, name: str) -> bool:
        return notable(name, self.gazetteer)

    def _notes(self, article: Article, prepared: list[Prepared]) -> ArticleNotes:
        names = [phrase.name for item in prepared for phrase in item.phrases]
        words = [w for item in prepared for w in item.text.split() if w[:1].isupper()]
        bare = [w.strip(".,;:'\"’”“()") for w in words]
        countries = theatre(names, bare, self.gazetteer, [country for item in prepared for country in item.countries])
        day = article.published.first_day or article.published.last_day if article.published else None
        country = countries[0] if countries else None
        return ArticleNotes(article, countries, Discourse(self.parties, country, day, self.lexicon.forces), day)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sentence with its names found, ready for the parser."""

    text: str
    span: Span
    kind: str
    pieces: tuple[Piece, ...]
    phrases: tuple[PlacePhrase, ...]
    armed: tuple[str, ...]
    """Names of parties under arms in it."""
    countries: tuple[str, ...]
    """Home countries of the parties named in it, ISO alpha-2."""
    forces: tuple[str, ...]
    """Of `armed`, the names that are nothing else: "Hamas", not "the police"."""


def _merge(
    text: str, places: list[Mention], hits: Sequence[PartyHit], is_notable: Callable[[str], bool]
) -> list[Mention]:
    """One list of names that do not overlap:

    the longer wins; of equals a notable place, then a party, then any place.
    """
    parties = [
        (Mention("party", text[hit.start : hit.end], hit.start, hit.end), 1 if not hit.starred else 3)
        for hit in hits
        if _is_proper(text[hit.start : hit.end])
    ]
    ranked = [(place, 0 if is_notable(place.name) else 2) for place in places] + parties
    chosen: list[Mention] = []
    for mention, _ in sorted(ranked, key=lambda item: (-(item[0].end - item[0].start), item[1], item[0].start)):
        if all(mention.end <= other.start or mention.start >= other.end for other in chosen):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def _is_proper(name: str) -> bool:
    """Every word but small ones begins with a capital: "Rapid Support Forces", not "government forces"."""
    return all(word[:1].isupper() or len(word) <= 3 for word in name.replace("-", " ").split())


@dataclass(frozen=True)
class _Kind:
    """Whether a name is that of a place of one kind."""

    gazetteer: Gazetteer
    kind: str

    def __call__(self, name: str) -> bool:
        found = self.gazetteer.lookup(name)
        if self.kind == "country":
            return bool(found) and found[0].kind == "country"
        return any(place.kind == self.kind for place in found)


@dataclass(frozen=True)
class OtherWord:
    """Whether capitals mean something else than an unlisted place: a word, a known name, a day, a nation, an outlet."""

    gazetteer: Gazetteer
    parser: Parser
    parties: Parties
    speakers: Speakers

    def __call__(self, name: str) -> bool:
        return (
            self.parser.is_english(name.lower())
            or bool(self.gazetteer.lookup(name))
            or bool(self.parties.find(name))
            or self.speakers.is_outlet(name)
            or self.gazetteer.country_of_adjective(name) is not None
            or bool(dates.find_dates(name))
        )


def _populated(lexicon: Lexicon) -> frozenset[str]:
    """Nouns of places where people live and of divisions, in the singular."""
    kinds = {"city", "town", "village", "district", "province", "capital", "island"}
    return frozenset(
        noun for noun, told in lexicon.place_nouns.items() if told.kind in kinds and not told.part and not told.vague
    )


@dataclass(frozen=True)
class IsTaken:
    """Whether a name is already that of a party on record, an outlet, or a place of note."""

    parties: Parties
    gazetteer: Gazetteer
    speakers: Speakers

    def __call__(self, name: str) -> bool:
        spoken = key(name) in self.speakers.people or self.speakers.is_outlet(name)
        return spoken or self.parties.is_known(name) or notable(name, self.gazetteer)


@dataclass(frozen=True)
class HomeOf:
    """The country in which a named place lies: that of its best-known bearer among the article's countries."""

    gazetteer: Gazetteer

    def __call__(self, name: str, countries: tuple[str, ...]) -> str | None:
        found = self.gazetteer.lookup(name) if name else ()
        first = countries[0] if countries else ""
        if any(place.kind == "crossing" and first in (place.country, place.other_country) for place in found[:8]):
            return first  # a crossing lies in both of its countries
        return next((place.country for place in found[:8] if place.country in countries[:3]), None)


@dataclass(frozen=True)
class NearNames:
    """Whether unknown capitals are a known place in another spelling."""

    gazetteer: Gazetteer
    parser: Parser
    floor: float = 0.86

    def __call__(self, name: str) -> bool:
        if len(name) < 4 or self.parser.is_english(name.lower()):
            return False
        return bool(self.gazetteer.lookup(name) or self.gazetteer.variants(name, self.floor))


@dataclass(frozen=True)
class IsParty:
    """Whether a word can stand for people who hold, attack or leave places."""

    forces: frozenset[str]
    gazetteer: Gazetteer

    def __call__(self, token: Token, sentence: Sentence) -> bool:
        mention = sentence.mention(token)
        if mention is not None:
            return mention.kind == "party" or self._is_seat(mention.text)
        if token.lower_ in PERSONAL:
            return token.lower_ != "who" or token.head.dep_ in ("relcl", "acl")
        if token.lower_ in SHARES and token.pos_ != "ADJ" and not token.dep_.startswith(("det", "amod")):
            whole = prep_objects(token, "of", shared=False)
            return not whole or any(self(member, sentence) for member in whole)
        if token.lemma_.lower() in self.forces or token.lower_ in self.forces:
            return True
        if self.gazetteer.country_of_adjective(token.text) is not None:
            return True
        return token.pos_ == "PROPN" and token.text[:1].isupper()

    def _is_seat(self, name: str) -> bool:
        """A country or its capital stands for its government: "Kyiv says", "Thailand has shut"."""
        found = self.gazetteer.lookup(name)
        return bool(found) and found[0].kind in ("country", "capital")


def _long_ago(claim: Claim, article: Article) -> bool:
    """Whether the event is dated many years before the article, or before the last year that an undated one names."""
    told = claim.when.interval.last_day if claim.when and claim.when.interval else None
    printed = day_of(article)
    year = printed.year if printed else max(map(int, re.findall(r"\b(?:19|20)\d\d\b", article.text)), default=0)
    return told is not None and year - told.year >= LONG_AGO


def with_cuts(claims: Sequence[Claim], pieces: Collection[Span]) -> tuple[Claim, ...]:
    """The claims, those that come from a piece of an overlong sentence with the reason that their reading is less sure:
    what says who speaks, or that it is denied, may stand in another piece."""
    why = Reason("cut", 0.0, f"the sentence is longer than {MAX_SENTENCE} characters and was read in pieces")
    return tuple(replace(c, reasons=(*c.reasons, why)) if c.sentence in pieces else c for c in claims)


def day_of(article: Article) -> dt.date | None:
    """Last day of publication, if told."""
    return article.published.last_day if article.published else None


__all__ = ["Coder", "dates"]
