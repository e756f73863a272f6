"""An archive of submissions is its folder, packed; what is wrong in it costs the learner whose it is alone."""

from __future__ import annotations

import contextlib
import gzip
import os
import stat
import struct
import tarfile
import tempfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint.batch.find import find, packed
from checkpoint.errors import RefusedSubmission, WrongUsage
from checkpoint.intake import archive, zips
from checkpoint.model import Limits

from ..intake import archives
from ..intake.archives import APP, FORMATS, LIMITS, raw_zip, tar_entry, tarred, tgz, unpack_to, zip_of, zipped
from .test_find import SEVEN_ZIP, WORK, ids, one, under, unusable, why

formats = pytest.mark.parametrize("name", FORMATS)

LAYOUTS: dict[str, dict[str, bytes]] = {
    "folders": {
        "ada/": b"", **under("ada"), **under("bob/hw 1"), "cy/": b"", "marks.csv": b"", "__MACOSX/._ada": b"",
        ".DS_Store": b"",
    },
    "files": {
        "ada.zip": zipped(WORK), "bob.tar.gz": tgz(under("hw")), "cy.py": APP, "dee.pdf": b"%PDF", "eve.zip": b"",
        "__MACOSX/._ada.zip": b"", "README.md": b"",
    },
    "mixed": under("ada") | {"ada.zip": zipped(WORK), "bob.py": APP, "Ada.py": APP},
    "canvas": {
        "lovelaceada_12345_67890_app-1.py": APP, "lovelaceada_12345_67891_page-1.html": b"x",
        "babbage_LATE_12346_67892_hw.zip": zipped(under("hw")), "hopper_12347_text.html": b"x",
        "anon_X4fG2_67895_app.py": APP,
    },
    "moodle": {
        **under("Ada Lovelace_12345_assignsubmission_file_"),
        "Ada Lovelace_12345_assignsubmission_onlinetext_/onlinetext.html": b"x",
        "Bob_7_assignsubmission_file_/hw.zip": zipped(WORK),
    },
    "flat moodle": {
        "Ada Lovelace_12345_assignsubmission_onlinetext_onlinetext.html": b"before the file",
        "Ada Lovelace_12345_assignsubmission_file_app.py": APP, "Ada Lovelace_12345_assignsubmission_file_b.py": b"",
        "Bob_7_assignsubmission_onlinetext_onlinetext.html": b"x",
    },
    "gradescope": {
        "assignment_123_export/submission_metadata.yml": b"", **under("assignment_123_export/submission_456"),
        **under("assignment_123_export/submission_457"),
    },
    "around": under("hw1/export/ada") | {"hw1/export/bob.py": APP},
}  # fmt: skip


@formats
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_archive_and_its_folder_are_one(tmp_path: Path, name: str, layout: str):
    files = LAYOUTS[layout]
    (tmp_path / name).write_bytes(FORMATS[name](files))
    unpack_to(tmp_path / "folder", files)
    answers = []
    for path in (tmp_path / "folder", tmp_path / name):
        answer = {}
        for found in find(path):
            assert found.shown.startswith(str(path))
            warning = (found.warning or "").replace(str(path), "")
            try:
                taken = found.take(LIMITS)
                assert taken.path.startswith(str(path))
                answer[found.id] = (warning, taken.path.removeprefix(str(path)), taken.main, taken.sha256)
            except RefusedSubmission as error:
                where = error.where or ""
                answer[found.id] = (warning, where[: len(str(path))].replace(str(path), "refused"), "", "")
        answers.append(answer)
    if layout == "folders":  # on the disk a folder that was stepped into has a path of its own
        assert answers[0]["bob"][1:2] == ("/bob/hw 1",)
        answers[0]["bob"] = (*answers[0]["bob"][:1], "/bob", *answers[0]["bob"][2:])
    assert answers[0] == answers[1]
    assert list(answers[0]) == list(answers[1])
    assert any(answer[3] for answer in answers[1].values())


