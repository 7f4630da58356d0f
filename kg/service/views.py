"""Pages of the whole graph: the interactive graph and the coverage matrix. Each is made when first asked for, and kept."""

from collections.abc import Callable, Mapping
from threading import Lock

import pyoxigraph as ox

from kg.service.coverage import format_coverage_page
from kg.store import EmbeddedStore, Store

__all__ = ["VIEWS", "Views"]


def make_graph_page(store: Store) -> bytes:
    """The interactive graph; imported late, for it needs much that no other page needs."""
    from kg.exporters import format_graph

    return format_graph(store, "html")


def make_coverage_page(store: Store) -> bytes:
    """The coverage matrix."""
    from kg.reports import build_coverage

    return format_coverage_page(build_coverage(store)).encode()


#: Name of a view, which is its path too -> what makes its page.
VIEWS: dict[str, Callable[[Store], bytes]] = {"graph": make_graph_page, "coverage": make_coverage_page}


class Views:
    """The views of a store that does not change. Safe for threads."""

    def __init__(self, inner: ox.Store, views: Mapping[str, Callable[[Store], bytes]]) -> None:
        self._store = EmbeddedStore(inner, location="the served store")
        self._views = views
        self._pages: dict[str, bytes] = {}
        self._locks = {name: Lock() for name in views}

    def find_page(self, name: str) -> bytes:
        """The page of a view; a second request waits for the first."""
        with self._locks[name]:
            if name not in self._pages:
                self._pages[name] = self._views[name](self._store)
            return self._pages[name]
