"""A file or folder: what is taken in is exactly what is graded; all else is refused with its name and the next step."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import subprocess
import tracemalloc
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint import intake
from checkpoint.errors import RefusedSubmission
from checkpoint.intake import contents, folder, names
from checkpoint.model import Limits

from .archives import LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..conftest import Cli, Write
    from .archives import Refused


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with all that may lie around an app."""
    for name in (
        "app.py", "models.py", "notes.txt", "README.md", ".env.example",
        "templates/page.html", "templates/parts/head.html", "static/style.css",
        "shop/__init__.py", "shop/cart.py", "tests/test_app.py",
        ".git/config", ".venv/bin/python", "venv/x.py", "own/pyvenv.cfg", "own/lib/flask.py",
        "__pycache__/app.cpython-311.pyc", "shop/__pycache__/cart.pyc", ".pytest_cache/v", "node_modules/x.js",
        ".DS_Store", "static/.DS_Store", "templates/.git/HEAD", "._app.py", "static/._style.css", "__MACOSX/app.py",
        "shop/.git", "Icon\r",
    ):  # fmt: skip
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")
    return tmp_path / "tree"


# What is taken in.


def test_with_a_file_come_its_modules_templates_and_static_files(tree: Path):
    taken = intake.take(tree / "app.py", LIMITS)
    assert set(taken.files) == {
        "app.py", "models.py", "templates/page.html", "templates/parts/head.html", "static/style.css",
    }  # fmt: skip
    assert taken.main == "app.py"
    assert taken.path == str(tree / "app.py")
    assert taken.files["templates/page.html"] == b"# templates/page.html\n"


def test_of_a_folder_comes_all_but_version_control_environments_and_caches(tree: Path):
    taken = intake.take(tree, LIMITS)
    assert set(taken.files) == {
        "app.py", "models.py", "notes.txt", "README.md", ".env.example", "templates/page.html",
        "templates/parts/head.html", "static/style.css", "shop/__init__.py", "shop/cart.py", "tests/test_app.py",
    }  # fmt: skip
    assert taken.main == "app.py"


@pytest.mark.parametrize(
    ("names", "main"),
    [(["app.py", "main.py"], "app.py"), (["main.py", "wsgi.py"], "wsgi.py"), (["main.py"], "main.py")],
)
def test_the_main_file_of_a_folder(write: Write, tmp_path: Path, names: list[str], main: str):
    for name in names:
        write(name, "x = 1\n")
    assert intake.take(tmp_path, LIMITS).main == main


def test_a_file_may_have_any_name(write: Write):
    taken = intake.take(write("my app.py", "x = 1\n"), LIMITS)
    assert (taken.main, list(taken.files)) == ("my app.py", ["my app.py"])


def test_a_folder_named_like_a_module_is_no_module(write: Write):
    path = write("app.py", "x = 1\n")
    write("odd.py/inner.py", "")
    assert set(intake.take(path, LIMITS).files) == {"app.py"}
    assert set(intake.take(path.parent, LIMITS).files) == {"app.py", "odd.py/inner.py"}


def test_bytes_are_taken_as_they_are(tmp_path: Path):
    content = bytes(range(256)) + b"\r\n\n"
    (tmp_path / "app.py").write_bytes(content)
    assert intake.take(tmp_path / "app.py", LIMITS).files == {"app.py": content}


# The hash.


def test_the_hash_is_over_sorted_names_and_bytes(tmp_path: Path):
    (tmp_path / "b.py").write_bytes(b"two")
    (tmp_path / "app.py").write_bytes(b"one")
    wanted = hashlib.sha256(b"app.py\x003\x00one" + b"b.py\x003\x00two").hexdigest()
    assert intake.take(tmp_path / "app.py", LIMITS).sha256 == wanted
    assert intake.take(tmp_path, LIMITS).sha256 == wanted


