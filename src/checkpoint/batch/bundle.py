"""Pack a checkpoint as values that travel, and unpack it elsewhere: all that its fingerprint covers, and no more."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint import course as courses
from checkpoint.errors import BrokenCheckpoint, CheckpointError, GradingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import Course


@dataclass(frozen=True, slots=True)
class Bundle:
    """Hold a checkpoint's `files`, and `root`, the folder of its grader.py, by their paths below the file system's top.

    With its folders upwards a checkpoint can have parts beside it, as in `checks="../shared/checks"`.
    """

    root: str
    fingerprint: str
    files: dict[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Say where a checkpoint lies for now: `root` is its folder, somewhere in the folder `private`."""

    root: Path
    private: Path

    def original(self, text: str) -> str:
        """Return a text in which files of the checkpoint are where its author has them."""
        return text.replace(str(self.private), "")


def pack(course: Course) -> Bundle:
    """Return a checkpoint as it lies on this machine.

    Raises BrokenCheckpoint if it cannot do without this machine, or has changed since it was loaded.
    """
    for what in ("solution", "checks"):
        if Path(getattr(course.checkpoint, what)).is_absolute():
            raise BrokenCheckpoint(
                f"{what} is a path of this machine, and other machines are to read it",
                where=str(course.root / courses.FILE),
                help=f"name it as seen from {courses.FILE}: Checkpoint({what}=...)",
            )
    try:
        files = {_below_top(path): path.read_bytes() for path in courses.covered(course)}
    except OSError as error:
        raise BrokenCheckpoint(
            f"cannot be read: {(error.strerror or str(error)).lower()}", where=error.filename or str(course.root)
        ) from None
    bundle = Bundle(_below_top(course.root), course.fingerprint, files)
    try:
        with unpacked(bundle):  # what cannot be used here cannot be used anywhere
            return bundle
    except GradingError as error:
        raise BrokenCheckpoint(
            "this checkpoint cannot be taken to another machine", where=str(course.root), help=error.message
        ) from None


@contextmanager
def unpacked(bundle: Bundle, parent: Path | None = None) -> Iterator[Unpacked]:
    """Provide a checkpoint in a private folder, which goes away with the block; `parent` is the folder to make it in.

    Raises GradingError if it is not the one that was packed.
    """
    with tempfile.TemporaryDirectory(prefix="checkpoint-", dir=parent, ignore_cleanup_errors=True) as folder:
        private = Path(folder).resolve()
        here = Unpacked(private / bundle.root, private)
        for name, content in bundle.files.items():
            path = private / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        try:
            fingerprint = courses.load(here.root).fingerprint
        except CheckpointError as error:
            raise GradingError(here.original(f"of what was packed of it this is said: {error}")) from None
        if fingerprint != bundle.fingerprint:
            raise GradingError("what was packed of it is not what it was when it was loaded")
        yield here


def _below_top(path: Path) -> str:
    # As fingerprints name files: `..` takes away the folder before it, whatever links there are.
    path = Path(os.path.normpath(path))
    return path.relative_to(path.anchor).as_posix()
