"""Answer by typing, or in one's head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.quiz.question import number
from checkpoint.quiz.screen.editor import Editor
from checkpoint.quiz.screen.form import Form
from checkpoint.quiz.words import Piece

if TYPE_CHECKING:
    from checkpoint.quiz.paper import Slot
    from checkpoint.quiz.question import Answer
    from checkpoint.quiz.screen.form import Act, Signs
    from checkpoint.quiz.screen.keys import Key
    from checkpoint.quiz.sitting import Answered
    from checkpoint.quiz.words import Role


class Typing(Form):
    """Type a text, a number, or what a program prints."""

    def __init__(self, slot: Slot, draft: Answer | None, signs: Signs) -> None:
        super().__init__(slot, draft, signs)
        self._lines = Editor(draft if isinstance(draft, str) else "", several=slot.question.several_lines)
        self.editor = self._lines

    @property
    def answer(self) -> Answer | None:
        """Return the text, without the empty line that ended it."""
        return self._lines.text.rstrip("\n")

    def hints(self) -> list[str]:
        """Return what the keys do."""
        enter = "Enter: answer"
        if not self._lines.text.strip():
            lines = "type your answer, line by line" if self.slot.question.several_lines else "type your answer"
            return [lines, "Enter twice: I do not know", "Ctrl-C: leave"]
        if self.slot.question.several_lines:
            enter = "Enter: answer" if self._lines.on_empty_line else "Enter: new line, on an empty line: answer"
        return [enter, "Ctrl-C: leave"]

    def settled(self, answered: Answered, *, marked: bool) -> list[Piece]:
        """Return what was typed; where it was wrong, the explanation repeats it, so it is left out here."""
        if not isinstance(answered.answer, str) or (marked and answered.status != "right"):
            return []
        role: Role = "right" if marked else "plain"
        lead = f"{self.signs.right if marked else '>'} "
        return [Piece(answered.answer, role, lead)]

    def _enter(self) -> Act | None:
        if not self._lines.text.strip():
            self.message, self._skips = "Nothing is typed. Enter again: I do not know.", True
        elif self.slot.question.several_lines and not self._lines.on_empty_line:
            self._edit(None)
        elif self.slot.question.kind == "number" and number(self._lines.text) is None:
            self.message = "A number is wanted, such as 3 or 0.5."
        else:
            return "answer"
        return None

    def _press(self, key: Key) -> None:
        self._edit(key)

    def _edit(self, key: Key | None) -> None:
        if key is None:
            self._lines.new_line()
        else:
            self._lines.press(key)
        self.draft = self._lines.text.rstrip("\n") if self._lines.text.strip() else None


class Recall(Form):
    """Answer in one's head, see the answer, and say whether one knew it."""

    def __init__(self, slot: Slot, draft: Answer | None, signs: Signs) -> None:
        super().__init__(slot, draft, signs)
        self._revealed = False
        self._knew: bool | None = None

    @property
    def answer(self) -> Answer | None:
        """Return whether it was known."""
        return self._knew

    def pieces(self) -> list[Piece]:
        """Return the answer, once it may be seen."""
        if not self._revealed:
            return []
        question = self.slot.question
        return [Piece(question.answers[0], lead="Answer: "), Piece(question.why, lead="Why: ")]

    def hints(self) -> list[str]:
        """Return what the keys do."""
        return ["Did you know it? y or n"] if self._revealed else ["Enter: show the answer", "Ctrl-C: leave"]

    def settled(self, answered: Answered, *, marked: bool) -> list[Piece]:
        """Return nothing: the explanation has it all."""
        return []

    def press(self, key: Key) -> Act | None:
        """Take a key; y and n are as good as final, for nothing is scored here."""
        act = super().press(key)
        return "answer" if self._knew is not None else act

    def _enter(self) -> None:
        if self._revealed:
            self.message = "Did you know it? Press y or n."
        self._revealed = True

    def _press(self, key: Key) -> None:
        if self._revealed and key.name == "typed" and key.text in "yYnN":
            self._knew = key.text in "yY"
