"""What an app may not do is refused in words, with the errors that apps elsewhere are prepared for."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from checkpoint.worker.refusals import NO_MULTIPROCESSING, NO_NETWORK, NO_PROCESSES, NO_PROGRAMS

HEAD = """import contextlib, json, os, socket, subprocess, sys
from checkpoint.worker import refusals
refusals.explain()
def told(*ways):
    for way in ways:
        try:
            way()
        except Exception as error:
            kinds = [kind.__name__ for kind in type(error).__mro__]
            yield [str(error), kinds]
        else:
            yield "done"
"""
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="not on Windows")
PYTHON = "[sys.executable, '-c', 'print(1)']"
# What an app does -> what it is told, and the kinds of error that it may be waiting for.
PROGRAMS = {
    "run": f"subprocess.run({PYTHON})",
    "check_output": f"subprocess.check_output({PYTHON})",
    "shell": "subprocess.check_call('exit 0', shell=True)",
    "getoutput": "subprocess.getoutput('exit 0')",
    "system": "os.system('exit 0')",
    "popen": "os.popen('exit 0').read()",
    "exec": "os.execv(sys.executable, ['python', '-c', ''])",
    "asyncio": "__import__('asyncio').run(__import__('asyncio').create_subprocess_exec(sys.executable))",
}
POSIX_PROGRAMS = {
    "posix_spawn": "os.posix_spawn(sys.executable, ['python', '-c', ''], {})",
    "pty": "__import__('pty').spawn(['true'])",
}
NAMES = {
    "getaddrinfo": "socket.getaddrinfo('localhost', 80)",
    "gethostbyname": "socket.gethostbyname(socket.gethostname())",
    "gethostbyaddr": "socket.gethostbyaddr('127.0.0.1')",
    "getnameinfo": "socket.getnameinfo(('127.0.0.1', 80), 0)",
    "create_connection": "socket.create_connection(('127.0.0.1', 9))",
    "http": "__import__('http.client').client.HTTPConnection('127.0.0.1').request('GET', '/')",
    "mail": "__import__('smtplib').SMTP('127.0.0.1')",
}
NETWORK = {
    "connect": "socket.socket().connect(('127.0.0.1', 9))",
    "bind": "socket.socket().bind(('127.0.0.1', 0))",
    "sendto": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 9))",
}
MULTIPROCESSING = {
    "Process": "multiprocessing.Process(target=print).start()",
    "spawn": "multiprocessing.get_context('spawn').Process(target=print).start()",
    "forkserver": "multiprocessing.get_context('forkserver').Process(target=print).start()",
    "Pool": "multiprocessing.Pool(1)",
    "Lock": "multiprocessing.Lock()",
    "Queue": "multiprocessing.Queue()",
    "Value": "multiprocessing.Value('i', 0)",
    "Manager": "multiprocessing.Manager()",
    "executor": "concurrent.futures.ProcessPoolExecutor(1).submit(print)",
}


def run(body: str) -> Any:
    """Run lines of Python in a process that has been told to refuse; return what they print as JSON."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", HEAD + body], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ways(snippets: dict[str, str], head: str = "") -> dict[str, Any]:
    """Return what each snippet is told: "done", or the error's words and the names of its classes."""
    functions = ", ".join(f"lambda: {snippet}" for snippet in snippets.values())
    return dict(zip(snippets, run(f"{head}print(json.dumps(list(told({functions}))))"), strict=True))


@pytest.mark.parametrize("snippets", [PROGRAMS, pytest.param(POSIX_PROGRAMS, marks=POSIX)], ids=["all", "posix"])
def test_a_program_is_as_one_that_is_not_installed(snippets: dict[str, str]) -> None:
    for words, kinds in ways(snippets).values():
        assert words == f"[Errno 2] {NO_PROGRAMS}"
        assert {"FileNotFoundError", "OSError"} <= set(kinds)


@POSIX
def test_a_process_is_refused() -> None:
    spawn = "os.spawnv(os.P_WAIT, sys.executable, ['python', '-c', ''])"  # a fork of Python's own
    for words, kinds in ways({"fork": "os.fork()", "forkpty": "os.forkpty()", "spawn": spawn}).values():
        assert words == f"[Errno 1] {NO_PROCESSES}"
        assert "PermissionError" in kinds


@POSIX
def test_multiprocessing_is_refused_when_it_is_used() -> None:
    """Some of its ways to start a process raise no event, and its locks would ask for a file that is not there."""
    for words, kinds in ways(MULTIPROCESSING, "import concurrent.futures, multiprocessing\n").values():
        assert words == f"[Errno 1] {NO_MULTIPROCESSING}"
        assert "OSError" in kinds


def test_multiprocessing_can_be_imported_and_asked() -> None:
    assert run("""
import multiprocessing, multiprocessing.pool
from multiprocessing import Lock, Manager, Pool, Process, Queue, Value, shared_memory
from concurrent.futures import ProcessPoolExecutor
process = Process(target=print)
print(json.dumps([multiprocessing.cpu_count() > 0, multiprocessing.current_process().name, process.is_alive()]))
""") == [True, "MainProcess", False]


@POSIX
def test_names_are_as_on_a_computer_that_is_offline() -> None:
    for words, kinds in ways(NAMES).values():
        assert NO_NETWORK in words
        assert {"gaierror", "OSError"} <= set(kinds)


@POSIX
def test_urllib_says_it_too() -> None:
    (told,) = ways({"urlopen": "__import__('urllib.request').request.urlopen('http://localhost:9/')"}).values()
    words, kinds = told
    assert NO_NETWORK in words
    assert "URLError" in kinds


@POSIX
def test_connections_are_refused() -> None:
    for words, kinds in ways(NETWORK).values():
        assert words == f"[Errno 1] {NO_NETWORK}"
        assert "PermissionError" in kinds


@POSIX
def test_what_asks_other_programs_by_the_way_can_do_without() -> None:
    """Python itself asks uname, ldconfig, ifconfig and browsers, and takes what it gets."""
    told = ways({
        "platform": "platform.platform() + platform.processor() + platform.architecture()[0] + platform.node()",
        "uuid1": "uuid.uuid1()",
        "getnode": "uuid.getnode()",
        "the network card, the long way": "[getter() for getter in uuid._GETTERS]",
        "find_library": "ctypes.util.find_library('c')",
        "webbrowser": "webbrowser.open('http://localhost:5000/')",
        "getfqdn": "socket.getfqdn()",
    }, "import ctypes.util, platform, uuid, webbrowser\n")  # fmt: skip
    assert set(told.values()) == {"done"}


@POSIX
def test_an_event_loop_still_wakes_up() -> None:
    assert (
        run("""
import asyncio
async def waits():
    return await asyncio.to_thread(len, "abc")
print(json.dumps(asyncio.run(waits())))
""")
        == 3
    )
