"""The words and tables of the claim stage say what spaCy's own pipeline says, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import Doc

from marchland.claims.model import KEPT, English, load_model

SENTENCES = [
    "The rebels who had seized Norrick on Monday said its garrison , which had not been paid , laid down its arms .",
    "There were three lorries at the gate , and they 're gon na leave .",
    "They have got ta go , he ai n't coming and y' all know it .",
    "Let 's say the town , the ninth capital taken in a week , fell to them without a fight , officials said .",
    "Karth , Velm and Orrin , as well as the road to Torv , were cleared by the army 's 3rd brigade",
    "Velm in the south has been captured , the seventh provincial capital taken since Friday .",
    "NORRICK FALLS ; GOVERNOR FLEES",
    "( 17 of 19 districts )",
    "…",
    "word " * 300,
]


@pytest.fixture(scope="module")
def english() -> English:
    return English.load()


def _inputs(sentences: list[str]) -> list[tuple[list[str], list[bool]]]:
    return [(text.split(), [True] * len(text.split())) for text in sentences]


def _indexes(words) -> list[int]:
    return [word.i for word in words]


def _told(token) -> tuple[object, ...]:
    return (
        token.text, token.lower_, token.pos_, token.tag_, token.dep_, token.lemma_, token.head.i,
        _indexes(token.children), _indexes(token.lefts), _indexes(token.rights), _indexes(token.subtree),
        _indexes(token.conjuncts), _indexes(token.ancestors), token.left_edge.i, token.right_edge.i,
        token.like_num, token.is_punct, token.is_space, token.is_alpha, token.is_digit, token.is_title, token.is_upper,
    )  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_word_answers_as_spacy_does(english: English, sentence: str) -> None:
    plain = load_model()
    [(words, spaces)] = _inputs([sentence])
    theirs = plain(Doc(plain.vocab, words=words, spaces=spaces))
    [ours] = english.parse([(words, spaces)])
    assert [_told(token) for token in ours] == [_told(token) for token in theirs]


def test_a_word_beyond_the_sentence_is_an_error(english: English) -> None:
    [(first, *_, last)] = english.parse(_inputs(["Norrick fell ."]))
    assert first.nbor().text == "fell"
    assert last.nbor(-1).text == "fell"
    with pytest.raises(IndexError):
        first.nbor(-1)


def test_a_sentence_reads_the_same_alone_and_in_any_company(english: English) -> None:
    together = [[_told(token) for token in doc] for doc in english.parse(_inputs(SENTENCES))]
    backward = [[_told(token) for token in doc] for doc in english.parse(_inputs(SENTENCES[::-1]))][::-1]
    alone = [[_told(token) for token in doc] for given in _inputs(SENTENCES) for doc in English.load().parse([given])]
    assert together == backward == alone


def test_vectors_from_the_table_are_those_of_the_network_bit_for_bit(english: English) -> None:
    plain = load_model()
    docs = [Doc(plain.vocab, words=words, spaces=spaces) for words, spaces in _inputs(SENTENCES)]
    theirs = plain.get_pipe("tok2vec").predict(docs)
    vocab = english.nlp.vocab
    for _ in range(2):  # the second time, all of them are in the table
        again = [Doc(vocab, words=words, spaces=spaces) for words, spaces in _inputs(SENTENCES)]
        ours = english.nlp.get_pipe("tok2vec").predict(again)
        assert all(np.array_equal(one, other) for one, other in zip(ours, theirs, strict=True))


def test_tables_begin_anew_when_they_are_full(english: English) -> None:
    rows = english.nlp.get_pipe("tok2vec").model.layers[0].attrs["rows"]
    some = next(iter(english.known.values()))
    english.known.update({(f"word{number}", "NN", "dep"): some for number in range(KEPT + 1)})
    rows.at.update({-number: 0 for number in range(KEPT + 1)})
    list(english.parse(_inputs(["Norrick fell ."])))
    assert len(english.known) < KEPT
    assert len(rows.at) < KEPT
