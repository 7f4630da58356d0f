"""Decoders give valid structures for any scores."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.decode import (
    decode_entities,
    decode_heads,
    decode_trees,
    find_arborescence,
    find_cycle,
    split_sentences,
)

LABELS = ("B-ORG", "B-PERSON", "I-ORG", "I-PERSON", "O")


def list_scores(width: int, extra: int = 0):
    finite = st.floats(-50, 50, width=32)
    return st.integers(1, width).flatmap(lambda n: arrays(np.float32, (n, extra or n + 1), elements=finite))


def is_tree(heads: np.ndarray) -> bool:
    return np.count_nonzero(heads == 0) == 1 and find_cycle(np.concatenate([[0], heads])) is None


def score_heads(scores: np.ndarray, heads: np.ndarray) -> float:
    return float(sum(np.float64(scores[word, head]) for word, head in enumerate(heads)))


@given(list_scores(12))
def test_heads_make_a_tree_with_one_root(scores):
    heads = decode_heads(scores)
    assert is_tree(heads)
    assert (heads != np.arange(1, len(heads) + 1)).all()
    assert heads.max(initial=0) <= len(heads)


@settings(max_examples=60)
@given(list_scores(4))
def test_tree_is_the_best_of_all(scores):
    size = len(scores)
    trees = [np.array(heads) for heads in product(range(size + 1), repeat=size)]
    best = max(score_heads(scores, heads) for heads in trees if is_tree(heads))
    assert score_heads(scores, decode_heads(scores)) == pytest.approx(best, abs=1e-3)


@given(list_scores(12), st.integers(1, 12))
def test_sentences_of_a_window_are_decoded_as_if_alone(scores, cut):
    sentences = [(0, cut), (cut, len(scores))] if cut < len(scores) else [(0, len(scores))]
    alone: list[int] = []
    for first, last in sentences:
        found = decode_heads(np.concatenate([scores[first:last, :1], scores[first:last, first + 1 : last + 1]], 1))
        alone += [int(head) + first if head else 0 for head in found]
    assert decode_trees(scores, sentences).tolist() == alone


@given(st.integers(5, 9), st.randoms(use_true_random=False))
def test_likely_roots_find_the_tree_that_all_roots_find(size, random):
    scores = np.array([[random.randint(0, 3) for _ in range(size + 1)] for _ in range(size)], np.float32)
    square = np.full((size + 1, size + 1), -np.inf)
    square[1:] = scores
    np.fill_diagonal(square, -np.inf)
    square[1:, 0] -= 1e6
    best = score_heads(scores, find_arborescence(square)[1:])
    assert score_heads(scores, decode_heads(scores)) == pytest.approx(best)


def test_a_greedy_cycle_is_broken_at_the_smallest_cost():
    scores = np.array([[1, -9, 5], [0, 6, -9]], np.float32)
    assert decode_heads(scores).tolist() == [0, 1]


def test_arborescence_of_a_chain_of_cycles():
    scores = np.full((5, 5), -10.0)
    np.fill_diagonal(scores, -np.inf)
    for word, head in ((1, 2), (2, 1), (3, 4), (4, 3)):
        scores[word, head] = 5
    scores[1, 0], scores[3, 2] = 1, 1
    assert find_arborescence(scores).tolist() == [0, 0, 1, 2, 3]


@given(list_scores(10, len(LABELS)), st.data())
def test_entities_are_valid(scores, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(scores) - 1)), max_size=3)) - {len(scores)})
    places = [0, *[cut for cut in cuts if cut < len(scores)], len(scores)]
    sentences = list(pairwise(places))
    tags = [LABELS[tag] for tag in decode_entities(scores, LABELS, sentences)]
    assert len(tags) == len(scores)
    for first, last in sentences:
        before = "O"
        for tag in tags[first:last]:
            assert not tag.startswith("I-") or before[1:] == tag[1:]
            before = tag


def test_valid_entities_are_kept():
    scores = np.eye(5, dtype=np.float32)[[1, 3, 4, 0]]
    assert decode_entities(scores, LABELS, [(0, 4)]).tolist() == [1, 3, 4, 0]


def test_sentences_start_at_breaks_and_where_the_network_says():
    starts = np.array([[1, 0], [0, 1], [1, 0], [1, 0]], np.float32)
    breaks = np.array([True, False, False, True])
    assert split_sentences(starts, breaks) == [(0, 1), (1, 3), (3, 4)]
    assert split_sentences(starts[:0], breaks[:0]) == []
