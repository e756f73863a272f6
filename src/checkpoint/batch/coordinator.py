"""Have all submissions of a batch judged, and keep what comes of them: the one process that writes.

What is in the gradebook already is not judged again. Submissions are read when their turn comes and forgotten with
their result, so that it is all the same how many there are.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checkpoint.batch import judging
from checkpoint.batch.tasks import Task, is_ours
from checkpoint.errors import RefusedSubmission

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from checkpoint.batch.find import Found
    from checkpoint.batch.gradebook import Gradebook
    from checkpoint.batch.judging import Setup
    from checkpoint.batch.pool import Chunk, Judges
    from checkpoint.batch.tasks import Result
    from checkpoint.model import Level, Limits

DEATHS = 3  # of those who judged a submission, before it is no longer tried
CHUNK = 40  # submissions; what a judge's death, or ours, costs
POLL_SECONDS = 0.2


@dataclass(slots=True)
class Progress:
    """Count what has become of `of` submissions so far: `kept` were in the gradebook already."""

    of: int
    kept: int = 0
    graded: int = 0
    passed: int = 0
    ours: int = 0

    @property
    def done(self) -> int:
        """Return how many there is nothing more to do for."""
        return self.kept + self.graded


@dataclass
class Batch:
    """Hold what a batch needs: who is graded, how, by whom, and where it is kept.

    `enough` has the levels of isolation at which an earlier result still counts, with `same_seed` only if it was asked
    the same; `again` says that none does. `begin` is called when the checkpoint is known to be all right, before
    the gradebook is asked or told anything. `heed` raises KeyboardInterrupt when somebody wants an end; `tell` hears
    how far it is.
    """

    found: Sequence[Found]
    setup: Setup
    limits: Limits
    book: Gradebook
    judges: Judges
    enough: Container[Level]
    again: bool = False
    same_seed: bool = False
    begin: Callable[[], None] = lambda: None
    heed: Callable[[], None] = lambda: None
    tell: Callable[[Progress], None] = lambda progress: None
    progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count."""
        self.progress = Progress(len(self.found))

    def run(self) -> Progress:
        """Grade whatever is not yet graded; every result is kept as soon as its chunk is done.

        Raises what ends a batch: a broken checkpoint, isolation below what is required, a full disk, KeyboardInterrupt.
        """
        fresh = self._tasks()
        retries: deque[Chunk] = deque()
        deaths: Counter[str] = Counter()
        under_way, more = self._try_out(), True
        self.begin()
        while under_way or more or retries:
            while (more or retries) and self.judges.room > 0:
                chunk = retries.popleft() if retries else self._chunk(fresh)
                if chunk:
                    self.judges.send(chunk)
                    under_way += 1
                else:
                    more = False
                self.heed()
            if not under_way:
                continue
            self.heed()
            outcome = self.judges.next(POLL_SECONDS)
            if outcome is None:
                continue
            under_way -= 1
            if outcome.trouble is not None:
                raise outcome.trouble
            if outcome.results is None:
                retries.extend(self._after_death(outcome.chunk, deaths))
            else:
                self._keep(outcome.results)
        return self.progress

    def _try_out(self) -> int:
        """Have nothing judged by everybody, until somebody has; return how many are still at it.

        That warms them up, and tells at once what is wrong with the checkpoint, or with this machine.
        """
        under_way = max(1, self.judges.size)
        for _ in range(under_way):
            self.judges.send(())
        while (outcome := self.judges.next(POLL_SECONDS)) is None:
            self.heed()
        if outcome.trouble is not None:
            raise outcome.trouble
        return under_way - 1

    def _tasks(self) -> Iterator[Task]:
        """Yield what is to be judged, read just now."""
        for found in self.found:
            task = _taken(found, self.limits)
            if not self._is_kept(task):
                yield task
                continue
            self.progress.kept += 1
            self.heed()
            self.tell(self.progress)

    def _is_kept(self, task: Task) -> bool:
        if task.submission is None:
            return False
        # Asked in any case: what the gradebook has of another submission counts no longer.
        seed = self.setup.seed if self.same_seed else None
        known = self.book.has(
            task.id, task.submission.sha256, self.setup.fingerprint, seed, self.setup.only, self.enough
        )
        return known and not self.again

    def _chunk(self, tasks: Iterator[Task]) -> Chunk:
        """Return the next tasks, fewer where all would else be given out before everybody has some."""
        size = min(CHUNK, max(1, len(self.found) // (8 * self.judges.size)))
        chunk = []
        for task in tasks:
            chunk.append(task)
            if len(chunk) == size:
                break
        return tuple(chunk)

    def _after_death(self, chunk: Chunk, deaths: Counter[str]) -> Iterator[Chunk]:
        """Yield what is to be tried again, one submission at a time, so that it shows which one it was."""
        for task in chunk:
            deaths[task.id] += 1
            if deaths[task.id] < DEATHS:
                yield (task,)
            else:
                words = f"{DEATHS} processes that judged this submission died of it, or hung"
                self._keep([judging.given_up(self.setup, task, words)])

    def _keep(self, results: Sequence[Result]) -> None:
        self.book.store(results)
        for result in results:
            self.progress.graded += 1
            self.progress.passed += result.report.passed
            self.progress.ours += is_ours(result.report)
        self.tell(self.progress)


def _taken(found: Found, limits: Limits) -> Task:
    try:
        return Task(found.id, found.shown, found.take(limits))
    except RefusedSubmission as refused:
        return Task(found.id, found.shown, None, refused)
