"""Judges: what the features say, with and without the heads' evidence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extractors.judge import Judge, load_judge

JUDGE = Judge(
    classes=("no", "yes"),
    rows={"for": 0, "against": 1},
    weights=np.array([[2.0], [-3.0]], np.float32),
    bias=np.array([0.5], np.float32),
    stack=np.array([[1.0, 4.0, 0.0]], np.float32),
)


@given(st.lists(st.sampled_from(["for", "against", "unheard of"]), unique=True), st.none() | st.floats(-8, 8))
def test_answers_are_shares_of_one(features: list[str], evidence: float | None) -> None:
    chances = JUDGE.judge(JUDGE.weigh(features), None if evidence is None else (evidence,))
    assert chances.shape == (2,)
    assert float(chances.sum()) == pytest.approx(1, abs=1e-5)


def test_what_was_never_seen_weighs_nothing() -> None:
    assert JUDGE.weigh(["unheard of"]).tolist() == [0.0]
    assert JUDGE.judge(JUDGE.weigh(["unheard of"]))[1] == pytest.approx(1 / (1 + np.exp(-0.5)))


def test_evidence_counts_beside_the_features() -> None:
    scores = JUDGE.weigh(["for"])
    assert JUDGE.judge(scores, (1.0,))[1] > JUDGE.judge(scores)[1] > JUDGE.judge(scores, (-1.0,))[1]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("party", "none"),
        ("decision", "no"),
        ("sameness", "no"),
        ("limit", "none"),
        ("kind", "spatial"),
        ("source", "no"),
    ],
)
def test_the_judges_of_the_package_can_be_read(name: str, first: str) -> None:
    judge = load_judge(name)
    assert judge.classes[0] == first
    assert judge.weights.shape == (len(judge.rows), len(judge.classes) - 1)
    assert judge.stack.shape[0] == len(judge.classes) - 1
