"""Where saves are looked for, and how the system tells of them."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint import course as courses
from checkpoint.commands.watch import disk
from checkpoint.commands.watch.events import Events
from checkpoint.errors import RefusedSubmission
from checkpoint.model import Limits

if TYPE_CHECKING:
    import pytest

    from ...conftest import Write

PATIENCE = 20.0  # seconds


def watched(path: Path, folder: Path, top: Path) -> set[str]:
    """Return the folders that are watched, by their names below `top`."""
    course = courses.load(folder)
    found = disk.folders(path, disk.look(path, course, Limits()), course)
    return {Path(name).relative_to(top).as_posix() for name, _number in found}


def test_a_file_is_watched_with_what_goes_along(course: Write, app: Path, write: Write, tmp_path: Path):
    for name in ("templates/mails/one.html", ".venv/lib/x.py", ".git/HEAD", "data/x.txt"):
        write(f"work/{name}", "x")
    assert watched(app, course(), tmp_path) == {
        "work", "work/templates/mails", "course", "course/solution", "course/checks",
    }  # fmt: skip


def test_of_a_folder_those_folders_are_watched_that_have_something_to_grade(
    course: Write, app: Path, write: Write, tmp_path: Path
):
    for name in ("data/few/x.txt", ".venv/lib/x.py", "env/pyvenv.cfg", "env/lib/x.py", "__pycache__/x.pyc"):
        write(f"work/{name}", "x")
    write("course/checks/more/beside.py", "")
    assert watched(app.parent, course(), tmp_path) == {
        "work", "work/data/few", "course", "course/solution", "course/checks", "course/checks/more",
    }  # fmt: skip


def test_one_folder_around_everything_is_stepped_into(course: Write, app: Path, tmp_path: Path):
    (tmp_path / "all").mkdir()
    app.parent.rename(tmp_path / "all" / "inner")
    assert {"all", "all/inner"} < watched(tmp_path / "all", course(), tmp_path)


def test_a_folder_that_is_made_again_is_another(course: Write, app: Path, monkeypatch: pytest.MonkeyPatch):
    checkpoint = courses.load(course())
    before = disk.folders(app, disk.look(app, checkpoint, Limits()), checkpoint)
    app.parent.rename(app.parent.with_name("old"))
    app.parent.mkdir()
    after = disk.folders(app, disk.look(app, checkpoint, Limits()), checkpoint)
    assert {name for name, _ in before} == {name for name, _ in after}
    assert before != after


def test_a_look_tells_what_is_there_and_whether_the_checkpoint_has_changed(course: Write, app: Path):
    checkpoint = courses.load(course())
    first, again = (disk.look(app, checkpoint, Limits()) for _ in range(2))
    assert (first.course, first.content) == (again.course, again.content)
    (checkpoint.checks / "__pycache__").mkdir()
    (checkpoint.checks / "__pycache__" / "x.pyc").touch()
    assert disk.look(app, checkpoint, Limits()).course == first.course
    (checkpoint.checks / "conftest.py").touch()
    app.unlink()
    last = disk.look(app, checkpoint, Limits())
    assert last.course != first.course
    assert isinstance(last.given, RefusedSubmission)


def test_the_system_tells_of_a_save(tmp_path: Path):
    told = threading.Event()
    events = Events(frozenset({(str(tmp_path), 0)}), told.set)
    assert told.wait(PATIENCE)  # it has begun, or is about to
    told.clear()
    until = time.monotonic() + PATIENCE
    number = 0
    while not told.wait(0.2) and time.monotonic() < until:
        (tmp_path / "app.py").write_text(str(number := number + 1))
    events.close()
    assert number < until
    assert told.is_set()


def test_folders_that_are_gone_end_nothing(tmp_path: Path):
    events = Events(frozenset({(str(tmp_path / "gone"), 0)}), lambda: None)
    events.close()
