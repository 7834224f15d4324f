"""Who does what to whom: logical roles read from a dependency parse.

"Logical" means that the passive, the participle, the relative clause and the control verb are undone: in "the post
recaptured from the rebels by troops", the post is the object and the troops are the subject.
"""

from __future__ import annotations

from collections.abc import Iterator

from marchland.claims.words import Token

SUBJECTS = ("nsubj", "csubj", "expl")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
CLAUSE_LINKS = ("xcomp", "ccomp", "advcl", "pcomp", "acl", "prep", "conj")
RELATIVE_TAGS = ("WDT", "WP")
MAX_CLIMB = 8


def children(token: Token, *deps: str) -> list[Token]:
    """Children with one of these dependency labels, in order."""
    return [child for child in token.children if child.dep_ in deps]


def is_passive(token: Token) -> bool:
    """True for "was taken", for a bare participle on a noun ("the town taken by"), and for "taken" alone in a
    headline."""
    if children(token, "auxpass", *PASSIVE_SUBJECTS) or (children(token, "agent") and token.tag_ == "VBN"):
        return True
    if token.dep_ == "acl" and token.tag_ in ("VBN", "VBD") and not children(token, "dobj"):
        return not is_main_clause(token) and not children(token, "mark", *SUBJECTS)
    if token.tag_ != "VBN":
        return False
    if token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX") and not children(token, "dobj", "aux", *SUBJECTS):
        return is_passive(token.head)
    return token.dep_ in ("advcl", "amod") and not children(token, "dobj", "aux", "mark")


def is_main_clause(token: Token) -> bool:
    """A short sentence that the parser took for a noun with a participle: "Units redeployed from the town"."""
    return token.head.dep_ == "ROOT" and token.i == token.head.i + 1 and not children(token, "agent")


def with_conjuncts(token: Token) -> list[Token]:
    """The token and all that is coordinated with it."""
    return [token, *token.conjuncts]


_AMOUNTS = frozenset(
    {"hundred", "thousand", "dozen", "score", "number", "handful", "majority", "rest", "bulk", "half", "most", "some"}
    | {"many", "all", "part", "remnant", "column", "convoy", "group", "wave"}
)
"""Nouns and numbers after which "of" tells who is meant."""


def counted(token: Token) -> Token:
    """The people in "hundreds of troops", "most of the garrison", "1,000 of the fighters": the noun after "of"."""
    if token.like_num or token.lemma_.lower() in _AMOUNTS:
        for preposition in children(token, "prep"):
            if preposition.lower_ == "of":
                return next(iter(children(preposition, "pobj")), token)
    return token


def _lost_to_a_list(verb: Token) -> list[Token]:
    """ "rebels attacked from three sides and **troops** withdrew": a noun right before its verb, which the parse put on
    a list in the clause before, and that clause on the noun before it."""
    noun = verb.nbor(-1) if verb.i else verb
    if verb.tag_ not in ("VBD", "VBP") or noun.dep_ != "conj" or noun.tag_ not in ("NNS", "NNPS"):
        return []
    clauses = [clause for subject in children(verb, *SUBJECTS) for clause in children(subject, "acl", "relcl")]
    return [noun] if any(clause.is_ancestor(noun) for clause in clauses) else []


def surface_subjects(token: Token, depth: int = 0) -> list[Token]:
    """Grammatical subjects, borrowed from the governing clause where the verb has none of its own."""
    own = _lost_to_a_list(token)
    own = own or [_antecedent(child) for child in children(token, *SUBJECTS, *PASSIVE_SUBJECTS)] or _strayed(token)
    if own or depth > MAX_CLIMB:
        return own
    head = token.head
    if head.i == token.i:
        return []
    if token.dep_ in ("acl", "relcl"):
        return _noun_subjects(token, depth)
    if token.dep_ == "xcomp" and children(head, "dobj"):
        return children(head, "dobj")
    if token.dep_ == "pcomp" and head.lower_ in ("of", "from", "for") and children(head.head, "dobj"):
        return children(head.head, "dobj")  # "accused the rebels of shelling the town"
    if token.dep_ in ("acomp", "attr", "oprd") and head.pos_ in ("AUX", "VERB"):
        return surface_subjects(head, depth + 1)
    if token.dep_ in CLAUSE_LINKS or (token.dep_ == "ROOT" and head.pos_ in ("VERB", "AUX")):
        for clause in (*children(head, "ccomp"), *([head.head] if head.dep_ in ("advcl", "parataxis", "conj") else [])):
            # "X took Y after taking Z, officials said": the participle goes with X, wherever the parser hung it
            if clause.i < token.i < head.i and clause.i != head.i:
                return surface_subjects(clause, depth + 1)
        return (
            surface_subjects(head, depth + 1) if head.pos_ in ("VERB", "AUX", "ADP", "SCONJ") else _of_noun(head, depth)
        )
    return []


