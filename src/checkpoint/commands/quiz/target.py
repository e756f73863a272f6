"""Say where the record of a sitting goes: `--report json`, `--report json=FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import click

from checkpoint.commands import output
from checkpoint.report import files


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
    if target is not None and target.file is not None:
        files.refuse_unwritable(target.file)


def write(target: Target, record: dict[str, Any]) -> None:
    """Write the record where it goes."""
    from checkpoint.quiz.record import text

    if target.file is None:
        output.write(text(record), drawn=False)
    else:
        files.write_atomically(target.file, text(record))
