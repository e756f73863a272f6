"""Read a table that people make in a spreadsheet: CSV (RFC 4180) whose first line names its columns.

Its separator may be `,`, `;` (as Excel writes where `,` stands in numbers) or a tab; it is UTF-8, with or without a
mark. Columns may stand in any order, and others beside them.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from checkpoint.errors import WrongUsage
from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SEPARATORS = (",", ";", "\t")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SHOWN = 8  # columns


class Row(NamedTuple):
    """Hold the cells of a row by column, as they are, and the number of the line on which it begins."""

    line: int
    cells: dict[str, str]


def rows(content: bytes, shown: str, columns: Sequence[str], more: Sequence[str] = ()) -> Iterator[Row]:
    """Yield the rows that have anything in them, with the cells of all `columns`, and of `more` that need not be there.

    `shown` is what the file is called. Raises WrongUsage, with the line, for what is no such table.
    """
    text = _text(content, shown)
    separator, header = _header(text, shown, columns)
    places = {name: header.index(name) for name in (*columns, *more) if name in header}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if line > 1 and any(cell.strip() for cell in cells):
                found = {name: cells[place] for name, place in places.items() if place < len(cells)}
                yield Row(line, {name: found.get(name, "") for name in (*columns, *more)})
            line = reader.line_num + 1
    except csv.Error as error:
        raise WrongUsage(f"this is no CSV: {error}", where=f"{shown}:{line}", help="save it anew as CSV") from None


def _text(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = "it is UTF-16" if content.startswith(_UTF16) else f"byte {content[error.start]:#04x} is not UTF-8"
        raise WrongUsage(what, where=f"{shown}:{line}", help='save it anew as "CSV UTF-8"') from None


def _header(text: str, shown: str, columns: Sequence[str]) -> tuple[str, list[str]]:
    """Return the separator, and the names of the columns in small letters."""
    found: list[list[str]] = []
    for separator in _SEPARATORS:
        try:
            first = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
        except csv.Error:
            continue
        header = [cell.strip().lower() for cell in first]
        if all(column in header for column in columns):
            return separator, header
        found.append(header)
    header = max(found, key=len, default=[])
    there = ", ".join(f"`{visible(cell)[:40]}`" for cell in header[:_SHOWN] if cell) or "nothing"
    missing = " and no column ".join(f"`{column}`" for column in columns if column not in header)
    raise WrongUsage(
        f"there is no column {missing}; it begins with {there}",
        where=f"{shown}:1",
        help=f"its first line must name the columns {', '.join(columns[:-1])} and {columns[-1]}",
    )
