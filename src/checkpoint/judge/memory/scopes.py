"""Say what the names in a solution stand for: in which scope they are bound, or what they were imported as."""

from __future__ import annotations

import ast
import builtins
import warnings
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

from checkpoint.judge.memory.known import BARRED, BUILTINS, CODE, DEEP, MODULES, OPAQUE, ROOTS, TEMPLATE, share


class Doubt(Exception):
    """Something may be kept."""


def doubt(why: str, node: ast.AST) -> NoReturn:
    """Raise Doubt with the line that gave it."""
    raise Doubt(f"line {getattr(node, 'lineno', 0)}: {why}")


class Scope:
    """The names that a module, class, function or comprehension binds, with what each may be."""

    def __init__(self, kind: str, parts: Iterable[ast.AST], parent: Scope | None, name: str, owner: str) -> None:
        self.kind, self.parent, self.name, self.owner = kind, parent, name, owner
        self.called: bool = kind == "function" or (parent is not None and parent.called)
        self.me = ""  # a method's first parameter
        self.names: dict[str, int] = {}
        self.parameters: set[str] = set()
        self.paths: dict[str, str] = {}  # what imported names stand for, dotted
        for part in parts:
            self._bind(part)

    def _bind(self, node: ast.AST) -> None:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                self.names[name] = CODE
                return
            case ast.Lambda():
                return
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                inner = (part for part in ast.walk(node) if isinstance(part, ast.NamedExpr))
                self.names.update((part.target.id, 0) for part in inner)
                return
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                self.names[name] = 0
            case ast.arg(arg=name):
                self.names[name] = DEEP
                self.parameters.add(name)
            case ast.alias(name=name, asname=alias):
                self.names[alias or name.partition(".")[0]] = CODE
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                self.names[name] = OPAQUE
            case ast.MatchMapping(rest=str(name)):
                self.names[name] = OPAQUE
        for part in ast.iter_child_nodes(node):
            self._bind(part)


class Names:
    """The names of one solution."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.functions: set[str] = set()
        self.classes: dict[str, list[Scope]] = {}
        self.modules: dict[str, tuple[ast.Module, Scope]] = {}
        for name, data in files.items():
            if not name.endswith(".py"):
                self.text(data.decode("utf-8", "ignore"))
                continue
            with warnings.catch_warnings(action="ignore"):
                tree = ast.parse(data)
            module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            package = module if name.endswith("/__init__.py") else module.rpartition(".")[0]
            self.modules[module] = tree, Scope("module", tree.body, None, module, package)
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    self.functions.add(node.name)
                elif isinstance(node, ast.ClassDef):
                    self.classes[node.name] = []

    def text(self, text: str) -> int:
        """Return what a text is: a constant, unless it is a template that may change something."""
        if "{" in text and TEMPLATE.search(text):
            raise Doubt("a template that may change something")
        return 0

    def imports(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        """Bind what is imported; raise Doubt where nothing is known of it."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.known(alias.name, node)
                top = alias.name.partition(".")[0]
                scope.paths[alias.asname or top] = alias.name if alias.asname else top
            return
        home, module = scope, node.module or ""
        while home.parent:
            home = home.parent
        if node.level:
            package = home.owner.split(".") if home.owner else []
            module = ".".join([*package[: len(package) + 1 - node.level], *filter(None, [module])])
        for alias in node.names:
            path = f"{module}.{alias.name}".lstrip(".")
            self.known(path, node)
            scope.paths[alias.asname or alias.name] = path

    def own(self, path: str) -> tuple[Scope, list[str]] | None:
        """Return the solution's module that a dotted name begins with, and what follows."""
        parts = path.split(".")
        for size in range(len(parts), 0, -1):
            if (found := self.modules.get(".".join(parts[:size]))) is not None:
                return found[1], parts[size:]
        return None

    def known(self, path: str, node: ast.AST) -> None:
        """Doubt a dotted name of which nothing is known."""
        parts = path.split(".")
        if "*" in parts or BARRED.intersection(parts):
            doubt(f"{path} may keep something", node)
        if parts[0] == "builtins":
            kind = getattr(builtins, parts[1], None)
            if parts[1] not in BUILTINS | {"__name__", "__file__"} and not (
                isinstance(kind, type) and issubclass(kind, BaseException)
            ):
                doubt(f"{path} may keep something", node)
        elif not self.own(path):
            for size in range(len(parts)):
                only = MODULES.get(".".join(parts[:size])) if size else MODULES.keys()
                if only and parts[size] not in only:
                    doubt(f"{path} is not known", node)

    def find(self, name: str, scope: Scope) -> tuple[Scope, bool] | None:
        """Return the scope that a name comes from, and whether that is outside the function."""
        outside, at = False, scope
        while name not in at.names or (at.kind == "class" and at is not scope):
            if at.parent is None:
                return None
            outside, at = outside or at.kind == "function", at.parent
        return at, outside

    def path(self, node: ast.expr, scope: Scope) -> str | None:
        """Return what an expression names, dotted, when that was imported or is a builtin."""
        if isinstance(node, ast.Name):
            found = self.find(node.id, scope)
            path = found[0].paths.get(node.id) if found else f"builtins.{node.id}"
        elif isinstance(node, ast.Attribute):
            base = self.path(node.value, scope)
            done = base is None or base in ROOTS or ((own := self.own(base)) and own[1])
            path = None if done else f"{base}.{node.attr}"
        else:
            return None
        for _ in self.modules:  # what one module has from the next
            if path and (own := self.own(path)) and own[1] and own[1][0] in own[0].paths:
                path = ".".join([own[0].paths[own[1][0]], *own[1][1:]])
        return path

    def named(self, node: ast.expr, scope: Scope) -> str:
        """Return the name of the solution's own function or class that an expression is, or nothing."""
        path = self.path(node, scope)
        name = path.rpartition(".")[2] if path and self.own(path) else ""
        found = self.find(node.id, scope) if isinstance(node, ast.Name) else None
        if found and node.id in found[0].parameters:  # type: ignore[attr-defined]
            return ""
        if not path and isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
        return name if name in self.functions or name in self.classes else ""

    def load(self, name: str, node: ast.expr, scope: Scope, path: str | None = None) -> int:
        """Return what a name, or a dotted path, may be when it is found here."""
        if path in ROOTS:
            return ROOTS[path]
        if path:
            self.known(path, node)
            if not (own := self.own(path)) or not own[1]:
                return 0 if path in ("builtins.__name__", "builtins.__file__") else CODE
            value, outside = own[0].names.get(own[1][0], OPAQUE), scope.called
        elif found := self.find(name, scope):
            value, outside = found[0].names[name], found[1]
        if outside and value & OPAQUE:
            doubt(f"{name} is from outside, and may be anything", node)
        return share(value) if outside else value
