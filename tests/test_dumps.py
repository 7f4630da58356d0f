"""A store out of a dump: the same statements, whole or not at all."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import terms
from kg.dumps import load_dump
from kg.errors import StoreError
from kg.exporters import export_graph
from kg.store import Store, open_store
from tests.fused import make_fused_store
from tests.servers import run_oxigraph


@pytest.fixture(scope="module")
def store() -> Store:
    return make_fused_store()


@pytest.fixture(params=["memory:", "folder", "empty folder", "server"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "server":
        with run_oxigraph(tmp_path / "server") as served:
            yield served
        return
    if request.param == "empty folder":
        (tmp_path / "store").mkdir()
    yield "memory:" if request.param == "memory:" else str(tmp_path / "store")


@pytest.mark.parametrize("ending", ["nq", "trig"])
def test_store_comes_back_from_its_dump(store: Store, location: str, ending: str, tmp_path: Path) -> None:
    [file] = export_graph(store, tmp_path / f"dump.{ending}")
    loaded = load_dump(file, location)
    assert sorted(map(str, loaded.read_quads())) == sorted(map(str, store.read_quads()))
    assert loaded.list_articles() == store.list_articles()
    loaded.close()


def test_store_that_holds_anything_is_left_alone(store: Store, tmp_path: Path) -> None:
    [file] = export_graph(store, tmp_path / "dump.nq")
    load_dump(file, tmp_path / "store").close()
    with pytest.raises(StoreError, match="not empty"):
        load_dump(file, tmp_path / "store")
    with pytest.raises(StoreError, match="not empty"):
        load_dump(file, file)
    again = open_store(tmp_path / "store")
    assert len(again.list_articles()) == 1
    again.close()


GRAPH = f"<{terms.FUSED_GRAPH}>"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("dump.ttl", "", r"unknown ending \(allowed: nq, trig\)"),
        ("missing.nq", None, "missing.nq"),
        ("broken.nq", f"<ex:a> <ex:b> <ex:c> {GRAPH} .\n<ex:a> <ex:b", "broken.nq: .*2"),
        ("flat.nq", "<ex:a> <ex:b> <ex:c> .\n", "outside a graph"),
        ("foreign.trig", "GRAPH <ex:g> { <ex:a> <ex:b> <ex:c> }", "graph <ex:g> is not one of ours"),
        ("blank.nq", f"<ex:a> <ex:b> _:c {GRAPH} .\n", "blank nodes"),
    ],
)
def test_file_that_is_no_dump_is_told_and_leaves_nothing(
    tmp_path: Path, name: str, text: str | None, message: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StoreError, match=message):
        load_dump(tmp_path / name, tmp_path / "store")
    assert sorted(tmp_path.iterdir()) == before


def test_command(store: Store, tmp_path: Path) -> None:
    [file] = export_graph(store, tmp_path / "dump.nq")
    command = [sys.executable, "-m", "kg", "load", str(file), "--store", str(tmp_path / "store")]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=False) for _ in range(2))
    assert (first.returncode, first.stderr) == (0, f"loaded 1 articles into {tmp_path / 'store'}\n")
    assert (second.returncode, "not empty" in second.stderr) == (1, True)
