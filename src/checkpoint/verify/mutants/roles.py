"""Say what Flask makes of a function: a hook, a view, an error handler."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from checkpoint.verify.mutants.source import Function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.verify.mutants.source import Source

BEFORE = ("before_request", "before_app_request")
AFTER = ("after_request", "after_app_request")
TEARDOWN = ("teardown_request", "teardown_app_request")
HOOKS = (*BEFORE, *AFTER, *TEARDOWN)
VERBS = ("get", "post", "put", "patch", "delete")
ROUTES = ("route", *VERBS)
ERRORS = ("errorhandler", "app_errorhandler", "register_error_handler")
RENDERERS = ("render_template", "render_template_string")


def dotted(node: ast.AST | None) -> str:
    """Return a name with its dots, such as "request.cookies.get"; "" if it is no such name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def called(node: ast.AST | None) -> str:
    """Return the last name of what is called: "set_cookie" of response.set_cookie(...); "" if nothing is."""
    if isinstance(node, ast.Call):
        return node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)
    return ""


def argument(call: ast.Call, index: int, name: str) -> ast.expr | None:
    """Return what a call is given in a place, or by a name."""
    if index < len(call.args):
        return call.args[index]
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def registering(decorator: ast.expr) -> str:
    """Return how Flask is told of a function by this decorator, such as "route"; "" if it is not."""
    inner = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = inner.attr if isinstance(inner, ast.Attribute) else ""
    wants_call = name in ROUTES or name in ERRORS
    return name if (wants_call and inner is not decorator) or (name in HOOKS and inner is decorator) else ""


def role(source: Source, function: Function | None) -> str:
    """Return what Flask makes of a function: "view", "error handler", "before_request hook" and so on, or ""."""
    if function is None:
        return ""
    names = [registering(decorator) for decorator in function.decorator_list]
    names += [how for name, how in _registered(source) if name == function.name]
    owner = source.parent(function)
    if isinstance(owner, ast.ClassDef):
        is_view = any(dotted(base).endswith("View") for base in owner.bases)
        names = ["route"] if is_view and function.name in (*VERBS, "dispatch_request") else []
    return next((_words(name) for name in names if name), "")


def with_role(source: Source, wanted: str) -> Iterator[Function]:
    """Yield the functions that have a role."""
    return (node for node in source.nodes if isinstance(node, Function) and role(source, node) == wanted)


@lru_cache(maxsize=1)  # asked for each function of one source after the other
def _registered(source: Source) -> tuple[tuple[str, str], ...]:
    """Return the functions that calls tell Flask of, each with how: app.before_request(f), add_url_rule(...)."""
    found = []
    for call in source.nodes:
        how = called(call)
        if isinstance(call, ast.Call) and (how in HOOKS or how in ("add_url_rule", "register_error_handler")):
            given = [*call.args, *(keyword.value for keyword in call.keywords)]
            found += [(value.id, how) for value in given if isinstance(value, ast.Name)]
    return tuple(found)


def _words(name: str) -> str:
    if name in HOOKS:
        return f"{name.replace('_app_', '_')} hook"
    return "error handler" if name in ERRORS else "view"
