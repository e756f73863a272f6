"""Find which options or items of a question somebody names: by letters, by numbers or by whole texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkpoint.quiz.bank.fields import LONGEST_CHARS, kind_of
from checkpoint.quiz.bank.nodes import Scalar, Sequence
from checkpoint.quiz.bank.source import quoted
from checkpoint.quiz.bank.writing import in_the_copy

if TYPE_CHECKING:
    from collections.abc import Collection

    from checkpoint.quiz.bank.nodes import Node
    from checkpoint.quiz.bank.source import Mistakes
    from checkpoint.quiz.question import Question

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SIGN = re.compile(r"\(?(?:([a-z])|([0-9]{1,2}))[).]?", re.I | re.A)
_TRUTH = {"true": 0, "t": 0, "yes": 0, "y": 0, "false": 1, "f": 1, "no": 1, "n": 1}  # the places of True and False


@dataclass(frozen=True, slots=True)
class Choices:
    """Hold what a question offers.

    `places` are in the order of a copy without answers, which is that of the letters; `same` names places by the text
    that stands there, without regard to the width of gaps.
    """

    question: Question
    places: tuple[int, ...]
    same: dict[str, list[int]]

    @classmethod
    def of(cls, question: Question) -> Choices:
        """Return what a question offers: its options, or its items."""
        places = in_the_copy(question)
        same: dict[str, list[int]] = {}
        for place in places:
            same.setdefault(_level(_text(question, place)), []).append(place)
        return cls(question, places, same)

    @property
    def what(self) -> str:
        """Return what they are called."""
        return "item" if self.question.items else "option"

    def by_text(self, given: str, taken: Collection[int] = ()) -> int | None:
        """Return the place of a text; of equal ones the first that is not taken."""
        same = self.same.get(_level(given), [])
        return next((place for place in same if place not in taken), same[-1] if same else None)

    def by_sign(self, given: str) -> int | None:
        """Return the place of a letter or, among options, a number; with brackets, a bracket or a point or without."""
        given = given.strip()
        if self.question.kind == "true-false" and given.lower() in _TRUTH:
            return _TRUTH[given.lower()]
        sign = _SIGN.fullmatch(given)
        if sign is None or (sign[2] and self.question.items):  # it might be an item's place in the order as well
            return None
        index = _LETTERS.index(sign[1].lower()) if sign[1] else int(sign[2]) - 1
        return self.places[index] if 0 <= index < len(self.places) else None

    def named(self, node: Node, mistakes: Mistakes) -> tuple[int, ...] | None:
        """Return the places that an answer names, in its order; None if it names what there is not."""
        name = f"the answer to question {self.question.number}"
        nodes: list[Node] = node.items if isinstance(node, Sequence) else [node]
        if isinstance(node, Scalar):
            nodes = [Scalar(node.place, part, node.plain) for part in self._parts(node.text)]
        if len(nodes) > len(self.places):
            message = f"{name} names {len(nodes):,} {self.what}s, and there are {len(self.places)}"
            mistakes.add(node.place, message, "name each one once")
            return None
        found: list[int] = []
        for item in nodes:
            if not isinstance(item, Scalar):
                mistakes.add(item.place, f"{name} has {kind_of(item)} in it", "write letters or texts")
                return None
            place = self._one(item, found if self.question.items else (), mistakes)
            if place is None:
                return None
            found.append(place)
        return tuple(found)

    def _parts(self, whole: str) -> list[str]:
        """Cut what stands in one line into what it names: `a, c`, `a c`, `ac`; a text that is offered stays whole."""
        if self.by_text(whole) is not None or len(whole) > LONGEST_CHARS:
            return [whole]
        texts = whole.split(",")
        if len(texts) > 1 and all(self.by_text(text) is not None or self.by_sign(text) is not None for text in texts):
            return texts
        signs = whole.replace(",", " ").split()
        if len(signs) == 1 and signs[0].isalpha() and self.question.kind in ("many", "order"):
            signs = list(signs[0])
        return signs if all(self.by_sign(sign) is not None for sign in signs) else [whole]

    def _one(self, node: Scalar, taken: Collection[int], mistakes: Mistakes) -> int | None:
        """Return the one place that is meant; None, with a mistake, if there is none, or if there might be two."""
        sign, given = self.by_sign(node.text), node.text.strip()
        if sign is not None and given.startswith("(") and given.endswith(")"):
            return sign
        text = self.by_text(given, taken)
        if sign is None and text is None:
            if self.question.kind == "true-false":
                help = "write true or false"
            else:
                help = f"write letters from a to {_LETTERS[len(self.places) - 1]}, or whole texts"
            message = f"question {self.question.number} has no {self.what} {quoted(node.text)}"
            mistakes.add(node.place, message, help)
        elif text is None:
            return sign
        elif sign is not None and sign not in self.same[_level(given)]:
            called = "number" if given.rstrip(".)").isdigit() else "letter"
            other = quoted(_text(self.question, sign), 40)
            message = f"{quoted(given)} is the text of one {self.what} and the {called} of another, {other}"
            mine, others = _LETTERS[self.places.index(text)], _LETTERS[self.places.index(sign)]
            help = f"write ({mine}) for the {self.what} {quoted(given)}, or ({others}) for {other}"
            mistakes.add(node.place, message, help)
            return None
        return text


def _text(question: Question, place: int) -> str:
    return question.items[place] if question.items else question.options[place].text


def _level(text: str) -> str:
    return " ".join(text.split())
