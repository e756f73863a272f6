"""Tell programs apart, whatever their formatting, without reading all of them anew for each change."""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_right
from typing import TYPE_CHECKING

from checkpoint.verify.mutants.source import Edit, apply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkpoint.verify.mutants.source import Source

Key = tuple[tuple[int, str], ...]


class Programs:
    """The programs that changes have made of one source: each is known by the parts in which it is another."""

    def __init__(self, source: Source) -> None:
        # A part is a statement of the module with what stands before it, or several that share a line.
        begins = [source.begin(statement) for statement in source.tree.body]
        self._begins = [0, *(begin for begin in begins[1:] if source.text[begin - 1] in "\r\n")]
        self._parts = [
            source.text[begin:end] for begin, end in zip(self._begins, [*self._begins[1:], None], strict=True)
        ]
        self._meanings: dict[int, str | None] = {}
        self._seen: set[Key] = set()

    def is_new(self, edits: Iterable[Edit]) -> bool:
        """Say whether edits make a program of the source, another one than the source itself and all before."""
        by_part: dict[int, list[Edit]] = {}
        for edit in edits:
            part = bisect_right(self._begins, edit.start) - 1
            begin = self._begins[part]
            by_part.setdefault(part, []).append(Edit(edit.start - begin, edit.end - begin, edit.text))
        meanings = {part: _meaning(apply(self._parts[part], inside)) for part, inside in sorted(by_part.items())}
        key = tuple((part, meaning) for part, meaning in meanings.items() if meaning and meaning != self._of(part))
        if None in meanings.values() or not key or key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _of(self, part: int) -> str | None:
        """Return what a part means as its author wrote it."""
        if part not in self._meanings:
            self._meanings[part] = _meaning(self._parts[part])
        return self._meanings[part]


def _meaning(text: str) -> str | None:
    """Return what a part of a program says, however it is written; None if it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as "str" object is not callable: that is the mistake
            tree = ast.parse(text)
            compile(tree, "mutant", "exec", dont_inherit=True)  # finds what a parser alone does not
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return ast.dump(tree)
