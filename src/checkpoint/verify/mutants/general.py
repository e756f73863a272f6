"""Mistakes that are not Flask's: off by one, a turned comparison, a lost statement and the like.

These are the operators of mutmut and cosmic-ray, as far as they fit. Neither can be used as a library here: both change
trees of another parser (libcst, parso), not spans, and bring a terminal interface and coverage, or a database and git.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from checkpoint.verify.mutants.changes import Operator, change, quoted, text_of
from checkpoint.verify.mutants.responses import is_status
from checkpoint.verify.mutants.roles import RENDERERS, called, registering, role
from checkpoint.verify.mutants.source import NAMED
from checkpoint.verify.mutants.templates import is_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.verify.mutants.changes import Change
    from checkpoint.verify.mutants.source import Source

ARITHMETIC = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "/"),
    ast.Pow: ("**", "*"),
}
COMPARISONS = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
TEXT_METHODS = ("strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "casefold")
# What gives the same either way, or is not called at all if it is wrong.
ANY_ORDER = ("max", "min", "Blueprint", "add_url_rule", "register_error_handler")
TEXT_CHARS = 30


def off_by_one(source: Source, node: ast.Constant) -> Iterator[Change]:
    """Count one too many or too few; a number that is written as text counts as well."""
    value = node.value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and not is_status(source, node):
        for other in (value + 1, value - 1):
            yield from change(f"{other} is there instead of {value}.", source.replace(node, repr(other)))
    elif isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        more = str(int(value) + 1)
        yield from change(f"{more} is there instead of {value}.", source.replace(node, quoted(more)))


def swap_arithmetic(source: Source, node: ast.BinOp) -> Iterator[Change]:
    """Take one arithmetic operator for another; texts are only ever joined."""
    if type(node.op) in ARITHMETIC and not _joins(node):
        old, new = ARITHMETIC[type(node.op)]
        yield from change(f"{old} is mistaken for {new}.", source.between(node.left, node.right, old, new))


def swap_augmented(source: Source, node: ast.AugAssign) -> Iterator[Change]:
    """Take += for -=, or for =."""
    if type(node.op) in ARITHMETIC:
        old, new = ARITHMETIC[type(node.op)]
        for other in (f"{new}=", "="):
            yield from change(
                f"{old}= is mistaken for {other}.", source.between(node.target, node.value, f"{old}=", other)
            )


def swap_comparison(source: Source, node: ast.Compare) -> Iterator[Change]:
    """Turn a comparison round, or leave its border out."""
    sides = [node.left, *node.comparators]
    for left, right, comparison in zip(sides, sides[1:], node.ops, strict=False):
        old, new = COMPARISONS[type(comparison)]
        yield from change(f"{old} is mistaken for {new}.", source.between(left, right, old, new))


def swap_logic(source: Source, node: ast.BoolOp) -> Iterator[Change]:
    """Take `and` for `or`."""
    old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    for left, right in zip(node.values, node.values[1:], strict=False):
        yield from change(f"`{old}` is mistaken for `{new}`.", source.between(left, right, old, new))


def drop_not(source: Source, node: ast.UnaryOp) -> Iterator[Change]:
    """Forget a `not`."""
    if isinstance(node.op, ast.Not):
        yield from change("There is no `not`.", source.unwrap(node, node.operand))


def fixed_condition(source: Source, node: ast.If | ast.IfExp) -> Iterator[Change]:
    """Have a condition that is always, or never, true."""
    for value, often in (("True", "always"), ("False", "never")):
        if source.of(node.test) != value:
            yield from change(f"`{source.of(node.test)}` is {often} true.", source.replace(node.test, value))


def swap_boolean(source: Source, node: ast.Constant) -> Iterator[Change]:
    """Take True for False."""
    if isinstance(node.value, bool):
        yield from change(f"{node.value} is mistaken for {not node.value}.", source.replace(node, str(not node.value)))


def empty_text(source: Source, node: ast.Constant) -> Iterator[Change]:
    """Leave a text empty. Templates and texts that name something are mistaken in other ways."""
    if not isinstance(node.value, str) or not node.value or is_template(node.value):
        return
    parent = source.parent(node)
    is_key = isinstance(parent, ast.Subscript) and parent.slice is node
    names_something = isinstance(parent, ast.Call) and parent.args[:1] == [node]
    is_endpoint = called(parent) == "add_url_rule" or (isinstance(parent, ast.keyword) and parent.arg == "endpoint")
    if not is_key and not names_something and not is_endpoint:
        text = node.value if len(node.value) <= TEXT_CHARS else f"{node.value[:TEXT_CHARS]}..."
        yield from change(f"The text {text!r} is empty.", source.replace(node, '""'))


def plain_text(source: Source, node: ast.JoinedStr) -> Iterator[Change]:
    """Forget the f before a text, or leave the text empty."""
    text = source.of(node)
    prefix = text[: text.index(text[-1])]
    rest = source.text[source.span(node)[0] + len(prefix) : source.span(node)[1]]
    bare = prefix.replace("f", "").replace("F", "")
    yield from change("There is no f before the text, so its braces are shown.", source.replace(node, bare + rest))
    yield from change(f"The text {text[:TEXT_CHARS]} is empty.", source.replace(node, '""'))


def typed_number(source: Source, node: ast.Assign) -> Iterator[Change]:
    """Type a number in that is to be worked out."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult()) as value):
            if not _joins(value):
                yield from change(f"{name} is always 1.", source.replace(value, "1"))


