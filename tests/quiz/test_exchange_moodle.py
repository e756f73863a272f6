"""Moodle XML holds what a quiz asks and says, and Moodle gives the points that the quiz gives, or it is told."""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

from hypothesis import given

from checkpoint.quiz.bank import read
from checkpoint.quiz.exchange import export
from checkpoint.quiz.question import CHOSEN, Option, Question, Quiz, is_right

from .exchange import quizzes, readers

ROOT = Path(__file__).parents[2]


def one(question: Question, **of_quiz: object) -> Quiz:
    return Quiz("T", (question,), "0" * 64, **of_quiz)  # type: ignore[arg-type]


@quizzes.UNTIMED
@given(quizzes.quizzes())
def test_moodle_reads_the_same_questions_and_gives_the_same_points(quiz: Quiz) -> None:
    exported = export(quiz, "moodle-xml")
    category, seen, elements = readers.moodle(exported.content)
    assert category == quiz.title
    for question, there, element in zip(quiz.questions, seen, elements, strict=True):
        told = {loss.part for loss in exported.lost if loss.number == question.number}
        assert (there.ask, there.code) == (quizzes.plain(question.ask), question.code)
        assert ("see" in told, "time" in told) == (question.see is not None, question.seconds is not None)
        assert element.findtext("defaultgrade") == ("0" if question.kind == "recall" else "1")
        if there.kind == "essay":
            assert question.kind in ("recall", "prints")
            assert "kind" in told
            continue
        assert there.why == quizzes.plain(question.why)
        if question.kind in CHOSEN:
            assert [option[0].casefold() for option in there.options] == [
                quizzes.plain(option.text).casefold() for option in question.options
            ]
            assert [option[1] for option in there.options] == [quizzes.plain(option.why) for option in question.options]
            places = range(len(question.options))
            most = len(places) if question.kind == "many" else 1
            for chosen in chain.from_iterable(combinations(places, count) for count in range(most + 1)):
                score = there.score(chosen)
                assert (score > 0.999) == is_right(question, chosen)
                assert score in (0, 1) or score > 0.999 or "scoring" in told
        elif question.kind == "order":
            assert there.items == [quizzes.plain(item) for item in question.items]
            assert element.findtext("gradingtype") == "ALL_OR_NOTHING"
            assert element.findtext("selecttype") == "ALL"
        elif question.kind == "number":
            assert (there.answers, there.within) == (list(question.answers), question.within)
        else:
            assert there.cased == (question.kind == "prints")
            assert not there.accepts("none of them")
            for answer in question.answers:
                assert there.accepts(" ".join(answer.split()) if question.kind == "text" else answer.strip())


def test_the_settings_of_the_quiz_are_told_and_options_are_shuffled_as_it_says() -> None:
    question = Question(1, "one", "a", "w", (Option("b", True), Option("c")))
    for shuffle, of_options, told in (("all", "true", True), ("options", "true", False), ("none", "false", False)):
        exported = export(one(question, shuffle=shuffle, seconds=60), "moodle-xml")
        [element] = readers.moodle(exported.content)[2]
        assert element.findtext("shuffleanswers") == of_options
        assert {loss.part for loss in exported.lost} == {"time", "pass"} | ({"shuffle"} if told else set())


def test_a_recall_card_shows_its_answer_and_gives_no_points() -> None:
    exported = export(one(Question(1, "recall", "a", "because", answers=("<this>",))), "moodle-xml")
    [element] = readers.moodle(exported.content)[2]
    assert element.findtext("generalfeedback/text") == "<p>&lt;this&gt;</p><p>because</p>"
    assert [loss.part for loss in exported.lost if loss.number == 1] == ["kind"]


def test_output_of_several_lines_is_an_essay_that_keeps_its_lines() -> None:
    question = Question(1, "prints", "a", "because", code="c", answers=("x\n  y",))
    exported = export(one(question), "moodle-xml")
    [element] = readers.moodle(exported.content)[2]
    assert element.get("type") == "essay"
    assert "<pre><code>x\n  y</code></pre>" in (element.findtext("graderinfo/text") or "")
    assert [loss.part for loss in exported.lost if loss.number == 1] == ["kind"]


def test_a_star_in_an_answer_is_a_star_and_not_anything() -> None:
    [there] = readers.moodle(export(one(Question(1, "text", "a", "w", answers=("2*2",))), "moodle-xml").content)[1]
    assert there.accepts("2*2")
    assert not there.accepts("2 is not 2")


def test_the_quiz_of_this_checkpoint_can_be_exported() -> None:
    quiz = read((ROOT / "quiz.yaml").read_bytes(), "quiz.yaml").quiz
    assert len(readers.moodle(export(quiz, "moodle-xml").content)[1]) == len(quiz.questions)
