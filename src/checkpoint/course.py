"""Find a checkpoint's folder, load its grader.py, and say what is wrong with it."""

from __future__ import annotations

import hashlib
import os
import sys
import traceback
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from checkpoint.errors import BrokenCheckpoint
from checkpoint.model import Checkpoint, Course

FILE = "grader.py"
SKIPPED = {"__pycache__"}


def find(start: Path) -> Course:
    """Return the checkpoint that `start` lies in: the nearest folder upwards with a grader.py.

    Raises BrokenCheckpoint if there is none, or if it is not whole.
    """
    folder = upwards(start)
    if folder is None:
        raise BrokenCheckpoint(
            f"no {FILE} here or in any folder above",
            where=str(start),
            help="go into a checkpoint's folder, or name it: --checkpoint DIR",
        )
    return load(folder)


def upwards(start: Path) -> Path | None:
    """Return the nearest folder from `start` upwards that has a grader.py."""
    start = Path(os.path.abspath(start))  # noqa: PTH100 - resolve() would follow links out of the course
    return next((folder for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def choose(named: Path | None, submission: Path | None) -> Course:
    """Return the checkpoint to grade with.

    In this order: the one named (`--checkpoint`), CHECKPOINT_DIR, the working directory upwards, the
    submission's folder upwards. A grader.py inside what is graded is never taken; in CI the submission's
    folder is not searched at all.
    """
    given = named or (Path(os.environ["CHECKPOINT_DIR"]) if os.environ.get("CHECKPOINT_DIR") else None)
    if given is not None:
        return load(given)
    here = upwards(Path.cwd())
    if here is not None and not _inside(here, submission):
        return load(here)
    if submission is not None and not os.environ.get("CI"):
        folder = submission if submission.is_dir() else submission.parent
        above = upwards(folder.parent) if submission.is_dir() else upwards(folder)
        if above is not None:
            return load(above)
    raise BrokenCheckpoint(
        f"no checkpoint found: there is no {FILE} in {Path.cwd()} or any folder above",
        help="go into a checkpoint's folder, or name it: checkpoint grade --checkpoint DIR PATH",
    )


def load(folder: Path) -> Course:
    """Load the checkpoint in `folder`.

    Raises BrokenCheckpoint, naming file and line, if the folder, grader.py, solution or checks are missing or
    make no sense.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - as above
    file = folder / FILE
    if not file.is_file():
        what = f"there is no {FILE} in it" if folder.is_dir() else "there is no such folder"
        raise BrokenCheckpoint(what, where=str(folder), help="a checkpoint is a folder with a grader.py")
    checkpoint = _definition(file)
    course = Course(checkpoint, folder, "")
    for what, path in (("solution", course.solution), ("checks", course.checks)):
        if not path.is_dir():
            raise BrokenCheckpoint(
                f"the {what} folder {path.relative_to(folder)}/ is missing",
                where=str(folder),
                help=f"add it, or name another: Checkpoint({what}=...) in {FILE}",
            )
    if not any(course.checks.rglob("test_*.py")):
        raise BrokenCheckpoint(
            f"{course.checks.relative_to(folder)}/ has no checks",
            where=str(folder),
            help="write test functions in files test_*.py there",
        )
    if not any(course.solution.glob("*.py")):
        raise BrokenCheckpoint(
            f"{course.solution.relative_to(folder)}/ has no app.py", where=str(folder), help="add the reference"
        )
    return Course(checkpoint, folder, _fingerprint(course))


def _definition(file: Path) -> Checkpoint:
    """Run a grader.py and return the Checkpoint in it."""
    spec = spec_from_file_location("grader", file)
    assert spec is not None  # noqa: S101 - a .py path always has one
    assert spec.loader is not None  # noqa: S101
    module = module_from_spec(spec)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise BrokenCheckpoint(
            f"SyntaxError: {error.msg}",
            where=f"{error.filename}:{error.lineno}:{error.offset}",
            source=error.text,
            column=error.offset,
        ) from None
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == str(file)]
        line = frames[-1].lineno if frames else 1
        raise BrokenCheckpoint(
            f"{type(error).__name__}: {error}", where=f"{file}:{line}", source=frames[-1].line if frames else None
        ) from None
    finally:
        sys.dont_write_bytecode = writes
    found = [value for value in vars(module).values() if isinstance(value, Checkpoint)]
    if len(found) != 1:
        raise BrokenCheckpoint(
            f"{'no' if not found else 'more than one'} Checkpoint is defined here",
            where=str(file),
            help='write: checkpoint = Checkpoint(id="...", title="...")',
        )
    return found[0]


def _fingerprint(course: Course) -> str:
    """Return the SHA-256 over everything that decides a mark: grader.py, solution and checks."""
    digest = hashlib.sha256()
    files = [course.root / FILE]
    for folder in (course.solution, course.checks):
        files += [
            path for path in folder.rglob("*") if path.is_file() and not SKIPPED & set(path.relative_to(folder).parts)
        ]
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(course.root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _inside(folder: Path, submission: Path | None) -> bool:
    """Say whether a checkpoint's folder lies within a folder that is being graded."""
    if submission is None or not submission.is_dir():
        return False
    graded = submission.resolve()
    return folder.resolve() == graded or graded in folder.resolve().parents
