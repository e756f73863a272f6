"""Decide which report goes where: what was asked for, and what the platform around us reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from checkpoint.errors import WrongUsage
from checkpoint.report import is_report, known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

AUTOGRADER = Path("/autograder")  # Gradescope's, and nobody else's
CODE_QUALITY = "gl-code-quality-report.json"  # the names that GitLab's own documentation and templates use
JUNIT = "junit.xml"

_LOOKED_AT = 1 << 20  # bytes of a file that is to be written over


class Target(NamedTuple):
    """A format and where it goes; `file` is None for standard output.

    `how`: "written" replaces a file; "placed" does so too and follows no link, for folders that learners fill;
    "appended" adds to it; "output" adds it as GitHub's step output `result`, in base64. `platform` is the one that
    it is added for without having been asked for, "" if it was.
    """

    format: str
    file: Path | None
    how: Literal["written", "placed", "appended", "output"] = "written"
    platform: str = ""

    @property
    def replaces(self) -> bool:
        """Say whether a file is replaced as a whole."""
        return self.how in ("written", "placed")


class Kind(NamedTuple):
    """Say what can be asked for: `known` returns a format by its name or raises, `is_one` knows such a text again."""

    noun: str
    known: Callable[[str], str]
    is_one: Callable[[str], bool]


REPORT = Kind("report", known, is_report)


def asked(reports: Iterable[str], kind: Kind = REPORT) -> list[Target]:
    """Return the targets of `--report FORMAT[=FILE]`; the terminal's goes to standard output if nothing else does.

    Raises what `kind.known` does for an unknown format, WrongUsage for a file that is there and is none of this kind,
    click.UsageError for two formats in one place.
    """
    targets = []
    for text in reports:
        name, equals, file = text.partition("=")
        if equals and not file:
            raise click.UsageError(f"--report {text}: the file's name is missing behind `=`.")
        targets.append(Target(kind.known(name), Path(file) if file else None))
    _refuse_alike(targets)
    for target in targets:
        _refuse_precious(target.file, kind)
    printed = [target.format for target in targets if target.file is None]
    if len(printed) > 1:
        raise click.UsageError(
            f"{' and '.join(printed)} cannot both go to standard output. Give one a file: --report {printed[1]}=FILE."
        )
    return targets if printed else [Target("terminal", None), *targets]


def _refuse_alike(targets: Iterable[Target]) -> None:
    """Refuse two formats in one file, of which one would be lost."""
    formats: dict[str, str] = {}
    for target in targets:
        if target.file is not None:
            other = formats.setdefault(os.path.realpath(target.file), target.format)
            if other is not target.format:
                raise click.UsageError(f"{other} and {target.format} cannot both go to {target.file}.")


def _refuse_precious(file: Path | None, kind: Kind) -> None:
    """Refuse to write over what is none of its kind: a slip of the hand must not cost anybody's work."""
    real = Path(os.path.realpath(file)) if file is not None else None
    if real is not None and real.is_file() and not _was_one(real, kind):
        raise WrongUsage(
            f"the {kind.noun} would be written over this file, which is no {kind.noun}",
            where=os.fspath(file or real),
            help=f"give the {kind.noun} a name of its own, or remove that file",
        )


def _was_one(file: Path, kind: Kind) -> bool:
    """Say whether a file is empty, or holds what one of our formats surely has in it."""
    try:
        with file.open("rb") as opened:
            text = opened.read(_LOOKED_AT).decode("utf-8", "replace")
    except OSError:
        return True  # whoever writes to it will tell
    return not text.strip() or kind.is_one(text)


def with_platform(targets: list[Target], environ: Mapping[str, str], *, auto: bool) -> list[Target]:
    """Return the targets with what the platform around us reads besides, unless that was asked for already.

    Without `auto` that is only what goes with a format that was: GitHub reads its commands, and two files.
    """
    more = [*_gitlab(environ), *_gradescope()] if auto else []
    if any(target.format == "github" and target.file is None for target in targets):
        more += [target._replace(platform="") for target in _github(environ)]
    elif auto and environ.get("GITHUB_ACTIONS") == "true":
        more += _github(environ)
    have = {(target.format, _real(target.file)) for target in targets}
    return [*targets, *(target for target in more if (target.format, _real(target.file)) not in have)]


def _github(environ: Mapping[str, str]) -> Iterator[Target]:
    """Yield what a step of GitHub's is read for ("Workflow commands", "Variables reference")."""
    yield Target("github", None, platform="GitHub")
    if summary := environ.get("GITHUB_STEP_SUMMARY"):
        yield Target("markdown", Path(summary), "appended", "GitHub")
    if output := environ.get("GITHUB_OUTPUT"):
        yield Target("classroom", Path(output), "output", "GitHub")


def _gitlab(environ: Mapping[str, str]) -> Iterator[Target]:
    """Yield what a GitLab job keeps ("Predefined CI/CD variables", "artifacts:reports").

    Artifacts are looked for from the project's folder, wherever this job has gone to meanwhile.
    """
    if environ.get("GITLAB_CI") == "true":
        folder = Path(environ.get("CI_PROJECT_DIR", ""))
        yield Target("junit", folder / JUNIT, "placed", "GitLab")
        yield Target("gitlab", folder / CODE_QUALITY, "placed", "GitLab")


def _gradescope() -> Iterator[Target]:
    """Yield what Gradescope reads ("Autograder specifications")."""
    results = AUTOGRADER / "results"
    if os.path.isdir(results):  # noqa: PTH112 - Path.is_dir raises where one may not look
        yield Target("gradescope", results / "results.json", "placed", "Gradescope")


def _real(file: Path | None) -> str | None:
    return None if file is None else os.path.realpath(file)
