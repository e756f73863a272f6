"""What honest apps need of Python and of the machine works in a worker, however well it is locked down.

`samples/honest` has whole apps, graded at the best level that this machine has; here the same needs are asked for at
every level, by another user, and by submissions that are folders.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.judge.session import Options, judge
from checkpoint.model import Limits
from checkpoint.worker import launch
from checkpoint.worker.lockdown import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.worker.launch import Launcher

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing is locked down")

ROOT = Path(__file__).parents[2]
HONEST = ROOT / "tests" / "samples" / "honest"
LIMITS = Limits(load_seconds=30, request_seconds=30)
SETUPS = {
    "best": frozenset[str](),
    "without a private root": frozenset({"root"}),
    "without Landlock": frozenset({"landlock"}),
    "with seccomp alone": frozenset({"root", "landlock"}),
    "with nothing": frozenset({"root", "landlock", "seccomp"}),
}
# Those that ask most of the machine.
SAMPLES = (
    "about_this_machine", "async_loop_in_thread", "file_shutil", "optional_network", "run_with_reloader",
    "sqlite_wal_flaskr", "static_and_templates", "uploads",
)  # fmt: skip
# Lines of an app that must not fail, by name. Each runs in a folder of its own.
NEEDS = """
append to a file: open("a.log", "a").write("x")
touch: Path("a").touch(); Path("a").touch(); assert Path("a").exists()
touch in a folder: Path("b").mkdir(); Path("b", "a").touch(exist_ok=False)
times: Path("a").touch(); os.utime("a", (1, 1)); os.utime("a", ns=(1, 1))
modes: Path("a").touch(mode=0o600); os.chmod("a", 0o644); Path("a").chmod(0o600); os.umask(0o22)
owner: Path("a").touch(); shutil.chown("a", os.getuid())
copy: Path("a").touch(); shutil.copy2("a", "b"); shutil.copymode("a", "b"); shutil.copystat("a", "b")
trees: os.makedirs("a/b"); Path("a/b/c").touch(); shutil.copytree("a", "d"); shutil.rmtree("d")
move: os.makedirs("a/b"); shutil.move("a", "e"); os.removedirs("e/b")
rename: Path("a").touch(); os.rename("a", "b"); os.replace("b", "c"); assert os.listdir() == ["c"]
truncate: Path("a").write_text("abc"); open("a", "r+").truncate(1); assert Path("a").read_text() == "a"
symbolic link: Path("a").touch(); os.symlink("a", "b"); assert os.readlink("b") == "a"
pack: shutil.make_archive("x", "gztar", app.root_path, "static"); shutil.unpack_archive("x.tar.gz", "y")
temporary file: f = tempfile.NamedTemporaryFile(); f.write(b"x"); f.close()
temporary folder: tempfile.mkdtemp(); tempfile.mkstemp(); tempfile.TemporaryDirectory().cleanup()
nameless file: f = tempfile.TemporaryFile(); f.write(b"x"); f.close()
home: assert Path.home().is_dir(); (Path.home() / ".app").mkdir(); (Path.home() / ".app").rmdir()
instance folder: os.makedirs(app.instance_path, exist_ok=True); open(app.instance_path + "/x", "w").close()
sqlite: d = sqlite3.connect("a.db"); d.execute("create table t (x)"); d.commit(); d.execute("vacuum"); d.close()
sqlite wal: d = sqlite3.connect("w.db"); assert d.execute("pragma journal_mode=wal").fetchone() == ("wal",)
locks of files: f = open("a", "w"); fcntl.flock(f, fcntl.LOCK_EX); fcntl.lockf(f, fcntl.LOCK_EX)
map: f = open("a", "w+b"); f.write(bytes(99)); f.flush(); m = mmap.mmap(f.fileno(), 99); m[0] = 1; m.flush()
pipe: r, w = os.pipe(); os.write(w, b"x"); assert os.read(r, 1) == b"x"
free space: assert shutil.disk_usage(".").free > 0; os.statvfs(".")
log: h = RotatingFileHandler("a", maxBytes=9, backupCount=1); h.emit(LINE); h.emit(LINE); assert Path("a.1").exists()
thread: t = threading.Thread(target=print); t.start(); t.join()
threads: b = threading.Barrier(9); [threading.Thread(target=b.wait).start() for _ in range(8)]; b.wait(20)
large stack: threading.stack_size(1 << 24); t = threading.Thread(target=print); threading.stack_size(0); t.start()
pool: assert list(ThreadPoolExecutor(4).map(abs, [-1, 2])) == [1, 2]
event loop: assert asyncio.run(asyncio.to_thread(abs, -1)) == 1
sleep: time.sleep(0.001); asyncio.run(asyncio.sleep(0.001)); threading.Event().wait(0.001)
alarm: signal.signal(signal.SIGALRM, lambda *_: None); signal.setitimer(signal.ITIMER_REAL, 0.001); time.sleep(0.01)
handlers: [signal.signal(s, signal.SIG_DFL) for s in (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR2)]
random: secrets.token_hex(); random.SystemRandom().random(); uuid.uuid4(); uuid.uuid1(); os.urandom(9)
random device: open("/dev/urandom", "rb").read(4)
null device: open(os.devnull, "w").write("x"); open(os.devnull).read()
hashes: hashlib.scrypt(b"x", salt=b"y", n=1024, r=8, p=1); check_password_hash(generate_password_hash("x"), "x")
ssl: ssl.create_default_context()
zones: assert ZoneInfo("Europe/Berlin").utcoffset(datetime(2024, 7, 1)).seconds == 7200
local zone: os.environ["TZ"] = "Asia/Tokyo"; time.tzset(); assert time.timezone == -32400
locale: locale.setlocale(locale.LC_ALL, ""); locale.setlocale(locale.LC_ALL, "C.UTF-8")
machine: platform.platform(); platform.processor(); platform.node(); socket.gethostname(); socket.getfqdn()
processors: assert os.cpu_count() and multiprocessing.cpu_count() and os.sched_getaffinity(0); os.getloadavg()
process: os.getpid(); os.getppid(); os.getpgrp(); os.times(); time.process_time(); time.thread_time()
limits: resource.getrlimit(resource.RLIMIT_AS); resource.getrusage(resource.RUSAGE_SELF)
measuring: tracemalloc.start(); tracemalloc.stop(); p = cProfile.Profile(); p.enable(); p.disable()
codecs: [b"x".decode(encoding) for encoding in ("cp1252", "shift_jis", "idna", "gb18030")]
types of files: assert mimetypes.guess_type("a.css")[0] == "text/css"
what is installed: assert metadata.version("flask")
own modules: Path("made_here.py").write_text("x = 1"); sys.path.insert(0, os.getcwd()); import made_here
no program: with suppress(FileNotFoundError, subprocess.CalledProcessError): subprocess.check_output(["git", "log"])
no browser: assert webbrowser.open("http://localhost:5000/") is False
no name: with suppress(socket.gaierror): socket.gethostbyname("example.com")
no server: with suppress(urllib.error.URLError): urllib.request.urlopen("http://localhost:9/")
no terminal: assert not sys.stdin.isatty() and sys.stdin.read() == ""; shutil.get_terminal_size()
static file: assert app.test_client().get("/static/a.txt").data == b"static"
upload: assert app.test_client().post("/", data={"f": (io.BytesIO(bytes(900_000)), "a")}).data == b"900000"
"""
HEAD = """
import asyncio, cProfile, fcntl, hashlib, io, json, locale, logging, mimetypes, mmap, multiprocessing, os, platform
import random, resource, secrets, shutil, signal, socket, sqlite3, ssl, subprocess, sys, tempfile, threading, time
import traceback, tracemalloc, urllib.error, urllib.request, uuid, webbrowser
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from importlib import metadata
from logging.handlers import RotatingFileHandler
from pathlib import Path
from zoneinfo import ZoneInfo
from flask import Flask, request
from werkzeug.security import check_password_hash, generate_password_hash
app = Flask(__name__)
here = os.getcwd()
LINE = logging.makeLogRecord({"msg": "a long line"})
@app.post("/")
def upload():
    request.files["f"].save("upload.bin")
    return str(os.path.getsize("upload.bin"))
