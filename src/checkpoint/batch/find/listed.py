"""Read a list of submissions: a CSV file (RFC 4180) with the columns `id` and `path`.

Its separator may be `,`, `;` (as Excel writes where `,` stands in numbers) or a tab; it is UTF-8, with or without a
mark. Other columns count for nothing. Paths are relative to the list's own folder.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from checkpoint import intake
from checkpoint.batch.find.found import Source, printable
from checkpoint.errors import RefusedSubmission, WrongUsage
from checkpoint.intake import folder, handed
from checkpoint.intake.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.batch.find.found import Read
    from checkpoint.model import Limits

ENDS = (".csv", ".tsv")
COLUMNS = ("id", "path")
MOST_BYTES = 64 * 1024 * 1024  # half a million lines
_SEPARATORS = (",", ";", "\t")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SHOWN = 8  # columns
_HELP = "its first line must name the columns id and path"


class _Row(NamedTuple):
    line: int
    id: str
    path: str


def sources(path: Path) -> Iterator[Source]:
    """Return what is on the list at `path`, in its order. Raises WrongUsage, with the line, for what is no list."""
    rows = list(_rows(_text(path), os.fspath(path)))
    if not rows:
        raise WrongUsage(
            "there are no submissions in it", where=os.fspath(path), help="add lines that have an id and a path"
        )
    return _sources(path, rows)


def _sources(path: Path, rows: list[_Row]) -> Iterator[Source]:
    # Two apps in one folder are two learners' files, and neither is a module of the other's.
    together = Counter(Path(row.path).parent for row in rows if row.path.endswith(".py"))
    for row in rows:
        place = f"line {row.line}"
        where = f"{path}:{row.line}"
        if not row.id:
            yield Source(place, where, place, _refusing("this line has no id", where))
        elif not row.path:
            yield Source(row.id, where, place, _refusing("this line has no path", where))
        else:
            given = path.parent / row.path
            yield Source(row.id, os.fspath(given), place, _reader(given, together[Path(row.path).parent] > 1))


def _reader(path: Path, among_others: bool) -> Read:
    if path.suffix == ".py":
        return partial(handed.take_file if among_others else intake.take, path)
    return partial(handed.take_folder, path)


def _refusing(message: str, where: str) -> Read:
    def refuse(_: Limits) -> NoReturn:
        raise RefusedSubmission(message, where=where, help="fill it in, or take the line out")

    return refuse


def _text(path: Path) -> str:
    shown = os.fspath(path)
    try:
        data = Window(path)
        if len(data) > MOST_BYTES:
            raise WrongUsage(f"too large: a list may have {MOST_BYTES >> 20} MiB", where=shown, help="part it in two")
        content = data[:]
    except RefusedSubmission as error:
        raise WrongUsage(error.message, where=shown, help=error.help) from None
    except OSError as error:
        raise WrongUsage(f"cannot be read: {folder.words(error)}", where=shown, help="check its permissions") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = "it is UTF-16" if content.startswith(_UTF16) else f"byte {content[error.start]:#04x} is not UTF-8"
        raise WrongUsage(what, where=f"{shown}:{line}", help='save it anew as "CSV UTF-8"') from None


def _rows(text: str, shown: str) -> Iterator[_Row]:
    """Yield the rows that have anything in them, each with the number of the line on which it begins."""
    separator, columns = _header(text, shown)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            if line > 1 and any(cell.strip() for cell in row):
                id, path = (row[column].strip() if column < len(row) else "" for column in columns)
                yield _Row(line, id, path)
            line = reader.line_num + 1
    except csv.Error as error:
        raise WrongUsage(f"this is no CSV: {error}", where=f"{shown}:{line}", help="save it anew as CSV") from None


def _header(text: str, shown: str) -> tuple[str, list[int]]:
    """Return the separator, and which columns the id and the path are."""
    found: list[list[str]] = []
    for separator in _SEPARATORS:
        try:
            first = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
        except csv.Error:
            continue
        cells = [cell.strip().lower() for cell in first]
        if all(column in cells for column in COLUMNS):
            return separator, [cells.index(column) for column in COLUMNS]
        found.append(cells)
    cells = max(found, key=len, default=[])
    there = ", ".join(f"`{printable(cell)[:40]}`" for cell in cells[:_SHOWN] if cell) or "nothing"
    missing = " and no column ".join(f"`{column}`" for column in COLUMNS if column not in cells)
    raise WrongUsage(f"there is no column {missing}; it begins with {there}", where=f"{shown}:1", help=_HELP)
