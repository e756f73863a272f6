"""A package of QTI keeps the schema, asks and says what the quiz does, and marks every answer as the quiz does."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations, permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xmlschema
from hypothesis import given

from checkpoint.quiz.bank import read
from checkpoint.quiz.exchange import export
from checkpoint.quiz.question import CHOSEN, Option, Question, Quiz, is_right

from .exchange import quizzes, readers
from .exchange.readers import QTI

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
SCHEMA = Path(__file__).parent / "exchange" / "qti21.xsd"
FIRST = Question(1, "one", "a", "w", (Option("b", True), Option("c")))


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMA)


def package(*questions: Question, **of_quiz: object) -> readers.Package:
    numbered = tuple(replace(question, number=number) for number, question in enumerate(questions, 1))
    return readers.Package(export(Quiz("T", numbered, "0" * 64, **of_quiz), "qti").content)  # type: ignore[arg-type]


@quizzes.UNTIMED
@given(quizzes.quizzes())
def test_every_file_keeps_the_schema_and_a_quiz_gives_the_same_bytes_each_time(
    schema: xmlschema.XMLSchema, quiz: Quiz
) -> None:
    content = export(quiz, "qti").content
    assert content == export(quiz, "qti").content
    for name, data in readers.Package(content).files.items():
        if name != "imsmanifest.xml":
            schema.validate(data.decode())


@quizzes.UNTIMED
@given(quizzes.quizzes())
def test_the_package_asks_and_says_the_same(quiz: Quiz) -> None:
    exported = export(quiz, "qti")
    there = readers.Package(exported.content)
    assert there.test.get("title") == quiz.title
    for question, item in zip(quiz.questions, there.items, strict=True):
        told = {loss.part for loss in exported.lost if loss.number == question.number}
        assert ("see" in told) == (question.see is not None)
        asked = item.find(f"{QTI}itemBody/{QTI}div")
        assert readers.written(asked[0]) == quizzes.plain(question.ask)
        assert asked.findtext(f"{QTI}pre/{QTI}code") == question.code
        feedback = item.find(f"{QTI}modalFeedback")
        said = [*question.answers, question.why] if question.kind == "recall" else [question.why]
        assert [readers.written(paragraph) for paragraph in feedback] == [quizzes.plain(text) for text in said]
        assert readers.outcomes(item, None)["EXPLANATION"] == feedback.get("identifier"), "always shown"
        choices = {choice.get("identifier"): choice for choice in item.iter(f"{QTI}simpleChoice")}
        if question.kind == "order":
            right = [value.text for value in item.iter(f"{QTI}value")][: len(question.items)]
            shown = [readers.written(choices[name]) for name in right]
            assert shown == [quizzes.plain(item) for item in question.items]
        elif question.kind in CHOSEN:
            for option, choice in zip(question.options, choices.values(), strict=True):
                assert readers.written(choice) == quizzes.plain(option.text)
                inline = choice.find(f"{QTI}feedbackInline")
                why = None if inline is None else readers.written(inline)
                assert why == quizzes.plain(option.why)
                if inline is not None:
                    assert inline.get("identifier") == choice.get("identifier")


def responses(question: Question, item: ET.Element) -> list[tuple[object, object]]:
    """Return answers to a question, each as the quiz takes it and as QTI does."""
    names = [choice.get("identifier") for choice in item.iter(f"{QTI}simpleChoice")]
    if question.kind == "many":
        places = range(len(names))
        chosen = chain.from_iterable(combinations(places, count) for count in range(len(names) + 1))
        return [(answer, frozenset(names[place] for place in answer)) for answer in chosen]
    if question.kind in CHOSEN:
        return [((place,), name) for place, name in enumerate(names)]
    if question.kind == "order":
        texts = [readers.written(choice) for choice in item.iter(f"{QTI}simpleChoice")]
        place_of = [[quizzes.plain(item) for item in question.items].index(text) for text in texts]
        orders = list(permutations(range(len(names))))[:24]
        return [(tuple(place_of[i] for i in order), tuple(names[i] for i in order)) for order in orders]
    if question.kind == "number":
        number = Decimal(question.answers[0])
        off = [Decimal(0), question.within, question.within + Decimal("0.0001"), -question.within, Decimal(20)]
        return [(str(number + by), str(number + by)) for by in off]
    typed = [*question.answers, "none of them"]
    if question.kind == "text":
        typed = [" ".join(answer.split()) for answer in typed]
        typed += [answer.casefold() for answer in typed]
    return [(answer, answer) for answer in typed]


@quizzes.UNTIMED
@given(quizzes.quizzes())
def test_every_answer_gives_the_point_that_it_gives_here(quiz: Quiz) -> None:
    for question, item in zip(quiz.questions, readers.Package(export(quiz, "qti").content).items, strict=True):
        if question.kind == "recall":
            assert "SCORE" not in readers.outcomes(item, "anything")
            continue
        for ours, theirs in responses(question, item):
            outcomes = readers.outcomes(item, theirs)
            assert outcomes["SCORE"] == ("1" if is_right(question, ours) else "0"), (question, ours)
            if any(option.why is not None for option in question.options):
                assert outcomes["FEEDBACK"] == theirs, "what was chosen is what is explained"


def test_time_pass_mark_and_order_of_questions_are_in_the_test() -> None:
    recall = Question(0, "recall", "d", "w", answers=("e",))
    timed = replace(FIRST, seconds=45.5)
    there = package(FIRST, replace(timed, ask="x"), recall, seconds=300, pass_percent=75.5, shuffle="questions")
    [score, passed] = there.test.findall(f"{QTI}outcomeDeclaration")
    assert (score.get("normalMaximum"), Decimal(score.get("masteryValue"))) == ("2", Decimal("1.51"))
    assert passed.get("identifier") == "PASS"
    [needed] = there.test.iterfind(f"{QTI}outcomeProcessing//{QTI}gte/{QTI}baseValue")
    assert Decimal(needed.text) == Decimal("1.51")
    assert there.test.find(f"{QTI}timeLimits").get("maxTime") == "300"
    assert [one.get("maxTime") for one in there.test.iterfind(f".//{QTI}assessmentItemRef/{QTI}timeLimits")] == ["45.5"]
    assert there.test.find(f".//{QTI}ordering").get("shuffle") == "true"
    assert there.items[0].find(f".//{QTI}choiceInteraction").get("shuffle") == "false"


@pytest.mark.parametrize(
    "shuffle, of_questions, of_options",
    [("all", "true", "true"), ("options", "false", "true"), ("none", "false", "false")],
)
def test_what_is_shuffled(shuffle: str, of_questions: str, of_options: str) -> None:
    facts = Question(0, "true-false", "t", "w", (Option("True", True), Option("False")))
    there = package(FIRST, facts, shuffle=shuffle)
    assert there.test.find(f".//{QTI}ordering").get("shuffle") == of_questions
    shuffled = [item.find(f".//{QTI}choiceInteraction").get("shuffle") for item in there.items]
    assert shuffled == [of_options, "false"]


def test_an_order_does_not_show_itself_where_nothing_is_shuffled() -> None:
    [item] = package(Question(0, "order", "a", "w", items=("z", "m", "b")), shuffle="none").items
    assert [choice.text for choice in item.iter(f"{QTI}simpleChoice")] == ["b", "m", "z"]
    assert item.find(f".//{QTI}orderInteraction").get("shuffle") == "true"


def test_only_option_feedback_and_numbers_have_a_processing_of_their_own() -> None:
    """Blackboard leaves out the items that have one."""
    told = replace(FIRST, ask="told", options=(Option("b", True, "why"), Option("c")))
    text = Question(0, "text", "t", "w", answers=("b",))
    templates = [item.find(f"{QTI}responseProcessing").get("template") for item in package(FIRST, told, text).items]
    base = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
    assert templates == [f"{base}match_correct", None, f"{base}map_response"]


def test_canvas_takes_the_package_as_qti_2_and_finds_orders_in_its_manifest() -> None:
    """Canvas looks for these words and this namespace; without them it runs a converter from QTI 1.2, or skips."""
    there = package(FIRST, Question(0, "order", "o", "w", items=("z", "m")))
    assert there.manifest.findtext(".//{http://www.imsglobal.org/xsd/imscp_v1p1}schema") == "QTIv2.1 Package"
    [described] = there.manifest.iter(f"{QTI}interactionType")
    assert described.text == "orderInteraction"


def test_two_quizzes_have_no_identifier_in_common() -> None:
    one, other = (export(Quiz("T", (FIRST,), digest * 64), "qti").content for digest in "01")
    assert readers.Package(one).items[0].get("identifier") != readers.Package(other).items[0].get("identifier")


def test_the_zip_has_no_date_and_no_owner() -> None:
    with zipfile.ZipFile(io.BytesIO(export(Quiz("T", (FIRST,), "0" * 64), "qti").content)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {3}


def test_the_quiz_of_this_checkpoint_loses_only_what_is_to_be_read_again_and_that_nobody_marks_recall_cards() -> None:
    quiz = read((ROOT / "quiz.yaml").read_bytes(), "quiz.yaml").quiz
    exported = export(quiz, "qti")
    assert len(readers.Package(exported.content).items) == len(quiz.questions)
    assert {loss.part for loss in exported.lost} == {"see", "kind"}
