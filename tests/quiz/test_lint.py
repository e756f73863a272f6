"""What gives an answer away is found, and what does not is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint.quiz.bank import load, read
from checkpoint.quiz.bank.anchors import anchors
from checkpoint.quiz.bank.lint import lint

ROOT = Path(__file__).parents[2]


def quiz(*questions: str, top: str = "shuffle: all") -> bytes:
    asked = "".join(f"  - ask: Ask {n}?\n    why: W\n    {question}\n" for n, question in enumerate(questions, 1))
    return f"quiz: T\n{top}\nquestions:\n{asked}".encode()


def tells(data: bytes, folder: Path | None = None) -> list[str]:
    found = lint(read(data, "quiz.yaml", folder))
    return [str(tell).split("\n")[0].removeprefix("quiz.yaml:") for tell in found]


def test_this_checkpoints_own_quiz_gives_nothing_away():
    assert lint(load(ROOT / "quiz.yaml")) == []


def test_a_tell_reads_like_a_mistake():
    (tell,) = lint(read(quiz("options: [(x) the longest one of them, ( ) short]"), "quiz.yaml"))
    assert str(tell) == (
        "quiz.yaml:6:15: warning: the right option is by far the longest: 23 characters, the next one has 5\n"
        "    options: [(x) the longest one of them, ( ) short]\n"
        "              ^\n"
        "help: shorten it, or say more in another"
    )


def options(*lengths: int, right: int = 0) -> str:
    marked = (f"({'x' if place == right else ' '}) {'abcd'[place] * size}" for place, size in enumerate(lengths))
    return f"options: [{', '.join(marked)}]"


def test_an_option_that_is_a_little_longer_is_no_tell():
    assert tells(quiz(options(26, 20, 20))) == []
    assert tells(quiz(options(8, 2, 2))) == []


@pytest.mark.parametrize(("word", "right"), [("longest", 12), ("shortest", 8)])
def test_a_length_that_is_right_too_often_is_told_with_the_score_it_would_have(word: str, right: int):
    places = [0, 1, 2, 3] * 2
    lengths = [[right if place == at else 10 for place in range(4)] for at in places[:6]] + [[10] * 4] * 4
    given = [options(*each, right=at) for each, at in zip(lengths, [*places, 0, 1], strict=True)]
    assert tells(quiz(*given)) == [f'3:1: warning: "pick the {word}" would score 7 of 10, and guessing 2.5']
    assert tells(quiz(*given[3:])) == []


def test_right_options_at_one_place_are_told_where_options_are_not_shuffled():
    given = [options(9, 9, 9, 9, right=2)] * 5
    score = '3:1: warning: "pick c" would score 5 of 5, and guessing 1.2'
    assert tells(quiz(*given, top="shuffle: questions")) == [score]
    assert "the right option is option c in all of the 5 questions" in tells(quiz(*given))[0]
    mixed = [options(9, 9, 9, 9, right=place % 4) for place in range(8)]
    assert tells(quiz(*mixed)) == tells(quiz(*mixed, top="shuffle: none")) == []
    assert tells(quiz(*given[:4], mixed[0])) == []


@pytest.mark.parametrize("text", ["All of the above.", "none of these", "Both of the options", "all above"])
def test_options_that_lean_on_others_are_told(text: str):
    (told,) = tells(quiz(f"options: [(x) something, ( ) {text}]"))
    assert "leans on the other options" in told


def test_all_of_something_is_no_such_option():
    assert tells(quiz("options: [(x) all of the tasks, ( ) both of them run]")) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It returns None", "it returns none.", True),
        ("get", "get.", True),
        ("get", "GET", False),
        ("{{ t }}", "{% t %}", False),
        ("x = HomeView()", "x = homeview()", False),
    ],
)
def test_options_that_look_the_same_are_told(one: str, other: str, same: bool):
    found = tells(quiz(f'options: ["(x) {one}", "( ) {other}"]'))
    assert any("options 1 and 2 look the same" in told for told in found) == same


def test_absolute_words_in_each_wrong_option_and_no_right_one_are_told():
    (told,) = tells(quiz("options: [(x) it may be text, ( ) it is always text, ( ) it is never one]"))
    assert told.startswith("4:5: warning: each wrong option of question 1 has an absolute word (always, never)")
    assert tells(quiz("options: [(x) it is only text, ( ) it is always text, ( ) it is never one]")) == []
    assert tells(quiz("options: [(x) it may be text, ( ) it is always text, ( ) it is a list]")) == []


def test_an_article_that_goes_with_the_right_option_only_is_told():
    ask = "quiz: T\nquestions:\n  - ask: {}\n    why: W\n    options: [(x) object, ( ) string]\n"
    (told,) = tells(ask.format("What comes back is an ___").encode())
    assert told.startswith('3:5: warning: the "an" at the end of question 1')
    assert tells(ask.format("What comes back is the").encode()) == []
    assert tells(ask.format("What comes back is a").encode()) == []


def test_very_many_blanks_are_looked_at_once():
    ask = "quiz: T\nquestions:\n" + "".join(
        f'  - ask: "a{" " * 3900}x{n}"\n    why: W\n    options: [( ) object, (x) string, ( ) list]\n'
        for n in range(60)
    )
    assert not any("at the end of" in told for told in tells(ask.encode()))


def test_an_order_of_two_is_told():
    assert tells(quiz("order: [one, two]")) == [
        "6:5: warning: question 1 has two items, and never shows them in the right order"
    ]
    assert tells(quiz("order: [one, two, three]")) == []


def test_an_option_that_is_the_letter_of_another_is_told():
    told = "warning: 'b' is also the letter of another"
    assert tells(quiz("options: [( ) b, (x) x]")) == [f"6:15: {told} option"]
    assert tells(quiz("order: [zz, c, b]")) == [f"6:20: {told} item", f"6:17: {told} item".replace("'b'", "'c'")][::-1]
    assert tells(quiz("options: [( ) a, (x) B, ( ) y]", "order: [c, a, b]", "answer: true")) == []


def test_a_second_mark_is_told():
    assert tells(quiz("options: [( ) (x) b, (x) d]")) == [
        "6:15: warning: there is a second mark: the option is '(x) b'"
    ]


@pytest.mark.parametrize("answer", ["1_000", "0x10", "1,5", "-1,000.5", ".inf", "1_000  # so many"])
def test_what_is_nearly_a_number_is_told(answer: str):
    (told,) = tells(quiz(f"answer: {answer}"))
    assert told == f"6:5: warning: {answer.split()[0]!r} is taken as a text"
    assert tells(quiz(f"answer: {answer}\n    kind: text")) == []


@pytest.mark.parametrize("answer", ["'1_000'", "1.5", "12:30", "1.2.3", "404 Not Found", "v1"])
def test_other_texts_and_numbers_are_left_alone(answer: str):
    assert tells(quiz(f"answer: {answer}")) == []


def test_if_every_option_is_right_that_is_told():
    assert tells(quiz("options: [(x) a, (x) b]")) == ["6:5: warning: all options of question 1 are right"]


def test_times_that_nobody_can_keep_are_told():
    asked = ["answer: x", "answer: x", "answer: x\n    kind: recall"]
    assert tells(quiz(*asked, top="time: 19s")) == ["2:1: warning: 2 questions in 19s: that is 9.5 seconds for each"]
    assert tells(quiz(*asked, top="time: 20s")) == []
    assert "1 question in 5s" in tells(quiz(asked[0], top="time: 5s"))[0]
    assert tells(quiz("answer: x\n    time: 4s")) == ["7:5: warning: 4s is too short to read question 1"]


def test_a_text_that_a_comment_cuts_off_is_told():
    assert tells(quiz("answer: issue #1")) == [
        "6:19: warning: the text ends before '#1', because # behind a blank begins a comment"
    ]
    assert tells(quiz("options:\n      - (x) page #top\n      - ( ) page#top")) == [
        "7:18: warning: the text ends before '#top', because # behind a blank begins a comment"
    ]
    assert tells(quiz('answer: "issue #1"')) == tells(quiz("answer: issue # one")) == []
    assert tells(quiz("answer: |\n      issue #1")) == tells(quiz("answer: x\n    time: 5s #short")) == []


LESSON = """\
# The Lesson

Loops: `for` & [while](x.md)
----
## TODO 1: count, the visits
## Again ##
## Again
```
# not one
```
<a id="here"></a>
"""


def test_anchors_are_those_that_github_makes():
    assert anchors(LESSON) == {
        "the-lesson", "loops-for--while", "todo-1-count-the-visits", "again", "again-1", "here",
    }  # fmt: skip


def test_what_to_read_again_must_be_there(tmp_path: Path):
    (tmp_path / "lesson.md").write_text(LESSON, "utf-8")
    for see, told in (
        ("lesson.md", None),
        ("lesson.md#again-1", None),
        ("https://example.org/none.md#x", None),
        ("the chapter on loops", None),
        ("lesson.txt", "there is no file 'lesson.txt' beside the quiz"),
        ("lesson.md#agian", "lesson.md has no heading for #agian"),
    ):
        expected = [] if told is None else [f"7:5: warning: {told}"]
        assert tells(quiz(f"answer: x\n    see: {see}"), tmp_path) == expected
    (tell,) = lint(read(quiz("answer: x\n    see: lesson.md#agian"), "quiz.yaml", tmp_path))
    assert tell.help == "did you mean 'again'?"
