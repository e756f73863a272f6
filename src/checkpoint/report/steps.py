"""Draw the next commands: each on a line of its own that is never folded, so that it can be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.report.terminal import colored
from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkpoint.report import Style
    from checkpoint.report.rows import Role

Step = tuple[str, str]  # the words before a command, and the command as one would type it


def steps(wanted: Iterable[Step], style: Style, role: Role = "quiet") -> str:
    """Return a line for each step; `role` is that of the words before the command."""

    def line(words: str, command: str) -> str:
        words, command = visible(words, unicode=style.unicode), visible(command, unicode=style.unicode)
        return f"{colored((f'{words}: ', role), style)}{colored((command, 'place'), style)}\n"

    return "".join(line(*step) for step in wanted)
