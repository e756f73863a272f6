"""Read a list of submissions: a CSV file with the columns `id` and `path`, as `batch.sheet` reads them.

Other columns count for nothing. Paths are relative to the list's own folder.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from checkpoint import intake
from checkpoint.batch import sheet
from checkpoint.batch.find.found import Source
from checkpoint.errors import RefusedSubmission, WrongUsage
from checkpoint.intake import folder, handed
from checkpoint.intake.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checkpoint.batch.find.found import Read
    from checkpoint.model import Limits

ENDS = (".csv", ".tsv")
COLUMNS = ("id", "path")
MOST_BYTES = 64 * 1024 * 1024  # half a million lines


class _Row(NamedTuple):
    line: int
    id: str
    path: str


def sources(path: Path) -> Iterator[Source]:
    """Return what is on the list at `path`, in its order. Raises WrongUsage, with the line, for what is no list."""
    shown = os.fspath(path)
    rows = [
        _Row(line, cells["id"].strip(), cells["path"].strip())
        for line, cells in sheet.rows(_content(path, shown), shown, COLUMNS)
    ]
    if not rows:
        raise WrongUsage("there are no submissions in it", where=shown, help="add lines that have an id and a path")
    return _sources(path, rows)


def _sources(path: Path, rows: list[_Row]) -> Iterator[Source]:
    # Two apps in one folder are two learners' files, and neither is a module of the other's.
    together = Counter(os.path.realpath((path.parent / row.path).parent) for row in rows if row.path.endswith(".py"))
    for row in rows:
        place = f"line {row.line}"
        where = f"{path}:{row.line}"
        if not row.id:
            yield Source(place, where, place, _refusing("this line has no id", where))
        elif not row.path:
            yield Source(row.id, where, place, _refusing("this line has no path", where))
        else:
            given = path.parent / row.path
            alone = given.name != intake.MAIN or together[os.path.realpath(given.parent)] > 1
            yield Source(row.id, os.fspath(given), place, _reader(given, alone))


def _reader(path: Path, alone: bool) -> Read:
    """Return what reads a submission; an app.py has the modules beside it, unless somebody else's app is there, too."""
    if path.suffix == ".py":
        return partial(handed.take_file if alone else intake.take, path)
    return partial(handed.take_folder, path)


def _refusing(message: str, where: str) -> Read:
    def refuse(_: Limits) -> NoReturn:
        raise RefusedSubmission(message, where=where, help="fill it in, or take the line out")

    return refuse


def _content(path: Path, shown: str) -> bytes:
    try:
        data = Window(path)
        if len(data) > MOST_BYTES:
            raise WrongUsage(f"too large: a list may have {MOST_BYTES >> 20} MiB", where=shown, help="part it in two")
        return data[:]
    except RefusedSubmission as error:
        raise WrongUsage(error.message, where=shown, help=error.help) from None
    except OSError as error:
        raise WrongUsage(f"cannot be read: {folder.words(error)}", where=shown, help="check its permissions") from None
