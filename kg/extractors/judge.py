"""Judges: linear models over named features that weigh what the grammar and the ontology propose.

Each is a multinomial logistic regression (Cox 1958). Where the pipeline has learned heads, a second, small one weighs the
first one's scores together with the heads' and a reader's (stacked generalisation, Wolpert 1992). ``python -m kg.training``
fits them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kg.extractors.reader import Reader, Sight

__all__ = ["Judge", "load_judge"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Weights of one question with ``classes`` as its answers, the first for "none of these".

    ``rows`` gives a feature's row in ``weights`` (feature, class - 1); features without a row weigh nothing. ``bias`` is
    (class - 1,). ``stack`` is (class - 1, class - 1 + evidence + class - 1 + 1): the weights of the first scores, of the heads'
    evidence, of the reader's scores, and a bias; without columns for evidence it is not used.
    """

    classes: tuple[str, ...]
    rows: dict[str, int]
    weights: Floats
    bias: Floats
    stack: Floats
    reader: Reader | None = None

    def weigh(self, features: Iterable[str]) -> Floats:
        """The features' scores (class - 1,), to be added up with others of the same case."""
        scores: Floats = self.weights[self.find_rows(features)].sum(0)
        return scores

    def find_rows(self, features: Iterable[str]) -> list[int]:
        """Rows of the features that weigh something."""
        get = self.rows.get
        return [row for feature in features if (row := get(feature)) is not None]

    def weigh_all(self, groups: Sequence[Sequence[str]]) -> Floats:
        """`weigh` of many groups of features at once (group, class - 1)."""
        rows: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for group in groups:
            starts.append(len(rows))
            rows += self.find_rows(group)
            ends.append(len(rows))
            rows.append(0)
        weights = self.weights[rows]
        weights[ends] = 0
        scores: Floats = np.add.reduceat(weights, starts, axis=0)
        return scores

    def look(self, sights: Sequence[Sight | None], states: Floats | None) -> Floats | None:
        """The evidence (case, evidence + class - 1) for the cases of a text from what the language model sees of them and from
        its ``states`` (word, width); None where there is no such model."""
        seen = [sight for sight in sights if sight is not None]
        if not seen or states is None:
            return None
        evidence = np.array([sight.evidence for sight in seen], np.float32)
        if self.reader is None:
            return evidence
        return np.concatenate([evidence, self.reader.read(seen, evidence, states)], axis=1)

    def judge(self, scores: Floats, evidence: ArrayLike | None = None) -> Floats:
        """Probabilities (…, class) from the summed scores (…, class - 1), with the evidence of `look` where there is any."""
        scores = scores + self.bias
        if evidence is not None and self.stack.shape[1] > scores.shape[-1] + 1:
            known = np.concatenate([scores, np.asarray(evidence, np.float32)], axis=-1)
            scores = known @ self.stack[:, :-1].T + self.stack[:, -1]
        powers = np.exp(np.minimum(scores, 50))
        powers = np.concatenate([np.ones_like(powers[..., :1]), powers], axis=-1)
        shares: Floats = powers / powers.sum(-1, keepdims=True)
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
            reader=_load_reader(arrays),
        )


def _load_reader(arrays: Mapping[str, Floats]) -> Reader | None:
    parts = {field.name: f"reader_{field.name}" for field in fields(Reader)}
    if any(name not in arrays for name in parts.values()):
        return None
    return Reader(**{part: arrays[name].astype(np.float32) for part, name in parts.items()})
