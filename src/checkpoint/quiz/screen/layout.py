"""Lay pieces out as the lines of a terminal: wrapped by words, safe to show, and coloured if wanted."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.text import Text

from checkpoint.quiz.words import GAP
from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style

    from checkpoint.quiz.words import Piece, Role

_WIDEST = 100  # cells; prose is hard to follow over longer lines
_NARROWEST = 8  # cells of text beside its lead
_INDENT = "    "  # of code
RESET = "\x1b[m"

# The eight standard colours and attributes only (ECMA-48 SGR): they are readable on light and dark.
SGR: dict[Role, str] = {
    "plain": "",
    "strong": "\x1b[1m",
    "quiet": "\x1b[2m",
    "code": "",
    "right": "\x1b[32m",
    "wrong": "\x1b[31m",
    "unanswered": "\x1b[33m",
}
_TEMPLATES = ("<", "{%", "{{", "{#")


@dataclass(frozen=True, slots=True)
class Look:
    """Say how wide the lines may be, in cells, and what the terminal can show."""

    width: int
    color: bool
    unicode: bool


def lines(pieces: Iterable[Piece], look: Look) -> list[str]:
    """Return the lines of some pieces."""
    return [line for block in blocks([*pieces], look) for line in block]


def blocks(pieces: Sequence[Piece], look: Look) -> list[Sequence[str]]:
    """Return the lines of each piece; of several gaps in a row one is left."""
    return [
        [] if piece == before == GAP else laid_out(piece, look)
        for before, piece in zip([None, *pieces], pieces, strict=False)
    ]


@lru_cache(maxsize=256)  # a question is drawn each time that a key is pressed
def laid_out(piece: Piece, look: Look) -> Sequence[str]:
    """Return the lines of a piece, none wider than the look's width."""
    if piece.role == "code":
        return _code(piece.text, look)
    lead = visible(piece.lead, unicode=look.unicode)
    width = max(min(look.width, _WIDEST) - cell_len(lead), _NARROWEST)
    below = " " * cell_len(lead)
    wrapped = [line.plain for part in _safe(piece.text, look) for line in Text(part).wrap(_console(), width)]
    return [painted((below if number else lead) + line, piece.role, look) for number, line in enumerate(wrapped)]


def painted(line: str, role: Role, look: Look) -> str:
    """Return a line in the colour of its role."""
    line = line.rstrip(" ")
    return f"{SGR[role]}{line}{RESET}" if look.color and SGR[role] and line else line


def _safe(text: str, look: Look) -> list[str]:
    """Return the lines that a text has of itself, with everything in them made visible."""
    parts = text.expandtabs(4).removesuffix("\n").split("\n")
    return [visible(part, unicode=look.unicode) for part in parts]


def _code(text: str, look: Look) -> list[str]:
    """Return code with its indentation; what had to be folded is marked where it goes on."""
    safe = "\n".join(_safe(text, look))
    whole = _highlighted(safe) if look.color else Text(safe)
    more = "  ↪ " if look.unicode else "  > "
    return [
        ((more if number else _INDENT) + _ansi(part)).rstrip(" ")
        for line in whole.split("\n", allow_blank=True)
        for number, part in enumerate(line.wrap(_console(), max(look.width - len(_INDENT), _NARROWEST)))
    ]


def _ansi(line: Text) -> str:
    """Return a line with the codes of its styles."""
    return "".join(
        segment.style.render(segment.text, color_system=ColorSystem.STANDARD) if segment.style else segment.text
        for segment in line.render(_console())
    )


def _highlighted(code: str) -> Text:
    """Return code in colours; what is no template counts as Python."""
    from rich.style import Style
    from rich.syntax import ANSISyntaxTheme, Syntax

    styles: dict[tuple[str, ...], Style] = {
        ("Comment",): Style(dim=True),
        ("Keyword",): Style(color="magenta"),
        ("Operator", "Word"): Style(color="magenta"),
        ("Name", "Tag"): Style(color="magenta"),
        ("Name", "Decorator"): Style(color="cyan"),
        ("Name", "Function"): Style(bold=True),
        ("Name", "Class"): Style(bold=True),
        ("Literal", "String"): Style(color="green"),
        ("Literal", "Number"): Style(color="cyan"),
    }
    language = "html+jinja" if code.lstrip().startswith(_TEMPLATES) else "python"
    text = Syntax(code, language, theme=ANSISyntaxTheme(styles), word_wrap=True).highlight(code)
    text.rstrip()
    return text


@cache
def _console() -> Console:
    """Return what rich wants to have at hand while it wraps."""
    return Console(file=io.StringIO(), color_system=None, width=_WIDEST)
