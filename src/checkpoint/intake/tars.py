"""List what is in a tar archive (POSIX.1-1988 ustar, POSIX.1-2001 pax, GNU).

Not tarfile: it reads headers of any size, recurses into headers of headers, and in releases that are still in use it
can be made to loop (CVE-2024-6232, CVE-2025-8194). Of a tar we need names, kinds and bytes only, and of those this
makes one pass, forwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from checkpoint.errors import RefusedSubmission
from checkpoint.intake import contents, names
from checkpoint.intake.names import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.intake.window import Bytes

BLOCK = 512  # bytes
_ABOUT_BYTES = 1024 * 1024
RECORDS = 64  # in one pax header; real ones have a dozen
_DIGITS = 20  # as many as a number may have that any file could need
_USTAR = b"ustar\0"
_OCTAL = re.compile(rb" *([0-7]*)(?:[ \0]|$)")
_FILES = b"\x0007"  # old, plain, contiguous
_KINDS = {
    b"1": names.HARD_LINK, b"2": names.LINK, b"3": names.DEVICE, b"4": names.DEVICE, b"5": "folder", b"6": names.PIPE,
}  # fmt: skip
_PAX, _LONG_NAME, _SPARSE = b"xX", b"L", b"S"
_ABOUT_THE_NEXT = _PAX + _LONG_NAME + b"gK"  # all the world's comments and a link's target tell us nothing
_SPARSE_FILE = "a sparse file"  # a hundred bytes of it may stand for a terabyte


class _DamagedError(Exception):
    """The archive says something that cannot be."""


def is_tar(start: bytes) -> bool:
    """Say whether what starts so has a tar header, or is the empty end that an archive of nothing consists of."""
    first = start[:BLOCK]
    return len(first) == BLOCK and (_is_header(first) or not any(first))


def entries(data: Bytes, shown: str, most: int) -> Iterator[Entry]:
    """Yield what is in the archive, of which no more than `most` headers are looked at.

    Raises RefusedSubmission, naming the place, where it is damaged or cut off.
    """
    return (entry for _, entry in Table(data, shown, most))


@dataclass(frozen=True, slots=True)
class Table:
    """Stand for the table of contents that a tar archive does not have: its headers, one behind each file."""

    data: Bytes
    shown: str
    most: int

    def __iter__(self) -> Iterator[tuple[int, Entry]]:
        """Yield all entries, each with the place of its first header. Raises RefusedSubmission as `entries` does."""
        before = "at its start"
        found = _entries(self, 0)
        while True:
            try:
                place, entry = next(found, (0, None))
            except _DamagedError as error:
                raise RefusedSubmission(
                    f"this tar archive is {error}, {before}", where=self.shown, help="pack or copy it again"
                ) from None
            if entry is None:
                return
            before = f"behind {names.short(entry.name)}"
            yield place, entry

    def entry(self, place: int) -> Entry:
        """Return the entry whose first header is at `place`."""
        try:
            return next(_entries(self, place))[1]
        except (_DamagedError, StopIteration):
            raise RefusedSubmission(
                "this tar archive has changed meanwhile", where=self.shown, help="try again when it is at rest"
            ) from None


def _entries(table: Table, place: int) -> Iterator[tuple[int, Entry]]:
    data, first = table.data, place
    said: dict[bytes, bytes] = {}  # what headers before an entry's own say of it
    for number in count(1):
        header, start = data[place : place + BLOCK], place + BLOCK
        if len(header) < BLOCK:
            raise _DamagedError("cut off")
        if not any(header):
            return
        if not _is_header(header):
            raise _DamagedError("damaged")
        if number > table.most:
            contents.too_many_entries(table.shown, table.most)
        sort, size = header[156:157], _number(header[124:136])
        if sort in _ABOUT_THE_NEXT:
            place = _behind(data, start, size)
            if sort in _PAX:
                said |= _records(_about(data, start, size))
            elif sort == _LONG_NAME:
                said[b"path"] = _about(data, start, size).partition(b"\0")[0]
            continue
        name = _text(said.get(b"GNU.sparse.name") or said.get(b"path") or _name(header))
        where = f"{table.shown}: {names.short(name)}"
        if sort == _SPARSE or any(key.startswith(b"GNU.sparse.") for key in said):
            names.refuse_kind(_SPARSE_FILE, where)  # at once: where the next entry begins is another riddle
        kind = "file" if sort in _FILES else _KINDS.get(sort, names.UNKNOWN)
        if kind == "file" and name.endswith("/"):
            kind = "folder"  # as it was before folders had a type
        if sort in _KINDS:
            place = start  # whatever a folder or link gives as its size, nothing of it follows
        else:
            size = _decimal(said[b"size"]) if said.get(b"size") else size
            place = _behind(data, start, size)
        yield first, Entry(name, where, kind, partial(_read, data, start, size))
        said, first = {}, place


def _behind(data: Bytes, start: int, size: int) -> int:
    """Return where the next header begins, behind `size` bytes and what fills their last block."""
    if size > len(data) - start:
        raise _DamagedError("cut off")
    return start + -(-size // BLOCK) * BLOCK


def _about(data: Bytes, start: int, size: int) -> bytes:
    """Return what a header says of the entry behind it: the beginning will do, of a giant that is made for this."""
    return data[start : start + min(size, _ABOUT_BYTES)]


def _read(data: Bytes, start: int, size: int, left: int) -> bytes:
    return data[start : start + min(size, left + 1)]


def _is_header(header: bytes) -> bool:
    """Say whether a block has the sum that a header says it has, its own field counted as blanks."""
    try:
        return _number(header[148:156]) == sum(header[:148]) + sum(b" " * 8) + sum(header[156:])
    except _DamagedError:
        return False


def _name(header: bytes) -> bytes:
    name, prefix = (field.partition(b"\0")[0] for field in (header[:100], header[345:500]))
    # GNU's own headers have times where POSIX's have the first part of a long name.
    return prefix + b"/" + name if prefix and header[257:263] == _USTAR else name


def _number(field: bytes) -> int:
    """Return a header's number: octal digits, or big-endian bytes behind 0x80 as GNU writes large ones."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = _OCTAL.match(field)
    if digits is None:  # a negative number for one
        raise _DamagedError("damaged")
    return int(digits[1] or b"0", 8)


def _decimal(digits: bytes) -> int:
    if not digits.isdigit() or len(digits) > _DIGITS:
        raise _DamagedError("damaged")
    return int(digits)


def _records(block: bytes) -> dict[bytes, bytes]:
    """Return what a pax header says: lines of `LENGTH KEY=VALUE`, where LENGTH counts all of the line."""
    found: dict[bytes, bytes] = {}
    place = 0
    for _ in range(RECORDS + 1):
        if place == len(block):
            return found
        digits, _, _ = block[place : place + _DIGITS + 1].partition(b" ")
        end = place + _decimal(digits)
        key, equals, value = block[place + len(digits) + 1 : end].partition(b"=")
        if not equals or not value.endswith(b"\n"):
            break
        found[key] = value[:-1]
        place = end
    raise _DamagedError("damaged")


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
