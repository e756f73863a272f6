"""Make archives: honest ones with Python's own libraries, and others byte by byte, as no library would."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from checkpoint.model import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from checkpoint.errors import RefusedSubmission
    from checkpoint.model import Submission

LIMITS = Limits()
APP = b"from flask import Flask\n\napp = Flask(__name__)\n"

Take = Callable[..., "Submission"]
Refused = Callable[..., "RefusedSubmission"]
Make = Callable[["Mapping[str, bytes]"], bytes]


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of files; a name that ends in `/` is a folder's."""
    return zip_of([(name, content, {"compress_type": method}) for name, content in files.items()])


def zip_of(entries: Iterable[tuple[str, bytes, dict[str, Any]]]) -> bytes:
    """Return a zip of entries: name, content, and what else its ZipInfo is to say."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content, attributes in entries:
            info = zipfile.ZipInfo("x")
            info.filename = name
            for attribute, value in attributes.items():
                setattr(info, attribute, value)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # a name that is there twice
                archive.writestr(info, content)
    return made.getvalue()


def special_zip(name: str, kind: int, content: bytes = b"/etc/passwd") -> bytes:
    """Return a zip of an app and something of another kind (stat.S_IFLNK ...), as Info-ZIP on Unix packs it."""
    return zip_of([("app.py", APP, {}), (name, content, {"create_system": 3, "external_attr": (kind | 0o644) << 16})])


def tarred(files: Mapping[str, bytes], layout: int = tarfile.PAX_FORMAT) -> bytes:
    """Return a tar of files; a name that ends in `/` is a folder's."""
    infos = []
    for name, content in files.items():
        info = tarfile.TarInfo(name.rstrip("/"))
        info.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
        info.size = len(content)
        infos.append((info, content))
    return tar_of(infos, layout)


def tar_of(infos: Iterable[tuple[tarfile.TarInfo, bytes]], layout: int = tarfile.PAX_FORMAT) -> bytes:
    """Return a tar of members."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=layout) as archive:
        for info, content in infos:
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def special_tar(name: str, kind: bytes, target: str = "/etc/passwd") -> bytes:
    """Return a tar of an app and something of another kind (tarfile.SYMTYPE ...)."""
    app = tarfile.TarInfo("app.py")
    app.size = len(APP)
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return tar_of([(app, APP), (info, b"")])


def tar_header(name: bytes, size: bytes = b"%011o\0" % 0, kind: bytes = b"0", magic: bytes = b"ustar\x0000") -> bytes:
    """Return one header with a right checksum, whatever the fields are."""
    fields = struct.pack(
        "100s8s8s8s12s12s8s1s100s8s247x", name, b"0000644\0", b"0000000\0", b"0000000\0", size, b"%011o\0" % 0,
        b" " * 8, kind, b"", magic,
    )  # fmt: skip
    return fields[:148] + b"%06o\0 " % sum(fields) + fields[156:]


def tar_entry(name: bytes, content: bytes, kind: bytes = b"0") -> bytes:
    """Return header and content, in whole blocks."""
    return tar_header(name, b"%011o\0" % len(content), kind) + content + b"\0" * (-len(content) % 512)


END = b"\0" * 1024


def pax_header(**records: str | bytes) -> bytes:
    """Return a pax header for the entry behind it."""
    block = b""
    for key, value in records.items():
        record = b" %s=%s\n" % (key.replace("__", ".").encode(), value if isinstance(value, bytes) else value.encode())
        length = len(record) + 1
        while len(str(length)) + len(record) != length:
            length += 1
        block += str(length).encode() + record
    return tar_entry(b"PaxHeaders/x", block, b"x")


def tgz(files: Mapping[str, bytes]) -> bytes:
    """Return a tar.gz of files."""
    return gzip.compress(tarred(files), mtime=0)


FORMATS: dict[str, Make] = {
    "work.zip": zipped,
    "stored.zip": lambda files: zipped(files, zipfile.ZIP_STORED),
    "pax.tar": tarred,
    "gnu.tar": lambda files: tarred(files, tarfile.GNU_FORMAT),
    "ustar.tar": lambda files: tarred(files, tarfile.USTAR_FORMAT),
    "work.tar.gz": tgz,
}


def raw_zip(
    contents: Iterable[tuple[bytes, bytes]],
    names: Iterable[tuple[bytes, int]],
    *,
    method: int = 8,
    size: int | None = None,
    flags: int = 0,
    number: int | None = None,
    disk: int = 0,
    extra: bytes = b"",
) -> bytes:
    """Return a zip whose table of contents is made freely.

    `contents` are (packed, unpacked); `names` are (name, which of the contents). `size` is what each claims to have
    unpacked, `number` how many the end claims there are.
    """
    names = list(names)
    body, places = bytearray(), []
    for number_of, (packed, unpacked) in enumerate(contents):
        places.append((len(body), zlib.crc32(unpacked), len(packed), len(unpacked)))
        name = next(name for name, which in names if which == number_of)
        sizes = (len(packed), len(unpacked), len(name), 0)
        body += struct.pack("<4s5H3I2H", b"PK\3\4", 20, flags, method, 0, 0, 0, *sizes) + name + packed
    table, found = bytearray(), 0
    for name, which in names:
        place, crc, *lengths = places[which]
        found += 1
        table += (
            struct.pack(
                "<4s6H3I5H2I", b"PK\1\2", 20, 20, flags, method, 0, 0, crc, lengths[0],
                lengths[1] if size is None else size, len(name), len(extra), 0, 0, 0, 0, place,
            )
            + name + extra
        )  # fmt: skip
    number = (found if number is None else number) & 0xFFFF
    end = struct.pack("<4s4H2IH", b"PK\5\6", disk, 0, number, number, len(table), len(body), 0)
    return bytes(body + table + end)


def deflated(content: bytes) -> bytes:
    """Return content as zip packs it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def unpack_to(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files to a folder, and return it."""
    for name, content in files.items():
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return folder


LINK_KINDS = {
    "a symbolic link": stat.S_IFLNK,
    "a pipe": stat.S_IFIFO,
    "a device": stat.S_IFBLK,
    "a socket": stat.S_IFSOCK,
}
