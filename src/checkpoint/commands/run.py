"""Go through the whole checkpoint: `checkpoint run [PATH]`."""

from __future__ import annotations

import os
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint.commands import grade, output, recalling, standing, step
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
  checkpoint run              the starter of this checkpoint, then the quiz
  checkpoint run work/app.py  another file
  checkpoint run --plain      the quiz line by line, as for a screen reader

Exit codes: 0 both passed, 1 one of them not, 2 wrong usage or a broken checkpoint, 3 could not be graded,
130 interrupted, 143 terminated."""
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--plain", is_flag=True, help="Ask the quiz line by line, as on a pipe; ACCESSIBLE=1 does so always.")
@click.option(
    "--checkpoint", type=click.Path(path_type=Path), metavar="DIR",
    help="The checkpoint's folder; else CHECKPOINT_DIR, else the nearest folder upwards with a grader.py.",
)  # fmt: skip
def run(path: Path | None, plain: bool, checkpoint: Path | None) -> int:
    """Grade your app; when it passes, take the quiz; then see both results and what comes next.

    PATH is an app.py, a folder with one, or an archive of one; without it, the starter is graded. A quiz that you have
    passed is not asked again: `checkpoint quiz` does that.
    """
    done = _graded(path, checkpoint)
    code = grade.exit_code(done.report)
    if done.course is None:  # it was cut short
        return code
    if code != EXIT_PASSED:
        _say_how_to_go_on(done.course, path)
        return code
    try:
        sitting = _quiz(done.course, path or step.starter(done.course), plain=plain)
    except _Later:
        return EXIT_INTERRUPTED
    if sitting.code in (EXIT_PASSED, EXIT_NOT_PASSED):
        _close(done.course, done, sitting)
    return sitting.code  # of one that was left the quiz itself has said how to go on


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
        output.write(f"\n{steps(again, standing.style())}", drawn=True)
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

    output.write(f"\n{announced}\nPress Enter to begin, Ctrl-C for later. ", drawn=True)
    try:
        sys.stdin.readline()
        output.write("\n", drawn=True)
    except KeyboardInterrupt:
        later = [("When you like", step.of_work(course, "run", work))]
        output.write(f"\n\n{steps(later, standing.style(), 'strong')}", drawn=True)
        raise _Later from None


def _close(course: Course, done: Graded, sitting: Sat) -> None:
    """Show both results and what comes next."""
    past, note = standing.known(course)
    today = recalling.of_today(course, done, sitting.record)
    if past is None:
        past = today
    elif past.passed is None:  # not every attempt is kept
        past = replace(past, tries=today.tries)
    output.write("\n", drawn=True)
    standing.show(course, past, note)


def _say_how_to_go_on(course: Course, path: Path | None) -> None:
    """Say what leads on from an app that has not passed."""
    from checkpoint.report.steps import steps

    past, _ = standing.known(course)
    wanted = [("A hint", step.typed(course, "hint"))] if past is not None and past.hint_left else []
    wanted.append(("After a change", step.of_work(course, "run", path or step.starter(course))))
    output.write(f"\n{steps(wanted, standing.style(), 'strong')}", drawn=True)
