"""Read what a submission's sources say by themselves, without running any of it.

Runs in a worker, before it loads the app: `ast.parse` can crash an interpreter, and the judge must not be that one.
The result is plain JSON; `judge.source` gives it a face.
"""

from __future__ import annotations

import ast
import contextlib
import sys
from typing import TYPE_CHECKING, Any

from checkpoint.worker import prying, reaches
from checkpoint.worker.names import NOT_OWN, Names, dotted
from checkpoint.worker.prying import MENTIONS, WORD_CHARS
from checkpoint.worker.tree import children, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = list[Any]  # [file, line, end_line]

PLACES = 12
SOURCE_BYTES = 1024 * 1024
READER_FRAMES = 20_000

HOOKS = {
    "before_request": "before_request",
    "before_app_request": "before_request",
    "after_request": "after_request",
    "after_app_request": "after_request",
    "after_this_request": "after_request",
    "teardown_request": "teardown_request",
    "teardown_app_request": "teardown_request",
}
# What imports or runs a file by its name.
IMPORTING = {
    "import_module", "import_string", "from_object", "from_pyfile", "run_path", "run_module", "resolve_name",
}  # fmt: skip
# Statements that may leave a block, or hold one that does.
LEAVING = {ast.Return, ast.Raise, ast.If, ast.With, ast.AsyncWith, ast.While, ast.Try, ast.Match}


def read(files: dict[str, bytes], main: str = "app.py") -> dict[str, Any]:
    """Return the facts of all Python files in `files` (name -> bytes).

    Keys: `broken` (file -> a syntax error's message, line, column, end_column, text), `functions`, `classes`,
    `mentions` (word -> places, imports left out), `imports` (names), `uses` ([file, module]), `reaches` (what
    tampers: [words, file, line]), `runs` (places of app.run() that an import would start), `shares` (places in
    functions that change what all requests share). A place is [file, line, end_line].
    """
    facts: dict[str, Any] = {
        "broken": {}, "functions": [], "classes": [], "mentions": {}, "imports": [], "uses": [], "reaches": [],
        "runs": [], "shares": [],
    }  # fmt: skip
    own = {name.partition("/")[0].removesuffix(".py") for name in files if name.endswith(".py")} - NOT_OWN
    trees: dict[str, tuple[ast.Module, Names]] = {}
    # The app's own file first: what lies beside it may be more than we can keep.
    for name, content in sorted(files.items(), key=lambda item: (item[0] != main, item[0])):
        if not name.endswith(".py"):
            continue
        if len(content) > SOURCE_BYTES:
            _give_up(facts, name, f"{len(content)} bytes are too many for a source file")
            continue
        try:
            tree = ast.parse(content, name)
            with _deep_recursion():
                _Reader(name, facts).read(tree)
            trees[name] = tree, Names(tree, own)
        except SyntaxError as error:
            facts["broken"][name] = {
                "message": str(error.msg),
                "line": error.lineno,
                "column": error.offset,
                "end_column": error.end_offset if error.end_lineno == error.lineno else None,
                "text": (error.text or "")[:2000],
            }
        except ValueError as error:
            facts["broken"][name] = _broken(str(error))
        except (RecursionError, MemoryError) as error:
            _give_up(facts, name, str(error) or type(error).__name__)
    if "from_pyfile" in facts["mentions"] or len(facts["mentions"]) >= MENTIONS:  # whatever the file's name ends with
        trees |= _configurations(files, facts["mentions"], own)
    modules = {
        name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): names
        for name, (_, names) in trees.items()
    }
    for _, names in trees.values():
        names.learn(modules)
    for name, (tree, names) in trees.items():
        found = reaches.in_python(tree, name, names)
        if found and not name.endswith(".py"):
            place = prying.named_at(name, facts["mentions"], main) or (main, 1)
            found = [[f"{words} in {name}"[:WORD_CHARS], *place] for words, _, _ in found]
        facts["reaches"] += found
    facts["reaches"] += prying.in_other_files(files, facts["mentions"], main)
    return facts


def _configurations(
    files: dict[str, bytes], mentions: dict[str, list[Place]], own: set[str]
) -> dict[str, tuple[ast.Module, Names]]:
    """Return the trees of those files that the code names and that are Python by another name."""
    trees = {}
    for name, content in files.items():
        named = prying.named_at(name, mentions, "") is not None
        if named and not name.endswith(".py") and len(content) <= SOURCE_BYTES:
            with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
                tree = ast.parse(content, name)
                trees[name] = tree, Names(tree, own)
    return trees


