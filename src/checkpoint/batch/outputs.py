"""Make what people look at from a gradebook, after a run as after a decision; reports are written with each result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.batch import table

if TYPE_CHECKING:
    from checkpoint.batch.gradebook import Gradebook


def write(book: Gradebook) -> None:
    """Write what is about the whole class into the out folder; raises CheckpointError when that cannot be done."""
    book.settle()
    table.write(book)
