"""Read the command line of `checkpoint ci` and write what a platform grades with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint.commands import output
from checkpoint.commands.options import of_checkpoint
from checkpoint.errors import CheckpointError

if TYPE_CHECKING:
    from checkpoint.model import Course

EXIT_OK = 0
SUBMISSION = "app.py"
ARCHIVE = Path("autograder.zip")
_ONLY_HOSTED = ("course", "ref", "submission", "install")


@click.group(
    epilog="""\b
Examples:
  checkpoint ci init github --checkpoint ../course/week1
  checkpoint ci init github-classroom --checkpoint ../course/week1
  checkpoint ci init gitlab --course https://gitlab.com/school/course.git
  checkpoint ci init gradescope week1.zip --checkpoint week1

Exit codes: 0 written, 2 wrong usage, a broken checkpoint, or a file that is there already."""
)
def ci() -> None:
    """Set up grading on GitHub, GitLab or Gradescope."""


@ci.command(
    short_help="Write what a platform grades submissions with.",
    epilog="""\b
Examples:
  checkpoint ci init github --checkpoint ../course/week1
  checkpoint ci init gradescope week1.zip --checkpoint week1""",
)
@click.argument(
    "platform", metavar="PLATFORM", type=click.Choice(["github", "github-classroom", "gitlab", "gradescope"])
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@of_checkpoint
@click.option("--course", metavar="URL", help="Where runners fetch the course; else its remote `origin`.")
@click.option("--ref", metavar="COMMIT", help="The course's commit to grade with; else what is checked out there.")
@click.option("--submission", metavar="PATH", help=f"What to grade in the learner's repository; else {SUBMISSION}.")
@click.option(
    "--install", metavar="REQUIREMENT",
    help="Where runners install checkpoint from: 'checkpoint @ ADDRESS', pinned by a whole commit id or a sha256; "
    "else where it was installed from here.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_context
def init(
    ctx: click.Context,
    platform: str,
    path: Path | None,
    checkpoint: Path | None,
    course: str | None,
    ref: str | None,
    submission: str | None,
    install: str | None,
    force: bool,
) -> int:
    """Write what grades submissions on a platform: github, github-classroom, gitlab or gradescope.

    For the first three, PATH is the learner's repository (the folder you are in), and the course is fetched from
    its own. For gradescope, PATH is the autograder to write, a .zip or a folder (autograder.zip).
    """
    given = [name for name in _ONLY_HOSTED if ctx.params[name] is not None]
    if platform == "gradescope" and given:
        raise click.UsageError(f"--{given[0]} is not for gradescope: the autograder takes the course along.")
    with output.authors_words():
        chosen = courses.choose(checkpoint, None)
    if platform == "gradescope":
        return _gradescope(chosen, path or ARCHIVE, force=force)
    return _hosted(platform, chosen, path or Path(), course, ref, submission or SUBMISSION, install, force=force)


def _gradescope(course: Course, path: Path, *, force: bool) -> int:
    from checkpoint.commands.ci import gradescope

    with output.authors_words():
        files = gradescope.autograder(course)
    gradescope.write(path, files, force=force)
    zip_it = "" if path.suffix.lower() == ".zip" else "zip what is in it, "
    click.echo(f"wrote {path}")
    click.echo(
        f"next: {zip_it}upload it under Configure Autograder, and test it there with the solution and the starter"
    )
    return EXIT_OK


def _hosted(
    platform: str,
    course: Course,
    repository: Path,
    url: str | None,
    ref: str | None,
    submission: str,
    install: str | None,
    *,
    force: bool,
) -> int:
    from checkpoint.commands.ci import hosted, pins, source
    from checkpoint.judge import runner
    from checkpoint.report.files import write_atomically

    found = source.locate(course, url, ref)
    requirement, doubts = pins.requirement(found.top) if install is None else (pins.pinned(install), ())
    text = hosted.workflow(platform, found, course.checkpoint.limits, submission, requirement)
    with output.authors_words():
        hidden = [spec for spec in runner.collect(course, None).specs.values() if spec.hidden]
    file = repository / hosted.PLATFORMS[platform].file
    if os.path.lexists(file) and not force:
        raise CheckpointError("there is a file of this name", where=str(file), help="--force writes over it")
    if not repository.is_dir():
        raise CheckpointError("there is no such folder", where=str(repository), help="name the learner's repository")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CheckpointError(f"cannot make its folder: {error.strerror}", where=str(file)) from None
    write_atomically(file, text, "the workflow")
    click.echo(f"wrote {file}")
    click.echo(f"next: {hosted.PLATFORMS[platform].next}")
    notes = [*found.doubts, *doubts]
    if Path(os.path.realpath(repository)).is_relative_to(found.top):
        notes.insert(0, "this is the course's own repository; the file belongs into the learners'")
    elif not os.path.lexists(repository / submission):
        notes.insert(0, f"the repository has no {submission} yet; --submission names what is graded there")
    if hidden:
        notes.append(
            "whoever can read the course's repository can read its hidden checks and its solution; really hidden "
            "they are only where learners cannot read the course: see docs/ci.md"
        )
    for note in notes:
        click.echo(f"note: {note}", err=True)
    return EXIT_OK
