"""Decide where a proof goes: `--report FORMAT[=FILE]`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from checkpoint.commands import output, targets
from checkpoint.verify.shown import FORMATS, is_proof, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checkpoint.commands.targets import Target
    from checkpoint.verify.proof import Proof

UNCUT_WIDTH = 1 << 20  # cells: of a finding on one line nothing is missing where no terminal ends that line


def asked(reports: Iterable[str]) -> list[Target]:
    """Return the targets; the terminal's goes to standard output if nothing else does.

    Raises click.UsageError for what there is not, WrongUsage for a file that is there and is no proof, and for one that
    could not be written: before anything takes its time.
    """
    from checkpoint.report.files import refuse_unwritable

    wanted = targets.asked(reports, targets.Kind("proof", _known, is_proof))
    for target in wanted:
        if target.file is not None:
            refuse_unwritable(target.file, "the proof")
    return wanted


def _known(name: str) -> str:
    if name not in FORMATS:
        raise click.UsageError(f"--report {name}: the formats are {', '.join(FORMATS)}.")
    return name


def send(proof: Proof, wanted: Sequence[Target], verbosity: int) -> None:
    """Write the proof where it is wanted: files first, so that they are there when the words appear."""
    from checkpoint.report.files import write_atomically

    for target in wanted:
        if target.file is not None:
            width = output.FILE_WIDTH if verbosity >= 0 else UNCUT_WIDTH
            write_atomically(target.file, render(target.format, proof, width=width, verbosity=verbosity), "the proof")
    for target in wanted:
        if target.file is None:
            width = output.width() if sys.stdout.isatty() or verbosity >= 0 else UNCUT_WIDTH
            drawing = {"width": width, "color": output.color(), "unicode": output.unicode(sys.stdout)}
            text = render(target.format, proof, verbosity=verbosity, **drawing)
            output.write(text, drawn=target.format == "terminal")
