"""Start workers, talk to them with a deadline, and bury them: the judge's side of the wall.

`start()` gives a launcher: a `Zygote` where processes can fork, `FreshProcesses` elsewhere. A launcher
gives `Worker`s. A worker that dies, hangs or floods is reported as a `WorkerEnded` with its cause; that is an
outcome of the submission's. A fault of this machine's or of ours is a `GradingError`.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from checkpoint.errors import GradingError
from checkpoint.worker import wire

if TYPE_CHECKING:
    from checkpoint.model import Cause, Limits

# How long our own side may take before it is our fault; generous, because machines are shared.
START_SECONDS = 60.0
GRACE_SECONDS = 1.0
POLL_SECONDS = 0.05
OUTPUT_CHARS = 20_000
# A file may be larger than what we accept as output, so that a flood is seen to be one.
FILE_BYTES = 64 * 1024 * 1024

_BOOT = (
    "import sys; paths = sys.argv[3:]; sys.path += paths; "
    "from checkpoint.worker.{module} import {function} as run; "
    "sys.path[:] = [p for p in sys.path if p != paths[0]] + paths[1:]; "
    "run(int(sys.argv[1]), sys.argv[2])"
)


class WorkerEnded(Exception):
    """A worker is no more: `cause` as in the report, `detail` in plain words."""

    def __init__(self, cause: Cause, detail: str) -> None:
        super().__init__(detail)
        self.cause = cause
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Exit:
    """Tell how a process ended by itself; both are None if it had to be killed."""

    code: int | None
    signal: int | None


class Launcher(Protocol):
    """Start and end the processes that workers live in."""

    isolation: str

    def spawn(self, id: int, limits: dict[str, Any], sock: socket.socket, output: int) -> None:
        """Start process `id`, which is to serve `sock` and print into the file `output`."""

    def end(self, id: int, grace_seconds: float) -> Exit:
        """Wait so long for process `id`, then kill it and all that it left behind."""

    def worker(self, limits: Limits) -> Worker:
        """Start a worker."""

    def close(self) -> None:
        """End everything that is still running; returns at once."""

    def wait(self) -> None:
        """Wait until nothing is left, and remove our files."""


class Worker:
    """Hold one end of a worker's socket."""

    def __init__(self, launcher: Launcher, id: int, limits: Limits) -> None:
        self._launcher = launcher
        self._id = id
        self._limits = limits
        self._output = _output_file()
        self._read_bytes = 0
        self._locked = False
        self._closed = False
        self._parser = wire.Parser(limits.body_bytes + 1)
        self._sock, far = socket.socketpair()
        self._sock.setblocking(False)
        with far:
            launcher.spawn(id, _far_limits(limits), far, self._output)

    def send(self, header: dict[str, Any], body: bytes = b"") -> None:
        """Ask something; the answer is read with `receive`.

        Raises WorkerEnded if nobody listens any more.
        """
        data = memoryview(wire.pack(header, body))
        deadline = time.monotonic() + START_SECONDS
        while data:
            try:
                data = data[self._sock.send(data) :]
            except BlockingIOError:
                self._wait(deadline, writing=True)
            except OSError:
                raise self._dead() from None

    def receive(self, verbs: tuple[str, ...], seconds: float) -> wire.Frame:
        """Return the next frame, which must have one of `verbs`, within `seconds`.

        Raises WorkerEnded (and the worker is gone) when it does not come or is no such frame;
        GradingError if the worker never came up, which is no fault of the submission's.
        """
        if not self._locked:
            self._receive_locked()
        return self._expect(verbs, seconds)

    def output(self) -> str:
        """Return what was printed since the last call, shortened in the middle if it is long."""
        size = os.fstat(self._output).st_size
        start, self._read_bytes = self._read_bytes, size
        length = size - start
        if length <= OUTPUT_CHARS:
            return os.pread(self._output, length, start).decode("utf-8", "replace")
        half = OUTPUT_CHARS // 2
        head = os.pread(self._output, half, start).decode("utf-8", "replace")
        tail = os.pread(self._output, half, size - half).decode("utf-8", "replace")
        return f"{head}\n[... {length - 2 * half} bytes left out ...]\n{tail}"

    def close(self) -> None:
        """End the worker and all that it started."""
        if self._closed:
            return
        self._closed = True
        self._sock.close()
        self._launcher.end(self._id, 0)

    def discard(self) -> None:
        """Close the worker if need be and forget what it printed."""
        self.close()
        with contextlib.suppress(OSError):
            os.close(self._output)

    @property
    def closed(self) -> bool:
        """Say whether this worker has ended."""
        return self._closed

    def _receive_locked(self) -> None:
        try:
            self._expect(("locked",), START_SECONDS)
        except WorkerEnded as ended:
            words = self.output().strip().splitlines()
            raise GradingError(
                f"a worker did not come up: {words[-1] if words else ended.detail}",
                help="this is not the submission's fault; please report it",
            ) from None
        self._locked = True

    def _expect(self, verbs: tuple[str, ...], seconds: float) -> wire.Frame:
        deadline = time.monotonic() + seconds
        while True:
            try:
                frame = self._parser.next()
                if frame is None:
                    self._read(deadline, seconds)
                    continue
                if frame.header.get("verb") not in verbs:
                    raise wire.WireError("not the answer that was asked for")
            except wire.WireError as error:
                self.close()
                raise WorkerEnded("crashed", f"the app's process sent what is no answer ({error})") from None
            return frame

    def _read(self, deadline: float, seconds: float) -> None:
        try:
            data = self._sock.recv(1 << 18)
        except BlockingIOError:
            if not self._wait(deadline):
                self.close()
                raise WorkerEnded("timed_out", f"no answer within {seconds:g} s") from None
            return
        except OSError:
            data = b""
        if not data:
            raise self._dead()
        self._parser.feed(data)

    def _wait(self, deadline: float, *, writing: bool = False) -> bool:
        """Wait until the socket is ready; False at the deadline. Watches the output meanwhile."""
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            waiting = [self._sock.fileno()]
            ready = select.select([] if writing else waiting, waiting if writing else [], [], min(left, POLL_SECONDS))
            if os.fstat(self._output).st_size > self._limits.output_bytes:
                self.close()
                raise WorkerEnded(
                    "too_much_output", f"it printed more than {self._limits.output_bytes >> 20} MiB"
                )
            if any(ready):
                return True

    def _dead(self) -> WorkerEnded:
        """Find out how a worker died that closed its socket."""
        self._closed = True
        self._sock.close()
        ended = self._launcher.end(self._id, GRACE_SECONDS)
        if os.fstat(self._output).st_size > self._limits.output_bytes:
            return WorkerEnded(
                "too_much_output", f"it printed more than {self._limits.output_bytes >> 20} MiB"
            )
        return WorkerEnded(*_why(ended))


