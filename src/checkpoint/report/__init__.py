"""Turn a Report into text: the registry of formats, each a pure function in a file of its own.

A new format is one file with a `render` function and one line in `FORMATS`. Nothing of a format,
rich least of all, is imported before that format is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from checkpoint.model import Report, Visibility


@dataclass(frozen=True, slots=True)
class Style:
    """Say how the drawn formats (terminal, svg) should look.

    `width` is in terminal cells; below 20 it counts as 20. `color` adds ANSI codes; without `unicode`
    the text is pure ASCII. `hints` shows all hints instead of the first. `verbosity`: -1 only the
    score, 0 the report, 1 everything there is to know.
    """

    width: int = 80
    color: bool = False
    unicode: bool = True
    hints: bool = False
    verbosity: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    """Name the module whose `render(report)`, or `render(report, style)` if `styled`, makes the text.

    `mark` is a pattern that each such text has and hardly anything else. `keeps` has the visibilities that the platform
    behind a format enforces itself, so that it may have the words.
    """

    module: str
    mark: str
    styled: bool = False
    keeps: tuple[Visibility, ...] = ()


FORMATS = {
    "terminal": Format("checkpoint.report.terminal", r"^\d+ of \d+ points?\b", styled=True),
    "json": Format("checkpoint.report.json", r'"schema": "checkpoint\.report/'),
    "junit": Format("checkpoint.report.junit", r"<testsuites\b", styled=True),
    "gradescope": Format("checkpoint.report.gradescope", '"stdout_visibility"', styled=True, keeps=("after_due",)),
    "github": Format("checkpoint.report.github", "^::(error|warning|notice) ", styled=True),
    "classroom": Format("checkpoint.report.classroom", r'\A\{"version":3,"status"', styled=True),
    "gitlab": Format("checkpoint.report.gitlab", r'\A\[\]\s*\Z|"check_name"'),
    "ctrf": Format("checkpoint.report.ctrf", '"reportFormat": "CTRF"', styled=True),
    "exercism": Format("checkpoint.report.exercism", r'\A\{\s*"version": 3,\s*"status"', styled=True),
    "markdown": Format("checkpoint.report.markdown", r"^\| \| Check \| Points \|$", styled=True),
    "html": Format("checkpoint.report.html", "content=\"default-src 'none'; style-src 'sha256-", styled=True),
    "svg": Format("checkpoint.report.svg", r"^\.checkpoint-[0-9a-f]+-matrix \{", styled=True),
}


def render(format_name: str, report: Report, *, reveal: bool = False, **style: Any) -> str:
    """Return the report as text in the format of that name.

    `style` has the fields of `Style`; formats that are not drawn ignore it. Hidden checks are described only if
    `reveal`. Raises CheckpointError when there is no such format.
    """
    from importlib import import_module

    from checkpoint.report.hidden import without_hidden

    chosen = Style(**style)
    wanted = FORMATS.get(format_name) or _unknown(format_name)
    if not reveal:
        report = without_hidden(report, wanted.keeps)
    module = import_module(wanted.module)
    text: str = module.render(report, chosen) if wanted.styled else module.render(report)
    return text


def known(name: str) -> str:
    """Return `name` if there is a format of that name; raises CheckpointError if not."""
    return name if name in FORMATS else _unknown(name)


def is_report(text: str) -> bool:
    """Say whether a text looks like one of ours, in whichever format."""
    return any(re.search(wanted.mark, text, re.MULTILINE) for wanted in FORMATS.values())


def _unknown(name: str) -> NoReturn:
    """Raise the CheckpointError that names the formats there are."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), FORMATS, n=1, cutoff=0.5)
    known = f"the formats are {', '.join(sorted(FORMATS))}"
    raise CheckpointError(
        f"there is no report format {name!r}",
        help=f"did you mean {near[0]!r}? {known}" if near else known,
    )
