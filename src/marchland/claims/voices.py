"""From a speaker as written to a speaker with class and side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marchland.claims.discourse import THIRD, Discourse
from marchland.claims.parse import Sentence
from marchland.claims.roles import prep_objects
from marchland.claims.speakers import Speakers
from marchland.claims.speech import Said
from marchland.records import Article, Party, Speaker

if TYPE_CHECKING:
    from marchland.claims.assemble import ArticleNotes

PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class Voices:
    """Makes `Speaker` records with the table of speakers; pronouns stand for the speaker or party named before."""

    speakers: Speakers

    def publisher(self, article: Article) -> Speaker:
        """Nobody else is named: the page itself says so."""
        name = article.publisher or PUBLISHER
        return Speaker(PUBLISHER, name, PUBLISHER, self.speakers.side_of_outlet(name), (name,))

    def speaker(self, said: Said, sentence: Sentence, notes: ArticleNotes) -> Speaker:
        """The speaker of one clause, with the chain that leads to it."""
        discourse = notes.discourse
        span = sentence.in_article(sentence.start(said.first), sentence.end(said.last))
        chain = (notes.article.publisher or PUBLISHER,)
        if said.head.lower_ in THIRD:
            return self._pronoun(said, sentence, notes, chain)
        found = self.speakers.classify(
            said.text,
            day=discourse.day,
            country=self._seat(said, sentence) or discourse.country,
            context=[p.party_id for p in discourse.met],
        )
        speaker = Speaker(said.text, found.name, found.kind, found.side, (*chain, found.name), span)
        notes.last_speaker = speaker
        return speaker

    def _seat(self, said: Said, sentence: Sentence) -> str | None:
        """ "In Kabul the interior ministry said": the country of a capital or country named beside the verb."""
        for obj in prep_objects(said.verb, "in", shared=False):
            mention = sentence.mention(obj)
            nation = self.speakers.parties.nations.get(mention.name.lower()) if mention is not None else None
            if nation is not None:
                return nation
        return None

    def _pronoun(self, said: Said, sentence: Sentence, notes: ArticleNotes, chain: tuple[str, ...]) -> Speaker:
        """ "he added": the speaker before; "they claimed": the party named before."""
        singular_person = said.head.lower_ in ("he", "she", "who")
        if notes.last_speaker is not None and singular_person:
            return notes.last_speaker
        party = notes.discourse.party(said.head, sentence)
        if party is None:
            return notes.last_speaker or Speaker(said.text, said.text, "anonymous", "", chain)
        return Speaker(said.text, party.name, "belligerent", party.side or party.party_id, (*chain, party.name))

    def party_of(self, source: Speaker, discourse: Discourse) -> Party | None:
        """The party a speaker speaks for: who "we" is."""
        return discourse.parties.get(source.side) if source.side else None
