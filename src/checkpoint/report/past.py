"""Hold what a learner has done at one checkpoint so far, as the pages that tell of it are given it."""

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
        found = [check for status in ("failed", "undecided") for check in self.checks if check.status == status]
        return found[0] if found else None


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

    `fingerprint` and `quiz` are those of the checkpoint and of its quiz's file as they are now; `begun` is the quiz of
    the sitting that was begun last, if that was not finished; `hints` has for each check how many were taken. `id` is
    None for a quiz that belongs to no checkpoint.
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
    def hint_left(self) -> bool:
        """Say whether there is a hint to take for what failed first in the last try; a report shows the first one."""
        check = self.tries[-1].first_open if self.tries else None
        return check is not None and max(self.hints.get(check.id, 0), 1) < check.hints

    @property
    def quiz_passed(self) -> Sat | None:
        """Return the best sitting that passed the whole quiz as it is now."""
        whole = [one for one in self.sittings if one.passed and not one.partial and one.quiz == self.quiz]
        return max(whole, key=lambda one: one.earned, default=None)

    @property
    def quiz_left(self) -> bool:
        """Say whether there is a sitting to go on with."""
        return self.begun is not None and self.begun == self.quiz
