"""Guess which check should have noticed a mutant: by the words that both have, and by what else each check notices."""

from __future__ import annotations

import ast
import linecache
import re
from collections import Counter
from functools import cache
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from checkpoint.judge.api import Spec
    from checkpoint.verify.proof import Trial

NAMED = 3  # checks, at most
CLOSE_LINES, CLOSE_SHARE = 2, 0.3  # how much a mutant near by counts beside one of the same line
_WORD = re.compile(r"[a-z_]{3,}(?:-[a-z]+)*")  # X-Request-ID is one, and so is url_for
_IDLE = frozenset(
    ["the", "and", "not", "has", "for", "all", "with", "from", "instead", "there", "that", "this", "one", "its", "when"]
)


def closest(one: Trial, trials: Sequence[Trial], checks: Mapping[str, Spec]) -> list[int]:
    """Return the columns of the checks that are closest to a mutant, the closest one first."""
    by_words = _by_words(one, [words_of(spec.file, spec.line) for spec in checks.values()])
    by_neighbours = _by_neighbours(one, trials, len(checks))
    near = [words + others for words, others in zip(by_words, by_neighbours, strict=True)]
    ranked = sorted((number for number in range(len(near)) if near[number] > 0), key=lambda number: -near[number])
    return ranked[:NAMED]


def _by_words(one: Trial, spoken: Sequence[frozenset[str]]) -> list[float]:
    """Return how much of what was changed each check speaks of: a word counts more, the fewer checks have it."""
    lines = [line for line in one.diff.splitlines()[2:] if line[:1] in ("+", "-")]
    before, after = (_words(line[1:] for line in lines if line[0] == sign) for sign in "-+")
    changed = ((before ^ after) or before) | _words([one.mistake])
    known = Counter(word for words in spoken for word in words)
    return _shares([sum(log(len(spoken) / known[word]) for word in changed & words) for words in spoken])


def _by_neighbours(one: Trial, trials: Sequence[Trial], checks: int) -> list[float]:
    """Return how many mutants of the same lines each check fails for; for those that break the app, any check does."""
    fails = [0.0] * checks
    for other in trials:
        away = abs(other.line - one.line)
        if other is one or other.file != one.file or other.cause is not None or away > CLOSE_LINES:
            continue
        failed = [number for number, status in enumerate(other.statuses) if status == "failed"]
        for number in failed:
            fails[number] += (CLOSE_SHARE if away else 1) / len(failed)
    return _shares(fails)


def _shares(values: list[float]) -> list[float]:
    most = max(values, default=0)
    return [value / most if most > 0 else 0.0 for value in values]


@cache
def words_of(file: str, line: int) -> frozenset[str]:
    """Return the words of a check, with its hints, and of the constants that it uses."""
    lines = linecache.getlines(file)
    tree = ast.parse("".join(lines))  # pytest has imported it
    function = next((node for node in tree.body if _begins(node) == line), None)
    if function is None:
        return frozenset()
    used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    constants = [
        node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in used
    ]
    return frozenset(_words([*lines[line - 1 : function.end_lineno], *constants]))


def _begins(node: ast.stmt) -> int:
    """Return the line on which a function begins as Python counts: that of its first decorator."""
    decorators = getattr(node, "decorator_list", [])
    return decorators[0].lineno if decorators else node.lineno


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.lower())} - _IDLE
