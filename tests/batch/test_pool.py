"""Judges on this machine: what they survive, and what is left when they end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint import course as courses
from checkpoint.batch.judging import Setup
from checkpoint.batch.pool import LocalJudges
from checkpoint.errors import BrokenCheckpoint
from tests.conftest import APP, CHECK, GRADER

from .test_judging import marks, task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.batch.pool import Outcome
    from tests.conftest import Write

    Start = Callable[..., LocalJudges]

LONG_SECONDS = 60.0
SLOW = "import time\ntime.sleep(1)\n" + APP


@pytest.fixture
def start(course: Write) -> Iterator[Start]:
    """Return a function that writes a tiny checkpoint and starts judges for it."""
    started: list[LocalJudges] = []

    def run(jobs: int = 1, check: str = CHECK, task_seconds: float = LONG_SECONDS) -> LocalJudges:
        root = course(check, grader=GRADER.replace('title="Hello"', 'title="Hello", limits=Limits(load_seconds=20)'))
        started.append(LocalJudges(Setup(root, courses.load(root).fingerprint, 7), jobs, task_seconds))
        return started[-1]

    yield run
    for judges in started:
        judges.close()


def outcome(judges: LocalJudges) -> Outcome:
    deadline = time.monotonic() + LONG_SECONDS
    while time.monotonic() < deadline:
        found = judges.next(0.2)
        if found is not None:
            return found
    raise AssertionError("nothing came")


def process_of(judges: LocalJudges, lane: int = 0) -> int:
    return judges._lanes[lane]._pid.result(LONG_SECONDS)


def descendants(pid: int) -> set[int]:
    found, todo = set(), [pid]
    while todo:
        one = todo.pop()
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        todo += map(int, children)
        found |= set(map(int, children))
    return found


def gone(pids: set[int]) -> bool:
    deadline = time.monotonic() + LONG_SECONDS
    while time.monotonic() < deadline:
        if not any(running(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_chunks_are_judged_by_all_and_each_has_its_outcome(start: Start):
    judges = start(2)
    assert (judges.size, judges.room) == (2, 4)
    chunks = [tuple(task(f"{number}-{each}") for each in range(2)) for number in range(4)]
    for chunk in chunks:
        judges.send(chunk)
    assert judges.room == 0
    outcomes = [outcome(judges) for _ in chunks]
    assert sorted(each.chunk[0].id for each in outcomes) == [chunk[0].id for chunk in chunks]
    for each in outcomes:
        assert each.results is not None
        assert marks(list(each.results)) == [(one.id, 2) for one in each.chunk]
    assert judges.room == 4


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_judge_that_is_killed_costs_its_chunk_alone(start: Start):
    judges = start(1)
    judges.send((task("first", SLOW),))
    judges.send((task("second"),))
    process = process_of(judges)
    while not descendants(process):  # it has begun
        time.sleep(0.01)
    below = descendants(process)
    os.kill(process, signal.SIGKILL)
    died, lived = outcome(judges), outcome(judges)
    assert (died.chunk[0].id, died.results, died.trouble) == ("first", None, None)
    assert lived.results is not None
    assert marks(list(lived.results)) == [("second", 2)]
    assert gone({process} | below)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_judge_that_is_killed_between_two_chunks_costs_nothing(start: Start):
    judges = start(1)
    judges.send((task("first"),))
    assert outcome(judges).results is not None
    process = process_of(judges)
    os.kill(process, signal.SIGKILL)
    assert gone({process})
    with contextlib.suppress(BrokenProcessPool):  # until it has noticed
        judges._lanes[0]._executor.submit(os.getpid).result(LONG_SECONDS)
    judges.send((task("second"),))
    died = outcome(judges)
    assert (died.results, died.trouble) == (None, None)
    judges.send(died.chunk)
    again = outcome(judges).results
    assert again is not None
    assert marks(list(again)) == [("second", 2)]


def test_a_chunk_that_takes_too_long_is_ended(start: Start):
    judges = start(1, task_seconds=1.5, check=CHECK.replace("assert", "while True: pass\n    assert"))
    judges.send((task("ada"),))
    assert outcome(judges).results is None


def test_what_no_submission_is_the_cause_of_is_told_as_that(start: Start):
    judges = start(1, check="def test_a(learner:\n")
    judges.send((task("ada"),))
    assert isinstance(outcome(judges).trouble, BrokenCheckpoint)


def test_a_process_that_never_comes_up_is_no_submissions_fault(start: Start, monkeypatch: pytest.MonkeyPatch):
    from checkpoint.batch import pool

    monkeypatch.setattr(pool, "_prepare", _dies)
    judges = start(1)
    judges.send((task("ada"),))
    trouble = outcome(judges).trouble
    assert trouble is not None
    assert "does not start" in str(trouble)


def _dies(_core: int | None) -> None:
    os._exit(1)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("end", ["finish", "close"])
def test_nothing_is_left_in_the_end(start: Start, end: str):
    judges = start(2)
    for number in range(4):
        judges.send((task(str(number)),))
    outcome(judges)
    processes = {process_of(judges, lane) for lane in range(2)}
    processes |= {below for process in processes for below in descendants(process)}
    getattr(judges, end)()
    assert gone(processes)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_ctrl_c_to_all_of_them_is_heard_by_whoever_started_them_alone(course: Write):
    """A terminal sends it to the whole group, maybe while the judges' interpreters are still coming up."""
    program = f"""
import signal, sys, time
from pathlib import Path
from checkpoint import course as courses
from checkpoint.batch.judging import Setup
from checkpoint.batch.pool import LocalJudges
if __name__ == "__main__":
    root, came = Path({str(course())!r}), []
    signal.signal(signal.SIGINT, lambda *_: came.append(1))
    judges = LocalJudges(Setup(root, courses.load(root).fingerprint, 7), 2, 60)
    print("STARTED", flush=True)
    while not came:
        time.sleep(0.01)
    print(*[lane._pid.result() for lane in judges._lanes], flush=True)
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, [])
    judges.finish()
"""
    script = course().parent / "starts.py"
    script.write_text(program, "utf-8")
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    with subprocess.Popen([sys.executable, script], **piped) as started:  # type: ignore[call-overload]
        assert started.stdout.readline() == "STARTED\n"
        os.killpg(started.pid, signal.SIGINT)
        out, err = started.communicate(timeout=LONG_SECONDS)
    assert (started.returncode, err, len(out.split())) == (0, "", 2)
    assert gone(set(map(int, out.split())))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_judges_end_with_whoever_started_them(course: Write):
    program = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from pathlib import Path
from checkpoint import course as courses
from checkpoint.batch.judging import Setup
from checkpoint.batch.pool import LocalJudges
from tests.batch.test_judging import task
from tests.batch.test_pool import SLOW
if __name__ == "__main__":
    root = Path({str(course())!r})
    judges = LocalJudges(Setup(root, courses.load(root).fingerprint, 7), 2, 60)
    for number in range(4):
        judges.send((task(str(number), SLOW),))
    print(*[lane._pid.result() for lane in judges._lanes], flush=True)
    time.sleep(60)
"""
    script = course().parent / "starts.py"
    script.write_text(program, "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        processes = set(map(int, started.stdout.readline().split()))
        assert len(processes) == 2
        while not all(descendants(process) for process in processes):
            time.sleep(0.01)
        below = {one for process in processes for one in descendants(process)}
        started.kill()
    assert gone(processes | below)
