"""Decide where a proof goes: `--report FORMAT[=FILE]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from checkpoint.commands import output
from checkpoint.errors import WrongUsage
from checkpoint.verify.shown import FORMATS, is_proof, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checkpoint.verify.proof import Proof
    from checkpoint.verify.shown import Format

UNCUT_WIDTH = 1 << 20  # cells: of a finding on one line nothing is missing where no terminal ends that line
_LOOKED_AT = 1 << 20  # bytes of a file that is to be written over


class Target(NamedTuple):
    """A format and where it goes; `file` is None for standard output."""

    format: Format
    file: Path | None


def asked(reports: Iterable[str]) -> list[Target]:
    """Return the targets; the terminal's goes to standard output if nothing else does.

    Raises click.UsageError for what there is not, WrongUsage for a file that is there and is no proof.
    """
    targets = []
    for text in reports:
        name, equals, file = text.partition("=")
        known = next((format_ for format_ in FORMATS if format_ == name), None)
        if known is None:
            raise click.UsageError(f"--report {text}: the formats are {', '.join(FORMATS)}.")
        if equals and not file:
            raise click.UsageError(f"--report {text}: the file's name is missing behind `=`.")
        targets.append(Target(known, Path(file) if file else None))
    for target in targets:
        _refuse_precious(target.file)
    printed = [target.format for target in targets if target.file is None]
    if len(printed) > 1:
        raise click.UsageError(
            f"{' and '.join(printed)} cannot both go to standard output. Give one a file: --report {printed[1]}=FILE."
        )
    return targets if printed else [Target("terminal", None), *targets]


def send(proof: Proof, targets: Sequence[Target], verbosity: int) -> None:
    """Write the proof where it is wanted: files first, so that they are there when the words appear."""
    from checkpoint.report.files import write_atomically

    for target in targets:
        if target.file is not None:
            width = output.FILE_WIDTH if verbosity >= 0 else UNCUT_WIDTH
            write_atomically(target.file, render(target.format, proof, width=width, verbosity=verbosity), "the proof")
    for target in targets:
        if target.file is None:
            width = output.width() if sys.stdout.isatty() or verbosity >= 0 else UNCUT_WIDTH
            drawing = {"width": width, "color": output.color(), "unicode": output.unicode(sys.stdout)}
            text = render(target.format, proof, verbosity=verbosity, **drawing)
            output.write(text, drawn=target.format == "terminal")


def _refuse_precious(file: Path | None) -> None:
    """Refuse to write over what is no proof, and what could not be written, before anything takes its time."""
    if file is None:
        return
    from checkpoint.report.files import refuse_unwritable

    refuse_unwritable(file, "the proof")
    real = Path(os.path.realpath(file))
    if real.is_file():
        with real.open("rb") as opened:
            text = opened.read(_LOOKED_AT).decode("utf-8", "replace")
        if text.strip() and not is_proof(text):
            raise WrongUsage(
                "the proof would be written over this file, which is no proof",
                where=os.fspath(file),
                help="give it a name of its own, or remove that file",
            )
