"""Commands that ask a store and write what it holds: query, export."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from kg.cli.console import Speaker, open_at, show_table, write_data
from kg.cli.options import STORE, Format, Output, Params, StoreAt

__all__ = ["export", "query"]


def query(
    question: Annotated[str, typer.Argument(help="SPARQL, a file (.rq), or a stored question's name.")] = "",
    store: StoreAt = STORE,
    format: Format = None,  # noqa: A002
    param: Params = None,
    questions: Annotated[bool, typer.Option("--list", help="List the stored questions.")] = False,
) -> None:
    """Ask the graph: a table on a terminal; csv, tsv, json, xml, ttl or nt in a pipe or by --format."""
    from kg.query import list_queries, run_query
    from kg.results import format_results, tabulate_results

    if questions or not question:
        rows = [(each.name, each.question, " ".join(each.parameters)) for each in list_queries()]
        show_table(("name", "question", "parameters"), rows)
        return
    with open_at(store) as graph:
        results = run_query(graph, question, params=split_params(param or ()))
        if format is None and sys.stdout.isatty():
            show_table(*tabulate_results(results))
        else:
            write_data(format_results(results, format or default_format(results)))


def export(output: Output, store: StoreAt = STORE, format: Format = None) -> None:  # noqa: A002
    """Write the graph to a file: ttl, trig, nq, nt, jsonld, graphml, gexf, csv or html."""
    from kg.exporters import export_graph

    with open_at(store) as graph:
        for file in export_graph(graph, output, format=format):
            Speaker().note(f"wrote {file}")


def split_params(params: Sequence[str]) -> dict[str, str]:
    for param in params:
        if "=" not in param:
            raise typer.BadParameter(f"{param!r} is no parameter; allowed: name=value", param_hint="--param")
    return dict(param.split("=", 1) for param in params)


def default_format(results: Any) -> str:
    return "ttl" if type(results).__name__ == "QueryTriples" else "csv"
