"""Read the clock of a sitting: one that goes on while the machine sleeps, and that nobody sets."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Tell the time of a sitting, in seconds from any one moment."""

    def now(self) -> float:
        """Return the time, sleep included."""

    def asleep(self) -> float:
        """Return how much of it the machine has slept."""


class SystemClock:
    """Tell the system's own time.

    `time.monotonic` stands still while a laptop sleeps on Linux, so there it is CLOCK_BOOTTIME
    (clock_gettime(2)). On macOS CLOCK_MONOTONIC goes on and CLOCK_UPTIME_RAW does not; on Windows
    `time.monotonic` goes on, and the sleep in it cannot be told.
    """

    def __init__(self) -> None:
        self._all = getattr(time, "CLOCK_BOOTTIME", None) or getattr(time, "CLOCK_MONOTONIC", None)
        if hasattr(time, "CLOCK_BOOTTIME"):
            self._awake = getattr(time, "CLOCK_MONOTONIC", None)
        else:
            self._awake = getattr(time, "CLOCK_UPTIME_RAW", None)
        self._slept_before = 0.0
        self._slept_before = self.asleep()

    def now(self) -> float:
        """Return the time, sleep included."""
        return time.monotonic() if self._all is None else time.clock_gettime(self._all)

    def asleep(self) -> float:
        """Return the seconds slept since this clock was made; 0 where that cannot be told."""
        if self._all is None or self._awake is None:
            return 0.0
        return time.clock_gettime(self._all) - time.clock_gettime(self._awake) - self._slept_before
