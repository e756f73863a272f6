"""Whatever is offered as an archive, it is taken in within the bounds or refused: no other exception, no giant."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from checkpoint import intake
from checkpoint.errors import RefusedSubmission
from checkpoint.model import Limits

from . import archives
from .archives import APP, FORMATS, pax_header, tar_entry, unpack_to

LIMITS = Limits(submission_bytes=20_000, submission_files=30)
SEEDS = [
    *(make({"app.py": APP, "templates/a.html": b"<p>" * 40, "shop/": b"", "ü.txt": b"x"}) for make in FORMATS.values()),
    archives.special_zip("link", 0o120000),
    archives.special_tar("link", b"2"),
    archives.raw_zip([(APP, APP)], [(b"app.py", 0)] * 3, method=0, extra=b"\1\0\x08\0" + bytes(8)),
    pax_header(path="app.py", size="5") + tar_entry(b"x", b"x = 1") + archives.END,
    tar_entry(b"L", b"n" * 200, b"L") + tar_entry(b"x", b"") + tar_entry(b"app.py", APP) + archives.END,
]
fuzz = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


def offered(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "work.zip")
        path.write_bytes(data)
        try:
            taken = intake.take(path, LIMITS)
        except RefusedSubmission as error:
            answer = error
        else:
            answer = None
    if answer is not None:
        assert answer.where
        assert answer.where.startswith(str(path))
        assert len(answer.message) < 3000
        return
    assert taken.main in taken.files
    assert len(taken.files) <= LIMITS.submission_files
    assert sum(map(len, taken.files.values())) <= LIMITS.submission_bytes
    for name in taken.files:
        assert name.encode().decode() == name
        assert not {"", ".", ".."} & set(name.split("/"))
        assert "\0" not in name
        parents = [name.rsplit("/", up)[0] for up in range(1, name.count("/") + 1)]
        assert not set(parents) & set(taken.files)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(["byte", "number", "cut", "remove", "repeat", "insert"])):
            case "byte":
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case "number":
                length = draw(st.sampled_from([2, 4, 8, 12]))
                data[at : at + length] = draw(st.sampled_from([b"\xff", b"\0", b"\x80", b"7", b" "])) * length
            case "cut":
                del data[at:]
            case "remove":
                del data[at : at + draw(st.integers(1, 600))]
            case "repeat":
                data[at:at] = data[at : at + draw(st.integers(1, 1200))]
            case "insert":
                data[at:at] = draw(st.binary(max_size=40))
    return bytes(data)


@fuzz
@given(st.binary(max_size=3000), st.sampled_from([b"", b"PK\3\4", b"PK\5\6", b"\x1f\x8b", b"\x1f\x8b\x08\0", b"BZh"]))
@example(b"", b"PK\5\6")
@example(b"\0" * 18, b"PK\5\6")
@example(b"\xff" * 18, b"PK\5\6")
def test_random_bytes(rest: bytes, start: bytes):
    offered(start + rest)


@fuzz
@given(mutated())
def test_honest_archives_with_damage(data: bytes):
    offered(data)


@fuzz
@given(mutated())
def test_damage_behind_a_right_checksum(data: bytes):
    """Mend each tar header's own sum, or hardly any damage would get further than that; and pack it again."""
    mended = bytearray(data)
    for at in range(0, len(mended) - 511, 512):
        block = mended[at : at + 512]
        if block[257:262] == b"ustar":
            block[148:156] = b" " * 8
            mended[at + 148 : at + 156] = b"%06o\0 " % sum(block)
    offered(bytes(mended))
    offered(gzip.compress(bytes(mended), 1))


@fuzz
@given(st.binary(max_size=400), st.integers(0, 3000))
def test_bytes_that_unpack_to_anything(content: bytes, zeros: int):
    unpacked = content + bytes(zeros)
    packed = archives.deflated(unpacked)
    offered(archives.raw_zip([(packed, unpacked)], [(b"app.py", 0)]))
    offered(archives.raw_zip([(content, unpacked)], [(b"app.py", 0)]))
    offered(gzip.compress(unpacked))
    offered(zlib.compress(unpacked))


names = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="/\\:"), min_size=1, max_size=12
).filter(lambda name: name not in (".", ".."))
trees = st.dictionaries(st.lists(names, min_size=1, max_size=4).map("/".join), st.binary(max_size=600), max_size=8)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None)
@given(files=trees)
def test_an_archive_and_its_folder_are_one(name: str, files: dict[str, bytes]):
    """What Python's own libraries pack comes out as it is in the folder, or is refused in both with the same words."""
    files = {"app.py": APP} | {file: content for file, content in files.items() if file != "app.py"}
    with tempfile.TemporaryDirectory() as folder:
        try:
            unpack_to(Path(folder, "work"), files)
            data = FORMATS[name](files)
        except (OSError, ValueError):
            return  # a file and a folder of one name, or a name that this format does not have
        Path(folder, name).write_bytes(data)
        answers = []
        for path in (Path(folder, "work"), Path(folder, name)):
            try:
                taken = intake.take(path, LIMITS)
                answers.append((taken.sha256, taken.main, taken.files))
            except RefusedSubmission as error:
                answers.append((error.message, "", {}))
    assert answers[0] == answers[1]
