"""Oxigraph under rdflib: graphs and datasets that users know, held and searched by Oxigraph.

``OxigraphStore`` gives every plain string back as ``xsd:string``, which rdflib counts as unequal to
``Literal("text")``; here a plain string stays plain. The project's prefixes are bound from the start.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox
from oxrdflib.store import OxigraphStore
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.term import Identifier, Node

from kg import terms

__all__ = ["make_dataset", "make_graph", "read_quads"]


class PlainStore(OxigraphStore):
    """An ``OxigraphStore`` over an open pyoxigraph ``Store``, with plain strings and the project's prefixes."""

    def __init__(self, inner: ox.Store) -> None:
        super().__init__(store=inner)
        for prefix, namespace in terms.PREFIXES.items():
            self.bind(prefix, URIRef(namespace))

    def triples(self, triple_pattern: Any, context: Graph | None = None) -> Iterator[Any]:
        for (subject, predicate, value), contexts in super().triples(triple_pattern, context):
            yield (subject, predicate, _plain(value)), contexts

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        result = super().query(query, initNs, initBindings, queryGraph, **kwargs)
        if result.type == "SELECT":
            result.bindings = [{name: _plain(value) for name, value in row.items()} for row in result.bindings]
        elif result.type == "CONSTRUCT":
            graph = Graph()
            graph += ((subject, predicate, _plain(value)) for subject, predicate, value in result.graph or ())
            result.graph = graph
        return result


def make_graph(inner: ox.Store, identifier: str) -> Graph:
    """The named graph ``identifier`` of an open pyoxigraph store as rdflib ``Graph``."""
    return Graph(store=PlainStore(inner), identifier=URIRef(identifier), bind_namespaces="none")


def make_dataset(inner: ox.Store) -> Dataset:
    """An open pyoxigraph store as rdflib ``Dataset``."""
    return Dataset(store=PlainStore(inner))


def read_quads(graph: Graph) -> Iterable[ox.Quad]:
    """The statements of any rdflib graph as pyoxigraph quads of the graph's own name.

    Raises ``ValueError`` where the graph has a blank node or no IRI as name.
    """
    if isinstance(graph.store, PlainStore):
        return graph.store._inner.quads_for_pattern(None, None, None, _to_name(graph.identifier))
    return _convert_quads(graph)


def _convert_quads(graph: Graph) -> Iterator[ox.Quad]:
    name = _to_name(graph.identifier)
    for subject, predicate, value in graph:
        yield ox.Quad(_to_name(subject), _to_name(predicate), _to_term(value), name)


def _to_name(node: Node) -> ox.NamedNode:
    if not isinstance(node, URIRef):
        raise ValueError(f"{node!r} where an IRI is needed: blank nodes and literals have no name of their own")
    return ox.NamedNode(str(node))


def _to_term(node: Node) -> ox.NamedNode | ox.Literal:
    if not isinstance(node, Literal):
        return _to_name(node)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype))) if node.datatype else ox.Literal(str(node))


def _plain(node: Any) -> Any:
    return Literal(str(node)) if isinstance(node, Literal) and node.datatype == XSD.string else node
