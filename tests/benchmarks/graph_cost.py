"""Cost of the graph half on a generated graph in our own shape, each figure beside Oxigraph's own in the same run.

``python tests/benchmarks/graph_cost.py [TRIPLES]`` (1,000,000 by default): CPU seconds for building article graphs, for
the stored questions (``run_query`` against raw pyoxigraph) and for Turtle and N-Quads (ours against Oxigraph's dump).
"""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from kg import terms
from kg.article_graph import build_article_graph
from kg.exporters.rdf import format_rdf
from kg.query import list_queries, run_query
from kg.results import format_results
from kg.store import EmbeddedStore
from tests.fused import make_fused_store
from tests.strategies import RUN
from tests.test_article_graph import ARTICLE, make_frame

MINTED = re.compile(rf"({re.escape(terms.BASE)}(?!graph/fused)[a-z]+/[a-z0-9]+)")
#: Publishers, runs and the like are shared by articles.
SHARED = re.compile(r"/(publisher|run|software|time)/")
REPEATS = 3


def write(line: str = "") -> None:
    sys.stdout.write(line + "\n")


def measure(action: Callable[[], object]) -> float:
    """The best of some runs, in CPU seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def generate_quads(triples: int) -> bytes:
    """Copies of one article with its fused decision, each with names of its own."""
    model = make_fused_store().dump().decode()
    parts, size = [], model.count("\n")
    for number in range(max(1, triples // size)):

        def rename(match: re.Match[str], number: int = number) -> str:
            return match[1] if SHARED.search(match[1]) else f"{match[1]}x{number}"

        parts.append(MINTED.sub(rename, model))
    return "".join(parts).encode()


def compare(name: str, ours: float, theirs: float) -> None:
    write(f"{name:32} {ours:9.3f} s {theirs:9.3f} s {ours / theirs if theirs else 0:6.2f}x")


def main(triples: int) -> None:
    start = time.process_time()
    for _ in range(50):
        graph = build_article_graph(ARTICLE, [make_frame()], run=RUN)
    seconds = time.process_time() - start
    write(f"building article graphs: {50 * len(graph) / seconds:,.0f} triples/s")
    data = generate_quads(triples)
    inner = ox.Store()
    write(f"Oxigraph bulk load: {measure_load(inner, data):.2f} s for {len(inner):,} triples")
    store = EmbeddedStore(inner, location="memory:")
    write(f"\n{'':32} {'ours':>11} {'Oxigraph':>11}")
    fused = [ox.NamedNode(terms.FUSED_GRAPH)]
    total_ours = total_theirs = 0.0
    for question in list_queries():
        text, kind = question.text, "ttl" if question.name == "decisions-graph" else "json"
        if kind == "ttl":
            continue

        def ask_ours(name: str = question.name) -> None:
            format_results(run_query(store, name), "json")

        def ask_theirs(text: str = text) -> None:
            results = inner.query(text, prefixes=terms.PREFIXES, default_graph=fused)
            results.serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr,call-arg]

        ours, theirs = measure(ask_ours), measure(ask_theirs)
        total_ours, total_theirs = total_ours + ours, total_theirs + theirs
        compare(question.name, ours, theirs)
    compare("all questions", total_ours, total_theirs)
    flat = ox.Store()
    flat.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in inner)

    def export_ours() -> None:
        format_rdf(store, "ttl")

    def export_theirs() -> None:
        flat.dump(format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph(), prefixes=terms.PREFIXES)

    compare("Turtle", measure(export_ours), measure(export_theirs))

    def lines_ours() -> None:
        format_rdf(store, "nq")

    def lines_theirs() -> None:
        inner.dump(format=ox.RdfFormat.N_QUADS)

    compare("N-Quads", measure(lines_ours), measure(lines_theirs))


def measure_load(inner: ox.Store, data: bytes) -> float:
    start = time.process_time()
    inner.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    return time.process_time() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
