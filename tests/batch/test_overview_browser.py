"""A real browser shows the overview as it is meant: nothing fetched, nothing cut off, nobody kept out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint.batch.overview.page import SLICE, render
from checkpoint.batch.overview.reading import read

from ..report import test_html_browser as reports
from .overviews import FAILED, PASSED, gradebook
from .test_overview import CLASSES, HOSTILE, overview, told

if TYPE_CHECKING:
    from collections.abc import Callable

browser, shown = reports.browser, reports.shown

# axe measures no contrast of symbols, nor of texts in a picture; they have the colours of texts elsewhere.
UNMEASURED = ('<span class="symbol"', '<b class="', "<text ")
PAGES = {
    **{name: CLASSES[name] for name in ("everybody", "nobody", "all undecided")},
    "hostile": tuple(one for text in HOSTILE[1::2] for one in told(text)),
}
LARGE = tuple(replace(PASSED, id=f"l{number}") for number in range(SLICE + 20))


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_it_on_any_screen(
    name: str, scheme: str, width: int, shown: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
):
    if name == "all undecided":  # axe takes half a minute for a class so large that it has slices
        monkeypatch.setattr("checkpoint.batch.overview.page.SLICE", 40)
    page = shown(render(overview(*PAGES[name])), width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = reports.axe.Axe().run(page, options=reports.RULES).response
    assert [(each["id"], node["html"]) for each in found["violations"] for node in each["nodes"]] == []
    unsure = [(each["id"], node["html"]) for each in found["incomplete"] for node in each["nodes"]]
    assert [one for one in unsure if not one[1].startswith(UNMEASURED)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(reports.CUT_OFF) == []


def test_a_bar_is_as_high_as_its_count_and_the_pass_mark_stands_between_who_passed_and_who_did_not(
    shown: Callable[..., Any],
):
    handed = [replace(PASSED, id=str(number)) for number in range(3)]
    page = shown(render(read(gradebook(*handed, FAILED))))
    boxes = "[...document.querySelectorAll('.histogram rect, line.mark')].map(e => e.getBoundingClientRect().toJSON())"
    failed, passed, mark = page.evaluate(boxes)
    assert passed["height"] == pytest.approx(3 * failed["height"], abs=1)
    assert failed["bottom"] == pytest.approx(passed["bottom"], abs=1)
    assert failed["right"] < mark["left"] < passed["left"]


def test_a_link_in_a_slice_is_reached_when_it_is_opened(shown: Callable[..., Any]):
    page = shown(render(overview(*LARGE)))
    link = page.get_by_role("link", name=f"l{SLICE + 1}", exact=True)
    assert not link.is_visible()
    page.locator("details.slice summary").nth(1).focus()
    page.keyboard.press("Enter")
    assert link.is_visible()
    assert link.get_attribute("href") == f"reports/l{SLICE + 1}.html"


def test_on_paper_everybody_is_listed(shown: Callable[..., Any]):
    page = shown(render(overview(*LARGE)))
    page.emulate_media(media="print", color_scheme="dark")
    last = page.get_by_role("link", name=f"l{SLICE + 1}", exact=True)
    assert last.evaluate("e => e.checkVisibility() && e.offsetHeight > 10")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
