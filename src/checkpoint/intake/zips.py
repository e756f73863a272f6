"""List what is in a zip archive (PKWARE's APPNOTE.TXT 6.3; the numbers below are its sections).

Not zipfile: it makes an object of every entry before anybody can count them, takes a second for an extra field that
is made for it, unpacks bzip2 and LZMA without a bound, and what it raises differs from release to release. Of a zip
we need the table of contents and deflate only.
"""

from __future__ import annotations

import stat
import struct
import zlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from checkpoint.errors import RefusedSubmission
from checkpoint.intake import names
from checkpoint.intake.names import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.intake.window import Bytes

_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00")  # a file, nothing at all, marks of a split one
_FILE = struct.Struct("<4s22xHH")  # 4.3.7
_ENTRY = struct.Struct("<4sxB2xHH4xIIIHHH4xII")  # 4.3.12
_END = struct.Struct("<4sHH2xHII2x")  # 4.3.16
_END64 = struct.Struct("<4s12xII8xQQQ")  # 4.3.14
_PLACE64 = struct.Struct("<4s4xQ4x")  # 4.3.15
_COMMENT_BYTES = 0xFFFF
_TABLE_BYTES = 256 * 1024 * 1024  # it is held in memory; a million entries have half of that
_IN_ZIP64 = 0xFFFFFFFF  # 4.5.3: the number stands in an extra field

_STORED, _DEFLATED = 0, 8
_METHODS = {9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz", 98: "PPMd"}  # 4.4.5
_ENCRYPTED = 0x1 | 0x40  # 4.4.4
_UTF8 = 0x800
_AES = 99
AGAIN = "pack or copy it again"
_SLACK_BYTES = 1024
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


def is_zip(start: bytes) -> bool:
    """Say whether what starts so is a zip archive."""
    return start.startswith(_STARTS)


def entries(data: Bytes, shown: str) -> Iterator[Entry]:
    """Yield what is in the archive. Raises RefusedSubmission where it is damaged, cut off, or part of a split one."""
    return (entry for _, entry in table(data, shown))


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table of contents as it is: `records` are its bytes, `number` is how many entries it says it has."""

    data: Bytes
    shown: str
    number: int
    records: bytes

    def __iter__(self) -> Iterator[tuple[int, Entry]]:
        """Yield all entries, each with its place in the table. Raises RefusedSubmission where that is damaged."""
        place = found = packed = 0
        while place < len(self.records):
            header, name, behind = self._header(place)
            found += 1
            packed += header.packed
            if packed > len(self.data):
                # Besides, each would be looked at as a whole, and there may be thousands.
                raise RefusedSubmission("its entries overlap, as those of zip bombs do", where=self.shown, help=AGAIN)
            yield place, _entry(self.data, self.shown, header, name)
            place = behind
        if found & 0xFFFF != self.number & 0xFFFF:
            _damaged(self.shown)

    def entry(self, place: int) -> Entry:
        """Return the entry at a place in the table."""
        header, name, _ = self._header(place)
        return _entry(self.data, self.shown, header, name)

    def _header(self, place: int) -> tuple[_Header, bytes, int]:
        """Return what the table says at `place`, the bytes of the entry's name, and where the next one begins."""
        header = _Header(*_unpack(_ENTRY, self.records, place, b"PK\x01\x02", self.shown))
        name_at = place + _ENTRY.size
        extra_at = name_at + header.name_length
        behind = extra_at + header.extra_length + header.comment_length
        if behind > len(self.records):
            _damaged(self.shown)
        if _IN_ZIP64 in (header.size, header.packed, header.start):
            header = _long(header, self.records[extra_at : extra_at + header.extra_length], self.shown)
        return header, self.records[name_at:extra_at], behind


def table(data: Bytes, shown: str) -> Table:
    """Return the archive's table of contents. Raises RefusedSubmission if there is none, or a giant."""
    tail_at = max(0, len(data) - _END.size - _COMMENT_BYTES)
    tail = data[tail_at:]
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        message = "this zip archive is cut off: its end is missing"
        if data[:4] == b"PK\x07\x08":
            message = "this is one part of a split zip archive"
        raise RefusedSubmission(message, where=shown, help="pack it again into one file, or copy it again")
    _, disk, first_disk, number, size, place = _unpack(_END, tail, at, b"PK\x05\x06", shown)
    place64_at = tail_at + at - _PLACE64.size
    if place64_at >= 0 and data[place64_at : place64_at + 4] == b"PK\x06\x07":
        _, end64_at = _unpack(_PLACE64, data, place64_at, b"PK\x06\x07", shown)
        _, disk, first_disk, number, size, place = _unpack(_END64, data, end64_at, b"PK\x06\x06", shown)
    if disk or first_disk:
        raise RefusedSubmission("this is one part of a split zip archive", where=shown, help="pack it into one file")
    if place + size > len(data):
        _damaged(shown)
    if size > _TABLE_BYTES:
        raise RefusedSubmission(
            f"its table of contents has more than {_TABLE_BYTES >> 20} MiB", where=shown, help="pack fewer files"
        )
    return Table(data, shown, number, data[place : place + size])


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


def _entry(data: Bytes, shown: str, header: _Header, raw: bytes) -> Entry:
    name = _name(header, raw)
    where = f"{shown}: {names.short(name)}"
    # Above the attributes of DOS stands the mode, where Unix packed it; zero says nothing.
    mode = stat.S_IFMT(header.mode >> 16)
    kind = names.KINDS.get(mode, names.UNKNOWN) if mode else "file"
    if kind == "file" and name.endswith("/"):
        kind = "folder"
    return Entry(name, where, kind, partial(_read, data, where, header, raw))


def _name(header: _Header, raw: bytes) -> str:
    try:
        # Info-ZIP and macOS write UTF-8 without saying so.
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("utf-8", "surrogateescape") if header.flags & _UTF8 else raw.decode("cp437")
    # 4.4.17 asks for `/`, but Windows' own Compress-Archive long wrote what Windows writes. There it can be no letter.
    return name.replace("\\", "/") if header.system in _WINDOWS else name


def _read(data: Bytes, where: str, header: _Header, name: bytes, left: int) -> bytes:
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
    # What is packed is hardly ever larger than what comes of it; no more is looked at, however much it is said to be.
    packed = data[start : start + min(header.packed, left + left // 64 + _SLACK_BYTES)]
    content = packed[: left + 1] if header.method == _STORED else _inflate(packed, where, left)
    if len(content) <= left and (len(content), zlib.crc32(content)) != (header.size, header.crc):
        _damaged(where)
    return content


def _inflate(packed: bytes, where: str, left: int) -> bytes:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, left + 1)
    except zlib.error:
        _damaged(where)


def _unpack(struct: struct.Struct, data: Bytes, at: int, mark: bytes, where: str) -> tuple[Any, ...]:
    """Return the fields of a record that begins with a mark."""
    record = data[at : at + struct.size]
    if len(record) < struct.size or not record.startswith(mark):
        _damaged(where)
    return struct.unpack(record)


def _damaged(where: str) -> NoReturn:
    raise RefusedSubmission("the zip archive is damaged", where=where, help=AGAIN)
