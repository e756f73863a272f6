"""Take a submission in: read it once, bounded and hashed. Only these bytes are graded.

A source (`folder`, `archive` with `zips` and `tars`) lists its entries and reads nothing of them; `contents` decides
which are graded, refuses what must not be there, and reads the rest. `handed` does so with what a platform has put
together out of many submissions. Nothing is ever unpacked to a disk.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from checkpoint.errors import RefusedSubmission
from checkpoint.intake import contents, folder, names

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.model import Limits, Submission

MAIN = names.MAIN


def take(path: Path, limits: Limits) -> Submission:
    """Return the submission at `path`: an app's file, a folder with an app.py, or a zip, tar or tar.gz of one.

    With a file come `templates/`, `static/` and the modules beside it; of a folder or archive all but version
    control, virtual environments and caches; one folder around everything is stepped into. A folder and an archive of
    it have the same SHA-256. Raises RefusedSubmission for what cannot be taken in.
    """
    try:
        return _take(path, os.fspath(path), limits)
    except OSError as error:
        raise folder.unreadable(error, os.fspath(error.filename or path)) from None


def _take(path: Path, shown: str, limits: Limits) -> Submission:
    if kind_of(path) == "folder":
        path = folder.without_top(path, limits)
        shown = os.fspath(path)
        with folder.opened(path, limits) as top:
            main = contents.main_of(top.names(), shown, "folder", top.apps_below)
            chosen = contents.choose(folder.walk(top), shown, limits)
            return contents.submission(shown, main, contents.read(chosen, limits))
    if path.suffix == ".py":
        with folder.opened(path.parent, limits, follow=True) as top:
            chosen, main = contents.choose(folder.beside(top, path.name), shown, limits), names.normal(path.name)
            if main not in chosen:
                raise RefusedSubmission(
                    "a file of this name is never graded", where=shown, help="name the app's file, for example app.py"
                )
            return contents.submission(shown, main, contents.read(chosen, limits))

    from checkpoint.intake import archive  # few need it

    return archive.take(folder.read_file(path, archive.PACKED * limits.submission_bytes), shown, limits)


def kind_of(path: Path) -> str:
    """Return "file" or "folder"; raises RefusedSubmission for anything else, and for what is not there."""
    shown = os.fspath(path)
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        near = "" if path.parent.is_dir() else f"; the folder {path.parent} is not there either"
        raise RefusedSubmission(f"no such file or folder{near}", where=shown, help="check the path") from None
    except (OSError, ValueError) as error:
        raise RefusedSubmission(f"cannot be read: {folder.words(error)}", where=shown, help="check the path") from None
    kind = names.KINDS.get(stat.S_IFMT(mode), names.UNKNOWN)
    names.refuse_kind(kind, shown)
    return kind
