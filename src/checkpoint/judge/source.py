"""Read a submission's sources: where things are in the learner's files.

What the syntax tree says comes from a worker that has not run any of it yet (`worker.facts`); the lines themselves
are the bytes that were taken in.
"""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from checkpoint.model import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.model import Submission

AROUND_LINES = 2
EXCERPT_LINES = 12
LINE_CHARS = 400
TAG = re.compile(r"\{[{%]([^}]*)")
IMPORTING = {  # what imports or runs a file whose name nobody sees in an import statement
    "import_module", "__import__", "exec", "eval", "import_string", "from_object", "from_pyfile", "run_path",
    "run_module", "resolve_name",
}  # fmt: skip
SLOW_CODECS = {"idna", "punycode"}  # for host names; they take the square of a text's length


class Place(NamedTuple):
    """Lines `line` to `end_line` (1-based, inclusive) of one of the submission's files."""

    file: str
    line: int
    end_line: int


class Function(NamedTuple):
    """A function in the source: `hook` is the kind of request hook it is registered as, if any.

    `values` are the places of its `return value`s, `nothings` those of `return` and `return None`;
    `falls_off` says that its end can be reached without a return.
    """

    name: str
    hook: str | None
    place: Place
    values: tuple[Place, ...]
    nothings: tuple[Place, ...]
    falls_off: bool


