"""Show one verdict after the other, and answer the keys that are about them."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Self

from checkpoint.commands import keeping
from checkpoint.commands.watch import page
from checkpoint.commands.watch.screen import Gone, Screen
from checkpoint.errors import CheckpointError
from checkpoint.report import diff, hints, terminal
from checkpoint.report.rows import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from checkpoint.commands.watch.screen import Block
    from checkpoint.model import Checkpoint, CheckResult, Report, Submission
    from checkpoint.report import Style
    from checkpoint.report.rows import Row


class Verdict(NamedTuple):
    """Hold a report as it may be shown, what it is on, and when it came."""

    report: Report
    submission: Submission
    when: datetime


class Desk:
    """Hold the last verdict, and the last one on something else; what is shown is about these."""

    def __init__(self, out: TextIO, style: Style, *, keys: bool) -> None:
        self.verdict: Verdict | None = None
        self._before: Verdict | None = None
        self._troubled = False  # whether there is no verdict on what lies there now
        self._checkpoint: Checkpoint | None = None
        self._taken: dict[str, int] = {}  # hints of each check that were shown here
        self._all_hints = style.hints
        self._screen = Screen(out, style, (lambda: page.footer(self._keys())) if keys else None)

    def __enter__(self) -> Self:
        """Begin with nothing on the screen."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave what was shown last, without the line of keys."""
        with suppress(Gone):
            self._screen.leave()

    def show(self, verdict: Verdict, checkpoint: Checkpoint, heard: Iterable[str]) -> None:
        """Show a verdict below what the checks have printed meanwhile."""
        words = page.changed(self.verdict and self.verdict.report, verdict.report)
        if self.verdict is not None and self.verdict.submission.sha256 != verdict.submission.sha256:
            self._before = self.verdict  # else it is the same, graded again
        self.verdict, self._checkpoint = verdict, checkpoint
        self._troubled = False
        top = _rows(page.heading(verdict.when, words))
        self._screen.show(top, _rows(page.said(heard)), partial(terminal.render, verdict.report))

    def trouble(self, words: str, heard: Iterable[str] = ()) -> None:
        """Show why there is no verdict on what lies there now."""
        self._troubled = True
        top = _rows(page.heading(datetime.now(), "not graded"))
        self._screen.show(top, _rows(page.said(heard)), _rows(page.trouble(words)))

    def note(self, words: str) -> None:
        """Say something below what is shown."""
        self._screen.add(_rows(page.trouble(words)))

    def busy(self) -> None:
        """Say in the place of the keys what is going on."""
        self._screen.busy("grading")

    def progress(self, number: int, of: int) -> None:
        """Say how far it is."""
        self._screen.busy(f"grading {number}/{of}", more=True)

    def redraw(self) -> None:
        """Draw everything again, as after a resize."""
        self._screen.redraw()

    def answer(self, key: str) -> None:
        """Show what a key asks for; nothing for those that ask for nothing here."""
        if self.verdict is None or key not in self._keys():
            return
        if key == "h":
            self._screen.add(self._hint(self.verdict.report))
        elif key == "d" and self._before is not None:
            self._screen.add(_difference(self._before, self.verdict))
        elif key == "z":
            words = "The quiz comes when the exercise passes. Then press z, or type: checkpoint quiz"
            self._screen.add(_rows([line(words)]))

    @property
    def quiz_is_due(self) -> bool:
        """Say whether the quiz can be taken now."""
        report = self.verdict.report if self.verdict else None
        return report is not None and report.passed and report.only is None and "z" in self._keys()

    def _keys(self) -> list[str]:
        """Return the keys that do something now."""
        there = {
            "h": self.verdict is not None and _first_failed(self.verdict.report) is not None,
            "d": self._before is not None,
            "z": self._checkpoint is not None and self._checkpoint.quiz is not None,
        }
        # Below why there is no verdict, nothing is to be said of the one before.
        return [key for key in page.KEYS if key not in there or (there[key] and not self._troubled)]

    def _hint(self, report: Report) -> Block:
        """Return one more hint of the check to mend first, below those before it."""
        check = _first_failed(report)
        assert check is not None  # noqa: S101 - there is no such key then
        taken = max(self._taken.get(check.id, 0), _remembered(report, check))
        before = len(check.hints) if self._all_hints else max(taken, 1)  # a report shows the first one itself
        now = min(before + 1, len(check.hints))
        self._taken[check.id] = now
        _remember(report, check, now)
        shown = hints.Hints(check.id, check.title, check.hints[:now], len(check.hints), now > before)
        return partial(hints.render, shown)


def _first_failed(report: Report) -> CheckResult | None:
    return next((check for check in report.checks if check.outcome == "failed"), None)


def _remembered(report: Report, check: CheckResult) -> int:
    """Return how many hints of a check were taken before, also with `checkpoint hint`."""
    with _if_possible(), keeping.opened() as history:
        return history.hints(report.checkpoint_id).get(check.id, 0)
    return 0


def _remember(report: Report, check: CheckResult, taken: int) -> None:
    with _if_possible(), keeping.opened() as history:
        history.take_hint(report.checkpoint_id, check.id, taken)


@contextmanager
def _if_possible() -> Iterator[None]:
    """Do without a history where there is none."""
    with suppress(CheckpointError, ImportError):  # a Python may have been built without SQLite
        yield


def _difference(before: Verdict, now: Verdict) -> Block:
    """Return what was changed from one verdict to the next."""
    old, new = _side(before), _side(now)
    left_out = _rows(page.left_out(diff.unknown(old, new)))
    return lambda style: diff.render(old, new, style) + left_out(style)


def _side(verdict: Verdict) -> diff.Side:
    texts = {verdict.submission.shown(name): text for name, text in keeping.texts(verdict.submission).items()}
    return diff.Side(texts, f"{verdict.when:%H:%M:%S}")


def _rows(rows: list[Row]) -> Block:
    return partial(terminal.page, rows)
