"""Remember for a moment what the solution has answered, so that many submissions can be measured by one answer."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

KEPT = 2000


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
        self._seconds = seconds
        self._clock = clock
        self._kept: dict[tuple[Hashable, int], tuple[float, Answer]] = {}
        self._asked: Counter[Hashable] = Counter()

    def begin(self) -> None:
        """Begin another run."""
        self._asked.clear()

    def forget(self) -> None:
        """Forget all answers: the app that gave them is no more."""
        self._kept.clear()

    def recall(self, question: Hashable) -> Answer | None:
        """Return the answer to a question that is asked now, if there is one; else `keep` is to be told it."""
        self._asked[question] += 1
        at, answer = self._kept.get((question, self._asked[question]), (0.0, None))
        return answer if answer is not None and self._clock() - at <= self._seconds else None

    def keep(self, question: Hashable, answer: Answer) -> None:
        """Keep the answer to the question that was asked last."""
        if len(self._kept) >= KEPT:
            self._kept.clear()
        self._kept[question, self._asked[question]] = self._clock(), answer
