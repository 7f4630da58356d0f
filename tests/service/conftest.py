"""The service on a store with one article and its fused graph, as a client sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.article_graph import build_article_graph
from kg.service.app import build_app
from kg.service.workers import WorkerPool, make_snapshot
from kg.store import EmbeddedStore
from tests.fused import make_fused_store
from tests.strategies import RUN, build_article

#: An article whose every field would like to be markup.
HOSTILE = "<script>alert(1)</script>\"'&"


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = make_fused_store()
    assert isinstance(store, EmbeddedStore)
    store.add_article_graph(build_article_graph(build_article(HOSTILE, publisher=HOSTILE), [], run=RUN))
    return make_snapshot(store.inner, tmp_path_factory.mktemp("served"))


def make_graph_page() -> bytes:
    return b"<p>graph</p>"


@pytest.fixture(scope="session")
def client(snapshot: Path) -> Iterator[TestClient]:
    pool = WorkerPool(snapshot, size=2, timeout=60)
    app = build_app(pool, max_rows=1000, hosts=("testserver",), graph_page=make_graph_page)
    with TestClient(app, follow_redirects=False) as client:
        yield client
