"""Arguments and options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["STORE", "Corrections", "Format", "Model", "Ontologies", "Output", "Params", "Paths", "StoreAt"]

#: The store when none is named.
STORE = "kg-store"

Paths = Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH")]
StoreAt = Annotated[str, typer.Option("--store", help="Where the graph is kept: a folder, or memory: for nowhere.")]
Model = Annotated[str | None, typer.Option("--model", help="An installed spaCy pipeline instead of the bundled one.")]
Ontologies = Annotated[
    list[Path] | None,
    typer.Option(
        "--ontology", "--actors", help="Turtle file or folder (vocabulary, actors) to read beside the bundled one."
    ),
]
Corrections = Annotated[Path | None, typer.Option("--corrections", help="YAML or Turtle file of corrections.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="File to write.")]
Params = Annotated[list[str] | None, typer.Option("--param", help="name=value, for a stored question.")]
Format = Annotated[str | None, typer.Option("--format", help="Format in place of the usual one.")]
