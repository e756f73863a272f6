"""Let SIGTERM and Ctrl-C end a run with a report on what there is."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from checkpoint.errors import Terminated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

AGAIN_SECONDS = 1.0


class Ending:
    """Turn a signal into an exception where that does no harm.

    Before `heed` a signal is only remembered. From then on it raises, and again if it comes again later: Python drops
    what is raised in a weak reference's callback or a `__del__`, for which reason `check` looks, too. After `done` the
    end is near anyway; the first signal is let pass, and one more ends the process as if nobody had taken it.
    """

    def __init__(self) -> None:
        self._came: type[KeyboardInterrupt] | None = None
        self._heeding = self._done = False
        self._raised = float("-inf")

    def heed(self) -> None:
        """Raise from now on, at once if a signal has come already."""
        self._heeding = True
        self.check()

    @contextmanager
    def heeding(self) -> Iterator[None]:
        """Heed in this block, and behind it only remember again."""
        try:
            self.heed()
            yield
        finally:
            self._heeding = False

    def check(self) -> None:
        """Raise what should have been raised before."""
        if self._heeding and self._came is not None:
            raise self._came

    def raise_what_came(self) -> None:
        """Raise what has come by now, and nothing later: for who wants to end between two things only."""
        if self._came is not None:
            raise self._came

    def done(self) -> None:
        """Raise no more."""
        self._heeding, self._done = False, True

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal."""
        self._came = Terminated if number == signal.SIGTERM else KeyboardInterrupt
        if self._done:
            signal.signal(number, signal.SIG_DFL)
        elif self._heeding and time.monotonic() - self._raised > AGAIN_SECONDS:
            self._raised = time.monotonic()
            raise self._came


@contextmanager
def ending() -> Iterator[Ending]:
    """Take SIGTERM and SIGINT in this block, but for those that whoever started us has us ignore."""
    taker = Ending()
    if threading.current_thread() is not threading.main_thread():  # only there can signals be taken
        yield taker
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        for number, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, taker.on_signal)
        yield taker
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
