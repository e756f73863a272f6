"""Remove the folder of a worker, whatever its app has made of it. Used on both sides of the wall."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import shutil
import stat


def remove(folder: str) -> None:
    """Remove a folder with all that is in it; what cannot be removed stays.

    `shutil.rmtree` goes down by recursion (before Python 3.13) and stops at folders without permissions: an app that
    makes either would end who cleans up, or leave something behind. No process may be at work in the folder any more.
    """
    if (
        os.scandir not in os.supports_fd
    ):  # Windows, where paths are too short for the former and the latter is not known
        with contextlib.suppress(RecursionError):
            shutil.rmtree(folder, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        top = _open(folder, None)
        try:
            _empty(top)
        finally:
            os.close(top)
        os.rmdir(folder)  # noqa: PTH106


def _empty(top: int) -> None:
    """Empty an open folder: move what lies in its folders up into it, until there is nothing deeper than one level."""
    prefix, number = secrets.token_hex(8), itertools.count()
    while entries := _entries(top):
        for name, is_folder in entries:
            if not is_folder:
                os.unlink(name, dir_fd=top)
                continue
            child = _open(name, top)
            try:
                for inner, deeper in _entries(child):
                    if deeper:
                        os.chmod(inner, 0o700, dir_fd=child)  # moving it changes its `..`, so it has to be writable
                        os.rename(inner, f"{prefix}{next(number)}", src_dir_fd=child, dst_dir_fd=top)
                    else:
                        os.unlink(inner, dir_fd=child)
            finally:
                os.close(child)
            os.rmdir(name, dir_fd=top)


def _entries(folder: int) -> list[tuple[str, bool]]:
    """Return the names in an open folder, and of each whether it is a folder itself."""
    with os.scandir(folder) as entries:
        return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]


def _open(name: str, within: int | None) -> int:
    """Open a folder that is ours but may have been made without permissions."""
    if not stat.S_ISDIR(os.stat(name, dir_fd=within, follow_symlinks=False).st_mode):
        raise NotADirectoryError(name)
    os.chmod(name, 0o700, dir_fd=within)
    return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=within)
