"""The service on a store with one article and its fused graph, as a client sees it."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.article_graph import build_article_graph
from kg.service.app import build_app
from kg.service.evaluation import Evaluator
from kg.service.server import make_snapshot
from kg.service.views import VIEWS
from kg.store import EmbeddedStore, Store
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


def make_graph_page(_: Store) -> bytes:
    return b"<p>graph</p>"


@pytest.fixture(scope="session")
def client(snapshot: Path) -> Iterator[TestClient]:
    evaluator = Evaluator(ox.Store.read_only(str(snapshot)), timeout=60)
    views = {**VIEWS, "graph": make_graph_page}
    app = build_app(evaluator, max_rows=1000, hosts=("testserver",), views=views)
    with TestClient(app, follow_redirects=False) as client:
        yield client
