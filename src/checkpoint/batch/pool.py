"""Let judges on this machine work through chunks, each in a process of its own."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING, Protocol

from checkpoint.batch import judging
from checkpoint.errors import GradingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checkpoint.batch.judging import Setup
    from checkpoint.batch.tasks import Result, Task
    from checkpoint.model import Limits

AHEAD = 2  # chunks that a process has at hand, so that it need not wait for the next one
GRACE_SECONDS = 60.0  # for a process to come up, or to come to its end
TRIED = 2  # times, at most, that an app uses up all of its time
OURS_SECONDS = 30.0  # for what is done around that, on a busy machine

Chunk = tuple["Task", ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Tell what came of a chunk: its results, or None if whoever judged it died.

    `trouble` is what no submission is the cause of, and ends the batch.
    """

    chunk: Chunk
    results: Sequence[Result] | None = None
    trouble: Exception | None = None


class Judges(Protocol):
    """Judge chunks, here or elsewhere, several at a time."""

    @property
    def size(self) -> int:
        """Return how many chunks are judged at a time."""

    @property
    def room(self) -> int:
        """Return how many more chunks can be sent before nobody would begin with them soon."""

    def send(self, chunk: Chunk) -> None:
        """Have a chunk judged."""

    def next(self, seconds: float) -> Outcome | None:
        """Return the outcome of a chunk that is done, None if none is within `seconds`."""

    def finish(self) -> None:
        """Let all judges come to their end, which leaves nothing behind."""

    def close(self) -> None:
        """End at once all judges that have not come to theirs."""


def task_seconds(limits: Limits) -> float:
    """Return how long a submission may take; whoever judges it and takes longer hangs."""
    return TRIED * (limits.run_seconds + 3 * limits.load_seconds) + OURS_SECONDS


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalJudges:
    """Keep some judges busy, each in an executor of its own: so it is known which chunk one died of."""

    def __init__(self, setup: Setup, jobs: int, task_seconds: float) -> None:
        """Start `jobs` processes; one that takes longer than `task_seconds` for each task of a chunk is killed."""
        self._lanes = [_Lane(setup, task_seconds, core) for core in _cores_for(jobs)]
        self._done: deque[Outcome] = deque()

    @property
    def size(self) -> int:
        """Return how many chunks are judged at a time."""
        return len(self._lanes)

    @property
    def room(self) -> int:
        """Return how many more chunks can be sent."""
        return sum(AHEAD - len(lane.under_way) for lane in self._lanes)

    def send(self, chunk: Chunk) -> None:
        """Give a chunk to the process that has the least to do."""
        min(self._lanes, key=lambda lane: len(lane.under_way)).send(chunk)

    def next(self, seconds: float) -> Outcome | None:
        """Return the outcome of a chunk that is done, None if none is within `seconds`."""
        if not self._done:
            heads = {lane.under_way[0].future for lane in self._lanes if lane.under_way}
            if heads:
                wait(heads, timeout=seconds, return_when=FIRST_COMPLETED)
            for lane in self._lanes:
                self._done.extend(lane.collect())
        return self._done.popleft() if self._done else None

    def finish(self) -> None:
        """Let all processes come to their end."""
        for lane in self._lanes:
            lane.finish()
        self.close()

    def close(self) -> None:
        """End at once all processes that have not come to theirs."""
        for lane in self._lanes:
            lane.close()


@dataclass(slots=True)
class _UnderWay:
    chunk: Chunk
    future: Future[list[Result]]