def test_the_hash_knows_neither_place_nor_time_nor_permissions_nor_what_is_left_out(tree: Path):
    before = intake.take(tree, LIMITS).sha256
    os.utime(tree / "app.py", (1, 1))
    (tree / "app.py").chmod(0o755)
    (tree / ".git/config").write_text("changed")
    (tree / "empty").mkdir()
    moved = tree.rename(tree.with_name("moved"))
    assert intake.take(moved, LIMITS).sha256 == before


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: (tree / "app.py").write_text("# other\n"),
        lambda tree: (tree / "models.py").rename(tree / "module.py"),
        lambda tree: (tree / "templates/new.html").write_text(""),
        lambda tree: (tree / "static/style.css").unlink(),
    ],
)
def test_the_hash_changes_with_any_name_or_byte(tree: Path, change):  # type: ignore[no-untyped-def]
    before = intake.take(tree / "app.py", LIMITS).sha256
    change(tree)
    assert intake.take(tree / "app.py", LIMITS).sha256 != before


def test_bytes_cannot_move_between_name_and_content(tmp_path: Path):
    hashes = set()
    for number, files in enumerate(({"app.py": b"", "b.py": b"x"}, {"app.py": b"b.py\x001\x00x"})):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        hashes.add(intake.take(folder, LIMITS).sha256)
    assert len(hashes) == 2


# Bounds.


def test_as_many_files_as_allowed_and_no_more(refused: Refused, write: Write, tmp_path: Path):
    for name in ("app.py", "b.txt", "c.txt"):
        write(name, "x")
    assert len(intake.take(tmp_path, Limits(submission_files=3)).files) == 3
    error = refused(tmp_path, Limits(submission_files=2))
    assert error.message == "it has 3 files; at most 2 can be taken in"
    assert error.where == str(tmp_path)
    assert error.help


def test_as_many_bytes_in_all_as_allowed_and_no_more(refused: Refused, write: Write, tmp_path: Path):
    write("app.py", "x" * 60)
    write("static/big.css", "y" * 40)
    assert intake.take(tmp_path, Limits(submission_bytes=100)).files["static/big.css"] == b"y" * 40
    error = refused(tmp_path, Limits(submission_bytes=99))
    assert error.message.startswith("too large: ")
    assert error.where == str(tmp_path / "static/big.css")


def test_a_giant_is_refused(refused: Refused, tmp_path: Path):
    path = tmp_path / "app.py"
    path.touch()
    os.truncate(path, 50 * 2**20)  # without a byte on the disk
    error = refused(path)
    assert "it has 50.0 MiB" in error.message
    assert "a submission may have at most 16 MiB" in error.message
    assert error.where == str(path)


