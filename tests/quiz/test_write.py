"""A quiz that is written is read back the same, and a learner's copy of it tells nothing about its answers."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint.quiz.bank import load, read
from checkpoint.quiz.bank.answers import answers
from checkpoint.quiz.bank.nodes import UNSEEN
from checkpoint.quiz.bank.writing import written
from checkpoint.quiz.question import Option, Question, Quiz, is_right

KINDS = Path(__file__).parent / "samples" / "kinds.yaml"
ROOT = Path(__file__).parents[2]

# What YAML takes for something else, in pieces that are put together.
NASTY = [
    "#", " #", ": ", ":", "- ", "-", "?", "? ", "|", ">", "'", '"', "\\", "{%", "%}", "{{", "[", "]", ",", "&a", "*a",
    "!", "%", "@", "`", "~", "null", "true", "False", "no", "404", "1_000", ".5", "1e3", "0x1", "12:30", "---", "...",
    "<<", "=", "(x) ", "( ) ", "\u2019", "\u00fc", "\u65e5\u672c", "\U0001f600", "a", "word", "  ", " ", "\n", "\n\n",
    " \n", "\t", "x" * 60, "\u00a0", "\u200d",
]  # fmt: skip
raw = st.lists(st.sampled_from(NASTY) | st.text(max_size=5), max_size=12).map("".join)
seen = raw.map(lambda text: UNSEEN.sub("", text.replace("\r", "").replace("\t", "")))
printed = raw.map(lambda text: UNSEEN.sub("", text.replace("\r", "")))
texts = seen.map(str.strip).filter(bool)
blocks = seen.map(lambda text: re.sub(r"^(?:[ \t]*\n)+", "", text).rstrip()).filter(str.strip)
times = st.none() | st.integers(1, 86400).map(float) | st.floats(1, 86400).map(lambda time: round(time, 3))
numbers = st.decimals(-1000, 1000, places=3).map(str) | st.sampled_from(["404", "+4", ".5", "4.", "1e3", "007"])


def distinct(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(texts, min_size=count, max_size=5, unique_by=lambda text: " ".join(text.split()))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    kind = draw(st.sampled_from(["one", "many", "true-false", "text", "number", "order", "prints", "recall"]))
    more: dict[str, object] = {}
    if kind in ("one", "many"):
        offered = draw(distinct(2))
        right = {draw(st.integers(0, len(offered) - 1))} | (
            draw(st.sets(st.integers(0, 1))) if kind == "many" else set()
        )
        whys = [draw(st.none() | texts) for _ in offered]
        more["options"] = tuple(
            Option(text, place in right, why) for place, (text, why) in enumerate(zip(offered, whys, strict=True))
        )
    elif kind == "true-false":
        true = draw(st.booleans())
        more["options"] = (Option("True", true), Option("False", not true))
    elif kind == "order":
        more["items"] = tuple(draw(distinct(2)))
    elif kind == "number":
        more["answers"] = (draw(numbers),)
        more["within"] = draw(st.decimals(0, 10, places=2))
    elif kind == "prints":
        more["answers"] = tuple(draw(st.lists(printed.map(str.rstrip).filter(str.strip), min_size=1, max_size=3)))
    else:
        more["answers"] = tuple(draw(st.lists(texts, min_size=1, max_size=1 if kind == "recall" else 3)))
    code = draw(blocks) if kind == "prints" else draw(st.none() | blocks)
    seconds = None if kind == "recall" else draw(times)
    see = draw(st.none() | texts)
    return Question(0, kind, draw(texts), draw(texts), code=code, see=see, seconds=seconds, **more)  # type: ignore[arg-type]


@st.composite
def quizzes(draw: st.DrawFn) -> Quiz:
    asked = draw(
        st.lists(questions(), min_size=1, max_size=3, unique_by=lambda question: (question.ask, question.code))
    )
    return Quiz(
        draw(texts),
        tuple(replace(question, number=number) for number, question in enumerate(asked, 1)),
        "",
        draw(times),
        draw(st.sampled_from([70, 0, 100, 66.6, 0.001])),
        draw(st.sampled_from(["all", "questions", "options", "none"])),
    )


@settings(deadline=None)
@given(quizzes())
def test_what_is_written_is_read_back_the_same(quiz: Quiz):
    assert replace(read(written(quiz).encode(), "quiz.yaml").quiz, sha256="") == quiz


@pytest.mark.parametrize("path", [ROOT / "quiz.yaml", KINDS], ids=lambda path: path.name)
def test_real_quizzes_come_back_the_same(path: Path):
    quiz = load(path).quiz
    assert replace(read(written(quiz).encode(), "quiz.yaml").quiz, sha256=quiz.sha256) == quiz


def test_it_reads_as_if_a_person_had_written_it():
    quiz = Quiz(
        "A Dynamic Web App",
        (
            Question(
                1,
                "one",
                "Which one loops?",
                "Statements stand in {% %}, and what is shown stands in {{ }}. " * 2 + "That is all.",
                (
                    Option("{% for t in tasks %}", right=True),
                    Option("@for tasks: t", why="Nothing of Flask's reads it."),
                ),
                see="lesson.md#loops",
            ),
            Question(
                2, "prints", "What is it?", "So.", answers=("1\n2",), code="for n in 1, 2:\n    print(n)", seconds=90
            ),
            Question(3, "text", "Which status?", "So.", answers=("404",)),
        ),
        "",
        300,
    )
    assert (
        written(quiz)
        == """\
