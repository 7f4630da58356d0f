"""Open time and frames a second of the page, beside plain pyvis, in headless Chromium without a GPU.

    python tests/benchmarks/page.py [--nodes 300 1500 5000] [--pyvis-physics]

Open time: from asking for the file to the second frame after it has loaded; also the processor time of the page's main
thread in it, which a busy machine does not stretch. Frames: counted by the page while the mouse
drags an empty spot of the graph to and fro. Plain pyvis gets the same nodes, edges, places and labels, with physics off
(and once more with its defaults, physics on, where asked for).
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from pyvis.network import Network

sys.path.insert(0, str(Path(__file__).parents[2]))

from kg.exporters.html import render_page
from kg.exporters.view_data import ViewData
from kg.exporters.view_layout import place_nodes
from tests.browser.chromium import launch
from tests.exporters.views import make_large_view

SECONDS = 3.0


def write_pyvis(view: ViewData, path: Path, *, physics: bool) -> None:
    """What pyvis makes of the same graph."""
    places, _ = place_nodes(view)
    network = Network(directed=True, height="800px", width="100%", cdn_resources="in_line")
    for node in view.nodes:
        x, y = places[node.id]
        network.add_node(node.id, label=node.label, x=x, y=y, shape="box")
    for edge in view.edges:
        network.add_edge(edge.source, edge.target, label=edge.label)
    network.toggle_physics(physics)
    path.write_text(network.generate_html(), encoding="utf-8")


def measure_open(page: Page, path: Path) -> tuple[float, float]:
    """Seconds until the second frame after loading, and seconds of the page's main thread (processor time)."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="load")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    seconds = time.perf_counter() - start
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return seconds, metrics["TaskDuration"]


def measure_frames(page: Page) -> float:
    """Frames a second while an empty spot is dragged."""
    box: Any = page.locator("canvas").first.bounding_box()
    x, y = box["x"] + min(box["width"], 1000) / 2, box["y"] + min(box["height"], 600) / 2
    page.evaluate(
        "() => { window.frames_ = 0; const count = () => { window.frames_ += 1; requestAnimationFrame(count); };"
        " requestAnimationFrame(count); }"
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("() => { window.frames_ = 0; window.start_ = performance.now(); }")
    end = time.perf_counter() + SECONDS
    step = 0
    while time.perf_counter() < end:
        step += 1
        way = step % 80
        page.mouse.move(x + (way if way < 40 else 80 - way) * 6, y + (way if way < 40 else 80 - way) * 2)
    rate = float(page.evaluate("() => window.frames_ / ((performance.now() - window.start_) / 1000)"))
    page.mouse.up()
    return rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="+", default=[300, 1500, 5000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=["page", "pyvis"])
    parser.add_argument("--pyvis-physics", action="store_true")
    arguments = parser.parse_args()
    sys.stdout.write("| nodes | page | MB | open s | of it processor s | frames/s |\n|---|---|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        for count in arguments.nodes:
            view = make_large_view(count)
            for name in ("decision-kg", "pyvis", *(["pyvis, physics"] if arguments.pyvis_physics else [])):
                if arguments.only and not name.startswith({"page": "decision"}.get(arguments.only, "pyvis")):
                    continue
                path = Path(folder) / f"{name.replace(', ', '-')}-{count}.html"
                if name == "decision-kg":
                    path.write_text(render_page(view), encoding="utf-8")
                else:
                    write_pyvis(view, path, physics=name.endswith("physics"))
                opens, busy, frames = [], [], []
                for _ in range(arguments.runs):
                    page = browser.new_page(viewport={"width": 1280, "height": 800})
                    page.route("http*://**", _refuse)
                    seconds, processor = measure_open(page, path)
                    opens.append(seconds)
                    busy.append(processor)
                    frames.append(measure_frames(page))
                    page.close()
                size = path.stat().st_size / 1e6
                middle = " | ".join(f"{statistics.median(each):.2f}" for each in (opens, busy, frames))
                sys.stdout.write(f"| {count} | {name} | {size:.2f} | {middle} |\n")
                sys.stdout.flush()
        browser.close()


def _refuse(route: Any) -> None:
    route.abort()


if __name__ == "__main__":
    main()
