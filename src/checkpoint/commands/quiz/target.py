"""Say where the record of a sitting goes: `--report json`, `--report json=FILE`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import click

from checkpoint.commands import output
from checkpoint.errors import CheckpointError


class Target(NamedTuple):
    """Where the record goes: to a file, or to standard output if that is None."""

    file: Path | None


def parse(text: str | None) -> Target | None:
    """Return what `--report` says; raises click.UsageError if there is no such format, or no file's name."""
    if text is None:
        return None
    name, equals, file = text.partition("=")
    if name != "json":
        raise click.UsageError(f"--report {text}: a quiz is reported as json, or json=FILE.")
    if equals and not file:
        raise click.UsageError(f"--report {text}: the file's name is missing behind `=`.")
    return Target(Path(file) if file else None)


def refuse_unwritable(target: Target | None) -> None:
    """Refuse a file that could not be written in the end, before anybody answers anything."""
    if target is None or target.file is None:
        return
    folder = target.file.parent
    if target.file.is_dir():
        raise CheckpointError("this is a folder", where=str(target.file), help="give the name of a file")
    if not folder.is_dir():
        raise CheckpointError(f"there is no folder {str(folder)!r}", where=str(target.file), help="make it first")
    if not os.access(folder, os.W_OK):
        raise CheckpointError(f"the folder {str(folder)!r} may not be written to", where=str(target.file))


def write(target: Target, record: dict[str, Any]) -> None:
    """Write the record where it goes."""
    from checkpoint.quiz.record import text
    from checkpoint.report.files import write_atomically

    if target.file is None:
        output.write(text(record), drawn=False)
    else:
        write_atomically(target.file, text(record))
