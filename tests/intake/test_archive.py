"""An archive is its folder, packed: the same files, the same hash, and nothing that it says of itself is believed."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import stat
import tarfile
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from checkpoint import intake
from checkpoint.intake import archive, names
from checkpoint.model import Limits

from . import archives
from .archives import APP, FORMATS, LIMITS, special_tar, special_zip, tgz, unpack_to, zipped

if TYPE_CHECKING:
    from pathlib import Path

    from ..conftest import Cli, Write
    from .archives import Refused, Take

WORK = {
    "app.py": APP,
    "models.py": b"rows = []\n",
    "templates/page.html": b"<p>{{ x }}</p>\n" * 50,
    "templates/parts/": b"",
    "static/logo.png": bytes(range(256)),
    "shop/__init__.py": b"",
}
LEFT_OUT = {
    ".git/config": b"[core]", ".venv/bin/python": b"", "venv/lib/x.py": b"", "own/pyvenv.cfg": b"",
    "own/lib/flask.py": b"", "__pycache__/app.cpython-311.pyc": b"", "node_modules/x.js": b"", ".DS_Store": b"",
    "static/.DS_Store": b"", "__MACOSX/._app.py": b"", "._app.py": b"", "static/._logo.png": b"", "Icon\r": b"",
    "shop/.git": b"gitdir: ..",
}  # fmt: skip
FILES = {name: content for name, content in WORK.items() if not name.endswith("/")}

formats = pytest.mark.parametrize("name", FORMATS)
# A name travels as it is through these; zip marks what is not ASCII as UTF-8, and cannot do so for other bytes.
tars = pytest.mark.parametrize("name", [name for name in FORMATS if "tar" in name])


def make(name: str, files: dict[str, bytes]) -> bytes:
    return FORMATS[name](files)


# What is taken in.


@formats
def test_an_archive_is_the_folder_that_was_packed(take: Take, tmp_path: Path, name: str):
    folder = intake.take(unpack_to(tmp_path / "work", WORK | LEFT_OUT), LIMITS)
    taken = take(make(name, WORK | LEFT_OUT), name)
    assert taken.files == folder.files == FILES
    assert taken.main == "app.py"
    assert taken.sha256 == folder.sha256
    assert taken.path == str(tmp_path / name)


@formats
@pytest.mark.parametrize("top", ["homework/", "repo-main/", "./", "./homework/", "home/me/homework/"])
def test_the_one_folder_that_holds_everything_is_the_top(take: Take, name: str, top: str):
    packed = {top + inner: content for inner, content in (WORK | LEFT_OUT).items()}
    beside = {"__MACOSX/._homework": b"", ".DS_Store": b"", ".git/config": b""}  # what is left out does not count
    assert take(make(name, packed | beside), name).files == FILES


@formats
def test_an_app_at_the_top_is_not_passed_over_for_one_below(take: Take, name: str):
    taken = take(make(name, {"main.py": APP, "shop/app.py": b""}), name)
    assert (taken.main, set(taken.files)) == ("main.py", {"main.py", "shop/app.py"})


@pytest.mark.parametrize("name", ["work", "work.bin", "work.zip.txt", "12345_ada"])
def test_the_content_tells_what_it_is_and_not_the_name(take: Take, name: str):
    for data in (zipped(FILES), tgz(FILES), archives.tarred(FILES)):
        assert take(data, name).files == FILES


def test_what_is_called_py_is_never_looked_into(take: Take):
    data = zipped(FILES)
    assert take(data, "app.py").files == {"app.py": data}


def test_its_files_are_called_by_the_archive(take: Take, tmp_path: Path):
    taken = take(zipped({"homework/app.py": APP}))
    assert taken.shown("app.py") == f"{tmp_path.as_posix()}/work.zip/app.py"


@pytest.mark.parametrize("name", ["work.zip", "pax.tar", "gnu.tar", "work.tar.gz"])
def test_long_and_foreign_names(take: Take, name: str):
    files = {"app.py": APP, "templates/" + "n" * 200 + ".html": b"1", "café.py": b"2", "日本語/" + "語" * 60: b"3"}
    assert take(make(name, files), name).files == files


@formats
def test_a_name_that_macos_took_apart_is_put_together(take: Take, name: str):
    assert set(take(make(name, {"app.py": APP, "cafe\u0301.txt": b""}), name).files) == {"app.py", "café.txt"}


@formats
def test_names_that_matter_to_python_pytest_or_flask_are_names(take: Take, name: str):
    odd = [
        "conftest.py", "pytest.ini", "tox.ini", "pyproject.toml", "setup.cfg", "sitecustomize.py", "usercustomize.py",
        "flask.py", "json.py", "grader.py", "checks/test_it.py", "flask/__init__.py", "x.pth", ".env", ".flaskenv",
        "__init__.py", "__main__.py", ".coveragerc", "pyrightconfig.json", "con", "aux.txt", " ", "...", "~", "-rf",
    ]  # fmt: skip
    files = {"app.py": APP} | {entry: entry.encode() for entry in odd}
    assert take(make(name, files), name).files == files


def test_the_archive_is_read_once(take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    opened, opens = os.open, []
    monkeypatch.setattr(os, "open", lambda path, *rest, **more: opens.append(path) or opened(path, *rest, **more))
    taken = take(zipped(FILES))
    assert opens == [tmp_path / "work.zip"]
    (tmp_path / "work.zip").write_bytes(b"")
    assert taken.files == FILES


@formats
def test_nothing_is_written(take: Take, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    take(make(name, FILES), name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


# Names that are refused.


@formats
@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("/etc/cron.d/x", "its name is absolute"), ("C:/x", "its name is absolute"), ("c:x", "its name is absolute"),
        ("//server/share/x", "its name is absolute"), ("../evil.py", "leads out of the submission"),
        ("a/../../evil.py", "leads out of the submission"), ("a/..", "leads out of the submission"),
        (".git/../evil.py", "leads out of the submission"), ("..", "leads out of the submission"),
        ("a//b", "a part of its name is empty"), ("a\x01b", "control character"), ("a\nb", "control character"),
        ("a\x1b[31mb", "control character"), ("a\x85b", "control character"), ("x" * 256, "its name is too long"),
        ("語" * 86, "its name is too long"), ("/".join(["x" * 250] * 5), "its name is too long"),
        ("x/" * (names.DEPTH + 1) + "x", "it lies in more than 32 folders"), ("a\\b", "a backslash"),
        ("..\\evil.py", "a backslash"), ("\\\\server\\x", "a backslash"),
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_or_is_not_plain_is_refused_by_name(
    refused: Refused, name: str, bad: str, words: str
):
    if name == "ustar.tar" and (len(bad) > 100 or not bad.isascii()):
        pytest.skip("this format has no such names")
    error = refused(make(name, {"app.py": APP, bad: b"x"}), name=name)
    assert words in error.message
    assert error.where == f"{name}: {names.short(bad)}"


@formats
def test_as_deep_and_long_as_may_be(take: Take, name: str):
    if name == "ustar.tar":
        pytest.skip("this format has no such names")
    files = {"app.py": APP, "d/" * names.DEPTH + "x": b"", "x" * 255: b"", "/".join(["y" * 249] * 4): b""}
    assert take(make(name, files), name).files == files


def test_a_nul_in_a_name_is_refused(refused: Refused):
    for name, data in {
        "work.zip": archives.raw_zip([(APP, APP)], [(b"app.py", 0), (b"a\0.py", 0)], method=0) + b"",
        "work.tar": archives.pax_header(path=b"a\0.py") + archives.tar_entry(b"x", b"") + archives.END,
    }.items():
        error = refused(data, name=name)
        assert "control character" in error.message, name
        assert error.where == f"{name}: a\0.py"


@tars
def test_a_name_that_is_not_utf_8_is_refused(refused: Refused, name: str):
    error = refused(make(name, {"app.py": APP, "caf\udce9.txt": b""}), name=name)
    assert error.message == "its name is not UTF-8"


@pytest.mark.parametrize("name", ["work.zip", "work.tar"])
@pytest.mark.parametrize("twice", ["app.py", "./app.py", "cafe\u0301.txt"])
def test_two_entries_of_one_name_are_refused(refused: Refused, name: str, twice: str):
    entries = ["app.py", "café.txt", twice]
    if name == "work.zip":
        data = archives.zip_of([(entry, APP, {}) for entry in entries])
    else:
        data = b"".join(archives.tar_entry(entry.encode(), APP) for entry in entries) + archives.END
    error = refused(data, name=name)
    assert error.message == "this name is there twice"
    assert error.where == f"{name}: {twice}"


@formats
@pytest.mark.parametrize("others", [{"shop/x.py": b""}, {"shop/": b""}, {"shop/x/y/z.py": b""}])
def test_a_file_and_a_folder_of_one_name_are_refused(refused: Refused, name: str, others: dict[str, bytes]):
    for files in ({"app.py": APP, "shop": b"x"} | others, others | {"app.py": APP, "shop": b"x"}):
        error = refused(make(name, files), name=name)
        assert error.message == "this is a file and a folder at once"
        assert error.where == f"{name}: shop"


@pytest.mark.parametrize("name", ["work.zip", "work.tar"])
def test_a_folder_twice_does_no_harm(take: Take, name: str):
    entries = [("shop/", b""), ("app.py", APP), ("shop/", b""), ("./", b"")]
    if name == "work.zip":
        data = archives.zip_of([(entry, content, {}) for entry, content in entries])
    else:
        data = b"".join(archives.tar_entry(entry.encode(), content) for entry, content in entries) + archives.END
    assert take(data, name).files == {"app.py": APP}


def test_a_long_name_does_not_make_a_long_message(refused: Refused):
    error = refused(zipped({"app.py": APP, "x" * 60_000: b""}))
    assert len(str(error)) < 1000


# Kinds that are refused.


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (stat.S_IFLNK, "this is a symbolic link, and links are not followed"),
        (stat.S_IFIFO, "this is neither a file nor a folder, but a pipe"),
        (stat.S_IFCHR, "this is neither a file nor a folder, but a device"),
        (stat.S_IFBLK, "this is neither a file nor a folder, but a device"),
        (stat.S_IFSOCK, "this is neither a file nor a folder, but a socket"),
        (0o150000, "this is neither a file nor a folder, but something else"),
    ],
)
def test_special_files_in_a_zip_are_refused_by_name(refused: Refused, kind: int, words: str):
    error = refused(special_zip("data/secrets", kind))
    assert error.message == words
    assert error.where == "work.zip: data/secrets"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (tarfile.SYMTYPE, "this is a symbolic link, and links are not followed"),
        (tarfile.LNKTYPE, "this is a hard link, and links are not followed"),
        (tarfile.FIFOTYPE, "this is neither a file nor a folder, but a pipe"),
        (tarfile.CHRTYPE, "this is neither a file nor a folder, but a device"),
        (tarfile.BLKTYPE, "this is neither a file nor a folder, but a device"),
        (tarfile.GNUTYPE_SPARSE, "this is neither a file nor a folder, but a sparse file"),
        (b"M", "this is neither a file nor a folder, but something else"),
    ],
)
@pytest.mark.parametrize("target", ["/etc/passwd", "app.py"])
def test_special_files_in_a_tar_are_refused_by_name(refused: Refused, kind: bytes, words: str, target: str):
    error = refused(special_tar("data/secrets", kind, target), name="work.tar")
    assert error.message == words
    assert error.where == "work.tar: data/secrets"


@pytest.mark.parametrize("name", [".venv", ".venv/bin/python", "node_modules/.bin/x", ".git/x"])
def test_links_in_what_is_left_out_do_no_harm(take: Take, name: str):
    assert take(special_zip(name, stat.S_IFLNK)).files == {"app.py": APP}
    assert take(special_tar(name, tarfile.SYMTYPE), "work.tar").files == {"app.py": APP}


def test_an_environment_under_any_name_is_left_out_with_its_links(take: Take):
    link = tarfile.TarInfo("own/bin/python")
    link.type, link.linkname = tarfile.SYMTYPE, "/usr/bin/python3"
    app = tarfile.TarInfo("app.py")
    app.size = len(APP)
    # The file that makes it one comes last.
    assert take(
        archives.tar_of([(link, b""), (app, APP), (tarfile.TarInfo("own/pyvenv.cfg"), b"")]), "work.tar"
    ).files == {"app.py": APP}


@formats
def test_a_folder_that_is_called_like_the_mark_of_an_environment_is_none(take: Take, tmp_path: Path, name: str):
    files = {"app.py": APP, "shop/pyvenv.cfg/": b"", "shop/y": b""}
    assert set(take(make(name, files), name).files) == {"app.py", "shop/y"}
    assert set(intake.take(unpack_to(tmp_path / "work", files), LIMITS).files) == {"app.py", "shop/y"}


def test_a_project_that_is_its_own_environment_is_graded(take: Take):
    files = {
        "homework/app.py": APP,
        "homework/pyvenv.cfg": b"",
        "homework/env/pyvenv.cfg": b"",
        "homework/env/x.py": b"",
    }
    assert take(zipped(files)).files == {"app.py": APP, "pyvenv.cfg": b""}


# No app.


@pytest.mark.parametrize(
    ("files", "instead", "help"),
    [
        ([], "it has no Python files", "pack the folder that app.py is in"),
        (["notes.txt"], "it has no Python files", "pack the folder that app.py is in"),
        (["server.py", "models.py"], "its Python files are models.py, server.py", "call the app's file app.py"),
        (["homework/server.py"], "its Python files are server.py", "call the app's file app.py"),
        (["README.md", "homework/app.py"], "the nearest is homework/app.py", "pack the folder homework alone"),
        (["a/b/app.py", "b/app.py", "c/app.py"], "the nearest is b/app.py", "pack the folder b alone"),
        (["r/a/b/app.py", "r/c.py"], "the nearest is r/a/b/app.py", "pack the folder r/a/b alone"),
        (["app.py/x"], "it has no Python files", "pack the folder that app.py is in"),
        ([".venv/app.py", "._app.py"], "it has no Python files", "pack the folder that app.py is in"),
    ],
)
@formats
def test_an_archive_without_an_app_says_where_it_was_looked_for(
    refused: Refused,
    name: str,
    files: list[str],
    instead: str,
    help: str,
):
    error = refused(make(name, dict.fromkeys(files, b"x")), name=name)
    looked = "there is no app.py at the top of this archive or of one folder that holds everything"
    assert (error.where, error.message, error.help) == (name, f"{looked}; {instead}", help)


# What is no archive, or no whole one.


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"hello", "work.zip", "this is no archive, although it is called .zip"),
        (b"hello", "work.tar.gz", "this is no archive, although it is called .gz"),
        (b"hello", "WORK.TGZ", "this is no archive, although it is called .tgz"),
        (b"", "work.zip", "this is an empty file"),
        (b"", "work.txt", "this is not a Python file"),
        (b"hello", "work.txt", "this is not a Python file"),
        (b"\0" * 100, "work.tar", "this is no archive, although it is called .tar"),
        (b"%PDF-1.4", "work", "this is not a Python file"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "work.zip", "this is a 7z archive, which cannot be taken in"),
        (b"Rar!\x1a\x07\x01\0", "work.rar", "this is a RAR archive, which cannot be taken in"),
        (lzma.compress(b"x"), "work.tar.xz", "this is packed with xz, which cannot be taken in"),
        (gzip.compress(APP, mtime=0), "app.py.gz", "a single file is packed in it, not a folder"),
        (gzip.compress(b"", mtime=0), "work.tgz", "a single file is packed in it, not a folder"),
        (gzip.compress(zipped(FILES), mtime=0), "work.tgz", "a single file is packed in it, not a folder"),
    ],
)
def test_what_is_no_archive_is_called_what_it_is(refused: Refused, data: bytes, name: str, message: str):
    error = refused(data, name=name)
    assert (error.where, error.message) == (name, message)


@formats
def test_an_archive_that_is_cut_off_is_refused_wherever_it_is(refused: Refused, name: str):
    whole = make(name, FILES)
    used = len(whole.rstrip(b"\0")) if "tar" in name else len(whole)  # tar fills up with zeros
    for length in {*range(600, used, 97), used - 1}:
        assert refused(whole[:length], name=name).where == name, length
    words = "is cut off" if name.endswith(("zip", "gz")) else "is cut off, behind "
    assert words in refused(whole[: used - 1], name=name).message


@formats
def test_a_damaged_archive_is_refused(refused: Refused, take: Take, name: str):
    whole = make(name, FILES)
    differ = 0
    for at in range(0, len(whole), 41):
        damaged = bytearray(whole)
        damaged[at] ^= 0x55
        try:
            taken = take(bytes(damaged), name)
        except Exception:
            refused(bytes(damaged), name=name)
        else:
            differ += taken.files != FILES
    assert name.endswith(".tar") or not differ  # a plain tar has no sum over its files' bytes


# Bounds.


@formats
def test_as_many_files_as_allowed_and_no_more(take: Take, refused: Refused, name: str):
    data = make(name, {"app.py": APP, "a/": b"", "a/b": b"", ".git/x": b"", ".git/y": b""})
    assert len(take(data, name, Limits(submission_files=2)).files) == 2
    error = refused(data, Limits(submission_files=1), name=name)
    assert error.message == "it has 2 files; at most 1 can be taken in"


@formats
@pytest.mark.parametrize("entry", ["d{}/", ".git/{}", "{}.txt"])
def test_entries_of_all_kinds_are_counted(refused: Refused, name: str, entry: str):
    error = refused(make(name, {entry.format(n): b"" for n in range(41)}), Limits(submission_files=2), name=name)
    assert error.message == "it has more than 40 files and folders"
    assert error.where == name


@formats
def test_as_many_bytes_as_allowed_and_no_more(take: Take, refused: Refused, name: str):
    noise = os.urandom(9000)
    data = make(name, {"app.py": APP, "z.bin": noise, ".git/large": os.urandom(3000)})
    most = len(APP) + 9000
    assert len(take(data, name, Limits(submission_bytes=most)).files["z.bin"]) == 9000
    error = refused(data, Limits(submission_bytes=most - 1), name=name)
    assert error.message.startswith("too large: with it the submission has more than ")
    assert error.where == f"{name}: z.bin"


def test_an_archive_may_be_larger_than_what_is_graded_of_it_but_not_endless(refused: Refused, take: Take):
    data = zipped({"app.py": APP, ".venv/lib.so": os.urandom(3500)})
    assert take(data, limits=Limits(submission_bytes=1000)).files == {"app.py": APP}
    error = refused(data, Limits(submission_bytes=900))
    assert error.where == "work.zip"
    assert "an archive may have" in error.message
    assert "unpacked it has" in refused(tgz({"app.py": APP, "x": bytes(9000)}), Limits(submission_bytes=900)).message


def test_what_a_table_of_contents_says_of_sizes_is_not_believed(refused: Refused):
    zeros = b"\0" * 100_000
    for size in (0, 10, 0xFFFFFFF):
        data = archives.raw_zip([(archives.deflated(zeros), zeros)], [(b"app.py", 0)], size=size)
        assert refused(data).message == "the zip archive is damaged"
        assert refused(data, Limits(submission_bytes=50_000)).message.startswith("too large: ")


# Bombs. Each is refused, and takes no more memory than an honest archive may.


def overlapping() -> bytes:
    """Return what David Fifield's zip bombs are: many names for one kernel (https://www.bamsoftware.com/hacks/zipbomb/)."""
    kernel = b"\0" * 15_000_000
    return archives.raw_zip(
        [(archives.deflated(kernel), kernel)], [(b"app.py", 0), *((b"%d" % n, 0) for n in range(999))]
    )


