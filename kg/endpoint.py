"""A store in a SPARQL 1.1 server, over its Query, Update and Graph Store services.

``sparql+http://host/query`` names the query service; update and graph store are ``update`` and ``store`` beside it, as in
Oxigraph, or where ``?update=PATH&graphs=PATH`` says. Credentials come from the environment: ``KG_SPARQL_USER`` and
``KG_SPARQL_PASSWORD`` (Basic), or ``KG_SPARQL_TOKEN`` (Bearer). Only graphs of
our own naming are read, changed or listed; the server may hold others.
"""

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox
from rdflib import Dataset, Graph

from kg import terms
from kg.errors import StoreError
from kg.model import Run
from kg.oxigraph import make_dataset, make_graph, read_quads
from kg.records import (
    ARTICLES_QUERY,
    StoredArticle,
    find_article,
    format_marker,
    format_update,
    parse_marker,
    read_articles_table,
    rename_quads,
)
from kg.sparql import wrap_default_graph
from kg.sparql_client import SparqlClient

__all__ = ["EndpointStore"]

OWN_GRAPHS = f"""SELECT DISTINCT ?graph WHERE {{
  GRAPH ?graph {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?graph), "{terms.BASE}graph/"))
}} ORDER BY ?graph"""
GRAPHS_OF = "SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ {article} a schema:NewsArticle }} }} ORDER BY ?graph"
#: Declared on one line, so that the lines of a query keep their numbers but for one.
PROLOGUE = " ".join(f"PREFIX {prefix}: <{base}>" for prefix, base in terms.PREFIXES.items())


class EndpointStore:
    """A store (see ``kg.store.Store``) in a SPARQL server; each write is one request and so one transaction."""

    def __init__(self, client: SparqlClient, *, location: str) -> None:
        self.client = client
        self.location = location
        #: SPARQL is checked here before it is sent, so that its errors are the same as with any store.
        self._checker = ox.Store()

    def list_articles(self) -> tuple[StoredArticle, ...]:
        return read_articles_table(self._select(ARTICLES_QUERY))

    def add_article_graph(self, graph: Graph) -> bool:
        name, article = str(graph.identifier), find_article(graph)
        old = self._find_graphs(article)
        if old == [name]:
            return False
        quads = list(read_quads(graph))
        if old:
            self.client.update(format_update(drop=old, add=quads))
        else:
            self.client.put_graph(name, _format_lines(quads))
        return True

    def remove_article(self, article: str) -> bool:
        found = self._find_graphs(article)
        if found:
            self.client.update(format_update(drop=found))
        return bool(found)

    def _find_graphs(self, article: str) -> list[str]:
        rows = self._select(GRAPHS_OF.format(article=ox.NamedNode(article)))
        return [str(getattr(row["graph"], "value", "")) for row in rows]

    def read_graph(self, name: str) -> Graph:
        inner = ox.Store()
        inner.extend(self.read_quads(name))
        return make_graph(inner, name)

    def list_graphs(self) -> tuple[str, ...]:
        return tuple(str(getattr(row["graph"], "value", "")) for row in self._select(OWN_GRAPHS))

    def replace_graph(self, name: str, quads: Graph | Iterable[ox.Quad]) -> None:
        new = list(rename_quads(quads, name))
        if new:
            self.client.put_graph(name, _format_lines(new))
        else:
            self.client.update(format_update(drop=[name]))

    def change_graph(self, name: str, *, remove: Iterable[ox.Quad] = (), add: Iterable[ox.Quad] = ()) -> None:
        text = format_update(remove=rename_quads(remove, name), add=rename_quads(add, name))
        if text:
            self.client.update(text)

    def read_marker(self) -> Run | None:
        return parse_marker(self.read_quads(terms.META_GRAPH))

    def write_marker(self, run: Run) -> None:
        self.replace_graph(terms.META_GRAPH, format_marker(run))

    def query(
        self, text: str, *, default_graphs: Sequence[str] | None = None, named_graphs: Sequence[str] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        kind = self._checker.query(text, prefixes=terms.PREFIXES)
        dataset = [("default-graph-uri", name) for name in default_graphs or ()]
        dataset += [("named-graph-uri", name) for name in named_graphs or ()]
        if default_graphs is not None and len(default_graphs) == 1 and named_graphs is None:
            # the protocol would leave a query with a default graph no named graph
            text, dataset = wrap_default_graph(text, default_graphs[0]), []
        text = f"{PROLOGUE}\n{text}"
        if isinstance(kind, ox.QueryTriples):
            return _as_results(self.client.construct(text, dataset))
        results = self._parse_results(self.client.select(text, dataset))
        if isinstance(kind, ox.QueryBoolean) and isinstance(results, ox.QuerySolutions):
            # Virtuoso 7 answers ASK with a table, which has a row for yes
            return self._checker.query("ASK {}" if any(True for _ in results) else "ASK { FILTER(false) }")
        return results

    def _parse_results(self, data: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
        try:
            return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"store {self.location}: the answer is no SPARQL result: {error}") from error

    def _select(self, text: str) -> ox.QuerySolutions:
        results = self.query(text)
        assert isinstance(results, ox.QuerySolutions)
        return results

    def read_quads(self, name: str | None = None) -> Iterator[ox.Quad]:
        for each in self.list_graphs() if name is None else [name]:
            yield from rename_quads(_parse_lines(self.client.get_graph(each)), each)

    def dump(self, name: str | None = None) -> bytes:
        if name is not None:
            triples = _parse_lines(self.client.get_graph(name))
            return ox.serialize((quad.triple for quad in triples), format=ox.RdfFormat.N_TRIPLES) or b""
        return ox.serialize(self.read_quads(), format=ox.RdfFormat.N_QUADS) or b""

    def as_dataset(self) -> Dataset:
        inner = ox.Store()
        inner.extend(self.read_quads())
        return make_dataset(inner)

    def close(self) -> None:
        self.client.close()


def _format_lines(quads: Iterable[ox.Quad]) -> bytes:
    return "".join(sorted(f"{quad.triple} .\n" for quad in quads)).encode()


def _parse_lines(data: bytes) -> Iterator[ox.Quad]:
    yield from ox.parse(data, format=ox.RdfFormat.TURTLE)


def _as_results(data: bytes) -> ox.QueryTriples:
    """Triples as the result that an embedded store would give."""
    inner = ox.Store()
    inner.extend(_parse_lines(data))
    results = inner.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(results, ox.QueryTriples)
    return results
