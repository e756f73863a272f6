"""Look at an archive of submissions, of which only the table of contents is held in memory.

A zip or a plain tar is read where a submission lies in it when that is taken. A tar.gz has no such places: it is
unpacked into memory, and one of more than archive.UNPACKED_BYTES is refused. Nothing is ever unpacked to a disk.
"""

from __future__ import annotations

import os
from array import array
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from checkpoint.errors import RefusedSubmission, WrongUsage
from checkpoint.intake import archive, folder, handed, names
from checkpoint.intake.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from checkpoint.batch.find.found import Read
    from checkpoint.batch.find.layout import Candidate
    from checkpoint.intake import tars, zips
    from checkpoint.intake.names import Entry
    from checkpoint.model import Limits, Submission


@dataclass(slots=True)
class _Thing:
    """Hold what lies under one name at the top: its kind, and the places of its entries in the table of contents."""

    kind: str
    places: array[int]


@dataclass(frozen=True, slots=True)
class Packed:
    """A folder in an archive in which submissions may lie; a layout.Place.

    `above` are the folders that were stepped into.
    """

    table: zips.Table | tars.Table
    shown: str
    above: int
    found: dict[str, _Thing]

    def things(self) -> Iterator[tuple[str, str]]:
        """Yield what lies in it."""
        return ((name, thing.kind) for name, thing in self.found.items())

    def below(self, name: str) -> Packed:
        """Return a folder in it."""
        places = self.found[name].places
        above = self.above + 1
        entries = ((place, self.table.entry(place)) for place in places)
        return Packed(self.table, f"{self.shown}/{name}", above, _things(entries, above))

    def reader(self, candidate: Candidate) -> Read:
        """Return what reads a candidate in it."""
        if candidate.form == "files":
            return partial(self._files, candidate)
        name = next(iter(candidate.files))
        return partial(self._folder if candidate.form == "folder" else self._file, name)

    def _folder(self, name: str, limits: Limits) -> Submission:
        return handed.take_entries(self._entries(name), f"{self.shown}/{name}", limits)

    def _file(self, name: str, limits: Limits) -> Submission:
        shown = f"{self.shown}/{name}"
        entries = list(self._all(name))
        if name.endswith(".py") or len(entries) > 1:
            return handed.take_entries((replace(entry, name=name) for entry in entries), shown, limits)
        return handed.take_packed(entries[0], shown, limits)

    def _files(self, candidate: Candidate, limits: Limits) -> Submission:
        entries = (
            replace(entry, name=original) for name, original in candidate.files.items() for entry in self._all(name)
        )
        return handed.take_entries(entries, f"{self.shown}/{candidate.id}", limits)

    def _entries(self, name: str) -> Iterator[Entry]:
        """Yield what is in a folder, by names that begin in it."""
        for entry in self._all(name):
            _, inner = _split(entry.name, self.above)
            if inner or entry.kind != "folder":
                yield replace(entry, name=inner)

    def _all(self, name: str) -> Iterator[Entry]:
        """Yield all under one name. Raises RefusedSubmission for names that lead anywhere else."""
        for place in self.found[name].places:
            entry = self.table.entry(place)
            names.parts(entry)
            yield entry


def opened(path: Path) -> Packed:
    """Return what is in the archive at `path`. Raises WrongUsage if it cannot be read, or is none."""
    shown = os.fspath(path)
    try:
        table = archive.table(Window(path), shown)
        return Packed(table, shown, 0, _things(table, 0))
    except RefusedSubmission as error:
        raise _unusable(error) from None
    except OSError as error:
        raise WrongUsage(f"cannot be read: {folder.words(error)}", where=shown, help="check its permissions") from None


def _unusable(error: RefusedSubmission) -> WrongUsage:
    help = "unpack it yourself and name the folder" + (f", or {error.help}" if error.help else "")
    return WrongUsage(error.message, where=error.where, help=help)


def _things(entries: Iterable[tuple[int, Entry]], above: int) -> dict[str, _Thing]:
    """Return what lies at the top, or `above` folders below it, with the places of all that is in it."""
    found: dict[str, _Thing] = {}
    for place, entry in entries:
        name, inner = _split(entry.name, above)
        if not name and not inner:
            continue  # the top itself, `./`
        if name not in found:
            found[name] = _Thing(entry.kind, array("Q"))
        thing = found[name]
        if inner or entry.kind == "folder":
            thing.kind = "folder"
        thing.places.append(place)
    return found


def _split(name: str, above: int) -> tuple[str, str]:
    """Return the part of a name behind those `above`, and all that is behind that; neither is looked at here.

    What has no such part, as an absolute name has none at its beginning, has it empty.
    """
    rest = name
    part = ""
    for _ in range(above + 1):
        part, _, rest = rest.partition("/")
        while part == "." and rest:
            part, _, rest = rest.partition("/")
    return ("" if part == "." else part), rest
