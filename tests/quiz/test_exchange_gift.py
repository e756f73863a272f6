"""What is exported as GIFT comes back and means the same to Moodle, or is told; any GIFT is read or refused."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from decimal import Decimal
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint.errors import CheckpointError
from checkpoint.quiz.bank import read
from checkpoint.quiz.bank.writing import written
from checkpoint.quiz.exchange import Loss, export
from checkpoint.quiz.exchange.reader import TODO, imported
from checkpoint.quiz.question import CHOSEN, Option, Question, Quiz, is_right

from .exchange import quizzes, readers

if TYPE_CHECKING:
    from checkpoint.quiz.exchange import Import

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "exchange" / "moodle.gift"

# Which of a loss's parts tells that a field of a question comes back as another.
TOLD = {
    "kind": {"kind"},
    "ask": {"blanks"},
    "why": {"kind", "answers", "blanks"},
    "answers": {"kind", "answers", "blanks", "scoring"},
    "see": {"see"},
    "seconds": {"time"},
}


def there_and_back(quiz: Quiz) -> Import:
    return imported(export(quiz, "gift").content.decode(), "quiz.gift")


def expected(question: Question) -> Question:
    """Return what comes back of a question."""
    question = replace(question, see=None, seconds=None)
    answers = [answer.strip() for answer in question.answers]
    if question.kind == "text":
        answers = [" ".join(answer.split()) for answer in answers]
    elif question.kind == "recall" or (question.kind == "prints" and "\n" in "".join(answers)):
        answer, _, why = "\n\n".join([*answers, question.why]).partition("\n\n")
        return replace(question, kind="recall", answers=(answer.strip(),), why=why.strip())
    elif question.kind == "prints":
        question = replace(question, kind="text")
    return replace(question, answers=tuple(dict.fromkeys(answers)))


@quizzes.UNTIMED
@given(quizzes.quizzes())
def test_a_quiz_comes_back_but_for_what_was_told(quiz: Quiz) -> None:
    lost = export(quiz, "gift").lost
    back = there_and_back(quiz).quiz
    assert back.title == quiz.title
    assert back.questions == tuple(map(expected, quiz.questions))
    for question, again in zip(quiz.questions, back.questions, strict=True):
        parts = {loss.part for loss in lost if loss.number == question.number}
        for name in (one.name for one in fields(Question)):
            if getattr(question, name) != getattr(again, name):
                assert parts & TOLD[name], f"{name} of {question} comes back as another, and nobody says so"
    assert {loss.part for loss in lost if loss.number is None} == {"pass", "shuffle"} | (
        {"time"} if quiz.seconds else set()
    )


def choices(question: Question) -> list[tuple[int, ...]]:
    places = range(len(question.options))
    if question.kind != "many":
        return [(place,) for place in places]
    return list(chain.from_iterable(combinations(places, count) for count in range(len(places) + 1)))


@quizzes.UNTIMED
@given(quizzes.quizzes())
def test_moodle_reads_the_same_questions_and_gives_the_same_points(quiz: Quiz) -> None:
    category, seen = readers.gift(export(quiz, "gift").content.decode())
    assert category == quiz.title
    for question, there in zip(quiz.questions, seen, strict=True):
        code = None if question.code is None else question.code
        assert (there.ask, there.code) == (question.ask if code is None else quizzes.plain(question.ask), code)
        if there.kind == "essay":
            assert question.kind in ("recall", "prints")
            assert there.why.endswith(question.why)
            continue
        assert there.why == question.why
        if question.kind in CHOSEN:
            assert there.options == [(option.text, option.why) for option in question.options]
            for chosen in choices(question):
                assert (there.score(chosen) > 0.999) == is_right(question, chosen), chosen
                wrong = any(not question.options[place].right for place in chosen)
                assert not wrong or there.score(chosen) == 0, "a wrong option gives a part of the point"
        elif question.kind == "number":
            assert (there.answers, there.within) == (list(question.answers), question.within)
        elif question.kind == "order":
            assert [quizzes.plain(item) for item in there.items] == [quizzes.plain(item) for item in question.items]
        else:
            assert there.kind == "text"
            for answer in question.answers:
                assert there.accepts(" ".join(answer.split()) if question.kind == "text" else answer.strip())
            assert not there.accepts("none of them")


def test_the_quiz_of_this_checkpoint_loses_what_is_to_be_read_again_and_no_word_of_a_question() -> None:
    quiz = read((ROOT / "quiz.yaml").read_bytes(), "quiz.yaml").quiz
    assert there_and_back(quiz).quiz.questions == tuple(map(expected, quiz.questions))


def test_a_program_prints_and_its_code_stands_in_a_pre() -> None:
    code = 'if a < b:\n    print("{x}")  # &lt;'
    question = Question(1, "prints", "What does this  print?", "It is <b>.", answers=("{x}",), code=code)
    exported = export(Quiz("T", (question,), "0" * 64), "gift")
    assert b'<pre><code>if a &lt; b\\:\\n    print("\\{x\\}")  \\# &amp;lt;</code></pre>' in exported.content
    assert imported(exported.content.decode(), "x").quiz.questions[0].code == code
    [loss] = [loss for loss in exported.lost if loss.number == 1]
    assert "case does not count" in loss.words


def test_blanks_that_moodle_cuts_off_are_told_but_those_of_code_stay() -> None:
    question = Question(1, "one", "a ", "w", (Option(" b", True), Option("c")), code="  d")
    exported = export(Quiz("T", (question,), "0" * 64), "gift")
    assert [loss.part for loss in exported.lost if loss.number == 1] == ["blanks"]
    exported = export(
        Quiz("T", (replace(question, ask="a", options=(Option("b", True), Option("c"))),), "0" * 64), "gift"
    )
    assert [loss.part for loss in exported.lost if loss.number == 1] == []
    assert imported(exported.content.decode(), "x").quiz.questions[0].code == "  d"


def test_what_no_file_can_hold_is_replaced_and_told() -> None:
    question = Question(1, "text", "a\0b\ud800", "w\r\nx", answers=("c",))
    exported = export(Quiz("T", (question,), "0" * 64), "gift")
    assert "[plain]a\ufffdb\ufffd{" in exported.content.decode()
    assert r"####w\nx" in exported.content.decode()
    assert Loss(1, "characters", "what no file can hold became \ufffd") in exported.lost


def test_more_right_options_than_moodle_has_shares_for_is_told() -> None:
    options = tuple(Option(str(place), True) for place in range(11))
    for count, told in ((10, False), (11, True)):
        quiz = Quiz("T", (Question(1, "many", "a", "w", options[:count]),), "0" * 64)
        assert any("nearest grade" in loss.words for loss in export(quiz, "gift").lost) == told


# Reading what others wrote


def one(text: str) -> Question:
    [question] = imported(text, "quiz.gift").quiz.questions
    return question


def lost(text: str) -> set[str]:
    """Return the parts that are lost of a file's questions; a missing explanation is told everywhere."""
    return {loss.part for loss in imported(text, "quiz.gift").lost} - {"why"}


