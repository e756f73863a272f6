"""A checkpoint's folder is found where it may be, and what is wrong in it is said to its author."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint import course as courses

from .conftest import APP, CHECK, GRADER

if TYPE_CHECKING:
    from .conftest import Answer, Cli, Write

ROOT = Path(__file__).parents[1]

early = pytest.mark.usefixtures("no_worker")  # wrong with the checkpoint, so nobody's app may run


def definition(fields: str) -> str:
    return f"from checkpoint import Checkpoint, Limits\n\ncheckpoint = Checkpoint({fields})\n"


def broken(answer: Answer) -> str:
    """Return what was said about a checkpoint that cannot be used: it is exit 2, and there is no report."""
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("checkpoint: ")
    return answer.err.removeprefix("checkpoint: ")


# The folder.


@early
def test_a_folder_that_is_not_there(app: Path, cli: Cli, tmp_path: Path):
    said = broken(cli("grade", app, "--checkpoint", tmp_path / "nowhere"))
    assert said == f"{tmp_path / 'nowhere'}: there is no such folder\nhelp: a checkpoint is a folder with a grader.py\n"


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("grader.py", "there is no grader.py in it\nhelp: a checkpoint is a folder with a grader.py"),
        ("solution", "the solution folder solution/ is missing\nhelp: add it, or name another: Checkpoint(solution="),
        ("checks", "the checks folder checks/ is missing\nhelp: add it, or name another: Checkpoint(checks=...)"),
        ("solution/app.py", "solution/ has no app.py\nhelp: add the reference"),
        ("checks/test_hello.py", "checks/ has no checks\nhelp: write test functions in files test_*.py there"),
    ],
)
@early
def test_what_is_missing_is_named(course: Write, app: Path, cli: Cli, missing: str, words: str):
    folder = course()
    (folder / missing).rename(folder / "elsewhere")
    assert broken(cli("grade", app, "--checkpoint", folder)).startswith(f"{folder}: {words}")


@early
def test_a_solution_of_another_name_is_not_taken_for_the_learners_fault(course: Write, app: Path, cli: Cli):
    folder = course()
    (folder / "solution/app.py").rename(folder / "solution/solution.py")
    said = broken(cli("grade", app, "--checkpoint", folder))
    assert said == f"{folder}: solution/ has no app.py\nhelp: add the reference\n"


@early
def test_a_file_in_place_of_a_folder(course: Write, app: Path, cli: Cli):
    folder = course(grader=definition('id="x", title="X", solution="solution/app.py"'))
    assert ": solution/app.py is not a folder\nhelp: " in broken(cli("grade", app, "--checkpoint", folder))


@early
def test_without_a_starter_there_must_be_a_path(course: Write, cli: Cli):
    folder = course()
    said = broken(cli("grade", "--checkpoint", folder))
    assert said == (f"{folder}: there is no starter, starter/app.py\nhelp: name what to grade: checkpoint grade PATH\n")


@pytest.mark.parametrize("outside", ["../parts", "{tmp_path}/parts"])
def test_solution_and_checks_may_lie_outside(course: Write, write: Write, app: Path, cli: Cli, outside: str):
    outside = outside.format(tmp_path=app.parents[1])
    write("parts/solution/app.py", APP)
    write("parts/checks/test_hello.py", CHECK)
    fields = f'id="x", title="X", solution="{outside}/solution", checks="{outside}/checks"'
    folder = course(grader=definition(fields), check="broken(")
    assert cli("grade", app, "--checkpoint", folder).code == 0


@early
def test_a_check_file_that_may_not_be_read(course: Write, app: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch):
    folder = course()
    path = folder / "checks/test_hello.py"
    read = Path.read_bytes

    def locked(self: Path) -> bytes:
        if self == path:
            raise PermissionError(13, "Permission denied", str(path))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert broken(cli("grade", app, "--checkpoint", folder)) == f"{path}: cannot be read: permission denied\n"


# grader.py.


@pytest.mark.parametrize(
    ("grader", "line", "message", "source"),
    [
        ("x = 1\ncheckpoint = Checkpoint(id='x' title='y')\n", "2:28", "SyntaxError: invalid syntax", "^"),
        ("def f():\n\tx = 1\n        y = 2\n", "3:", "TabError: inconsistent use of tabs", "y = 2"),
        ("\nx = 1 / 0\n", "2:", "ZeroDivisionError: division by zero", "x = 1 / 0"),
        ("def f():\n    return {}['a']\n\nf()\n", "2:", "KeyError: 'a'", "return {}['a']"),
        ("import no_such_module\n", "1:", "ModuleNotFoundError: No module named 'no_such_module'", "import no"),
        ("from checkpoint import Checkpiont\n", "1:", "ImportError: cannot import name 'Checkpiont'", "Checkpiont"),
        ("open('/nowhere/at/all')\n", "1:", "FileNotFoundError: [Errno 2] No such file", "open("),
        ("raise SystemExit(0)\n", "1:", "this ends the program, and it runs whenever the checkpoint is", "__main__"),
        (definition('id="x", title="X", limits=Limits(load_seconds=0)'), "3:",
         "ValueError: load_seconds must be a positive number, not 0", "limits=Limits(load_seconds=0)"),
        (definition('id="x", title="X", limits=Limits(seconds=1)'), "3:",
         "TypeError: Limits.__init__() got an unexpected keyword argument 'seconds'", "seconds=1"),
        (definition('title="X"'), "3:", "TypeError: Checkpoint.__init__() missing 1 required", 'title="X"'),
    ],
)  # fmt: skip
@early
def test_what_is_wrong_in_grader_py_is_shown_with_its_line(
    course: Write, app: Path, cli: Cli, grader: str, line: str, message: str, source: str
):
    folder = course()
    (folder / "grader.py").write_text(grader)
    said = broken(cli("grade", app, "--checkpoint", folder))
    assert said.startswith(f"{folder / 'grader.py'}:{line}")
    assert f": {message}" in said.splitlines()[0]
    assert source in said.partition("\n")[2]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ('id="x", title="X", limits=5', "limits must be Limits(...), not 5"),
        ('id="x", title="X", solution=None', "solution must be a text, not None"),
        ('id="", title="X"', "id must be a text, not ''"),
        ('id="x", title=7', "title must be a text, not 7"),
        ('id="x", title="X", pass_percent="all"', "pass_percent must be a number from 0 to 100, not 'all'"),
        ('id="x", title="X", pass_percent=500', "pass_percent must be a number from 0 to 100, not 500"),
        ('id="x", title="X", pass_percent=True', "pass_percent must be a number from 0 to 100, not True"),
    ],
)
@early
def test_fields_that_make_no_sense_are_named(course: Write, app: Path, cli: Cli, fields: str, message: str):
    folder = course(grader=definition(fields))
    said = broken(cli("grade", app, "--checkpoint", folder))
    assert said.startswith(f"{folder / 'grader.py'}: Checkpoint(...): {message}\n")


@pytest.mark.parametrize(
    ("grader", "words"),
    [("x = 1\n", "no Checkpoint is defined"), (GRADER + definition('id="b", title="B"').replace("checkpoint =", "b ="),
                                             "more than one Checkpoint is defined")],
)  # fmt: skip
@early
def test_a_grader_defines_one_checkpoint(course: Write, app: Path, cli: Cli, grader: str, words: str):
    folder = course(grader=grader)
    said = broken(cli("grade", app, "--checkpoint", folder))
    assert said.startswith(f"{folder / 'grader.py'}: {words}")
    assert 'help: write: checkpoint = Checkpoint(id="...", title="...")' in said


@pytest.mark.parametrize("content", [b"x = '\xff'\n", b"x = 1\0\n"])
@early
def test_a_grader_that_is_no_text(course: Write, app: Path, cli: Cli, content: bytes):
    folder = course()
    (folder / "grader.py").write_bytes(content)
    assert broken(cli("grade", app, "--checkpoint", folder)).startswith(f"{folder / 'grader.py'}:1:")


@pytest.mark.parametrize("call", ["main(checkpoint)", "raise SystemExit(main(checkpoint))"])
def test_a_grader_that_grades_when_it_is_loaded_is_stopped(course: Write, app: Path, script: Cli, call: str):
    folder = course(grader=definition('id="x", title="X"').replace("Limits", "main") + call)
    argv = ["grade", app, "--checkpoint", folder]
    for answer in (script(*argv), script(app, python=[folder / "grader.py"])):
        assert answer.out == ""
        assert answer.err == (
            f"checkpoint: {folder / 'grader.py'}:4: this grades, and it runs whenever the checkpoint is loaded\n"
            f'    {call}\nhelp: put it behind if __name__ == "__main__":\n'
        )


@early
def test_the_caret_stands_where_python_means_it_whatever_a_tab_is_wide(course: Write, app: Path, cli: Cli):
    folder = course()
    (folder / "grader.py").write_text("if True:\n\tx = (1 2)\n")
    said = broken(cli("grade", app, "--checkpoint", folder)).splitlines()
    assert said[1][said[2].index("^") :].startswith("1 2")
    assert "\t" not in said[1]


def test_loading_leaves_nothing_behind(course: Write, app: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch):
    folder = course()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert cli("grade", app, "--checkpoint", folder).code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["checks", "grader.py", "solution"]
    assert [path.name for path in (folder / "solution").iterdir()] == ["app.py"]
    assert not sys.dont_write_bytecode


# The check files.


@pytest.mark.parametrize(
    ("check", "line", "message", "source"),
    [
        ("def test_a(learner:\n    pass\n", "1:11", "SyntaxError: '(' was never closed", "              ^"),
        ("x = 1\nimport no_such_module\n", "2", "ModuleNotFoundError: No module named 'no_such", "import no_such"),
        ("from checkpoint import chek\n", "1", "ImportError: cannot import name 'chek'", "import chek"),
        ("\n@chek()\ndef test_a(learner): ...\n", "2", "NameError: name 'chek' is not defined", "@chek()"),
        ("from checkpoint import check\n@check(points=-1)\ndef test_a(): ...\n", "2",
         "ValueError: points must be a whole number from 0, not -1", "@check(points=-1)"),
        ("from checkpoint import check\n@check(hint=[])\ndef test_a(): ...\n", "2",
         "TypeError: check() got an unexpected keyword argument 'hint'", "@check(hint=[])"),
    ],
)  # fmt: skip
def test_a_broken_check_file_is_shown_with_its_line(
    course: Write, app: Path, cli: Cli, check: str, line: str, message: str, source: str
):
    folder = course()
    (folder / "checks/test_hello.py").write_text(check)
    said = broken(cli("grade", app, "--checkpoint", folder))
    assert said.startswith(f"{folder / 'checks/test_hello.py'}:{line}: {message}")
    assert source in said.partition("\n")[2]
    assert said.endswith("\nhelp: mend this check file; no submission can be graded before\n")


def test_a_check_file_without_checks(course: Write, app: Path, cli: Cli):
    folder = course(check="x = 1\n")
    said = broken(cli("grade", app, "--checkpoint", folder))
    assert said.startswith(f"{folder / 'checks'}: there are no checks\nhelp: write test functions")


TWICE = """
from checkpoint import check

