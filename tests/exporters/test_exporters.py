"""Files: the format by the ending, whole or not at all, errors that help."""

import os
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.exporters import EXPORTS, FORMATS, export_graph, format_graph
from kg.store import Store
from tests.fused import make_fused_store

NAMES = [name for name in EXPORTS if name != "html"]


@pytest.fixture(scope="module")
def store() -> Store:
    return make_fused_store()


@pytest.mark.parametrize("name", NAMES)
def test_format_comes_from_the_ending(store: Store, tmp_path: Path, name: str) -> None:
    [file] = export_graph(store, tmp_path / "new" / f"graph.{name.upper()}")
    assert file.read_bytes() == format_graph(store, name)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_format_can_be_given(store: Store, tmp_path: Path) -> None:
    [file] = export_graph(store, tmp_path / "graph.txt", format="nt")
    assert file.read_bytes() == format_graph(store, "nt")


def test_csv_is_three_files(store: Store, tmp_path: Path) -> None:
    files = export_graph(store, tmp_path / "graph.csv")
    assert sorted(file.name for file in files) == ["graph-constraints.csv", "graph-sources.csv", "graph.csv"]
    assert all(file.read_bytes() for file in files)


@pytest.mark.parametrize("name", ["graph.docx", "graph", ".ttl"])
def test_unknown_format_is_told(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"allowed: ttl, trig.*csv"):
        export_graph(store, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_folder_in_the_way_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(ExportError, match="cannot be written"):
        export_graph(store, tmp_path / "graph.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_file_in_place_of_the_folder_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="cannot be written"):
        export_graph(store, tmp_path / "file" / "graph.ttl")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_without_permission_is_told(store: Store, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ExportError, match="cannot be written: Permission denied"):
        export_graph(store, tmp_path / "graph.ttl")


def test_failing_write_leaves_the_old_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "graph.ttl"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(ExportError, match="No space left"):
        export_graph(store, target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_all_formats_are_named() -> None:
    assert set(FORMATS) == {"ttl", "trig", "nq", "nt", "jsonld", "graphml", "gexf", "csv", "html"}
