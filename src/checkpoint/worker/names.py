"""Tell what the names in one file stand for, as far as its text says: which module, which literal, which call.

Names are taken together whatever function they are in: a little too much is suspected rather than too little.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict

from checkpoint.worker.tree import walk

ROUNDS = 6  # of aliases of aliases
ORIGINS = 8  # of one name
PARTS = 12  # of an origin
# Objects that Flask hands out for everybody's use: setting attributes on these is what they are for.
FLASK_PROXIES = {"g", "session", "request", "current_app"}
FLASK_CLASSES = {"Flask", "Blueprint", "Request", "Response"}  # what `from flask import *` brings of them
FLASK_MODULES = {"app", "blueprints", "cli", "config", "ctx", "globals", "helpers", "logging", "sansio", "sessions"}
FLASK_MODULES |= {"json", "scaffold", "signals", "templating", "testing", "views", "wrappers"}
FLASKS_WORLD = {"flask", "werkzeug", "jinja2", "markupsafe", "itsdangerous", "click", "blinker"}
# A file may bear one of these names, but `import` need not find it: the other may have been loaded before.
NOT_OWN = frozenset({*sys.stdlib_module_names, *FLASKS_WORLD, "checkpoint", "pytest", "_pytest"})
# Modules that are imported by others, where they can be found again: os.sys, flask.app.sys.
FOUND_AGAIN = {"sys", "builtins", "gc", "inspect", "ctypes", "importlib"}
BUILTINS = {"getattr", "setattr", "delattr", "vars", "exec", "eval", "compile", "open", "type"}
ANY = "?"
# What binds names, besides the names themselves.
BINDING = {
    ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.withitem, ast.For, ast.comprehension, ast.arguments, ast.FunctionDef,
    ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.Import, ast.ImportFrom,
}  # fmt: skip
IMPORTERS = ("importlib.import_module", "werkzeug.utils.import_string")


class Names:
    """Know the names of one file. An origin is where something comes from: `flask.views.MethodView`."""

    def __init__(self, tree: ast.Module, own: set[str]) -> None:
        self._own = own
        self._imported: dict[str, set[str]] = defaultdict(set)
        self._values: dict[str, list[ast.expr]] = defaultdict(list)
        self._opaque: set[str] = set()  # names that are bound to what cannot be told
        self._numbers: set[str] = set()
        self._classes: set[str] = set()
        self._functions: set[str] = set()
        self._modules: set[str] = set()  # origins that were imported as modules
        self._stars: set[str] = set()  # modules of the submission that everything is imported from
        self._parameters: dict[str, list[str]] = {}
        self._told: set[int] = set()
        calls: list[ast.Call] = []
        for node in walk(tree):
            kind = type(node)
            if kind is ast.Name:  # most are only read
                if type(node.ctx) is not ast.Load and id(node) not in self._told:
                    self._opaque.add(node.id)
            elif kind is ast.Call:
                calls.append(node)
            elif kind in BINDING:
                self._bind(node)
        for call in calls:
            if isinstance(call.func, ast.Name):
                self._hand_over(call.func.id, call)
        self._aliases()

    def learn(self, others: dict[str, Names]) -> None:
        """Follow what is imported from the submission's other files to where those have it from."""
        for known in self._imported.values():
            for origin in [origin for origin in known if self.is_own(origin)][:ORIGINS]:
                module, _, name = origin.lstrip(".").rpartition(".")
                if module in others:
                    known |= others[module].origins_of_name(name)
        for module in self._stars & others.keys():
            for name, origins in list(others[module]._imported.items()):
                self._imported[name] |= origins
        self._aliases()

    def _hand_over(self, function: str, node: ast.Call) -> None:
        """Note what the file's own functions are called with, as values of their parameters."""
        for name, value in zip(self._parameters.get(function, ()), node.args, strict=False):
            if isinstance(value, ast.Name | ast.Attribute):
                self._values[name].append(value)

    def _bind(self, node: ast.AST) -> None:
        """Note what a node of one of the BINDING kinds binds."""
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._pair(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
                self._pair(target, value)
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                self._pair(target, value)
            case ast.For(target=target, iter=many) | ast.comprehension(target=target, iter=many):
                if isinstance(many, ast.Tuple | ast.List | ast.Set):
                    for value in many.elts:
                        self._pair(target, value)
                elif isinstance(target, ast.Name) and dotted(getattr(many, "func", None)) == "range":
                    self._numbers.add(target.id)
            case ast.arguments():
                given = [*node.posonlyargs, *node.args]
                self._opaque.update(arg.arg for arg in (*given, *node.kwonlyargs, node.vararg, node.kwarg) if arg)
                backwards = zip(reversed(given), reversed(node.defaults), strict=False)
                keywords = zip(node.kwonlyargs, node.kw_defaults, strict=False)
                for argument, default in (*backwards, *keywords):
                    if default is not None:
                        self._values[argument.arg].append(default)
            case ast.FunctionDef(name=name, args=given) | ast.AsyncFunctionDef(name=name, args=given):
                self._parameters[name] = [arg.arg for arg in (*given.posonlyargs, *given.args)]
                self._functions.add(name)
                self._opaque.add(name)
            case ast.ClassDef(name=name):
                self._classes.add(name)
                self._opaque.add(name)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                self._opaque.add(name)
            case ast.Import(names=aliases):
                for alias in aliases:
                    self._modules.add(alias.name)
                    name = alias.asname or alias.name.partition(".")[0]
                    self._imported[name].add(self.cut(alias.name if alias.asname else name))
            case ast.ImportFrom():
                self._import_from(node)

    def _pair(self, target: ast.expr, value: ast.expr) -> None:
        """Note what a target is bound to; of several at once each by itself, where that can be told."""
        if isinstance(target, ast.Name):
            self._told.add(id(target))
            self._values[target.id].append(value)
        elif isinstance(target, ast.Tuple | ast.List):
            whole = not isinstance(value, ast.Tuple | ast.List) or len(value.elts) != len(target.elts)
            values = [value] * len(target.elts) if whole else getattr(value, "elts", [])
            for one, its in zip(target.elts, values, strict=True):
                if isinstance(one, ast.Name):
                    self._told.add(id(one))
                    self._values[one.id].append(its)

    def _import_from(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        for alias in node.names:
            name = alias.asname or alias.name
            if alias.name == "*" and (node.level or self.is_own(module)):
                self._stars.add(module)
            elif node.level:  # a module of the submission itself
                self._imported[name].add(f".{module}.{alias.name}")
            elif alias.name != "*":
                self._imported[name].add(self.cut(f"{module}.{alias.name}"))
            elif module.partition(".")[0] in FLASKS_WORLD:
                for brought in FLASK_CLASSES | FLASK_PROXIES:
                    self._imported[brought].add(f"{module}.{brought}")

    def _aliases(self) -> None:
        """Give names the origins of what is assigned to them, and of what is assigned to that."""
        links = [
            (name, value)
            for name, values in self._values.items()
            for value in values
            if isinstance(value, ast.Name | ast.Attribute | ast.Call)
        ]
        for _round in range(ROUNDS):
            changed = False
            for name, value in links:
                known = self._imported.get(name, set())
                news = self.origins(value) - known
                if isinstance(value, ast.Name) and value.id in BUILTINS and value.id not in self._imported:
                    news |= {f"builtins.{value.id}"} - known
                if news and len(known) < ORIGINS:
                    self._imported[name] |= news
                    changed = True
            if not changed:
                break

    # What is asked.

    def origins(self, node: ast.AST | None) -> set[str]:
        """Return what an expression may be: of a name, of attributes, of getattr() and import_module()."""
        attributes: list[str] = []
        while True:
            if isinstance(node, ast.Attribute):
                attributes.append(node.attr)
                node = node.value
            elif isinstance(node, ast.Call) and (inner := self._got(node)):
                attributes.append(inner[1])
                node = inner[0]
            else:
                break
            if len(attributes) > PARTS:
                return set()
        roots: set[str] = set()
        if isinstance(node, ast.Name):
            roots = self._imported.get(node.id, set())
        elif isinstance(node, ast.Call) and node.args and self._is_importer(node.func):
            name = node.args[0]
            # A module whose name is not written there, not even how it begins, may be any.
            roots = {self.beginning(name).replace(":", ".") or ANY}
        return {self.cut(".".join([root, *reversed(attributes)])) for root in roots}

    def _got(self, node: ast.Call) -> tuple[ast.expr, str] | None:
        """Return thing and name of getattr(thing, "name")."""
        if isinstance(node.func, ast.Name) and node.func.id == "getattr" and len(node.args) > 1:
            name = node.args[1]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                return node.args[0], name.value
        return None

    def _is_importer(self, function: ast.expr) -> bool:
        chained = dotted(function)
        root, _, rest = chained.partition(".")
        known = {f"{origin}.{rest}" if rest else origin for origin in self._imported.get(root, ())}
        return bool(known.intersection(IMPORTERS))

    def origins_of_name(self, name: str) -> set[str]:
        """Return what a name may be, if that was imported."""
        return self._imported.get(name, set())

    def cut(self, origin: str) -> str:
        """Return an origin without the way to it: os.sys.modules is sys.modules."""
        parts = origin.split(".")
        for index in range(len(parts) - 1, 0, -1):
            if parts[index] in FOUND_AGAIN and parts[index] not in self._own:
                return ".".join(parts[index:])
        return origin

    def is_own(self, origin: str) -> bool:
        """Say whether something comes from a file of the submission."""
        return origin.startswith(".") or origin.partition(".")[0] in self._own

    def is_proxy(self, origin: str) -> bool:
        """Say whether something is Flask's g, session, request or current_app."""
        parts = origin.split(".")
        return parts[0] == "flask" and parts[-1] in FLASK_PROXIES

    def is_foreign(self, origin: str) -> bool:
        """Say whether something is the standard library's or Flask's: what the worker is made of, too."""
        parts = origin.split(".")
        known = parts[0] in sys.stdlib_module_names or parts[0] in FLASKS_WORLD or parts[0] == ANY
        return known and not self.is_own(origin) and not FLASK_PROXIES.intersection(parts)

    def is_module_of_flask(self, origin: str) -> bool:
        """Say whether an origin is a module of Flask's or Werkzeug's, not something in one."""
        parts = origin.split(".")
        if parts[0] not in ("flask", "werkzeug") or self.is_own(origin):
            return False
        return origin in self._modules or (len(parts) == 2 and parts[0] == "flask" and parts[1] in FLASK_MODULES)

    def is_own_class(self, name: str) -> bool:
        """Say whether a name is that of a class in this file."""
        return name in self._classes

    def is_function(self, node: ast.AST | None) -> bool:
        """Say whether an expression is the name of a function in this file."""
        return isinstance(node, ast.Name) and node.id in self._functions

    def is_bound(self, name: str) -> bool:
        """Say whether the file has a variable, a function or an argument of this name."""
        return name in self._opaque or name in self._values

    def values(self, name: str) -> list[ast.expr]:
        """Return the expressions that a name is bound to."""
        return self._values.get(name, [])

    def is_literal(self, node: ast.AST) -> bool:
        """Say whether an expression is a text that is written in the file, or a name for one."""
        if isinstance(node, ast.Name):
            values = self.values(node.id)
            return node.id not in self._opaque and bool(values) and all(isinstance(v, ast.Constant) for v in values)
        return isinstance(node, ast.Constant) and isinstance(node.value, str)

    def is_file_of_python(self, node: ast.AST | None) -> bool:
        """Say whether an expression is written there, and the name of a Python file or of a module."""
        name = node.value if isinstance(node, ast.Constant) else None
        return isinstance(name, str) and (name.endswith(".py") or name.isidentifier())

    def is_number(self, node: ast.AST | None) -> bool:
        """Say whether an expression is a number: a literal, int(...), a sum, a step of range()."""
        if isinstance(node, ast.Name):
            values = self.values(node.id)
            return node.id in self._numbers or any(isinstance(v, ast.Constant) and _is_int(v.value) for v in values)
        if isinstance(node, ast.BinOp):
            return any(isinstance(side, ast.Constant) and _is_int(side.value) for side in (node.left, node.right))
        return (isinstance(node, ast.Constant) and _is_int(node.value)) or (
            isinstance(node, ast.Call) and dotted(node.func) == "int"
        )

    def comes_from(self, node: ast.AST | None, functions: set[str]) -> bool:
        """Say whether an expression is what one of these functions or methods returned, or a name for that."""
        if isinstance(node, ast.Name):
            values = self.values(node.id)
            return bool(values) and all(self._is_from(value, functions) for value in values)
        return node is not None and self._is_from(node, functions)

    def _is_from(self, node: ast.AST, functions: set[str]) -> bool:
        while isinstance(node, ast.Subscript):
            node = node.value
        function = node.func if isinstance(node, ast.Call) else None
        return getattr(function, "attr", getattr(function, "id", None)) in functions

    def beginning(self, node: ast.AST) -> str:
        """Return the text that a computed text begins with for certain, "" if that cannot be told."""
        for _part in range(PARTS):
            if isinstance(node, ast.Constant):
                return node.value if isinstance(node.value, str) else ""
            if isinstance(node, ast.JoinedStr) and node.values:
                node = node.values[0]
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                node = node.left
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
                text = node.left.value if isinstance(node.left, ast.Constant) else ""
                return text.partition("%")[0] if isinstance(text, str) else ""
            else:
                break
        return ""


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def chain(node: ast.Attribute) -> list[ast.Attribute]:
    """Return the attributes of a.b.c, the innermost first."""
    found = [node]
    while isinstance(found[-1].value, ast.Attribute):
        found.append(found[-1].value)
    return found[::-1]


def dotted(node: ast.AST | None) -> str:
    """Return `a.b.c` for such an expression, "" for any other."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def last(node: ast.AST) -> str:
    """Return the last name of a.b.c or a.b.c(...)."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_put_together(node: ast.expr) -> bool:
    """Say whether an expression makes a text out of others: a slice, a sum, a join()."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Slice)
    if isinstance(node, ast.BinOp):
        return not all(isinstance(side, ast.Constant) for side in (node.left, node.right))
    return isinstance(node, ast.Call) and last(node.func) in ("join", "replace", "decode", "translate", "fromhex")
