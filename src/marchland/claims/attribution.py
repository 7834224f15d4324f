"""Every attribution of a sentence: whose words, which word says so, and what is said.

One cue at a time: a verb of lexicons/speech.csv, "according to", or a noun such as "claim" with a clause. From the cue
the parse leads to its source (subject, agent, owner) and to its content (clause, object, quotation). The claim stage
asks the same list who speaks for a word: the attribution with the smallest content that holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from marchland.claims import roles
from marchland.claims.lexicon import rows
from marchland.claims.parse import Sentence
from marchland.claims.scope import leading_participle
from marchland.claims.words import Token
from marchland.errors import BrokenData

MAX_CLIMB = 14
_CLAUSES = frozenset({"ccomp", "parataxis"})
_MARKS = frozenset('"“”«»„')
_NOT_SOURCES = frozenset({"there", "what", "this", "that"})
none: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CueWord:
    """One row of speech.csv."""

    kind: str
    """says, learns, thinks, wants, judges."""
    takes: frozenset[str]
    """What holds the content: that (a clause), to (an infinitive), obj (a noun), or a preposition."""
    strength: str


POS = frozenset({"verb", "noun", "adj"})
KINDS = frozenset({"says", "learns", "thinks", "seems", "wants", "judges"})
STRENGTHS = frozenset({"plain", "weak"})
Cues = Mapping[tuple[str, str], CueWord]
"""(lemma, part of speech) -> cue."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source, one cue, one content, as tokens of one sentence."""

    kind: str
    cue: Token
    source: Token | None
    """Head of the source's noun phrase; None where the words leave it out ("it was reported")."""
    word: Token | None
    """The word that stands for the source beside the cue: "who" in "the rebels, who said", else the same."""
    content: frozenset[int]
    """Indexes of the tokens said; empty where the words lie in the sentence before or after."""


def load_cues() -> Cues:
    """The shipped table; a wrong row raises `BrokenData` with its line."""
    return {(row["word"], row["pos"]): _cue(line, row) for line, row in rows("speech.csv")}


def _cue(line: int, row: Mapping[str, str]) -> CueWord:
    for column, known in (("pos", POS), ("kind", KINDS), ("strength", STRENGTHS)):
        if row[column] not in known:
            raise BrokenData(f"speech.csv:{line}: unknown {column} {row[column]!r}: one of {', '.join(sorted(known))}")
    return CueWord(row["kind"], frozenset(row["takes"].split("|")), row["strength"])


def attributions(sentence: Sentence, cues: Cues) -> tuple[Attribution, ...]:
    """All attributions of a sentence, in the order of their cues."""
    return tuple(found for token in sentence.doc for found in _of_token(token, sentence, cues))


def _of_token(token: Token, sentence: Sentence, cues: Cues) -> Iterator[Attribution]:
    if token.lower_ == "according":
        yield from _according(token)
        return
    if token.text == ":" or (token.text in ("-", "–", "—") and token.i >= len(token.doc) - 4):
        headed = _of_colon(token)
        if headed is not None:
            yield headed
        return
    pos = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj"}.get(token.pos_, "")
    cue = cues.get((token.lemma_.lower(), pos))
    if cue is None or _is_name(token):
        return
    found = _of_noun(token, cue) if pos == "noun" else _of_verb(token, cue, sentence, cues)
    if found is not None:
        yield found


def _is_name(token: Token) -> bool:
    """A verb with a capital in a sentence whose other verbs have none is part of somebody's name."""
    if token.i == 0 or not token.text[:1].isupper() or token.pos_ != "VERB":
        return False
    return any(other.pos_ == "VERB" and other.text[:1].islower() for other in token.doc)


def _according(token: Token) -> Iterator[Attribution]:
    for obj in roles.prep_objects(token, "to", shared=False)[:1]:
        clause = token.head if token.head.i != token.i else None
        inside = {t.i for t in token.subtree}
        content = _around(clause, inside) if clause is not None else none
        yield Attribution("says", token, obj, obj, content)


