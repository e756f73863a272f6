"""`checkpoint new` writes a checkpoint that is whole from the first minute, and never writes over anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint import course as courses
from checkpoint.commands.new.command import PARTS

if TYPE_CHECKING:
    from ..conftest import Cli, Write

LINES = 175  # that can be read in five minutes


@pytest.fixture
def made(cli: Cli, tmp_path: Path) -> Path:
    """Return the folder of a new checkpoint."""
    folder = tmp_path / "week-1"
    assert cli("new", folder).code == 0
    return folder


def files(folder: Path) -> list[str]:
    """Return the names of all files in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_it_writes_what_it_says_and_nothing_else(cli: Cli, tmp_path: Path):
    answer = cli("new", tmp_path / "a" / "week 1")
    assert (answer.code, answer.err) == (0, "")
    assert files(tmp_path / "a" / "week 1") == sorted(PARTS)
    for part in PARTS:
        assert f"  {part} " in answer.out
    assert f"  cd '{tmp_path}/a/week 1'\n  checkpoint verify" in answer.out


def test_the_starter_is_graded_and_does_not_pass_and_the_solution_does(cli: Cli, made: Path):
    starter, solution = (cli("grade", made / name / "app.py", "--checkpoint", made) for name in ("starter", "solution"))
    assert (starter.code, solution.code) == (1, 0)
    assert "1 of 4 points" in starter.out
    assert "At /?name=Ada" in starter.out
    assert "4 of 4 points" in solution.out


def test_its_checks_are_proved(cli: Cli, made: Path):
    proof = cli("verify", made, "--quiet")
    assert proof.code == 0, proof.out
    assert "noticed. 3 checks" in proof.out  # none survives, none is waived


def test_its_checks_are_plain_pytest(made: Path):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "checks/", "--submission", "solution/app.py", "-q"],
        cwd=made, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "3 passed" in done.stdout


def test_its_quiz_is_clean(cli: Cli, made: Path):
    assert cli("quiz", made / "quiz.yaml", "--check").code == 0


def test_its_apps_run_by_themselves(made: Path):
    starter, solution = (
        subprocess.run([sys.executable, made / name / "app.py"], capture_output=True, text=True, check=True).stdout
        for name in ("starter", "solution")
    )
    assert starter.count("Hello, world!") == 3
    assert "Hello, Ada!" in solution


def test_it_is_clean_by_ruffs_defaults(made: Path):
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [Path(sys.executable).with_name("ruff"), *command, "--isolated", "--no-cache", made],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


def test_it_can_be_read_in_five_minutes(made: Path):
    assert sum(len((made / part).read_text("utf-8").splitlines()) for part in PARTS) <= LINES


@pytest.mark.parametrize(
    ("name", "id", "title"),
    [("week-1", "week-1", "Week 1"), ("JSON_api", "json-api", "JSON Api"), ("Übung 2", "übung-2", "Übung 2")],
)
def test_it_is_named_after_its_folder(cli: Cli, tmp_path: Path, name: str, id: str, title: str):
    cli("new", tmp_path / name)
    checkpoint = courses.load(tmp_path / name).checkpoint
    assert (checkpoint.id, checkpoint.title) == (id, title)
    assert (tmp_path / name / "starter" / "README.md").read_text("utf-8").startswith(f"# {title}\n")


@pytest.mark.parametrize("title", ['Say "hello"', r"C:\new", "#1: {{ a }}", "<<id>>", "日本", "it's"])
def test_any_title_can_be_given(cli: Cli, tmp_path: Path, title: str):
    assert cli("new", tmp_path / "new", "--title", title, "--id", "week1").code == 0
    checkpoint = courses.load(tmp_path / "new").checkpoint
    assert (checkpoint.id, checkpoint.title) == ("week1", title)
    assert (tmp_path / "new" / "starter" / "README.md").read_text("utf-8").startswith(f"# {title}\n")
    assert cli("quiz", tmp_path / "new" / "quiz.yaml", "--check").code == 0


@pytest.mark.parametrize(("option", "text"), [("--title", "two\nlines"), ("--title", " "), ("--id", "\x1b[31m")])
def test_a_name_that_cannot_be_shown_is_refused(cli: Cli, tmp_path: Path, option: str, text: str):
    answer = cli("new", tmp_path / "new", option, text)
    assert (answer.code, answer.out) == (2, "")
    assert f"help: name one: {option} TEXT" in answer.err
    assert not (tmp_path / "new").exists()


def test_a_folder_without_a_name_needs_one(cli: Cli, tmp_path: Path):
    answer = cli("new", tmp_path / "---")
    assert answer.code == 2
    assert "--id TEXT" in answer.err


def test_an_empty_folder_is_filled(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()  # a repository in which nothing is yet
    answer = cli("new", ".")
    assert answer.code == 0
    assert "  cd " not in answer.out
    assert files(tmp_path) == sorted(PARTS)


def test_what_is_there_is_named_and_left_alone(cli: Cli, tmp_path: Path, write: Write):
    for name in ("b.txt", "a.txt", "c/d.txt", "e.txt"):
        write(f"new/{name}", "mine")
    answer = cli("new", tmp_path / "new")
    assert (answer.code, answer.out) == (2, "")
    assert f"{tmp_path}/new: the folder is not empty: a.txt, b.txt, c and 1 more" in answer.err
    assert files(tmp_path / "new") == ["a.txt", "b.txt", "c/d.txt", "e.txt"]


def test_a_file_is_no_place_for_a_checkpoint(cli: Cli, tmp_path: Path, write: Write):
    path = write("file", "mine")
    for place in (path, path / "new"):
        answer = cli("new", place)
        assert answer.code == 2
        assert "not a directory" in answer.err
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device", "quiz.yaml"), KeyboardInterrupt()])
def test_nothing_half_written_is_left_behind(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, there: bool
):
    folder = tmp_path / "a" / "new"
    if there:
        folder.mkdir(parents=True)
    real = Path.open

    def fill_up(path: Path, *arguments: object, **options: object) -> object:
        if path == folder / "quiz.yaml":
            raise error
        return real(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", fill_up)
    answer = cli("new", folder)
    assert (answer.code, answer.out) == (2 if isinstance(error, OSError) else 130, "")
    assert list(tmp_path.rglob("*")) == ([tmp_path / "a", folder] if there else [])
