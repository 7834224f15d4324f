"""What a reader remembers from sentence to sentence: which parties and speakers were named, who took places last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from marchland.claims.parse import Sentence
from marchland.claims.speech import noun_phrase
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
    }
)
FIRST = frozenset({"we", "our", "us", "ours", "i", "my"})
GAINS = frozenset({"captures", "recaptures"})


class PartyBook(Protocol):
    """What the discourse needs of the table of parties."""

    def resolve(
        self,
        phrase: str,
        *,
        country: str | None,
        day: dt.date | None,
        context: Sequence[str],
        place_country: str | None = None,
    ) -> Party | None: ...

    def get(self, party_id: str) -> Party | None: ...

    def is_armed_group(self, party_id: str) -> bool: ...

    def is_vague(self, party: Party) -> bool: ...


@dataclass
class Discourse:
    """Memory of one article; made anew for each, and known to nobody else."""

    parties: PartyBook
    country: str | None
    day: dt.date | None
    met: list[Party] = field(default_factory=list)
    gainers: list[tuple[str, Party]] = field(default_factory=list)
    """(event, party) of every gain that names who made it."""
    speaker_side: Party | None = None
    home: str | None = None
    """Country of the place that the present claim is about: "the army" there is that country's."""

    def party(self, token: Token, sentence: Sentence, *, speaker: Party | None = None) -> Party | None:
        """Whom this word stands for, with the reason in `how`."""
        word = token.lower_
        if any(child.lower_ == "both" for child in token.children):
            return None
        if word in FIRST:
            return self._said_by(speaker or self.speaker_side, token, sentence)
        if word in THIRD:
            return self._pronoun(token, sentence)
        owner = next((c for c in token.children if c.dep_ == "poss" and c.lower_ in (FIRST | THIRD)), None)
        if owner is not None and sentence.mention(token) is None:
            own = speaker if owner.lower_ in ("his", "her") else None
            found = own or self.party(owner, sentence, speaker=speaker)
            first, last = noun_phrase(token)
            return (
                replace(found, text=sentence.written(first, last), how=f'"{owner.text}": {found.how}')
                if found
                else None
            )
        return self._phrase(token, sentence, speaker)

    def _phrase(self, token: Token, sentence: Sentence, speaker: Party | None = None) -> Party | None:
        first, last = noun_phrase(token)
        written = sentence.written(first, last)
        context = [party.party_id for party in self.met]
        named = [m.text for near in token.subtree if (m := sentence.mention(near)) is not None and m.kind == "party"][
            :1
        ]
        inner = named if _names_itself(token, sentence) else []
        own = sentence.text[sentence.start(token) : sentence.end(token)]
        for text in dict.fromkeys((*inner, sentence.written(first, token), own, written)):
            home = speaker.country if speaker is not None and speaker.country else self.home
            found = self.parties.resolve(text, country=self.country, day=self.day, context=context, place_country=home)
            if found is not None:
                span = sentence.in_article(sentence.start(first), sentence.end(last))
                return replace(found, text=written, span=span)
        return None

    def _said_by(self, speaker: Party | None, token: Token, sentence: Sentence) -> Party | None:
        if speaker is None:
            return None
        span = sentence.in_article(sentence.start(token), sentence.end(token))
        return replace(speaker, text=token.text, span=span, how="the speaker's own side")

    def _pronoun(self, token: Token, sentence: Sentence) -> Party | None:
        """The nearest party before the pronoun in its sentence, subjects first; else the one met last."""
        before = self._before(token, sentence)
        found = before or (self.met[-1] if self.met else None)
        if found is None:
            return None
        span = sentence.in_article(sentence.start(token), sentence.end(token))
        where = "named before it in the sentence" if before else "the party spoken of last"
        return replace(found, text=token.text, span=span, how=f'"{token.text}" = {found.name}, {where}')

    def _before(self, token: Token, sentence: Sentence) -> Party | None:
        earlier = [t for t in sentence.doc[: token.i] if t.pos_ in ("NOUN", "PROPN")]
        subjects = [t for t in earlier if t.dep_ in ("nsubj", "nsubjpass", "pobj")] or earlier
        for candidate in sorted(subjects, key=lambda t: (t.dep_ in ("nsubj", "nsubjpass"), t.i), reverse=True):
            mention = sentence.mention(candidate)
            if mention is not None and mention.kind == "place" and candidate.dep_ == "pobj":
                continue
            found = self._phrase(candidate, sentence)
            if found is None or self.parties.is_vague(found) or ":some-" in found.party_id:
                continue
            if not found.party_id.startswith("x:") or candidate.dep_ in ("nsubj", "nsubjpass"):
                return found
        return None

    def remember(self, party: Party | None) -> None:
        """Move a party to the front of memory."""
        if party is not None:
            self.met = [*[p for p in self.met if p.party_id != party.party_id][-40:], party]

    def gained(self, event: str, stance: str, party: Party | None) -> None:
        """Note who takes places in this article: "the city fell" then says to whom."""
        if event in GAINS and stance != "plans" and party is not None and not self.parties.is_vague(party):
            self.gainers.append((event, party))

    def implied(self, event: str) -> Party | None:
        """Who must have taken a place that "fell": whoever takes places in the article, else its one armed group."""
        same = [party for gain, party in self.gainers if gain == event]
        if same:
            return _as_implied(same[0], f"implied: this article says that {same[0].name} takes places")
        armed = [party for party in self.met if self.parties.is_armed_group(party.party_id)]
        if event == "captures" and len({party.side for party in armed}) == 1:
            return _as_implied(armed[-1], f"implied: the only armed group in this article is {armed[-1].name}")
        return None


def _names_itself(token: Token, sentence: Sentence) -> bool:
    """ "the Islamist group al Shabaab", "rebels from the M23": the name beside the noun is whom it means."""
    for near in token.children:
        mention = sentence.mention(near)
        if near.dep_ in ("appos", "compound", "nmod") and mention is not None and mention.kind == "party":
            return True
        if near.dep_ == "prep" and near.lower_ in ("of", "from"):
            for obj in near.subtree:
                inside = sentence.mention(obj)
                if inside is not None and inside.kind == "party" and obj.i - token.i <= 5:
                    return True
    return False


def _as_implied(party: Party, how: str) -> Party:
    return replace(party, text="", span=None, how=how)
