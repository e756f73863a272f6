"""Have chunks judged by the workers of a Dask cluster, of which there may be more or fewer at any time."""

from __future__ import annotations

import itertools
import time
import uuid
import warnings
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from distributed import CancelledError, Client, Event, KilledWorker

from checkpoint.batch import bundle as bundles
from checkpoint.batch.cluster import station, versions
from checkpoint.batch.judging import PAGES
from checkpoint.batch.pool import AHEAD, GRACE_SECONDS, Outcome
from checkpoint.batch.tasks import Result
from checkpoint.errors import CheckpointError, GradingError, WrongUsage
from checkpoint.model import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from distributed import Future

    from checkpoint.batch.cluster.station import Order
    from checkpoint.batch.judging import Setup
    from checkpoint.batch.pool import Chunk
    from checkpoint.batch.tasks import Task
    from checkpoint.model import Course

CONNECT_SECONDS = 10.0
PATIENCE_SECONDS = 300.0  # with a cluster that has no workers, as one that is just starting, or starts them anew
COUNT_SECONDS = 1.0  # between two looks at how many workers there are
WAIT_SECONDS = 0.2  # between two looks for a reason to wait no longer

_GO_ON = "when the cluster is up again, give the same command once more: it goes on where it was"


def connected(
    address: str,
    setup: Setup,
    course: Course,
    task_seconds: float,
    say: Callable[[str], None],
    heed: Callable[[], None],
) -> DaskJudges:
    """Return judges on a cluster that has workers, each with our versions; see `cluster.connect`."""
    expected = versions.here()
    order = station.Order(f"checkpoint-{uuid.uuid4().hex}", setup, bundles.pack(course), expected, task_seconds)
    client = _client(address)
    try:
        judges = DaskJudges(client, address, order, say)
        judges.wait_for_workers(heed)
        found: Any = client.get_versions(packages=versions.PACKAGES)
        scheduler = {name: found["scheduler"]["packages"].get(name) for name in versions.OF_SCHEDULER}
        workers = {name: told["packages"] for name, told in found["workers"].items()}
        versions.refuse_differing(expected, {"the scheduler": scheduler, **workers})
    except OSError:
        _close(client)
        raise _lost(address) from None
    except BaseException:
        _close(client)
        raise
    return judges


