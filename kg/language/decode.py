"""Scores to structures, in numpy only: trees, sentences and entities that are valid whatever the scores."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["decode_entities", "decode_heads", "decode_trees", "find_arborescence", "split_sentences"]

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

#: Taken from every arc from the root, so that a best tree has exactly one.
_ROOT_PENALTY = 1e6

#: Roots tried one by one, the likeliest first, before all are weighed at once.
_MOST_ROOTS = 4


def split_sentences(starts: Floats, breaks: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open word ranges of the sentences of one window.

    ``starts`` is (word, 2), scores of going on and of starting; a sentence starts at every paragraph break too.
    """
    if len(breaks) == 0:
        return []
    first = (starts[:, 1] > starts[:, 0]) | breaks
    first[0] = True
    places = [int(place) for place in np.flatnonzero(first)]
    return list(zip(places, [*places[1:], len(breaks)], strict=True))


def decode_trees(arcs: Floats, sentences: list[tuple[int, int]]) -> Ints:
    """The heads of a window's words: 0 is the root, otherwise counted from 1; a tree with one root for each sentence.

    ``arcs`` is (word, head), the root in column 0; ``sentences`` are half-open ranges that cover the words in order.
    Where the best root and the best head of every other word make no tree, the best tree is found after Chu and Liu
    1965 and Edmonds 1967.
    """
    sizes = [last - first for first, last in sentences]
    number = np.repeat(np.arange(len(sentences)), sizes)
    inner = np.where(number[:, None] == number, arcs[:, 1:], -np.inf)
    np.fill_diagonal(inner, -np.inf)
    heads: Ints = inner.argmax(1) + 1
    gains = arcs[:, 0] - inner[np.arange(len(heads)), heads - 1]
    roots = [first + int(gains[first:last].argmax()) for first, last in sentences]
    heads[roots] = 0
    for place in sorted(set(number[_list_lost(heads)].tolist())):
        first, last = sentences[place]
        square = np.full((last - first + 1, last - first + 1), -np.inf)
        square[1:, 0], square[1:, 1:] = arcs[first:last, 0], inner[first:last, first:last]
        found = _find_tree(square)
        heads[first:last] = np.where(found == 0, 0, found + first)
    return heads


def decode_heads(scores: Floats) -> Ints:
    """The heads of one sentence's words, as ``decode_trees`` gives them."""
    return decode_trees(scores, [(0, len(scores))])


def _list_lost(heads: Ints) -> NDArray[np.bool_]:
    """Words from which no root can be reached."""
    links = np.concatenate([[0], heads])
    for _ in range(len(heads).bit_length()):
        links = links[links]
    lost: NDArray[np.bool_] = links[1:] != 0
    return lost


def _find_tree(square: NDArray[np.float64]) -> Ints:
    """The best tree with one root; ``square`` is (node, head) with the root as node 0.

    The best heads of all words but the root bound what a root can reach, so that few roots need a search of their own.
    """
    tops = square[1:, 1:].max(1)
    bounds = tops.sum() - tops + square[1:, 0]
    best, found = -np.inf, None
    for root in np.argsort(-bounds, kind="stable").tolist()[:_MOST_ROOTS]:
        if bounds[root] <= best:
            break
        heads = _find_rooted_tree(square, root + 1)
        total = float(square[np.arange(1, len(square)), heads].sum())
        if total > best:
            best, found = total, heads
    else:
        square[1:, 0] -= _ROOT_PENALTY
        return find_arborescence(square)[1:]
    assert found is not None
    return found


def _find_rooted_tree(square: NDArray[np.float64], root: int) -> Ints:
    """The best tree whose root is the node ``root``."""
    scores = square.copy()
    scores[:, 0] = -np.inf
    scores[root] = -np.inf
    scores[root, 0] = 0
    return find_arborescence(scores)[1:]


def find_arborescence(scores: NDArray[np.float64]) -> Ints:
    """The best spanning tree rooted in node 0 as each node's head (node 0 is its own).

    ``scores`` is (node, head); every node but 0 needs a finite score from some other node.
    """
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    outside = np.ones(len(heads), bool)
    outside[cycle] = False
    rest = np.flatnonzero(outside)
    gains = scores[cycle] - scores[cycle, heads[cycle]][:, None]
    entries = gains[:, rest].argmax(0)
    exits = scores[np.ix_(rest, cycle)].argmax(1)
    size = len(rest)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = scores[np.ix_(rest, rest)]
    smaller[:size, size] = scores[rest, cycle[exits]]
    smaller[size, :size] = gains[entries, rest]
    found = find_arborescence(smaller)
    for place in range(1, size):
        head = int(found[place])
        heads[rest[place]] = cycle[exits[place]] if head == size else rest[head]
    entry = int(found[size])
    heads[cycle[entries[entry]]] = rest[entry]
    return heads


def find_cycle(heads: Ints) -> Ints | None:
    """The nodes of one cycle that does not hold node 0, or nothing."""
    state = [0] * len(heads)
    state[0] = -1
    links = heads.tolist()
    for start in range(1, len(links)):
        node = start
        while state[node] == 0:
            state[node] = start
            node = links[node]
        if state[node] == start:
            cycle = [node]
            while links[cycle[-1]] != node:
                cycle.append(links[cycle[-1]])
            return np.array(sorted(cycle))
    return None


def decode_entities(scores: Floats, labels: tuple[str, ...], sentences: list[tuple[int, int]]) -> Ints:
    """The best valid BIO tags of a window's words, as label numbers; entities end with their sentence (Viterbi)."""
    tags: Ints = scores.argmax(1)
    if len(tags) == 0:
        return tags
    allowed, inside = _list_transitions(labels)
    wrong = np.concatenate([[False], ~allowed[tags[:-1], tags[1:]]])
    firsts = [first for first, _ in sentences]
    wrong[firsts] = inside[tags[firsts]]
    for first, last in sentences if wrong.any() else ():
        if wrong[first:last].any():
            tags[first:last] = _find_best_path(scores[first:last], allowed, inside)
    return tags


@lru_cache(maxsize=8)
def _list_transitions(labels: tuple[str, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether a label (row) may be followed by another (column), and whether a label goes on with an entity."""
    table = np.ones((len(labels), len(labels)), bool)
    for column, label in enumerate(labels):
        if label.startswith("I-"):
            table[:, column] = [before[1:] == label[1:] and before != "O" for before in labels]
    return table, np.array([label.startswith("I-") for label in labels])


def _find_best_path(scores: Floats, allowed: NDArray[np.bool_], inside: NDArray[np.bool_]) -> list[int]:
    penalty = np.where(allowed, 0.0, -np.inf)
    best = np.where(inside, -np.inf, scores[0])
    back: list[NDArray[np.int64]] = []
    for row in scores[1:]:
        paths = best[:, None] + penalty
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    path = [int(best.argmax())]
    for places in reversed(back):
        path.append(int(places[path[-1]]))
    return path[::-1]
