"""Write each learner's report files, and know those that are missing or that a crash has left broken."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from checkpoint.batch.files import REPORTS
from checkpoint.report import render
from checkpoint.report.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from checkpoint.model import Report

# The formats, each with what a whole file ends in: one that did not reach the disk may be empty, or end in zeros.
_ENDS = {"json": b"}\n", "html": b"</html>\n"}
_TEMPORARY = ".checkpoint-*.tmp"  # as write_atomically calls a file until it is whole


def write(
    out: Path, name: str, report: Report, given: Mapping[str, str], *, reveal: bool, lasting: bool = False
) -> None:
    """Write the report files of one result, those `given` by format as they are; raises CheckpointError.

    If they are to be `lasting`, they have reached the disk when this returns.
    """
    folder = out / REPORTS
    folder.mkdir(exist_ok=True)
    for format_name in _ENDS:
        text = given.get(format_name) or render(format_name, report, reveal=reveal)
        write_atomically(folder / f"{name}.{format_name}", text, follow=False, lasting=lasting)


def is_there(out: Path, name: str) -> bool:
    """Say whether the report files of a result are all there, and not empty."""
    try:
        return all((out / REPORTS / f"{name}.{format_name}").stat().st_size for format_name in _ENDS)
    except OSError:
        return False


def remove(out: Path, name: str) -> None:
    """Remove the report files of a result, as far as there are any; raises OSError."""
    for format_name in _ENDS:
        (out / REPORTS / f"{name}.{format_name}").unlink(missing_ok=True)


def is_whole(out: Path, name: str) -> bool:
    """Say whether the report files of a result are all there, and look as if they had reached the disk."""
    return all(_ends_in(out / REPORTS / f"{name}.{format_name}", end) for format_name, end in _ENDS.items())


def sweep(out: Path) -> None:
    """Remove what was being written when a run was killed."""
    for folder in (out, out / REPORTS):
        for left in folder.glob(_TEMPORARY):
            left.unlink(missing_ok=True)


def _ends_in(path: Path, end: bytes) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-len(end), os.SEEK_END)
            return file.read() == end
    except OSError:  # also that of seeking to before its beginning
        return False