def quoted() -> bytes:
    """Return a zip whose entries quote each other's local headers: each begins a little further into the same bytes."""
    kernel = archives.deflated(b"\0" * 1_000_000)
    return archives.raw_zip(
        [(kernel, b"\0" * 1_000_000)] * 30, [(b"app.py", 0), *((b"%d" % n, n) for n in range(1, 30))]
    )


def zeros_zip() -> bytes:
    """Return 50 MiB in 51 kB."""
    return zipped({"app.py": APP, "zeros.bin": b"\0" * (50 << 20)})


def zeros_gzip() -> bytes:
    """Return 300 MiB of nothing behind an app, in 300 kB."""
    made = io.BytesIO()
    with gzip.open(made, "wb", compresslevel=1) as file:
        file.write(archives.tar_entry(b"app.py", APP) + archives.tar_header(b"zeros.bin", b"%011o\0" % (300 << 20)))
        for _ in range(300):
            file.write(bytes(1 << 20))
        file.write(archives.END)
    return made.getvalue()


def endless_zeros() -> bytes:
    """Return a tar.gz that goes on after its end."""
    return gzip.compress(archives.tar_entry(b"app.py", APP) + bytes(100 << 20), 1)


def many_streams() -> bytes:
    """Return a million empty gzip streams."""
    return tgz({"app.py": APP}) + gzip.compress(b"") * 1_000_000