failed = {}
def attempt(name, need):
    os.makedirs(os.path.join(here, "in " + name))
    os.chdir(os.path.join(here, "in " + name))
    try:
        need()
    except BaseException:
        failed[name] = traceback.format_exc().splitlines()[-1]
@app.get("/")
def failures():
    return failed
"""


def needy_app(needs: str) -> bytes:
    """Return an app that tries all `needs` while it is loaded and answers with a dict of those that failed, and how."""
    parts = [HEAD]
    for number, need in enumerate(needs.strip().splitlines()):
        name, _, line = need.partition(": ")
        parts.append(f"def need{number}():\n    {line}\nattempt({name!r}, need{number})\n")
    return "\n".join(parts).encode()


def failures(launcher: Launcher, needs: str = NEEDS) -> tuple[str, dict[str, str]]:
    """Return the level of a launcher's workers, and which `needs` fail in one, and how."""
    files = {"app.py": needy_app(needs), "static/a.txt": b"static"}
    worker = launcher.worker(LIMITS)
    try:
        listed = [[name, len(content)] for name, content in files.items()]
        worker.send({"verb": "load", "main": "app.py", "files": listed}, b"".join(files.values()))
        loaded = worker.receive(("loaded", "failed"), LIMITS.load_seconds).header
        assert loaded["verb"] == "loaded", loaded
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": ""}
        worker.send({"verb": "request", "environ": environ, "probe": None, "body_bytes": LIMITS.body_bytes})
        failed: dict[str, str] = json.loads(worker.receive(("response",), LIMITS.request_seconds).body)
        return worker.wall().level, failed
    finally:
        worker.discard()