def _of_noun(token: Token, cue: CueWord) -> Attribution | None:
    """ "its claim that ...", "reports of ... from residents"."""
    content = _subtrees(
        child
        for child in token.children
        if (child.dep_ in ("acl", "relcl", "ccomp") and _is_clause(child, cue))
        or (child.dep_ == "prep" and child.lower_ in cue.takes)
    )
    if not content:
        return None
    owners = roles.children(token, "poss") or roles.prep_objects(token, "by", shared=False)
    owners = owners or roles.prep_objects(token, "from", shared=False) or _light(token)
    if not owners or owners[0].lower_ in _NOT_SOURCES:
        return None
    return Attribution(cue.kind, token, owners[0], owners[0], content)


def _light(noun: Token) -> list[Token]:
    """ "X said in a statement that", "X made an attack on": the subject of the verb that the noun completes."""
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    fits = noun.dep_ in ("dobj", "pobj") and governor.pos_ == "VERB" and governor.i < noun.i
    return roles.logical_subjects(governor)[:1] if fits else []


def _is_clause(child: Token, cue: CueWord) -> bool:
    infinitive = any(c.tag_ == "TO" for c in child.children)
    marked = any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children)
    return ("to" in cue.takes and infinitive) or ("that" in cue.takes and marked)


def _of_verb(token: Token, cue: CueWord, sentence: Sentence, cues: Cues) -> Attribution | None:
    aside = _aside(token, cue)
    if aside is not None or token.dep_ == "amod":
        return aside
    if roles.is_passive(token):
        return _passive(token, cue)
    source = _same_speaker(token, cues) or _source(token, sentence) if cue.kind != "seems" else None
    content = _content(token, cue, source)
    if not content and cue.kind in ("says", "thinks", "learns") and not roles.children(token, "dobj"):
        content = _host(token, cues)
    if cue.kind == "says" and "that" in cue.takes:
        content = content or _quoted(token, sentence)
        content |= _after_that(token) | _swallowing(token, source)
    if cue.kind in ("says", "learns") and "that" in cue.takes:
        closing = _closing(token)
        own = [subject for subject in roles.children(token, "nsubj") if subject.i not in (closing or (None, none))[1]]
        if closing is not None and not own:
            return Attribution(cue.kind, token, closing[0], closing[0], closing[1])
    if not content and not (cue.kind == "says" and _bare(token)):
        return None
    return Attribution(cue.kind, token, source, (_word(token) or source) if source is not None else None, content)


def _aside(verb: Token, cue: CueWord) -> Attribution | None:
    """ "The mayor, denying reports that X fell, said": the parse has taken the participle for a part of "reports"."""
    noun = verb.head
    told = noun.dep_ == "appos" and "obj" in cue.takes and leading_participle(noun)
    if not told or told.i != verb.i:
        return None
    return Attribution(cue.kind, verb, noun.head, noun.head, _subtrees([noun]) - {verb.i})


