"""A quiz's file is read as its author meant it, whatever YAML would make of it, and within bounds."""

from __future__ import annotations

import hashlib
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from checkpoint.quiz.bank import BrokenQuiz, load, read
from checkpoint.quiz.bank.nodes import DEEPEST, LARGEST_BYTES, MOST_NODES
from checkpoint.quiz.question import Option, is_right

KINDS = Path(__file__).parent / "samples" / "kinds.yaml"
ROOT = Path(__file__).parents[2]


def said(data: bytes) -> str:
    with pytest.raises(BrokenQuiz) as error:
        read(data, "quiz.yaml")
    assert error.value.exit_code == 2
    return str(error.value)


def quiz_of(question: str) -> bytes:
    return f"quiz: T\nquestions:\n  - ask: A?\n    why: W\n    {question}\n".encode()


def test_every_kind_is_read_as_it_was_meant():
    quiz = load(KINDS).quiz
    assert (quiz.title, quiz.seconds, quiz.pass_percent, quiz.shuffle) == ("Every kind", 300, 66.5, "questions")
    assert quiz.sha256 == hashlib.sha256(KINDS.read_bytes()).hexdigest()
    assert [question.number for question in quiz.questions] == list(range(1, 14))
    assert [question.kind for question in quiz.questions] == [
        "one", "many", "many", "text", "number", "number", "true-false", "true-false", "order", "prints", "text",
        "text", "recall",
    ]  # fmt: skip
    loops, hooks, status, raises, unknown, takes, stateless, same, order, prints, method, quotes, recall = (
        quiz.questions
    )
    assert loops.options == (
        Option("{{ for t in tasks }}"),
        Option("{% for t in tasks %} ... {% endfor %}", right=True),
        Option("@for tasks", why="No template engine of Flask's reads this."),
    )
    assert loops.see == "lesson.md#loops"
    assert hooks.right_options == (0, 1)
    assert [option.text for option in status.options] == ["no", "404", "None", "1_000"]
    assert raises.code == '# One and one\n\nif True:\n\tprint("1" + 1)'
    assert raises.seconds == 90
    assert (unknown.answers, unknown.within) == (("404",), 0)
    assert (takes.answers, takes.within) == (("0.5",), Decimal("0.1"))
    assert stateless.options == (Option("True", right=True), Option("False"))
    assert same.options == (Option("True"), Option("False", right=True))
    assert order.items == ("before_request", "view", "404", "no", "after_request")
    assert prints.answers == ("  a",)
    assert method.answers == ("GET", "get", "yes", "1")
    assert quotes.answers == ("404",)
    assert recall.answers == ("Something to share within one request.",)


def test_the_quiz_of_this_checkpoint_can_be_used():
    quiz = load(ROOT / "quiz.yaml").quiz
    assert sum(question.scored for question in quiz.questions) == 10
    assert all(len(question.right_options) == 1 for question in quiz.questions if question.scored)


def test_what_is_left_out_is_as_the_format_says():
    quiz = read(quiz_of("answer: x"), "quiz.yaml").quiz
    assert (quiz.seconds, quiz.pass_percent, quiz.shuffle) == (None, 70, "all")
    assert quiz.questions[0].code is None


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("True", "true-false"), ("FALSE", "true-false"), ("'true'", "text"), ("yes", "text"), ("None", "text"),
        ("-1.5e3", "number"), ("1_000", "text"), ("0x1F", "text"), ("12:30", "text"), ("2024-01-01", "text"),
        ("404 Not Found", "text"), ("|\n      404", "text"), (".inf", "text"),
    ],
)  # fmt: skip
def test_only_plain_numbers_and_true_and_false_are_no_texts(answer: str, kind: str):
    assert read(quiz_of(f"answer: {answer}"), "quiz.yaml").quiz.questions[0].kind == kind


def test_a_number_may_have_the_minus_of_a_typesetter():
    question = read(quiz_of("kind: number\n    answer: \u22125"), "quiz.yaml").quiz.questions[0]
    assert is_right(question, "-5")


