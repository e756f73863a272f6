"""Hold the text that a learner types, with the keys that shells have for it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from checkpoint.quiz.screen.keys import Key

_LONGEST = 4000  # characters; a slip of the clipboard must not slow everything down


class Editor:
    """Edit one line, or several if `several`."""

    def __init__(self, text: str = "", *, several: bool = False) -> None:
        self.text = text
        self._several = several
        self._at = len(text)

    @property
    def on_empty_line(self) -> bool:
        """Say whether nothing stands in the line in which the cursor is."""
        return self._start == self._end

    @property
    def _start(self) -> int:
        return self.text.rfind("\n", 0, self._at) + 1

    @property
    def _end(self) -> int:
        end = self.text.find("\n", self._at)
        return len(self.text) if end < 0 else end

    def press(self, key: Key) -> None:
        """Do what a key means; others than those for editing do nothing."""
        match key.name:
            case "typed" | "paste":
                self._insert(key.text)
            case "left":
                self._at = max(self._at - 1, 0)
            case "right":
                self._at = min(self._at + 1, len(self.text))
            case "home":
                self._at = self._start
            case "end":
                self._at = self._end
            case "up" if self._start:
                self._to_line(self._start - 1)
            case "down" if self._end < len(self.text):
                self._to_line(self._end + 1)
            case "backspace":
                self._cut(max(self._at - 1, 0), self._at)
            case "delete":
                self._cut(self._at, self._at + 1)
            case "cut before":
                self._cut(self._start, self._at)
            case "cut after":
                self._cut(self._at, self._end)
            case "cut word":
                before = self.text[self._start : self._at].rstrip()
                self._cut(self._start + before.rfind(" ") + 1, self._at)

    def new_line(self) -> None:
        """End the line where the cursor is."""
        self._put("\n")

    def rows(self, width: int, height: int, *, unicode: bool) -> tuple[list[str], tuple[int, int]]:
        """Return what there is room for, and row and cell of the cursor in it."""
        lines = self.text.split("\n")
        row = self.text.count("\n", 0, self._at)
        first = min(max(row - height + 1, 0), max(len(lines) - height, 0))
        rows, cell = [], 0
        for number, line in enumerate(lines[first : first + height], first):
            shown, at = _clipped(line, self._at - self._start if number == row else 0, width, unicode)
            rows.append(shown)
            cell = at if number == row else cell
        return rows, (row - first, cell)

    def _insert(self, text: str) -> None:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    " if self._several else " ")
        self._put("".join(map(self._kept, text)))

    def _kept(self, character: str) -> str:
        """Return a character if it is there to be seen; where a line cannot end, its end is a blank."""
        if character == "\n":
            return "\n" if self._several else " "
        # A mark needs something to sit on, to be seen.
        return character if visible(f"x{character}") == f"x{character}" else ""

    def _put(self, text: str) -> None:
        text = text[: _LONGEST - len(self.text)]
        before = unicodedata.normalize("NFC", self.text[: self._at] + text)
        self.text, self._at = before + self.text[self._at :], len(before)

    def _cut(self, start: int, end: int) -> None:
        self.text, self._at = self.text[:start] + self.text[end:], start

    def _to_line(self, place: int) -> None:
        """Go into the line that `place` is in, as far from its start as now."""
        column = self._at - self._start
        self._at = place
        self._at = min(self._start + column, self._end)


def _clipped(line: str, at: int, width: int, unicode: bool) -> tuple[str, int]:
    """Return the part of a line that fits behind its prompt, and the cell of the cursor."""
    if not unicode:
        line = line.encode("ascii", "replace").decode("ascii")
    room = max(width - 3, 2)  # the prompt, and a cell for the cursor behind the last character
    start = at
    used = 0
    while start and used + cell_len(line[start - 1]) <= room:
        start -= 1
        used += cell_len(line[start])
    shown = chop_cells(line[start:], room)[0] if line[start:] else ""
    return ("< " if start else "> ") + shown, 2 + cell_len(line[start:at])