def test_a_file_that_grows_while_it_is_read_is_refused(
    refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "app.py"
    path.write_text("x")
    before = path.stat()
    path.write_text("xx")
    monkeypatch.setattr(os, "fstat", lambda _: before)
    error = refused(path)
    assert error.message == "it grows while it is read"
    assert error.where == str(path)


def test_a_small_file_takes_little_memory(tmp_path: Path):
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text("x")
    (tmp_path / "app.py").write_text("x")
    tracemalloc.start()
    try:
        intake.take(tmp_path, LIMITS)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1 << 20


def test_a_folder_is_not_listed_much_further_than_may_be(refused: Refused, write: Write, tmp_path: Path):
    write("app.py", "x = 1\n")
    for number in range(50):
        write(f"data/{number}.txt", "")
    error = refused(tmp_path, Limits(submission_files=2))
    assert error.message == "it has more than 40 files and folders"
    assert error.where == str(tmp_path / "data")
    for number in range(11):
        (tmp_path / "data" / f"{number}.txt").unlink()
    error = refused(tmp_path, Limits(submission_files=2))  # each folder is within the bound, all together are not
    assert error.message == "it has more than 40 files and folders"
    assert error.where == str(tmp_path)


def test_a_million_files_that_are_left_out_are_not_even_listed(write: Write, tmp_path: Path):
    write("app.py", "x = 1\n")
    for number in range(50):
        write(f".venv/lib/{number}.txt", "")
    assert set(intake.take(tmp_path, Limits(submission_files=2)).files) == {"app.py"}


def test_a_busy_folder_around_a_file_does_no_harm(write: Write, tmp_path: Path):
    app = write("app.py", "x = 1\n")
    for number in range(50):
        write(f"{number}.txt", "")
    assert set(intake.take(app, Limits(submission_files=2)).files) == {"app.py"}


def test_a_deep_folder_is_refused_without_going_down(refused: Refused, write: Write, tmp_path: Path):
    write("app.py", "x = 1\n")
    write("/".join(["d"] * names.DEPTH) + "/ok.txt", "")
    assert len(intake.take(tmp_path, LIMITS).files) == 2
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(3000):  # a path to it would be longer than any call takes
        with contextlib.suppress(FileExistsError):
            os.mkdir("d", dir_fd=descriptor)
        below = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
    os.close(descriptor)
    try:
        error = refused(tmp_path)
        assert error.message == f"it lies in more than {names.DEPTH} folders"
        assert len(error.where or "") < 1000
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # pytest's own clean-up recurses


def test_names_that_no_frame_over_the_wall_could_hold_are_refused(refused: Refused, write: Write, tmp_path: Path):
    write("app.py", "x = 1\n")
    for number in range(700):
        write(f"{number:0200}/{number:0200}.txt", "")
    assert "the names of its files are too long" in refused(tmp_path).message


# What is refused.


def test_a_link_is_refused(refused: Refused, write: Write, tmp_path: Path):
    write("real/app.py", "x = 1\n")
    for name, target in (("link.py", "real/app.py"), ("folder", "real"), ("loop.py", "loop.py"), ("no.py", "no")):
        (tmp_path / name).symlink_to(target)
        error = refused(tmp_path / name)
        assert error.message == "this is a symbolic link, and links are not followed"
        assert error.where == str(tmp_path / name)


def test_the_way_to_a_submission_may_lead_over_links(write: Write, tmp_path: Path):
    write("real/app.py", "x = 1\n")
    (tmp_path / "link").symlink_to("real")
    assert intake.take(tmp_path / "link" / "app.py", LIMITS).files == {"app.py": b"x = 1\n"}


@pytest.mark.parametrize("name", ["secrets.py", "templates", "static", "templates/page.html", "static/deep"])
@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "nowhere"])
def test_a_link_beside_or_below_is_refused_by_its_name(refused: Refused, write: Write, name: str, target: str):
    path = write("app.py", "x = 1\n")
    link = path.parent / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    for submitted in (path, path.parent):
        error = refused(submitted)
        assert error.where == str(link)
        assert "symbolic link" in error.message


@pytest.mark.parametrize("name", [".venv", ".git", ".#app.py"])
def test_a_link_that_is_left_out_anyway_does_no_harm(write: Write, name: str):
    path = write("app.py", "x = 1\n")
    (path.parent / name).symlink_to("/etc")
    assert set(intake.take(path.parent, LIMITS).files) == {"app.py"}


