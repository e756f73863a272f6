"""A warm judge: what it makes of a chunk, and what it survives."""

from __future__ import annotations

import json
import os
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint import course as courses
from checkpoint.batch import judging
from checkpoint.batch.judging import Judge, Setup
from checkpoint.batch.tasks import Task
from checkpoint.errors import BrokenCheckpoint, GradingError, RefusedSubmission, WrongUsage
from checkpoint.intake.contents import digest
from checkpoint.model import Submission
from tests.conftest import APP, CHECK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from checkpoint.batch.tasks import Result
    from tests.conftest import Write

    Warm = Callable[..., Judge]

OTHER = APP.replace("world", "there")
TWO = CHECK + '\n\n@check()\ndef test_again(learner):\n    """It answers again."""\n    learner.get("/").ok()\n'


def task(id: str, app: str = APP) -> Task:
    files = {"app.py": app.encode()}
    return Task(id, f"{id}/app.py", Submission(f"{id}/app.py", "app.py", files, digest(files)))


def setup(root: Path, **options: Any) -> Setup:
    return Setup(root, courses.load(root).fingerprint, 7, **options)


@pytest.fixture
def warm(course: Write) -> Iterator[Warm]:
    """Return a function that writes a tiny checkpoint and starts a judge for it."""
    started: list[Judge] = []

    def start(check: str = CHECK, **options: Any) -> Judge:
        started.append(Judge(setup(course(check), **options)))
        return started[-1]

    yield start
    for judge in started:
        judge.close()


def marks(results: list[Result]) -> list[tuple[str, float]]:
    return [(result.id, result.report.score.earned) for result in results]


def test_results_come_in_order_with_the_texts_of_their_files(warm: Warm):
    judge = warm()
    results = judge.judge([task("ada"), task("ben", OTHER)]) + judge.judge([task("cy")])
    assert marks(results) == [("ada", 2), ("ben", 0), ("cy", 2)]
    for result in results:
        assert json.loads(result.pages["json"])["submission"]["path"] == f"{result.id}/app.py"
        assert result.pages["html"].startswith("<!doctype html>")


def test_what_could_not_be_taken_in_has_a_result(warm: Warm):
    refused = Task("ben", "ben.zip", None, RefusedSubmission("it is no archive", where="ben.zip"))
    results = warm().judge([task("ada"), refused, task("cy")])
    assert marks(results) == [("ada", 2), ("ben", 0), ("cy", 2)]
    assert results[1].report.cause == "not_loadable"
    assert "it is no archive" in results[1].pages["html"]


def test_hidden_checks_are_described_in_the_report_and_not_in_its_files(warm: Warm):
    hidden = CHECK.replace("points=2", 'points=2, visibility="hidden"')
    (result,) = warm(hidden).judge([task("ben", OTHER)])
    (check,) = result.report.checks
    assert check.feedback is not None
    assert json.loads(result.pages["json"])["checks"][0]["message"] is None
    (shown,) = warm(hidden, reveal=True).judge([task("ben", OTHER)])
    assert json.loads(shown.pages["json"])["checks"][0]["message"] == check.feedback.message


def kill_zygotes(judge: Judge, monkeypatch: pytest.MonkeyPatch, when: str, times: int) -> list[int]:
    """Have the zygote killed when this submission's turn comes, so many times; return those that were."""
    from checkpoint.judge.app import App

    killed: list[int] = []
    real = App.begin

    def begin(self: App, seconds: float) -> None:
        if self.role == "learner" and self.submission.path == f"{when}/app.py" and len(killed) < times:
            assert judge._launcher is not None
            killed.append(judge._launcher._spawner._process.pid)  # type: ignore[attr-defined]
            os.kill(killed[-1], signal.SIGKILL)
            while judge._launcher.alive:
                time.sleep(0.001)
        real(self, seconds)

    monkeypatch.setattr(App, "begin", begin)
    return killed


@pytest.mark.parametrize("times", [1, 2])
def test_the_death_of_a_zygote_changes_no_result(warm: Warm, monkeypatch: pytest.MonkeyPatch, times: int):
    judge = warm(TWO)
    undisturbed = marks(judge.judge([task(str(number)) for number in range(6)]))
    killed = kill_zygotes(judge, monkeypatch, "2", times)
    results = judge.judge([task(str(number)) for number in range(6)])
    assert len(set(killed)) == times
    assert marks(results) == undisturbed
    assert all(check.status == "passed" for result in results for check in result.report.checks)


