"""What the graph says about one IRI: for a person as a page, for a machine as Turtle or JSON-LD."""

import json
from collections.abc import Callable, Sequence

import pyoxigraph as ox
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kg.service.answers import Task
from kg.service.evaluation import Evaluator

__all__ = ["Fact", "find_thing"]

#: Predicate, other node or literal, its label, whether the thing is the subject.
Fact = tuple[str, str, str, bool]

FACTS = """
SELECT DISTINCT ?p ?o ?label ?forward WHERE {{
  {{ GRAPH ?g {{ {iri} ?p ?o }} BIND(true AS ?forward) }}
  UNION {{ GRAPH ?g {{ ?o ?p {iri} }} BIND(false AS ?forward) }}
  OPTIONAL {{ GRAPH ?h {{ ?o rdfs:label ?label }} }}
}} ORDER BY DESC(?forward) ?p ?label STR(?o) LIMIT 2000
"""
ABOUT = """
CONSTRUCT {{ {iri} ?p ?o . ?s ?q {iri} }} WHERE {{
  {{ GRAPH ?g {{ {iri} ?p ?o }} }} UNION {{ GRAPH ?g {{ ?s ?q {iri} }} }}
}}
"""
MACHINE = ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")


async def find_thing(
    evaluator: Evaluator, iri: str, accepted: Sequence[str], format_page: Callable[[str, list[Fact]], str]
) -> Response:
    """The answer to a request for ``iri``: 404 where the graph says nothing about it, 406 for another media type."""
    try:
        node = str(ox.NamedNode(iri))
    except ValueError:
        return PlainTextResponse("no such thing\n", 404)
    wanted = next((name for name in accepted if name in (*MACHINE, "text/html", "text/*", "*/*")), "")
    if not wanted:
        return PlainTextResponse(f"allowed: text/html, {', '.join(MACHINE)}\n", 406, {"Vary": "Accept"})
    text = FACTS if wanted not in MACHINE else ABOUT
    media_type = wanted if wanted in MACHINE else "application/sparql-results+json"
    answer = await evaluator.answer(
        Task(
            text=text.format(iri=node), default_graphs=None, named_graphs=None, accepted=(media_type,), max_rows=20_000
        )
    )
    if answer.status != 200:
        return Response(answer.body, answer.status, media_type=answer.media_type)
    if wanted in MACHINE:
        found = b" " in answer.body.strip()
        return Response(answer.body, 200 if found else 404, {"Vary": "Accept"}, media_type=answer.media_type)
    facts = [_read_fact(row) for row in json.loads(answer.body)["results"]["bindings"]]
    return HTMLResponse(format_page(iri, facts), 200 if facts else 404, {"Vary": "Accept"})


def _read_fact(row: dict[str, dict[str, str]]) -> Fact:
    value = f"<{row['o']['value']}>" if row["o"]["type"] == "uri" else row["o"]["value"]
    return row["p"]["value"], value, row.get("label", {}).get("value", ""), row["forward"]["value"] == "true"
