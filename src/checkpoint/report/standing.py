"""Draw where a learner stands at a checkpoint: on the way, and when all of it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from checkpoint.report import Style
from checkpoint.report.chart import chart
from checkpoint.report.rows import ASCII, EMPTY, UNICODE, Row, line
from checkpoint.report.steps import steps
from checkpoint.report.terminal import page
from checkpoint.report.words import counted, percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from checkpoint.model import Status
    from checkpoint.past import Asked, Sat, Try
    from checkpoint.report.rows import Glyphs
    from checkpoint.report.steps import Step

_LABEL_CELLS = 10
_RULE_CELLS = 60


@dataclass(frozen=True, slots=True)
class Exercise:
    """Hold where the exercise stands: the last try at it, and the one that passed, which may be an earlier one.

    `first_open` is the check to see to first; `shares` are the scores of all tries, each from 0 to 1; `outdated` says
    that the last one passed an earlier state of the checkpoint, `unknown` that nobody knows of what was done before.
    """

    last: Try | None
    passed: Try | None
    first_open: Asked | None = None
    shares: tuple[float, ...] = ()
    outdated: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Quiz:
    """Hold where the quiz stands: the sitting that passed, the last one, and whether one was `left` before its end.

    `outdated` and `unknown` are as for the exercise; `unreadable` says that its file cannot be read.
    """

    passed: Sat | None
    last: Sat | None
    left: bool = False
    outdated: bool = False
    unreadable: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold what is to be told; `quiz` is None where a checkpoint has none.

    `step` is the next command, with the words before it, if there is one; `up_next` is what follows this checkpoint;
    `note` is what else there is to know; `now` is the local time.
    """

    title: str
    exercise: Exercise
    quiz: Quiz | None
    step: Step | None
    now: datetime
    up_next: str | None = None
    note: str = ""

    @property
    def done(self) -> bool:
        """Say whether all of this checkpoint is done."""
        return self.exercise.passed is not None and (self.quiz is None or self.quiz.passed is not None)


def render(standing: Standing, style: Style = Style()) -> str:  # noqa: B008  # frozen
    """Return the page as text for a terminal."""
    text = page(_rows(standing, style), style)
    text += steps([standing.step] if standing.step else [], style, "quiet" if standing.done else "strong")
    if standing.done and standing.up_next:
        text += page([Row(lead=(("Next: ", "strong"),), text=((standing.up_next, "strong"),))], style)
    return text


def _rows(standing: Standing, style: Style) -> Iterator[Row]:
    glyphs = UNICODE if style.unicode else ASCII
    if standing.done:
        yield line(glyphs.done * min(style.width, _RULE_CELLS), "passed")
    yield Row(text=((standing.title, "strong"), (": done" if standing.done else "", "passed")))
    yield EMPTY
    yield from _exercise(standing, style, glyphs)
    if standing.quiz is not None:
        yield from _quiz(standing, standing.quiz, glyphs)
    yield EMPTY
    if standing.note:
        yield from [line(standing.note, "quiet"), EMPTY]


def _exercise(standing: Standing, style: Style, glyphs: Glyphs) -> Iterator[Row]:
    exercise = standing.exercise
    passed, last = exercise.passed, exercise.last
    if last is None:
        yield _part(glyphs, "blocked", "exercise", "not known" if exercise.unknown else "not graded yet")
        return
    if passed is not None:
        words = f"{_points(passed)}, passed {_when(passed.when, standing.now)}"
        yield _part(glyphs, "passed", "exercise", words)
        yield _below("", f"at attempt {passed.number}")
        if last.number > passed.number and not last.passed:
            yield _below(f"the last attempt, {_when(last.when, standing.now)}: {_points(last)}")
    else:
        words = f"{_points(last)} at attempt {last.number}, {_when(last.when, standing.now)}"
        if exercise.outdated:
            words = "passed an earlier state of this checkpoint; it has changed since"
        yield _part(glyphs, "failed", "exercise", words)
        if exercise.first_open is not None:
            yield _below(f"first to mend: {exercise.first_open.id}", exercise.first_open.title)
    if len(exercise.shares) > 1:
        room = min(style.width, _RULE_CELLS) - _LABEL_CELLS - 2
        yield _below(chart(exercise.shares[-room:], unicode=style.unicode))


def _quiz(standing: Standing, quiz: Quiz, glyphs: Glyphs) -> Iterator[Row]:
    best, last = quiz.passed, quiz.last
    if quiz.unreadable:
        yield _part(glyphs, "error", "quiz", "its file cannot be read")
    elif best is not None:
        yield _part(glyphs, "passed", "quiz", f"{_right(best)}, passed {_when(best.when, standing.now)}")
    elif quiz.left:
        yield _part(glyphs, "undecided", "quiz", "begun, and not finished")
    elif quiz.outdated:
        yield _part(glyphs, "failed", "quiz", "passed an earlier state of the quiz; it has changed since")
    elif last is not None and last.partial:
        yield _part(glyphs, "undecided", "quiz", f"only some of its questions so far, {_when(last.when, standing.now)}")
    elif last is not None:
        yield _part(glyphs, "failed", "quiz", f"{_right(last)}, not passed {_when(last.when, standing.now)}")
    elif quiz.unknown and standing.exercise.passed is None:
        yield _part(glyphs, "blocked", "quiz", "not known")
    else:
        waits = standing.exercise.passed is None
        yield _part(glyphs, "blocked", "quiz", "comes when the exercise passes" if waits else "not taken yet")


def _part(glyphs: Glyphs, mark: Status, label: str, words: str) -> Row:
    return Row(
        lead=((f"{glyphs.marks[mark]} ", mark), (f"{label:<{_LABEL_CELLS}}", "strong")), text=((words, "plain"),)
    )


def _below(words: str, more: str = "") -> Row:
    beside = f"  {more}" if words and more else more
    return Row(lead=((" " * (_LABEL_CELLS + 2), "plain"),), text=((words, "plain"), (beside, "quiet")))


def _points(one: Try) -> str:
    return f"{one.earned} of {counted(one.possible, 'point')}"


def _right(sat: Sat) -> str:
    share = percent(100 * sat.earned / sat.possible) if sat.possible else "0 %"
    return f"{sat.earned} of {sat.possible} right ({share})"


def _when(moment: datetime, now: datetime) -> str:
    """Return a moment as people say it."""
    clock = f"{moment:%H:%M}"
    if moment.date() == now.date():
        return f"today at {clock}"
    if moment.date() == now.date() - timedelta(days=1):
        return f"yesterday at {clock}"
    return f"on {moment:%Y-%m-%d}"
