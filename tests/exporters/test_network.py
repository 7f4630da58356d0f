"""The fused graph for networkx and the tools that read GraphML and GEXF."""

import io

import networkx as nx
import pytest

from kg.exporters.network import format_network, to_networkx
from kg.store import Store, open_store
from tests.fused import make_fused_store


@pytest.fixture(scope="module")
def store() -> Store:
    return make_fused_store()


def test_nodes_and_edges(store: Store) -> None:
    graph = to_networkx(store)
    kinds = sorted(kind for _, kind in graph.nodes(data="kind"))
    assert kinds == ["actor", "actor", "article", "decision", "limit", "outlet"]
    roles = sorted(role for *_, role in graph.edges(keys=True))
    assert roles == ["concerns", "decides", "limited by", "publishes", "reports", "states"]
    [decision] = [data for _, data in graph.nodes(data=True) if data["kind"] == "decision"]
    assert (decision["status"], decision["agreement"], decision["origins"]) == ("Made", "SingleOrigin", 1)


def test_graphml_reads_back(store: Store) -> None:
    data = format_network(store, "graphml")
    assert data == format_network(store, "graphml")
    read = nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    assert dict(read.nodes(data=True)) == dict(to_networkx(store).nodes(data=True))


def test_gexf_reads_back_without_the_day(store: Store) -> None:
    data = format_network(store, "gexf")
    assert b"lastmodifieddate" not in data
    assert set(nx.read_gexf(io.BytesIO(data))) == set(to_networkx(store))


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    store = make_fused_store(label="a\x01b & <c>")
    read = nx.read_graphml(io.BytesIO(format_network(store, "graphml")), force_multigraph=True)
    assert "a\ufffdb & <c>" in {label for _, label in read.nodes(data="label")}


def test_empty_store_is_an_empty_network() -> None:
    assert len(to_networkx(open_store())) == 0
    assert len(nx.read_graphml(io.BytesIO(format_network(open_store(), "graphml")))) == 0
