"""`checkpoint diff`: what has changed since the last attempt, and once passed, what the solution does."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from checkpoint.commands import keeping

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


def test_in_ci_what_a_learner_writes_is_no_order_to_whoever_reads_the_log(
    cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
):
    file.write_text(file.read_text() + "##[error]x\n ::error::x\n")
    assert {"+##[error]x", "+ ::error::x"} <= set(changed(cli("diff").out))
    monkeypatch.setenv("CI", "true")
    out = cli("diff", file).out
    assert "##[error]" not in out
    assert "::error" not in out


def test_tabs_are_a_difference_that_can_be_seen_and_applied(cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch):
    file.write_text(file.read_text() + "if 1:\n\tx = [0][ ::1]\n")
    assert "+\tx = [0][ ::1]" in changed(cli("diff").out)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert r"+\tx = [0][ ::1]" in changed(cli("diff").out)


def test_a_file_that_came_with_nothing_in_it_is_told(cli: Cli, file: Path):
    (file.parent / "util.py").write_text("")
    assert cli("diff") == (0, "Empty: starter/util.py\n", "")


def test_texts_that_somebody_has_edited_are_told(cli: Cli, file: Path):
    file.write_text("x = 1\n")
    with keeping.opened() as history:
        history._file.execute("UPDATE texts SET files = '{\"app.py\": 5}'")
        history._file.commit()
    answer = cli("diff")
    assert answer.code == 2
    assert "makes no sense" in answer.err


def test_no_such_file_is_told_as_that(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    answer = cli("diff", "nosuch.py")
    assert (answer.code, answer.out) == (2, "")
    assert "nosuch.py: no such file" in answer.err


def test_a_file_out_of_a_folder_that_was_graded_leaves_the_rest_of_it_out(cli: Cli, folder: Path, write: Write):
    mine = write("course/work/app.py", APP)
    write("course/work/README.md", "Read me.\n")
    write("course/work/more.py", "")
    learner.graded(folder, folder / "work", "failed", "passed", "passed")
    mine.write_text(APP.lstrip() + "# more\n")
    answer = cli("diff", "work/app.py")
    assert changed(answer.out) == ["+# more"]
    assert answer.out.endswith("Only in attempt 1: work/README.md\n")


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


@pytest.mark.parametrize("path", ["solution/app.py", "solution", "."])
def test_before_a_pass_the_solution_is_not_shown_by_its_name_either(cli: Cli, folder: Path, file: Path, path: str):
    (folder / "app.py").write_text(APP)
    answer = cli("diff", path, "--checkpoint", folder)
    assert (answer.code, answer.out) == (1, "")
    assert "the solution is shown once you have passed" in answer.err


def test_the_solution_is_not_shown_for_having_passed_an_easier_state(cli: Cli, folder: Path, file: Path, course: Write):
    learner.graded(folder, file, "passed", "passed", "passed")
    course(f"{learner.CHECKS}\n# harder\n")
    answer = cli("diff", "--solution")
    assert answer.code == 1
    assert "you have passed an earlier state of this checkpoint" in answer.err
    assert answer.err.endswith("\nnext: checkpoint grade\n")  # as bare `checkpoint` says it
    assert "help: next: checkpoint grade; or name a check" in cli("hint").err


@pytest.mark.parametrize(
    "theirs", [b"# coding: latin-1\n# caf\xe9\n", b"# \xff\n", b"x = 1\n" * 60_000], ids=["latin-1", "none", "large"]
)
def test_of_what_was_not_compared_nobody_says_that_it_is_the_same(cli: Cli, folder: Path, file: Path, theirs: bytes):
    learner.graded(folder, file, "passed", "passed", "passed")
    (folder / "solution/app.py").write_bytes(theirs)
    learner.graded(folder, file, "passed", "passed", "passed")
    answer = cli("diff", "--solution")
    assert answer.code == 0
    assert "the same" not in answer.out
    if theirs.startswith(b"# coding"):
        assert changed(answer.out)[-2:] == ["+# coding: latin-1", "+# caf\xe9"]
    else:
        assert answer.out == "Not compared, for they are large or no text: starter/app.py\n"


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
    out = cli("diff", mine, "--solution").out
    assert out.startswith("Yours and the solution are the same, to the letter.\nOnly in yours: ")
    assert out.endswith("/notes.py\n")
    assert len(out.splitlines()) == 2
