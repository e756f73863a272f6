"""Say what a quiz loses on its way into another format, or out of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkpoint.quiz.question import Quiz


@dataclass(frozen=True, slots=True)
class Loss:
    """Name one thing that the other side cannot say.

    `number` is the question's in the quiz; None where it is the whole quiz, or a question that was left out. `part`
    is a word for what is lost (time, see, scoring, ...), `words` tell what became of it.
    """

    number: int | None
    part: str
    words: str


@dataclass(frozen=True, slots=True)
class Export:
    """Hold the file in the other format, and what is not in it."""

    content: bytes
    lost: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """Hold the quiz that a file of another format became, and what of that file is not in it."""

    quiz: Quiz
    lost: tuple[Loss, ...]


def told(lost: Iterable[Loss]) -> list[str]:
    """Return a line for each loss, those of the whole quiz first; questions that lose the same share one."""
    alike: dict[tuple[str, str], list[int]] = {}
    for loss in lost:
        numbers = alike.setdefault((loss.part, loss.words), [])
        if loss.number is not None:
            numbers.append(loss.number)
    rows = sorted(alike.items(), key=lambda row: bool(row[1]))
    return [f"{_questions(numbers)}{part}: {words}" for (part, words), numbers in rows]


def _questions(numbers: list[int]) -> str:
    if not numbers:
        return ""
    *most, last = map(str, sorted(set(numbers)))
    return f"questions {', '.join(most)} and {last}, " if most else f"question {last}, "