class Zygote:
    """Fork workers from one warm process, which takes all of them with it when it goes."""

    isolation = "fork"

    def __init__(self) -> None:
        self._work = tempfile.mkdtemp(prefix="checkpoint-")
        self._count = 0
        self._control, far = socket.socketpair()
        self._parser = wire.Parser()
        with far:
            self._process = subprocess.Popen(
                _command("zygote", "main", far.fileno(), self._work),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=None,
                pass_fds=(far.fileno(),),
                env=_environment(),
                cwd=self._work,
                start_new_session=True,  # Ctrl-C is for the judge
            )

    def worker(self, limits: Limits) -> Worker:
        """Start a worker; it comes up while we go on."""
        self._count += 1
        return Worker(self, self._count, limits)

    def spawn(self, id: int, limits: dict[str, Any], sock: socket.socket, output: int) -> None:
        """Order a fork."""
        order = wire.pack({"verb": "fork", "id": id, "limits": limits})
        with _ours():
            socket.send_fds(self._control, [order], [sock.fileno(), output])

    def end(self, id: int, grace_seconds: float) -> Exit:
        """Order a burial and wait until it is done."""
        with _ours():
            self._control.sendall(wire.pack({"verb": "end", "id": id, "grace_seconds": grace_seconds}))
            self._control.settimeout(START_SECONDS)
            while (frame := self._parser.next()) is None:
                data = self._control.recv(4096)
                if not data:
                    raise OSError("the process that starts workers has died")
                self._parser.feed(data)
        return Exit(frame.header["code"], frame.header["signal"])

    def close(self) -> None:
        """Close the control socket: the zygote then ends everything."""
        self._control.close()

    def wait(self) -> None:
        """Wait for the zygote's end; kill it if it does not come."""
        self.close()
        try:
            self._process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._work, ignore_errors=True)


