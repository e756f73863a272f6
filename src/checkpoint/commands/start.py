"""Copy the starter to a folder of one's own: `checkpoint start DIR`."""

from __future__ import annotations

import os
import shlex
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.commands import output, step
from checkpoint.commands.options import of_checkpoint
from checkpoint.errors import BrokenCheckpoint, CheckpointError, RefusedSubmission, WrongUsage
from checkpoint.intake import MAIN
from checkpoint.intake.folder import words
from checkpoint.intake.names import KINDS, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import Course

EXIT_OK = 0


@click.command(
    epilog="""\b
Examples:
  checkpoint start work      copy the starter to work/
  checkpoint start ~/flask   to a folder elsewhere

Exit codes: 0 all of it is there; 2 a file is in the way, or it cannot be written there: then nothing is copied."""
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@of_checkpoint
def start(folder: Path, checkpoint: Path | None) -> int:
    """Copy the starter into DIR, to work on there and keep the original.

    DIR is made if it is not there. No file is ever written over: if one is in the way, nothing is copied at all.
    """
    with output.authors_words():
        course = courses.choose(checkpoint, None)
    if step.is_part(course, folder) or Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(course.starter)):
        raise WrongUsage(
            "this folder belongs to the checkpoint itself, and is no place to work in",
            where=step.shown(folder),
            help="name a folder of its own: checkpoint start work",
        )
    wanted = _starter(course)
    missing = {name: data for name, data in wanted.items() if not _is_there(folder, name, data)}
    _copy(missing, folder)
    what = f"Copied {_listed(missing)} to" if missing else "Everything is there already, in"
    _say(f"{what} {step.shown(folder)}{os.sep}.\n", course, folder)
    return EXIT_OK


def _starter(course: Course) -> dict[str, bytes]:
    """Return the starter's files, those that would be graded, by their names, which have `/`."""
    if not step.starter(course).is_file():
        raise BrokenCheckpoint(
            f"there is no starter, {course.checkpoint.starter}/{MAIN}", where=str(course.root), help="add one"
        )
    try:
        found = intake.take(course.starter, course.checkpoint.limits).files
    except RefusedSubmission as error:
        raise BrokenCheckpoint(f"the starter: {error.message}", where=error.where, help=error.help) from None
    return dict(sorted(found.items()))


def _is_there(folder: Path, name: str, data: bytes) -> bool:
    """Say whether a file is there as it should be; raises WrongUsage if something else is in its way.

    What is a link is in the way, wherever it leads: nothing is written through one.
    """
    target = folder / name
    for place in (folder, *(folder.joinpath(*Path(name).parts[:deep]) for deep in range(1, len(Path(name).parts)))):
        kind = _kind(place)
        if kind == "":
            return False
        if kind != "folder":
            raise WrongUsage("this is there already, and is no folder", where=str(place), help="name another folder")
    kind = _kind(target)
    if kind == "":
        return False
    if kind != "file":
        raise WrongUsage("this is there already, and is no plain file", where=str(target), help="name another folder")
    try:
        same = target.read_bytes() == data
    except OSError:
        same = False
    if not same:
        raise WrongUsage(
            "this is there already, and not as in the starter: it may be your work, so nothing was copied",
            where=str(target),
            help="name another folder, or move that file away",
        )
    return True


def _kind(path: Path) -> str:
    """Return what is at a path, links not followed; "" if nothing is."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise WrongUsage(f"cannot be looked at: {words(error)}", where=str(path), help="name another folder") from None
    return KINDS.get(stat.S_IFMT(mode), UNKNOWN)


def _copy(files: dict[str, bytes], folder: Path) -> None:
    """Write all of these files, or none; raises CheckpointError if that cannot be."""
    target = folder
    try:
        with _undone_on_failure() as made:
            for name, data in files.items():
                target = folder / name
                for place in (*reversed(target.parents),):
                    if not place.is_dir():
                        place.mkdir()
                        made.append(place)
                with target.open("xb") as file:  # `x`: not through a link, nor over what came meanwhile
                    made.append(target)
                    file.write(data)
    except OSError as error:
        raise CheckpointError(
            f"cannot be written: {words(error)}; nothing was copied", where=str(target), help="name another folder"
        ) from None


@contextmanager
def _undone_on_failure() -> Iterator[list[Path]]:
    """Take away the files and folders that were made if something goes wrong, also by Ctrl-C."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def _listed(names: dict[str, bytes]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _say(text: str, course: Course, folder: Path) -> None:
    """Print what was done, and the next command."""
    from checkpoint.report.steps import steps
    from checkpoint.report.visible import visible

    drawn = output.style()
    told = visible(text.rstrip("\n"), unicode=output.unicode(sys.stdout))
    next_steps = [("Next", step.typed(course, "grade", folder / MAIN))]
    if step.is_found_from(course, courses.here()) and not step.is_found_from(course, folder):
        root = os.path.abspath(course.root)  # noqa: PTH100 - links stay as they were typed
        next_steps.append(("Or, in that folder", shlex.join(["checkpoint", "grade", "--checkpoint", root])))
    output.write(f"{told}\n{steps(next_steps, drawn, 'strong')}", drawn=True)