@pytest.fixture(params=SETUPS)
def launcher(request: pytest.FixtureRequest) -> Iterator[Launcher]:
    launcher = launch.start(without=SETUPS[request.param])
    yield launcher
    launcher.wait()


def test_what_apps_need_works_at_every_level(launcher: Launcher) -> None:
    assert failures(launcher)[1] == {}


def test_what_the_kernel_refuses_is_an_error_that_can_be_caught(launcher: Launcher) -> None:
    """Nobody says more words about these; what counts is that the app goes on, and hears of it."""
    lines = (
        "os.setuid(0)",
        "os.kill(os.getpid(), 0)",
        "signal.raise_signal(0)",
        "socket.socket()",
        "os.link('a', 'b')",
    )
    needs = "\n".join(f"{line}: Path('a').touch(); {line}" for line in lines)
    level, failed = failures(launcher, needs)
    if level == "none":
        pytest.skip("nothing is refused")
    assert failed.keys() == set(lines)
    assert all(words.startswith("PermissionError: [Errno 1] Operation not permitted") for words in failed.values())


@pytest.mark.parametrize("launcher", [setup for setup in SETUPS if setup != "best"], indirect=True)
def test_samples_pass_at_every_other_level(launcher: Launcher) -> None:
    course = courses.load(ROOT)
    limits = course.checkpoint.limits
    solution = intake.take(course.solution, limits)
    lost: dict[str, Any] = {}
    for name in SAMPLES:
        report = judge(course, intake.take(HONEST / name / "app.py", limits), solution, launcher, Options(20))
        if not report.passed:
            lost[name] = {check.id: check.feedback for check in report.checks if check.status != "passed"}
    assert lost == {}


def test_what_apps_need_works_for_a_user_without_rights() -> None:
    """Others that run these tests are that user themselves."""
    if os.getuid():
        pytest.skip("we have no rights ourselves, so the tests above say it")
    here = [Path(__file__), *Path(__file__).parents, *Path(sys.executable).parents]
    if not places.open_to_all(f"{tempfile.gettempdir()}/work", from_root=True) or not all(
        path.stat().st_mode & 0o005 == 0o005 for path in here[1:]
    ):
        pytest.skip("Python or this folder cannot be read by others here")
    body = (
        "import json, sys; sys.path[:0] = sys.argv[1:]\n"
        "import test_honest_needs as needs\n"
        "launcher = needs.launch.start()\n"
        "print(json.dumps(needs.failures(launcher)))\n"
        "launcher.wait()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", body, str(Path(__file__).parent), str(ROOT / "src")], user=65534, group=65534,
        extra_groups=[], cwd="/", capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    level, failed = json.loads(done.stdout)
    assert failed == {}
    assert level != "none"


def test_a_folder_comes_with_all_its_files(tmp_path: Path) -> None:
    """With app.py alone come templates, static files and modules; of a folder all that lies in it."""
    head = """
import configparser, csv, json, sqlite3, tomllib
from pathlib import Path
from flask import Flask
app = Flask(__name__, instance_relative_config=True)
here = Path(__file__).parent
app.config.from_pyfile("settings.cfg")
app.config.from_file(here / "settings.toml", load=tomllib.load, text=False)
ini = configparser.ConfigParser()
with open("config.ini") as file:
    ini.read_file(file)
rows = list(csv.DictReader(open("data/rows.csv", newline="")))
with app.open_resource("schema.sql", "r") as schema:
    database = sqlite3.connect("old.db")
    database.executescript(schema.read())
quotes = json.loads((here / "data" / "quotes.json").read_text())
assert [app.config["A"], app.config["B"], ini["c"]["d"], rows, quotes] == [1, 2, "3", [{"e": "4"}], ["5"]]
"""
    starter = (HONEST / "starter_todos_done" / "app.py").read_text()
    files = {
        "app.py": head + starter.replace("app = Flask(__name__)\n", ""),
        "instance/settings.cfg": "A = 1\n",
        "settings.toml": "B = 2\n",
        "config.ini": "[c]\nd = 3\n",
        "data/rows.csv": "e\n4\n",
        "data/quotes.json": '["5"]',
        "schema.sql": "create table if not exists t (x);",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    course = courses.load(ROOT)
    limits = course.checkpoint.limits
    solution = intake.take(course.solution, limits)
    launcher = launch.start()
    try:
        folder = judge(course, intake.take(tmp_path, limits), solution, launcher, Options(20))
        alone = judge(course, intake.take(tmp_path / "app.py", limits), solution, launcher, Options(20))
    finally:
        launcher.wait()
    assert folder.passed, [check.feedback for check in folder.checks if check.feedback]
    (told,) = [check.feedback.message for check in alone.checks if check.feedback]
    assert "settings.cfg" in told
    assert "grade the whole folder" in told