def _broken(message: str) -> dict[str, Any]:
    return {"message": message, "line": None, "column": None, "end_column": None, "text": ""}


def _give_up(facts: dict[str, Any], name: str, message: str) -> None:
    """Note that nobody can say what is in a file, though Python itself may well run it."""
    facts["broken"][name] = _broken(message)
    facts["reaches"].append(["a source too large or too deep to be read", name, 1])


@contextlib.contextmanager
def _deep_recursion() -> Iterator[None]:
    """Let the reader go as deep as `ast.parse` does: it takes up to three frames a level."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, READER_FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


class _Reader:
    """Walk one file's syntax tree, top to bottom, and note what matters."""

    def __init__(self, file: str, facts: dict[str, Any]) -> None:
        self._file = file
        self._facts = facts
        self._statement: Place = [file, 1, 1]
        self._modules: set[str] = set()
        self._depth = 0  # of functions around us
        self._function: dict[str, Any] | None = None  # that a `return` here belongs to
        self._guarded = False
        self._shared: set[str] = set()  # names that the module has for everybody
        self._globals: set[str] = set()
        self._looks: dict[type, Any] = {
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.Constant: self._constant,
            ast.Call: self._call,
            ast.Assign: self._assign,
            ast.AugAssign: self._one_target,
            ast.AnnAssign: self._one_target,
            ast.Import: self._import,
            ast.ImportFrom: self._import_from,
            ast.FunctionDef: self._function_def,
            ast.AsyncFunctionDef: self._function_def,
            ast.Return: self._return,
            ast.Lambda: self._lambda,
            ast.ClassDef: self._class_def,
            ast.If: self._if,
            ast.While: self._while,
            ast.Global: self._global,
        }

    def read(self, tree: ast.Module) -> None:
        """Note which names are the module's own, then look at everything."""
        for statement in tree.body:
            if isinstance(statement, ast.ClassDef):
                self._shared.add(statement.name)
            elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                self._shared.update(_root(target) for target in targets)
        self._below(tree)

    def _visit(self, node: ast.AST) -> None:
        """Note which statement we are in, then look at the node."""
        around = self._statement
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            # Of a compound statement only its head is meant: its body has statements of its own.
            end = body[0].lineno - 1 if isinstance(body, list) and body else node.end_lineno or node.lineno
            self._statement = [self._file, node.lineno, max(node.lineno, end)]
        look = self._looks.get(type(node), self._below)
        look(node)
        self._statement = around

    def _below(self, node: ast.AST) -> None:
        for child in children(node):
            self._visit(child)

    def _global(self, node: ast.Global) -> None:
        """Note names that a function shares with the module."""
        self._globals.update(node.names)
        self._shared.update(node.names)

    def _name(self, node: ast.Name) -> None:
        """Note a name."""
        self._mention(node.id)

    def _attribute(self, node: ast.Attribute) -> None:
        """Note an attribute's name."""
        self._visit(node.value)
        self._mention(node.attr)

    def _constant(self, node: ast.Constant) -> None:
        """Note short texts."""
        if isinstance(node.value, str):
            self._mention(node.value)

    def _import(self, node: ast.Import) -> None:
        """Note imported modules."""
        for alias in node.names:
            self._facts["uses"].append([self._file, alias.name])
            self._modules.add(alias.asname or alias.name)

    def _import_from(self, node: ast.ImportFrom) -> None:
        """Note names imported from a module."""
        self._facts["uses"].append([self._file, node.module or ""])
        self._facts["imports"] += [alias.name[:WORD_CHARS] for alias in node.names]

    def _call(self, node: ast.Call) -> None:
        """Note hooks registered by call, modules imported by call, and app.run()."""
        name = dotted(node.func)
        last = name.rpartition(".")[2]
        if last in HOOKS and node.args and isinstance(node.args[0], ast.Name):
            self._facts["functions"].append(
                {"registers": node.args[0].id, "hook": HOOKS[last], "place": list(self._statement)}
            )
        if last in IMPORTING and node.args and isinstance(node.args[0], ast.Constant):
            module = str(node.args[0].value).removeprefix("./").partition("/")[0].removesuffix(".py")
            self._facts["uses"].append([self._file, module.partition(":")[0]])
        owner = name.rpartition(".")[0]  # asyncio.run() and subprocess.run() start no server
        if last == "run" and owner and owner not in self._modules and not self._depth and not self._guarded:
            self._facts["runs"].append(list(self._statement))
        self._below(node)

    def _assign(self, node: ast.Assign) -> None:
        """Note assignments to what all requests share."""
        for target in node.targets:
            self._assigned(target)
        self._below(node)

    def _one_target(self, node: ast.AugAssign | ast.AnnAssign) -> None:
        """Note the same for `+=` and friends, and for annotated assignments."""
        self._assigned(node.target)
        self._below(node)

    def _if(self, node: ast.If) -> None:
        """Remember when we are behind `if __name__ == "__main__"`."""
        before = self._guarded
        self._guarded = before or any(isinstance(n, ast.Name) and n.id == "__name__" for n in walk(node.test))
        self._below(node)
        self._guarded = before

    def _function_def(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Note a function: where it is, which hook its decorators make it, how it returns."""
        hooks = [HOOKS.get(dotted(_callee(d)).rpartition(".")[2]) for d in node.decorator_list]
        self._mention(node.name)
        # What a function is used for stands above its name.
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        entry: dict[str, Any] = {
            "name": node.name,
            "hook": next((hook for hook in hooks if hook), None),
            "place": [self._file, first, node.end_lineno or node.lineno],
            "values": [],
            "nothings": [],
            "falls_off": not _always_leaves(node.body),
        }
        self._facts["functions"].append(entry)
        around, self._function = self._function, entry
        self._depth += 1
        self._below(node)
        self._depth -= 1
        self._function = around

    def _return(self, node: ast.Return) -> None:
        """Note where a function returns, and whether that gives anything."""
        if self._function is not None:
            kind = "nothings" if _is_none(node.value) else "values"
            self._function[kind].append([node.lineno, node.end_lineno])
        self._below(node)

    def _while(self, node: ast.While) -> None:
        """Note a loop that may not end."""
        self._mention("while")
        self._below(node)

    def _lambda(self, node: ast.Lambda) -> None:
        """Go into a lambda as into a function."""
        self._depth += 1
        self._below(node)
        self._depth -= 1

    def _class_def(self, node: ast.ClassDef) -> None:
        """Note a class and the names of its bases."""
        self._mention(node.name)
        self._facts["classes"].append(
            {
                "name": node.name,
                "bases": [dotted(base) for base in node.bases],
                "methods": [n.name for n in node.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)],
                "place": list(self._statement),
                "end_line": node.end_lineno or node.lineno,
            }
        )
        around, self._function = self._function, None
        self._below(node)
        self._function = around

    def _assigned(self, target: ast.expr) -> None:
        root = _root(target)
        if self._depth and root in self._shared and (root in self._globals or not isinstance(target, ast.Name)):
            self._facts["shares"].append(list(self._statement))
        if isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self._assigned(element)

    def _mention(self, word: str) -> None:
        mentions = self._facts["mentions"]
        if not word or len(word) > WORD_CHARS or "\n" in word or self._guarded:
            return
        if word not in mentions and len(mentions) >= MENTIONS:
            return
        places = mentions.setdefault(word, [])
        if len(places) < PLACES and self._statement not in places:
            places.append(self._statement)


def _callee(node: ast.expr) -> ast.expr:
    return node.func if isinstance(node, ast.Call) else node


def _root(node: ast.AST) -> str:
    """Return the name that an assignment's target hangs on: `a` of a.b["c"], "" if there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _always_leaves(body: list[ast.stmt]) -> bool:
    """Say whether a block cannot be left through its end (as far as its form tells)."""
    for statement in body:
        if type(statement) not in LEAVING:
            continue
        match statement:
            case ast.Return() | ast.Raise():
                return True
            case ast.If(body=yes, orelse=no) if no and _always_leaves(yes) and _always_leaves(no):
                return True
            case ast.With(body=inner) | ast.AsyncWith(body=inner) if _always_leaves(inner):
                return True
            case ast.While(test=ast.Constant(value=True)):
                return not any(isinstance(n, ast.Break) for n in walk(statement))
            case ast.Try(body=inner, handlers=handlers, orelse=no, finalbody=last):
                if _always_leaves(last):
                    return True
                if (_always_leaves(inner) or _always_leaves(no)) and all(
                    _always_leaves(handler.body) for handler in handlers
                ):
                    return True
            case ast.Match(cases=cases) if cases and all(_always_leaves(case.body) for case in cases):
                last_case = cases[-1]
                catches_all = isinstance(last_case.pattern, ast.MatchAs) and last_case.pattern.pattern is None
                if catches_all and last_case.guard is None:
                    return True
    return False
