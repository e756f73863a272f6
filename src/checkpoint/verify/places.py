"""Say where things are as one would type it from here, so that a terminal or an editor can go there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def place(path: str | Path, line: int | None = None) -> str:
    """Return `path` or `path:line`, from the working directory on."""
    try:
        shown = os.path.relpath(path)
    except ValueError:  # on Windows it may lie on another drive
        shown = os.fspath(path)
    shown = shown.replace(os.sep, "/")
    return shown if line is None else f"{shown}:{line}"


def line_of(path: Path, text: str) -> int | None:
    """Return the first line of a file that has a text in it, None if there is none."""
    lines = path.read_text("utf-8", "replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), None)