class _Lane:
    """Hold one process with one judge."""

    def __init__(self, setup: Setup, task_seconds: float, core: int | None) -> None:
        self.under_way: deque[_UnderWay] = deque()
        self._setup = setup
        self._task_seconds = task_seconds
        self._core = core
        self._begun = 0.0  # when the process came to the first chunk
        self._ended = False
        self._begin()

    def send(self, chunk: Chunk) -> None:
        """Have a chunk judged after those that were sent before."""
        if not self.under_way:
            self._begun = time.monotonic()
        try:
            future = self._executor.submit(_judge, self._setup, chunk)
        except BrokenProcessPool as died:  # between two chunks: `collect` will see it
            future = Future()
            future.set_exception(died)
        self.under_way.append(_UnderWay(chunk, future))

    def collect(self) -> list[Outcome]:
        """Return what is done; begin again if the process has died, or hangs."""
        outcomes: list[Outcome] = []
        while self.under_way and self.under_way[0].future.done():
            first = self.under_way.popleft()
            self._begun = time.monotonic()
            error = first.future.exception()
            if error is None:
                outcomes.append(Outcome(first.chunk, first.future.result()))
            elif isinstance(error, BrokenProcessPool):
                outcomes.append(Outcome(first.chunk, trouble=self._never_up()))
                self._begin_again()
                break
            else:
                trouble = error if isinstance(error, Exception) else RuntimeError(str(error))
                outcomes.append(Outcome(first.chunk, trouble=trouble))
        if self.under_way:
            bound = (len(self.under_way[0].chunk) + 1) * self._task_seconds  # one more, to set up
            if time.monotonic() - self._begun > bound:
                self._kill()
        return outcomes

    def finish(self) -> None:
        """Let the process come to its end, after all that was sent to it."""
        with suppress(BrokenProcessPool, TimeoutError):
            self._executor.submit(_end).result(GRACE_SECONDS)
            self._executor.shutdown(wait=True)
            self._ended = True

    def close(self) -> None:
        """End the process at once, unless it has come to its end."""
        if not self._ended:
            self._ended = True
            self._kill()
            self._executor.shutdown(wait=True, cancel_futures=True)

    def _begin(self) -> None:
        # Not forked: this process has threads, an open gradebook, and a terminal.
        self._executor = ProcessPoolExecutor(
            1, mp_context=get_context("spawn"), initializer=_prepare, initargs=(self._core,)
        )
        with _deaf_to_ctrl_c():
            self._pid = self._executor.submit(os.getpid)  # which starts it

    def _begin_again(self) -> None:
        """Start another process for what the dead one had still to do."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        left, self.under_way = self.under_way, deque()
        self._begin()
        for one in left:
            self.send(one.chunk)

    def _never_up(self) -> GradingError | None:
        """Return what is wrong if the process has not even begun: then another one would not either."""
        if self._pid.done() and self._pid.exception() is None:
            return None
        return GradingError("a process to judge in does not start", help="try: checkpoint grade PATH, which says more")

    def _kill(self) -> None:
        with suppress(OSError, BrokenProcessPool, TimeoutError, CancelledError):  # it has died, or never come up
            # Windows has no SIGKILL; there SIGTERM asks nobody either.
            os.kill(self._pid.result(GRACE_SECONDS), getattr(signal, "SIGKILL", signal.SIGTERM))


def _cores_for(jobs: int) -> list[int | None]:
    """Return the core that each process is to keep to: one of its own if there are as many, else whichever is free.

    A judge and the app that it asks take turns, and asking somebody on the same core costs a tenth less.
    """
    cores: list[int | None] = []
    if hasattr(os, "sched_getaffinity"):
        cores += sorted(os.sched_getaffinity(0))
    return cores if len(cores) == jobs else [None] * jobs


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Have what is started in this block be deaf to Ctrl-C until it can leave that to us: see `_prepare`.

    A terminal sends it to all at once, and Python, which has not come so far yet, would answer with a traceback. What
    comes to us meanwhile comes when the block ends. Windows has no such mask.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# What runs in the process of a lane.

_warm: list[judging.Judge] = []


def _prepare(core: int | None) -> None:
    """Leave Ctrl-C to whoever started us, end when that one does, and print nothing of our own."""
    if core is not None:
        os.sched_setaffinity(0, {core})
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    parent = parent_process()
    assert parent is not None  # noqa: S101 - this is a child
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)  # and the zygote ends with us


def _judge(setup: Setup, chunk: Chunk) -> list[Result]:
    if not _warm:
        _warm.append(judging.Judge(setup))
    return _warm[0].judge(chunk)


def _end() -> None:
    while _warm:
        _warm.pop().close()
