"""Runs the service: a snapshot of the store, and processes on it."""

import os
import tempfile
from pathlib import Path

import pyoxigraph as ox

from kg.service.evaluation import MEMORY
from kg.service.processes import Settings, run_processes
from kg.store import EmbeddedStore, Store

__all__ = ["make_snapshot", "serve_store"]

LOCAL = ("localhost", "127.0.0.1", "[::1]")


def serve_store(
    store: Store,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    timeout: float = 30,
    max_rows: int = 100_000,
    workers: int | None = None,
    memory: int = MEMORY,
) -> None:
    """Serve what ``store`` holds now, until interrupted; later changes show after a new start.

    ``timeout`` is in seconds for each query, ``max_rows`` bounds each answer; ``workers`` processes answer, by default one
    for each core and at least two, each with ``memory`` bytes for its queries. The store itself is closed at once, so
    that ``kg build`` can use it meanwhile. Bound to another address than the local one, the service answers to any host
    name. Raises ``KGError`` for a port in use.
    """
    with tempfile.TemporaryDirectory(prefix="kg-serve-") as folder:
        snapshot = make_snapshot(_find_inner(store), Path(folder))
        store.close()
        hosts = LOCAL if host in ("127.0.0.1", "::1", "localhost") else ("*",)
        settings = Settings(snapshot=snapshot, timeout=timeout, max_rows=max_rows, hosts=hosts, memory=memory)
        run_processes(settings, host=host, port=port, workers=workers or max(2, os.cpu_count() or 2))


def make_snapshot(inner: ox.Store, folder: Path) -> Path:
    """A copy of the store that no one changes: hard links for one on disk, a load for one in memory."""
    target = folder / "snapshot"
    try:
        inner.backup(str(target))
    except (OSError, RuntimeError):
        copy = ox.Store(str(target))
        copy.bulk_extend(iter(inner))
        copy.flush()
        del copy
    return target


def _find_inner(store: Store) -> ox.Store:
    """The pyoxigraph store of an embedded one, a copy of a server's."""
    if isinstance(store, EmbeddedStore):
        return store.inner
    inner = ox.Store()
    inner.bulk_extend(store.read_quads())
    return inner
