"""Scores to structures, in numpy only: trees, sentences and entities that are valid whatever the scores."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["decode_entities", "decode_heads", "find_arborescence", "split_sentences"]

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

#: Taken from every arc from the root, so that a best tree has exactly one.
_ROOT_PENALTY = 1e6


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


def decode_heads(scores: Floats) -> Ints:
    """The heads of one sentence's words: 0 is the root, otherwise counted from 1; always a tree with one root.

    ``scores`` is (word, head), the root in column 0. Where the best root and the best head of every other word make no
    tree, the best tree is found after Chu and Liu 1965 and Edmonds 1967.
    """
    size = scores.shape[0]
    if size == 1:
        return np.zeros(1, np.intp)
    square = np.full((size + 1, size + 1), -np.inf)
    square[1:] = scores
    np.fill_diagonal(square, -np.inf)
    inner = square[1:, 1:]
    root = int((square[1:, 0] - inner.max(1)).argmax())
    heads: Ints = inner.argmax(1) + 1
    heads[root] = 0
    if find_cycle(np.concatenate([[0], heads])) is None:
        return heads
    square[1:, 0] -= _ROOT_PENALTY
    found: Ints = find_arborescence(square)[1:]
    return found


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


def decode_entities(scores: Floats, labels: tuple[str, ...], sentences: list[tuple[int, int]]) -> list[str]:
    """The best valid BIO tags of a window's words; entities end with their sentence (Viterbi)."""
    tags = scores.argmax(1)
    allowed = _list_transitions(labels)
    firsts = {first for first, _ in sentences}
    inside = np.array([label.startswith("I-") for label in labels])
    valid = allowed[tags[:-1], tags[1:]].all() if len(tags) > 1 else True
    if valid and not any(inside[tags[first]] for first in firsts):
        return [labels[tag] for tag in tags]
    found: list[str] = []
    for first, last in sentences:
        found.extend(labels[tag] for tag in _find_best_path(scores[first:last], allowed, inside))
    return found


def _list_transitions(labels: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whether a label (row) may be followed by another (column)."""
    table = np.ones((len(labels), len(labels)), bool)
    for column, label in enumerate(labels):
        if label.startswith("I-"):
            table[:, column] = [before[1:] == label[1:] and before != "O" for before in labels]
    return table


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