def lose_value(source: Source, node: ast.Assign) -> Iterator[Change]:
    """Have a variable, and nothing in it."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.expr() as value):
            if source.function(node) is not None and not isinstance(value, ast.Constant):
                yield from change(f"{name} is None.", source.replace(value, "None"))


def used_up(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Change]:
    """Have an iterator in a global instead of a list: it can be walked through only once."""
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=ast.List(elts=[_, *_]) | ast.ListComp() as value)
            | ast.AnnAssign(target=ast.Name(id=name), value=ast.List(elts=[_, *_]) | ast.ListComp() as value)
        ) if source.function(node) is None and _is_only_walked(source, name):
            iterator = source.replace(value, f"iter({source.of(value)})")
            yield from change(f"{name} is an iterator: whoever comes first uses it up.", iterator)


def drop_keyword(source: Source, node: ast.keyword) -> Iterator[Change]:
    """Leave a keyword argument out."""
    call = source.parent(node)
    if isinstance(call, ast.Call) and node.arg and node.arg != "methods" and called(call) not in RENDERERS:
        yield from change(f"{called(call)}(...) is not given {node.arg}=...", source.remove_argument(call, node))


def swap_arguments(source: Source, node: ast.Call) -> Iterator[Change]:
    """Give two arguments in the wrong order."""
    if any(isinstance(argument, ast.Starred) for argument in node.args) or called(node) in ANY_ORDER:
        return
    for left, right in zip(node.args, node.args[1:], strict=False):
        yield from change(
            f"{called(node)}(...) is given {source.of(right)} before {source.of(left)}.",
            source.replace(left, source.of(right)),
            source.replace(right, source.of(left)),
        )


def drop_call(source: Source, node: ast.Call) -> Iterator[Change]:
    """Leave out what tidies a text up: strip(), lower() and the like."""
    if isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_METHODS:
        yield from change(f"There is no {node.func.attr}(...).", source.unwrap(node, node.func.value))


def drop_slice(source: Source, node: ast.Subscript) -> Iterator[Change]:
    """Take all instead of a part."""
    if isinstance(node.slice, ast.Slice) and isinstance(node.ctx, ast.Load):
        yield from change("All is taken instead of a part.", source.unwrap(node, node.value))


def drop_filter(source: Source, node: ast.comprehension) -> Iterator[Change]:
    """Keep all items instead of some."""
    for test in node.ifs:
        yield from change(f"All items are kept, not only those with {source.of(test)}.", source.replace(test, "True"))


def first_only(source: Source, node: ast.For) -> Iterator[Change]:
    """Leave a loop after its first round."""
    items = source.of(node.iter)
    given = f"({items})" if isinstance(node.iter, ast.Tuple) else items
    yield from change(f"The loop ends after the first of {items}.", source.replace(node.iter, f"list({given})[:1]"))


def wrong_exception(source: Source, node: ast.ExceptHandler) -> Iterator[Change]:
    """Be ready for another exception than the one that comes."""
    if node.type is not None:
        other = "KeyError" if source.of(node.type) != "KeyError" else "ValueError"
        yield from change(f"{other} is caught, not {source.of(node.type)}.", source.replace(node.type, other))


def drop_statement(source: Source, node: ast.stmt) -> Iterator[Change]:
    """Leave a statement out, but none without which a name does not exist."""
    first = source.of(node).splitlines()[0]
    match node:
        case ast.Expr(value=ast.Call() | ast.Await()) | ast.AugAssign() | ast.Raise() | ast.Global() | ast.Nonlocal():
            yield from change(f"`{first}` is missing.", source.remove(node))
        case ast.Assign(targets=targets) if all(isinstance(each, (ast.Attribute, ast.Subscript)) for each in targets):
            yield from change(f"`{first}` is missing.", source.remove(node))
        case ast.Delete() | ast.Continue():
            yield from change(f"`{first}` is missing.", source.remove(node))


def drop_decorator(source: Source, node: ast.expr) -> Iterator[Change]:
    """Leave out a decorator that is not Flask's own."""
    parent = source.parent(node)
    if isinstance(parent, NAMED) and node in parent.decorator_list and not registering(node):
        yield from change(f"`{source.scope(parent)}` has no @{source.of(node)}.", source.remove_decorator(node))


