"""Decide what is to be done, from what lies there now and what has been done about it. Nothing here looks or waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

from checkpoint.model import Submission

if TYPE_CHECKING:
    from collections.abc import Hashable

    from checkpoint.errors import RefusedSubmission

Kept = TypeVar("Kept")

SETTLE_SECONDS = 0.25  # by then whoever empties or deletes a file to write it anew has done so
LOOK_SECONDS = 1.0  # so often is looked where no event tells of a save


@dataclass(frozen=True, slots=True)
class Look:
    """Hold what lay there at one moment: the submission, or why it could not be taken in; and the checkpoint's state.

    `course` is equal for two looks between which nothing that decides a mark was changed.
    """

    given: Submission | RefusedSubmission
    course: Hashable

    @property
    def content(self) -> str:
        """Return what is the same for two looks that found the same."""
        return self.given.sha256 if isinstance(self.given, Submission) else str(self.given)

    @property
    def may_be_torn(self) -> bool:
        """Say whether this looks like a file that is being written: it is empty, or cannot be taken in."""
        return not isinstance(self.given, Submission) or not self.given.files[self.given.main].strip()


class Step(NamedTuple):
    """Say what to do now; with "wait", for so many seconds unless something happens before."""

    act: Literal["wait", "grade", "refuse", "renew"]
    seconds: float = 0.0


class Agenda:
    """Know what the last verdict is about.

    A save is graded at once. An app's file that is empty or not there, and a checkpoint that changes, must stay so for
    a moment: programs that save empty or delete a file before they write it.
    """

    def __init__(self, course: Hashable) -> None:
        self._course = course
        self._done: str | None = None
        self._seen: tuple[Look, float] | None = None  # what may be torn, and since when it has been so

    def step(self, look: Look, now: float) -> Step:
        """Return what to do about a look, which is then taken to be done; `now` is in seconds."""
        renewed = look.course != self._course
        if self.holds(look):
            self._seen = None
            return Step("wait", LOOK_SECONDS)
        if (renewed or look.may_be_torn) and (left := self._unsettled(look, now)) > 0:
            return Step("wait", left)
        self._seen = None
        if renewed:
            self._course, self._done = look.course, None
            return Step("renew")
        self._done = look.content
        return Step("grade" if isinstance(look.given, Submission) else "refuse")

    def holds(self, look: Look) -> bool:
        """Say whether what was done last is about what lies there."""
        return (look.content, look.course) == (self._done, self._course)

    def done(self, look: Look) -> None:
        """Take what a look found to be dealt with, whatever came of it: only something else is something to do."""
        self._done, self._course = look.content, look.course

    def again(self) -> None:
        """Have what lies there graded, also if it was graded before."""
        self._done = None

    def _unsettled(self, look: Look, now: float) -> float:
        """Return the seconds for which a look has to stay the same yet."""
        before, since = self._seen or (None, now)
        if before is None or (before.content, before.course) != (look.content, look.course):
            since = now
        self._seen = look, since
        return since + SETTLE_SECONDS - now


class Shown(Generic[Kept]):
    """Hold a verdict that is shown until it has stayed for a moment: one on a file half written is no attempt."""

    def __init__(self) -> None:
        self._what: tuple[Kept, float] | None = None

    def put(self, what: Kept, now: float) -> None:
        """Take what was shown just now."""
        self._what = what, now

    def step(self, now: float, *, more: bool) -> tuple[Kept | None, float]:
        """Return what has stayed, and the seconds until something will have; `more` says that it does not stay."""
        if self._what is not None and (left := self._what[1] + SETTLE_SECONDS - now) > 0:
            if not more:
                return None, left
            self._what = None
        return self.take(), LOOK_SECONDS

    def take(self) -> Kept | None:
        """Return what is there, however short a time it has been so."""
        what, self._what = self._what, None
        return what and what[0]