def _same_speaker(verb: Token, cues: Cues) -> Token | None:
    """ "Troops beat them back, the mayor said, denying that X fell": the mayor denies, wherever the parse has hung
    it."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.nbor(-1 if verb.i else 0).text != ",":
        return None
    said = [
        clause
        for clause in roles.children(verb.head, "parataxis")
        if verb.head.i < clause.i < verb.i and (clause.lemma_.lower(), "verb") in cues
    ]
    return next(iter(roles.children(said[-1], "nsubj")), None) if said else None


def _source(verb: Token, sentence: Sentence) -> Token | None:
    subjects = roles.surface_subjects(verb)
    if subjects:
        return subjects[0] if subjects[0].lower_ not in _NOT_SOURCES else None
    return _beside(verb) if verb.tag_ in ("VBD", "VBZ", "VBP") else None


def _word(verb: Token) -> Token | None:
    own = roles.children(verb, "nsubj")
    return own[0] if own and own[0].lower_ not in _NOT_SOURCES - {"that"} else None


def _beside(verb: Token) -> Token | None:
    """The noun right before or after a verb that the parse has left without a subject."""
    for index in range(verb.i - 1, max(-1, verb.i - 5), -1):
        token = verb.doc[index]
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            return token
        if token.pos_ not in ("AUX", "ADV", "PUNCT"):
            break
    return None


def _content(verb: Token, cue: CueWord, source: Token | None) -> frozenset[int]:
    if not _has_needed(verb, cue):
        return none
    chosen = [child for child in verb.children if _holds_content(child, cue)]
    if not chosen and "obj" not in cue.takes:
        return none
    seen = [c for c in chosen if c.dep_ == "dobj"] if cue.kind == "learns" else []
    where = [c for c in roles.children(verb, "prep") if seen and c.i > seen[0].i]
    content = _subtrees([*chosen, *where])
    return content - ({t.i for t in source.subtree} if source is not None and source.head.i == verb.i else set())


def _has_needed(verb: Token, cue: CueWord) -> bool:
    """ "put its losses at 40", "count 40 soldiers": verbs that report only beside "at" or a number."""
    if "+at" in cue.takes:
        return any(c.lower_ == "at" and any(t.like_num for t in c.subtree) for t in verb.subtree for c in t.children)
    if "+number" in cue.takes:
        return any(g.dep_ == "nummod" for c in roles.children(verb, "dobj") for g in c.children)
    return True


def _holds_content(child: Token, cue: CueWord) -> bool:
    if child.dep_ in _CLAUSES:
        return "that" in cue.takes or "obj" in cue.takes
    if child.dep_ == "xcomp":
        return bool(cue.takes & {"to", "that"})
    if child.dep_ in ("dobj", "oprd", "attr"):
        return "obj" in cue.takes
    return child.dep_ in ("prep", "agent") and child.lower_ in cue.takes


def _passive(verb: Token, cue: CueWord) -> Attribution | None:
    """ "is said to have", "it was reported that", "were accused by X of"."""
    agents = [obj for agent in roles.children(verb, "agent") for obj in roles.children(agent, "pobj")]
    subjects = roles.children(verb, "nsubjpass")
    content = _subtrees(
        [
            *(s for s in subjects if s.lower_ not in _NOT_SOURCES | {"it"}),
            *roles.children(verb, "ccomp", "xcomp", "oprd"),
            *(c for c in roles.children(verb, "prep") if c.lower_ in cue.takes or c.lower_ == "as"),
        ]
    )
    if not content:
        return None
    agent = agents[0] if agents else None
    return Attribution(cue.kind, verb, agent, agent, content)


def _host(verb: Token, cues: Cues) -> frozenset[int]:
    """ "X, officials said, has fallen": the verb hangs in the middle or at the end of what is said."""
    head = verb.head
    if head.i == verb.i or verb.dep_ not in ("parataxis", "ccomp", "advcl", "dep"):
        return none
    if verb.dep_ == "ccomp" and (head.lemma_.lower(), "verb") in cues:
        return none
    if verb.dep_ == "advcl" and not any(c.lower_ == "as" for c in verb.children):
        return none
    inside = {t.i for t in verb.subtree}
    return _around(head, inside)


def _around(clause: Token, without: set[int]) -> frozenset[int]:
    return frozenset(t.i for t in clause.subtree if t.i not in without and not t.is_punct)


def _quoted(verb: Token, sentence: Sentence) -> frozenset[int]:
    """What stands in quotation marks in the sentence, where the parse has not joined it to the verb."""
    inside: set[int] = set()
    is_open = False
    for token in sentence.doc:
        if token.text in _MARKS:
            is_open = not is_open
        elif is_open:
            inside.add(token.i)
    return frozenset(inside) if verb.i not in inside else frozenset()


def _after_that(verb: Token) -> frozenset[int]:
    """ "told the agency that ...": the clause after "that", wherever the parse has hung it."""
    for token in verb.doc[verb.i + 1 : verb.i + 8]:
        stray = token.head.i != verb.i or token.dep_ == "dobj"
        if token.lower_ == "that" and token.pos_ in ("SCONJ", "PRON") and stray and token.i + 1 < len(verb.doc):
            return frozenset(t.i for t in verb.doc[token.i :] if _no_later_than_clause(t, verb))
        if token.pos_ in ("VERB", "AUX", "PUNCT"):
            break
    return none


def _no_later_than_clause(token: Token, verb: Token) -> bool:
    """Not in a clause that is coordinated with the verb itself: "said that X, and left"."""
    return not any(c.dep_ == "conj" and c.i <= token.i for c in verb.children)


def _swallowing(verb: Token, source: Token | None) -> frozenset[int]:
    """ "Officials denied the post has fallen", read as if "officials denied the post" were the subject of the fall."""
    head = verb.head
    if verb.dep_ not in ("ccomp", "nsubj", "csubj") or head.i < verb.i or head.pos_ not in ("VERB", "AUX"):
        return none
    if source is None or any(t.is_punct or t.pos_ == "CCONJ" for t in verb.doc[verb.i : head.i]):
        return none
    return frozenset(t.i for t in head.subtree if t.i > verb.i)


def _closing(verb: Token) -> tuple[Token, frozenset[int]] | None:
    """ "The rebels took Reedham, a doctor at the hospital said.": source and verb close the sentence after a comma.

    The parser often takes the source for an apposition of the name before the comma. None where the words do not fit.
    """
    bare = verb.tag_ == "VBN" and verb.dep_ in ("ROOT", "conj", "parataxis", "dep") and not roles.children(verb, "aux")
    if not (verb.tag_ in ("VBD", "VBZ", "VBP") or bare) or any(c.i > verb.i for c in roles.children(verb, "ccomp")):
        return None
    start = _closing_start(verb)
    if not start or not _is_told(verb.doc, start - 1) or not _ends_there(verb):
        return None
    head = _noun_of(verb.doc, start, verb.i)
    return (head, frozenset(range(start - 1))) if head is not None else None


def _closing_start(verb: Token) -> int:
    """Index of the first word of the source's phrase, 0 where no comma divides it from what is said."""
    doc, at = verb.doc, verb.i - 1
    while at > 0 and doc[at].pos_ in ("AUX", "ADV", "PART"):
        at -= 1
    commas = [i for i in range(max(0, at - MAX_SOURCE), at) if doc[i].text in _COMMAS]
    if doc[at].text == ",":  # "..., Sahil Noor, a lawmaker, said": the second comma back divides
        commas = commas[:-1]
    start = commas[-1] + 1 if commas else 0
    return start if start and doc[start].pos_ in ("DET", "NUM", "ADJ", "NOUN", "PROPN", "PRON") else 0


