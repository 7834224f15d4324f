"""Cues that a name is that of a party: what stands before and after it, and what it is made of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any

INITIALS = r"[^\W\d_a-z][A-Z0-9]*[A-Z0-9](?:-[A-Z0-9]{1,3})?s?"
GIVEN = re.compile(
    rf"^,? \(({INITIALS})\)|^,? (?:or|also known as|known as|known by (?:its|the) initials|abbreviated (?:as|to)) "
    rf"(?:the )?({INITIALS})\b"
)
"""Initials given after a name."""
ACRONYM = re.compile(rf"{INITIALS}$")
_LETTERS_AND_DIGITS = re.compile(r"[^\W\d_a-z][\w]*[-‑]?\d+$")


@dataclass(frozen=True)
class PartyWords:
    """lexicons/party_words.toml as sets and patterns."""

    sets: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls) -> PartyWords:
        """Read the shipped words."""
        text = resources.files("marchland.lexicons").joinpath("party_words.toml").read_text(encoding="utf-8")
        tables: Mapping[str, Mapping[str, Any]] = tomllib.loads(text)
        return cls(
            {f"{table}.{name}": frozenset(words) for table, lists in tables.items() for name, words in lists.items()}
        )

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]

    def one_of(self, *names: str) -> str:
        """A pattern for any word of these lists."""
        words = {word for name in names for word in self.sets[name]}
        return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"

    @cached_property
    def patterns(self) -> Mapping[str, re.Pattern[str]]:
        """What may stand before or after a name, compiled once."""
        nouns, forces, groups = (self.one_of(f"people.{name}") for name in ("nouns", "forces", "groups"))
        armed, deeds = self.one_of("people.armed"), self.one_of("verbs.deeds")
        titles = rf"(?:(?:the |its |his |a )?(?:{self.one_of('titles.words')}\.? )*)"
        called = r"(?:known (?:locally |collectively )?as|called|named|dubbed|styled|calling (?:itself|themselves))"
        return {
            "people after": re.compile(rf"^(?: {armed})? {nouns}\b"),
            "group after": re.compile(rf"^ {groups}\b"),
            "kin after": re.compile(rf"^(?: [a-z-]+)? {self.one_of('people.kin')}\b"),
            "owns": re.compile(rf"^[’']s? (?:[a-z-]+ )?({nouns}|{forces})\b"),
            "led": re.compile(rf"^[-‑](?:led|loyal|aligned|allied|linked) (?:[a-z-]+ )?(?:{nouns}|{forces})\b"),
            "group before": re.compile(rf"((?:[\w-]+ ){{0,3}}{groups})(?: {called})?,? (?:the )?$", re.IGNORECASE),
            "called": re.compile(rf"\b(?:{nouns}|{groups}) {called} (?:the )?$", re.IGNORECASE),
            "of": re.compile(rf"\b{nouns} (?:of|from|with|belonging to|for) (the )?$", re.IGNORECASE),
            "loyal": re.compile(
                rf"\b(?:{nouns}|{forces}|{groups}) (?:loyal|allied|faithful|answering) to {titles}$", re.IGNORECASE
            ),
            "led by": re.compile(rf"\b{nouns},? led by {titles}$", re.IGNORECASE),
            "apposed": re.compile(
                rf"^(?: \({INITIALS}\))?, (?:an?|the|one of (?:the|several|many)) ((?:[\w-]+ ){{0,4}}?{groups})\b"
            ),
            "spokesman after": re.compile(rf"^(?: [a-z-]+)? {self.one_of('spokesmen.words')}\b"),
            "spokesman before": re.compile(rf"\b{self.one_of('spokesmen.words')} (?:for|of) (?:the )?$", re.IGNORECASE),
            "deed": re.compile(rf"^(?: \({INITIALS}\)| {groups})?(?: (?:has|have|had|also|then))? {deeds}\b"),
            "done by": re.compile(rf"\b{deeds} by (?:the )?$"),
            "lost to": re.compile(rf"\b{self.one_of('verbs.lost')} to (?:the )?$"),
            "fought": re.compile(rf"\b{self.one_of('verbs.fights')} (?:with|against|between|from|by|of) (?:the )?$"),
            "holds": re.compile(
                rf"^(?: \({INITIALS}\))?(?: (?:now|still|also|fully))? ({self.one_of('verbs.holds', 'verbs.says')})\b"
            ),
            "statesman": re.compile(rf"\b{self.one_of('titles.heads_of_state')} $", re.IGNORECASE),
        }


@dataclass(frozen=True)
class Run:
    """Capitals in the text with what stands around them."""

    name: str
    before: str
    after: str
    plain: bool
    """Whether it is one English word that begins a sentence, where any word has a capital."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word.lower() for word in self.name.replace("-", " ").split())


Cue = Callable[[Run, PartyWords], tuple[float, str] | None]


