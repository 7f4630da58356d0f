"""Runs the exported network (ONNX Runtime), one window at a time."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.language.pieces import Pieces

__all__ = ["Engine", "WindowScores"]

Floats = NDArray[np.float32]
#: Scores below it are as good as it: the exponential function leaves the range of 32 bits beyond e^88.
_LEAST = -80.0


@dataclass(frozen=True, slots=True)
class WindowScores:
    """Outputs for one window, by word. Tags are label numbers, the decision heads' outputs probabilities.

    ``arcs`` is (word, word + 1) with the root in column 0; ``governors`` has the root in row 0; ``acts`` are unit vectors,
    ``states`` what the decision heads read.
    """

    arcs: Floats
    dependents: Floats
    governors: Floats
    xpos: NDArray[np.int64]
    upos: NDArray[np.int64]
    feats: NDArray[np.int64]
    starts: Floats
    entities: Floats
    triggers: Floats
    statuses: Floats
    limits: Floats
    kinds: Floats
    effects: Floats
    roles_from: Floats
    roles_to: Floats
    belongs_from: Floats
    belongs_to: Floats
    tells_from: Floats
    tells_to: Floats
    acts: Floats
    states: Floats


#: Names of the network's outputs, in order.
OUTPUTS = tuple(item.name for item in fields(WindowScores))


class Engine:
    """The network of ``folder``: ``encoder.onnx``, ``rels.onnx`` and ``pairs.npz``.

    A window is always run alone: the dynamic quantisation sets its ranges by what is run together, so batches would
    make a text's result depend on its neighbours. Raises what ONNX Runtime raises on a missing or broken file.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        providers = ["CPUExecutionProvider"]
        self._encoder = onnxruntime.InferenceSession(
            (folder / "encoder.onnx").read_bytes(), options, providers=providers
        )
        self._rels = onnxruntime.InferenceSession((folder / "rels.onnx").read_bytes(), options, providers=providers)
        with np.load(folder / "pairs.npz", allow_pickle=False) as arrays:
            self._roles, self._belongs, self._tells = arrays["roles"], arrays["belongs"], arrays["tells"]

    def run(self, pieces: Pieces) -> WindowScores:
        """Scores one window."""
        inputs = {"ids": [pieces.ids], "shapes": [pieces.shapes], "first": pieces.first}
        arrays = {name: np.array(values, np.int64) for name, values in inputs.items()}
        return WindowScores(*self._encoder.run(OUTPUTS, arrays))

    def score_rels(self, scores: WindowScores, heads: NDArray[np.int64]) -> Floats:
        """Label scores (word, label) of every word under its head (0: the root, else counted from 1 in the window)."""
        inputs = {"dependents": scores.dependents, "governors": scores.governors[heads]}
        return self._rels.run(["rels"], inputs)[0]  # type: ignore[no-any-return]

    def score_roles(self, scores: WindowScores, trigger: int, words: slice) -> Floats:
        """Probabilities (word, role) of what the words are to a trigger word."""
        weights = scores.roles_from[trigger] @ self._roles
        return _softmax(scores.roles_to[words] @ weights.T)

    def score_belongs(self, scores: WindowScores, trigger: int, words: NDArray[np.int64]) -> Floats:
        """Probabilities that the limits starting at ``words`` bound a trigger's decision."""
        return _sigmoid(scores.belongs_to[words] @ (scores.belongs_from[trigger] @ self._belongs[0]))

    def score_tells(self, scores: WindowScores, trigger: int, words: slice) -> Floats:
        """Probabilities that the words name who tells of a trigger's decision."""
        return _sigmoid(scores.tells_to[words] @ (scores.tells_from[trigger] @ self._tells[0]))


def _sigmoid(scores: Floats) -> Floats:
    return (1 / (1 + np.exp(-np.maximum(scores, _LEAST)))).astype(np.float32)


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return (powers / powers.sum(-1, keepdims=True)).astype(np.float32)  # type: ignore[no-any-return]
