"""Go through a syntax tree fast: of each node only the fields that hold nodes, all of them read at once.

The functions of the `ast` module ask each node for each of its fields by name, which is most of what it takes to
look at a small file. What is left out here nobody asks for: contexts, operators and all that is no node.
"""

from __future__ import annotations

import ast
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# Fields that hold names, numbers, texts, contexts or operators. (A type alias has a node for a name.)
WITHOUT_NODES = {
    "arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "kwd_attrs", "level", "module", "name",
    "op", "ops", "rest", "simple", "str", "type_comment", "type_ignores",
}  # fmt: skip
LEAVES = (ast.Constant, ast.Global, ast.MatchSingleton, ast.Nonlocal)


class _Getters(dict[type, "Callable[[Any], Any] | None"]):
    """Know how to read the fields of each kind of node: all in a tuple, one alone as it is. None: it has none."""

    def __missing__(self, kind: type) -> Callable[[Any], Any] | None:
        fields: list[str] = []
        if issubclass(kind, ast.AST) and not issubclass(kind, LEAVES):
            left_out = WITHOUT_NODES - {"name"} if kind.__name__ == "TypeAlias" else WITHOUT_NODES
            fields = [field for field in kind._fields if field not in left_out]
        get = self[kind] = attrgetter(*fields) if fields else None
        return get


_GETTERS = _Getters()


def children(node: ast.AST) -> list[Any]:
    """Return the nodes right below one, in order; a None among them stands for one that was not written."""
    found: list[Any] = []
    get = _GETTERS[type(node)]
    if get is not None:
        parts = get(node)
        for part in parts if type(parts) is tuple else (parts,):
            if type(part) is list:
                found += part
            elif part is not None:
                found.append(part)
    return found


def walk(top: ast.AST) -> list[Any]:
    """Return a node and all below it, level by level; a None among them stands for one that was not written."""
    nodes: list[Any] = [top]
    for node in nodes:  # which become more meanwhile
        get = _GETTERS[type(node)]
        if get is not None:
            parts = get(node)
            for part in parts if type(parts) is tuple else (parts,):
                if type(part) is list:
                    nodes += part
                elif part is not None:
                    nodes.append(part)
    return nodes
