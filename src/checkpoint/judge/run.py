"""Hold grading runs together while pytest works through the checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.errors import CheckpointError
    from checkpoint.judge.api import Spec
    from checkpoint.judge.app import App
    from checkpoint.model import CheckResult, Course


@dataclass
class Plan:
    """What there is to check, and whom: the checks that pytest finds, for one run after the other.

    `only` is the check that is asked for alone, `reveal` says that hidden checks may be described, `discreet` that
    there are some, or that this is not known; `order_seed` shuffles them; `runs` are those to carry out; `specs` are
    the checks to run, in order; `problem` is what is wrong with the checkpoint, `failed` what went wrong between two
    runs, `interrupt` what ended pytest early, if something did.
    """

    course: Course
    only: str | None = None
    reveal: bool = False
    discreet: bool = True
    order_seed: int | None = None
    runs: Iterator[Run] = field(default_factory=lambda: iter(()))
    specs: dict[str, Spec] = field(default_factory=dict)
    problem: CheckpointError | None = None
    failed: Exception | None = None
    interrupt: BaseException | None = None


@dataclass
class Run:
    """What the plugin needs to know of one submission and finds out about it.

    `results` come in one by one; `progress` is called with (number, of, title) before each check; `told` is the check
    that has told the learner why the app cannot be loaded; `hides` says that the check before was hidden, so that
    the app must not remember it; with `shared` the solution's app is for later runs, too; `printed` is what the app has
    printed while a fixture was made that several checks may look at: by its name, the check and the text.
    """

    plan: Plan
    learner: App
    solution: App
    seed: int
    progress: Callable[[int, int, str], None] = lambda number, of, title: None
    results: dict[str, CheckResult] = field(default_factory=dict)
    told: str | None = None
    hides: bool = False
    shared: bool = False
    printed: dict[str, tuple[str, str]] = field(default_factory=dict)

    def begin(self, seconds: float) -> None:
        """Begin: from now on the learner's app has so many seconds for all checks."""
        for app in (self.learner, self.solution):
            app.begin(seconds)

    def close(self) -> None:
        """End the apps of this run."""
        self.learner.close()
        if not self.shared:
            self.solution.close()