def test_a_pipe_is_refused_at_once(refused: Refused, write: Write, tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.py")
    assert refused(tmp_path / "pipe.py").message == "this is neither a file nor a folder, but a pipe"
    path = write("work/app.py", "x = 1\n")
    os.mkfifo(path.with_name("data"))
    assert refused(path.parent).where == str(path.with_name("data"))


def test_a_socket_is_refused(refused: Refused, write: Write, monkeypatch: pytest.MonkeyPatch):
    path = write("app.py", "x = 1\n")
    monkeypatch.chdir(path.parent)  # the address of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        assert refused(path.parent).where == str(path.with_name("s"))


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that locks what has a name; root may read anything, so chmod would prove nothing."""
    opened = os.open

    def lock(name: str) -> None:
        def open_unless(path: Path | str, *arguments: Any, **keywords: Any) -> int:
            if Path(path).name == name:
                raise PermissionError(13, "Permission denied", path)
            return opened(path, *arguments, **keywords)

        monkeypatch.setattr(os, "open", open_unless)

    return lock


@pytest.mark.parametrize("name", ["app.py", "data", "data/rows.csv"])
def test_what_may_not_be_read_is_named(
    refused: Refused, write: Write, tmp_path: Path, locked: Callable[[str], None], name: str
):
    write("app.py", "x = 1\n")
    write("data/rows.csv", "")
    locked(Path(name).name)
    error = refused(tmp_path)
    assert error.message == "cannot be read: permission denied"
    assert error.where == str(tmp_path / name)
    assert error.help == "check its permissions"


def test_a_file_that_goes_away_while_the_folder_is_read_is_named(
    refused: Refused, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write("app.py", "x = 1\n")
    gone = write("data/rows.csv", "")
    meanwhile(monkeypatch, gone.unlink)
    error = refused(tmp_path)
    assert error.message == "cannot be read: no such file or directory"
    assert error.where == str(gone)


def test_a_folder_that_becomes_a_link_while_it_is_read_leads_nowhere(
    refused: Refused, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write("secret/rows.csv", "not yours")
    write("work/app.py", "x = 1\n")
    data = write("work/data/rows.csv", "mine").parent

    def swap() -> None:
        data.rename(tmp_path / "before")
        data.symlink_to(tmp_path / "secret")

    meanwhile(monkeypatch, swap)
    error = refused(tmp_path / "work")
    assert error.message == "this is a symbolic link, and links are not followed"
    assert error.where == str(data)


def test_a_folder_that_becomes_a_link_after_the_first_look_leads_nowhere(
    refused: Refused, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write("secret/app.py", "not yours")
    (tmp_path / "work").symlink_to("secret")
    monkeypatch.setattr(intake, "kind_of", lambda _: "folder")
    assert refused(tmp_path / "work").message == "this is a symbolic link, and links are not followed"
    monkeypatch.setattr(intake, "kind_of", lambda _: "file")
    (tmp_path / "app.py").symlink_to("secret/app.py")
    assert refused(tmp_path / "app.py").message == "this is a symbolic link, and links are not followed"


@pytest.mark.parametrize("make", [lambda path: path.symlink_to("/etc/passwd"), os.mkfifo, lambda path: path.mkdir()])
def test_a_file_that_becomes_something_else_while_the_folder_is_read_is_refused(
    refused: Refused, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
):
    write("app.py", "x = 1\n")
    rows = write("data/rows.csv", "mine")
    meanwhile(monkeypatch, lambda: (rows.unlink(), make(rows)))
    assert refused(tmp_path).where == str(rows)


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen after a folder was listed and before its files are read."""
    chosen = contents.choose

    def choose(*arguments: Any) -> Any:
        found = chosen(*arguments)
        happens()
        return found

    monkeypatch.setattr(contents, "choose", choose)


def test_a_hard_link_to_ones_own_file_is_a_file(write: Write, tmp_path: Path):
    path = write("work/app.py", "x = 1\n")
    os.link(path, tmp_path / "elsewhere.py")  # as uv and conda install
    assert intake.take(path, LIMITS).files == intake.take(path.parent, LIMITS).files == {"app.py": b"x = 1\n"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may give files away")
def test_a_hard_link_to_a_file_of_somebody_else_is_refused(refused: Refused, write: Write, tmp_path: Path):
    path = write("work/app.py", "x = 1\n")
    secret = write("secret.txt", "not yours")
    os.link(secret, path.with_name("data.txt"))
    os.chown(path.parent, 12345, -1)
    os.chown(path, 12345, -1)
    error = refused(path.parent)
    assert error.message == "this is a hard link to a file of another owner"
    assert error.where == str(path.with_name("data.txt"))
    path.with_name("data.txt").unlink()
    assert intake.take(path.parent, LIMITS).files


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a\nb.txt", "control character"), ("a\x7fb.txt", "control character"), ("a\x9bb.txt", "control character"),
        ("a\\b.txt", "a backslash"), ("caf\udce9.txt", "is not UTF-8"), ("C:", "is absolute"),
    ],
)  # fmt: skip
def test_a_name_that_means_something_else_elsewhere_is_refused(
    refused: Refused, write: Write, tmp_path: Path, name: str, words: str
):
    write("app.py", "x = 1\n")
    (tmp_path / name).write_text("")
    error = refused(tmp_path)
    assert words in error.message
    assert error.where == str(tmp_path / name)


