"""Look into the judge while it grades a made-up class: what it asks of the apps, and where its time goes.

    python benchmarks/stages.py [--count N]

Functions are wrapped by name (see `STAGES`), in this one process; the apps are behind the wall as ever.
"""

from __future__ import annotations

import argparse
import functools
import resource
import statistics
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import classroom
import pytest
from bare import Question

from checkpoint import course as courses
from checkpoint import intake, report
from checkpoint.judge import plugin, runner, session
from checkpoint.judge.app import App
from checkpoint.judge.client import Client
from checkpoint.judge.markup import Reader
from checkpoint.judge.reference import Reference
from checkpoint.judge.summary import Summary
from checkpoint.worker import launch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from classroom import HandedIn

ROOT = Path(__file__).parents[1]
SEED = 1
FORMATS = ("json", "html")  # what is kept of each submission
WORKERS = 15  # to see how long one takes to come up

# Whose time is which stage's: a moment counts for the innermost of them that is under way.
STAGES = (
    (intake, "take", "take it in"),
    (launch.Launcher, "worker", "order a worker"),
    (launch.Worker, "wall", "wait until a worker is locked down"),
    (App, "_read_facts", "wait for the facts of the {0.role}'s sources"),
    (App, "_load", "wait until the {0.role}'s app is loaded"),
    (App, "request", "ask the {0.role}'s app"),
    (launch.Worker, "discard", "end a worker"),
    (Client, "open", "Flask's test client, and the browser's cookies"),
    (Reader, "feed", "read a page's markup"),
    (pytest.Function, "runtest", "the checks themselves"),
    (plugin, "_judge", "turn what was raised into results"),
    (plugin.Binding, "pytest_runtestloop", "pytest, from check to check"),
    (runner, "run_checks", "set pytest up, once"),
    (Summary, "of", "make the report"),
    (report, "render", "draw the report as {0}"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="submissions (default 100)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        tell(classroom.make(Path(work), chosen.count, SEED))
    return 0


def questions(handed_in: list[HandedIn]) -> dict[str, list[Question]]:
    """Return what the checks ask of the learner's app and of the solution, by variant; one of each is judged."""
    asked: dict[str, list[Question]] = {}
    real = App.request

    def request(self: App, environ: dict[str, Any], body: bytes) -> Any:
        told = ("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "HTTP_COOKIE")
        question = Question(self.role, *(environ.get(name) for name in told))
        # The probe lets a second request in while this one is under way.
        asked[variant] += [question] * (2 if (environ.get("checkpoint.probe") or {}).get("overtake") else 1)
        return real(self, environ, body)

    with _Judge() as judge, pytest.MonkeyPatch.context() as patch:
        patch.setattr(App, "request", request)
        for variant, one in {one.variant: one for one in handed_in}.items():
            asked[variant] = []
            judge.each([one])
    return asked


def tell(handed_in: list[HandedIn]) -> None:
    """Judge these submissions one after the other, and print where the time goes."""
    with _Judge() as judge:
        up = statistics.median(judge.seconds_until_locked() for _ in range(WORKERS))
    before = seconds_of_children()
    with _Judge() as judge:
        judge.seconds_until_locked()
    nothing, clock = seconds_of_children() - before, Stopwatch()
    with _Judge() as judge, clock.wrapped(), clock.stage("all else"):
        for found in judge.each(handed_in):
            for name in FORMATS:
                report.render(name, found)
    other = seconds_of_children() - before - 2 * nothing
    print(f"where the time goes in one judge, per submission, over {len(handed_in)} of them:")
    print("       ms   at work    times  ms each")
    for name in sorted(clock.wall, key=clock.wall.__getitem__, reverse=True):
        wall, work = (1000 * found[name] / len(handed_in) for found in (clock.wall, clock.work))
        times = clock.times[name] / len(handed_in)
        print(f"  {wall:7.2f}   {work:7.2f}  {times:7.2f}  {wall / times:7.2f}  {name}")
    wall, work = (1000 * sum(found.values()) / len(handed_in) for found in (clock.wall, clock.work))
    print(f"  {wall:7.2f}   {work:7.2f}                    in all; the rest is waiting for the other side")
    print(f"            {1000 * other / len(handed_in):7.2f}                    on the other side, beyond its start")
    print(f"  {1000 * up:7.2f}                              from ordering a worker until it is locked down; overlaps")


def seconds_of_children() -> float:
    """Return the processor time of all processes that this one has waited for, and of those that they have."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class Stopwatch:
    """Share this process's time out among stages: seconds of the wall clock, of them at work, and how many times."""

    def __init__(self) -> None:
        self.wall: Counter[str] = Counter()
        self.work: Counter[str] = Counter()
        self.times: Counter[str] = Counter()
        self._open: list[str] = []
        self._since = (0.0, 0.0)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Let the time count for `name`, but for that of stages within."""
        self._book()
        self._open.append(name)
        self.times[name] += 1
        try:
            yield
        finally:
            self._book()
            self._open.pop()

    @contextmanager
    def wrapped(self) -> Iterator[None]:
        """Have the functions in `STAGES` timed meanwhile."""
        with pytest.MonkeyPatch.context() as patch:
            for owner, function, name in STAGES:
                patch.setattr(owner, function, self._timed(getattr(owner, function), name))
            yield

    def _timed(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name.format(*args)):
                return function(*args, **kwargs)

        return timed

    def _book(self) -> None:
        now = time.perf_counter(), time.process_time()
        if self._open:
            self.wall[self._open[-1]] += now[0] - self._since[0]
            self.work[self._open[-1]] += now[1] - self._since[1]
        self._since = now


class _Judge(ExitStack):
    """Hold what judging takes: this checkpoint, and the processes that workers come from."""

    def __init__(self) -> None:
        super().__init__()
        self._course = courses.find(ROOT)
        self._limits = self._course.checkpoint.limits
        self._solution = intake.take(self._course.solution, self._limits)
        self._launcher = launch.start("full")
        self.callback(self._launcher.wait)

    def each(self, handed_in: list[HandedIn]) -> list[Any]:
        """Return the reports on these submissions; they share what they can."""
        reports: list[Any] = []
        given = (intake.take(one.path, self._limits) for one in handed_in)
        with closing(Reference(self._solution, self._launcher, self._limits)) as reference:
            options = session.Options(SEED)
            session.judge_each(self._course, given, reference, self._launcher, options, reports.append)
        return reports

    def seconds_until_locked(self) -> float:
        """Return how long a worker takes to come up when nothing else is going on."""
        started = time.perf_counter()
        worker = self._launcher.worker(self._limits)
        with closing(worker):
            worker.wall()
            return time.perf_counter() - started


if __name__ == "__main__":
    raise SystemExit(main())
