"""Turtle and TriG out of sorted N-Quads lines: grouped by subject, prefixes bound, equal bytes for equal statements.

Lines rather than terms, for speed: a line costs one split and four look-ups in a cache.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from kg import terms

__all__ = ["format_trig", "format_turtle", "split_line"]

#: Subject, predicate, object and graph of a line, in N-Quads form; the graph is empty in N-Triples.
Line = tuple[str, str, str, str]

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = terms.PREFIXES["xsd"]
#: Local names that need no escape in Turtle (a part of PN_LOCAL).
LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
#: Numbers that Turtle reads as themselves.
BARE = {
    f"<{XSD}integer>": re.compile(r"[+-]?\d+\Z"),
    f"<{XSD}decimal>": re.compile(r"[+-]?\d+\.\d+\Z"),
    f"<{XSD}boolean>": re.compile(r"(true|false)\Z"),
}
NAMESPACES = {base: prefix for prefix, base in terms.PREFIXES.items()}
PREFIX_LINES = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in terms.PREFIXES.items())


def split_line(line: str) -> Line:
    """Subject, predicate, object and graph (empty where there is none) of an N-Quads line without blank nodes."""
    subject, predicate, rest = line.split(" ", 2)
    rest = rest.removesuffix(".").rstrip()
    if not rest.endswith(">"):
        return subject, predicate, rest, ""
    start = rest.rfind("<")
    if start > 0 and rest[start - 1] == " ":
        return subject, predicate, rest[: start - 1], rest[start:]
    return subject, predicate, rest, ""


def format_turtle(lines: Iterable[Line]) -> str:
    """All statements flat, each once; ``lines`` in any order."""
    return PREFIX_LINES + "".join(_format_subjects(sorted({line[:3] for line in lines}), indent=""))


def format_trig(lines: Iterable[Line]) -> str:
    """The statements in their graphs."""
    parts = [PREFIX_LINES]
    by_graph = sorted({(graph, *rest) for *rest, graph in lines})
    for graph, group in groupby(by_graph, key=_first):
        parts.append(f"\nGRAPH {_shorten(graph)} {{")
        parts.extend(_format_subjects((line[1:] for line in group), indent="  "))
        parts.append("}\n")
    return "".join(parts)


def _first(line: tuple[str, ...]) -> str:
    return line[0]


def _format_subjects(lines: Iterable[tuple[str, ...]], *, indent: str) -> Iterator[str]:
    """One block for each subject, its classes first; ``lines`` are sorted (subject, predicate, object)."""
    for subject, group in groupby(lines, key=_first):
        properties: dict[str, list[str]] = {}
        for _, predicate, value in group:
            properties.setdefault(predicate, []).append(value if predicate == TYPE else _shorten_value(value))
        classes = properties.pop(TYPE, [])
        rows = ["a " + ", ".join(map(_shorten, classes))] if classes else []
        joint = f",\n{indent}        "
        rows += [f"{_shorten(predicate)} {joint.join(values)}" for predicate, values in properties.items()]
        yield f"\n{indent}{_shorten(subject)} " + f" ;\n{indent}    ".join(rows) + " .\n"


@lru_cache(maxsize=65536)
def _shorten(iri: str) -> str:
    """``<iri>`` as prefixed name where its local part needs no escape."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix, local = NAMESPACES.get(iri[1:cut]), iri[cut:-1]
    return f"{prefix}:{local}" if prefix and LOCAL.match(local) else iri


def _shorten_value(value: str) -> str:
    if value[0] != '"':
        return _shorten(value)
    if value[-1] != ">":
        return value
    text, _, datatype = value.rpartition("^^")
    bare = BARE.get(datatype)
    if bare and bare.match(text[1:-1]):
        return text[1:-1]
    return f"{text}^^{_shorten(datatype)}"
