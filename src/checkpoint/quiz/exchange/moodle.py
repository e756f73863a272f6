"""Write a quiz as Moodle XML, which says more of a question than GIFT does.

See https://docs.moodle.org/en/Moodle_XML_format and Moodle's own reader (question/format/xml/format.php, and for orders
question/type/ordering). Orders are of the type `ordering`, which Moodle has had since 4.4 and as a plug-in before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from checkpoint.quiz.exchange import gift
from checkpoint.quiz.exchange.loss import Export, Loss
from checkpoint.quiz.exchange.markup import page, shown, writable

if TYPE_CHECKING:
    from checkpoint.quiz.question import Option, Question, Quiz

_TYPES = {
    "one": "multichoice",
    "many": "multichoice",
    "true-false": "truefalse",
    "text": "shortanswer",
    "prints": "shortanswer",
    "number": "numerical",
    "order": "ordering",
    "recall": "essay",
}
_NAME_CHARS = 60


def exported(quiz: Quiz) -> Export:
    """Return a quiz as Moodle XML, and what of it Moodle's questions cannot say."""
    lost: list[Loss] = []
    settings = "it is a setting of the quiz there, not of its questions"
    if quiz.seconds is not None:
        lost.append(Loss(None, "time", settings))
    lost.append(Loss(None, "pass", settings))
    if quiz.shuffle in ("all", "questions"):
        lost.append(Loss(None, "shuffle", "whether questions are shuffled is a setting of the quiz there"))
    quiz = writable(quiz, lost, trimmed=True)
    root = ET.Element("quiz")
    category = ET.SubElement(root, "question", type="category")
    _text(ET.SubElement(category, "category"), quiz.title.replace("/", "//"))
    for question in quiz.questions:
        root.append(_question(question, shuffled=quiz.shuffle in ("all", "options")))
        lost += _losses(question)
    ET.indent(root)
    return Export(ET.tostring(root, "UTF-8", xml_declaration=True) + b"\n", tuple(lost))


def _losses(question: Question) -> list[Loss]:
    """Return what Moodle XML cannot say of a question."""
    by_gift = {loss.part: loss for loss in gift.losses(question)}
    kept = [by_gift[part] for part in ("see", "time") if part in by_gift]
    if question.kind == "many" and "scoring" in by_gift:
        kept.append(by_gift["scoring"])
    words = {
        "text": ("scoring", "the width of gaps and the shape of quotes count there"),
        "prints": ("scoring", "blanks at the ends of lines count there"),
        "recall": ("kind", "it is asked as an essay there, for no points: the answer is in the feedback"),
    }
    if question.kind == "prints" and question.several_lines:
        kept.append(by_gift["kind"])
    elif question.kind in words:
        kept.append(Loss(question.number, *words[question.kind]))
    elif question.kind == "true-false" and "options" in by_gift:
        kept.append(by_gift["options"])
    return kept


def _question(question: Question, *, shuffled: bool) -> ET.Element:
    """Return the element of one question."""
    essay = question.kind == "recall" or (question.kind == "prints" and question.several_lines)
    root = ET.Element("question", type="essay" if essay else _TYPES[question.kind])
    asked = " ".join(question.ask.split())
    name = f"{question.number}. {asked if len(asked) <= _NAME_CHARS else f'{asked[: _NAME_CHARS - 3]}...'}"
    _text(ET.SubElement(root, "name"), name)
    _html(root, "questiontext", page(question.ask, question.code))
    model = "".join(page(answer, None) for answer in question.answers)
    if essay and question.kind == "prints":
        model = "".join(page("", answer) for answer in question.answers)
    _html(root, "generalfeedback", (model if essay else "") + page(question.why, None))
    _value(root, "defaultgrade", "1" if question.scored else "0")
    _value(root, "penalty", "0")
    if essay:
        _essay(root, question, model)
    elif question.kind in ("one", "many"):
        _value(root, "single", "true" if question.kind == "one" else "false")
        _value(root, "shuffleanswers", "true" if shuffled else "false")
        _value(root, "answernumbering", "abc")
        for option, fraction in zip(question.options, gift.fractions(question), strict=True):
            _option(root, fraction, shown(option.text), option)
    elif question.kind == "true-false":
        for option, text in zip(question.options, ("true", "false"), strict=True):
            answer = _answer(root, "100" if option.right else "0", text)
            _html(answer, "feedback", "" if option.why is None else page(option.why, None))
    elif question.kind == "order":
        _order(root, question)
    elif question.kind == "number":
        _value(_answer(root, "100", question.answers[0]), "tolerance", f"{question.within:f}")
    else:
        _value(root, "usecase", "1" if question.kind == "prints" else "0")
        for text in question.answers:
            words = text if question.kind == "prints" else " ".join(text.split())
            _answer(root, "100", words.replace("*", r"\*"))  # a lone * stands for anything
    return root


def _essay(root: ET.Element, question: Question, model: str) -> None:
    _value(root, "responseformat", "monospaced" if question.kind == "prints" else "plain")
    _value(root, "responserequired", "0")
    _value(root, "responsefieldlines", "5")
    _html(root, "graderinfo", model)


def _order(root: ET.Element, question: Question) -> None:
    """Add the items in their right order, and that only all of them in it are worth the point."""
    _value(root, "layouttype", "VERTICAL")
    _value(root, "selecttype", "ALL")
    _value(root, "selectcount", "0")
    _value(root, "gradingtype", "ALL_OR_NOTHING")
    _value(root, "showgrading", "SHOW")
    _value(root, "numberingstyle", "none")
    for place, item in enumerate(question.items, 1):
        _answer(root, str(place), shown(item)).set("format", "html")


def _option(root: ET.Element, fraction: str, text: str, option: Option) -> None:
    answer = _answer(root, fraction, text)
    answer.set("format", "html")
    _html(answer, "feedback", "" if option.why is None else page(option.why, None))


def _answer(root: ET.Element, fraction: str, text: str) -> ET.Element:
    answer = ET.SubElement(root, "answer", fraction=fraction, format="moodle_auto_format")
    _text(answer, text)
    return answer


def _html(root: ET.Element, tag: str, source: str) -> None:
    _text(ET.SubElement(root, tag, format="html"), source)


def _text(root: ET.Element, text: str) -> None:
    _value(root, "text", text)


def _value(root: ET.Element, tag: str, value: str) -> None:
    ET.SubElement(root, tag).text = value
