"""Answers in a file are understood where they can be, and nothing in the file changes what is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint.quiz.bank import BrokenQuiz, load, read
from checkpoint.quiz.bank.answers import answers
from checkpoint.quiz.bank.writing import written
from checkpoint.quiz.question import is_right

if TYPE_CHECKING:
    from checkpoint.quiz.question import Answer, Quiz

QUIZ = load(Path(__file__).parent / "samples" / "kinds.yaml").quiz
RIGHT: dict[int, Answer] = {
    1: (1,), 2: (0, 1), 3: (1,), 4: "TypeError", 5: "404", 6: "0.55", 7: (0,), 8: (1,), 9: (0, 1, 2, 3, 4),
    10: "  a", 11: "GET", 12: "404",
}  # fmt: skip
ORDERED = ["before_request", "view", "404", "no", "after_request"]


def given(text: str, quiz: Quiz = QUIZ) -> dict[int, Answer]:
    return answers(text.encode(), "a.yaml", quiz)


def mistakes(text: str) -> list[str]:
    with pytest.raises(BrokenQuiz) as error:
        given(text)
    assert error.value.exit_code == 2
    return [str(mistake).split("\n")[0].removeprefix("a.yaml:") for mistake in error.value.mistakes]


BY_NUMBER = """\
answers:
  1: b
  2: [a, B]
  3: 404
  4: TypeError
  5: 404
  6: 0.55
  7: true
  8: no
  9: [before_request, view, 404, no, after_request]
  10: "  a"
  11: GET
  12: 404
