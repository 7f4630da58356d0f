"""Python's search for cycles, put off while an article is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collection_put_off"]


@contextmanager
def collection_put_off() -> Iterator[None]:
    """Makes many objects without the searches for cycles that every so many of them start, which take a fifth of the time of
    extraction and find nothing before the article is done (the idea of Mercurial's ``nogc``)."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
