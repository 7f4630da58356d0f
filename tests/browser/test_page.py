"""The page as people use it: in Chromium, with mouse, keyboard and thumb."""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Page, expect

from kg.exporters.html import Page as Shown
from kg.exporters.html import render_page
from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.exporters.views import HOSTILE, STORY, make_hostile_view, make_large_view

pytestmark = pytest.mark.browser


def test_opens_on_the_list_of_decisions_with_the_best_reported_first(opened: Opener) -> None:
    page = opened()
    expect(page.locator(".decision-link")).to_have_count(3)
    expect(page.locator(".decision-link").first).to_contain_text("ferries sail at night")
    expect(page.locator("#counts")).to_contain_text("3 articles · 3 outlets")


def test_a_click_on_a_node_opens_its_evidence(opened: Opener) -> None:
    page = opened()
    click_node(page, "decision/d1")
    panel = page.locator("#panel")
    expect(panel.locator("mark").first).to_have_text(
        "The board will let ferries sail at night, but only inside the bay"
    )
    expect(panel.locator("blockquote").first).to_contain_text("The harbour board met on Sunday.")
    expect(panel).to_contain_text("According to Coast Radio (outlet) › the chair of the board (office)")
    expect(panel).to_contain_text("1 March 2026")
    expect(panel).to_contain_text("disputed")
    expect(panel.get_by_role("link", name="Harbour board lets night ferries")).to_have_attribute(
        "href", "https://harbour.example/night-ferries"
    )
    expect(panel.locator("code")).to_have_text("https://w3id.org/decision-kg/id/decision/d1")
    assert page.url.endswith("#decision/d1")


def click_node(page: Page, iri: str) -> None:
    """Clicks where the node stands on the stage, found as a user would: by walking there from the list."""
    page.locator(f"#panel [data-node='{iri}']").first.click()
    page.locator(".back").click()
    box = page.locator("#stage-frame").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_an_actor_shows_its_names_and_links(opened: Opener) -> None:
    page = opened(anchor="#actor/board")
    rows = page.locator("#panel dl")
    expect(rows).not_to_contain_text("[object")
    expect(rows).to_contain_text("the board")


def test_both_sides_of_a_conflict_are_shown(opened: Opener) -> None:
    page = opened(anchor="#decision/d1")
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("The Harbour Post")
    expect(conflict).to_contain_text("The board has not allowed any night sailing")


def test_a_deep_link_opens_its_node(opened: Opener) -> None:
    page = opened(anchor="#limit/l3")
    expect(page.locator("#panel h2")).to_have_text("until 30 June")
    expect(page.locator("#panel")).to_contain_text("2026-06-30")


def test_a_deep_link_to_a_hidden_kind_shows_it(opened: Opener) -> None:
    page = opened(anchor="#article/a1%23char=60,124")
    expect(page.locator("#panel h2")).to_have_text("The board will let ferries sail")


def test_an_unknown_deep_link_does_no_harm(opened: Opener) -> None:
    page = opened(anchor="#decision/none%zz")
    expect(page.locator(".decision-link")).to_have_count(3)


def test_search_finds_names_and_quoted_words(opened: Opener) -> None:
    page = opened()
    page.get_by_role("combobox", name="Search").fill("union")
    expect(page.locator("#results [data-node]").first).to_contain_text("the ferry union")
    page.get_by_role("combobox", name="Search").fill("sailings allowed")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .kind").first).not_to_be_empty()
    expect(page.locator("#panel mark").first).to_be_visible()
    page.get_by_role("combobox", name="Search").fill("zzzz")
    expect(page.locator("#results")).to_contain_text("Nothing found")


