"""Show how far a batch has come: on a terminal a line that moves, else a line now and then."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from checkpoint.commands.output import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.batch.coordinator import Progress as Batched

    Tell = Callable[[Batched], None]

SAID_SECONDS = 10.0  # between two lines in a log
WIDE = 80  # cells; in less there is room for numbers only


@contextmanager
def showing(of: int, *, quiet: bool) -> Iterator[Tell]:
    """Give what shows progress on standard error; what is shown on a terminal goes away at the end."""
    if quiet:
        yield lambda progress: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _moving(of) as tell:
            yield tell
    else:
        yield _Lines().tell


def _words(progress: Batched) -> str:
    parts = [f"{progress.passed} passed", f"{progress.graded - progress.passed - progress.ours} not"]
    if progress.kept:
        parts.append(f"{progress.kept} graded before")
    if progress.ours:
        parts.append(f"{progress.ours} could not be graded")
    return ", ".join(parts)


class _Lines:
    """Say now and then how far it has come."""

    def __init__(self) -> None:
        self._started = self._said = time.monotonic()

    def tell(self, progress: Batched) -> None:
        """Say it, unless that was said just before."""
        now = time.monotonic()
        if now - self._said < SAID_SECONDS:
            return
        self._said = now
        rate = progress.graded / (now - self._started)
        left = (progress.of - progress.done) / rate if rate else 0
        time_left = f", {_minutes(left)} left" if left else ""
        say(f"{progress.done} of {progress.of}, {rate:.1f} a second{time_left}: {_words(progress)}")


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@contextmanager
def _moving(of: int) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr)
    counted = (
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", style="progress.data.speed"),
        TimeRemainingColumn(),
    )
    around = (BarColumn(bar_width=None), *counted, TextColumn("{task.fields[words]}"))
    columns = around if console.width >= WIDE else counted
    started = time.monotonic()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=of, rate="", words="starting")

        def tell(now: Batched) -> None:
            rate = now.graded / (time.monotonic() - started)
            bar.update(task, completed=now.done, rate=f"{rate:.1f}/s" if now.graded else "", words=_words(now))

        yield tell
