"""Show how far a proof has come: on a terminal one line that goes away, else a line now and then."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from checkpoint.commands import output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Tell = Callable[[str, int, int], None]

CLEAR_LINE = "\r\x1b[K"
SAID_SECONDS = 10.0  # between two lines in a log


@contextmanager
def showing(*, quiet: bool) -> Iterator[Tell]:
    """Give what shows progress on standard error, as what is being done, how many are done, and of how many."""
    if quiet:
        yield lambda what, done, of: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        stream, width = sys.stderr, output.width()

        def show(what: str, done: int, of: int) -> None:
            stream.write(f"{CLEAR_LINE}{f'{what} {done}/{of}'[: width - 1]}")
            stream.flush()

        try:
            yield show
        finally:
            stream.write(CLEAR_LINE)
            stream.flush()
    else:
        yield _Lines().tell


class _Lines:
    """Say now and then how far it has come."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def tell(self, what: str, done: int, of: int) -> None:
        """Say it, unless something was said just before."""
        now = time.monotonic()
        if now - self._said >= SAID_SECONDS:
            self._said = now
            output.say(f"{what}: {done} of {of}")
