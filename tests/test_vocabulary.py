"""The ontology's graph: labels of terms can be asked, and nothing else changes by it."""

from pathlib import Path

import pytest

from kg import terms
from kg.exporters import format_graph
from kg.ontology import load_ontology
from kg.pipeline import build, remove
from kg.query import run_query
from kg.results import tabulate_results
from kg.store import open_store
from kg.vocabulary import write_vocabulary
from tests.fused import make_fused_store

LABELS = """
SELECT ?decision ?type ?typeLabel {
  ?decision a kg:Decision ; kg:topType ?type . GRAPH graph:ontology { ?type rdfs:label ?typeLabel }
}"""
MINE = """
@prefix kg: <https://w3id.org/decision-kg/ontology#> .
@prefix mine: <https://example.org/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
mine:Recuse a owl:Class ; rdfs:subClassOf kg:Refuse ; rdfs:label "recuse"@en .
"""
HARBOUR = "Council bans boats in the old harbour\nThe city council has banned boats in the old harbour.\n"
FIREWORKS = "Mayor bans fireworks\nThe mayor of Arlen has banned fireworks until 31 March.\n"


def test_labels_of_terms_can_be_asked() -> None:
    store = make_fused_store()
    assert tabulate_results(run_query(store, LABELS))[1] == []
    write_vocabulary(store, load_ontology())
    assert tabulate_results(run_query(store, LABELS))[1] == [("id:test/d", "kg:Permit", "permit")]


def test_default_graph_and_stored_answers_stay_as_they_were() -> None:
    store, plain = make_fused_store(), make_fused_store()
    write_vocabulary(store, load_ontology())
    assert not run_query(store, "ASK { kg:Permit ?p ?o }")
    assert store.list_articles() == plain.list_articles()
    for name in ("decisions", "limits", "evidence", "articles", "sources"):
        assert tabulate_results(run_query(store, name)) == tabulate_results(run_query(plain, name))
    for name in ("graphml", "gexf"):
        assert format_graph(store, name) == format_graph(plain, name)


def test_terms_are_told_and_entries_are_not() -> None:
    store = open_store()
    write_vocabulary(store, load_ontology())
    subjects = {str(quad.subject.value) for quad in store.read_quads(terms.ONTOLOGY_GRAPH)}  # type: ignore[union-attr]
    assert {terms.KG + name for name in ("Claim", "originCount", "Permit", "Only", "DecisionTypes")} <= subjects
    assert all(subject.startswith(terms.KG.removesuffix("#")) for subject in subjects)
    assert len(list(store.read_quads())) < 2000


def test_terms_of_the_user_are_told_and_go_again(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(MINE)
    store, plain = open_store(), open_store()
    write_vocabulary(store, load_ontology(tmp_path / "mine.ttl"))
    write_vocabulary(plain, load_ontology())
    query = "SELECT ?label { GRAPH graph:ontology { <https://example.org/terms/Recuse> rdfs:label ?label } }"
    assert tabulate_results(run_query(store, query))[1] == [("recuse",)]
    write_vocabulary(store, load_ontology())
    assert sorted(store.dump().splitlines()) == sorted(plain.dump().splitlines())


@pytest.mark.model
def test_building_and_removing_leave_the_same_graphs(tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text(HARBOUR)
    (tmp_path / "fireworks.txt").write_text(FIREWORKS)
    alone = build([tmp_path / "harbour.txt"])
    both = build([tmp_path])
    steps = build([tmp_path / "fireworks.txt"], build([tmp_path / "harbour.txt"]))
    assert terms.ONTOLOGY_GRAPH in both.list_graphs()
    assert format_graph(both, "nq") == format_graph(steps, "nq")
    remove("Mayor bans fireworks", both)
    assert format_graph(both, "nq") == format_graph(alone, "nq")
