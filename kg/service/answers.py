"""One query of a client: what it asks, and the answer with its status, media type and body."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg import terms
from kg.sparql import has_dataset, has_service

__all__ = ["Answer", "Task", "answer_task", "refuse"]

#: Most bytes of one answer.
MAX_BYTES = 64 << 20

SOLUTIONS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
#: What begins or ends a row in each format; hostile text can only make the count higher.
ROW_MARKS = {
    "application/sparql-results+json": b"},{",
    "application/sparql-results+xml": b"<result>",
    "text/csv": b"\n",
    "text/tab-separated-values": b"\n",
    "application/n-triples": b" .\n",
}
ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
}
#: The default graph of a query that names none.
FUSED = [ox.NamedNode(terms.FUSED_GRAPH)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A query with its dataset (None where the request names none) and the media types that are accepted, best first."""

    text: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    accepted: tuple[str, ...]
    max_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """HTTP status, media type and body."""

    status: int
    media_type: str
    body: bytes


class TooMuchError(OSError):
    """The answer is larger than allowed."""


class _Output:
    """Takes what Oxigraph writes, and stops it at the limits."""

    def __init__(self, mark: bytes, max_rows: int) -> None:
        self.parts: list[bytes] = []
        self.mark, self.left, self.bytes_left = mark, max_rows, MAX_BYTES

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        self.left -= data.count(self.mark) if self.mark else 0
        self.bytes_left -= len(data)
        if self.left < -1 or self.bytes_left < 0:
            raise TooMuchError
        return len(data)

    def flush(self) -> None:
        pass


def answer_task(store: ox.Store, task: Task) -> Answer:
    """The answer to a query; errors of the query are answers too."""
    if has_service(task.text):
        return refuse(403, "SERVICE would ask another server, which this service does not do")
    try:
        default, named = _find_dataset(task)
        results = store.query(task.text, prefixes=terms.PREFIXES, default_graph=default, named_graphs=named)
        return _write_results(results, task)
    except TooMuchError:
        return refuse(413, f"the answer has more than {task.max_rows} rows or {MAX_BYTES} bytes: add LIMIT")
    except (SyntaxError, ValueError, RuntimeError) as error:
        return refuse(400, str(error))
    except MemoryError:
        return refuse(503, "the query needs more memory than it may have")


def _find_dataset(task: Task) -> tuple[Any, Any]:
    """Default and named graphs: the request's, else the query's own (None), else the fused graph beside all others."""
    if task.default_graphs is not None or task.named_graphs is not None:
        return (
            [ox.NamedNode(name) for name in task.default_graphs or ()],
            [ox.NamedNode(name) for name in task.named_graphs or ()],
        )
    return (None if has_dataset(task.text) else FUSED), None


def _write_results(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, task: Task) -> Answer:
    is_graph = isinstance(results, ox.QueryTriples)
    media_type = choose_type(task.accepted, graph=is_graph)
    if not media_type:
        return refuse(406, f"allowed: {', '.join(GRAPHS if is_graph else SOLUTIONS)}")
    output = _Output(ROW_MARKS.get(media_type, b""), task.max_rows)
    results.serialize(output, format=GRAPHS[media_type] if is_graph else SOLUTIONS[media_type])  # type: ignore[arg-type]
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Answer(status=200, media_type=media_type + charset, body=b"".join(output.parts))


@lru_cache(maxsize=1024)
def choose_type(accepted: tuple[str, ...], *, graph: bool) -> str:
    """The media type of the answer: that of the first media range that fits, empty where none does."""
    formats = tuple(GRAPHS if graph else SOLUTIONS)
    return next((found for name in accepted if (found := _find_type(name, formats))), "")


def _find_type(accepted: str, formats: Sequence[str]) -> str:
    """The format that an accepted media range takes: itself, an alias, or the first of a wildcard."""
    name = ALIASES.get(accepted, accepted)
    if name in formats:
        return name
    family = name.removesuffix("*")
    return next((each for each in formats if name == "*/*" or (family != name and each.startswith(family))), "")


def refuse(status: int, message: str) -> Answer:
    """A plain text answer that says why there is no other."""
    return Answer(status=status, media_type="text/plain; charset=utf-8", body=f"{message}\n".encode())
