"""Look at parts of an archive that is too large to be held in memory."""

from __future__ import annotations

import os
import stat
import threading
import weakref
from typing import TYPE_CHECKING, Protocol

from checkpoint.errors import RefusedSubmission

if TYPE_CHECKING:
    from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Bytes(Protocol):
    """What archives are read from: bytes in memory, or a Window."""

    def __len__(self) -> int:
        """Return how many bytes there are."""

    def __getitem__(self, part: slice, /) -> bytes:
        """Return a part of them, as of `bytes`."""


class Window:
    """Show a file's bytes in parts, each read from the disk when it is asked for.

    Not mmap: a file that is cut short while it is mapped ends the process. Here its end is just missing.
    """

    def __init__(self, path: Path) -> None:
        """Open the file at `path`. Raises OSError; RefusedSubmission for what is no plain file."""
        self._descriptor = os.open(path, _FLAGS)
        weakref.finalize(self, os.close, self._descriptor)
        self._lock = threading.Lock()
        status = os.fstat(self._descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise RefusedSubmission("this is not a plain file", where=str(path), help="name a file or a folder")
        self._size = status.st_size

    def __len__(self) -> int:
        """Return the file's size as it was when it was opened, in bytes."""
        return self._size

    def __getitem__(self, part: slice, /) -> bytes:
        """Return a part of the file; less where it has become shorter. Raises OSError."""
        start, stop, _ = part.indices(self._size)
        found = bytearray()
        while start + len(found) < stop and (more := self._read(stop - start - len(found), start + len(found))):
            found += more
        return bytes(found)

    def _read(self, size: int, place: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._descriptor, size, place)
        with self._lock:  # Windows has no call that does both
            os.lseek(self._descriptor, place, os.SEEK_SET)
            return os.read(self._descriptor, size)