class DaskJudges:
    """Keep the workers of a cluster busy; what one died of comes back as an outcome without results."""

    def __init__(self, client: Client, address: str, order: Order, say: Callable[[str], None]) -> None:
        """Use a client that is connected to the scheduler at `address`; `say` hears what is waited for."""
        self._client, self._address, self._order, self._say = client, address, order, say
        self._under_way: dict[object, tuple[Chunk, Future[Any]]] = {}
        self._done: SimpleQueue[Future[Any]] = SimpleQueue()
        self._numbers = itertools.count(1)
        self._workers = 0
        self._counted = float("-inf")
        self._alone_since: float | None = None  # there are no workers
        self._gone = False  # the scheduler is

    @property
    def size(self) -> int:
        """Return how many chunks are judged at a time: one by each worker, whatever its threads."""
        self._count()
        return max(1, self._workers)

    @property
    def room(self) -> int:
        """Return how many more chunks can be sent; if all is done there is always room for one."""
        self._count()
        free = AHEAD * self._workers - len(self._under_way)
        return free if self._under_way else max(1, free)

    def wait_for_workers(self, heed: Callable[[], None]) -> None:
        """Return when there are workers; raises GradingError if none come."""
        call = self._client.submit(int, pure=False)  # a cluster that grows with the work needs some, to have workers
        while self.room and not self._workers:
            heed()
            trouble = self._trouble()
            if trouble is not None:
                raise trouble
            time.sleep(WAIT_SECONDS)
        call.release()

    def send(self, chunk: Chunk) -> None:
        """Have a chunk judged."""
        key = f"{self._order.batch}-{next(self._numbers)}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that this is much at once: it is what there is
            future = self._client.submit(station.judge, station.Work(key, self._order, chunk), key=key, pure=False)
        self._under_way[key] = chunk, future
        future.add_done_callback(self._done.put)

    def next(self, seconds: float) -> Outcome | None:
        """Return the outcome of a chunk that is done, None if none is within `seconds`."""
        try:
            future = self._done.get(timeout=seconds)
        except Empty:
            trouble = self._trouble()
            return None if trouble is None else Outcome((), trouble=trouble)
        chunk, _future = self._under_way[future.key]
        outcome = self._outcome(chunk, future, seconds)
        if outcome is None:
            future.add_done_callback(self._done.put)  # the worker that had the results is gone: they are made again
        else:
            del self._under_way[future.key]
            with suppress(OSError):
                Event(future.key, client=self._client).clear()
        return outcome

    def finish(self) -> None:
        """Let the judges of this batch come to their end, on all workers."""
        with suppress(OSError):
            self._client.run(station.end, self._order.batch, on_error="ignore")
        _close(self._client)

    def close(self) -> None:
        """Take back what has not begun, let judges end after the chunk that they are at, and leave the cluster."""
        if self._client.status == "running" and not self._gone:
            with suppress(OSError, CancelledError):
                self._client.cancel([future for _chunk, future in self._under_way.values()], force=True)
                self._client.run(station.end, self._order.batch, wait=False, on_error="ignore")
        self._under_way.clear()
        _close(self._client)

    def _outcome(self, chunk: Chunk, future: Future[Any], seconds: float) -> Outcome | None:
        if future.status == "error":
            error = future.exception()
            return Outcome(chunk) if isinstance(error, KilledWorker) else Outcome(chunk, trouble=_failed(error))
        if future.status == "cancelled":
            return Outcome(chunk, trouble=_lost(self._address))
        if future.status != "finished":
            return None
        try:
            results = future.result(timeout=seconds)
        except TimeoutError:
            return None
        except (OSError, CancelledError):
            return Outcome(chunk, trouble=_lost(self._address))
        if results is None or _are_of(chunk, results, self._order.setup):
            return Outcome(chunk, results)
        return Outcome(chunk, trouble=GradingError("what came from a worker is no result", where=self._address))

    def _count(self) -> None:
        """Look how many workers there are, unless that was done just now."""
        now = time.monotonic()
        if now - self._counted < COUNT_SECONDS or self._client.status != "running":
            return
        self._counted = now
        try:
            self._workers = len(self._client.nthreads())
        except OSError:  # Dask has tried for as long as its configuration says
            self._gone = True
            return
        if self._workers:
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = now
            self._say(f"the cluster at {self._address} has no workers; waiting {PATIENCE_SECONDS:.0f} seconds for one")

    def _trouble(self) -> GradingError | None:
        """Return why there is nothing to wait for, if so."""
        self._count()
        if self._gone or self._client.status != "running":
            return _lost(self._address)
        if self._alone_since is not None and time.monotonic() - self._alone_since > PATIENCE_SECONDS:
            return GradingError(
                "the cluster has no workers", where=self._address, help=f"start some: dask worker {self._address}"
            )
        return None


def _client(address: str) -> Client:
    try:
        if not address:
            raise ValueError("it is empty")  # to Dask, a wish for a cluster of its own
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other versions: we look for ourselves
            return Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="checkpoint-batch")
    except OSError:
        raise GradingError(
            "no Dask scheduler answers", where=address, help="start one (dask scheduler), or give its address"
        ) from None
    except (ValueError, TypeError) as error:
        raise WrongUsage(
            f"this is no address of a Dask scheduler: {error}", where=address, help="tcp://HOST:8786"
        ) from None


def _close(client: Client) -> None:
    with suppress(OSError, AssertionError):  # nobody is there any more
        client.close(timeout=GRACE_SECONDS)


def _lost(address: str) -> GradingError:
    return GradingError("the connection to the Dask scheduler is lost", where=address, help=_GO_ON)


def _are_of(chunk: Chunk, results: object, setup: Setup) -> bool:
    """Say whether these are the results of a chunk: the gradebook takes what it is given."""
    return (
        isinstance(results, list)
        and len(results) == len(chunk)
        and all(_is_of(task, result, setup) for task, result in zip(chunk, results, strict=True))
    )


def _is_of(task: Task, result: Any, setup: Setup) -> bool:
    if not isinstance(result, Result) or result.id != task.id:
        return False
    report: Any = result.report
    return (
        isinstance(report, Report)
        and report.submission_sha256 == (task.submission.sha256 if task.submission else "")
        and (report.fingerprint, report.seed, report.only) == (setup.fingerprint, setup.seed, setup.only)
        and {name: type(text) for name, text in result.pages.items()} == dict.fromkeys(PAGES, str)
    )


def _failed(error: BaseException | None) -> Exception:
    """Return what a worker could not go on for, in our words."""
    if isinstance(error, CheckpointError):
        return error
    return GradingError(f"a worker of the cluster could not judge: {type(error).__name__}: {error}", help=_GO_ON)
