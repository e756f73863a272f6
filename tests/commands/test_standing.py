"""Bare `checkpoint`: where a learner stands, and exactly one next command."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from checkpoint import course as courses
from checkpoint.commands import keeping, recalling

from ..conftest import APP
from . import learner

if TYPE_CHECKING:
    from pathlib import Path

    from ..conftest import Cli, Write


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the history of these tests to themselves."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("CHECKPOINT_DIR", raising=False)
    return tmp_path / "data/checkpoint/history.sqlite3"


@pytest.fixture
def folder(course: Write, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkpoint with a starter and a quiz, in which one is."""
    folder = course(learner.CHECKS, grader=learner.WITH_QUIZ)
    write("course/quiz.yaml", learner.QUIZ)
    write("course/starter/app.py", APP)
    monkeypatch.chdir(folder)
    return folder


def step(out: str) -> str:
    """Return the next command, of which there is one."""
    steps = [line.partition(": checkpoint ")[2] for line in out.splitlines() if ": checkpoint " in line]
    assert len(steps) == 1
    return steps[0]


def test_outside_of_a_checkpoint_it_says_how_to_begin(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    answer = cli()
    assert (answer.code, answer.out) == (2, "")
    assert "Commands:" in answer.err
    begin = "go into a checkpoint's folder (it has a grader.py) or set CHECKPOINT_DIR to it, and type: checkpoint"
    assert answer.err.endswith(f"To begin, {begin}\n")


def test_before_the_first_attempt(cli: Cli, folder: Path):
    answer = cli()
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Hello\n\n")
    assert "exercise  not graded yet" in answer.out
    assert "quiz      comes when the exercise passes" in answer.out
    assert step(answer.out) == "grade"


def test_after_an_attempt_that_did_not_pass_a_hint_is_next(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "failed", "passed", "passed")
    out = cli().out
    assert "exercise  2 of 4 points at attempt 1, today at" in out
    assert "first to mend: hello  It is hello" in out
    assert step(out) == "hint"


def test_after_a_change_grading_is_next(cli: Cli, folder: Path):
    file = folder / "starter/app.py"
    learner.graded(folder, file, "failed", "passed", "passed")
    file.write_text(APP + "\n# changed\n")
    assert step(cli().out) == "grade"


def test_when_no_hint_is_left_a_change_is_next(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "failed", "passed", "passed")
    with keeping.opened() as history:
        history.take_hint("hello", "hello", 3)
    assert cli().out.endswith("\nNext, after a change in starter/app.py: checkpoint grade\n")


def test_a_hidden_check_leads_to_no_hint(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "passed", "failed", "passed")
    out = cli().out
    assert "first to mend: secret" in out
    assert "It is secret" not in out
    assert step(out) == "grade"


def test_a_file_elsewhere_is_named_as_one_would_type_it_from_here(
    cli: Cli, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
):
    file = write("course/my work/app.py", APP + "# mine")
    learner.graded(folder, file, "failed", "passed", "passed")
    file.write_text(APP + "\n# changed\n")
    assert step(cli().out) == "grade 'my work/app.py'"
    monkeypatch.chdir(folder / "checks")
    assert step(cli().out) == "grade '../my work/app.py'"
    monkeypatch.chdir(file.parent)
    assert step(cli().out) == "grade"  # which takes the app.py here
    file.unlink()
    monkeypatch.chdir(folder)
    assert step(cli().out) == "grade"


def test_passed_the_quiz_is_next(cli: Cli, folder: Path):
    for status in ("failed", "passed"):
        learner.graded(folder, folder / "starter/app.py", status, "passed", "passed")
    out = cli().out
    assert "exercise  4 of 4 points, passed today at" in out
    assert "at attempt 2\n" in out
    assert "quiz      not taken yet" in out
    assert step(out) == "quiz"


def test_who_passes_at_a_terminal_is_told_of_the_quiz(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch):
    words = "The quiz is still to be taken: checkpoint quiz\n"
    assert words not in cli("grade").out  # in a pipe a report is a report
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli("grade").out.endswith(words)
    assert words not in cli("grade", "-q").out
    learner.sat(folder, passed=True)
    assert words not in cli("grade").out


def test_a_sitting_that_was_left_is_gone_on_with(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "passed")
    quiz = recalling.nothing(courses.load(folder)).quiz or ""
    with keeping.opened() as history:
        history.begin("quiz", quiz, {}, "hello")
    out = cli().out
    assert "quiz      begun, and not finished" in out
    assert step(out) == "quiz --resume"
    (folder / "quiz.yaml").write_text(learner.QUIZ + "# changed, so nobody can go on with it\n")
    assert step(cli().out) == "quiz"


def test_not_passed_the_quiz_is_next_again(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "passed")
    learner.sat(folder, passed=False)
    out = cli().out
    assert "quiz      1 of 2 right (50 %), not passed today at" in out
    assert step(out) == "quiz"


def test_some_of_the_questions_are_told_as_that(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "passed")
    learner.sat(folder, passed=True, count=1)
    out = cli().out
    assert "quiz      only some of its questions so far, today at" in out
    assert step(out) == "quiz"
    learner.sat(folder, passed=False)
    learner.sat(folder, passed=True, missed=True)
    assert "quiz      1 of 2 right (50 %), not passed today at" in cli().out


def test_a_sitting_of_some_questions_that_was_left_is_not_the_quiz(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "passed")
    quiz = recalling.nothing(courses.load(folder)).quiz or ""
    with keeping.opened() as history:
        history.begin("quiz", quiz, {"terms": {"count": 1}}, "hello")
    out = cli().out
    assert "quiz      not taken yet" in out
    assert step(out) == "quiz"


def test_a_quiz_that_has_changed_since_it_was_passed(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "passed")
    learner.sat(folder, passed=True)
    (folder / "quiz.yaml").write_text(learner.QUIZ + "# changed\n")
    out = cli().out
    assert "quiz      passed an earlier state of the quiz; it has changed since" in out
    assert step(out) == "quiz"


def test_a_quiz_whose_file_is_gone_is_not_done(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "passed")
    (folder / "quiz.yaml").unlink()
    out = cli().out
    assert "done" not in out
    assert "quiz      its file cannot be read" in out
    assert step(out) == "quiz"


def test_without_a_file_the_app_here_is_graded_and_in_ci_the_starter(
    cli: Cli, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
):
    work = write("course/work/app.py", APP.replace("world", "moon")).parent
    monkeypatch.chdir(work)
    assert "✗ hello" in cli("grade").out
    assert cli("grade").out.splitlines()[0].endswith("app.py")
    assert cli("run").code == 1
    with keeping.opened() as history:
        assert {attempt.record["path"] for attempt in history.all()} == {str(work / "app.py")}
    monkeypatch.setenv("CI", "true")
    assert cli("grade").code == 0
    monkeypatch.delenv("CI")
    monkeypatch.chdir(folder / "solution")  # no app of the checkpoint's own is anybody's
    assert cli("grade", "-q").code == 0
    with keeping.opened() as history:
        assert history.all()[0].record["path"] == str(folder / "starter/app.py")


@pytest.mark.parametrize("command", ["", "grade", "run", "hint", "diff", "history", "start work", "quiz"])
def test_a_folder_that_is_gone_is_told(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str):
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    answer = cli(*command.split())
    assert (answer.code, answer.out) == (2, "")
    assert "this folder is not there any more" in answer.err


def test_all_done_tells_both_results_and_what_comes_next(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "failed", "passed", "passed")
    with keeping.opened() as history:
        history.take_hint("hello", "hello", 2)
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "passed")
    learner.sat(folder, passed=True)
    out = cli().out
    assert "Hello: done\n" in out
    assert "at attempt 2\n" in out
    assert "quiz      2 of 2 right (100 %), passed today at" in out
    assert step(out) == "diff --solution"
    assert out.endswith("\nNext: Farewell\n")


