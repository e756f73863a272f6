"""End a check that hangs, where the system has an alarm; elsewhere whoever waits for it has to."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


class Overdue(KeyboardInterrupt):
    """A check has taken longer than an app can make it take; pytest lets nothing else end a check and the run."""


@contextmanager
def alarm(seconds: float) -> Iterator[Callable[[], None]]:
    """Raise Overdue in this block, and give what sets its clock back: once so much time has gone, and again later.

    Where there are no such alarms (Windows, and threads), it never does.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return

    def set_back() -> None:
        signal.setitimer(signal.ITIMER_REAL, seconds, seconds)  # a check may have swallowed the first one

    before = signal.signal(signal.SIGALRM, _ring)
    try:
        set_back()
        yield set_back
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise Overdue