class FreshProcesses:
    """Start a new Python for each worker, where there is no fork."""

    isolation = "process"

    def __init__(self) -> None:
        self._work = tempfile.mkdtemp(prefix="checkpoint-")
        self._count = 0
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    def worker(self, limits: Limits) -> Worker:
        """Start a worker; it comes up while we go on."""
        self._count += 1
        return Worker(self, self._count, limits)

    def spawn(self, id: int, limits: dict[str, Any], sock: socket.socket, output: int) -> None:
        """Start a process. The socket travels as a descriptor, on Windows as bytes on standard input."""
        share = getattr(sock, "share", None)
        home = str(Path(self._work) / f"worker-{id}")
        settings = ",".join(f"{name}={value}" for name, value in limits.items())
        with _ours():
            self._processes[id] = process = subprocess.Popen(
                _command("fresh", "main", -1 if share else sock.fileno(), f"{home}?{settings}"),
                stdin=subprocess.PIPE if share else subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=_environment(),
                cwd=self._work,
                **({} if share else {"pass_fds": (sock.fileno(),), "start_new_session": True}),
            )
            if share and process.stdin:
                process.stdin.write(share(process.pid))
                process.stdin.close()

    def end(self, id: int, grace_seconds: float) -> Exit:
        """Wait for the process, then kill it with its process group."""
        process = self._processes.pop(id)
        code: int | None
        try:
            code = process.wait(grace_seconds) if grace_seconds else process.poll()
        except subprocess.TimeoutExpired:
            code = None
        if code is None:
            process.kill()
            process.wait()
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        if code is None:
            return Exit(None, None)
        return Exit(None, -code) if code < 0 else Exit(code, None)

    def close(self) -> None:
        """Kill what runs."""
        for id in list(self._processes):
            self.end(id, 0)

    def wait(self) -> None:
        """Remove our files."""
        self.close()
        shutil.rmtree(self._work, ignore_errors=True)


def start() -> Launcher:
    """Start the best launcher that this platform has; its imports go on while the caller's do.

    Raises GradingError if no process can be started.
    """
    with _ours():
        return Zygote() if hasattr(os, "fork") and hasattr(socket, "send_fds") else FreshProcesses()


def _far_limits(limits: Limits) -> dict[str, Any]:
    """Return what a worker limits itself to; it never learns the rest."""
    return {
        "memory_mib": limits.memory_mib,
        # The wall clock decides; this is for what outlives it.
        "cpu_seconds": int(limits.run_seconds + limits.load_seconds) + 1,
        "file_bytes": max(FILE_BYTES, limits.output_bytes * 2),
    }


def _command(module: str, function: str, descriptor: int, work: str) -> list[str]:
    """Return the command for a far side: isolated from environment, user site and working directory.

    Flask may live where `-I` does not look (a user site), so its folder goes along with ours.
    """
    ours = str(Path(__file__).parents[2])
    flask = find_spec("flask")
    theirs = [str(Path(place).parent) for place in (flask.submodule_search_locations or ())] if flask else []
    boot = _BOOT.format(module=module, function=function)
    return [sys.executable, "-I", "-X", "utf8", "-c", boot, str(descriptor), work, ours, *theirs]


def _environment() -> dict[str, str]:
    """Return the whole environment of the learner's side.

    Flask ignores app.run() when FLASK_RUN_FROM_CLI is "true" (flask.Flask.run).
    """
    kept = {name: os.environ[name] for name in ("TZ", "SYSTEMROOT") if name in os.environ}
    return {"FLASK_RUN_FROM_CLI": "true", "PATH": os.defpath, "LANG": "C.UTF-8", **kept}


def _output_file() -> int:
    """Return a file for a worker's output: in memory where that exists, and gone when closed."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("output", os.MFD_CLOEXEC)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _why(ended: Exit) -> tuple[Cause, str]:
    """Translate the end of a process into a cause and plain words."""
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


@contextlib.contextmanager
def _ours() -> Any:
    """Turn this machine's errors into GradingError: they are not the learner's."""
    try:
        yield
    except OSError as error:
        raise GradingError(
            f"the learner's side could not be started or reached: {error}",
            help="this is not the submission's fault; please try again",
        ) from error
