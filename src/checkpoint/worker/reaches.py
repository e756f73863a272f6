"""Find what in a submission's sources could reach, or stand in for, what watches it from inside.

A list of suspicions, not a wall: Python has no end of ways, and each rule here has to spare honest apps. What is
found makes checks undecided that rest on reports from inside, so that a person looks; it fails nobody.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from checkpoint.worker import names
from checkpoint.worker.names import Names
from checkpoint.worker.prying import (
    AS_A_VALUE,
    CHANGES_A_DICT,
    DESCRIPTOR_CALLS,
    EVERYTHING,
    IMPORT_IS_ENOUGH,
    OFTEN_VARIABLES,
    OPENERS,
    PASSED_ON,
    PICKED_FROM,
    PRYING,
    PRYING_ATTRIBUTES,
    PRYING_NAMES,
    READERS,
    READING_FILTERS,
    READS_BY_NAME,
    RUNNING_TEXT,
    STAND_INS,
    STANDARD_STREAMS,
    WORD_CHARS,
    WRITES_BY_NAME,
    in_tags,
    in_text,
    is_harmless,
)
from checkpoint.worker.tree import children

if TYPE_CHECKING:
    from collections.abc import Iterable

# Whose names are their own.
SCOPES = {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda}


def in_python(tree: ast.Module, file: str, known: Names) -> list[list[Any]]:
    """Return what one file's code reaches for, top to bottom: [words, file, line]."""
    finder = _Finder(tree, known)
    finder.search()
    return [[words[:WORD_CHARS], file, line] for words, line in sorted(finder.found, key=lambda item: item[1])]


class _Behind(NamedTuple):
    """Stand behind the nodes of a function or a class: from here on it is the method around that again."""

    method: str


