"""The command line: alone prints and exits.

Exit codes: 0 done; 1 failed (the message says why); 2 wrong usage; 3 done, but some articles could not be read (each is
named); 4 the graph breaks its shapes; 130 interrupted.
"""

from typing import Annotated

import typer

from kg import __version__
from kg.cli import asking, reading
from kg.cli.console import Commands, write_data

__all__ = ["app", "main"]

app = typer.Typer(
    name="kg",
    cls=Commands,
    help="News articles to a knowledge graph: who decided what, under which limits, according to whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def show_version(version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False) -> None:
    """News articles to a knowledge graph: who decided what, under which limits, according to whom."""
    if version:
        write_data(f"kg {__version__}\n")
        raise typer.Exit


for command in (
    reading.build,
    reading.extract,
    reading.attributions,
    asking.query,
    asking.report,
    asking.export,
    asking.load,
    asking.view,
    asking.serve,
    asking.validate,
    reading.remove,
):
    app.command()(command)


def main() -> None:
    """Runs one command and exits with its code."""
    app()
