"""Draw which questions are asked, and in which order they and their options stand.

The order follows from a hash of the seed, not from Python's random module: a seed gives the same paper under every
version of Python, and a question that is added moves no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from checkpoint.quiz.question import Question, Quiz


@dataclass(frozen=True, slots=True)
class Slot:
    """Hold a question and the order, by place in the file, in which its options or items are shown."""

    question: Question
    order: tuple[int, ...] = ()


def drawn(quiz: Quiz, seed: int, *, count: int | None = None, among: Collection[int] | None = None) -> tuple[Slot, ...]:
    """Return the slots of one sitting: the scored questions, then the recall cards.

    `count` asks so many, drawn at random, recall cards only where there are too few of the others; `among` draws from
    the questions of these numbers only.
    """
    questions = [question for question in quiz.questions if among is None or question.number in among]
    if count is not None:
        ranked = sorted(questions, key=lambda question: (not question.scored, _rank(seed, "draw", question.number)))
        chosen = {question.number for question in ranked[:count]}
        questions = [question for question in questions if question.number in chosen]
    if quiz.shuffle in ("all", "questions"):
        questions.sort(key=lambda question: _rank(seed, "question", question.number))
    questions.sort(key=lambda question: not question.scored)
    return tuple(slot(quiz, question, seed) for question in questions)


def slot(quiz: Quiz, question: Question, seed: int) -> Slot:
    """Return a question with the order of its options; items to put in order are always shuffled."""
    places = list(range(len(question.options or question.items)))
    if question.kind == "order":
        places.sort(key=lambda place: _rank(seed, f"item {question.number}", place))
        if all(question.items[place] == item for place, item in zip(places, question.items, strict=True)):
            places.reverse()  # what lies there in the right order already asks nothing
    elif quiz.shuffle in ("all", "options") and question.kind != "true-false":
        places.sort(key=lambda place: _rank(seed, f"option {question.number}", place))
    return Slot(question, tuple(places))


def _rank(seed: int, what: str, number: int) -> bytes:
    return sha256(f"{seed}/{what}/{number}".encode()).digest()
