"""Can a page hold a claim about control at all? A cheap look at its words, before anything is extracted or parsed.

The words are those of the later stages' lexicons, read from their files: predicates of frames in every form, forces,
parties, crossings, kinds of places, countries. A sentence in which a predicate meets one of the others has a weight;
a page is kept when its heaviest sentences together reach a threshold. The weights are data (lexicons/triage.toml).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from marchland.read.page import MAX_PAGE, Page
from marchland.read.triage_words import CONFLICT, WORD, TriageWords, names_in, shipped_triage_words
from marchland.records import Reason

MAX_SENTENCE = 600
"""Characters that are looked at of one sentence; menus and tables make longer ones."""
MIN_WORDS = 3
MIN_TEXT = 500
"""Characters. A page with less text outside its furniture is looked at whole: an element that was never closed may
have swallowed the story."""
MIN_STORY = 4_000
"""Characters. A page with less may have its story in linked data only."""
FURNITURE = ["script", "style", "noscript", "svg", "nav", "footer", "aside", "iframe", "template", "select", "textarea"]
"""Elements without prose of the story. Not `form`: some sites put the whole page into one."""
AWAY = ["li a", "td a", "h2 a", "h3 a", "h4 a", "a:has(div,p,h2,h3,h4)"]
"""Links that lead to other stories: menus, lists, linked headings, cards."""
UNSEEN = ["script", "style"]
_END = re.compile(r"[.!?;][\"”’)\]]*\s+|\n\s*\n")
_INSIDE = re.compile("[\u00ad\u200b\u200c]")
"""Marks inside a word that no reader sees."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of word that gives a predicate of control its meaning; its weight is the entry of the same name."""

    name: str
    says: str


RULES = [
    Rule("force", "people under arms"),
    Rule("army", "a word of war that is used of other things too"),
    Rule("party", "a known party"),
    Rule("crossing", "a crossing or a border"),
    Rule("place", "a kind of place that can be held"),
    Rule("country", "a country or its people"),
    Rule("name", "a capitalised name beside the predicate"),
]


