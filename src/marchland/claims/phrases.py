"""Place phrases: from a word of the parse to what it says about a place.

"the Islam Qala crossing with Iran in Herat" has a name, a kind (crossing), a neighbour and a container; "both
crossings" has only a kind and a number. Which place is meant is decided later, by the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from marchland.claims import roles
from marchland.claims.lexicon import PlaceNoun
from marchland.claims.lists import counts_after, listed_after
from marchland.claims.mentions import Mention
from marchland.claims.offsets import offset_words
from marchland.claims.parse import Sentence
from marchland.claims.words import Token
from marchland.records import Offset, PlacePhrase

PRONOUNS = frozenset({"it", "there", "here", "them", "which", "that", "both"})
_SHARES = frozenset(
    {"most", "much", "all", "some", "many", "%", "percent", "half", "third", "quarter", "thirds", "quarters"}
)
"""Words and signs after which "of" tells what is shared, besides numbers."""
_PREMODIFIERS = (
    "det",
    "compound",
    "amod",
    "poss",
    "nummod",
    "nmod",
    "advmod",
    "quantmod",
    "predet",
    "case",
    "punct",
    "neg",
)
_CONTAINERS = ("in", "of", "at", "near", "inside", "on", "outside", "within", "from", "by", "around")
SAME_TYPE = frozenset(
    {"city", "town", "village", "district", "province", "port", "crossing", "island", "base", "airport", "area"}
)
"""Kinds of which "the K of X" is X itself; for others ("the capital of X", "the outskirts of X") X is the container."""
_NOT_BESIDE = frozenset({"crossing", "border", "port", "country", "province", "part", "direction", "capital", "centre"})
"""Kinds of which "near X", "between X and Y" tells what they belong to, not how far off they lie."""
_PLURAL_TAGS = ("NNS", "NNPS")

_DIRECTIONS = ("north", "south", "east", "west", "centr")


@dataclass(frozen=True, slots=True)
class Phraser:
    """Makes place phrases from parsed words."""

    nouns: Mapping[str, PlaceNoun]
    ordinals: frozenset[str]
    near: Callable[[str], bool]
    """Whether capitals that are no known name are one in another spelling."""

    def noun(self, token: Token, sentence: Sentence) -> PlaceNoun | None:
        """What kind of place this common noun names, alone or with its compound ("border post")."""
        if sentence.mention(token) is not None or token.pos_ not in ("NOUN", "PROPN", "ADJ", "ADV"):
            return None
        lemma = token.lemma_.lower()
        for compound in roles.children(token, "compound", "amod"):
            if (found := self.nouns.get(f"{compound.lower_} {lemma}")) is not None:
                return found
        return self.nouns.get(lemma) or self.nouns.get(token.lower_)

    def is_place(self, token: Token, sentence: Sentence) -> bool:
        """Whether the word is the name of a place or a common noun for one."""
        mention = sentence.mention(token)
        return mention.kind == "place" if mention is not None else self.noun(token, sentence) is not None

    def phrases(self, token: Token, sentence: Sentence) -> list[PlacePhrase]:
        """All places that this word and what is coordinated with it name; empty where it names none."""
        members = list(roles.with_conjuncts(token))
        for apposed in roles.children(token, "appos"):
            members += apposed.conjuncts if sentence.mention(apposed) is None else ()
        count = len(members)
        for member in members:  # grows on the way: "A district in X, B district in Y and C district in Z"
            members += [word for word in self._strays(member, sentence) if word not in members]
        found = [phrase for member in members for phrase in self._one(member, sentence)]
        found = _each_its_own(found, sentence) if len(members) > count else found
        if not found:
            return []
        ends = {name for phrase in found if phrase.offset for name in phrase.offset.anchors[1:]}
        if ends:  # "between X and Y" is one place
            return [phrase for phrase in found if phrase.offset or phrase.name not in ends]
        found = [replace(phrase, side=_side(phrase, sentence)) for phrase in found]
        names = {phrase.name for phrase in found if phrase.name}
        listed = [phrase for phrase in listed_after(found, sentence) if phrase.name not in names]
        if listed and all(_bare_count(phrase) for phrase in found):
            return listed
        return found + listed + counts_after(found[-1], sentence)

    def _one(self, token: Token, sentence: Sentence) -> list[PlacePhrase]:
        mention = sentence.mention(token)
        if mention is not None and mention.kind == "place":
            return [self._named(token, mention, sentence)]
        if token.lower_ in PRONOUNS and token.pos_ in ("PRON", "ADV", "DET", "SCONJ"):
            start, end = sentence.start(token), sentence.end(token)
            number = "both" if token.lower_ in ("both", "them") else "one"
            return [PlacePhrase(token.text, sentence.in_article(start, end), kind="it", number=number)]
        if token.like_num or token.lower_ in _SHARES:
            return self._share(token, sentence)
        noun = self.noun(token, sentence)
        if noun is not None:
            return self._described(token, noun, sentence)
        name = _unknown_name(token, sentence)
        return [self._unknown(token, name, sentence)] if name and self.near(name.text) else []

    def _share(self, token: Token, sentence: Sentence) -> list[PlacePhrase]:
        """ "six of the district's towns", "17 out of 19 districts of Herat", "most of Homs":

        a count or share of what follows.
        """
        shared: list[PlacePhrase] = []
        for obj in roles.prep_objects(token, "of", shared=False):
            for phrase in self.phrases(obj, sentence):
                if (
                    shared
                    and phrase.name
                    and ":" in sentence.text[sentence.end(obj) : phrase.span.start - sentence.span.start]
                ):
                    shared.append(phrase)  # "four of the six districts: A, B and C"
                    continue
                if shared and not (phrase.name or phrase.within):
                    continue  # "a third of the 421 districts and their centres" is one count
                start = sentence.start(token.left_edge if token.left_edge.i >= token.i - 4 else token)
                text = sentence.text[start : phrase.span.end - sentence.span.start]
                whole = (phrase.name, *phrase.within) if phrase.name else phrase.within
                shared.append(
                    replace(
                        phrase, text=text, name="", within=whole, part=text if phrase.name else "", number="several"
                    )
                )
        return shared

    def _unknown(self, token: Token, name: Mention, sentence: Sentence) -> PlacePhrase:
        span = sentence.in_article(name.start, name.end)
        offset = self._lying(token, name.start, name.end, sentence)
        within = tuple(self._containers(token, sentence))
        return PlacePhrase(name.text, span, name.text, "", within, number="one", offset=offset)

    def _named(self, token: Token, mention: Mention, sentence: Sentence) -> PlacePhrase:
        """A bare name, perhaps with an apposition or premodifier that tells its kind."""
        kind = self.nouns[mention.noun].kind if mention.noun else ""
        for near in [*roles.children(token, "appos", "compound", "amod", "nmod"), *_apposed_to(token)]:
            noun = self.noun(near, sentence)
            if noun is not None and not noun.vague and not kind:
                kind = noun.kind
                break
        text, first = mention.text, mention.start
        for near in roles.children(token, "amod", "compound"):
            if near.i == token.i - 1 and near.lower_.startswith(_DIRECTIONS):
                text, first = sentence.text[sentence.start(near) : mention.end], sentence.start(near)
        within = [*self._containers(token, sentence), *self._appositive_containers(token, sentence)]
        span = sentence.in_article(first, mention.end)
        offset = self._lying(token, mention.start, mention.end, sentence)
        return PlacePhrase(text, span, mention.name, kind, tuple(dict.fromkeys(within)), number="one", offset=offset)

    def _appositive_containers(self, token: Token, sentence: Sentence) -> list[str]:
        """ "Zaranj, capital of Nimroz": Nimroz; "Zaranj, Nimroz": Nimroz."""
        found: list[str] = []
        for apposed in roles.children(token, "appos"):
            mention = sentence.mention(apposed)
            if mention is not None and mention.kind == "place":
                found.append(mention.name)
            else:
                found.extend(self._containers(apposed, sentence))
        return found

    def _containers(self, token: Token, sentence: Sentence) -> list[str]:
        """Names in prepositional phrases and possessives on this word, nearest first."""
        found: list[str] = []
        for preposition in _CONTAINERS:
            for obj in roles.prep_objects(token, preposition, shared=False):
                found.extend(self._names_under(obj, sentence))
        for owner in roles.children(token, "poss", "nmod"):
            found.extend(self._names_under(owner, sentence))
        return found

    def _strays(self, token: Token, sentence: Sentence) -> list[Token]:
        """ "A district in X, **B district** in Y": of the list of A, though the parse puts it beside X."""
        beside = (obj for word in ("in", "of") for obj in roles.prep_objects(token, word, shared=False))
        return [word for obj in beside for word in roles.with_conjuncts(obj) if self._is_stray(word, obj, sentence)]

    def _is_stray(self, word: Token, first: Token, sentence: Sentence) -> bool:
        """Whether a word beside a container tells by its own noun that it is none: "Parwan, Shorabak **district**"."""
        mention, other = sentence.mention(word), sentence.mention(first)
        if mention is None or other is None or word.i == first.i or not mention.noun or mention.noun == other.noun:
            return False
        return self.nouns[mention.noun].kind in SAME_TYPE - {"province", "area", "island"}

    def _names_under(self, token: Token, sentence: Sentence, depth: int = 0) -> list[str]:
        mention = sentence.mention(token)
        if mention is not None:
            joined = [word for word in roles.with_conjuncts(token) if not self._is_stray(word, token, sentence)]
            members = [sentence.mention(member) for member in joined] if not depth else [mention]
            names = [m.name for m in members if m is not None and m.kind == "place"]
        elif self.noun(token, sentence) is not None:
            names = [m.name for m in self._modifying_names(token, sentence)] or self._unknown_beside(token, sentence)
        elif (unknown := _unknown_name(token, sentence)) is not None:
            names = [unknown.text]
        else:
            return []
        return names if depth > 2 else [*names, *self._deeper(token, sentence, depth)]

    def _deeper(self, token: Token, sentence: Sentence, depth: int) -> list[str]:
        objects = [obj for prep in ("in", "of", "at") for obj in roles.prep_objects(token, prep, shared=False)]
        return [name for obj in objects for name in self._names_under(obj, sentence, depth + 1)]

    def _modifying_names(self, token: Token, sentence: Sentence) -> list[Mention]:
        modifiers = roles.children(token, "compound", "nmod", "amod", "appos", "poss", "dep")
        modifiers += [conj for modifier in modifiers for conj in modifier.conjuncts]
        mentions = [sentence.mention(modifier) for modifier in modifiers]
        return [mention for mention in mentions if mention is not None and mention.kind == "place"]

    def _described(self, token: Token, noun: PlaceNoun, sentence: Sentence) -> list[PlacePhrase]:
        """A phrase headed by a place noun: with names of its own, or a pure description."""
        text, span_start, span_end = self._extent(token, sentence)
        held = noun.kind == "area" or roles.children(token, "nummod")  # "the X valley", "two X districts"
        counted = [m.name for m in self._modifying_names(token, sentence)] if held else []
        base = PlacePhrase(
            text=text,
            span=sentence.in_article(span_start, span_end),
            kind=noun.kind,
            within=tuple(dict.fromkeys([*self._containers(token, sentence), *counted])),
            part=text if noun.part else "",
            number=self._number(token),
            ordinal=any(child.lower_ in self.ordinals for child in token.children),
            with_countries=tuple(self._neighbours(token, sentence)),
            offset=self._offset(token, noun, sentence),
        )
        own = self._own_names(token, noun, sentence)
        if not own:
            named = self._apposed(token, sentence) or (self._predicated(token, sentence) if base.ordinal else [])
            return named or self._spread(base, token, sentence)
        rest = tuple(name for name in base.within if name not in own)
        return [
            replace(
                base, name=name, within=rest, number="one", text=_text_for(name, text),
                offset=self._named_offset(name, span_start, sentence),
            )
            for name in own
        ]  # fmt: skip

    def _offset(self, token: Token, noun: PlaceNoun, sentence: Sentence) -> Offset | None:
        """ "a base 30 km west of X", "the road from X to Y": where it lies from the names after it."""
        end = sentence.end(token)
        aside = sentence.text[end : end + 1] == "," and roles.children(token, "det") and not _is_new(token)
        if noun.kind in _NOT_BESIDE or aside:  # "the city, 30 km west of X," was named before
            return None
        words, road = offset_words(), noun.kind == "road"
        along = words.along(end, sentence) or words.joined(sentence.start(token), sentence) if road else None
        return along or words.after(end, sentence)

    def _named_offset(self, name: str, start: int, sentence: Sentence) -> Offset | None:
        """ "the village of **X**, 12 km west of Y", "12 km west of the village of **X**"."""
        at = sentence.text.find(name, start)
        told = offset_words().after(at + len(name), sentence) if at >= 0 else None
        return told or (offset_words().ahead(at, sentence) if at >= 0 else None)

    def _lying(self, token: Token, start: int, end: int, sentence: Sentence) -> Offset | None:
        """Where a named place is said to lie: "12 km west of **X**", "**X**, 12 km west of Y", "**X**, a village
        near Y"."""
        words = offset_words()
        told = words.ahead(start, sentence) or words.after(end, sentence)
        nouns = [near for near in roles.children(token, "appos") if self.noun(near, sentence) is not None]
        return told or next((one for near in nouns if (one := words.after(sentence.end(near), sentence))), None)

    def _apposed(self, token: Token, sentence: Sentence) -> list[PlacePhrase]:
        """ "a key town, the X crossing": the named apposition says which."""
        apposed = [
            near
            for near in [*roles.children(token, "appos"), *_late_appositions(token)]
            if self.noun(near, sentence) is not None
        ]
        return [phrase for near in apposed for phrase in self._one(near, sentence) if phrase.name]

    def _predicated(self, token: Token, sentence: Sentence) -> list[PlacePhrase]:
        """ "Reedham is the first capital to fall", "Reedham, the second post taken": the name that it is said of."""
        if token.dep_ == "appos":
            said_of = [token.head]
        elif token.dep_ == "attr" or (token.dep_ == "pobj" and token.head.lower_ == "as"):
            said_of = roles.surface_subjects(token.head if token.dep_ == "attr" else token.head.head)
        else:
            return []
        if said_of and said_of[0].lower_ in ("it", "this", "that"):
            start, end = sentence.start(said_of[0]), sentence.end(said_of[0])
            return [
                PlacePhrase(said_of[0].text, sentence.in_article(start, end), kind="it", number="one", ordinal=True)
            ]
        mentions = [(word, sentence.mention(word)) for word in said_of]
        return [self._named(word, m, sentence) for word, m in mentions if m is not None and m.kind == "place"]

    def _spread(self, phrase: PlacePhrase, token: Token, sentence: Sentence) -> list[PlacePhrase]:
        """ "airports in X and Y", "the outskirts of X and Y": one part in each."""
        coordinated = phrase.part and len(self._names_of(token, sentence)) > 1
        if coordinated:
            phrase = replace(phrase, number="several", within=tuple(m.name for m in self._names_of(token, sentence)))
        if phrase.part and phrase.number in ("several", "both") and len(phrase.within) > 1:
            return [
                replace(phrase, within=(name,), number="one", text=f"{phrase.text} ({name})") for name in phrase.within
            ]
        return [phrase]

    def _own_names(self, token: Token, noun: PlaceNoun, sentence: Sentence) -> list[str]:
        """Names that name the place itself: "Panjwai district", "the district of Panjwai", "the capital, Zaranj"."""
        beside = [m for m in self._modifying_names(token, sentence) if not self._is_owner(token, m, sentence)]
        if noun.kind == "stop" and not beside and (named := self._names_of(token, sentence)):
            return [named[0].name]
        if noun.part or noun.kind in ("area", "direction", "ground"):
            return [m.name for m in beside if noun.kind in ("base", "airport", "bridge", "building")]
        names = [m.name for m in beside] or self._unknown_beside(token, sentence)
        if len(names) == 1 and token.tag_ in _PLURAL_TAGS and roles.children(token, "nummod"):
            return []
        if noun.kind in SAME_TYPE and not names and token.tag_ in _PLURAL_TAGS:
            listed = [m.name for m in self._names_of(token, sentence)]
            return listed if len(listed) > 1 else []
        if noun.kind in SAME_TYPE and not names:
            for obj in roles.prep_objects(token, "of", shared=False):
                mention = sentence.mention(obj)
                if mention is not None and mention.kind == "place":
                    names.append(mention.name)
                elif (unknown := _unknown_name(obj, sentence)) is not None:
                    names.append(unknown.text)
                elif obj.pos_ in ("NOUN", "PROPN", "X") and not list(obj.children) and self.near(obj.text):
                    names.append(obj.text)
        return list(dict.fromkeys(names))

    def _names_of(self, token: Token, sentence: Sentence) -> list[Mention]:
        """Names in the list after "of": "the cities of X, Y and Z"."""
        objects = roles.prep_objects(token, "of", shared=False)
        members = [sentence.mention(member) for obj in objects for member in roles.with_conjuncts(obj)]
        return [mention for mention in members if mention is not None and mention.kind == "place"]

    def _unknown_beside(self, token: Token, sentence: Sentence) -> list[str]:
        """Capitals right before a place noun name it even where no gazetteer has them: "Sheikh Zahir district"."""
        noun = self.noun(token, sentence)
        if noun is not None and noun.kind in ("stop", "area", "part", "ground"):
            return []
        compounds = [c for c in roles.children(token, "compound", "nmod", "amod") if c.i < token.i]
        found = [name for c in compounds if (name := _unknown_name(c, sentence)) is not None]
        return [found[-1].text] if found else []

    def _is_owner(self, token: Token, mention: Mention, sentence: Sentence) -> bool:
        return any(sentence.mention(owner) is mention for owner in roles.children(token, "poss"))

    def _neighbours(self, token: Token, sentence: Sentence) -> list[str]:
        """Names after "with", "to", "into", "between" and the like: which border a crossing lies on."""
        found: list[str] = []
        for preposition in ("with", "to", "into", "between", "bordering", "on"):
            for obj in (*roles.prep_objects(token, preposition, shared=False), *_next_with(token, preposition)):
                found.extend(
                    mention.name
                    for member in roles.with_conjuncts(obj)
                    if (mention := sentence.mention(member)) is not None and mention.kind == "place"
                )
        return list(dict.fromkeys(found))

    def _number(self, token: Token) -> str:
        modifiers = {
            child.lower_ for child in roles.children(token, "det", "predet", "nummod", "amod", "cc", "preconj")
        }
        if "both" in modifiers or "two" in modifiers:
            return "both"
        if token.tag_ in _PLURAL_TAGS or roles.children(token, "nummod"):
            return "all" if "all" in modifiers else "several"
        return "one"

    def _plain_whole(self, token: Token, prep: Token, sentence: Sentence) -> Token | None:
        """ "the outskirts **of the capital**", "half **of the country**"."""
        own = self.noun(token, sentence)
        if prep.lower_ != "of" or own is None or not own.part:
            return None
        return next((o for o in roles.children(prep, "pobj") if self.noun(o, sentence) is not None), None)

    def _extent(self, token: Token, sentence: Sentence) -> tuple[str, int, int]:
        """The phrase as written: premodifiers, head, and prepositional phrases that hold names."""
        left = token
        while left.i > 0 and (before := left.nbor(-1)).i >= token.left_edge.i and _premodifies(before, token):
            left = before
        right = token
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ in (*_CONTAINERS, "with", "between", "bordering", "to"):
                right = _last_name(child, sentence) or self._plain_whole(token, child, sentence) or right
        start, end = sentence.start(left), sentence.end(right)
        return sentence.text[start:end], start, end


