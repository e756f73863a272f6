"""`checkpoint diff`: what has changed since the last attempt, and once passed, what the solution does."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

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
    write("course/starter/app.py", APP.replace("world", "moon"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def file(folder: Path) -> Path:
    """Return the starter, which has been graded."""
    file = folder / "starter/app.py"
    learner.graded(folder, file, "failed", "passed", "passed")
    return file


def changed(out: str) -> list[str]:
    return [line for line in out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_nothing_has_changed(cli: Cli, file: Path):
    answer = cli("diff")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Nothing has changed since attempt 1, ")
    assert answer.out.endswith(", 2 of 4.\n")


@pytest.mark.skipif(shutil.which("patch") is None, reason="there is no patch here")
def test_what_has_changed_is_a_patch_that_other_programs_take(cli: Cli, file: Path, tmp_path: Path):
    before = file.read_text()
    file.write_text(before.replace("moon", "world") + "x = 1 ")
    out = cli("diff").out
    assert out.startswith("--- starter/app.py\tattempt 1, ")
    assert changed(out) == ['-    return {"hello": "moon"}', '+    return {"hello": "world"}', "+x = 1 "]
    assert out.endswith("\\ No newline at end of file\n")
    copy = tmp_path / "copy.py"
    copy.write_text(before)
    subprocess.run(["patch", copy], input=out.encode(), check=True, capture_output=True)
    assert copy.read_text() == file.read_text()


def test_colours_where_they_are_wanted(cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch):
    file.write_text(file.read_text() + "x = 1\n")
    assert "\x1b" not in cli("diff").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[32m+x = 1\x1b[0m\n" in cli("diff").out


def test_what_a_learner_writes_cannot_act_on_a_terminal(cli: Cli, file: Path):
    file.write_text(file.read_text() + "# \x1b[2J \u202e\n##[error]x\n")
    out = cli("diff").out
    assert "\x1b" not in out
    assert r"+# \x1b[2J \u202e" in out
    assert "##[error]" not in out


def test_modules_and_templates_beside_it_count(cli: Cli, file: Path, write: Write):
    write("course/starter/more.py", "y = 2\n")
    (file.parent / "templates").mkdir()
    (file.parent / "templates/logo.png").write_bytes(b"\x89PNG\xff")
    out = cli("diff").out
    assert "+++ starter/more.py\tnow\n" in out
    assert changed(out) == ["+y = 2"]
    assert out.endswith("Not compared, for they are large or no text: starter/templates/logo.png\n")


def test_another_file_is_compared_with_its_own_last_attempt(cli: Cli, folder: Path, file: Path, write: Write):
    other = write("work/app.py", APP + "# one\n")
    assert "+# one" in changed(cli("diff", other).out)  # it has none: with the last one of all
    learner.graded(folder, other, "failed", "passed", "passed")
    learner.graded(folder, file, "failed", "passed", "passed")
    assert cli("diff", other).out.startswith("Nothing has changed since attempt 2, ")


def test_without_a_path_it_is_the_file_that_was_graded_last(cli: Cli, folder: Path, file: Path, write: Write):
    other = write("work/app.py", APP)
    learner.graded(folder, other, "failed", "passed", "passed")
    other.write_text(APP.lstrip() + "# more\n")
    assert changed(cli("diff").out) == ["+# more"]


def test_before_the_first_attempt(cli: Cli, folder: Path):
    answer = cli("diff")
    assert (answer.code, answer.out) == (2, "")
    assert "nothing has been graded yet" in answer.err
    assert "help: first: checkpoint grade\n" in answer.err


def test_the_solution_is_not_shown_before_the_exercise_is_passed(cli: Cli, folder: Path, file: Path):
    answer = cli("diff", "--solution")
    assert (answer.code, answer.out) == (1, "")
    assert "the solution is shown once you have passed; your last attempt has 2 of 4 points" in answer.err
    assert "next: checkpoint hint" in answer.err
    learner.graded(folder, file, "passed", only="hello")  # one check alone is no pass
    assert cli("diff", "--solution").code == 1


def test_the_solution_is_not_shown_for_having_passed_an_easier_state(cli: Cli, folder: Path, file: Path, course: Write):
    learner.graded(folder, file, "passed", "passed", "passed")
    course(f"{learner.CHECKS}\n# harder\n")
    assert cli("diff", "--solution").code == 1


def test_once_passed_the_solution_is_compared(cli: Cli, folder: Path, file: Path, write: Write):
    mine = write("work/mine.py", APP.replace("world", "world!"))
    write("work/notes.py", "not the solution's business\n")
    learner.graded(folder, mine, "passed", "passed", "passed")
    answer = cli("diff", mine, "--solution")
    assert answer.code == 0
    assert changed(answer.out) == ['-    return {"hello": "world!"}', '+    return {"hello": "world"}']
    assert "\tyours\n" in answer.out
    assert "\tthe solution\n" in answer.out
    mine.write_text((folder / "solution/app.py").read_text())
    assert cli("diff", mine, "--solution").out == "Yours and the solution are the same, to the letter.\n"
