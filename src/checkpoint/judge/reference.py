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
        self._ready: tuple[App, bool] | None = None

    def prepare(self) -> None:
        """Have the app for the next run come up before somebody asks for it."""
        if self._ready is None:
            self._ready = self._next()

    def app(self) -> tuple[App, bool]:
        """Return the app for the next run, and whether it is for later ones, too."""
        ready, self._ready = self._ready, None
        return ready or self._next()

    def close(self) -> None:
        """End the app that runs have shared, and one that was prepared."""
        for app in (self._shared, self._ready[0] if self._ready else None):
            if app is not None:
                app.close()
        self._shared = self._ready = None

    def _next(self) -> tuple[App, bool]:
        from checkpoint.judge.answers import Answers
        from checkpoint.judge.app import App  # and with it Flask

        first, self._first = self._first, False  # which may well be the only one: nothing to find out
        if first or not self._keeps_nothing:
            return App("solution", self._submission, self._launcher, self._limits), False
        if self._shared is None or self._shared.broken is not None:
            if self._shared is not None:
                self._shared.close()
            answers = Answers(self._limits.request_seconds)
            self._shared = App("solution", self._submission, self._launcher, self._limits, answers)
        return self._shared, True

    @cached_property
    def _keeps_nothing(self) -> bool:
        from checkpoint.judge.memory import keeps_nothing

        return keeps_nothing(self._submission.files)
