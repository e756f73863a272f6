"""A checkpoint arrives elsewhere as it is here, or not at all, and nothing of it stays there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from checkpoint import course as courses
from checkpoint.batch import bundle as bundles
from checkpoint.errors import BrokenCheckpoint, GradingError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Write

SHARED = """
from checkpoint import Checkpoint

checkpoint = Checkpoint(id="hello", title="Hello", checks="../shared/checks")
"""


def test_what_decides_a_mark_arrives_and_goes_away_again(course: Write, tmp_path: Path) -> None:
    folder = course()
    (folder / "solution" / "static").mkdir()
    (folder / "solution" / "static" / "logo.png").write_bytes(b"\x89PNG\r\n\0\xff")
    (folder / "notes.txt").write_text("no part of it")
    (folder / "checks" / "__pycache__").mkdir()
    (folder / "checks" / "__pycache__" / "test_hello.pyc").write_bytes(b"of this Python")
    loaded = courses.load(folder)
    target = tmp_path / "elsewhere"
    target.mkdir()

    with bundles.unpacked(bundles.pack(loaded), target) as there:
        assert courses.load(there.root).fingerprint == loaded.fingerprint
        files = {path.relative_to(there.root).as_posix() for path in there.root.rglob("*") if path.is_file()}
        assert files == {"grader.py", "checks/test_hello.py", "solution/app.py", "solution/static/logo.png"}
        assert there.private.stat().st_mode & 0o077 == 0
    assert list(target.iterdir()) == []


def test_parts_beside_the_checkpoint_come_along(course: Write, write: Write) -> None:
    folder = course(grader=SHARED)
    (folder / "checks" / "test_hello.py").rename(write("shared/checks/test_hello.py", ""))
    loaded = courses.load(folder)

    with bundles.unpacked(bundles.pack(loaded)) as there:
        assert courses.load(there.root).fingerprint == loaded.fingerprint
        assert there.original(f"{there.root.parent}/shared/checks/test_hello.py:3") == (
            f"{folder.parent}/shared/checks/test_hello.py:3"
        )


def test_a_checkpoint_that_names_a_path_of_this_machine_does_not_travel(course: Write, tmp_path: Path) -> None:
    folder = course(grader=SHARED.replace("../shared/checks", str(tmp_path / "course" / "checks")))
    with pytest.raises(BrokenCheckpoint, match="checks is a path of this machine") as raised:
        bundles.pack(courses.load(folder))
    assert raised.value.where == str(folder / "grader.py")


def test_a_grader_that_reads_what_is_not_covered_does_not_travel(course: Write, write: Write) -> None:
    read = 'from pathlib import Path\nTITLE = (Path(__file__).parent / "title.txt").read_text()\n'
    folder = course(grader=read + SHARED.replace("../shared/checks", "checks").replace('"Hello"', "TITLE"))
    write("course/title.txt", "Hello")
    with pytest.raises(BrokenCheckpoint, match="cannot be taken to another machine") as raised:
        bundles.pack(courses.load(folder))
    assert f"{folder}/grader.py:2" in (raised.value.help or "")
    assert "checkpoint-" not in (raised.value.help or "").replace(str(folder), "")


def test_what_was_changed_on_the_way_is_refused(course: Write, tmp_path: Path) -> None:
    bundle = bundles.pack(courses.load(course()))
    (app,) = (name for name in bundle.files if name.endswith("solution/app.py"))
    changed = replace(bundle, files={**bundle.files, app: b"app = None\n"})
    with pytest.raises(GradingError, match="not what it was"), bundles.unpacked(changed):
        pass


def test_a_checkpoint_that_changed_after_it_was_loaded_is_refused(course: Write) -> None:
    folder = course()
    loaded = courses.load(folder)
    (folder / "solution" / "app.py").write_text("app = None\n")
    with pytest.raises(BrokenCheckpoint, match="cannot be taken"):
        bundles.pack(loaded)
