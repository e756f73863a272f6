"""Whatever an app does to its process, the judge gets an answer or a cause, and nothing is left behind."""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from checkpoint.errors import GradingError
from checkpoint.model import Limits
from checkpoint.worker import launch, printed, spawn, wire
from checkpoint.worker.launch import Launcher, WorkerEnded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

    from checkpoint.worker.launch import Worker

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks through /proc")

HUNG_SECONDS = 120  # no test takes nearly so long; one that hangs is to fail and not to hang the rest
LONG_SECONDS = 60.0
LIMITS = Limits(output_bytes=1 << 20, body_bytes=1 << 20)
HEAD = """import ctypes, os, signal, socket, stat, sys, threading, time
from flask import *
app = Flask(__name__)
fork = ctypes.PyDLL(None).fork  # os.fork() is refused in words, which an attacker goes around
def kind(fd):
    try: return stat.S_IFMT(os.fstat(fd).st_mode)
    except OSError: return 0
"""
LINES = HEAD.count("\n")
UNLOCKED = frozenset({"root", "landlock", "seccomp"})
# Locked down as well as this machine can; not at all, so that apps can do their worst; and without a zygote.
SPAWNERS: dict[str, Callable[[], spawn.Spawner]] = {
    "locked": spawn.Zygote,
    "fork": lambda: spawn.Zygote(without=UNLOCKED),
    "process": spawn.FreshProcesses,
}
# For what all kinds of process do alike, one is enough; for what a lock-down forbids, it is the one without.
by_fork = pytest.mark.parametrize("shared", ["fork"], indirect=True)


class Place(NamedTuple):
    """A launcher, the folder that it puts its files in, and how to start an app with it."""

    launcher: Launcher
    folder: Path
    kind: str

    def start(self, app: str, /, limits: Limits = LIMITS, **files: str) -> Worker:
        """Start a worker and let it load `app` (lines for behind HEAD) beside other files (name of .py -> text)."""
        worker = self.launcher.worker(limits)
        load(worker, {"app.py": HEAD + dedent(app), **{f"{name}.py": text for name, text in files.items()}})
        return worker

    def processes(self) -> set[int]:
        """Return all processes that have to do with this place: they were started with its folder's name."""
        return processes(self.folder)

    def zygote(self) -> int:
        """Return that of our children which has to do with this place."""
        (zygote,) = (pid for pid in self.processes() if f"\nPPid:\t{os.getpid()}\n" in status(pid))
        return zygote


def status(pid: int) -> str:
    return Path(f"/proc/{pid}/status").read_text()


def processes(folder: Path) -> set[int]:
    return {pid for pid, command in commands() if str(folder) in command} - {os.getpid()}


def commands() -> Iterator[tuple[int, str]]:
    """Yield the command of each process that lives; of the dead it is empty."""
    for entry in os.listdir("/proc"):  # noqa: PTH208 - this is done after each test: no Path for every process
        if entry.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{entry}/cmdline", errors="replace") as file:
                yield int(entry), file.read()


def until(true: Callable[[], bool]) -> bool:
    """Wait until something holds; False if it does not come to that."""
    deadline = time.monotonic() + LONG_SECONDS
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True


def load(worker: Worker, files: dict[str, str], main: str = "app.py") -> None:
    contents = {name: text.encode() for name, text in files.items()}
    header = {"verb": "load", "main": main, "files": [[name, len(content)] for name, content in contents.items()]}
    worker.send(header, b"".join(contents.values()))


def loaded(worker: Worker, seconds: float = LONG_SECONDS) -> dict[str, Any]:
    """Return what came of loading."""
    return worker.receive(("loaded", "failed"), seconds).header


def send(worker: Worker, path: str = "/", body: bytes = b"", **environ: str) -> None:
    given = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", **environ}
    worker.send({"verb": "request", "environ": given, "probe": None, "body_bytes": LIMITS.body_bytes}, body)


class Answer(NamedTuple):
    header: dict[str, Any]
    body: bytes

    @property
    def text(self) -> str:
        assert self.header["verb"] == "response", self.header
        assert self.header["status"] == "200 OK", self.header
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def ask(worker: Worker, path: str = "/", *, seconds: float = LONG_SECONDS, **environ: str) -> Answer:
    """Send a request and return the answer."""
    send(worker, path, **environ)
    return Answer(*worker.receive(("response", "raised"), seconds))


def asked(worker: Worker) -> Answer:
    """Load and ask once."""
    assert loaded(worker)["verb"] == "loaded"
    return ask(worker)


