"""The one line as a whole: the laws over real articles."""

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from spacy.language import Language

from kg.exporters import format_graph
from kg.pipeline import build, remove
from kg.store import Store

pytestmark = pytest.mark.model

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))

TRACE = """
SELECT ?fused ?quote ?publisher ?version WHERE {
  ?fused a kg:Decision ; kg:claim ?claim .
  OPTIONAL { GRAPH ?g {
    ?claim prov:wasDerivedFrom ?passage ; prov:wasGeneratedBy ?run .
    ?passage nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:referenceContext ?article .
    ?article schema:publisher/schema:name ?publisher ; nif:isString ?text .
    ?run kg:modelVersion ?version
    FILTER (SUBSTR(?text, ?start + 1, STRLEN(?quote)) = ?quote)
  } }
}"""


def test_order_and_pieces_make_no_difference(nlp: Language) -> None:
    whole = format_graph(build(SEEDS[:3], nlp=nlp), "nq")
    pieces = build([SEEDS[2]], nlp=nlp)
    build([SEEDS[1], SEEDS[0], SEEDS[2]], pieces, nlp=nlp)
    assert format_graph(pieces, "nq") == whole


def test_taking_out_leaves_what_was_built_without(nlp: Language) -> None:
    store = build(SEEDS[:3], nlp=nlp)
    remove(store.list_articles()[0].article, store)
    left = {entry.headline for entry in store.list_articles()}
    paths = [path for path in SEEDS[:3] if path.read_text(encoding="utf-8").split("---\n")[2].split("\n")[0] in left]
    assert len(paths) == 2
    assert format_graph(store, "nq") == format_graph(build(paths, nlp=nlp), "nq")


def test_every_fused_decision_leads_to_its_passages_outlet_and_run(nlp: Language) -> None:
    store = build(SEEDS, nlp=nlp)
    rows = store.query(TRACE, default_graphs=["https://w3id.org/decision-kg/id/graph/fused"])
    assert isinstance(rows, ox.QuerySolutions)
    rows_found = list(rows)
    assert rows_found
    assert all(row["quote"] and row["publisher"] and row["version"] for row in rows_found)


def test_articles_read_by_another_model_are_read_again(nlp: Language) -> None:
    store = build(SEEDS[:2], nlp=nlp)
    whole = format_graph(store, "nq")
    meta = dict(nlp.meta)
    try:
        nlp.meta["version"] = "9.9.9"
        build([], store, nlp=nlp)
        assert {row["v"].value for row in ask(store, "SELECT ?v WHERE { GRAPH ?g { ?r kg:modelVersion ?v } }")} == {
            "9.9.9"
        }
    finally:
        nlp.meta["version"] = meta["version"]
    build([], store, nlp=nlp)
    assert format_graph(store, "nq") == whole


def ask(store: Store, query: str) -> list[ox.QuerySolution]:
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return list(solutions)


def test_two_hash_seeds_make_the_same_bytes(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "kg", "build", str(ROOT / "seeds"), "--store", f"store-{seed}"]
        command += [
            part
            for ending in ("ttl", "trig", "nq", "jsonld", "graphml", "gexf")
            for part in ("--export", f"{seed}.{ending}")
        ]
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
    for file in tmp_path.glob("1.*"):
        assert file.read_bytes() == file.with_name(file.name.replace("1", "2", 1)).read_bytes(), file.suffix
