"""Carry questions to learning platforms and back: the registry of formats, each in a file of its own.

A new format is one file with an `exported` function and one line in `FORMATS`. What a format cannot say is listed as
a `Loss`, never dropped in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from checkpoint.errors import CheckpointError
from checkpoint.quiz.exchange.loss import Export, Import, Loss, told

if TYPE_CHECKING:
    from checkpoint.quiz.question import Quiz

__all__ = ["FORMATS", "Export", "Format", "Import", "Loss", "export", "told"]


@dataclass(frozen=True, slots=True)
class Format:
    """Name the module whose `exported(quiz)` makes the file, and how such a file's name ends."""

    module: str
    suffix: str


FORMATS = {
    "gift": Format("checkpoint.quiz.exchange.gift", ".gift"),
    "moodle-xml": Format("checkpoint.quiz.exchange.moodle", ".xml"),
    "qti": Format("checkpoint.quiz.exchange.qti", ".zip"),
}


def export(quiz: Quiz, to: str) -> Export:
    """Return a quiz as a file in the format of that name, and what is lost on the way.

    Raises CheckpointError when there is no such format.
    """
    from importlib import import_module

    module = import_module((FORMATS.get(to) or _unknown(to)).module)
    exported: Export = module.exported(quiz)
    return exported


def _unknown(name: str) -> NoReturn:
    """Raise the CheckpointError that names the formats there are."""
    raise CheckpointError(
        f"there is no format {name!r} to export a quiz to", help=f"the formats are {', '.join(sorted(FORMATS))}"
    )
