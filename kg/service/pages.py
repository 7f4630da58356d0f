"""The service's own pages. Every value is escaped; scripts come from files only, as the content policy demands."""

from html import escape

from kg import terms
from kg.query import list_queries
from kg.service.things import Fact

__all__ = ["format_query_page", "format_thing_page"]

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
EDITOR = """<link rel="stylesheet" href="/static/yasgui.min.css">
<script defer src="/static/yasgui.min.js"></script>
<script defer src="/static/service.js"></script>
"""


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
<a href="/graph">See the graph</a>
</header>
<main id="editor" data-prefixes="{escape(_format_prefixes())}"></main>
<noscript><p>The editor needs JavaScript; the endpoint at <code>/sparql</code> does not.</p></noscript>"""
    return PAGE.format(title="decision-kg: ask the graph", head=EDITOR, body=body)


def _format_prefixes() -> str:
    return "\n".join(f"PREFIX {prefix}: <{base}>" for prefix, base in terms.PREFIXES.items())


def format_thing_page(iri: str, facts: list[Fact]) -> str:
    """All that is said of a thing and all that refers to it; the names of things are links within the service."""
    rows = "\n".join(_format_row(fact) for fact in facts) or "<tr><td>The graph says nothing about this.</td></tr>"
    title = _find_label(facts) or terms.shorten_iri(iri)
    body = f"""<header><h1>{escape(title)}</h1><a href="/">Ask the graph</a></header>
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
    if iri.startswith(terms.BASE):
        path, _, fragment = iri.removeprefix(terms.BASE).partition("#")
        address = "/id/" + escape(path) + ("%23" + escape(fragment) if fragment else "")
        return f'<a href="{address}">{shown}</a>'
    return shown
