"""Judges are fitted to cases: what decides the answers decides the judge, and what is written can be read."""

from pathlib import Path

import pytest

from kg.extractors import judge as judges
from kg.training.cases import Case

fitting = pytest.importorskip(
    "kg.training.fitting", reason="needs the training extra (scikit-learn)", exc_type=ImportError
)

CASES = [
    Case(
        article=f"a{n % 10}",
        features=("even" if n % 2 == 0 else "odd", "always", f"once {n}"),
        evidence=(1.0 if n % 2 == 0 else -1.0,),
        answer="yes" if n % 2 == 0 else "no",
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
    for feature, evidence, likely in (("even", 1.0, True), ("odd", -1.0, False)):
        for heads in (None, (evidence,)):
            assert bool(judge.judge(judge.weigh([feature, "always"]), heads)[1] > 0.5) is likely
