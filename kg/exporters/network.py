"""The fused graph as a networkx graph, and that as GraphML and GEXF (Gephi, Cytoscape, yEd).

Nodes are decisions, actors, limits, articles, outlets and conflicts; an edge's ``role`` says what joins them. All
attributes are strings and numbers, so that any tool reads them.
"""

import io
import re
from collections.abc import Iterator
from typing import TypeAlias

import networkx as nx
import pyoxigraph as ox

from kg import terms
from kg.store import Store

__all__ = ["format_network", "to_networkx"]

#: Nodes are IRIs.
Network: TypeAlias = "nx.MultiDiGraph[str]"

#: Characters that XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: networkx notes the day of writing.
WRITTEN = re.compile(rb' lastmodifieddate="[^"]*"')

NODE_QUERIES = {
    "decision": """SELECT ?node ?label ?status ?agreement ?articles ?origins WHERE {
        ?node a kg:Decision ; rdfs:label ?label ; kg:status ?status ; kg:agreement ?agreement ;
          kg:articleCount ?articles ; kg:originCount ?origins }""",
    "actor": """SELECT DISTINCT ?node ?label WHERE {
        ?decision kg:actor|kg:recipient ?node . ?node rdfs:label ?label }""",
    "limit": """SELECT ?node ?label ?effect ?constraint ?agreement ?articles ?origins WHERE {
        ?node a kg:FusedConstraint ; kg:text ?label ; kg:effect ?effect ; kg:constraintKind ?constraint ;
          kg:agreement ?agreement ; kg:articleCount ?articles ; kg:originCount ?origins }""",
    "conflict": """SELECT ?node ?label ?conflict WHERE {
        ?node a kg:Conflict ; rdfs:comment ?label ; kg:conflictKind ?conflict }""",
    "article": """SELECT ?node ?label ?published ?url WHERE {
        GRAPH ?g { ?node a schema:NewsArticle ; rdfs:label ?label .
          OPTIONAL { ?node schema:datePublished ?published } OPTIONAL { ?node schema:url ?url } } }""",
    "outlet": """SELECT DISTINCT ?node ?label WHERE {
        GRAPH ?g { ?article schema:publisher ?node . ?node schema:name ?label } }""",
}
EDGE_QUERIES = {
    "decides": "SELECT ?from ?to { ?to a kg:Decision ; kg:actor ?from }",
    "concerns": "SELECT ?from ?to { ?from a kg:Decision ; kg:recipient ?to }",
    "limited by": "SELECT ?from ?to { ?from a kg:Decision ; kg:constraint ?to }",
    "reports": """SELECT DISTINCT ?from ?to {
        ?to a kg:Decision ; kg:claim ?claim . GRAPH ?g { ?claim dcterms:source ?from } }""",
    "states": """SELECT DISTINCT ?from ?to {
        ?to a kg:FusedConstraint ; prov:wasDerivedFrom ?limit .
        GRAPH ?g { ?limit prov:wasDerivedFrom/nif:referenceContext ?from } }""",
    "publishes": "SELECT DISTINCT ?from ?to { GRAPH ?g { ?to schema:publisher ?from } }",
    "side": """SELECT DISTINCT ?from ?to {
        ?from a kg:Conflict ; kg:side ?side . ?to kg:claim|prov:wasDerivedFrom ?side }""",
}


def to_networkx(store: Store) -> Network:
    """The fused graph for networkx: nodes are IRIs with ``kind`` and ``label``, edges have ``role``, all sorted."""
    graph: Network = nx.MultiDiGraph()
    for kind, query in NODE_QUERIES.items():
        for attributes in _read_rows(store, query):
            node = str(attributes.pop("node"))
            graph.add_node(node, kind=kind, **{name: value for name, value in attributes.items() if value != ""})
    for role, query in EDGE_QUERIES.items():
        for row in _read_rows(store, query):
            start, end = str(row["from"]), str(row["to"])
            if start in graph and end in graph:
                graph.add_edge(start, end, key=role, role=role)
    return graph


def format_network(store: Store, format: str) -> bytes:  # noqa: A002
    """``graphml`` or ``gexf``, the same bytes for the same graph."""
    graph, output = _clean(to_networkx(store)), io.BytesIO()
    if format == "graphml":
        nx.write_graphml_xml(graph, output, named_key_ids=True)
    else:
        nx.write_gexf(graph, output)
    return WRITTEN.sub(b"", output.getvalue()) + b"\n"


def _read_rows(store: Store, query: str) -> Iterator[dict[str, str | int]]:
    """Rows of plain values, sorted; the values of our own terms by their local names."""
    results = store.query(query, default_graphs=[terms.FUSED_GRAPH])
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    rows = sorted({tuple(str(_read_value(row[name])) for name in names): row for row in results}.items())
    for _, row in rows:
        yield {name: _read_value(row[name]) for name in names}


def _read_value(term: object) -> str | int:
    value = str(getattr(term, "value", ""))
    if isinstance(term, ox.Literal):
        return int(value) if term.datatype.value == terms.PREFIXES["xsd"] + "integer" else value
    return value.removeprefix(terms.KG)


def _clean(graph: Network) -> Network:
    """A copy whose strings XML can hold."""
    clean: Network = nx.MultiDiGraph()
    for node, attributes in graph.nodes(data=True):
        clean.add_node(node, **{name: _clean_value(value) for name, value in attributes.items()})
    for start, end, role in graph.edges(keys=True):
        clean.add_edge(start, end, key=role, role=role)
    return clean


def _clean_value(value: str | int) -> str | int:
    return NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
