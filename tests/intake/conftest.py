"""Take archives in, from bytes that a test has made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checkpoint import intake
from checkpoint.errors import RefusedSubmission

from .archives import LIMITS

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.model import Limits, Submission

    from .archives import Refused, Take


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Return a function that takes in an archive, given as bytes."""

    def run(data: bytes, name: str = "work.zip", limits: Limits = LIMITS) -> Submission:
        path = tmp_path / name
        path.write_bytes(data)
        return intake.take(path, limits)

    return run


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    """Return a function that takes in a path, or an archive's bytes, and returns the error that comes of it.

    Of an archive's error the place begins with the archive's name, without the folder that it lies in.
    """

    def run(given: Path | bytes, limits: Limits = LIMITS, name: str = "work.zip") -> RefusedSubmission:
        path = tmp_path / name if isinstance(given, bytes) else given
        if isinstance(given, bytes):
            path.write_bytes(given)
        with pytest.raises(RefusedSubmission) as caught:
            intake.take(path, limits)
        error = caught.value
        assert error.exit_code == 2
        assert error.where
        assert error.help
        if isinstance(given, bytes):
            assert error.where.startswith(str(path))
            error.where = error.where.replace(str(path), name)
        return error

    return run
