"""Tell what kind of archive some bytes are, by what they begin with, and list what is in it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from checkpoint.errors import RefusedSubmission
from checkpoint.intake import contents, tars, zips

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkpoint.intake.names import Entry
    from checkpoint.model import Limits

# Bytes of an archive to each byte that may be graded: one that was packed with a virtual environment in it is larger
# than what is taken of it. Packed and unpacked each have this bound.
PACKED = 4
TAKEN = "a zip, tar or tar.gz"
_GZIP = b"\x1f\x8b"
_OTHERS = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive", b"Rar!\x1a\x07": "a RAR archive", b"BZh": "packed with bzip2",
    b"\xfd7zXZ\0": "packed with xz", b"\x28\xb5\x2f\xfd": "packed with Zstandard", b"LZIP": "packed with lzip",
}  # fmt: skip
_NAMED = (".zip", ".tar", ".tgz", ".gz", ".7z", ".rar", ".bz2", ".tbz2", ".xz", ".txz", ".zst")


def entries(data: bytes, shown: str, limits: Limits) -> Iterable[Entry]:
    """Return what is in an archive, `data`, which the user knows as `shown`.

    Raises RefusedSubmission for what is no archive of a kind that is taken, or is not whole.
    """
    if zips.is_zip(data):
        return zips.entries(data, shown)
    if data.startswith(_GZIP):
        data = _gunzip(data, shown, limits)
        if not tars.is_tar(data):
            raise RefusedSubmission("a single file is packed in it, not a folder", where=shown, help=f"submit {TAKEN}")
    if tars.is_tar(data):
        return tars.entries(data, shown, limits)
    for magic, what in _OTHERS.items():
        if data.startswith(magic):
            raise RefusedSubmission(f"this is {what}, which cannot be taken in", where=shown, help=f"submit {TAKEN}")
    name = shown.lower()
    if name.endswith(_NAMED):
        what = f"no archive, although it is called .{name.rpartition('.')[2]}" if data else "an empty file"
        raise RefusedSubmission(f"this is {what}", where=shown, help="pack it anew, or copy it again")
    raise RefusedSubmission(
        "this is not a Python file", where=shown, help=f"name the app's file, for example app.py, a folder, or {TAKEN}"
    )


def _gunzip(data: bytes, shown: str, limits: Limits) -> bytes:
    """Unpack gzip (RFC 1952), and not a byte more than may come of it.

    Of several streams behind each other only one is taken: no archiver makes more, and a million empty ones cost time.
    """
    by_ratio, by_size = contents.unpacked_most(len(data)), PACKED * limits.submission_bytes
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
    return unpacked
