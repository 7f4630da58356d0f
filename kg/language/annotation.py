"""Scores of windows to one annotation of a ``Doc``, by token number."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.language.decode import decode_entities, decode_trees, split_sentences
from kg.language.engine import Engine, WindowScores
from kg.language.labels import (
    ACT_SIZE,
    EFFECTS,
    KINDS,
    LIMIT_TAGS,
    REACH,
    ROLES,
    STATE_SIZE,
    STATUSES,
    TRIGGERS,
    Labels,
)
from kg.language.pieces import PieceEncoder
from kg.language.scores import DecisionScores
from kg.language.windows import DocWindow

__all__ = ["Annotation", "annotate_window", "attach_spaces", "merge_scores"]

#: Words below this probability of being a trigger (or of starting a limit) get no pair scores.
_LEAST = 0.1

_COLUMNS = {"triggers": TRIGGERS, "statuses": STATUSES, "limits": LIMIT_TAGS, "kinds": KINDS, "effects": EFFECTS}
_SIZES = {name: len(labels) for name, labels in _COLUMNS.items()} | {"acts": ACT_SIZE, "states": STATE_SIZE}


@dataclass(slots=True)
class Annotation:
    """By token of a ``Doc`` of ``size`` tokens: label numbers (-1: white space), heads as token numbers (-1: none yet).

    ``rels`` of words that are their own heads mean nothing: those are roots.
    """

    size: int
    upos: NDArray[np.int64] = field(init=False)
    xpos: NDArray[np.int64] = field(init=False)
    feats: NDArray[np.int64] = field(init=False)
    heads: NDArray[np.int64] = field(init=False)
    rels: NDArray[np.int64] = field(init=False)
    entities: NDArray[np.int64] = field(init=False)
    scores: dict[str, NDArray[np.float32]] = field(init=False)
    pairs: dict[str, list[NDArray[np.generic]]] = field(init=False)

    def __post_init__(self) -> None:
        for name in ("upos", "xpos", "feats", "heads", "rels", "entities"):
            setattr(self, name, np.full(self.size, -1, np.int64))
        self.scores = {name: np.zeros((self.size, width), np.float32) for name, width in _SIZES.items()}
        self.pairs = {"role_pairs": [], "roles": [], "limit_pairs": [], "belongs": [], "teller_pairs": [], "tells": []}


def annotate_window(
    annotation: Annotation,
    window: DocWindow,
    engine: Engine,
    encoder: PieceEncoder,
    labels: Labels,
    *,
    starts: NDArray[np.bool_] | None = None,
) -> None:
    """Runs the network on one window and writes what it finds to ``annotation``.

    ``starts`` gives known sentence starts by token; otherwise the network decides.
    """
    scores = engine.run(encoder.encode_window(window.words, window.spaced, window.breaks))
    tokens = np.array(window.tokens)
    for name in ("upos", "xpos", "feats"):
        getattr(annotation, name)[tokens] = getattr(scores, name)
    if starts is None:
        sentences = split_sentences(scores.starts, np.array(window.breaks))
    else:
        sentences = split_sentences(np.zeros((len(tokens), 2), np.float32), starts[tokens])
    heads = decode_trees(scores.arcs, sentences)
    annotation.heads[tokens] = np.where(heads == 0, tokens, tokens[heads - 1])
    annotation.rels[tokens] = _decode_rels(engine, scores, heads, labels)
    annotation.entities[tokens] = decode_entities(scores.entities, labels.entities, sentences)
    _keep_scores(annotation, tokens, engine, scores, sentences)


def _decode_rels(engine: Engine, scores: WindowScores, heads: NDArray[np.int64], labels: Labels) -> NDArray[np.int64]:
    """Labels of the arcs, but never that of roots."""
    found = engine.score_rels(scores, heads)
    found[:, labels.rels.index("root")] = -np.inf
    rels: NDArray[np.int64] = found.argmax(1)
    return rels


def _keep_scores(
    annotation: Annotation,
    tokens: NDArray[np.int64],
    engine: Engine,
    scores: WindowScores,
    sentences: list[tuple[int, int]],
) -> None:
    for name, column in annotation.scores.items():
        column[tokens] = getattr(scores, name)
    pairs = annotation.pairs
    starts = np.flatnonzero(scores.limits[:, LIMIT_TAGS.index("B")] >= _LEAST)
    likely = np.flatnonzero(scores.triggers[:, 0] <= 1 - _LEAST)
    ends = np.searchsorted(np.array([last for _, last in sentences]), likely, "right").tolist()
    for trigger, place in zip(likely.tolist(), ends, strict=True):
        first, last = sentences[place]
        pairs["roles"].append(engine.score_roles(scores, trigger, slice(first, last)))
        pairs["role_pairs"].append(_pair(tokens[trigger], tokens[first:last]))
        about = slice(sentences[max(0, place - REACH)][0], sentences[min(len(sentences) - 1, place + REACH)][1])
        pairs["tells"].append(engine.score_tells(scores, trigger, about))
        pairs["teller_pairs"].append(_pair(tokens[trigger], tokens[about]))
        if len(starts):
            pairs["belongs"].append(engine.score_belongs(scores, trigger, starts))
            pairs["limit_pairs"].append(_pair(tokens[trigger], tokens[starts]))


def _pair(trigger: np.int64, words: NDArray[np.int64]) -> NDArray[np.int32]:
    pairs = np.empty((len(words), 2), np.int32)
    pairs[:, 0], pairs[:, 1] = trigger, words
    return pairs


def merge_scores(annotation: Annotation) -> DecisionScores:
    """The decision scores of all windows."""
    empty = {
        "role_pairs": np.zeros((0, 2), np.int32),
        "roles": np.zeros((0, len(ROLES)), np.float32),
        "limit_pairs": np.zeros((0, 2), np.int32),
        "belongs": np.zeros(0, np.float32),
        "teller_pairs": np.zeros((0, 2), np.int32),
        "tells": np.zeros(0, np.float32),
    }
    pairs = {name: np.concatenate([empty[name], *parts]) for name, parts in annotation.pairs.items()}
    return DecisionScores(**annotation.scores, **pairs)  # type: ignore[arg-type]


def attach_spaces(annotation: Annotation) -> None:
    """Hangs white-space tokens on the token before; leading ones on the first word, or on the first of themselves."""
    missing = np.flatnonzero(annotation.heads < 0)
    if len(missing) == annotation.size:
        annotation.heads[:] = 0
        return
    words = np.flatnonzero(annotation.heads >= 0)
    for token in missing.tolist():
        annotation.heads[token] = token - 1 if token > words[0] else words[0]