@pytest.mark.parametrize(
    "name", ["café.txt", "日本 語.txt", "a b.txt", "~x", "-x", "CON", "notes:1", "...", "👩‍🔬.txt"]
)
def test_an_unusual_name_does_no_harm(write: Write, tmp_path: Path, name: str):
    write("app.py", "x = 1\n")
    write(name, "")
    assert set(intake.take(tmp_path, LIMITS).files) == {"app.py", name}


def test_a_name_that_macos_took_apart_is_the_name_that_code_uses(refused: Refused, write: Write, tmp_path: Path):
    path = write("cafe\u0301.py", "x = 1\n")
    taken = intake.take(path, LIMITS)
    assert taken.main == "café.py"
    assert set(taken.files) == {"café.py"}
    write("app.py", "x = 1\n")
    write("café.py", "y = 2\n")
    error = refused(tmp_path)
    assert error.message == "this name is there twice"
    assert unicodedata.normalize("NFC", error.where or "") == str(tmp_path / "café.py")


def test_letter_case_makes_two_names(write: Write, tmp_path: Path):
    write("app.py", "x = 1\n")
    write("Logo.txt", "")
    write("logo.txt", "")
    assert set(intake.take(tmp_path, LIMITS).files) == {"app.py", "Logo.txt", "logo.txt"}


def test_a_file_that_is_left_out_of_all_folders_is_no_app(refused: Refused, write: Write):
    error = refused(write("._app.py", "x = 1\n"))
    assert error.message == "a file of this name is never graded"


def test_a_project_that_is_its_own_environment_is_graded(write: Write, tmp_path: Path):
    for name in ("app.py", "pyvenv.cfg", "shop/app.py", "shop/pyvenv.cfg", "env/pyvenv.cfg", "env/lib/x.py"):
        write(name, "x = 1\n")
    assert set(intake.take(tmp_path, LIMITS).files) == {"app.py", "pyvenv.cfg", "shop/app.py", "shop/pyvenv.cfg"}


@pytest.mark.parametrize("main", ["app.py", "models.py"])
def test_without_descriptors_for_folders_it_is_the_same(
    tree: Path, monkeypatch: pytest.MonkeyPatch, main: str, refused: Refused
):
    given = tree if main == "app.py" else tree / main
    taken = intake.take(given, LIMITS)
    monkeypatch.setattr(folder, "_FROM_DESCRIPTORS", False)  # as on Windows
    assert intake.take(given, LIMITS) == taken
    (tree / "templates" / "link").symlink_to("page.html")
    assert refused(given).where == str(tree / "templates" / "link")