@formats
def test_an_archive_that_is_one_submission_is_not_a_batch(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(FORMATS[name](WORK))
    error = unusable(tmp_path / name)
    assert error.message == "this is one submission, with its app.py at the top, and not many"
    assert error.help == f"grade it alone: checkpoint grade {tmp_path / name}"


@formats
def test_an_archive_of_nothing(tmp_path: Path, name: str):
    for files in ({}, {"README.md": b"", ".DS_Store": b""}):
        (tmp_path / name).write_bytes(FORMATS[name](files))
        assert unusable(tmp_path / name).message.startswith("there are no submissions in it")


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "all.zip").write_bytes(zipped(under("ada") | {"bob.zip": zipped(WORK)}))
    assert len([found.take(LIMITS) for found in find(tmp_path / "all.zip")]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]


# What is wrong with one.


def test_names_that_lead_elsewhere_cost_one_learner(tmp_path: Path):
    entries = [
        *under("ada").items(), *under("bob").items(), ("bob/../ada/app.py", b"x"), *under("cy").items(),
        ("cy//etc/passwd", b"x"), *under("dee").items(), ("dee/a\nb", b"x"), ("/etc/cron.d/app.py", APP),
        ("../evil/app.py", APP), ("C:/x/app.py", APP), ("C:eve.py", APP),
    ]  # fmt: skip
    for name, data in {
        "all.zip": zip_of((name, content, {}) for name, content in entries),
        "all.tar": b"".join(tar_entry(name.encode(), content) for name, content in entries) + archives.END,
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        found = {each.id: each for each in find(path)}
        assert list(found) == [r"\x2e\x2e", "/", "ada", "bob", "C:", "C:eve", "cy", "dee"]
        assert found["ada"].take(LIMITS).files == WORK
        assert "leads out of the submission" in why(found["bob"])
        assert "a part of its name is empty" in why(found["cy"])
        assert "a control character" in why(found["dee"])
        for id in ("/", "C:", "C:eve"):
            assert "its name is absolute" in why(found[id])
        assert "leads out of the submission" in why(found[r"\x2e\x2e"])


def test_what_is_no_plain_file_costs_one_learner(tmp_path: Path):
    link = {"create_system": 3, "external_attr": (stat.S_IFLNK | 0o644) << 16}
    entries = [
        ("ada/app.py", APP, {}),
        ("bob/app.py", b"/etc/passwd", link),
        ("cy.zip", b"ada", link),
        ("dee.py", b"x", link),
    ]
    path = tmp_path / "all.zip"
    path.write_bytes(zip_of(entries))
    assert one(path, "ada").take(LIMITS).files == {"app.py": APP}
    for id in ("bob", "cy", "dee"):
        assert why(one(path, id)) == "this is a symbolic link, and links are not followed"
    path = tmp_path / "all.tar"
    infos = [(tarfile.TarInfo("ada/app.py"), b"")]
    for name, kind in (("bob/app.py", tarfile.SYMTYPE), ("cy.zip", tarfile.LNKTYPE), ("dee.py", tarfile.FIFOTYPE)):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        infos.append((info, b""))
    path.write_bytes(archives.tar_of(infos))
    assert ids(path) == ["ada", "bob", "cy", "dee"]
    assert "a symbolic link" in why(one(path, "bob"))
    assert "a hard link" in why(one(path, "cy"))
    assert "a pipe" in why(one(path, "dee"))


def test_encrypted_damaged_and_foreign_entries_cost_one_learner(tmp_path: Path):
    data = bytearray(
        zipped(under("ada") | {"bob/app.py": APP, "cy/app.py": APP, "dee/app.py": APP, "eve.zip": b"PK\3\4xx"})
    )

    def field(name: bytes, place: int, value: bytes) -> None:
        at = data.index(name, data.index(b"PK\1\2")) - 46 + place
        data[at : at + len(value)] = value

    field(b"bob/app.py", 8, struct.pack("<H", 1))
    field(b"cy/app.py", 16, b"\0\0\0\0")
    field(b"dee/app.py", 10, struct.pack("<H", 14))
    path = tmp_path / "all.zip"
    path.write_bytes(data)
    assert one(path, "ada").take(LIMITS).files == WORK
    assert why(one(path, "bob")) == "it is encrypted"
    assert why(one(path, "cy")) == "the zip archive is damaged"
    assert why(one(path, "dee")) == "it is packed with LZMA, which cannot be taken in"
    assert why(one(path, "eve")) == "this zip archive is cut off: its end is missing"


def test_bombs_cost_one_learner_and_little_memory(tmp_path: Path):
    zeros = archives.deflated(bytes(60 * 2**20))
    bomb = raw_zip([(zeros, b"")], [(b"app.py", 0)])
    inner = zipped({"app.py": APP, "zeros": bytes(10 * 2**20)})
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(under("ada") | {"bob.zip": bomb, "cy/app.py": bytes(60 * 2**20), "dee.zip": inner}))
    tracemalloc.start()
    try:
        assert one(path, "ada").take(LIMITS).files == WORK
        assert "as zip bombs are" in why(one(path, "bob"))
        assert "too large: with it the submission has more than 16 MiB" in why(one(path, "cy"))
        assert "as zip bombs are" in why(one(path, "dee"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 70 * 2**20


def test_an_archive_in_an_archive_has_the_bound_of_any_archive(tmp_path: Path):
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(under("ada") | {"bob.zip": zipped({"app.py": APP, ".git/x": os.urandom(5000)})}))
    assert one(path, "bob").take(LIMITS).files == {"app.py": APP}
    assert why(one(path, "bob"), Limits(submission_bytes=1000)).startswith("too large: an archive may have no more")


def test_a_name_that_is_there_twice_costs_one_learner(tmp_path: Path):
    entries = [("ada/app.py", APP), ("ada/app.py", b"x"), ("bob.zip", zipped(WORK)), ("bob.zip", b"x"), ("cy.py", APP)]
    path = tmp_path / "all.zip"
    path.write_bytes(zip_of((name, content, {}) for name, content in entries))
    assert ids(path) == ["ada", "bob", "cy"]
    assert why(one(path, "ada")) == "this name is there twice"
    assert why(one(path, "bob")) == "this name is there twice"
    assert one(path, "cy").take(LIMITS).files == {"cy.py": APP}


def test_too_many_files_cost_one_learner(tmp_path: Path):
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(under("ada") | {"bob/app.py": APP} | {f"bob/{number}": b"" for number in range(50)}))
    assert why(one(path, "bob"), Limits(submission_files=2)) == "it has more than 40 files and folders"
    assert one(path, "ada").take(Limits(submission_files=2)).files == WORK


