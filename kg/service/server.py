"""Runs the service: a snapshot of the store, workers on it, and uvicorn."""

import tempfile
from pathlib import Path

import pyoxigraph as ox
import uvicorn

from kg.exporters import format_graph
from kg.service.app import build_app
from kg.service.workers import WorkerPool, make_snapshot
from kg.store import EmbeddedStore, Store

__all__ = ["serve_store"]


def serve_store(
    store: Store,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    timeout: float = 30,
    max_rows: int = 100_000,
    workers: int = 2,
) -> None:
    """Serve what ``store`` holds now, until interrupted; later changes show after a new start.

    ``timeout`` is in seconds for each query, ``max_rows`` bounds each answer. The store itself is closed at once, so
    that ``kg build`` can use it meanwhile. Bound to another address than the local one, the service answers to any
    host name.
    """
    with tempfile.TemporaryDirectory(prefix="kg-serve-") as folder:
        snapshot = make_snapshot(_find_inner(store), Path(folder))
        store.close()
        pool = WorkerPool(snapshot, size=workers, timeout=timeout)
        hosts = ("localhost", "127.0.0.1", "[::1]") if host in ("127.0.0.1", "::1", "localhost") else ("*",)

        def make_graph_page() -> bytes:
            return format_graph(EmbeddedStore(ox.Store.read_only(str(snapshot)), location=str(snapshot)), "html")

        app = build_app(pool, max_rows=max_rows, hosts=hosts, graph_page=make_graph_page)
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def _find_inner(store: Store) -> ox.Store:
    """The pyoxigraph store of an embedded one, a copy of a server's."""
    if isinstance(store, EmbeddedStore):
        return store.inner
    inner = ox.Store()
    inner.bulk_extend(store.read_quads())
    return inner
