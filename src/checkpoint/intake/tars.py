"""List what is in a tar archive that lies in memory (POSIX.1-1988 ustar, POSIX.1-2001 pax, GNU).

Not tarfile: it reads headers of any size, recurses into headers of headers, and in releases that are still in use it
can be made to loop (CVE-2024-6232, CVE-2025-8194). Of a tar we need names, kinds and bytes only, and of those this
makes one pass, forwards.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from checkpoint.errors import RefusedSubmission
from checkpoint.intake import contents, names
from checkpoint.intake.names import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import Limits

BLOCK = 512  # bytes
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


def is_tar(data: bytes) -> bool:
    """Say whether this begins with a tar header, or is the empty end that an archive of nothing consists of."""
    first = data[:BLOCK]
    return len(first) == BLOCK and (_is_header(first) or not data.strip(b"\0"))


def entries(data: bytes, shown: str, limits: Limits) -> Iterator[Entry]:
    """Yield what is in the archive. Raises RefusedSubmission, naming the place, where it is damaged or cut off."""
    before = "at its start"
    found = _entries(data, shown, limits)
    while True:
        try:
            entry = next(found, None)
        except _DamagedError as error:
            raise RefusedSubmission(
                f"this tar archive is {error}, {before}", where=shown, help="pack or copy it again"
            ) from None
        if entry is None:
            return
        before = f"behind {names.short(entry.name)}"
        yield entry


def _entries(data: bytes, shown: str, limits: Limits) -> Iterator[Entry]:
    place = 0
    said: dict[bytes, bytes] = {}  # what headers before an entry's own say of it
    for number in count(1):
        header, start = data[place : place + BLOCK], place + BLOCK
        if len(header) < BLOCK:
            raise _DamagedError("cut off")
        if not any(header):
            return
        if not _is_header(header):
            raise _DamagedError("damaged")
        if number > contents.most_entries(limits):
            contents.too_many_entries(shown, limits)
        sort, size = header[156:157], _number(header[124:136])
        if sort in _ABOUT_THE_NEXT:
            place = _behind(data, start, size)
            if sort in _PAX:
                said |= _records(data[start : start + size])
            elif sort == _LONG_NAME:
                said[b"path"] = data[start : start + size].partition(b"\0")[0]
            continue
        name = _text(said.get(b"GNU.sparse.name") or said.get(b"path") or _name(header))
        where = f"{shown}: {names.short(name)}"
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
        said = {}
        yield Entry(name, where, kind, partial(_read, data, start, size))


def _behind(data: bytes, start: int, size: int) -> int:
    """Return where the next header begins, behind `size` bytes and what fills their last block."""
    if size > len(data) - start:
        raise _DamagedError("cut off")
    return start + -(-size // BLOCK) * BLOCK


def _read(data: bytes, start: int, size: int, left: int) -> bytes:
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
