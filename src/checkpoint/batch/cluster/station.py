"""Judge chunks in a worker of a Dask cluster: what runs on its machines.

A worker runs this in threads, and one process has one judge: pytest and what redirects its output are there only once.
The judge stays warm from chunk to chunk, until its batch has ended, another one comes, or the worker ends.
"""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from distributed import Event, get_worker

from checkpoint.batch import bundle as bundles
from checkpoint.batch import judging
from checkpoint.batch.cluster import versions
from checkpoint.errors import BrokenCheckpoint, CheckpointError, GradingError, WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.batch.bundle import Bundle, Unpacked
    from checkpoint.batch.judging import Setup
    from checkpoint.batch.pool import Chunk
    from checkpoint.batch.tasks import Result


@dataclass(frozen=True, slots=True)
class Order:
    """Say how each chunk of a batch is judged.

    `batch` is no other batch's name; `versions` has what must be installed; a chunk may take `task_seconds` for each
    of its tasks.
    """

    batch: str
    setup: Setup
    bundle: Bundle
    versions: dict[str, str]
    task_seconds: float


@dataclass(frozen=True, slots=True)
class Work:
    """Hold a chunk and how it is judged. To Dask this is one thing, into which it does not look."""

    key: str
    order: Order
    chunk: Chunk


def judge(work: Work) -> list[Result] | None:
    """Return what came of a chunk; None if the worker that began with it has died, which is not tried again here.

    Dask gives what a worker died of to the next one, more often than a submission may cost us a worker: who has begun
    with what, the scheduler remembers. Raises CheckpointError, in which a fault of this machine has its name.
    """
    with _alone:
        try:
            return _judged(work)
        except CheckpointError as error:
            told = _as_told_elsewhere(error)
        raise told  # out here, as else the error that it stands for would travel along, and not every one can


async def end(batch: str) -> None:
    """End the judge of a batch, if there is one, after the chunk that it is judging."""
    await asyncio.to_thread(_end, batch)


class _Warm:
    """Keep the files of a batch's checkpoint and its judge."""

    def __init__(self, order: Order) -> None:
        self.batch = order.batch
        self._setup = order.setup
        self._ends = ExitStack()
        # Dask removes this folder when the worker ends, and the next worker does if it was killed.
        parent = Path(get_worker().local_directory)
        self.place = self._ends.enter_context(bundles.unpacked(order.bundle, parent))
        self._judge: judging.Judge | None = None

    def judge(self, chunk: Chunk) -> list[Result]:
        """Return what came of a chunk."""
        if self._judge is None:
            self._judge = self._ends.enter_context(judging.Judge(replace(self._setup, root=self.place.root)))
        return [_as_from_home(result, self.place, self._setup) for result in self._judge.judge(chunk)]

    def close(self) -> None:
        """End the judge, and remove the files."""
        self._ends.close()


_alone = threading.Lock()  # for all that is below
_kept: list[_Warm] = []


def _judged(work: Work) -> list[Result] | None:
    order = work.order
    versions.refuse_other(order.versions, _machine())
    begun = Event(work.key)
    if begun.is_set():
        return None
    begun.set()
    with _bounded((len(work.chunk) + 1) * order.task_seconds):  # one more, to set up
        if not _kept or _kept[0].batch != order.batch:
            _cool()
            _kept.append(_Warm(order))
        return _kept[0].judge(work.chunk)


def _cool() -> None:
    while _kept:
        _kept.pop().close()


def _end(batch: str) -> None:
    with _alone:
        if _kept and _kept[0].batch == batch:
            _cool()


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """End this worker if the block takes longer: a thread that hangs cannot be ended, and would hang for ever."""
    timer = threading.Timer(seconds, os._exit, [1])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _as_told_elsewhere(error: CheckpointError) -> CheckpointError:
    """Return an error that names the author's files as if they were there, and this machine where it is about that."""
    kinds = (BrokenCheckpoint, WrongUsage, GradingError)
    kind = next((kind for kind in kinds if isinstance(error, kind)), CheckpointError)
    where = _machine() if kind is GradingError else error.where
    message, where, source, help = (
        text if text is None or not _kept else _kept[0].place.original(text)
        for text in (error.message, where, error.source, error.help)
    )
    return kind(message or "", where=where, source=source, column=error.column, help=help)


def _as_from_home(result: Result, place: Unpacked, setup: Setup) -> Result:
    """Return a result that names the author's files as if they had been used where they are."""
    private = str(place.private)
    if not any(check.feedback and private in check.feedback.message for check in result.report.checks):
        return result
    checks = tuple(
        replace(check, feedback=replace(check.feedback, message=place.original(check.feedback.message)))
        if check.feedback
        else check
        for check in result.report.checks
    )
    return judging.result(result.id, replace(result.report, checks=checks), reveal=setup.reveal)


def _machine() -> str:
    return f"worker {get_worker().address} on {socket.gethostname()}"
