"""Tell where a learner stands at the checkpoint around them, and the next command: bare `checkpoint`."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.commands import keeping, output, recalling, step
from checkpoint.errors import CheckpointError, RefusedSubmission

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.model import Course
    from checkpoint.report import Style
    from checkpoint.report.past import Past
    from checkpoint.report.standing import Standing

EXIT_OK, EXIT_NO_CHECKPOINT = 0, 2
START = "To begin, go into a checkpoint's folder (it has a grader.py) and type: checkpoint"


def tell(help: Callable[[], str]) -> int:
    """Print where the learner stands; without a checkpoint around, the help and how to begin."""
    if not os.environ.get("CHECKPOINT_DIR") and courses.upwards(Path.cwd()) is None:
        click.echo(f"{help()}\n\n  {START}", err=True)
        return EXIT_NO_CHECKPOINT
    with output.authors_words():
        course = courses.choose(None, None)
    past, note = known(course)
    show(course, past or recalling.nothing(course), note)
    return EXIT_OK


def known(course: Course) -> tuple[Past | None, str]:
    """Return what was done at a checkpoint so far; None and why that cannot be told where there is no history."""
    try:
        with keeping.opened() as history:
            return recalling.past(history, course), ""
    except CheckpointError as error:
        return None, f"Nothing is known of what was done before: {error.message} ({error.where})."


def show(course: Course, past: Past, note: str) -> None:
    """Print where somebody stands who has done this so far."""
    from checkpoint.report.standing import render

    output.write(render(stand(course, past, note), style()), drawn=True)


def tell_of_quiz(course: Course) -> None:
    """Say that the quiz is still to be taken, if the exercise has been passed and that is so."""
    from checkpoint.report.steps import steps

    past, _ = known(course)
    if past is not None and past.passed is not None and past.quiz is not None and past.quiz_passed is None:
        still = [("The quiz is still to be taken", step.typed(course, "quiz"))]
        output.write(f"\n{steps(still, style(), 'strong')}", drawn=True)


def style() -> Style:
    """Return how to draw on standard output."""
    from checkpoint.report import Style

    return Style(width=output.width(), color=output.color(), unicode=output.unicode(sys.stdout))


def stand(course: Course, past: Past, note: str = "") -> Standing:
    """Return where somebody stands who has done this so far."""
    from checkpoint.report.standing import Exercise, Quiz, Standing

    whole = [one for one in past.tries if one.only is None]
    exercise = Exercise(
        past.last,
        past.passed,
        tuple(one.earned / one.possible for one in whole if one.possible),
        outdated=past.passed is None and any(one.passed for one in whole),
        hints=sum(past.hints.values()),
    )
    quiz = None
    if past.quiz is not None:
        quiz = Quiz(past.quiz_passed, past.sittings[-1] if past.sittings else None, left=past.quiz_left)
    now = datetime.now(UTC).astimezone()
    return Standing(past.title, exercise, quiz, _next(course, past), now, course.checkpoint.up_next, note)


def _next(course: Course, past: Past) -> tuple[str, str]:
    """Return the one command that leads on, and the words before it."""
    if past.passed is None:
        return "Next", _towards_passing(course, past)
    if past.quiz is not None and past.quiz_passed is None:
        return "Next", step.typed(course, "quiz", *(["--resume"] if past.quiz_left else []))
    return "Compare yours with the solution", step.of_work(course, "diff", step.work(course, past), "--solution")


def _towards_passing(course: Course, past: Past) -> str:
    """Return `hint` where there is one to take and nothing has changed since the last try, else `grade`."""
    file = step.work(course, past)
    last = past.tries[-1] if past.tries else None
    same = last is not None and last.fingerprint == course.fingerprint and last.content == _hash(file, course)
    if same and past.hint_left:
        return step.typed(course, "hint")
    return step.of_work(course, "grade", file)


def _hash(file: Path, course: Course) -> str | None:
    """Return the SHA-256 of the work as it is now; None if it cannot be taken in."""
    try:
        return intake.take(file, course.checkpoint.limits).sha256
    except RefusedSubmission:
        return None