@pytest.fixture(autouse=True)
def _no_test_hangs() -> Iterator[None]:
    def hung(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError("this test hangs")

    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(HUNG_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def opened(kind: str, folder: Path) -> Iterator[Place]:
    """Provide a launcher whose files are in `folder`."""
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        launcher = Launcher(SPAWNERS[kind]())
    try:
        yield Place(launcher, folder, kind)
    finally:
        launcher.wait()


@pytest.fixture(scope="module", params=SPAWNERS)
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Provide a launcher for many tests; at the end nothing may be left of it."""
    folder = tmp_path_factory.mktemp(request.param)
    with opened(request.param, folder) as place:
        yield place
    assert processes(folder) == set()
    assert list(folder.iterdir()) == []


class Started:
    """Start workers for one test and end them after it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.workers: list[Worker] = []

    def __call__(self, app: str, /, **options: Any) -> Worker:
        self.workers.append(self.place.start(app, **options))
        return self.workers[-1]


@pytest.fixture
def start(shared: Place) -> Iterator[Started]:
    """Return a function that starts a worker with an app; after the test no process of it is left."""
    started = Started(shared)
    yield started
    for worker in started.workers:
        worker.discard()
    at_rest = 0 if shared.kind == "process" else 1  # the zygote
    if at_rest:  # the zygote has buried them before it answers
        assert len(shared.processes()) <= at_rest
    else:
        assert until(lambda: len(shared.processes()) <= at_rest)


# Apps that behave.


def test_an_app_is_loaded_and_answers(start: Started) -> None:
    worker = start(
        """
        count = 0

        @app.post("/page")
        def page():
            global count
            count += 1
            headers = {"X-Given": request.headers["X-Given"], "X-Count": str(count)}
            return request.get_data() + request.query_string, 201, headers
        """
    )
    told = loaded(worker)
    assert (told["verb"], told["name"]) == ("loaded", "app")
    assert ["/page", "page", ["OPTIONS", "POST"]] in told["routes"]
    for count in ("1", "2"):
        body = b"\x00\xff" * 40_000
        environ = {"REQUEST_METHOD": "POST", "QUERY_STRING": "q=1", "HTTP_X_GIVEN": "yes", "CONTENT_LENGTH": "80000"}
        send(worker, "/page", body, **environ)
        answer = Answer(*worker.receive(("response", "raised"), LONG_SECONDS))
        assert answer.header["status"] == "201 CREATED"
        assert answer.body == body + b"q=1"
        assert {tuple(pair) for pair in answer.header["headers"]} >= {("X-Given", "yes"), ("X-Count", count)}
        assert answer.header["seen"]["view"]["name"] == "page"


@by_fork
def test_of_what_was_seen_only_what_there_is_crosses_the_wall(start: Started) -> None:
    worker = start("""
    inside, app.wsgi_app = app.wsgi_app, lambda environ, begin: (
        inside(environ, begin) if environ["PATH_INFO"] == "/" else begin("200 OK", []) and [] or []
    )
    @app.get("/")
    def home():
        return "home"
    """)
    loaded(worker)
    send(worker)
    seen = worker.receive(("response",), LONG_SECONDS).header["seen"]
    assert seen.keys() == {"view", "reached_after"}
    send(worker, "/around")
    # Nothing came to Flask, which is not the same as that nobody looked.
    assert worker.receive(("response",), LONG_SECONDS).header["seen"] == {"reached_after": False}


@by_fork
def test_workers_share_nothing(start: Started) -> None:
    source = """
    import random, secrets, uuid
    count = 0

    @app.get("/")
    def home():
        global count
        count += 1
        open("note.txt", "a").write("x")
        made = [random.random(), random.getrandbits(64), random.Random().random(), uuid.uuid4(), secrets.token_hex()]
        return {"count": count, "note": open("note.txt").read(), "made": made, "shuffled": random.sample(range(99), 9)}
    """
    first, second = start(source), start(source)
    answers = [asked(worker).json for worker in (first, second)]
    assert [answer["count"] for answer in answers] == [1, 1]
    assert [answer["note"] for answer in answers] == ["x", "x"]
    assert not set(answers[0]["made"]) & set(answers[1]["made"])
    assert answers[0]["shuffled"] != answers[1]["shuffled"]
    assert ask(first).json["count"] == 2


def test_what_is_printed_is_kept_for_whoever_asks(start: Started) -> None:
    worker = start(
        """
        import logging
        print("loading, größer")

        @app.get("/<word>")
        def home(word):
            print("out", word)
            print("err", word, file=sys.stderr)
            os.write(1, b"raw \\xff\\n")
            logging.warning("logged")
            sys.stdout.write("no line end")
            return "ok"
        """
    )
    loaded(worker)
    assert worker.output() == "loading, größer\n"
    assert worker.output() == ""
    ask(worker, "/one")
    assert worker.output() == "out one\nerr one\nraw \ufffd\nWARNING:root:logged\nno line end"
    ask(worker, "/two")
    worker.close()
    assert "out two\nerr two" in worker.output(), "what is printed outlives the worker"


@by_fork
def test_long_output_is_shortened_in_the_middle(start: Started) -> None:
    worker = start("print('first' + 'x' * 300_000 + 'last')\n")
    loaded(worker)
    output = worker.output()
    assert output.startswith("firstx")
    assert output.endswith("xlast\n")
    assert len(output) < printed.OUTPUT_CHARS + 100
    assert re.search(r"\n\[\.\.\. 280\d\d\d bytes left out \.\.\.\]\n", output)


@by_fork
def test_nobody_is_told_where_the_files_lie_meanwhile(start: Started) -> None:
    worker = start("print(__file__)\nraise OSError('no ' + __file__)\n")
    error = loaded(worker)["error"]
    assert worker.output() == "app.py\n"
    assert (error["message"], error["words"]) == ("no app.py", "OSError: no app.py")
    assert error["frames"] == [["app.py", LINES + 2, "<module>"]]


@by_fork
def test_output_that_was_cut_off_by_the_app_is_no_trouble(start: Started) -> None:
    worker = start("print('x' * 100)\n@app.get('/')\ndef home():\n    os.ftruncate(1, 10)\n    return 'ok'\n")
    loaded(worker)
    assert len(worker.output()) == 101
    assert ask(worker).text == "ok"
    assert worker.output() == ""


def test_the_surroundings_of_an_app_are_bare(start: Started, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHECKPOINT_SECRET", "secret")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("FLASK_DEBUG", "1")
    worker = start(
        """
        @app.get("/")
        def home():
            try:
                input()
            except EOFError as error:
                asked = type(error).__name__
            try:
                first = open("/proc/self/environ").read()
            except OSError:
                first = ""
            return {
                "environ": dict(os.environ), "first": first, "cwd": os.getcwd(),
                "file": __file__, "name": __name__, "stdin": sys.stdin.read(), "asked": asked, "argv": sys.argv,
                "path": sys.path, "home": os.path.expanduser("~"), "debug": app.debug, "path0": sys.path[0],
                "descriptors": [fd for fd in range(999) if kind(fd)],
                "sockets": sum(kind(fd) == stat.S_IFSOCK for fd in range(999)),
            }
        """
    )
    told = asked(worker).json
    allowed = {
        "FLASK_RUN_FROM_CLI", "PATH", "LANG", "LC_CTYPE", "TZ", "HOME", "TMPDIR", "TEMP", "TMP", "USER", "LOGNAME",
        "USERNAME", "MALLOC_ARENA_MAX", "LD_LIBRARY_PATH",
    }  # fmt: skip
    assert set(told["environ"]) <= allowed
    assert "secret" not in told["first"]
    assert (told["stdin"], told["asked"], told["debug"], told["argv"]) == ("", "EOFError", False, ["app.py"])
    assert told["cwd"] == told["path0"] == str(Path(told["file"]).parent)
    assert told["name"] == "app"
    for own in (told["cwd"], told["home"], told["environ"]["TMPDIR"]):
        assert Path(own).is_relative_to(start.place.folder)
    source = str(Path(spawn.__file__).parents[2])
    assert source not in told["path"]
    assert "" not in told["path"]
    assert str(tmp_path) not in told["path"]
    assert told["sockets"] == 1
    assert len(told["descriptors"]) <= 4


@pytest.mark.parametrize("kind", SPAWNERS)
def test_an_app_does_not_read_what_is_meant_for_the_judge(kind: str, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"typed")
    before = os.dup(0)
    os.dup2(reading, 0)
    try:
        with opened(kind, tmp_path / "work") as place:
            worker = place.start("read = sys.stdin.read()\napp.get('/')(lambda: repr(read))\n")
            assert asked(worker).text == "''"
            worker.discard()
    finally:
        os.dup2(before, 0)
        for descriptor in (reading, writing, before):
            os.close(descriptor)


@by_fork
def test_what_an_app_writes_changes_nothing_elsewhere(start: Started, tmp_path: Path) -> None:
    original = tmp_path / "app.py"
    original.write_text("untouched")
    source = """
    import tempfile, pathlib, shutil
    mine = pathlib.Path("app.py").read_text()
    pathlib.Path("app.py").write_text("changed")
    (pathlib.Path(tempfile.mkdtemp()) / "x").write_text("x")
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(b"x")
    pathlib.Path("~/x").expanduser().write_text("x")
    shutil.rmtree("templates")

    @app.get("/")
    def home():
        return {"mine": mine, "made": [tempfile.mkdtemp(), file.name, os.path.expanduser("~/x")]}
    """
    files = {"templates/page.html": "page", "app.py": HEAD + dedent(source)}
    for _again in range(2):
        worker = start.place.launcher.worker(LIMITS)
        start.workers.append(worker)
        load(worker, files)
        told = asked(worker).json
        assert told["mine"] == files["app.py"], "each worker has a copy of its own"
        assert all(Path(made).is_relative_to(start.place.folder) for made in told["made"])
    assert original.read_text() == "untouched"


@by_fork
def test_a_server_that_is_started_by_the_import_is_ignored(start: Started) -> None:
    worker = start("app.get('/')(lambda: 'home')\napp.run(port=1)\n")
    assert asked(worker).text == "home"
    assert "app.run()" in worker.output()


NAMES = (
    "wire",
    "probe",
    "checkpoint",
    "inside",
    "facts",
    "launch",
    "exchange",
    "likeness",
    "zygote",
    "fresh",
    "worker",
)


def test_modules_of_the_learners_may_be_called_as_ours_are(start: Started) -> None:
    app = "".join(f"import {name}\n" for name in NAMES)
    app += f"app.get('/')(lambda: [m.WHOSE for m in ({', '.join(NAMES)})])\n"
    worker = start(app, **{name: f"WHOSE = 'mine: {name}'" for name in NAMES})
    assert asked(worker).json == [f"mine: {name}" for name in NAMES]
    header = {"verb": "request", "environ": {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, "body_bytes": 1000}
    worker.send({**header, "probe": {"header": "X", "overtake": True, "exchange": "g", "seed": 1, "turn": 0}})
    assert worker.receive(("response",), LONG_SECONDS).header["status"] == "200 OK"


def test_files_called_as_packages_are_do_no_harm(start: Started) -> None:
    names = (
        "flask",
        "werkzeug",
        "jinja2",
        "json",
        "socket",
        "struct",
        "resource",
        "traceback",
        "site",
        "sitecustomize",
    )
    bad = dict.fromkeys(names, "import os\nos._exit(9)")
    for files in (bad, {}) if start.place.kind != "process" else (bad,):
        worker = start("app.get('/')(lambda: 'home')\n", **files)
        assert asked(worker).text == "home"


@by_fork
def test_an_app_may_have_any_name_and_lie_in_a_folder(start: Started) -> None:
    for main in ("sub/other_name.py", "flask.py", "not an identifier.py"):
        worker = start.place.launcher.worker(LIMITS)
        start.workers.append(worker)
        load(worker, {main: HEAD + "import beside\napp.get('/')(lambda: beside.X)\n"} | {
            str(Path(main).parent / "beside.py"): "X = 'beside'"
        }, main)  # fmt: skip
        assert asked(worker).text == "beside"


@by_fork
def test_sources_are_read_without_being_run(start: Started) -> None:
    worker = start.place.launcher.worker(LIMITS)
    start.workers.append(worker)
    content = b"import os\nos._exit(3)\n"
    worker.send({"verb": "facts", "main": "app.py", "files": [["app.py", len(content)]]}, content)
    assert "_exit" in worker.receive(("facts",), LONG_SECONDS).header["facts"]["mentions"]
    send(worker)
    assert worker.receive(("raised",), LONG_SECONDS).header["error"] is None, "there is no app"


# Errors that a worker survives.


@by_fork
@pytest.mark.parametrize(
    "app, kind",
    [
        ("sys.exit(3)", "SystemExit"),
        ("exit()", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("x = bytearray(1 << 40)", "MemoryError"),
        ("def f(): f()\nf()", "RecursionError"),
        ("import nothing_of_that_name", "ModuleNotFoundError"),
        ("(", "SyntaxError"),
        ("del app", "NoApp"),
        ("app = 5", "NoApp"),
        ("class E(BaseException): pass\nraise E", "E"),
        ("raise BaseExceptionGroup('g', [SystemExit()])", "BaseExceptionGroup"),
        ("class E(Exception):\n    def __str__(self): raise SystemExit\nraise E", "E"),
        ("class E(Exception):\n    lineno = property(lambda self: 1 / 0)\nraise E", "E"),
        ("class T(str):\n    def replace(self, *_): os._exit(1)\n    __getitem__ = replace\n"
         "class E(Exception):\n    def __str__(self): return T('x')\nraise E", "E"),
        ("raise SyntaxError('x', ('app.py', object(), 10 ** 9999, 5))", "SyntaxError"),
        ("raise ModuleNotFoundError('x', name=5)", "ModuleNotFoundError"),
        ("raise ValueError('x' * 10_000_000)", "ValueError"),
        ("raise ValueError('\\ud800\\x00\\x1b[31m')", "ValueError"),
        ("app.url_map = None", "AttributeError"),
    ],
    ids=lambda value: value[:30],
)  # fmt: skip
def test_an_app_that_cannot_be_loaded_says_why(app: str, kind: str, start: Started) -> None:
    told = loaded(start(app))
    assert (told["verb"], told["error"]["type"]) == ("failed", kind)


@by_fork
@pytest.mark.parametrize(
    "view, kind",
    [
        ("sys.exit(3)", "SystemExit"),
        ("quit()", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("app.wsgi_app = None", None),
        ("return app.response_class(x for x in iter(int, 1))", "TypeError"),
    ],
)
def test_an_exception_that_leaves_the_app_is_told(view: str, kind: str | None, start: Started) -> None:
    worker = start(
        f"@app.get('/')\ndef home():\n    {view}\n    return 'ok'\n@app.get('/again')\ndef again(): return 'again'\n"
    )
    loaded(worker)
    answer = ask(worker)
    if kind is None:
        assert answer.text == "ok"
        assert ask(worker).header["error"]["type"] == "TypeError"
        return
    assert (answer.header["verb"], answer.header["error"]["type"]) == ("raised", kind)
    assert ask(worker, "/again").text == "again"


@by_fork
def test_a_memory_hog_gets_an_error_and_lives_on(start: Started) -> None:
    worker = start(
        """
        @app.get("/")
        def home():
            kept = []
            while True:
                kept.append(bytearray(1 << 24))

        @app.get("/again")
        def again():
            return "again"
        """,
        limits=Limits(memory_mib=256),
    )
    answer = asked(worker)
    assert answer.header["status"] == "500 INTERNAL SERVER ERROR"
    assert answer.header["seen"]["error"]["type"] == "MemoryError"
    assert ask(worker, "/again").text == "again"


@by_fork
@pytest.mark.parametrize(
    "view, size",
    [
        ("return Response('x' * 1000 for _ in iter(int, 1))", LIMITS.body_bytes + 1),
        ("return 'x' * (5 << 20)", LIMITS.body_bytes + 1),
        ("return b'x' * (1 << 20)", LIMITS.body_bytes),
    ],
)
def test_a_body_without_end_is_cut_off(view: str, size: int, start: Started) -> None:
    worker = start(f"@app.get('/')\ndef home():\n    {view}\n")
    assert len(asked(worker).text) == size
    assert len(ask(worker).text) == size


@by_fork
def test_an_app_that_is_no_wsgi_app_is_told(start: Started) -> None:
    worker = start("app.wsgi_app = lambda environ, start_response: [b'x']\n")
    answer = asked(worker)
    assert answer.header["verb"] == "raised"
    assert "start_response" in answer.header["error"]["message"]


# Ways to die.


def view(body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    return f"@app.get('/')\ndef home():\n{lines}    return 'answered'\n"


_MINE = "[fd for fd in range(3, 99) if kind(fd) == stat.S_IFSOCK]"
_OPEN = "[fd for fd in range(3, 99) if kind(fd)]"


def frame(header: str) -> str:
    """Return an app that sends a frame of its own; `header` is an expression."""
    write = "os.write(fd, len(x).to_bytes(4, 'big') + bytes(4) + x)"
    return view(f"x = {header}\nfor fd in {_MINE}: {write}")


ANY_END = "exited|crashed|timed_out"

# name: (app, seconds that it has, causes, words)
ENDS: dict[str, tuple[str, float | None, str, str]] = {
    "hang at load": ("while True: pass", 0.5, "timed_out", "within 0.5 s"),
    "hang in view": (view("while True: pass"), 0.3, "timed_out", "within 0.3 s"),
    "sleep in view": (view("time.sleep(600)"), 0.3, "timed_out", "within 0.3 s"),
    "hang in C": (view("'x' * 60 in [] or __import__('re').match('(a+)+b', 'a' * 60)"), 0.3, "timed_out", ""),
    "stops itself": (view("os.kill(os.getpid(), signal.SIGSTOP)"), 0.3, "timed_out", ""),
    "deaf to all signals": (
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n" + view("time.sleep(600)"), 0.3, "timed_out", "",
    ),
    "os._exit at import": ("os._exit(0)", None, "exited", "exit code 0"),
    "os._exit in view": (view("os._exit(3)"), None, "exited", "exit code 3"),
    "segfault at import": ("ctypes.string_at(0)", None, "crashed", "segmentation fault"),
    "segfault in view": (view("ctypes.string_at(0)"), None, "crashed", "segmentation fault"),
    "abort": (view("os.abort()"), None, "crashed", "abort"),
    "SIGTERM": (view("os.kill(os.getpid(), signal.SIGTERM)"), None, "crashed", "SIGTERM"),
    "SIGKILL": (view("os.kill(os.getpid(), signal.SIGKILL)"), None, "out_of_memory", "killed"),
    "kills all around it": (view("os.killpg(0, signal.SIGKILL)"), None, "out_of_memory", "killed"),
    "SIGUSR2": (view("os.kill(os.getpid(), signal.SIGUSR2)"), None, "crashed", "USR2"),
    "real-time signal": (view("os.kill(os.getpid(), 40)"), None, "crashed", "40"),
    "prints without end": (view("while True: print('x' * 500)"), None, "too_much_output", "more than 1 MiB"),
    "prints without end at load": ("while True: print('x' * 500)", None, "too_much_output", "more than 1 MiB"),
    "writes without end": (view("while True: os.write(2, b'x' * 5000)"), None, "too_much_output", "more than 1 MiB"),
    "much and then an answer": (view("print('x' * (3 << 20))"), None, "too_much_output", "more than 1 MiB"),
    "much and then death": (view("print('x' * (3 << 20))\nos._exit(1)"), None, "too_much_output", "more than 1 MiB"),
    "a hole in the output": (view("os.lseek(1, 5 << 20, 0); print('x')"), None, "too_much_output", "more than 1 MiB"),
    "output made to slow its reader down": (
        view("while True: os.write(1, b'File \"' * 100_000)"), None, "too_much_output", "",
    ),
    "frames in the output": (
        view("while True: os.write(1, b'File \"/submission/a.py\", line 1\\n' * 10_000)"), None, "too_much_output", "",
    ),
    "closes all": (view("os.closerange(3, 256)"), None, "exited|crashed", ""),
    "closes all and leaves": (
        view("os.closerange(3, 256); time.sleep(0.05); os._exit(4)"), None, "exited", "exit code 4",
    ),
    "closes all and hangs": (view("os.closerange(3, 256); time.sleep(600)"), None, "crashed", "closed its connection"),
    "puts a file in the socket's place": (
        view(f"null = os.open('/dev/null', os.O_RDWR)\nfor fd in {_OPEN}: os.dup2(null, fd)"), None, ANY_END, "",
    ),
    "puts another socket in its place": (
        view(f"a, b = socket.socketpair()\nfor fd in {_OPEN}: os.dup2(a.fileno(), fd)"), 0.3, ANY_END, "",
    ),
    "garbage to the socket": (view(f"for fd in {_MINE}: os.write(fd, b'garbage' * 99)"), None, "crashed", "no answer"),
    "a frame that is no JSON": (
        frame("b'nonsense'"), None, "crashed", "seal|no answer",
    ),
    "a frame of another kind": (
        frame("""b'{"verb": "locked"}'"""), None, "crashed", "no answer",
    ),
    "a frame without a verb": (frame("b'{}'"), None, "crashed", "no answer"),
    "a verb that is no text": (
        frame("""b'{"verb": [{}]}'"""), None, "crashed", "no answer",
    ),
    "half a frame": (
        view(f"for fd in {_MINE}: os.write(fd, bytes([0, 0, 9, 0, 0, 0, 0, 0]) + b'{{')\ntime.sleep(600)"),
        0.3, "timed_out", "",
    ),
    "a frame too deep": (
        frame("""b'{"verb":' + b'[' * 90_000"""), None, "crashed", "no answer",
    ),
    "a number too large": (
        frame("""b'{"verb":' + b'9' * 9_000 + b'}'"""),
        None, "crashed", "no answer",
    ),
    "dead, and its child holds the socket": (
        view("if fork(): os._exit(5)\ntime.sleep(600)"), 0.3, "timed_out|exited", "",
    ),
    "many children": (
        view("for _ in range(20):\n    if not fork(): time.sleep(600)\ntime.sleep(600)"), 0.5, "timed_out", "",
    ),
}  # fmt: skip
ALSO_FRESH = (
    "hang at load", "os._exit in view", "segfault in view", "SIGKILL", "writes without end", "closes all",
)  # fmt: skip


# What a lock-down refuses is an error in the app, and no end.
REFUSED = (
    "stops itself", "SIGTERM", "SIGKILL", "kills all around it", "SIGUSR2", "real-time signal", "abort",
    "dead, and its child holds the socket", "many children",
)  # fmt: skip


@pytest.mark.parametrize(
    "shared, name",
    [
        *(("fork", name) for name in ENDS),
        *(("locked", name) for name in ENDS if name not in REFUSED),
        *(("process", name) for name in ALSO_FRESH),
    ],
    indirect=["shared"],
)
def test_an_end_has_its_cause(name: str, start: Started) -> None:
    app, seconds, causes, words = ENDS[name]
    worker = start(app)
    with pytest.raises(WorkerEnded) as caught:  # noqa: PT012 - it may end while it is loaded or later
        told = loaded(worker, seconds if "load" in name and seconds else LONG_SECONDS)
        assert told["verb"] == "loaded", told
        ask(worker, seconds=seconds or LONG_SECONDS)
    assert caught.value.cause in causes.split("|"), caught.value
    assert re.search(words, caught.value.detail), caught.value
    assert worker.closed
    assert len(worker.output()) < printed.OUTPUT_CHARS + 100
    with pytest.raises(WorkerEnded):
        ask(worker, seconds=0.1)


def test_it_is_told_where_an_app_hangs(start: Started) -> None:
    worker = start("@app.get('/')\ndef home():\n    print('before')\n    helper.wait()\n" + "import helper\n",
                   helper="import time\n\ndef wait():\n    time.sleep(600)\n")  # fmt: skip
    loaded(worker)
    with pytest.raises(WorkerEnded) as caught:
        ask(worker, seconds=0.3)
    assert caught.value.stuck_at == (("helper.py", 4), ("app.py", LINES + 4))
    assert worker.output() == "before\n", "what was found out in this way is nothing that the app printed"


@by_fork
def test_a_flood_is_seen_though_the_answer_is_there_already(start: Started) -> None:
    worker = start(view("print('x' * (3 << 20))"))
    loaded(worker)
    send(worker)
    assert select.select([worker._sock], [], [], LONG_SECONDS)[0]
    with pytest.raises(WorkerEnded) as caught:
        worker.receive(("response",), LONG_SECONDS)
    assert caught.value.cause == "too_much_output"


@by_fork
def test_who_does_not_read_keeps_nobody_waiting(start: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = start("app.get('/')(lambda: str(os.getpid()))\n")
    os.kill(int(asked(worker).text), signal.SIGSTOP)
    monkeypatch.setattr(launch, "OURS_SECONDS", 0.3)
    with pytest.raises(WorkerEnded) as caught:
        send(worker, "/", bytes(16 << 20))
    assert caught.value.cause == "timed_out"
    assert worker.closed


@by_fork
def test_who_asks_on_after_an_end_hears_how_it_came_to_it(start: Started) -> None:
    worker = start(view("os._exit(3)"))
    loaded(worker)
    send(worker)
    assert select.select([worker._sock], [], [], LONG_SECONDS)[0]  # it has closed the connection
    send(worker)
    with pytest.raises(WorkerEnded) as caught:
        worker.receive(("response",), LONG_SECONDS)
    assert caught.value.cause == "exited"


@by_fork
def test_what_was_answered_before_an_end_is_still_read(start: Started) -> None:
    worker = start("app.get('/')(lambda: str(os.getpid()))\napp.add_url_rule('/end', 'end', lambda: os._exit(3))\n")
    pid = asked(worker).text
    send(worker)
    assert select.select([worker._sock], [], [], LONG_SECONDS)[0]  # its answer is there
    send(worker, "/end")
    assert until(lambda: "\nState:\tZ" in status(int(pid)))
    send(worker)
    assert worker.receive(("response",), LONG_SECONDS).body == pid.encode()
    with pytest.raises(WorkerEnded) as caught:
        worker.receive(("response",), LONG_SECONDS)
    assert caught.value.cause == "exited"


@by_fork
def test_who_was_ended_for_not_reading_is_said_to_have_been(start: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = start("app.get('/')(lambda: str(os.getpid()))\n")
    os.kill(int(asked(worker).text), signal.SIGSTOP)
    monkeypatch.setattr(launch, "OURS_SECONDS", 0.3)
    with contextlib.suppress(WorkerEnded):  # as somebody does who reads the answer later
        send(worker, "/", bytes(16 << 20))
    with pytest.raises(WorkerEnded) as caught:
        worker.receive(("response",), LONG_SECONDS)
    assert caught.value.cause == "timed_out"


@by_fork
def test_an_answer_that_comes_byte_by_byte_does_not_come_in_time(start: Started) -> None:
    worker = start("app.get('/')(lambda: '')\n")
    assert asked(worker).text == ""
    send(worker)
    near, far = socket.socketpair()
    near.settimeout(launch.POLL_SECONDS)
    far.send(wire.LENGTHS.pack(100_000, 0))
    worker._sock.close()
    worker._sock = near
    ended = threading.Event()

    def drip() -> None:
        with contextlib.suppress(OSError):
            while not ended.wait(0.005):
                far.send(b"\0")

    dripping = threading.Thread(target=drip)
    dripping.start()
    with far:
        try:
            with pytest.raises(WorkerEnded) as caught:
                worker.receive(("response",), 0.3)
        finally:
            ended.set()
            dripping.join()
    assert caught.value.cause == "timed_out"


@by_fork
def test_after_an_end_the_next_worker_is_as_good_as_new(start: Started) -> None:
    with pytest.raises(WorkerEnded):
        loaded(start("os._exit(1)"))
    assert asked(start("app.get('/')(lambda: 'home')\n")).text == "home"


@by_fork
def test_an_app_that_leaves_no_memory_to_answer_with_is_told_as_that(start: Started) -> None:
    # Not every time does our own code run out of it, too; this is how it ends when it does.
    worker = start(f"@app.get('/')\ndef home():\n    os._exit({wire.NO_MEMORY})\n")
    with pytest.raises(WorkerEnded) as caught:
        asked(worker)
    assert caught.value.cause == "out_of_memory"
    assert "no memory left" in caught.value.detail


# What outlives its worker: nothing.


@pytest.mark.parametrize("shared", ["fork", "process"], indirect=True)
def test_a_child_that_goes_on_ends_with_its_worker(start: Started) -> None:
    worker = start("@app.get('/')\ndef home():\n    if not fork(): time.sleep(600)\n    return 'ok'\n")
    assert asked(worker).text == "ok"
    worker.close()
    at_rest = 1 if start.place.kind == "fork" else 0
    assert until(lambda: len(start.place.processes()) == at_rest)


@by_fork
def test_a_child_that_answers_too_does_no_harm(start: Started) -> None:
    worker = start("@app.get('/')\ndef home():\n    fork()\n    return 'ok'\n")
    assert asked(worker).text == "ok"
    worker.close()


DAEMON = """
    @app.get("/")
    def home():
        if not fork():
            os.setsid()
            if not fork():
                os.setsid()
                if {kept}:
                    os.closerange(3, 99)
                arguments = (ctypes.c_char_p * 3)(b"sleep", b"{seconds}", None)
                ctypes.CDLL(None).execv(b"/bin/sleep", arguments)
            os._exit(0)
        return "ok"

    @app.get("/end")
    def end():
        {end}
"""


@by_fork
@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("ending", ["close", "timeout", "death"])
def test_a_daemon_ends_with_its_worker(kept: bool, ending: str, start: Started) -> None:
    """Not so with FreshProcesses: nothing but a reaper finds who has left its session."""
    seconds = f"60{os.getpid()}.{int(kept)}{len(ending)}"

    def sleeping() -> bool:
        return any(f"\0{seconds}\0" in command for _pid, command in commands())

    end = "os._exit(1)" if ending == "death" else "time.sleep(600)"
    worker = start(DAEMON.format(kept=kept, seconds=seconds, end=end))
    assert asked(worker).text == "ok"
    assert until(sleeping)
    if ending != "close":
        with pytest.raises(WorkerEnded):
            ask(worker, "/end", seconds=0.3)
    worker.discard()
    assert not sleeping()


@by_fork
def test_living_workers_stay_when_another_is_buried(start: Started) -> None:
    first = start("app.get('/')(lambda: 'first')\n")
    assert asked(first).text == "first"
    second = start(view("if not fork(): time.sleep(600)\nos._exit(1)"))
    loaded(second)
    with pytest.raises(WorkerEnded):
        ask(second, seconds=0.3)
    assert ask(first).text == "first"


@pytest.mark.parametrize("kind, count", [("locked", 50), ("fork", 50), ("process", 3)])
def test_workers_leave_no_descriptor_open_and_no_file(kind: str, count: int, tmp_path: Path) -> None:
    def open_files(process: object) -> int:
        return len(list(Path(f"/proc/{process}/fd").iterdir()))

    apps = [("app.get('/')(lambda: 'home')\n", "ok"), ("os._exit(1)", "ended"), (view("time.sleep(99)"), "hangs")]
    before = open_files("self")
    with opened(kind, tmp_path / "work") as place:
        place.start(apps[0][0]).discard()
        here, there = open_files("self"), [open_files(number) for number in place.processes()]
        for number in range(count):
            app, what = apps[number % 5 if number % 5 < 3 else 0]
            worker = place.start(app)
            with contextlib.nullcontext() if what == "ok" else pytest.raises(WorkerEnded):
                loaded(worker)
                ask(worker, seconds=0.02 if what == "hangs" else LONG_SECONDS)
            worker.discard()
            worker.discard()  # once more does no harm
        assert open_files("self") == here
        assert [open_files(number) for number in place.processes()] == there
    assert open_files("self") == before
    assert processes(tmp_path) == set()
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize("kind", SPAWNERS)
def test_workers_that_nobody_ended_end_with_their_launcher(kind: str, tmp_path: Path) -> None:
    with opened(kind, tmp_path / "work") as place:
        workers = [place.start(view("time.sleep(600)")) for _ in range(2)]
        for worker in workers:
            loaded(worker)
        send(workers[0])
    assert processes(tmp_path) == set()
    assert list((tmp_path / "work").iterdir()) == []
    for worker in workers:
        worker._sock.close()
        worker._printed.close()


# Faults of ours are no faults of the submission's.


def test_a_zygote_that_dies_is_our_fault_and_takes_its_workers_along(tmp_path: Path) -> None:
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    with opened("fork", tmp_path / "work") as place:
        hanging, idle = place.start(view("time.sleep(600)")), place.start("app.get('/')(lambda: 'home')\n")
        loaded(hanging)
        loaded(idle)
        send(hanging)
        zygote = place.zygote()
        assert len(place.processes()) == 3
        os.kill(zygote, signal.SIGKILL)
        with pytest.raises(GradingError):
            hanging.receive(("response",), LONG_SECONDS)
        with pytest.raises(GradingError):
            ask(idle)
        with pytest.raises(GradingError):
            place.launcher.worker(LIMITS)
        assert until(lambda: not place.processes() - {zygote})
        for worker in (hanging, idle):
            with contextlib.suppress(GradingError):
                worker.discard()
    assert list((tmp_path / "work").iterdir()) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors


def test_ending_a_worker_of_a_dead_zygote_leaks_nothing(tmp_path: Path) -> None:
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    with opened("fork", tmp_path / "work") as place:
        worker = place.start("app.get('/')(lambda: 'home')\n")
        loaded(worker)
        zygote = place.zygote()
        os.kill(zygote, signal.SIGKILL)
        with pytest.raises(GradingError):
            worker.discard()
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors


@pytest.mark.parametrize("kind", SPAWNERS)
def test_a_worker_that_does_not_come_up_is_our_fault(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(kind, tmp_path / "work") as place:
        with monkeypatch.context() as patch:
            patch.setattr(launch.secrets, "token_hex", lambda _bytes: "no/such/folder")
            worker = place.launcher.worker(LIMITS)
        with pytest.raises(GradingError, match=r"did not come up: FileNotFoundError: .*no/such/folder") as caught:
            loaded(worker)
        assert "not the submission's fault" in str(caught.value)
        worker.discard()
        after = place.start("app.get('/')(lambda: 'home')\n")
        assert asked(after).text == "home", "the next one comes up as ever"
        after.discard()


@pytest.mark.parametrize("kind", SPAWNERS)
def test_a_python_that_cannot_be_started_is_our_fault(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spawn.sys, "executable", str(tmp_path / "nowhere"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if kind == "process":
        monkeypatch.delattr(os, "fork")
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(GradingError, match="could not be started"):  # noqa: PT012 - at once or with the first worker
        launcher = launch.start()
        try:
            launcher.worker(LIMITS)
        finally:
            launcher.wait()
    assert list(tmp_path.iterdir()) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors


JUDGE = """
import sys, time
from checkpoint.model import Limits
from checkpoint.worker.launch import Launcher
from checkpoint.worker.spawn import Zygote

launcher = Launcher(Zygote(without=frozenset(sys.argv[1:])))
source = sys.stdin.read().encode()
workers = [launcher.worker(Limits()) for _ in range(3)]
for worker in workers[:2]:
    worker.send({"verb": "load", "main": "app.py", "files": [["app.py", len(source)]]}, source)
    assert worker.receive(("loaded",), 60).header["verb"] == "loaded"
environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": ""}
workers[0].send({"verb": "request", "environ": environ, "probe": None, "body_bytes": 99})
while "forked" not in workers[0].output():
    time.sleep(0.005)
print("ready", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("without, living", [(UNLOCKED, 5), ((), 4)], ids=["fork", "locked"])
def test_a_judge_that_is_killed_leaves_nothing_behind(without: Iterable[str], living: int, tmp_path: Path) -> None:
    """A child of an app's own counts where it can have one."""
    app = HEAD + view("if fork() == 0: os.setsid()\nprint('forked', flush=True)\nwhile True: pass")
    judge = subprocess.Popen(
        [sys.executable, "-c", JUDGE, *without], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    with judge:
        assert judge.stdin is not None
        assert judge.stdout is not None
        judge.stdin.write(app)
        judge.stdin.close()
        assert judge.stdout.readline() == "ready\n"
        assert len(processes(tmp_path)) == living, "zygote, three workers, one child"
        judge.send_signal(signal.SIGKILL)
        judge.wait()
    assert until(lambda: not processes(tmp_path))
    assert until(lambda: not list(tmp_path.iterdir()))


def test_the_best_way_to_start_workers_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    launcher = launch.start()
    try:
        worker = launcher.worker(LIMITS)
        load(worker, {"app.py": HEAD + "app.get('/')(lambda: 'home')\n"})
        assert asked(worker).text == "home"
        worker.discard()
    finally:
        launcher.close()
        launcher.wait()
    assert not list(tmp_path.iterdir())
