"""Find a checkpoint's folder, load its grader.py, and say what is wrong with it."""

from __future__ import annotations

import hashlib
import os
import sys
import traceback
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint.errors import BrokenCheckpoint, WrongUsage
from checkpoint.model import Checkpoint, Course, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "grader.py"
MAIN = "app.py"
SKIPPED = {"__pycache__"}

_loading: list[Path] = []


class _Reentered(BaseException):
    """A grader.py that is being loaded grades; to end that, this must not be caught on the way."""


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


def upwards(start: Path, graded: Path | None = None) -> Path | None:
    """Return the nearest folder from `start` upwards that has a grader.py and is no part of what is graded."""
    start = Path(os.path.abspath(start))  # noqa: PTH100 - resolve() would follow links out of the course
    folders = (folder for folder in (start, *start.parents) if os.path.isfile(folder / FILE))  # noqa: PTH113 - below
    return next((folder for folder in folders if not _inside(folder, graded)), None)


def choose(named: Path | None, submission: Path | None, *, near: bool = True) -> Course:
    """Return the checkpoint to grade with.

    In this order: the one named (`--checkpoint`), CHECKPOINT_DIR, the working directory upwards, the
    submission's folder upwards. A grader.py inside what is graded is never taken; in CI, and unless it may be `near`,
    the submission's folder is not searched at all.
    """
    return load(_folder(named, submission, near=near))


def with_quiz(named: Path | None) -> tuple[Checkpoint, Path]:
    """Return a checkpoint and its quiz's file, found as `choose` finds it; of its other parts none needs to be there.

    Raises BrokenCheckpoint if there is no checkpoint, or none with a quiz.
    """
    folder = _folder(named, None)
    checkpoint = _definition(_grader(folder))
    if checkpoint.quiz is None:
        raise BrokenCheckpoint(
            "this checkpoint has no quiz",
            where=str(folder / FILE),
            help='write a quiz.yaml and name it, Checkpoint(quiz="quiz.yaml"), or name a file: checkpoint quiz FILE',
        )
    return checkpoint, folder / checkpoint.quiz


def _folder(named: Path | None, submission: Path | None, *, near: bool = True) -> Path:
    """Return the folder of the checkpoint that is meant; see `choose`."""
    place = here()
    given = named or (Path(os.environ["CHECKPOINT_DIR"]) if os.environ.get("CHECKPOINT_DIR") else None)
    if given is not None:
        return Path(os.path.abspath(given))  # noqa: PTH100 - as above
    starts = [place] if submission is None or in_ci() or not near else [place, submission]
    for start in starts:
        folder = upwards(start, submission)
        if folder is not None:
            return folder
    graders = [folder / FILE for folder in map(upwards, starts) if folder is not None]
    if graders:
        why = f"{graders[0]} is part of what is graded, so it cannot be the grader"
    else:
        why = f"there is no {FILE} in {place} or any folder above"
    raise BrokenCheckpoint(
        f"no checkpoint found: {why}",
        help="go into a checkpoint's folder, or name it: --checkpoint DIR",
    )


def here() -> Path:
    """Return the working directory; raises WrongUsage if it has been deleted."""
    try:
        return Path.cwd()
    except OSError:
        raise WrongUsage("this folder is not there any more", help="go into one that is, with cd") from None


def in_ci() -> bool:
    """Say whether this is a CI job, where nobody has looked at what is graded: they all set `CI`."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def load(folder: Path) -> Course:
    """Load the checkpoint in `folder`.

    Raises BrokenCheckpoint, naming file and line, if the folder, grader.py, solution or checks are missing or
    make no sense.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - as above
    checkpoint = _definition(_grader(folder))
    course = Course(checkpoint, folder, "")
    for what, path in (("solution", course.solution), ("checks", course.checks)):
        if not path.is_dir():
            raise BrokenCheckpoint(
                f"{getattr(checkpoint, what)} is not a folder"
                if path.exists()
                else f"the {what} folder {getattr(checkpoint, what)}/ is missing",
                where=str(folder),
                help=f"add it, or name another: Checkpoint({what}=...) in {FILE}",
            )
    if not any(course.checks.rglob("test_*.py")):
        raise BrokenCheckpoint(
            f"{checkpoint.checks}/ has no checks",
            where=str(folder),
            help="write test functions in files test_*.py there",
        )
    if not (course.solution / MAIN).is_file():
        raise BrokenCheckpoint(f"{checkpoint.solution}/ has no {MAIN}", where=str(folder), help="add the reference")
    try:
        return Course(checkpoint, folder, _fingerprint(course))
    except OSError as error:
        raise BrokenCheckpoint(
            f"cannot be read: {(error.strerror or str(error)).lower()}", where=error.filename or str(folder)
        ) from None


def _grader(folder: Path) -> Path:
    """Return the file that makes a folder a checkpoint."""
    file = folder / FILE
    if not file.is_file():
        what = f"there is no {FILE} in it" if folder.is_dir() else "there is no such folder"
        raise BrokenCheckpoint(what, where=str(folder), help="a checkpoint is a folder with a grader.py")
    return file


