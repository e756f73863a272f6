"""Stray files are named, and what a project usually has is not."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from checkpoint.model import Checkpoint, Course
from checkpoint.verify import stray

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Write

APP = "from flask import Flask\n\nimport tools\n\napp = Flask(__name__)\n"


@pytest.fixture
def root(write: Write, tmp_path: Path) -> Path:
    """Return a checkpoint with what one usually has."""
    for name in ("solution", "starter"):
        write(f"{name}/app.py", APP.replace("Flask(__name__)", f"Flask('{name}')"))
        write(f"{name}/tools.py", "")
    write("starter/README.md", "Look at picture.png")
    write("starter/docs/cookies.md", "")
    write("starter/picture.png", "")
    write("starter/templates/deep/page.html", "")
    write("starter/static/style.css", "")
    write("starter/requirements.txt", "flask")
    write("starter/.gitignore", "")
    write("starter/tests/test_mine.py", "")
    write("solution/data/tasks.json", "")
    write("solution/tools.py", "open('data')")
    write("checks/test_one.py", "from shared import words\nopen('wanted.txt')\n")
    write("checks/shared.py", "")
    write("checks/wanted.txt", "")
    write("checks/conftest.py", "")
    write("checks/__pycache__/test_one.cpython-311.pyc", "")
    for name in ("pyproject.toml", "LICENSE", "quiz.yaml", "docs/solutions.md", "tests/app.py", ".venv/app.py",
                 ".git/solution", "src/solution.txt", "solutions.md", "README.md", "resolution/x.py"):  # fmt: skip
        write(name, "")
    return tmp_path


def named(root: Path) -> dict[str, str]:
    """Return what is stray, and why."""
    course = Course(Checkpoint("hello", "Hello"), root, "")
    found = stray.findings(course, {root / "checks/test_one.py"})
    prefix = stray.place(root)
    return {(finding.where or "").removeprefix(f"{prefix}/"): finding.message for finding in found}


def test_what_a_checkpoint_usually_has_is_not_stray(root: Path):
    assert named(root) == {}


@pytest.mark.parametrize(
    "name",
    [
        "starter/app.py~", "solution/app.py.orig", "checks/test_one.py.bak", "starter/.app.py.swp", "starter/.DS_Store",
        "starter/templates/page.html~", "solution/__pycache__", "starter/__pycache__", "starter/app copy.py",
        "starter/app (1).py", "checks/test_one.pyc", "solution/.pytest_cache", "starter/._app.py", "starter/.idea",
    ],
)  # fmt: skip
def test_what_tools_leave_behind(root: Path, write: Write, name: str):
    write(f"{name}/x.txt" if "cache" in name or name.endswith("idea") else name, "")
    (why,) = named(root).items()
    assert why[0] == name
    assert "tool" in why[1]


@pytest.mark.parametrize(
    "name",
    ["starter/app_old.py", "solution/notes.txt", "solution/unused/more.py", "checks/more.py", "checks/data.json"],
)
def test_what_nothing_uses(root: Path, write: Write, name: str):
    write(name, "x = 1\n")
    assert named(root) == {name: f"Nothing in {name.partition('/')[0]}/ uses this."}


def test_a_file_of_checks_without_any(root: Path, write: Write):
    write("checks/test_two.py", "x = 1\n")
    assert named(root) == {"checks/test_two.py": "pytest finds no check in this."}


@pytest.mark.parametrize(
    "name",
    ["solution2/app.py", "solution_old/app.py", "old_solution/app.py", "solution.py", "solutions/app.py",
     "solution.zip", "starter-2/app.py", "copy of solution/app.py", "checks_backup/test_one.py"],
)  # fmt: skip
def test_what_looks_like_a_second_part(root: Path, write: Write, name: str):
    write(name, "x = 1\n")
    (why,) = named(root).items()
    assert why[0] == name.partition("/")[0]
    assert why[1].startswith("This looks like a second ")


@pytest.mark.parametrize("name", ["app.py", "final/app.py"])
def test_a_copy_of_the_solution_under_another_name(root: Path, name: str):
    (root / name).parent.mkdir(exist_ok=True)
    shutil.copy(root / "solution/app.py", root / name)
    assert named(root) == {name.partition("/")[0]: "This is a copy of the solution."}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_what_git_ignores_goes_to_nobody(root: Path, write: Write):
    shutil.rmtree(root / ".git")
    write("starter/__pycache__/app.pyc", "")
    write("starter/app.py~", "")
    write(".gitignore", "__pycache__/\n")
    subprocess.run(["git", "init", "-q", root], check=True)
    assert list(named(root)) == ["starter/app.py~"]
