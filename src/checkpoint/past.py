"""Say what a learner has done at one checkpoint so far, and what is still to do by that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from checkpoint.model import Status


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold how one check came out in a try; `hints` is how many it has."""

    id: str
    title: str
    status: Status
    points: int
    max_points: int
    hints: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Try:
    """Hold one graded attempt; `number` counts from 1, `when` is in local time.

    `path` is absolute; `main` is the app's file in what was graded, `content` its SHA-256; `fingerprint` is the
    checkpoint's at that time; `only` names the check that alone was scored.
    """

    number: int
    when: datetime
    path: str
    main: str
    content: str
    fingerprint: str
    seed: int
    earned: int
    possible: int
    passed: bool
    only: str | None
    checks: tuple[Asked, ...]

    @property
    def first_open(self) -> Asked | None:
        """Return the check to see to first: the first that failed, else the first that is undecided."""
        return _first_open(self.checks)


@dataclass(frozen=True, slots=True)
class Sat:
    """Hold one finished sitting of a quiz; `partial` if only some of its questions were asked, `quiz` its SHA-256."""

    when: datetime
    quiz: str
    earned: int
    possible: int
    passed: bool
    exam: bool
    partial: bool


@dataclass(frozen=True, slots=True)
class Past:
    """Hold all of it, each kind with the latest last.

    `fingerprint` and `quiz` are those of the checkpoint and of its quiz's file as they are now; `quiz` is None where
    there is none, and "" where its file cannot be read. `begun` is the quiz of the sitting that was begun last, if all
    of it was asked and it was not finished; `hints` has for each check the number of the last hint that was taken.
    `id` is None for a quiz that belongs to no checkpoint.
    """

    id: str | None
    title: str
    tries: tuple[Try, ...] = ()
    sittings: tuple[Sat, ...] = ()
    begun: str | None = None
    hints: dict[str, int] = field(default_factory=dict)
    fingerprint: str = ""
    quiz: str | None = None

    @property
    def last(self) -> Try | None:
        """Return the last try at the whole exercise."""
        return next((one for one in reversed(self.tries) if one.only is None), None)

    @property
    def passed(self) -> Try | None:
        """Return the first try that passed the exercise as it is now."""
        return next((one for one in self.tries if one.passed and one.fingerprint == self.fingerprint), None)

    @property
    def shares(self) -> tuple[float, ...]:
        """Return the scores of all tries at the whole exercise, each from 0 to 1."""
        return tuple(one.earned / one.possible for one in self.tries if one.only is None and one.possible)

    @property
    def done(self) -> bool:
        """Say whether all of this checkpoint is done: the exercise, and the quiz if there is one."""
        return self.passed is not None and (self.quiz is None or self.quiz_passed is not None)

    @property
    def outdated(self) -> bool:
        """Say whether the last try passed, but an earlier state of the exercise."""
        return self.passed is None and self.last is not None and self.last.passed

    @property
    def checks(self) -> tuple[Asked, ...]:
        """Return how each check came out last: a later try may have asked some of them alone."""
        latest: dict[str, Asked] = {}
        for one in self.tries:
            if one.only is None:
                latest.clear()
            latest.update((check.id, check) for check in one.checks)
        return tuple(latest.values())

    @property
    def first_open(self) -> Asked | None:
        """Return the check to see to first: the first that failed, else the first that is undecided."""
        return _first_open(self.checks)

    @property
    def hint_left(self) -> bool:
        """Say whether there is a hint to take for what is to be seen to first."""
        check = self.first_open
        return check is not None and self.hints_shown(check.id) < check.hints

    def hints_shown(self, id: str) -> int:
        """Return how many hints of a check were shown: a report shows the first one of what it explains."""
        told = any(check.id == id and check.status in ("failed", "undecided") for check in self.checks)
        return max(self.hints.get(id, 0), int(told))

    @property
    def last_sat(self) -> Sat | None:
        """Return the last sitting of the whole quiz, else the last one of all."""
        return max(self.sittings, key=lambda one: (not one.partial, one.when), default=None)

    @property
    def quiz_passed(self) -> Sat | None:
        """Return the best sitting that passed the whole quiz as it is now."""
        whole = [one for one in self.sittings if one.passed and not one.partial and one.quiz == self.quiz]
        return max(whole, key=lambda one: one.earned, default=None)

    @property
    def quiz_left(self) -> bool:
        """Say whether there is a sitting to go on with."""
        return self.begun is not None and self.begun == self.quiz

    @property
    def quiz_outdated(self) -> bool:
        """Say whether the last sitting passed, but an earlier state of the quiz."""
        last = self.last_sat
        return self.quiz_passed is None and last is not None and last.passed and not last.partial


def _first_open(checks: tuple[Asked, ...]) -> Asked | None:
    found = [check for status in ("failed", "undecided") for check in checks if check.status == status]
    return found[0] if found else None