def _next_with(token: Token, preposition: str) -> list[Token]:
    """ "reopened the border **with X**": right after the noun it belongs to it, whatever the parse hangs it on."""
    follower = token.nbor(1) if token.i + 1 < len(token.doc) else None
    beside = preposition == "with" and follower is not None and follower.lower_ == preposition
    return roles.children(follower, "pobj") if beside and follower is not None and follower.head.i != token.i else []


def _unknown_name(token: Token, sentence: Sentence) -> Mention | None:
    """Capitalised words around this one that no table knows, as one name."""
    if token.pos_ != "PROPN" or sentence.mention(token) is not None or not token.text[:1].isupper():
        return None
    if token.i in sentence.dated:
        return None
    first = token
    while first.i > 0 and (before := first.nbor(-1)).pos_ == "PROPN" and before.head.i in (token.i, first.i):
        if sentence.mention(before) is not None:
            break
        first = before
    return Mention("place", sentence.written(first, token), sentence.start(first), sentence.end(token))


def _each_its_own(found: list[PlacePhrase], sentence: Sentence) -> list[PlacePhrase]:
    """Places of a list, each with the containers that stand between its name and the next one."""
    starts = [max(sentence.text.find(one.name, one.span.start - sentence.span.start), 0) for one in found]
    owners: dict[int, list[str]] = {}
    for name in dict.fromkeys(name for phrase in found for name in phrase.within):
        at = sentence.text.find(name, min(starts))
        owners.setdefault(max((one for one in starts if one < at), default=min(starts)), []).append(name)
    shared = {one.span.start: start for one, start in zip(found, starts, strict=True)}  # "A and B districts of X"
    return [replace(one, within=tuple(owners.get(shared[one.span.start], ()))) for one in found]


