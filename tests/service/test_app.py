"""Pages, headers, health."""

import doctest
import re

import pytest
from starlette.testclient import TestClient

from kg import terms
from kg.reports import Cell, CoverageRow
from kg.service import headers, pages
from kg.service.answers import Answer
from kg.service.coverage import format_coverage_page
from kg.service.endpoint import AnswerCache
from kg.service.pages import format_address
from tests.service.conftest import HOSTILE


def paths_of(client: TestClient, pattern: str) -> list[str]:
    rows = client.get("/sparql", params={"query": f"SELECT DISTINCT ?x {{ GRAPH ?g {{ {pattern} }} }}"}).json()
    return [row["x"]["value"].removeprefix(terms.BASE) for row in rows["results"]["bindings"]]


def test_query_page_has_the_editor_and_the_questions(client: TestClient) -> None:
    page = client.get("/").text
    assert client.get("/sparql").text == page
    assert "What has an actor decided?" in page
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        if address == "data:,":
            continue
        assert address.startswith("/")
        assert client.get(address).status_code == 200
    assert "<script>" not in page


def test_editor_keeps_its_licence(client: TestClient) -> None:
    assert "MIT License" in client.get("/static/yasgui.LICENSE.txt").text


def test_headers_are_safe(client: TestClient) -> None:
    for address in ("/", "/sparql?query=ASK%7B%7D", "/id/none", "/static/service.js", "/healthz", "/nothing"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "articles": 2}


def test_foreign_host_names_are_refused(client: TestClient) -> None:
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400


def test_graph_page_has_its_own_policy(client: TestClient) -> None:
    answer = client.get("/graph")
    assert answer.content == b"<p>graph</p>"
    assert "connect-src" not in answer.headers["content-security-policy"]


def test_thing_for_a_person(client: TestClient) -> None:
    [claim] = paths_of(client, "?x a kg:Claim")
    answer = client.get(f"/id/{claim}", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 200
    assert answer.headers["vary"] == "Accept"
    assert "play after dusk" in answer.text
    assert "kg:topType" in answer.text
    assert "is <b>kg:claim</b> of" in answer.text
    for address in sorted(set(re.findall(r'href="(/id/[^"]+)"', answer.text))):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("media_type", ["text/turtle", "application/ld+json", "application/n-triples"])
def test_thing_for_a_machine(client: TestClient, media_type: str) -> None:
    [claim] = paths_of(client, "?x a kg:Claim")
    answer = client.get(f"/id/{claim}", headers={"Accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    assert b"play after dusk" in answer.content


def test_unknown_thing(client: TestClient) -> None:
    assert client.get("/id/claim/none").status_code == 404
    assert client.get("/id/claim/none", headers={"Accept": "application/n-triples"}).status_code == 404
    assert client.get("/id/%3E%20%7D%20DROP").status_code == 404
    assert client.get("/id/claim/none", headers={"Accept": "image/png"}).status_code == 406


def test_markup_of_articles_stays_text(client: TestClient) -> None:
    articles = paths_of(client, "?x a schema:NewsArticle")
    pages = [client.get(f"/id/{name}").text for name in [*articles, *paths_of(client, "?a schema:publisher ?x")]]
    assert any("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in pages)
    assert not any("<script>alert" in page for page in pages)


def test_pages_lead_to_each_other(client: TestClient) -> None:
    for address in ("/", "/coverage", "/id/article/none"):
        page = client.get(address, headers={"Accept": "text/html"}).text
        assert all(f'<a href="{each}">' in page for each in ("/", "/coverage", "/graph")), address


def test_coverage_matrix_has_its_quotes_and_links(client: TestClient) -> None:
    page = client.get("/coverage")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert '<th scope="col">The Harbour Post</th>' in page.text
    assert "permit: city council → musicians: play after dusk" in page.text
    assert "<details><summary>" in page.text
    assert "<blockquote>" in page.text
    for address in sorted(set(re.findall(r'href="(/id/[^"]+)"', page.text))):
        assert client.get(address).status_code == 200, address


def test_coverage_is_a_page_for_no_decisions_and_for_very_many() -> None:
    assert "kg build" in format_coverage_page([])
    cell = Cell(state="asserted", quote=HOSTILE, article=terms.BASE + "article/a%2Fb")
    rows = [
        CoverageRow(decision=terms.BASE + "d", label=HOSTILE, agreement="disputed", cells={HOSTILE: cell})
        for _ in range(12)
    ]
    page = format_coverage_page(rows, max_rows=10)
    assert page.count("<tr class=") == 10
    assert "The first 10 rows of 12" in page
    assert "<script>" not in page
    assert 'href="/id/article/a%252Fb"' in page


def test_local_addresses_name_the_whole_iri(client: TestClient) -> None:
    passages = paths_of(client, "?c prov:wasDerivedFrom ?x")
    assert any("#char=" in name for name in passages)
    for name in passages:
        answer = client.get(format_address(terms.BASE + name))
        assert answer.status_code == 200
        assert f"<code>{terms.BASE}{name}</code>" in answer.text


@pytest.mark.parametrize("host", ["testserver:8765", "TESTSERVER"])
def test_host_names_are_taken_with_port_and_in_any_case(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200
    assert client.get("/sparql?query=ASK%7B%7D", headers={"Host": "evil.example"}).status_code == 400


def test_kept_answers_are_bounded_and_true(client: TestClient) -> None:
    query = {"query": "SELECT ?label { ?d a kg:Decision ; rdfs:label ?label }"}
    answers = [client.get("/sparql", params=query, headers={"Accept": "text/csv"}) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert answers[0].headers["content-type"] == answers[1].headers["content-type"] == "text/csv; charset=utf-8"
    assert client.get("/sparql", params=query, headers={"Accept": "application/json"}).json()["results"]
    cache = AnswerCache(size=100)
    for number in range(50):
        cache.keep(b"%d" % number, Answer(status=200, media_type="text/csv", body=b"x" * 30))
    assert cache.find(b"0") is None
    assert cache.find(b"49") is not None
    cache.keep(b"refused", Answer(status=503, media_type="text/plain", body=b""))
    assert cache.find(b"refused") is None


def test_docstrings() -> None:
    assert doctest.testmod(pages).failed == doctest.testmod(headers).failed == 0
