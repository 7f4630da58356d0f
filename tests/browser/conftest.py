"""A page in a real browser; tests are skipped where there is none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from kg.exporters.html import render_page
from kg.exporters.view_data import ViewData
from tests.browser.chromium import find_chromium, launch
from tests.exporters.views import STORY

DESKTOP, PHONE = (1280, 800), (390, 844)


@dataclass
class Watch:
    """What a page asked for and said that it should not have."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note_request(self, request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.requests.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def note_error(self, error: Any) -> None:
        self.errors.append(str(error))


Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not find_chromium():
        pytest.skip("no Chromium here: install Debian's package chromium, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens a view; at the end every page must have asked for nothing and said nothing wrong."""
    watch = Watch()
    contexts = []

    def open_view(
        view: ViewData = STORY,
        *,
        anchor: str = "",
        size: tuple[int, int] = DESKTOP,
        dark: bool = False,
        layout: str = "story",
    ) -> Page:
        path = tmp_path / "graph.html"
        path.write_text(render_page(view, layout=layout), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", watch.note_request)
        page.on("console", watch.note_console)
        page.on("pageerror", watch.note_error)
        page.goto(path.as_uri() + anchor)
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        return page

    yield open_view
    for context in contexts:
        context.close()
    assert not watch.requests, f"remote requests: {watch.requests}"
    assert not watch.errors, f"errors on the console: {watch.errors}"
