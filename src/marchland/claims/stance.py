"""What the speaker does with an event: asserts, hedges, denies or plans it, with the words that make it so.

The words that govern the event are read from the top down ([`scope.py`](scope.py) finds them). Each may turn a fact
into a denial, a hedge or a plan, and what it does may differ under negation: "did not manage to take" is a denial,
"did not deny that it took" is none (lexicons/stance.csv has a row for each). A plan never becomes a fact again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from marchland.claims import roles
from marchland.claims.lexicon import StanceWord
from marchland.claims.scope import COPULAS, INSTEAD, Link, links
from marchland.claims.words import Token

RANK = {"asserts": 0, "hedges": 1, "plans": 2}
NOBODY = frozenset({"none", "nobody", "nothing", "neither", "no-one"})
BECAUSE = frozenset({"why", "how", "when", "where"})
"""Questions that take the event itself for granted."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stance with the words that made it so."""

    stance: str
    how: str
    certainty: float = 1.0
    """From -1, surely not, over 0, nothing said, to 1, surely so: what the words leave of the event."""


@dataclass(frozen=True, slots=True)
class _State:
    """What has been said so far, from the top down."""

    modal: str = "asserts"
    negative: bool = False
    strength: float = 1.0
    how: tuple[str, ...] = ()

    def said(self, word: StanceWord, text: str) -> _State:
        """The state after one more word."""
        if word is SETTLED:
            return replace(self, modal="asserts", strength=1.0)
        excepted = self.negative and word.negated != ""
        effect = word.negated if excepted else word.stance
        negative = effect == "denies" if excepted else self.negative != (effect == "denies")
        modal = max(self.modal, effect, key=lambda name: RANK.get(name, 0))
        modal = modal if modal in RANK else self.modal
        changed = effect != "asserts" or negative != self.negative
        how = (*self.how, text) if changed else self.how
        return _State(modal, negative, min(self.strength, word.strength), how)

    def found(self) -> Found:
        stance = "denies" if self.negative and self.modal != "plans" else self.modal
        how = ", ".join(dict.fromkeys(self.how)) or "plain statement"
        return Found(stance, how, round(-self.strength if self.negative else self.strength, 3))


Said = tuple[StanceWord, str]
FRAME = {name: StanceWord(name, "", frozenset(), 0.67 if name == "hedges" else 1.0) for name in (*RANK, "denies")}
SETTLED = StanceWord("asserts", "", frozenset(), 1.0)
"""What came of a plan is told: it is none any longer."""
OVER = {
    "verb": frozenset({"to", "that", "ing", "bare", "noun", "of", "for", "about", "against", "from", "at"}),
    "noun": frozenset({"to", "that", "of", "for", "about", "against", "over", "at"}),
    "adj": frozenset({"to", "that", "of", "for", "about", "noun", "subj"}),
    "passive": frozenset({"to"}),
}
"""What a word has a say over where its row does not tell."""
WHOLE = frozenset({"to", "ing", "bare", "pred", "shared", "noun"})
"""Links through which all that is said of the governing verb reaches the event."""


