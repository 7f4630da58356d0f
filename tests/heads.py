"""Learned heads that say what a test wants them to."""

import numpy as np
from spacy.tokens import Doc

from kg.extractors.evidence import Evidence
from kg.language.labels import STATE_SIZE, STATUSES, TRIGGERS
from kg.language.scores import DecisionScores

__all__ = ["evoke"]


def evoke(doc: Doc, word: str, kind: str = "permit", *, chance: float = 1.0) -> Evidence:
    """Heads that see a decision in one word, and nothing else."""
    place = TRIGGERS.index(kind)
    shape = {name: np.zeros((len(doc), 1), np.float32) for name in DecisionScores.__dataclass_fields__}
    shape["states"] = np.zeros((len(doc), STATE_SIZE), np.float32)
    shape["statuses"] = np.full((len(doc), len(STATUSES)), 1 / len(STATUSES), np.float32)
    rows = [[chance * (token.lemma_ == word and column == place) for column in range(len(TRIGGERS))] for token in doc]
    return Evidence(scores=DecisionScores(**shape), triggers=rows, decisions=[sum(row[1:]) for row in rows])