def test_a_byte_order_mark_and_the_line_ends_of_windows_do_not_matter():
    plain = quiz_of("code: |\n      a\n      b\n    answer: x")
    assert (
        read(b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n"), "quiz.yaml").quiz.questions
        == read(plain, "quiz.yaml").quiz.questions
    )


def test_characters_that_json_writes_in_two_halves_are_one():
    question = read(quiz_of(r'answer: "\ud83d\ude00"'), "quiz.yaml").quiz.questions[0]
    assert question.answers == ("\U0001f600",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "quiz.yaml: the file is empty"),
        (b"# Nothing\n# yet\n", "quiz.yaml: the file is empty"),
        (b"---\n", "quiz.yaml: the file is empty"),
        ("quiz: \u00fc\n".encode("utf-16"), "quiz.yaml:1:1: this is not UTF-8"),
        ("\ufeffquiz: T\ntime: 5\u00fc".encode() + b"\xfc", "quiz.yaml:2:9: this is not UTF-8"),
        (b"quiz: T\ntime: \x005m", "quiz.yaml:2:7: the character U+0000 cannot be seen and is not allowed"),
        ("quiz: T\u202egnp\n".encode(), "quiz.yaml:1:8: the character U+202E cannot be seen and is not allowed"),
        ("quiz: T\u2028\n".encode(), "quiz.yaml:1:8: the character U+2028 cannot be seen and is not allowed"),
        (b"quiz: T\n" + b"#" * LARGEST_BYTES, "quiz.yaml: the file is larger than 256 KiB"),
        (b"[" * 200_000, f"quiz.yaml:1:{DEEPEST + 1}: this lies too deep"),
        (b"- \n" * (MOST_NODES + 10), f"quiz.yaml:{MOST_NODES}:2: the file has more than 20,000 values"),
        (b"quiz: A\n---\nquiz: B\n", "quiz.yaml:2:1: a second document begins here"),
        (b"- quiz\n", "quiz.yaml:1:1: a quiz has keys with values, and this is a list"),
        (b"quiz\n", "quiz.yaml:1:1: a quiz has keys with values, and this is a text"),
    ],
)  # fmt: skip
def test_what_is_no_quiz_at_all_is_said_in_one_mistake(data: bytes, words: str):
    text = said(data).removeprefix("quiz.yaml cannot be used: 1 mistake\n")
    assert text.split("\n")[0] == words
    assert (text == said(data)) == words.startswith("quiz.yaml: ")  # of the whole file one line says it all


def test_what_a_program_prints_may_have_tabs():
    for answer, answers in (('"a\\tb"', ("a\tb",)), ("[x, 'a\tb']", ("x", "a\tb")), ("|\n      \ta", ("\ta",))):
        question = read(quiz_of(f"kind: prints\n    code: c\n    answer: {answer}"), "quiz.yaml").quiz.questions[0]
        assert question.answers == answers


def test_a_tab_behind_a_mark_is_a_blank():
    question = read(quiz_of('options:\n    - (x)\ta\n    - text: "( ) \tb"'), "quiz.yaml").quiz.questions[0]
    assert question.options == (Option("a", right=True), Option("b"))


@pytest.mark.parametrize("text", [r'"\0"', r'"a\x1b[2J"', r'"\u202e"', r'"\ud83d"', r'"\uffff"', r'"a\tb"', r'"a\Nb"'])
def test_escapes_cannot_smuggle_in_what_cannot_be_seen(text: str):
    assert re.search(
        r"\nquiz.yaml:5:13: answer of question 1 has (a tab|the character U\+\w{4}) in it\n",
        said(quiz_of(f"answer: {text}")),
    )


def test_files_that_cannot_be_read_are_named(tmp_path: Path):
    for path, words in (
        (tmp_path / "nowhere.yaml", "there is no such file"),
        (tmp_path, "this is a folder"),
        (Path(os.devnull), "this is not a file"),
        (tmp_path / ("long" * 100), "cannot be read: file name too long"),
    ):
        with pytest.raises(BrokenQuiz) as error:
            load(path)
        assert str(error.value) == f"{path}: {words}"