def own_body(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "Blue Hills Front": the noun is said of parties only."""
    body = _body(run, words["bodies.own"])
    return (1.0, f'"{body}" is a body of people under arms') if body and len(run.words) > 1 else None


def marked_body(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "Blue Hills Salvation Army": a noun that states have too, with a word that they seldom use."""
    body = _body(run, words["bodies.shared"])
    mark = next(
        (
            word
            for word in run.words
            if word.removesuffix("s") in words["bodies.marks"] or word in words["bodies.marks"]
        ),
        "",
    )
    return (0.7, f'"{mark}" and "{body}" make a name of a party') if body and mark else None


def body_with_initials(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "the Blue Hills Army (BHA)"."""
    body = _body(run, words["bodies.shared"] | words["bodies.own"])
    return (0.4, "a body that is given initials") if body and GIVEN.match(run.after) else None


def people_after(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "Blue Hills fighters"."""
    found = words.patterns["people after"].match(run.after)
    return (1.0, f'"{found.group().strip()}" after it') if found and not run.plain else None


def group_after(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "the Umoja militia"."""
    found = words.patterns["group after"].match(run.after)
    if found is None or run.plain:
        return None
    return (1.0 if found.group().strip() in words["people.armed"] else 0.5), f'"{found.group().strip()}" after it'


def owner_of_fighters(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "the Front's fighters", "Tembo's men"."""
    found = words.patterns["owns"].match(run.after)
    if found is None:
        return None
    return (1.0 if found.group(1) in words["people.nouns"] else 0.6), f'"{found.group(1)}" are its own'


def leader_of_fighters(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "Tembo-led rebels"."""
    return (1.0, "fighters on its side") if words.patterns["led"].match(run.after) else None


def group_before(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "the armed group Umoja"; "the group" alone may also be one of companies."""
    found = words.patterns["group before"].search(run.before)
    if found is None:
        return None
    armed = words["people.armed"] & set(found.group(1).lower().split())
    return (1.0 if armed else 0.5), f'"{found.group(1)}" before it'


def called(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "rebels known as the Brown Shields"."""
    found = words.patterns["called"].search(run.before)
    return (0.8, f'"{found.group().strip()}" before it') if found else None


def fighters_of(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "fighters of the Front"; without "the" and a body it may be where they are from."""
    found = words.patterns["of"].search(run.before)
    if found is None or words.patterns["kin after"].match(run.after):
        return None
    body = _body(run, words["bodies.shared"] | words["bodies.own"]) or ACRONYM.match(run.name)
    return (1.0 if body else 0.6 if found.group(1) else 0.3), "its fighters before it"


def loyal_to(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "forces loyal to General Tembo"; those loyal to a president are the state's."""
    found = words.patterns["loyal"].search(run.before)
    statesman = words.patterns["statesman"].search(run.before) or run.words[0] in words["titles.heads_of_state"]
    return (1.0, "forces loyal to it") if found and not statesman else None


def led_by(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "mutineers led by Colonel Tembo"."""
    return (1.0, "fighters led by it") if words.patterns["led by"].search(run.before) else None


def apposed(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "Umoja, an armed group from the hills"."""
    found = words.patterns["apposed"].match(run.after)
    if found is None or " of " in found.group(1):
        return None
    armed = words["people.armed"] & set(found.group(1).lower().split())
    return (1.0 if armed else 0.4), f'told to be "{found.group(1)}"'


def spokesman(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "N17 spokesman", "a commander of the N17"."""
    short = len(run.words) == 1 or _body(run, words["bodies.shared"] | words["bodies.own"])
    told = words.patterns["spokesman after"].match(run.after) or words.patterns["spokesman before"].search(run.before)
    return (0.5, "has a spokesman or commander") if short and told else None


def deed(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "the Umoja captured": what parties do, said of what is no person, for it has an article, a body or initials."""
    found = words.patterns["deed"].match(run.after)
    if found is None or not _no_person(run, words):
        return None
    bare = len(run.words) == 1 and run.before.lower().endswith("the ")
    return (1.0 if bare else 0.6), f'"{found.group().strip()}" is what parties do'


def done_by(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "seized by the Umoja"."""
    found = words.patterns["done by"].search(run.before) or words.patterns["lost to"].search(run.before)
    return (0.5, f'"{found.group().strip()}" it') if found and _no_person(run, words) else None


def fought(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "clashes with the Umoja"."""
    found = words.patterns["fought"].search(run.before)
    return (0.4, f'"{found.group().strip()}" it') if found and _no_person(run, words) else None


def holds(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "the Umoja control"."""
    found = words.patterns["holds"].match(run.after)
    moves = found is not None and found.group(1) not in words["verbs.says"]
    return (
        (0.5 if moves else 0.3, f'"{found.group().strip()}" is said of it')
        if found and _no_person(run, words)
        else None
    )


def letters_and_digits(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "N17": few names but those of groups, roads and weapons look so."""
    return (0.6, "letters and digits") if _LETTERS_AND_DIGITS.match(run.name) else None


def initials(run: Run, words: PartyWords) -> tuple[float, str] | None:
    """ "the KLF": initials with an article."""
    short = ACRONYM.match(run.name) and not _LETTERS_AND_DIGITS.match(run.name)
    return (0.2, "initials") if short else None


CUES: tuple[Cue, ...] = (
    own_body,
    marked_body,
    body_with_initials,
    people_after,
    group_after,
    owner_of_fighters,
    leader_of_fighters,
    group_before,
    called,
    fighters_of,
    loyal_to,
    led_by,
    apposed,
    spokesman,
    deed,
    done_by,
    fought,
    holds,
    letters_and_digits,
    initials,
)
OF_ARMED = frozenset(cue.__name__ for cue in CUES[:2] + CUES[3:13])
"""Cues that say "people under arms", not only "some party"."""
OF_LEADERS = frozenset({"owner_of_fighters", "leader_of_fighters", "loyal_to", "led_by"})


def _body(run: Run, bodies: Iterable[str]) -> str:
    """The noun of a body that heads the name: its last word, or the last one before "of" or "for"."""
    head = re.split(r" (?:of|for|pour|de|del|du) ", run.name.lower())[0].replace("-", " ").split()
    return head[-1] if head and head[-1] in bodies else ""


def _no_person(run: Run, words: PartyWords) -> bool:
    """A name with "the", a body or initials is no person's."""
    article = run.before.lower().endswith("the ")
    return article or bool(ACRONYM.match(run.name) or _body(run, words["bodies.shared"] | words["bodies.own"]))
