"""Keep what tampering looks like: tables of names, and patterns for texts and templates.

Each entry has to spare honest apps; `reaches` says how code is held against the tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD_CHARS = 80
MENTIONS = 4000  # that are noted of all files
TEMPLATE_BYTES = 1024 * 1024

# Lead to frames, code objects, closures, all classes, or load code that nobody has read.
PRYING_ATTRIBUTES = {
    "__code__", "__closure__", "__globals__", "__subclasses__", "__builtins__", "f_back", "f_locals", "f_globals",
    "f_builtins", "tb_frame", "gi_frame", "cr_frame", "ag_frame", "_getframe", "_current_frames", "settrace",
    "setprofile", "addaudithook", "__self__",
}  # fmt: skip
# The same, but words of their own in text that is only shown; as names they are never innocent.
PRYING_NAMES = PRYING_ATTRIBUTES | {
    "__loader__", "exec_module", "load_module", "find_class", "persistent_load", "persistent_id", "cell_contents",
    "get_field", "runctx",
    "do_attr", "make_attrgetter", "make_multi_attrgetter", "compile_expression",
}  # fmt: skip
EVERYTHING = frozenset({"*"})
# Modules that do little else than walk frames, run text, load code or replace what others define. To import one
# and not use it is honest; not so those below, which no Flask app has any use for.
ALL_OF = (
    "code", "codeop", "runpy", "pdb", "trace", "doctest", "imp", "zipimport", "unittest.mock", "mock",
    "importlib.abc", "multiprocessing.reduction",
)  # fmt: skip
IMPORT_IS_ENOUGH = (
    "ctypes", "_ctypes", "cffi", "_testcapi", "_testinternalcapi", "_xxsubinterpreters", "_interpreters", "__main__",
    "checkpoint", "bdb",
)  # fmt: skip
# What of a module pries.
PRYING = {
    "gc": frozenset({"get_objects", "get_referrers", "get_referents", "callbacks", "garbage"}),
    "inspect": frozenset({
        "stack", "trace", "currentframe", "getinnerframes", "getouterframes", "getframeinfo", "getargvalues",
        "getclosurevars", "getmembers", "getmembers_static", "getattr_static", "getmodule", "getgeneratorlocals",
        "getcoroutinelocals", "getasyncgenlocals",
    }),
    "sys": frozenset({"modules", "meta_path", "path_hooks", "monitoring", "__dict__", *PRYING_ATTRIBUTES}),
    "builtins": frozenset({"exec", "eval", "compile", "__import__", "__dict__"}),
    "traceback": frozenset({"walk_stack", "walk_tb"}),
    "importlib": frozenset({"_bootstrap", "_bootstrap_external", "abc", "__import__"}),
    "importlib.util": frozenset({"spec_from_file_location", "spec_from_loader", "module_from_spec", "LazyLoader"}),
    "importlib.machinery": frozenset({
        "SourceFileLoader", "SourcelessFileLoader", "ExtensionFileLoader", "FileFinder", "PathFinder", "ModuleSpec",
    }),
    "pkgutil": frozenset({"resolve_name", "get_loader", "find_loader", "ImpImporter", "ImpLoader"}),
    "pydoc": frozenset({"locate", "safeimport", "resolve"}),
    "pickle": frozenset({"Unpickler", "_Unpickler", "_getattribute"}),
    "marshal": frozenset({"load", "loads"}),
    "profile": frozenset({"run", "runctx"}),
    "cProfile": frozenset({"run", "runctx"}),
    "typing": frozenset({"ForwardRef"}),
    "socket": frozenset({"fromfd", "fromshare", "recv_fds", "send_fds"}),
    "pytest": frozenset({"MonkeyPatch"}),
    "?": frozenset({
        "modules", "get_objects", "get_referrers", "get_referents", "currentframe", "getmembers", "walk_stack",
        "walk_tb", "eval", "exec", "compile", "__import__", "__dict__",
    }),  # a module whose name is computed
    **dict.fromkeys(ALL_OF + IMPORT_IS_ENOUGH, EVERYTHING),
}  # fmt: skip
# Handed to somebody else, or put by under another name, these are out of sight.
PASSED_ON = {"sys", "builtins", "gc", "inspect", "operator", "importlib"}
RUNNING_TEXT = {"exec", "eval", "compile", "__import__"}
# Filters and methods of Jinja that read attributes by name, for whoever calls them from Python.
READING_FILTERS = {"attr", "map", "groupby", "sort", "sum", "selectattr", "rejectattr", "unique", "min", "max"}
READS_BY_NAME = {"getattr", "operator.attrgetter", "operator.methodcaller"}
WRITES_BY_NAME = {"setattr", "delattr"}
AS_A_VALUE = READS_BY_NAME | WRITES_BY_NAME | RUNNING_TEXT | {"vars"}
# Names that learners give to variables of their own; a variable is not the function.
OFTEN_VARIABLES = {"vars", "compile", "eval"}
# Whoever sets one of these, on whatever object, stands in for what Flask and the probe ask. (The probe itself sees
# to the methods of the app.)
STAND_INS = {"view_class", "view_functions", "as_view", "MethodView", "__class__", "__bases__"}
CHANGES_A_DICT = {"update", "setdefault", "pop", "popitem", "clear", "__setitem__"}
# Attributes of modules and classes of others that honest apps set. A trailing dot: all below.
HARMLESS = (
    "sys.", "logging.root.", "logging.raiseExceptions", "logging.lastResort", "logging.Formatter.",
    "logging.logThreads", "logging.logProcesses", "warnings.formatwarning", "warnings.showwarning",
    "threading.excepthook", "tempfile.tempdir", "decimal.DefaultContext.", "builtins._", "http.client.", "http.server.",
    "socketserver.", "wsgiref.", "werkzeug.serving.", "flask.cli.", "flask.json.provider.", "json.encoder.FLOAT_REPR",
    "ssl._create_default_https_context", "smtplib.", "builtins.gettext",
)  # fmt: skip
# Modules whose functions are picked by name: hashlib.sha256, math.sqrt, logging.INFO.
PICKED_FROM = {"hashlib", "math", "random", "logging", "string", "statistics", "secrets", "signal", "cmath"}
# What the app has opened itself, or was read from what it has written itself.
OPENERS = {"open", "pipe", "pipe2", "fileno", "mkstemp", "memfd_create", "openpty", "eventfd", "dup", "detach"}
READERS = {"read", "read_bytes", "get", "dumps", "recv", "getvalue", "fetchone", "pop", "hget", "get_data"}
DESCRIPTOR_CALLS = {
    "os.read", "os.write", "os.pread", "os.pwrite", "os.readv", "os.writev", "os.dup", "os.dup2", "os.fdopen",
    "os.sendfile", "os.splice", "io.FileIO", "_io.FileIO",
}  # fmt: skip
STANDARD_STREAMS = (0, 1, 2)

# What logging.config looks up when it is told to, but for what an honest configuration names.
EXTERNAL = r"ext://(?:sys\.modules|builtins|gc|inspect|flask\.(?!logging)|werkzeug|checkpoint|json|socket|operator)"
INSIDE_WORDS = {name for name in PRYING_ATTRIBUTES if not name.startswith("_")}
_WORDS = [
    rf"(?<![A-Za-z0-9]){name}(?![A-Za-z0-9])" if name in INSIDE_WORDS else name
    for name in sorted(PRYING_ATTRIBUTES | {"__getattribute__"})
]
PRYING_TEXT = re.compile("|".join([EXTERNAL, *_WORDS]))
# No text without one of these has any of that in it, which is found out much faster.
_PARTS = ("ext://", *sorted(PRYING_ATTRIBUTES | {"__getattribute__"}))
_SIGNS = ("_", *(part for part in _PARTS if "_" not in part))
# In a template's tags two underscores are rare enough, but for these.
UNDERSCORES = re.compile(r"(?<![A-Za-z0-9_])__[A-Za-z]\w*|(?<!\w)\w*[A-Za-z]__(?!\w)")
PLAIN_UNDERSCORES = {"__class__", "__name__", "__doc__", "__version__", "__str__", "__len__", "__main__", "__file__"}
# Jinja's ways to an attribute whose name is not written there.
BY_NAME = re.compile(
    r"\battr\s*\((?!\s*(?:'[A-Za-z][\w.]*'|\"[A-Za-z][\w.]*\")\s*\))|\battribute\s*=(?!\s*['\"])"
    r"|\bgroupby\s*\((?!\s*['\"])"
)
# logging.config.fileConfig() evaluates what stands in its file.
EVALUATED = (".ini", ".cfg", ".conf")
CALLS = re.compile(r"\b(?:getattr|setattr|eval|exec|vars|__import__)\(")
TAG_OPENS = re.compile(r"\{[{%]")


def named_at(name: str, mentions: dict[str, list[Any]], main: str) -> tuple[str, int] | None:
    """Return file and line of the first code that names a file, None if none does.

    Where not all words could be noted, any file may be named: it is laid to the app's own.
    """
    inside = name.removeprefix("templates/")
    for word in (name, inside, name.rpartition("/")[2]):
        if mentions.get(word):
            file, line, *_ = mentions[word][0]
            return file, line
    return (main, 1) if len(mentions) >= MENTIONS or len(inside) > WORD_CHARS else None


def in_other_files(files: dict[str, bytes], mentions: dict[str, list[Any]], main: str) -> list[list[Any]]:
    """Return what templates, and texts that the code names, reach for: [words, Python file, line that names it]."""
    found = []
    for name, content in sorted(files.items()):
        if name.endswith(".py"):
            continue
        inside = name.startswith("templates/")
        # Files of other exercises may lie beside the app: what nobody names and is no template is none of its.
        place = named_at(name, mentions, main)
        if not inside and place is None:
            continue
        if len(content) > TEMPLATE_BYTES:
            reached: str | None = "a template too large to be read" if inside else None
        else:
            text = content.decode("utf-8", "replace")
            reached = next(in_tags(text), None) if inside else next(in_text(text), None)
            if reached is None and name.endswith(EVALUATED) and (call := CALLS.search(text)):
                reached = call.group()
        if reached:
            file, line = place or (main, 1)
            found.append([f"{reached} in {name}"[:WORD_CHARS], file, line])
    return found


def in_tags(text: str) -> Iterator[str]:
    """Yield what a template's tags reach for; its other text is only shown."""
    # Piece by piece from one opening to the next, so that openings without ends do not take the square.
    for piece in TAG_OPENS.split(text)[1:]:
        ends = [end for end in (piece.find("}}"), piece.find("%}")) if end >= 0]
        tag = piece[: max(ends)] if ends else piece
        if match := _prying(tag) or BY_NAME.search(tag):
            yield match.group().strip()
        if "__" in tag:
            yield from (word for word in UNDERSCORES.findall(tag) if word not in PLAIN_UNDERSCORES)


def in_text(text: str) -> Iterator[str]:
    """Yield what a text, read forwards and backwards, has of prying names, and what a template in it does."""
    for way in (text, text[::-1]):
        if match := _prying(way):
            yield match.group()
    if "{{" in text or "{%" in text:
        yield from in_tags(text)


def _prying(text: str) -> re.Match[str] | None:
    if not any(map(text.__contains__, _SIGNS)) or not any(map(text.__contains__, _PARTS)):
        return None
    return PRYING_TEXT.search(text)


def is_harmless(origin: str) -> bool:
    """Say whether honest apps set this attribute of a module or class of others."""
    return any(origin.startswith(known) if known[-1] == "." else origin == known for known in HARMLESS)
