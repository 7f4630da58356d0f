"""The shapes hold for all that we make, and find what is wrong."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from kg import terms
from kg.article_graph import build_article_graph
from kg.errors import ValidationError
from kg.literals import make_term, make_triple, make_typed
from kg.model import Article, Frame
from kg.store import Store, open_store
from kg.validation import check_graph, validate_graph
from tests.fused import make_fused_store
from tests.strategies import LAW, RUN, read_articles_with_frames


def find(store: Store, kind: str) -> str:
    [row, *_] = store.query(f"SELECT ?x {{ GRAPH ?g {{ ?x a kg:{kind} }} }} ORDER BY ?x")
    return str(row["x"].value)


def graph_of(store: Store, node: str) -> str:
    [row] = store.query(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ <{node}> a ?type }} }}")
    return str(row["g"].value)


def remove(store: Store, node: str, predicate: str) -> None:
    name = graph_of(store, node)
    gone = [q for q in store.read_quads(name) if (q.subject, q.predicate) == (ox.NamedNode(node), make_term(predicate))]
    assert gone
    store.change_graph(name, remove=gone)


def test_example_conforms() -> None:
    report = check_graph(make_fused_store())
    assert report.conforms
    assert report.statements > 100


@settings(parent=LAW, max_examples=8)
@given(read_articles_with_frames(max_size=2))
def test_every_article_graph_conforms(found: list[tuple[Article, list[Frame]]]) -> None:
    store = open_store()
    for article, frames in found:
        store.add_article_graph(build_article_graph(article, frames, run=RUN))
    assert str(validate_graph(store)).endswith(" 0 violations of the shapes")


def test_empty_store_conforms() -> None:
    assert validate_graph(open_store()).conforms


@pytest.mark.parametrize(
    ("kind", "predicate", "message"),
    [
        ("Claim", "prov:wasDerivedFrom", "a claim rests on a passage"),
        ("Claim", "prov:wasGeneratedBy", "a claim names the run that found it"),
        ("Claim", "kg:status", "a claim has one status"),
        ("Constraint", "prov:wasDerivedFrom", "a limit rests on a passage"),
        ("Constraint", "kg:effect", "a limit has one effect"),
        ("SourceLink", "kg:speaker", "a link has one speaker"),
        ("Decision", "kg:claim", "a decision rests on a claim"),
        ("FusedConstraint", "kg:originCount", "counts its origins"),
    ],
)
def test_missing_statement_is_found(kind: str, predicate: str, message: str) -> None:
    store = make_fused_store()
    node = find(store, kind)
    remove(store, node, predicate)
    with pytest.raises(ValidationError, match=message) as caught:
        check_graph(store)
    assert terms.shorten_iri(node) in str(caught.value)


def test_wrong_value_is_found() -> None:
    store = make_fused_store()
    node = find(store, "Claim")
    triple = make_triple(node, "kg:topType", make_term("kg:Made"))
    store.change_graph(graph_of(store, node), add=[ox.Quad(triple.subject, triple.predicate, triple.object)])
    report = validate_graph(store)
    messages = sorted({violation.message for violation in report.violations})
    assert messages == [
        "a claim has one of the seven top types",
        "the article graph was changed after it was built: its name does not fit its statements",
    ]
    assert "kg:Made" in {violation.value for violation in report.violations}


def test_more_origins_than_articles_are_found() -> None:
    store = make_fused_store()
    node = find(store, "Decision")
    remove(store, node, "kg:originCount")
    triple = make_triple(node, "kg:originCount", make_typed(2, "integer"))
    store.change_graph(terms.FUSED_GRAPH, add=[ox.Quad(triple.subject, triple.predicate, triple.object)])
    assert "no more than articles" in str(validate_graph(store))


def test_shifted_quote_is_found() -> None:
    store = make_fused_store()
    [row, *_] = store.query("SELECT ?p { GRAPH ?g { ?p nif:anchorOf ?q } } ORDER BY ?p")
    passage = str(row["p"].value)
    remove(store, passage, "nif:anchorOf")
    triple = make_triple(passage, "nif:anchorOf", "something else")
    store.change_graph(graph_of(store, passage), add=[ox.Quad(triple.subject, triple.predicate, triple.object)])
    assert "the quote is not the text between its offsets (found 'something else')" in str(validate_graph(store))


def test_shapes_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="cannot be read"):
        validate_graph(open_store(), shapes=tmp_path / "none.ttl")
    (tmp_path / "bad.ttl").write_text("@prefix")
    with pytest.raises(ValidationError, match="cannot be read"):
        validate_graph(open_store(), shapes=tmp_path / "bad.ttl")
