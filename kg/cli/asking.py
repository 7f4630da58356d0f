"""Commands that ask a store, write what it holds and read it back: query, report, export, load, view, serve, validate."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.console import INVALID, Speaker, open_at, show_table, write_data
from kg.cli.options import STORE, Format, Output, Params, StoreAt

__all__ = ["export", "load", "query", "report", "serve", "validate", "view"]


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


def report(
    name: Annotated[str, typer.Argument(help="coverage, origins, conflicts, gaps or timeline.")],
    store: StoreAt = STORE,
    format: Format = None,  # noqa: A002
) -> None:
    """Say what the accounts cover, where they come from, where they differ: a table, csv, json, markdown or html."""
    from kg.reports import build_report, render_table

    with open_at(store) as graph:
        table = build_report(graph, name)
    if format is None and sys.stdout.isatty():
        show_table(table.columns, table.reading_rows)
    else:
        write_data(render_table(table, format or "csv"))


def export(output: Output, store: StoreAt = STORE, format: Format = None) -> None:  # noqa: A002
    """Write the graph to a file: ttl, trig, nq, nt, jsonld, graphml, gexf, csv or html."""
    from kg.exporters import export_graph

    with open_at(store) as graph:
        for file in export_graph(graph, output, format=format):
            Speaker().note(f"wrote {file}")


def load(
    dump: Annotated[Path, typer.Argument(help="File that kg export wrote: nq or trig.", metavar="FILE")],
    store: StoreAt = STORE,
) -> None:
    """Make a new store out of a dump: everything or nothing."""
    from kg.dumps import load_dump

    graph = load_dump(dump, store)
    Speaker().note(f"loaded {len(graph.list_articles())} articles into {store}")
    graph.close()


def view(
    output: Output,
    store: StoreAt = STORE,
    focus: Annotated[str | None, typer.Option(help="Actor or decision (name or IRI) to stay near.")] = None,
    depth: Annotated[int, typer.Option(help="Steps around the focus.")] = 2,
    types: Annotated[str, typer.Option(help="Decision types to show, with commas.")] = "",
    since: Annotated[str, typer.Option(help="Articles from this day on (2025-03-01).")] = "",
    until: Annotated[str, typer.Option(help="Articles up to this day.")] = "",
    layout: Annotated[str, typer.Option(help="How the nodes are placed.")] = "story",
    max_nodes: Annotated[int, typer.Option(help="Most nodes on the page.")] = 5000,
) -> None:
    """Write the interactive page: one HTML file that works offline."""
    from kg.exporters.html import export_html

    kinds = [kind.strip() for kind in types.split(",") if kind.strip()]
    with open_at(store) as graph:
        export_html(
            graph,
            output,
            focus=focus,
            depth=depth,
            types=kinds,
            since=since,
            until=until,
            layout=layout,
            max_nodes=max_nodes,
        )
    Speaker().note(f"wrote {output} ({output.stat().st_size / 1e6:.1f} MB)")


def serve(
    store: StoreAt = STORE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8765,
    timeout: Annotated[float, typer.Option(help="Seconds that one query may take.")] = 30,
    max_rows: Annotated[int, typer.Option(help="Most rows of one answer.")] = 100_000,
) -> None:
    """Serve the graph on this machine: SPARQL endpoint, query page, the interactive graph. Read-only."""
    from kg.service import serve_store

    with open_at(store) as graph:
        Speaker().note(f"http://{host}:{port}/ (end with Ctrl-C)")
        serve_store(graph, host=host, port=port, timeout=timeout, max_rows=max_rows)


def validate(
    store: StoreAt = STORE,
    shapes: Annotated[Path | None, typer.Option(help="SHACL shapes in place of the bundled ones.")] = None,
) -> None:
    """Check the graph against the ontology's shapes (SHACL); exit code 4 where it breaks them."""
    from kg.validation import validate_graph

    with open_at(store) as graph:
        report = validate_graph(graph, shapes=shapes)
    write_data(f"{report}\n")
    if not report.conforms:
        raise typer.Exit(INVALID)


def split_params(params: Sequence[str]) -> dict[str, str]:
    for param in params:
        if "=" not in param:
            raise typer.BadParameter(f"{param!r} is no parameter; allowed: name=value", param_hint="--param")
    return dict(param.split("=", 1) for param in params)


def default_format(results: Any) -> str:
    return "ttl" if type(results).__name__ == "QueryTriples" else "csv"
