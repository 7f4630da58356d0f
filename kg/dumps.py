"""A whole store out of a dump: what ``kg export`` wrote as N-Quads or TriG, by Oxigraph's bulk loader.

A build adds one article at a time, each in a transaction, which is safe and takes its time. A dump makes a store that is
not there yet, so it needs no transactions: it is loaded beside its place, checked, and put there at once, or not at all.
"""

import mmap
import os
import shutil
import tempfile
from pathlib import Path

import pyoxigraph as ox

from kg import terms
from kg.errors import StoreError
from kg.store import EmbeddedStore, Store, clear_errors, open_store, write_folder_marker

__all__ = ["DUMP_FORMATS", "load_dump"]

#: Ending of a dump's name -> its format; both keep the names of graphs.
DUMP_FORMATS = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}
#: Prefix of the names that our graphs have.
GRAPHS = terms.BASE + "graph/"
BLANK = "ASK { GRAPH ?g { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) } }"


def load_dump(path: str | os.PathLike[str], location: str | os.PathLike[str] | None = None) -> Store:
    """The store at ``location`` (see ``open_store``), which must be new or empty, filled with a dump.

    Raises ``StoreError`` for a store that holds anything, a file that cannot be read or is no dump of ours (statements
    outside a graph, graphs of other names, blank nodes); the place is then as it was before.
    """
    file, text = Path(path), os.fspath(location) if location is not None else "memory:"
    format_ = DUMP_FORMATS.get(file.suffix.removeprefix(".").lower())
    if format_ is None:
        raise StoreError(f"dump {file}: unknown ending (allowed: {', '.join(DUMP_FORMATS)})")
    if text == "memory:":
        return EmbeddedStore(_load_checked(ox.Store(), file, format_), location=text)
    if "://" in text:
        return _load_remote(_load_checked(ox.Store(), file, format_), text)
    _load_folder(Path(text), file, format_)
    return open_store(text)


def _load_checked(inner: ox.Store, file: Path, format_: ox.RdfFormat) -> ox.Store:
    try:
        inner.bulk_load(path=str(file), format=format_)
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"dump {file}: {error}") from error
    _check_statements(inner, file)
    return inner


def _check_statements(inner: ox.Store, file: Path) -> None:
    if next(inner.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is not None:
        raise StoreError(f"dump {file}: statements outside a graph; allowed: what kg export writes as nq or trig")
    foreign = sorted(str(name) for name in inner.named_graphs() if not str(name.value).startswith(GRAPHS))
    if foreign:
        raise StoreError(f"dump {file}: graph {foreign[0]} is not one of ours (allowed: <{GRAPHS}…>)")
    if _may_have_blanks(file) and inner.query(BLANK):
        raise StoreError(f"dump {file}: blank nodes; every node of ours has a name")


def _may_have_blanks(file: Path) -> bool:
    """False where no blank node is written in N-Quads: looking at the text is much faster than asking the store."""
    if file.suffix.lower() != ".nq" or not file.stat().st_size:
        return True
    with file.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as text:
        return text.find(b"_:") >= 0


def _load_folder(folder: Path, file: Path, format_: ox.RdfFormat) -> None:
    """Load in a folder beside, then rename."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"store {folder}: not empty; allowed: a new store, since a dump is a whole store")
    with clear_errors(str(folder)):
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        with clear_errors(str(folder)):
            write_folder_marker(beside)
            inner = _load_checked(ox.Store(str(beside)), file, format_)
            inner.flush()
            del inner
            beside.chmod(0o777 & ~_read_umask())
            os.replace(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _read_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _load_remote(inner: ox.Store, location: str) -> Store:
    """Graph by graph, each in one request and so one transaction."""
    store = open_store(location)
    if store.list_graphs():
        raise StoreError(f"store {location}: not empty; allowed: a new store, since a dump is a whole store")
    for name in inner.named_graphs():
        store.replace_graph(str(name.value), inner.quads_for_pattern(None, None, None, name))
    return store