def sparse() -> bytes:
    """Return a tar with a terabyte of which there is nothing, as GNU tar -S packs it."""
    header = bytearray(archives.tar_header(b"hole.bin", b"%011o\0" % 512, b"S", b"ustar  \0"))
    header[386:410] = b"%011o\0%011o\0" % ((1 << 33) - 1, 512)
    header[483:495] = b"\x80" + (1 << 40).to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return archives.tar_entry(b"app.py", APP) + bytes(header) + bytes(512) + archives.END


def sparse_pax() -> bytes:
    """Return the same as newer releases of GNU tar pack it."""
    said = archives.pax_header(GNU__sparse__major="1", GNU__sparse__realsize=str(1 << 40), GNU__sparse__name="hole.bin")
    return (
        archives.tar_entry(b"app.py", APP) + said + archives.tar_entry(b"GNUSparseFile.0/x", bytes(512)) + archives.END
    )


def giant(size: bytes) -> bytes:
    """Return a tar with a file of a size that cannot be."""
    return archives.tar_entry(b"app.py", APP) + archives.tar_header(b"giant.bin", size) + archives.END


def giant_pax() -> bytes:
    """Return a tar.gz with 60 MiB of headers."""
    return gzip.compress(archives.pax_header(comment="x" * (60 << 20)) + archives.tar_entry(b"app.py", APP), 1)


