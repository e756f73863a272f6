"""The limits of a worker are in force, and nothing of its parent's is open in it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from checkpoint.worker import lockdown
from checkpoint.worker.lockdown import bounds, kernel

resource = pytest.importorskip("resource")

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")
HEAD = """import json, os, resource, signal, sys, time
from checkpoint.worker import lockdown
from checkpoint.worker.lockdown import bounds, kernel
"""
MIB = 1 << 20


def run(body: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run lines of Python in a process of their own."""
    return subprocess.run(
        [sys.executable, "-c", HEAD + body], capture_output=True, text=True, timeout=60, check=False, **options
    )


def told(body: str, **options: Any) -> Any:
    """Return what lines of Python print as JSON."""
    done = run(body, **options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


LIMITED = f"bounds.limit({400 * MIB}, 7, file_bytes={5 * MIB})\n"
KINDS = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NOFILE")
SHOW = f"print(json.dumps([resource.getrlimit(getattr(resource, kind)) for kind in {KINDS}]))\n"


@LINUX
def test_limits_are_in_force() -> None:
    memory, seconds, size, core, files = told(LIMITED + SHOW)
    assert memory == [400 * MIB, 400 * MIB]
    assert seconds == [7, 8], "a signal that tells why comes before the one that tells nothing"
    assert size == [5 * MIB, 5 * MIB]
    assert core == [0, 0]
    assert files == [256, 256]


@LINUX
def test_a_limit_that_is_lower_already_stays() -> None:
    lower = "".join(
        f"resource.setrlimit(resource.{kind}, ({value}, {value}))\n"
        for kind, value in (("RLIMIT_AS", 300 * MIB), ("RLIMIT_CPU", 3), ("RLIMIT_FSIZE", MIB), ("RLIMIT_NOFILE", 64))
    )
    limits = told(lower + LIMITED + SHOW)
    assert [hard for _soft, hard in limits] == [300 * MIB, 3, MIB, 0, 64]
    assert all(soft <= hard for soft, hard in limits)


@LINUX
def test_memory_is_bounded() -> None:
    assert told(LIMITED + f"""
try:
    bytearray({500 * MIB})
except MemoryError:
    print(json.dumps("bounded"))
""") == "bounded"  # fmt: skip


@LINUX
def test_files_are_bounded(tmp_path: Any) -> None:
    size, error = told(LIMITED + f"""
file = os.open("file", os.O_CREAT | os.O_WRONLY)
try:
    while True:
        os.write(file, bytes({MIB}))
except OSError as error:
    print(json.dumps([os.fstat(file).st_size, error.errno]))
""", cwd=tmp_path)  # fmt: skip
    assert (size, error) == (5 * MIB, 27)  # EFBIG


@LINUX
def test_processor_time_is_bounded_and_it_shows() -> None:
    done = run(f"bounds.limit({400 * MIB}, 1, file_bytes={MIB})\nwhile True: pass\n")
    assert done.returncode == -signal.SIGXCPU


@LINUX
def test_descriptors_from_before_are_closed() -> None:
    kept, open_ones = told("""
opened = [os.open("/dev/null", os.O_RDONLY) for _ in range(40)]
os.dup2(opened[0], 900)
keep = {opened[3], opened[17]}
bounds.close_inherited(keep)
def is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True
print(json.dumps([sorted(keep), [fd for fd in range(2000) if is_open(fd)]]))
""")
    assert open_ones == [0, 1, 2, *kept]


@LINUX
def test_all_descriptors_may_be_closed() -> None:
    assert told("""
os.dup2(os.open("/dev/null", os.O_RDONLY), 60)
bounds.close_inherited(set())
try:
    os.fstat(60)
except OSError as error:
    print(json.dumps(error.errno))
""") == 9  # fmt: skip


@LINUX
def test_orphans_come_to_their_reaper() -> None:
    reaper, parent = told("""
lockdown.become_reaper()
read, write = os.pipe()
if not os.fork():
    middle = os.getpid()
    if not os.fork():
        os.setsid()
        while os.getppid() == middle:
            time.sleep(0.001)
        os.write(write, str(os.getppid()).encode())
    os._exit(0)
os.wait()
print(json.dumps([os.getpid(), int(os.read(read, 99))]))
""")
    assert parent == reaper


@LINUX
def test_a_child_dies_with_its_parent() -> None:
    """The child alone holds the pipe's writing end, which closes when it dies."""
    assert told("""
from_child, in_child = os.pipe()
parent = os.fork()
if not parent:
    parent = os.getpid()
    if not os.fork():
        lockdown.end_with(parent)
        os.write(in_child, b"ready")
        time.sleep(50)
        os.write(in_child, b" and alive")
    else:
        signal.pause()
    os._exit(0)
os.close(in_child)
before = os.read(from_child, 99).decode()
os.kill(parent, signal.SIGKILL)
print(json.dumps([before, os.read(from_child, 99).decode()]))
""") == ["ready", ""]


@LINUX
def test_a_child_whose_parent_has_ended_before_ends_too() -> None:
    done = run("lockdown.end_with(os.getppid() + 1)\nprint('still here')\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert told("lockdown.end_with(os.getppid())\nprint(json.dumps('still here'))\n") == "still here"


@LINUX
def test_a_refusal_of_the_system_is_an_error() -> None:
    with pytest.raises(OSError, match=r"prctl\(99999\)"):
        kernel.prctl(99999, 1)


def test_where_a_platform_has_nothing_of_it_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockdown.sys, "platform", "darwin")
    before = os.getpid()
    lockdown.become_reaper()
    monkeypatch.setitem(sys.modules, "resource", None)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    bounds.limit(1, 1, file_bytes=1)
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == limits
    assert os.getpid() == before