quiz: A Dynamic Web App
time: 5m
pass: 70%
shuffle: all

questions:
  - ask: Which one loops?
    options:
      - (x) {% for t in tasks %}
      - text: "( ) @for tasks: t"
        why: Nothing of Flask's reads it.
    why: >-
      Statements stand in {% %}, and what is shown stands in {{ }}. Statements stand in {% %}, and what
      is shown stands in {{ }}. That is all.
    see: lesson.md#loops

  - ask: What is it?
    code: |
      for n in 1, 2:
          print(n)
    kind: prints
    answer: |
      1
      2
    why: So.
    time: 1m30s

  - ask: Which status?
    answer: "404"
    why: So.
"""
    )


# The learner's copy.


def turned(question: Question) -> Question:
    """Return the same question with other right answers and other explanations."""
    options = tuple(Option(option.text, not option.right, "Other.") for option in question.options)
    return replace(
        question,
        why="Other.",
        see="other.md",
        seconds=7,
        within=Decimal(9),
        options=options,
        items=question.items[::-1],
        answers=tuple("8" for _ in question.answers) * 2,
    )


@settings(deadline=None)
@given(quizzes())
def test_a_copy_is_the_same_whatever_is_right(quiz: Quiz):
    other = replace(quiz, questions=tuple(map(turned, quiz.questions)), seconds=9, shuffle="none")
    assert written(quiz, answers=False) == written(other, answers=False)


@settings(deadline=None)
@given(quizzes())
def test_a_copy_can_be_handed_in_as_it_is_and_answers_nothing(quiz: Quiz):
    assert answers(written(quiz, answers=False).encode(), "answers.yaml", quiz) == {}


@settings(deadline=None)
@given(quizzes())
def test_a_whole_quiz_answers_itself(quiz: Quiz):
    quiz = replace(quiz, questions=tuple(replace(asked, answers=asked.answers[:1]) for asked in quiz.questions))
    found = answers(written(quiz).encode(), "answers.yaml", quiz)
    assert set(found) == {question.number for question in quiz.questions if question.scored}
    assert all(is_right(question, found[question.number]) for question in quiz.questions if question.scored)


def test_a_copy_says_what_to_do_and_numbers_its_questions():
    lines = written(load(KINDS).quiz, answers=False).split("\n")
    assert any("checkpoint quiz --answers FILE" in line for line in lines if line.startswith("#"))
    assert [line for line in lines if line.startswith("  # question ")] == [f"  # question {n}" for n in range(1, 13)]
    start = lines.index("  # question 9")
    assert lines[start + 1 : start + 9] == [
        "  - ask: Put them in the order in which they run.",
        "    kind: order",
        "    order:",
        "      - ( ) 404",
        "      - ( ) after_request",
        "      - ( ) before_request",
        "      - ( ) no",
        "      - ( ) view",
    ]
