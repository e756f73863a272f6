"""Compare what variants, honest and broken ones, come to with what their first lines say.

A variant is a folder with an app.py, or a Python file of its own. Its head, or an `expect.txt` beside an app.py that
can carry no comment, says what must come of it:

    # expect: pass                    full marks
    # expect: fail ID                 that check does not pass: it fails, or waits for the one that did
    # expect: ID STATUS|STATUS        that check has one of these statuses

and, if that is wanted, about the check that is named: `# words: REGEX` (what the learner is told), `# line: N` (where),
`# cause: CAUSE` (what happened to the app), `# source: WORDS|WORDS` (what the actual value is said to be).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkpoint import intake
from checkpoint.errors import RefusedSubmission, WrongUsage
from checkpoint.intake import handed
from checkpoint.verify.matrix import aligned
from checkpoint.verify.places import place
from checkpoint.verify.proof import Comparison, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from checkpoint.model import CheckResult, Feedback, Limits, Report, Submission

HEAD_CHARS = 4000
EXPECT = "expect.txt"
_SAID = re.compile(r"^\ufeff?# ?(expect|words|line|cause|source): *(.*?)\s*$", re.MULTILINE)
_NOT_LOOKED_INTO = ("__pycache__", ".")


@dataclass(frozen=True, slots=True)
class Variant:
    """Hold an app and what its head says; `refused` if it could not be taken in."""

    path: Path
    said: Mapping[str, str]
    submission: Submission | None
    refused: RefusedSubmission | None = None


def found(folders: Iterable[Path], limits: Limits) -> list[Variant]:
    """Return the variants below these folders, each once. Raises WrongUsage for a folder that is none, or has none."""
    variants: dict[Path, Variant] = {}
    for folder in folders:
        if not folder.is_dir():
            raise WrongUsage("there is no such folder", where=os.fspath(folder), help="name one: --variants DIR")
        here = {path.resolve(): _read(path, limits) for path in _apps(folder)}
        if not here:
            raise WrongUsage(
                "there is no variant below this folder",
                where=os.fspath(folder),
                help=f"a variant is a folder with an {intake.MAIN}, or a Python file",
            )
        variants = here | variants
    return list(variants.values())


def _apps(folder: Path) -> Iterator[Path]:
    """Yield the app's file of each variant: what lies beside an app.py belongs to it."""
    if (folder / intake.MAIN).is_file():
        yield folder / intake.MAIN
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith(_NOT_LOOKED_INTO):
            yield from _apps(path)
        elif path.is_file() and path.suffix == ".py":
            yield path


def _read(path: Path, limits: Limits) -> Variant:
    separate = path.with_name(EXPECT)
    spoken = separate if path.name == intake.MAIN and separate.is_file() else path
    with spoken.open(encoding="utf-8", errors="replace") as file:
        said = dict(_SAID.findall(file.read(HEAD_CHARS)))
    try:
        # Of files that lie together each is a variant of its own, and no module of the others.
        taken = intake.take(path, limits) if path.name == intake.MAIN else handed.take_file(path, limits)
    except RefusedSubmission as refused:
        return Variant(path, said, None, refused)
    return Variant(path, said, taken)


def compared(variant: Variant, report: Report, checks: Sequence[str]) -> Comparison:
    """Return what a variant came to, beside what was expected of it."""
    expected = variant.said.get("expect", "")
    return Comparison(
        place(variant.path),
        expected,
        aligned(report, checks),
        tuple(_differences(variant.said, report)),
        report.duration_ms,
    )


def findings(comparisons: Iterable[Comparison]) -> Iterator[Finding]:
    """Yield the variants that come to something else."""
    for one in comparisons:
        if one.differences:
            said = f"It says `expect: {one.expected}`, and " if one.expected else ""
            differences = "; ".join(one.differences)
            yield Finding(
                "variant",
                f"{said}{differences}." if said else f"{differences.capitalize()}.",
                where=one.path,
                help="mend the check, or what the variant says of itself"
                if one.expected
                else "begin the file with `# expect: pass` or `# expect: fail ID`",
            )


def _differences(said: Mapping[str, str], report: Report) -> Iterator[str]:
    expected = said.get("expect", "")
    if not expected:
        yield "nothing in its first lines says what is expected"
        return
    if expected == "pass":
        lost = [check for check in report.checks if check.status != "passed"]
        if lost:
            told = lost[0].feedback.message if lost[0].feedback else ""
            also = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
            yield f"`{lost[0].id}` is {lost[0].status}{also}: {told}".rstrip(": ")
        return
    first, _, rest = expected.partition(" ")
    id, statuses = (rest.strip(), ("failed", "blocked")) if first == "fail" else (first, tuple(rest.split("|")))
    check = next((check for check in report.checks if check.id == id), None)
    if check is None:
        yield f"there is no check `{id}`"
        return
    if check.status not in statuses:
        yield f"`{id}` is {check.status}"
    elif first == "fail" and report.passed:
        yield f"`{id}` is {check.status}, and yet it passes"
    elif check.status != "passed":
        yield from _words(said, check, report)


def _words(said: Mapping[str, str], check: CheckResult, report: Report) -> Iterator[str]:
    """Yield how what the learner is told differs: by the check itself, or by those that it waits for."""
    speaking = [check] if check.feedback else [other for other in report.checks if other.feedback]
    told = [other.feedback for other in speaking if other.feedback]
    pattern, line = said.get("words"), said.get("line", "")
    if pattern and not re.search(pattern, " ".join(map(_text, told)), re.IGNORECASE | re.DOTALL):
        yield f"`{check.id}` says nothing that matches {pattern!r}, but: {told[0].message if told else 'nothing'}"
    places = [feedback.location for feedback in told if feedback.location]
    if line and not any(where.line <= int(line) <= where.end_line for where in places):
        pointed = ", ".join(str(where.line) for where in places) or "nowhere"
        yield f"`{check.id}` points at line {pointed}, not at {line}"
    if "cause" in said and report.cause != said["cause"]:
        yield f"the cause is {report.cause or 'none'}, not {said['cause']}"
    if "source" in said and check.status == "failed":
        actual = check.feedback.actual if check.feedback else None
        if actual not in [source.strip() for source in said["source"].split("|")]:
            yield f"`{check.id}` names {actual or 'nothing'}, not {said['source']}"


def _text(feedback: Feedback) -> str:
    excerpt = feedback.location.excerpt if feedback.location else ""
    return f"{feedback.message} {feedback.expected} {feedback.actual} {excerpt}"
