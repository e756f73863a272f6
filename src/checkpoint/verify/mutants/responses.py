"""Mistakes with what a view or a hook answers: headers, cookies, status codes, JSON and rendered pages."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from checkpoint.verify.mutants.changes import Operator, change, misspelt, respelt, text_of
from checkpoint.verify.mutants.roles import ERRORS, RENDERERS, argument, called, role, with_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.verify.mutants.changes import Change
    from checkpoint.verify.mutants.source import Source

# Which status is taken for which.
MISTAKEN = {200: 201, 201: 200, 204: 200, 302: 301, 400: 404, 401: 403, 403: 401, 404: 400}
HEADER_CALLS = ("set", "add", "setdefault")


class Header(NamedTuple):
    """A header that is set: its name and where that stands, its value, and the statement that does it."""

    name: str
    named: ast.expr
    value: ast.expr
    statement: ast.stmt


def header_lost(source: Source, node: ast.stmt) -> Iterator[Change]:
    """Set no header."""
    if header := _header(node):
        yield from change(f"The header {header.name} is never set.", source.remove(header.statement))


def header_name(source: Source, node: ast.stmt) -> Iterator[Change]:
    """Misspell a header."""
    if header := _header(node):
        name = misspelt(header.name)
        yield from change(
            f"The header is named {name} instead of {header.name}.", respelt(source, header.named, header.name)
        )


def header_typed(source: Source, node: ast.stmt) -> Iterator[Change]:
    """Type a header's value in."""
    return _header_from(source, node, "is typed in", '"abc123"')


def header_anew(source: Source, node: ast.stmt) -> Iterator[Change]:
    """Make a header's value anew, instead of taking the one that is there."""
    return _header_from(source, node, "is made anew", _fresh(source))


def header_empty(source: Source, node: ast.stmt) -> Iterator[Change]:
    """Set a header without a value."""
    return _header_from(source, node, "is empty", '""')


def header_twice(source: Source, node: ast.stmt) -> Iterator[Change]:
    """Set a header twice."""
    header = _header(node)
    if header is not None:
        where = _headers_of(node)
        line = f"{source.of(where)}.add({source.of(header.named)}, {source.of(header.value)})"
        yield from change(f"The response has the header {header.name} twice.", source.insert_after(node, line))


def header_from_request(source: Source, node: ast.stmt) -> Iterator[Change]:
    """Send back what the browser has sent."""
    header = _header(node)
    if header and "request" in source.imported:
        read = f'request.headers.get("{header.name}", "none")'
        yield from _header_from(source, node, "comes from the request", read)


def header_in_view(source: Source, node: ast.stmt) -> Iterator[Change]:
    """Set a header in the view, so that no other response has it."""
    header = _header(node)
    hook = source.function(node)
    if header is None or hook is None or role(source, hook) != "after_request hook" or not hook.args.args:
        return
    # Only what knows nothing but the response can be said elsewhere.
    response = hook.args.args[0].arg
    stored = {inner.id for inner in ast.walk(hook) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}
    if {inner.id for inner in ast.walk(header.value) if isinstance(inner, ast.Name)} & {response, *stored}:
        return
    for view in with_role(source, "view"):
        match view.body[-1]:
            case ast.Return(value=ast.Name(id=name)) as last:
                line = re.sub(rf"^{response}\b", name, source.of(node))
                yield from change(
                    f"The view `{source.scope(view)}` sets {header.name}, not an after_request hook.",
                    source.remove(header.statement),
                    source.insert_before(last, line),
                )
                return


def cookie_lost(source: Source, node: ast.Call) -> Iterator[Change]:
    """Set no cookie."""
    statement = source.parent(node)
    if called(node) == "set_cookie" and isinstance(statement, ast.Expr):
        yield from change("The cookie is never set.", source.remove(statement))


def cookie_name(source: Source, node: ast.Call) -> Iterator[Change]:
    """Set a cookie by another name than it is read by."""
    if called(node) in ("set_cookie", "delete_cookie"):
        named = argument(node, 0, "key")
        if named is not None and (name := text_of(named)):
            yield from change(f"The cookie is named {misspelt(name)} instead of {name}.", respelt(source, named, name))


