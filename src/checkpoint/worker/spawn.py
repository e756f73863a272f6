"""Start and end the processes that workers live in.

A `Zygote` forks them from one warm process; `FreshProcesses` starts a new Python for each, where there is
no fork. `launch` talks to them.
"""

from __future__ import annotations

import contextlib
import json
import os
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
from checkpoint.worker import folder, wire

if TYPE_CHECKING:
    from collections.abc import Iterator

# How long our own side may take before it is our fault; generous, because machines are shared.
OURS_SECONDS = 60.0
ASK_SECONDS = 0.05

# What the far side imports that is neither Python's nor ours; the last two are there on Linux only.
NEEDED = ("flask", "landlockpy", "pyseccomp")

_BOOT = (
    # Ours come first, or another checkpoint that is installed could be the far side of this one.
    "import sys; paths = sys.argv[3:]; sys.path[:0] = paths[:1]; sys.path += paths[1:]; "
    "from checkpoint.worker.{module} import {function} as run; "
    "sys.path[:] = [p for p in sys.path if p != paths[0] or p in paths[1:]]; "
    "run(int(sys.argv[1]), sys.argv[2])"
)


@dataclass(frozen=True, slots=True)
class Exit:
    """Tell how a process ended by itself; both are None if it had to be killed."""

    code: int | None
    signal: int | None


class Spawner(Protocol):
    """Start and end the processes that workers live in, whose folders are in `work`."""

    work: str

    @property
    def alive(self) -> bool:
        """Say whether processes can still be started."""

    def spawn(self, number: int, order: dict[str, Any], sock: socket.socket, output: int) -> None:
        """Start process `number`, which is to serve `sock` and print into the file `output`.

        `order` has the `name` of its folder in `work`, its `limits`, and the `key` to seal what it says with, in hex.
        """

    def end(self, number: int, grace_seconds: float, *, ask: bool = False) -> Exit:
        """Wait so long for process `number`, then kill it and all that it left behind.

        With `ask`, make it print first where it is.
        """

    def bury(self, number: int) -> None:
        """Kill process `number` and all that it left behind, without waiting for that."""

    def close(self) -> None:
        """End everything that is still running; returns at once."""

    def wait(self) -> None:
        """Wait until nothing is left, and remove our files."""


