"""Fit a question into the rows of a terminal: all of it if there is room, else a window that follows the highlight."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from checkpoint.quiz import words
from checkpoint.quiz.screen.layout import RESET, blocks, lines, painted
from checkpoint.quiz.words import GAP, Piece

if TYPE_CHECKING:
    from checkpoint.quiz.screen.editor import Editor
    from checkpoint.quiz.screen.form import Signs
    from checkpoint.quiz.screen.keys import Key
    from checkpoint.quiz.screen.layout import Look
    from checkpoint.quiz.sitting import Remaining

_CLOCK = 5  # cells: " 4:59"
_BEFORE_SAID = _CLOCK + 5  # cells: " 0:09!!▲▼ "
_YELLOW, _RED = "\x1b[33m", "\x1b[31m"
_PAGING = "PgUp/PgDn: more"


@dataclass(frozen=True, slots=True)
class Status:
    """Hold what the last line says of time, and what has happened besides."""

    left: Remaining | None
    little: bool = False
    very_little: bool = False
    notice: str = ""


@dataclass(slots=True)
class View:
    """Hold what is to be seen, the keys' `hints` with the most important first, and where the window stands.

    `focus` is the number of the piece that the window follows, once it `follows`, at its top if `on_top`.
    """

    pieces: list[Piece]
    hints: list[str] = field(default_factory=list)
    focus: int | None = None
    follows: bool = False
    on_top: bool = False
    editor: Editor | None = None
    message: str = ""
    _top: int = 0  # the first line in the window
    _page: int = 1  # lines in the window

    def update(self, other: View) -> None:
        """Show what a key has made of it, in the same window."""
        self.follows = True
        self.pieces, self.hints, self.focus, self.message = other.pieces, other.hints, other.focus, other.message

    def scroll(self, key: Key) -> bool:
        """Move the window if that is what a key is for; say whether it is."""
        page = max(self._page - 1, 1)
        by = {"page up": -page, "page down": page}
        if self.editor is None:
            by |= {"home": -self._top, "end": len(self.pieces) * 1000}
        if key.name not in by:
            return False
        self._top, self.follows = self._top + by[key.name], False
        return True

    def window(self, look: Look, room: int) -> tuple[list[str], bool, bool]:
        """Return the lines that `room` rows show, and whether there are more above and below."""
        parts = blocks(self.pieces, look)
        if sum(map(len, parts)) > room:
            parts = [[] if piece == GAP else part for piece, part in zip(self.pieces, parts, strict=True)]
        whole = [line for part in parts for line in part]
        if self.follows and self.focus is not None:
            start = sum(map(len, parts[: self.focus]))
            end = start + len(parts[self.focus])
            self._top = start if self.on_top else min(max(self._top, end - room), start)
        self._top = max(min(self._top, len(whole) - room), 0)
        self._page = room
        return whole[self._top : self._top + room], self._top > 0, self._top + room < len(whole)


def drawn(
    view: View, status: Status, look: Look, rows: int, signs: Signs
) -> tuple[list[str], str, tuple[int, int] | None]:
    """Return the lines for so many rows, the clock before the last one, and row and cell of the cursor if it shows."""
    said = status.notice or view.message
    above = lines([Piece(said, "strong")], look) if cell_len(said) > look.width - 1 - _BEFORE_SAID else []
    foot = above[: rows // 2]
    cursor = None
    if view.editor is not None:
        height = max(min((rows - 1) // 2, rows - 2 - len(foot)), 1)
        typed, (row, cell) = view.editor.rows(look.width, height, unicode=look.unicode)
        cursor = (len(foot) + row, cell)
        foot += typed
    window, up, down = view.window(look, max(rows - 1 - len(foot), 1))
    mark = (signs.above if up else " ") + (signs.below if down else " ") if up or down else ""
    hints = [*view.hints[:1], _PAGING, *view.hints[1:]] if mark else view.hints
    last = _last_line(status, mark, [] if said and not above else hints, "" if above else said, look)
    if cursor is not None:
        cursor = (len(window) + cursor[0], cursor[1])
    return [*window, *foot, last], _clock(status, look), cursor


def _clock(status: Status, look: Look) -> str:
    if status.left is None:
        return ""
    text = words.clock(status.left.seconds).rjust(_CLOCK)
    if not look.color or not status.little:
        return text
    return f"{_RED if status.very_little else _YELLOW}{text}{RESET}"


def _last_line(status: Status, mark: str, hints: list[str], said: str, look: Look) -> str:
    """Return what stands behind the clock, as much of it as there is room for."""
    start = ""
    room = look.width - 1  # what fills the last cell of the last row might scroll
    if status.left is not None:
        start = "!!" if status.very_little else "! " if status.little else "  "  # what the colour says
        room -= max(_CLOCK, len(words.clock(status.left.seconds)))
        if status.left.whose == "question":
            # Where there is little room, one word has to do.
            hints = ["for this question" if room > 60 else "this question", *hints]
    start = f"{start}{mark} " if start or mark else ""
    room = max(room - cell_len(start), 2)
    if said:
        return start + painted(chop_cells(said, room)[0], "strong", look)
    # Where there is no room even for the most important one, its key's name is better than any other.
    shown = (
        hints[:1]
        if hints and cell_len(hints[0]) <= room
        else chop_cells("".join(hints[:1]).partition(":")[0], room)[:1]
    )
    for hint in hints[1:]:
        if cell_len("  ".join([*shown, hint])) <= room:
            shown.append(hint)
    return start + "  ".join(shown)
