"""Varied training sentences stay well-formed."""

from random import Random

import numpy as np
import pytest

from kg.language.augmentation import add_dateline, augment_documents, change_quotes, drop_words, make_headline
from kg.language.data import Document, Sentence
from kg.language.decode import find_cycle
from kg.language.templates import _PATTERNS, TemplateMaker


def make_sentence() -> Sentence:
    return Sentence(
        words=["The", "port", "was", "closed", "by", "the", "“", "Harbour", "Board", "”", "."],
        spaced=[True, True, True, True, True, True, True, False, True, False, False],
        heads=[2, 4, 4, 0, 9, 9, 9, 9, 4, 9, 4],
        rels=[
            "det",
            "nsubj:pass",
            "aux:pass",
            "root",
            "case",
            "det",
            "punct",
            "compound",
            "obl:agent",
            "punct",
            "punct",
        ],
        xpos=["DT", "NN", "VBD", "VBN", "IN", "DT", "``", "NNP", "NNP", "''", "."],
        upos=["DET", "NOUN", "AUX", "VERB", "ADP", "DET", "PUNCT", "PROPN", "PROPN", "PUNCT", "PUNCT"],
        feats=[""] * 11,
        lemmas=["the", "port", "be", "close", "by", "the", '"', "Harbour", "Board", '"', "."],
        entities=["O"] * 7 + ["B-ORG", "I-ORG", "O", "O"],
    )


def check(sentence: Sentence) -> None:
    size = len(sentence.words)
    for name in ("spaced", "heads", "rels", "xpos", "upos", "feats", "entities"):
        assert len(getattr(sentence, name)) == size
    heads = np.array([0, *sentence.heads])
    assert sentence.heads.count(0) == 1
    assert heads.max() <= size
    assert find_cycle(heads) is None


def test_headline():
    headline = make_headline(make_sentence())
    check(headline)
    assert headline.words == ["port", "closed", "by", "“", "Harbour", "Board", "”"]


def test_words_that_hung_on_a_dropped_word_move_up():
    shorter = drop_words(make_sentence(), {8})
    check(shorter)
    assert shorter.heads[shorter.words.index("Harbour")] == shorter.heads.index(0) + 1
    assert shorter.entities[7] == "B-ORG"


def test_the_root_is_never_dropped():
    assert drop_words(make_sentence(), {3}) == make_sentence()


@pytest.mark.parametrize("seed", range(6))
def test_dateline_and_quotes(seed):
    check(add_dateline(make_sentence(), Random(seed)))
    check(change_quotes(make_sentence(), Random(seed)))


def test_documents_are_varied_the_same_way_for_the_same_seed():
    documents = [Document(str(n), [[make_sentence()]]) for n in range(40)]
    first, second = (list(augment_documents(documents, Random(3))) for _ in range(2))
    assert first == second
    for document in first:
        for sentence in document.sentences():
            check(sentence)


@pytest.mark.parametrize("pattern", _PATTERNS)
def test_patterns_are_trees(pattern):
    maker = TemplateMaker([Document("", [[make_sentence()]])])
    for seed in range(5):
        check(maker.make_sentence(pattern, Random(seed)))
