"""Formats are found by name, and what is lost is told in few lines."""

from __future__ import annotations

import pytest

from checkpoint.errors import CheckpointError
from checkpoint.quiz.exchange import FORMATS, Loss, export, told
from checkpoint.quiz.question import Option, Question, Quiz

QUIZ = Quiz("T", (Question(1, "one", "a", "w", (Option("b", True), Option("c"))),), "0" * 64)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_asked_for(name: str) -> None:
    start = {".gift": b"$CATEGORY", ".xml": b"<?xml", ".zip": b"PK"}[FORMATS[name].suffix]
    assert export(QUIZ, name).content.startswith(start)


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(CheckpointError, match="gift, moodle-xml, qti"):
        export(QUIZ, "word")


def test_questions_that_lose_the_same_share_a_line_and_the_whole_quiz_comes_first() -> None:
    lost = [
        Loss(2, "see", "no place"),
        Loss(1, "time", "none"),
        Loss(None, "pass", "a setting"),
        Loss(3, "see", "no place"),
    ]
    lost += [Loss(5, "see", "no place"), Loss(2, "see", "no place")]
    assert told(lost) == ["pass: a setting", "questions 2, 3 and 5, see: no place", "question 1, time: none"]
