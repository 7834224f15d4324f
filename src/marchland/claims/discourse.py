"""What a reader remembers from sentence to sentence: which parties and speakers were named, who took places last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from marchland.claims import pronouns, whose
from marchland.claims.newcomer_cues import PartyWords
from marchland.claims.parse import Sentence
from marchland.claims.parties import COMMON
from marchland.claims.roles import prep_objects
from marchland.claims.sources import noun_phrase
from marchland.claims.words import Token
from marchland.records import Party

THIRD = frozenset(
    {
        "they",
        "them",
        "their",
        "it",
        "its",
        "he",
        "his",
        "him",
        "she",
        "her",
        "who",
        "themselves",
        "itself",
        "which",
        "that",
        "latter",
    }
)
FIRST = frozenset({"we", "our", "us", "ours", "i", "my"})
GAINS = frozenset({"captures", "recaptures"})


class PartyBook(Protocol):
    """What the discourse needs of the table of parties."""

    @property
    def words(self) -> PartyWords: ...

    def resolve(
        self,
        phrase: str,
        *,
        country: str | None,
        day: dt.date | None,
        context: Sequence[str],
        place_country: str | None = None,
        without: str | None = None,
    ) -> Party | None: ...

    def get(self, party_id: str) -> Party | None: ...

    def same_side(self, a: str, b: str) -> bool: ...

    def forces_of(self, country: str, day: dt.date | None, without: str | None = None) -> str | None: ...

    def is_armed_group(self, party_id: str) -> bool: ...

    def is_vague(self, party: Party) -> bool: ...


@dataclass
class Discourse:
    """Memory of one article; made anew for each, and known to nobody else."""

    parties: PartyBook
    country: str | None
    day: dt.date | None
    forces: frozenset[str] = frozenset()
    """Nouns for people under arms or in office."""
    met: list[Party] = field(default_factory=list)
    before: list[pronouns.Heard] = field(default_factory=list)
    """Parties of the last sentence that spoke of any."""
    nouns: dict[str, str] = field(default_factory=dict)
    """Noun that was last said beside a party's name ("N17 rebels") -> its id."""
    gainers: list[tuple[str, Party]] = field(default_factory=list)
    """(event, party) of every gain that names who made it."""
    speaker_side: Party | None = None
    home: str | None = None
    """Country of the place that the present claim is about: "the army" there is that country's."""

    def party(
        self, token: Token, sentence: Sentence, *, speaker: Party | None = None, without: str | None = None
    ) -> Party | None:
        """Whom this word stands for, with the reason in `how`; nobody of the side `without`."""
        word = token.lower_
        if word in SHARES and token.pos_ != "ADJ":
            return self._share(token, sentence, without)
        if any(child.lower_ == "both" for child in token.children):
            return None
        if word in FIRST:
            return self._said_by(speaker or self.speaker_side, token, sentence)
        if word in THIRD:
            return self._pronoun(token, sentence, without)
        owner = next((c for c in token.children if c.dep_ == "poss" and c.lower_ in (FIRST | THIRD)), None)
        if owner is not None and sentence.mention(token) is None:
            own = self._leads(sentence, owner) or speaker if owner.lower_ in ("his", "her") else None
            found = own or self.party(owner, sentence, speaker=speaker, without=without)
            first, last = noun_phrase(token)
            return (
                replace(found, text=sentence.written(first, last), how=f'"{owner.text}": {found.how}')
                if found
                else None
            )
        return self._phrase(token, sentence, speaker, without)

    def _leads(self, sentence: Sentence, owner: Token) -> Party | None:
        """ "Moses Tembo, commander of the Front, said his men ...": the party that a person before is said to lead."""
        for candidate, _ in pronouns.ranked(owner, sentence):
            if candidate.dep_ in ("nsubj", "nsubjpass"):
                led = whose.leads(candidate, sentence, self.parties.words)
                return self.party(led, sentence) if led is not None else None
        return None

    def _share(self, token: Token, sentence: Sentence, without: str | None) -> Party | None:
        """ "some of the fighters": of whom; "some fled": of those spoken of before."""
        whole = next(iter(prep_objects(token, "of", shared=False)), None)
        if whole is None:
            return self._pronoun(token, sentence, without)
        found = self.party(whole, sentence, without=without)
        last = noun_phrase(whole)[1]
        return replace(found, text=sentence.written(token, last)) if found is not None else None

    def _phrase(
        self, token: Token, sentence: Sentence, speaker: Party | None = None, without: str | None = None
    ) -> Party | None:
        first, last = noun_phrase(token)
        while first.i < token.i and first.i in sentence.dated:
            first = first.nbor(1)  # "On Monday rebels ...": the day is none of their name
        context = self._context(token, without)
        told = whose.named(token, sentence, self.parties.words)
        named = [mention.text for mention in told]
        last = max((last, *(sentence.at(mention.start) or last for mention in told)), key=lambda word: word.i)
        written = sentence.written(first, last)
        own = sentence.text[sentence.start(token) : sentence.end(token)]
        for text in dict.fromkeys((*named, _lowered(sentence.written(first, token), first, sentence), own, written)):
            home = speaker.country if speaker is not None and speaker.country else self.home
            found = self.parties.resolve(
                text, country=self.country, day=self.day, context=context, place_country=home, without=without
            )
            if found is not None:
                if named and sentence.mention(token) is None:
                    self.nouns[token.lemma_.lower()] = found.party_id
                span = sentence.in_article(sentence.start(first), sentence.end(last))
                return replace(found, text=written, span=span)
        return None

    def _context(self, token: Token, without: str | None) -> list[str]:
        """Ids of the parties met, the latest last; the one that was called by this noun before comes last of all."""
        context = [party.party_id for party in self.met if not self._is(party, without)]
        before = self.nouns.get(token.lemma_.lower())
        return [*context, before] if before in context else context

    def _is(self, party: Party, side: str | None) -> bool:
        return side is not None and self.parties.same_side(party.party_id, side)

    def one_side(self, a: Party | None, b: Party | None) -> bool:
        """Whether two parties are on one side, or on sides of one lineage."""
        return a is not None and b is not None and self.parties.same_side(a.party_id, b.party_id)

    def _said_by(self, speaker: Party | None, token: Token, sentence: Sentence) -> Party | None:
        if speaker is None:
            return None
        span = sentence.in_article(sentence.start(token), sentence.end(token))
        return replace(speaker, text=token.text, span=span, how="the speaker's own side")

    def _pronoun(self, token: Token, sentence: Sentence, without: str | None = None) -> Party | None:
        """Whom a pronoun stands for: a party named before it in its sentence, in the sentence before, or met last."""
        if token.tag_ == "WP" and token.dep_ in ("nsubj", "nsubjpass"):
            return None  # "It was unclear who closed it": a relative "who" has been given its noun by now
        span = sentence.in_article(sentence.start(token), sentence.end(token))
        for candidate, why in pronouns.ranked(token, sentence):
            found = self._phrase(candidate, sentence)
            if (
                found is not None
                and not self._is(found, without)
                and self._fit_to_stand_for(found, candidate, token, sentence)
            ):
                return replace(found, text=token.text, span=span, how=f'"{token.text}" = {found.name}, {why}')
        for found in pronouns.agreeing(token, self.before):
            if not self._is(found, without):
                how = f'"{token.text}" = {found.name}, in the sentence before'
                return replace(found, text=token.text, span=span, how=how)
        found = next((party for party in reversed(self.met) if not self._is(party, without)), None)
        how = f'"{token.text}" = {found.name}, the party spoken of last' if found is not None else ""
        return replace(found, text=token.text, span=span, how=how) if found is not None else None

    def _fit_to_stand_for(self, found: Party, candidate: Token, pronoun: Token, sentence: Sentence) -> bool:
        """A party by name, or people under arms or in office who are only described."""
        mention = sentence.mention(candidate)
        if mention is None and pronoun.lower_ not in SINGULAR_PERSON and _is_persons(found):
            return False
        if mention is not None:
            return self.parties.get(found.party_id) is not None
        if self.parties.is_vague(found) or f":{COMMON}" in found.party_id:
            return candidate.lemma_.lower() in self.forces
        return not found.party_id.startswith("x:") or candidate.dep_ in ("nsubj", "nsubjpass")

    def _state_of(self, country: str | None, opponent: Party | None) -> Party | None:
        against = opponent.party_id if opponent is not None else None
        found = self.parties.forces_of(country, self.day, against) if country else None
        state = self.parties.get(found) if found is not None else None
        if state is None or self.one_side(state, opponent):
            return None
        return _as_implied(state, f"implied: the state's own{f', against {opponent.name}' if opponent else ''}")

    def end_of_sentence(self, sentence: Sentence, heard: Sequence[tuple[Token, Party]]) -> None:
        """Note whom the sentence spoke of, for the pronouns of the next one."""
        if heard:
            self.before = [
                pronouns.Heard(party, pronouns.number(t, sentence), pronouns.standing(t)) for t, party in heard
            ]

    def remember(self, party: Party | None) -> None:
        """Move a party to the front of memory."""
        if party is not None:
            self.met = [*[p for p in self.met if p.party_id != party.party_id][-40:], party]

    def gained(self, event: str, stance: str, party: Party | None) -> None:
        """Note who takes places in this article: "the city fell" then says to whom."""
        if event in GAINS and stance != "plans" and party is not None and not self.parties.is_vague(party):
            self.gainers.append((event, party))

    def implied(self, event: str, *, opponent: Party | None = None, home: str | None = None) -> Party | None:
        """Who must have taken a place that "fell": whoever takes places in the article, else its one armed group.

        What is taken back from an armed group, or given up to one, was taken or given up by the state it lies in.
        """
        against = opponent is not None and self.parties.is_armed_group(opponent.party_id)
        if against and event in ("recaptures", "surrenders") and opponent is not None:
            return self._state_of(home or self.country, opponent)
        if event == "surrenders":
            return None
        state = self._state_of(home, None) if event == "recaptures" and home and not self.gainers else None
        if state is not None and any(self.parties.same_side(state.party_id, party.party_id) for party in self.met):
            return state
        same = [party for gain, party in self.gainers if gain == event]
        if same:
            return _as_implied(same[0], f"implied: this article says that {same[0].name} takes places")
        groups = [party for party in self.met if self.parties.is_armed_group(party.party_id)]
        armed = [party for party in groups if party.side == party.party_id or self.parties.is_armed_group(party.side)]
        if event == "captures" and len({party.side for party in armed}) == 1:
            return _as_implied(armed[-1], f"implied: the only armed group in this article is {armed[-1].name}")
        return None


SHARES = frozenset({"some", "many", "most", "several", "others"})
"""Words for part of a number of people, alone or with "of"."""


SINGULAR_PERSON = frozenset({"he", "his", "him", "she", "her", "who"})


def _is_persons(party: Party) -> bool:
    """Two or three capitals that nothing shows to be a party are a person's name: "they" is somebody else."""
    return party.party_id.startswith("x:") and 2 <= len(party.name.split()) <= 3 and party.name.istitle()


def _lowered(text: str, first: Token, sentence: Sentence) -> str:
    """The words without the capital that the start of a sentence gives: "Local gunmen" is no name."""
    opens = not any(token.is_alpha for token in sentence.doc[: first.i])
    plain = opens and first.pos_ != "PROPN" and sentence.mention(first) is None and not first.is_upper
    return text[:1].lower() + text[1:] if plain else text


def _as_implied(party: Party, how: str) -> Party:
    return replace(party, text="", span=None, how=how)
