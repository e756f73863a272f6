"""Name what may lie in a submission: its entries, what is left out of them, and what a name may be."""

from __future__ import annotations

import re
import stat
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from checkpoint.errors import RefusedSubmission

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

MAIN = "app.py"
MAINS = (MAIN, "wsgi.py", "main.py")
# Not the learner's work: version control, environments, caches, and what macOS adds to folders and archives.
SKIPPED = {
    ".git", ".hg", ".svn", "__pycache__", ".venv", "venv", "node_modules", ".mypy_cache",
    ".pytest_cache", ".ruff_cache", ".tox", ".nox", ".idea", ".vscode", "__MACOSX", ".DS_Store", "Icon\r",
}  # fmt: skip
# macOS puts what a file has beside its content under such a name; Emacs locks a file by a link that leads nowhere.
BESIDE = ("._", ".#")
ENVIRONMENT = "pyvenv.cfg"

# What a name may have so that the judge can write it down anywhere: Linux allows 255 bytes between two slashes
# and 4096 in all.
PART_BYTES = 255
NAME_BYTES = 1000
DEPTH = 32  # folders in each other
SHOWN_CHARS = 300

LINK = "a symbolic link"
HARD_LINK = "a hard link"
DEVICE = "a device"
PIPE = "a pipe"
UNKNOWN = "something else"
KINDS = {
    stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFLNK: LINK, stat.S_IFIFO: PIPE,
    stat.S_IFCHR: DEVICE, stat.S_IFBLK: DEVICE, stat.S_IFSOCK: "a socket",
}  # fmt: skip
_FROM_INSIDE = "pack the folder from inside it"
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a submission, of which nothing has been read yet.

    `name` is as it was found, `where` how to call it towards the user, `kind` "file", "folder" or what it is
    instead. `read(left)` returns the file's bytes, and stops soon after `left` of them.
    """

    name: str
    where: str
    kind: str
    read: Callable[[int], bytes]


def parts(entry: Entry) -> tuple[str, ...]:
    """Return the parts of a name, from the top down; none for the top itself.

    What is deeper than may be stays one last part: names of thousands of parts cost time. Raises RefusedSubmission for
    a name that leads anywhere else, whatever may come of the entry.
    """
    name = entry.name
    if name.startswith("/") or _DRIVE.match(name):
        _refuse(entry, "its name is absolute, but everything must lie in one folder", _FROM_INSIDE)
    inside = f"/{name.removesuffix('/')}/"
    if "/../" in inside:
        _refuse(entry, "its name leads out of the submission with `..`", _FROM_INSIDE)
    if "//" in inside:
        _refuse(entry, "a part of its name is empty", "rename it")
    return tuple(part for part in name.split("/", DEPTH + 1) if part not in ("", "."))


def left_out(part: str) -> bool:
    """Say whether nothing of that name is graded, nor what lies below it.

    The name alone decides, so that it makes no difference who packed it, and whether `.venv` is a link.
    """
    return part in SKIPPED or part.startswith(BESIDE)


def is_environment(beside: Collection[str]) -> bool:
    """Say whether a folder with files of these names is a virtual environment, whatever it is called.

    `python -m venv .` makes one of the project itself; that is still to be graded.
    """
    return ENVIRONMENT in beside and not any(main in beside for main in MAINS)


def checked(entry: Entry, found: tuple[str, ...]) -> str:
    """Return the name under which an entry is graded; `found` are its parts.

    Letters that differ in case only make two names: the judge writes to a file system that tells them apart. Raises
    RefusedSubmission for a name that is not plain.
    """
    name = "/".join(found)
    if len(name) > NAME_BYTES:  # before all that takes its time over every letter
        _refuse_long(entry)
    name = normal(name)
    if any("\ud800" <= character <= "\udfff" for character in name):  # Python's stand-in for bytes that are none
        _refuse(entry, "its name is not UTF-8", "rename it")
    if len(name.encode()) > NAME_BYTES or any(len(part.encode()) > PART_BYTES for part in name.split("/")):
        _refuse_long(entry)
    if any(unicodedata.category(character) == "Cc" for character in name):
        _refuse(entry, "its name has a control character in it", "rename it")
    if "\\" in name:
        # Half of the world reads it as a letter, the other half as `/`.
        _refuse(entry, "its name has a backslash in it", "rename it; folders are parted by `/`")
    if name.count("/") > DEPTH:
        refuse_deep(entry.where)
    return name


def normal(name: str) -> str:
    """Return a name in Unicode's composed form: macOS takes an é apart in names, and code that opens it does not."""
    return unicodedata.normalize("NFC", name)


def refuse_kind(kind: str, where: str) -> None:
    """Raise RefusedSubmission for what is neither file nor folder."""
    if kind in ("file", "folder"):
        return
    if kind in (LINK, HARD_LINK):
        raise RefusedSubmission(
            f"this is {kind}, and links are not followed", where=where, help="submit the file itself"
        )
    raise RefusedSubmission(
        f"this is neither a file nor a folder, but {kind}", where=where, help="submit plain files only"
    )


def _refuse_long(entry: Entry) -> NoReturn:
    _refuse(entry, f"its name is too long: a part may have {PART_BYTES} bytes, all {NAME_BYTES}", "rename it")


def refuse_deep(where: str) -> NoReturn:
    """Raise RefusedSubmission for what lies too deep."""
    raise RefusedSubmission(
        f"it lies in more than {DEPTH} folders", where=where, help="leave out what the app does not need"
    )


def short(name: str) -> str:
    """Return a name that fits into a message."""
    return name if len(name) <= SHOWN_CHARS else f"{name[:200]} ... {name[-80:]}"


def _refuse(entry: Entry, message: str, help: str) -> NoReturn:
    raise RefusedSubmission(message, where=entry.where, help=help)
