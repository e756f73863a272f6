"""Say the next command as one would type it from here, and where a learner's work is."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint import course as courses
from checkpoint.intake import MAIN

if TYPE_CHECKING:
    from checkpoint.model import Course
    from checkpoint.report.past import Past


def typed(course: Course, command: str, *arguments: str | Path) -> str:
    """Return a command line for this checkpoint; paths in it are given from here."""
    words = [word if isinstance(word, str) else _shown(word) for word in arguments]
    usual = os.environ.get("CHECKPOINT_DIR") or courses.upwards(Path.cwd())
    found = usual is not None and os.path.realpath(usual) == os.path.realpath(course.root)
    where = [] if found else ["--checkpoint", _shown(course.root)]
    return shlex.join(["checkpoint", command, *words, *where])


def work(course: Course, past: Past | None = None) -> Path:
    """Return the file that a learner is at work on: the one here, else the last one graded, else the starter's."""
    here = Path.cwd()
    if (here / MAIN).is_file() and not is_part(course, here):
        return here / MAIN
    if past is not None and past.tries and os.path.lexists(past.tries[-1].path):
        return Path(past.tries[-1].path)
    return starter(course)


def is_part(course: Course, folder: Path) -> bool:
    """Say whether a folder is the checkpoint's own: no app in it is ever graded as somebody's."""
    real = Path(os.path.realpath(folder))
    own = [Path(os.path.realpath(place)) for place in (course.solution, course.checks)]
    return real == Path(os.path.realpath(course.root)) or any(real.is_relative_to(place) for place in own)


def starter(course: Course) -> Path:
    """Return the file that is graded where none is named."""
    return course.starter / MAIN


def of_work(course: Course, command: str, file: Path, *options: str) -> str:
    """Return a command line about the work; the starter needs not be named."""
    is_starter = os.path.realpath(file) == os.path.realpath(starter(course))
    return typed(course, command, *([] if is_starter else [file]), *options)


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