def test_a_file_with_all_kinds_of_questions_is_read() -> None:
    """As the documentation of Moodle shows them: comments, names, categories, forms, weights, feedback, escapes."""
    read_in = imported(SAMPLE.read_text("utf-8"), str(SAMPLE))
    quiz = read_in.quiz
    assert quiz.title == "History / modern"
    assert [(question.kind, question.ask) for question in quiz.questions] == [
        ("one", "Who is buried in Grant's tomb in New York City?"),
        ("one", "Grant is _____ in Grant's tomb."),
        ("many", "Which of these are prime?"),
        ("true-false", "The sun rises in the east."),
        ("true-false", "Water flows uphill."),
        ("text", "Two plus two equals?"),
        ("number", "When was Ulysses S. Grant born?"),
        ("number", "What is the value of pi (to 3 decimal places)?"),
        ("order", "What comes first?"),
        ("recall", "What is g for?"),
        ("many", "Which is *right* here: {a} or a=b?"),
        ("text", "What does this print?"),
    ]
    by_number = dict(enumerate(quiz.questions, 1))
    assert by_number[1].options[1] == Option("No one", True, "Right: he lies above the ground.")
    assert by_number[1].why == "A tomb above the ground\nburies nobody."
    assert [option.right for option in by_number[3].options] == [True, True, False]
    assert by_number[4].options == (Option("True", True), Option("False", False, "Look in the morning."))
    assert by_number[5].options == (Option("True", False, "Try it."), Option("False", True, "Indeed."))
    assert by_number[6].answers == ("four", "4")
    assert (by_number[7].answers, by_number[7].within) == (("1822",), Decimal(5))
    assert (by_number[8].answers, by_number[8].within) == (("3.1415",), Decimal("0.0005"))
    assert by_number[9].items == ("before_request", "the view", "after_request")
    assert (by_number[10].answers, by_number[10].why) == (("For one request.",), "It is new for each.")
    assert by_number[12].code == "print(1 < 2)\nx = {}"
    told = {(loss.number, loss.part) for loss in read_in.lost}
    assert {
        (None, "names"),
        (None, "categories"),
        (None, "question"),
        (3, "scoring"),
        (6, "answers"),
        (9, "scoring"),
    } <= told
    assert [loss.words.split(":")[0] for loss in read_in.lost if loss.part == "question"] == [
        "the one in line 58 is left out", "the one in line 63 is left out", "the one in line 65 is left out",
    ]  # fmt: skip
    assert by_number[2].why == TODO
    assert (2, "why") in told
    assert (1, "why") not in told


