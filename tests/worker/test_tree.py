"""A syntax tree is gone through as the `ast` module does it, but for what nobody looks at."""

from __future__ import annotations

import ast
import sys
from typing import Any

import pytest

from checkpoint.worker.tree import children, walk

LEFT_OUT = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)
SOURCE = '''
"""Docstring."""
import a.b as c, d
from .e import f as g, h
x: int = 1
x += not -y if a < b <= c and d else ~e
del p[1:2, ...], q.r
with open(x) as (u, v), w:
    pass
async def coroutine(a, /, b=1, *c: int, d, e=2, **f: "g") -> None:
    global glob
    async for i in j:
        break
    else:
        continue
    async with k:
        await l
    yield
    yield from (m async for n in o if p if q)
@decorated
@twice(1)
class C(Base, metaclass=Meta):
    def method(self):
        nonlocal non
        return lambda z, *, k=3: {**z, "a": 1, None: {1, 2}}
try:
    assert a, "words"
    raise E from None
except (A, B) as error:
    t = [*s, f"{a!r:>{width}}", b"bytes", (w := 1), 1j]
else:
    print(*s, sep="", **k)
finally:
    while True: pass
if 1: pass
elif 2: pass
match subject:
    case {"key": 1, **rest} if guard: pass
    case Point(1, y=[a, *b] | None) as whole: pass
    case -1 | "text" | mod.NAME | _: pass
'''
NEWER = {
    (3, 11): "try: pass\nexcept* E as many: pass\n",
    (3, 12): "type Alias[T: int, *Ts, **P] = list[T]\ndef f[T: (int, str)](x): pass\nclass D[T]: pass\n",
    (3, 13): "type Alias[T = int] = T\n",
    (3, 14): "t'{a!r:>{width}} text'\n",
}


def looked_at(nodes: Any) -> list[ast.AST]:
    return [node for node in nodes if isinstance(node, ast.AST) and not isinstance(node, LEFT_OUT)]


@pytest.mark.parametrize("source", [SOURCE, *(text for since, text in NEWER.items() if sys.version_info >= since)])
def test_no_node_is_left_out_and_none_comes_in_another_place(source: str) -> None:
    tree = ast.parse(source)
    assert looked_at(walk(tree)) == looked_at(ast.walk(tree))
    for node in looked_at(ast.walk(tree)):
        assert looked_at(children(node)) == looked_at(ast.iter_child_nodes(node)), ast.dump(node)


def test_what_is_no_node_has_nothing_below_it() -> None:
    for nothing in (None, "text", ast.Constant("text")):
        assert children(nothing) == []  # type: ignore[arg-type]


def test_a_tree_as_deep_as_python_makes_them_is_walked() -> None:
    tree: ast.expr = ast.Name("x")
    for _level in range(50_000):
        tree = ast.Attribute(tree, "y")
    assert len(walk(tree)) == 50_001
    while isinstance(tree, ast.Attribute):  # freed all at once, it would take the interpreter along
        tree = tree.value