@check()
def test_hello(learner): ...

@check()
def test_hello(learner): ...
"""


def test_two_checks_of_one_id_in_one_file(course: Write, app: Path, cli: Cli):
    folder = course(TWICE)
    file = folder / "checks/test_hello.py"
    assert broken(cli("grade", app, "--checkpoint", folder)) == (
        f"{file}:6: two checks have the id `hello`; the other one is at {file}:3\n"
        "    @check()\n    ^\nhelp: rename one of the two functions\n"
    )


def test_two_checks_of_one_id_in_two_files(course: Write, write: Write, app: Path, cli: Cli):
    folder = course()
    other = write("course/checks/test_other.py", "def test_hello(learner): ...\n")
    said = broken(cli("grade", app, "--checkpoint", folder))
    assert said.startswith(
        f"{other}:1: two checks have the id `hello`; the other one is at {folder / 'checks/test_hello.py'}:4\n"
    )


NEEDS = """
from checkpoint import check

@check(needs={first!r})
def test_first(learner): ...

@check(needs={second!r})
def test_second(learner): ...
"""


@pytest.mark.parametrize(
    ("first", "second", "line", "message", "help"),
    [
        ((), "frist", 6, "the check `second` needs `frist`, and there is no such check", "did you mean `first`?"),
        ((), "zzz", 6, "the check `second` needs `zzz`, and there is no such check", "the checks are first, second"),
        ("second", "first", 3, "the check `first` needs itself: first -> second -> first", "take one of these"),
        ("first", (), 3, "the check `first` needs itself: first -> first", "take one of these needs out"),
    ],
)
def test_needs_that_cannot_be_met(
    course: Write, app: Path, cli: Cli, first: str, second: str, line: int, message: str, help: str
):
    folder = course(NEEDS.format(first=first, second=second))
    said = broken(cli("grade", app, "--checkpoint", folder))
    assert said.startswith(f"{folder / 'checks/test_hello.py'}:{line}: {message}\n    @check(needs=")
    assert f"\nhelp: {help}" in said


# Where it is found.


@pytest.fixture
def found(cli: Cli, course: Write, app: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Return a function that grades from a folder and returns the name of the checkpoint that was found.

    These checkpoints have no checks: which one is complained about tells as much, and sooner.
    """
    for name in ("named", "set", "here", "above"):
        (course(name=name) / "checks/test_hello.py").unlink()

    def grade(*argv: object, cwd: Path = app.parents[1]) -> str | None:
        cwd.mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(cwd)
        said = broken(cli("grade", *argv))
        if said.startswith("no checkpoint found: "):
            return None
        name = re.match(r"\S+/(\w+): checks/ has no checks\n", said)
        return name[1] if name else said

    return grade


