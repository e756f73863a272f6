"""Limit what this process may use, and make sure that it ends with its parent.

Runs in the worker, after the fork and before any of the learner's code. Each step is best effort only
where the platform does not have it; where the platform has it and it fails, the error is raised and no
learner code runs.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36
SIGKILL = 9


def become_reaper() -> None:
    """Make orphans among our descendants our children, so that none outlives us (Linux only)."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent(parent: int) -> None:
    """Ask for SIGKILL when the process `parent`, which forked us, ends (Linux only)."""
    _prctl(PR_SET_PDEATHSIG, SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def hide_memory() -> None:
    """Keep other processes of this user from reading our memory through /proc (Linux only)."""
    _prctl(PR_SET_DUMPABLE, 0)


def limit(memory_bytes: int, cpu_seconds: int, file_bytes: int) -> None:
    """Bound address space, processor time and the size of any file this process writes.

    Does nothing where the platform has no rlimits (Windows).
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
        ("RLIMIT_NOFILE", 256),
    ):
        number = getattr(resource, kind, None)
        if number is None:
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


def _prctl(option: int, value: int) -> None:
    if sys.platform != "linux":
        return
    import ctypes

    libc: Any = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"prctl({option}): {os.strerror(number)}")
