"""Fill small gradebooks with made-up reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from checkpoint.batch.gradebook import Gradebook
from checkpoint.batch.gradebook.records import Run
from checkpoint.batch.tasks import Result
from checkpoint.model import Stop
from checkpoint.report import render

from ..report import reports

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.model import Report

RUN = Run(reports.FINGERPRINT, "dynamic-web-app", "A Dynamic Web App", 100, seed=7, source="handed-in")
PASSED = reports.report(reports.PASSED, reports.FIRST)
FAILED = reports.report(reports.PASSED, reports.FAILED, reports.BLOCKED)
OPEN = reports.report(reports.PASSED, reports.UNDECIDED)
OURS = reports.report(reports.PASSED, reports.ERROR)
STOPPED = replace(OURS, stopped=Stop("failed", "The grader could not go on."))
OTHER = "e" * 64  # the hash of another submission


def filled(out: Path, run: Run = RUN, /, **results: Report | None) -> Path:
    """Fill the gradebook of a folder as a whole run does; None is one in the class without a result."""
    with Gradebook.open(out) as book:
        begun(book, run, **results)
        book.finish()
    return out


def begun(book: Gradebook, run: Run = RUN, /, **results: Report | None) -> None:
    """Store results as a run does that has not ended."""
    book.begin(run)
    book.enroll((id, f"handed-in/{id}", None) for id in results)
    book.store([Result(id, report) for id, report in results.items() if report is not None])


def kept(book: Gradebook) -> dict[str, Report]:
    """Return the reports that count, by learner."""
    return {mark.id: book.report(mark.id) for mark in book.marks() if mark.name is not None}


def files(out: Path) -> dict[str, str]:
    """Return the report files in a folder, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in (out / "reports").iterdir()}


def made(reveal: bool = False, /, **results: Report) -> dict[str, str]:
    """Return the report files that these results come to."""
    return {
        f"{id}.{format_name}": render(format_name, report, reveal=reveal)
        for id, report in results.items()
        for format_name in ("json", "html")
    }


def has(book: Gradebook, id: str, **changes: Any) -> bool:
    """Ask as the next run over the same submissions would."""
    asked = {"sha256": reports.SHA256, "fingerprint": RUN.fingerprint, "seed": 7, "only": None, "levels": ("full",)}
    return book.has(id, **(asked | changes))


def handed_in_again(report: Report) -> Report:
    """Return the report on another submission that came to the same."""
    return replace(report, submission_sha256=OTHER)