def cookie_constant(source: Source, node: ast.Call) -> Iterator[Change]:
    """Set a cookie to the same value each time."""
    value = argument(node, 1, "value") if called(node) == "set_cookie" else None
    if value is not None and not isinstance(value, ast.Constant):
        yield from change("The cookie has the same value each time.", source.replace(value, '"1"'))


def cookie_off_by_one(source: Source, node: ast.Call) -> Iterator[Change]:
    """Set a cookie to another number than the one that is shown."""
    value = argument(node, 1, "value") if called(node) == "set_cookie" else None
    match value:
        case ast.Call(func=ast.Name(id="str"), args=[ast.Name(id=name) as number]):
            yield from change(f"The cookie is one more than {name}.", source.replace(number, f"{name} + 1"))


def cookie_path(source: Source, node: ast.Call) -> Iterator[Change]:
    """Set a cookie that the browser does not send back to this page."""
    value = argument(node, 1, "value") if called(node) == "set_cookie" else None
    if value is not None and argument(node, 4, "path") is None:
        text = f'{source.of(value)}, path="/elsewhere"'
        yield from change("The cookie is for another path.", source.replace(value, text))


def wrong_status(source: Source, node: ast.Constant) -> Iterator[Change]:
    """Answer with another status."""
    code = node.value
    if isinstance(code, int) and is_status(source, node) and called(source.parent(node)) not in ERRORS:
        other = MISTAKEN.get(code, 200)
        yield from change(f"The status is {other} instead of {code}.", source.replace(node, str(other)))


def status_lost(source: Source, node: ast.Tuple) -> Iterator[Change]:
    """Return a body without its status."""
    if isinstance(source.parent(node), ast.Return) and len(node.elts) > 1 and role(source, source.function(node)):
        yield from change(
            "The response has no status of its own, so that is 200.", source.replace(node, source.of(node.elts[0]))
        )


def bare_text(source: Source, node: ast.Call) -> Iterator[Change]:
    """Take a text for a response: text has no headers and no cookies."""
    if called(node) == "make_response" and node.args:
        yield from change("There is no make_response(...) around the page.", source.unwrap(node, node.args[0]))


def plain_text(source: Source, node: ast.Call) -> Iterator[Change]:
    """Send a page as plain text, so that browsers show its tags."""
    page = _sent_page(source, node)
    if page is not None:
        text = f'{source.of(page)}, {{"Content-Type": "text/plain"}}'
        yield from change("The page is sent as plain text, not as HTML.", source.replace(page, text))


def page_as_json(source: Source, node: ast.Call) -> Iterator[Change]:
    """Send a page as JSON: one long text, in quotes."""
    page = _sent_page(source, node)
    if page is not None:
        yield from change(
            "The page is sent as JSON, not as HTML.",
            *([] if "jsonify" in source.imported else [source.insert_global(node, "from flask import jsonify")]),
            source.replace(page, f"jsonify({source.of(page)})"),
        )


def json_as_text(source: Source, node: ast.expr) -> Iterator[Change]:
    """Send a dict or a list as Python would print it, not as JSON."""
    match node:
        case ast.Call(args=[value], keywords=[]) if called(node) == "jsonify":
            yield from change("The response is text, not JSON.", source.replace(node, f"str({source.of(value)})"))
        case ast.Call(args=[], keywords=[_, *_]) if called(node) == "jsonify":
            inner = source.of(node).removeprefix(source.of(node.func))
            yield from change("The response is text, not JSON.", source.replace(node, f"str(dict{inner})"))
        case ast.Dict() | ast.List() if role(source, source.function(node)) == "view":
            parent = source.parent(node)
            returned = parent if isinstance(parent, ast.Return) else source.parent(parent) if parent else None
            first = not isinstance(parent, ast.Tuple) or parent.elts[0] is node
            if isinstance(returned, ast.Return) and isinstance(parent, (ast.Return, ast.Tuple)) and first:
                yield from change("The response is text, not JSON.", source.replace(node, f"str({source.of(node)})"))


def not_rendered(source: Source, node: ast.Call) -> Iterator[Change]:
    """Return a template as it is written."""
    if called(node) == "render_template_string" and node.args:
        yield from change("The template is sent as it is written, not rendered.", source.unwrap(node, node.args[0]))


