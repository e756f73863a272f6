"""Say the next command as one would type it from here, and where a learner's work is."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint import course as courses
from checkpoint.errors import BrokenCheckpoint
from checkpoint.intake import MAIN

if TYPE_CHECKING:
    from checkpoint.model import Course
    from checkpoint.past import Past


def typed(course: Course, command: str, *arguments: str | Path) -> str:
    """Return a command line for this checkpoint; paths in it are given from here."""
    words = [word if isinstance(word, str) else _shown(word) for word in arguments]
    where = [] if is_found_from(course, courses.here()) else ["--checkpoint", _shown(course.root)]
    return shlex.join(["checkpoint", command, *words, *where])


def is_found_from(course: Course, folder: Path) -> bool:
    """Say whether this checkpoint is the one that is found from a folder, without being named."""
    usual = os.environ.get("CHECKPOINT_DIR") or courses.upwards(folder)
    return usual is not None and os.path.realpath(usual) == os.path.realpath(course.root)


def work(course: Course, past: Past | None = None) -> Path:
    """Return the file that a learner is at work on: the one here, else the last one graded, else the starter's."""
    mine = _mine(course)
    if mine is None and past is not None and past.tries and os.path.lexists(past.tries[-1].path):
        return Path(past.tries[-1].path)
    return mine or starter(course)


def unnamed(course: Course) -> Path:
    """Return what is graded where nothing is named, as one would type it: the app.py here, else the starter's.

    In CI it is always the starter's: a mark does not depend on what else lies in a folder. Raises BrokenCheckpoint if
    there is none.
    """
    file = Path(shown(_mine(course) or starter(course)))
    if not file.exists():
        raise BrokenCheckpoint(
            f"there is no starter, {course.checkpoint.starter}/{MAIN}",
            where=str(course.root),
            help="name what to grade: checkpoint grade PATH",
        )
    return file


def _mine(course: Course) -> Path | None:
    """Return the app.py here, if it is a learner's and this is no CI job."""
    here = courses.here()
    if courses.in_ci() or is_part(course, here) or not (here / MAIN).is_file():
        return None
    return here / MAIN


def is_part(course: Course, folder: Path) -> bool:
    """Say whether a folder is the checkpoint's own: no app in it is ever graded as somebody's."""
    real = Path(os.path.realpath(folder))
    own = [Path(os.path.realpath(place)) for place in (course.solution, course.checks)]
    return real == Path(os.path.realpath(course.root)) or any(real.is_relative_to(place) for place in own)


def starter(course: Course) -> Path:
    """Return the starter's file."""
    return course.starter / MAIN


def of_work(course: Course, command: str, file: Path, *options: str) -> str:
    """Return a command line about the work, which is named only where it has to be."""
    is_usual = os.path.realpath(file) == os.path.realpath(_mine(course) or starter(course))
    return typed(course, command, *([] if is_usual else [file]), *options)


def shown(path: Path) -> str:
    """Return a path as it is shortest from here."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # on another drive
        return str(path)
    upwards = relative.startswith(os.pardir) and len(relative) > len(str(path))
    return str(path) if upwards else relative


def _shown(path: Path) -> str:
    words = shown(path)
    return f".{os.sep}{words}" if words.startswith("-") else words
