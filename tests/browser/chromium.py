"""Debian's Chromium, driven by Playwright."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

__all__ = ["FLAGS", "find_chromium", "launch"]

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str:
    """The path of the browser, or an empty string."""
    return os.environ.get("CHROMIUM", "") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


def launch(playwright: Playwright) -> Browser:
    """A headless browser that asks nothing of the network by itself."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
