"""Choose which entries of a submission are graded, and read them within the bounds."""

from __future__ import annotations

import hashlib
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

from checkpoint.errors import RefusedSubmission
from checkpoint.intake import names
from checkpoint.model import Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from checkpoint.intake.names import Entry
    from checkpoint.model import Limits

Parts = tuple[str, ...]
# What an app is looked for in; "files" are those that a platform hands over together.
Kind = Literal["folder", "archive", "files"]

# Entries of all kinds to each file that may be graded: a virtual environment that was packed along has thousands
# which are left out, and looking at them takes time.
ENTRIES = 20
# All names together travel over the wall in one header of a mebibyte, where JSON writes up to three bytes for one.
NAMES_BYTES = 256 * 1024
# Real archives of text shrink to a tenth, repetitive ones to a fiftieth; deflate ends at a thousandth.
RATIO = 200
RATIO_FREE_BYTES = 4 * 1024 * 1024  # so much may come of any archive, however small
_PLACES: dict[Kind, str] = {
    "folder": "in this folder",
    "archive": "at the top of this archive or of one folder that holds everything",
    "files": "among the files that were handed in",
}
SHOWN = 5  # modules that are named when there is no app.py
LEAVE_OUT = "leave out what the app does not need"


def most_entries(limits: Limits) -> int:
    """Return how many files, folders and whatever else may lie in a submission, left out or not."""
    return ENTRIES * limits.submission_files


def too_many_entries(where: str, most: int) -> NoReturn:
    """Raise the RefusedSubmission for more entries than are looked at."""
    raise RefusedSubmission(
        f"it has more than {most} files and folders",
        where=where,
        help=f"{LEAVE_OUT}, such as virtual environments and node_modules",
    )


def _counted(entries: Iterable[Entry], shown: str, limits: Limits) -> Iterator[Entry]:
    """Pass entries on, and stop as soon as there are too many."""
    for number, entry in enumerate(entries, 1):
        if number > most_entries(limits):
            too_many_entries(shown, most_entries(limits))
        yield entry


def choose(entries: Iterable[Entry], shown: str, limits: Limits) -> dict[str, Entry]:
    """Return the files that are graded, by their names.

    Raises RefusedSubmission, naming it, for an entry that is no plain file or folder, or whose name is not plain
    or there twice.
    """
    found = [(names.parts(entry), entry) for entry in _counted(entries, shown, limits)]
    kept = [(parts, entry) for parts, entry in found if not any(map(names.left_out, parts))]
    environments = _environments(parts for parts, entry in kept if entry.kind == "file")
    files: dict[str, Entry] = {}
    folders: set[str] = set()
    for parts, entry in kept:
        if any(parts[:depth] in environments for depth in range(1, len(parts) + 1)):
            continue
        names.refuse_kind(entry.kind, entry.where)
        name = names.checked(entry, parts)
        if entry.kind == "folder":
            folders.add(name)
        elif name in files or not name:
            raise RefusedSubmission("this name is there twice", where=entry.where, help="keep one of the two")
        else:
            files[name] = entry
        above = name.split("/")[:-1]
        folders.update("/".join(above[: depth + 1]) for depth in range(len(above)))
    for name in sorted(files.keys() & folders):
        raise RefusedSubmission(
            "this is a file and a folder at once", where=files[name].where, help="rename one of them"
        )
    _refuse_many(files, shown, limits)
    return files


def _environments(found: Iterable[Parts]) -> set[Parts]:
    """Return the folders that are virtual environments, from the names of all files."""
    beside: dict[Parts, set[str]] = {}
    for parts in found:
        if parts and parts[-1] in (names.ENVIRONMENT, *names.MAINS):
            beside.setdefault(parts[:-1], set()).add(parts[-1])
    return {parts for parts, there in beside.items() if names.is_environment(there)}


def _refuse_many(files: dict[str, Entry], shown: str, limits: Limits) -> None:
    if len(files) > limits.submission_files:
        raise RefusedSubmission(
            f"it has {len(files)} files; at most {limits.submission_files} can be taken in", where=shown, help=LEAVE_OUT
        )
    if sum(len(name.encode()) for name in files) > NAMES_BYTES:
        raise RefusedSubmission(
            f"the names of its files are too long: together they have more than {NAMES_BYTES >> 10} KiB",
            where=shown,
            help="use shorter names, or fewer files",
        )


