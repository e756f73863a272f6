"""Draw the difference between two states of an app's files, as a unified diff."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from checkpoint.report import Style
from checkpoint.report.terminal import colored
from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checkpoint.report.rows import Role, Span

_LINES = re.compile(r"(?<=\n)")  # str.splitlines would split at form feeds, too
_ROLES: dict[str, Role] = {"+": "passed", "-": "failed", "@": "place"}
_NO_NEWLINE = r"\ No newline at end of file"  # as diff and git say it


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one state: texts by name, None for what is no text or was too large; `said` tells what state it is."""

    texts: Mapping[str, str | None]
    said: str


def render(old: Side, new: Side, style: Style = Style()) -> str:  # noqa: B008  # frozen
    """Return what has changed as text for a terminal, "" if nothing has.

    Lines are never folded or cut, so that what is left of colours is a diff that other programs read.
    """
    names = sorted({*old.texts, *new.texts})
    return "".join(colored(line, style) + "\n" for name in names for line in _file(name, old, new, style))


def unknown(old: Side, new: Side) -> list[str]:
    """Return the names of the files of which it cannot be told whether they have changed."""
    return sorted(
        name for name in {*old.texts, *new.texts} if None in (old.texts.get(name, ""), new.texts.get(name, ""))
    )


def _file(name: str, old: Side, new: Side, style: Style) -> Iterator[Span]:
    before, after = old.texts.get(name, ""), new.texts.get(name, "")
    if before is None or after is None:
        return
    found = unified_diff(_lines(before), _lines(after))
    for mark, side in (("---", old), ("+++", new)):
        if next(found, None) is None:
            return
        yield f"{mark} {_safe(name, style)}\t{_safe(side.said, style)}", "strong"
    for line in found:
        yield _safe(line.removesuffix("\n"), style), _ROLES.get(line[0], "plain")
        if not line.endswith("\n"):
            yield _NO_NEWLINE, "quiet"


def _lines(text: str) -> list[str]:
    return [line for line in _LINES.split(text) if line]


def _safe(text: str, style: Style) -> str:
    return visible(text.expandtabs(4), unicode=style.unicode)