def _definition(file: Path) -> Checkpoint:
    """Run a grader.py and return the Checkpoint in it."""
    spec = spec_from_file_location("grader", file)
    assert spec is not None  # noqa: S101 - a .py path always has one
    assert spec.loader is not None  # noqa: S101
    module = module_from_spec(spec)
    if _loading:
        raise _Reentered
    _loading.append(file)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise BrokenCheckpoint(
            f"{type(error).__name__}: {error.msg}",
            where=f"{error.filename or file}:{error.lineno or 1}:{error.offset or 1}",
            source=error.text,
            column=error.offset,
        ) from None
    except (Exception, SystemExit, _Reentered) as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == str(file)]
        line = frames[-1].lineno if frames else 1
        message, help = f"{type(error).__name__}: {error}", None
        if not isinstance(error, Exception):
            what = "grades" if isinstance(error, _Reentered) else "ends the program"
            message = f"this {what}, and it runs whenever the checkpoint is loaded"
            help = 'put it behind if __name__ == "__main__":'
        raise BrokenCheckpoint(
            message, where=f"{file}:{line}", source=frames[-1].line if frames else None, help=help
        ) from None
    finally:
        _loading.clear()
        sys.dont_write_bytecode = writes
    found = [value for value in vars(module).values() if isinstance(value, Checkpoint)]
    if len(found) != 1:
        raise BrokenCheckpoint(
            f"{'no' if not found else 'more than one'} Checkpoint is defined here",
            where=str(file),
            help='write: checkpoint = Checkpoint(id="...", title="...")',
        )
    _refuse_nonsense(found[0], file)
    return found[0]


def _refuse_nonsense(checkpoint: Checkpoint, file: Path) -> None:
    """Refuse a definition whose fields are not what `Checkpoint` says they are."""
    wrong = [
        f"{name} must be a text, not {value!r}"
        for name in ("id", "title", "starter", "solution", "checks", "quiz", "up_next")
        for value in [getattr(checkpoint, name)]
        if not (isinstance(value, str) and value) and not (value is None and name in ("quiz", "up_next"))
    ]
    if not isinstance(checkpoint.limits, Limits):
        wrong.append(f"limits must be Limits(...), not {checkpoint.limits!r}")
    percent: object = checkpoint.pass_percent  # whatever its type says, an author wrote it
    if isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 <= percent <= 100:
        wrong.append(f"pass_percent must be a number from 0 to 100, not {percent!r}")
    if wrong:
        raise BrokenCheckpoint(f"Checkpoint(...): {wrong[0]}", where=str(file), help="mend it there")
    _refuse_unreasoned(checkpoint.waived, file)


def _refuse_unreasoned(waived: object, file: Path) -> None:
    """Refuse mutants that are waived without a reason, each at its line."""
    if not isinstance(waived, dict):
        words = f"Checkpoint(...): waived must be a dict, from a mutant's id to the reason, not {waived!r}"
        raise BrokenCheckpoint(words, where=str(file), help="mend it there")
    for mutant, reason in waived.items():
        if isinstance(mutant, str) and isinstance(reason, str) and reason.strip():
            continue
        lines = file.read_text("utf-8", "replace").splitlines()
        number = next((number for number, line in enumerate(lines, 1) if str(mutant) in line), 1)
        raise BrokenCheckpoint(
            f"Checkpoint(waived=...): {mutant!r} is waived without a reason",
            where=f"{file}:{number}",
            source=lines[number - 1],
            help="say in words why no check need notice it, or take it out",
        )


def covered(course: Course) -> Iterator[Path]:
    """Yield the files that decide a mark: grader.py, and all in solution and checks but what Python makes of them."""
    yield course.root / FILE
    for folder in (course.solution, course.checks):
        for path in folder.rglob("*"):
            if path.is_file() and not SKIPPED & set(path.relative_to(folder).parts):
                yield path


def _fingerprint(course: Course) -> str:
    """Return the SHA-256 over everything that decides a mark: grader.py, solution and checks."""
    digest = hashlib.sha256()
    for path in sorted(covered(course)):
        content = path.read_bytes()
        name = Path(os.path.relpath(path, course.root)).as_posix()  # it may lie outside
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def _inside(folder: Path, graded: Path | None) -> bool:
    """Say whether a checkpoint's folder is part of what is graded.

    With an app's file that is its folder (the modules beside it go along) and, below, `templates` and `static`; see
    `intake`. With an archive nothing goes along.
    """
    if graded is None:
        return False
    # os.path, not pathlib: whatever the user typed, this must not raise. What is wrong with it, intake tells.
    here, there = Path(os.path.realpath(folder)), Path(os.path.realpath(graded))
    if os.path.isdir(there):  # noqa: PTH112
        return here.is_relative_to(there)
    beside = there.parent
    return there.suffix == ".py" and (
        here == beside or any(here.is_relative_to(beside / name) for name in ("templates", "static"))
    )
