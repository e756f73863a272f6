"""Bound what a process may use, and close what it did not open itself."""

from __future__ import annotations

import contextlib
import os
import sys

OPEN_FILES = 256


def limit(memory_bytes: int, cpu_seconds: int, file_bytes: int, threads: int | None = None) -> None:
    """Bound address space, processor time, the size of any file this process writes, and its threads.

    `threads` counts all of this user's, so it makes sense only for a user that nobody else is. Does
    nothing where the platform has no rlimits (Windows).
    """
    try:
        import resource
    except ImportError:
        return
    for kind, value in (
        ("RLIMIT_AS", memory_bytes),
        ("RLIMIT_CPU", cpu_seconds),
        ("RLIMIT_FSIZE", file_bytes),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NOFILE", OPEN_FILES),
        ("RLIMIT_NPROC", threads),
        ("RLIMIT_MSGQUEUE", 0),
        ("RLIMIT_MEMLOCK", 0),
    ):
        number = getattr(resource, kind, None)
        if number is None or value is None:
            continue
        _soft, hard = resource.getrlimit(number)
        # SIGKILL comes at the hard limit of processor time; SIGXCPU, which says why, is to come before it.
        highest = value + 1 if kind == "RLIMIT_CPU" else value
        if hard != resource.RLIM_INFINITY:
            value, highest = min(value, hard), min(highest, hard)
        # macOS refuses RLIMIT_AS below what is mapped already; there the wall clock has to do.
        with contextlib.suppress(ValueError) if sys.platform == "darwin" else contextlib.nullcontext():
            resource.setrlimit(number, (value, highest))


def close_inherited(keep: set[int]) -> None:
    """Close every descriptor from 3 upwards but those in `keep`."""
    last = 2
    for descriptor in sorted(keep):
        os.closerange(last + 1, descriptor)
        last = max(last, descriptor)
    os.closerange(last + 1, 65536)
