"""Every outcome in every format is what somebody has looked at and found good.

After a change that is meant, write them anew and look at the difference:
    CHECKPOINT_GOLDEN=write pytest tests/report/test_golden.py; git diff tests/report/golden
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checkpoint import report
from checkpoint.report import FORMATS, render

from . import reports

GOLDEN = Path(__file__).with_name("golden")
CSS = Path(report.__file__).with_name("report.css").read_text("utf-8")
# What is hostile is looked at by machines only, in tests of its own.
OUTCOMES = {name: made for name, made in reports.outcomes().items() if name != "hostile"}
ENDINGS = {"terminal": "txt", "junit": "xml", "github": "txt", "markdown": "md", "html": "html", "svg": "svg"}


def golden(outcome: str, name: str) -> Path:
    return GOLDEN / outcome / f"{name}.{ENDINGS.get(name, 'json')}"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_report_is_as_it_was_found_good(outcome: str, name: str):
    text, file = render(name, OUTCOMES[outcome]).replace(CSS, "(report.css)"), golden(outcome, name)
    if os.environ.get("CHECKPOINT_GOLDEN") == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    assert text == file.read_bytes().decode()


def test_there_is_none_that_nothing_makes():
    made = {golden(outcome, name) for outcome in OUTCOMES for name in FORMATS}
    assert {file for file in GOLDEN.rglob("*") if file.is_file()} == made
