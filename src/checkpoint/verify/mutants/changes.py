"""What the operators are made of: a change to a source, the words for it, and how names are mistaken."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import UnionType

    from checkpoint.verify.mutants.source import Edit, Source


class Change(NamedTuple):
    """One mistake: what a beginner did, in words, and what that does to the text."""

    mistake: str
    edits: tuple[Edit, ...]


class Operator(NamedTuple):
    """One kind of mistake: its id, the nodes that it looks at, and what it makes of one."""

    id: str
    nodes: type[ast.AST] | tuple[type[ast.AST], ...] | UnionType
    changes: Callable[[Source, Any], Iterator[Change]]


def change(mistake: str, *edits: Edit | None) -> Iterator[Change]:
    """Yield a change, if all its edits could be made."""
    made = tuple(edit for edit in edits if edit is not None)
    if len(made) == len(edits):
        yield Change(mistake, made)


def text_of(node: ast.AST | None) -> str | None:
    """Return the text that a node is, if it is one."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def misspelt(name: str) -> str:
    """Return a name with a slip of the pen: its longest word lacks a letter, or a short name has one too many."""
    longest = max(re.finditer(r"[^\W\d_]+", name), key=lambda word: len(word[0]), default=None)
    if longest is None or len(longest[0]) < 3:
        return f"{name}s"
    index = longest.start() + len(longest[0]) // 2
    return name[:index] + name[index + 1 :]


def respelt(source: Source, node: ast.expr, name: str) -> Edit:
    """Return the edit that misspells the name which a node is."""
    return source.replace(node, quoted(misspelt(name)))


def quoted(text: str) -> str:
    """Return a text as Python source, in the quotes that formatters prefer."""
    return repr(text) if '"' in text or "\\" in repr(text) else f'"{text}"'
