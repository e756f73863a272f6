"""The picture shows the terminal's report and needs nothing from outside."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from checkpoint.report import render

from . import reports

if TYPE_CHECKING:
    from checkpoint.model import Report

SVG = "{http://www.w3.org/2000/svg}"
CASES = {"everything": reports.everything(), "hostile": reports.hostile(), "empty": reports.report()}


def said(root: ET.Element) -> str:
    """Return the text of the picture, row by row."""
    rows: dict[float, str] = {}
    for text in root.iter(f"{SVG}text"):
        rows[float(text.get("y", "0"))] = rows.get(float(text.get("y", "0")), "") + (text.text or "")
    return "\n".join(rows.values()).replace("\xa0", " ")


@pytest.mark.parametrize("name", CASES)
def test_it_is_one_file_that_refers_to_nothing_outside(name: str):
    svg = render("svg", CASES[name])
    root = ET.fromstring(svg)
    for element in root.iter():
        for attribute, value in element.attrib.items():
            assert "href" not in attribute
            assert "//" not in value
        assert element.tag not in (f"{SVG}script", f"{SVG}image", f"{SVG}a")
    css = "".join(style.text or "" for style in root.iter(f"{SVG}style"))
    assert "@font-face" not in css
    assert "@import" not in css
    assert not re.search(r"url\((?!#)", svg.replace(said(root), ""))
    assert svg.count('"http') == 1  # the namespace's name
    assert "monospace" in css


def test_it_shows_what_the_terminal_shows():
    drawn = said(ET.fromstring(render("svg", reports.everything())))
    for text in (
        "✓The page loads",
        "✗Each visit counts one more",
        "starter/app.py:38",
        "visits = 1",
        "3 of 15 points",
    ):
        assert text in drawn


def test_it_takes_hints_and_verbosity_but_always_80_cells():
    narrow = render("svg", reports.everything(), width=30, color=False, unicode=False)
    assert narrow == render("svg", reports.everything())
    assert "hint 2 of 3:" in said(ET.fromstring(render("svg", reports.everything(), hints=True)))
    assert "seed 7" in said(ET.fromstring(render("svg", reports.everything(), verbosity=1)))


def test_the_title_is_that_of_the_report():
    report = reports.report(checkpoint_title="A <b> & {braces} TITLE")
    title = ET.fromstring(render("svg", report)).find(f"{SVG}title")
    assert title is not None
    assert title.text == "A <b> & {braces} TITLE: starter/app.py"


def test_it_has_colour():
    assert len(set(re.findall(r"fill: (#\w{6})", render("svg", reports.everything())))) > 4


def test_wide_characters_stand_alone_so_that_they_keep_their_two_cells():
    root = ET.fromstring(render("svg", reports.report(notes=("ab日本cd",))))
    assert [text.text for text in root.iter(f"{SVG}text") if text.text and "日" in text.text] == ["日"]


def test_no_text_begins_or_ends_with_spaces_that_a_viewer_may_drop():
    root = ET.fromstring(render("svg", reports.everything()))
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert [text for text in texts if text.strip("\xa0") != text] == []
    assert "\xa0\xa0" not in "".join(texts)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1", "COLUMNS": "20"}, {"TERM": "dumb"}])
def test_the_same_report_gives_the_same_bytes_anywhere(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    before = render("svg", reports.everything())
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert render("svg", reports.everything()) == before


def test_two_pictures_on_one_page_do_not_share_ids():
    def ids(report: Report) -> set[str]:
        return set(re.findall(r'id="([^"]+)"', render("svg", report)))

    assert not ids(reports.everything()) & ids(reports.report())


def test_pygments_is_not_pulled_in():
    code = "import checkpoint.report.svg, sys; sys.exit('pygments' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
