"""Mistakes with hooks, with what they return, and with g."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from checkpoint.verify.mutants.changes import Operator, change, misspelt, quoted
from checkpoint.verify.mutants.roles import AFTER, BEFORE, TEARDOWN, called, dotted, role, with_role
from checkpoint.verify.mutants.routes import first_path
from checkpoint.verify.mutants.source import Function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.verify.mutants.changes import Change
    from checkpoint.verify.mutants.source import Source

# What each hook is taken for.
MISTAKEN = {
    "before_request": AFTER[:1],
    "after_request": (*BEFORE[:1], *TEARDOWN[:1]),
    "teardown_request": AFTER[:1],
    # Those of a blueprint: for its own views only, or for all.
    "before_app_request": BEFORE[:1],
    "after_app_request": AFTER[:1],
    "teardown_app_request": TEARDOWN[:1],
}
# What gives another value each time it is called.
FRESH = ("uuid1", "uuid4", "token_bytes", "token_hex", "token_urlsafe")


def drop_return(source: Source, node: ast.Return) -> Iterator[Change]:
    """Work out what a hook or a view is to return, and not return it."""
    what = _told_of(source, node)
    if what and node.value is not None and not _is_none(node.value):
        start, _ = source.span(node)
        value = source.text[start : source.span(node)[1]].removeprefix("return").lstrip()
        yield from change(f"The {what} returns nothing.", source.replace(node, value))


def swap_hook(source: Source, node: ast.Attribute) -> Iterator[Change]:
    """Register a hook as one of another kind."""
    parent = source.parent(node)
    decorates = isinstance(parent, Function) and node in parent.decorator_list
    calls = isinstance(parent, ast.Call) and parent.func is node and bool(parent.args)
    if decorates or calls:
        for other in MISTAKEN.get(node.attr, ()):
            yield from change(f"{other} is used instead of {node.attr}.", source.rename(node, other))


def hook_answers(source: Source, node: Function) -> Iterator[Change]:
    """Return something from a before_request hook, which then is the whole response."""
    if role(source, node) != "before_request hook":
        return
    last = node.body[-1]
    answer = 'return "ok"'
    edit = source.replace(last, answer) if isinstance(last, ast.Return) else source.insert_after(last, answer)
    yield from change(f"The before_request hook `{node.name}` returns something: it is sent instead of the page.", edit)


def early_return(source: Source, node: Function) -> Iterator[Change]:
    """Return nothing from an after_request hook where it has nothing to do."""
    if role(source, node) != "after_request hook" or not node.args.args:
        return
    who = f"The after_request hook `{source.scope(node)}` returns nothing"
    response = node.args.args[0].arg
    conditions = [(f"{response}.status_code != 200", "if the status is not 200")]
    if "request" in source.imported:
        path = first_path(source)
        conditions.append((f"request.path != {quoted(path)}", f"if the path is not {path}"))
    for condition, words in conditions:
        yield from change(f"{who} {words}.", source.insert_first(node, f"if {condition}: return"))


def g_lost(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    """Put nothing on g."""
    if kept := _on_g(node):
        yield from change(f"g.{kept.attr} is never set.", source.remove(node))


def g_in_view(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    """Put something on g only when the view runs, without a hook for it."""
    return _set_later(source, node, "view", _whole_hook(source, node))


def g_in_after_hook(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    """Put something on g only when the view is over, and leave a hook that does nothing."""
    return _set_later(source, node, "after_request hook", node)


def g_typed(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    """Put the same on g for every request, typed in."""
    kept = _on_g(node)
    if kept is not None and node.value is not None and not isinstance(node.value, ast.Constant):
        yield from change(f"The value of g.{kept.attr} is typed in.", source.replace(node.value, '"abc123"'))


def g_made_once(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    """Put on g what was made when the file was loaded, so that all requests get the same."""
    kept = _on_g(node)
    function = source.function(node)
    if kept is None or function is None or node.value is None or _is_own(node.value, function):
        return
    if any(isinstance(inner, ast.Call) for inner in ast.walk(node.value)):
        yield from change(
            f"The value of g.{kept.attr} is made once, when the file is loaded.",
            source.insert_global(node, f"made_once = {source.of(node.value)}"),
            source.replace(node.value, "made_once"),
        )


def g_of_few(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    """Put on g one of a few values in turn, where each request is to have another one."""
    kept = _on_g(node)
    function = source.function(node)
    if kept is None or function is None or node.value is None or _is_own(node.value, function):
        return
    if any(called(inner) in FRESH for inner in ast.walk(node.value)):
        few = ", ".join([source.of(node.value)] * 3)
        yield from change(
            f"g.{kept.attr} has one of three values in turn.",
            source.insert_global(node, f"only_three = [{few}]"),
            source.insert_before(node, "only_three.append(only_three.pop(0))"),
            source.replace(node.value, "only_three[-1]"),
        )


def g_global(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    """Keep in a global, which all requests share, what belongs on g."""
    kept = _on_g(node)
    places = _all_of(source, kept)
    if kept is None or not places:
        return
    taken = {inner.id for inner in source.nodes if isinstance(inner, ast.Name)}
    taken |= {inner.arg for inner in source.nodes if isinstance(inner, ast.arg)}
    name = f"current_{kept.attr}" if kept.attr in taken else kept.attr
    setting = {source.function(inner): None for inner in places if isinstance(inner.ctx, ast.Store)}
    yield from change(
        f"A global takes the place of g.{kept.attr}: all requests share it.",
        *(source.insert_first(function, f"global {name}") for function in setting if function is not None),
        *(source.replace(inner, name) for inner in places),
    )


def g_elsewhere(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    """Keep on the request, or in the session, what belongs on g."""
    kept = _on_g(node)
    places = _all_of(source, kept)
    if kept is None or not places:
        return
    for name, instead in (("request", f"request.{kept.attr}"), ("session", f'session["{kept.attr}"]')):
        if name in source.imported:
            yield from change(
                f"{instead} takes the place of g.{kept.attr}.", *(source.replace(inner, instead) for inner in places)
            )


def g_in_session(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    """Keep in the session what belongs on g, in an app that has had no session so far."""
    kept = _on_g(node)
    places = _all_of(source, kept)
    assigned = (each for each in source.tree.body if isinstance(each, ast.Assign))
    app = next((each for each in assigned if called(each.value) == "Flask"), None)
    if kept is None or not places or app is None or "session" in source.text or "secret_key" in source.text.lower():
        return
    instead = f'session["{kept.attr}"]'
    yield from change(
        f"{instead} takes the place of g.{kept.attr}.",
        source.insert_before(app, "from flask import session"),
        source.insert_after(app, f'{source.of(app.targets[0])}.secret_key = "secret"'),
        *(source.replace(inner, instead) for inner in places),
    )


def g_misspelt(source: Source, node: ast.Attribute) -> Iterator[Change]:
    """Read something else from g than what was put there."""
    if _is_g(node, node.attr) and isinstance(node.ctx, ast.Load):
        name = misspelt(node.attr)
        yield from change(f"g.{node.attr} is read as g.{name}.", source.rename(node, name))


def _set_later(source: Source, node: ast.Assign | ast.AnnAssign, what: str, gone: ast.stmt) -> Iterator[Change]:
    """Move what sets something on g from its before_request hook to a function of another role, if there is one.

    What is `gone` from where it was is the statement itself, or more.
    """
    kept = _on_g(node)
    function = source.function(node)
    if kept is None or function is None or node.value is None or _is_own(node.value, function):
        return
    if role(source, function) != "before_request hook":
        return
    others = list(with_role(source, what))
    # Where it is read, or else where the first one of its kind begins.
    reads = [other for other in others if any(_reads_g(inner, kept.attr) for inner in ast.walk(other))]
    for other in (reads or others)[:1]:
        yield from change(
            f"g.{kept.attr} is set in the {what} `{source.scope(other)}`, not in a before_request hook.",
            source.remove(gone),
            source.insert_first(other, source.of(node)),
        )


def _whole_hook(source: Source, node: ast.stmt) -> ast.stmt:
    """Return the hook around a statement if it does nothing else and nobody calls it by name; else the statement."""
    hook = source.function(node)
    if hook is None or not hook.decorator_list:
        return node
    alone = hook.body[-1] is node and len(hook.body) == (1 if ast.get_docstring(hook) is None else 2)
    called_by = any(isinstance(inner, ast.Name) and inner.id == hook.name for inner in source.nodes)
    return hook if alone and not called_by else node


def _told_of(source: Source, node: ast.Return) -> str:
    """Return what the function around a return is, for the words, if Flask calls it."""
    function = source.function(node)
    what = role(source, function)
    return f"{what} `{source.scope(function)}`" if function is not None and what else ""


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_g(node: ast.Attribute, name: str) -> bool:
    return dotted(node) == f"g.{name}"


def _on_g(node: ast.Assign | ast.AnnAssign) -> ast.Attribute | None:
    """Return what an assignment puts on g."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    match targets:
        case [ast.Attribute(value=ast.Name(id="g")) as target] if node.value is not None:
            return target
    return None


