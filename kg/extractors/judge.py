"""Judges: linear models over named features that weigh what the grammar and the ontology propose.

Each is a multinomial logistic regression (Cox 1958). Where the pipeline has learned heads, a second, small one weighs the
first one's scores together with the heads' (stacked generalisation, Wolpert 1992). ``python -m kg.training`` fits them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["Judge", "load_judge"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Weights of one question with ``classes`` as its answers, the first for "none of these".

    ``rows`` gives a feature's row in ``weights`` (feature, class - 1); features without a row weigh nothing. ``bias`` is
    (class - 1,). ``stack`` is (class - 1, class - 1 + evidence + 1): the weights of the first scores, of the heads'
    evidence, and a bias; without columns for evidence it is not used.
    """

    classes: tuple[str, ...]
    rows: dict[str, int]
    weights: Floats
    bias: Floats
    stack: Floats

    def weigh(self, features: Iterable[str]) -> Floats:
        """The features' scores (class - 1,), to be added up with others of the same case."""
        rows = self.rows
        found = [row for feature in features if (row := rows.get(feature)) is not None]
        scores: Floats = self.weights[found].sum(0)
        return scores

    def judge(self, scores: Floats, evidence: Sequence[float] | None = None) -> Floats:
        """Probabilities (class,) from the summed scores, with the heads' evidence where there is any."""
        scores = scores + self.bias
        if evidence is not None and self.stack.shape[1] > len(scores) + 1:
            scores = self.stack[:, :-1] @ np.concatenate([scores, np.asarray(evidence, np.float32)]) + self.stack[:, -1]
        powers = np.exp(np.concatenate([np.zeros(1, np.float32), np.minimum(scores, 50)]))
        shares: Floats = powers / powers.sum()
        return shares


@cache
def load_judge(name: str) -> Judge:
    """The judge ``name`` that comes with the package."""
    with (files("kg.extractors") / "judges" / f"{name}.npz").open("rb") as file, np.load(file) as arrays:
        names = arrays["features"].tobytes().decode("utf-8").split("\n")
        return Judge(
            classes=tuple(str(arrays["classes"]).split()),
            rows={feature: row for row, feature in enumerate(names)},
            weights=arrays["weights"].astype(np.float32),
            bias=arrays["bias"].astype(np.float32),
            stack=arrays["stack"].astype(np.float32),
        )
