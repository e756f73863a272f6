"""The schema that editors use and the reader agree on what a quiz may be, wherever a schema can say it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from checkpoint.quiz.bank import BrokenQuiz, questions, read, reading
from checkpoint.quiz.bank.nodes import Scalar, Sequence, tree

if TYPE_CHECKING:
    from checkpoint.quiz.bank.nodes import Node

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "src/checkpoint/quiz/quiz.schema.json").read_text("utf-8"))
KINDS = Path(__file__).parent / "samples" / "kinds.yaml"


def core(node: Node) -> Any:
    """Return what an editor's YAML 1.2 (core schema) makes of a node."""
    if isinstance(node, Sequence):
        return [core(item) for item in node.items]
    if not isinstance(node, Scalar):
        return {key: core(value) for key, (_, value) in node.entries.items()}
    if not node.plain:
        return node.text
    if node.empty:
        return None
    if re.fullmatch("true|True|TRUE|false|False|FALSE", node.text):
        return node.text.lower() == "true"
    if re.fullmatch(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?", node.text):
        return float(node.text)
    return node.text


def schema_accepts(text: bytes) -> bool:
    root, mistakes = tree(text, "quiz.yaml")
    assert not len(mistakes)
    return bool(jsonschema.Draft7Validator(SCHEMA).is_valid(core(root)))


def reader_accepts(text: bytes) -> bool:
    try:
        read(text, "quiz.yaml")
    except BrokenQuiz:
        return False
    return True


def test_the_schema_is_one():
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_every_key_is_described_and_known_to_both():
    asked = SCHEMA["definitions"]["question"]["properties"]
    assert tuple(SCHEMA["properties"]) == reading.KEYS
    assert set(asked) == set(questions.KEYS)
    assert set(asked["kind"]["enum"]) == {kind for kinds in questions.KINDS.values() for kind in kinds}
    assert SCHEMA["properties"]["shuffle"]["enum"] == list(reading.SHUFFLES)
    assert all(described["description"] for described in (*SCHEMA["properties"].values(), *asked.values()))


def test_this_checkpoints_quiz_names_the_schema_in_its_first_line():
    first = (ROOT / "quiz.yaml").read_text("utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (ROOT / named).samefile(ROOT / "src/checkpoint/quiz/quiz.schema.json")


@pytest.mark.parametrize("path", [ROOT / "quiz.yaml", KINDS], ids=lambda path: path.name)
def test_both_take_whole_quizzes(path: Path):
    assert schema_accepts(path.read_bytes())


GOOD = [
    "answer: x", "answer: 404", "answer: true", "answer: [a, 1, true]", "answer: 1\n    within: 0.5",
    'answer: "1"\n    kind: number\n    within: 1',
    "answer: False\n    kind: true-false", "answer: 404\n    kind: text",
    "answer: x\n    kind: prints\n    code: y", "answer: [x, y]\n    kind: prints\n    code: y",
    "answer: x\n    kind: recall", "answer: x\n    time: 1h 2m3.5s", "answer: x\n    time: 90s", "order: [a, 1, no]",
    "order: [a, b]\n    kind: order", "options: [(x) a, ( ) b]", "options: [(X) a, () b]\n    kind: one",
    "options: [{text: (x) a, why: b}, ( ) 1]\n    kind: many", "answer: \u22125\n    kind: number",
]  # fmt: skip
BAD = [
    "see: x", "answer: x\n    order: [a, b]", "answer: x\n    foo: y", "answer:", "answer: null", 'answer: ""',
    "answer: []", "answer: [[a]]", "answer: {a: b}", "answer: x\n    kind: foo", "answer: x\n    kind: one",
    "options: [(x) a, ( ) b]\n    kind: text", "order: [a, b]\n    kind: many", "answer: x\n    kind: order",
    "answer: x\n    kind: number", "answer: [1]\n    kind: number", "answer: yes\n    kind: true-false",
    "answer: x\n    kind: prints", "answer: x\n    kind: recall\n    time: 5s", "answer: [x]\n    kind: recall",
    "answer: x\n    within: 1", "answer: 1\n    within: -1", "answer: 1\n    within: x", "answer: x\n    time: 45",
    "answer: x\n    time: 5 min", "answer: x\n    time: s", "order: a", "order: [a]", "order: [a, [b]]",
    "order: [a, ~]",     "options: [(x) a]", "options: [( ) a, ( ) b]", "options: [(x) a, b]", "options: [(x) a, ( ) ]",
    "options: [(x) a, (x) a]",     "options: [(x) a, {why: b}]",
    "options: [(x) a, {text: ( ) b, foo: c}]", "options: [(x) a, [b]]", "options: (x) a",
    "options: [" + ", ".join(f"(x) {n}" for n in range(21)) + "]",
    "options: [(x) a, ( ) b]\n    within: 1",
]  # fmt: skip
TOPS = [
    ("pass: 70%", True), ("pass: 100%", True), ("pass: 0%", True), ("pass: 66.6%", True), ("pass: 70", False),
    ("pass: 101%", False), ("pass: much", False), ("time: 5m", True), ("time: 5", False), ("shuffle: none", True),
    ("shuffle: no", False), ("foo: bar", False),
]  # fmt: skip


@pytest.mark.parametrize("good, question", [(True, rest) for rest in GOOD] + [(False, rest) for rest in BAD])
def test_both_agree_on_questions(good: bool, question: str):
    text = f"quiz: T\nquestions:\n  - ask: A?\n    why: W\n    {question}\n".encode()
    assert (schema_accepts(text), reader_accepts(text)) == (good, good)


@pytest.mark.parametrize("line, good", TOPS)
def test_both_agree_on_the_top(line: str, good: bool):
    text = f"quiz: T\n{line}\nquestions: [{{ask: A, why: W, answer: x}}]\n".encode()
    assert (schema_accepts(text), reader_accepts(text)) == (good, good)


@pytest.mark.parametrize(
    "text",
    [
        "quiz: T\n",
        "questions: [{ask: A, why: W, answer: x}]\n",
        "quiz: T\nquestions: []\n",
        "[]",
        "x",
        "quiz: T\nquestions: [x]\n",
        "quiz:\nquestions: [{ask: A, why: W, answer: x}]\n",
    ],
)
def test_both_refuse_what_is_not_whole(text: str):
    assert not schema_accepts(text.encode())
    assert not reader_accepts(text.encode())