def _bare_count(phrase: PlacePhrase) -> bool:
    """ "six towns(, including X and Y)": the names that follow say which, as far as anybody does."""
    return not (phrase.name or phrase.within or phrase.with_countries or phrase.part) and phrase.number == "several"


def _late_appositions(token: Token) -> list[Token]:
    """ "a key town on the border, the X crossing": the parser joined the apposition to "border"."""
    last = [obj for prep in roles.children(token, "prep") for obj in roles.children(prep, "pobj")]
    return [
        conj
        for obj in last
        for conj in roles.children(obj, "conj")
        if not roles.children(obj, "cc") and roles.children(conj, "det") and conj.doc[conj.left_edge.i - 1].text == ","
    ]


_SIDE = re.compile(r"\b(?P<whose>[A-Z][\w-]+)(?:[’']s)?(?:-controlled)? sides?\b")


def _side(phrase: PlacePhrase, sentence: Sentence) -> str:
    """ "the Iranian side of X": whose side, said in the phrase or right before it."""
    start, end = phrase.span.start - sentence.span.start, phrase.span.end - sentence.span.start
    before = sentence.text[max(0, start - 40) : start]
    near = before if re.search(r"\bsides? of (?:the )?$", before) else ""
    found = _SIDE.search(near + sentence.text[start:end])
    return found["whose"] if found else ""


