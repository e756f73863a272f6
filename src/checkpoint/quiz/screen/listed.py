"""Answer by going over a list: choose one option, tick several, or put items in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.quiz import words
from checkpoint.quiz.screen.form import Form
from checkpoint.quiz.words import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checkpoint.quiz.paper import Slot
    from checkpoint.quiz.question import Answer
    from checkpoint.quiz.screen.form import Act, Signs
    from checkpoint.quiz.screen.keys import Key
    from checkpoint.quiz.sitting import Answered

_SKIPPING = "I do not know: Enter says so."


class _Listed(Form):
    """Move a highlight over a list."""

    def __init__(self, slot: Slot, draft: Answer | None, signs: Signs) -> None:
        super().__init__(slot, draft, signs)
        self.shown = list(slot.order)  # the options or items from top to bottom, by place in the file

    def _rows(self) -> list[tuple[int, str, str]]:
        """Return place in the file, letter and text of what is shown."""
        choices = dict(zip(self.slot.order, words.choices(self.slot), strict=True))
        return [(place, f"{choices[place][0]}) ", choices[place][1]) for place in self.shown]

    def _pieces(self, signs: Sequence[str], here: str) -> list[Piece]:
        """Return what is shown behind its signs, with a pointer at the highlight."""
        return [
            Piece(text, "strong" if at == self.at else "plain", f"{here if at == self.at else ' '} {sign}{letter}")
            for at, (sign, (_, letter, text)) in enumerate(zip(signs, self._rows(), strict=True))
        ]

    def _settled(self, answered: Answered, signs: Sequence[str], *, marked: bool) -> list[Piece]:
        """Return the options after the answer: right ones and a wrong choice marked, and what is to be said of them."""
        chosen = answered.answer if isinstance(answered.answer, tuple) else ()
        pieces = []
        for sign, (place, letter, text) in zip(signs, self._rows(), strict=True):
            option = self.slot.question.options[place]
            role: words.Role = "plain"
            mark = ">" if place in chosen else " "
            if marked and option.right:
                role, mark = "right", self.signs.right
            elif marked:
                role, mark = ("wrong", self.signs.wrong) if place in chosen else (role, mark)
            lead = f"{mark} {sign}{letter}"
            pieces.append(Piece(text, role, lead))
            if option.why and role != "plain":
                pieces.append(Piece(option.why, "quiet", " " * len(lead)))
        return pieces

    def _press(self, key: Key) -> None:
        named = self._named(key.text) if key.name == "typed" else None
        if named is not None:
            self._named_by_key(named)
        elif key.text == "?":
            self.message, self._skips = _SKIPPING, True
        elif key.text == " ":
            self._space()
        elif key.name == "up" or key.text == "k":
            self._step(-1)
        elif key.name == "down" or key.text == "j":
            self._step(1)

    def _named(self, text: str) -> int | None:
        """Return the place, as shown, that a letter or a number names."""
        letters = [words.letter(place) for place in range(len(self.shown))]
        text = text.casefold()
        if self.slot.question.kind == "true-false" and text in "tf":
            text = "ab"["tf".index(text)]
        if text in letters:
            return self.shown.index(self.slot.order[letters.index(text)])
        if text.isascii() and text.isdecimal() and 1 <= int(text) <= len(self.shown):
            return int(text) - 1
        return None

    def _named_by_key(self, place: int) -> None:
        self.at = place

    def _step(self, by: int) -> None:
        if self.at is None:
            self.at = 0 if by > 0 else len(self.shown) - 1
        else:
            self.at = min(max(self.at + by, 0), len(self.shown) - 1)

    def _space(self) -> None:
        pass

    def _range(self) -> str:
        return f"a-{words.letter(len(self.shown) - 1)}"


class Choice(_Listed):
    """Choose one option."""

    @property
    def answer(self) -> Answer | None:
        """Return the highlighted option; as long as Enter is not pressed, it is no answer."""
        return None if self.at is None else (self.shown[self.at],)

    def pieces(self) -> list[Piece]:
        """Return the options."""
        return self._pieces([""] * len(self.shown), ">")

    def hints(self) -> list[str]:
        """Return what the keys do."""
        choose = f"{self.signs.arrows} or {self._range()}: choose"
        answer = [] if self.at is None else [f"Enter: answer {words.letter(self.at)}"]
        return [*answer, choose, "?: I do not know", "Ctrl-C: leave"]

    def settled(self, answered: Answered, *, marked: bool) -> list[Piece]:
        """Return the options, the right one and a wrong choice marked."""
        return self._settled(answered, [""] * len(self.shown), marked=marked)

    def _enter(self) -> Act | None:
        if self.at is None:
            self.message = f"Choose one first: {self.signs.arrows} or {self._range()}."
            return None
        return "answer"


class Ticks(_Listed):
    """Tick all the options that fit."""

    def __init__(self, slot: Slot, draft: Answer | None, signs: Signs) -> None:
        super().__init__(slot, draft, signs)
        self.at = 0

    def pieces(self) -> list[Piece]:
        """Return the options with their boxes."""
        return self._pieces(self._boxes(), ">")

    def hints(self) -> list[str]:
        """Return what the keys do."""
        enter = ["Enter: hand in"] if self.draft else []
        ticks = f"Space or {self._range()}: tick"
        return [*enter, ticks, f"{self.signs.arrows}: move", "?: I do not know", "Ctrl-C: leave"]

    def settled(self, answered: Answered, *, marked: bool) -> list[Piece]:
        """Return the options with their boxes, right ones and wrong ticks marked."""
        return self._settled(answered, self._boxes(), marked=marked)

    def _enter(self) -> Act | None:
        if not self.draft:
            self.message = "Tick all that fit first: Space."
            return None
        return "answer"

    def _named_by_key(self, place: int) -> None:
        self.at = place
        self._space()

    def _space(self) -> None:
        assert not isinstance(self.draft, str | bool)  # noqa: S101 - for the type checker
        ticked = {*(self.draft or ())} ^ {self.shown[self.at or 0]}
        self.draft = tuple(place for place in self.shown if place in ticked) or None

    def _boxes(self) -> list[str]:
        ticked = self.draft if isinstance(self.draft, tuple) else ()
        return ["[x] " if place in ticked else "[ ] " for place in self.shown]


class Order(_Listed):
    """Put items in their order: pick one up, carry it, and put it down."""

    def __init__(self, slot: Slot, draft: Answer | None, signs: Signs) -> None:
        super().__init__(slot, draft, signs)
        if isinstance(draft, tuple):
            self.shown = list(draft)
        self.at = 0
        self._held = False

    def pieces(self) -> list[Piece]:
        """Return the items in the order in which they are now."""
        return self._pieces([""] * len(self.shown), self.signs.held if self._held else ">")

    def hints(self) -> list[str]:
        """Return what the keys do."""
        if self._held:
            return [f"{self.signs.arrows}: move it", "Space: put it down"]
        enter = ["Enter: hand in"] if self.draft else []
        return [*enter, "Space: pick up", f"{self.signs.arrows}: go to", "?: I do not know", "Ctrl-C: leave"]

    def settled(self, answered: Answered, *, marked: bool) -> list[Piece]:
        """Return the items as they were put, those in the right place marked."""
        items = self.slot.question.items
        pieces = []
        for at, (place, letter, text) in enumerate(self._rows()):
            role: words.Role = "plain"
            sign = " "
            if marked and answered.answer is not None:
                right = items[place] == items[at]
                role, sign = ("right", self.signs.right) if right else ("wrong", self.signs.wrong)
            pieces.append(Piece(text, role, f"{sign} {letter}"))
        return pieces

    def _enter(self) -> Act | None:
        if self.draft is None:
            self.message = "Nothing is moved yet: Space picks one up."
            return None
        return "answer"

    def _press(self, key: Key) -> None:
        if key.name in ("move up", "move down"):
            self._carry(-1 if key.name == "move up" else 1)
        elif key.name == "escape":
            self._held = False
        else:
            super()._press(key)

    def _named_by_key(self, place: int) -> None:
        self._held, self.at = False, place

    def _step(self, by: int) -> None:
        if self._held:
            self._carry(by)
        else:
            super()._step(by)

    def _space(self) -> None:
        self._held = not self._held

    def _carry(self, by: int) -> None:
        """Move the highlighted item."""
        before = self.at or 0
        super()._step(by)
        self.shown.insert(self.at or 0, self.shown.pop(before))
        self.draft = tuple(self.shown)
