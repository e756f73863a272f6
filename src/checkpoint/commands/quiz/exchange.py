"""Carry questions to other systems and back: `checkpoint quiz export`, `import`, and the schema for editors."""

from __future__ import annotations

import os
import sys
from importlib import resources
from pathlib import Path

import click

from checkpoint import course as courses
from checkpoint.commands import output
from checkpoint.commands.options import of_checkpoint
from checkpoint.errors import CheckpointError
from checkpoint.quiz import bank
from checkpoint.quiz.exchange import FORMATS, told
from checkpoint.quiz.exchange import export as exported
from checkpoint.report.files import write_atomically

EXIT_OK = 0


@click.command(
    "export",
    epilog="""\b
Examples:
  checkpoint quiz export --to gift > quiz.gift  Moodle's text format
  checkpoint quiz export --to qti -o quiz.zip   Canvas, Blackboard and others""",
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--to", required=True, metavar="|".join(FORMATS), help="The format to write.")
@click.option("-o", "--output", "to_file", type=click.Path(path_type=Path), metavar="FILE", help="Write it there.")
@of_checkpoint
def export(file: Path | None, to: str, to_file: Path | None, checkpoint: Path | None) -> int:
    """Write a quiz in another system's format; say what that format cannot hold.

    FILE is a quiz.yaml; without it, the quiz of the checkpoint around you is taken.
    """
    file = file or Path(os.path.relpath(courses.with_quiz(checkpoint)[1]))
    made = exported(bank.load(file).quiz, to)
    if to_file is not None:
        write_atomically(to_file, made.content, "the questions")
    elif FORMATS[to].suffix == ".zip" and sys.stdout.isatty():
        raise CheckpointError(f"{to} is an archive, nothing for a terminal", help=f"-o FILE{FORMATS[to].suffix}")
    else:
        output.write(made.content, drawn=False)
    _say_lost(f"{to} cannot say:", told(made.lost))
    return EXIT_OK


@click.command(
    "import",
    epilog="""\b
Example:
  checkpoint quiz import questions.gift -o quiz.yaml""",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", "to_file", type=click.Path(path_type=Path), metavar="FILE", help="Write it there.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def import_(file: Path, to_file: Path | None, force: bool) -> int:
    """Make a quiz.yaml of questions in Moodle's GIFT format; say what could not be taken over."""
    from checkpoint.quiz.bank.writing import written
    from checkpoint.quiz.exchange.reader import imported

    if to_file is not None and to_file.exists() and not force:
        raise CheckpointError("there is a file of this name", where=str(to_file), help="--force writes over it")
    try:
        text = bank.content(file).decode()
    except UnicodeDecodeError as error:
        raise CheckpointError(
            f"byte {error.start} is not UTF-8", where=str(file), help="save the file as UTF-8"
        ) from None
    made = imported(text, str(file))
    questions = written(made.quiz)
    if to_file is not None:
        write_atomically(to_file, questions, "the questions")
    else:
        output.write(questions, drawn=False)
    _say_lost("not taken over:", told(made.lost))
    return EXIT_OK


@click.command(
    "schema",
    epilog="""\b
Example:
  checkpoint quiz schema > quiz.schema.json""",
)
def schema() -> int:
    """Write the JSON Schema of quiz.yaml.

    With it in a file, `# yaml-language-server: $schema=FILE` as a quiz's first line gives completion and checks in
    editors.
    """
    output.write(resources.files("checkpoint.quiz").joinpath("quiz.schema.json").read_bytes(), drawn=False)
    return EXIT_OK


def _say_lost(first: str, lost: list[str]) -> None:
    if lost:
        click.echo("\n".join([first, *(f"  {line}" for line in lost)]), err=True)


SUBCOMMANDS = {"export": export, "import": import_, "schema": schema}
