"""Show verdicts on a terminal, each in the place of the one before; elsewhere, one below the other."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from checkpoint.commands import output
from checkpoint.commands.progress import CLEAR_LINE
from checkpoint.report import terminal
from checkpoint.report.rows import ASCII, UNICODE, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

    from checkpoint.report import Style
    from checkpoint.report.rows import Row

    Block = Callable[[Style], str]

# ECMA-48; without 3J, which would take what can be scrolled back to.
_CLEAR = "\x1b[H\x1b[2J"
_FOOTER_ROWS = 2


class Gone(KeyboardInterrupt):
    """Nobody is there any more to read what is shown; it ends everything as Ctrl-C does."""


class Screen:
    """Hold what is shown, so that it can be drawn again at another width.

    `footer` returns the line of keys, where there are any. Raises Gone if nothing can be written any more.
    """

    def __init__(self, out: TextIO, style: Style, footer: Callable[[], Row] | None) -> None:
        self._out = out  # which another one stands in for while checks run
        self._style = style
        self._footer = footer
        self._draws = output.can_draw(out)
        self._blocks: list[Block] = []
        self._begun = False

    def show(self, *blocks: Block) -> None:
        """Show something in the place of all that was there."""
        self._blocks = list(blocks)
        self.redraw()

    def add(self, block: Block) -> None:
        """Show something below what is there."""
        self._blocks.append(block)
        self._write(self._drawn([block]))

    def redraw(self) -> None:
        """Draw everything at the width that there is now."""
        text = self._drawn(self._blocks)
        if not self._draws:
            text = ("\n" if self._begun else "") + text
        else:
            rows = shutil.get_terminal_size().lines
            if text.count("\n") + _FOOTER_ROWS > rows:  # its first line is said below, too, where it is seen
                text += "\n" + self._drawn(self._blocks[:1])
            # What was there before all of this can be scrolled back to.
            text = ("" if self._begun else "\n" * rows) + _CLEAR + text
        self._begun = True
        self._write(text)

    def busy(self, words: str, *, more: bool = False) -> None:
        """Say in the place of the keys what is going on, or `more` of it, which is not worth a line of its own."""
        if self._draws or (self._footer is not None and not more):
            dots = (UNICODE if self._styled().unicode else ASCII).ellipsis
            self._write(self._line(line(f"{words}{dots}", "quiet")), footer=False)

    def leave(self) -> None:
        """Take the keys away."""
        if self._draws:
            self._write("", footer=False)

    def _write(self, text: str, *, footer: bool = True) -> None:
        """Write in the place of the line of keys, and that below it again."""
        if footer and self._footer is not None:
            text += "\n" + self._line(self._footer())
        try:
            self._out.write(f"{CLEAR_LINE}{text}" if self._draws else text)
            self._out.flush()
        except OSError:
            output.forget(self._out)
            raise Gone from None

    def _line(self, row: Row) -> str:
        """Return a row on one line, which ends only where nothing can be drawn over it."""
        style = self._styled(narrower=1)  # in the last cell a terminal may begin a new line
        (spans,) = terminal.fitted(row, style)
        return terminal.painted(spans, style) + ("" if self._draws else "\n")

    def _drawn(self, blocks: Iterable[Block]) -> str:
        style = self._styled()
        texts = (block(style).strip("\n") for block in blocks)
        return "\n".join(f"{text}\n" for text in texts if text)

    def _styled(self, narrower: int = 0) -> Style:
        color, unicode = output.color(self._out), output.unicode(self._out)
        return replace(self._style, width=output.width() - narrower, color=color, unicode=unicode)
