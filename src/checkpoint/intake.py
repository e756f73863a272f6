"""Take a submission in: read it once, bounded and hashed. Only these bytes are graded."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING

from checkpoint.errors import RefusedSubmission
from checkpoint.model import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checkpoint.model import Limits

MAIN = "app.py"
OTHER_MAINS = ("wsgi.py", "main.py")
BESIDE = ("templates", "static")
# Not the learner's work: version control, environments, caches.
SKIPPED = {
    ".git", ".hg", ".svn", "__pycache__", ".venv", "venv", "node_modules", ".mypy_cache",
    ".pytest_cache", ".ruff_cache", ".tox", ".nox", ".idea", ".vscode", ".DS_Store",
}  # fmt: skip


def take(path: Path, limits: Limits) -> Submission:
    """Return the submission at `path`, an app's file or a folder with an app.py.

    With a file come `templates/`, `static/` and the modules beside it; of a folder all but version control,
    virtual environments and caches. Raises RefusedSubmission for what cannot be taken in.
    """
    try:
        return _take(path, os.fspath(path), limits)
    except OSError as error:
        raise RefusedSubmission(
            f"cannot be read: {_words(error)}",
            where=os.fspath(error.filename or path),
            help="check its permissions",
        ) from None


def _take(path: Path, shown: str, limits: Limits) -> Submission:
    kind = kind_of(path)
    if kind == "file":
        if path.suffix != ".py":
            raise RefusedSubmission(
                "this is not a Python file", where=shown, help="name the app's file, for example app.py"
            )
        root, main = path.parent, path.name
        paths = [path, *_beside(path)]
    else:
        root, main = path, _main_in(path, shown)
        paths = list(_walk(path))
    files = _read(root, sorted(set(paths)), shown, limits)
    return Submission(shown, main, files, _hash(files))


def kind_of(path: Path) -> str:
    """Return "file" or "folder"; raises RefusedSubmission for anything else, and for what is not there."""
    shown = os.fspath(path)
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        near = "" if path.parent.is_dir() else f"; the folder {path.parent} is not there either"
        raise RefusedSubmission(f"no such file or folder{near}", where=shown, help="check the path") from None
    except (OSError, ValueError) as error:
        raise RefusedSubmission(f"cannot be read: {_words(error)}", where=shown) from None
    _refuse_special(mode, shown)
    return "folder" if stat.S_ISDIR(mode) else "file"


def _refuse_special(mode: int, shown: str) -> None:
    if stat.S_ISLNK(mode):
        raise RefusedSubmission(
            "this is a symbolic link, and links are not followed", where=shown, help="submit the file itself"
        )
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise RefusedSubmission("this is neither a file nor a folder", where=shown, help="submit plain files only")


def _main_in(folder: Path, shown: str) -> str:
    for name in (MAIN, *OTHER_MAINS):
        if (folder / name).is_file():
            return name
    found = sorted(path.name for path in folder.glob("*.py"))[:5]
    there = f"its Python files are {', '.join(found)}" if found else "it has no Python files"
    example = f": checkpoint grade {(folder / found[0]).as_posix()}" if found else ", or the folder that it is in"
    raise RefusedSubmission(
        f"there is no {MAIN} in this folder; {there}", where=shown, help=f"name the app's file{example}"
    )


def _beside(path: Path) -> Iterator[Path]:
    modules = (other for other in path.parent.glob("*.py") if other != path)
    yield from (module for module in modules if module.is_symlink() or not module.is_dir())
    for name in BESIDE:
        folder = path.parent / name
        if folder.is_symlink():
            yield folder  # to be refused by name, as in a folder
        elif folder.is_dir():
            yield from _walk(folder)


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name in SKIPPED and (entry.is_dir() or entry.name == ".DS_Store"):
            continue
        if entry.is_dir() and not entry.is_symlink():
            if not (entry / "pyvenv.cfg").exists():
                yield from _walk(entry)
        else:
            yield entry


def _read(root: Path, paths: list[Path], shown: str, limits: Limits) -> dict[str, bytes]:
    """Read files, each once and through one descriptor, within the bounds."""
    if len(paths) > limits.submission_files:
        raise RefusedSubmission(
            f"it has {len(paths)} files; at most {limits.submission_files} can be taken in",
            where=shown,
            help="leave out what the app does not need",
        )
    files: dict[str, bytes] = {}
    left = limits.submission_bytes
    for path in paths:
        content = _read_one(path, left, limits.submission_bytes)
        left -= len(content)
        files[path.relative_to(root).as_posix()] = content
    return files


def _read_one(path: Path, left: int, allowed: int) -> bytes:
    try:
        # The last component must not be a link, even if it became one this very moment.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if path.is_symlink():
            _refuse_special(stat.S_IFLNK, str(path))
        raise RefusedSubmission(
            f"cannot be read: {_words(error)}", where=str(path), help="check its permissions"
        ) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)  # open() would refuse a folder without closing it
        raise RefusedSubmission("this is not a plain file", where=str(path), help="submit plain files only")
    with open(descriptor, "rb") as file:
        if status.st_size > left:
            raise RefusedSubmission(
                f"too large: it has {status.st_size / 2**20:.1f} MiB; a submission may have {allowed / 2**20:g} MiB",
                where=str(path),
                help="leave out what the app does not need",
            )
        content = file.read(left + 1)
    if len(content) > left:
        raise RefusedSubmission("too large: it grows while it is read", where=str(path))
    return content


def _hash(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def _words(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
