"""Whatever an app has made of its folder, it can be removed, and nothing else with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checkpoint.worker import folder

pytestmark = pytest.mark.skipif(os.scandir not in os.supports_fd, reason="this system's folders are simpler")
DEEP = 3000


def chain(top: Path, depth: int) -> None:
    """Make a folder in a folder in a folder, deeper than any path can say."""
    before = Path.cwd()
    try:
        os.chdir(top)
        for _ in range(depth):
            os.mkdir("d")  # noqa: PTH102 - relative to where we are
            os.chdir("d")
        Path("last").write_text("here")
    finally:
        os.chdir(before)


def test_all_goes_and_nothing_else(tmp_path: Path) -> None:
    beside = tmp_path / "beside"
    beside.write_text("stays")
    top = tmp_path / "top"
    (top / "a" / "b").mkdir(parents=True)
    (top / "a" / "b" / "file").write_text("")
    (top / "a" / "link").symlink_to(beside)
    (top / "to_folder").symlink_to(tmp_path)
    folder.remove(str(top))
    assert [path.name for path in tmp_path.iterdir()] == ["beside"]
    assert beside.read_text() == "stays"


def test_a_chain_deeper_than_recursion_goes(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    chain(top, DEEP)
    if sys.version_info < (3, 13):
        with pytest.raises(RecursionError):  # why shutil.rmtree does not do
            shutil.rmtree(top, ignore_errors=True)
    folder.remove(str(top))
    assert not top.exists()


MAKE_AND_REMOVE = """
import os, sys
from checkpoint.worker import folder
os.setuid(65534)
os.makedirs("top/shut/inner")
open("top/shut/inner/file", "w").close()
os.chmod("top/shut/inner", 0o300)
os.chmod("top/shut", 0o100)
os.mkdir("top/none", 0)
os.chmod("top", 0)
folder.remove("top")
print(os.listdir("."))
"""


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become somebody else")
def test_folders_without_permissions_go(tmp_path: Path) -> None:
    """Root may look into anything, so this is tried as a user that owns the folders and nothing else."""
    place = Path("/tmp") / f"folder-{tmp_path.name}-{os.getpid()}"  # which others can reach
    place.mkdir(mode=0o777)
    place.chmod(0o777)
    try:
        done = subprocess.run(
            [sys.executable, "-c", MAKE_AND_REMOVE], cwd=place, capture_output=True, text=True, check=False
        )
        assert done.stdout == "[]\n", done.stderr
    finally:
        shutil.rmtree(place)


def test_what_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    folder.remove(str(tmp_path / "missing"))
    (tmp_path / "file").write_text("a file is no folder")
    folder.remove(str(tmp_path / "file"))
    assert (tmp_path / "file").exists()
