"""Decide which report goes where: what was asked for, and what the platform around us reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


def asked(reports: Iterable[str]) -> list[Target]:
    """Return the targets of `--report FORMAT[=FILE]`; the terminal report goes to standard output if nothing else does.

    Raises CheckpointError for an unknown format, click.UsageError for two formats on standard output.
    """
    from checkpoint.report import known

    targets = []
    for text in reports:
        name, equals, file = text.partition("=")
        if equals and not file:
            raise click.UsageError(f"--report {text}: the file's name is missing behind `=`.")
        targets.append(Target(known(name), Path(file) if file else None))
    printed = [target.format for target in targets if target.file is None]
    if len(printed) > 1:
        raise click.UsageError(
            f"{' and '.join(printed)} cannot both go to standard output. Give one a file: --report {printed[1]}=FILE."
        )
    return targets if printed else [Target("terminal", None), *targets]


def with_platform(targets: list[Target], environ: Mapping[str, str]) -> list[Target]:
    """Return the targets with those that the platform around us reads, unless they were asked for already."""
    have = {(target.format, _real(target.file)) for target in targets}
    return [*targets, *(more for more in _platform(environ) if (more.format, _real(more.file)) not in have)]


def _platform(environ: Mapping[str, str]) -> Iterable[Target]:
    """Yield what a platform reads.

    Sources: GitHub's "Workflow commands" and "Variables reference", GitLab's "Predefined CI/CD variables" and
    "artifacts:reports", Gradescope's "Autograder specifications".
    """
    if environ.get("GITHUB_ACTIONS") == "true":
        yield Target("github", None, platform="GitHub")
        if summary := environ.get("GITHUB_STEP_SUMMARY"):
            yield Target("markdown", Path(summary), "appended", "GitHub")
        if output := environ.get("GITHUB_OUTPUT"):
            yield Target("classroom", Path(output), "output", "GitHub")
    if environ.get("GITLAB_CI") == "true":
        # Artifacts are looked for from the project's folder, wherever this job has gone to meanwhile.
        folder = Path(environ.get("CI_PROJECT_DIR", ""))
        yield Target("junit", folder / JUNIT, "placed", "GitLab")
        yield Target("gitlab", folder / CODE_QUALITY, "placed", "GitLab")
    if (results := AUTOGRADER / "results").is_dir():
        yield Target("gradescope", results / "results.json", "placed", "Gradescope")


def _real(file: Path | None) -> str | None:
    return None if file is None else os.path.realpath(file)