@pytest.mark.parametrize(
    "text, kind, parts",
    [
        ("a{=b ~c}", "one", set()),
        ("a{=b ~%50%c}", "one", {"scoring"}),
        ("a{=b =c ~d}", "many", {"scoring"}),
        ("a{~%50%b ~%50%c ~%-100%d}", "many", {"scoring"}),
        ("a{~%100%b ~c}", "many", set()),
        ("a{~=b ~c}", "one", set()),
        ("[html]<p>a <b>c</b></p>{T}", "true-false", {"look"}),
        ("[html]<p>a c</p>{T}", "true-false", set()),
        ("a <foo> {T}", "true-false", set()),
        ("a{=b =%50%c}", "text", {"answers"}),
        ("a{=b =*}", "text", {"answers"}),
        ("a{=b =%0%c#no}", "text", {"answers", "feedback"}),
        ("a{b}", "text", set()),
        ("a{true}", "text", set()),
        ("a{#1 ~#wrong}", "number", {"feedback"}),
        ("a{#=1:0 =%50%1:9}", "number", {"answers"}),
        ("::n::a{T}", "true-false", {"names"}),
        ("a{T}\n\nno answer here", "true-false", {"question"}),
        ("a{T}\n\nb{}", "true-false", {"question"}),
        ("a{T}\n\nb{=x -> y =z -> w =u -> v}", "true-false", {"question"}),
        ("a{T}\n\nb{=%50%x}", "true-false", {"question"}),
        ("a\u200e{T}", "true-false", {"characters"}),
        ("$CATEGORY: x\n\na{T}\n\n$CATEGORY: y\nb{F}", "true-false", {"categories"}),
    ],
)  # fmt: skip
def test_what_gift_says_and_a_quiz_cannot_is_told(text: str, kind: str, parts: set[str]) -> None:
    assert imported(text, "quiz.gift").quiz.questions[0].kind == kind
    assert lost(text) == parts


def test_the_feedback_of_the_right_answer_explains_where_nothing_else_does() -> None:
    assert one("a{=b#because}").why == "because"
    assert one("a{#1#because}").why == "because"
    assert one("a{=b#because =c#or so}").why == "because"
    assert one("a{=b#because####general}").why == "general"
    assert one("a{=b#because####not general####general}").why == "general"
    assert one("a{=b}").why == TODO


def test_an_answer_of_paragraphs_runs_into_the_explanation_and_that_is_told() -> None:
    question = Question(1, "recall", "a", "w", answers=("b\n\nc",))
    quiz = Quiz("T", (question, replace(question, number=2, ask="d", answers=("b\nc",))), "0" * 64)
    assert [loss.number for loss in export(quiz, "gift").lost if loss.part == "answers"] == [1]
    assert [question.why for question in there_and_back(quiz).quiz.questions] == ["c\n\nw", "w"]


def test_html_becomes_the_text_that_a_browser_shows() -> None:
    assert one("[html]<div>a <br>\n b&amp;c</div>\n<p>d  e</p>{T}").ask == "a\nb&c\n\nd e"
    assert one("[html]a&#x200e;b&#9;c{T}").ask == "a b c", "a quiz's file holds no such signs"
    assert one("a\nb <i>c</i>{T}").ask == "a\nb c", "in Moodle's own form lines count"
    assert one("[plain]a <b> &amp;{T}").ask == "a <b> &amp;"
    assert one("[html]a<pre>b</pre>c<pre>d</pre>{T}").ask == "a\n\nc\n\nb\n\nd", "two pieces of code stay in the text"


def test_a_file_without_a_category_has_its_own_name_as_title() -> None:
    assert imported("a{T}", "some/week 1.gift").quiz.title == "week 1"
    assert imported("$CATEGORY: $course$/top/Week\\\\ 1 // 2\n\na{T}", "x.gift").quiz.title == "Week\\ 1 / 2"
    assert imported("$CATEGORY: $course$\n\na{T}", "x.gift").quiz.title == "x"


def test_ends_of_lines_and_a_byte_order_mark_do_not_matter() -> None:
    assert one("\ufeffa\r\nb{T}\r\n").ask == "a\nb"
    assert one("a\rb{T}").ask == "a\nb"


