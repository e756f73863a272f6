"""Look at a folder of submissions on the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from checkpoint.errors import WrongUsage
from checkpoint.intake import folder, handed, names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checkpoint.batch.find.found import Read
    from checkpoint.batch.find.layout import Candidate


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder in which submissions may lie; a layout.Place."""

    path: Path

    @property
    def shown(self) -> str:
        """Return its path."""
        return os.fspath(self.path)

    def things(self) -> Iterator[tuple[str, str]]:
        """Yield what lies in it. Raises WrongUsage if it cannot be listed."""
        try:
            with os.scandir(self.path) as entries:
                for entry in entries:
                    yield entry.name, _kind(entry)
        except OSError as error:
            raise WrongUsage(
                f"cannot be read: {folder.words(error)}", where=self.shown, help="check its permissions"
            ) from None

    def below(self, name: str) -> Folder:
        """Return a folder in it."""
        return Folder(self.path / name)

    def reader(self, candidate: Candidate) -> Read:
        """Return what reads a candidate in it."""
        if candidate.form == "files":
            return partial(handed.take_files, self.path, candidate.files, f"{self.shown}/{candidate.id}")
        path = self.path / next(iter(candidate.files))
        return partial(handed.take_folder if candidate.form == "folder" else handed.take_file, path)


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        return folder.kind_of(entry)
    except OSError:
        return names.UNKNOWN  # it is told when it is read
