"""The service's own pages. Every value is escaped; scripts come from files only, as the content policy demands."""

from functools import lru_cache
from html import escape
from urllib.parse import quote

from kg import terms
from kg.query import list_queries
from kg.service.things import Fact

__all__ = ["NAVIGATION", "PAGE", "format_address", "format_query_page", "format_thing_page"]

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
{head}<link rel="stylesheet" href="/static/service.css">
</head>
<body>
{body}
</body>
</html>
"""
NAVIGATION = '<nav><a href="/">Ask</a> <a href="/coverage">Coverage</a> <a href="/graph">Graph</a></nav>'
EDITOR = """<link rel="stylesheet" href="/static/yasgui.min.css">
<script defer src="/static/yasgui.min.js"></script>
<script defer src="/static/service.js"></script>
"""


@lru_cache(maxsize=1)
def format_query_page() -> str:
    """The editor (YASGUI) with the stored questions to choose from."""
    options = "\n".join(
        f'<option value="{escape(question.text)}">{escape(question.question)}</option>' for question in list_queries()
    )
    body = f"""<header>
<h1>decision-kg</h1>
<label for="questions">Question</label>
<select id="questions"><option value="">Choose a question …</option>
{options}
</select>
{NAVIGATION}
</header>
<main id="editor" data-prefixes="{escape(_format_prefixes())}" data-base="{escape(terms.BASE)}"></main>
<noscript><p>The editor needs JavaScript; the endpoint at <code>/sparql</code> does not.</p></noscript>"""
    return PAGE.format(title="decision-kg: ask the graph", head=EDITOR, body=body)


def _format_prefixes() -> str:
    return "\n".join(f"PREFIX {prefix}: <{base}>" for prefix, base in terms.PREFIXES.items())


def format_thing_page(iri: str, facts: list[Fact]) -> str:
    """All that is said of a thing and all that refers to it; the names of things are links within the service."""
    rows = "\n".join(_format_row(fact) for fact in facts) or "<tr><td>The graph says nothing about this.</td></tr>"
    title = _find_label(facts) or terms.shorten_iri(iri)
    body = f"""<header><h1>{escape(title)}</h1>{NAVIGATION}</header>
<main><p><code>{escape(iri)}</code></p>
<table>
{rows}
</table></main>"""
    return PAGE.format(title=escape(title), head="", body=body)


def _find_label(facts: list[Fact]) -> str:
    name = terms.PREFIXES["rdfs"] + "label"
    return next((value for predicate, value, _, forward in facts if forward and predicate == name), "")


def _format_row(fact: Fact) -> str:
    predicate, value, label, forward = fact
    name = terms.shorten_iri(predicate)
    shown = f"<b>{escape(name)}</b>" if forward else f"is <b>{escape(name)}</b> of"
    return f"<tr><th scope='row'>{shown}</th><td>{_format_value(value, label)}</td></tr>"


def _format_value(value: str, label: str) -> str:
    if not (value.startswith("<") and value.endswith(">")):
        return escape(value)
    iri = value[1:-1]
    shown = escape(label or terms.shorten_iri(iri))
    return f'<a href="{format_address(iri)}">{shown}</a>' if iri.startswith(terms.BASE) else shown


def format_address(iri: str) -> str:
    """Where the service tells of one of our IRIs, escaped for an attribute: the whole IRI is in the path.

    >>> format_address("https://w3id.org/decision-kg/id/article/9f%2F1#char=1,2")
    '/id/article/9f%252F1%23char=1,2'
    """
    return "/id/" + escape(quote(iri.removeprefix(terms.BASE), safe="/=,;:@!$&'()*+~"))
