"""Hold what one worker prints: in a file without a name, which the judge reads while the app may still write to it."""

from __future__ import annotations

import itertools
import os
import re
import tempfile

OUTPUT_CHARS = 20_000
STUCK_PLACES = 50
STUCK_BYTES = 256 * 1024


class Printed:
    """Hold the file of one worker; `most_bytes` are not yet a flood."""

    def __init__(self, most_bytes: int) -> None:
        self.descriptor = _file()
        self._most_bytes = most_bytes
        self._read_bytes = 0
        self._end: int | None = None  # of what the app has printed, once something else stands behind it

    @property
    def size(self) -> int:
        """Return how many bytes there are."""
        return os.fstat(self.descriptor).st_size

    @property
    def floods(self) -> bool:
        """Say whether there is more than anybody prints who means it."""
        return self.size > self._most_bytes

    def news(self) -> str:
        """Return what was printed since the last call, shortened in the middle if it is long."""
        end = self.size if self._end is None else self._end
        start, self._read_bytes = self._read_bytes, end
        length = max(0, end - start)  # an app can cut off what it has printed
        if length <= OUTPUT_CHARS:
            return self._text(length, start)
        half = OUTPUT_CHARS // 2
        left_out = f"\n[... {length - 2 * half} bytes left out ...]\n"
        return self._text(half, start) + left_out + self._text(half, end - half)

    def stack(self, before: int) -> tuple[tuple[str, int], ...]:
        """Return the places in a stack that was written behind the `before` bytes that the app had printed.

        Each is (file, line) in the submission, innermost first. That stack is no part of what was printed.
        """
        # faulthandler writes last; what stands before it may be a flood, or an app's own idea of where it is.
        end = self.size
        told = _read_at(self.descriptor, STUCK_BYTES, max(before, end - STUCK_BYTES))
        self._end = before
        # The text may be the app's own: no part of this may begin to look again where it has looked before.
        found = re.finditer(rb'File "[^"\n]*?/submission/([^"\n]{1,200})", line (\d{1,7})', told)
        return tuple(
            (match[1].decode("utf-8", "replace"), int(match[2])) for match in itertools.islice(found, STUCK_PLACES)
        )

    def close(self) -> None:
        """Forget all of it."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _text(self, length: int, start: int) -> str:
        return _read_at(self.descriptor, length, start).decode("utf-8", "replace")


def _file() -> int:
    """Return a file: in memory where that exists, and gone when closed."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("output", os.MFD_CLOEXEC)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _read_at(descriptor: int, size: int, place: int) -> bytes:
    """Read from a place in a file; where one has to go there first, nobody else reads it."""
    if hasattr(os, "pread"):
        return os.pread(descriptor, size, place)
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.read(descriptor, size)
