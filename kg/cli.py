"""The command line: alone prints and exits.

Exit codes: 0 done; 1 failed (the message says why); 2 wrong usage; 3 done, but some articles could not be read (each is
named); 130 interrupted.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from kg import __version__
from kg.errors import ArticleError, KGError
from kg.model import Article

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.ontology import Ontology
    from kg.store import Store

__all__ = ["app", "main"]

FAILED, SKIPPED, INTERRUPTED = 1, 3, 130

class Commands(TyperGroup):
    """Turns the package's errors and an interruption into messages and exit codes."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KGError as error:
            Speaker().note(f"kg: {error}")
            raise typer.Exit(FAILED) from error
        except KeyboardInterrupt as error:
            Speaker().note("kg: interrupted; what was finished is kept, and the same command goes on from there")
            raise typer.Exit(INTERRUPTED) from error


app = typer.Typer(
    name="kg",
    cls=Commands,
    help="News articles to a knowledge graph: who decided what, under which limits, according to whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH", show_default=False)
]
StoreFolder = Annotated[str, typer.Option("--store", help="Where the graph is kept: a folder, or memory: for none.")]
Model = Annotated[str | None, typer.Option("--model", help="An installed spaCy pipeline instead of the bundled one.")]
Ontologies = Annotated[
    list[str] | None, typer.Option("--ontology", help="Turtle file or folder read beside the bundled ontology.")
]
Output = Annotated[str | None, typer.Option("--output", "-o", help="File to write; standard output without it.")]

DEFAULT_STORE = "kg-store"


class Speaker:
    """Standard error: notes for people, none of them data."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.errors: list[ArticleError] = []

    def note(self, text: str) -> None:
        self.console.print(text, markup=False)

    def report(self, error: ArticleError) -> None:
        self.errors.append(error)
        self.note(f"skipped: {error}")

    def finish(self) -> None:
        """Ends the command with the code that says that articles were skipped, if any were."""
        if self.errors:
            raise typer.Exit(SKIPPED)

    @contextmanager
    def progress(self) -> Iterator[Callable[[Article], None]]:
        """A line that names the article at work, on a terminal only."""
        if not self.console.is_terminal:
            yield lambda article: None
            return
        count = 0
        with self.console.status("reading") as status:

            def show(article: Article) -> None:
                nonlocal count
                count += 1
                status.update(f"{count}  {article.headline[:70]}")

            yield show


@app.callback(invoke_without_command=True)
def show_version(version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False) -> None:
    """News articles to a knowledge graph: who decided what, under which limits, according to whom."""
    if version:
        write_data(f"kg {__version__}\n")
        raise typer.Exit


@app.command()
def extract(paths: Paths, model: Model = None, ontology: Ontologies = None) -> None:
    """Print the decisions of each article with limits and sources, one JSON object a line."""
    from kg.exporters.frames import describe_frames
    from kg.extractors.frames import extract_frames

    speaker = Speaker()
    for article, doc, table in parse(paths, speaker, model=model, ontology=ontology):
        write_json(describe_frames(article, extract_frames(article, doc, table)))
    speaker.finish()


@app.command()
def attributions(paths: Paths, model: Model = None, ontology: Ontologies = None) -> None:
    """Print who says what in each article: source, cue and content, one JSON object a line."""
    from kg.extractors.actors import build_actor_index
    from kg.extractors.attributions import attribution_row, find_attributions

    speaker = Speaker()
    for article, doc, table in parse(paths, speaker, model=model, ontology=ontology):
        write_json(attribution_row(article, find_attributions(doc, table, build_actor_index(doc, table))))
    speaker.finish()


def parse(
    paths: Sequence[str], speaker: Speaker, *, model: str | None, ontology: Sequence[str] | None
) -> Iterator[tuple[Article, "Doc", "Ontology"]]:
    from kg.articles import read_articles
    from kg.language import load
    from kg.ontology import load_ontology
    from kg.parsing import parse_articles

    nlp, table = load(model), load_ontology(*map(Path, ontology or ()))
    with speaker.progress() as show:
        for article, doc in parse_articles(read_articles(paths, on_error=speaker.report), nlp):
            show(article)
            yield article, doc, table


@contextmanager
def opened(location: str, *, must_exist: bool = True) -> Iterator["Store"]:
    from kg.store import open_store

    if must_exist and location != "memory:" and "://" not in location and not Path(location).exists():
        raise KGError(f"no store at {location}; kg build makes one, --store names another")
    store = open_store(location)
    try:
        yield store
    finally:
        store.close()


def write_json(value: Any) -> None:
    write_data(json.dumps(value, ensure_ascii=False) + "\n")


def write_data(data: str | bytes) -> None:
    sys.stdout.buffer.write(data if isinstance(data, bytes) else data.encode())
    sys.stdout.buffer.flush()


def main() -> None:
    """Runs one command and exits with its code."""
    app()


if __name__ == "__main__":
    main()