def return_none(source: Source, node: ast.Return) -> Iterator[Change]:
    """Return nothing from a function of one's own."""
    function = source.function(node)
    is_none = node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)
    if function is not None and node.value is not None and not is_none and not role(source, function):
        yield from change(f"`{source.scope(function)}` returns None.", source.replace(node.value, "None"))


def _is_only_walked(source: Source, name: str) -> bool:
    """Say whether all that functions do with a global is to walk through it, or to let a template do so."""
    reads = [
        node
        for node in source.nodes
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    ]
    return bool(reads) and all(map(source.function, reads)) and all(_is_walked(source, node) for node in reads)


def _is_walked(source: Source, node: ast.Name) -> bool:
    match source.parent(node):
        case ast.For(iter=items) | ast.comprehension(iter=items):
            return items is node
        case ast.keyword() as keyword:
            return called(source.parent(keyword)) in RENDERERS
    return False


def _joins(node: ast.BinOp) -> bool:
    """Say whether something is done to a text."""
    return any(isinstance(side, ast.JoinedStr) or text_of(side) is not None for side in (node.left, node.right))


OPERATORS = (
    Operator("off-by-one", ast.Constant, off_by_one),
    Operator("swap-arithmetic", ast.BinOp, swap_arithmetic),
    Operator("swap-augmented", ast.AugAssign, swap_augmented),
    Operator("swap-comparison", ast.Compare, swap_comparison),
    Operator("swap-logic", ast.BoolOp, swap_logic),
    Operator("drop-not", ast.UnaryOp, drop_not),
    Operator("fixed-condition", (ast.If, ast.IfExp), fixed_condition),
    Operator("swap-boolean", ast.Constant, swap_boolean),
    Operator("empty-text", ast.Constant, empty_text),
    Operator("plain-text", ast.JoinedStr, plain_text),
    Operator("typed-number", ast.Assign, typed_number),
    Operator("value-lost", ast.Assign, lose_value),
    Operator("used-up", (ast.Assign, ast.AnnAssign), used_up),
    Operator("drop-keyword", ast.keyword, drop_keyword),
    Operator("swap-arguments", ast.Call, swap_arguments),
    Operator("drop-call", ast.Call, drop_call),
    Operator("drop-slice", ast.Subscript, drop_slice),
    Operator("drop-filter", ast.comprehension, drop_filter),
    Operator("first-only", ast.For, first_only),
    Operator("wrong-exception", ast.ExceptHandler, wrong_exception),
    Operator("drop-statement", ast.stmt, drop_statement),
    Operator("drop-decorator", ast.expr, drop_decorator),
    Operator("return-none", ast.Return, return_none),
)