def test_what_kills_every_zygote_is_given_up_and_the_rest_goes_on(warm: Warm, monkeypatch: pytest.MonkeyPatch):
    judge = warm(TWO)
    killed = kill_zygotes(judge, monkeypatch, "2", 99)
    results = judge.judge([task(str(number)) for number in range(5)])
    assert [result.id for result in results] == ["0", "1", "2", "3", "4"]
    assert [result.report.score.earned for result in results] == [3, 3, 0, 3, 3]
    assert {check.status for check in results[2].report.checks} == {"error"}
    assert len(killed) == judging.TRIES


@pytest.mark.parametrize("times, points", [(1, 3), (2, 0)])
def test_an_app_that_is_killed_is_asked_once_more(
    warm: Warm, monkeypatch: pytest.MonkeyPatch, times: int, points: float
):
    from checkpoint.worker.launch import Worker, WorkerEnded

    killed: list[str] = []
    judge = warm(TWO)
    real = Worker.receive

    def receive(self: Worker, verbs: tuple[str, ...], seconds: float) -> Any:
        frame = real(self, verbs, seconds)
        if frame.header["verb"] == "loaded" and frame.header["routes"][-1][0] == "/2" and len(killed) < times:
            killed.append("2")
            assert judge._launcher is not None
            judge._launcher.killed += 1
            raise WorkerEnded("out_of_memory", "its process was killed, most likely for want of memory")
        return frame

    monkeypatch.setattr(Worker, "receive", receive)
    other = APP + '\n\n@app.get("/2")\ndef two():\n    return ""\n'
    results = judge.judge([task(str(number), other if number == 2 else APP) for number in range(5)])
    assert marks(results) == [("0", 3), ("1", 3), ("2", points), ("3", 3), ("4", 3)]
    assert len(killed) == times


def test_an_app_that_says_it_has_no_memory_is_not_asked_again(warm: Warm, monkeypatch: pytest.MonkeyPatch):
    from checkpoint.judge.app import App

    begun: list[str] = []
    real = App.begin

    def begin(self: App, seconds: float) -> None:
        if self.role == "learner":
            begun.append(self.submission.path)
        real(self, seconds)

    monkeypatch.setattr(App, "begin", begin)
    greedy = APP.replace("return", "raise MemoryError\n    return")
    (result,) = warm(TWO).judge([task("ada", greedy)])
    assert result.report.cause == "out_of_memory"
    assert begun == ["ada/app.py"]


def test_a_fault_of_ours_costs_the_one_that_it_came_up_with(warm: Warm, monkeypatch: pytest.MonkeyPatch):
    from checkpoint.judge.app import App

    real = App.begin

    def begin(self: App, seconds: float) -> None:
        if self.role == "learner" and self.submission.path.startswith("1/"):
            raise KeyError("a slip of ours")
        real(self, seconds)

    monkeypatch.setattr(App, "begin", begin)
    results = warm().judge([task(str(number)) for number in range(3)])
    assert [result.report.complete for result in results] == [True, False, True]
    assert results[1].report.stopped is not None
    assert "no fault of yours" in results[1].report.stopped.message


def test_a_broken_check_file_is_nobodys_result(warm: Warm):
    with pytest.raises(BrokenCheckpoint, match="SyntaxError"):
        warm("def test_a(learner:\n")


def test_a_check_that_there_is_not_is_told_before_anything(warm: Warm):
    with pytest.raises(WrongUsage, match="there is no check `helo`"):
        warm(only="helo")


def test_a_checkpoint_that_has_changed_is_not_judged_by(course: Write):
    root = course()
    chosen = setup(root)
    (root / "checks" / "test_hello.py").write_text(TWO, "utf-8")
    with pytest.raises(BrokenCheckpoint, match="has changed"):
        Judge(chosen)


def test_isolation_that_is_not_to_be_had_is_told_at_once(course: Write, monkeypatch: pytest.MonkeyPatch):
    from checkpoint.worker import launch

    real = launch.start
    monkeypatch.setattr(launch, "start", lambda required: real(required, frozenset({"root", "landlock", "seccomp"})))
    with pytest.raises(GradingError, match="isolation here is only"):
        Judge(setup(course(), required="strong"))


def test_what_checks_print_is_not_heard(warm: Warm, capfd: pytest.CaptureFixture[str]):
    warm(CHECK.replace("assert", "print('psst'); assert")).judge([task("ada")])
    assert "psst" not in "".join(capfd.readouterr())


def test_given_up_is_nobodys_fault_but_ours(course: Write):
    result = judging.given_up(setup(course()), task("ada"), "3 processes died of it")
    assert result.report.submission_sha256 == task("ada").submission.sha256  # type: ignore[union-attr]
    assert [check.status for check in result.report.checks] == ["error"]
    assert "3 processes died of it" in result.pages["html"]
