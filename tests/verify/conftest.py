"""Write a tiny checkpoint that holds, to be broken by each test in its own way; and make up what judges would say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint.batch.judging import Judge
from checkpoint.batch.pool import Outcome
from checkpoint.judge.api import Spec
from checkpoint.model import CheckResult, Feedback, Isolation, Report
from checkpoint.scoring import score

if TYPE_CHECKING:
    from checkpoint.batch.judging import Setup
    from checkpoint.batch.pool import Chunk
    from checkpoint.model import Cause, Status
    from tests.conftest import Write

GRADER = """
from checkpoint import Checkpoint

checkpoint = Checkpoint(id="hello", title="Hello", waived={})
"""
SOLUTION = """
from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def hello():
    return {"hello": request.args.get("name", "world")}
"""
STARTER = """
from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def hello():
    # TODO: say hello to whoever is named in the address.
    return {"hello": "nobody"}
"""
CHECKS = '''
from checkpoint import check, expect


@check(points=2, hints=["It is a dict."])
def test_hello(learner, solution):
    """It says hello."""
    page, wanted = learner.get("/").ok(), solution.get("/").ok()
    expect(page.json == wanted.json, "It should say hello to the world.")


@check(points=3, hints=["request.args"])
def test_name(learner, rng):
    """It says hello to whoever is named."""
    name = rng.choice(["Ada", "Ben"])
    page = learner.get(f"/?name={name}").ok()
    expect(page.json == {"hello": name}, "It should say hello to the one who is named.")
'''
README = """
# Hello

There are 5 points.

| check | points |
|---|---|
| `hello` | 2 |
| `name` | 3 |
| **all** | **5** |
"""

Holding = Callable[..., Path]
FINGERPRINT = "f" * 64


@pytest.fixture
def holding(write: Write) -> Holding:
    """Return a function that writes a checkpoint of which all holds, but for the files that it is given."""

    def make(**files: str) -> Path:
        write("course/solution/app.py", files.get("solution", SOLUTION))
        write("course/starter/app.py", files.get("starter", STARTER))
        write("course/starter/README.md", files.get("readme", README))
        write("course/checks/test_hello.py", files.get("checks", CHECKS))
        return write("course/grader.py", files.get("grader", GRADER)).parent

    return make


class Here:
    """Judge in this process, one chunk after the other: no other one has to come up."""

    size = 1

    def __init__(self, setup: Setup, _jobs: int, _task_seconds: float) -> None:
        self._judge = Judge(setup)
        self._chunk: Chunk | None = None

    @property
    def room(self) -> int:
        return int(self._chunk is None)

    def send(self, chunk: Chunk) -> None:
        self._chunk = chunk

    def next(self, _seconds: float) -> Outcome | None:
        chunk, self._chunk = self._chunk, None
        return chunk and Outcome(chunk, self._judge.judge(chunk))

    def finish(self) -> None:
        """Wait for nobody."""

    def close(self) -> None:
        self._judge.close()


def result(id: str, status: Status, message: str | None = None, **more: Any) -> CheckResult:
    feedback = Feedback(message) if message else None
    return CheckResult(id, id.title(), status, 1, feedback=feedback, **more)


def report(*checks: CheckResult, seed: int = 0, cause: Cause | None = None) -> Report:
    """Return what came of an app."""
    return Report(
        "hello", "Hello", FINGERPRINT, "app.py", "", seed, score(checks, 100), checks, cause, "", (),
        Isolation("none", ""), 10.0, {},
    )  # fmt: skip


def statuses(said: str, seed: int = 0, **more: Any) -> Report:
    """Return a report on checks a, b, c ...: x failed, . passed, - blocked, ? undecided, ! error."""
    words: dict[str, Status] = {"x": "failed", ".": "passed", "-": "blocked", "?": "undecided", "!": "error"}
    checks = (result(id, words[mark], f"{id} says so" if mark in "x?!" else None) for id, mark in zip("abcdef", said))  # noqa: B905
    return report(*checks, seed=seed, **more)


def specs(ids: str, **more: Any) -> dict[str, Spec]:
    """Return what the author says of checks a, b, c ..."""
    return {id: Spec(id, id.title(), file="checks/test_x.py", line=number, **more) for number, id in enumerate(ids, 1)}
