"""A generated graph in our own shape, for the benchmarks: copies of one article with its fused decision."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from kg import terms
from kg.store import open_store
from tests.fused import make_fused_store

__all__ = ["generate_lines", "make_store_folder", "write"]

MINTED = re.compile(rf"({re.escape(terms.BASE)}(?!graph/fused)[a-z]+/[a-z0-9]+)")
#: Publishers, runs and the like are shared by articles.
SHARED = re.compile(r"/(publisher|run|software|time)/")


def write(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def generate_lines(triples: int) -> bytes:
    """N-Quads: each copy with names of its own."""
    return "".join(_generate_copies(triples)).encode()


def _generate_copies(triples: int) -> Iterator[str]:
    model = make_fused_store().dump().decode()
    size = model.count("\n")
    for number in range(max(1, triples // size)):

        def rename(match: re.Match[str], number: int = number) -> str:
            return match[1] if SHARED.search(match[1]) else f"{match[1]}x{number}"

        yield MINTED.sub(rename, model)


def make_store_folder(folder: Path, triples: int) -> Path:
    """A store of ours in ``folder``, filled."""
    store = open_store(folder)
    store.inner.bulk_load(generate_lines(triples), format=ox.RdfFormat.N_QUADS)  # type: ignore[attr-defined]
    store.inner.flush()  # type: ignore[attr-defined]
    store.close()
    return folder
