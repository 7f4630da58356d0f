"""One contract for every store; what only a folder can do (locks, kills, foreign contents) below it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from rdflib import Dataset, Graph, Literal, URIRef

from kg import terms
from kg.article_graph import build_article_graph
from kg.errors import StoreError
from kg.model import Article, Frame
from kg.query import list_queries, run_query
from kg.results import tabulate_results
from kg.store import EmbeddedStore, Store, open_store
from tests.fused import fill_fused_store, make_fused_store
from tests.servers import run_oxigraph, run_virtuoso
from tests.strategies import LAW, RUN, build_article, read_articles_with_frames
from tests.test_article_graph import ARTICLE, make_frame

OTHER = build_article("Mayor bans fireworks\n\nThe mayor banned fireworks.", publisher="Valley Radio")


SERVERS = {"oxigraph": run_oxigraph, "virtuoso": run_virtuoso}


@pytest.fixture(scope="module", params=["memory", "folder", *SERVERS])
def location(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param in SERVERS:
        with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as served:
            yield served
    else:
        yield "memory:" if request.param == "memory" else ""


@pytest.fixture
def store(location: str, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    opened = open_store(location or tmp_path / "store")
    for name in opened.list_graphs():
        opened.replace_graph(name, [])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build_article_graph(ARTICLE, [make_frame()], run=RUN)


def dump(store: Store) -> list[str]:
    return sorted(map(str, store.read_quads()))


def test_new_store_is_empty(store: Store) -> None:
    assert store.list_articles() == ()
    assert store.list_graphs() == ()
    assert store.read_marker() is None


def test_article_comes_and_goes(store: Store, graph: Graph) -> None:
    assert store.add_article_graph(graph) is True
    [entry] = store.list_articles()
    assert entry.article == terms.mint_article(ARTICLE.id)
    assert entry.graph == str(graph.identifier)
    assert (entry.headline, entry.publisher, entry.published) == (ARTICLE.headline, "The Harbour Post", "2026-03-01")
    assert set(store.read_graph(entry.graph)) == set(graph)
    assert store.remove_article(entry.article) is True
    assert store.remove_article(entry.article) is False
    assert dump(store) == []


def test_adding_twice_changes_nothing(store: Store, graph: Graph) -> None:
    store.add_article_graph(graph)
    before = dump(store)
    assert store.add_article_graph(graph) is False
    assert dump(store) == before


def test_graph_of_another_run_replaces(store: Store, graph: Graph) -> None:
    store.add_article_graph(graph)
    store.add_article_graph(build_article_graph(OTHER, [], run=RUN))
    newer = build_article_graph(ARTICLE, [make_frame()], run=replace(RUN, model_version="2"))
    assert store.add_article_graph(newer) is True
    assert sorted(entry.graph for entry in store.list_articles()) == sorted(
        [str(newer.identifier), str(build_article_graph(OTHER, [], run=RUN).identifier)]
    )
    assert str(graph.identifier) not in store.list_graphs()


def test_plain_rdflib_graph_is_taken_too(store: Store, graph: Graph) -> None:
    plain = Graph(identifier=graph.identifier)
    plain += graph
    store.add_article_graph(plain)
    assert set(store.read_graph(str(graph.identifier))) == set(graph)


def test_graph_without_article_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="has 0 articles; an article graph has exactly one"):
        store.add_article_graph(Graph(identifier=URIRef("https://example.org/g")))


def test_named_graph_is_replaced_and_changed(store: Store) -> None:
    a, b, c = (ox.Quad(ox.NamedNode(f"ex:{x}"), ox.NamedNode("ex:p"), ox.Literal(f'{x}\n"é')) for x in "abc")
    store.replace_graph(terms.FUSED_GRAPH, [a, b])
    assert store.list_graphs() == (terms.FUSED_GRAPH,)
    store.replace_graph(terms.FUSED_GRAPH, [b, c])
    assert sorted(str(q.subject) for q in store.read_quads(terms.FUSED_GRAPH)) == ["<ex:b>", "<ex:c>"]
    store.change_graph(terms.FUSED_GRAPH, remove=[b], add=[a])
    assert sorted(str(q.subject) for q in store.read_quads(terms.FUSED_GRAPH)) == ["<ex:a>", "<ex:c>"]
    store.change_graph(terms.FUSED_GRAPH)
    store.replace_graph(terms.FUSED_GRAPH, [])
    assert store.list_graphs() == ()


@pytest.mark.parametrize("location", ["memory", "folder"], indirect=True)
def test_a_large_graph_is_written_as_a_small_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.MANY", 2)
    quads = [ox.Quad(ox.NamedNode(f"ex:{x}"), ox.NamedNode("ex:p"), ox.Literal("é")) for x in range(9)]
    store.replace_graph(terms.FUSED_GRAPH, quads[:5])
    store.replace_graph(terms.FUSED_GRAPH, quads)
    assert sorted(str(q.subject) for q in store.read_quads(terms.FUSED_GRAPH)) == [f"<ex:{x}>" for x in range(9)]
    store.replace_graph(terms.FUSED_GRAPH, quads[4:])
    assert sorted(str(q.subject) for q in store.read_quads(terms.FUSED_GRAPH)) == [f"<ex:{x}>" for x in range(4, 9)]


def test_marker_is_kept(store: Store) -> None:
    store.write_marker(RUN)
    assert store.read_marker() == RUN
    store.write_marker(replace(RUN, model="other"))
    assert store.read_marker() == replace(RUN, model="other")


def test_query_names_its_default_graph(store: Store, graph: Graph) -> None:
    store.add_article_graph(graph)
    name = str(graph.identifier)
    assert not store.query("ASK { ?c a kg:Claim }", default_graphs=[terms.FUSED_GRAPH])
    assert store.query("ASK { GRAPH ?g { ?c a kg:Claim } }")
    assert store.query("ASK { ?c a kg:Claim }", default_graphs=[name])
    assert not store.query("ASK { GRAPH ?g { ?c a kg:Claim } }", named_graphs=[terms.FUSED_GRAPH])
    [row] = store.query("SELECT ?t { GRAPH ?g { ?c kg:text ?t } }")  # type: ignore[misc]
    assert row["t"].value == "until 31 March"
    [triple] = store.query("CONSTRUCT { ?c kg:text ?t } WHERE { GRAPH ?g { ?c kg:text ?t } }")  # type: ignore[misc]
    assert triple.object.value == "until 31 March"
    with pytest.raises(SyntaxError):
        store.query("SELEC")


def test_dataset_is_rdflibs(store: Store, graph: Graph) -> None:
    store.add_article_graph(graph)
    dataset = store.as_dataset()
    assert isinstance(dataset, Dataset)
    assert {(s, p, str(o)) for s, p, o in dataset.graph(graph.identifier)} == {(s, p, str(o)) for s, p, o in graph}
    [row] = dataset.query("SELECT ?t { GRAPH ?g { ?c kg:text ?t } }")
    assert row[0] == Literal("until 31 March")


def test_stored_questions_answer_the_same_everywhere(store: Store) -> None:
    fill_fused_store(store)
    model = make_fused_store()
    for question in list_queries():
        expected = tabulate_results(run_query(model, question.name))
        assert tabulate_results(run_query(store, question.name)) == expected, question.name


def test_statements_come_back_from_every_store(store: Store) -> None:
    article = build_article("a\"b'c\\d\ne\tf \u202e אب 😀 <b>&amp; \u0001 { } ?x", publisher='"<Post>"')
    graph = build_article_graph(article, [], run=RUN)
    store.add_article_graph(graph)
    assert set(store.read_graph(str(graph.identifier))) == set(graph)
    assert store.dump().count(b"\n") == len(graph)


def test_one_graph_is_dumped_as_lines(store: Store, graph: Graph) -> None:
    store.add_article_graph(graph)
    store.add_article_graph(build_article_graph(OTHER, [], run=RUN))
    lines = store.dump(str(graph.identifier)).decode().split("\n")
    assert terms.mint_graph(line.removesuffix(" .") for line in lines if line) == str(graph.identifier)
    assert store.dump(terms.FUSED_GRAPH) == b""


@LAW
@given(read_articles_with_frames(min_size=1, max_size=3))
def test_order_repetition_and_removal_leave_no_trace(found: list[tuple[Article, list[Frame]]]) -> None:
    graphs = [build_article_graph(article, frames, run=RUN) for article, frames in found]
    one, other = open_store(), open_store()
    for graph in graphs[:-1]:
        one.add_article_graph(graph)
    for graph in [*reversed(graphs), *graphs]:
        other.add_article_graph(graph)
    other.remove_article(terms.mint_article(found[-1][0].id))
    assert dump(one) == dump(other)
    assert one.list_articles() == other.list_articles()


def test_store_outlives_its_process(tmp_path: Path, graph: Graph) -> None:
    store = open_store(tmp_path / "store")
    store.add_article_graph(graph)
    before = dump(store)
    store.close()
    assert dump(open_store(tmp_path / "store")) == before


def test_open_store_is_locked(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    with pytest.raises(StoreError, match="another process"):
        open_store(tmp_path / "store")
    store.close()
    open_store(tmp_path / "store").close()


def test_foreign_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(StoreError, match="holds other things"):
        open_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="allowed: a folder"):
        open_store(tmp_path / "file")


@pytest.mark.parametrize("location", ["ftp://example.org", "bolt://localhost"])
def test_unknown_kind_is_refused(location: str) -> None:
    with pytest.raises(StoreError, match="no known kind"):
        open_store(location)


def test_damaged_store_is_told(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    (tmp_path / "store" / "CURRENT").write_text("garbage")
    with pytest.raises(StoreError, match="damaged"):
        open_store(tmp_path / "store")


def test_newer_layout_is_told(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    (tmp_path / "store" / "decision-kg-store").write_text("99\n")
    with pytest.raises(StoreError, match="layout '99'"):
        open_store(tmp_path / "store")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="no permission"):
        open_store(tmp_path / "store")


WRITER = """
import sys
from kg.store import open_store
from kg.article_graph import build_article_graph
from tests.strategies import RUN, build_article
store = open_store(sys.argv[1])
print("open", flush=True)
for n in range(int(sys.argv[2])):
    store.add_article_graph(build_article_graph(build_article(f"Article {n}\\n\\nText."), [], run=RUN))
    print(n, flush=True)
"""


@pytest.mark.parametrize("after", ["", "open", "0", "7"])
def test_kill_leaves_whole_graphs_and_the_next_run_completes(tmp_path: Path, after: str) -> None:
    folder = str(tmp_path / "store")
    command = [sys.executable, "-c", WRITER, folder]
    process = subprocess.Popen([*command, "100000"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while after and process.stdout.readline().strip() != after:
        pass
    time.sleep(0 if after else 0.5)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    subprocess.run([*command, "12"], check=True, stdout=subprocess.DEVNULL)
    store = open_store(folder)
    graphs = [build_article_graph(build_article(f"Article {n}\n\nText."), [], run=RUN) for n in range(12)]
    for entry in store.list_articles():
        lines = [str(quad.triple) for quad in store.read_quads(entry.graph)]
        assert terms.mint_graph(lines) == entry.graph
    assert {str(graph.identifier) for graph in graphs} <= set(store.list_graphs())


def test_closing_twice_does_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    store.close()
    store.close()


def test_embedded_store_lends_its_inner_store() -> None:
    store = open_store()
    assert isinstance(store, EmbeddedStore)
    assert isinstance(store.inner, ox.Store)
