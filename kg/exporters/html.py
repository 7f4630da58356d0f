"""The interactive page: one HTML file that works offline, from disk; the only module that knows pyvis.

pyvis holds nodes, edges and vis-network's options, brings vis-network itself, and fills our own template. Everything
that an article says travels as JSON in a data block and is shown as text; a content security policy in the file lets
only the page's own scripts run (by their hashes) and no address be asked for anything.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyvis
from pyvis.network import Network

from kg import terms
from kg.errors import ExportError
from kg.exporters.view_data import ViewData, list_fields
from kg.exporters.view_layout import place_nodes
from kg.exporters.view_reading import read_view
from kg.store import Store

__all__ = ["Page", "export_html", "format_html", "render_page", "view_graph"]

TEMPLATES = Path(__file__).parent / "templates"
#: vis-network as pyvis brings it (dual licensed Apache-2.0 and MIT; its notice stands in the page).
VIS_NETWORK = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
#: The page's own scripts, in the order in which they build on each other.
SCRIPTS = (
    *("state", "text", "paint", "lines", "glide", "gather", "graph", "export"),
    *("panel", "filters", "search", "coverage", "timeline", "main"),
)
#: Nothing moves by itself and nothing is fetched; the page handles selection and keys.
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "keyboard": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 10**9,
        "navigationButtons": False,
    },
    "nodes": {"shape": "custom", "labelHighlightBold": False},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0},
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page for Jupyter, which shows it inline, in a frame of its own."""

    text: str
    height: int = 720

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="Decision graph" style="width:100%;height:{self.height}px;border:0" '
            f'sandbox="allow-scripts allow-downloads allow-popups" srcdoc="{html.escape(self.text)}"></iframe>'
        )


def export_html(
    store: Store,
    path: str | Path,
    *,
    focus: str | None = None,
    depth: int = 2,
    types: Sequence[str] = (),
    since: str = "",
    until: str = "",
    layout: str = "story",
    max_nodes: int = 5000,
) -> None:
    """Write what the store holds as one page; the same store gives the same bytes.

    ``focus`` (name or IRI of an actor or decision) keeps what lies within ``depth`` steps of it; ``types`` keeps decisions
    of these of the seven types; ``since`` and ``until`` (ISO 8601 days) those that articles of these days tell of. Of a
    graph with more than ``max_nodes`` nodes the best connected decisions are shown, and the page says what is left out.
    Raises ``ExportError`` for a focus that nothing or more than one thing has as name, for unknown types, days and layouts,
    and for a file that cannot be written.
    """
    view = read_view(store, focus=focus, depth=depth, types=types, since=since, until=until, max_nodes=max_nodes)
    text = render_page(view, layout=layout)
    target = Path(path)
    partial = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(target)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise ExportError(f"{target}: cannot be written: {error.strerror or error}") from error


def format_html(store: Store, name: str = "html") -> bytes:
    """The whole page as bytes: the row of ``EXPORTS``."""
    return render_page(read_view(store)).encode()


def view_graph(
    store: Store,
    *,
    focus: str | None = None,
    depth: int = 2,
    types: Sequence[str] = (),
    since: str = "",
    until: str = "",
    layout: str = "story",
    max_nodes: int = 5000,
    height: int = 720,
) -> Page:
    """The page for a notebook: as the last line of a cell it is shown inline, ``height`` pixels high.

    The other arguments are those of ``export_html``.
    """
    view = read_view(store, focus=focus, depth=depth, types=types, since=since, until=until, max_nodes=max_nodes)
    return Page(render_page(view, layout=layout), height)


def render_page(view: ViewData, *, layout: str = "story") -> str:
    """The page as text. Raises ``ExportError`` for an unknown layout."""
    network = Network(directed=True, height="100%", width="100%")
    network.nodes, network.edges = _list_nodes(view, layout), _list_edges(view)
    network.set_options(json.dumps(OPTIONS))
    network.set_template_dir(str(TEMPLATES), "page.html")
    network.templateEnv.autoescape = True
    scripts = {
        "vis": _read_vis_network(),
        "app": _read_scripts(),
    }
    network.templateEnv.globals.update(
        title=view.title,
        styles=(TEMPLATES / "page.css").read_text(encoding="utf-8"),
        scripts=scripts,
        policy=_write_policy(scripts.values()),
        blocks={name: _write_data(block) for name, block in _list_blocks(view).items()},
        write_data=_write_data,
    )
    text: str = network.generate_html("page.html")
    return text


def _list_nodes(view: ViewData, layout: str) -> list[dict[str, Any]]:
    """Nodes as pyvis keeps them: vis-network's own fields, and ours, which it passes on."""
    places, boxes = place_nodes(view, layout=layout)
    return [
        {
            **list_fields(node),
            "x": places[node.id][0],
            "y": places[node.id][1],
            "w": boxes[node.id].width,
            "h": boxes[node.id].height,
            "lines": boxes[node.id].lines,
        }
        for node in view.nodes
    ]


def _list_edges(view: ViewData) -> list[dict[str, Any]]:
    return [
        {"id": f"e{place}", "from": edge.source, "to": edge.target, "role": edge.role, "label": edge.label}
        for place, edge in enumerate(view.edges)
    ]


def _list_blocks(view: ViewData) -> dict[str, dict[str, Any]]:
    """The rest of the view by data block; the page reads the last two when they are first asked for."""
    return {
        "view-data": {
            "base": terms.BASE,
            "title": view.title,
            "counts": view.counts,
            "omission": list_fields(view.omission) if view.omission else None,
        },
        "evidence-data": {
            "articles": [list_fields(article) for article in view.articles],
            "evidence": [list_fields(evidence) for evidence in view.evidence],
            "conflicts": [list_fields(conflict) for conflict in view.conflicts],
        },
        "table-data": {
            "coverage": {
                "outlets": view.coverage.outlets,
                "rows": [{"node": row.node, "cells": row.cells} for row in view.coverage.rows],
            },
            "timeline": [list_fields(event) for event in view.timeline],
        },
    }


def _read_vis_network() -> str:
    """The library's text with its licence notice; the pointer to its source map would be an address to ask."""
    text = VIS_NETWORK.read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=.*", "", text).replace("</script", "<\\/script")


def _read_scripts() -> str:
    parts = [(TEMPLATES / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return "\n".join(["(() => {", '"use strict";', *parts, "})();", ""])


def _write_policy(scripts: Sequence[str] | Any) -> str:
    """A content security policy: our scripts by their hashes, no remote thing of any kind."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _write_data(value: Any) -> str:
    """JSON that cannot end the data block it stands in, whatever the texts hold."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
