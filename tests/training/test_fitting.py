"""Judges are fitted to cases: what decides the answers decides the judge, and what is written can be read."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.extractors import judge as judges
from kg.extractors.reader import Sight
from kg.training.cases import Case

fitting = pytest.importorskip(
    "kg.training.fitting", reason="needs the training extra (scikit-learn)", exc_type=ImportError
)

STATES = np.ones((1, 4), np.float16)
CASES = [
    Case(
        article=f"a{n % 10}",
        features=("even" if n % 2 == 0 else "odd", "always", f"once {n}"),
        sight=Sight((1.0 if n % 2 == 0 else -1.0,), ((0, 1),)),
        answer="yes" if n % 2 == 0 else "no",
        states=STATES,
    )
    for n in range(60)
]


@pytest.mark.parametrize("held_out", [frozenset[str](), frozenset({"a0", "a1", "a2", "a3"})])
def test_a_fitted_judge_answers_as_the_cases_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held_out: frozenset[str]
) -> None:
    arrays = fitting.fit_judge(CASES, ("no", "yes"), held_out=held_out)
    assert b"once" not in arrays["features"].tobytes(), "a feature of one case alone is no feature"
    fitting.write_judge(tmp_path / "judges" / "parity.npz", arrays)
    monkeypatch.setattr(judges, "files", lambda _: tmp_path)
    judge = judges.load_judge.__wrapped__("parity")
    assert (judge.reader is None) is (not held_out)
    for feature, evidence, likely in (("even", 1.0, True), ("odd", -1.0, False)):
        for sight in (None, Sight((evidence,), ((0, 1),))):
            seen = judge.look([sight], STATES.astype(np.float32))
            assert bool(judge.judge(judge.weigh_all([(feature, "always")]), seen)[0, 1] > 0.5) is likely


def test_cases_without_places_are_judged_without_a_reader() -> None:
    cases = [replace(case, sight=Sight(case.sight.evidence, ())) for case in CASES if case.sight is not None]
    arrays = fitting.fit_judge(cases, ("no", "yes"), held_out=frozenset({"a0", "a1"}))
    assert arrays["stack"].shape == (1, 3)
    assert not any(name.startswith("reader") for name in arrays)
