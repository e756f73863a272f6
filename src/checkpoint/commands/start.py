"""Copy the starter to a folder of one's own: `checkpoint start DIR`."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint.commands import output, step
from checkpoint.errors import BrokenCheckpoint, CheckpointError, WrongUsage
from checkpoint.intake import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.model import Course

EXIT_OK = 0
SKIPPED = {*courses.SKIPPED, ".git", ".DS_Store"}


@click.command(
    epilog="""\b
Examples:
  checkpoint start work      copy the starter to work/
  checkpoint start ~/flask   to a folder elsewhere

Exit codes: 0 all of it is there; 2 a file is in the way, or it cannot be written there: then nothing is copied."""
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--checkpoint", type=click.Path(path_type=Path), metavar="DIR",
    help="The checkpoint's folder; else CHECKPOINT_DIR, else the nearest folder upwards with a grader.py.",
)  # fmt: skip
def start(folder: Path, checkpoint: Path | None) -> int:
    """Copy the starter into DIR, to work on there and keep the original.

    DIR is made if it is not there. No file is ever written over: if one is in the way, nothing is copied at all.
    """
    with output.authors_words():
        course = courses.choose(checkpoint, None)
    if step.is_part(course, folder):
        raise WrongUsage(
            "this folder belongs to the checkpoint itself, and what lies there is not graded",
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
    """Return the starter's files by their names, which have `/`."""
    found = {}
    for place, folders, names in os.walk(course.starter):
        folders[:] = sorted(set(folders) - SKIPPED)
        for path in (Path(place, name) for name in (*folders, *sorted(set(names) - SKIPPED))):
            if path.is_symlink():
                raise BrokenCheckpoint(
                    "this is a link, which is not copied", where=str(path), help="put the file itself there"
                )
            if path.is_file():
                try:
                    found[path.relative_to(course.starter).as_posix()] = path.read_bytes()
                except OSError as error:
                    raise BrokenCheckpoint(f"cannot be read: {_words(error)}", where=str(path)) from None
    if MAIN not in found:
        raise BrokenCheckpoint(
            f"there is no starter, {course.checkpoint.starter}/{MAIN}", where=str(course.root), help="add one"
        )
    return found


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
            raise WrongUsage(f"this is a {kind}, not a folder", where=str(place), help="name another folder")
    kind = _kind(target)
    if kind == "":
        return False
    if kind != "file":
        raise WrongUsage(f"a {kind} of this name is in the way", where=str(target), help="name another folder")
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
        raise WrongUsage(f"cannot be looked at: {_words(error)}", where=str(path), help="name another folder") from None
    kinds = {stat.S_IFLNK: "link", stat.S_IFDIR: "folder", stat.S_IFREG: "file"}
    return kinds.get(stat.S_IFMT(mode), "special file")


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
            f"cannot be written: {_words(error)}; nothing was copied", where=str(target), help="name another folder"
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


def _words(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _say(text: str, course: Course, folder: Path) -> None:
    """Print what was done, and the next command."""
    from checkpoint.commands.standing import style
    from checkpoint.report.steps import steps
    from checkpoint.report.visible import visible

    drawn = style()
    told = visible(text.rstrip("\n"), unicode=output.unicode(sys.stdout))
    next_steps = [("Next", step.typed(course, "grade", folder / MAIN))]
    output.write(f"{told}\n{steps(next_steps, drawn, 'strong')}", drawn=True)
