"""Tell where a learner stands at the checkpoint around them, and the next command: bare `checkpoint`."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.commands import keeping, output, recalling, step
from checkpoint.errors import CheckpointError, RefusedSubmission

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from checkpoint.model import Course
    from checkpoint.past import Past
    from checkpoint.report.standing import Standing
    from checkpoint.report.steps import Step

EXIT_OK, EXIT_NO_CHECKPOINT = 0, 2
START = "To begin, go into a checkpoint's folder (it has a grader.py) or set CHECKPOINT_DIR to it, and type: checkpoint"


def tell(help: Callable[[], str]) -> int:
    """Print where the learner stands; without a checkpoint around, the help and how to begin."""
    if not os.environ.get("CHECKPOINT_DIR") and courses.upwards(courses.here()) is None:
        click.echo(f"{help()}\n\n  {START}", err=True)
        return EXIT_NO_CHECKPOINT
    with output.authors_words():
        course = courses.choose(None, None)
    show(course, *known(course))
    return EXIT_OK


def known(course: Course) -> tuple[Past | None, str]:
    """Return what was done at a checkpoint so far; None and why that cannot be told where there is no history."""
    try:
        with keeping.opened() as history:
            return recalling.past(history, course), ""
    except CheckpointError as error:
        where = f" ({error.where})" if error.where else ""
        return None, f"Nothing is known of what was done before: {error.message}{where}. What helps: {error.help}."


def show(course: Course, past: Past | None, note: str, *, kept: bool = True) -> None:
    """Print where somebody stands who has done this so far; None where that is not known.

    What has not been `kept` leads to nothing that needs it.
    """
    from checkpoint.report.standing import render

    known = past or recalling.nothing(course)
    wanted = next_step(course, known) if kept or not known.done else None
    page = render(_stand(course, known, wanted, note, unknown=past is None), output.style())
    output.write(page, drawn=True)


def tell_of_quiz(course: Course) -> None:
    """Say that the quiz is still to be taken, if the exercise has been passed and that is so."""
    from checkpoint.report.steps import steps

    past, _ = known(course)
    if past is not None and past.passed is not None and past.quiz is not None and past.quiz_passed is None:
        with suppress(CheckpointError):  # the verdict is out, and nothing here changes it
            still = [("The quiz is still to be taken", step.typed(course, "quiz"))]
            output.write(f"\n{steps(still, output.style(), 'strong')}", drawn=True)


def next_step(course: Course, past: Past) -> Step:
    """Return the one command that leads on, and the words before it."""
    if past.passed is None:
        return _towards_passing(course, past)
    if past.quiz is not None and past.quiz_passed is None:
        return "Next", step.typed(course, "quiz", *(["--resume"] if past.quiz_left else []))
    return "Compare yours with the solution", step.of_work(course, "diff", step.work(course, past), "--solution")


def next_in_words(course: Course, past: Past) -> str:
    """Return the one command that leads on as the end of a message."""
    words, command = next_step(course, past)
    return f"{words[0].lower()}{words[1:]}: {command}"


def _stand(course: Course, past: Past, wanted: Step | None, note: str, *, unknown: bool) -> Standing:
    from checkpoint.report.standing import Exercise, Quiz, Standing

    exercise = Exercise(past.last, past.passed, past.first_open, past.shares, outdated=past.outdated, unknown=unknown)
    quiz = None
    if past.quiz is not None:
        quiz = Quiz(
            past.quiz_passed, past.last_sat, left=past.quiz_left, outdated=past.quiz_outdated, unreadable=not past.quiz,
            unknown=unknown,
        )  # fmt: skip
    now = datetime.now(UTC).astimezone()
    return Standing(past.title, exercise, quiz, wanted, now, course.checkpoint.up_next, note)


def _towards_passing(course: Course, past: Past) -> Step:
    """Return `hint` where there is one to take and nothing has changed since the last try, else `grade`."""
    file = step.work(course, past)
    grade = step.of_work(course, "grade", file)
    last = past.tries[-1] if past.tries else None
    if last is None or last.fingerprint != course.fingerprint or last.content != _hash(file, course):
        return "Next", grade
    if past.hint_left:
        return "Next", step.typed(course, "hint")
    return f"Next, after a change in {step.shown(file)}", grade


def _hash(file: Path, course: Course) -> str | None:
    """Return the SHA-256 of the work as it is now; None if it cannot be taken in."""
    try:
        return intake.take(file, course.checkpoint.limits).sha256
    except RefusedSubmission:
        return None
