"""Prove a checkpoint: `checkpoint verify [DIR]`."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checkpoint import course as courses
from checkpoint.commands import output
from checkpoint.commands.ending import ending
from checkpoint.commands.verify import targets
from checkpoint.commands.verify.progress import showing
from checkpoint.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterator

EXIT_HOLDS, EXIT_FINDINGS = 0, 1


@click.command(
    epilog="""\b
Examples:
  checkpoint verify                                the checkpoint around you
  checkpoint verify course/week1 --report html=proof.html
  checkpoint verify --variants broken --variants honest
                                                   apps that say in their first line what is expected of them:
                                                   # expect: pass, or # expect: fail ID

What it does is told in docs/authors.md.

Exit codes: 0 all holds, 1 something is to be mended, 2 wrong usage or a broken checkpoint, 3 it could not be tried,
130 interrupted, 143 terminated."""
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--checkpoint", type=click.Path(path_type=Path), metavar="DIR",
    help="The same as DIR; else CHECKPOINT_DIR, else the nearest folder upwards with a grader.py.",
)  # fmt: skip
@click.option(
    "--variants", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
    help="Compare the apps below this folder with what their first lines expect. May be repeated.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="How many to judge at a time; else one for each core."
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=0, metavar="N",
    help="Ask something else; with the same seed, 0 unless given, a proof comes out the same.",
)  # fmt: skip
@click.option(
    "--report", "reports", multiple=True, metavar="FORMAT[=FILE]",
    help="terminal, json or html; to a file, or else to standard output. May be repeated.",
)  # fmt: skip
@click.option(
    "--keep", is_flag=True,
    help="If all holds, keep in kills.json which check notices which mutant: one that becomes weaker is then told.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Only the findings, one line each, and no progress.")
@click.option("-v", "--verbose", is_flag=True, help="Also what is waived or left to a person, runs and versions.")
def verify(
    folder: Path | None,
    checkpoint: Path | None,
    variants: tuple[Path, ...],
    jobs: int | None,
    seed: int,
    reports: tuple[str, ...],
    keep: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Prove that a checkpoint's checks accept what is right and notice what is wrong.

    The solution must earn full marks whatever the seed and the order of checks, the starter must not, and each mutant
    of the solution, a copy with one mistake in it, must be noticed by a check.
    """
    from checkpoint.batch.judging import Setup
    from checkpoint.batch.pool import LocalJudges, cores, task_seconds
    from checkpoint.report.files import write_atomically
    from checkpoint.verify import kept
    from checkpoint.verify.prove import Order, prove

    wanted = targets.asked(reports)
    if folder is not None and checkpoint is not None:
        raise WrongUsage("DIR and --checkpoint name the same thing", help="leave one of them out")
    with output.authors_words():
        course = courses.choose(folder or checkpoint, None)
    setup, seconds = Setup(course.root, course.fingerprint, seed), task_seconds(course.checkpoint.limits)
    with (
        _naming_the_check(),
        ending() as signals,
        showing(quiet=quiet) as tell,
        closing(LocalJudges(setup, jobs or cores(), seconds)) as judges,
    ):
        proof = prove(
            Order(
                course,
                seed,
                variants,
                measured=not keep,
                check_seconds=seconds,
                heed=signals.raise_what_came,
                heeding=signals.heeding,
                tell=tell,
            ),
            judges,
        )
        judges.finish()
    targets.send(proof, wanted, verbose - quiet)
    if keep and proof.holds:
        write_atomically(course.root / kept.FILE, kept.text(proof), "what is kept")
    return EXIT_HOLDS if proof.holds else EXIT_FINDINGS


@contextmanager
def _naming_the_check() -> Iterator[None]:
    """Say, when all is interrupted, which check was running: it may be one that hangs."""
    try:
        yield
    except KeyboardInterrupt as stop:
        for note in getattr(stop, "__notes__", ()):
            output.say(note)
        raise