@dataclass(frozen=True, slots=True)
class Cues:
    """What was found in one sentence."""

    sentence: str
    frames: frozenset[str]
    """Predicates, as lemmas."""
    found: dict[str, set[str]]
    """Name of a rule to the words."""
    countries: frozenset[str]
    """ISO alpha-2 of the countries named."""
    short: frozenset[tuple[str, str]]
    """Short names of parties, with the country of the party."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence with its weight."""

    weight: float
    frame: str
    cues: Cues


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a page is worth reading, and the sentences that decided it, the heaviest first."""

    keep: bool
    weight: float
    threshold: float
    against: float
    """What words of other fields took away, 0 or less."""
    sentences: tuple[Weighed, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """One row for each sentence that counted, and the threshold; their sum is 0 or more when the page is kept."""
        rows = [Reason("sentence", one.weight, _told(one)) for one in self.sentences]
        if not rows:
            rows = [Reason("sentence", 0.0, "no sentence in which a word of control meets a force, a party or a place")]
        if self.against:
            rows.append(Reason("other field", self.against, "more words of another field than of conflict"))
        return (*rows, Reason("threshold", -self.threshold, "what the sentences of a page must reach together"))


@dataclass(frozen=True, slots=True)
class Triage:
    """Looks at pages. Built once; no state passes from one page to the next."""

    words: TriageWords

    @classmethod
    def load(cls) -> Triage:
        """With the shipped lexicons. Takes 50 ms; raises `BrokenData` when a file cannot be used."""
        return cls(shipped_triage_words())

    def look(self, page: Page) -> Verdict:
        """Whether the page can hold a claim about control. Never raises; a page too large to be read is not kept."""
        if max(len(page.text or ""), len(page.html or "")) > MAX_PAGE:
            return self._verdict([], 0)
        cues, seen = [], set()
        for sentence in _END.split(_INSIDE.sub("", _text_of(page))):
            part = sentence[:MAX_SENTENCE]
            lower = WORD.findall(part.lower())
            seen.update(lower)
            if len(lower) >= MIN_WORDS and (telling := self.words.telling.intersection(lower)):
                cues.append(self._cues(part, telling))
        return self._verdict(_with_short_names(cues), self._balance(seen))

    def _balance(self, seen: set[str]) -> int:
        """Words of conflict on the page less those of the field, sport or business or another, that has most."""
        others = Counter(self.words.fields[word] for word in self.words.fields.keys() & seen)
        conflict = others.pop(CONFLICT, 0)
        return conflict - max(others.values(), default=0)

    def _verdict(self, cues: list[Cues], balance: int) -> Verdict:
        weights = self.words.weights
        context = min(_forces(cues), 2)
        weighed = [self._weighed(cue, context, balance) for cue in cues if cue.frames]
        heavy = [one for one in weighed if one.weight >= weights["least"]]
        heavy.sort(key=lambda one: -one.weight)
        counted = tuple(heavy[: int(weights["sentences"])])
        against = max(weights["other"] * -min(balance + context, 0), weights["others"])
        total = sum(one.weight for one in counted) + against
        return Verdict(total >= weights["threshold"], total, weights["threshold"], against, counted)

    def _weighed(self, cues: Cues, context: int, balance: int) -> Weighed:
        """Strongest predicate times what stands beside it."""
        weights = self.words.weights
        level, frame = max((self._level(frame, cues), frame) for frame in cues.frames)
        strong = level >= weights["plain"]
        beside, at_war = 0.0, context + balance > 0
        for rule in RULES:
            count = len(cues.found.get(rule.name, ()))
            if rule.name == "country" and not (beside or at_war):
                continue
            if rule.name == "name" and not (strong and at_war and (context or beside)):
                continue
            beside += weights[rule.name] * min(count, int(rule.name not in ("country", "name")) + 1)
        # "Captured" beside "district" leaves little to doubt.
        if level == weights["sure"] and cues.found.get("place"):
            beside += weights["place"]
        if beside and strong:
            beside += weights["context"] * context
        return Weighed(level * min(beside, weights["most"]), frame, cues)

    def _level(self, frame: str, cues: Cues) -> float:
        """Weight of a predicate; one of passage ("shut") is sure beside a crossing."""
        if frame in self.words.passage and cues.found.get("crossing"):
            return self.words.weights["sure"]
        return self.words.levels[frame]

    def _cues(self, sentence: str, telling: frozenset[str]) -> Cues:
        """What a sentence holds in which some telling words stand."""
        words, tokens = self.words, WORD.findall(sentence)
        # Not of the whole sentence at once: "İ" becomes two characters.
        lower = [token.lower() for token in tokens]
        frames = frozenset(words.frames[word] for word in lower if word in words.frames)
        at_hand = [(at, word) for at, word in enumerate(lower) if word in telling]
        found = self._kinds(tokens, at_hand)
        names = list(names_in(tokens, lower, at_hand, words.names))
        for name, kind, _ in names:
            if kind != "short":
                found.setdefault(kind, set()).add(name)
        if any(_beside_name(tokens, at) for at, word in at_hand if word in words.strong):
            found["name"] = {"name"}
        countries = frozenset(country for _, kind, country in names if kind == "country")
        short = frozenset((name, country) for name, kind, country in names if kind == "short")
        return Cues(sentence, frames, found, countries, short)

    def _kinds(self, tokens: list[str], at_hand: list[tuple[int, str]]) -> dict[str, set[str]]:
        """Rules to the common nouns and verbs that feed them."""
        found: dict[str, set[str]] = {}
        for at, word in at_hand:
            rule = self.words.kinds.get(word)
            # "Fighting" in "heavy fighting" is the predicate, not somebody who fights.
            if rule and not (rule == "army" and word in self.words.frames):
                owned = word in self.words.owned and _of_someone(tokens, at)
                found.setdefault("force" if owned else rule, set()).add(word)
        return found


def _with_short_names(cues: list[Cues]) -> list[Cues]:
    """Short names become parties where the page names their country, another party of it, or a force."""
    countries = frozenset(country for cue in cues for country in cue.countries)
    of: dict[str, set[str]] = {}
    for name, country in {short for cue in cues for short in cue.short}:
        of.setdefault(country, set()).add(name)
    forces = _forces(cues)
    for cue in cues:
        for name, country in cue.short:
            if forces or country in countries or len(of[country]) > 1:
                cue.found.setdefault("party", set()).add(name)
    return cues


def _forces(cues: list[Cues]) -> int:
    """How many different forces and parties the page names."""
    return len({word for cue in cues for rule in ("force", "party") for word in cue.found.get(rule, ())})


def _of_someone(tokens: list[str], at: int) -> bool:
    """Whether a name stands right before: "Northern forces", "the capital's army"."""
    before = [token for token in tokens[max(at - 2, 0) : at] if token != "s"][-1:]
    return bool(before) and before[0][0].isupper() and at > 1


def _beside_name(tokens: list[str], at: int) -> bool:
    """Whether a capitalised word, not the first of the sentence, stands within three words."""
    return any(tokens[near][0].isupper() for near in range(max(at - 3, 1), min(at + 5, len(tokens))) if near != at)


def _text_of(page: Page) -> str:
    """The words of a page, quickly: with its title, and with what only its linked data tells."""
    if page.html is None:
        return "\n\n".join(filter(None, (page.title, page.text)))
    html = page.html
    text = _without(html, FURNITURE, AWAY)
    if len(text) < MIN_TEXT:
        text = _without(html, UNSEEN, AWAY)
    bodies = _bodies(html) if len(text) < MIN_STORY else ()
    return "\n\n".join(filter(None, (page.title, text, *bodies)))


def _without(html: str, tags: Sequence[str], links: Sequence[str]) -> str:
    """The text of a page with its title, without some elements and some links."""
    tree = LexborHTMLParser(html)
    title = tree.css_first("title")
    head = title.text() if title else ""
    tree.strip_tags(list(tags))
    for link in tree.css(",".join(links)) if links else ():
        link.decompose()
    return f"{head}\n\n{tree.body.text(separator=' ')}" if tree.body else head


def _bodies(html: str) -> Iterator[str]:
    """Stories that stand in linked data only, as they are written there; the reader finds them too."""
    at = html.find('"articleBody"')
    if at >= 0:
        yield html[at : html.find("</script", at)]


def _told(one: Weighed) -> str:
    """The sentence with what was found in it, for people."""
    says = {rule.name: rule.says for rule in RULES}
    beside = "; ".join(
        f"{says[name]}: {', '.join(sorted(words))}" if name != "name" else says[name]
        for name, words in sorted(one.cues.found.items())
    )
    return f'"{one.frame}" beside {beside}: "{" ".join(one.cues.sentence.split())}"'
