"""`checkpoint start`: the starter in a folder of one's own, all of it or nothing, and never over anybody's work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..conftest import APP
from . import learner

if TYPE_CHECKING:
    from ..conftest import Cli, Write


@pytest.fixture
def folder(course: Write, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkpoint in which one is."""
    folder = course(learner.CHECKS)
    write("course/starter/app.py", APP)
    write("course/starter/README.md", "Do this.\n")
    write("course/starter/templates/home.html", "<p>\n")
    write("course/starter/__pycache__/app.pyc", "no")
    monkeypatch.chdir(folder)
    return folder


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()
    }


STARTER = {"README.md": "Do this.\n", "app.py": APP.lstrip(), "templates/home.html": "<p>\n"}


def test_it_is_copied_and_the_next_command_said(cli: Cli, folder: Path):
    answer = cli("start", "mine/work")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        "Copied README.md, app.py and templates/home.html to mine/work/.\nNext: checkpoint grade mine/work/app.py\n"
    )
    assert files(folder / "mine/work") == STARTER


def test_from_elsewhere_the_next_command_names_the_checkpoint(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    out = cli("start", "work", "--checkpoint", folder).out
    assert out.endswith("Next: checkpoint grade work/app.py --checkpoint course\n")
    monkeypatch.setenv("CHECKPOINT_DIR", str(folder))
    assert cli("start", "work").out.endswith("Next: checkpoint grade work/app.py\n")
    monkeypatch.setenv("CHECKPOINT_DIR", str(tmp_path))
    assert cli("start", "work", "--checkpoint", folder).out.endswith("app.py --checkpoint course\n")


def test_what_is_there_already_stays_and_the_rest_comes(cli: Cli, folder: Path):
    cli("start", "work")
    (folder / "work/README.md").unlink()
    (folder / "work/notes.txt").write_text("mine")
    assert cli("start", "work").out.startswith("Copied README.md to work/.\n")
    assert cli("start", "work").out.startswith("Everything is there already, in work/.\n")
    assert files(folder / "work") == {**STARTER, "notes.txt": "mine"}


@pytest.mark.parametrize("kind", ["work", "folder", "link", "dangling"])
def test_nothing_is_copied_if_anything_is_in_the_way(cli: Cli, folder: Path, tmp_path: Path, kind: str):
    target = folder / "work/templates/home.html"
    target.parent.mkdir(parents=True)
    outside = tmp_path / "outside.html"
    if kind == "work":
        target.write_text("hours of it")
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to(outside)
        if kind == "link":
            outside.write_text("<p>\n")  # even with the right bytes: what is behind a link is not ours
    before = files(folder / "work")
    answer = cli("start", "work")
    assert (answer.code, answer.out) == (2, "")
    assert "work/templates/home.html: " in answer.err
    assert files(folder / "work") == before
    assert outside.exists() is (kind == "link")


@pytest.mark.parametrize("where", [".", "templates"])
def test_no_link_is_followed_on_the_way(cli: Cli, folder: Path, tmp_path: Path, where: str):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place = folder / "work" / where
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(elsewhere)
    answer = cli("start", "work")
    assert answer.code == 2
    assert "this is there already, and is no folder" in answer.err
    assert list(elsewhere.iterdir()) == []
    assert files(folder / "work") == {}


def test_a_copy_that_fails_half_way_leaves_nothing_behind(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch):
    real = Path.open

    def full(path: Path, *arguments: object, **named: object) -> object:
        if path.name == "home.html" and arguments == ("xb",):
            raise OSError(28, "No space left on device")
        return real(path, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    answer = cli("start", "mine/work")
    assert answer.code == 2
    assert "cannot be written: no space left on device; nothing was copied" in answer.err
    assert not (folder / "mine").exists()


def test_a_link_in_the_starter_is_its_authors_business(cli: Cli, folder: Path):
    (folder / "starter/secrets").symlink_to("/etc")
    answer = cli("start", "work")
    assert answer.code == 2
    assert "starter/secrets: the starter: this is a symbolic link" in answer.err
    assert not (folder / "work").exists()


def test_a_checkpoint_without_a_starter(cli: Cli, course: Write, tmp_path: Path):
    answer = cli("start", tmp_path / "work", "--checkpoint", course(learner.CHECKS))
    assert answer.code == 2
    assert "there is no starter, starter/app.py" in answer.err


def test_what_is_never_graded_is_not_copied_whatever_it_is(cli: Cli, folder: Path):
    (folder / "starter/.venv").mkdir()
    (folder / "starter/.venv/bin").symlink_to("/usr/bin")
    (folder / "starter/env").mkdir()
    (folder / "starter/env/pyvenv.cfg").write_text("")
    (folder / "starter/env/python").symlink_to("/usr/bin/python3")
    assert cli("start", "work").code == 0
    assert files(folder / "work") == STARTER


def test_a_folder_outside_of_the_checkpoint_is_told_how_to_find_it_from_there(cli: Cli, folder: Path):
    out = cli("start", "../flask").out
    assert out.endswith(
        f"Next: checkpoint grade ../flask/app.py\nOr, in that folder: checkpoint grade --checkpoint {folder}\n"
    )


@pytest.mark.parametrize("where", [".", "", "solution", "checks/mine", "starter", "starter/inner"])
def test_no_folder_of_the_checkpoints_own_is_worked_in(cli: Cli, folder: Path, where: str):
    before = files(folder)
    answer = cli("start", where)
    assert (answer.code, answer.out) == (2, "")
    assert "this folder belongs to the checkpoint itself" in answer.err
    assert files(folder) == before


def test_dir_is_needed(cli: Cli):
    answer = cli("start")
    assert answer.code == 2
    assert "Missing argument 'DIR'" in answer.err