def test_a_folder_without_an_app_says_what_is_there(refused: Refused, write: Write, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    error = refused(tmp_path / "empty")
    assert error.message == "there is no app.py in this folder; it has no Python files"
    assert error.help == "name the app's file, or the folder that it is in"
    for name in ("server.py", "models.py"):
        write(f"other/{name}", "")
    error = refused(tmp_path / "other")
    assert error.message == "there is no app.py in this folder; its Python files are models.py, server.py"
    assert error.help == f"name the app's file: checkpoint grade {tmp_path / 'other' / 'models.py'}"
    write("other/week2/app.py", "")
    write("other/week1/app.py", "")
    write("other/.venv/app.py", "")
    error = refused(tmp_path / "other")
    assert error.message == "there is no app.py in this folder; the nearest is week1/app.py"
    assert error.help == f"grade that folder: checkpoint grade {tmp_path / 'other' / 'week1'}"


def test_a_folder_named_app_py_is_no_app(refused: Refused, tmp_path: Path):
    (tmp_path / "app.py").mkdir()
    assert "there is no app.py in this folder" in refused(tmp_path).message


@pytest.mark.parametrize("name", ["notes.txt", "app", "app.pyc", "app.py.bak"])
def test_what_is_no_python_file_is_refused(refused: Refused, write: Write, name: str):
    error = refused(write(name, "x = 1\n"))
    assert error.message == "this is not a Python file"
    assert "app.py" in (error.help or "")


def test_a_missing_file_says_whether_its_folder_is_there(refused: Refused, tmp_path: Path):
    assert refused(tmp_path / "app.py").message == "no such file or folder"
    error = refused(tmp_path / "week1" / "app.py")
    assert error.message == f"no such file or folder; the folder {tmp_path / 'week1'} is not there either"


# One folder around everything is stepped into, as in an archive.


@pytest.mark.parametrize("beside", [[], ["__MACOSX/._app.py", ".DS_Store", ".git/config"]])
@pytest.mark.parametrize("around", ["hw", "hw/my work"])
def test_one_folder_around_everything_is_stepped_into(write: Write, tmp_path: Path, around: str, beside: list[str]):
    for name in beside:
        write(f"handed_in/{name}", "x")
    write(f"handed_in/{around}/app.py", "app")
    write(f"handed_in/{around}/templates/index.html", "page")
    taken = intake.take(tmp_path / "handed_in", Limits())
    assert set(taken.files) == {"app.py", "templates/index.html"}
    assert taken.shown("app.py") == f"{tmp_path}/handed_in/{around}/app.py"
    assert taken.sha256 == intake.take(tmp_path / "handed_in" / around, Limits()).sha256


@pytest.mark.parametrize("beside", ["README.md", "other/readme.txt"])
def test_with_something_beside_it_the_folder_is_named_instead(write: Write, tmp_path: Path, beside: str):
    write(f"handed_in/{beside}", "x")
    write("handed_in/my work/app.py", "app")
    with pytest.raises(RefusedSubmission) as caught:
        intake.take(tmp_path / "handed_in", Limits())
    assert caught.value.help == f"grade that folder: checkpoint grade '{tmp_path}/handed_in/my work'"


def test_a_link_is_not_stepped_into(write: Write, tmp_path: Path):
    write("elsewhere/app.py", "app")
    (tmp_path / "handed_in").mkdir()
    (tmp_path / "handed_in" / "hw").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedSubmission):
        intake.take(tmp_path / "handed_in", Limits())


# The same through the command line: a clear error, exit code 2, and a report that says so.


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "no such file or folder"),
        (lambda path: path.mkdir(), "there is no app.py in this folder; it has no Python files"),
        (lambda path: path.symlink_to("app.py"), "this is a symbolic link"),
        (lambda path: path.symlink_to(path.name), "this is a symbolic link"),
        (os.mkfifo, "this is neither a file nor a folder"),
        (lambda path: path.touch() or os.truncate(path, 50 * 2**20), "too large: it has 50.0 MiB"),
    ],
)
@pytest.mark.usefixtures("no_worker")
def test_what_cannot_be_taken_in_is_exit_2(course: Write, app: Path, cli: Cli, make, words: str):  # type: ignore[no-untyped-def]
    path = app.with_name("submitted.py")
    make(path)
    answer = cli("grade", path, "--checkpoint", course(), "--report", f"json={app.with_name('report.json')}")
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith(f"checkpoint: {path}: {words}")
    assert "\nhelp: " in answer.err
    report = json.loads(app.with_name("report.json").read_text())
    assert report["score"]["earned"] == 0
    assert words in report["checks"][0]["message"]


@pytest.mark.parametrize(
    ("name", "words"), [("x" * 300 + ".py", "file name too long"), ("app.py/x.py", "not a directory")]
)
@pytest.mark.usefixtures("no_worker")
def test_a_path_that_cannot_be(course: Write, app: Path, cli: Cli, name: str, words: str):
    answer = cli("grade", app.parent / name, "--checkpoint", course())
    assert answer.code == 2
    assert words in answer.err


@pytest.mark.usefixtures("no_worker")
def test_a_name_cannot_act_on_the_terminal(course: Write, app: Path, cli: Cli):
    app.with_name("a\x1b[31m\u202eb").symlink_to("app.py")
    answer = cli("grade", app.parent, "--checkpoint", course())
    assert answer.code == 2
    assert "a\\x1b[31m\\u202eb: this is a symbolic link" in answer.err
    assert "\x1b" not in answer.err
