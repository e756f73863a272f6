"""Keep a few lines at the bottom of what a terminal shows up to date, and write no more than what changed.

There is no alternate screen: what is kept scrolls up and stays, so that the scrollback is a transcript.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from checkpoint.quiz.screen.layout import RESET
from checkpoint.quiz.sitting import Left

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

_FALLBACK = (80, 24)  # columns and rows, where the terminal does not know its own

# ECMA-48 and xterm's control sequences
_CLEAR_LINE = "\r\x1b[K"
_CLEAR_BELOW = "\r\x1b[J"
_CLEAR_ALL = "\x1b[H\x1b[J"
_SAVE, _RESTORE = "\x1b7", "\x1b8"
_SHOW, _HIDE = "\x1b[?25h", "\x1b[?25l"
_PASTE_ON, _PASTE_OFF = "\x1b[?2004h", "\x1b[?2004l"


class Pane:
    """Draw the lines; the last of them begins with a clock that may change alone.

    All that writes raises Left when the terminal is there no more.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._forget()

    def _forget(self) -> None:
        self._lines: list[str] = []
        self._clock = ""
        self._row = 0  # of the lines, where the cursor is
        self._cursor: tuple[int, int] | None = None

    def begin(self) -> None:
        """Let the terminal mark what is pasted, and hide the cursor where nothing is typed."""
        self._write(_PASTE_ON + _HIDE)

    def end(self) -> None:
        """Leave the terminal as it was found, below what is there, without the last line."""
        last = len(self._lines) - 1
        self._write((self._move(last) + _CLEAR_BELOW if self._lines else "") + RESET + _SHOW + _PASTE_OFF)
        self._forget()

    def draw(self, lines: Sequence[str], clock: str = "", cursor: tuple[int, int] | None = None) -> None:
        """Show these lines, the last one behind the clock, with the cursor at a row and cell, or hidden."""
        lines = [*lines]
        if lines == self._lines and cursor == self._cursor and len(clock) == len(self._clock):
            self._tick(clock)
            return
        text = "".join(self._changes([*lines[:-1], clock + lines[-1]]))
        self._lines, self._clock = lines, clock
        if cursor is not None:
            text += self._move(cursor[0]) + "\r" + (f"\x1b[{cursor[1]}C" if cursor[1] else "")
        if (cursor is None) != (self._cursor is None):
            text += _HIDE if cursor is None else _SHOW
        self._cursor = cursor
        self._write(text)

    def keep(self, lines: Sequence[str]) -> None:
        """Leave these lines for good where the drawn ones are, and go on below."""
        text = "".join(self._changes(lines)) + self._move(len(lines) - 1) + "\r\n"
        self._write(text + (_HIDE if self._cursor is not None else ""))
        self._forget()

    def renew(self, before: Sequence[str]) -> None:
        """Clear the screen, on which nothing is where it was, and show what was kept last."""
        self._write(_CLEAR_ALL + "".join(f"{line}\r\n" for line in before) + (_HIDE if self._cursor else ""))
        self._forget()

    def lost(self) -> None:
        """Go on below what somebody else may have written."""
        self._write("\r\n" + _PASTE_ON + _HIDE)
        self._forget()

    def size(self) -> tuple[int, int]:
        """Return columns and rows; COLUMNS and LINES would not change with the window."""
        try:
            columns, rows = os.get_terminal_size(self._out.fileno())
        except OSError:
            columns, rows = _FALLBACK
        return columns or _FALLBACK[0], rows or _FALLBACK[1]

    def _tick(self, clock: str) -> None:
        """Rewrite the clock alone, in as few bytes as can be."""
        if clock == self._clock:
            return
        self._clock = clock
        below = len(self._lines) - 1 - self._row
        if below:
            down = "\x1b[B" if below == 1 else f"\x1b[{below}B"
            self._write(f"{_SAVE}{down}\r{clock.removesuffix(RESET)}{_RESTORE}")  # it restores the colour as well
        else:
            self._write(f"\r{clock}")

    def _changes(self, lines: Sequence[str]) -> list[str]:
        """Return what turns the drawn lines into these."""
        drawn = [*self._lines[:-1], self._clock + self._lines[-1]] if self._lines else []
        parts = []
        for number, line in enumerate(lines):
            if number < len(drawn):
                if line == drawn[number]:
                    continue
                parts.append(self._move(number))
            elif number:
                parts += [self._move(number - 1), "\r\n"]
            self._row = number
            # Erased before it is written: behind a line that is as wide as the screen, the last cell would go.
            parts.append(_CLEAR_LINE + line)
        if len(lines) < len(drawn):
            parts += [self._move(len(lines)), _CLEAR_BELOW]
        parts.append(self._move(max(len(lines) - 1, 0)))
        return parts

    def _move(self, row: int) -> str:
        """Return what takes the cursor to a row of the lines."""
        by, self._row = row - self._row, row
        return f"\x1b[{by}B" if by > 0 else f"\x1b[{-by}A" if by < 0 else ""

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except OSError as error:  # a terminal that was closed takes nothing any more
            raise Left from error
