"""Name the nouns: frozen values that the rooms hand to each other.

Nothing here reads, runs or prints. The words are those of the JSON report; see docs/instructors.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Status = Literal["passed", "failed", "blocked", "undecided", "error"]
Cause = Literal["crashed", "timed_out", "out_of_memory", "too_much_output", "exited", "not_loadable"]
Level = Literal["full", "strong", "partial", "none"]
Visibility = Literal["visible", "hidden", "after_due"]
Verdict = Literal["passed", "failed"]
Why = Literal["interrupted", "terminated", "unfinished", "failed", "broken"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound what a submission may use: seconds of wall clock, MiB, bytes."""

    load_seconds: float = 5.0
    request_seconds: float = 2.0
    run_seconds: float = 60.0
    memory_mib: int = 512
    output_bytes: int = 8 * 1024 * 1024
    body_bytes: int = 8 * 1024 * 1024
    submission_bytes: int = 16 * 1024 * 1024
    submission_files: int = 1000

    def __post_init__(self) -> None:
        """Refuse limits that nothing could keep.

        Raises ValueError naming the limit.
        """
        for name in self.__slots__:
            value = getattr(self, name)
            kinds = (int, float) if name.endswith("_seconds") else (int,)
            if type(value) not in kinds or not 0 < value < 1e12:
                what = "number" if float in kinds else "whole number"
                raise ValueError(f"{name} must be a positive {what}, not {value!r}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Define one exercise plus its quiz; a `grader.py` makes one of these.

    `starter`, `solution`, `checks` and `quiz` are paths relative to the folder of `grader.py`.
    `pass_percent` (0 to 100) is the share of the points that passes. `waived` has the mutants of the solution that no
    check need notice, by id, each with the reason why; see `checkpoint verify`.
    """

    id: str
    title: str
    starter: str = "starter"
    solution: str = "solution"
    checks: str = "checks"
    quiz: str | None = None
    pass_percent: float = 100
    limits: Limits = field(default_factory=Limits)
    up_next: str | None = None
    waived: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Course:
    """Hold a checkpoint together with the folder that it was found in.

    `fingerprint` is the SHA-256 over everything that decides a mark: grader.py, checks, solution.
    """

    checkpoint: Checkpoint
    root: Path
    fingerprint: str

    @property
    def starter(self) -> Path:
        """Return the folder of the learner's first file."""
        return self.root / self.checkpoint.starter

    @property
    def solution(self) -> Path:
        """Return the folder of the reference."""
        return self.root / self.checkpoint.solution

    @property
    def checks(self) -> Path:
        """Return the folder of the checks."""
        return self.root / self.checkpoint.checks


@dataclass(frozen=True, slots=True)
class Submission:
    """Hold what is graded: bytes read once, and their hash.

    `path` is as the user gave it, `main` the name of the app's file in `files` (names are relative,
    with `/`). `sha256` is over sorted names and bytes.
    """

    path: str
    main: str
    files: dict[str, bytes] = field(repr=False)
    sha256: str

    def shown(self, name: str) -> str:
        """Return how a file of this submission is called towards the user."""
        given = Path(self.path)
        folder = given.parent if given.suffix == ".py" else given
        return (folder / name).as_posix()


@dataclass(frozen=True, slots=True)
class Location:
    """Point at lines `line` to `end_line` (1-based, inclusive) of `file`.

    `excerpt` has those lines and a few around them, as (number, text).
    """

    file: str
    line: int
    end_line: int
    excerpt: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Show one of the learner's own frames in a traceback."""

    file: str
    line: int
    function: str
    text: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """Say to the learner what happened, what was expected, and where to look."""

    message: str
    expected: str | None = None
    actual: str | None = None
    location: Location | None = None
    traceback: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Record what a person decided about a check that could not be judged: the verdict, why, who, and when (UTC).

    It settles that one check and sets off nothing else. A check that needs an undecided one has run all the same, for
    only `failed` and `blocked` block; so deciding "failed" takes back no other check's points.
    """

    verdict: Verdict
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Record the outcome of one check.

    `points` are those earned of `max_points`; `duration_ms` is in milliseconds; `hints` go from a nudge
    to nearly the answer; `output` is what the learner's app printed while the check ran; `blocked_by`
    names the needed checks that did not pass. `visibility` says what a learner may see: `hidden` counts and is
    not described, `after_due` is so until the due date, where a platform knows that. `status` stays what it was when a
    person has decided; what counts is `outcome`.
    """

    id: str
    title: str
    status: Status
    max_points: int
    feedback: Feedback | None = None
    hints: tuple[str, ...] = ()
    cause: Cause | None = None
    duration_ms: float = 0.0
    output: str = ""
    blocked_by: tuple[str, ...] = ()
    visibility: Visibility = "visible"
    decision: Decision | None = None

    @property
    def outcome(self) -> Status:
        """Return what counts: what a person decided, or else the status that the check came to."""
        return self.decision.verdict if self.decision else self.status

    @property
    def points(self) -> int:
        """Return the points earned: all of them or none."""
        return self.max_points if self.outcome == "passed" else 0


@dataclass(frozen=True, slots=True)
class Score:
    """Count points earned of those possible; `percent` is rounded to two places."""

    earned: int
    possible: int
    percent: float
    pass_percent: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Isolation:
    """Say how well the learner's code was kept from this machine."""

    level: Level
    detail: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Say why grading did not come to its end, and put it into words for the learner.

    `why`: "interrupted" (Ctrl-C), "terminated" (told to end, as at a job's time limit), "unfinished" (still going on
    when the report was written), "failed" (a fault of the grader's or this machine's), "broken" (the checkpoint
    itself has something to mend).
    """

    why: Why
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """Hold everything about one grading run; each output format is a pure function of it.

    `stopped` is None unless the run was cut short; `only` names the check that alone was scored
    (`--only`), else None; `output` is what the app printed while it loaded; `started_at` is in UTC, `duration_ms` is
    the wall clock.
    """

    checkpoint_id: str
    checkpoint_title: str
    fingerprint: str
    submission_path: str
    submission_sha256: str
    seed: int
    score: Score
    checks: tuple[CheckResult, ...]
    cause: Cause | None
    output: str
    notes: tuple[str, ...]
    isolation: Isolation
    duration_ms: float
    versions: dict[str, str]
    started_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    stopped: Stop | None = None
    only: str | None = None
    up_next: str | None = None

    @property
    def complete(self) -> bool:
        """Say whether grading came to its end."""
        return self.stopped is None

    @property
    def passed(self) -> bool:
        """Say whether the pass mark was reached with nothing left open."""
        return self.complete and self.score.passed