def _strayed(token: Token) -> list[Token]:
    """ "The mayor says Reedham, the old capital, fell": the parser gave "Reedham" to "says" as a second subject."""
    for saying in children(token, "parataxis", "ccomp", "advcl"):
        subjects = children(saying, *SUBJECTS)
        late = [subject for subject in subjects if saying.i < subject.i < token.i]
        if late and len(subjects) > 1 and saying.i < token.i:
            return late[-1:]
    return []


def _noun_subjects(token: Token, depth: int) -> list[Token]:
    """Subject of a clause that hangs on a noun: the noun itself, or for "a plan to take X" whoever has the plan."""
    head = token.head
    infinitive = any(child.tag_ == "TO" for child in token.children)
    if not infinitive:
        return [head]
    owners = children(head, "poss")
    if owners:
        return owners
    governor = head.head
    if head.dep_ in ("dobj", "pobj", "attr") and governor.i != head.i:
        verb = governor.head if governor.pos_ == "ADP" else governor
        return surface_subjects(verb, depth + 1) or [head]
    return [head]


def _of_noun(noun: Token, depth: int) -> list[Token]:
    owners = children(noun, "poss")
    if owners:
        return owners
    if noun.dep_ in ("pobj", "dobj") and noun.head.i != noun.i:
        return surface_subjects(noun.head, depth + 1)
    return []


def _antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if token.tag_ in RELATIVE_TAGS or (token.lower_ == "that" and token.pos_ in ("PRON", "SCONJ")):
        clause = token.head
        for _ in range(MAX_CLIMB):
            if clause.dep_ == "relcl" or clause.head.i == clause.i:
                break
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
        if token.i > 0 and token.nbor(-1).pos_ in ("NOUN", "PROPN") and token.tag_ in RELATIVE_TAGS:
            return token.nbor(-1)
    return token


def logical_subjects(token: Token) -> list[Token]:
    """Whoever does it."""
    agents = [obj for agent in children(token, "agent") for obj in children(agent, "pobj")]
    if agents:
        return agents
    if is_passive(token):
        by = [obj for by in _preps(token, "by") for obj in children(by, "pobj") if not obj.like_num]
        return by or _hyphened(token)
    return surface_subjects(token)


def _hyphened(token: Token) -> list[Token]:
    """ "rebel-held": who stands before the hyphen."""
    return [token.nbor(-2)] if token.i >= 2 and token.nbor(-1).text in ("-", "–", "‑") else []


def logical_objects(token: Token) -> list[Token]:
    """Whatever it is done to."""
    if is_passive(token):
        if token.dep_ in ("acl", "amod", "relcl") and not children(token, *PASSIVE_SUBJECTS):
            return [token.head]
        subjects = children(token, *PASSIVE_SUBJECTS) or surface_subjects(token)
        return [_antecedent(subject) for subject in subjects]
    own = [_antecedent(child) for child in children(token, "dobj", "obj")]
    if own:
        return own
    if token.dep_ == "relcl" and children(token, *SUBJECTS) and not _has_relative(token):
        return [token.head]
    return _shared_object(token) or _nearly(token)


def _nearly(token: Token) -> list[Token]:
    """ "holds close to a third of the country": the parser reads "close to" as where it holds."""
    close = [child for child in children(token, "advmod", "acomp") if child.lower_ == "close"]
    numbers = [obj for word in close for obj in prep_objects(word, "to", shared=False)]
    return [n for n in numbers if n.like_num or n.pos_ == "NUM" or n.lower_ in ("half", "third", "quarter", "%")]


