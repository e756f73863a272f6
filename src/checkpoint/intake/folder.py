"""List and read the files of a folder that somebody else may be changing meanwhile.

Every step below the folder is taken from an open descriptor and follows no link, so that a folder which is swapped
for a link between two looks leads nowhere. Windows has no such calls; there it is the learner's own machine.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from checkpoint.errors import RefusedSubmission
from checkpoint.intake import contents, names
from checkpoint.intake.names import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from checkpoint.model import Limits

BESIDE = ("templates", "static")
_FROM_DESCRIPTORS = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FILE = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0)  # opening a pipe would wait for its other end
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_LOOKED_INTO = 1000  # folders in which an app.py is looked for, to name it


@dataclass(frozen=True, slots=True)
class Place:
    """An open folder: its path, to show and for where there are no descriptors.

    `owner` is the user whose submission it is.
    """

    path: Path
    descriptor: int | None
    owner: int
    limits: Limits

    @contextmanager
    def below(self, name: str) -> Iterator[Place]:
        """Open a folder in this one, if it still is one."""
        path = self.path / name
        with _naming(path):
            descriptor = None if self.descriptor is None else os.open(name, _FOLDER | _NOFOLLOW, dir_fd=self.descriptor)
        with _closing(Place(path, descriptor, self.owner, self.limits)) as place:
            yield place

    def scan(self, wanted: Callable[[str], bool] = bool) -> list[os.DirEntry[str]]:
        """Return what is in it and has a wanted name, sorted. Raises RefusedSubmission if that is too much."""
        most = contents.most_entries(self.limits)
        with _naming(self.path), os.scandir(self.path if self.descriptor is None else self.descriptor) as entries:
            found = list(islice((entry for entry in entries if wanted(entry.name)), most + 1))
        if len(found) > most:
            contents.too_many_entries(names.short(str(self.path)), most)
        return sorted(found, key=lambda entry: entry.name)

    def names(self) -> list[str]:
        """Return the names of what is in it, is no folder, and is not left out."""
        return [entry.name for entry in self.scan() if not names.left_out(entry.name) and kind_of(entry) != "folder"]

    def apps_below(self) -> list[str]:
        """Return the names of the apps in the folders of this one."""
        folders = [entry.name for entry in self.scan() if not names.left_out(entry.name) and kind_of(entry) == "folder"]
        apps = (f"{name}/{names.MAIN}" for name in folders[:_LOOKED_INTO])
        return [app for app in apps if (self.path / app).is_file()]

    def only_folder(self) -> str | None:
        """Return the name of the one folder in it, if there is nothing else that counts."""
        found = [entry for entry in self.scan() if not names.left_out(entry.name)]
        return found[0].name if len(found) == 1 and kind_of(found[0]) == "folder" else None

    def open_file(self, name: str) -> int:
        """Return a descriptor of what was a file when it was listed."""
        if self.descriptor is None:
            return os.open(self.path / name, _FILE)
        return os.open(name, _FILE, dir_fd=self.descriptor)


@contextmanager
def opened(path: Path, limits: Limits, *, follow: bool = False) -> Iterator[Place]:
    """Open the folder at `path`; whether it may be a link depends on `follow`, the way there may lead over links."""
    with _naming(path):
        descriptor = os.open(path, _FOLDER | (0 if follow else _NOFOLLOW)) if _FROM_DESCRIPTORS else None
        owner = (path.stat() if descriptor is None else os.fstat(descriptor)).st_uid
    with _closing(Place(path, descriptor, owner, limits)) as place:
        yield place


@contextmanager
def _closing(place: Place) -> Iterator[Place]:
    try:
        yield place
    finally:
        if place.descriptor is not None:
            os.close(place.descriptor)


def without_top(path: Path, limits: Limits) -> Path:
    """Return the folder below `path` that holds everything, if there is one and no app above; see the archives'."""
    for _ in range(names.DEPTH):
        with opened(path, limits) as top:
            inner = top.only_folder()
        if inner is None:
            break
        path = path / inner
    return path


def walk(top: Place) -> Iterator[Entry]:
    """Yield all that is in a folder, without looking into what is left out anyway."""
    return _walk(top, top, ())


