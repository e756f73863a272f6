"""Help an author with a quiz's file: `checkpoint quiz --check`, and `--strip` for a learner's copy."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from checkpoint.commands import output
from checkpoint.quiz import bank

if TYPE_CHECKING:
    from pathlib import Path

EXIT_CLEAN, EXIT_TELLS = 0, 1


def lint(file: Path) -> int:
    """Say what in a quiz gives answers away, and what else its readers may stumble over."""
    from checkpoint.quiz.bank.lint import lint as tells

    read = bank.load(file)
    found = tells(read)
    for tell in found:
        click.echo(str(tell))
    scored = sum(question.scored for question in read.quiz.questions)
    what = f"{scored} questions and {len(read.quiz.questions) - scored} recall cards"
    click.echo(f"{file}: {what}, {len(found) or 'no'} warning{'' if len(found) == 1 else 's'}", err=bool(found))
    return EXIT_TELLS if found else EXIT_CLEAN


def learners_copy(file: Path) -> int:
    """Write the questions to standard output, with a place for each answer."""
    from checkpoint.quiz.bank.writing import written

    output.write(written(bank.load(file).quiz, answers=False), drawn=not hasattr(sys.stdout, "buffer"))
    return EXIT_CLEAN
