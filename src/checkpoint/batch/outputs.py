"""Make what people look at from a gradebook, after a run as after a decision."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from checkpoint.batch import table
from checkpoint.report.files import write_atomically

if TYPE_CHECKING:
    from checkpoint.batch.gradebook import Gradebook

OVERVIEW = "index.html"


def write(book: Gradebook) -> None:
    """Write what is about the whole class into the out folder, and the reports that are due; raises CheckpointError."""
    from checkpoint.batch.overview.page import render  # Jinja2 takes its time, and nobody looks before the end
    from checkpoint.batch.overview.reading import read

    book.settle()
    table.write(book)
    with book.faults():
        page = render(read(book.connection, os.fspath(book.out)))
    write_atomically(book.out / OVERVIEW, page, "the overview")