def without_top(files: dict[str, Entry]) -> dict[str, Entry]:
    """Return the files by their names below the one folder that holds all of them, if there is one and no app above.

    Most archives have one: their maker packed `homework`, not what is in it.
    """
    while files and not any(main in files for main in names.MAINS):
        tops = {name.partition("/")[0] if "/" in name else "" for name in files}
        if len(tops) > 1 or "" in tops:
            break
        files = {name.partition("/")[2]: entry for name, entry in files.items()}
    return files


def main_of(found: Iterable[str], shown: str, what: Kind, near: Callable[[], list[str]]) -> str:
    """Return the name of the app's file among names.

    Raises RefusedSubmission that says what is there instead; `near` returns the names of apps further down.
    """
    there = set(found)
    for name in names.MAINS:
        if name in there:
            return name
    modules = sorted(name for name in there if name.endswith(".py") and "/" not in name)[:SHOWN]
    apps = sorted(near(), key=lambda name: (name.count("/"), name.startswith("."), name))
    if apps:
        instead = f"the nearest is {names.short(apps[0])}"
    elif modules:
        instead = f"its Python files are {', '.join(map(names.short, modules))}"
    else:
        instead = "it has no Python files"
    where = _PLACES[what]
    help = (_help_in_folder if what == "folder" else _help_in_archive)(shown, apps, modules)
    raise RefusedSubmission(f"there is no {names.MAIN} {where}; {instead}", where=shown, help=help)


def _help_in_folder(shown: str, apps: list[str], modules: list[str]) -> str:
    if apps:
        return f"grade that folder: checkpoint grade {shlex.quote((Path(shown) / apps[0]).parent.as_posix())}"
    if modules:
        return f"name the app's file: checkpoint grade {shlex.quote((Path(shown) / modules[0]).as_posix())}"
    return "name the app's file, or the folder that it is in"


def _help_in_archive(_: str, apps: list[str], modules: list[str]) -> str:
    if apps:
        return f"pack the folder {names.short(apps[0].rpartition('/')[0])} alone"
    return f"call the app's file {names.MAIN}" if modules else f"pack the folder that {names.MAIN} is in"


def submission(shown: str, main: str, files: dict[str, bytes]) -> Submission:
    """Return what was read as a submission."""
    return Submission(shown, main, files, digest(files))


def apps(files: Iterable[str]) -> list[str]:
    """Return those of the names that an app has, wherever they lie."""
    return [name for name in files if name.rpartition("/")[2] == names.MAIN]


def read(files: dict[str, Entry], limits: Limits, *, packed: int | None = None) -> dict[str, bytes]:
    """Read files, each once, within the bounds; `packed` is the size in bytes of the archive that they come from.

    What an archive says of their sizes counts for nothing, only what really comes out of it.
    """
    allowed = limits.submission_bytes if packed is None else min(limits.submission_bytes, unpacked_most(packed))
    contents: dict[str, bytes] = {}
    left = allowed
    for name, entry in sorted(files.items()):
        content = entry.read(left)
        if len(content) > left:
            if allowed < limits.submission_bytes:
                refuse_bomb(entry.where)
            too_large(entry.where, "with it the submission has", limits.submission_bytes)
        left -= len(content)
        contents[name] = content
    return contents


def unpacked_most(packed: int) -> int:
    """Return how many bytes an archive of `packed` bytes may have in it before it looks like a bomb."""
    return max(RATIO_FREE_BYTES, RATIO * packed)


def refuse_bomb(where: str) -> NoReturn:
    """Raise the RefusedSubmission for what grows out of all proportion."""
    raise RefusedSubmission(
        f"unpacked it is more than {RATIO} times as large as the archive, as zip bombs are",
        where=where,
        help="leave out files of endless zeros or repetitions",
    )


def too_large(where: str, has: str, most: int, size: int | None = None) -> NoReturn:
    """Raise the RefusedSubmission for what `has` more than `most` bytes; `size` are those of one file, if known."""
    message = f"{has} more than {most / 2**20:g} MiB"
    if size is not None:
        message = f"it has {size / 2**20:.1f} MiB; {has} at most {most / 2**20:g} MiB"
    raise RefusedSubmission(f"too large: {message}", where=where, help=LEAVE_OUT)


def digest(files: dict[str, bytes]) -> str:
    """Return the SHA-256 over sorted names and bytes."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
