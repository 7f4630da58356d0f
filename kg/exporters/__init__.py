"""The graph as files: ``export_graph`` picks the format by the file's ending and writes all of it or nothing."""

import os
import tempfile
from importlib import import_module
from os import PathLike
from pathlib import Path

from kg.errors import ExportError
from kg.exporters.tables import format_tables
from kg.store import Store

__all__ = ["EXPORTS", "FORMATS", "export_graph", "format_graph"]

#: Ending -> module and function ``(store, ending) -> bytes``; a module is imported when its format is asked for.
EXPORTS = {
    "ttl": ("kg.exporters.rdf", "format_rdf"),
    "trig": ("kg.exporters.rdf", "format_rdf"),
    "nq": ("kg.exporters.rdf", "format_rdf"),
    "nt": ("kg.exporters.rdf", "format_rdf"),
    "jsonld": ("kg.exporters.rdf", "format_rdf"),
    "graphml": ("kg.exporters.network", "format_network"),
    "gexf": ("kg.exporters.network", "format_network"),
    "html": ("kg.exporters.html", "format_html"),
}
#: All endings; CSV is several files.
FORMATS = (*EXPORTS, "csv")


def format_graph(store: Store, format: str) -> bytes:  # noqa: A002
    """The graph in one of the formats of ``EXPORTS`` (one file each); raises ``ExportError`` for another."""
    if format not in EXPORTS:
        raise ExportError(f"unknown format {format!r} (allowed: {', '.join(FORMATS)})")
    module, function = EXPORTS[format]
    data = getattr(import_module(module), function)(store, format)
    assert isinstance(data, bytes)
    return data


def export_graph(store: Store, path: str | PathLike[str], *, format: str | None = None) -> tuple[Path, ...]:  # noqa: A002
    """Write the graph to ``path``, in the format of its ending or in ``format``; missing folders are made.

    CSV gives three files: ``graph.csv`` with the decisions, ``graph-constraints.csv`` and ``graph-sources.csv``. A file
    appears whole or not at all. Returns the files written. Raises ``ExportError`` for an unknown format and a target
    that cannot be written.
    """
    target = Path(path)
    ending = format or target.suffix.removeprefix(".").lower()
    if not ending:
        raise ExportError(f"{target}: the name has no ending to tell the format by (allowed: {', '.join(FORMATS)})")
    files = _format_files(store, target, ending)
    for file, data in files.items():
        _write_whole(file, data)
    return tuple(files)


def _format_files(store: Store, target: Path, ending: str) -> dict[Path, bytes]:
    if ending != "csv":
        return {target: format_graph(store, ending)}
    tables = format_tables(store)
    names = {"decisions": target.name} | {
        name: f"{target.stem}-{name}{target.suffix}" for name in tables if name != "decisions"
    }
    return {target.with_name(names[name]): data for name, data in tables.items()}


def _write_whole(target: Path, data: bytes) -> None:
    """Write beside the target, then rename: a reader never sees half a file."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise ExportError(f"{target}: cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o666 & ~_read_umask())
        os.replace(name, target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise ExportError(f"{target}: cannot be written: {error.strerror}") from error


def _read_umask() -> int:
    """``mkstemp`` makes files for the owner alone; exports get the rights that other files get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
