"""Fill small gradebooks with made-up reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from checkpoint.batch.gradebook import Gradebook
from checkpoint.batch.gradebook.records import Run
from checkpoint.batch.tasks import Result

from ..report import reports

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.model import Report

RUN = Run(reports.FINGERPRINT, "dynamic-web-app", "A Dynamic Web App", 100, seed=7, source="handed-in")
PASSED = reports.report(reports.PASSED, reports.FIRST)
FAILED = reports.report(reports.PASSED, reports.FAILED, reports.BLOCKED)
OPEN = reports.report(reports.PASSED, reports.UNDECIDED)
OURS = reports.report(reports.PASSED, reports.ERROR)
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


def has(book: Gradebook, id: str, **changes: Any) -> bool:
    """Ask as the next run over the same submissions would."""
    asked = {"sha256": reports.SHA256, "fingerprint": RUN.fingerprint, "seed": 7, "only": None, "levels": ("full",)}
    return book.has(id, **(asked | changes))


def handed_in_again(report: Report) -> Report:
    """Return the report on another submission that came to the same."""
    return replace(report, submission_sha256=OTHER)
