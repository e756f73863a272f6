"""Share one warm process for all workers of a test module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.judge.app import App
from checkpoint.judge.session import Options, judge
from checkpoint.worker import launch

from .apps import LIMITS, ROOT, submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.model import CheckResult, Limits, Report
    from checkpoint.worker.launch import Launcher

    from .apps import Files, Grade, Start


@pytest.fixture(scope="module")
def launcher() -> Iterator[Launcher]:
    """Return what real workers come from."""
    launcher = launch.start()
    yield launcher
    launcher.wait()


@pytest.fixture
def start(launcher: Launcher) -> Iterator[Start]:
    """Return a function that starts an app in a real worker."""
    started: list[App] = []

    def run(files: Files, *, role: str = "learner", limits: Limits = LIMITS) -> App:
        app = App(role, submission(files), launcher, limits)
        app.begin(limits.run_seconds)
        started.append(app)
        return app

    yield run
    for app in started:
        app.close()


@pytest.fixture(scope="module")
def grade(launcher: Launcher) -> Grade:
    """Return a function that grades files with this repository's own checkpoint."""
    course = courses.load(ROOT)
    solution = intake.take(course.solution, course.checkpoint.limits)

    def run(files: Files, *, only: str | None = None, seed: int = 20, limits: Limits = LIMITS) -> Report:
        return judge(course, submission(files), solution, launcher, Options(seed, only, limits))

    return run


@pytest.fixture(scope="module")
def check(grade: Grade) -> Callable[[Files, str], CheckResult]:
    """Return a function that grades files for one check and returns its result."""

    def run(files: Files, id: str) -> CheckResult:
        return next(result for result in grade(files, only=id).checks if result.id == id)

    return run
