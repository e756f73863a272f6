"""`--isolation` and `checkpoint doctor`: a level that is not to be had is refused, and what helps is said."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from checkpoint.worker import launch

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli, Write

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there are levels on Linux only")

LEVELS = {
    "strong": frozenset({"root"}),
    "partial": frozenset({"root", "landlock"}),
    "none": frozenset({"root", "landlock", "seccomp"}),
}


@pytest.fixture
def weaken(monkeypatch: pytest.MonkeyPatch) -> object:
    """Return a function after which this machine gives no more than a level, whatever is asked for."""
    real = launch.start

    def weaken(level: str) -> None:
        monkeypatch.setattr(launch, "start", lambda required="none": real(required, LEVELS[level]))

    return weaken


@pytest.mark.parametrize("level", LEVELS)
def test_on_ones_own_machine_any_level_will_do_and_is_told(level: str, weaken, course: Write, app: Path, cli: Cli):  # type: ignore[no-untyped-def]
    weaken(level)
    answer = cli("grade", app, "--checkpoint", course(), "--report", "json")
    told = json.loads(answer.out)
    assert (answer.code, told["passed"], told["isolation"]["level"]) == (0, True, level)
    assert f"isolation {level}: " in cli("grade", app, "--checkpoint", course()).out


@pytest.mark.parametrize(
    "level, option, code",
    [
        ("strong", "require", 3),
        ("strong", "require=full", 3),
        ("strong", "require=strong", 0),
        ("strong", "require=partial", 0),
        ("partial", "require=strong", 3),
        ("partial", "require=partial", 0),
        ("none", "require=partial", 3),
        ("none", "require=none", 0),
    ],
)
def test_below_a_required_level_nothing_is_graded(  # type: ignore[no-untyped-def]
    level: str, option: str, code: int, weaken, course: Write, app: Path, cli: Cli
):
    app.write_text("print('the app runs')\n" + app.read_text())
    weaken(level)
    answer = cli("grade", app, "--checkpoint", course(), "--isolation", option, "-v")
    assert answer.code == code
    assert ("the app runs" in answer.out) == (code == 0)
    if code == 3:
        assert f"isolation here is only `{level}`" in answer.err
        assert "missing: " in answer.err
        assert "left out by a test" in answer.err, "why"
        assert "checkpoint doctor" in answer.err
        assert answer.out == ""


def test_in_ci_an_app_without_isolation_is_not_graded_unless_that_is_said(  # type: ignore[no-untyped-def]
    weaken, course: Write, app: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
):
    weaken("none")
    monkeypatch.setenv("CI", "true")
    answer = cli("grade", app, "--checkpoint", course())
    assert answer.code == 3
    assert "--allow-unisolated" in answer.err
    assert cli("grade", app, "--checkpoint", course(), "--allow-unisolated").code == 0
    monkeypatch.setenv("CI", "false")
    assert cli("grade", app, "--checkpoint", course()).code == 0


def test_in_ci_partial_isolation_is_enough(weaken, course: Write, app: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    weaken("partial")
    monkeypatch.setenv("CI", "1")
    assert cli("grade", app, "--checkpoint", course()).code == 0


def test_a_word_that_is_no_level_is_wrong_usage(course: Write, app: Path, cli: Cli, no_worker: None):
    answer = cli("grade", app, "--checkpoint", course(), "--isolation", "strong")
    assert answer.code == 2
    assert "require=LEVEL" in answer.err


def test_doctor_says_what_is_there(cli: Cli):
    answer = cli("doctor")
    assert answer.code == 0
    for word in ("Python ", "kernel ", "fork ", "Landlock ", "seccomp ", "private root ", "users ", "\nisolation "):
        assert word in answer.out


@pytest.mark.parametrize("level", LEVELS)
def test_doctor_says_what_is_missing_and_how_to_get_it(level: str, weaken, cli: Cli):  # type: ignore[no-untyped-def]
    weaken(level)
    answer = cli("doctor")
    assert answer.code == 0
    assert f"\nisolation {level}: " in answer.out
    assert "private root  no: left out by a test" in answer.out
    assert ("Landlock      no: " in answer.out) == (level != "strong")
    assert ("--allow-unisolated" in answer.out) == (level == "none")
    for place in ("Docker", "GitHub", "GitLab", "systemd"):
        assert place in answer.out


def test_where_nothing_can_be_graded_doctor_says_so(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("checkpoint.worker.spawn.sys.executable", str(tmp_path / "no-python"))
    answer = cli("doctor")
    assert answer.code == 3
    assert "could not be started" in answer.err