"""


def test_answers_by_number():
    assert given(BY_NUMBER) == RIGHT
    assert given("1: b\n'2': [a, b]\n") == {1: (1,), 2: (0, 1)}
    assert all(is_right(question, RIGHT[question.number]) for question in QUIZ.questions if question.scored)


def test_answers_in_json_whatever_its_indentation_and_escapes():
    written_out = {"1": "b", "2": ["a", "b"], "4": "\U0001f600 \u00fc/", "5": 404, "7": True, "9": ORDERED, "11": None}
    found = given(json.dumps({"answers": written_out}, indent="\t"))
    assert found == {1: (1,), 2: (0, 1), 4: "\U0001f600 \u00fc/", 5: "404", 7: (0,), 9: RIGHT[9]}
    assert found == given(json.dumps(written_out, separators=(",", ":")))


def test_a_copy_that_was_filled_in():
    copy = written(QUIZ, answers=False)
    for before, after in (
        ("( ) {% for", "(x) {% for"), ("( ) before_request", "(X) before_request"), ("( ) after_r", "( x ) after_r"),
        ("( ) 404", "(x) 404"), ("kind: text\n    answer:", "kind: text\n    answer: TypeError"),
        ("kind: true-false\n    answer:", "kind: true-false\n    answer: true"),
        ("kind: prints\n    answer:", 'kind: prints\n    answer: "  a"'),
        ("      - ( ) 404\n      - ( ) after_request\n      - ( ) before_request\n      - ( ) no\n      - ( ) view\n",
         "".join(f"      - ({number}) {item}\n" for number, item in enumerate(ORDERED, 1))),
    ):  # fmt: skip
        assert before in copy
        copy = copy.replace(before, after, 1)
    found = given(copy)
    assert found == {number: RIGHT[number] for number in (1, 2, 3, 4, 7, 9, 10)}


def test_questions_of_a_copy_are_known_by_what_they_ask_and_not_by_their_place():
    head, *asked = written(QUIZ, answers=False).split("  # question ")
    moved = head + "".join(f"  # question {question.rstrip()}\n" for question in reversed(asked))
    assert given(moved) == {}
    assert given(moved.replace("( ) {% for", "(x) {% for"))[1] == (1,)


def test_what_is_left_open_is_no_answer():
    assert given("{}") == given("answers:\n") == given("1:\n2: []\n3: null\n4: ''\n") == {}


@pytest.mark.parametrize(
    ("text", "number", "answer"),
    [
        ("1: [a, b]", 1, (0, 1)),  # two where one is right
        ("5: many", 5, "many"),  # a word where a number is asked for
        ("4: 17", 4, "17"),
        ("2: a, b, c", 2, (0, 1, 2)),
        ("9: e, d, c, b, a", 9, (1, 3, 0, 4, 2)),  # letters as in the copy, where items are sorted
        ("9: [view, 404, no, after_request, before_request]", 9, (1, 2, 3, 4, 0)),
        ("10: |\n  a\n  b", 10, "a\nb"),
        ("13: true", 13, True),
    ],
)
def test_what_can_be_understood_is_an_answer(text: str, number: int, answer: Answer):
    assert given(text) == {number: answer}
    assert number == 13 or not is_right(QUIZ.questions[number - 1], answer)


def test_letters_of_an_order_are_no_way_to_see_the_right_one():
    found = given("9: [a, b, c, d, e]")
    assert not is_right(QUIZ.questions[8], found[9])


def test_what_might_be_a_text_or_a_letter_or_a_number_is_refused_with_both_ways_out():
    quiz = read(b"quiz: T\nquestions:\n- ask: A\n  why: W\n  options: [(x) b, ( ) a, ( ) 1, ( ) d]\n", "q").quiz
    with pytest.raises(BrokenQuiz) as error:
        given("1: a", quiz)
    (mistake,) = error.value.mistakes
    assert mistake.message == "'a' is the text of one option and the letter of another, 'b'"
    assert mistake.help == "write (b) for the option 'a', or (a) for 'b'"
    assert given("1: (b)", quiz) == {1: (1,)}
    assert given("1: (a)", quiz) == given("1: (1)", quiz) == {1: (0,)}
    assert given("1: c", quiz) == given("1: 3", quiz) == {1: (2,)}
    assert given("1: d", quiz) == {1: (3,)}
    with pytest.raises(BrokenQuiz, match="'1' is the text of one option and the number of another, 'b'"):
        given("1: 1", quiz)


COPIED = [f"- ( ) {item}" for item in sorted(ORDERED)]


def order(*lines: str) -> str:
    return "questions:\n- ask: Put them in the order in which they run.\n  order:\n  " + "\n  ".join(lines)


def test_items_of_a_copy_are_ordered_by_their_numbers_wherever_they_stand():
    numbered = [f"- ({number}) {item}" for number, item in enumerate(ORDERED, 1)]
    assert given(order(*numbered)) == given(order(*numbered[::-1])) == {9: RIGHT[9]}
    assert given(order(*(f"- {item}" for item in ORDERED))) == {9: RIGHT[9]}
    assert given(order("  [c, e, a, d, b]")) == {9: RIGHT[9]}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (COPIED[::-1], "3:3: the items of question 9 do not have each of the numbers 1 to 5 once"),
        ([line.replace("( )", "(1)") for line in COPIED], "3:3: the items of question 9 do not have each of"),
        (["- (1) 404", *COPIED[1:]], "3:3: the items of question 9 do not have each of the numbers 1 to 5 once"),
        (["- 404", *COPIED[1:]], "4:5: '404' has no mark with a number"),
        (["- (1) 405", *COPIED[1:]], "4:5: question 9 has no item '405'"),
        ([*COPIED, *COPIED], "4:3: order of question 9 has 10 lines, and the quiz has 5"),
        (['- "(' + " " * 200_000 + 'x"', *COPIED[1:]], "4:5: '(" + " " * 56 + "...' has no mark with a number"),
    ],
)  # fmt: skip
def test_orders_of_a_copy_that_are_not_clear_are_told(lines: list[str], expected: str):
    (mistake,) = mistakes(order(*lines))
    assert mistake.startswith(expected)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("2: ab", (0, 1)), ("2: a b", (0, 1)), ("2: 'b,a'", (0, 1)), ("2: 1 2", (0, 1)), ("2: [1, b]", (0, 1)),
        ("2: before_request, after_request", (0, 1)), ("1: 2", (1,)), ("1: B)", (1,)), ("7: 1", (0,)),
    ],
)  # fmt: skip
def test_options_are_named_as_in_a_sitting(text: str, places: tuple[int, ...]):
    assert given(text) == {int(text[0]): places}


@pytest.mark.parametrize("text", ["9: ceadb", "9: c e a d b", "9: c, e, a, d, b", "9: C E a D B"])
def test_items_are_named_as_in_a_sitting(text: str):
    assert given(text) == {9: RIGHT[9]}


@pytest.mark.parametrize(
    "text", ["name: Ada\n1: b", "Name: Ada\nanswers: {1: b}", "Answers: {1: b}", "quiz: T\nANSWERS: {1: b}"]
)
def test_a_name_and_capitals_do_no_harm(text: str):
    assert given(text) == {1: (1,)}


def test_a_copy_may_have_a_name():
    assert given(f"name: Ada\n{written(QUIZ, answers=False)}") == {}


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("1:b", "write a blank behind the colon: 1: b"),
        ("1: b\n2:c", "write 2: c"),
        ("{1:b}", "write a blank behind the colon: 1: b"),
        ("answers:\n  1:b", "write a blank behind the colon: 1: b"),
        ("answer: {1: b}", "did you mean 'answers'?"),
        ("20: a", "the questions that can be answered: 1 to 12"),
        ("4: [TypeError]", "leave the brackets out, or put quotes around the whole if they belong to it"),
        ("questions:\n- ask: Which of these is a status?\n  options:\n  - [x] 404",
         "write (x) in front of what is right, ( ) in front of what is not"),
        ("questions:\n- ask: Which of these is a status?\n  options:\n  - (X)404", "write (X) 404"),
    ],
)  # fmt: skip
def test_what_was_probably_meant_is_offered(text: str, help: str):
    with pytest.raises(BrokenQuiz) as error:
        given(text)
    assert [mistake.help for mistake in error.value.mistakes] == [help]


def test_equal_items_may_be_named_by_their_text():
    quiz = read(b"quiz: T\nquestions:\n- ask: A\n  why: W\n  order: [x, y, x]\n", "q").quiz
    assert is_right(quiz.questions[0], given("1: [x, y, x]", quiz)[1])
    assert not is_right(quiz.questions[0], given("1: [x, x, y]", quiz)[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1: e\n14: a\nq: b", ["1:4: question 1 has no option 'e'", "2:1: there is no question 14",
                               "3:1: 'q' is not the number of a question"]),
        ("1: a\n'01': b", ["2:1: question 1 is answered twice"]),
        ("1: a\n1: b", ["2:1: the key '1' stands twice here"]),
        ("1: {a: b}", ["1:4: the answer to question 1 has keys with values in it"]),
        ("4: [a]", ["1:4: the answer to question 4 must be one text, not a list"]),
        ('4: "\\e[2J"', ["1:4: the answer to question 4 has the character U+001B in it"]),
        ("1: \u017f", ["1:4: question 1 has no option '\u017f'"]),
        ("1: many", ["1:4: question 1 has no option 'many'"]),
        ("9: 3 5 1 4 2", ["1:4: question 9 has no item '3 5 1 4 2'"]),
        ("2: [" + "a," * 19_000 + "]", ["1:4: the answer to question 2 names 19,000 options, and there are 3"]),
        ("questions:\n- ask: Which of these is a status?\n  options: ['(" + " " * 200_000 + "x']",
         ["3:13: '(" + " " * 56 + "...' has no mark"]),
        ("answers: {1: a}\nAnswers: {2: a}", ["2:1: unknown key 'Answers' in the answers"]),
        ("7: perhaps", ["1:4: question 7 has no option 'perhaps'"]),
        ("9: [a, b]", ["1:1: the answer to question 9 does not name each of the 5 items once"]),
        ("9: [a, a, b, c, d]", ["1:1: the answer to question 9 does not name each of the 5 items once"]),
        ("9: [run, a]", ["1:5: question 9 has no item 'run'"]),
        ("13: Something", ["1:5: question 13 is to be answered in your head"]),
        ("answers: [a]", ["1:10: answers is a list"]),
        ("answers: {1: a}\nanswer: {2: a}", ["2:1: unknown key 'answer' in the answers"]),
        ("- a", ["1:1: answers have keys with values, and this is a list"]),
        ("questions: x", ["1:12: questions must be a list, not a text"]),
        ("questions:\n- ask: Who?", ["2:3: the quiz does not ask 'Who?'"]),
        ("questions:\n- ask: Is HTTP stateless?\n  anser: true", ["3:3: unknown key 'anser' in this question"]),
        ("questions:\n- ask: Is HTTP stateless?\n  options: [(x) a]",
         ["3:3: question 7 cannot be answered by options"]),
        ("questions:\n- ask: Is HTTP stateless?\n- ask: Is HTTP  stateless?", ["3:3: question 7 is answered twice"]),
        ("questions:\n- ask: Which of these is a status?\n  options: [(x) 405, no]",
         ["3:13: question 3 has no option '405'", "3:22: 'no' has no mark"]),
        ("questions:\n- ask: What does this raise?\n  code: 1/0",
         ["2:3: the quiz does not ask 'What does this raise?' about this code"]),
        ("questions:\n- x", ["2:3: this is no question, it is a text"]),
        ("", [" the file is empty"]),
        ("[" * 5000, ["1:9: this lies too deep"]),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_told_and_costs_nothing(text: str, expected: list[str]):
    assert mistakes(text) == expected


def test_nothing_in_the_file_changes_what_is_right():
    asked = "- ask: Is g the same in all requests?\n  kind: recall\n  answer: true\n  why: x\n"
    found = given(f"quiz: T\npass: 0%\nquestions:\n{asked}")
    assert found == {8: (0,)}
    assert not is_right(QUIZ.questions[7], found[8])
