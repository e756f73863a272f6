"""Watch a submission, and grade it whenever something else lies there than before: the journey of `--watch`."""

from __future__ import annotations

import gc
import io
import os
import sys
import time
from contextlib import ExitStack, closing, contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.commands import keeping, output, step
from checkpoint.commands.ending import ending
from checkpoint.commands.grade import Graded, exit_code, limits_of, solution_of
from checkpoint.commands.watch import disk
from checkpoint.commands.watch.agenda import Agenda, Shown
from checkpoint.commands.watch.desk import Desk, Verdict
from checkpoint.commands.watch.events import Events
from checkpoint.commands.watch.terminal import LEAVE, REDRAW, Terminal
from checkpoint.errors import CheckpointError, GradingError, Terminated
from checkpoint.judge.reference import Reference
from checkpoint.judge.session import Options, judge_each
from checkpoint.judge.stopped import Stopped
from checkpoint.model import Submission
from checkpoint.report.hidden import without_hidden
from checkpoint.worker import launch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.commands.ending import Ending
    from checkpoint.commands.grade import Order
    from checkpoint.commands.publish import Publisher
    from checkpoint.commands.watch.agenda import Look
    from checkpoint.model import Course, Level, Limits, Report
    from checkpoint.report import Style
    from checkpoint.worker.launch import Launcher

    # What is to be done next: with a checkpoint that has changed, with new processes, or not at all any more.
    Act = Literal["grade", "renew", "afresh", "leave"]

SLOW_SECONDS = 0.5  # a verdict that takes longer is given up for a newer one, at the price of a new pytest session
PAUSES = 50  # times as long as a look took nobody looks again, unless told of a save


class Superseded(KeyboardInterrupt):
    """What is being graded lies there no more. It is of this kind because pytest lets no other one out."""


class Ground(NamedTuple):
    """Hold what is graded with."""

    course: Course
    limits: Limits
    solution: Submission


def watch(order: Order, needed: Level, publisher: Publisher, style: Style, seed: Callable[[], int]) -> int:
    """Grade at each save until the learner leaves; return the exit code of the last verdict, or that of the quiz.

    `seed` gives that of each run.
    """
    keys = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    with ending() as signals, ExitStack() as stack:
        warm = stack.enter_context(closing(_Warm(needed)))  # first of all: its imports go on while ours do
        signals.heed()
        if order.path is not None:
            intake.kind_of(order.path)  # a slip in the path is told before all else
        with output.authors_words():
            ground = _ground(courses.choose(order.checkpoint, order.path), order)
        path = order.path or step.unnamed(ground.course)
        intake.take(path, ground.limits)  # and so is whatever else is wrong with it; later that is waited out
        terminal = stack.enter_context(Terminal(keys=keys))
        desk = stack.enter_context(Desk(sys.stdout, style, keys=keys))
        stack.enter_context(_garbage_kept())
        watching = _Watching(order, path, ground, warm, terminal, desk, publisher, signals, seed)
        try:
            watching.go_on()
        except KeyboardInterrupt as stop:
            if isinstance(stop, Terminated) or watching.code is None:
                raise
        finally:
            watching.close()
    return (watching.code or 0) if watching.quiz is None else _take_quiz(watching.quiz)


def _take_quiz(course: Course) -> int:
    from checkpoint.commands.quiz.sit import Wish, sit

    file = Path(os.path.relpath(course.root / (course.checkpoint.quiz or "")))
    return sit(file, course.checkpoint, Wish()).code


