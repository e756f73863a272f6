"""Go through the whole checkpoint: `checkpoint run [PATH]`."""

from __future__ import annotations

import os
import random
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint.commands import grade, keeping, output, recalling, standing, step
from checkpoint.commands.options import of_checkpoint
from checkpoint.commands.publish import Publisher
from checkpoint.commands.targets import Target
from checkpoint.judge import isolation as levels

if TYPE_CHECKING:
    from checkpoint.commands.grade import Graded
    from checkpoint.commands.quiz.sit import Sat
    from checkpoint.model import Course, Report

EXIT_PASSED, EXIT_NOT_PASSED, EXIT_INTERRUPTED = 0, 1, 130


class _Later(Exception):
    """The learner wants to take the quiz later."""


class _Graded(Publisher):
    """Leave to the closing page what comes next."""

    def send(self, report: Report, *, to_people: bool = True) -> Exception | None:
        """Send the report, and return what went wrong first."""
        return super().send(replace(report, up_next=None), to_people=to_people)


@click.command(
    epilog="""\b
Examples:
  checkpoint run              the app.py here, else the starter; then the quiz
  checkpoint run work/app.py  another file
  checkpoint run --plain      the quiz line by line, as for a screen reader

Exit codes: 0 both passed, 1 one of them not, 2 wrong usage or a broken checkpoint, 3 could not be graded,
130 interrupted, 143 terminated."""
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--plain", is_flag=True, help="Ask the quiz line by line, as on a pipe; ACCESSIBLE=1 does so always.")
@of_checkpoint
def run(path: Path | None, plain: bool, checkpoint: Path | None) -> int:
    """Grade your app; when it passes, take the quiz; then see both results and what comes next.

    PATH is an app.py, a folder with one, or an archive of one; without it, it is the app.py in the folder where you
    are, else the starter. A quiz that you have passed is not asked again: `checkpoint quiz` does that.
    """
    done = _graded(path, checkpoint)
    code = grade.exit_code(done.report)
    if done.course is None:  # it was cut short
        return code
    work = path or step.unnamed(done.course)
    if code != EXIT_PASSED:
        _say_how_to_go_on(done.course, work)
        return code
    if keeping.is_reference(done.course, work):
        output.write("\nThis is the course's own solution: nothing is kept of it, and no quiz follows.\n", drawn=True)
        return code
    try:
        sitting = _quiz(done.course, work, plain=plain)
    except _Later:
        return EXIT_INTERRUPTED
    if sitting.code not in (EXIT_PASSED, EXIT_NOT_PASSED):
        return sitting.code  # of one that was left the quiz itself has said how to go on
    return _close(done.course, done, sitting)


def _graded(path: Path | None, checkpoint: Path | None) -> Graded:
    """Grade as `checkpoint grade` does."""
    needed = levels.required(None, allow_unisolated=False, for_marks=courses.in_ci())
    publisher = _Graded([Target("terminal", None)], {"hints": False, "verbosity": 0}, reveal=False)
    seed = random.SystemRandom().randrange(2**32)
    return grade.graded(grade.Order(path, checkpoint, seed, None, None, None, None), needed, publisher)


def _quiz(course: Course, work: Path, *, plain: bool) -> Sat:
    """Ask the quiz, or go on with it; not if there is none, or it was passed before."""
    from checkpoint.commands.quiz.sit import Sat, Wish, sit
    from checkpoint.report.steps import steps

    past, _ = standing.known(course)
    if course.checkpoint.quiz is None:
        return Sat(EXIT_PASSED)
    if past is not None and past.quiz_passed:
        again = [("You have passed the quiz before. To take it again", step.typed(course, "quiz"))]
        output.write(f"\n{steps(again, output.style())}", drawn=True)
        return Sat(EXIT_PASSED)
    file, left = Path(os.path.relpath(course.root / course.checkpoint.quiz)), past is not None and past.quiz_left
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        _wait_until_ready(course, work, _announced(file, left=left))
    return sit(file, course.checkpoint, Wish(plain=plain, resume=left))


def _announced(file: Path, *, left: bool) -> str:
    """Return what is to come, in words."""
    from checkpoint.quiz import bank
    from checkpoint.report.words import counted

    if left:
        return "Now the rest of the quiz; its clock stood meanwhile."
    quiz = bank.load(file).quiz
    questions = counted(sum(question.scored for question in quiz.questions), "question")
    time = f", {quiz.seconds / 60:g} min in all" if quiz.seconds else ""
    return f"Now the quiz: {questions}{time}."


def _wait_until_ready(course: Course, work: Path, announced: str) -> None:
    """Let the report be read before a clock runs; raises _Later for somebody who wants to stop here."""
    from checkpoint.report.steps import steps

    _forget_keys()
    output.write(f"\n{announced}\nPress Enter to begin, Ctrl-C for later. ", drawn=True)
    with suppress(KeyboardInterrupt):
        if sys.stdin.readline():  # which is empty at the end of input, as Ctrl-D makes one
            output.write("\n", drawn=True)
            return
    later = [("When you like", step.of_work(course, "run", work))]
    output.write(f"\n\n{steps(later, output.style(), 'strong')}", drawn=True)
    raise _Later


def _forget_keys() -> None:
    """Let keys that were pressed while the app was graded answer nothing that had not been asked then."""
    try:
        import termios
    except ImportError:  # there is none on Windows
        return
    with suppress(OSError, ValueError, termios.error):
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def _close(course: Course, done: Graded, sitting: Sat) -> int:
    """Show both results and what comes next; return the exit code."""
    past, note = standing.known(course)
    today = recalling.of_today(course, done, sitting.record)
    known = past or today
    if known.passed is None:
        known = replace(known, tries=today.tries)
    if known.quiz_passed is None and today.quiz_passed is not None:
        known = replace(known, sittings=today.sittings)
    kept = past is not None and known == past
    if not (kept or note):
        note = "In CI nothing is kept of this." if courses.in_ci() else "This could not be kept in the history."
    output.write("\n", drawn=True)
    standing.show(course, known, note, kept=kept)
    return EXIT_PASSED if known.done else EXIT_NOT_PASSED


def _say_how_to_go_on(course: Course, work: Path) -> None:
    """Say what leads on from an app that has not passed."""
    from checkpoint.report.steps import steps

    past, _ = standing.known(course)
    wanted = [("A hint", step.typed(course, "hint"))] if past is not None and past.hint_left else []
    wanted.append(("After a change", step.of_work(course, "run", work)))
    output.write(f"\n{steps(wanted, output.style(), 'strong')}", drawn=True)