def _is_told(doc: Sequence[Token], end: int) -> bool:
    """Whether a main clause stands before this index: "After taking X, officials said" has none."""
    finite = [t for t in doc[:end] if t.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    return bool(finite) and doc[0].lower_ not in _SUBORDINATORS


def _ends_there(verb: Token) -> bool:
    """Nothing follows but when, where and to whom it was said."""
    later = verb.doc[verb.i + 1 :]
    objects = [t for t in later if t.dep_ == "dobj" and t.head.i == verb.i and verb.lemma_ != "tell"]
    finite = [t for t in later if t.tag_ in ("VBD", "VBZ", "VBP", "MD") and t.dep_ not in ("relcl", "acl")]
    return not objects and not finite


def _noun_of(doc: Sequence[Token], start: int, end: int) -> Token | None:
    """The head of the phrase that begins here: its last noun before a preposition, a clause or a comma."""
    head = None
    for token in doc[start:end]:
        if token.pos_ in ("NOUN", "PROPN", "PRON", "NUM") and token.tag_ not in ("WP", "WDT"):
            head = token
        elif token.pos_ in ("ADP", "SCONJ", "PUNCT", "VERB") or token.tag_ in ("WP", "WDT"):
            break
    return head


MAX_SOURCE = 24
"""Words between a comma and the verb of speech that may name a source."""
_COMMAS = frozenset({",", '"', "”", "''", "-", "–", "—"})
_SUBORDINATORS = frozenset({"after", "although", "as", "because", "before", "if", "since", "though", "when", "while"})


def _of_colon(token: Token) -> Attribution | None:
    """Headlines: "Army: rebels have left Reedham", "Rebels have left Reedham: army"."""
    doc = token.doc
    if doc[-1].text in (".", "?", "!"):
        return None
    left, right = doc[: token.i], doc[token.i + 1 :]
    for side, other in ((left, right), (right, left)):
        words = [t for t in side if not t.is_punct]
        told = any(t.pos_ in ("VERB", "AUX") for t in other)
        if told and 0 < len(words) <= 4 and all(t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM") for t in words):
            head = next((t for t in reversed(words) if t.pos_ in ("NOUN", "PROPN")), None)
            if head is not None:
                return Attribution("colon", token, head, head, frozenset(t.i for t in other))
    return None


def _bare(verb: Token) -> bool:
    """ "Smith asked." after a quotation that ended in a full stop of its own."""
    return len([t for t in verb.doc if not t.is_punct]) <= 12 and verb.dep_ == "ROOT"


def _subtrees(tokens: Iterable[Token]) -> frozenset[int]:
    return frozenset(t.i for token in tokens for t in token.subtree)
