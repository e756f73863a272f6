"""Look at what is graded and at what it is graded with, and tell which folders saves happen in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.commands.watch.agenda import Look
from checkpoint.errors import RefusedSubmission
from checkpoint.model import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import Course, Limits

Folders = frozenset[tuple[str, int]]


def look(path: Path, course: Course, limits: Limits) -> Look:
    """Return what lies at `path` now, and the state of the checkpoint."""
    state = tuple(sorted(_stamps(course)))
    try:
        return Look(intake.take(path, limits), state)
    except RefusedSubmission as refused:
        return Look(refused, state)


def folders(path: Path, found: Look, course: Course) -> Folders:
    """Return the folders in which a save would be something new, each with its number; one made anew has another.

    Of a submission those with graded files in them, so that no virtual environment is watched; nothing below them.
    """
    top = path if path.is_dir() else path.parent
    wanted = {top, course.root, course.solution, course.checks}
    if isinstance(found.given, Submission):
        given = Path(found.given.path)  # a folder around everything was stepped into
        wanted |= {_folder(given, name) for name in found.given.files}
    wanted |= {file.parent for file in courses.covered(course)}
    return frozenset(_numbered(wanted))


def _folder(given: Path, name: str) -> Path:
    return ((given if given.is_dir() else given.parent) / name).parent


def _numbered(folders: set[Path]) -> Iterator[tuple[str, int]]:
    for folder in folders:
        if folder.is_dir():
            yield os.fspath(folder), folder.stat().st_ino


def _stamps(course: Course) -> Iterator[tuple[str, int, int, int]]:
    """Yield what changes with each file that decides a mark."""
    for file in courses.covered(course):
        try:
            status = file.stat()
        except OSError:
            continue
        yield os.fspath(file), status.st_mtime_ns, status.st_size, status.st_ino
