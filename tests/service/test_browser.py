"""The query page in a real browser: the editor runs, nothing is asked elsewhere, nothing fails."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.query import find_query
from kg.store import open_store
from tests.fused import fill_fused_store
from tests.servers import find_free_port

pytestmark = pytest.mark.browser

SERVE = """
import sys
from kg.service import serve_store
from kg.store import open_store
if __name__ == "__main__":
    serve_store(open_store(sys.argv[1]), port=int(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve") / "store"
    store = open_store(folder)
    fill_fused_store(store)
    store.close()
    return folder


@pytest.fixture(scope="module")
def address(store_folder: Path) -> Iterator[str]:
    """A service in a process of its own, started as ``kg serve`` starts it."""
    script, port = store_folder.parent / "serve.py", find_free_port()
    script.write_text(SERVE)
    root = Path(__file__).parent.parent.parent
    process = subprocess.Popen(
        [sys.executable, str(script), str(store_folder), str(port)], env={**os.environ, "PYTHONPATH": str(root)}
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            httpx.get(f"{url}/healthz", timeout=60).raise_for_status()
            break
        except httpx.HTTPError:
            assert process.poll() is None
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(timeout=60)


def test_store_is_free_while_it_is_served(address: str, store_folder: Path) -> None:
    assert httpx.get(f"{address}/healthz").json() == {"status": "ok", "articles": 1}
    open_store(store_folder).close()


def test_stored_question_is_chosen_and_answered(address: str) -> None:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("chromium is not installed (Debian chromium)")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        problems: list[str] = []
        requests: list[str] = []

        def note_console(message: object) -> None:
            if getattr(message, "type", "") in ("error", "warning"):
                problems.append(str(getattr(message, "text", "")))

        def note_error(error: object) -> None:
            problems.append(str(error))

        def note_request(request: object) -> None:
            requests.append(str(getattr(request, "url", "")))

        page.on("console", note_console)
        page.on("pageerror", note_error)
        page.on("request", note_request)
        page.goto(address)
        page.select_option("#questions", value=find_query("limits"))
        page.wait_for_selector("text=until 31 March", timeout=60_000)
        browser.close()
    assert problems == []
    assert [url for url in requests if not url.startswith((address, "data:"))] == []
