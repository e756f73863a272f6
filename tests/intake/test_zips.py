"""Zips as the world's programs write them, and what is refused of them with words that say what to do."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from . import archives
from .archives import APP, raw_zip, zip_of, zipped

if TYPE_CHECKING:
    from pathlib import Path

    from .archives import Refused, Take

UNIX, WINDOWS, NTFS = 3, 0, 10


def renamed(data: bytes, before: bytes, after: bytes) -> bytes:
    """Return an archive with other bytes for a name than zipfile would write."""
    assert len(before) == len(after)
    assert data.count(before) == 2
    return data.replace(before, after)


# Honest ones.


@pytest.mark.skipif(shutil.which("zip") is None, reason="Info-ZIP is not installed")
@pytest.mark.parametrize(
    ("options", "streamed"),
    [("-qr", False), ("-qr0", False), ("-qrX", False), ("-qrD", False), ("-qr -fz", False), ("-qr", True)],
)  # fmt: skip
def test_what_info_zip_writes(take: Take, tmp_path: Path, options: str, streamed: bool):
    archives.unpack_to(tmp_path / "work", {"app.py": APP, "templates/é.html": b"x" * 999, "empty/": b""})
    command = ["zip", *options.split(), "-" if streamed else "work.zip", "work"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=streamed)
    data = done.stdout if streamed else (tmp_path / "work.zip").read_bytes()
    assert take(data).files == {"app.py": APP, "templates/é.html": b"x" * 999}


def test_what_python_writes_to_a_stream(take: Take):
    class Pipe(io.RawIOBase):
        """Take bytes and never go back."""

        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("app.py", APP)
        with archive.open("long.txt", "w", force_zip64=True) as file:
            file.write(b"long")
    assert take(pipe.data).files == {"app.py": APP, "long.txt": b"long"}


@pytest.mark.parametrize("system", [WINDOWS, NTFS])
def test_a_backslash_parts_folders_in_what_windows_packed(take: Take, system: int):
    entries = [("work\\app.py", APP), ("work\\templates\\page.html", b"x"), ("work\\empty\\", b"")]
    data = zip_of([(name, content, {"create_system": system}) for name, content in entries])
    assert take(data).files == {"app.py": APP, "templates/page.html": b"x"}


@pytest.mark.parametrize(
    ("name", "words"),
    [("..\\evil.py", "leads out"), ("\\x", "is absolute"), ("\\\\server\\x", "is absolute"), ("C:\\x", "is absolute")],
)
def test_a_backslash_leads_nowhere_else(refused: Refused, name: str, words: str):
    data = zip_of([("app.py", APP, {}), (name, b"", {"create_system": WINDOWS})])
    error = refused(data)
    assert words in error.message
    assert error.where == "work.zip: " + name.replace("\\", "/")


def test_a_backslash_is_part_of_a_name_where_unix_packed(refused: Refused):
    error = refused(zip_of([("app.py", APP, {}), ("a\\b.py", b"", {"create_system": UNIX})]))
    assert error.message == "its name has a backslash in it"
    assert error.where == "work.zip: a\\b.py"


def test_names_in_utf_8_that_are_not_marked_so(take: Take):
    data = renamed(zipped({"app.py": APP, "abcd.txt": b""}), b"abcd", "éü".encode())  # as macOS and Info-ZIP do
    assert set(take(data).files) == {"app.py", "éü.txt"}


def test_names_in_the_letters_of_dos(take: Take):
    data = renamed(zipped({"app.py": APP, "abcd.txt": b""}), b"abcd", "éüäö".encode("cp437"))
    assert set(take(data).files) == {"app.py", "éüäö.txt"}


def test_a_name_that_is_not_the_utf_8_that_it_is_said_to_be(refused: Refused):
    data = renamed(zipped({"app.py": APP, "é.txt": b""}), "é".encode(), b"\xe9\xe9")
    assert refused(data).message == "its name is not UTF-8"


def test_a_comment_at_the_end_does_no_harm(take: Take):
    made = io.BytesIO(zipped({"app.py": APP}))
    with zipfile.ZipFile(made, "a") as archive:
        archive.comment = b"0123456789abcdef" * 4000  # GitHub puts the commit there
    assert take(made.getvalue()).files == {"app.py": APP}
    assert take(made.getvalue() + b"\r\n").files == {"app.py": APP}  # as some forms of upload leave it


def test_a_folder_is_known_by_its_mode_too(take: Take):
    data = zip_of([("app.py", APP, {}), ("shop", b"", {"create_system": UNIX, "external_attr": 0o40755 << 16})])
    assert take(data).files == {"app.py": APP}


@pytest.mark.parametrize("mode", [0, 0o100644, 0o104755, 0o777])
def test_a_mode_does_not_matter(take: Take, mode: int):
    assert take(zip_of([("app.py", APP, {"create_system": UNIX, "external_attr": mode << 16})])).files == {
        "app.py": APP
    }


@pytest.mark.parametrize("fields", ["all", "none", "size"])
def test_numbers_in_zip64_fields(take: Take, refused: Refused, fields: str):
    data = zipped({"app.py": APP}, zipfile.ZIP_STORED)
    at = data.index(b"PK\1\2")
    table = bytearray(data[at : data.index(b"PK\5\6")])
    extra = b"\x99\x99\1\0x" + struct.pack("<HH3Q", 1, 24, len(APP), len(APP), 0)
    if fields == "size":
        extra = struct.pack("<HHQ", 1, 8, len(APP))
        table[24:28] = b"\xff" * 4
    else:
        table[20:28] = b"\xff" * 8
        table[42:46] = b"\xff" * 4
    if fields == "none":
        extra = b""
    table[30:32] = struct.pack("<H", len(extra))
    table += extra
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, len(table), at)
    place64 = struct.pack("<4sIQI", b"PK\6\7", 0, at + len(table), 1)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    data = data[:at] + bytes(table) + end64 + place64 + end
    if fields == "none":
        assert refused(data).message == "the zip archive is damaged"
    else:
        assert take(data).files == {"app.py": APP}


# What cannot be taken in.


@pytest.mark.parametrize(("flags", "method"), [(0x1, 8), (0x41, 8), (0x1, 99), (0x0, 99)])
def test_an_encrypted_file_is_named(refused: Refused, flags: int, method: int):
    data = raw_zip([(APP, APP)], [(b"app.py", 0)], method=method, flags=flags)
    error = refused(data)
    assert (error.where, error.message) == ("work.zip: app.py", "it is encrypted")
    assert error.help == "pack it without a password"


@pytest.mark.skipif(shutil.which("zip") is None, reason="Info-ZIP is not installed")
def test_what_info_zip_encrypts(refused: Refused, tmp_path: Path):
    archives.unpack_to(tmp_path / "work", {"app.py": APP})
    subprocess.run(["zip", "-qrP", "secret", "work.zip", "work"], cwd=tmp_path, check=True)
    assert refused((tmp_path / "work.zip").read_bytes()).message == "it is encrypted"


@pytest.mark.parametrize(
    ("method", "words"),
    [(zipfile.ZIP_BZIP2, "it is packed with bzip2"), (zipfile.ZIP_LZMA, "it is packed with LZMA")],
)
def test_another_compression_is_named(refused: Refused, method: int, words: str):
    error = refused(zipped({"app.py": APP}, method))
    assert error.where == "work.zip: app.py"
    assert error.message.startswith(words)


def test_an_unknown_compression_is_numbered(refused: Refused):
    assert "method 77" in refused(raw_zip([(APP, APP)], [(b"app.py", 0)], method=77)).message


@pytest.mark.parametrize("data", [raw_zip([(APP, APP)], [(b"app.py", 0)], method=0, disk=1), b"PK\7\x08" + APP * 50])
def test_a_part_of_a_split_archive_is_called_so(refused: Refused, data: bytes):
    assert refused(data).message == "this is one part of a split zip archive"


def test_a_file_under_another_name_in_its_own_header_is_damaged(refused: Refused):
    data = zipped({"app.py": APP, "abcd.txt": b""})
    at = data.index(b"abcd")
    error = refused(data[:at] + b"abce" + data[at + 4 :])
    assert (error.where, error.message) == ("work.zip: abcd.txt", "the zip archive is damaged")


@pytest.mark.parametrize("field", [28, 30, 32])
def test_an_entry_that_reaches_into_what_follows_is_damage(refused: Refused, field: int):
    data = bytearray(raw_zip([(APP, APP)], [(b"app.py", 0)], method=0))
    data[data.index(b"PK\1\2") + field] += 3
    error = refused(bytes(data))
    assert (error.where, error.message) == ("work.zip", "the zip archive is damaged")


@pytest.mark.parametrize("field", [12, 16])
def test_a_table_of_contents_that_is_elsewhere_is_damage(refused: Refused, field: int):
    for other in (0, 1, 50, 0xFFFFFFF):
        data = bytearray(raw_zip([(APP, APP)], [(b"app.py", 0)], method=0))
        at = data.index(b"PK\5\6") + field
        data[at : at + 4] = struct.pack("<I", other)
        assert refused(bytes(data)).message == "the zip archive is damaged"


@pytest.mark.parametrize("number", [0, 2, 70_000])
def test_a_wrong_number_of_entries_is_damage(refused: Refused, number: int):
    data = raw_zip([(APP, APP)], [(b"app.py", 0)], method=0, number=number)
    assert refused(data).message == "the zip archive is damaged"


def test_nothing_is_an_archive_of_nothing(refused: Refused):
    error = refused(zipped({}))
    assert "there is no app.py at the top of this archive" in error.message
