"""Write a quiz as a package of QTI 2.1: a test, its items and a manifest in one zip.

QTI 2.1 and not 1.2, since Canvas takes it as it is and turns 1.2 into it first, Blackboard, OpenOlat, TAO and Inspera
read it too, and it alone of the two can say all or nothing, a tolerance, an order and a time for one question
(https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html). Where a standard template says how to mark, it is
named: Blackboard skips items with a processing of their own, and only those with feedback for options, and numbers,
need one.
"""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from checkpoint.quiz.exchange.item import item
from checkpoint.quiz.exchange.loss import Export, Loss
from checkpoint.quiz.exchange.markup import writable
from checkpoint.quiz.exchange.xhtml import QTI, add, document

if TYPE_CHECKING:
    from checkpoint.quiz.question import Quiz

_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_TEST = "test.xml"


def exported(quiz: Quiz) -> Export:
    """Return a quiz as a zip, the same bytes for the same quiz, and what of it QTI cannot say."""
    lost: list[Loss] = []
    quiz = writable(quiz, lost, trimmed=False)
    name = f"quiz-{quiz.sha256[:12]}"  # what platforms know items by, so no other quiz may have the same
    files = {_TEST: document(_test(quiz, name)), "imsmanifest.xml": document(_manifest(quiz, name))}
    for question in quiz.questions:
        shuffled = quiz.shuffle in ("all", "options")
        files[_href(question.number)] = document(item(question, f"{name}-{question.number}", shuffled=shuffled))
        if question.see is not None:
            lost.append(Loss(question.number, "see", "there is no place for what to read again"))
        if question.kind in _WORDS:
            lost.append(Loss(question.number, *_WORDS[question.kind]))
    return Export(_zipped(files), tuple(lost))


_WORDS = {
    "text": ("scoring", "the width of gaps and the shape of quotes count there"),
    "prints": ("scoring", "blanks at the ends of lines count there"),
    "recall": ("kind", "it is asked as a text that nobody marks: the answer is in the feedback"),
}


def _href(number: int) -> str:
    return f"items/question-{number}.xml"


def _digits(number: float) -> str:
    return f"{Decimal(repr(number)):f}"


def _test(quiz: Quiz, name: str) -> ET.Element:
    """Return the test: its time, its items, and when it is passed."""
    scored = sum(question.scored for question in quiz.questions)
    needed = f"{Decimal(repr(quiz.pass_percent)) * scored / 100:f}"
    test = ET.Element(f"{QTI}assessmentTest", identifier=name, title=quiz.title)
    score = {"identifier": "SCORE", "cardinality": "single", "baseType": "float"}
    add(test, "outcomeDeclaration", score | {"normalMaximum": str(scored), "masteryValue": needed})
    declared = {"identifier": "PASS", "cardinality": "single", "baseType": "boolean"}
    add(add(add(test, "outcomeDeclaration", declared), "defaultValue"), "value", text="false")
    if quiz.seconds is not None:
        add(test, "timeLimits", {"maxTime": _digits(quiz.seconds)})
    part = {"identifier": "part", "navigationMode": "linear", "submissionMode": "individual"}
    inside = add(test, "testPart", part)
    add(inside, "itemSessionControl", {"showFeedback": "true"})
    section = add(inside, "assessmentSection", {"identifier": "section", "title": quiz.title, "visible": "false"})
    add(section, "ordering", {"shuffle": "true" if quiz.shuffle in ("all", "questions") else "false"})
    for question in quiz.questions:
        place = {"identifier": f"{name}-{question.number}", "href": _href(question.number)}
        asked = add(section, "assessmentItemRef", place)
        if question.seconds is not None:
            add(asked, "timeLimits", {"maxTime": _digits(question.seconds)})
    processing = add(test, "outcomeProcessing")
    total = add(add(processing, "setOutcomeValue", {"identifier": "SCORE"}), "sum")
    add(total, "testVariables", {"variableIdentifier": "SCORE"})
    condition = add(add(processing, "outcomeCondition"), "outcomeIf")
    enough = add(condition, "gte")
    add(enough, "variable", {"identifier": "SCORE"})
    add(enough, "baseValue", {"baseType": "float"}, needed)
    passed = add(condition, "setOutcomeValue", {"identifier": "PASS"})
    add(passed, "baseValue", {"baseType": "boolean"}, "true")
    return test


def _manifest(quiz: Quiz, name: str) -> ET.Element:
    """Return what the package holds (IMS Content Packaging 1.1, with QTI's types of resources)."""
    tag = f"{{{_PACKAGE}}}"
    manifest = ET.Element(f"{tag}manifest", identifier=f"{name}-package")
    metadata = ET.SubElement(manifest, f"{tag}metadata")
    ET.SubElement(metadata, f"{tag}schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, f"{tag}schemaversion").text = "1.0.0"
    ET.SubElement(manifest, f"{tag}organizations")
    resources = ET.SubElement(manifest, f"{tag}resources")
    test = {"identifier": f"{name}-test", "type": "imsqti_test_xmlv2p1", "href": _TEST}
    whole = ET.SubElement(resources, f"{tag}resource", test)
    ET.SubElement(whole, f"{tag}file", href=_TEST)
    for question in quiz.questions:
        identifier, href = f"{name}-{question.number}", _href(question.number)
        ET.SubElement(whole, f"{tag}dependency", identifierref=identifier)
        resource = ET.SubElement(
            resources, f"{tag}resource", identifier=identifier, type="imsqti_item_xmlv2p1", href=href
        )
        if question.kind == "order":  # Canvas finds out all other interactions by itself
            described = add(ET.SubElement(resource, f"{tag}metadata"), "qtiMetadata")
            add(described, "interactionType", text="orderInteraction")
        ET.SubElement(resource, f"{tag}file", href=href)
    return manifest


def _zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip that depends on nothing but the files: sorted, stored, and of no date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()
