"""A report file is there whole or not at all."""

from __future__ import annotations

import os
import stat
import threading
from typing import TYPE_CHECKING

import pytest

from checkpoint.errors import CheckpointError
from checkpoint.report.files import refuse_unwritable, write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    """Return what is in a folder, hidden files too."""
    return [path.name for path in folder.iterdir()]


def test_it_writes_and_replaces(tmp_path: Path):
    path = tmp_path / "report.json"
    write_atomically(path, "first\n")
    write_atomically(str(path), "größer\n")
    assert path.read_bytes() == "größer\n".encode()
    assert names(tmp_path) == ["report.json"]


def test_the_file_has_the_permissions_of_any_new_file(tmp_path: Path):
    (tmp_path / "other").write_text("")
    write_atomically(tmp_path / "report.json", "x")
    assert stat.S_IMODE((tmp_path / "report.json").stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
):
    path = tmp_path / "report.json"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(step, fail)
    with pytest.raises((CheckpointError, KeyboardInterrupt)) as caught:
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["report.json"]
    if isinstance(caught.value, CheckpointError):
        assert caught.value.where == str(path)
        assert "no space left on device" in str(caught.value)


def test_text_without_utf8_leaves_nothing(tmp_path: Path):
    with pytest.raises(UnicodeEncodeError):
        write_atomically(tmp_path / "report.json", "\ud800")
    assert names(tmp_path) == []


def test_a_missing_folder_is_named_with_the_next_step(tmp_path: Path):
    path = tmp_path / "no" / "report.json"
    with pytest.raises(CheckpointError) as caught:
        write_atomically(path, "x")
    assert caught.value.where == str(path)
    assert f"there is no folder {str(tmp_path / 'no')!r}" in str(caught.value)
    assert "help: " in str(caught.value)


def test_a_file_where_a_folder_should_be(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CheckpointError, match="there is no folder"):
        write_atomically(tmp_path / "file" / "report.json", "x")


def test_a_folder_in_place_of_a_file(tmp_path: Path):
    with pytest.raises(CheckpointError, match="this is a folder"):
        write_atomically(tmp_path, "x")
    assert names(tmp_path) == []


def test_a_folder_that_may_not_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)  # root may write anywhere, so chmod would prove nothing
    with pytest.raises(CheckpointError, match="may not be written to"):
        write_atomically(tmp_path / "report.json", "x")


def test_a_link_is_followed(tmp_path: Path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "real" / "report.json")
    write_atomically(link, "x")
    assert link.is_symlink()
    assert (tmp_path / "real" / "report.json").read_text() == "x"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    write_atomically(pipe, "through")
    reader.join(timeout=10)
    assert read == ["through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_could_not_be_written_is_refused_before(tmp_path: Path):
    """In the words in which it would fail later; what is no plain file needs no folder of one's own."""
    for path in (tmp_path, tmp_path / "none" / "report.json"):
        with pytest.raises(CheckpointError) as before:
            refuse_unwritable(path)
        with pytest.raises(CheckpointError) as later:
            write_atomically(path, "x")
        assert str(before.value) == str(later.value)
    refuse_unwritable(tmp_path / "report.json")
    refuse_unwritable(os.devnull)
    assert names(tmp_path) == []


def test_a_folder_that_may_not_be_written_to_is_refused_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(CheckpointError, match="may not be written to"):
        refuse_unwritable(tmp_path / "report.json")
