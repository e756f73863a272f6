"""Pack an autograder for Gradescope: two scripts, checkpoint itself, and the checkpoint that it grades with."""

from __future__ import annotations

import os
import shlex
import shutil
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from checkpoint import course as courses
from checkpoint.commands.ci import pins, wheel
from checkpoint.commands.ci.template import filled
from checkpoint.errors import BrokenCheckpoint, CheckpointError
from checkpoint.intake.names import SKIPPED
from checkpoint.report.files import write_atomically

if TYPE_CHECKING:
    from checkpoint.model import Course

SCRIPTS = ("setup.sh", "run_autograder")
REQUIREMENTS = "requirements.txt"
FOLDER = "checkpoint"
# Gradescope ends a run after ten minutes unless told otherwise; ours ends before, so that there is a result.
USUAL_SECONDS = 540
# What editors and systems leave behind, besides whole folders.
_LEFTOVERS = ("*~", ".*.sw?", "#*#", ".#*", "*.pyc", "._*")


def autograder(course: Course) -> dict[str, bytes]:
    """Return the autograder's files, by name; raises CheckpointError for a checkpoint that does not work alone."""
    name, content = wheel.build()
    checkpoint = _checkpoint(course)
    _refuse_incomplete(course, checkpoint)
    seconds = max(USUAL_SECONDS, int(course.checkpoint.limits.run_seconds) + 120)
    solution = shlex.quote(_inside(course, course.solution, "solution").as_posix())
    return {
        "setup.sh": filled("setup.sh", solution=solution).encode(),
        "run_autograder": filled("run_autograder", seconds=str(seconds)).encode(),
        REQUIREMENTS: "\n".join([*pins.requirements(), ""]).encode(),
        name: content,
        **{f"{FOLDER}/{file}": content for file, content in checkpoint.items()},
    }


def write(path: Path, files: dict[str, bytes], *, force: bool) -> None:
    """Write the autograder to `path`, whole or not at all: a zip if it is called so, else a folder.

    Raises CheckpointError if something is there already; with `force` only if that is nothing of this kind.
    """
    archive = path.suffix.lower() == ".zip"
    if os.path.lexists(path) and not force and not (not archive and path.is_dir() and not any(path.iterdir())):
        raise CheckpointError("there is something of this name", where=os.fspath(path), help="--force writes over it")
    if archive:
        write_atomically(path, wheel.zipped(files, SCRIPTS), "the autograder")
        return
    if path.exists() and not _is_autograder(path):
        raise CheckpointError(
            "this is not an autograder's folder, and writing would remove what is in it",
            where=os.fspath(path),
            help="name another folder, or one that is not there yet",
        )
    try:
        _replace(path, files)
    except OSError as error:
        raise CheckpointError(
            f"cannot write the autograder: {(error.strerror or str(error)).lower()}", where=os.fspath(path)
        ) from None


def _checkpoint(course: Course) -> dict[str, bytes]:
    """Return what grading needs of a checkpoint: grader.py, modules and requirements beside it, checks, solution."""
    chosen = [path for path in [*sorted(course.root.glob("*.py")), course.root / REQUIREMENTS] if path.is_file()]
    for what in ("checks", "solution"):
        folder = getattr(course, what)
        _inside(course, folder, what)
        chosen += _files(folder)
    try:
        return {_inside(course, path, "file").as_posix(): path.read_bytes() for path in chosen}
    except OSError as error:
        raise BrokenCheckpoint(
            f"cannot be read: {(error.strerror or str(error)).lower()}", where=error.filename
        ) from None


def _files(folder: Path) -> list[Path]:
    """Return the files of a folder but for what version control, environments, caches and editors have left there."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        here = Path(place)
        for name in [*folders, *names]:
            if (here / name).is_symlink():
                raise BrokenCheckpoint(
                    "this is a link, and what it points to would be missing",
                    where=str(here / name),
                    help="put the file itself there",
                )
        folders[:] = sorted(
            name for name in folders if name not in SKIPPED and not (here / name / "pyvenv.cfg").exists()
        )
        kept = (name for name in names if name not in SKIPPED and not any(Path(name).match(one) for one in _LEFTOVERS))
        found += [here / name for name in sorted(kept)]
    return found


def _inside(course: Course, path: Path, what: str) -> Path:
    """Return a path as it is found from the checkpoint's folder; raises BrokenCheckpoint if it is outside."""
    name = Path(os.path.relpath(os.path.realpath(path), os.path.realpath(course.root)))
    if name.parts[:1] == ("..",):
        raise BrokenCheckpoint(
            f"the {what} folder is outside the checkpoint's, and an autograder takes only that along",
            where=str(path),
            help=f"move it into the checkpoint's folder, and name it in {courses.FILE}: Checkpoint({what}=...)",
        )
    return name


def _refuse_incomplete(course: Course, files: dict[str, bytes]) -> None:
    """Refuse a checkpoint that does not load from what is packed of it."""
    with TemporaryDirectory(prefix="checkpoint-") as folder:
        for name, content in files.items():
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        try:
            courses.load(Path(folder))
        except BrokenCheckpoint as error:
            raise BrokenCheckpoint(
                f"loads only with files that an autograder does not take along: {error.message}",
                where=str(course.root / courses.FILE),
                help=f"it takes {courses.FILE}, the modules beside it, checks and solution",
            ) from None


def _is_autograder(path: Path) -> bool:
    """Say whether a folder has nothing in it that this command did not write."""
    known = {*SCRIPTS, REQUIREMENTS, FOLDER}
    return path.is_dir() and all(one.name in known or one.suffix == ".whl" for one in path.iterdir())


def _replace(path: Path, files: dict[str, bytes]) -> None:
    """Make the folder beside its place and let it take the name over, so that it is never half there."""
    made = path.with_name(f".checkpoint-{token_hex(8)}.tmp")
    old = path.with_name(f".checkpoint-{token_hex(8)}.old")
    try:
        for name, content in files.items():
            file = made / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            file.chmod(0o755 if name in SCRIPTS else 0o644)
        with suppress(FileNotFoundError):
            path.rename(old)
        made.rename(path)
    except BaseException:
        if old.exists() and not path.exists():
            old.rename(path)
        raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
