"""Name what an overview shows of a class: frozen values, so that a page is a pure function of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from checkpoint.model import Cause, Status, Visibility

# Where a learner stands. `fault`: a check could not be run; `stopped`: grading did not come to its end; `waiting`:
# there is no result that counts.
State = Literal["passed", "failed", "undecided", "fault", "stopped", "waiting"]


@dataclass(frozen=True, slots=True)
class Who:
    """Name a learner; `file` is that of the report in `reports/`, without its suffix, or None if there is none."""

    id: str
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Say which grading run this is; times are ISO 8601, in UTC, `finished` None for one that did not end."""

    versions: tuple[tuple[str, str], ...]
    checkpoint_id: str
    title: str
    pass_percent: float
    started: str
    finished: str | None
    seed: int | None
    only: str | None
    source: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Count learners by where they stand: each is in one of these."""

    passed: int = 0
    failed: int = 0
    undecided: int = 0
    fault: int = 0
    stopped: int = 0
    waiting: int = 0

    @property
    def submissions(self) -> int:
        """Return how many there are in the class."""
        return self.graded + self.left

    @property
    def graded(self) -> int:
        """Return how many have a mark, or get one when a person has decided."""
        return self.passed + self.failed + self.undecided

    @property
    def left(self) -> int:
        """Return how many are still to be graded, or to be graded again."""
        return self.fault + self.stopped + self.waiting


@dataclass(frozen=True, slots=True)
class Scores:
    """Spread the graded over the share of their points.

    `bins` are of 5 percent each, the last one for full marks alone; mean and median are in percent, None for nobody.
    """

    bins: tuple[Standing, ...]
    mean: float | None = None
    median: float | None = None


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """Count what became of one check, over all who were graded to the end; decided ones count as decided."""

    id: str
    title: str
    max_points: float
    visibility: Visibility
    passed: int
    failed: int
    blocked: int
    undecided: int
    error: int

    @property
    def total(self) -> int:
        """Return how many have this check in their report."""
        return self.passed + self.failed + self.blocked + self.undecided + self.error


@dataclass(frozen=True, slots=True)
class Failure:
    """Hold one way to fail a check: how often, the first one's message, and the first few learners.

    `varied` says that the messages of the others differ in numbers, names and the like.
    """

    learners: tuple[Who, ...]
    varied: bool
    check_id: str
    title: str
    count: int
    message: str


@dataclass(frozen=True, slots=True)
class Crashes:
    """Count the apps that ended in one way, with the first few learners."""

    cause: Cause
    count: int
    learners: tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class Slow:
    """Name one of those who took longest, in milliseconds."""

    who: Who
    duration_ms: float
    cause: Cause | None


@dataclass(frozen=True, slots=True)
class Remark:
    """Say something of one learner."""

    who: Who
    words: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """Hold the first few remarks of a kind, and how many there are."""

    count: int = 0
    first: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecided:
    """Hold one check that a person can decide, for whom, and what to look at; `status` is "undecided" or "error"."""

    status: Status
    check_id: str
    title: str
    max_points: float
    remarks: Remarks


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold what a person decided, beside the verdict that the checks came to by themselves.

    `counts` is False when it is about another submission than the graded one, or the check can be judged now.
    """

    counts: bool
    who: Who
    check_id: str
    title: str
    verdict: str
    reason: str
    by: str
    at: str
    before: str


@dataclass(frozen=True, slots=True)
class Learner:
    """Hold a row of the class's table; `statuses` has those of the checks, in their order."""

    who: Who
    state: State
    earned: float
    possible: float
    cause: Cause | None
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Hold everything that the page shows.

    `out` is what the gradebook's folder is called on a command line. `run` is None before the first one. Lists have the
    first few of their kind only; `failures_left` counts the kinds of failures behind those listed.
    """

    out: str
    run: Run | None
    standing: Standing
    scores: Scores
    checks: tuple[CheckFigures, ...]
    failures: tuple[Failure, ...]
    failures_left: int
    crashes: tuple[Crashes, ...]
    slowest: tuple[Slow, ...]
    undecided: tuple[Undecided, ...]
    refused: Remarks
    stopped: Remarks
    waiting: Remarks
    warnings: Remarks
    decisions: tuple[Decision, ...]
    decisions_count: int
    learners: tuple[Learner, ...]
