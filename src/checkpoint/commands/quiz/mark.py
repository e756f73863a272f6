"""Mark a file of answers without asking: `checkpoint quiz --answers FILE`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from checkpoint.commands import output
from checkpoint.commands.quiz import target as targets
from checkpoint.errors import CheckpointError
from checkpoint.quiz import bank, plain, words
from checkpoint.quiz.bank.answers import answers
from checkpoint.quiz.paper import Slot
from checkpoint.quiz.record import document
from checkpoint.quiz.sitting import Terms, marked

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.commands.quiz.target import Target
    from checkpoint.model import Checkpoint
    from checkpoint.quiz.question import Question

EXIT_PASSED, EXIT_NOT_PASSED = 0, 1


def mark(file: Path, course: Checkpoint | None, given: Path, target: Target | None) -> int:
    """Mark what somebody has answered; say which are not right, but neither what would be nor why.

    Whoever reads this may be the next to answer.
    """
    targets.refuse_unwritable(target)
    quiz = bank.load(file).quiz
    _refuse_links(given)
    answered = answers(bank.content(given), str(given), quiz)
    paper = tuple(_in_the_files_order(question) for question in quiz.questions if question.scored)
    result = marked(quiz, paper, answered, Terms(seed=0))
    if target is not None:
        targets.write(target, document(result, mode="answers", checkpoint=course))
    if target is None or target.file is not None:
        output.write(plain.text(words.closing(result, explain=False), None), drawn=True)
    return EXIT_PASSED if result.passed else EXIT_NOT_PASSED


def _refuse_links(given: Path) -> None:
    """Refuse a link, or what lies behind one: whoever handed it in could show us the quiz itself, or a secret.

    Of an absolute path only the file and its folder are looked at: further up, links are the system's.
    """
    above = list(given.parents)[:-1] if not given.is_absolute() else list(given.parents)[:1]
    for path in (given, *above):
        if path.name != ".." and os.path.islink(path):  # noqa: PTH114 - must not raise, whatever it is called
            raise CheckpointError("this is a link", where=str(path), help="hand in a file of its own")


def _in_the_files_order(question: Question) -> Slot:
    return Slot(question, tuple(range(len(question.options or question.items))))
