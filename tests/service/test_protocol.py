"""SPARQL 1.1 Protocol, case by case as its text and the W3C test suite's protocol section give them."""

import doctest
import json
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from kg import terms
from kg.service import protocol
from kg.service.protocol import MAX_BODY

ASK = "ASK {}"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
JSON = {"Accept": "application/sparql-results+json"}
FUSED = quote(terms.FUSED_GRAPH, safe="")
CLAIMS = "ASK { ?c a kg:Claim }"
DECISIONS = "ASK { ?d a kg:Decision }"
NAMED_CLAIMS = "ASK { GRAPH ?g { ?c a kg:Claim } }"


def ask(client: TestClient, query: str, extra: str = "") -> bool:
    answer = client.get(f"/sparql?query={quote(query)}{extra}", headers=JSON)
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["boolean"])


def graph_of_claims(client: TestClient) -> str:
    query = "SELECT ?g { GRAPH ?g { ?c a kg:Claim } }"
    [row] = client.get("/sparql", params={"query": query}, headers=JSON).json()["results"]["bindings"]
    return quote(row["g"]["value"], safe="")


def test_query_by_get(client: TestClient) -> None:
    assert ask(client, ASK) is True


def test_query_by_form(client: TestClient) -> None:
    answer = client.post("/sparql", content=f"query={quote(ASK)}", headers={**FORM, **JSON})
    assert answer.json()["boolean"] is True
    charset = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    assert client.post("/sparql", content=f"query={quote(ASK)}", headers=charset).status_code == 200


def test_query_by_direct_post(client: TestClient) -> None:
    assert client.post("/sparql", content=ASK, headers={**DIRECT, **JSON}).json()["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("*/*", "application/sparql-results+json"),
        ("text/html, text/*;q=0.2", "text/csv; charset=utf-8"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("", "application/sparql-results+json"),
    ],
)
def test_content_negotiation_of_solutions(client: TestClient, accept: str, media_type: str) -> None:
    for query in ("SELECT ?x { VALUES ?x { 1 } }", ASK):
        answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("*/*", "text/turtle; charset=utf-8"),
    ],
)
def test_content_negotiation_of_graphs(client: TestClient, accept: str, media_type: str) -> None:
    for query in ("CONSTRUCT { ?d a kg:Decision } WHERE { ?d a kg:Decision }", "DESCRIBE ?d { ?d a kg:Decision }"):
        answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
        assert b"test/d" in answer.content.replace(b"\\", b"")


