"""Talk to workers with a deadline: the judge's side of the wall.

`start()` gives a `Launcher`, which gives `Worker`s. A worker that dies, hangs or floods is reported as a
`WorkerEnded` with its cause; that is an outcome of the submission's. A fault of this machine's or of ours is a
`GradingError`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from checkpoint.errors import GradingError
from checkpoint.worker import wire
from checkpoint.worker.printed import Printed
from checkpoint.worker.spawn import OURS_SECONDS, FreshProcesses, Zygote, ours

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.model import Cause, Level, Limits
    from checkpoint.worker.spawn import Exit, Spawner

PARTS = {"landlock": "Landlock", "seccomp": "seccomp", "root": "a private root"}
KILLED = getattr(signal, "SIGKILL", -1)  # Windows has none
GRACE_SECONDS = 1.0
POLL_SECONDS = 0.05
READ_BYTES = 64 * 1024  # small enough for memory that is at hand
# A file may be larger than what we accept as output, so that a flood is seen to be one.
FILE_BYTES = 64 * 1024 * 1024


class WorkerEnded(Exception):
    """A worker is no more: `cause` as in the report, `detail` in plain words.

    `stuck_at` is where the app was when its time was up, as (file, line) in the submission, innermost first.
    """

    def __init__(self, cause: Cause, detail: str, stuck_at: tuple[tuple[str, int], ...] = ()) -> None:
        super().__init__(detail)
        self.cause = cause
        self.detail = detail
        self.stuck_at = stuck_at


class Lack(NamedTuple):
    """A part of the lock-down that this machine does not give: "root", "landlock" or "seccomp"; why, and what helps."""

    part: str
    why: str
    remedy: str


class Wall(NamedTuple):
    """Say how well workers are kept from this machine: the level, what it lacks, and two facts for the curious.

    `landlock_abi` is 0 where there is no Landlock; with `own_user` each worker is a user that nobody else is.
    """

    level: Level
    lacks: tuple[Lack, ...]
    landlock_abi: int
    own_user: bool


def start(required: Level = "none", without: frozenset[str] = frozenset()) -> Launcher:
    """Start what workers come from, the best that this platform has; its imports go on while the caller's do.

    Below the level `required` no worker will run anything: the first answer asked of it raises GradingError.
    `without` leaves out parts of the lock-down ("root", "landlock", "seccomp"), which is for tests. Raises
    GradingError if no process can be started.
    """
    forks = hasattr(os, "fork") and hasattr(socket, "send_fds")
    with ours():
        return Launcher(Zygote(required, without) if forks else FreshProcesses(required))


class TooWeak(GradingError):
    """Isolation on this machine is below the level that is required; nothing has been run."""

    def __init__(self, wall: Wall, required: Level) -> None:
        missing = [f"{PARTS.get(lack.part, lack.part)} ({lack.why})" for lack in wall.lacks]
        remedies = dict.fromkeys(lack.remedy for lack in wall.lacks if lack.remedy)
        if required == "partial":  # what CI asks for of its own accord
            remedies["for code that you trust: --allow-unisolated"] = None
        super().__init__(
            f"isolation here is only `{wall.level}`, and `{required}` is required, so nothing was graded; "
            f"missing: {', '.join(missing)}",
            help="; ".join([*remedies, "checkpoint doctor tells more"]),
        )


class Launcher:
    """Give out workers, and end them all together."""

    def __init__(self, spawner: Spawner) -> None:
        self.killed = 0  # workers that somebody killed, and not we: most likely the kernel, for want of memory
        self._spawner = spawner
        self._count = 0
        self._wall: Wall | None = None
        self._spare: tuple[Limits, Worker] | None = None

    def wall(self, limits: Limits) -> Wall:
        """Return how well workers are kept from this machine, as a worker that has locked itself down says.

        Raises GradingError if none comes up, or if this is less than what is required.
        """
        if self._wall is None:
            worker = self.worker(limits)
            try:
                return worker.wall()
            finally:
                worker.discard()
        return self._wall

    @property
    def known(self) -> Wall | None:
        """Return what `wall` does if a worker has told it already."""
        return self._wall

    @property
    def alive(self) -> bool:
        """Say whether workers can still come from it."""
        return self._spawner.alive

    def prepare(self, limits: Limits) -> None:
        """Have the next worker with these limits come up, and be locked, before somebody asks for it."""
        if self._spare is None:
            self._spare = limits, self.worker(limits)

    def worker(self, limits: Limits) -> Worker:
        """Start a worker; it comes up while we go on. One that was prepared is up already."""
        if self._spare is not None and self._spare[0] == limits:
            (_, worker), self._spare = self._spare, None
            return worker
        self._count += 1
        return Worker(self._spawner, self._count, limits, self._learn, self._mourn)

    def _learn(self, wall: Wall) -> None:
        self._wall = wall

    def _mourn(self, ended: Exit) -> None:
        self.killed += ended.signal == KILLED

    def close(self) -> None:
        """End everything that is still running; returns at once."""
        self._forget_spare()
        self._spawner.close()

    def wait(self) -> None:
        """Wait until nothing is left, and remove our files."""
        self._forget_spare()
        self._spawner.wait()

    def _forget_spare(self) -> None:
        if self._spare is not None:
            (_, worker), self._spare = self._spare, None
            worker.discard(wait=False)


class Worker:
    """Hold one end of a worker's socket."""

    def __init__(
        self,
        spawner: Spawner,
        number: int,
        limits: Limits,
        tell: Callable[[Wall], None],
        mourn: Callable[[Exit], None],
    ) -> None:
        self._spawner = spawner
        self._tell = tell
        self._mourn = mourn
        self._number = number
        self._limits = limits
        self._printed = Printed(limits.output_bytes)
        self._asked = 0  # the number of the last order
        self._answered = -1  # the number of the last answer, each of which carries that of its order; `locked` has 0
        self._wall: Wall | None = None
        self._closed = False
        self._ended: WorkerEnded | None = None  # why we have ended it, which whoever has asked may not have heard
        self._watched = True  # whether a flood of output ends it
        name = secrets.token_hex(8)  # one that no other app can guess
        self._home = f"{spawner.work}{os.sep}{name}{os.sep}submission{os.sep}"
        key = secrets.token_bytes(wire.SEAL_BYTES)
        self._parser = wire.Parser(limits.body_bytes + 1, key)
        self._sock, far = socket.socketpair()
        self._sock.settimeout(POLL_SECONDS)
        self._waits = POLL_SECONDS
        try:
            with far:
                order = {"name": name, "limits": _far_limits(limits), "key": key.hex()}
                spawner.spawn(number, order, far, self._printed.descriptor)
        except GradingError:
            self._closed = True
            self._sock.close()
            self.discard()
            raise

    def send(self, header: dict[str, Any], body: bytes = b"") -> None:
        """Ask something; the answer is read with `receive`, that of an earlier order first.

        Raises WorkerEnded if it is not taken in time. If nobody listens any more, `receive` tells why: what was said
        before is still to be read.
        """
        self._asked += 1
        data = memoryview(wire.pack({**header, "id": self._asked}, body))
        deadline = self._until(OURS_SECONDS)
        while data:
            try:
                data = data[self._sock.send(data) :]
            except TimeoutError:
                self._look_up(deadline, "it does not take what it is asked")
            except OSError:
                return

    def receive(self, verbs: tuple[str, ...], seconds: float) -> wire.Frame:
        """Return the next frame, which must have one of `verbs`, within `seconds`.

        Raises WorkerEnded (and the worker is gone) when it does not come or is no such frame;
        GradingError if the worker never came up, which is no fault of the submission's.
        """
        self.wall()
        return self._expect(verbs, seconds)

    def wall(self) -> Wall:
        """Return how this worker has locked itself down.

        Raises GradingError if it could not, or if that is less than what is required.
        """
        if self._wall is None:
            self._wall = self._receive_locked()
            self._tell(self._wall)
        return self._wall

    def output(self) -> str:
        """Return what was printed since the last call, shortened in the middle if it is long."""
        # Where its files lie meanwhile tells nobody anything.
        return self._printed.news().replace(self._home, "")

    def close(self) -> None:
        """End the worker and all that it started."""
        self._end(ask=False)

    def discard(self, *, wait: bool = True) -> None:
        """Close the worker if need be and forget what it printed; without `wait` it is ended while we go on."""
        try:
            if wait:
                self.close()
            elif not self._closed:
                self._closed = True
                self._sock.close()
                self._spawner.bury(self._number)
        finally:
            self._printed.close()

    @property
    def closed(self) -> bool:
        """Say whether this worker has ended."""
        return self._closed

    def _receive_locked(self) -> Wall:
        # It has been told to load already: the app may be at work, and may flood, before we come to read this.
        self._watched = False
        try:
            header = self._expect(("locked", "refused"), OURS_SECONDS).header
        except WorkerEnded as ended:
            words = self.output().strip().splitlines()
            raise GradingError(
                f"a worker did not come up: {words[-1] if words else ended.detail}",
                help="this is not the submission's fault; please report it",
            ) from None
        finally:
            self._watched = True
        # No learner's code has run in that process: its answer has the shape that we gave it.
        lacks = tuple(Lack(**lack) for lack in header["lacks"])
        wall = Wall(header["level"], lacks, header["landlock_abi"], header["own_user"])
        if header["verb"] == "refused":
            self.close()
            raise TooWeak(wall, header["required"])
        return wall

    def _expect(self, verbs: tuple[str, ...], seconds: float) -> wire.Frame:
        deadline, late = self._until(seconds), f"no answer within {seconds:g} s"
        begun = False
        while True:
            try:
                frame = self._parser.next()
                if frame is None:
                    if begun:  # what comes byte by byte is no answer either
                        self._look_up(deadline, late)
                    self._read(deadline, late)
                    begun = True
                    continue
                due = self._answered + 1
                if frame.header.get("verb") not in verbs or frame.header.get("id") != due or due > self._asked:
                    raise wire.WireError("not the answer that was asked for")
                self._answered = due
            except wire.WireError as error:
                self.close()
                raise WorkerEnded("crashed", f"the app's process sent what is no answer ({error})") from None
            if self._floods():
                raise self._flooded(self._stuck_at())
            return frame

    def _read(self, deadline: float, late: str) -> None:
        try:
            data = self._sock.recv(READ_BYTES)
        except TimeoutError:
            self._look_up(deadline, late)
            return
        except OSError:
            data = b""
        if not data:
            raise self._dead()
        self._parser.feed(data)

    def _until(self, seconds: float) -> float:
        """Return the moment so many seconds from now, and wait no longer than that at a time."""
        self._wait_at_most(seconds)
        return time.monotonic() + seconds

    def _look_up(self, deadline: float, late: str) -> None:
        """Look, after a wait, whether to wait on: neither for what prints without end nor beyond the deadline."""
        left = deadline - time.monotonic()
        if self._floods():
            self._ended = self._flooded(self._stuck_at())
        elif left <= 0:
            self._ended = WorkerEnded("timed_out", late, self._stuck_at())
        if self._ended is not None:
            raise self._ended from None
        self._wait_at_most(left)

    def _wait_at_most(self, seconds: float) -> None:
        """Have a call on the socket wait so long, or for a moment if that is shorter; each change costs a call."""
        seconds = min(seconds, POLL_SECONDS)
        if seconds != self._waits:
            self._waits = seconds
            with contextlib.suppress(OSError):  # the worker is gone; the call that follows will tell
                self._sock.settimeout(seconds)

    def _dead(self) -> WorkerEnded:
        """Find out how a worker died that closed its socket."""
        if self._closed:
            return self._ended or WorkerEnded("crashed", "its process has ended before")
        self._sock.close()
        ended = self._spawner.end(self._number, GRACE_SECONDS)
        self._closed = True  # and not before: if nobody can say how it died, that is so each time somebody asks
        self._mourn(ended)
        if self._floods():
            return self._flooded(())
        return WorkerEnded(*_why(ended))

    def _floods(self) -> bool:
        return self._watched and self._printed.floods

    def _flooded(self, stuck_at: tuple[tuple[str, int], ...]) -> WorkerEnded:
        words = f"it printed more than {self._limits.output_bytes >> 20} MiB"
        return WorkerEnded("too_much_output", words, stuck_at)

    def _stuck_at(self) -> tuple[tuple[str, int], ...]:
        """End the worker; return where its app was, as far as it could still be made to say so."""
        before = self._printed.size
        self._end(ask=True)
        return self._printed.stack(before)

    def _end(self, *, ask: bool) -> None:
        if self._closed:
            return
        self._closed = True
        self._sock.close()
        self._spawner.end(self._number, 0, ask=ask)


