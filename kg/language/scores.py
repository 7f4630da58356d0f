"""What the decision heads saw in a ``Doc``: evidence for the extractors, not a decision by itself."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

__all__ = ["DecisionScores", "decision_scores", "store_scores"]

#: Key in ``Doc.user_data``; the value is a dict of arrays, so that a ``Doc`` can still be serialised.
USER_DATA_KEY = "kg_decision_scores"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionScores:
    """Probabilities (0-1, float32) by token of the ``Doc``; columns in the order of ``kg.language.labels``.

    ``triggers`` (token, 8) over ``TRIGGERS`` ("O" first), ``statuses`` (token, 4) over ``STATUSES``, ``limits``
    (token, 3) over ``LIMIT_TAGS``, ``kinds`` (token, 8) over ``KINDS``, ``effects`` (token, 3) over ``EFFECTS``.
    ``role_pairs`` (pair, 2) are tokens (trigger, word of its sentence) with ``roles`` (pair, 4) over ``ROLES``;
    ``limit_pairs`` (pair, 2) are tokens (trigger, first word of a limit in reach) with ``belongs`` (pair,), the
    probability that the limit bounds the trigger's decision; ``teller_pairs`` (pair, 2) are tokens (trigger, word of its
    sentence or of the ``REACH`` before or after) with ``tells`` (pair,), the probability that the word names who tells of
    the decision. Triggers below 0.1 and limit starts below 0.1 have no pairs.
    ``acts`` (token, 32) are no probabilities but unit vectors, alike where two words trigger one act; ``states``
    (token, 384) are what the heads read of each word, for other readers.
    """

    triggers: NDArray[np.float32]
    statuses: NDArray[np.float32]
    limits: NDArray[np.float32]
    kinds: NDArray[np.float32]
    effects: NDArray[np.float32]
    role_pairs: NDArray[np.int32]
    roles: NDArray[np.float32]
    teller_pairs: NDArray[np.int32]
    tells: NDArray[np.float32]
    limit_pairs: NDArray[np.int32]
    belongs: NDArray[np.float32]
    acts: NDArray[np.float32]
    states: NDArray[np.float32]


def decision_scores(doc: Doc) -> DecisionScores | None:
    """The decision heads' scores of a ``Doc`` of the bundled pipeline; nothing for other pipelines."""
    arrays = doc.user_data.get(USER_DATA_KEY)
    return None if arrays is None else DecisionScores(**arrays)


def store_scores(doc: Doc, scores: DecisionScores) -> None:
    """Keeps the scores with the ``Doc``."""
    doc.user_data[USER_DATA_KEY] = {item.name: getattr(scores, item.name) for item in fields(scores)}
