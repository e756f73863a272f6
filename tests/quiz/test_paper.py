"""A seed gives one paper, everywhere and always; a retry with another seed gives another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkpoint.quiz.paper import drawn, slot
from checkpoint.quiz.question import Option, Question, Quiz

OPTIONS = tuple(Option(text, right=text == "a") for text in "abcd")
QUESTIONS = tuple(Question(number, "one", f"{number}?", "!", options=OPTIONS) for number in range(1, 11))
CARDS = tuple(Question(number, "recall", f"{number}?", "!", answers=("x",)) for number in (11, 12, 13))
QUIZ = Quiz("t", (CARDS[0], *QUESTIONS, *CARDS[1:]), "0" * 64)


def numbers(paper):
    return [one.question.number for one in paper]


def test_a_seed_gives_the_same_paper_on_every_machine():
    """The order is part of what a record means, so it is held here to the letter."""
    assert numbers(drawn(QUIZ, 7)) == [5, 3, 2, 1, 8, 7, 6, 9, 4, 10, 12, 11, 13]
    assert [one.order for one in drawn(QUIZ, 7)[:3]] == [(1, 2, 0, 3), (1, 2, 3, 0), (3, 0, 2, 1)]


def test_another_seed_gives_another_paper():
    assert len({tuple(numbers(drawn(QUIZ, seed))) for seed in range(20)}) == 20


def test_recall_cards_come_last():
    assert set(numbers(drawn(QUIZ, 1))[10:]) == {11, 12, 13}


def test_a_question_that_is_added_moves_no_other():
    more = replace(QUIZ, questions=(*QUIZ.questions, Question(14, "one", "14?", "!", options=OPTIONS)))
    assert [number for number in numbers(drawn(more, 3)) if number != 14] == numbers(drawn(QUIZ, 3))


@pytest.mark.parametrize("shuffle, moves, options_move", [
    ("all", True, True), ("questions", True, False), ("options", False, True), ("none", False, False),
])  # fmt: skip
def test_shuffle(shuffle, moves, options_move):
    papers = [drawn(replace(QUIZ, shuffle=shuffle), seed) for seed in range(5)]
    in_file = [*range(1, 11), 11, 12, 13]
    assert any(numbers(paper) != in_file for paper in papers) == moves
    assert any(one.order != (0, 1, 2, 3) for paper in papers for one in paper[:10]) == options_move


def test_count_draws_scored_questions_first_and_different_ones():
    papers = [numbers(drawn(QUIZ, seed, count=4)) for seed in range(30)]
    assert all(len(paper) == 4 and max(paper) <= 10 for paper in papers)
    assert {number for paper in papers for number in paper} == set(range(1, 11))
    assert len(drawn(QUIZ, 1, count=12)) == 12
    assert len(drawn(QUIZ, 1, count=99)) == 13


def test_count_keeps_the_files_order_where_nothing_is_shuffled():
    paper = numbers(drawn(replace(QUIZ, shuffle="none"), 5, count=6))
    assert paper == sorted(paper)


def test_among():
    assert sorted(numbers(drawn(QUIZ, 1, among={3, 12}))) == [3, 12]


@pytest.mark.parametrize("items", [("x", "y"), ("x", "y", "z"), ("x", "x", "y")])
def test_items_never_lie_in_the_right_order_already(items):
    question = Question(1, "order", "?", "!", items=items)
    for seed in range(50):
        shown = tuple(items[place] for place in slot(replace(QUIZ, shuffle="none"), question, seed).order)
        assert shown != items


def test_true_stands_before_false():
    question = Question(1, "true-false", "?", "!", options=(Option("True", right=True), Option("False")))
    assert {slot(QUIZ, question, seed).order for seed in range(9)} == {(0, 1)}


def test_items_lie_differently_with_another_seed():
    question = Question(1, "order", "?", "!", items=("w", "x", "y", "z"))
    assert len({slot(QUIZ, question, seed).order for seed in range(20)}) > 5