def _all_of(source: Source, kept: ast.Attribute | None) -> list[ast.Attribute]:
    """Return all places of what an assignment puts on g, if none before it does so too, and all can be changed."""
    if kept is None:
        return []
    places = [inner for inner in source.nodes if isinstance(inner, ast.Attribute) and _is_g(inner, kept.attr)]
    first = next(inner for inner in places if isinstance(inner.ctx, ast.Store))
    return places if first is kept and not any(map(source.is_within_text, places)) else []


def _reads_g(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and _is_g(node, name)


def _is_own(value: ast.expr, function: Function) -> bool:
    """Say whether a value is made of what only this function has, so that it cannot be worked out elsewhere."""
    own = {inner.arg for inner in ast.walk(function.args) if isinstance(inner, ast.arg)}
    own |= {
        inner.id for inner in ast.walk(function) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
    }
    return any(isinstance(inner, ast.Name) and inner.id in own for inner in ast.walk(value))


OPERATORS = (
    Operator("drop-return", ast.Return, drop_return),
    Operator("swap-hook", ast.Attribute, swap_hook),
    Operator("hook-answers", Function, hook_answers),
    Operator("early-return", Function, early_return),
    Operator("g-lost", (ast.Assign, ast.AnnAssign), g_lost),
    Operator("g-in-view", (ast.Assign, ast.AnnAssign), g_in_view),
    Operator("g-in-after-hook", (ast.Assign, ast.AnnAssign), g_in_after_hook),
    Operator("g-typed", (ast.Assign, ast.AnnAssign), g_typed),
    Operator("g-made-once", (ast.Assign, ast.AnnAssign), g_made_once),
    Operator("g-of-few", (ast.Assign, ast.AnnAssign), g_of_few),
    Operator("g-global", (ast.Assign, ast.AnnAssign), g_global),
    Operator("g-elsewhere", (ast.Assign, ast.AnnAssign), g_elsewhere),
    Operator("g-in-session", (ast.Assign, ast.AnnAssign), g_in_session),
    Operator("g-misspelt", ast.Attribute, g_misspelt),
)
