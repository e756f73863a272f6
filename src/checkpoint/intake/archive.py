"""Tell what kind of archive some bytes are, by what they begin with, and take in what is in it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NoReturn

from checkpoint.errors import RefusedSubmission
from checkpoint.intake import contents, tars, zips

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkpoint.intake.names import Entry
    from checkpoint.intake.window import Bytes
    from checkpoint.model import Limits, Submission

# Bytes of an archive to each byte that may be graded: one that was packed with a virtual environment in it is larger
# than what is taken of it. Packed and unpacked each have this bound.
PACKED = 4
UNPACKED_BYTES = 256 * 1024 * 1024  # of a tar.gz with many submissions
ENTRIES = 4_000_000  # in a tar with many submissions
TAKEN = "a zip, tar or tar.gz"
_GZIP = b"\x1f\x8b"
_OTHERS = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive", b"Rar!\x1a\x07": "a RAR archive", b"BZh": "packed with bzip2",
    b"\xfd7zXZ\0": "packed with xz", b"\x28\xb5\x2f\xfd": "packed with Zstandard", b"LZIP": "packed with lzip",
}  # fmt: skip
_NAMED = (".zip", ".tar", ".tgz", ".gz", ".7z", ".rar", ".bz2", ".tbz2", ".xz", ".txz", ".zst")


def take(data: bytes, shown: str, limits: Limits) -> Submission:
    """Return the submission that is packed in an archive, `data`, which the user knows as `shown`.

    Raises RefusedSubmission for what cannot be taken in.
    """
    chosen = contents.choose(_entries(data, shown, limits), shown, limits)
    inner = contents.without_top(chosen)
    main = contents.main_of(inner, shown, "archive", lambda: contents.apps(chosen))
    return contents.submission(shown, main, contents.read(inner, limits, packed=len(data)))


def _entries(data: bytes, shown: str, limits: Limits) -> Iterable[Entry]:
    if zips.is_zip(data):
        return zips.entries(data, shown)
    if data.startswith(_GZIP):
        data = _gunzip(data, shown, PACKED * limits.submission_bytes)
    if tars.is_tar(data):
        return tars.entries(data, shown, contents.most_entries(limits))
    help = f"name the app's file, for example app.py, a folder, or {TAKEN}"
    return _refuse(data, shown, "this is not a Python file", help)


def table(data: Bytes, shown: str) -> zips.Table | tars.Table:
    """Return the table of contents of an archive of many submissions; only that is held in memory.

    A packed tar must be unpacked to be read anywhere, and so only one of at most UNPACKED_BYTES is taken. Raises
    RefusedSubmission for what is no archive of a kind that is taken, or is not whole, as the table's iteration does.
    """
    start = data[: tars.BLOCK]
    if zips.is_zip(start):
        return zips.table(data, shown)
    if start.startswith(_GZIP):
        if len(data) > UNPACKED_BYTES:
            contents.too_large(shown, "packed as tar.gz it has", UNPACKED_BYTES)
        data = _gunzip(data[:], shown, UNPACKED_BYTES)
        start = data[: tars.BLOCK]
    if tars.is_tar(start):
        return tars.Table(data, shown, ENTRIES)
    return _refuse(start, shown, "this is no archive", f"pack it as {TAKEN}")


def is_named(name: str) -> bool:
    """Say whether a file of this name is to be an archive, of whatever kind."""
    return name.lower().endswith(_NAMED)


def _refuse(data: bytes, shown: str, otherwise: str, help: str) -> NoReturn:
    """Raise the RefusedSubmission for what is no archive that is taken; `otherwise` is what to call what is none."""
    for magic, what in _OTHERS.items():
        if data.startswith(magic):
            raise RefusedSubmission(f"this is {what}, which cannot be taken in", where=shown, help=f"submit {TAKEN}")
    if is_named(shown):
        what = f"no archive, although it is called .{shown.lower().rpartition('.')[2]}" if data else "an empty file"
        raise RefusedSubmission(f"this is {what}", where=shown, help="pack it anew, or copy it again")
    raise RefusedSubmission(otherwise, where=shown, help=help)


def _gunzip(data: bytes, shown: str, by_size: int) -> bytes:
    """Unpack a tar from gzip (RFC 1952), and not a byte more than may come of it.

    Of several streams behind each other only one is taken: no archiver makes more, and a million empty ones cost time.
    """
    by_ratio = contents.unpacked_most(len(data))
    most = min(by_ratio, by_size)
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        unpacked = unpacker.decompress(data, most + 1)
    except zlib.error:
        raise RefusedSubmission("this gzip archive is damaged", where=shown, help="pack or copy it again") from None
    if len(unpacked) > most:
        if by_ratio < by_size:
            contents.refuse_bomb(shown)
        contents.too_large(shown, "unpacked it has", by_size)
    if not unpacker.eof:
        raise RefusedSubmission("this gzip archive is cut off: its end is missing", where=shown, help="copy it again")
    if unpacker.unused_data.strip(b"\0"):
        raise RefusedSubmission("there is more behind the end of its gzip data", where=shown, help="pack it again")
    if not tars.is_tar(unpacked):
        raise RefusedSubmission("a single file is packed in it, not a folder", where=shown, help=f"submit {TAKEN}")
    return unpacked
