"""Show on standard error how far something has come: a line that goes away on a terminal, one now and then in a log."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from checkpoint.commands import output

if TYPE_CHECKING:
    from collections.abc import Callable

CLEAR_LINE = "\r\x1b[K"
SAID_SECONDS = 10.0  # between two lines in a log


class MovingLine:
    """Hold one line of a terminal, each text in the place of the one before."""

    def __init__(self) -> None:
        self._stream = sys.stderr  # which another one stands in for while checks run

    def show(self, text: str) -> None:
        """Show a text, as far as there is room."""
        self._write(f"{CLEAR_LINE}{text[: output.width() - 1]}")

    def clear(self) -> None:
        """Take the line away."""
        self._write(CLEAR_LINE)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


class NowAndThen:
    """Say how far it has come, unless that was said just before."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def say(self, words: Callable[[], str]) -> None:
        """Say what `words` returns, if it is time for that."""
        now = time.monotonic()
        if now - self._said >= SAID_SECONDS:
            self._said = now
            output.say(words())
