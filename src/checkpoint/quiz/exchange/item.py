"""Write one question as an item of QTI 2.1."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from checkpoint.quiz.exchange.xhtml import QTI, add, write
from checkpoint.quiz.question import CHOSEN

if TYPE_CHECKING:
    from checkpoint.quiz.question import Question

_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
_RESPONSE = {"identifier": "RESPONSE"}
_SCORE = {"identifier": "SCORE"}
# The explanation is there whatever is answered: this is its outcome's default, and Canvas looks for the word general.
_GENERAL = "general_feedback"
_TITLE_CHARS = 60


def item(question: Question, identifier: str, *, shuffled: bool) -> ET.Element:
    """Return the element of one item; `shuffled` says whether its options are."""
    asked = " ".join(question.ask.split())
    title = asked if len(asked) <= _TITLE_CHARS else f"{asked[: _TITLE_CHARS - 3]}..."
    head = {"identifier": identifier, "title": title, "adaptive": "false", "timeDependent": "false"}
    root = ET.Element(f"{QTI}assessmentItem", head)
    _response(root, question)
    if question.scored:
        _outcome(root, "SCORE", "single", "float", "0")
    _outcome(root, "EXPLANATION", "single", "identifier", _GENERAL)
    if _explains(question):
        _outcome(root, "FEEDBACK", "multiple" if question.kind == "many" else "single", "identifier", None)
    body = add(root, "itemBody")
    block = add(body, "div")
    write(add(block, "p"), question.ask)
    if question.code is not None:
        add(add(block, "pre"), "code", text=question.code)
    if question.kind in CHOSEN:
        _choice(body, question, shuffled=shuffled and question.kind != "true-false")
    elif question.kind == "order":
        order = add(body, "orderInteraction", {"responseIdentifier": "RESPONSE", "shuffle": "true"})
        # Not in the right order, for a platform that does not shuffle.
        for place in sorted(range(len(question.items)), key=lambda place: (question.items[place].casefold(), place)):
            write(add(order, "simpleChoice", {"identifier": _choice_name(place)}), question.items[place])
    elif question.kind == "recall" or (question.kind == "prints" and question.several_lines):
        form = "preFormatted" if question.kind == "prints" else "plain"
        add(body, "extendedTextInteraction", {"responseIdentifier": "RESPONSE", "expectedLines": "5", "format": form})
    else:
        add(add(body, "p"), "textEntryInteraction", {"responseIdentifier": "RESPONSE"})
    if question.scored:
        _processing(root, question)
    shown = {"outcomeIdentifier": "EXPLANATION", "identifier": _GENERAL, "showHide": "show"}
    feedback = add(root, "modalFeedback", shown)
    for text in (*(question.answers if question.kind == "recall" else ()), question.why):
        write(add(feedback, "p"), text)
    return root


def _explains(question: Question) -> bool:
    """Say whether an option has an explanation of its own."""
    return any(option.why is not None for option in question.options)


def _choice_name(place: int) -> str:
    return f"choice_{place + 1}"


def _response(root: ET.Element, question: Question) -> None:
    """Declare what is answered, and what is right."""
    chosen = question.kind in CHOSEN or question.kind == "order"
    kinds = {"many": ("multiple", "identifier"), "order": ("ordered", "identifier"), "number": ("single", "float")}
    cardinality, base = kinds.get(question.kind, ("single", "identifier" if chosen else "string"))
    declared = add(root, "responseDeclaration", _RESPONSE | {"cardinality": cardinality, "baseType": base})
    if question.kind == "recall":
        return
    right = add(declared, "correctResponse")
    if chosen:
        places = range(len(question.items)) if question.kind == "order" else question.right_options
        for place in places:
            add(right, "value", text=_choice_name(place))
        return
    texts = question.answers
    if question.kind == "text":
        texts = tuple({text.casefold(): text for text in (" ".join(answer.split()) for answer in texts)}.values())
    add(right, "value", text=texts[0])
    if question.kind != "number":
        mapping = add(declared, "mapping", {"lowerBound": "0", "upperBound": "1", "defaultValue": "0"})
        case = "true" if question.kind == "prints" else "false"
        for text in texts:
            add(mapping, "mapEntry", {"mapKey": text, "mappedValue": "1", "caseSensitive": case})


def _outcome(root: ET.Element, identifier: str, cardinality: str, base: str, default: str | None) -> None:
    declared = {"identifier": identifier, "cardinality": cardinality, "baseType": base}
    outcome = add(root, "outcomeDeclaration", declared)
    if default is not None:
        add(add(outcome, "defaultValue"), "value", text=default)


def _choice(body: ET.Element, question: Question, *, shuffled: bool) -> None:
    most = "0" if question.kind == "many" else "1"  # 0: as many as one likes
    shuffle = "true" if shuffled else "false"
    choice = add(body, "choiceInteraction", {"responseIdentifier": "RESPONSE", "shuffle": shuffle, "maxChoices": most})
    for place, option in enumerate(question.options):
        name = _choice_name(place)
        written = add(choice, "simpleChoice", {"identifier": name})
        write(written, option.text)
        if option.why is not None:
            shown = {"outcomeIdentifier": "FEEDBACK", "identifier": name, "showHide": "show"}
            write(add(written, "feedbackInline", shown), option.why)


def _processing(root: ET.Element, question: Question) -> None:
    """Add how it is marked: all or nothing, and nothing is taken away."""
    if question.kind != "number" and not _explains(question):
        template = "map_response" if question.kind in ("text", "prints") else "match_correct"
        add(root, "responseProcessing", {"template": f"{_TEMPLATES}/{template}"})
        return
    processing = add(root, "responseProcessing")
    condition = add(processing, "responseCondition")
    right = add(condition, "responseIf")
    if question.kind == "number":
        spread = f"{question.within:f}"
        near = {"toleranceMode": "absolute", "tolerance": f"{spread} {spread}"}
        same = add(right, "equal", near if question.within else {"toleranceMode": "exact"})
    else:
        same = add(right, "match")
    add(same, "variable", _RESPONSE)
    add(same, "correct", _RESPONSE)
    add(add(right, "setOutcomeValue", _SCORE), "baseValue", {"baseType": "float"}, "1")
    wrong = add(condition, "responseElse")
    add(add(wrong, "setOutcomeValue", _SCORE), "baseValue", {"baseType": "float"}, "0")
    if _explains(question):
        add(add(processing, "setOutcomeValue", {"identifier": "FEEDBACK"}), "variable", _RESPONSE)
