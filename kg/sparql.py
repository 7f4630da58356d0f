"""SPARQL as text: what can be told of a query without parsing it whole.

Strings, IRIs, comments, variables and prefixed names are stepped over, so that a keyword in one of them counts for
nothing. Code point escapes (SPARQL 1.1, section 19.2) are undone first, for some parsers read keywords through them.
"""

import re
from collections.abc import Callable

__all__ = ["fill_parameters", "find_parameters", "has_dataset", "has_service", "wrap_default_graph"]

TOKEN = re.compile(
    r"\\."  # an escape in a prefixed name: a quote after it opens no string
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\s]*>'
    r"|#[^\n\r]*"
    r"|[?$]\w+"
    r"|[\w-]*:[\w:%-]*"
    r"|\bVALUES\s+[?$](?P<parameter>\w+)\s*\{\s*UNDEF\s*\}"
    r"|\b(?P<dataset>FROM)\b"
    r"|(?P<service>SERVICE)"
    r"|(?P<brace>[{}])"
    r"|\b(?P<construct>CONSTRUCT)\b",
    re.IGNORECASE | re.DOTALL,
)
#: What every ``FROM`` of a dataset matches, and few other texts do.
FROM = re.compile(r"\bFROM\b", re.IGNORECASE)
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: The keyword right before a pattern.
WHERE = re.compile(r"\bWHERE\s*\Z", re.IGNORECASE)
#: The last code point; higher ones are no characters.
MAX_CODE_POINT = 0x10FFFF


def find_parameters(text: str) -> tuple[str, ...]:
    """The names of the parameters (``VALUES ?name { UNDEF }``), sorted."""
    return tuple(sorted({match["parameter"] for match in TOKEN.finditer(text) if match["parameter"]}))


def fill_parameters(text: str, format_value: Callable[[str], str | None]) -> str:
    """The text with each parameter filled by ``format_value(name)``, a term in SPARQL's own form; None leaves it.

    >>> fill_parameters("ASK { VALUES ?x { UNDEF } ?s ?p ?x }", {"x": '"v"'}.get)
    'ASK { VALUES ?x { "v" } ?s ?p ?x }'
    """

    def fill(match: re.Match[str]) -> str:
        name = match["parameter"]
        value = format_value(name) if name else None
        return match[0] if value is None else f"VALUES ?{name} {{ {value} }}"

    return TOKEN.sub(fill, text)


def has_dataset(text: str) -> bool:
    """Whether the query names its own dataset (``FROM``)."""
    return bool(FROM.search(text)) and any(match["dataset"] for match in TOKEN.finditer(text))


def has_service(text: str) -> bool:
    """Whether the query would ask another server (``SERVICE``); rather yes than no."""
    forms = (text, _undo_escapes(text)) if "\\" in text else (text,)
    suspects = (form for form in forms if "service" in form.lower())
    return any(match["service"] for form in suspects for match in TOKEN.finditer(form))


def _undo_escapes(text: str) -> str:
    def decode(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= MAX_CODE_POINT else match[0]

    return ESCAPE.sub(decode, text)


def wrap_default_graph(text: str, graph: str) -> str:
    """The query with its pattern inside ``GRAPH <graph> { … }``, which makes that graph its default graph.

    SPARQL 1.1, section 18.6: the pattern is evaluated over the same named graphs with ``graph`` as active graph.

    >>> wrap_default_graph("SELECT * WHERE { ?s ?p ?o } LIMIT 1", "ex:g")
    'SELECT * WHERE { GRAPH <ex:g> { ?s ?p ?o } } LIMIT 1'
    >>> wrap_default_graph("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }", "ex:g")
    'CONSTRUCT { ?s a ?o } WHERE { GRAPH <ex:g> { ?s a ?o } }'
    """
    groups = _find_groups(text)
    if not groups:
        return text
    constructs = any(match["construct"] for match in TOKEN.finditer(text))
    named = [group for group in groups if WHERE.search(text, 0, group[0])]
    start, end = named[0] if named else groups[1 if constructs and len(groups) > 1 else 0]
    pattern = text[start : end + 1]
    wrapped = f"{{ GRAPH <{graph}> {pattern} }}"
    if constructs and groups[0] == (start, end):
        # CONSTRUCT WHERE { … }: the pattern is the template as well
        return f"{WHERE.sub('', text[:start])}{pattern} WHERE {wrapped}{text[end + 1 :]}"
    return f"{text[:start]}{wrapped}{text[end + 1 :]}"


def _find_groups(text: str) -> list[tuple[int, int]]:
    """Places of the outermost ``{`` and ``}``; those of a parameter are inner ones, and inside a token."""
    groups, depth, start = [], 0, 0
    for match in TOKEN.finditer(text):
        if match["brace"] == "{":
            start = match.start() if depth == 0 else start
            depth += 1
        elif match["brace"]:
            depth -= 1
            if depth == 0:
                groups.append((start, match.start()))
    return groups
