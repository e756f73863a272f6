"""Name files that nothing uses: what an editor left behind, copies, and what looks like a second solution.

What a project usually has beside its code is left alone, and so is what git ignores, for that goes to nobody.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
from fnmatch import fnmatch
from functools import partial
from typing import TYPE_CHECKING

from checkpoint.intake import MAIN
from checkpoint.intake.names import BESIDE, SKIPPED
from checkpoint.verify.places import place
from checkpoint.verify.proof import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from checkpoint.model import Course

CACHE = "__pycache__"
LEFT_BEHIND = (
    "*~", "*.orig", "*.rej", "*.bak", "*.old", "*.tmp", "*.swp", "*.swo", ".#*", "#*#", "*.pyc", "*.pyo", "Thumbs.db",
    "desktop.ini", "*.copy", "* copy", "* copy.*", "* copy [0-9]*", "*([0-9])", "*([0-9]).*",
)  # fmt: skip
USUAL = (
    "README*", "LICENSE*", "CHANGELOG*", ".git*", ".editorconfig", ".flaskenv", ".env.example", ".python-version",
    "requirements*.txt", "constraints*.txt", "pyproject.toml", "setup.py", "setup.cfg", "tox.ini", "pytest.ini",
    "*.lock", "Pipfile", "Makefile", "Procfile", "Dockerfile", "wsgi.py", "py.typed", "test_*.py", "*_test.py",
    "conftest.py", "__init__.py", "*.md", "*.rst", "*.pdf", MAIN,
)  # fmt: skip
USUAL_FOLDERS = {"templates", "static", "tests"}
COLLECTED = ("test_*.py", "*_test.py")  # as pytest does unless it is told otherwise
TEXT_SUFFIXES = {
    ".py",
    ".html",
    ".txt",
    ".md",
    ".toml",
    ".cfg",
    ".ini",
    ".json",
    ".yaml",
    ".yml",
    ".sql",
    ".css",
    ".js",
}
PACKED = (".zip", ".tar", ".gz", ".tgz")


def findings(course: Course, check_files: Collection[Path]) -> Iterator[Finding]:
    """Yield the files that nothing uses; `check_files` are those in which there is a check."""
    parts = {course.checks: "checks", course.starter: "starter", course.solution: "solution"}
    named: list[tuple[Path, str]] = []
    for folder, what in parts.items():
        if folder.is_dir():
            named += _in_part(folder, what, check_files)
    named += _beside(course, parts)
    ignored = _ignored([path for path, _ in named], course.root)
    for path, why in named:
        if path not in ignored:
            yield Finding("stray", f"{why}.", place(path), "remove it, or move it out of the checkpoint")


def _in_part(folder: Path, what: str, check_files: Collection[Path]) -> Iterator[tuple[Path, str]]:
    """Yield what is stray in one of the three folders, and why."""
    files = []
    for path in _walk(folder):
        if _is_left_behind(path.name):
            # Whoever runs the checks leaves this one in their folder; to learners it need not go.
            if not (what == "checks" and path.name in (CACHE, ".pytest_cache")):
                yield path, "An editor or a tool has left this behind" if path.is_file() else "This is a tool's cache"
        elif path.is_file():
            files.append(path)
    used = partial(_is_used, folder=folder, texts={path: _text(path) for path in files})
    for path in files:
        collected = what == "checks" and any(fnmatch(path.name, pattern) for pattern in COLLECTED)
        if collected and path not in check_files:
            yield path, "pytest finds no check in this"
        elif not collected and not _is_usual(path.relative_to(folder)) and not used(path):
            yield path, f"Nothing in {what}/ uses this"


def _walk(folder: Path) -> Iterator[Path]:
    """Yield all that is in a folder, without looking into what was left behind, or over links."""
    for path in sorted(folder.iterdir()):
        yield path
        if path.is_dir() and not path.is_symlink() and not _is_left_behind(path.name):
            yield from _walk(path)


def _is_left_behind(name: str) -> bool:
    return (
        name in SKIPPED - {".git"} or name.startswith(BESIDE) or any(fnmatch(name, pattern) for pattern in LEFT_BEHIND)
    )


def _is_usual(path: Path) -> bool:
    return any(fnmatch(path.name, pattern) for pattern in USUAL) or not USUAL_FOLDERS.isdisjoint(path.parts[:-1])


def _is_used(path: Path, folder: Path, texts: dict[Path, str]) -> bool:
    """Say whether another file imports this one or names it, or a folder that it lies in."""
    others = [text for other, text in texts.items() if other != path]
    names = {path.name, *path.relative_to(folder).parts[:-1]}
    if any(re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text) for name in names for text in others):
        return True
    importers = (text for other, text in texts.items() if other != path and other.suffix == ".py")
    return path.suffix == ".py" and any(path.stem in _imported(text) for text in importers)


def _imported(source: str) -> set[str]:
    """Return the parts of all names that a source imports; of one that cannot be read, none."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError):
        return set()
    names = [alias.name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {part for name in names for part in name.split(".")}


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.suffix in TEXT_SUFFIXES else ""


def _beside(course: Course, parts: Collection[Path]) -> Iterator[tuple[Path, str]]:
    """Yield what lies beside grader.py and looks like one of the three folders once more."""
    reference = (course.solution / MAIN).read_bytes()
    second = [(folder, _another(folder.name)) for folder in parts]
    for path in sorted(course.root.iterdir()):
        if path in parts or path.is_symlink() or path.name in SKIPPED:
            continue
        app = path / MAIN if path.is_dir() else path
        if app.suffix == ".py" and app.is_file() and app.read_bytes() == reference:
            yield path, "This is a copy of the solution"
            continue
        holds_code = path.suffix in (".py", *PACKED) or (path.is_dir() and any(path.glob("*.py")))
        like = next((folder for folder, is_another in second if is_another(path.stem)), None)
        if like is not None and holds_code:
            yield path, f"This looks like a second {like.name}, and is not part of the checkpoint"


def _another(name: str) -> Callable[[str], bool]:
    """Return what says whether a name is this one with something to it: `solution2`, `old_solution`, `solutions`."""
    words = r"(?:old|new|my|copy|backup|bak|copy[ _-]of)"
    found = re.compile(rf"(?:{words}[\W_]+)?{re.escape(name)}s?(?:[\W_]?\d+|[\W_]+\w*)*", re.I)
    return lambda stem: found.fullmatch(stem) is not None


def _ignored(paths: Iterable[Path], root: Path) -> set[Path]:
    """Return those of the paths that git ignores; none where there is no git, or this is no work tree of it."""
    given, git = {os.fspath(path): path for path in paths}, shutil.which("git")
    if not given or git is None:
        return set()
    done = subprocess.run(
        [git, "-C", os.fspath(root), "check-ignore", "-z", "--stdin"],
        input="\0".join(given).encode(errors="surrogateescape"),
        capture_output=True,
        check=False,
    )
    return {given[name] for name in os.fsdecode(done.stdout).split("\0") if name in given}
