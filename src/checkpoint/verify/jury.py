"""Have many submissions judged at a time, behind the wall, by the judges that a batch has, too."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from checkpoint.errors import GradingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from checkpoint.batch.pool import Chunk, Judges
    from checkpoint.batch.tasks import Task
    from checkpoint.model import Report

CHUNK = 6  # submissions: few, for some take seconds where others take a tenth of one
DEATHS = 3  # of those who judged a submission, before it is no longer tried
POLL_SECONDS = 0.2


def reports_on(
    tasks: Sequence[Task], judges: Judges, heed: Callable[[], None], tell: Callable[[int, int], None]
) -> dict[str, Report]:
    """Return the report on each task, by its id; `tell` hears how many there are, of how many.

    Raises what no submission is the cause of, GradingError if one of them cannot be judged, and whatever `heed` does.
    """
    waiting: deque[Chunk] = deque(tuple(tasks[start : start + CHUNK]) for start in range(0, len(tasks), CHUNK))
    deaths: Counter[str] = Counter()
    reports: dict[str, Report] = {}
    while len(reports) < len(tasks):
        while waiting and judges.room > 0:
            judges.send(waiting.popleft())
        heed()
        outcome = judges.next(POLL_SECONDS)
        if outcome is None:
            continue
        if outcome.trouble is not None:
            raise outcome.trouble
        if outcome.results is None:
            deaths.update(task.id for task in outcome.chunk)
            waiting.extend((task,) for task in outcome.chunk)
            _refuse_deadly(outcome.chunk, deaths)
            continue
        for result in outcome.results:
            if result.report.stopped is not None:
                raise GradingError(result.report.stopped.message, where=result.id)
            reports[result.id] = result.report
        tell(len(reports), len(tasks))
    return reports


def _refuse_deadly(chunk: Chunk, deaths: Counter[str]) -> None:
    for task in chunk:
        if deaths[task.id] >= DEATHS:
            raise GradingError(f"{DEATHS} processes that judged it died of it, or hung", where=task.id)