@pytest.mark.parametrize(
    "text, where, caret, words, help",
    [
        ("a{=b ~c}\n\nx {=y", "3:3", "{", "this { has no }", "without an empty line"),
        ("x y}", "1:4", "}", "this } has no {", "\\{"),
        ("a{T}\nb{F}", "2:2", "{", "a second { in one question", "empty line"),
        ("::name a{T}", "1:1", ":", "this name has no end", "::name::"),
        (" {T}", "1:2", "{", "nothing is asked here", "in front of the {"),
        ("a{=b}{", "1:6", "{", "a second {", "empty line"),
        ("a{~b ~c}", "1:3", "~", "no option is right", "= instead of ~"),
        ("a{~b}", "1:3", "~", "this question has 1 option", "2 to 20"),
        ("a{b =c ~d}", "1:3", "b", "in front of the first option", "= or ~"),
        ("a{=b ~}", "1:6", "~", "this option is empty", "or delete it"),
        ("a{=b ~c\n  ~b#no}", "2:3", "~", "this option is the same", "change or delete"),
        ("a{#one}", "1:4", "o", "this is no number", "404"),
        ("a{#1:x}", "1:4", "1", "this is no number", "404"),
        ("a{#}", "1:1", "a", "no number gives the whole point", "{#404}"),
        ("a{=b -> c =d}", "1:11", "=", "this pair has no ->", "text -> what belongs"),
        ("// c\n\n// d\na{T}\n\na{F}", "6:1", "a", "the same as question 1", "delete one"),
        ("a" * 4001 + "{T}", "1:1", "a", "longer than 4,000 characters", "shorten"),
    ],
)
def test_mistakes_are_told_with_their_place(text: str, where: str, caret: str, words: str, help: str) -> None:
    with pytest.raises(CheckpointError) as caught:
        imported(text, "quiz.gift")
    assert caught.value.exit_code == 2
    lines = str(caught.value).splitlines()
    assert f"quiz.gift:{where}: " in lines[1]
    assert words in lines[1]
    assert lines[2][lines[3].index("^")] == caret
    assert help in lines[4]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    with pytest.raises(CheckpointError) as caught:
        imported("a{=b ~b}\n\nfine{T}\n\nc {#x}\n\nd{", "quiz.gift")
    told = re.findall(r"quiz\.gift:(\d+):\d+: ", str(caught.value))
    assert told == ["1", "5", "7"]


@pytest.mark.parametrize("text", ["", "\n\n", "// nothing\n", "just a text", "a{}"])
def test_a_file_without_a_question_is_refused(text: str) -> None:
    with pytest.raises(CheckpointError, match="no question in it can be taken over"):
        imported(text, "quiz.gift")


def taken_in(text: str) -> Quiz | None:
    """Return the quiz in a text, or None if it is refused with a message of bearable length."""
    try:
        return imported(text, "quiz.gift").quiz
    except CheckpointError as error:
        return None if len(str(error)) < 40_000 else pytest.fail(f"{len(str(error))} characters of message")


GIFT = [
    *quizzes.NASTY,
    "\n\n",
    "\n\n",
    "a{",
    "}",
    "{=",
    "}\n\n",
    "~a",
    "=b",
    "{#",
    "\\",
    "=%50%",
    "\r\n",
    "\t",
    "->1",
    "T}",
    "{T",
]


@settings(quizzes.UNTIMED, max_examples=300)
@given(st.lists(st.sampled_from(GIFT) | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_read_as_a_quiz_that_a_file_can_hold_or_refused(text: str) -> None:
    quiz = taken_in(text)
    if quiz is not None:
        again = read(written(quiz).encode(), "quiz.yaml").quiz
        assert replace(again, sha256=quiz.sha256) == quiz


LARGE = 256 * 1024


UNITS = [
    "<", "<a", "<!--", "{", "}", "~", "=", "\\", "#", "%", "[", "&#9", "&", " ", "\n", "\n ", "//", "/", "::", "->",
    "..", "<pre>", "a{T}\n\n", "a{~=b}\n\n", "$CATEGORY: a\n\n", "\t", "\0", "*", "9", ". ",
]  # fmt: skip
AROUND = ["{}", "a{{{}}}", "[html]{}{{T}}", "a{{T####[html]{}}}", "a{{={}}}", "a{{#{}}}", "[html]<{}{{T}}"]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("around", AROUND)
def test_a_file_of_one_sign_only_ends(unit: str, around: str) -> None:
    """Whatever takes the square of the length would take minutes here."""
    taken_in(around.format(unit * (LARGE // 4 // len(unit))))


def test_a_reference_to_a_character_of_very_many_digits_stays_as_it_is() -> None:
    assert one(f"[html]a&#{'9' * 3000}; b{{T}}").ask.startswith("a")
    with pytest.raises(CheckpointError, match="1 mistake"):
        imported(f"[html]a&#{'9' * 5000}; b{{T}}", "quiz.gift")


def test_a_larger_file_is_refused() -> None:
    with pytest.raises(CheckpointError) as caught:
        imported("é" * (LARGE // 2) + "a", "quiz.gift")
    assert "larger than 256 KiB" in str(caught.value)