@dataclass(frozen=True, slots=True)
class StanceReader:
    """Reads stance with the words of lexicons/stance.csv."""

    words: Mapping[tuple[str, str], StanceWord]

    def read(self, trigger: Token, start: str = "", *, decreed: bool = False) -> Found:
        """Stance of the event that this word names; `start` is what its frame already says of it.

        What is `decreed` is done by whoever may order it: "ordered the crossing closed" closed it.
        """
        chain = list(links(trigger, self._listed))
        state = _State()
        for word, text in self._question(trigger, chain):
            state = state.said(word, text)
        for link in reversed(chain):
            if decreed and self._is_decree(link):
                continue
            for word, text in (*self._reaching(link), *self._lexical(link, lowest=link is chain[0])):
                state = state.said(word, text)
        for word, text in self._marks(trigger, ""):
            state = state.said(word, text)
        return (state.said(FRAME[start], "the frame itself") if start else state).found()

    def _is_decree(self, link: Link) -> bool:
        """Whether a past order stands above, without a doubt on it: "ordered", not "may order", "did not order"."""
        verb = link.above
        ordered = (verb.lemma_.lower(), "decree") in self.words and verb.tag_ in ("VBD", "VBN")
        return ordered and not any(True for _ in self._marks(verb, link.kind, link.below))

    def _listed(self, token: Token, kind: str) -> bool:
        return self._row(token, kind) is not None

    def _row(self, token: Token, kind: str) -> StanceWord | None:
        """The row of a governing word that has a say over what hangs under it so."""
        pos = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj",
               "ADV": "adj"}.get(token.pos_, "")  # fmt: skip
        if kind in INSTEAD:
            return self.words.get((kind, "prep"))
        lemma = token.lemma_.lower()
        keys = [(f"{lemma} {child.lower_}", pos) for child in roles.children(token, "prt")]
        keys += [(token.lower_, pos), (lemma, pos), (token.lower_, "adj")]
        for key in keys:
            row = self.words.get(key)
            if row is not None and kind in (row.over or OVER.get(key[1], frozenset())):
                return row
        return None

    def _question(self, trigger: Token, chain: list[Link]) -> Iterator[Said]:
        """A sentence with a question mark asks about what its main clause says."""
        top = chain[-1].above if chain else trigger
        row = self.words.get(("?", "question"))
        if row is None or top.dep_ != "ROOT" or trigger.doc[-1].lower_ not in ("?", '"', "'", "''"):
            return
        asked = "?" in (trigger.doc[-1].text, trigger.doc[max(0, len(trigger.doc) - 2)].text)
        if asked and not any(child.lower_ in BECAUSE for child in top.children):
            yield row, "a question"

    def _reaching(self, link: Link) -> Iterator[Said]:
        """What is said of the governing word that also reaches what hangs under it."""
        above, kind = link.above, link.kind
        if kind in ("conj", "purpose", *INSTEAD):
            return
        if kind == "time":
            yield from self._of_the_future(link)
            return
        copula = above.lemma_ in COPULAS
        whole = kind in WHOLE or above.pos_ not in ("VERB", "AUX") or (kind not in ("subj", "that"))
        for word, text in self._marks(above, kind, link.below):
            denial = word.stance == "denies"
            by_subject = kind == "subj" and (self._listed(above, "subj") or copula or not denial)
            by_clause = kind == "that" and (denial or copula)
            if whole or by_subject or by_clause:
                yield word, text

    def _of_the_future(self, link: Link) -> Iterator[Said]:
        """ "will move on once they take X": under a plan, a clause of time in the present is one, too."""
        planned = [said for said in self._marks(link.above, "") if said[0].stance == "plans"]
        if planned and link.below.tag_ in ("VBP", "VBZ", "VB"):
            yield planned[0]

    def _lexical(self, link: Link, *, lowest: bool) -> Iterator[Said]:
        """What the governing word itself does with what hangs under it."""
        above, below, kind = link.above, link.below, link.kind
        if kind in ("purpose", "time", "shared", "conj", "pred"):
            if kind == "purpose":
                yield from self._named("to", "purpose", "in order to")
            return
        passive = self.words.get((above.lemma_.lower(), "passive"))
        if passive is not None and kind == "to" and _is_said_to(above, below):
            yield passive, f"{above.text} to"
        elif (row := self._row(above, kind)) is not None:
            if not (row.stance == "denies" and kind == "noun" and lowest and self._is_saying(below)):
                text = " ".join([above.text, *(c.text for c in roles.children(above, "prt"))])
                yield (replace(row, negated="") if _is_told_by_noun(above) else row), text
        elif kind == "to":
            yield from self._infinitive(above)
        yield from (said for child in roles.children(above, "conj") for said in self._outcome(child, below))
        if above.lemma_ in COPULAS and kind in ("subj", "that", "to"):
            yield from self._predicates(above, below, kind)

    def _is_saying(self, noun: Token) -> bool:
        """A denied accusation and a rejected offer were made; what they say is denied."""
        return noun.pos_ == "NOUN" and (noun.lemma_.lower(), "noun") in self.words

    def _outcome(self, verb: Token, below: Token) -> Iterator[Said]:
        """ "tried to take the town but failed": what is added to the governing verb tells how it ended."""
        row = self._row(verb, "conj") if verb.i > below.i else None
        if row is not None:
            yield SETTLED, "but"
            yield row, verb.text

    def _infinitive(self, above: Token) -> Iterator[Said]:
        """ "the first city to fall" fell; any other "to" leaves open what comes of it."""
        ranks = [child for child in above.children if (child.lower_, "rank") in self.words or child.tag_ == "JJS"]
        if (above.lower_, "rank") in self.words:
            ranks.append(above)
        for rank in ranks:
            yield from self._named(rank.lower_, "rank", rank.text)
        if not ranks and above.pos_ in ("VERB", "NOUN", "PROPN", "ADJ", "PRON"):
            yield from self._named("to", "purpose", f"{above.text} to")

    def _predicates(self, copula: Token, below: Token, kind: str) -> Iterator[Said]:
        for child in copula.children:
            if child.dep_ in ("acomp", "attr", "oprd") and child.i != below.i:
                row = self._row(child, kind) if child.pos_ in ("ADJ", "NOUN", "VERB") else None
                if row is not None:
                    yield row, child.text

    def _named(self, word: str, pos: str, text: str) -> Iterator[Said]:
        row = self.words.get((word, pos))
        if row is not None:
            yield row, text

    def _marks(self, token: Token, kind: str, below: Token | None = None) -> Iterator[Said]:
        """Negation, modals, adverbs and conjunctions on a word."""
        for child in token.children:
            if below is not None and child.i == below.i:
                continue
            if child.dep_ in ("aux", "auxpass") and child.tag_ == "MD":
                yield from self._modal(child, token)
            elif child.dep_ == "mark" or (child.dep_ == "advmod" and (child.lower_, "mark") in self.words):
                yield from self._mark(child, token)
            elif child.dep_ in ("neg", "advmod", "preconj", "det", "amod", "compound", "nummod"):
                yield from self._modifier(child, token, kind)
            elif _nobody(child):
                yield from self._named("not", "adv", child.text if child.lower_ in NOBODY else f"not {child.text}")
        if token.dep_ == "advcl" and token.pos_ in ("VERB", "AUX"):
            yield from self._inverted(token)

    def _modal(self, modal: Token, verb: Token) -> Iterator[Said]:
        perfect = any(child.lower_ in ("have", "'ve", "of") for child in roles.children(verb, "aux"))
        word = modal.lower_
        if perfect and (word, "perfect") in self.words:
            unreal = any(_is_unreal(child) for child in roles.children(verb, "advcl"))
            yield self.words["would" if unreal else word, "perfect"], f"{modal.text} have"
        else:
            yield from self._named(word, "modal", modal.text)

    def _mark(self, mark: Token, clause: Token) -> Iterator[Said]:
        row = self.words.get((mark.lower_, "mark"))
        if row is None or (mark.dep_ == "advmod" and mark.i > clause.i):
            return
        past = clause.tag_ == "VBD" or any(
            child.lower_ in ("was", "were", "had", "did") for child in roles.children(clause, "aux", "auxpass")
        )
        if "present" not in row.over or not past:
            yield row, mark.text

    def _modifier(self, child: Token, token: Token, kind: str) -> Iterator[Said]:
        word = child.lower_
        if word in ("longer", "more") and any(grand.lower_ == "no" for grand in child.children):
            yield from self._named("not", "adv", f"no {word}")
            return
        if word in ("no", "neither") and child.dep_ in ("det", "preconj", "neg"):
            yield from self._named("not", "adv", f"{word} {token.text}")
            return
        after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
        pos = "adv" if child.pos_ in ("ADV", "PART", "CCONJ") or child.dep_ == "neg" else "adj"
        row = self.words.get((word, pos)) or self.words.get((child.lemma_.lower(), pos))
        if row is None or (row.over and not row.over & {kind, "noun" if pos == "adj" else ""}):
            return
        if row.stance == "denies" and after in ("only", "just", "merely", "simply", "until"):
            return
        partly = [grand for grand in child.children if grand.dep_ == "neg"]
        text = f"{partly[0].text} {child.text}" if partly else child.text
        yield row, text

    def _inverted(self, clause: Token) -> Iterator[Said]:
        """ "Had it fallen", "should it fall", "were it to fall": conditions without a conjunction."""
        helper = _fronted(clause)
        if helper is None:
            return
        if helper.lower_ == "had":
            yield from self._named("would", "perfect", helper.text)
        else:
            yield from self._named("if", "mark", helper.text)


