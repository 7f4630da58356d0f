"""Results of queries as bytes in a standard format, or as a table for people."""

import pyoxigraph as ox

from kg import terms
from kg.errors import QueryError
from kg.exporters.turtle import format_turtle
from kg.store import Results

__all__ = ["RESULT_FORMATS", "format_results", "tabulate_results"]

#: Formats of SELECT and ASK results (SPARQL 1.1 Query Results).
SOLUTION_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
#: Formats of CONSTRUCT and DESCRIBE results.
TRIPLE_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
#: All names that ``format_results`` knows.
RESULT_FORMATS = (*SOLUTION_FORMATS, *TRIPLE_FORMATS)


def format_results(results: Results, format: str) -> bytes:  # noqa: A002
    """Results in one of ``RESULT_FORMATS``; triples are sorted, so that equal results give equal bytes.

    Raises ``QueryError`` for a format that results of this kind do not have.
    """
    allowed = TRIPLE_FORMATS if isinstance(results, ox.QueryTriples) else SOLUTION_FORMATS
    if format not in allowed:
        kind = "CONSTRUCT and DESCRIBE" if isinstance(results, ox.QueryTriples) else "SELECT and ASK"
        raise QueryError(f"format {format!r} is none of {kind} results (allowed: {', '.join(allowed)})")
    if isinstance(results, ox.QueryTriples):
        return _format_triples(results, format)
    return results.serialize(format=SOLUTION_FORMATS[format]) or b""


def _format_triples(results: ox.QueryTriples, format: str) -> bytes:  # noqa: A002
    """Sorted; Turtle by our own writer, for Oxigraph's puts the prefixes in another order each time."""
    triples = sorted(set(results), key=str)
    if format == "ttl":
        return format_turtle(["".join(f"{triple} .\n" for triple in triples)]).encode()
    return ox.serialize(triples, format=TRIPLE_FORMATS[format]) or b""


def tabulate_results(results: Results) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Column names and rows of plain text, IRIs by prefix; unbound values are empty."""
    if isinstance(results, ox.QueryBoolean):
        return ("answer",), [("yes" if results else "no",)]
    if isinstance(results, ox.QueryTriples):
        triples = sorted(set(results), key=str)
        return ("subject", "predicate", "object"), [tuple(map(_show, triple)) for triple in triples]
    columns = tuple(variable.value for variable in results.variables)
    return columns, [tuple(_show(row[column]) for column in columns) for row in results]


def _show(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if isinstance(term, ox.NamedNode):
        return terms.shorten_iri(str(term.value))
    return str(getattr(term, "value", "") if term is not None else "")
