"""Show what an app printed as its author would have seen it, without what is the grader's."""

from __future__ import annotations

import re
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "Traceback (most recent call last):"
FRAME = re.compile(r'  File "([^"\n]*)", line')
LOGGED = re.compile(r"Exception on .{1,2000} \[[A-Z]{1,20}\]$")  # what flask.Flask.log_exception writes
JOINTS = (
    "",
    "During handling of the above exception, another exception occurred:",
    "The above exception was the direct cause of the following exception:",
)
# The folder that a submission is written to, see `worker.spawn` and `worker.inside`.
FOLDER = re.compile(
    re.escape(tempfile.gettempdir()) + r"[\\/]checkpoint-\w{1,20}[\\/]worker-\d{1,9}[\\/]submission[\\/]"
)


def tidy(text: str) -> str:
    """Return what was printed, with paths that begin at the submission and tracebacks of its own frames.

    Tracebacks that Flask logs are left out: the feedback says the same in a beginner's words.
    """
    kept: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].startswith(HEAD):
            kept.append(lines[at])
            at += 1
        elif kept and LOGGED.search(kept[-1]):
            kept.pop()
            at = _behind(lines, at)
        else:
            end = _end_of_frames(lines, at)
            kept += [lines[at], *_own_frames(lines[at + 1 : end])]
            at = end
    return FOLDER.sub("", "\n".join(kept))


def _end_of_frames(lines: list[str], at: int) -> int:
    """Return where the exception's own words stand, of the traceback that begins at `at`."""
    at += 1
    while at < len(lines) and lines[at].startswith(" "):
        at += 1
    return at


def _behind(lines: list[str], at: int) -> int:
    """Return what comes behind the traceback that begins at `at`, and behind those that it is joined to."""
    while True:
        at = _end_of_frames(lines, _end_of_frames(lines, at))  # the words may have further lines, indented too
        following = at
        while following < len(lines) and lines[following] in JOINTS:
            following += 1
        if following >= len(lines) or not lines[following].startswith(HEAD):
            return at
        at = following


def _own_frames(lines: list[str]) -> Iterator[str]:
    own = False
    for line in lines:
        frame = FRAME.match(line)
        if frame:
            own = FOLDER.match(frame.group(1)) is not None
        if own:
            yield line
