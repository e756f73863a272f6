"""Read the answers that somebody wrote into a file; it says what was answered, and nothing about the quiz."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from checkpoint.quiz.bank import reading
from checkpoint.quiz.bank.fields import Fields, kind_of
from checkpoint.quiz.bank.given import answer, is_open, marked, placed
from checkpoint.quiz.bank.nodes import Mapping, Scalar, Sequence, tree
from checkpoint.quiz.bank.questions import KEYS, KINDS
from checkpoint.quiz.bank.source import quoted, similar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkpoint.quiz.bank.nodes import Node
    from checkpoint.quiz.bank.source import Mistakes
    from checkpoint.quiz.question import Answer, Question, Quiz

_WHOSE = "name"  # of who answers: many write it, and it is left alone
_TOP = ("answers", "quiz", _WHOSE)
_NO_BLANK = re.compile(r"([0-9]{1,6}):(\S{1,20})")


def answers(data: bytes, name: str, quiz: Quiz) -> dict[int, Answer]:
    """Return the answers in a file by the numbers of their questions; those left open are not in it.

    The file is YAML or JSON: a copy without answers (see `written`) that was filled in, or the numbers of questions
    with what is answered, below `answers:` or at the top. There options and items are named by letters in the order
    of that copy, by their text or, options only, by their number; what might mean two of them is refused, and (b) is
    always a letter. A `name:` at the top is left alone.

    What can be understood is an answer, right or wrong: two marks where one is right, a word where a number is
    asked for. Raises BrokenQuiz, with all mistakes, for what cannot: a question or an option that is not in the quiz.
    """
    root, mistakes = tree(data, name, tabs=True)
    found: dict[int, Answer] = {}
    if not isinstance(root, Mapping):
        message = f"answers have keys with values, and this is {kind_of(root)}"
        mistakes.add(root.place, message, (isinstance(root, Scalar) and _spaced(root.text)) or "write 1: a")
        mistakes.refuse()
    assert isinstance(root, Mapping)  # noqa: S101 - refused above
    _lower(root)
    if "questions" in root.entries:
        top = Fields(root, "the answers", mistakes)
        top.refuse_unknown((*reading.KEYS, _WHOSE))
        found = _filled_in(top.value("questions"), quiz, mistakes)
    elif "answers" in root.entries:
        top = Fields(root, "the answers", mistakes)
        top.refuse_unknown(_TOP)
        below = top.value("answers")
        if isinstance(below, Mapping):
            found = _numbered(below, quiz, mistakes)
        elif not (isinstance(below, Scalar) and below.empty):
            help = (
                isinstance(below, Scalar) and _spaced(below.text)
            ) or "write the numbers of questions below it: 1: a"
            mistakes.add(below.place, f"answers is {kind_of(below)}", help)
    else:
        root.entries.pop(_WHOSE, None)
        found = _numbered(root, quiz, mistakes)
    mistakes.refuse()
    return found


def _lower(root: Mapping) -> None:
    """Let `Answers:`, `Name:` and so on be what they are in small letters."""
    for key in [key for key in root.entries if key.lower() in (*reading.KEYS, *_TOP)]:
        if key.lower() not in root.entries:
            root.entries[key.lower()] = root.entries.pop(key)


def _spaced(text: str) -> str | None:
    """Return the help for `1:b`, which YAML takes for one text."""
    tight = _NO_BLANK.match(text)
    return f"write a blank behind the colon: {tight[1]}: {tight[2]}" if tight else None


def _numbered(node: Mapping, quiz: Quiz, mistakes: Mistakes) -> dict[int, Answer]:
    """Return what is answered by number."""
    asked = {question.number: question for question in quiz.questions}
    known = f"the questions that can be answered: {_ranges(each.number for each in quiz.questions if each.scored)}"
    found: dict[int, Answer] = {}
    seen: set[int] = set()
    for key, (place, value) in node.entries.items():
        number = int(key) if re.fullmatch(r"[0-9]{1,6}", key) else 0
        question = asked.get(number)
        if question is None:
            what = f"there is no question {number}" if number else f"{quoted(key)} is not the number of a question"
            mistakes.add(place, what, partial(_meant, key, known))
        elif number in seen:
            mistakes.add(place, f"question {number} is answered twice", "keep one of the answers")
        else:
            seen.add(number)
            _keep(found, question, answer(question, value, place, mistakes))
    return found


def _meant(key: str, known: str) -> str:
    """Return the help for a key that is not the number of a question."""
    near = similar(key, _TOP)() or ""
    return _spaced(key) or (near if near.startswith("did you mean") else known)


def _ranges(numbers: Iterable[int]) -> str:
    """Return numbers in short: 1 to 4, 6."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join(" to ".join(map(str, run)) for run in runs) or "none"


def _filled_in(node: Node, quiz: Quiz, mistakes: Mistakes) -> dict[int, Answer]:
    """Return what is answered in a copy of the quiz, in which each question is known by what it asks."""
    asked = {_identity(question.ask, question.code): question for question in quiz.questions}
    found: dict[int, Answer] = {}
    seen: set[int] = set()
    if is_open(node):
        return found
    if not isinstance(node, Sequence):
        mistakes.add(node.place, f"questions must be a list, not {kind_of(node)}", "take a fresh copy of the quiz")
        return found
    for item in node.items:
        if not isinstance(item, Mapping):
            mistakes.add(item.place, f"this is no question, it is {kind_of(item)}", "each one begins with - ask:")
            continue
        fields = Fields(item, "this question", mistakes)
        fields.refuse_unknown(KEYS)
        fields.require("ask", "take it from the copy of the quiz")
        ask, code = fields.text("ask"), fields.text("code", code=True)
        if ask is None:
            continue
        question = asked.get(_identity(ask, code))
        if question is None:
            message = f"the quiz does not ask {quoted(ask)}" + (" about this code" if code else "")
            mistakes.add(fields.place("ask"), message, "leave ask and code as they are in the copy of the quiz")
        elif question.number in seen:
            mistakes.add(item.place, f"question {question.number} is answered twice", "keep one of the answers")
        else:
            seen.add(question.number)
            if question.scored:
                _keep(found, question, _answer_in_copy(question, fields))
    return found


def _answer_in_copy(question: Question, fields: Fields) -> Answer | None:
    key = next(key for key, kinds in KINDS.items() if question.kind in kinds)
    for other in KINDS:
        if other != key and other in fields and not is_open(fields.value(other)):
            message = f"question {question.number} cannot be answered by {other}"
            fields.mistakes.add(fields.place(other), message, f"write the answer to {key}")
    if key not in fields or is_open(fields.value(key)):
        return None
    node = fields.value(key)
    if key == "options":
        return marked(question, node, fields.mistakes)
    read = placed if key == "order" else answer
    return read(question, node, fields.place(key), fields.mistakes)


def _identity(ask: str, code: str | None) -> tuple[str, str]:
    return " ".join(ask.split()), "\n".join(line.rstrip() for line in (code or "").splitlines())


def _keep(found: dict[int, Answer], question: Question, answer: Answer | None) -> None:
    if answer is not None:
        found[question.number] = answer
