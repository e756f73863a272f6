"""Write a quiz as a file that a person would like to read and edit, with its answers or without."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from checkpoint.quiz.bank.fields import time
from checkpoint.quiz.bank.nodes import Mapping, Scalar, Sequence, tree
from checkpoint.quiz.bank.questions import kind_of_answer
from checkpoint.quiz.bank.source import BrokenQuiz

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.quiz.question import Kind, Option, Question, Quiz

_COLUMNS = 104  # of a line; longer texts are folded
_LONE_BLANK = re.compile(r"(?<! ) (?! )")
_HOW = """\
# Write your answers into this file:
#   options:  put an x into the mark of each right one: (x); where it says `kind: one`, one is right
#   answer:   write yours behind it; put quotes around it if it has other signs than letters and digits;
#             for several lines write | behind it, and the lines below, indented
#   order:    put numbers into the marks: (1) for what comes first, (2) for the next, and so on
# A question that you leave open gets no point. The file is graded with: checkpoint quiz --answers FILE
"""


def written(quiz: Quiz, *, answers: bool = True) -> str:
    """Return a quiz as the text of a file; reading that gives the same quiz again.

    Without answers it is a copy to fill in: right marks, explanations and recall cards are left out, and what is to be
    ordered is sorted, with a mark for its number, so that nothing of a right answer can be seen in it.
    """
    head = _entry("quiz: ", quiz.title, 0)
    if answers and quiz.seconds is not None:
        head.append(f"time: {time(quiz.seconds)}")
    head.append(f"pass: {_digits(quiz.pass_percent)}%")
    if answers:
        head.append(f"shuffle: {quiz.shuffle}")
    blocks = ["\n".join(head), "questions:"]
    for question in quiz.questions:
        if answers or question.scored:
            first, *rest = _whole(question) if answers else _open(question)
            lines = [f"  - {first}", *(f"    {line}" if line else "" for line in rest)]
            if not answers:
                lines.insert(0, f"  # question {question.number}")
            blocks.append("\n".join(lines))
    text = "\n\n".join(blocks).replace("questions:\n\n", "questions:\n", 1) + "\n"
    return text if answers else f"{_HOW}\n{text}"


def in_the_copy(question: Question) -> tuple[int, ...]:
    """Return the places of a question's options or items in the order in which a copy without answers has them."""
    if question.kind != "order":
        return tuple(range(len(question.options)))
    items = question.items
    return tuple(sorted(range(len(items)), key=lambda place: (items[place].casefold(), items[place])))


def _asked(question: Question) -> Iterator[str]:
    """Yield the lines that ask."""
    yield from _entry("ask: ", question.ask, 0)
    if question.code is not None:
        yield from _entry("code: ", question.code, 0, block=True)


def _whole(question: Question) -> Iterator[str]:
    """Yield a question's lines, the answer in them."""
    yield from _asked(question)
    if question.kind in ("prints", "recall") or (question.kind == "many" and len(question.right_options) == 1):
        yield f"kind: {question.kind}"
    if question.kind == "true-false":
        yield f"answer: {'true' if question.options[0].right else 'false'}"
    elif question.options:
        yield "options:"
        for option in question.options:
            yield from _option(option)
    elif question.items:
        yield "order:"
        for item in question.items:
            yield from _entry("  - ", item, 2)
    elif len(question.answers) == 1:
        seen = question.kind if question.kind in ("text", "number") else None
        yield from _entry("answer: ", question.answers[0], 0, seen=seen)
    else:
        yield "answer:"
        for answer in question.answers:
            yield from _entry("  - ", answer, 2)
    if question.within:
        yield f"within: {question.within}"
    yield from _entry("why: ", question.why, 0)
    if question.see is not None:
        yield from _entry("see: ", question.see, 0)
    if question.seconds is not None:
        yield f"time: {time(question.seconds)}"


def _option(option: Option) -> Iterator[str]:
    marked = f"({'x' if option.right else ' '}) {option.text}"
    if option.why is None:
        yield from _entry("  - ", marked, 2)
    else:
        yield from _entry("  - text: ", marked, 4)
        yield from _entry("    why: ", option.why, 4)


def _open(question: Question) -> Iterator[str]:
    """Yield a question's lines for somebody who is to answer it; its kind always, since that shows no more."""
    yield from _asked(question)
    yield f"kind: {question.kind}"
    if question.kind in ("one", "many"):
        yield "options:"
        for option in question.options:
            yield from _entry("  - ", f"( ) {option.text}", 2)
    elif question.items:
        yield "order:"
        for place in in_the_copy(question):
            yield from _entry("  - ", f"( ) {question.items[place]}", 2)
    else:
        yield "answer:"


def _entry(lead: str, text: str, column: int, *, block: bool = False, seen: Kind | None = None) -> list[str]:
    """Return the lines of one text in the style that reads best, of those that give the same text back.

    `column` is that of the mapping or list that the text belongs to. `seen` is the kind that an answer must show.
    """
    for style in _styles(text, _COLUMNS - len(lead), block=block):
        if _comes_back(lead, style, text, seen):
            break
    indent = " " * (column + 2)
    return [lead + style[0], *(indent + line if line else "" for line in style[1:])]


def _styles(text: str, room: int, *, block: bool) -> Iterator[list[str]]:
    """Yield ways to write a text, the nicest first; the last one fits every text."""
    if block or "\n" in text:
        yield ["|2" if text.startswith((" ", "\n")) else "|", *text.split("\n")]
    elif len(text) > room:
        yield [">-", *_folded(text, room)]
    else:
        yield [text]
        if '"' not in text and "\\" not in text:
            yield [f'"{text}"']
        yield ["'" + text.replace("'", "''") + "'"]
    yield [json.dumps(text, ensure_ascii=False)]


def _folded(text: str, room: int) -> list[str]:
    """Cut a text where a single blank stands, which is what YAML makes of the end of a line."""
    lines: list[str] = []
    for word in _LONE_BLANK.split(text):
        if lines and len(lines[-1]) + len(word) < room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _comes_back(lead: str, style: list[str], text: str, seen: Kind | None) -> bool:
    """Say whether a text that is written in a style is read as it was."""
    snippet = "\n  ".join([("- " if lead.endswith("- ") else "k: ") + style[0], *style[1:]])
    try:
        root, mistakes = tree(snippet.encode(), "")
        mistakes.refuse()
    except BrokenQuiz:
        return False
    if isinstance(root, Mapping):
        node = root.entries["k"][1] if "k" in root.entries else root
    else:
        node = root.items[0] if isinstance(root, Sequence) else root
    if not isinstance(node, Scalar) or node.empty or (seen is not None and kind_of_answer(node) != seen):
        return False
    return node.text.removesuffix("\n") == text


def _digits(number: float) -> str:
    """Return a number without an exponent, and without a point that is not needed."""
    digits = f"{Decimal(repr(float(number))):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
