"""What each stored question answers on ``seeds/``, kept as CSV; ``KG_RECORD=1`` writes the answers anew."""

import os
from pathlib import Path

import pytest

from kg import pipeline
from kg.query import list_queries, run_query
from kg.results import format_results
from kg.store import Store

ROOT = Path(__file__).parent.parent
EXPECTED = ROOT / "tests" / "expected" / "questions"
NAMES = [question.name for question in list_queries()]

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def store() -> Store:
    return pipeline.build([ROOT / "seeds"])


@pytest.mark.parametrize("name", NAMES)
def test_answer_is_the_expected_one(store: Store, name: str) -> None:
    kind = "nt" if name == "decisions-graph" else "csv"
    found, file = format_results(run_query(store, name), kind), EXPECTED / f"{name}.{kind}"
    if os.environ.get("KG_RECORD"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(found)
    if not EXPECTED.is_dir():
        pytest.skip("no answers are recorded yet: KG_RECORD=1 records them with the model that ships")
    assert found.decode() == file.read_bytes().decode()