def _fronted(clause: Token) -> Token | None:
    """The auxiliary that stands before the subject, where no question word or conjunction leads the clause."""
    subjects = roles.children(clause, "nsubj", "nsubjpass", "expl")
    helpers = [c for c in roles.children(clause, "aux", "auxpass") if c.lower_ in ("had", "should", "were")]
    if clause.lower_ in ("had", "were"):
        helpers.append(clause)
    if not subjects or not helpers or roles.children(clause, "mark"):
        return None
    return helpers[0] if helpers[0].i < subjects[0].i else None


def _is_unreal(clause: Token) -> bool:
    """ "if it had not been for", "had they stayed": a condition known not to hold."""
    helper = _fronted(clause)
    if helper is not None:
        return helper.lower_ == "had"
    marked = any(child.lower_ == "if" for child in roles.children(clause, "mark"))
    return marked and (clause.lower_ == "had" or any(c.lower_ == "had" for c in roles.children(clause, "aux")))


def _is_told_by_noun(verb: Token) -> bool:
    """ "rejected a statement saying that X fell": what is denied is the fall, not that it was said."""
    return verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.pos_ == "NOUN"


def _nobody(child: Token) -> bool:
    """A subject or object that denies: "no town", "none of them", "not all of it"."""
    if child.dep_ not in ("nsubj", "nsubjpass", "dobj", "attr"):
        return False
    if child.lower_ in NOBODY:
        return True
    return any(c.lower_ in ("no", "neither", "not") and c.dep_ in ("det", "neg", "preconj") for c in child.children)


def _is_said_to(verb: Token, below: Token) -> bool:
    """ "is said to hold", and "reported to have fallen" in a headline."""
    perfect = any(child.lower_ in ("have", "be") for child in roles.children(below, "aux"))
    headline = perfect and verb.tag_ in ("VBN", "VBD") and verb.lemma_ not in ("claim",)
    return roles.is_passive(verb) or (headline and not roles.children(verb, "dobj"))