def beside(top: Place, main: str) -> Iterator[Entry]:
    """Yield an app's file, the modules beside it, and what is in `templates/` and `static/`."""
    yield _entry(top, (main,), "file")  # as it was called: some systems list it in other letters
    for found in top.scan(lambda name: name in BESIDE or name.endswith(".py")):
        kind = kind_of(found)
        if found.name.endswith(".py"):
            if kind != "folder" and names.normal(found.name) != names.normal(main):
                yield _entry(top, (found.name,), kind)
        elif kind == "folder":
            with top.below(found.name) as place:
                yield from _walk(top, place, (found.name,))
        elif kind != "file":
            yield _entry(top, (found.name,), kind)  # a link, to be refused by name as in a folder


def single(top: Place, name: str) -> Entry:
    """Return one thing in a folder, which is not listed for it. Raises RefusedSubmission where it is not there."""
    with _naming(top.path / name):
        way = top.path / name if top.descriptor is None else name
        mode = os.stat(way, dir_fd=top.descriptor, follow_symlinks=False).st_mode
    return _entry(top, (name,), names.KINDS.get(stat.S_IFMT(mode), names.UNKNOWN))


def _walk(top: Place, place: Place, above: tuple[str, ...]) -> Iterator[Entry]:
    if len(above) > names.DEPTH:
        names.refuse_deep(names.short(str(place.path)))
    found = place.scan()
    environment = bool(above) and names.is_environment({entry.name for entry in found if kind_of(entry) == "file"})
    for inner in found:
        way, kind = (*above, inner.name), kind_of(inner)
        yield _entry(top, way, kind)
        if kind == "folder" and not environment and not names.left_out(inner.name):
            with place.below(inner.name) as below:
                yield from _walk(top, below, way)


def _entry(top: Place, way: tuple[str, ...], kind: str) -> Entry:
    where = names.short(str(top.path.joinpath(*way)))
    return Entry("/".join(way), where, kind, partial(_read_below, top, way, where))


def kind_of(entry: os.DirEntry[str]) -> str:
    """Return "file", "folder" or what it is instead."""
    if entry.is_symlink():
        return names.LINK
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    if entry.is_file(follow_symlinks=False):
        return "file"
    return names.KINDS.get(stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode), names.UNKNOWN)


def _read_below(top: Place, way: tuple[str, ...], where: str, left: int) -> bytes:
    """Read a file, each folder on the way to it opened anew: one that became a link meanwhile ends it."""
    with ExitStack() as stack:
        place = top
        for name in way[:-1]:
            place = stack.enter_context(place.below(name))
        with _naming(place.path / way[-1]):
            descriptor = place.open_file(way[-1])
        return _content(descriptor, where, left, ("a submission may have", top.limits.submission_bytes), top.owner)


def read_file(path: Path, most: int) -> bytes:
    """Return the bytes of an archive, read once. Raises RefusedSubmission if there are more than `most`."""
    with _naming(path):
        descriptor = os.open(path, _FILE)
    return _content(descriptor, str(path), most, ("an archive may have", most))


def _content(descriptor: int, where: str, left: int, bound: tuple[str, int], owner: int | None = None) -> bytes:
    """Return all bytes of a file, and close the descriptor.

    Raises RefusedSubmission if there are more than `left`; `bound` is what the message says of that.
    """
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise RefusedSubmission("this is not a plain file", where=where, help="submit plain files only")
        if status.st_nlink > 1 and owner not in (None, status.st_uid):
            # Somebody who links another's file into their folder has a grader with more rights read it to them, where
            # the system lets them (fs.protected_hardlinks is off). The files of one's own are often linked in honesty:
            # uv and conda install so, and programs that save space.
            raise RefusedSubmission(
                "this is a hard link to a file of another owner", where=where, help="submit a copy of it"
            )
        if status.st_size > left:
            contents.too_large(where, *bound, status.st_size)
        with open(descriptor, "rb", closefd=False) as file:
            content = file.read(status.st_size + 1)  # not `left`: Python sets that much memory aside
        if len(content) > status.st_size:
            raise RefusedSubmission("it grows while it is read", where=where, help="try again when it is at rest")
        return content
    except OSError as error:
        raise unreadable(error, where) from None
    finally:
        os.close(descriptor)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Name the file or folder that cannot be opened."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR) and path.is_symlink():
            names.refuse_kind(names.LINK, names.short(str(path)))
        raise unreadable(error, names.short(str(path))) from None


def unreadable(error: OSError, where: str) -> RefusedSubmission:
    """Return the RefusedSubmission for what the system does not let us read."""
    return RefusedSubmission(f"cannot be read: {words(error)}", where=where, help="check its permissions")


def words(error: Exception) -> str:
    """Return the words of an error, small as in the middle of a sentence."""
    return (getattr(error, "strerror", None) or str(error)).lower()
