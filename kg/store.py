"""Where graphs are kept: Oxigraph in a folder or in memory, or (``kg.endpoint``) a SPARQL server.

A store holds one graph for each article, the fused graph, the ontology's graph and a marker. Each write is one
transaction: after a kill at any moment the store holds whole graphs only, and the next run goes on from there.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
from rdflib import Dataset, Graph

from kg import terms
from kg.errors import StoreError
from kg.literals import make_term
from kg.model import Run
from kg.oxigraph import make_dataset, make_graph, read_quads
from kg.records import (
    ARTICLES_QUERY,
    STORE_VERSION,
    StoredArticle,
    find_article,
    format_marker,
    format_update,
    parse_marker,
    read_articles_table,
    rename_quads,
)

__all__ = ["EmbeddedStore", "Results", "Store", "StoredArticle", "clear_errors", "open_store", "write_folder_marker"]

#: What a query gives: pyoxigraph's own types, each with ``serialize(format=…)``.
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

#: A folder with this file is ours; it is written before anything else is.
MARKER_FILE = "decision-kg-store"
#: More new statements than this are written as files.
MANY = 50_000


class Store(Protocol):
    """What every store does. Each method that writes is one transaction. All raise ``StoreError``."""

    location: str

    def list_articles(self) -> tuple[StoredArticle, ...]:
        """The articles, by IRI."""

    def add_article_graph(self, graph: Graph) -> bool:
        """Add the graph of one article; an older graph of the same article goes. False where it is there already."""

    def remove_article(self, article: str) -> bool:
        """Take the graph of an article (IRI) out. False where there is none."""

    def read_graph(self, name: str) -> Graph:
        """The named graph as rdflib ``Graph``; an empty one where there is none."""

    def list_graphs(self) -> tuple[str, ...]:
        """The names of all graphs, sorted."""

    def replace_graph(self, name: str, quads: Graph | Iterable[ox.Quad]) -> None:
        """Make the named graph hold exactly these statements."""

    def change_graph(self, name: str, *, remove: Iterable[ox.Quad] = (), add: Iterable[ox.Quad] = ()) -> None:
        """Remove and add statements of one named graph."""

    def read_marker(self) -> Run | None:
        """What the last run was made with; None before the first."""

    def write_marker(self, run: Run) -> None:
        """Note what the last run was made with."""

    def query(
        self, text: str, *, default_graphs: Sequence[str] | None = None, named_graphs: Sequence[str] | None = None
    ) -> Results:
        """Run SPARQL with the project's prefixes bound. Raises ``SyntaxError`` for malformed text.

        The default graph is the fused graph unless ``default_graphs`` names others or the text has ``FROM``.
        """

    def read_quads(self, name: str | None = None) -> Iterator[ox.Quad]:
        """The statements of one named graph, or of all."""

    def dump(self, name: str | None = None) -> bytes:
        """All statements as N-Quads lines, or those of one named graph as N-Triples lines, in no certain order."""

    def as_dataset(self) -> Dataset:
        """The store as rdflib ``Dataset``, a copy where the store is a server's; write to named graphs only."""

    def close(self) -> None:
        """Let go of files and connections; the store cannot be used afterwards. A second time does nothing."""


def open_store(location: str | PathLike[str] | None = None) -> Store:
    """The store at a location: a folder (made where it is missing), ``memory:`` or None for one in memory,
    ``sparql+http://HOST/PATH`` for one in a SPARQL server (see ``kg.sparql_client``).

    Raises ``StoreError`` for a folder that holds something else, a store that another process has open, a damaged
    store, or a location of a kind that is not known.
    """
    text = "memory:" if location is None else fspath(location)
    if text == "memory:":
        return EmbeddedStore(ox.Store(), location=text)
    if text.startswith("sparql+"):
        return open_endpoint(text)
    if "://" in text:
        raise StoreError(f"store {text!r} is of no known kind; allowed: a folder, memory: or sparql+http://HOST/PATH")
    return EmbeddedStore(_open_folder(Path(text)), location=text)


def open_endpoint(location: str) -> Store:
    """The store in a SPARQL server; imported late, for most runs have no use of HTTP."""
    from kg.endpoint import EndpointStore
    from kg.sparql_client import SparqlClient

    return EndpointStore(SparqlClient(location), location=location)


