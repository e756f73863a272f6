"""Say whether a course's own solution surely keeps nothing from one request to the next.

Each expression is read as bits: what it may be, and whether code that ran before this request may hold the same
object. What a function finds outside itself (in its module, in an enclosing function, on `self`) is such an object: it
may be read, and not changed, stored or handed to code that is not here. Calls within the solution carry the bits into
parameters and back out of returns, again and again until nothing changes. What is not listed here is doubt.

The solution is its author's own code, so the judge may parse it; nothing here is for submissions.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from checkpoint.judge.memory import known
from checkpoint.judge.memory.known import APP, CODE, DEEP, FLAT, HOLDS, OPAQUE, SHARED, copy, element, hot, share
from checkpoint.judge.memory.scopes import Doubt, Names, Scope, doubt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def keeps_nothing(files: Mapping[str, bytes]) -> bool:
    """Return whether every process of a solution, fresh or old, surely answers alike, chance and clocks aside.

    `files` are the solution's by name, with forward slashes. False means that it keeps something, or may.
    """
    try:
        _Reading(files).settle()
    except (Doubt, SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


class _Reading(Names):
    """One solution being read."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(files)
        self.bits: dict[str, int] = {}  # "f()": the parameters of what is named f; "f": what it returns, an instance
        self.scopes: dict[ast.AST, Scope] = {}
        self.views: set[str] = set()
        self.decorated: set[str] = set()  # with functions of the solution's own
        self.changed, self.settled = True, False
        self.lasting = any(b"init_every_request" in data for data in files.values())  # one view object for all requests

    def settle(self) -> None:
        """Read all of it until nothing changes; raise Doubt where something may be kept."""
        while self.changed or not self.settled:  # ends: bits are only ever added
            self.settled = not self.changed
            self.changed = False
            for tree, scope in self.modules.values():
                self._run(tree.body, scope)

    def _join(self, table: dict[str, int], name: str, value: int) -> None:
        if value | table.get(name, 0) != table.get(name, 0):
            table[name] = value | table.get(name, 0)
            self.changed = True

    def _run(self, body: Iterable[ast.AST], scope: Scope) -> None:
        """Read statements, and what holds statements: handlers, cases."""
        for node in body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self._function(node, scope)
                case ast.ClassDef():
                    self._class(node, scope)
                case ast.Import() | ast.ImportFrom():
                    self.imports(node, scope)
                case ast.Assign(targets=targets, value=given):
                    value = self.value(given, scope)
                    for target in targets:
                        self._assign(target, value, scope, given)
                case ast.AnnAssign(target=target, value=given):
                    if scope.kind == "class" and isinstance(target, ast.Name):  # a dataclass's field
                        self._join(self.bits, f".{target.id}", DEEP | SHARED)
                    if given:
                        self._assign(target, self.value(given, scope), scope, given)
                case ast.AugAssign(target=target, value=given):
                    if isinstance(target, ast.Name) and hot(self.load(target.id, target, scope)):
                        doubt("adds to what is shared", node)
                    self._assign(target, self.value(given, scope), scope, given)
                case ast.For(target=target) | ast.AsyncFor(target=target):
                    self._assign(target, element(self.value(node.iter, scope)), scope)
                    self._run([*node.body, *node.orelse], scope)
                case ast.If(test=test) if ast.unparse(test) in known.NEVER_RUN:
                    self._run(node.orelse, scope)
                case ast.withitem(context_expr=given, optional_vars=ast.expr() as target):
                    self._assign(target, self.value(given, scope), scope)
                case ast.Match(subject=subject):
                    value = self.value(subject, scope)
                    for part in (part for case in node.cases for part in ast.walk(case.pattern)):
                        name = getattr(part, "rest" if isinstance(part, ast.MatchMapping) else "name", None)
                        if name:
                            self._join(scope.names, name, value)
                    self._run(node.cases, scope)
                case ast.Return(value=given):
                    self._join(self.bits, scope.name, self.value(given, scope) if given else 0)
                case ast.Delete(targets=targets):
                    for target in targets:
                        self._assign(target, 0, scope)
                case ast.Global() | ast.Nonlocal():
                    doubt("global or nonlocal", node)
                case ast.expr():
                    self.value(node, scope)
                case ast.pattern():
                    pass
                case _:
                    self._run(ast.iter_child_nodes(node), scope)

    def _function(self, node: Function, scope: Scope) -> None:
        arguments, name = node.args, "" if isinstance(node, ast.Lambda) else node.name
        owner = scope.owner if scope.kind == "class" else ""
        label = owner if owner and name == "__init__" else name or f"lambda {id(node)}"
        given = self.bits.get(f"{label}()", 0)
        for default in (*arguments.defaults, *arguments.kw_defaults):
            given |= share(self.value(default, scope)) if default else 0
        if node not in self.scopes:
            body = [node.body] if isinstance(node, ast.Lambda) else node.body
            self.scopes[node] = Scope("function", [arguments, *body], scope, label, owner)
        inner = self.scopes[node]
        decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
        names = [part.arg for part in ast.walk(arguments) if isinstance(part, ast.arg)]
        marks = {ast.unparse(part) for part in decorators}
        first = names[0] if owner and names and "staticmethod" not in marks else ""
        inner.me = "" if "classmethod" in marks or name in ("__new__", "__init_subclass__") else first
        for each in names:
            self._join(inner.names, each, DEEP | SHARED if each == first else given)
        for decorator in decorators:
            self.value(decorator, scope)
            if "template_" in ast.unparse(decorator):
                self._join(self.bits, f"{label}()", DEEP | SHARED)  # a page hands it what it likes
            if own := self.named(decorator.func if isinstance(decorator, ast.Call) else decorator, scope):
                self._join(self.bits, f"{own}()", CODE)
                self.decorated.add(name)
        if isinstance(node, ast.Lambda):
            self._join(self.bits, label, self.value(node.body, inner))
        else:
            self._run(node.body, inner)

    def _class(self, node: ast.ClassDef, scope: Scope) -> None:
        if node not in self.scopes:
            self.scopes[node] = Scope("class", node.body, scope, node.name, node.name)
            self.classes[node.name].append(self.scopes[node])
        for part in (*node.decorator_list, *(keyword.value for keyword in node.keywords)):
            self.value(part, scope)
        for part in node.bases:
            self.value(part, scope)
            base = part.value if isinstance(part, ast.Subscript) else part
            own, path = self.named(base, scope), self.path(base, scope) or ""
            if path.startswith("flask.views.") or own in self.views:
                self.views.add(node.name)
            plain = path.startswith(("flask.views.", "typing.", "abc.", "enum.", "builtins.object"))
            kind = APP if path in ("flask.Flask", "flask.Blueprint") else 0 if plain else OPAQUE
            self._join(self.bits, node.name, self.bits.get(own, 0) if own else kind)
        self._run(node.body, self.scopes[node])
        if any(value & OPAQUE for value in self.scopes[node].names.values()):
            doubt("a class that keeps what is unknown", node)

    # Changes

    def _assign(self, target: ast.expr, value: int, scope: Scope, given: ast.expr | None = None) -> None:
        match target:
            case ast.Name(id=name):
                while scope.parent and name not in scope.names:
                    scope = scope.parent
                self._join(scope.names, name, value)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self._assign(part, element(value), scope)
            case ast.Starred(value=part):
                self._assign(part, copy(value) | FLAT, scope)
            case ast.Attribute(value=base, attr=attr):
                self._join(self.bits, f".{attr}", value)
                self._store(base, value, scope, given)
            case ast.Subscript(value=base, slice=index):
                self.value(index, scope)
                self._store(base, value, scope, given)

    def _store(self, base: ast.expr, value: int, scope: Scope, given: ast.expr | None) -> None:
        into = self.value(base, scope)
        if scope.me and isinstance(base, ast.Name) and base.id == scope.me:
            if scope.name == scope.owner:  # __init__: whatever is stored is part of what the class makes
                if self.lasting and value & OPAQUE:
                    doubt("a view object unlike the next process's", base)
                self._join(self.bits, scope.owner, value)
            elif self.lasting or scope.owner not in self.views or hot(value):
                doubt("changes self", base)
        elif into & SHARED or (scope.called and (into & CODE or (self.settled and not into))):
            doubt("changes what is shared", base)
        elif (into & APP and value & OPAQUE) or (hot(value) and not into & APP and not self._local(base, scope)):
            doubt("keeps what is shared, or unlike the next process's", base)
        else:
            self._widen(base, value, scope)
            if into & APP and given:
                self._hand_out(given, DEEP | SHARED, scope)

    def _local(self, node: ast.expr, scope: Scope) -> bool:
        """Return whether an expression is a variable of the function, and no parameter that its caller knows too."""
        return (
            isinstance(node, ast.Name) and node.id in scope.names and node.id not in {*scope.parameters, *scope.paths}
        )

    def _widen(self, node: ast.expr, value: int, scope: Scope) -> None:
        """Note that something went into a container."""
        while isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        if not isinstance(node, ast.Name) or not value & ~CODE or not (found := self.find(node.id, scope)):
            return
        if node.id not in found[0].paths and not found[0].names[node.id] & APP:
            self._join(found[0].names, node.id, DEEP | (value & ~SHARED | HOLDS if hot(value) else value))

    def _hand_out(self, node: ast.expr, value: int, scope: Scope) -> None:
        """Note what a function will be called with by code that is not here."""
        name = f"lambda {id(node)}" if isinstance(node, ast.Lambda) else self.named(node, scope)
        self._join(self.bits, f"{name}()", value)

    # Expressions

    def value(self, node: ast.AST, scope: Scope) -> int:
        """Return what an expression may be; raise Doubt where reading it may change something."""
        match node:
            case ast.Constant(value=text):
                return self.text(text) if isinstance(text, str) else 0
            case ast.Name(id=name):
                return self.load(name, node, scope, self.path(node, scope))
            case ast.Attribute():
                return self._attribute(node, scope)
            case ast.Call():
                return self._call(node, scope)
            case ast.Subscript(value=base, slice=index):
                self.value(index, scope)
                value = self.value(base, scope)
                return copy(value) if isinstance(index, ast.Slice) else element(value)
            case ast.BinOp(left=left, right=right):
                return copy(self.value(left, scope)) | copy(self.value(right, scope))
            case ast.IfExp(test=test, body=left, orelse=right):
                self.value(test, scope)
                return self.value(left, scope) | self.value(right, scope)
            case ast.Starred(value=part):
                return element(self.value(part, scope))
            case ast.Lambda():
                self._function(node, scope)
                return CODE
            case ast.NamedExpr(target=target, value=given):
                value = self.value(given, scope)
                self._assign(target, value, scope)
                return value
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._comprehension(node, scope)
            case ast.Tuple() | ast.List() | ast.Set() | ast.Dict():
                return self._display(node, ast.iter_child_nodes(node), scope)
        value = 0
        for child in ast.iter_child_nodes(node):
            value |= self.value(child, scope)
        match node:
            case ast.Yield() | ast.YieldFrom():
                while scope.kind == "comprehension" and scope.parent:
                    scope = scope.parent
                self._join(self.bits, scope.name, value | OPAQUE)
                return OPAQUE
            case ast.BoolOp() | ast.Await():
                return value
        return value & OPAQUE

    def _display(self, node: ast.AST, parts: Iterable[ast.AST], scope: Scope) -> int:
        """Return what a container of these is."""
        value = 0
        for part in parts:
            value |= self.value(part, scope)
            if isinstance(node, ast.Dict) and isinstance(part, ast.expr):
                self._hand_out(part, DEEP | SHARED, scope)
        if isinstance(node, ast.Tuple) and not value & ~CODE:
            return value
        if hot(value):
            value = value & ~SHARED | HOLDS
        once = OPAQUE if isinstance(node, ast.GeneratorExp) else 0
        return value | once | (DEEP if value & ~CODE else 0) | FLAT

    def _comprehension(self, node: Comprehension, scope: Scope) -> int:
        if node not in self.scopes:
            targets = [part.target for part in node.generators]
            self.scopes[node] = Scope("comprehension", targets, scope, scope.name, scope.owner)
            self.scopes[node].me = scope.me
        inner = self.scopes[node]
        for number, part in enumerate(node.generators):
            items = self.value(part.iter, inner if number else scope)
            self._assign(part.target, element(items), inner)
            for test in part.ifs:
                self.value(test, inner)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        return self._display(node, parts, inner)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> int:
        attr = node.attr
        if attr in known.BARRED or (attr.startswith("__") and attr not in known.DUNDERS):
            doubt(f"{attr} may keep something", node)
        path = self.path(node, scope)
        if path:
            return self.load(attr, node, scope, path)
        value = self.value(node.value, scope)
        myself = scope.me and isinstance(node.value, ast.Name) and node.value.id == scope.me
        mine = myself or self.named(node.value, scope) in self.classes
        kept = [made.names[attr] for scopes in self.classes.values() for made in scopes if attr in made.names]
        if mine and (kept or f".{attr}" in self.bits):
            value = self.bits.get(f".{attr}", 0)
            for other in kept:
                value |= other
            return share(value)
        if value & SHARED and attr in known.CHANGES:
            doubt(f"{attr} of what is shared", node)
        if value & APP:
            return value if attr == "logger" or not value & SHARED else DEEP | SHARED
        if value & (SHARED | HOLDS | CODE):
            return DEEP | SHARED
        value = OPAQUE if value else 0
        for other in (*kept, self.bits.get(attr, 0) if attr in self.functions else 0):  # a class's list, a property
            value |= share(other) & ~CODE
        return value

    # Calls

    def _call(self, node: ast.Call, scope: Scope) -> int:
        given, shared = 0, False
        for part in (*node.args, *node.keywords):
            value = self.value(part.value if isinstance(part, ast.keyword) else part, scope)
            if isinstance(part, ast.keyword) and part.arg == "defaults" and value & ~FLAT:
                doubt("defaults of a route that can be changed", node)
            given, shared = given | value, shared or hot(value)
        given &= ~0 if shared else ~(SHARED | HOLDS)
        func, name, path = node.func, self.named(node.func, scope), self.path(node.func, scope)
        if path and path not in known.ROOTS and not self.own(path):
            self.value(func, scope)
            return self._imported(path.removeprefix("builtins."), node, given, scope)
        for part in (*node.args, *(keyword.value for keyword in node.keywords)):
            if self.value(part, scope) & (FLAT | SHARED) == FLAT:
                self._widen(part, DEEP, scope)  # the function may put anything into it
        if name and (path or isinstance(func, ast.Name)):
            self.value(func, scope)
            return self._own_call(name, given)
        if isinstance(func, ast.Attribute) and not path:
            return self._method(func, node, given, scope)
        self.value(func, scope)
        if shared:
            doubt("hands what is shared to what is not known", node)
        return self._anything()

    def _anything(self) -> int:
        """Return what a function of which nothing is known may return: also what the solution's own do."""
        return OPAQUE | (
            DEEP | SHARED if any(hot(value) for name, value in self.bits.items() if name[-1:] != ")") else 0
        )

    def _own_call(self, name: str, given: int) -> int:
        self._join(self.bits, f"{name}()", given)
        if name in self.views and not self.lasting:
            self.lasting = self.changed = True
        made = DEEP | copy(given) if name in self.classes else 0
        return self.bits.get(name, 0) | made | (self._anything() if name in self.decorated else 0)

    def _imported(self, name: str, node: ast.Call, given: int, scope: Scope) -> int:
        shared = hot(given)
        if shared or name.startswith(("flask.render_", "flask.stream_template")):
            for part in (*node.args, *(keyword.value for keyword in node.keywords)):
                self._hand_out(part, DEEP | SHARED, scope)
        if name in known.CONSTANT:
            return given & OPAQUE
        if name in known.COPIES and node.keywords and shared:
            return DEEP | HOLDS
        if name in known.COPIES:
            return copy(given) & ~CODE | FLAT
        if name in known.ONE_OF:
            return given | element(given)
        if name.endswith(".choice"):
            return OPAQUE | element(given)
        if name in known.ONCE:
            return OPAQUE | (given & (DEEP | SHARED | HOLDS) if given & DEEP else 0)
        if name == "getattr":
            return given or OPAQUE
        if name == "setattr":
            self._store(node.args[0], self.value(node.args[-1], scope), scope, node.args[-1])
            return 0
        if name == "functools.partial":
            if given & (OPAQUE | SHARED):
                doubt("a function that keeps what is unknown", node)
            self._hand_out(node.args[0], share(given & ~CODE), scope)
            return CODE
        if name == "random.shuffle":
            self._widen(node.args[0], OPAQUE, scope)
        if shared and name not in known.FRESH | {"super", "type", "functools.wraps"}:
            doubt(f"hands what is shared to {name}", node)
        return known.CALLABLE.get(name, OPAQUE)

    def _method(self, func: ast.Attribute, node: ast.Call, given: int, scope: Scope) -> int:
        attr, made = func.attr, self.named(func.value, scope)
        self._attribute(func, scope)
        value = self.value(func.value, scope)
        if made in self.classes and attr == "as_view":
            self._join(self.bits, f"{made}()", given)
            return CODE
        if value & APP and (attr in known.OF_APP or not value & SHARED):
            if given & OPAQUE and attr not in known.OF_APP:
                doubt("an app that keeps what is unknown", node)
            for part in node.args:
                self._hand_out(part, DEEP | SHARED if "template_" in attr else 0, scope)
            return OPAQUE
        own, root = 0, func.value
        while isinstance(root, ast.Attribute) and self.path(root, scope) not in known.ROOTS:
            root = root.value
        rooted = self.path(root, scope) in known.ROOTS
        if attr in self.functions and not rooted and value & (DEEP | OPAQUE | CODE):
            own = self._own_call(attr, given)
        elif self.path(root, scope) == "flask.request" and attr == "get":
            return given & OPAQUE
        return own | self._of_kind(func, value, given, scope, attr in self.functions and not rooted)

    def _of_kind(self, func: ast.Attribute, value: int, given: int, scope: Scope, own: bool) -> int:
        """Return what a method of a value that is not an app's may return, when it is none of the solution's own."""
        attr = func.attr
        if attr in known.READS:
            return (given | value) & OPAQUE | (FLAT if attr in known.TEXTS else 0)
        if value & SHARED and attr in known.ELEMENTS:
            return element(value) | given if attr == "get" else copy(value) | given
        if value & (SHARED | CODE):
            above = isinstance(func.value, ast.Call) and self.path(func.value.func, scope) == "builtins.super"
            if own or ((above or attr in known.OF_APP) and not hot(given)):
                return OPAQUE if above or attr in known.OF_APP else 0
            doubt(f"{attr} of what is shared", func)
        if self.settled and scope.called and not value and attr in known.CHANGES:
            doubt(f"{attr} of what is inside something", func)
        if (
            hot(given)
            and not own
            and attr not in known.ELEMENTS
            and not (attr in known.CHANGES and self._local(func.value, scope))
        ):
            doubt(f"hands what is shared to {attr}", func)
        if attr in known.CHANGES or own:
            self._widen(func.value, given, scope)
        if attr in known.ELEMENTS:
            return copy(element(value) | value if attr == "get" else value) | given | (SHARED if value & HOLDS else 0)
        return (OPAQUE | (DEEP | SHARED if value & HOLDS and not own else 0)) if value else given & OPAQUE
