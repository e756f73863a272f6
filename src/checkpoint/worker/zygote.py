"""Keep a warm process from which each worker is forked.

Started as `python -I -c "... main(...)"` by `launch.Zygote`. It imports Flask once, runs nothing of
anybody's, and then obeys three verbs on its control socket, each a frame (see `wire`):

- `fork {id, name, limits, key}` with two descriptors (request socket, output file): fork a worker that has the
  folder `name` for itself, locks itself down and serves the socket (see `inside`). No reply; the worker
  speaks for itself.
- `end {id, grace_seconds, ask}`: wait so long for a natural death, then kill, if `ask` after making it print where
  it is (SIGUSR1, see `inside`); kill whatever the worker left behind; reply `ended {id, code, signal}` (one of
  the two is null; both are when it had to be killed).
- `bury {id}`: kill it and whatever it left behind. No reply.

End of file on the control socket ends everything: workers, orphans, the work folder, this process.

Before it imports anything it prepares the lock-down of its workers, and enters a private root if this
machine gives one (see `lockdown`).
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkpoint.worker import folder, inside, lockdown, templates, wire

if TYPE_CHECKING:
    from checkpoint.worker.lockdown import Lockdown

FAILED = 70
NEVER_BEGUN = {"code": FAILED, "signal": None}
POLL_SECONDS = 0.0005
ASK_SECONDS = 0.05


def main(control_descriptor: int, settings: str) -> None:
    """Serve the control socket until it closes; never returns.

    `settings` is JSON: `work`, the folder for workers; `required`, the level below which none may run; `without`,
    parts of the lock-down to leave out.
    """
    given = json.loads(settings)
    work = given["work"]
    with socket.socket(fileno=control_descriptor) as control:
        with contextlib.suppress(OSError):  # where memory ends, let the kernel take a worker and not the judge
            Path("/proc/self/oom_score_adj").write_text("1000")
        outside = os.open(Path(work).parent, os.O_RDONLY)  # where our folder is, which we may soon not see any more
        lockdown.become_reaper()
        locks = lockdown.prepare(work, given["required"], set(given["without"]))
        gc.disable()  # imports make a lot that stays: looking through it again and again is for nothing
        warm_up()
        forget_ourselves()
        gc.freeze()  # so that a child's garbage collector does not copy our pages
        gc.enable()
        workers: dict[int, tuple[int | None, str]] = {}  # process (None: it never came to one) and folder of each
        try:
            while (order := _receive(control)) is not None:
                header, descriptors = order
                if header["verb"] == "fork":
                    workers[header["id"]] = _fork(control, header, descriptors, locks), header["name"]
                else:
                    pid, name = workers.pop(header["id"])
                    others = {other for other, _name in workers.values() if other is not None}
                    ended = NEVER_BEGUN
                    if pid is not None:
                        ended = _end(pid, header.get("grace_seconds", 0), others, ask=header.get("ask", False))
                    locks.remove(name)
                    if header["verb"] == "end":
                        control.sendall(wire.pack({"verb": "ended", "id": header["id"], **ended}))
        except ConnectionError:  # the judge has gone
            pass
        except Exception as error:
            _tell(2, error)
        finally:
            for pid, _name in workers.values():
                if pid is not None:
                    _kill_group(pid)
            _kill_orphans(set())
            folder.remove(work)
            with contextlib.suppress(OSError):
                os.rmdir(Path(work).name, dir_fd=outside)
            os._exit(0)


def warm_up() -> None:
    """Import what workers need and walk once through it, so that no worker pays for first times."""
    import mimetypes

    from flask import Flask, make_response, render_template_string, request, url_for
    from flask.views import MethodView

    class View(MethodView):
        def get(self) -> Any:
            page = render_template_string("{% for x in [1] %}{{ url_for('warm') }}{% endfor %}")
            response = make_response(page + url_for("warm"))
            response.set_cookie("warm", request.cookies.get("warm", "0"))
            return response

    mimetypes.init()
    templates.compile_once()
    app = Flask("warm")
    app.before_request(lambda: None)
    app.after_request(lambda response: response)
    app.add_url_rule("/", view_func=View.as_view("warm"))
    inside.call(app, {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_COOKIE": "warm=1"}, b"", 1 << 20)
    inside.warm_up()
    sys.modules.pop("warm", None)


def forget_ourselves() -> None:
    """Take our own modules out of the table of modules: a learner's own checkpoint.py must be importable.

    They stay alive without that, and each worker would pay for it by touching the names of all modules.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] == "checkpoint"]:
        del sys.modules[name]


def _receive(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Return the next order and the descriptors that came with it, or None at the end of file."""
    data, descriptors, _flags, _address = socket.recv_fds(control, wire.LENGTHS.size, 2)
    if not data:
        return None
    parser = wire.Parser()
    parser.feed(data)
    size, _body = wire.LENGTHS.unpack(data)
    while (frame := parser.next()) is None:
        rest = control.recv(size)
        if not rest:
            return None
        parser.feed(rest)
    return frame.header, descriptors


def _fork(control: socket.socket, header: dict[str, Any], descriptors: list[int], locks: Lockdown) -> int | None:
    """Fork a worker and return its process id; None if this machine has none to give, which its output then says."""
    zygote, pid = os.getpid(), None
    try:
        locks.open(header["name"], header["id"])
        pid = os.fork()
    except Exception as error:  # of whatever kind: the others that are being graded must go on
        _tell(descriptors[1], error)
    if pid != 0:
        locks.leave(header["name"])
        for descriptor in descriptors:
            os.close(descriptor)
        return pid
    code = FAILED
    try:
        os.dup2(descriptors[1], 2)
        control.close()
        lockdown.end_with(zygote)
        os.setsid()
        request_descriptor, output_descriptor = descriptors
        inside.main(request_descriptor, output_descriptor, header, locks)
        code = 0
    except BaseException as error:
        _tell(2, error)
    finally:
        os._exit(code)


def _tell(descriptor: int, error: BaseException) -> None:
    """Say why there is no worker: the judge shows the last line of what was printed when none comes up."""
    os.write(descriptor, f"\n{type(error).__name__}: {error}\n".encode("utf-8", "replace"))


def _end(pid: int, grace_seconds: float, others: set[int], *, ask: bool) -> dict[str, int | None]:
    """Bury the worker `pid` and its orphans; say how it died, unless we had to kill it."""
    died, status = os.waitpid(pid, os.WNOHANG)
    if ask and not died:
        os.kill(pid, signal.SIGUSR1)
        time.sleep(ASK_SECONDS)
    deadline = time.monotonic() + grace_seconds
    while not died and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
        died, status = os.waitpid(pid, os.WNOHANG)
    natural = bool(died)
    if not died:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    _kill_group(pid)
    _kill_orphans(others)
    if not natural:
        return {"code": None, "signal": None}
    if os.WIFSIGNALED(status):
        return {"code": None, "signal": os.WTERMSIG(status)}
    return {"code": os.WEXITSTATUS(status), "signal": None}


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _kill_orphans(workers: set[int]) -> None:
    """Kill every child of ours that is no worker: what workers left behind comes to us, the reaper.

    Killing one may hand us its own children, so this goes on until there is none.
    """
    for _attempt in range(10_000):
        orphans = _children() - workers
        if not orphans:
            return
        for pid in orphans:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in orphans:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children() -> set[int]:
    """Return the process ids of our children (Linux; elsewhere none are known)."""
    try:
        text = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    except OSError:
        return set()
    return {int(pid) for pid in text.split()}
