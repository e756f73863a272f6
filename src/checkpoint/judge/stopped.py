"""Say that a run did not come to its end, and keep what was judged until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checkpoint.model import Report


class Stopped(Exception):
    """A run did not come to its end: `problem` says why, `report` has what was judged until then."""

    def __init__(self, report: Report, problem: BaseException) -> None:
        super().__init__(str(problem))
        self.report = report
        self.problem = problem