def _is_new(token: Token) -> bool:
    """ "a village", "another village", not "the village"."""
    return any(det.lower_ in ("a", "an", "another", "some", "one") for det in roles.children(token, "det"))


def _apposed_to(token: Token) -> list[Token]:
    return [token.head] if token.dep_ == "appos" else []


def _premodifies(candidate: Token, head: Token) -> bool:
    at = candidate
    while at.i != head.i:
        if at.dep_ not in _PREMODIFIERS and at.dep_ not in ("cc", "conj", "amod", "npadvmod", "pobj", "prep"):
            return False
        if at.head.i == at.i:
            return False
        at = at.head
    return True


def _last_name(prep: Token, sentence: Sentence) -> Token | None:
    named = [t for t in prep.subtree if sentence.mention(t) is not None and t.i - prep.i <= 12]
    return named[-1] if named else None


def _text_for(name: str, text: str) -> str:
    """The words up to the end of the name or of the place noun that follows it, without what it lies in.

    Of a bridge or a building with a name of its own the name is enough: "the strategic Bangolo Bridge".
    """
    at = text.find(name)
    if at < 0:
        return name
    cut = re.search(r",|\s(?:in|with|on|near|of|bordering|between)\s", text[at + len(name) :])
    whole = text[: at + len(name) + cut.start()] if cut else text
    return whole[at:] if whole[at:].count(" ") and whole[at:].istitle() else whole
