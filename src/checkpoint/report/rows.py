"""Hold the pieces that a drawn report is made of, before anyone knows how wide the terminal is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checkpoint.model import Status

# What a piece of text is, not how it looks: the terminal decides about colour. A status is a role too.
Role = Literal["plain", "strong", "quiet", "place"] | Status
Span = tuple[str, Role]


@dataclass(frozen=True, slots=True)
class Row:
    """Lay out one row of the report: `lead`, then `text`, and `right` at the right edge.

    Too long for the width, it is wrapped by words and goes on below `text`; with `cut` it stays on one
    line and ends in an ellipsis. The texts may hold anything: the terminal makes them safe.
    """

    text: tuple[Span, ...] = ()
    lead: tuple[Span, ...] = ()
    right: Span = ("", "plain")
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Name the few drawn characters, once for Unicode and once for ASCII."""

    marks: dict[Status, str]
    done: str
    left: str
    gutter: str
    ellipsis: str
    space: str


UNICODE = Glyphs(
    marks={"passed": "✓", "failed": "✗", "blocked": "○", "undecided": "?", "error": "!"},
    done="━",
    left="─",
    gutter="│",
    ellipsis="…",
    space="·",
)
ASCII = Glyphs(
    marks={"passed": "+", "failed": "x", "blocked": "o", "undecided": "?", "error": "!"},
    done="#",
    left="-",
    gutter="|",
    ellipsis="...",
    space="",
)

EMPTY = Row()


def line(text: str, role: Role = "plain", *, indent: int = 0) -> Row:
    """Return a row of one text, indented by so many cells."""
    return Row(text=((text, role),), lead=((" " * indent, "plain"),))


def quoted(text: str, gutter: str) -> Row:
    """Return a row of somebody else's words, marked so that none of them can pass for ours."""
    return Row(text=((text, "plain"),), lead=((f"{gutter} ", "quiet"),))


def paragraphs(text: str, gutter: str, *, indent: int = 0) -> list[Row]:
    """Return one row a line of `text`; those behind the first are quoted, for a value in it may have made them."""
    first, *rest = lines_of(text.strip("\r\n"))
    return [line(first, indent=indent), *(quoted(part, " " * indent + gutter) for part in rest)]


def lines_of(text: str) -> list[str]:
    """Split at line ends only: str.splitlines would also swallow form feeds and U+2028, which must show."""
    return text.replace("\r\n", "\n").expandtabs(4).removesuffix("\n").split("\n")
