"""The page as a file: complete, harmless, the same bytes for the same graph."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ExportError
from kg.exporters import export_graph
from kg.exporters.html import export_html, render_page, view_graph
from kg.exporters.view_reading import read_view
from kg.store import open_store
from tests.exporters.views import HOSTILE, STORY, make_hostile_view
from tests.fused import make_fused_store

ROOT = Path(__file__).parents[2]


class Elements(HTMLParser):
    """Elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def read_block(text: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_page_holds_the_view() -> None:
    text = render_page(STORY)
    nodes = read_block(text, "nodes")
    assert {node["id"] for node in nodes} == {node.id for node in STORY.nodes}
    assert all({"x", "y", "w", "h", "lines"} <= node.keys() for node in nodes)
    assert len(read_block(text, "edges")) == len(STORY.edges)
    assert read_block(text, "view-data")["title"] == STORY.title
    assert read_block(text, "evidence-data")["evidence"][0]["quote"] == STORY.evidence[0].quote
    tables = read_block(text, "table-data")
    assert tables["coverage"]["outlets"] == list(STORY.coverage.outlets)
    assert len(tables["timeline"]) == len(STORY.timeline)
    assert read_block(text, "options")["physics"] == {"enabled": False}


def test_the_page_asks_for_nothing() -> None:
    elements = Elements(render_page(STORY)).elements
    addresses = [attributes.get(name) for _, attributes in elements for name in ("src", "href", "action", "srcset")]
    assert {address for address in addresses if address} <= {"data:,", "#panel"}
    policy = next(a["content"] for _, a in elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert "sourceMappingURL" not in render_page(STORY)


def test_the_licence_of_the_library_stands_in_the_page() -> None:
    assert "vis.js is dual licensed" in render_page(STORY)


def test_hostile_texts_stay_inside_their_data_blocks() -> None:
    text = render_page(make_hostile_view())
    assert [tag for tag, _ in Elements(text).elements].count("script") == 8
    assert "<img src=x" not in text
    assert "window.hacked=1</script>" not in text
    assert {node["label"] for node in read_block(text, "nodes")} == set(HOSTILE)
    assert "49" not in [node["label"] for node in read_block(text, "nodes")]


def test_the_same_store_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    code = (
        "import sys, hashlib\nfrom kg.exporters.html import render_page\nfrom tests.exporters.views import make_large_view\n"
        "sys.stdout.write(hashlib.sha256(render_page(make_large_view(260)).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(digests) == 1


def test_a_store_becomes_a_page(tmp_path: Path) -> None:
    store = make_fused_store()
    export_html(store, tmp_path / "folder" / "graph.html")
    text = (tmp_path / "folder" / "graph.html").read_text(encoding="utf-8")
    assert text == render_page(read_view(store))
    assert not list((tmp_path / "folder").glob("*.part"))
    export_graph(store, tmp_path / "other.html")
    assert (tmp_path / "other.html").read_text(encoding="utf-8") == text


def test_an_empty_store_becomes_a_page() -> None:
    assert read_block(view_graph(open_store()).text, "nodes") == []


def test_a_target_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be written"):
        export_html(make_fused_store(), tmp_path / "file" / "graph.html")


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(ExportError, match="allowed: story, columns"):
        render_page(STORY, layout="circle")


def test_notebooks_show_the_page_in_a_frame() -> None:
    shown = view_graph(make_fused_store(), height=500)._repr_html_()
    [(tag, attributes)] = Elements(shown).elements
    assert tag == "iframe"
    assert "height:500px" in (attributes["style"] or "")
    assert "allow-same-origin" not in (attributes["sandbox"] or "")
    assert (attributes["srcdoc"] or "").startswith("<!doctype html>")