# Giants: only the table of contents is held, and only what belongs to one learner is read.


@pytest.mark.parametrize("name", ["all.zip", "all.tar"])
def test_a_giant_is_not_read_into_memory(tmp_path: Path, name: str):
    path = tmp_path / name
    giant = 3 * 2**30
    if name == "all.tar":  # a file of holes between two others
        start = tar_entry(b"ada/app.py", APP)
        head = archives.tar_header(b"giant/app.py", b"%011o\0" % giant)
        path.write_bytes(start + head)
        os.truncate(path, len(start + head) + giant)
        with path.open("ab") as file:
            file.write(tar_entry(b"zoe/app.py", APP) + archives.END)
    else:
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("ada/app.py", APP)
            info = zipfile.ZipInfo("giant/app.py")
            with file.open(info, "w", force_zip64=True) as entry:
                entry.write(b"x")
            file.fp.seek(giant, os.SEEK_CUR)  # type: ignore[union-attr]
            file.start_dir = file.fp.tell()  # type: ignore[union-attr, attr-defined]
            info.file_size = info.compress_size = giant
            file.writestr("zoe/app.py", APP)
    tracemalloc.start()
    try:
        found = {each.id: each for each in find(path)}
        assert list(found) == ["ada", "giant", "zoe"]
        assert found["ada"].take(LIMITS).files == found["zoe"].take(LIMITS).files == {"app.py": APP}
        assert "too large" in why(found["giant"])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 80 * 2**20


def test_a_packed_tar_that_is_too_large_is_to_be_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "all.tar.gz"
    path.write_bytes(gzip.compress(tarred(under("ada") | {"bob/x": os.urandom(5000)})))
    assert ids(path) == ["ada", "bob"]
    for most in (4000, 8000):  # packed it is larger than one, unpacked than the other
        monkeypatch.setattr(archive, "UNPACKED_BYTES", most)
        error = unusable(path)
        assert error.message.startswith("too large: packed" if most == 4000 else "too large: unpacked")
        assert (error.help or "").startswith("unpack it yourself and name the folder")


