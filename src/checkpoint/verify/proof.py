"""Hold what was found out about a checkpoint: frozen values that every output is drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from checkpoint.model import Cause, Status

Verdict = Literal["killed", "undecided", "survived", "waived"]
Rule = Literal[
    "solution", "starter", "order", "alone", "chance", "survivor", "waiver", "idle", "weaker", "error", "variant",
    "hints", "points", "docs", "quiz", "stray",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Say what does not hold, where, and what to do about it; `diff` has the mutant that it is about."""

    rule: Rule
    message: str
    where: str | None = None
    help: str | None = None
    diff: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Count what one check notices.

    `place` is where it is defined; it fails for `kills` mutants, for `alone` of them no other check does, and
    `elsewhere` says that it fails for the starter or for a variant. Of one that is `by_chance` nothing is counted.
    """

    id: str
    title: str
    points: int
    place: str
    kills: int = 0
    alone: int = 0
    elsewhere: bool = False
    by_chance: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """Hold what became of one mutant: the status of each check, in the order of the columns.

    `place` is the line of the solution that was changed, `reason` why it is waived, if it is, and `cause` what happened
    to the app, if something did. What the columns `by_chance` come to does not count.
    """

    id: str
    operator: str
    mistake: str
    file: str
    line: int
    place: str
    diff: str
    statuses: tuple[Status, ...]
    verdict: Verdict
    reason: str | None = None
    cause: Cause | None = None
    duration_ms: float = 0.0
    by_chance: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """Hold one run of solution and starter: the seed, the order of the checks, and each column's status."""

    seed: int
    order: tuple[str, ...]
    shuffled: bool
    solution: tuple[Status, ...]
    starter: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold what one variant was expected to come to, and what it came to; `differences` are between the two."""

    path: str
    expected: str
    statuses: tuple[Status, ...]
    differences: tuple[str, ...] = ()
    duration_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Proof:
    """Hold everything about one proof; `duration_ms` is the wall clock, `started_at` is in UTC."""

    checkpoint_id: str
    checkpoint_title: str
    fingerprint: str
    root: str
    seed: int
    columns: tuple[Column, ...]
    findings: tuple[Finding, ...]
    runs: tuple[Run, ...]
    trials: tuple[Trial, ...]
    variants: tuple[Comparison, ...]
    duration_ms: float
    versions: dict[str, str]
    started_at: datetime = field(default=datetime(1970, 1, 1, tzinfo=UTC))

    @property
    def holds(self) -> bool:
        """Say whether nothing was found that the author has to mend."""
        return not self.findings

    def counted(self, verdict: Verdict) -> int:
        """Return how many mutants came to this."""
        return sum(trial.verdict == verdict for trial in self.trials)
