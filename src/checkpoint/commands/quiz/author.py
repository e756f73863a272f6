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
    output.write("".join(f"{tell}\n" for tell in found), drawn=True)
    scored = sum(question.scored for question in read.quiz.questions)
    what = f"{_counted(scored, 'question')} and {_counted(len(read.quiz.questions) - scored, 'recall card')}"
    summary = f"{file}: {what}, {_counted(len(found), 'warning')}"
    if found:
        click.echo(summary, err=True)
    else:
        output.write(f"{summary}\n", drawn=True)
    return EXIT_TELLS if found else EXIT_CLEAN


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def learners_copy(file: Path) -> int:
    """Write the questions to standard output, with a place for each answer."""
    from checkpoint.quiz.bank.writing import written

    output.write(written(bank.load(file).quiz, answers=False), drawn=not hasattr(sys.stdout, "buffer"))
    return EXIT_CLEAN
