"""What every store keeps besides graphs, and how it is read and written: the table of articles, the marker, updates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph

from kg import terms
from kg.errors import StoreError
from kg.literals import make_term, make_triple, make_typed
from kg.model import Run
from kg.oxigraph import read_quads

__all__ = [
    "ARTICLES_QUERY",
    "STORE_VERSION",
    "StoredArticle",
    "find_article",
    "format_marker",
    "format_update",
    "parse_marker",
    "read_articles_table",
    "rename_quads",
]

#: Version of the layout: raised when a newer program could not read an older store.
STORE_VERSION = 1
#: The node that carries the marker's triples.
MARKER = terms.BASE + "store"

#: One row for each article graph.
ARTICLES_QUERY = """
SELECT ?article ?graph ?run ?headline ?publisher ?url ?published WHERE {
  GRAPH ?graph {
    ?article a schema:NewsArticle ; rdfs:label ?headline ; prov:wasInfluencedBy ?run .
    OPTIONAL { ?article schema:publisher/schema:name ?publisher }
    OPTIONAL { ?article schema:url ?url }
    OPTIONAL { ?article schema:datePublished ?published }
  }
} ORDER BY ?article ?graph
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article of a store: its IRI, its graph, the run (IRI) that read it, and what names it; empty means unknown."""

    article: str
    graph: str
    run: str
    headline: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""


def read_articles_table(solutions: Iterable[ox.QuerySolution]) -> tuple[StoredArticle, ...]:
    """The rows of ``ARTICLES_QUERY``."""
    names = ("article", "graph", "run", "headline", "publisher", "url", "published")
    return tuple(
        StoredArticle(**{name: str(row[name].value) if row[name] else "" for name in names}) for row in solutions
    )


def find_article(graph: Graph) -> str:
    """The IRI of the article that an article graph is of. Raises ``StoreError`` unless there is exactly one."""
    pattern = (make_term("rdf:type"), make_term("schema:NewsArticle"))
    found = sorted(
        str(quad.subject.value)  # type: ignore[union-attr]
        for quad in read_quads(graph)
        if (quad.predicate, quad.object) == pattern
    )
    if len(found) != 1:
        raise StoreError(f"graph {graph.identifier} has {len(found)} articles; an article graph has exactly one")
    return found[0]


def rename_quads(quads: Graph | Iterable[ox.Quad], name: str) -> Iterator[ox.Quad]:
    """The statements as those of the graph ``name``."""
    graph_name = ox.NamedNode(name)
    for quad in read_quads(quads) if isinstance(quads, Graph) else quads:
        same = quad.graph_name == graph_name
        yield quad if same else ox.Quad(quad.subject, quad.predicate, quad.object, graph_name)


def format_update(*, drop: Iterable[str] = (), remove: Iterable[ox.Quad] = (), add: Iterable[ox.Quad] = ()) -> str:
    """SPARQL Update, one request and so one transaction: drop graphs, remove statements, add statements."""
    parts = [f"DROP SILENT GRAPH {ox.NamedNode(name)}" for name in drop]
    parts += [
        f"{verb} DATA {{\n{lines}}}"
        for verb, quads in (("DELETE", remove), ("INSERT", add))
        if (lines := _format_blocks(quads))
    ]
    return " ;\n".join(parts)


def _format_blocks(quads: Iterable[ox.Quad]) -> str:
    """``GRAPH <name> { … }`` blocks, one for each graph, sorted."""
    blocks: dict[str, list[str]] = {}
    for quad in quads:
        blocks.setdefault(str(quad.graph_name), []).append(f"{quad.subject} {quad.predicate} {quad.object} .\n")
    return "".join(f"GRAPH {name} {{\n{''.join(sorted(lines))}}}\n" for name, lines in sorted(blocks.items()))


def format_marker(run: Run) -> Iterator[ox.Quad]:
    """The marker's statements: layout, and what the last run was made with."""
    name = ox.NamedNode(terms.META_GRAPH)
    for triple in (
        make_triple(MARKER, "kg:storeVersion", make_typed(STORE_VERSION, "integer")),
        make_triple(MARKER, "kg:softwareVersion", run.software),
        make_triple(MARKER, "kg:modelName", run.model),
        make_triple(MARKER, "kg:modelVersion", run.model_version),
        make_triple(MARKER, "kg:ontologyVersion", run.ontology),
    ):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, name)


def parse_marker(quads: Iterable[ox.Quad]) -> Run | None:
    """The run that a marker names; None where there is no marker."""
    found = {str(quad.predicate.value).removeprefix(terms.KG): quad.object for quad in quads}
    values = {name: str(getattr(value, "value", "")) for name, value in found.items()}
    if not values:
        return None
    version = values.get("storeVersion", "")
    if version != str(STORE_VERSION):
        raise StoreError(f"the store has layout {version!r}; this version of kg reads layout {STORE_VERSION}")
    return Run(
        software=values.get("softwareVersion", ""),
        model=values.get("modelName", ""),
        model_version=values.get("modelVersion", ""),
        ontology=values.get("ontologyVersion", ""),
    )
