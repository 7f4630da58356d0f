"""Whether a graph keeps to the ontology's shapes (SHACL), by pySHACL over rdflib in memory.

pySHACL is slower over a graph that Oxigraph holds (RDFLib/pySHACL#184), so the statements are copied first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from kg import terms
from kg.errors import ValidationError
from kg.ontology import find_ontology_files
from kg.store import Store

__all__ = ["ValidationReport", "Violation", "check_graph", "validate_graph"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """One breach: the node, the path, the shape's message and the value found (empty where one is missing)."""

    node: str
    path: str
    message: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """The breaches, sorted, and the number of statements that were looked at."""

    violations: tuple[Violation, ...]
    statements: int

    @property
    def conforms(self) -> bool:
        """Whether there is no breach."""
        return not self.violations

    def __str__(self) -> str:
        head = f"{self.statements} statements, {len(self.violations)} violations of the shapes"
        rows = [
            f"  {terms.shorten_iri(each.node)} {each.path}: {each.message}"
            + (f" (found {each.value})" if each.value else "")
            for each in self.violations
        ]
        return "\n".join([head, *rows])


def validate_graph(store: Store, *, shapes: Path | None = None) -> ValidationReport:
    """Check all graphs of the store together against the bundled shapes, or those of another file.

    Two things that SHACL cannot say are checked as well: a passage is the exact slice of its article's text, and an
    article graph is what its name, minted from its statements, says. Raises ``ValidationError``
    where the shapes themselves cannot be read.
    """
    data = _copy_statements(store)
    _, results, _ = validate(data, shacl_graph=_read_shapes(shapes), inference="none", advanced=False)
    found = {*_read_violations(results), *_find_wrong_quotes(store), *_find_changed_graphs(store)}
    return ValidationReport(violations=tuple(sorted(found)), statements=len(data))


def check_graph(store: Store, *, shapes: Path | None = None) -> ValidationReport:
    """As ``validate_graph``, but raises ``ValidationError`` with the report where there is a violation."""
    report = validate_graph(store, shapes=shapes)
    if not report.conforms:
        raise ValidationError(str(report))
    return report


def _read_shapes(path: Path | None) -> Graph:
    file = path or find_ontology_files()[0].parent / "shapes.ttl"
    try:
        triples = [quad.triple for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)]
    except (OSError, SyntaxError) as error:
        raise ValidationError(f"shapes {file}: cannot be read: {error}") from error
    return Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


def _copy_statements(store: Store) -> Graph:
    """All statements in one plain rdflib graph, by way of N-Triples."""
    flat = ox.Store()
    flat.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store.read_quads())
    data = flat.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return Graph(bind_namespaces="none").parse(data=data, format="nt")


def _read_violations(results: Graph) -> Iterable[Violation]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        yield Violation(
            node=str(results.value(result, SH.focusNode)),
            path=_show(results.value(result, SH.resultPath)),
            message=str(results.value(result, SH.resultMessage)),
            value=_show(results.value(result, SH.value)),
        )


def _show(node: Node | None) -> str:
    if node is None:
        return ""
    return terms.shorten_iri(str(node)) if isinstance(node, URIRef) else repr(str(node))


WRONG_QUOTES = """
SELECT DISTINCT ?passage ?quote WHERE {
  GRAPH ?g {
    ?passage nif:beginIndex ?start ; nif:endIndex ?end ; nif:anchorOf ?quote ; nif:referenceContext/nif:isString ?text
  }
  FILTER(SUBSTR(?text, ?start + 1, ?end - ?start) != ?quote)
}
"""


def _find_wrong_quotes(store: Store) -> Iterable[Violation]:
    results = store.query(WRONG_QUOTES)
    assert isinstance(results, ox.QuerySolutions)
    for row in results:
        yield Violation(
            node=str(getattr(row["passage"], "value", "")),
            path="nif:anchorOf",
            message="the quote is not the text between its offsets",
            value=repr(str(getattr(row["quote"], "value", ""))),
        )


def _find_changed_graphs(store: Store) -> Iterable[Violation]:
    for entry in store.list_articles():
        if terms.mint_graph(str(quad.triple) for quad in store.read_quads(entry.graph)) != entry.graph:
            yield Violation(
                node=entry.graph,
                path="",
                message="the article graph was changed after it was built: its name does not fit its statements",
                value="",
            )
