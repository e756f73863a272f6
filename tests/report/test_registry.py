"""Formats are found by name, and cost nothing until they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from checkpoint.errors import CheckpointError
from checkpoint.report import FORMATS, Style, render

from . import reports


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_every_kind_of_report(name: str):
    for report in (reports.everything(), reports.report(), reports.hostile()):
        text = render(name, report)
        assert text.endswith("\n")
        text.encode("utf-8")


def test_the_style_reaches_the_drawn_formats():
    assert render("terminal", reports.everything(), verbosity=-1).count("\n") == 1
    assert "\x1b[" in render("terminal", reports.everything(), color=True)
    assert "+ The page loads" in render("terminal", reports.everything(), unicode=False)


def test_formats_that_are_not_drawn_ignore_the_style():
    assert render("json", reports.everything(), width=30, color=True) == render("json", reports.everything())


def test_a_misspelt_style_is_not_swallowed():
    with pytest.raises(TypeError):
        render("json", reports.everything(), colour=True)


def test_an_unknown_format_names_the_nearest_and_all():
    with pytest.raises(CheckpointError) as caught:
        render("jsn", reports.everything())
    text = str(caught.value)
    assert "'jsn'" in text
    assert "did you mean 'json'" in text
    assert all(name in text for name in FORMATS)


def test_a_format_unlike_all_others_guesses_nothing():
    with pytest.raises(CheckpointError) as caught:
        render("\x1b[2J", reports.everything())
    assert "did you mean" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_styles_are_frozen():
    with pytest.raises(AttributeError):
        Style().width = 3  # type: ignore[misc]


def loaded_after(code: str) -> set[str]:
    """Return the names of the modules that a fresh interpreter holds after running `code`."""
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.split())


def test_the_registry_imports_no_format_and_no_rich():
    loaded = loaded_after("import checkpoint.report")
    assert not {name for name in loaded if name.split(".")[0] == "rich"}
    assert not loaded & {each.module for each in FORMATS.values()}


def test_the_terminal_report_loads_the_cell_widths_of_rich_and_nothing_slow():
    loaded = loaded_after("import checkpoint.report.terminal")
    assert "rich.cells" in loaded
    assert not loaded & {"rich.console", "rich.text", "rich.style", "rich.markup", "pygments", "json"}
