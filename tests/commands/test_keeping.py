"""What `checkpoint grade` keeps of an attempt, whose attempts it keeps, and that no mark depends on it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.attempts import Attempts, place
from checkpoint.commands import keeping, recalling
from checkpoint.errors import CheckpointError
from checkpoint.model import Limits, Submission

from ..conftest import APP
from . import learner

if TYPE_CHECKING:
    from ..conftest import Cli, Write


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the history of these tests to themselves."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path / "data/checkpoint/history.sqlite3"


def past(folder: Path) -> recalling.Past:
    with keeping.opened() as history:
        return recalling.past(history, courses.load(folder))


def test_grade_keeps_what_was_graded_and_what_came_of_it(cli: Cli, course: Write, app: Path):
    folder = course()
    assert cli("grade", app, "--checkpoint", folder, "--seed", "7").code == 0
    app.write_text(APP.replace("world", "moon"))
    assert cli("grade", app, "--checkpoint", folder).code == 1
    first, second = past(folder).tries
    assert (first.earned, first.possible, first.passed, first.seed, first.path) == (2, 2, True, 7, str(app))
    assert (second.earned, second.passed) == (0, False)
    assert [(check.id, check.status) for check in second.checks] == [("hello", "failed")]
    with keeping.opened() as history:
        assert history.texts(first.content) == {"app.py": APP.lstrip()}


def test_one_check_alone_is_no_pass(cli: Cli, course: Write, app: Path):
    folder = course()
    assert cli("grade", app, "--checkpoint", folder, "--only", "hello").code == 0
    (only,) = past(folder).tries
    assert (only.only, only.passed, past(folder).passed) == ("hello", False, None)


def test_nothing_is_kept_in_ci(cli: Cli, course: Write, app: Path, data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CI", "true")
    learner.graded(course(learner.CHECKS), app, "passed")
    assert not data.exists()


def test_the_solution_is_nobodys_attempt(course: Write, data: Path):
    folder = course(learner.CHECKS)
    learner.graded(folder, folder / "solution", "passed")
    learner.graded(folder, folder / "solution" / "app.py", "passed")
    assert not data.exists()


@pytest.mark.parametrize("why", ["no folder", "no home", "newer"])
def test_a_history_that_cannot_be_written_changes_nothing(
    cli: Cli, course: Write, app: Path, data: Path, monkeypatch: pytest.MonkeyPatch, why: str
):
    folder = course()
    wanted = cli("grade", app, "--checkpoint", folder, "--seed", "1")
    if why == "no folder":
        monkeypatch.setenv("XDG_DATA_HOME", "/dev/null/data")
    elif why == "no home":
        monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: Path("~/.local/share/checkpoint"))
        with pytest.raises(CheckpointError, match="no home"):
            place()
    else:
        with sqlite3.connect(data) as file:
            file.execute("PRAGMA user_version = 99")
        file.close()
    assert cli("grade", app, "--checkpoint", folder, "--seed", "1") == wanted


def test_of_hidden_checks_no_more_is_kept_than_was_shown(course: Write, app: Path, data: Path):
    folder = course(learner.CHECKS)
    learner.graded(folder, app, "passed", "failed")
    assert [(check.id, check.title, check.hints) for check in past(folder).tries[0].checks] == [
        ("hello", "It is hello", 3),
        ("secret", "secret", 0),
    ]
    assert b"It is secret" not in data.read_bytes()


def test_only_so_much_text_is_kept_and_nothing_that_is_no_text():
    large = b"x" * (keeping.TEXT_BYTES - 10)
    files = {"a.py": large, "app.py": b"app = 1\n", "logo.png": b"\x89PNG\xff", "z.py": b"z" * 10}
    kept = keeping.texts(Submission("work", "app.py", files, "hash"))
    assert kept == {"app.py": "app = 1\n", "a.py": large.decode(), "logo.png": None, "z.py": None}
    assert next(iter(kept)) == "app.py"  # the app itself comes first, however much lies beside it


def test_a_quiz_asked_by_its_file_belongs_to_the_checkpoint_that_has_it(course: Write, write: Write):
    folder = course(learner.CHECKS, grader=learner.WITH_QUIZ)
    write("course/quiz.yaml", learner.QUIZ)
    with keeping.opened() as history:
        for quiz in (past(folder).quiz, "another"):
            number = history.begin("quiz", quiz or "", {})
            history.finish(number, {"mode": "practice"}, passed=True, earned=2, possible=2)
    assert len(past(folder).sittings) == 1
    assert past(folder).quiz_passed is not None


@pytest.mark.parametrize("terms", [{"missed": True}, {"count": 1}])
def test_some_of_the_questions_are_not_the_quiz(course: Write, write: Write, terms: dict[str, object]):
    folder = course(learner.CHECKS, grader=learner.WITH_QUIZ)
    write("course/quiz.yaml", learner.QUIZ)
    learner.sat(folder, passed=True, **terms)
    assert past(folder).quiz_passed is None


def test_a_changed_checkpoint_has_to_be_passed_again(course: Write, app: Path):
    folder = course(learner.CHECKS)
    learner.graded(folder, app, "passed")
    assert past(folder).passed is not None
    course(f"{learner.CHECKS}\n# harder\n")
    assert past(folder).passed is None


def test_a_record_that_somebody_has_edited_is_told(course: Write, app: Path, data: Path):
    folder = course(learner.CHECKS)
    learner.graded(folder, app, "passed")
    with sqlite3.connect(data) as file:
        file.execute("UPDATE attempts SET record = '{}'")
    file.close()
    with pytest.raises(CheckpointError, match="a record in it makes no sense") as caught:
        past(folder)
    assert caught.value.where == str(data)


DAMAGES = [
    "UPDATE attempts SET earned = 9e999",
    "UPDATE attempts SET possible = 'x'",
    "UPDATE attempts SET started = '0001-01-01T00:00:00+14:00'",
    "UPDATE attempts SET record = json_set(record, '$.path', 5)",
    "UPDATE attempts SET record = json_set(record, '$.checks', 5)",
    "UPDATE attempts SET record = json_set(record, '$.checks[0].hints', 'x')",
    "UPDATE attempts SET record = json_set(record, '$.checks[0].status', 'great')",
    "UPDATE attempts SET content = x'00'",
    "INSERT INTO hints VALUES ('hello', 'hello', 'x')",
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_history_is_told_and_changes_no_mark(
    cli: Cli, course: Write, write: Write, data: Path, monkeypatch: pytest.MonkeyPatch, damage: str
):
    folder = course(grader=learner.WITH_QUIZ)
    write("course/quiz.yaml", learner.QUIZ)
    app = write("course/starter/app.py", APP)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NO_COLOR", "1")
    learner.graded(folder, app, "failed")
    with sqlite3.connect(data) as file:
        file.execute(damage)
    file.close()
    if damage == DAMAGES[0]:  # the others need not start a worker, too
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        answer = cli("grade", "-q")
        assert (answer.code, answer.out, answer.err) == (0, "2 of 2 points. Passed.\n", "")
        assert cli("grade").code == 0
    bare = cli()
    assert bare.code == 0
    assert "makes no sense" in bare.out.replace("\n", " ")
    for command in ("hint", "diff", "history"):
        answer = cli(command)
        assert answer.code == 2
        assert "a record in it makes no sense" in answer.err
        assert "help: move this file away to begin a new one" in answer.err


def test_an_app_by_another_name_is_kept_under_its_own(course: Write, app: Path):
    folder = course(learner.CHECKS)
    other = app.rename(app.with_name("mine.py"))
    learner.graded(folder, other, "failed")
    assert past(folder).tries[0].main == "mine.py"
    assert intake.take(other, Limits()).sha256 == past(folder).tries[0].content
    history = Attempts(place())
    assert history.texts(past(folder).tries[0].content) == {"mine.py": APP.lstrip()}
    history.close()


@pytest.mark.parametrize("slow", ["punycode", "idna"])
def test_a_text_is_not_read_by_an_encoding_that_takes_hours(slow: str):
    """Whoever hands in chooses it, and what is kept is read in the grader's own process."""
    text = f"# coding: {slow}\n# ab-cd\n"
    given = Submission("app.py", "app.py", {"app.py": text.encode()}, "hash")
    assert keeping.texts(given) == {"app.py": text}
