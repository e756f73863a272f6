"""Show how far a batch has come: on a terminal a line that moves, else a line now and then."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from checkpoint.commands import output
from checkpoint.commands.progress import NowAndThen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.batch.coordinator import Progress as Batched

    Tell = Callable[[Batched], None]

WIDE = 80  # cells; in less there is room for numbers only


@contextmanager
def showing(of: int, *, quiet: bool) -> Iterator[Tell]:
    """Give what shows progress on standard error; what is shown on a terminal goes away at the end."""
    if quiet:
        yield lambda progress: None
    elif output.can_draw(sys.stderr):
        with _moving(of) as tell:
            yield tell
    else:
        yield _telling_a_log()


def _words(progress: Batched) -> str:
    parts = [f"{progress.passed} passed", f"{progress.graded - progress.passed - progress.ours} not"]
    if progress.kept:
        parts.append(f"{progress.kept} graded before")
    if progress.ours:
        parts.append(f"{progress.ours} could not be graded")
    return ", ".join(parts)


def _telling_a_log() -> Tell:
    started, log = time.monotonic(), NowAndThen()

    def words(now: Batched) -> str:
        rate = now.graded / (time.monotonic() - started)
        left = (now.of - now.done) / rate if rate else 0
        time_left = f", {_minutes(left)} left" if left else ""
        return f"{now.done} of {now.of}, {rate:.1f} a second{time_left}: {_words(now)}"

    return lambda now: log.say(lambda: words(now))


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
