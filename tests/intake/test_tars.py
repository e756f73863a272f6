"""Tars as the world's programs write them, and what is refused of them."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

from . import archives
from .archives import APP, END, pax_header, tar_entry, tar_header

if TYPE_CHECKING:
    from pathlib import Path

    from .archives import Refused, Take

LONG = "templates/" + "n" * 150 + ".html"
FILES = {"app.py": APP, LONG: b"x" * 999, "café.txt": b""}


def gnu_tar() -> bool:
    return (
        shutil.which("tar") is not None and b"GNU" in subprocess.run(["tar", "--version"], capture_output=True).stdout
    )


# Honest ones.


@pytest.mark.skipif(not gnu_tar(), reason="GNU tar is not installed")
@pytest.mark.parametrize("layout", ["gnu", "oldgnu", "pax", "posix", "ustar"])
@pytest.mark.parametrize("how", [["work"], ["./work"], ["-C", "work", "."]])
@pytest.mark.parametrize("pack", ["-c", "-cz"])
def test_what_gnu_tar_writes(take: Take, tmp_path: Path, layout: str, how: list[str], pack: str):
    files = {"app.py": APP, "templates/page.html": b"x" * 999} if layout == "ustar" else FILES
    archives.unpack_to(tmp_path / "work", files | {"empty/": b""})
    done = subprocess.run(
        ["tar", f"--format={layout}", pack, *how], cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    assert take(done.stdout, "work.tgz").files == files


@pytest.mark.skipif(not gnu_tar(), reason="GNU tar is not installed")
@pytest.mark.parametrize("layout", ["gnu", "pax"])
def test_a_hole_that_gnu_tar_packs_as_one_is_refused(refused: Refused, tmp_path: Path, layout: str):
    archives.unpack_to(tmp_path / "work", {"app.py": APP})
    with (tmp_path / "work" / "hole.bin").open("wb") as file:
        file.truncate(1 << 30)
    done = subprocess.run(["tar", f"--format={layout}", "-cS", "work"], cwd=tmp_path, check=True, capture_output=True)
    assert len(done.stdout) < 50_000
    error = refused(done.stdout, name="work.tar")
    assert error.where == "work.tar: work/hole.bin"
    assert "a sparse file" in error.message


def test_a_tar_from_before_folders_had_a_type(take: Take):
    data = tar_header(b"shop/", kind=b"\0", magic=b"") + tar_header(b"app.py", b" 5 \0", kind=b"\0", magic=b"")
    assert take(data + b"x = 1".ljust(512, b"\0") + END, "work.tar").files == {"app.py": b"x = 1"}


def test_a_long_name_in_two_fields(take: Take):
    info = tarfile.TarInfo("a/" * 40 + "b" * 90)
    app = tarfile.TarInfo("app.py")
    data = archives.tar_of([(info, b""), (app, b"")], tarfile.USTAR_FORMAT)
    assert b"a/" * 40 + b"b" * 90 not in data
    with pytest.raises(Exception, match="folders"):
        take(data, "work.tar")
    info.name = "a/" * 20 + "b" * 90
    data = archives.tar_of([(info, b""), (app, b"")], tarfile.USTAR_FORMAT)
    assert set(take(data, "work.tar").files) == {info.name, "app.py"}


def test_times_in_gnu_headers_are_no_names(take: Take):
    header = bytearray(tar_header(b"app.py", magic=b"ustar  \0"))
    header[345:357] = b"14000000000\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    data = bytes(header) + tar_entry(b"main.py", APP) + END
    assert set(take(data, "work.tar").files) == {"app.py", "main.py"}


def test_what_a_pax_header_says_counts_for_the_next_entry_only(take: Take):
    data = pax_header(path="app.py", mtime="1.5", SCHILY__xattr__user__x="y=\n") + tar_entry(b"short", b"x = 1")
    data += (
        tar_entry(b"next.py", b"y = 2")
        + pax_header(size="5")
        + tar_header(b"third.py", b"\0" * 12)
        + b"z = 3".ljust(512, b"\0")
    )
    assert take(data + END, "work.tar").files == {"app.py": b"x = 1", "next.py": b"y = 2", "third.py": b"z = 3"}


def test_what_is_said_of_all_entries_is_not_heard(take: Take):
    commit = b"52 comment=0123456789012345678901234567890123456789\n"  # as git archive does
    comment = tar_entry(b"pax_global_header", commit, b"g")
    assert take(comment + tar_entry(b"repo/app.py", APP) + END, "work.tar").files == {"app.py": APP}


def test_a_large_number_in_bytes(take: Take):
    data = tar_header(b"app.py", b"\x80" + len(APP).to_bytes(11, "big")) + APP.ljust(512, b"\0")
    assert take(data + END, "work.tar").files == {"app.py": APP}


@pytest.mark.parametrize("behind", [b"", b"\0" * 512, b"\0" * 9000, b"rubbish", tar_entry(b"evil.py", b"")])
def test_what_is_behind_the_end_is_not_there(take: Take, behind: bytes):
    assert take(tar_entry(b"app.py", APP) + END + behind, "work.tar").files == {"app.py": APP}


def test_as_many_records_as_may_be(take: Take):
    data = tar_entry(b"PaxHeaders/x", b"5 a=\n" * 64, b"x") + tar_entry(b"app.py", APP)
    assert take(data + END, "work.tar").files == {"app.py": APP}


# What is refused.


@pytest.mark.parametrize("data", [tar_entry(b"app.py", APP), tar_entry(b"app.py", APP) + tar_header(b"x")[:300]])
def test_a_tar_without_an_end_is_cut_off(refused: Refused, data: bytes):
    error = refused(data, name="work.tar")
    assert (error.where, error.message) == ("work.tar", "this tar archive is cut off, behind app.py")


@pytest.mark.parametrize(
    "block",
    [
        b"x", b"9 a=b\n", b"5 a=\n5", b"0 a=b\n", b"-6 a=b\n", b"6 a=bb\n", b"6 abb\n", b"7 a=b \0", b"+6 a=b\n",
        b"1_0 a=bbbb\n", b"9" * 100 + b" a=b\n", b"9" * 100, b" 6 a=b\n", "٦ a=b\n".encode(), b"5 a=\n" * 65,
    ],
)  # fmt: skip
def test_a_pax_header_that_makes_no_sense_is_damage(refused: Refused, block: bytes):
    data = tar_entry(b"app.py", APP) + tar_entry(b"PaxHeaders/x", block, b"x") + tar_entry(b"x", b"") + END
    assert refused(data, name="work.tar").message == "this tar archive is damaged, behind app.py"


@pytest.mark.parametrize("size", [b"-1", b"x", b"1" * 5000, b"99999999999999999999", b"1e9"])
def test_a_size_in_a_pax_header_that_makes_no_sense_is_damage(refused: Refused, size: bytes):
    data = tar_entry(b"app.py", APP) + pax_header(size=size) + tar_entry(b"x", b"") + END
    message = refused(data, name="work.tar").message
    assert message in {"this tar archive is damaged, behind app.py", "this tar archive is cut off, behind app.py"}


def test_a_tar_never_leads_back(refused: Refused):
    # Sizes below zero made tarfile read the same header for ever (CVE-2025-8194).
    data = tar_entry(b"app.py", APP) + pax_header(size="-1024") + tar_entry(b"x", b"") + END
    assert "damaged" in refused(data, name="work.tar").message


@pytest.mark.parametrize("name", ["work.tar", "work.zip"])
def test_a_folder_that_says_it_has_a_size(take: Take, name: str):
    data = tar_header(b"shop/", b"%011o\0" % 512, b"5") + tar_entry(b"app.py", APP) + END
    assert take(data, name).files == {"app.py": APP}