def test_filters_narrow_the_graph_and_reset_widens_it(opened: Opener) -> None:
    page = opened()
    page.get_by_role("button", name="Filters").click()
    page.locator("#filters").get_by_label("✕ prohibit").check()
    expect(page.locator(".decision-link")).to_have_count(1)
    page.locator("#filter-from").fill("2026-03-02")
    expect(page.locator(".decision-link")).to_have_count(0)
    expect(page.locator("#nothing")).to_be_visible()
    page.locator("#reset").click()
    expect(page.locator(".decision-link")).to_have_count(3)
    for name, value, left in (
        ("disputed", "disputed", 1),
        ("considered", "considered", 1),
        ("Island Wire", "Island Wire", 1),
    ):
        page.locator("#filters").get_by_label(value, exact=True).check()
        expect(page.locator(".decision-link"), name).to_have_count(left)
        page.locator("#reset").click()
    page.locator("#filter-actor").select_option(label="cargo ships")
    expect(page.locator(".decision-link")).to_have_count(1)
    page.locator("#reset").click()
    page.locator("#filter-confidence").fill("0.6")
    expect(page.locator(".decision-link")).to_have_count(2)
    page.locator("#reset").click()
    page.locator(".decision-link").first.click()
    page.locator("#filters").get_by_label("✕ prohibit").check()
    expect(page.locator(".decision-link"), "what is left out is no longer looked at").to_have_count(1)


def test_focus_keeps_a_neighbourhood(opened: Opener) -> None:
    page = opened(anchor="#actor/cargo")
    page.get_by_role("button", name="Focus").click()
    expect(page.locator("#focus-bar")).to_contain_text("cargo ships")
    page.locator(".back").click()
    expect(page.locator(".decision-link")).to_have_count(1)
    page.get_by_role("button", name="3 steps").click()
    expect(page.locator(".decision-link")).to_have_count(3)
    page.get_by_role("button", name="Show everything").click()
    expect(page.locator("#focus-bar")).to_be_hidden()


def test_articles_and_accounts_open_and_close_around_a_decision(opened: Opener) -> None:
    page = opened(anchor="#decision/d1")
    expect(page.locator("#expand")).to_have_text("Show 6 articles and accounts")
    page.locator("#expand").click()
    expect(page.locator("#expand")).to_have_text("Collapse")
    box = page.locator("#stage-frame").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#panel h2"), "the reader stays where they were").to_contain_text("Harbour board lets")
    page.locator("#expand").click()
    expect(page.locator("#expand")).to_have_text("Show 6 articles and accounts")


def test_coverage_shows_who_says_what_with_the_sentence(opened: Opener) -> None:
    page = opened()
    page.get_by_role("tab", name="Coverage").click()
    expect(page.locator("#view-coverage tbody tr")).to_have_count(6)
    page.get_by_role("button", name="Island Wire contradicts it").click()
    expect(page.locator("#panel mark")).to_have_text("The board has not allowed any night sailing")


def test_timeline_has_a_column_for_each_day(opened: Opener) -> None:
    page = opened(anchor="#timeline")
    expect(page.locator("#view-timeline .day")).to_have_text(["1 March 2026", "2 March 2026", "30 June 2026"])
    page.get_by_role("button", name="Island Wire, 2 March 2026: denied").click()
    expect(page.locator("#panel mark")).to_have_text("The board has not allowed any night sailing")


def test_everything_can_be_reached_with_the_keyboard(opened: Opener) -> None:
    page = opened()
    page.locator("#network").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#panel h2")).to_contain_text("Harbour board lets")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#panel .kind").first).not_to_be_empty()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    page.locator("#network").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".decision-link")).to_have_count(3)
    page.locator("#tab-graph").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#view-coverage")).to_be_visible()


def test_the_view_is_saved_as_picture_and_drawing(opened: Opener, tmp_path: Path) -> None:
    page = opened()
    page.locator("#save summary").click()
    with page.expect_download() as picture:
        page.get_by_role("button", name="Picture (PNG)").click()
    picture.value.save_as(tmp_path / "view.png")
    assert (tmp_path / "view.png").read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as drawing:
        page.get_by_role("button", name="Drawing (SVG)").click()
    drawing.value.save_as(tmp_path / "view.svg")
    text = (tmp_path / "view.svg").read_text(encoding="utf-8")
    assert text.startswith("<svg")
    assert "ferries sail at night" in text