def test_a_later_attempt_that_fails_takes_nothing_back_and_is_told(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "passed")
    learner.graded(folder, folder / "starter/app.py", "failed", "passed", "passed")
    out = cli().out
    assert "exercise  4 of 4 points, passed" in out
    assert "the last attempt, today at" in out
    assert step(out) == "quiz"


def test_what_passed_an_earlier_state_has_to_be_graded_again(cli: Cli, folder: Path, course: Write):
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "passed")
    course(f"{learner.CHECKS}\n# harder\n", grader=learner.WITH_QUIZ)
    out = cli().out
    assert "passed an earlier state of this checkpoint; it has changed since" in out
    assert step(out) == "grade"
    learner.graded(folder, folder / "starter/app.py", "failed", "passed", "passed")
    assert "exercise  2 of 4 points at attempt 2" in cli().out


def test_a_checkpoint_without_a_quiz_is_done_when_the_exercise_is(
    cli: Cli, course: Write, app: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = course(learner.CHECKS)
    monkeypatch.setenv("CHECKPOINT_DIR", str(folder))
    monkeypatch.chdir(app.parent)
    learner.graded(folder, app, "passed", "passed", "passed")
    out = cli().out
    assert "Hello: done\n" in out
    assert "quiz" not in out


def test_a_history_that_cannot_be_read_is_told_and_hides_nothing_else(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_DATA_HOME", "/dev/null/data")
    answer = cli()
    assert answer.code == 0
    assert "Nothing is known of what was done before" in answer.out
    assert "exercise  not known" in answer.out
    assert "quiz      not known" in answer.out
    assert step(answer.out) == "grade"


def test_moments_are_told_as_people_do(cli: Cli, folder: Path):
    file = folder / "starter/app.py"
    now = datetime.now(UTC)
    learner.graded(folder, file, "failed", "passed", "passed", at=now - timedelta(days=1))
    assert "at attempt 1, yesterday at" in cli().out
    learner.graded(folder, file, "failed", "passed", "passed", at=datetime(2026, 3, 4, 12, tzinfo=UTC))
    assert "at attempt 2, on 2026-03-04\n" in cli().out


def test_it_is_light(folder: Path):
    code = """
import sys
from checkpoint.cli import main
main([])
print("heavy:", *[name for name in ("pytest", "flask", "jinja2", "yaml", "asyncio") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder)
    assert done.stdout.splitlines()[-1] == "heavy:"
