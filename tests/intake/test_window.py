"""A window on a file shows what bytes in memory would, and holds none of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from checkpoint.errors import RefusedSubmission
from checkpoint.intake.window import Window

if TYPE_CHECKING:
    from pathlib import Path

DATA = bytes(range(256)) * 4


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with DATA."""
    path = tmp_path / "data"
    path.write_bytes(DATA)
    return path


@pytest.mark.parametrize("with_pread", [True, False])
@pytest.mark.parametrize(
    "part", [slice(3), slice(5, 9), slice(9, 5), slice(1000, 2**70), slice(2**70, None), slice(None)]
)
def test_parts_are_those_of_bytes(path: Path, part: slice, with_pread: bool, monkeypatch: pytest.MonkeyPatch):
    if not with_pread:
        monkeypatch.delattr(os, "pread")  # as on Windows
    window = Window(path)
    assert len(window) == len(DATA)
    assert window[part] == window[part] == DATA[part]


def test_a_file_that_becomes_shorter_just_ends(path: Path):
    window = Window(path)
    os.truncate(path, 10)
    assert window[5:20] == DATA[5:10]


def test_the_file_is_closed_with_the_window(path: Path):
    window = Window(path)
    descriptor = window._descriptor
    assert os.fstat(descriptor).st_size == len(DATA)
    del window
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_a_pipe_is_refused_at_once(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RefusedSubmission) as caught:
        Window(tmp_path / "pipe")
    assert caught.value.message == "this is not a plain file"
