"""The graph as RDF, in bytes that depend on its statements alone."""

import json
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kg import terms
from kg.exporters.turtle import format_trig, format_turtle
from kg.store import Store

__all__ = ["RDF_FORMATS", "format_rdf"]

XSD_STRING = terms.PREFIXES["xsd"] + "string"


def format_rdf(store: Store, format: str) -> bytes:  # noqa: A002
    """All graphs of the store but its marker in one of ``RDF_FORMATS``: with graph names where the format has them."""
    return RDF_FORMATS[format](store).encode()


def _read_graphs(store: Store) -> Iterator[tuple[str, str]]:
    """Name and N-Triples of each graph: the fused one, those of the articles, the ontology's."""
    for name in sorted(store.list_graphs(), key=_order_graphs):
        if name != terms.META_GRAPH:
            yield name, store.dump(name).decode()


def _order_graphs(name: str) -> tuple[int, str]:
    return {terms.FUSED_GRAPH: 0, terms.ONTOLOGY_GRAPH: 2}.get(name, 1), name


def _format_turtle(store: Store) -> str:
    return format_turtle(graph for _, graph in _read_graphs(store))


def _format_trig(store: Store) -> str:
    return format_trig(_read_graphs(store))


def _format_quads(store: Store) -> str:
    marker = f" <{terms.META_GRAPH}> ."
    lines = sorted(line for line in store.dump().decode().split("\n") if line and not line.endswith(marker))
    return "".join(f"{line}\n" for line in lines)


def _format_triples(store: Store) -> str:
    lines = sorted({line for _, graph in _read_graphs(store) for line in graph.split("\n") if line})
    return "".join(f"{line}\n" for line in lines)


def _format_json(store: Store) -> str:
    """JSON-LD 1.1, flattened: one object for each graph, in it one for each subject."""
    graphs: dict[str, dict[str, dict[str, list[object]]]] = {}
    for quad in sorted(store.read_quads(), key=str):
        graph, subject = _name(quad.graph_name), _name(quad.subject)
        if graph != terms.META_GRAPH:
            properties = graphs.setdefault(graph, {}).setdefault(subject, {})
            properties.setdefault(_compact(quad.predicate), []).append(_json_value(quad))
    body = [
        {"@id": graph, "@graph": [{"@id": subject, **subjects[subject]} for subject in sorted(subjects)]}
        for graph, subjects in sorted(graphs.items())
    ]
    return json.dumps({"@context": terms.PREFIXES, "@graph": body}, ensure_ascii=False, indent=1) + "\n"


def _name(term: object) -> str:
    return str(getattr(term, "value", ""))


def _compact(predicate: ox.NamedNode) -> str:
    name = str(predicate.value)
    return "@type" if name == terms.PREFIXES["rdf"] + "type" else terms.shorten_iri(name)


def _json_value(quad: ox.Quad) -> object:
    value = quad.object
    if not isinstance(value, ox.Literal):
        return _name(value) if _compact(quad.predicate) == "@type" else {"@id": _name(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = str(value.datatype.value)
    return value.value if datatype == XSD_STRING else {"@value": value.value, "@type": terms.shorten_iri(datatype)}


#: Format -> what makes it.
RDF_FORMATS: dict[str, Callable[[Store], str]] = {
    "ttl": _format_turtle,
    "trig": _format_trig,
    "nq": _format_quads,
    "nt": _format_triples,
    "jsonld": _format_json,
}
