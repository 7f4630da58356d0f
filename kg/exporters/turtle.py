"""Turtle and TriG out of N-Triples: graph by graph, grouped by subject, prefixes bound, equal bytes for equal statements.

Lines rather than terms, for speed: sorting, splitting and looking up whole strings is all that is done for each statement.
"""

import re
from collections.abc import Iterable, Iterator

from kg import terms

__all__ = ["format_trig", "format_turtle"]

TYPE = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
#: Stands for ``TYPE`` while lines are sorted, so that classes come first; N-Triples has no such character.
TYPE_MARK = " \x01 "
XSD = terms.PREFIXES["xsd"]
#: Minted names have slashes in what would be their local part, so no prefix fits.
MINTED = f"<{terms.BASE}"
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


def format_turtle(graphs: Iterable[str]) -> str:
    """All statements flat, each once. ``graphs`` are N-Triples, in the order in which they are to stand."""
    parts, names, seen = [PREFIX_LINES], _Names(), set[str]()
    for graph in graphs:
        lines = [line for line in _sort_lines(graph) if line not in seen]
        seen.update(lines)
        parts += _format_lines(lines, names, indent="")
    return "".join(parts).replace(TYPE_MARK, TYPE)


def format_trig(graphs: Iterable[tuple[str, str]]) -> str:
    """The statements in their graphs. ``graphs`` are names (IRIs) and N-Triples."""
    parts, names = [PREFIX_LINES], _Names()
    for name, graph in graphs:
        parts.append(f"\nGRAPH {names[f'<{name}>']} {{")
        parts += _format_lines(_sort_lines(graph), names, indent="  ")
        parts.append("}\n")
    return "".join(parts).replace(TYPE_MARK, TYPE)


def _sort_lines(graph: str) -> list[str]:
    """The lines without their full stops, by subject, classes first."""
    lines = graph.replace(TYPE, TYPE_MARK).split(" .\n")
    lines.sort()
    return lines[1:] if lines[:1] == [""] else lines


def _format_lines(lines: Iterable[str], names: "_Names", *, indent: str) -> Iterator[str]:
    """One block for each subject; ``lines`` are sorted."""
    last_subject = last_predicate = ""
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if value[0] == "<":
            value = value if value.startswith(MINTED) else names[value]
        elif value[-1] == ">":
            value = _shorten_typed(value, names)
        if subject != last_subject:
            end = " .\n" if last_subject else ""
            shown = subject if subject.startswith(MINTED) else names[subject]
            yield f"{end}\n{indent}{shown} {names[predicate]} {value}"
        elif predicate != last_predicate:
            yield f" ;\n{indent}    {names[predicate]} {value}"
        else:
            yield f",\n{indent}        {value}"
        last_subject, last_predicate = subject, predicate
    if last_subject:
        yield " .\n"


class _Names(dict[str, str]):
    """``<iri>`` -> prefixed name where its local part needs no escape."""

    def __init__(self) -> None:
        super().__init__({TYPE_MARK.strip(" "): "a"})

    def __missing__(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix, local = NAMESPACES.get(iri[1:cut]), iri[cut:-1]
        name = self[iri] = f"{prefix}:{local}" if prefix and LOCAL.match(local) else iri
        return name


def _shorten_typed(value: str, names: _Names) -> str:
    text, _, datatype = value.rpartition("^^")
    bare = BARE.get(datatype)
    if bare and bare.match(text[1:-1]):
        return text[1:-1]
    return f"{text}^^{names[datatype]}"
