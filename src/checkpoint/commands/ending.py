"""Let a SIGTERM end a run as Ctrl-C does: with a report on what there is."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkpoint.errors import Terminated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@dataclass
class Ending:
    """Say whether a SIGTERM still ends what is going on; afterwards it is too late to, and the end is near anyway."""

    heeded: bool = True

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Raise Terminated, once."""
        if self.heeded:
            self.heeded = False
            raise Terminated


@contextmanager
def terminable() -> Iterator[Ending]:
    """Raise Terminated in this block when a SIGTERM comes."""
    ending = Ending()
    if threading.current_thread() is not threading.main_thread():  # only there can signals be taken
        yield ending
        return
    before = signal.signal(signal.SIGTERM, ending.on_signal)
    try:
        yield ending
    finally:
        signal.signal(signal.SIGTERM, before)
