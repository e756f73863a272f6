"""Grade the sample submissions; the head of each says what the grader must answer.

`# expect: pass` (full marks), `# expect: fail ID` (that check does not pass), `# expect: ID STATUS|STATUS`. A broken
one may add `# words: REGEX` (what the learner is told), `# line: N` (where), `# cause: CAUSE`; one of provenance
`# source: WORDS|WORDS` (what the header is said to come from). Files that cannot carry a comment have an expect.txt.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.judge.session import Options, judge
from checkpoint.report import render
from checkpoint.report.json import schema
from checkpoint.worker import launch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.model import Report

ROOT = Path(__file__).parents[1]
SAMPLES = Path(__file__).parent / "samples"
SEED = 20


def samples(kind: str) -> list[object]:
    return [pytest.param(folder, id=folder.name) for folder in sorted((SAMPLES / kind).iterdir()) if folder.is_dir()]


def expectations(folder: Path) -> dict[str, str]:
    """Return what the head of a sample says, by keyword."""
    separate = folder / "expect.txt"
    text = (separate if separate.exists() else folder / "app.py").read_text("utf-8", errors="replace")
    return dict(re.findall(r"^\ufeff?# ?(expect|words|line|cause|source): *(.*?)\s*$", text, re.MULTILINE))


@pytest.fixture(scope="module")
def grade() -> Iterator[Callable[..., Report]]:
    """Return a function that grades a folder, with one zygote for all."""
    course = courses.load(ROOT)
    limits = course.checkpoint.limits
    solution = intake.take(course.solution, limits)
    launcher = launch.start()
    validator = Draft202012Validator(schema())

    def run(folder: Path, only: str | None = None) -> Report:
        report = judge(course, intake.take(folder / "app.py", limits), solution, launcher, Options(SEED, only))
        validator.validate(json.loads(render("json", report)))
        return report

    yield run
    launcher.wait()


@pytest.mark.parametrize("folder", samples("honest"))
def test_honest_submissions_get_full_marks(folder: Path, grade: Callable[..., Report]) -> None:
    report = grade(folder)
    lost = {check.id: check.feedback and check.feedback.message for check in report.checks if check.status != "passed"}
    assert not lost
    assert report.passed
    assert (report.score.earned, report.score.possible) == (20, 20)


@pytest.mark.parametrize("folder", samples("broken"))
def test_broken_submissions_are_told_what_is_wrong(folder: Path, grade: Callable[..., Report]) -> None:
    told = expectations(folder)
    report = grade(folder)
    checks = {check.id: check for check in report.checks}
    check = checks[told["expect"].split()[1]]
    assert check.status in ("failed", "blocked"), check
    assert not report.passed
    assert all(check.status != "error" for check in report.checks)
    # A check that waits for another says nothing itself: the words are then those of the one that failed.
    speaking = [check] if check.feedback else [other for other in report.checks if other.feedback]
    feedback = [other.feedback for other in speaking if other.feedback]
    if "words" in told:
        words = " ".join(f"{f.message} {f.expected} {f.actual} {f.location and f.location.excerpt}" for f in feedback)
        assert re.search(told["words"], words, re.IGNORECASE | re.DOTALL)
    if "line" in told:
        places = [(f.location.line, f.location.end_line) for f in feedback if f.location]
        assert any(first <= int(told["line"]) <= last for first, last in places), (told["line"], places)
    if "cause" in told:
        assert report.cause == told["cause"]


@pytest.mark.parametrize("folder", samples("provenance"))
def test_headers_come_from_where_they_come_from(folder: Path, grade: Callable[..., Report]) -> None:
    told = expectations(folder)
    id, statuses = told["expect"].split()
    check = next(check for check in grade(folder, only=id).checks if check.id == id)
    assert check.status in statuses.split("|"), check.feedback
    if check.status == "failed" and "source" in told:
        assert check.feedback is not None
        assert check.feedback.actual in [source.strip() for source in told["source"].split("|")]
