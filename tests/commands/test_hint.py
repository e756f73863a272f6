"""`checkpoint hint`: the next one, below those that were taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checkpoint.errors import CheckpointError

from ..conftest import APP
from . import learner

if TYPE_CHECKING:
    from pathlib import Path

    from ..conftest import Cli, Write


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the history of these tests to themselves."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def folder(course: Write, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkpoint in which one is."""
    folder = course(learner.CHECKS)
    write("course/starter/app.py", APP)
    monkeypatch.chdir(folder)
    return folder


def shown(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith("hint ")]


ALL = ["hint 1 of 3: Look at the word.", "hint 2 of 3: It is a place.", "hint 3 of 3: Write world."]


def test_the_report_has_shown_the_first_one_so_the_second_comes_next(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "failed", "passed", "passed")
    first, second, third = (cli("hint") for _ in range(3))
    assert (first.code, shown(first.out)) == (0, ALL[:2])
    assert "One more: checkpoint hint hello\nAfter a change: checkpoint grade\n" in first.out
    assert (second.code, shown(second.out)) == (0, ALL)
    assert (third.code, shown(third.out)) == (1, ALL)
    assert "These are all the hints there are." in third.out
    assert "Read again what happens: checkpoint grade --only hello\n" in third.out


def test_how_many_were_taken_outlasts_the_next_attempt(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "failed", "passed", "passed")
    cli("hint")
    learner.graded(folder, folder / "starter/app.py", "failed", "passed", "passed")
    assert shown(cli("hint").out) == ALL


def test_a_check_that_has_not_failed_begins_with_its_first_one(cli: Cli, folder: Path):
    assert shown(cli("hint", "hello").out) == ALL[:1]
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "failed")
    assert shown(cli("hint", "hello").out) == ALL[:2]


def test_what_failed_first_in_the_last_attempt_counts_also_if_it_was_one_check_alone(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "failed", "failed", "failed")
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "failed", only="plain")
    answer = cli("hint")
    assert (answer.code, shown(answer.out)) == (1, [])
    assert answer.out.startswith("plain  It has no hints\n\nThis check has no hints.\n")


def test_a_check_that_passed_alone_gives_way_to_the_next_that_failed(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "failed", "passed", "failed")
    learner.graded(folder, folder / "starter/app.py", "passed", only="hello")
    assert cli("hint").out.startswith("plain  ")
    assert "first to mend: plain" in cli().out


def test_the_report_has_shown_the_first_one_of_an_undecided_check_too(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "undecided", "passed", "passed")
    assert shown(cli("hint").out) == ALL[:2]


def test_an_id_is_found_in_whatever_case(cli: Cli, folder: Path):
    assert shown(cli("hint", "Hello").out) == ALL[:1]


def test_a_file_is_no_check(cli: Cli, folder: Path):
    answer = cli("hint", "starter/app.py")
    assert answer.code == 2
    assert "`starter/app.py` is a file, and hints are for a check" in answer.err


def test_a_history_that_cannot_be_written_refuses_no_hint(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch):
    learner.graded(folder, folder / "starter/app.py", "failed", "passed", "passed")

    def locked(*_: object) -> None:
        raise CheckpointError("database is locked")

    monkeypatch.setattr("checkpoint.attempts.Attempts.take_hint", locked)
    answer = cli("hint")
    assert (answer.code, shown(answer.out)) == (0, ALL[:2])
    assert "It is not remembered that you took this one: database is locked." in answer.out
    assert "All of them: checkpoint grade --only hello --hints\n" in answer.out


def test_without_a_history_a_check_that_is_named_has_its_hints(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/dev/null/data")
    answer = cli("hint", "hello")
    assert (answer.code, shown(answer.out)) == (0, ALL[:1])
    assert cli("hint").code == 2  # nobody knows what failed


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("helo", "there is no check `helo`\nhelp: did you mean `hello`?"),
        ("zzz", "there is no check `zzz`\nhelp: the checks are hello, plain"),
        ("secret", "the check `secret` is hidden: there are no hints for it"),
    ],
)
def test_checks_of_which_there_is_nothing_to_tell(cli: Cli, folder: Path, id: str, words: str):
    answer = cli("hint", id)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert "Not for you." not in answer.err


def test_without_an_attempt_there_is_nothing_to_give_a_hint_for(cli: Cli, folder: Path):
    answer = cli("hint")
    assert answer.code == 2
    assert "nothing has been graded yet\nhelp: grade first: checkpoint grade" in answer.err


def test_after_a_pass_there_is_nothing_to_give_a_hint_for(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "passed", "passed", "passed")
    answer = cli("hint")
    assert answer.code == 2
    assert "your last attempt passed" in answer.err


def test_a_hidden_check_that_failed_alone_gives_none(cli: Cli, folder: Path):
    learner.graded(folder, folder / "starter/app.py", "passed", "failed", "passed")
    answer = cli("hint")
    assert answer.code == 2
    assert "Not for you." not in answer.out + answer.err