class Source:
    """Look things up in a submission's sources."""

    def __init__(self, submission: Submission, facts: Callable[[], dict[str, Any]]) -> None:
        self._submission = submission
        self._read_facts = facts
        self._lines: dict[str, list[str]] = {}

    @cached_property
    def _all_facts(self) -> dict[str, Any]:
        return self._read_facts()

    @cached_property
    def _files_in_play(self) -> set[str]:
        return _in_play(self._submission, self._all_facts)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Return what the syntax tree says (see `worker.facts.read`) of the files that the app imports.

        Other files may lie beside it, in a folder of many exercises for one: they are none of its business.
        """
        facts, files = self._all_facts, self._files_in_play
        return {
            **facts,
            "mentions": {
                word: kept
                for word, places in facts["mentions"].items()
                if (kept := [place for place in places if place[0] in files])
            },
            "functions": [entry for entry in facts["functions"] if entry["place"][0] in files],
            "classes": [entry for entry in facts["classes"] if entry["place"][0] in files],
            "reaches": [entry for entry in facts["reaches"] if entry[1] in files],
            "runs": [place for place in facts["runs"] if place[0] in files],
            "shares": [place for place in facts["shares"] if place[0] in files],
        }

    @property
    def broken(self) -> dict[str, dict[str, Any]]:
        """Return the files that do not parse, with what is wrong."""
        broken: dict[str, dict[str, Any]] = self.facts["broken"]
        return broken

    def where(self, *words: str) -> Place | None:
        """Return the first statement that mentions all `words` (names, attributes, short texts), imports aside."""
        mentions: dict[str, list[list[Any]]] = self.facts["mentions"]
        sets = [{tuple(place) for place in mentions.get(word, ())} for word in words]
        common = set.intersection(*sets) if sets else set()
        main = [place for place in common if place[0] == self._submission.main]
        return Place(*min(main or common)) if common else None

    def mentions(self, word: str) -> bool:
        """Say whether a name, attribute or short text occurs anywhere in the sources, imports included."""
        return word in self.facts["mentions"] or word in self.facts["imports"]

    def text(self, part: str) -> Place | None:
        """Return the first line, in any file, that contains `part`; comments do not count."""
        wanted = part.strip()
        return self._first_line(lambda line: wanted in line) if wanted else None

    def jinja(self, word: str) -> Place | None:
        """Return the first line with a Jinja2 tag that mentions `word`, in a template or in Python."""
        whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        # Tag by tag: one pattern for both would begin again at each brace, and take the square of a line.
        return self._first_line(
            lambda line: word in line and any(whole.search(tag) for tag in TAG.findall(line[:LINE_CHARS]))
        )

    def _first_line(self, fits: Callable[[str], bool]) -> Place | None:
        for name in self._names():
            for number, line in enumerate(self.lines(name), 1):
                if fits(line) and not (name.endswith(".py") and line.lstrip().startswith("#")):
                    return Place(name, number, number)
        return None

    def _names(self) -> list[str]:
        """Return the names of the files of this app, its main one first."""
        files = self._files_in_play
        texts = [name for name in self._submission.files if name in files or name.startswith("templates/")]
        return sorted(texts, key=lambda name: (name != self._submission.main, name))

    def functions(self, hook: str | None = None) -> Iterator[Function]:
        """Yield the functions of all files; with `hook` ("after_request" ...) only those so registered."""
        entries = self.facts["functions"]
        called = {entry["registers"]: entry["hook"] for entry in entries if "registers" in entry}
        for entry in entries:
            if "registers" in entry:
                continue
            kind = entry["hook"] or called.get(entry["name"])
            if hook is not None and kind != hook:
                continue
            place = Place(*entry["place"])
            yield Function(
                entry["name"],
                kind,
                place,
                tuple(Place(place.file, *lines) for lines in entry["values"]),
                tuple(Place(place.file, *lines) for lines in entry["nothings"]),
                entry["falls_off"],
            )

    def hook(self, kind: str) -> Place | None:
        """Return the first function that is registered as a hook of this kind."""
        return next((function.place for function in self.functions(kind)), None)

    def function_at(self, file: str | None, line: int | None, name: str) -> Function | None:
        """Return the function that starts at `line` (its decorators count) or, failing that, has `name`."""
        short = name.rpartition(".")[2]
        candidates = [f for f in self.functions() if f.place.file == file and f.name == short]
        exact = [f for f in candidates if line is not None and 0 <= f.place.line - line < 20]
        found = exact or candidates
        return found[0] if found else None

    def function_around(self, place: Place | None) -> Function | None:
        """Return the innermost function that a place lies in."""
        if place is None:
            return None
        around = [
            function for function in self.functions()
            if function.place.file == place.file and function.place.line <= place.line <= function.place.end_line
        ]  # fmt: skip
        return min(around, key=lambda function: function.place.end_line - function.place.line, default=None)

    def named(self, name: str) -> Place | None:
        """Return the function or method that goes by `name`: `stamp`, `HomeView.get`."""
        owner, _dot, short = name.rpartition(".")
        spans = [
            (entry["place"][0], entry["place"][1], entry["end_line"])
            for entry in self.facts["classes"]
            if entry["name"] == owner.rpartition(".")[2]
        ]
        for function in self.functions():
            place = function.place
            inside = any(file == place.file and first <= place.line <= last for file, first, last in spans)
            if function.name == short and (inside or not spans):
                return place
        return None

    def class_named(self, name: str) -> Place | None:
        """Return the head of the class `name`."""
        short = name.rpartition(".")[2]
        for entry in self.facts["classes"]:
            if entry["name"] == short:
                return Place(*entry["place"])
        return None

    @property
    def tampering(self) -> list[tuple[str, Place]]:
        """Return what in the sources could falsify reports from inside: words and place of each."""
        return [(words, Place(file, line, line)) for words, file, line in self.facts["reaches"]]

    @property
    def shared(self) -> Place | None:
        """Return the first statement in a function that changes what all requests share: a global, a class."""
        return next((Place(*place) for place in self.facts["shares"]), None)

    @property
    def unguarded_runs(self) -> list[Place]:
        """Return the places where an import would start a server: `app.run()` outside `__main__`."""
        return [Place(*place) for place in self.facts["runs"]]

    @property
    def files(self) -> set[str]:
        """Return the names of all files that came with the submission."""
        return set(self._submission.files)

    def shown(self, file: str) -> str:
        """Return how a file is called towards the user."""
        return self._submission.shown(file)

    def lines(self, file: str) -> list[str]:
        """Return a file's lines as Python reads them (encoding cookie, any line ends)."""
        if file not in self._lines:
            self._lines[file] = _lines(self._submission.files.get(file, b""))
        return self._lines[file]

    def locate(self, place: Place | None) -> Location | None:
        """Return a place as the report shows it: with the lines around it, named as the user named it."""
        if place is None or place.file not in self._submission.files:
            return None
        lines = self.lines(place.file)
        first = max(1, min(place.line, len(lines)))
        last = max(first, min(place.end_line, first + EXCERPT_LINES - 1, len(lines)))
        start, stop = max(1, first - AROUND_LINES), min(len(lines), last + AROUND_LINES)
        excerpt = tuple((n, lines[n - 1][:LINE_CHARS]) for n in range(start, stop + 1))
        return Location(self._submission.shown(place.file), first, last, excerpt)


def _in_play(submission: Submission, facts: dict[str, Any]) -> set[str]:
    """Return the files that can be imported, beginning with the app's own; all, if one imports by a computed name."""
    files = set(submission.files)
    if IMPORTING & facts["mentions"].keys():
        return files
    deep = {"sys", "path"} <= facts["mentions"].keys()  # it may look for modules in a folder of its own
    found = {submission.main}
    while True:
        modules = {module.partition(".")[0] for file, module in facts["uses"] if file in found}
        more = {
            file for file in files
            if modules & {part.removesuffix(".py") for part in (file.split("/") if deep else [file.partition("/")[0]])}
        } - found  # fmt: skip
        if not more:
            return found
        found |= more


def encoding_of(content: bytes) -> str:
    """Return the encoding that a Python file says it has, but UTF-8 instead of one that takes too long to read.

    Raises SyntaxError or LookupError if what it says makes no sense.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    return "utf-8" if codecs.lookup(encoding).name in SLOW_CODECS else encoding  # however the cookie spells it


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode(encoding_of(content), "replace")
    except (SyntaxError, LookupError, UnicodeError):
        text = content.decode("utf-8", "replace")
    # Not splitlines(): Python's own lines end at line feeds and carriage returns only.
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
