"""Read a Python file so that it can be changed by spans: all around a change stays as its author wrote it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
Argument = ast.expr | ast.keyword

# What needs no parentheses, wherever it is put.
ATOMS = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.Constant, ast.JoinedStr, ast.List, ast.Dict, ast.Set)
# Where something that is no atom needs them.
BINDING = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Attribute, ast.Subscript, ast.Await, ast.Starred)
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
SCOPE_CHARS = 40


class Edit(NamedTuple):
    """One replacement in a text: its characters from `start` to `end` give way to `text`."""

    start: int
    end: int
    text: str


class Source:
    """One Python file: its text, its tree, and the edits that turn one construct into another.

    Raises SyntaxError, ValueError, RecursionError or MemoryError if Python cannot read it.
    """

    def __init__(self, content: bytes) -> None:
        self.encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        self.text = content.decode(self.encoding)
        self.tree = ast.parse(self.text)
        self.newline = "\r\n" if "\r\n" in self.text else "\n"
        # Python's own lines: str.splitlines would also split at form feeds and the like.
        self._starts = [0, *(found.end() for found in re.finditer("\r\n|\r|\n", self.text))]
        self._parents = {child: parent for parent in ast.walk(self.tree) for child in ast.iter_child_nodes(parent)}

    # Reading

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node's text begins and ends, in characters; decorators do not belong to it."""
        place: ast.expr = node  # type: ignore[assignment]  # statements, expressions, arguments: all have these four
        return (
            self._offset(place.lineno, place.col_offset),
            self._offset(place.end_lineno or place.lineno, place.end_col_offset or 0),
        )

    def begin(self, statement: ast.stmt) -> int:
        """Return where a statement begins, its decorators with it."""
        decorators = statement.decorator_list if isinstance(statement, NAMED) else []
        if not decorators:
            return self.span(statement)[0]
        return self.text.rindex("@", 0, self.span(decorators[0])[0])

    def of(self, node: ast.AST) -> str:
        """Return a node's text."""
        start, end = self.span(node)
        return self.text[start:end]

    def parent(self, node: ast.AST) -> ast.AST | None:
        """Return the node that holds this one."""
        return self._parents.get(node)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield what holds a node, from the inside to the module."""
        while (parent := self._parents.get(node)) is not None:
            yield parent
            node = parent

    def is_within_text(self, node: ast.AST) -> bool:
        """Say whether a node stands in an f-string: Python 3.11 does not know where that is."""
        return any(isinstance(near, ast.JoinedStr) for near in self.ancestors(node))

    def function(self, node: ast.AST) -> Function | None:
        """Return the innermost function around a node."""
        return next((near for near in self.ancestors(node) if isinstance(near, Function)), None)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes, in the order in which they are written."""
        found, waiting = [], [cast("ast.AST", self.tree)]
        while waiting:
            found.append(waiting.pop())
            waiting.extend(reversed(list(ast.iter_child_nodes(found[-1]))))
        return tuple(found)

    @cached_property
    def imported(self) -> set[str]:
        """The names that the file imports."""
        imports = (node for node in self.nodes if isinstance(node, (ast.Import, ast.ImportFrom)))
        return {alias.asname or alias.name for node in imports for alias in node.names}

    def scope(self, node: ast.AST) -> str:
        """Return the name of what a node is part of, which stays when lines come or go elsewhere in the file.

        That is the qualified name of the function or class; outside of them it is the variable that is assigned or the
        function that is called, with the text that it is called with; else "module".
        """
        around = [node, *self.ancestors(node)]
        names = [near.name for near in around if isinstance(near, NAMED)]
        if names:
            return ".".join(reversed(names))
        match around[-2] if len(around) > 1 else None:
            case ast.Assign(targets=[target]) | ast.AnnAssign(target=target) | ast.AugAssign(target=target):
                return self.of(target)[:SCOPE_CHARS]
            case ast.Expr(value=ast.Call(func=func, args=args)):
                what = args[0].value if args and isinstance(args[0], ast.Constant) else None
                return self.of(func)[:SCOPE_CHARS] + (f"({what[:SCOPE_CHARS]})" if isinstance(what, str) else "")
        return "module"

    # Edits

    def replace(self, node: ast.AST, text: str) -> Edit:
        """Return the edit that puts `text` in a node's place."""
        return Edit(*self.span(node), text)

    def unwrap(self, node: ast.expr, inner: ast.expr) -> Edit:
        """Return the edit that leaves only `inner` of a node, in parentheses where it would fall apart."""
        text = self.of(inner)
        parent = self.parent(node)
        called = isinstance(parent, ast.Call) and parent.func is node
        loose = not isinstance(inner, ATOMS) and (isinstance(parent, BINDING) or called or "\n" in text)
        return self.replace(node, f"({text})" if loose else text)

    def between(self, left: ast.AST, right: ast.AST, old: str, new: str) -> Edit | None:
        """Return the edit that changes the operator between two operands, if it is found there."""
        start, end = self.span(left)[1], self.span(right)[0]
        found = re.search(r"\s+".join(map(re.escape, old.split())), self.text[start:end])
        return found and Edit(start + found.start(), start + found.end(), new)

    def rename(self, node: ast.Attribute, name: str) -> Edit:
        """Return the edit that gives an attribute another name."""
        _, end = self.span(node)
        return Edit(end - len(node.attr), end, name)

    def remove(self, statement: ast.stmt) -> Edit:
        """Return the edit that takes a statement away, with its decorators; a block of one keeps a `pass`."""
        start, end = self.begin(statement), self.span(statement)[1]
        line, after = self._line_start(start), self._line_end(end)
        whole = not self.text[line:start].strip() and re.fullmatch(r"[ \t\f]*(#.*)?", self.text[end:after])
        if not whole or len(self._block(statement)) == 1:
            return Edit(start, end, "pass")
        return Edit(line, self._next_line(after), "")

    def remove_decorator(self, decorator: ast.expr) -> Edit:
        """Return the edit that takes a decorator's line away."""
        start, end = self.span(decorator)
        return Edit(self._line_start(start), self._next_line(self._line_end(end)), "")

    def remove_argument(self, call: ast.Call | ast.ClassDef, argument: Argument) -> Edit:
        """Return the edit that takes an argument of a call away, and its comma."""
        given: list[Argument] = [*(call.args if isinstance(call, ast.Call) else call.bases), *call.keywords]
        given.sort(key=self.span)
        index = given.index(argument)
        start, end = self.span(argument)
        if index:
            return Edit(self.span(given[index - 1])[1], end, "")
        return Edit(start, self.span(given[1])[0] if len(given) > 1 else end, "")

    def insert_before(self, statement: ast.stmt, line: str) -> Edit:
        """Return the edit that puts a line of its own before a statement."""
        start = self.begin(statement)
        indent = self.text[self._line_start(start) : start]
        return Edit(start, start, f"{line}; " if indent.strip() else line + self.newline + indent)

    def insert_after(self, statement: ast.stmt, line: str) -> Edit:
        """Return the edit that puts a line of its own after a statement."""
        start, end = self.begin(statement), self.span(statement)[1]
        indent = self.text[self._line_start(start) : start]
        if indent.strip():
            return Edit(end, end, f"; {line}")
        after = self._line_end(end)
        return Edit(after, after, self.newline + indent + line)

    def insert_first(self, function: Function, line: str) -> Edit:
        """Return the edit that puts a line at the beginning of a function, behind its docstring."""
        body = function.body
        if ast.get_docstring(function, clean=False) is None:
            return self.insert_before(body[0], line)
        return self.insert_before(body[1], line) if len(body) > 1 else self.insert_after(body[0], line)

    def insert_global(self, node: ast.AST, line: str) -> Edit:
        """Return the edit that puts a line into the module, before the statement that a node is part of."""
        around = {node, *self.ancestors(node)}
        return self.insert_before(next(top for top in self.tree.body if top in around), line)

    # Places

    def _offset(self, line: int, column: int) -> int:
        """Return where a place of the tree lies in the text: its columns count bytes of UTF-8."""
        start = self._starts[line - 1]
        # A character has at least one byte, so no more than that many are needed.
        near = self.text[start : start + column]
        return start + (column if near.isascii() else len(near.encode()[:column].decode()))

    def _line_start(self, offset: int) -> int:
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def _line_end(self, offset: int) -> int:
        found = re.compile("[\r\n]").search(self.text, offset)
        return found.start() if found else len(self.text)

    def _next_line(self, line_end: int) -> int:
        found = re.compile("\r\n|\r|\n").match(self.text, line_end)
        return found.end() if found else line_end

    def _block(self, statement: ast.stmt) -> list[ast.stmt]:
        """Return the statements among which one stands."""
        blocks = (block for _, block in ast.iter_fields(self._parents[statement]) if isinstance(block, list))
        return next(block for block in blocks if statement in block)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return a text after its edits, none of which overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
