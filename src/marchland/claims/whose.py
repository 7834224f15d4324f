"""Whose a noun of people is, by a name beside it: "fighters of the Front", "forces loyal to General Tembo"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from marchland.claims.mentions import Mention
from marchland.claims.newcomer_cues import PartyWords
from marchland.claims.parse import Sentence
from marchland.claims.roles import children
from marchland.claims.words import Token

NEAR = 6
"""Words from the noun, or from the verb on it, to the name."""
Way = Callable[[Token, PartyWords], Iterator[Token]]


def beside(noun: Token, words: PartyWords) -> Iterator[Token]:
    """ "the Front, a rebel group", "Front fighters", "the armed group Umoja"."""
    yield from children(noun, "appos", "compound", "nmod")
    after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    if (
        after.head.i in (noun.i, noun.head.i)
        and after.pos_ == "PROPN"
        and noun.lemma_.lower() in words["people.groups"]
    ):
        yield after


def member_of(noun: Token, words: PartyWords) -> Iterator[Token]:
    """ "fighters of the Front", "rebels from the Front"."""
    for prep in children(noun, "prep"):
        if prep.lower_ in words["names_it.of"]:
            yield from _near(prep, noun)


def called(noun: Token, words: PartyWords) -> Iterator[Token]:
    """ "rebels known as the Brown Shields", "a militia called Umoja"."""
    for clause in children(noun, "acl", "relcl"):
        if clause.lemma_.lower() in words["names_it.called"]:
            yield from _near(clause, clause)


def loyal_to(noun: Token, words: PartyWords) -> Iterator[Token]:
    """ "forces loyal to General Tembo"."""
    for adjective in children(noun, "amod", "acl", "relcl", "acomp", "appos"):
        if adjective.lower_ in words["names_it.loyal"]:
            yield from _near(adjective, adjective)


def led_by(noun: Token, words: PartyWords) -> Iterator[Token]:
    """ "rebels led by the Front"; soldiers led by somebody stay soldiers."""
    if noun.lower_ not in words["people.nouns"]:
        return
    for clause in children(noun, "acl"):
        if clause.lemma_.lower() in words["names_it.led"]:
            yield from _near(clause, clause)


def joined(noun: Token, words: PartyWords) -> Iterator[Token]:
    """ "soldiers who joined the Front", "a commander who defected to the Front": the side that they changed to."""
    for clause in children(noun, "relcl", "acl"):
        if clause.lemma_.lower() in words["names_it.joined"]:
            objects = [
                obj for prep in children(clause, "prep") if prep.lower_ in ("to", "with") for obj in prep.subtree
            ]
            yield from (*children(clause, "dobj"), *(obj for obj in objects if obj.i - clause.i <= NEAR))


def leader_of(noun: Token, words: PartyWords) -> Iterator[Token]:
    """ "Moses Tembo, commander of the Front"."""
    for apposed in children(noun, "appos"):
        if apposed.lemma_.lower() in words["names_it.leaders"]:
            yield from (token for token in apposed.subtree if token.i - noun.i <= NEAR + 2)


WAYS: tuple[Way, ...] = (joined, called, loyal_to, led_by, leader_of, beside, member_of)


def named(noun: Token, sentence: Sentence, words: PartyWords) -> list[Mention]:
    """The name of the party that the words beside a noun say it is, or nothing."""
    left = noun.lower_ in words["apart.people"]
    for way in WAYS[:4] if left else WAYS:
        for token in way(noun, words):
            mention = sentence.mention(token)
            if mention is not None and mention.kind == "party":
                return [mention]
    return []


def leads(person: Token, sentence: Sentence, words: PartyWords) -> Token | None:
    """The party of "Moses Tembo, commander of the Front", or None."""
    found = (
        token for token in leader_of(person, words) if (mention := sentence.mention(token)) and mention.kind == "party"
    )
    return next(found, None)


def _near(top: Token, start: Token) -> Iterator[Token]:
    yield from (token for token in top.subtree if 0 < token.i - start.i <= NEAR)
