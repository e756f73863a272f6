"""Take in one of many submissions, as platforms lay them out: whatever lies beside it is somebody else's.

A learner who uploads one file to such a platform gets it back in a folder with others' or between them. So, where
there is no app.py, the one archive or the one Python file among what was handed in is it, under whatever name.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from checkpoint import intake
from checkpoint.intake import archive, contents, folder, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from checkpoint.intake.names import Entry
    from checkpoint.model import Limits, Submission


def take_folder(path: Path, limits: Limits) -> Submission:
    """Return the submission in a learner's folder. Raises RefusedSubmission for what cannot be taken in."""
    with _naming(os.fspath(path)):
        if intake.kind_of(path) != "folder":
            return take_file(path, limits)  # it was one when it was found
        path = folder.without_top(path, limits)
        with folder.opened(path, limits) as top:
            return _choose(folder.walk(top), os.fspath(path), limits, "folder")


def take_file(path: Path, limits: Limits) -> Submission:
    """Return the submission in a file: an app's alone, without the modules beside it, or an archive of one.

    Raises RefusedSubmission for what cannot be taken in.
    """
    if intake.kind_of(path) == "folder" or path.suffix != ".py":
        return intake.take(path, limits)
    return take_files(path.parent, {path.name: path.name}, os.fspath(path), limits)


def take_files(place: Path, renamed: Mapping[str, str], shown: str, limits: Limits) -> Submission:
    """Return the submission that some of a folder's files are; `renamed` has what they were called before.

    Raises RefusedSubmission for what cannot be taken in.
    """
    with _naming(shown), folder.opened(place, limits, follow=True) as top:
        entries = (replace(folder.single(top, name), name=original) for name, original in renamed.items())
        return _choose(entries, shown, limits, "files")


def take_entries(entries: Iterable[Entry], shown: str, limits: Limits) -> Submission:
    """Return the submission that some entries of an archive are, by names that begin where the submission does.

    Raises RefusedSubmission for what cannot be taken in.
    """
    with _naming(shown):
        return _choose(entries, shown, limits, "files")


def take_packed(entry: Entry, shown: str, limits: Limits) -> Submission:
    """Return the submission that an archive in an archive is. Raises RefusedSubmission as the others do."""
    with _naming(shown):
        names.refuse_kind(entry.kind, entry.where)
        most = archive.PACKED * limits.submission_bytes
        data = entry.read(most)
        if len(data) > most:
            contents.too_large(entry.where, "an archive may have no", most)
        return archive.take(data, shown, limits)


def _choose(entries: Iterable[Entry], shown: str, limits: Limits, what: contents.Kind) -> Submission:
    chosen = contents.choose(entries, shown, limits)
    inner = contents.without_top(chosen)
    if not any(main in inner for main in names.MAINS):
        top = [name for name in inner if "/" not in name]
        apps = [name for name in top if name.endswith(".py")]
        packed = [name for name in top if archive.is_named(name)]
        if len(packed) == 1 and not apps:
            return take_packed(inner[packed[0]], f"{shown}/{packed[0]}", limits)
        if len(apps) == 1 and not packed:
            return contents.submission(shown, apps[0], contents.read(inner, limits))
    main = contents.main_of(inner, shown, what, lambda: contents.apps(chosen))
    return contents.submission(shown, main, contents.read(inner, limits))


@contextmanager
def _naming(shown: str) -> Iterator[None]:
    """Name the submission that the system does not let us read."""
    try:
        yield
    except OSError as error:
        raise folder.unreadable(error, shown) from None
