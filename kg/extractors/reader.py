"""Readers: what the language model's states of a case's words say to a judge, beside its named features.

A reader is a perceptron with one hidden layer (Rumelhart, Hinton and Williams 1986) over the states of a few places of the
text, such as the word that evokes an act and its action, and over how far apart two of them are. Words that no judge has met
have states like those of others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from kg.model import DecisionType

__all__ = ["NOWHERE", "Place", "Reader", "Sight", "average_states", "contrast_states", "mark_type", "place_of"]

Floats = NDArray[np.float32]
#: Words by their numbers in the ``Doc``, end exclusive.
Place = tuple[int, int]
#: No words: their state is all zeros.
NOWHERE: Place = (0, 0)
TYPES = tuple(DecisionType)


class Sight(NamedTuple):
    """What the language model sees of a case: the heads' evidence, the places at which a reader looks, and the pairs of places
    that it compares."""

    evidence: tuple[float, ...]
    places: tuple[Place, ...]
    pairs: tuple[tuple[Place, Place], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Weights of one question: ``places`` (place + pair, width, hidden), ``evidence`` (evidence, hidden), ``bias`` (hidden,),
    ``out`` (hidden, class - 1) and ``level`` (class - 1,)."""

    places: Floats
    evidence: Floats
    bias: Floats
    out: Floats
    level: Floats

    def read(self, sights: Sequence[Sight], evidence: Floats, states: Floats) -> Floats:
        """Scores (case, class - 1) of the cases of one text by what is seen of them and their evidence (case, evidence); the
        text's words have ``states`` (word, width).

        What several cases have at the same place is weighed once.
        """
        hidden = evidence @ self.evidence + self.bias
        count = len(sights[0].places)
        for number, weights in enumerate(self.places[:count]):
            looked = [sight.places[number] for sight in sights]
            rows = {place: row for row, place in enumerate(dict.fromkeys(looked))}
            hidden += (average_states(states, list(rows)) @ weights)[[rows[place] for place in looked]]
        for number, weights in enumerate(self.places[count:]):
            hidden += contrast_states(states, [sight.pairs[number] for sight in sights]) @ weights
        scores: Floats = np.maximum(hidden, 0) @ self.out + self.level
        return scores


def average_states(states: Floats | NDArray[np.float16], places: Sequence[Place]) -> Floats:
    """The mean state (place, width) of the words of each place."""
    means = np.zeros((len(places), states.shape[1]), np.float32)
    for row, (first, end) in enumerate(places):
        if end > first:
            means[row] = states[first] if end == first + 1 else states[first:end].mean(0)
    return means


def contrast_states(states: Floats | NDArray[np.float16], pairs: Sequence[tuple[Place, Place]]) -> Floats:
    """How far apart (pair, width) the mean states of the two places of each pair are; no distance where one is nowhere."""
    first, second = (average_states(states, places) for places in zip(*pairs, strict=True))
    known = np.array([NOWHERE not in pair for pair in pairs], np.float32)
    distances: Floats = np.abs(first - second) * known[:, None]
    return distances


def place_of(*words: Token) -> Place:
    """Where the first of the words stands."""
    return (words[0].i, words[0].i + 1) if words else NOWHERE


def mark_type(kind: DecisionType) -> tuple[float, ...]:
    """A decision type as evidence: 1 in its place, 0 elsewhere."""
    return tuple([float(kind is other) for other in TYPES])
