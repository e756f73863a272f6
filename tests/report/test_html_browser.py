"""A real browser shows the page as it is meant: nothing fetched, nothing cut off, nothing that keeps a reader out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint.report import render

from . import reports

playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra `browser`")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the extra `browser`")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CASES = {name: reports.outcomes()[name] for name in ("failed", "everything", "hostile", "hidden", "passed")}
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
ALONE = ("--disable-component-update", "--disable-sync")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
CUT_OFF = """[...document.querySelectorAll('body *:not(.unseen)')]
    .filter(element => element.clientWidth && element.scrollWidth > element.clientWidth + 1)
    .map(element => element.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start one browser for all of these tests."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no `chromium` on this machine")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=chromium, args=[*QUIET, *ALONE])
        yield started
        started.close()


@pytest.fixture
def shown(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Return what opens a text as a page; at the end, nothing was asked of anybody, and nothing complained of."""
    opened: list[Any] = []
    asked: list[str] = []
    complaints: list[str] = []
    file = tmp_path / "report.html"

    def show(html: str, width: int = 1280, scheme: str = "light") -> Any:
        file.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        opened.append(page)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield show
    for page in opened:
        page.close()
    assert asked == [file.as_uri()] * len(opened)
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", CASES)
def test_everybody_can_read_it_on_any_screen(name: str, scheme: str, width: int, shown: Callable[..., Any]):
    page = shown(render("html", CASES[name], hints=True), width, scheme)
    found = axe.Axe().run(page, options=RULES).response
    assert [(each["id"], node["html"]) for each in found["violations"] for node in each["nodes"]] == []
    # What could not be decided counts, too, but for the symbols: axe measures no contrast of a lone one.
    unsure = [(each["id"], node["html"]) for each in found["incomplete"] for node in each["nodes"]]
    assert [one for one in unsure if 'class="symbol"' not in one[1]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CUT_OFF) == []


def test_its_style_is_let_in_by_its_own_policy_and_dark_is_dark(shown: Callable[..., Any]):
    colors = [
        shown(render("html", CASES["failed"]), 1280, scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]
    light, dark = ([int(part) for part in color[4:-1].split(",")] for color in colors)
    assert min(light) > 200
    assert max(dark) < 50


def test_a_hint_is_read_when_it_is_opened(shown: Callable[..., Any]):
    page = shown(render("html", CASES["failed"]))
    first, second = reports.FAILED.hints[:2]
    assert not page.get_by_text(first, exact=True).is_visible()
    page.get_by_text("Hint 1 of 3").focus()
    page.keyboard.press("Enter")
    assert page.get_by_text(first, exact=True).is_visible()
    assert not page.get_by_text(second, exact=True).is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_all_hints_are_told_on_white(scheme: str, shown: Callable[..., Any]):
    page = shown(render("html", CASES["failed"]), 1280, scheme)
    page.emulate_media(media="print", color_scheme=scheme)
    for hint in reports.FAILED.hints:
        assert page.get_by_text(hint, exact=True).evaluate("e => e.checkVisibility() && e.offsetHeight > 10")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.get_by_role("heading", level=1).evaluate("e => getComputedStyle(e).color") == "rgb(28, 29, 32)"


def test_a_link_leads_to_the_words_about_a_check(shown: Callable[..., Any]):
    page = shown(render("html", CASES["everything"]), 360)
    page.get_by_role("link", name="The page links to itself").click()
    page.wait_for_function("location.hash === '#check-7'")
    assert page.get_by_role("heading", name="The page links to itself").evaluate(
        "e => { const box = e.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"
    )
