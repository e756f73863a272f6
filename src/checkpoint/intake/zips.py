"""List what is in a zip archive that lies in memory (PKWARE's APPNOTE.TXT 6.3; the numbers below are its sections).

Not zipfile: it makes an object of every entry before anybody can count them, takes a second for an extra field that
is made for it, unpacks bzip2 and LZMA without a bound, and what it raises differs from release to release. Of a zip
we need the table of contents and deflate only.
"""

from __future__ import annotations

import stat
import struct
import zlib
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from checkpoint.errors import RefusedSubmission
from checkpoint.intake import names
from checkpoint.intake.names import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00")  # a file, nothing at all, marks of a split one
_FILE = struct.Struct("<4s22xHH")  # 4.3.7
_ENTRY = struct.Struct("<4sxB2xHH4xIIIHHH4xII")  # 4.3.12
_END = struct.Struct("<4sHH2xHII2x")  # 4.3.16
_END64 = struct.Struct("<4s12xII8xQQQ")  # 4.3.14
_PLACE64 = struct.Struct("<4s4xQ4x")  # 4.3.15
_COMMENT_BYTES = 0xFFFF
_IN_ZIP64 = 0xFFFFFFFF  # 4.5.3: the number stands in an extra field

_STORED, _DEFLATED = 0, 8
_METHODS = {9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz", 98: "PPMd"}  # 4.4.5
_ENCRYPTED = 0x1 | 0x40  # 4.4.4
_UTF8 = 0x800
_AES = 99
AGAIN = "pack or copy it again"
_WINDOWS = (0, 10, 14)  # 4.4.2: FAT, NTFS, VFAT


class _Header(NamedTuple):
    """Hold what the table of contents says of one entry, in the order in which it does; lengths are in bytes."""

    mark: bytes
    system: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    name_length: int
    extra_length: int
    comment_length: int
    mode: int
    start: int


def is_zip(data: bytes) -> bool:
    """Say whether it begins like a zip archive."""
    return data.startswith(_STARTS)


def entries(data: bytes, shown: str) -> Iterator[Entry]:
    """Yield what is in the archive. Raises RefusedSubmission where it is damaged, cut off, or part of a split one."""
    number, place, end = _table(data, shown)
    found = packed = 0
    while place < end:
        header = _Header(*_unpack(_ENTRY, data, place, b"PK\x01\x02", shown))
        name_at = place + _ENTRY.size
        extra_at = name_at + header.name_length
        place = extra_at + header.extra_length + header.comment_length
        if place > end:
            _damaged(shown)
        if _IN_ZIP64 in (header.size, header.packed, header.start):
            header = _long(header, data[extra_at : extra_at + header.extra_length], shown)
        found += 1
        packed += header.packed
        if packed > len(data):
            # Besides, each would be looked at as a whole, and there may be thousands.
            raise RefusedSubmission("its entries overlap, as those of zip bombs do", where=shown, help=AGAIN)
        yield _entry(data, shown, header, data[name_at:extra_at])
    if found & 0xFFFF != number & 0xFFFF:
        _damaged(shown)


def _table(data: bytes, shown: str) -> tuple[int, int, int]:
    """Return how many entries the table of contents has, where it begins and where it ends."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - _COMMENT_BYTES))
    if at < 0 or len(data) - at < _END.size:
        message = "this zip archive is cut off: its end is missing"
        if data.startswith(b"PK\x07\x08"):
            message = "this is one part of a split zip archive"
        raise RefusedSubmission(message, where=shown, help="pack it again into one file, or copy it again")
    _, disk, first_disk, number, size, place = _unpack(_END, data, at, b"PK\x05\x06", shown)
    if at >= _PLACE64.size and data.startswith(b"PK\x06\x07", at - _PLACE64.size):
        _, at = _PLACE64.unpack_from(data, at - _PLACE64.size)
        _, disk, first_disk, number, size, place = _unpack(_END64, data, at, b"PK\x06\x06", shown)
    if disk or first_disk:
        raise RefusedSubmission("this is one part of a split zip archive", where=shown, help="pack it into one file")
    return number, place, place + size


def _long(header: _Header, extra: bytes, shown: str) -> _Header:
    """Return an entry's header with the numbers that its zip64 field has (4.5.3)."""
    at = 0
    while at + 4 <= len(extra):
        id, length = struct.unpack_from("<HH", extra, at)
        if id == 1:
            field = extra[at + 4 : at + 4 + length]
            numbers = iter(struct.unpack_from(f"<{len(field) // 8}Q", field))
            size, packed, start = (
                next(numbers, number) if number == _IN_ZIP64 else number
                for number in (header.size, header.packed, header.start)
            )
            return header._replace(size=size, packed=packed, start=start)
        at += 4 + length
    return _damaged(shown)


def _entry(data: bytes, shown: str, header: _Header, raw: bytes) -> Entry:
    name = _name(header, raw)
    where = f"{shown}: {names.short(name)}"
    # Above the attributes of DOS stands the mode, where Unix packed it; zero says nothing.
    mode = stat.S_IFMT(header.mode >> 16)
    kind = names.KINDS.get(mode, names.UNKNOWN) if mode else "file"
    if kind == "file" and name.endswith("/"):
        kind = "folder"
    return Entry(name, where, kind, partial(_read, memoryview(data), where, header, raw))


def _name(header: _Header, raw: bytes) -> str:
    try:
        # Info-ZIP and macOS write UTF-8 without saying so.
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("utf-8", "surrogateescape") if header.flags & _UTF8 else raw.decode("cp437")
    # 4.4.17 asks for `/`, but Windows' own Compress-Archive long wrote what Windows writes. There it can be no letter.
    return name.replace("\\", "/") if header.system in _WINDOWS else name


def _read(data: memoryview, where: str, header: _Header, name: bytes, left: int) -> bytes:
    """Unpack a file, but not much more than `left` bytes."""
    if header.flags & _ENCRYPTED or header.method == _AES:
        raise RefusedSubmission("it is encrypted", where=where, help="pack it without a password")
    if header.method not in (_STORED, _DEFLATED):
        method = _METHODS.get(header.method, f"method {header.method}")
        raise RefusedSubmission(
            f"it is packed with {method}, which cannot be taken in",
            where=where,
            help="pack it as zip usually does: deflate",
        )
    _, name_length, extra_length = _unpack(_FILE, data, header.start, b"PK\x03\x04", where)
    name_at = header.start + _FILE.size
    if data[name_at : name_at + name_length] != name:  # no sum is over the names; they stand here and in the table
        _damaged(where)
    start = name_at + name_length + extra_length
    packed = data[start : start + header.packed]
    content = bytes(packed[: left + 1]) if header.method == _STORED else _inflate(packed, where, left)
    if len(content) <= left and (len(content), zlib.crc32(content)) != (header.size, header.crc):
        _damaged(where)
    return content


def _inflate(packed: memoryview, where: str, left: int) -> bytes:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, left + 1)
    except zlib.error:
        _damaged(where)


def _unpack(struct: struct.Struct, data: bytes | memoryview, at: int, mark: bytes, where: str) -> tuple[Any, ...]:
    """Return the fields of a record that begins with a mark."""
    if at + struct.size > len(data) or bytes(data[at : at + 4]) != mark:
        _damaged(where)
    return struct.unpack_from(data, at)


def _damaged(where: str) -> NoReturn:
    raise RefusedSubmission("the zip archive is damaged", where=where, help=AGAIN)