def test_a_table_of_contents_of_giants_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zips, "_TABLE_BYTES", 100)
    path = tmp_path / "all.zip"
    path.write_bytes(zipped(under("ada")))
    assert "its table of contents has more than" in unusable(path).message
    monkeypatch.setattr(archive, "ENTRIES", 1)
    path.with_suffix(".tar").write_bytes(tarred(under("ada")))
    assert unusable(path.with_suffix(".tar")).message == "it has more than 1 files and folders"


# What is wrong with all of it.


def test_a_damaged_archive_is_wrong_usage(tmp_path: Path):
    whole = zipped(under("ada") | under("bob"))
    tar = tarred(under("ada") | under("bob"))
    for name, data, words in [
        ("cut.zip", whole[:-30], "this zip archive is cut off: its end is missing"),
        ("cut.tar", tar[:540], "this tar archive is cut off, at its start"),
        ("damaged.tar", tar[:1024] + b"x" * 512 + tar[1536:], "this tar archive is damaged, behind ada/app.py"),
        ("cut.tgz", gzip.compress(tar)[:-9], "this gzip archive is cut off: its end is missing"),
        ("x.zip", b"", "this is an empty file"),
        ("x.7z", SEVEN_ZIP, "this is a 7z archive, which cannot be taken in"),
        ("x.gz", gzip.compress(b"x"), "a single file is packed in it, not a folder"),
        ("bomb.tgz", gzip.compress(bytes(40 * 2**20)), "unpacked it is more than 200 times as large"),
    ]:
        (tmp_path / name).write_bytes(data)
        error = unusable(tmp_path / name)
        assert error.message.startswith(words), name
        assert (error.help or "").startswith("unpack it yourself")


def test_an_archive_that_changes_after_it_was_looked_at(tmp_path: Path):
    for name, data in {
        "all.zip": zipped(under("ada") | under("bob")),
        "all.tar": tarred(under("ada") | under("bob")),
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        found = list(find(path))
        path.write_bytes(data[: len(data) // 4])
        assert all(why(each) for each in found[1:])
        path.write_bytes(b"")
        assert all(why(each) for each in found)


def test_each_split_of_a_name_is_the_part_at_its_depth():
    assert packed._split("ada/app.py", 0) == ("ada", "app.py")
    assert packed._split("././ada/./app.py", 0) == ("ada", "./app.py")
    assert packed._split("hw/./ada/x/app.py", 1) == ("ada", "x/app.py")
    assert packed._split("./", 0) == packed._split(".", 0) == ("", "")
    assert packed._split("/etc/x", 0) == ("", "etc/x")


def test_deflate_that_never_gives_anything_is_not_read_to_its_end(tmp_path: Path):
    nothing = b"\0\0\0\xff\xff" * 2**20  # blocks of no bytes
    path = tmp_path / "all.zip"
    path.write_bytes(raw_zip([(nothing + archives.deflated(APP), APP), (b"", b"")], [(b"bob/app.py", 0), (b"ada/", 1)]))
    tracemalloc.start()
    try:
        assert why(one(path, "bob"), Limits(submission_bytes=1000)) == "the zip archive is damaged"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(nothing) / 4


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_is_damaged_is_told(data: st.DataObject):
    layout = data.draw(st.sampled_from(["mixed", "canvas", "around"]))
    packed = bytearray(data.draw(st.sampled_from([zipped, tarred]))(LAYOUTS[layout]))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(packed)) | st.integers(max(0, len(packed) - 900), len(packed)))
        packed[at : at + data.draw(st.sampled_from([0, 1, 4, 600]))] = data.draw(st.binary(max_size=8))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "all.zip")
        path.write_bytes(packed)
        with contextlib.suppress(WrongUsage):
            for found in find(path):
                assert found.id.isprintable()
                with contextlib.suppress(RefusedSubmission):
                    assert found.take(LIMITS).files
