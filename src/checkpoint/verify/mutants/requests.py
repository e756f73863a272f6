"""Mistakes with what a request brings: cookies, the session, forms and the query."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from checkpoint.verify.mutants.changes import Operator, change, misspelt, quoted, respelt, text_of
from checkpoint.verify.mutants.roles import argument, called, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.verify.mutants.changes import Change
    from checkpoint.verify.mutants.source import Source

CONVERSIONS = ("int", "float", "str", "bool", "list", "sorted", "set", "escape")
# Where a request's data is looked for instead.
ELSEWHERE = {
    "request.args": "request.form",
    "request.form": "request.args",
    "request.values": "request.form",
    "request.json": "request.form",
}
TEXTS = ("request.args", "request.cookies", "request.form", "request.headers", "request.values")
READERS = ("get", "getlist", "pop", "setdefault")


def drop_conversion(source: Source, node: ast.Call) -> Iterator[Change]:
    """Forget that a cookie or a form field is text."""
    name = dotted(node.func)
    if name in CONVERSIONS and len(node.args) == 1 and not node.keywords and not isinstance(node.args[0], ast.Starred):
        yield from change(f"There is no {name}(...) around the value.", source.unwrap(node, node.args[0]))


def first_character(source: Source, node: ast.Call) -> Iterator[Change]:
    """Make a number of a text's first character, which will do as long as there is no other."""
    match node:
        case ast.Call(func=ast.Name(id="int"), args=[read], keywords=[]) if _is_text(read):
            first = source.replace(read, f"{source.of(read)}[0]")
            yield from change("Only the first character is made a number.", first)


def no_default(source: Source, node: ast.Call) -> Iterator[Change]:
    """Forget that there may be nothing yet, so that get(...) gives None."""
    if called(node) == "get" and len(node.args) == 2 and isinstance(node.func, ast.Attribute):
        yield from change("get(...) has no default.", source.remove_argument(node, node.args[1]))


def subscript(source: Source, node: ast.Call) -> Iterator[Change]:
    """Forget that there may be nothing yet, so that [...] fails."""
    match node:
        case ast.Call(func=ast.Attribute(value=container, attr="get"), args=[key, *default], keywords=[]):
            if default or _is_request(container):
                yield from change(
                    "[...] is used instead of get(...): it fails when there is nothing yet.",
                    source.replace(node, f"{source.of(container)}[{source.of(key)}]"),
                )


def misspelt_key(source: Source, node: ast.Constant) -> Iterator[Change]:
    """Read or write something by another name than it has."""
    name = text_of(node)
    container = _keyed(source, node)
    if name and container is not None:
        where = source.of(container)
        # Those of headers and cookies that go out have words of their own.
        if where.endswith(".headers") and isinstance(container, ast.Attribute) and not _is_request(container):
            return
        yield from change(f"{name} is misspelt as {misspelt(name)} in {where}.", respelt(source, node, name))


def global_for_cookie(source: Source, node: ast.Call) -> Iterator[Change]:
    """Remember in a global what belongs in the cookie: all visitors share it, or each new one begins where it is."""
    name = text_of(argument(node, 0, "key"))
    value = argument(node, 1, "value")
    statement = source.parent(node)
    if called(node) != "set_cookie" or name is None or value is None or not isinstance(statement, ast.Expr):
        return
    reads = [
        (inner, container)
        for inner in source.nodes
        if text_of(inner) == name and (container := _keyed(source, inner)) and dotted(container) == "request.cookies"
    ]
    if not reads or any(source.is_within_text(container) for _, container in reads):
        return
    first = min([node, *(container for _, container in reads)], key=source.span)
    remembered = (
        source.insert_global(first, "remembered = {}"),
        source.insert_after(statement, f"remembered[{quoted(name)}] = {source.of(value)}"),
    )
    yield from change(
        f"A global remembers {name}, not the visitor's cookie.",
        *remembered,
        *(source.replace(container, "remembered") for _, container in reads),
    )
    defaults = [call.args[1] for key, _ in reads if isinstance(call := source.parent(key), ast.Call) and call.args[1:]]
    if defaults:
        yield from change(
            f"Without a cookie, {name} goes on from the visitor before, whom a global remembers.",
            *remembered,
            *(source.replace(each, f"remembered.get({quoted(name)}, {source.of(each)})") for each in defaults),
        )


def wrong_place(source: Source, node: ast.Attribute | ast.Call) -> Iterator[Change]:
    """Look for a request's data in another place than it is in."""
    where = "request.json" if called(node) == "get_json" else dotted(node)
    if where in ELSEWHERE and (isinstance(node, ast.Attribute) or dotted(node.func) == "request.get_json"):
        yield from change(
            f"{source.of(node)} is mistaken for {ELSEWHERE[where]}.", source.replace(node, ELSEWHERE[where])
        )


def _is_request(node: ast.expr) -> bool:
    name = dotted(node)
    return name == "session" or name.startswith("request.")


def _is_text(node: ast.expr) -> bool:
    """Say whether an expression reads a text of the request's that is there, or has a default."""
    match node:
        case ast.Subscript(value=container):
            return dotted(container) in TEXTS
        case ast.Call(func=ast.Attribute(value=container, attr="get"), args=[_, default]):
            return dotted(container) in TEXTS and bool(text_of(default))
    return False


def _keyed(source: Source, node: ast.AST) -> ast.expr | None:
    """Return what a text is a key of: request.cookies, in `request.cookies.get("a")` and `request.cookies["a"]`."""
    if not text_of(node):
        return None
    match source.parent(node):
        case ast.Subscript(value=container, slice=key) if key is node:
            return container
        case ast.Call(func=ast.Attribute(value=container, attr=attr), args=[key, *_]) as call if key is node:
            decorates = call in getattr(source.parent(call), "decorator_list", ())
            return container if attr in READERS and not decorates else None
        case ast.Compare(left=key, ops=[ast.In() | ast.NotIn()], comparators=[container]) if key is node:
            return container
    return None


OPERATORS = (
    Operator("drop-conversion", ast.Call, drop_conversion),
    Operator("first-character", ast.Call, first_character),
    Operator("no-default", ast.Call, no_default),
    Operator("subscript-for-get", ast.Call, subscript),
    Operator("misspelt-key", ast.Constant, misspelt_key),
    Operator("global-for-cookie", ast.Call, global_for_cookie),
    Operator("wrong-place", (ast.Attribute, ast.Call), wrong_place),
)