def _has_relative(token: Token) -> bool:
    return any(child.tag_ in RELATIVE_TAGS for child in children(token, *SUBJECTS))


def _shared_object(token: Token) -> list[Token]:
    """ "stormed and took the base": the first verb borrows the object of the verb coordinated right after it."""
    for child in children(token, "conj"):
        if child.pos_ == "VERB" and not children(child, *SUBJECTS) and child.i - token.i <= 3:
            return children(child, "dobj", "obj")
    return []


def _preps(token: Token, name: str) -> Iterator[Token]:
    for child in token.children:
        if child.lower_ == name and child.dep_ in ("prep", "prt", "advmod", "agent", "dative", "mark", "aux"):
            yield child
        elif child.dep_ in ("prep", "prt", "advmod"):
            yield from (grand for grand in child.children if grand.lower_ == name and grand.dep_ in ("prep", "pcomp"))


def prep_objects(token: Token, name: str, *, shared: bool = True) -> list[Token]:
    """Objects of the preposition `name` on this word; a verb borrows those of the last verb coordinated with it."""
    found = [_antecedent(obj) for prep in _preps(token, name) for obj in prep.children if obj.dep_ in ("pobj", "pcomp")]
    if not found and name == "near":
        found = _beside(token)
    if found or not shared:
        return found
    if token.pos_ != "VERB":
        return _right_after(token, name)
    if name in _FLOATING and (found := _under_object(token, name)):
        return found
    for child in children(token, "conj"):
        if child.pos_ == "VERB" and not children(child, *SUBJECTS) and not children(token, "dobj"):
            return prep_objects(child, name)
    return []


_COMPASS = ("north", "south", "east", "west")


def _beside(token: Token) -> list[Token]:
    """ "raged (12 km) south of X", "continued 30 km from X", "continued between X and Y": near X, and whence."""
    around = [*token.children, *(grand for child in token.children for grand in child.children)]
    sides = [word for word in around if word.lower_.endswith(_COMPASS) and not children(word, "det")]
    found = [obj for side in sides for prep in ("of", "from") for obj in prep_objects(side, prep, shared=False)]
    far = [prep for prep in _preps(token, "from") if prep.i and prep.nbor(-1).dep_ == "npadvmod"]
    halves = [*far, *_preps(token, "between")]
    return found or [obj for prep in halves for obj in children(prep, "pobj")]


def _right_after(noun: Token, name: str) -> list[Token]:
    """ "prompted by the fall of the town to rebels": a preposition right after the noun's phrase that the parser hung
    higher."""
    end = noun.right_edge.i + 1
    if noun.pos_ not in ("NOUN", "PROPN") or end >= len(noun.doc):
        return []
    prep = noun.doc[end]
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    return children(prep, "pobj") if prep.lower_ == name and prep.dep_ == "prep" and prep.head.i == above.i else []


_FLOATING = frozenset({"from", "in", "at", "near", "on", "inside", "into", "to", "across", "through", "over"})
"""Prepositions that the parser hangs on the object as often as on the verb: "drove the rebels from the town"."""


def _under_object(token: Token, name: str) -> list[Token]:
    objects = children(token, "dobj", "nsubjpass")
    return [found for obj in objects for found in prep_objects(obj, name, shared=False)]


def step(token: Token, name: str) -> list[Token]:
    """One step of a role path from a word: the vocabulary is described in lexicons/README.md."""
    if name.startswith("prep:"):
        return prep_objects(token, name[5:])
    if name == "subj":
        return logical_subjects(token)
    if name == "obj":
        return logical_objects(token)
    if name == "comp":
        return [c for c in token.children if c.dep_ in ("compound", "nmod", "amod") and c.i < token.i]
    if name == "left":
        return [token.nbor(-2)] if token.i >= 2 and token.nbor(-1).text == "-" else []
    if name == "head":
        return [token.head] if token.head.i != token.i else []
    if name == "conj":
        return list(token.conjuncts)
    return children(token, name)


def follow(token: Token, path: tuple[str, ...]) -> list[Token]:
    """All words at the end of a role path."""
    reached = [token]
    for name in path:
        reached = [found for at in reached for found in step(at, name)]
    return reached
