"""Pages, headers, health, and a service that outlives its queries."""

import asyncio
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg import terms
from kg.service.app import build_app
from kg.service.workers import Task, WorkerPool

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def make_task(text: str) -> Task:
    return Task(text=text, default_graphs=None, named_graphs=None, accepted=("text/csv",), max_rows=100)


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


def test_service_outlives_runaway_queries(snapshot: Path) -> None:
    pool = WorkerPool(snapshot, size=1, timeout=60)
    with TestClient(build_app(pool, max_rows=10, hosts=("testserver",))) as client:
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        pool.timeout = 2.5
        answer = client.get("/sparql", params={"query": RUNAWAY})
        assert answer.status_code == 503
        assert "longer than 2.5 seconds" in answer.text
        pool.timeout = 60
        assert client.get("/healthz").json()["status"] == "ok"


def test_cheap_queries_are_answered_beside_runaway_ones(snapshot: Path) -> None:
    async def mix() -> tuple[list[int], list[int]]:
        pool = WorkerPool(snapshot, size=2, timeout=60)
        await pool.answer(make_task("ASK {}"))
        pool.timeout = 3
        slow = [asyncio.create_task(pool.answer(make_task(RUNAWAY)))]
        await asyncio.sleep(0)
        pool.timeout = 60
        cheap = [await pool.answer(make_task("ASK {}")) for _ in range(20)]
        done = [(await task).status for task in slow]
        pool.close()
        return done, [answer.status for answer in cheap]

    slow, cheap = asyncio.run(mix())
    assert slow == [503]
    assert cheap == [200] * 20
