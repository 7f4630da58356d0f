"""Pictures of a page for the README: light and dark, on a desktop and on a phone.

    python tests/browser/screenshots.py exports/graph.html exports

Needs Pillow, which makes the files small (256 colours).
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.browser.chromium import launch

#: Name -> width, height, dark, part of the address, what is clicked.
SHOTS = {
    "graph": (1280, 800, False, "", (".decision-link", ".actions button")),
    "graph-dark": (1280, 800, True, "#coverage", ()),
    "phone": (390, 844, False, "", ()),
    "phone-dark": (390, 844, True, "", (".decision-link",)),
}


def main(page_path: Path, folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, (width, height, dark, anchor, clicks) in SHOTS.items():
            scheme = "dark" if dark else "light"
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(page_path.resolve().as_uri() + anchor)
            page.wait_for_selector("html[data-ready=yes]", state="attached")
            for place in clicks:
                page.locator(place).first.click()
            page.wait_for_timeout(300)
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=3).save(
                folder / f"{name}.png", optimize=True
            )
            page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