def many_records() -> bytes:
    """Return a tar with a header of a million records, which took tarfile of 2024 hours (CVE-2024-6232)."""
    return archives.tar_entry(b"x", b"5 a=\n" * 1_000_000, b"x") + archives.tar_entry(b"app.py", APP) + archives.END


def headers_of_headers() -> bytes:
    """Return a tar in which a header says something of a header, ten thousand times."""
    return archives.pax_header(comment="x") * 20_001 + archives.tar_entry(b"app.py", APP) + archives.END


def extra_fields() -> bytes:
    """Return a zip with so many extra fields that reading them by cutting off the front takes minutes."""
    extra = b"\x99\x99\0\0" * 16_000
    return archives.raw_zip([(APP, APP)], [(b"app.py", 0)] * 900, method=0, extra=extra)


def deep_names() -> bytes:
    """Return a zip of a thousand names with thirty thousand parts each."""
    return zipped({f".git/{n}/" + "a/" * 30_000: b"" for n in range(500)})


BOMBS = {
    "overlapping": (overlapping, "work.zip", "its entries overlap, as those of zip bombs do"),
    "quoted": (quoted, "work.zip", "unpacked it is more than 200 times as large as the archive, as zip bombs are"),
    "zeros_zip": (zeros_zip, "work.zip: zeros.bin", "unpacked it is more than 200 times"),
    "zeros_gzip": (zeros_gzip, "work.zip", "too large: unpacked it has more than 64 MiB"),
    "endless_zeros": (endless_zeros, "work.zip", "too large: unpacked it has more than 64 MiB"),
    "many_streams": (many_streams, "work.zip", "there is more behind the end of its gzip data"),
    "sparse": (sparse, "work.zip: hole.bin", "this is neither a file nor a folder, but a sparse file"),
    "sparse_pax": (sparse_pax, "work.zip: hole.bin", "this is neither a file nor a folder, but a sparse file"),
    "giant": (lambda: giant(b"77777777777\0"), "work.zip", "this tar archive is cut off, behind app.py"),
    "giant_256": (lambda: giant(b"\x80" + b"\xff" * 11), "work.zip", "this tar archive is cut off, behind app.py"),
    "negative": (lambda: giant(b"\xff" * 12), "work.zip", "this tar archive is damaged, behind app.py"),
    "negative_octal": (lambda: giant(b"-0000002000\0"), "work.zip", "this tar archive is damaged, behind app.py"),
    "giant_pax": (giant_pax, "work.zip", "unpacked it is more than 200 times as large as the archive"),
    "many_records": (many_records, "work.zip", "this tar archive is damaged, at its start"),
    "headers_of_headers": (headers_of_headers, "work.zip", "it has more than 20000 files and folders"),
    "extra_fields": (extra_fields, "work.zip: app.py", "this name is there twice"),
    "deep_names": (deep_names, "work.zip", "there is no app.py"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_and_takes_no_memory(refused: Refused, name: str):
    bomb, where, words = BOMBS[name]
    data = bomb()
    tracemalloc.start()
    try:
        error = refused(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert error.message.startswith(words)
    assert (error.where or "").startswith(where)
    most = LIMITS.submission_bytes * (archive.PACKED if data.startswith(b"\x1f\x8b") else 1)
    assert peak < 2 * most + 3 * len(data) + (4 << 20)


# The same through the command line.

HOSTILE = {
    "conftest.py": b"import pytest\n\ndef pytest_runtest_call(item):\n    item.obj = lambda **_: None\n",
    "pytest.ini": b"[pytest]\naddopts = --collect-only\n",
    "pyproject.toml": b"[tool.pytest.ini_options]\naddopts = '--collect-only'\n",
    "sitecustomize.py": b"import os\nos._exit(0)\n",
    "usercustomize.py": b"import os\nos._exit(0)\n",
    "grader.py": b"raise SystemExit(0)\n",
    "checks/test_hello.py": b"from checkpoint import check\n\n@check(points=2)\ndef test_hello():\n    pass\n",
    **{f"{module}.py": b"raise SystemExit(0)\n" for module in ("flask", "json", "pytest", "checkpoint", "typing")},
}


@pytest.mark.parametrize("name", ["work.zip", "work.tar.gz"])
@pytest.mark.parametrize("top", ["", "homework/"])
def test_an_archive_is_graded_and_what_it_brings_along_grades_nothing(
    course: Write, cli: Cli, tmp_path: Path, name: str, top: str
):
    right = b"from flask import Flask\nfrom words import hello\n\napp = Flask(__name__)\napp.get('/')(hello)\n"
    words = b"from flask import render_template\n\ndef hello():\n    return {'hello': render_template('w.txt')}\n"
    for code, text in ((0, b"world"), (1, b"moon")):
        files = HOSTILE | {"app.py": right, "words.py": words, "templates/w.txt": text, "static/page.html": b"<p>"}
        (tmp_path / name).write_bytes(make(name, {top + file: content for file, content in files.items()}))
        report = tmp_path / "report.json"
        answer = cli("grade", tmp_path / name, "--checkpoint", course(), "--report", f"json={report}")
        assert answer.code == code, answer
        graded = json.loads(report.read_text())
        assert graded["submission"]["path"] == str(tmp_path / name)
        assert [check["id"] for check in graded["checks"]] == ["hello"]


def test_a_mistake_is_shown_with_its_place_in_the_archive(course: Write, cli: Cli, tmp_path: Path):
    (tmp_path / "work.zip").write_bytes(zipped({"homework/app.py": b"from flask import Flask\n\napp = Flask(\n"}))
    report = tmp_path / "report.json"
    cli("grade", tmp_path / "work.zip", "--checkpoint", course(), "--report", f"json={report}")
    location = json.loads(report.read_text())["checks"][0]["location"]
    assert (location["file"], location["line"]) == (f"{tmp_path.as_posix()}/work.zip/app.py", 3)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"hello", ": this is no archive, although it is called .zip"),
        (zipped({"app.py": APP, "../x": b""}), ": ../x: its name leads out of the submission with `..`"),
        (zipped({"app.py": APP, "a\x1b[31mb": b""}), ": a\\x1b[31mb: its name has a control character in it"),
        (special_zip("data/key", stat.S_IFLNK), ": data/key: this is a symbolic link, and links are not followed"),
    ],
)
@pytest.mark.usefixtures("no_worker")
def test_what_is_refused_is_exit_2(course: Write, cli: Cli, tmp_path: Path, data: bytes, words: str):
    (tmp_path / "work.zip").write_bytes(data)
    answer = cli("grade", tmp_path / "work.zip", "--checkpoint", course())
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"checkpoint: {tmp_path / 'work.zip'}{words}\nhelp: ")