def test_type_that_is_not_to_be_had(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": ASK}, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "allowed: application/sparql-results+json" in answer.text


def test_default_graph_is_the_fused_one(client: TestClient) -> None:
    assert ask(client, DECISIONS)
    assert not ask(client, CLAIMS)
    assert ask(client, NAMED_CLAIMS)


def test_dataset_of_the_request(client: TestClient) -> None:
    claims = graph_of_claims(client)
    assert ask(client, CLAIMS, f"&default-graph-uri={claims}")
    assert not ask(client, DECISIONS, f"&default-graph-uri={claims}")
    assert not ask(client, NAMED_CLAIMS, f"&default-graph-uri={claims}")
    assert ask(client, NAMED_CLAIMS, f"&named-graph-uri={claims}")
    assert not ask(client, NAMED_CLAIMS, f"&named-graph-uri={FUSED}")
    assert not ask(client, DECISIONS, f"&named-graph-uri={FUSED}")
    both = f"&default-graph-uri={claims}&default-graph-uri={FUSED}"
    assert ask(client, CLAIMS, both)
    assert ask(client, DECISIONS, both)
    full = f"&default-graph-uri={FUSED}&named-graph-uri={claims}"
    assert ask(client, "ASK { ?d kg:claim ?c . GRAPH ?g { ?c a kg:Claim } }", full)


def test_dataset_of_the_request_overrides_the_querys(client: TestClient) -> None:
    claims = graph_of_claims(client)
    query = "ASK FROM graph:fused { ?c a kg:Claim }"
    assert not ask(client, query)
    assert ask(client, query, f"&default-graph-uri={claims}")


def test_dataset_with_posts(client: TestClient) -> None:
    claims = graph_of_claims(client)
    form = f"query={quote(CLAIMS)}&default-graph-uri={claims}"
    assert client.post("/sparql", content=form, headers={**FORM, **JSON}).json()["boolean"] is True
    answer = client.post(f"/sparql?default-graph-uri={claims}", content=CLAIMS, headers={**DIRECT, **JSON})
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(client: TestClient, method: str) -> None:
    answer = client.request(method, "/sparql", params={"query": ASK})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


def test_head(client: TestClient) -> None:
    answer = client.head("/sparql", params={"query": ASK}, headers={"Accept": "text/csv"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")


@pytest.mark.parametrize("query", ["query=ASK%20%7B%7D&query=ASK%20%7B%7D", "other=1", "default-graph-uri=ex%3Ag"])
def test_number_of_queries(client: TestClient, query: str) -> None:
    answer = client.get(f"/sparql?{query}")
    assert answer.status_code == 400
    assert "allowed: one" in answer.text


@pytest.mark.parametrize("kind", ["", "text/plain", "application/json"])
def test_content_type_of_posts(client: TestClient, kind: str) -> None:
    assert client.post("/sparql", content=ASK, headers={"Content-Type": kind}).status_code == 415


def test_malformed_query(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "ASK { ?s ?p }"})
    assert answer.status_code == 400
    assert "error at 1:" in answer.text


@pytest.mark.parametrize("headers", [FORM, DIRECT])
def test_bytes_that_are_not_utf8(client: TestClient, headers: dict[str, str]) -> None:
    content = b"query=ASK%20%7B%7D%FF" if headers is FORM else "ASK { ?s ?p 'é' }".encode("utf-16")
    assert client.post("/sparql", content=content, headers=headers).status_code == 400
    assert client.get("/sparql?query=%FF").status_code == 400


@pytest.mark.parametrize("update", ["CLEAR ALL", "INSERT DATA { <ex:a> <ex:b> <ex:c> }"])
def test_updates_are_refused(client: TestClient, update: str) -> None:
    form = client.post("/sparql", content=f"update={quote(update)}", headers=FORM)
    direct = client.post("/sparql", content=update, headers={"Content-Type": "application/sparql-update"})
    query = client.get("/sparql", params={"query": update})
    assert (form.status_code, direct.status_code, query.status_code) == (403, 403, 400)
    assert "read-only" in form.text
    assert ask(client, DECISIONS)


def test_oversized_request(client: TestClient) -> None:
    content = b"ASK {} #" + b"x" * MAX_BODY
    assert client.post("/sparql", content=content, headers=DIRECT).status_code == 413


def test_service_calls_are_refused(client: TestClient) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    assert client.get("/sparql", params={"query": query}).status_code == 403


@pytest.mark.parametrize("graph", ["not%20an%20iri", "%3Cx%3E"])
def test_graph_name_that_is_no_iri(client: TestClient, graph: str) -> None:
    assert client.get(f"/sparql?query={quote(ASK)}&default-graph-uri={graph}").status_code == 400


MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize("accept", ["text/csv", "text/tab-separated-values", "application/json", "application/xml"])
def test_answers_with_too_many_rows_are_refused(client: TestClient, accept: str) -> None:
    answer = client.get("/sparql", params={"query": MANY}, headers={"Accept": accept})
    assert answer.status_code == 413
    assert "add LIMIT" in answer.text
    assert client.get("/sparql", params={"query": MANY + " LIMIT 1000"}, headers={"Accept": accept}).status_code == 200


def test_results_are_those_of_the_store(client: TestClient) -> None:
    query = "SELECT ?label ?n { ?d a kg:Decision ; rdfs:label ?label ; kg:originCount ?n }"
    answer = json.loads(client.get("/sparql", params={"query": query}, headers=JSON).content)
    assert answer["head"]["vars"] == ["label", "n"]
    [row] = answer["results"]["bindings"]
    assert row["label"] == {"type": "literal", "value": "permit: city council → musicians: play after dusk"}
    assert row["n"] == {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}


def test_docstrings() -> None:
    assert doctest.testmod(protocol).failed == 0
