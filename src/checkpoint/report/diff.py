"""Draw the difference between two states of an app's files, as a unified diff."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from checkpoint.report import Style
from checkpoint.report.terminal import colored
from checkpoint.report.visible import escaped, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from checkpoint.report.rows import Role, Span

_LINES = re.compile(r"(?<=\n)")  # str.splitlines would split at form feeds, too
_ROLES: dict[str, Role] = {"+": "passed", "-": "failed", "@": "place"}
ORDERS = ":#_["  # one of which each order to a CI service has; harmless where none reads along
PATCH = f"{ORDERS}\t\r"
_NO_NEWLINE = r"\ No newline at end of file"  # as diff and git say it


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one state: texts by name, None for what is no text or was too large; `said` tells what state it is."""

    texts: Mapping[str, str | None]
    said: str


def render(old: Side, new: Side, style: Style = Style(), *, left: str = "") -> str:  # noqa: B008  # frozen
    """Return what has changed as text for a terminal, "" if nothing has.

    Lines are never folded or cut. What cannot be seen in them is escaped, tabs too, and so is what a CI service would
    act on, but for the characters that are `left` as they are: with PATCH, other programs can apply the diff of texts
    that have no other control characters.
    """
    names = sorted({*old.texts, *new.texts})

    def safe(text: str) -> str:
        return visible(text, unicode=style.unicode, escape=lambda one: one if one in left else escaped(one))

    return "".join(colored(line, style) + "\n" for name in names for line in _file(name, old, new, safe))


def unknown(old: Side, new: Side) -> list[str]:
    """Return the names of the files of which it cannot be told whether they have changed."""
    return sorted(
        name for name in {*old.texts, *new.texts} if None in (old.texts.get(name, ""), new.texts.get(name, ""))
    )


def empty(old: Side, new: Side) -> list[str]:
    """Return the names of the files that came, or went, and have nothing in them: no line tells of those."""
    return sorted(
        name for name in old.texts.keys() ^ new.texts.keys() if old.texts.get(name, new.texts.get(name)) == ""
    )


def _file(name: str, old: Side, new: Side, safe: Callable[[str], str]) -> Iterator[Span]:
    before, after = old.texts.get(name, ""), new.texts.get(name, "")
    if before is None or after is None:
        return
    found = unified_diff(_lines(before), _lines(after))
    for mark, side in (("---", old), ("+++", new)):
        if next(found, None) is None:
            return
        yield f"{mark} {safe(name)}\t{safe(side.said)}", "strong"
    for line in found:
        yield safe(line.removesuffix("\n")), _ROLES.get(line[0], "plain")
        if not line.endswith("\n"):
            yield _NO_NEWLINE, "quiet"


def _lines(text: str) -> list[str]:
    return [line for line in _LINES.split(text) if line]
