"""Decide which report goes where: what was asked for, and what the platform around us reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from checkpoint.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

AUTOGRADER = Path("/autograder")  # Gradescope's, and nobody else's
CODE_QUALITY = "gl-code-quality-report.json"  # the names that GitLab's own documentation and templates use
JUNIT = "junit.xml"


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


def asked(reports: Iterable[str], graded: Path | None) -> list[Target]:
    """Return the targets of `--report FORMAT[=FILE]`; the terminal report goes to standard output if nothing else does.

    Raises CheckpointError for an unknown format, WrongUsage for a file that is `graded` or looks like a part of it or
    of the checkpoint; click.UsageError for two formats in one place.
    """
    from checkpoint.report import known

    targets = []
    for text in reports:
        name, equals, file = text.partition("=")
        if equals and not file:
            raise click.UsageError(f"--report {text}: the file's name is missing behind `=`.")
        targets.append(Target(known(name), Path(file) if file else None))
    _refuse_alike(targets)
    for target in targets:
        _refuse_precious(target.file, graded)
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


def _refuse_precious(file: Path | None, graded: Path | None) -> None:
    """Refuse to write over what is somebody's work: a slip of the hand must not cost it."""
    if file is None or not file.is_file():
        return
    ours = file.suffix == ".py" or not {"templates", "static"}.isdisjoint(Path(os.path.realpath(file)).parts[:-1])
    if ours or (graded is not None and _real(graded) == _real(file)):
        raise WrongUsage(
            "the report would be written over this file, which is no report",
            where=os.fspath(file),
            help="give the report a name of its own, for example report.html",
        )


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