@early
def test_the_order_in_which_a_checkpoint_is_found(found, course: Write, app: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    top = app.parents[1]
    below = top / "above" / "submissions" / "ann"
    below.mkdir(parents=True)
    app = app.rename(below / "app.py")
    deep = top / "here" / "some" / "where"
    assert found(app) == "above"
    assert found(app, cwd=deep) == "here"
    monkeypatch.setenv("CHECKPOINT_DIR", str(top / "set"))
    assert found(app, cwd=deep) == "set"
    assert found(app, "--checkpoint", top / "named", cwd=deep) == "named"
    monkeypatch.setenv("CHECKPOINT_DIR", "")
    assert found(app, cwd=deep) == "here"


@early
def test_in_ci_the_submissions_own_folders_do_not_count(found, app: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    top = app.parents[1]
    (top / "above" / "work").mkdir()
    app = app.rename(top / "above" / "work" / "app.py")
    assert found(app) == "above"
    monkeypatch.setenv("CI", "true")
    assert found(app) is None
    assert found(app, cwd=top / "here") == "here"
    assert found(app, "--checkpoint", top / "named") == "named"
    monkeypatch.setenv("CHECKPOINT_DIR", str(top / "set"))
    assert found(app) == "set"


@early
def test_no_checkpoint_anywhere(app: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(app.parent)
    assert broken(cli("grade", app)) == (
        f"no checkpoint found: there is no grader.py in {app.parent} or any folder above\n"
        "help: go into a checkpoint's folder, or name it: --checkpoint DIR\n"
    )


@pytest.fixture
def trap(course: Write, write: Write, app: Path) -> Path:
    """Return an app that brings its own grader, checks, solution and pytest settings, and fails the real checks."""
    spring = f"open({str(app.parent / 'SPRUNG')!r}, 'w').close()\n"
    for place in ("work", "work/templates"):
        course(name=place, grader=spring + GRADER, check=spring + "def test_free(): ...\n")
    for name in ("conftest.py", "checks/conftest.py", "sitecustomize.py", "test_app.py", "pytest.py"):
        write(f"work/{name}", spring)
    write("work/pytest.ini", "[pytest]\naddopts = -p conftest -k nothing --collect-only\npython_files = *.py\n")
    return write("work/app.py", APP.replace("world", "moon"))


@pytest.mark.parametrize("ci", ["", "1"])
@pytest.mark.parametrize(
    ("cwd", "path"),
    [
        (".", "app.py"), (".", "."), (".", "./"), (".", "../work"), ("checks", ".."), ("templates", "../app.py"),
        ("..", "work"), ("..", "work/app.py"), ("..", "work/../work/app.py"), ("templates", ".."),
    ],
)  # fmt: skip
@early
def test_a_grader_in_what_is_graded_is_never_loaded(
    trap: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, cwd: str, path: str, ci: str
):
    monkeypatch.setenv("CI", ci)
    monkeypatch.chdir(trap.parent / cwd)
    said = broken(cli("grade", path))
    assert not trap.with_name("SPRUNG").exists()
    if not (ci and cwd == ".."):
        assert re.search(r"no checkpoint found: \S+grader.py is part of what is graded, so it cannot be the", said)


@early
def test_a_link_does_not_hide_that_a_grader_is_graded(trap: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch):
    link = trap.parents[1] / "link"
    link.symlink_to("work")
    monkeypatch.chdir(link)
    assert "part of what is graded" in broken(cli("grade", trap))
    monkeypatch.chdir(trap.parent)
    assert "part of what is graded" in broken(cli("grade", link / "app.py"))
    assert not trap.with_name("SPRUNG").exists()


@pytest.mark.parametrize("ci", ["", "1"])
def test_the_grader_above_one_that_is_graded_is_found(
    trap: Path, course: Write, cli: Cli, monkeypatch: pytest.MonkeyPatch, ci: str
):
    course(name=".", grader=definition('id="x", title="Real"'))
    monkeypatch.setenv("CI", ci)
    monkeypatch.chdir(trap.parent)
    for path in (".", "app.py"):
        answer = cli("grade", path)
        assert answer.out.startswith(f"Real  {path}\n")
        assert answer.code == 1
    assert not trap.with_name("SPRUNG").exists()


@pytest.mark.parametrize("path", ["app.py", "."])
def test_what_lies_beside_an_app_does_not_touch_its_grading(
    trap: Path, course: Write, script: Cli, monkeypatch: pytest.MonkeyPatch, path: str
):
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k nothing -p no_such_plugin")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    answer = script("grade", path, "--checkpoint", course(), cwd=trap.parent)
    assert answer.code == 1
    assert "It says hello" in answer.out
    assert "0 of 2 points" in answer.out
    assert answer.err == ""
    assert not trap.with_name("SPRUNG").exists()


def test_pytest_settings_of_a_course_do_not_touch_grading(course: Write, write: Write, app: Path, cli: Cli):
    folder = course()
    for place in ("course", "course/checks"):
        write(f"{place}/pytest.ini", "[pytest]\naddopts = -k nothing\npython_functions = nothing_*\n")
    answer = cli("grade", app, "--checkpoint", folder)
    assert answer.code == 0
    assert answer.err == ""


# The fingerprint.


def test_the_fingerprint_is_over_all_that_decides_a_mark_and_nothing_else(course: Write, write: Write):
    folder = course()
    before = courses.load(folder).fingerprint
    assert re.fullmatch("[0-9a-f]{64}", before)
    write("course/starter/app.py", "x = 1\n")
    write("course/quiz.yaml", "x: 1\n")
    write("course/checks/__pycache__/test_hello.pyc", "x")
    os.utime(folder / "grader.py", (1, 1))
    moved = folder.rename(folder.with_name("moved"))
    assert courses.load(moved).fingerprint == before
    for name in ("grader.py", "solution/app.py", "checks/test_hello.py"):
        with (moved / name).open("a") as file:
            file.write("# changed\n")
        after = courses.load(moved).fingerprint
        assert after != before
        before = after


def test_the_checkpoint_of_this_repository_is_whole():
    course = courses.find(ROOT / "starter")
    assert course.root == ROOT
    assert course.checkpoint.id == "dynamic-web-app"
    assert (course.starter / "app.py").is_file()