def _far_limits(limits: Limits) -> dict[str, Any]:
    """Return what a worker limits itself to; it never learns the rest."""
    return {
        "memory_mib": limits.memory_mib,
        # The wall clock decides; this is for what outlives it.
        "cpu_seconds": int(limits.run_seconds + limits.load_seconds) + 1,
        "file_bytes": max(FILE_BYTES, limits.output_bytes * 2),
    }


def _why(ended: Exit) -> tuple[Cause, str]:
    """Translate the end of a process into a cause and plain words."""
    if ended.code == wire.NO_MEMORY:
        return "out_of_memory", "there was no memory left to answer with"
    if ended.code is not None:
        return "exited", f"it ended its own process with exit code {ended.code}"
    if ended.signal is None:
        return "crashed", "it closed its connection to the grader"
    name = signal.Signals(ended.signal).name if ended.signal in set(signal.Signals) else str(ended.signal)
    if name == "SIGXCPU":
        return "timed_out", "it used up its processor time"
    if name == "SIGKILL":
        return "out_of_memory", "its process was killed, most likely for want of memory"
    words = {"SIGSEGV": "a segmentation fault", "SIGABRT": "an abort", "SIGTERM": "SIGTERM"}
    return "crashed", f"its process was ended by {words.get(name, name)}"
