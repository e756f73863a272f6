"""`checkpoint run`: grade, then the quiz, then both results and what comes next."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint.commands import keeping

from ..conftest import APP
from . import learner

if TYPE_CHECKING:
    from ..conftest import Cli, Write


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the history of these tests to themselves."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def folder(course: Write, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkpoint with a quiz, in which one is, and a starter that passes already."""
    folder = course(grader=learner.WITH_QUIZ)
    write("course/quiz.yaml", learner.QUIZ)
    write("course/starter/app.py", APP)
    monkeypatch.chdir(folder)
    return folder


RIGHT, WRONG = b"b\nflask\n", b"a\nflask?\n"


def test_from_the_exercise_over_the_quiz_to_the_closing_page(script: Cli, folder: Path):
    answer = script("run", input=RIGHT, cwd=folder)
    assert (answer.code, answer.err) == (0, "")
    report, _, rest = answer.out.partition("Question 1 of 2")
    quiz, _, closing = rest.partition("Hello: done")
    assert "2 of 2 points. Passed." in report
    assert "Next:" not in report  # which is for the end
    assert "2 of 2 right (100 %): passed." in quiz
    assert "exercise  2 of 2 points, passed today at" in closing
    assert "quiz      2 of 2 right (100 %), passed today at" in closing
    assert closing.endswith("\nNext: Farewell\n")


def test_a_quiz_that_was_passed_is_not_asked_again(script: Cli, folder: Path):
    learner.sat(folder, passed=True)
    answer = script("run", input=b"", cwd=folder)
    assert answer.code == 0
    assert "You have passed the quiz before. To take it again: checkpoint quiz\n" in answer.out
    assert "Question 1" not in answer.out
    assert answer.out.endswith("\nNext: Farewell\n")


def test_a_quiz_that_was_not_passed_is_told_with_the_way_on(script: Cli, folder: Path):
    answer = script("run", input=WRONG, cwd=folder)
    assert answer.code == 1
    assert answer.out.endswith("\nNext: checkpoint quiz\n")
    assert "quiz      0 of 2 right (0 %), not passed today at" in answer.out


def test_input_that_ends_leaves_the_quiz_to_be_gone_on_with(script: Cli, folder: Path):
    answer = script("run", input=b"b\n", cwd=folder)
    assert answer.code == 2
    assert "Go on with: checkpoint quiz quiz.yaml --resume" in answer.out
    again = script("run", input=b"flask\n", cwd=folder)
    assert again.code == 0
    assert "Question 1 of 2" not in again.out
    assert again.out.endswith("\nNext: Farewell\n")


def test_an_app_that_does_not_pass_gets_no_quiz_but_the_next_step(cli: Cli, folder: Path, course: Write, write: Write):
    course(learner.CHECKS, grader=learner.WITH_QUIZ)
    write("course/work/my app.py", APP.replace("world", "moon"))
    answer = cli("run", "work/my app.py")
    assert answer.code == 1
    assert "Question 1" not in answer.out
    assert answer.out.endswith("\nA hint: checkpoint hint\nAfter a change: checkpoint run 'work/my app.py'\n")
    course(grader=learner.WITH_QUIZ)  # whose check has no hints
    assert cli("run", "work/my app.py").out.endswith("\n\nAfter a change: checkpoint run 'work/my app.py'\n")


def test_without_a_quiz_it_ends_with_the_exercise(cli: Cli, course: Write, app: Path):
    answer = cli("run", app, "--checkpoint", course())
    assert answer.code == 0
    assert "Hello: done" in answer.out
    assert "  quiz" not in answer.out


def test_without_a_history_both_results_are_told_all_the_same(
    script: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_DATA_HOME", "/dev/null/data")
    answer = script("run", input=RIGHT, cwd=folder)
    assert answer.code == 0
    closing = answer.out[answer.out.index("Hello: done") :]
    assert "exercise  2 of 2 points, passed" in closing
    assert "quiz      2 of 2 right (100 %), passed" in closing
    assert "Nothing is known of what was done before" in closing


def test_the_solution_is_nobodys_way_through_the_checkpoint(cli: Cli, folder: Path):
    answer = cli("run", "solution/app.py")
    assert answer.code == 0
    assert answer.out.endswith("\nThis is the course's own solution: nothing is kept of it, and no quiz follows.\n")
    assert "Question 1" not in answer.out
    assert "done" not in answer.out


def test_in_ci_nothing_is_kept_and_nothing_offered_that_needs_it(
    script: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CI", "true")
    answer = script("run", "--checkpoint", folder, input=RIGHT, cwd=folder)
    assert answer.code == 0
    assert "Hello: done" in answer.out
    assert "quiz      2 of 2 right (100 %), passed" in answer.out
    assert "In CI nothing is kept of this." in answer.out
    assert "diff --solution" not in answer.out
    with keeping.opened() as history:
        assert history.all() == []


def test_a_sitting_of_some_questions_that_was_left_is_not_gone_on_with(script: Cli, folder: Path):
    script("quiz", "--count", "1", input=b"", cwd=folder)
    answer = script("run", input=RIGHT, cwd=folder)
    assert answer.code == 0
    assert "Question 1 of 2" in answer.out
    assert "quiz      2 of 2 right (100 %), passed" in answer.out


def test_a_quiz_that_is_not_there_is_not_passed(cli: Cli, folder: Path):
    (folder / "quiz.yaml").unlink()
    answer = cli("run")
    assert answer.code == 2
    assert "done" not in answer.out
    assert "quiz.yaml" in answer.err


def test_what_is_wrong_is_told_as_grade_does(cli: Cli, folder: Path):
    assert cli("run", "nothing.py") == cli("grade", "nothing.py")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_in_a_real_terminal_from_the_report_to_the_closing_page(folder: Path):
    from ..terminal import Window

    with Window([str(Path(sys.executable).with_name("checkpoint")), "run"], (80, 40)) as window:
        window.play("", "Press Enter to begin, Ctrl-C for later.")
        window.play("\r", "Question 1 of 2")
        window.play("b\r", "Right")
        window.play("\r", "Question 2 of 2")
        window.play("flask\r", "Enter: result")
        window.play("\r", "Next: Farewell")
        assert "Hello: done" in window.text
        window.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_keys_that_were_pressed_while_it_graded_begin_no_quiz(folder: Path):
    from ..terminal import Window

    with Window([str(Path(sys.executable).with_name("checkpoint")), "run"], (80, 40)) as window:
        window.press("\r\r")
        window.see("Press Enter to begin, Ctrl-C for later.")
        window.play("\x04", "When you like: checkpoint run")  # Ctrl-D: later
        assert "Question 1" not in window.text
        assert window.wait() == 130


class _Terminal(io.StringIO):
    """Stand in for a learner at a terminal who presses Enter, or Ctrl-C if there is nothing to read."""

    def isatty(self) -> bool:
        return True

    def readline(self, *_: object) -> str:
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


def test_at_a_terminal_no_clock_runs_before_the_report_was_read(
    cli: Cli, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
):
    write("course/work/app.py", APP)
    monkeypatch.setattr("sys.stdin", _Terminal())
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    answer = cli("run", "work/app.py")
    assert answer.code == 130
    assert "Now the quiz: 2 questions, 5 min in all.\nPress Enter to begin, Ctrl-C for later. \n" in answer.out
    assert answer.out.endswith("\nWhen you like: checkpoint run work/app.py\n")
    with keeping.opened() as history:
        assert list(history.unfinished("quiz")) == []