class _Watching:
    """Judge one save after the other, in one pytest session as long as the checkpoint stays the same.

    `code` is the exit code of the last verdict, None before there is one; `quiz` is set when the quiz is wanted.
    """

    def __init__(
        self,
        order: Order,
        path: Path,
        ground: Ground,
        warm: _Warm,
        terminal: Terminal,
        desk: Desk,
        publisher: Publisher,
        signals: Ending,
        seed: Callable[[], int],
    ) -> None:
        self.code: int | None = None
        self.quiz: Course | None = None
        self._order, self._path, self._ground, self._warm = order, path, ground, warm
        self._terminal, self._desk, self._publisher, self._signals = terminal, desk, publisher, signals
        self._seed = seed
        self._start = self._look()  # what this pytest session began with
        self._agenda = Agenda(self._start.course)
        self._lines = io.StringIO()
        self._heard = output.Harmless(self._lines)  # what the checkpoint's files print
        self._events: Events | None = None
        self._act: Act = "grade"
        self._began = 0.0  # the run, on time.monotonic()
        self._tried_afresh = False  # since the last verdict without a fault of ours
        self._shown: Shown[Graded] = Shown()  # and not yet kept

    def go_on(self) -> None:
        """Grade until the learner leaves; raises what stops it, as far as a save cannot mend that."""
        while self._act != "leave":
            self._start = self._look()
            self._agenda.again()
            try:
                with redirect_stdout(self._heard), redirect_stderr(self._heard):
                    self._act = self._session()
            except Stopped as stopped:
                self._act = self._after(stopped.problem)
            except (CheckpointError, KeyboardInterrupt) as problem:
                self._act = self._after(problem)

    def close(self) -> None:
        """End what goes on beside; keep what was shown last."""
        self._keep(self._shown.take())
        if self._events is not None:
            self._events.close()

    def _session(self) -> Act:
        """Judge what comes until the checkpoint changes, new processes are needed, or the learner leaves."""
        self._ground = course, limits, solution = _ground(courses.load(self._ground.course.root), self._order)
        launcher = self._warm.launcher(afresh=self._act == "afresh")
        options = Options(self._seed, self._order.only, limits, self._progress, reveal=self._publisher.reveal)
        with closing(Reference(solution, launcher, course.checkpoint.limits)) as reference:
            judge_each(course, self._saves(), reference, launcher, options, self._tell, ahead=False)
        return self._act

    def _saves(self) -> Iterator[Submission]:
        """Yield what is to be judged, when it is."""
        self._act = "grade"
        while self._act == "grade":
            self._act, given = self._next()
            if self._act == "grade" and given is not None:
                self._terminal.stopped = False
                self._desk.busy()
                self._began = time.monotonic()
                yield given

    def _next(self) -> tuple[Act, Submission | None]:
        """Wait until there is something to do; return what, and the submission to grade."""
        while True:
            started = time.monotonic()
            look = self._look()
            now = time.monotonic()
            act, seconds = self._agenda.step(look, now)
            stayed, left = self._shown.step(now, more=act != "wait")
            self._keep(stayed)
            if act == "grade" and isinstance(look.given, Submission):
                return "grade", look.given
            if act == "renew":
                return "renew", None
            if act == "refuse":
                self._desk.trouble(str(look.given))
            self._listen(look)
            for key in self._terminal.wait(max(min(seconds, left), PAUSES * (now - started))):
                if self._leaves(key):
                    return "leave", None

    def _progress(self, number: int, of: int, title: str, so_far: Callable[[], Report]) -> None:
        """Give up a run that takes its time when what is graded lies there no more."""
        self._signals.check()
        if time.monotonic() - self._began > SLOW_SECONDS:
            self._desk.progress(number, of)
            if not self._agenda.holds(self._look()):
                raise Superseded

    def _tell(self, report: Report) -> None:
        """Show a verdict, if it is one on what lies there now."""
        look = self._look()
        if self._terminal.stopped or not self._agenda.holds(look) or not isinstance(look.given, Submission):
            self._agenda.again()  # half a save, or time that went by while all of us stood still
            return
        ours = any(check.status == "error" for check in report.checks)
        if ours and not self._tried_afresh:
            self._tried_afresh = True
            self._act = "afresh"
            return
        self._tried_afresh = ours
        self.code = exit_code(report)
        course, shown = self._ground.course, report if self._publisher.reveal else without_hidden(report)
        self._terminal.drain()
        self._desk.show(Verdict(shown, look.given, datetime.now()), course.checkpoint, self._printed())
        failed = self._publisher.send(report, to_people=False)
        if failed is not None:
            self._desk.note(str(failed))
        self._shown.put(Graded(report, course, look.given), time.monotonic())
        gc.collect()  # while nobody waits
        if not gc.get_freeze_count():
            gc.freeze()  # what is there by now stays, and need not be looked through again

    def _keep(self, done: Graded | None) -> None:
        if done is not None:
            keeping.keep(done)

    def _after(self, problem: BaseException) -> Act:
        """Return what to do after something has ended a session; raises it if nothing can be done here."""
        if isinstance(problem, Superseded):
            gc.collect()
            return "grade"
        if not isinstance(problem, CheckpointError) or self._desk.verdict is None:
            raise problem
        if isinstance(problem, GradingError) and not self._tried_afresh:
            self._tried_afresh = True
            return "afresh"
        self._desk.trouble(str(problem), self._printed())
        self._agenda.done(self._start)
        return self._next()[0]

    def _leaves(self, key: str) -> bool:
        """Do what a key asks for; say whether that is to leave."""
        if key in ("q", LEAVE):
            return True
        if key == "z" and self._desk.quiz_is_due:
            self.quiz = self._ground.course
            return True
        if key == REDRAW:
            self._desk.redraw()
        elif key == "r":
            self._agenda.again()
        else:
            self._desk.answer(key)
        return False

    def _look(self) -> Look:
        return disk.look(self._path, self._ground.course, self._ground.limits)

    def _listen(self, look: Look) -> None:
        """Be told of saves in the folders that there are now."""
        folders = disk.folders(self._path, look, self._ground.course)
        if self._events is None or self._events.folders != folders:
            self.close()
            self._events = Events(folders, self._terminal.wake)

    def _printed(self) -> list[str]:
        """Return the lines that the checkpoint's files have printed since the last call."""
        self._heard.end()
        lines = self._lines.getvalue().splitlines()
        self._lines.seek(0)
        self._lines.truncate()
        return lines


class _Warm:
    """Keep the process warm that workers come from, and replace it."""

    def __init__(self, needed: Level) -> None:
        self._needed = needed
        self._launcher = launch.start(needed)

    def launcher(self, *, afresh: bool) -> Launcher:
        """Return the process, another one if it has died or is not to be relied on."""
        if afresh or not self._launcher.alive:
            self.close()
            self._launcher = launch.start(self._needed)
        return self._launcher

    def close(self) -> None:
        """End the process and all that came from it."""
        self._launcher.wait()


def _ground(course: Course, order: Order) -> Ground:
    limits = limits_of(course, order)
    return Ground(course, limits, solution_of(course, limits))


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """Let nobody look for garbage who is not told to: it takes a tenth of the time of a verdict."""
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()
