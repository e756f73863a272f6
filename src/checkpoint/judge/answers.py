"""Remember for a moment what the solution has answered, so that many submissions can be measured by one answer."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KEPT = 2000

Question = tuple[tuple[tuple[str, str], ...], bytes]  # what goes over the wall, and the body


class Due(NamedTuple):
    """Name a question for which there is no answer: the `nth` of its kind in a run."""

    question: Question
    nth: int


class Answer(NamedTuple):
    """Hold one answer: status, headers, body, and what the probe told beside it."""

    code: int
    headers: list[tuple[str, str]]
    body: bytes
    told: dict[str, Any]


class Answers:
    """Keep the answers of an app that keeps nothing itself.

    The second time that a run asks the same, it gets what an earlier run got the second time: what is random differs
    within a run as it does when the app is really asked. None is older than `seconds`, the time that a request may
    take: by so much the answers of both apps can be apart in any case, and no check may mind that.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._seconds = seconds
        self._kept: dict[Due, tuple[float, Answer]] = {}
        self._asked: Counter[Question] = Counter()
        self._before: Counter[Question] = Counter()  # by the last run
        self._long_before: Counter[Question] = Counter()  # by the one before that

    def begin(self) -> None:
        """Begin another run."""
        self._long_before, self._before, self._asked = self._before, self._asked, Counter()

    def forget(self) -> None:
        """Forget all answers: the app that gave them is no more."""
        self._kept.clear()

    def recall(self, question: Question) -> Answer | None:
        """Return the answer to a question that is asked now, if there is one; else `keep` is to be told it."""
        self._asked[question] += 1
        return self.last(question)

    def last(self, question: Question) -> Answer | None:
        """Return the answer to the question that was asked last, if there is one."""
        return self._answer(Due(question, self._asked[question]))

    def keep(self, question: Question, answer: Answer) -> None:
        """Keep the answer to the question that was asked last."""
        self.keep_due(Due(question, self._asked[question]), answer, self.clock())

    def keep_due(self, due: Due, answer: Answer, asked_at: float) -> None:
        """Keep the answer to a question that was asked ahead."""
        if len(self._kept) >= KEPT:
            self._kept.clear()
        self._kept[due] = asked_at, answer

    def likely(self) -> list[Due]:
        """Return what this run will ask most likely, and has no answer: what the last two runs have both asked."""
        both = self._before & self._long_before
        every = (Due(question, nth + 1) for question, times in both.items() for nth in range(times))
        return [due for due in every if self._answer(due) is None]

    def missing(self, questions: Iterable[Question]) -> list[Due]:
        """Return those of these questions, about to be asked in this order, that have no answer."""
        asked, found = self._asked.copy(), []
        for question in questions:
            asked[question] += 1
            due = Due(question, asked[question])
            if self._answer(due) is None:
                found.append(due)
        return found

    def _answer(self, due: Due) -> Answer | None:
        at, answer = self._kept.get(due, (0.0, None))
        return answer if answer is not None and self.clock() - at <= self._seconds else None
