"""Draw the next commands: each on a line of its own that is never folded, so that it can be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.report.terminal import colored
from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkpoint.report import Style
    from checkpoint.report.rows import Role, Span

Step = tuple[str, str]  # the words before a command, and the command as one would type it


def steps(wanted: Iterable[Step], style: Style, role: Role = "quiet") -> str:
    """Return a line for each step; `role` is that of the words before the command."""
    lines: list[tuple[Span, Span]] = [
        ((f"{words}: ", role), (visible(command, unicode=style.unicode), "place")) for words, command in wanted
    ]
    return "".join("".join(colored(span, style) for span in line) + "\n" for line in lines)
