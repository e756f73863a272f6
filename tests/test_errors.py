"""Errors that come from another process."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from checkpoint.errors import BrokenCheckpoint, RefusedSubmission
from checkpoint.worker.launch import TooWeak, Wall

if TYPE_CHECKING:
    from checkpoint.errors import CheckpointError


@pytest.mark.parametrize(
    "error",
    [
        BrokenCheckpoint("no checks", where="a:1", source="x = 1", column=3, help="write some"),
        RefusedSubmission("too large"),
        TooWeak(Wall("none", (), 0, False), "full"),
    ],
)
def test_an_error_reads_the_same_in_another_process(error: CheckpointError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.exit_code == error.exit_code