def value_not_given(source: Source, node: ast.keyword) -> Iterator[Change]:
    """Forget to hand a value to a template."""
    call = source.parent(node)
    if isinstance(call, ast.Call) and called(call) in RENDERERS and node.arg:
        yield from change(f"The template is not given {node.arg}.", source.remove_argument(call, node))


def is_status(source: Source, node: ast.Constant) -> bool:
    """Say whether a number is the status of a response."""
    if not isinstance(node.value, int) or not 100 <= node.value <= 599:
        return False
    match source.parent(node):
        case ast.Tuple() as parent:
            return isinstance(source.parent(parent), ast.Return) and parent.elts[0] is not node
        case ast.Call() as call:
            return called(call) in (*ERRORS, "abort", "make_response", "redirect", "Response")
        case ast.keyword(arg="status" | "status_code" | "code"):
            return True
        case (
            ast.Assign(targets=[ast.Attribute(attr="status_code")])
            | ast.Compare(left=ast.Attribute(attr="status_code"))
        ):
            return True
    return False


def _sent_page(source: Source, node: ast.Call) -> ast.expr | None:
    """Return the page that a call makes a response of, or that it renders and a view returns."""
    if called(node) == "make_response" and len(node.args) == 1 and not node.keywords:
        return node.args[0]
    return node if called(node) in RENDERERS and isinstance(source.parent(node), ast.Return) else None


def _header_from(source: Source, node: ast.stmt, how: str, value: str) -> Iterator[Change]:
    """Yield a header whose value comes from elsewhere, unless it was typed in anyway."""
    header = _header(node)
    if header is not None and not isinstance(header.value, ast.Constant):
        yield from change(f"The value of {header.name} {how}.", source.replace(header.value, value))


def _header(node: ast.stmt) -> Header | None:
    """Return the header that a statement sets: response.headers[...] = ..., or response.headers.set(...)."""
    match node:
        case ast.Assign(targets=[ast.Subscript(value=ast.Attribute(attr="headers"), slice=named)], value=value):
            pass
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=ast.Attribute(attr="headers"), attr=attr), args=[named, value])
        ) if attr in HEADER_CALLS:
            pass
        case _:
            return None
    name = text_of(named)
    return Header(name, named, value, node) if name else None


def _headers_of(node: ast.stmt) -> ast.expr:
    """Return the headers that such a statement sets one of."""
    return next(inner for inner in ast.walk(node) if isinstance(inner, ast.Attribute) and inner.attr == "headers")


def _fresh(source: Source) -> str:
    """Return an expression whose value is another one each time, made of what the file imports where that will do."""
    names = source.imported
    if "uuid4" in names:
        return "uuid4().hex"
    return "uuid.uuid4().hex" if "uuid" in names else '__import__("uuid").uuid4().hex'


OPERATORS = (
    Operator("header-lost", ast.stmt, header_lost),
    Operator("header-name", ast.stmt, header_name),
    Operator("header-typed", ast.stmt, header_typed),
    Operator("header-anew", ast.stmt, header_anew),
    Operator("header-empty", ast.stmt, header_empty),
    Operator("header-twice", ast.stmt, header_twice),
    Operator("header-from-request", ast.stmt, header_from_request),
    Operator("header-in-view", ast.stmt, header_in_view),
    Operator("cookie-lost", ast.Call, cookie_lost),
    Operator("cookie-name", ast.Call, cookie_name),
    Operator("cookie-constant", ast.Call, cookie_constant),
    Operator("cookie-off-by-one", ast.Call, cookie_off_by_one),
    Operator("cookie-path", ast.Call, cookie_path),
    Operator("wrong-status", ast.Constant, wrong_status),
    Operator("status-lost", ast.Tuple, status_lost),
    Operator("bare-text", ast.Call, bare_text),
    Operator("plain-text", ast.Call, plain_text),
    Operator("page-as-json", ast.Call, page_as_json),
    Operator("json-as-text", ast.expr, json_as_text),
    Operator("not-rendered", ast.Call, not_rendered),
    Operator("value-not-given", ast.keyword, value_not_given),
)
