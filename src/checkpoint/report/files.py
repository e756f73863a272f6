"""Write a file whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

READER_SECONDS = 3.0  # so long the reader of a pipe may take to come
POLL_SECONDS = 0.02


def write_atomically(
    path: str | os.PathLike[str],
    content: str | bytes | Iterable[str],
    what: str = "the report",
    *,
    follow: bool = True,
    lasting: bool = True,
) -> None:
    """Write `content`, text as UTF-8, to `path`, so that a reader finds the old file or the new one, never half.

    What is too long to be held at once may come piece by piece.

    It goes to a new file in the same folder, reaches the disk (unless it need not be `lasting`), and then takes the
    name over; on failure nothing is left behind. A link is followed, or without `follow` replaced, for where others
    could have put one; a device or pipe is written to directly. Raises CheckpointError, with `where` the path, when
    that cannot be done.
    """
    data = [content] if isinstance(content, bytes) else _encoded([content] if isinstance(content, str) else content)
    target = Path(os.path.realpath(path)) if follow else Path(path)
    try:
        if follow and is_special(target):
            # Replacing would put a plain file where /dev/stdout or a named pipe is.
            _pour(target, data)
        else:
            _replace(target, data, lasting=lasting)
    except OSError as error:
        raise _explained(error, os.fspath(path), target, what) from error


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)


def refuse_unwritable(path: str | os.PathLike[str], what: str = "the report") -> None:
    """Refuse a path to which `write_atomically` could not write, as far as can be seen before; raises as that does."""
    target, shown = Path(os.path.realpath(path)), os.fspath(path)
    known = _misplaced(shown, target, what)
    if known is not None:
        raise known
    if not os.access(target if is_special(target) else target.parent, os.W_OK):
        raise _forbidden(shown, target, what)


def is_special(target: Path) -> bool:
    """Say whether something is there that is not a plain file (a folder counts, and fails on writing)."""
    try:
        return not stat.S_ISREG(target.stat().st_mode)
    except FileNotFoundError:
        return False


def _pour(target: Path, data: Iterable[bytes]) -> None:
    """Write to what is no plain file; a pipe that nobody comes to read is an error, where opening it would wait on."""
    deadline = time.monotonic() + READER_SECONDS
    while True:
        try:
            handle = os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
            break
        except OSError as error:
            if error.errno != errno.ENXIO or time.monotonic() > deadline:
                raise
            time.sleep(POLL_SECONDS)
    with open(handle, "wb") as file:
        if hasattr(os, "O_NONBLOCK"):
            os.set_blocking(handle, True)
        file.writelines(data)


def _replace(target: Path, data: Iterable[bytes], *, lasting: bool) -> None:
    """Write a new file beside `target` and let it take the name over."""
    temporary = target.with_name(f".checkpoint-{token_hex(8)}.tmp")
    # Not tempfile: its files are private (0600), a report has the permissions of any new file.
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(handle, "wb") as file:
            file.writelines(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:  # also Ctrl-C must leave nothing behind
        temporary.unlink(missing_ok=True)
        raise


def _explained(error: OSError, shown: str, target: Path, what: str) -> CheckpointError:
    """Return the error in the user's words."""
    known = _misplaced(shown, target, what)
    if known is not None:
        return known
    if isinstance(error, PermissionError):
        return _forbidden(shown, target, what)
    why = "nobody reads this pipe" if error.errno == errno.ENXIO else (error.strerror or str(error)).lower()
    return CheckpointError(f"cannot write {what}: {why}", where=shown, help="give another path")


def _misplaced(shown: str, target: Path, what: str) -> CheckpointError | None:
    """Return what is wrong with a file's place, None if nothing is."""
    folder = target.parent
    if target.is_dir():
        return CheckpointError(f"cannot write {what}: this is a folder", where=shown, help="give the name of a file")
    if not folder.is_dir():
        return CheckpointError(
            f"cannot write {what}: there is no folder {os.fspath(folder)!r}",
            where=shown,
            help="make the folder first, or give another path",
        )
    return None


def _forbidden(shown: str, target: Path, what: str) -> CheckpointError:
    return CheckpointError(
        f"cannot write {what}: the folder {os.fspath(target.parent)!r} may not be written to",
        where=shown,
        help="give a path in a folder of yours",
    )