def test_dark_and_light(opened: Opener) -> None:
    page = opened(dark=True)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("#theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_phone(opened: Opener) -> None:
    page = opened(size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".decision-link").first.click()
    expect(page.locator("#panel mark").first).to_be_visible()
    page.get_by_role("tab", name="Coverage").click()
    expect(page.locator("#view-coverage table")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("anchor", ["", "#decision/h0", "#limit/h1", "#coverage", "#timeline"])
def test_hostile_articles_are_shown_as_text_and_never_executed(opened: Opener, anchor: str) -> None:
    page = opened(make_hostile_view(), anchor=anchor)
    for place in range(len(HOSTILE)):
        page.evaluate(f"location.hash = '#decision/h{place}'")
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Search").fill("script")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#panel img, #panel script, #panel svg, header script, td img").count() == 0
    assert page.locator("a[href^='javascript' i]").count() == 0
    expect(page.locator("h1")).to_have_text(HOSTILE[0])
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_large_graph_opens_and_glides(opened: Opener) -> None:
    page = opened(make_large_view(1500))
    expect(page.locator("#counts")).to_contain_text("525 decisions")
    box = page.locator("#stage-frame").bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 380, box["y"] + 340, steps=4)
    assert "translate(80px, 40px)" in page.locator(".vis-network").evaluate("e => e.style.transform")
    page.mouse.up()
    expect(page.locator(".vis-network")).not_to_have_attribute("style", re.compile(r"translate"))


def test_a_large_graph_is_clicked_and_pinched(opened: Opener) -> None:
    page = opened(make_large_view(1500))
    click_node(page, "decision/11")
    expect(page.locator("#panel mark").first).to_have_text("passage 11 of an invented report")
    box = page.locator("#stage-frame").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = page.context.new_cdp_session(page)
    touch(fingers, "touchStart", [(x - 50, y), (x + 50, y)])
    touch(fingers, "touchMove", [(x - 75, y), (x + 75, y)])
    expect(page.locator(".vis-network")).to_have_attribute("style", re.compile(r"scale\(1\.5\)"))
    touch(fingers, "touchEnd", [])
    expect(page.locator(".vis-network")).not_to_have_attribute("style", re.compile(r"scale"))


def touch(fingers: CDPSession, kind: str, spots: list[tuple[float, float]]) -> None:
    """What several fingers do; Playwright itself knows one only."""
    points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(spots)]
    fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_neighbourhood_of_a_large_graph_stands_together(opened: Opener) -> None:
    page = opened(make_large_view(1500), anchor="#actor/3")
    page.get_by_role("button", name="Focus").click()
    near = measure_drawing(page)
    page.get_by_role("button", name="Show everything").click()
    assert near < measure_drawing(page) / 2


def measure_drawing(page: Page) -> float:
    """The width of all that is on show, by the saved drawing."""
    page.locator("#save summary").click()
    with page.expect_download() as drawing:
        page.get_by_role("button", name="Drawing (SVG)").click()
    page.locator("#save summary").click()
    found = re.search(r'viewBox="\S+ \S+ (\S+)', drawing.value.path().read_text(encoding="utf-8"))
    assert found
    return float(found[1])


def test_a_notebook_shows_the_page_inline(opened: Opener, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    frame = Shown(render_page(STORY), 600)._repr_html_()
    path.write_text(f"<!doctype html><meta charset=utf-8><div>{frame}</div>", encoding="utf-8")
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(path.as_uri())
    inner = page.frame_locator("iframe")
    inner.locator(".decision-link").first.click()
    expect(inner.locator("#panel mark").first).to_be_visible()
    inner.locator("#theme").click()
    expect(inner.locator("html")).to_have_attribute("data-theme", "dark")
    page.close()
    assert not wrong


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop-light", "phone-dark"])
@pytest.mark.parametrize("anchor", ["", "#decision/d1", "#coverage", "#timeline"])
def test_no_serious_barrier(opened: Opener, anchor: str, dark: bool, size: tuple[int, int]) -> None:
    page = opened(anchor=anchor, dark=dark, size=size)
    if not anchor:
        page.get_by_role("button", name="Filters").click()
    found = Axe().run(page).response["violations"]
    serious = [
        (each["id"], [node["html"][:160] for node in each["nodes"]][:3])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
    assert not serious, json.dumps(serious, indent=1)
