"""What is taken in is exactly what is graded; all else is refused with its name and the next step."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint import intake
from checkpoint.errors import RefusedSubmission
from checkpoint.model import Limits

if TYPE_CHECKING:
    from .conftest import Cli, Write

LIMITS = Limits()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with all that may lie around an app."""
    for name in (
        "app.py", "models.py", "notes.txt", "README.md", ".env.example",
        "templates/page.html", "templates/parts/head.html", "static/style.css",
        "shop/__init__.py", "shop/cart.py", "tests/test_app.py",
        ".git/config", ".venv/bin/python", "venv/x.py", "own/pyvenv.cfg", "own/lib/flask.py",
        "__pycache__/app.cpython-311.pyc", "shop/__pycache__/cart.pyc", ".pytest_cache/v", "node_modules/x.js",
        ".DS_Store", "static/.DS_Store", "templates/.git/HEAD",
    ):  # fmt: skip
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")
    return tmp_path / "tree"


def refused(path: Path, limits: Limits = LIMITS) -> RefusedSubmission:
    with pytest.raises(RefusedSubmission) as caught:
        intake.take(path, limits)
    assert caught.value.exit_code == 2
    return caught.value


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


def test_as_many_files_as_allowed_and_no_more(write: Write, tmp_path: Path):
    for name in ("app.py", "b.txt", "c.txt"):
        write(name, "x")
    assert len(intake.take(tmp_path, Limits(submission_files=3)).files) == 3
    error = refused(tmp_path, Limits(submission_files=2))
    assert error.message == "it has 3 files; at most 2 can be taken in"
    assert error.where == str(tmp_path)
    assert error.help


def test_as_many_bytes_in_all_as_allowed_and_no_more(write: Write, tmp_path: Path):
    write("app.py", "x" * 60)
    write("static/big.css", "y" * 40)
    assert intake.take(tmp_path, Limits(submission_bytes=100)).files["static/big.css"] == b"y" * 40
    error = refused(tmp_path, Limits(submission_bytes=99))
    assert error.message.startswith("too large: ")
    assert error.where == str(tmp_path / "static/big.css")


def test_a_giant_is_refused(tmp_path: Path):
    path = tmp_path / "app.py"
    path.touch()
    os.truncate(path, 50 * 2**20)  # without a byte on the disk
    error = refused(path)
    assert "it has 50.0 MiB" in error.message
    assert "a submission may have 16 MiB" in error.message
    assert error.where == str(path)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "app.py"
    path.write_text("x")
    before = path.stat()
    path.write_text("x" * 101)
    monkeypatch.setattr(os, "fstat", lambda _: before)
    assert "grows" in refused(path, Limits(submission_bytes=100)).message


# What is refused.


def test_a_link_is_refused(write: Write, tmp_path: Path):
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
def test_a_link_beside_or_below_is_refused_by_its_name(write: Write, name: str, target: str):
    path = write("app.py", "x = 1\n")
    link = path.parent / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    for submitted in (path, path.parent):
        error = refused(submitted)
        assert error.where == str(link)
        assert "symbolic link" in error.message


@pytest.mark.parametrize("name", [".venv", ".git"])
def test_a_link_that_is_left_out_anyway_does_no_harm(write: Write, name: str):
    path = write("app.py", "x = 1\n")
    (path.parent / name).symlink_to("/etc")
    assert set(intake.take(path.parent, LIMITS).files) == {"app.py"}


def test_a_pipe_is_refused_at_once(write: Write, tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.py")
    assert refused(tmp_path / "pipe.py").message == "this is neither a file nor a folder"
    path = write("work/app.py", "x = 1\n")
    os.mkfifo(path.with_name("data"))
    assert refused(path.parent).where == str(path.with_name("data"))


def test_a_socket_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch):
    path = write("app.py", "x = 1\n")
    monkeypatch.chdir(path.parent)  # the address of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        assert refused(path.parent).where == str(path.with_name("s"))


def test_what_may_not_be_read_is_named(write: Write, monkeypatch: pytest.MonkeyPatch):
    path = write("app.py", "x = 1\n")
    opened = os.open

    def locked(name: object, *rest: int) -> int:
        if name == path:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", locked)  # root may read anything, so chmod would prove nothing
    error = refused(path)
    assert error.message == "cannot be read: permission denied"
    assert error.where == str(path)
    assert error.help == "check its permissions"


def test_a_folder_that_may_not_be_read_is_named(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write("app.py", "x = 1\n")
    write("data/rows.csv", "")
    listed = Path.iterdir

    def locked(folder: Path) -> object:
        if folder.name == "data":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", locked)
    error = refused(tmp_path)
    assert error.message == "cannot be read: permission denied"
    assert error.where == str(tmp_path / "data")


def test_a_folder_without_an_app_says_what_is_there(write: Write, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    error = refused(tmp_path / "empty")
    assert error.message == "there is no app.py in this folder; it has no Python files"
    assert error.help == "name the app's file, or the folder that it is in"
    for name in ("server.py", "models.py"):
        write(f"other/{name}", "")
    error = refused(tmp_path / "other")
    assert error.message == "there is no app.py in this folder; its Python files are models.py, server.py"
    assert error.help == f"name the app's file: checkpoint grade {tmp_path / 'other' / 'models.py'}"


def test_a_folder_named_app_py_is_no_app(tmp_path: Path):
    (tmp_path / "app.py").mkdir()
    assert "there is no app.py in this folder" in refused(tmp_path).message


@pytest.mark.parametrize("name", ["notes.txt", "app", "app.pyc", "app.py.bak"])
def test_what_is_no_python_file_is_refused(write: Write, name: str):
    error = refused(write(name, "x = 1\n"))
    assert error.message == "this is not a Python file"
    assert "app.py" in (error.help or "")


def test_a_missing_file_says_whether_its_folder_is_there(tmp_path: Path):
    assert refused(tmp_path / "app.py").message == "no such file or folder"
    error = refused(tmp_path / "week1" / "app.py")
    assert error.message == f"no such file or folder; the folder {tmp_path / 'week1'} is not there either"


# The same through the command line: a clear error, exit code 2, and no report.


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
    assert not app.with_name("report.json").exists()


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
