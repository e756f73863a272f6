"""Mistakes with routes, endpoints, HTTP methods and class-based views."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from checkpoint.verify.mutants.changes import Operator, change, misspelt, quoted, respelt, text_of
from checkpoint.verify.mutants.roles import ERRORS, HOOKS, ROUTES, VERBS, argument, called, dotted, registering, role
from checkpoint.verify.mutants.source import NAMED, Edit, Function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.verify.mutants.changes import Change
    from checkpoint.verify.mutants.source import Source

CALLS = (*HOOKS, "add_url_rule", "register_error_handler", "register_blueprint")
CONVERTER = re.compile(r"<\w+(\([^)]*\))?:")


def lose_registration(source: Source, node: ast.expr) -> Iterator[Change]:
    """Write a hook, a view or an error handler, and never tell Flask of it."""
    parent = source.parent(node)
    if isinstance(parent, Function) and node in parent.decorator_list:
        if how := registering(node):
            yield from change(
                f"`{source.scope(parent)}` has no @...{how} above it.",
                source.remove_decorator(node),
            )
    elif isinstance(parent, ast.Expr) and called(node) in CALLS:
        yield from change(f"Nothing calls {called(node)}(...).", source.remove(parent))


def wrong_path(source: Source, node: ast.Call) -> Iterator[Change]:
    """Give a view another address."""
    if not _is_route(source, node):
        return
    first = argument(node, 0, "rule")
    path = text_of(first)
    if path is None or first is None:
        return
    other = _misspelt_path(path)
    yield from change(f"The address is {other} instead of {path}.", source.replace(first, quoted(other)))
    if CONVERTER.search(path):
        other = CONVERTER.sub("<", path)
        yield from change(
            f"The address is {other} instead of {path}: what is there stays text.", source.replace(first, quoted(other))
        )


def wrong_methods(source: Source, node: ast.keyword) -> Iterator[Change]:
    """Let a view answer other HTTP methods."""
    call = source.parent(node)
    if node.arg != "methods" or not isinstance(call, ast.Call):
        return
    yield from change("The route has no methods=...: it answers GET only.", source.remove_argument(call, node))
    methods = [text_of(item) for item in node.value.elts] if isinstance(node.value, (ast.List, ast.Tuple)) else []
    if len(methods) == 1:
        other = "POST" if methods == ["GET"] else "GET"
        yield from change(f"The route answers {other} only.", source.replace(node.value, f'["{other}"]'))
    for lost in methods if len(methods) > 1 else ():
        kept = ", ".join(quoted(method) for method in methods if method and method != lost)
        yield from change(f"The route does not answer {lost}.", source.replace(node.value, f"[{kept}]"))


def wrong_verb(source: Source, node: ast.Attribute) -> Iterator[Change]:
    """Let a view answer POST instead of GET, or the other way round: @app.get and @app.post."""
    call = source.parent(node)
    if node.attr in VERBS and isinstance(call, ast.Call) and call.func is node and _is_route(source, call):
        other = "post" if node.attr == "get" else "get"
        yield from change(
            f"The route answers {other.upper()} instead of {node.attr.upper()}.", source.rename(node, other)
        )


def lose_handler(source: Source, node: Function) -> Iterator[Change]:
    """Leave out a method of a class-based view."""
    if owner := _class_of(source, node):
        yield from change(f"{owner.name} has no method {node.name}.", source.remove(node))


def rename_handler(source: Source, node: Function) -> Iterator[Change]:
    """Name the method of a class-based view after another HTTP method."""
    owner = _class_of(source, node)
    other = "post" if node.name == "get" else "get"
    if owner is not None and not _defines(source, owner.name, other):
        yield from change(f"{owner.name} has a method {other} instead of {node.name}.", _renamed(source, node, other))


def add_handler(source: Source, node: Function) -> Iterator[Change]:
    """Let a class-based view answer one HTTP method more than it should."""
    owner = _class_of(source, node)
    for other in ("post", "put", "delete") if node.name == "get" else ("get",):
        if owner is not None and not _defines(source, owner.name, other):
            yield from change(
                f"{owner.name} answers {other.upper()} too.", source.insert_after(node, f"{other} = {node.name}")
            )
    is_only = owner is not None and node.name == "get" and not _defines(source, owner.name, "post")
    if owner is not None and is_only and "request" in source.imported:
        line = 'def post(self): return request.form["text"]'
        yield from change(f"{owner.name} answers POST too, if a form is sent.", source.insert_after(node, line))


def wrong_endpoint(source: Source, node: ast.Call) -> Iterator[Change]:
    """Give a view a name that url_for does not know, or ask url_for for one that no view has."""
    named: ast.expr | None = None
    if called(node) in ("as_view", "url_for"):
        named = argument(node, 0, "name")
    elif _is_route(source, node):
        named = argument(node, 1, "endpoint")
    if named is not None and (name := text_of(named)):
        who = "url_for asks for" if called(node) == "url_for" else "The view's endpoint is named"
        yield from change(f"{who} {misspelt(name)} instead of {name}.", respelt(source, named, name))


def plain_view(source: Source, node: ast.Call) -> Iterator[Change]:
    """Have one function serve the page instead of a class-based view."""
    keyword = source.parent(node)
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="as_view"), args=[named, *_]):
            if isinstance(keyword, ast.keyword) and keyword.arg == "view_func" and _defines(source, name, "get"):
                yield from change(
                    "A plain function serves the page, not a class-based view.",
                    source.replace(keyword, f"endpoint={source.of(named)}, view_func={name}().get"),
                )


def plain_class(source: Source, node: Function) -> Iterator[Change]:
    """Have a View serve the page, whose one method is for all HTTP methods, instead of a MethodView."""
    owner = _class_of(source, node)
    if owner is None or [verb for verb in VERBS if _defines(source, owner.name, verb)] != ["get"]:
        return
    for base in owner.bases:
        if dotted(base) == "MethodView":
            yield from change(
                f"{owner.name} is a View, not a MethodView.",
                source.insert_global(node, "from flask.views import View"),
                source.replace(base, "View"),
                _renamed(source, node, "dispatch_request"),
            )


def typed_address(source: Source, node: ast.Call) -> Iterator[Change]:
    """Type an address by hand."""
    if called(node) == "url_for":
        yield from change('The address is typed by hand, "/", not made by url_for.', source.replace(node, '"/"'))


def wrong_error(source: Source, node: ast.Call) -> Iterator[Change]:
    """Register an error handler for another error, or for one of many."""
    match node.args:
        case [ast.Name(id="HTTPException" | "Exception") | ast.Attribute(attr="HTTPException") as first, *_] if (
            called(node) in ERRORS
        ):
            yield from change("The error handler is for 404 only.", source.replace(first, "404"))
        case [ast.Constant(value=int(code)) as first, *_] if called(node) in ERRORS:
            other = 500 if code != 500 else 404
            yield from change(f"The error handler is for {other} instead of {code}.", source.replace(first, str(other)))


def first_path(source: Source) -> str:
    """Return the first address without variable parts that the file has a view for, or else "/"."""
    routes = (node for node in source.nodes if isinstance(node, ast.Call) and _is_route(source, node))
    paths = (text_of(argument(route, 0, "rule")) for route in routes)
    return next((path for path in paths if path and "<" not in path), "/")


def _renamed(source: Source, node: Function, name: str) -> Edit | None:
    """Return the edit that gives a function another name."""
    found = re.compile(rf"def\s+({node.name})").search(source.text, *source.span(node))
    return found and Edit(*found.span(1), name)


def _misspelt_path(path: str) -> str:
    """Return another address, whose variable parts are the same."""
    fixed, variable, rest = path.partition("<")
    return (misspelt(fixed) if fixed.strip("/") else f"{fixed}home{'/' if variable else ''}") + variable + rest


def _class_of(source: Source, node: Function) -> ast.ClassDef | None:
    """Return the class-based view that a function answers an HTTP method for."""
    owner = source.parent(node)
    return owner if isinstance(owner, ast.ClassDef) and node.name in VERBS and role(source, node) == "view" else None


def _is_route(source: Source, node: ast.Call) -> bool:
    """Say whether a call tells Flask of a route."""
    parent = source.parent(node)
    decorates = isinstance(parent, NAMED) and node in parent.decorator_list
    return called(node) == "add_url_rule" or (decorates and called(node) in ROUTES)


def _defines(source: Source, name: str, method: str) -> bool:
    """Say whether a class of this file defines a method."""
    classes = (node for node in source.nodes if isinstance(node, ast.ClassDef) and node.name == name)
    return any(isinstance(inner, Function) and inner.name == method for node in classes for inner in node.body)


OPERATORS = (
    Operator("registration-lost", ast.expr, lose_registration),
    Operator("wrong-path", ast.Call, wrong_path),
    Operator("wrong-methods", ast.keyword, wrong_methods),
    Operator("wrong-verb", ast.Attribute, wrong_verb),
    Operator("handler-lost", Function, lose_handler),
    Operator("handler-renamed", Function, rename_handler),
    Operator("handler-added", Function, add_handler),
    Operator("wrong-endpoint", ast.Call, wrong_endpoint),
    Operator("plain-view", ast.Call, plain_view),
    Operator("plain-class", Function, plain_class),
    Operator("typed-address", ast.Call, typed_address),
    Operator("wrong-error", ast.Call, wrong_error),
)
