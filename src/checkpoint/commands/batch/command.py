"""Grade many submissions: `checkpoint batch PATH`."""

from __future__ import annotations

import os
import random
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkpoint import course as courses
from checkpoint.commands import output
from checkpoint.commands.batch.decide import decide
from checkpoint.commands.batch.progress import showing
from checkpoint.commands.batch.summary import lines
from checkpoint.commands.ending import ending
from checkpoint.commands.options import of_checkpoint
from checkpoint.errors import WrongUsage
from checkpoint.judge import isolation as levels
from checkpoint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checkpoint.batch.find import Found
    from checkpoint.batch.gradebook import Gradebook
    from checkpoint.batch.gradebook.records import Latest, Run
    from checkpoint.batch.judging import Setup
    from checkpoint.batch.pool import Judges
    from checkpoint.commands.ending import Ending
    from checkpoint.model import Course

EXIT_GRADED, EXIT_OURS = 0, 3
SEEDS = 2**32
PACKED = (".tar.gz", ".tgz", ".tar", ".zip", ".csv")
DECIDE = "decide"


class _WithDecide(click.Command):
    """Be the command `batch`, but for `batch decide`. A folder of that name is `./decide`."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Return what the command line comes to."""
        if args[:1] == [DECIDE]:
            return decide.make_context(f"{info_name} {DECIDE}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(
    cls=_WithDecide,
    epilog="""\b
Examples:
  checkpoint batch submissions/ --out week1       a folder with one folder, archive or file for each learner
  checkpoint batch submissions.zip --out week1    what Canvas, Moodle or Gradescope let you download
  checkpoint batch list.csv --out week1           a table with the columns id and path
  checkpoint batch submissions/ --out week1       once more: goes on, and grades what is new or has changed
  checkpoint batch decide week1                   what waits for a person; see checkpoint batch decide --help

In --out are then index.html (look there first), gradebook.csv, reports/ and gradebook.sqlite3.

Exit codes: 0 all were graded, whatever their marks; 2 wrong usage or a broken checkpoint; 3 some could not be graded,
through no fault of the learners'; 130 interrupted; 143 terminated.""",
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Where results go; else PATH's name and -results."
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="How many to judge at a time; else one for each core."
)
@click.option("--dask", metavar="ADDRESS", help="Judge on a Dask cluster, whose scheduler this is; see docs/scale.md.")
@of_checkpoint
@click.option("--only", metavar="ID", help="Score one check alone; those that it needs are run too.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    metavar="N",
    help="Ask what a run with this seed asked; it is in the reports.",
)
@click.option("--again", is_flag=True, help="Grade those, too, that are graded already and have not changed.")
@click.option("--reveal", is_flag=True, help="Describe hidden checks in the learners' reports, too.")
@click.option(
    "--isolation", metavar="require[=LEVEL]",
    help="Grade only if apps are kept from this machine so well or better: full (require alone), strong, partial.",
)  # fmt: skip
@click.option("--allow-unisolated", is_flag=True, help="Grade even where nothing keeps apps from the machine.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress, and name nobody at the end.")
def batch(
    path: Path,
    out: Path | None,
    jobs: int | None,
    dask: str | None,
    checkpoint: Path | None,
    only: str | None,
    seed: int | None,
    again: bool,
    reveal: bool,
    isolation: str | None,
    allow_unisolated: bool,
    quiet: bool,
) -> int:
    """Grade all submissions in a folder, an archive or a list, and go on where an earlier run ended."""
    from checkpoint.batch.coordinator import Batch
    from checkpoint.batch.find import find
    from checkpoint.batch.gradebook import Gradebook
    from checkpoint.batch.judging import Setup

    if dask is not None and jobs is not None:
        raise WrongUsage(
            "--jobs is about this machine, and with --dask it judges nothing", help="leave one of them out"
        )
    required = levels.required(isolation, allow_unisolated=allow_unisolated, for_marks=True)
    with output.authors_words():
        course = courses.choose(checkpoint, path, near=False)
    found = list(find(path, output.say))
    with ending() as signals, Gradebook.open(_refuse_inside(out or _beside(path), path)) as book:
        _refuse_other(book.latest(), course, only, path, named=out is not None)
        setup = Setup(
            course.root,
            course.fingerprint,
            random.SystemRandom().randrange(SEEDS) if seed is None else seed,
            only,
            required,
            reveal,
        )
        with ExitStack() as end, ExitStack() as stack:

            def begin() -> None:
                book.begin(_run(setup, course, path))
                book.enroll((each.id, each.shown, each.warning) for each in found)
                end.callback(_conclude, book, found, quiet=quiet)

            stack.callback(signals.done)
            chosen = (
                _judges(setup, course, jobs, len(found)) if dask is None else _on_cluster(dask, setup, course, signals)
            )
            judges = stack.enter_context(closing(chosen))
            tell = stack.enter_context(showing(len(found), quiet=quiet))
            Batch(
                found,
                setup,
                course.checkpoint.limits,
                book,
                judges,
                levels.at_least(required),
                again=again,
                same_seed=seed is not None,
                begin=begin,
                heed=signals.raise_what_came,
                tell=tell,
            ).run()
            judges.finish()
            book.finish()
        return EXIT_OURS if book.counts().ours else EXIT_GRADED


