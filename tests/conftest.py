"""Share the command line in process, and a checkpoint that is small enough to be graded fast."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from checkpoint.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

# What somebody may have set and what would change what a command says.
SETTINGS = (
    "CHECKPOINT_DIR", "CI", "COLUMNS", "FORCE_COLOR", "GITHUB_ACTIONS", "GITLAB_CI", "NO_COLOR", "PYTEST_ADDOPTS",
    "PYTHONIOENCODING", "PYTHONPATH",
)  # fmt: skip

GRADER = """
from checkpoint import Checkpoint, Limits, main

checkpoint = Checkpoint(id="hello", title="Hello")

if __name__ == "__main__":
    raise SystemExit(main(checkpoint))
"""
APP = """
from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return {"hello": "world"}
"""
CHECK = """
from checkpoint import check


@check(points=2)
def test_hello(learner, solution):
    '''It says hello.'''
    assert learner.get("/").text == solution.get("/").text
"""


class Answer(NamedTuple):
    """What a command answered: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Cli = Callable[..., Answer]
Write = Callable[..., Path]


@pytest.fixture(autouse=True, scope="session")
def own_history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the attempts of tests out of the history of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Return the command line in process. Whatever it is given, no traceback ever comes out of it."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)

    def run(*argv: object) -> Answer:
        code = main([str(argument) for argument in argv])
        answer = Answer(code, *capsys.readouterr())
        assert "Traceback" not in answer.out + answer.err
        return answer

    return run


class _NoLauncher:
    """Stand in for what starts workers, and start none."""

    def close(self) -> None:
        """End nothing."""

    def wait(self) -> None:
        """Wait for nothing."""


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test fail, as a fault of ours, if anybody's app would run: for what is refused before that."""
    monkeypatch.setattr("checkpoint.worker.launch.start", lambda _required: _NoLauncher())


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Return the real thing: a Python process whose arguments are given, by default the console script."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)

    def run(*argv: object, python: tuple[object, ...] | None = None, **options: Any) -> Answer:
        start = [Path(sys.executable).with_name("checkpoint")] if python is None else [sys.executable, *python]
        done = subprocess.run(
            [str(part) for part in (*start, *argv)], capture_output=True, timeout=60, check=False, **options
        )
        answer = Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in answer.out + answer.err
        return answer

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes an indented text to a file below `tmp_path` and returns its path."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    return write


@pytest.fixture
def course(write: Write) -> Write:
    """Return a function that writes a tiny checkpoint and returns its folder."""

    def make(check: str = CHECK, *, app: str = APP, grader: str = GRADER, name: str = "course") -> Path:
        write(f"{name}/solution/app.py", app)
        write(f"{name}/checks/test_hello.py", check)
        return write(f"{name}/grader.py", grader).parent

    return make


@pytest.fixture
def app(write: Write) -> Path:
    """Return an app that passes the tiny checkpoint, in a folder of its own."""
    return write("work/app.py", APP)
