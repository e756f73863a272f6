"""Show how far a proof has come."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from checkpoint.commands import output
from checkpoint.commands.progress import MovingLine, NowAndThen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Tell = Callable[[str, int, int], None]


@contextmanager
def showing(*, quiet: bool) -> Iterator[Tell]:
    """Give what shows progress on standard error, as what is being done, how many are done, and of how many."""
    if quiet:
        yield lambda what, done, of: None
    elif output.can_draw(sys.stderr):
        line = MovingLine()
        try:
            yield lambda what, done, of: line.show(f"{what} {done}/{of}")
        finally:
            line.clear()
    else:
        log = NowAndThen()
        yield lambda what, done, of: log.say(lambda: f"{what}: {done} of {of}")
