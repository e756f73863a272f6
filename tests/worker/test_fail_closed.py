"""When one step of the lock-down fails, no learner code runs, and it is nobody's fault but this machine's."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint.errors import GradingError
from checkpoint.model import Limits
from checkpoint.worker import launch, spawn

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli, Write

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")

BREAK = """
import ctypes, os, resource
from checkpoint.worker import lockdown, refusals
from checkpoint.worker.lockdown import bounds, files, kernel, root
def broken(*_arguments, **_options):
    raise {error}("a broken step")
def broken_for(option):
    real = kernel.prctl
    return lambda given, value=0: broken() if given == option else real(given, value)
"""
# Each step of the lock-down, and how to make it fail. They are the attributes by which `lock` reaches them, so that
# a step that is taken out of `lock` makes its test fail.
STEPS = {
    "the private copy": "root.mount_copy = broken",
    "the rules of Landlock": "files.ruleset = broken",
    "the parent-death signal": "kernel.prctl = broken_for(kernel.PR_SET_PDEATHSIG)",
    "closed descriptors": "os.closerange = broken",
    "limits": "resource.setrlimit = broken",
    "other groups": "os.setgroups = broken",
    "another group": "os.setresgid = broken",
    "another user": "os.setresuid = broken",
    "no new privileges": "kernel.prctl = broken_for(kernel.PR_SET_NO_NEW_PRIVS)",
    "dropped capabilities": "kernel.drop_capabilities = broken",
    "not dumpable": "kernel.prctl = broken_for(kernel.PR_SET_DUMPABLE)",
    "Landlock": "files.restrict = broken",
    "seccomp": "kernel.load_filter = broken",
}
OF_PART = {
    "the private copy": "root",
    "the rules of Landlock": "landlock",
    "Landlock": "landlock",
    "seccomp": "seccomp",
}
OF_ROOT = ("other groups", "another group", "another user")
APP = b"""
print("the learner's code runs")
from flask import Flask
app = Flask(__name__)
"""


def without_step(monkeypatch: pytest.MonkeyPatch, step: str, error: str = "OSError") -> None:
    """Let the zygotes to come fail at one step. Their boot code is changed: no option of theirs can do this."""
    real = spawn._command
    breaking = f"exec({BREAK.format(error=error) + STEPS[step]!r}); run("

    def command(*arguments: Any) -> list[str]:
        return [part.replace("run(", breaking) for part in real(*arguments)]

    monkeypatch.setattr(spawn, "_command", command)


@pytest.fixture(scope="module")
def lacks() -> set[str]:
    """Return the parts that this machine does not give: they have no step that could fail."""
    launcher = launch.start()
    try:
        return {lack.part for lack in launcher.wall(Limits()).lacks}
    finally:
        launcher.wait()


@pytest.mark.parametrize("error", ["OSError", "ValueError"])
@pytest.mark.parametrize("step", STEPS)
def test_no_learner_code_runs(step: str, error: str, lacks: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    if lacks & {OF_PART.get(step)} or (step in OF_ROOT and os.getuid() != 0):
        pytest.skip("this machine has no such step")
    without_step(monkeypatch, step, error)
    launcher = launch.start()
    try:
        worker = launcher.worker(Limits())
        worker.send({"verb": "load", "main": "app.py", "files": [["app.py", len(APP)]]}, APP)
        with pytest.raises(GradingError, match=f"did not come up: {error}: a broken step") as caught:
            worker.receive(("loaded", "failed"), 20)
        assert "learner's code" not in worker.output()
        assert "not the submission's fault" in str(caught.value)
        worker.discard()
    finally:
        launcher.wait()


def test_the_same_app_runs_when_nothing_fails() -> None:
    launcher = launch.start()
    try:
        worker = launcher.worker(Limits())
        worker.send({"verb": "load", "main": "app.py", "files": [["app.py", len(APP)]]}, APP)
        assert worker.receive(("loaded", "failed"), 20).header["verb"] == "loaded"
        assert "the learner's code runs" in worker.output()
        worker.discard()
    finally:
        launcher.wait()


def test_grade_ends_with_3_and_no_verdict(course: Write, app: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    app.write_text("print('here runs the app')\n" + app.read_text())
    without_step(monkeypatch, "dropped capabilities")
    answer = cli("grade", app, "--checkpoint", course())
    assert answer.code == 3
    assert "a broken step" in answer.err
    assert "here runs the app" not in answer.out + answer.err
    assert "points" not in answer.out
