"""Have the solution's app asked the questions that the learner's is asked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checkpoint.judge.app import App
    from checkpoint.model import Limits, Submission
    from checkpoint.worker.launch import Launcher


class Reference:
    """Give each run the solution's app: one of its own, or the same for all if it keeps nothing between requests.

    What it does keep (a list that grows, a file) would have the second submission measured by what came of the first.
    """

    def __init__(self, submission: Submission, launcher: Launcher, limits: Limits) -> None:
        self._submission = submission
        self._launcher = launcher
        self._limits = limits
        self._first = True
        self._shared: App | None = None

    def app(self) -> tuple[App, bool]:
        """Return the app for the next run, and whether it is for later ones, too."""
        from checkpoint.judge.answers import Answers
        from checkpoint.judge.app import App  # and with it Flask

        first, self._first = self._first, False  # which may well be the only one: nothing to find out
        if first or not self._keeps_nothing:
            return App("solution", self._submission, self._launcher, self._limits), False
        if self._shared is None or self._shared.broken is not None:
            self.close()
            answers = Answers(self._limits.request_seconds)
            self._shared = App("solution", self._submission, self._launcher, self._limits, answers)
        return self._shared, True

    def close(self) -> None:
        """End the app that runs have shared."""
        if self._shared is not None:
            self._shared.close()
            self._shared = None

    @cached_property
    def _keeps_nothing(self) -> bool:
        from checkpoint.judge.memory import keeps_nothing

        return keeps_nothing(self._submission.files)
