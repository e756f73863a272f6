"""Look whether a checkpoint keeps what it promises to learners: hints, points, documents, quiz."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint.course import FILE
from checkpoint.quiz import bank
from checkpoint.verify.places import place
from checkpoint.verify.proof import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checkpoint.judge.api import Spec
    from checkpoint.model import Course

DOCUMENTS = (".md", ".rst", ".txt")
# A table's row for one check, or for all of them: `| visit_count | 4 |`, `| **all** | **20** |`.
_ROW = re.compile(r"^\s*\|\s*[*`]*(\w+)[*`]*\s*\|\s*\**(\d+)\**\s*\|")
_ALL = {"all", "total", "sum", "altogether"}
_TOTAL = re.compile(r"\bthere are (\d+) points\b|\b(\d+) points (?:in all|in total|altogether)\b", re.I)


def findings(course: Course, checks: Mapping[str, Spec]) -> Iterator[Finding]:
    """Yield what the author has to mend."""
    yield from _hints(checks)
    yield from _points(course, checks)
    yield from _documents(course, checks)
    yield from _quiz(course)


def _hints(checks: Mapping[str, Spec]) -> Iterator[Finding]:
    """Yield the checks without a hint; hints of hidden ones nobody would see."""
    for spec in checks.values():
        if not spec.hidden and not any(hint.strip() for hint in spec.hints):
            yield Finding(
                "hints", f"`{spec.id}` has no hint.", place(spec.file, spec.line), 'add one: @check(hints=["..."])'
            )


def _points(course: Course, checks: Mapping[str, Spec]) -> Iterator[Finding]:
    for spec in checks.values():
        if spec.points < 1:
            yield Finding(
                "points",
                f"`{spec.id}` is worth nothing: whoever fails it loses no point.",
                place(spec.file, spec.line),
                "give it at least 1 point, or take it out",
            )
    if course.checkpoint.pass_percent == 0:
        grader = course.root / FILE
        yield Finding("points", "The pass mark is 0: nobody can fail.", place(grader), "raise pass_percent")


def _documents(course: Course, checks: Mapping[str, Spec]) -> Iterator[Finding]:
    """Yield the checks that no document speaks of, and the points that one has otherwise."""
    texts = {path: path.read_text("utf-8", "replace") for path in _readable(course)}
    everything = "\n".join(texts.values())
    for spec in checks.values():
        if not spec.hidden and not _speaks_of(spec, everything):
            where = place(course.starter / "README.md")
            yield Finding(
                "docs",
                f"No document tells learners of `{spec.id}` ({spec.title}).",
                place(spec.file, spec.line),
                f"name it in {where}, by id or by title",
            )
    for path, text in texts.items():
        if any(_speaks_of(spec, text) for spec in checks.values()):
            yield from _otherwise(path, text, checks)


def _readable(course: Course) -> list[Path]:
    """Return what a learner may read: in the starter, beside grader.py, and in docs/."""
    found = [path for path in (*course.starter.rglob("*"), *(course.root / "docs").rglob("*")) if path.is_file()]
    found += [path for path in course.root.glob("*") if path.is_file() and path.stem.upper() == "README"]
    return sorted({path for path in found if path.suffix in DOCUMENTS})


def _speaks_of(spec: Spec, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(spec.id)}(?!\w)", text)) or spec.title.lower() in text.lower()


def _otherwise(path: Path, text: str, checks: Mapping[str, Spec]) -> Iterator[Finding]:
    """Yield the points in a document that are not those of the checks."""
    total = sum(spec.points for spec in checks.values())
    for number, line in enumerate(text.splitlines(), 1):
        row, whole = _ROW.match(line), _TOTAL.search(line)
        said: tuple[str, int, int] | None = None
        if row and row[1] in checks:
            said = (f"`{row[1]}` is worth {checks[row[1]].points}", int(row[2]), checks[row[1]].points)
        elif row and row[1].lower() in _ALL:
            said = (f"the checks add up to {total}", int(row[2]), total)
        elif whole:
            said = (f"the checks add up to {total}", int(whole[1] or whole[2]), total)
        if said and said[1] != said[2]:
            yield Finding(
                "docs", f"This says {said[1]} points, and {said[0]}.", place(path, number), "mend one of them"
            )


def _quiz(course: Course) -> Iterator[Finding]:
    """Yield what `checkpoint quiz --check` says of the quiz, if there is one."""
    if course.checkpoint.quiz is None:
        return
    from checkpoint.quiz.bank.lint import lint

    try:
        tells = lint(bank.load(Path(place(course.root / course.checkpoint.quiz))))
    except bank.BrokenQuiz as broken:
        for mistake in broken.mistakes:
            yield Finding("quiz", f"The quiz cannot be used: {mistake.message}.", mistake.where, mistake.help)
        return
    for tell in tells:
        told = tell.source.tell(tell.place, tell.message, tell.help)
        yield Finding("quiz", f"{told.message}.", told.where, told.help)
