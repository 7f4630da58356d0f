"""Questions to a store: SPARQL, given as text, as a file or by the name of a stored question.

The default graph of a query is the fused graph (what the articles together say); what one article says is asked with
``GRAPH ?g { … }``. The union of all graphs is never read, since a statement of two articles would count twice.

A parameter is written ``VALUES ?name { UNDEF }`` in the query: so the text is plain SPARQL, runs anywhere without a
value, and a value is set as one RDF term and never pasted as text.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import pyoxigraph as ox

from kg import terms
from kg.errors import QueryError
from kg.sparql import fill_parameters, find_parameters, has_dataset, has_service
from kg.store import Results, Store

__all__ = ["Question", "find_query", "list_queries", "run_query", "set_parameters"]

POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
PARAMETER_COMMENT = re.compile(r"#\s*\?(\w+):\s*(.*)")
#: Longest reason shown: Oxigraph lists every token that it would have taken.
MAX_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A stored question: its name, the question in words, its parameters with what each means, and the SPARQL."""

    name: str
    question: str
    parameters: Mapping[str, str]
    text: str


@lru_cache(maxsize=1)
def list_queries() -> tuple[Question, ...]:
    """The stored questions, by name."""
    files = (file for file in resources.files("kg.queries").iterdir() if file.name.endswith(".rq"))
    return tuple(
        _read_question(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
        for file in sorted(files, key=_file_name)
    )


@lru_cache(maxsize=1)
def _index_queries() -> Mapping[str, str]:
    return {question.name: question.text for question in list_queries()}


def _file_name(file: resources.abc.Traversable) -> str:
    return file.name


def _read_question(name: str, text: str) -> Question:
    first, _, rest = text.partition("\n")
    described = {found[1]: found[2] for line in rest.splitlines() if (found := PARAMETER_COMMENT.match(line))}
    return Question(name=name, question=first.removeprefix("#").strip(), parameters=described, text=text)


def find_query(query: str) -> str:
    """The SPARQL text of a stored question's name, of a file (``….rq``), or of the text itself.

    Raises ``QueryError`` for a file that cannot be read and for a single word that names no stored question.
    """
    stored = _index_queries()
    if query in stored:
        return stored[query]
    if query.endswith((".rq", ".sparql")) and "\n" not in query:
        try:
            return Path(query).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"query file {query!r} could not be read: {error}") from error
    if re.fullmatch(r"[\w-]*", query):
        near = difflib.get_close_matches(query, stored, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise QueryError(f"no stored question {query!r}{hint} (allowed: {', '.join(stored)}, a .rq file or SPARQL)")
    return query


def run_query(store: Store, query: str, *, params: Mapping[str, str] | None = None) -> Results:
    """Ask ``store``: ``query`` is SPARQL, a file's name or a stored question's name.

    The result is pyoxigraph's: ``QuerySolutions`` (SELECT), ``QueryBoolean`` (ASK) or ``QueryTriples`` (CONSTRUCT,
    DESCRIBE). Values of ``params`` are plain strings, or IRIs in angle brackets. Raises ``QueryError`` with line and
    column for malformed SPARQL and for an update, for a parameter that the query does not have, and for ``SERVICE``.
    """
    text = find_query(query)
    filled = set_parameters(text, params) if params else text
    if has_service(filled):
        raise QueryError("query refused: SERVICE would ask another server, and kg keeps to its own store")
    default_graphs = None if has_dataset(filled) else [terms.FUSED_GRAPH]
    try:
        return store.query(filled, default_graphs=default_graphs)
    except SyntaxError as error:
        raise QueryError(_describe_syntax_error(str(error), filled)) from error
    except (ValueError, RuntimeError) as error:
        raise QueryError(f"query refused: {error}") from error


def set_parameters(text: str, params: Mapping[str, str]) -> str:
    """The query with its ``VALUES ?name { UNDEF }`` filled; those without a value stay as they are.

    >>> set_parameters("ASK { VALUES ?actor { UNDEF } ?s ?p ?actor }", {"actor": 'a "b"'})
    'ASK { VALUES ?actor { "a \\\\"b\\\\"" } ?s ?p ?actor }'
    """
    known = find_parameters(text)
    for name in params:
        if name not in known:
            raise QueryError(f"the query has no parameter {name!r} (allowed: {', '.join(known) or 'none'})")
    return fill_parameters(text, {name: str(_make_term(name, value)) for name, value in params.items()}.get)


def _make_term(name: str, value: str) -> ox.NamedNode | ox.Literal:
    if not (value.startswith("<") and value.endswith(">")):
        return ox.Literal(value)
    try:
        return ox.NamedNode(value[1:-1])
    except ValueError as error:
        raise QueryError(f"parameter {name!r}: {value} is no IRI: {error}") from error


def _describe_syntax_error(message: str, text: str) -> str:
    """Line, column, reason, and the line with a mark under the place."""
    match = POSITION.match(message)
    if not match:
        return f"query refused: {message}"
    line, column, reason = int(match[1]), int(match[2]), match[3]
    if "Prefix not found" in reason:
        reason = f"prefix not bound (bound: {', '.join(terms.PREFIXES)})"
    if len(reason) > MAX_REASON:
        reason = reason[:MAX_REASON].rsplit(",", 1)[0] + ", …"
    shown = next(iter(text.splitlines()[line - 1 : line]), "")
    return f"query line {line}, column {column}: {reason}\n  {shown}\n  {' ' * (column - 1)}^"
