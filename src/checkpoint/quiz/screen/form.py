"""Take the answer to one question, key by key: here is what all forms have in common.

A form knows no terminal: it is told keys, and says what there is to draw. One key never hands in an answer that
another one could have meant: letters and numbers move the highlight, and Enter answers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from checkpoint.quiz.paper import Slot
    from checkpoint.quiz.question import Answer
    from checkpoint.quiz.screen.editor import Editor
    from checkpoint.quiz.screen.keys import Key
    from checkpoint.quiz.sitting import Answered
    from checkpoint.quiz.words import Piece

Act = Literal["answer", "skip"]


@dataclass(frozen=True, slots=True)
class Signs:
    """Name the few drawn characters, once for Unicode and once for ASCII."""

    arrows: str
    right: str
    wrong: str
    held: str
    above: str
    below: str


UNICODE = Signs(arrows="↑↓", right="✓", wrong="✗", held="↕", above="▲", below="▼")
ASCII = Signs(arrows="arrows", right="+", wrong="x", held="*", above="^", below="v")


class Form(ABC):
    """Be what the forms have in common.

    `draft` is what counts as an answer so far. `at` is the place, as shown, of the highlight; `message` what is to be
    said about the last key; `editor` is there if something is typed.
    """

    def __init__(self, slot: Slot, draft: Answer | None, signs: Signs) -> None:
        self.slot = slot
        self.draft = draft
        self.signs = signs
        self.at: int | None = None
        self.message = ""
        self.editor: Editor | None = None
        self._skips = False

    def press(self, key: Key) -> Act | None:
        """Take a key; return what it leads to."""
        self.message = ""
        skips, self._skips = self._skips, False
        if key.name == "enter":
            return "skip" if skips else self._enter()
        self._press(key)
        return None

    @property
    def answer(self) -> Answer | None:
        """Return what Enter hands in."""
        return self.draft

    def pieces(self) -> list[Piece]:
        """Return the options or items, one piece each."""
        return []

    @abstractmethod
    def hints(self) -> list[str]:
        """Return what the keys do, the most important first."""

    @abstractmethod
    def settled(self, answered: Answered, *, marked: bool) -> list[Piece]:
        """Return the options or items with the answer, right and wrong said only if `marked`."""

    @abstractmethod
    def _enter(self) -> Act | None:
        """Take the key Enter."""

    @abstractmethod
    def _press(self, key: Key) -> None:
        """Take any other key."""