def _conclude(book: Gradebook, found: Sequence[Found], *, quiet: bool) -> None:
    """Make what is about the whole class, however far it has come, and say how it stands."""
    from checkpoint.batch import outputs

    outputs.write(book)
    output.write("".join(f"{visible(line)}\n" for line in lines(book, found, quiet=quiet)), drawn=True)


def _refuse_other(latest: Latest | None, course: Course, only: str | None, path: Path, *, named: bool) -> None:
    """Refuse to put results where there are those of something else; where nobody has `named` the folder, of others."""
    if latest is None:
        return
    other = None
    if latest.checkpoint_id != course.checkpoint.id:
        other = f"the checkpoint {latest.checkpoint_id!r}"
    elif latest.only != only:
        other = f"the check {latest.only!r} alone" if latest.only else "all checks"
    elif not named and latest.source != os.path.abspath(path):  # noqa: PTH100 - as it was kept
        other = latest.source
    if other is not None:
        raise WrongUsage(f"this folder has results of {other}", help="give another folder for these: --out DIR")


def _run(setup: Setup, course: Course, path: Path) -> Run:
    """Return what the gradebook is to remember of this run."""
    from checkpoint.batch.gradebook.records import Run
    from checkpoint.judge.summary import versions

    checkpoint = course.checkpoint
    return Run(
        fingerprint=setup.fingerprint,
        checkpoint_id=checkpoint.id,
        title=checkpoint.title,
        pass_percent=checkpoint.pass_percent,
        seed=setup.seed,
        source=os.path.abspath(path),  # noqa: PTH100 - resolve() would follow links
        only=setup.only,
        reveal=setup.reveal,
        versions=versions(),
    )


def _judges(setup: Setup, course: Course, jobs: int | None, submissions: int) -> Judges:
    """Return those who judge: no more than there is work for."""
    from checkpoint.batch.pool import LocalJudges, cores, task_seconds

    return LocalJudges(setup, max(1, min(jobs or cores(), submissions)), task_seconds(course.checkpoint.limits))


def _on_cluster(address: str, setup: Setup, course: Course, signals: Ending) -> Judges:
    """Return those who judge where there is a Dask cluster."""
    from checkpoint.batch import cluster
    from checkpoint.batch.pool import task_seconds

    seconds = task_seconds(course.checkpoint.limits)
    return cluster.connect(address, setup, course, seconds, output.say, signals.raise_what_came)


def _beside(path: Path) -> Path:
    """Return where results go if nobody says: into the working directory, and never in between the submissions."""
    name = Path(os.path.abspath(path)).name  # noqa: PTH100 - `.` has no name
    packed = next((end for end in PACKED if name.lower().endswith(end) and path.is_file()), "")
    return Path(f"{name[: len(name) - len(packed)]}-results")


def _refuse_inside(out: Path, path: Path) -> Path:
    """Refuse to put results where the next run would look for submissions, or where a slip of the hand may lead."""
    if os.fspath(out) == ".":
        raise WrongUsage("results would fill this very folder", help="name one for them: --out DIR")
    real, submissions = Path(os.path.realpath(out)), Path(os.path.realpath(path))
    if submissions.is_dir() and real.is_relative_to(submissions):
        raise WrongUsage(
            "the results would lie among the submissions", where=os.fspath(out), help="give another folder: --out DIR"
        )
    return out
