"""Render a Report as one SVG picture of the terminal's drawing, for READMEs and course pages.

The picture needs nothing from outside: rich's own template would fetch its fonts over the network.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.segment import Segment, Segments
from rich.text import Text

from checkpoint.report import Style, terminal
from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checkpoint.model import Report

WIDTH = 80  # cells
ROWS = 1000  # more than anybody looks at in a picture
_TITLE_CHARACTERS = 60
_SPACES = re.compile("(^ +| {2,}| +$)")

# As rich.console.CONSOLE_SVG_FORMAT, with fonts that are already there and a title for screen readers.
_TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def render(report: Report, style: Style = Style()) -> str:  # noqa: B008  # frozen
    """Return the picture, 80 cells wide; `style` gives the hints and the verbosity.

    The same report gives the same bytes: the ids in it are a hash of what is drawn.
    """
    rows = terminal.render(report, replace(style, width=WIDTH, color=True, unicode=True)).split("\n")
    if len(rows) > ROWS:
        rows = [*rows[: ROWS // 2], "…", *rows[1 - ROWS // 2 :]]
    text = "\n".join(rows)
    title = visible(f"{report.checkpoint_title}: {report.submission_path}")
    if len(title) > _TITLE_CHARACTERS:
        title = title[: _TITLE_CHARACTERS - 1] + "…"
    # Both sizes are given, and both kinds of host denied: rich must not ask the terminal or the environment.
    console = Console(file=io.StringIO(), record=True, width=WIDTH, height=1, force_jupyter=False, legacy_windows=False)
    drawn = Text.from_ansi(text, no_wrap=True, overflow="ignore")
    console.print(Segments(_placed(console.render(drawn))), end="")
    svg = console.export_svg(
        title=title, code_format=_TEMPLATE, unique_id=f"checkpoint-{sha256(text.encode()).hexdigest()[:8]}"
    )
    return svg.replace("TITLE", escape(title), 1)


def _placed(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the segments with each wide character, and the spaces around a text, alone.

    export_svg gives a text as many cells as it has characters, so wide ones would be squeezed into half
    their place; and some viewers drop the spaces at a text's beginning. What is alone stands where it should.
    """
    for line in Segment.split_lines(segments):
        for text, style, _ in line:
            for part in _SPACES.split(text):
                pieces = [part] if cell_len(part) == len(part) else chop_cells(part, 2)
                yield from (Segment(piece, style) for piece in pieces)
        yield Segment.line()
