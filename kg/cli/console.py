"""What the command line says and where: data on standard output, notes and errors on standard error."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from typer.core import TyperGroup

from kg.errors import ArticleError, KGError
from kg.model import Article

if TYPE_CHECKING:
    from kg.store import Store

__all__ = [
    "FAILED",
    "INTERRUPTED",
    "INVALID",
    "SKIPPED",
    "Commands",
    "Speaker",
    "clean_text",
    "open_at",
    "show_table",
    "write_data",
]

#: Control characters but tab and line feed.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
FAILED, SKIPPED, INVALID, INTERRUPTED = 1, 3, 4, 130


class Speaker:
    """Standard error: notes for people, none of them data."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.errors: list[ArticleError] = []

    def note(self, text: str) -> None:
        self.console.print(clean_text(text), markup=False)

    def report(self, error: ArticleError) -> None:
        self.errors.append(error)
        self.note(f"skipped: {error}")

    def finish(self) -> None:
        """Ends the command with the code that says that articles were skipped, if any were."""
        if self.errors:
            raise typer.Exit(SKIPPED)

    def watch(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The articles, with a line that names the one at work; on a terminal only."""
        if not self.console.is_terminal:
            yield from articles
            return
        with self.console.status("reading") as status:
            for number, article in enumerate(articles, 1):
                status.update(f"{number}  {escape(clean_text(article.headline[:70]))}")
                yield article


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


@contextmanager
def open_at(location: str, *, must_exist: bool = True) -> Iterator["Store"]:
    from kg.store import open_store

    if must_exist and ":" not in location and not Path(location).exists():
        raise KGError(f"no store at {location}; kg build makes one, --store names another")
    store = open_store(location)
    try:
        yield store
    finally:
        store.close()


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table()
    for column in columns:
        table.add_column(escape(clean_text(column)), overflow="fold")
    for row in rows:
        table.add_row(*(escape(clean_text(cell)) for cell in row))
    Console().print(table)


def clean_text(text: str) -> str:
    """Text for a terminal: control characters, which an article may hold, are made visible and do nothing."""
    return CONTROL.sub("\ufffd", text)


def write_data(data: str | bytes) -> None:
    sys.stdout.buffer.write(data if isinstance(data, bytes) else data.encode())
    sys.stdout.buffer.flush()
