"""Say which parts of a file no mistake is made in: nobody who grades could see it, or would want to."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from checkpoint.verify.mutants.roles import called, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.verify.mutants.source import Source

TOLD = ("print", "debug", "info", "warning", "error", "exception", "critical", "log")
# How an app is set up, and for how long a browser keeps something: nothing to be off by one in.
SETTINGS = (
    "max_age", "expires", "port", "host", "debug", "indent", "timeout", "import_name", "static_folder", "methods",
)  # fmt: skip
SECRETS = ("secret_key", "SECRET_KEY")


def without_noise(source: Source) -> Iterator[ast.AST]:
    """Yield the nodes of a file that a mistake can be made in, in the order in which they are written."""
    left_out: set[ast.AST] = set()
    for node in source.nodes:
        if node in left_out or _is_noise(source, node):
            left_out.update(ast.iter_child_nodes(node))
            # A text with values in it can be mistaken as a whole; Python 3.11 does not know where its parts are.
            if not isinstance(node, ast.JoinedStr) or node in left_out:
                continue
        yield node


def is_program(name: str) -> bool:
    """Say whether a Python file is part of an app, not a test of it."""
    *folders, file = name.split("/")
    return file.endswith(".py") and not file.startswith(("test_", "conftest")) and "tests" not in folders


def _is_noise(source: Source, node: ast.AST) -> bool:
    """Say whether a node, and all in it, is of no interest."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.JoinedStr():
            return True
        case ast.Expr(value=ast.Constant()):  # a docstring, or a text instead of a comment
            return True
        case ast.If(test=test):
            return any(dotted(inner) in ("__name__", "TYPE_CHECKING") for inner in ast.walk(test))
        case ast.Expr(value=ast.Call() as call):
            return _tells(call)
        case ast.Assign(targets=[target]):
            return dotted(target).startswith("__")
        case ast.Call() if called(node) == "Flask":
            return True
    match source.parent(node):
        case ast.keyword(arg=name):
            return name in SETTINGS
        case ast.arg(annotation=note) | ast.AnnAssign(annotation=note) if note is node:
            return True
        case ast.FunctionDef(returns=note) | ast.AsyncFunctionDef(returns=note) if note is node:
            return True
        case ast.Assign(targets=targets, value=value) if value is node:
            return any(secret in source.of(target) for target in targets for secret in SECRETS)
        case ast.Call() as call:
            return called(call) == "Blueprint" and node in call.args
    return False


def _tells(call: ast.Call) -> bool:
    """Say whether a call prints or logs something."""
    name = dotted(call.func)
    return name == "print" or (called(call) in TOLD and "log" in name)