def _open_folder(folder: Path) -> ox.Store:
    with clear_errors(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        marker = folder / MARKER_FILE
        if not marker.exists():
            if any(folder.iterdir()):
                raise StoreError(
                    f"store {folder}: the folder holds other things and no {MARKER_FILE} file; "
                    "allowed: a new or empty folder, or one that kg made"
                )
            write_folder_marker(folder)
        _check_version(folder, marker.read_text(encoding="utf-8", errors="replace").strip())
        return ox.Store(str(folder))


def write_folder_marker(folder: Path) -> None:
    """Say that a folder is a store of this layout."""
    (folder / MARKER_FILE).write_text(f"{STORE_VERSION}\n", encoding="ascii")


def _check_version(folder: Path, version: str) -> None:
    """An empty marker is that of a run killed while it wrote it."""
    if version not in ("", str(STORE_VERSION)):
        raise StoreError(f"store {folder}: layout {version!r}; this version of kg reads layout {STORE_VERSION}")


@contextmanager
def clear_errors(location: str) -> Iterator[None]:
    """Oxigraph's errors in words that help."""
    try:
        yield
    except FileExistsError as error:
        raise StoreError(f"store {location}: there is a file of that name; allowed: a folder") from error
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise StoreError(f"store {location}: another process (or another open store) has it open") from error
        if isinstance(error, PermissionError) or "ermission denied" in str(error):
            raise StoreError(f"store {location}: no permission to read and write there") from error
        raise StoreError(f"store {location}: damaged or not readable: {error}") from error


class EmbeddedStore:
    """A store in Oxigraph, in a folder or in memory. ``inner`` is the open pyoxigraph ``Store``."""

    def __init__(self, inner: ox.Store, *, location: str) -> None:
        self.inner = inner
        self.location = location

    def list_articles(self) -> tuple[StoredArticle, ...]:
        return read_articles_table(self.query(ARTICLES_QUERY))  # type: ignore[arg-type]

    def add_article_graph(self, graph: Graph) -> bool:
        name, article = str(graph.identifier), find_article(graph)
        old = self._find_graphs(article)
        if old == [name]:
            return False
        quads = list(read_quads(graph))
        with clear_errors(self.location):
            if old:
                self.inner.update(format_update(drop=old, add=quads))
            else:
                self.inner.extend(quads)
        return True

    def remove_article(self, article: str) -> bool:
        found = self._find_graphs(article)
        with clear_errors(self.location):
            self.inner.update(format_update(drop=found))
        return bool(found)

    def _find_graphs(self, article: str) -> list[str]:
        pattern = (ox.NamedNode(article), make_term("rdf:type"), make_term("schema:NewsArticle"), None)
        return sorted(str(getattr(quad.graph_name, "value", "")) for quad in self.inner.quads_for_pattern(*pattern))

    def read_graph(self, name: str) -> Graph:
        return make_graph(self.inner, name)

    def list_graphs(self) -> tuple[str, ...]:
        names = (str(name.value) for name in self.inner.named_graphs())
        return tuple(sorted(name for name in names if any(True for _ in self.read_quads(name))))

    def replace_graph(self, name: str, quads: Graph | Iterable[ox.Quad]) -> None:
        new = set(rename_quads(quads, name))
        gone = []
        for quad in self.read_quads(name):
            if quad in new:
                new.remove(quad)
            else:
                gone.append(quad)
        self._write(gone, new)

    def change_graph(self, name: str, *, remove: Iterable[ox.Quad] = (), add: Iterable[ox.Quad] = ()) -> None:
        self._write(list(rename_quads(remove, name)), list(rename_quads(add, name)))

    def _write(self, gone: list[ox.Quad], new: Collection[ox.Quad]) -> None:
        """In one transaction. Many statements are better written as files, which Oxigraph takes in all at once: a
        transaction is kept in memory until its end, several times as large as the statements."""
        with clear_errors(self.location):
            if gone:
                self.inner.update(format_update(remove=gone, add=new))
            elif len(new) > MANY:
                self.inner.bulk_extend(new)
            else:
                self.inner.extend(new)

    def read_marker(self) -> Run | None:
        return parse_marker(self.read_quads(terms.META_GRAPH))

    def write_marker(self, run: Run) -> None:
        self.replace_graph(terms.META_GRAPH, format_marker(run))

    def query(
        self, text: str, *, default_graphs: Sequence[str] | None = None, named_graphs: Sequence[str] | None = None
    ) -> Results:
        with clear_errors(self.location):
            return self.inner.query(
                text,
                prefixes=terms.PREFIXES,
                default_graph=None if default_graphs is None else [ox.NamedNode(name) for name in default_graphs],
                named_graphs=None if named_graphs is None else [ox.NamedNode(name) for name in named_graphs],
            )

    def read_quads(self, name: str | None = None) -> Iterator[ox.Quad]:
        yield from self.inner.quads_for_pattern(None, None, None, None if name is None else ox.NamedNode(name))

    def dump(self, name: str | None = None) -> bytes:
        with clear_errors(self.location):
            if name is not None:
                return self.inner.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(name)) or b""
            return self.inner.dump(format=ox.RdfFormat.N_QUADS) or b""

    def as_dataset(self) -> Dataset:
        return make_dataset(self.inner)

    def close(self) -> None:
        vars(self).pop("inner", None)
