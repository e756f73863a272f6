"""Name the nouns of a quiz, and say whether an answer to a question is right.

Everything is frozen and pure. Options and items are named by their place in the file, counting from 0, so that an
answer means the same in whatever order they were shown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Literal

Kind = Literal["one", "many", "true-false", "text", "number", "order", "prints", "recall"]
Shuffle = Literal["all", "questions", "options", "none"]

# What somebody answered: the options chosen, or the items in their order, by place; what was typed; for a recall
# card, whether they knew it.
Answer = tuple[int, ...] | str | bool

CHOSEN: frozenset[Kind] = frozenset(("one", "many", "true-false"))
TYPED: frozenset[Kind] = frozenset(("text", "number", "prints"))

LONGEST_NUMBER = 40  # characters; nobody types more digits than that, and exact arithmetic on them would take long
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})  # what phones make of ' and "


@dataclass(frozen=True, slots=True)
class Option:
    """Offer one answer; `why` says what is true or wrong about it."""

    text: str
    right: bool = False
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Ask one thing.

    `number` is its place in the file, from 1. `options` belong to the kinds one, many and true-false (there they are
    True and False, in this order), `items` to order, in the right order. `answers` are the accepted texts of text,
    number and prints (a number's stands alone) and the one answer of a recall card. `within` is how far off a number
    may be. `seconds` bounds this question alone. `see` names what to read again.
    """

    number: int
    kind: Kind
    ask: str
    why: str
    options: tuple[Option, ...] = ()
    items: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    within: Decimal = Decimal(0)
    code: str | None = None
    see: str | None = None
    seconds: float | None = None

    @property
    def id(self) -> str:
        """Return what stays the same when questions are added, moved or given other options."""
        return sha256(f"{self.ask}\0{self.code or ''}".encode()).hexdigest()[:12]

    @property
    def scored(self) -> bool:
        """Say whether it counts: a recall card does not."""
        return self.kind != "recall"

    @property
    def several_lines(self) -> bool:
        """Say whether a right answer has more than one line, so that whoever types needs a way to end one."""
        return any("\n" in answer for answer in self.answers)

    @property
    def right_options(self) -> tuple[int, ...]:
        """Return the places of the right options."""
        return tuple(place for place, option in enumerate(self.options) if option.right)


@dataclass(frozen=True, slots=True)
class Quiz:
    """Hold the questions of one file; `seconds` is None if it is untimed, `sha256` is over the file's bytes."""

    title: str
    questions: tuple[Question, ...]
    sha256: str
    seconds: float | None = None
    pass_percent: float = 70
    shuffle: Shuffle = "all"


def is_right(question: Question, answer: Answer) -> bool:
    """Say whether an answer is right; several right options count all or nothing.

    Text is compared without regard to case, quotes' shape and the width of gaps; what a program prints exactly, but
    for blanks at the ends of lines and empty lines. Raises TypeError for an answer of another kind's shape.
    """
    if question.kind in CHOSEN:
        return set(_places(answer)) == set(question.right_options)
    if question.kind == "order":
        return tuple(question.items[place] for place in _places(answer)) == question.items
    if question.kind == "recall":
        return answer is True
    if not isinstance(answer, str):
        raise TypeError(f"question {question.number} is answered with a text, not {answer!r}")
    if question.kind == "number":
        given = number(answer)
        return given is not None and abs(given - Decimal(question.answers[0])) <= question.within
    same = _printed if question.kind == "prints" else _plain
    return same(answer) in {same(accepted) for accepted in question.answers}


def number(text: str) -> Decimal | None:
    """Return the number that a text is, exactly; None if it is none."""
    text = text.strip().replace("\u2212", "-")
    if (
        not text.isascii()
        or len(text) > LONGEST_NUMBER
        or not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?", text, re.I)
    ):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _places(answer: Answer) -> tuple[int, ...]:
    if not isinstance(answer, tuple):
        raise TypeError(f"expected the places of options, not {answer!r}")
    return answer


def _plain(text: str) -> str:
    """Return a text as it is compared: what typing habits change is levelled."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold().split())


def _printed(text: str) -> str:
    """Return a program's output as it is compared: nobody sees blanks at the end, or can type an empty line."""
    lines = (line.rstrip() for line in text.translate(_QUOTES).expandtabs().splitlines())
    return "\n".join(line for line in lines if line)
