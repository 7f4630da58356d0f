"""The service's answers are those of rdflib and of the Oxigraph server, on the same statements and the same questions."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic
from starlette.testclient import TestClient

from kg import terms
from kg.query import list_queries
from kg.sparql import wrap_default_graph
from kg.store import open_store
from tests.servers import run_oxigraph

PROLOGUE = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in terms.PREFIXES.items())
JSON = {"Accept": "application/sparql-results+json"}
QUESTIONS = {question.name: question for question in list_queries()}
#: Questions of other forms than the stored ones have.
FORMS = {
    "ask": "ASK { ?d a kg:Decision }",
    "not": "ASK { ?d a kg:Conflict }",
    "unbound": "SELECT ?d ?x { ?d a kg:Decision OPTIONAL { ?d kg:nothing ?x } }",
    "values": "SELECT ?x ?y { VALUES (?x ?y) { (1 'a'@en) (UNDEF '2025-01-01'^^xsd:date) } }",
    "group": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "path": "SELECT ?o { ?d kg:constraint/kg:effect|kg:actor/rdfs:label ?o }",
    "minus": "SELECT ?s { ?s ?p ?o MINUS { ?s a ?class } }",
    "union of graphs": "SELECT ?g ?s { GRAPH ?g { ?s a ?class } FILTER(?class IN (kg:Claim, kg:Decision)) }",
}
#: Name -> question; the one that answers with a graph has a test of its own.
TEXTS = {name: question.text for name, question in QUESTIONS.items() if name != "decisions-graph"} | FORMS
Rows = Counter[tuple[tuple[str, str], ...]]


@pytest.fixture(scope="module")
def statements(snapshot: Path) -> list[ox.Quad]:
    return list(ox.Store.read_only(str(snapshot)))


@pytest.fixture(scope="module")
def server(statements: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The query service of an Oxigraph server with the same statements."""
    with run_oxigraph(tmp_path_factory.mktemp("oxigraph")) as location:
        store = open_store(location)
        for name in {quad.graph_name for quad in statements}:
            store.replace_graph(str(name.value), [quad for quad in statements if quad.graph_name == name])  # type: ignore[union-attr]
        store.close()
        yield location.removeprefix("sparql+")


@pytest.fixture(scope="module")
def dataset(statements: list[ox.Quad]) -> Dataset:
    """The statements in rdflib's own store."""
    dataset = Dataset()
    dataset.parse(data=ox.serialize(statements, format=ox.RdfFormat.N_QUADS), format="nquads")
    return dataset


def spell_out(text: str) -> str:
    return PROLOGUE + wrap_default_graph(text, terms.FUSED_GRAPH)


def read_rows(answer: httpx.Response) -> Rows | bool:
    answer.raise_for_status()
    document = answer.json()
    if "boolean" in document:
        return bool(document["boolean"])
    rows = document["results"]["bindings"]
    return Counter(tuple(sorted((name, term["value"]) for name, term in row.items())) for row in rows)


@pytest.mark.parametrize("name", TEXTS)
def test_answers_are_those_of_the_oxigraph_server(client: TestClient, server: str, name: str) -> None:
    ours = read_rows(client.get("/sparql", params={"query": TEXTS[name]}, headers=JSON))
    theirs = read_rows(httpx.get(server, params={"query": spell_out(TEXTS[name])}, headers=JSON, timeout=60))
    assert ours == theirs


@pytest.mark.parametrize("name", TEXTS)
def test_answers_are_those_of_rdflib(client: TestClient, dataset: Dataset, name: str) -> None:
    ours = read_rows(client.get("/sparql", params={"query": TEXTS[name]}, headers=JSON))
    result = dataset.query(spell_out(TEXTS[name]))
    if result.type == "ASK":
        assert ours == result.askAnswer
        return
    rows = (row.asdict() for row in result)  # type: ignore[union-attr]
    assert ours == Counter(tuple(sorted((key, str(value)) for key, value in row.items())) for row in rows)


def test_graphs_are_those_of_rdflib_and_the_server(client: TestClient, server: str, dataset: Dataset) -> None:
    text = QUESTIONS["decisions-graph"].text
    ours, theirs = (
        Graph().parse(data=answer.text, format="nt")
        for answer in (
            client.get("/sparql", params={"query": text}, headers={"Accept": "application/n-triples"}),
            httpx.get(server, params={"query": spell_out(text)}, headers={"Accept": "application/n-triples"}),
        )
    )
    assert len(ours) > 5
    assert isomorphic(ours, theirs)
    [local] = [dataset.query(spell_out(text)).graph]
    assert local is not None
    assert {tuple(map(str, triple)) for triple in local} == {tuple(map(str, triple)) for triple in ours}
