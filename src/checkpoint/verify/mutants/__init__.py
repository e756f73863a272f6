"""Make wrong answers of a right one: each mutant is a solution with one mistake that a beginner could have made.

The engine knows Flask and no exercise: what a mistake is does not depend on what the app is for.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from checkpoint.verify.mutants import general, hooks, noise, requests, responses, routes, templates
from checkpoint.verify.mutants.distinct import Programs
from checkpoint.verify.mutants.source import Source, apply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checkpoint.verify.mutants.changes import Change

MAIN = "app.py"
CONTEXT_LINES = 1
# Python's own: str.splitlines would also split at form feeds and the like.
LINE_END = re.compile("\r\n|\r|\n")

# Flask's own come first: where a general one makes the same of a file, theirs are the better words.
OPERATORS = (*hooks.OPERATORS, *routes.OPERATORS, *responses.OPERATORS, *requests.OPERATORS, *general.OPERATORS)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One file of a solution with one mistake in it; all else of the solution stays."""

    id: str  # "drop-return:stamp_request_id": the operator, and where; stays when lines are added elsewhere
    operator: str
    mistake: str  # what a beginner did, in words
    file: str  # its path in the solution
    line: int  # 1-based, in the original: the first that is not the same
    content: bytes


class _Found(NamedTuple):
    """A change to a file, before it is known to be one of a kind."""

    operator: str
    scope: str
    change: Change

    @property
    def place(self) -> int:
        return min(self.change.edits).start


def mutants(files: Mapping[str, bytes]) -> list[Mutant]:
    """Return all mutants of a solution's files, in the order of file and line; no two are the same program.

    Each one of a Python file is still a program. Files that Python cannot read have none, and neither have tests.
    """
    made: list[Mutant] = []
    for file in sorted(files, key=lambda name: (name != MAIN, name)):
        if noise.is_program(file):
            made += _of_program(file, files[file])
        elif templates.is_file(file):
            made += _of_template(file, files[file])
    return made


def diff(original: bytes, mutant: Mutant) -> str:
    """Return what a mutant has changed in its file, as a unified diff."""
    before, after = (_lines(content.decode("utf-8", "replace")) for content in (original, mutant.content))
    lines = difflib.unified_diff(before, after, mutant.file, mutant.file, n=CONTEXT_LINES, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _of_program(file: str, content: bytes) -> list[Mutant]:
    """Return the mutants of a Python file."""
    try:
        source = Source(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    programs = Programs(source)
    unique = [found for found in _in_program(source) if programs.is_new(found.change.edits)]
    return _named(file, source.text, unique, source.encoding)


def _of_template(file: str, content: bytes) -> list[Mutant]:
    """Return the mutants of a file with a template."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return []
    seen = {text}
    unique = []
    for operator, change in templates.changes(text):
        mutated = apply(text, change.edits)
        if mutated not in seen:
            seen.add(mutated)
            unique.append(_Found(operator, "", change))
    return _named(file, text, unique, "utf-8")


def _in_program(source: Source) -> Iterator[_Found]:
    """Yield all changes that the operators make in a Python file, its templates among them."""
    nodes = list(noise.without_noise(source))
    for operator in OPERATORS:
        for node in nodes:
            if isinstance(node, operator.nodes):
                for change in operator.changes(source, node):
                    yield _Found(operator.id, source.scope(node), change)
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and templates.is_template(node.value):
            for name, change in templates.changes(source.of(node), source.span(node)[0]):
                yield _Found(name, source.scope(node), change)


def _named(file: str, original: str, unique: list[_Found], encoding: str) -> list[Mutant]:
    """Return the mutants that changes make of a file, in its order, and name them."""
    times: Counter[str] = Counter()
    made = []
    for found in sorted(unique, key=lambda each: each.place):
        parts = (found.operator, "" if file == MAIN else file, found.scope)
        name = ":".join(part for part in parts if part)
        times[name] += 1
        number = f":{times[name]}" if times[name] > 1 else ""
        line = len(LINE_END.findall(original[: found.place])) + 1
        text = apply(original, found.change.edits)
        made.append(Mutant(name + number, found.operator, found.change.mistake, file, line, text.encode(encoding)))
    return made


def _lines(text: str) -> list[str]:
    """Return a text's lines, as Python counts them; the last one may be without its end."""
    lines = LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]
