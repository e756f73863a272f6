"""Write to standard output and standard error as people and machines expect it: colour, encodings, lost readers."""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import TYPE_CHECKING

import click

from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from checkpoint.report import Style

FILE_WIDTH = 80  # cells


def write(content: str | bytes, *, drawn: bool) -> None:
    """Write to standard output; what machines read is UTF-8 there too, whatever the terminal's encoding."""
    stream = None if drawn else getattr(sys.stdout, "buffer", None)
    try:
        if stream is None:
            sys.stdout.write(content if isinstance(content, str) else content.decode())
        else:
            stream.write(content.encode() if isinstance(content, str) else content)
        sys.stdout.flush()
    except BrokenPipeError:
        forget(sys.stdout)  # whoever read it has gone away; the outcome stays
    except OSError as error:
        forget(sys.stdout)
        raise CheckpointError(f"cannot write to standard output: {(error.strerror or str(error)).lower()}") from None


def say(text: str) -> None:
    """Print a message of ours to standard error, safe to show."""
    tell(f"checkpoint: {text}")


def tell(text: str) -> None:
    """Print lines to standard error: names in them may be a learner's, and must not act on a terminal or a CI job."""
    from checkpoint.report.visible import visible

    with suppress(OSError):  # nobody is there to be told; the code still is
        click.echo("\n".join(visible(line.expandtabs(4)) for line in text.split("\n")), err=True)


class Harmless(io.TextIOBase):
    """Write to a stream line by line, and nothing that acts: what a check prints may be a learner's words."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = ""

    def writable(self) -> bool:
        """Say that one may write to it."""
        return True

    def write(self, text: str) -> int:
        """Pass on the lines that are whole."""
        *lines, self._begun = (self._begun + text).split("\n")
        self._pass_on(lines)
        return len(text)

    def end(self) -> None:
        """Pass on the rest."""
        if self._begun:
            self.write("\n")

    def _pass_on(self, lines: list[str]) -> None:
        from checkpoint.report.visible import visible

        if lines:
            self._stream.write("".join(f"{visible(line.expandtabs(4))}\n" for line in lines))
            self._stream.flush()


@contextmanager
def authors_words() -> Iterator[None]:
    """Let what an author's files print be no part of a report, and harmless: it goes to standard error."""
    heard = Harmless(sys.stderr)
    with redirect_stdout(heard), redirect_stderr(heard):
        try:
            yield
        finally:
            heard.end()


def forget(stream: TextIO) -> None:
    """Let what is still to be written go nowhere, so that nothing complains of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def width() -> int:
    """Return how many cells wide the terminal is; what is no terminal is as wide as a file."""
    return shutil.get_terminal_size((FILE_WIDTH, 24)).columns


def style() -> Style:
    """Return how to draw on standard output."""
    from checkpoint.report import Style

    return Style(width=width(), color=color(), unicode=unicode(sys.stdout))


def color(stream: TextIO | None = None) -> bool:
    """Say whether to use colour (https://no-color.org, and FORCE_COLOR as its opposite)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return can_draw(stream or sys.stdout)


def can_draw(stream: TextIO) -> bool:
    """Say whether a stream is a terminal that does what escapes ask of it: colour, and drawing over a line."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def unicode(stream: TextIO) -> bool:
    """Say whether a stream can show more than ASCII."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")
