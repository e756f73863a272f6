"""Point at places in a file that somebody wrote, and gather all its mistakes before any is told."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Help = Callable[[], str | None] | str | None

MISTAKES_SHOWN = 50
COLUMNS_SHOWN = 100  # of a line of the file, so that line and caret fit into most terminals
_BEFORE_CARET = 60  # columns that stay in front of the caret when a line is cut
_NEAR_CHARS = 200  # on either side of the caret
_CUT = "..."
_LONGEST_WORD = 40  # characters; what is longer is no misspelt key
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Name a character of a file; lines and columns count from 1, as in editors."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """Hold a file's name and its lines."""

    name: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, name: str, text: str) -> Source:
        """Cut a file's text into lines, where YAML and editors do."""
        return cls(name, tuple(_BREAK.split(text)))

    def tell(self, place: Place | None, message: str, help: str | None = None) -> CheckpointError:
        """Return what is to be said of a place, or of the whole file, with the line and a caret below it."""
        if place is None:
            return CheckpointError(message, where=self.name, help=help)
        line, caret = self._excerpt(place)
        where = f"{self.name}:{place.line}:{place.column}"
        return CheckpointError(message, where=where, source=line, column=caret, help=help)

    def _excerpt(self, place: Place) -> tuple[str, int]:
        """Return a line, cut around the place, and the column on the screen at which the place stands, from 1."""
        line = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        here = place.column - 1
        # A line may be as long as the file, and marks without width any number: first to what is surely enough.
        before, after = line[max(0, here - _NEAR_CHARS) : here], line[here : here + _NEAR_CHARS].rstrip()
        before, after = _shown(before if here > _NEAR_CHARS else before.lstrip()), _shown(after)
        if here > _NEAR_CHARS or width(before) > _BEFORE_CARET:
            before = _CUT + _last_columns(before, _BEFORE_CARET - len(_CUT))
        room = COLUMNS_SHOWN - width(before)
        if len(line) > here + _NEAR_CHARS or width(after) > room:
            after = _last_columns(after[::-1], room - len(_CUT))[::-1] + _CUT
        return before + after, width(before) + 1


def width(text: str) -> int:
    """Return how many columns a terminal gives to a text."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _shown(text: str) -> str:
    return "".join(character if character.isprintable() or character == "\t" else "\ufffd" for character in text)


def _last_columns(text: str, columns: int) -> str:
    kept = text
    while width(kept) > columns:
        kept = kept[1:]
    return kept


class BrokenQuiz(CheckpointError):
    """A file of questions or answers cannot be used: `mistakes` are all that is wrong, in the file's order."""

    def __init__(self, name: str, mistakes: Iterable[CheckpointError], count: int | None = None) -> None:
        self.mistakes = tuple(mistakes)
        self.count = len(self.mistakes) if count is None else count
        super().__init__(f"{name} cannot be used: {self.count} {'mistake' if self.count == 1 else 'mistakes'}")

    def __str__(self) -> str:
        """Return all mistakes, each with its place, line and caret; of very many the first ones."""
        if self.count == 1 and self.mistakes[0].source is None:  # it is about the whole file, and names it
            return str(self.mistakes[0])
        parts = [self.message.replace("\n", r"\n"), *map(str, self.mistakes)]
        if self.count > len(self.mistakes):
            parts.append(f"... and {self.count - len(self.mistakes)} more")
        return "\n".join(parts)


@dataclass(slots=True)
class Mistakes:
    """Gather what is wrong with a file.

    A help may be a function: only those that are shown are asked for one, since looking for a similar word takes time.
    """

    source: Source
    _found: list[tuple[Place | None, str, Help]] = field(default_factory=list)

    def add(self, place: Place | None, message: str, help: Help = None) -> None:
        """Note one mistake."""
        self._found.append((place, message, help))

    def __len__(self) -> int:
        return len(self._found)

    def refuse(self) -> None:
        """Raise BrokenQuiz if there is any mistake."""
        if not self._found:
            return
        start = Place(0, 0)
        found = sorted(self._found, key=lambda mistake: mistake[0] or start)
        shown = [
            self.source.tell(place, message, help() if callable(help) else help)
            for place, message, help in found[:MISTAKES_SHOWN]
        ]
        raise BrokenQuiz(self.source.name, shown, len(found))


def quoted(text: str, longest: int = 60) -> str:
    """Return a text as a message quotes it: short, and with nothing in it that acts on a terminal."""
    return repr(text if len(text) <= longest else f"{text[: longest - 3]}...")


def similar(word: str, words: Iterable[str]) -> Callable[[], str | None]:
    """Return a help that offers the word which was probably meant, or lists those there are."""

    def help() -> str | None:
        known = list(words)
        near = difflib.get_close_matches(word.lower(), known, 1, 0.5) if len(word) <= _LONGEST_WORD else []
        return f"did you mean {near[0]!r}?" if near else f"write one of: {', '.join(known)}"

    return help