class Zygote:
    """Fork workers from one warm process, which takes all of them with it when it goes.

    See `lockdown.prepare` for `required` and `without`.
    """

    def __init__(self, required: str = "none", without: frozenset[str] = frozenset()) -> None:
        self.work = tempfile.mkdtemp(prefix="checkpoint-")
        self._control, far = socket.socketpair()
        self._parser = wire.Parser()
        settings = {"work": self.work, "required": required, "without": sorted(without)}
        try:
            with far:
                self._process = subprocess.Popen(
                    _command("zygote", "main", far.fileno(), settings),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=None,
                    pass_fds=(far.fileno(),),
                    env=_environment(),
                    cwd=self.work,
                    start_new_session=True,  # Ctrl-C is for the judge
                )
        except BaseException:  # also one that a signal's handler raises
            self._control.close()
            folder.remove(self.work)
            raise

    @property
    def alive(self) -> bool:
        """Say whether the zygote still runs."""
        return self._process.poll() is None

    def spawn(self, number: int, order: dict[str, Any], sock: socket.socket, output: int) -> None:
        """Order a fork."""
        frame = wire.pack({"verb": "fork", "id": number, **order})
        with ours():
            socket.send_fds(self._control, [frame], [sock.fileno(), output])

    def end(self, number: int, grace_seconds: float, *, ask: bool = False) -> Exit:
        """Order a burial and wait until it is done."""
        order = {"verb": "end", "id": number, "grace_seconds": grace_seconds, "ask": ask}
        with ours():
            self._control.sendall(wire.pack(order))
            self._control.settimeout(OURS_SECONDS)
            # A call that was interrupted may have left its answer behind: only ours counts.
            while (frame := self._parser.next()) is None or frame.header["id"] != number:
                if frame is not None:
                    continue
                data = self._control.recv(4096)
                if not data:
                    raise OSError("the process that starts workers has died")
                self._parser.feed(data)
        return Exit(frame.header["code"], frame.header["signal"])

    def bury(self, number: int) -> None:
        """Order a burial; nobody answers."""
        with contextlib.suppress(OSError):  # the zygote has died, and all workers with it
            self._control.sendall(wire.pack({"verb": "bury", "id": number}))

    def close(self) -> None:
        """Close the control socket: the zygote then ends everything."""
        self._control.close()

    def wait(self) -> None:
        """Wait for the zygote's end; kill it if it does not come."""
        self.close()
        try:
            self._process.wait(OURS_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        folder.remove(self.work)


class FreshProcesses:
    """Start a new Python for each worker, where there is no fork."""

    def __init__(self, required: str = "none") -> None:
        self.work = tempfile.mkdtemp(prefix="checkpoint-")
        self._required = required
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def alive(self) -> bool:
        """Say that there is nothing that could have died."""
        return True

    def spawn(self, number: int, order: dict[str, Any], sock: socket.socket, output: int) -> None:
        """Start a process. The socket travels as a descriptor, on Windows as bytes on standard input."""
        share = getattr(sock, "share", None)
        settings = {"work": self.work, "required": self._required, "id": number, **order}
        with ours():
            self._processes[number] = process = subprocess.Popen(
                _command("fresh", "main", -1 if share else sock.fileno(), settings),
                stdin=subprocess.PIPE if share else subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=_environment(),
                cwd=self.work,
                pass_fds=() if share else (sock.fileno(),),
                start_new_session=not share,
            )
            if share and process.stdin:
                process.stdin.write(share(process.pid))
                process.stdin.close()

    def end(self, number: int, grace_seconds: float, *, ask: bool = False) -> Exit:
        """Wait for the process, then kill it with its process group."""
        process = self._processes.pop(number)
        if ask and hasattr(signal, "SIGUSR1"):
            process.send_signal(signal.SIGUSR1)
            time.sleep(ASK_SECONDS)
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

    def bury(self, number: int) -> None:
        """Kill the process."""
        self.end(number, 0)

    def close(self) -> None:
        """Kill what runs."""
        for number in list(self._processes):
            self.end(number, 0)

    def wait(self) -> None:
        """Remove our files."""
        self.close()
        folder.remove(self.work)


def _command(module: str, function: str, descriptor: int, settings: dict[str, Any]) -> list[str]:
    """Return the command for a far side: isolated from environment, user site and working directory.

    What it needs may live where `-I` does not look (a user site), so those folders go along with ours. An app has no
    business in ours, unless it is one of them, as where all was installed into one place.
    """
    ours = str(Path(__file__).parents[2])
    found = [spec for spec in map(find_spec, NEEDED) if spec is not None and spec.origin]
    theirs = [str(Path(spec.origin or "").parents[spec.submodule_search_locations is not None]) for spec in found]
    boot = _BOOT.format(module=module, function=function)
    return [
        sys.executable,
        "-I",
        "-X",
        "utf8",
        "-c",
        boot,
        str(descriptor),
        json.dumps(settings),
        ours,
        *dict.fromkeys(theirs),
    ]


def _environment() -> dict[str, str]:
    """Return the whole environment of the learner's side.

    Flask ignores app.run() when FLASK_RUN_FROM_CLI is "true" (flask.Flask.run).
    """
    # LD_LIBRARY_PATH: some Pythons find their own library by it. It is of no use to an app, which starts no program.
    kept = {name: os.environ[name] for name in ("TZ", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    # A worker may be a user whom nothing on this machine has a name for; getpass.getuser() looks here first.
    user = dict.fromkeys(("USER", "LOGNAME", "USERNAME"), "learner")
    # With glibc each thread reserves 64 MiB of addresses for small objects, of the 512 MiB that an app may have.
    return {
        "FLASK_RUN_FROM_CLI": "true", "PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2", **user, **kept,
    }  # fmt: skip


@contextlib.contextmanager
def ours() -> Iterator[None]:
    """Turn this machine's errors into GradingError: they are not the learner's."""
    try:
        yield
    except OSError as error:
        raise GradingError(
            f"the learner's side could not be started or reached: {error}",
            help="this is not the submission's fault; please try again",
        ) from error
