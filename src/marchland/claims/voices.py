"""From a speaker as written to a speaker with class and side, and the chain of voices that leads to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marchland.claims.discourse import THIRD, Discourse
from marchland.claims.parse import Sentence
from marchland.claims.roles import prep_objects
from marchland.claims.sources import Named
from marchland.claims.speakers import BELLIGERENT, OF_A_PARTY, RELAYS, Speakers, Voice
from marchland.claims.speech import Said
from marchland.records import Article, Party, Speaker

if TYPE_CHECKING:
    from marchland.claims.assemble import ArticleNotes

PUBLISHER = "publisher"
LOCAL = frozenset({"governor", "councillor", "police"})
"""Classes of speakers who serve the place that they speak of, whoever takes it."""
ANONYMOUS = "anonymous"
UNKNOWN = "person"


@dataclass(frozen=True, slots=True)
class Voices:
    """Makes `Speaker` records with the table of speakers; pronouns stand for the speaker or party named before."""

    speakers: Speakers
    home_of: Callable[[str, tuple[str, ...]], str | None] = lambda name, countries: None
    """Place name and the article's countries -> the country it lies in: a governor of it is that state's."""

    def publisher(self, article: Article) -> Speaker:
        """Nobody else is named: the page itself says so."""
        name = article.publisher or PUBLISHER
        return Speaker(PUBLISHER, name, PUBLISHER, self.speakers.side_of_outlet(name), self._root(article, ()))

    def speaker(self, said: Said, sentence: Sentence, notes: ArticleNotes) -> Speaker | None:
        """The speaker of one clause, with the chain that leads to it; None where the words name nobody who speaks."""
        outer, person, own = self._order(said, sentence, notes)
        outer_voices = [self._voice(one, said, sentence, notes) for one in outer]
        relays = [voice.name for voice in outer_voices if voice.kind != UNKNOWN]
        chain = self._root(notes.article, relays)
        if person.head.lower_ in THIRD:
            found: Speaker | None = self._pronoun(person, sentence, notes, chain)
        else:
            found = self._speaker(person, said, sentence, notes, chain)
        if found is None:
            return None
        heard = [v for one in said.heard if (v := self.speakers.outlet(one.text)) is not None]
        found = replace(found, chain=_with_told(found.chain, [voice.name for voice in heard]))
        if own is not None:
            cited = self._voice(own, said, sentence, notes).name
            found = replace(found, chain=(*found.chain, cited))
        told = any(words in person.text.lower() for words in self.speakers.words.anonymity)
        hidden = told or (said.anonymous and person is said.speaker)
        return replace(found, kind=ANONYMOUS) if hidden and found.kind not in RELAYS else found

    def _order(
        self, said: Said, sentence: Sentence, notes: ArticleNotes
    ) -> tuple[Sequence[Named], Named, Named | None]:
        """(who passes it on, who speaks, whom the speaker cites): an outlet that cites somebody passes it on."""
        if said.own is not None and self._voice(said.speaker, said, sentence, notes).kind in RELAYS:
            return (*said.outer, said.speaker), said.own, None
        return said.outer, said.speaker, said.own

    def _speaker(
        self, person: Named, said: Said, sentence: Sentence, notes: ArticleNotes, chain: tuple[str, ...]
    ) -> Speaker | None:
        voice = self._voice(person, said, sentence, notes)
        if voice.kind == UNKNOWN:
            voice = self._met_before(person, sentence, notes) or voice
        if voice.kind == UNKNOWN and not self._may_speak(person, said, sentence):
            return None
        if voice.kind == UNKNOWN and person.head.pos_ == "NOUN":
            voice = self._unnamed(person, voice)
        span = sentence.in_article(sentence.start(person.first), sentence.end(person.last))
        speaker = Speaker(person.text, voice.name, voice.kind, voice.side, (*chain, voice.name), span)
        notes.last_speaker = speaker
        if person.head.text[:1].isupper() and voice.kind not in (UNKNOWN, *RELAYS):
            notes.speakers[person.head.text] = speaker
        return speaker

    def _may_speak(self, person: Named, said: Said, sentence: Sentence) -> bool:
        """Whether one of no known office is a speaker: no place, day or battle, and nobody unnamed who only saw."""
        mention = sentence.mention(person.head)
        if (mention is not None and mention.kind == "place") or person.head.i in sentence.dated:
            return False
        if person.head.lemma_.lower() in self.speakers.words.voiceless:
            return False
        return said.kind == "says" or (said.kind != "colon" and person.head.text[:1].isupper())

    def _unnamed(self, person: Named, voice: Voice) -> Voice:
        """One who is only described: fighters of a side that is not told, else anonymous."""
        words = {token.lower_ for token in person.head.subtree}
        armed = any(self.speakers.parties.epithets.get(word) == "nonstate" for word in words)
        return replace(voice, kind=BELLIGERENT if armed else ANONYMOUS)

    def _voice(self, person: Named, said: Said, sentence: Sentence, notes: ArticleNotes) -> Voice:
        discourse = notes.discourse
        home = self._home(person, sentence, notes)
        seat = home or self._seat(said, sentence)
        voice = self._classified(person, notes, seat or discourse.country)
        if seat is None and voice.kind in LOCAL and (here := self._here(sentence, notes)) is not None:
            voice = self._classified(person, notes, here)
        owner = self._owner(person, sentence, notes) if voice.kind in OF_A_PARTY else None
        voice = replace(voice, side=owner.side or owner.party_id) if owner is not None else voice
        return replace(voice, name=person.text) if voice.name == person.described else voice

    def _classified(self, person: Named, notes: ArticleNotes, country: str | None) -> Voice:
        met = [party.party_id for party in notes.discourse.met]
        return self.speakers.classify(person.described, day=notes.discourse.day, country=country, context=met)

    def _here(self, sentence: Sentence, notes: ArticleNotes) -> str | None:
        """The country of the first place that the sentence names: "rebels took **Reedham**, its mayor said"."""
        named = (piece.mention for piece in sentence.pieces)
        places = (one.name for one in named if one is not None and one.kind == "place" and one.sure)
        return next((home for name in places if (home := self.home_of(name, notes.countries)) is not None), None)

    def _owner(self, person: Named, sentence: Sentence, notes: ArticleNotes) -> Party | None:
        """ "said its spokesman": the party that "its" stands for."""
        apposed = person.head.head if person.head.dep_ == "appos" else person.head
        owners = [c for c in apposed.subtree if c.dep_ == "poss" and c.lower_ in ("its", "their")]
        return notes.discourse.party(owners[0], sentence) if owners else None

    def _met_before(self, person: Named, sentence: Sentence, notes: ArticleNotes) -> Voice | None:
        """ "Noor added", "the group announced": the speaker or party of that name, met earlier in the article."""
        earlier = notes.speakers.get(person.head.text)
        if earlier is not None:
            return Voice(earlier.name, earlier.kind, earlier.side)
        if person.head.text[:1].isupper() or person.head.lower_ not in self.speakers.parties.epithets:
            return None
        party = notes.discourse.party(person.head, sentence)
        if party is None or notes.discourse.parties.is_vague(party):
            return None
        return Voice(party.name, BELLIGERENT, party.side or party.party_id)

    def _home(self, person: Named, sentence: Sentence, notes: ArticleNotes) -> str | None:
        """ "the governor of Reedham", "a Reedham lawmaker": the country of the place in the speaker's words."""
        for token in person.head.subtree:
            mention = sentence.mention(token)
            if token.i == person.head.i or mention is None or mention.kind != "place" or not mention.sure:
                continue  # an unsure place is part of a person's name
            if mention.name in person.described:
                home = self.home_of(mention.name, notes.countries)
                if home is not None:
                    return home
        return None

    def _seat(self, said: Said, sentence: Sentence) -> str | None:
        """ "In Kabul the interior ministry said": the country of a capital or country named beside the verb."""
        for obj in prep_objects(said.verb, "in", shared=False):
            mention = sentence.mention(obj)
            nation = self.speakers.parties.nations.get(mention.name.lower()) if mention is not None else None
            if nation is not None:
                return nation
        return None

    def _pronoun(self, person: Named, sentence: Sentence, notes: ArticleNotes, chain: tuple[str, ...]) -> Speaker:
        """ "he added": the speaker before; "they claimed": the party named before."""
        singular_person = person.head.lower_ in ("he", "she", "who")
        if notes.last_speaker is not None and singular_person:
            return notes.last_speaker
        party = notes.discourse.party(person.head, sentence)
        if party is None:
            return notes.last_speaker or Speaker(person.text, person.text, ANONYMOUS, "", (*chain, person.text))
        return Speaker(person.text, party.name, BELLIGERENT, party.side or party.party_id, (*chain, party.name))

    def _root(self, article: Article, relays: Sequence[str]) -> tuple[str, ...]:
        """Publisher, the agencies whose text it is, then whoever passes the words on."""
        names = (article.publisher or PUBLISHER, *article.agencies, *relays)
        return tuple(dict.fromkeys(names))

    def party_of(self, source: Speaker, discourse: Discourse) -> Party | None:
        """The party a speaker speaks for: who "we" is."""
        return discourse.parties.get(source.side) if source.side else None


def _with_told(chain: tuple[str, ...], told: Sequence[str]) -> tuple[str, ...]:
    """The chain with the outlets that were told, before the speaker."""
    return tuple(dict.fromkeys((*chain[:-1], *told, chain[-1])))
