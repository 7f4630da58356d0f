"""The query page in a real browser: the editor runs, nothing is asked elsewhere, nothing fails."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.query import find_query
from kg.store import open_store
from tests.service.serving import make_folder, run_service

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("serve") / "store")


@pytest.fixture(scope="module")
def address(store_folder: Path) -> Iterator[str]:
    with run_service(store_folder) as service:
        yield service.url


@contextmanager
def open_page(address: str) -> Iterator[Any]:
    """A page of a real browser; afterwards nothing must have failed, and nothing have been asked elsewhere."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("chromium is not installed (Debian chromium)")
    playwright = pytest.importorskip("playwright.sync_api")
    problems: list[str] = []
    requests: list[str] = []

    def note_console(message: object) -> None:
        if getattr(message, "type", "") in ("error", "warning"):
            problems.append(str(getattr(message, "text", "")))

    def note_error(error: object) -> None:
        problems.append(str(error))

    def note_request(request: object) -> None:
        requests.append(str(getattr(request, "url", "")))

    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.on("console", note_console)
        page.on("pageerror", note_error)
        page.on("request", note_request)
        yield page
        browser.close()
    assert problems == []
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []


def test_store_is_free_while_it_is_served(address: str, store_folder: Path) -> None:
    assert httpx.get(f"{address}/healthz").json() == {"status": "ok", "articles": 1}
    open_store(store_folder).close()


def test_stored_question_is_chosen_and_answered(address: str) -> None:
    with open_page(address) as page:
        page.goto(address)
        page.select_option("#questions", value=find_query("limits"))
        page.wait_for_selector("text=until 31 March", timeout=60_000)


def test_names_in_results_lead_to_their_page_here(address: str) -> None:
    with open_page(address) as page:
        page.goto(address)
        page.select_option("#questions", value=find_query("evidence"))
        link = page.wait_for_selector('.yasr a[href^="/id/article/"]', timeout=60_000)
        assert page.query_selector('.yasr a[href^="https://w3id.org/decision-kg/id/"]') is None
        page.goto(address + link.get_attribute("href"))
        assert page.inner_text("h1")
        assert page.inner_text("main code").startswith("https://w3id.org/decision-kg/id/article/")


def test_quote_of_the_coverage_matrix_opens_by_click_and_key(address: str) -> None:
    with open_page(address) as page:
        page.goto(address)
        page.click('nav a[href="/coverage"]')
        assert page.inner_text("h1") == "Coverage"
        quote = page.locator("blockquote").first
        assert not quote.is_visible()
        page.locator("summary").first.click()
        assert quote.is_visible()
        page.locator("summary").first.press("Enter")
        assert not quote.is_visible()


def test_interactive_graph_is_shown(address: str) -> None:
    with open_page(address) as page:
        page.goto(address)
        page.click('nav a[href="/graph"]')
        page.wait_for_selector("canvas", timeout=60_000)
