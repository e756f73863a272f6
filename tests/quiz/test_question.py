"""What counts as right is the same in every front end, and kind to how people type."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checkpoint.quiz.question import Option, Question, is_right, number

ONE = Question(1, "one", "?", "!", options=(Option("a"), Option("b", right=True), Option("c")))
MANY = Question(1, "many", "?", "!", options=(Option("a", right=True), Option("b"), Option("c", right=True)))
ORDER = Question(1, "order", "?", "!", items=("first", "twice", "twice", "last"))
TEXT = Question(1, "text", "?", "!", answers=("TypeError", "a 'type' error"))
NUMBER = Question(1, "number", "?", "!", answers=("0.3",), within=Decimal("0.1"))
PRINTS = Question(1, "prints", "?", "!", answers=("a\n  B\n",))
CARD = Question(1, "recall", "?", "!", answers=("This.",))


@pytest.mark.parametrize(
    "question, right, wrong",
    [
        (ONE, [(1,)], [(0,), (2,), (), (0, 1)]),
        (MANY, [(0, 2), (2, 0)], [(0,), (0, 1, 2), (), (1,)]),
        (ORDER, [(0, 1, 2, 3), (0, 2, 1, 3)], [(3, 2, 1, 0), (1, 0, 2, 3)]),
        (
            TEXT,
            ["typeerror", " TypeError\t", "A  \u2018type\u2019 error"],
            ["Type Error", "TypeErro", "", "TypeErrors"],
        ),
        (NUMBER, ["0.3", ".4", "2e-1", "+0.2000", "0.40"], ["0.41", "0.19", "", "0,3", "nan", "inf", "-0.3"]),
        (PRINTS, ["a\n  B", "a  \n  B \n\n", "a\n\n  B"], ["a\nB", "A\n  B", "a   B", ""]),
        (CARD, [True], [False]),
    ],
    ids=lambda value: value.kind if isinstance(value, Question) else "",
)
def test_right_and_wrong(question, right, wrong):
    assert [is_right(question, answer) for answer in right] == [True] * len(right)
    assert [is_right(question, answer) for answer in wrong] == [False] * len(wrong)


def test_exact_where_floats_are_not():
    assert is_right(Question(1, "number", "?", "!", answers=("0.3",)), "0.3")
    assert not is_right(Question(1, "number", "?", "!", answers=("0.1",)), "0.1000000000000000000000001")


@pytest.mark.parametrize("text", ["1" * 41, "1e9999", "٣", "1_000", "0x10", "1.2.3", "--1", "e5", ".", "1 2"])
def test_what_is_no_number(text):
    assert number(text) is None


def test_a_huge_number_is_compared_and_not_computed_for_ever():
    assert not is_right(NUMBER, "9e999")


def test_a_question_keeps_its_id_when_its_options_or_place_change():
    assert ONE.id == Question(9, "many", "?", "other", options=(Option("z", right=True),)).id
    assert ONE.id != Question(1, "one", "?", "!", options=ONE.options, code="x").id


def test_an_answer_of_another_kind_is_refused():
    with pytest.raises(TypeError):
        is_right(TEXT, (1,))
    with pytest.raises(TypeError):
        is_right(ONE, "b")