class _Finder:
    """Walk one file's tree without recursion, and note what reaches."""

    def __init__(self, tree: ast.Module, known: Names) -> None:
        self.found: list[tuple[str, int]] = []
        self._method = ""  # that we are in
        self._names = known
        self._tree = tree
        self._quiet: set[int] = set()  # nodes that a rule about what is around them has dealt with
        self._read_too: set[int] = set()  # runpy.run_path where it runs a Python file, which is read as well
        self._own_calls: set[int] = set()  # object.__getattribute__ where it is called with a method's own self
        self._pieces: list[tuple[str, int]] = []  # texts of the statement that we are in
        self._by_self: dict[str, tuple[str, int]] = {}  # methods that read attributes of self by computed names
        self._unbound: set[str] = set()  # methods that are taken from their class, to be called with another self
        self._looks: dict[type[ast.AST], Any] = {
            ast.Module: self._docstring,
            ast.AsyncFunctionDef: self._function,
            ast.FunctionDef: self._function,
            ast.ClassDef: self._class,
            ast.MatchClass: self._pattern,
            ast.keyword: self._keyword,
            ast.Import: self._import,
            ast.ImportFrom: self._import_from,
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.Subscript: self._subscript,
            ast.Call: self._call,
        }

    def search(self) -> None:
        """Visit each node once, parents first and in order, then tell what only shows at the end."""
        stack: list[Any] = [self._tree]
        methods: set[int] = set()  # functions that stand right in a class
        while stack:
            node = stack.pop()
            kind = type(node)
            if kind is _Behind:
                self._method = node.method
                continue
            if self._pieces and isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
                self._end_statement()
            if kind in SCOPES:
                stack.append(_Behind(self._method))
                self._method = self._within(node, id(node) in methods)
                if kind is ast.ClassDef:
                    methods.update(map(id, node.body))
            look = self._looks.get(kind)
            if look:
                look(node)
            if kind is ast.Attribute:  # of a.b.c the whole has been looked at; only what it hangs on is left
                stack.append(_root(node))
            else:
                stack += reversed(children(node))
        self._end_statement()
        for name in self._unbound & self._by_self.keys():
            self.found.append(self._by_self[name])

    def _within(self, node: Any, is_method: bool) -> str:
        """Return the name of the method whose `self` is to be relied on in a function or class, "" if there is none."""
        if isinstance(node, ast.ClassDef):
            return ""
        arguments = node.args
        if is_method and not isinstance(node, ast.Lambda):
            first = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args)][:1]
            static = any(names.dotted(d) == "staticmethod" for d in node.decorator_list)
            return node.name if first in (["self"], ["cls"]) and not static else ""
        given = {arg.arg for arg in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
        return "" if {"self", "cls"} & given else self._method

    def _reach(self, words: str, node: ast.AST) -> None:
        self.found.append((words.replace("?.", "import_module(...)."), getattr(node, "lineno", 1)))

    # Texts. A name may come in pieces, so those of a statement count together.

    def _constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str | bytes) and id(node) not in self._quiet:
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            self._pieces.append((text, node.lineno))

    def _end_statement(self) -> None:
        pieces, self._pieces = self._pieces, []
        found = [(repr(word), line) for text, line in pieces for word in list(in_text(text))[:1]]
        if not found and len(pieces) > 1 and (match := next(in_text("".join(text for text, _ in pieces)), None)):
            found = [(repr(match), pieces[0][1])]
        self.found += found

    def _docstring(self, node: Any) -> None:
        if not node.body or not isinstance(node.body[0], ast.Expr):
            return
        text = node.body[0].value
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            self._quiet.add(id(text))
            # It may be rendered, too.
            self.found += [(repr(word), text.lineno) for word in list(in_tags(text.value))[:1]]

    # Definitions and the names in them.

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._docstring(node)
        if node.name in PRYING_NAMES:
            self._reach(f"def {node.name}", node)

    def _class(self, node: ast.ClassDef) -> None:
        self._docstring(node)
        for statement in node.body:
            # What a class is matched by is read by name, whatever the names are.
            if (
                isinstance(statement, ast.Assign)
                and any(names.dotted(target) == "__match_args__" for target in statement.targets)
                and not all(self._names.is_literal(e) for e in getattr(statement.value, "elts", [statement.value]))
            ):
                self._reach("__match_args__", statement)

    def _pattern(self, node: ast.MatchClass) -> None:
        for name in node.kwd_attrs:
            if name in PRYING_NAMES:
                self._reach(f"{name}=...", node)

    def _keyword(self, node: ast.keyword) -> None:
        if node.arg in PRYING_NAMES:
            self._reach(f"{node.arg}=...", node)
        if node.arg == "default" and names.dotted(node.value) == "vars":  # of json.dumps()
            self._quiet.add(id(node.value))

    # Imports.

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._imported(alias.name, node)

    def _import_from(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        if node.level or self._names.is_own(module) or self._imported(module, node):
            return
        for alias in node.names:
            full = f"{module}.{alias.name}"
            if alias.name == "*" and module in PRYING:
                self._reach(f"from {module} import *", node)
            elif PRYING.get(full) is not EVERYTHING and (
                alias.name in PRYING_NAMES or self._pries(self._names.cut(full))
            ):
                self._reach(full, node)

    def _imported(self, module: str, node: ast.AST) -> bool:
        parts = module.split(".")
        if parts[0] in IMPORT_IS_ENOUGH and not self._names.is_own(module):
            self._reach(f"import {module}", node)
            return True
        return False

    def _pries(self, origin: str) -> bool:
        """Say whether a dotted origin is in the table: sys.modules, gc.get_objects, unittest.mock."""
        module, _, last = origin.rpartition(".")
        return not self._names.is_own(origin) and (
            last in PRYING.get(module, ()) or PRYING.get(origin) is EVERYTHING or PRYING.get(module) is EVERYTHING
        )

    # Names and attributes.

    def _name(self, node: ast.Name) -> None:
        stored = not isinstance(node.ctx, ast.Load)
        if node.id in PRYING_NAMES or (stored and node.id in ("__class__", "__bases__")):
            self._reach(node.id, node)
        elif not stored and id(node) not in self._quiet:
            self._value(node, self._names.origins_of_name(node.id) or {f"builtins.{node.id}"})

    def _value(self, node: ast.AST, origins: Iterable[str]) -> None:
        """Note a function or module that is handed on instead of being used."""
        for origin in origins:
            builtin = origin.removeprefix("builtins.")
            if self._names.is_own(origin):
                continue
            if builtin in AS_A_VALUE and not (builtin in OFTEN_VARIABLES and self._names.is_bound(builtin)):
                self._reach(f"{builtin} as a value", node)
            elif origin in PASSED_ON or PRYING.get(origin) is EVERYTHING or self._names.is_module_of_flask(origin):
                self._reach(f"{origin} as a value", node)

    def _attribute(self, node: ast.Attribute) -> None:
        """Look at a whole a.b.c at once: what is in it, what it is, and what happens to it."""
        chain = names.chain(node)
        root = chain[0].value
        if isinstance(root, ast.Name) and root.id not in PRYING_NAMES:
            self._quiet.add(id(root))
            if self._names.is_own_class(root.id):
                self._unbound.add(chain[0].attr)
        origins = self._names.origins(root)
        for link in chain:
            owner, attribute = origins, link.attr
            origins = {self._names.cut(f"{origin}.{attribute}") for origin in owner if origin.count(".") < 12}
            # Its name alone is enough, but for a method's own super(), which has nothing to do with anybody else.
            asks = attribute in ("__getattribute__", "__getattr__") and not self._is_own_call(link)
            if runs := {"runpy.run_path", "runpy.run_module"} & origins:
                if id(link) not in self._read_too:
                    self._reach(min(runs), link)
            elif asks or attribute in PRYING_NAMES:
                self._reach(f".{attribute}", link)
            elif pries := next(filter(self._pries, sorted(origins)), None):
                self._reach(pries, link)
            elif attribute == "__dict__" and (self._is_foreign(owner) or self._is_type(link.value)):
                self._reach(f"{names.dotted(link) or 'type(...).__dict__'}", link)
            elif attribute in CHANGES_A_DICT and getattr(link.value, "attr", "") == "view_functions":
                self._reach(f".view_functions.{attribute}", link)
            elif attribute in ("getattr", "getitem") and "env" in names.last(link.value):  # Jinja's
                self._reach(f".{attribute}", link)
            elif attribute == "filters" and "logg" in names.last(link.value).lower():
                self._reach(".filters of a logger", link)  # the probe has one there
        if not isinstance(node.ctx, ast.Load):
            self._assigned(node, self._names.origins(root), chain)
        elif id(node) not in self._quiet:
            self._value(node, origins)

    def _is_own_call(self, link: ast.Attribute) -> bool:
        """Say whether super().__getattribute__ or object.__getattribute__(self, ...) asks for one's own attribute."""
        plain = isinstance(link.value, ast.Call) and not link.value.args
        return (plain and names.dotted(getattr(link.value, "func", None)) == "super") or id(link) in self._own_calls

    def _assigned(self, node: ast.Attribute, roots: set[str], chain: list[ast.Attribute]) -> None:
        words = f"{names.dotted(node) or '.' + node.attr} = ..."
        path = ".".join(link.attr for link in chain[:12])
        full = {self._names.cut(f"{root}.{path}") for root in roots}
        stands_in = node.attr in STAND_INS and (node.attr == "__class__" or not self._is_self(node.value))
        if (
            stands_in
            or self._is_type(node.value)
            or (self._is_foreign(full) and not all(is_harmless(origin) for origin in full))
        ):
            self._reach(words, node)

    def _subscript(self, node: ast.Subscript) -> None:
        if not isinstance(node.ctx, ast.Load) and getattr(node.value, "attr", "") == "view_functions":
            self._reach(".view_functions[...] = ...", node)
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if isinstance(node.ctx, ast.Load) and getattr(node.value, "attr", "") == "filters" and key in READING_FILTERS:
            self._reach(f".filters[{key!r}]", node)

    def _is_foreign(self, origins: Iterable[str]) -> bool:
        return any(self._names.is_foreign(origin) for origin in origins)

    def _is_type(self, node: ast.AST, depth: int = 3) -> bool:
        """Say whether an expression is a class of somebody else's: type(f), f.__class__, a name for either."""
        if isinstance(node, ast.Call) and names.dotted(node.func) == "type" and len(node.args) == 1:
            return not self._is_self(node.args[0])
        if isinstance(node, ast.Attribute) and node.attr == "__class__":
            return not self._is_self(node.value)
        if isinstance(node, ast.Name) and depth:
            return any(self._is_type(value, depth - 1) for value in self._names.values(node.id)[:8])
        return False

    def _is_self(self, node: ast.AST) -> bool:
        is_named_so = isinstance(node, ast.Name) and node.id in ("self", "cls") and not self._names.values(node.id)
        return is_named_so and bool(self._method)

    # Calls.

    def _call(self, node: ast.Call) -> None:
        first = node.args[0] if node.args else None
        called = {origin.removeprefix("builtins.") for origin in self._names.origins(node.func)}
        if isinstance(node.func, ast.Name):
            called = called or {node.func.id}
            self._quiet.add(id(node.func))
        elif isinstance(node.func, ast.Attribute):
            self._quiet.add(id(node.func))
            if self._names.is_file_of_python(first):
                self._read_too.add(id(node.func))
            self._method_called(node, node.func)
        for name in called:
            self._called(name, node)

    def _called(self, name: str, node: ast.Call) -> None:
        first = node.args[0] if node.args else None
        if name in RUNNING_TEXT:
            self._reach(f"{name}()", node)
        elif name in READS_BY_NAME:
            self._reads_by_name(name, node)
        elif name in WRITES_BY_NAME and first is not None:
            self._writes_by_name(name, node, first)
        elif name == "werkzeug.local.LocalProxy" and not all(map(self._is_harmless_name, node.args[1:2])):
            self._reach("LocalProxy() by a computed name", node)
        elif name in ("functools.wraps", "functools.update_wrapper"):
            copied = [k.value for k in node.keywords if k.arg in ("assigned", "updated")]
            copied += node.args[1 + name.endswith("r") :]
            if not all(self._is_harmless_copy(which) for which in copied):
                self._reach(f"{name}() by a computed name", node)
        elif name == "vars" and first is not None:
            if self._is_foreign(self._names.origins(first)) or self._is_type(first):
                self._reach("vars() of what is not one's own", node)
            self._quiet.add(id(first))
        elif name == "hasattr" and first is not None:
            self._quiet.add(id(first))  # yes or no gives nothing away
        elif name in ("types.FunctionType", "types.CodeType", "types.LambdaType"):
            self._reach(f"{name}()", node)
        elif name in ("timeit.timeit", "timeit.repeat", "timeit.Timer"):
            given = [*node.args[:2], *(k.value for k in node.keywords if k.arg in ("stmt", "setup"))]
            if not all(self._is_harmless_code(code) for code in given):
                self._reach(f"{name}() of text", node)
        elif name in ("pickle.loads", "_pickle.loads") and not self._names.comes_from(first, READERS):
            self._reach(f"{name}()", node)
        elif name == "socket.socket" and (len(node.args) > 3 or any(k.arg == "fileno" for k in node.keywords)):
            self._reach("socket.socket(fileno=...)", node)
        elif name in DESCRIPTOR_CALLS and not self._is_own_descriptor(first):
            self._reach(f"{name}() of a descriptor", node)
        elif name in ("open", "io.open") and self._names.is_number(first) and not self._is_own_descriptor(first):
            self._reach("open() of a descriptor", node)

    def _method_called(self, node: ast.Call, function: ast.Attribute) -> None:
        """Note calls by a method's name alone, whatever it is a method of."""
        first = node.args[0] if node.args else None
        if function.attr in ("__getattribute__", "__getattr__") and first is not None and self._is_self(first):
            self._own_calls.add(id(function))
        elif function.attr in ("__setattr__", "__delattr__") and first is not None:
            if self._is_foreign(self._names.origins(first)):
                self._reach(f".{function.attr}() of what is not one's own", node)
        elif function.attr in ("format", "format_map"):
            # A format's fields reach attributes; one that is put together may have any.
            text = first if names.dotted(function.value) == "str" else function.value
            if text is not None and names.is_put_together(text):
                self._reach(f".{function.attr}() of a text that is put together", node)

    def _reads_by_name(self, name: str, node: ast.Call) -> None:
        last = name.rpartition(".")[2]
        asked = node.args[1:2] if last == "getattr" else node.args[:1] if last == "methodcaller" else node.args
        if last == "getattr" and node.args:
            self._quiet.add(id(node.args[0]))
            for origin in self._names.origins(node):
                if self._pries(origin):
                    self._reach(origin, node)
        if any(isinstance(a, ast.Starred) for a in node.args) or not asked:
            self._reach(f"{last}(*...)", node)
        elif not all(self._is_harmless_name(one) for one in asked) and not (
            last == "getattr" and self._may_be_asked(node.args[0], node)
        ):
            self._reach(f"{last}() by a computed name", node)

    def _may_be_asked(self, thing: ast.expr, node: ast.Call) -> bool:
        """Say whether it is well to read any attribute of this: it is g, a method's self, a module of functions."""
        if self._is_self(thing):
            self._by_self[self._method] = ("getattr() by a computed name", node.lineno)
            return True
        rebound = isinstance(thing, ast.Name) and self._names.is_bound(thing.id)
        return not rebound and any(
            origin in PICKED_FROM or self._names.is_proxy(origin) or self._names.is_own(origin)
            for origin in self._names.origins(thing)
        )

    def _is_harmless_name(self, name: ast.expr) -> bool:
        """Say whether a computed name cannot be a prying one, by how it begins or how it is spelt."""
        if self._names.is_literal(name):
            return True  # if it pries, then as a text
        if isinstance(name, ast.Call) and names.last(name.func) in ("upper", "capitalize", "title"):
            return True
        begins = self._names.beginning(name)
        return bool(begins) and not any(prying.startswith(begins) for prying in PRYING_ATTRIBUTES) and begins[0] != "_"

    def _is_harmless_copy(self, which: ast.expr) -> bool:
        if isinstance(which, ast.Tuple | ast.List):
            return all(self._is_harmless_name(one) for one in which.elts)
        return any(origin.startswith("functools.WRAPPER_") for origin in self._names.origins(which))

    def _writes_by_name(self, name: str, node: ast.Call, thing: ast.expr) -> None:
        self._quiet.add(id(thing))
        literal = node.args[1] if len(node.args) > 1 else None
        words = literal.value if isinstance(literal, ast.Constant) and isinstance(literal.value, str) else ""
        foreign = self._is_foreign(self._names.origins(thing))
        full = {f"{origin}.{words}" for origin in self._names.origins(thing)}
        if foreign and not (words and all(is_harmless(self._names.cut(origin)) for origin in full)):
            self._reach(f"{name}() on {names.dotted(thing) or 'somebody else'}", node)
        elif words in STAND_INS or self._is_type(thing) or any(isinstance(a, ast.Starred) for a in node.args[:2]):
            self._reach(f"{name}(..., {words!r})" if words else f"{name}(...)", node)

    def _is_harmless_code(self, code: ast.expr) -> bool:
        """Say whether what is run is a function of one's own, or a text that reaches for nothing."""
        if isinstance(code, ast.Lambda) or self._names.is_function(code):
            return True
        if not isinstance(code, ast.Constant) or not isinstance(code.value, str):
            return False
        try:
            tree = ast.parse(code.value)
            return not in_python(tree, "", Names(tree, set()))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False

    def _is_own_descriptor(self, node: ast.expr | None) -> bool:
        if isinstance(node, ast.Constant):
            return node.value in STANDARD_STREAMS
        return self._names.comes_from(node, OPENERS)


def _root(node: ast.Attribute) -> ast.expr:
    return names.chain(node)[0].value
