"""Each mistake in a quiz is told, all at once, with its place and a way to mend it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from checkpoint.quiz.bank import BrokenQuiz, read


def said(text: str) -> str:
    with pytest.raises(BrokenQuiz) as error:
        read(text.encode(), "quiz.yaml")
    return str(error.value)


def mistakes(text: str) -> list[str]:
    with pytest.raises(BrokenQuiz) as error:
        read(text.encode(), "quiz.yaml")
    return [str(mistake).split("\n")[0].removeprefix("quiz.yaml:") for mistake in error.value.mistakes]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file():
    text = """\
        quiz: T
        shufle: all
        questions:
          - ask: A?
            options:
              - (x) right
              - wrong
            wy: W
        """
    assert said(dedent(text)) == dedent(
        """\
        quiz.yaml cannot be used: 4 mistakes
        quiz.yaml:2:1: unknown key 'shufle' in the quiz
            shufle: all
            ^
        help: did you mean 'shuffle'?
        quiz.yaml:4:5: question 1 has no why
            - ask: A?
              ^
        help: explain the right answer: why: ...
        quiz.yaml:7:9: option 2 of question 1 has no mark
            - wrong
              ^
        help: write ( ) wrong, or (x) if it is right
        quiz.yaml:8:5: unknown key 'wy' in question 1
            wy: W
            ^
        help: did you mean 'why'?"""
    )


QUESTION = "quiz: T\nquestions:\n  - ask: A?\n    why: W\n    "  # what follows stands in line 5, column 5


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("see: x", ["3:5: question 1 has neither options nor answer nor order"]),
        ("answer: x\n    order: [a, b]", ["6:5: question 1 has both answer and order"]),
        ("answer: x\n    answer: y", ["6:5: the key 'answer' stands twice here"]),
        ("answer:", ["5:5: answer of question 1 is empty"]),
        ("answer: null", ["5:5: answer of question 1 is empty"]),
        ('answer: " "', ["5:5: answer of question 1 is empty"]),
        ("answer: {a: b}", ["5:13: answer of question 1 must be one text, not keys with values"]),
        ("answer: []", ["5:5: answer of question 1 is empty"]),
        ("answer: [a, [b]]", ["5:17: answer 2 of question 1 must be a text, not a list"]),
        ("answer: " + "x" * 4001, ["5:13: answer of question 1 is longer than 4,000 characters"]),
        ("answer: x\n    kind: txt", ["6:11: kind of question 1 cannot be 'txt'"]),
        ("answer: x\n    kind: one", ["5:5: question 1 is of the kind one and has answer"]),
        ("order: [a, b]\n    kind: text", ["5:5: question 1 is of the kind text and has order"]),
        ("answer: x\n    kind: number", ["5:13: answer of question 1 is no number: 'x'"]),
        ("answer: [1, 2]\n    kind: number", ["5:13: answer of question 1 must be one text, not a list"]),
        ("answer: yes\n    kind: true-false", ["5:13: answer of question 1 cannot be 'yes'"]),
        ("answer: x\n    kind: prints", ["3:5: question 1 has no code"]),
        ("answer: x\n    kind: recall\n    time: 5s", ["7:5: question 1 has time, and recall is not timed"]),
        ("answer: x\n    within: 1", ["6:5: question 1 has within, and no number as its answer"]),
        ("answer: 1\n    within: -1", ["6:13: within of question 1 cannot be '-1'"]),
        ("answer: 1\n    within: a bit", ["6:13: within of question 1 cannot be 'a bit'"]),
        ("answer: x\n    time: 45", ["6:11: time of question 1 cannot be '45'"]),
        ("answer: x\n    time: 0s", ["6:11: time of question 1 must be from 1s to 24h"]),
        ("answer: x\n    time: 25h", ["6:11: time of question 1 must be from 1s to 24h"]),
        ("answer: x\n    code:", ["6:5: code of question 1 is empty"]),
        ("answer: x\n    see: #loops", ["6:5: see of question 1 is empty"]),
        ("options: (x) a", ["5:14: options of question 1 must be a list, not a text"]),
        ("options: [(x) a]", ["5:5: question 1 has 1 option"]),
        ("options: [" + ", ".join(f"(x) {n}" for n in range(21)) + "]", ["5:5: question 1 has 21 options"]),
        ("options: [( ) a, ( ) b]", ["5:5: question 1 has no right option"]),
        ("options: [(x) a, (x) b]\n    kind: one", ["6:5: question 1 is of the kind one and has 2 right options"]),
        ("options: [(x) a  b, ( ) a b]", ["5:25: option 2 of question 1 is the same as option 1"]),
        ("options: [(x) a, (y) b]", ["5:22: option 2 of question 1 has no mark"]),
        ("options: [(x) a, ( )b]", ["5:22: option 2 of question 1 has no mark"]),
        ("options: [(x) a, ( ) ]", ["5:22: option 2 of question 1 is empty"]),
        ("options: [(x) a, ]", ["5:5: question 1 has 1 option"]),
        ("options: [(x) a, [b]]", ["5:22: option 2 of question 1 is a list"]),
        ("options: [(x) a, {why: b}]", ["5:22: option 2 of question 1 has no text"]),
        ("options: [(x) a, {text: ( ) b, wy: c}]", ["5:36: unknown key 'wy' in option 2 of question 1"]),
        ("options:\n      - (x) a: b\n      - ( ) c", ["6:9: option 1 of question 1 is cut in two by its colon"]),
        ("options: [(x) a, {? \"(" + " " * 100_000 + "x\" : b}]", ["5:22: option 2 of question 1 has no text",
                                                              "5:25: unknown key '(" + " " * 56 + "...'"
                                                              " in option 2 of question 1"]),
        ("options:\n      - (x) a\n      - {{ b }}", ["7:10: this cannot be a key"]),
        ("order: a", ["5:12: order of question 1 must be a list, not a text"]),
        ("order: [a]", ["5:5: question 1 has 1 item"]),
        ("order: [a, a]", ["5:5: all items of question 1 are the same"]),
        ("order: [a, {b: c}]", ["5:16: item 2 of question 1 must be a text, not keys with values"]),
        ("answer: x\n  - ask: A?\n    why: V\n    answer: y", ["6:5: question 2 is the same as question 1"]),
        ("answer: x\n  - what?", ["6:5: question 2 has no keys, it is a text"]),
        ("answer: x\n  - why: V\n    answer: y", ["6:5: question 2 has no ask"]),
        ("answer: &x y", ["5:13: a text cannot begin with & unless it is quoted"]),
        ("answer: *x", ["5:13: a text cannot begin with * unless it is quoted"]),
        ("answer: !x y", ["5:13: a text cannot begin with ! unless it is quoted"]),
        ("answer: x\n    <<: {see: y}", ["6:5: merge keys are not used here"]),
    ],
)  # fmt: skip
def test_mistakes_in_a_question(rest: str, expected: list[str]):
    assert mistakes(QUESTION + rest) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("questions: [x]", ["1:1: the quiz has no quiz", "1:13: question 1 has no keys, it is a text"]),
        ("quiz: T", ["1:1: the quiz has no questions"]),
        ("quiz: T\nquestions:", ["2:11: questions is empty"]),
        ("quiz: T\nquestions: []", ["2:12: questions is empty"]),
        ("quiz: T\nquestions: {ask: x}", ["2:12: questions must be a list, not keys with values"]),
        (
            "quiz: [T]\nquestions: x",
            ["1:7: quiz of the quiz must be one text, not a list", "2:12: questions must be a list, not a text"],
        ),
    ],
)  # fmt: skip
def test_mistakes_at_the_top(text: str, expected: list[str]):
    assert mistakes(text) == expected


@pytest.mark.parametrize(
    ("line", "help"),
    [
        ("shuffle: al", "did you mean 'all'?"),
        ("shuffle: yes", "write one of: all, questions, options, none"),
        ("pass: 70", "did you mean '70%'?"),
        ("pass: 0.7", "did you mean '70%'?"),
        ("pass: 101%", "write a percentage from 0% to 100%"),
        ("time: 300", "did you mean '300s' or '300m'?"),
        ("time: 1:30", "did you mean '1m30s'?"),
        ("time: 5 minutes", "did you mean '5m'?"),
        ("time: 1.5h", "did you mean '1h30m'?"),
        ("time: soon", "write 45s, 5m, 1m30s or 1h"),
        ("timer: 5m", "did you mean 'time'?"),
    ],
)
def test_what_was_probably_meant_is_offered(line: str, help: str):
    text = said(f"quiz: T\n{line}\nquestions:\n- ask: A?\n  answer: x\n  why: W\n")
    assert text.startswith("quiz.yaml cannot be used: 1 mistake\nquiz.yaml:2:")
    assert text.endswith(f"\nhelp: {help}")


@pytest.mark.parametrize(
    ("lines", "first", "help"),
    [
        ("  - @for tasks", "3:5: a text cannot begin with @ unless it is quoted", "mark in front: ( ) @..."),
        ("  - {% for t in tasks %}", "3:5: a text cannot begin with { unless it is quoted", "mark in front: ( ) {..."),
        ("  - ask: `g`", "3:10: a text cannot begin with ` unless it is quoted", "put quotes"),
        ("  - **kwargs", "3:5: a text cannot begin with * unless it is quoted", "put quotes"),
        ("  - [x] a\n  - [ ] b", "3:5: a mark stands in round brackets", "write (x) in front"),
        ("  - ask: x\n    why:y", "4:5: this line has no blank behind its colon", "write why: y"),
        ("\t- ask: x", "3:1: a tab cannot stand here", "indent with blanks"),
        ("  - ask: key: value", "3:13: a second colon stands in this line", "put quotes around the text behind"),
        ("  - ask:x\n    why: y", "4:8: this line goes on with the text above, so it has no key", "a blank behind"),
        ('  - ask: "x\n    why: y', "3:10: the quote that opens here is never closed", 'close it with "'),
        ("  - ask: 'don't'", "3:15: the text ended before this", "in single quotes, '' is one '"),
        ("  - ask: [a, b\n    why: y", "3:10: the [ that opens here is not closed, or a comma is missing", "close it"),
        ("  - ask: | x", "3:12: this cannot stand in the same line as the | or > before it", "in the next line"),
        ('  - ask: "\\d"', "3:12: double quotes know no such escape", "use single quotes"),
        ("  - ask: x\n   why: y", "4:4: this line is indented differently from those that it belongs to", "line it up"),
        ("  - ask: x\nwhy\nsee: y", "4:1: this line has no colon, and does not belong to the text above either", "key"),
        ("  - ask: - x", "3:10: a list cannot begin in the middle of a line", "in the next line"),
        ("  - !a!b x", "3:5: a text cannot begin with ! unless it is quoted", "put quotes"),
        ('  - "\\UFFFFFFFF"', "3:8: double quotes know no such escape", "use single quotes"),
    ],
)  # fmt: skip
def test_what_is_no_yaml_is_explained_to_somebody_who_does_not_know_yaml(lines: str, first: str, help: str):
    text = said(f"quiz: T\nquestions:\n{lines}\n")
    assert text.startswith(f"quiz.yaml cannot be used: 1 mistake\nquiz.yaml:{first}\n")
    assert help in text.split("\nhelp: ")[1]


def test_directives_and_what_follows_the_end_lie_outside():
    assert mistakes("%foo\nquiz: T\n") == ["2:1: this is outside of the quiz"]


def test_of_very_many_mistakes_the_first_are_shown():
    text = said("quiz: T\nquestions:\n" + "- x\n" * 60)
    assert text.startswith("quiz.yaml cannot be used: 60 mistakes\n")
    assert text.count("has no keys") == 50
    assert text.endswith("\n... and 10 more")


def test_a_long_line_is_cut_around_its_caret():
    _, _, line, caret, _ = said(QUESTION + "answer: " + "long " * 30 + "here: " + "x" * 100).split("\n")
    assert line.startswith("    ...")
    assert line.endswith("...")
    assert len(line) <= 104
    assert line[caret.index("^") - 4 :].startswith("here: ")


def test_the_caret_stands_below_wide_characters_and_behind_tabs():
    _, _, line, caret, _ = said('quiz: "\u65e5\u672c\ta\u0301" x').split("\n")
    assert line == '    quiz: "\u65e5\u672c a\u0301" x'
    assert caret == "    " + " " * 15 + "^"


def test_a_name_makes_no_lines_of_its_own():
    with pytest.raises(BrokenQuiz) as error:
        read(b"", "a\nb")
    assert str(error.value) == "a\\nb: the file is empty"
