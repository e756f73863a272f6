"""Name what goes to judges and what comes back: plain values that can travel to other machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checkpoint.errors import RefusedSubmission
    from checkpoint.model import Report, Submission


@dataclass(frozen=True, slots=True)
class Task:
    """Hold one submission that is to be graded: `id` is whose it is, and unique in a batch; `shown` its path.

    Either it was taken in, or `refused` says why it could not be.
    """

    id: str
    shown: str
    submission: Submission | None
    refused: RefusedSubmission | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Hold what came of one task: the whole report, and `pages`, the texts of its files by format ("json", "html").

    Unlike the report, the pages describe hidden checks only if that was asked for.
    """

    id: str
    report: Report
    pages: dict[str, str] = field(default_factory=dict, repr=False)


def is_ours(report: Report) -> bool:
    """Say whether somebody could not be graded, through no fault of theirs, and nobody has decided what could not."""
    return not report.complete or any(check.outcome == "error" for check in report.checks)
