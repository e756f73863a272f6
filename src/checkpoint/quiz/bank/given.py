"""Read one answer that somebody gave, whatever its question's kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checkpoint.quiz.bank.choices import Choices
from checkpoint.quiz.bank.fields import kind_of, text
from checkpoint.quiz.bank.nodes import Mapping, Scalar, Sequence
from checkpoint.quiz.bank.questions import MARK, UNSPACED
from checkpoint.quiz.bank.source import quoted
from checkpoint.quiz.bank.writing import in_the_copy
from checkpoint.quiz.question import CHOSEN

if TYPE_CHECKING:
    from collections.abc import Sequence as Ordered

    from checkpoint.quiz.bank.nodes import Node
    from checkpoint.quiz.bank.source import Mistakes, Place
    from checkpoint.quiz.question import Answer, Question

_PLACED = re.compile(r"\(\s*(?:([0-9]{1,3})\s*)?\)\s*")  # an item's place in the order, in a copy


def is_open(node: Node) -> bool:
    """Say whether nothing was answered here."""
    if isinstance(node, Scalar):
        return not node.text.strip() or node.empty
    return isinstance(node, Sequence) and not node.items


def answer(question: Question, node: Node, at: Place, mistakes: Mistakes) -> Answer | None:
    """Return what was answered to a question; None if it was left open, or cannot be understood."""
    if is_open(node):
        return None
    name = f"the answer to question {question.number}"
    if question.kind in CHOSEN:
        places = Choices.of(question).named(node, mistakes)
        return None if places is None else tuple(sorted(set(places)))
    if question.kind == "order":
        return _ordered(question, node, at, mistakes)
    if not isinstance(node, Scalar):
        listed = isinstance(node, Sequence)
        help = "leave the brackets out, or put quotes around the whole if they belong to it" if listed else None
        mistakes.add(node.place, f"{name} must be one text, not {kind_of(node)}", help or "put quotes around it")
        return None
    given = text(node, name, mistakes, code=True)
    if given is None or question.kind != "recall":
        return given if given is None or question.kind != "prints" else node.text.rstrip()
    if given.lower() in ("true", "false"):
        return given.lower() == "true"
    mistakes.add(node.place, f"question {question.number} is to be answered in your head", "leave it out")
    return None


def marked(question: Question, node: Node, mistakes: Mistakes) -> tuple[int, ...] | None:
    """Return the places of the options that bear an x; None if none does."""
    offered = Choices.of(question)
    nodes = _lines("options", question, node, mistakes)
    places = set()
    for item in nodes:
        if isinstance(item, Mapping) and "text" in item.entries:  # the whole file has these, with an explanation
            item = item.entries["text"][1]
        if not isinstance(item, Scalar):
            mistakes.add(item.place, f"an option must be a text, not {kind_of(item)}", "put quotes around it")
            continue
        mark = MARK.match(item.text)
        if mark is None:
            unspaced = UNSPACED.match(item.text)
            message, help = "has no mark", "write (x) in front if you hold it for right, ( ) if not"
            if unspaced:
                rest = quoted(item.text[unspaced.end() :], 40)[1:-1]
                message, help = "has no blank behind its mark", f"write ({unspaced[1] or ' '}) {rest}"
            mistakes.add(item.place, f"{quoted(item.text)} {message}", help)
            continue
        place = offered.by_text(item.text[mark.end() :])
        if place is None:
            message = f"question {question.number} has no option {quoted(item.text[mark.end() :])}"
            mistakes.add(item.place, message, "leave the options as they are in the copy of the quiz")
        elif mark[1]:
            places.add(place)
    return tuple(sorted(places)) or None


def placed(question: Question, node: Node, at: Place, mistakes: Mistakes) -> tuple[int, ...] | None:
    """Return the order that the items of a copy were given, by numbers in front: `(2) view`; None if it is left open.

    Whole texts without marks, as the quiz's own file has them, count as they stand.
    """
    if not isinstance(node, Sequence):
        return _ordered(question, node, at, mistakes)
    before = len(mistakes)
    lines = _lines("order", question, node, mistakes)
    if len(mistakes) > before:
        return None
    wholes = [line.text if isinstance(line, Scalar) else "" for line in lines]
    standing = _standing(question, wholes)
    if None not in standing:
        return _each_once(question, [place for place in standing if place is not None], at, mistakes)
    if not any(map(_PLACED.match, wholes)):
        return _ordered(question, node, at, mistakes)
    for line, whole in zip(lines, wholes, strict=True):
        if not _PLACED.match(whole):
            message = f"{quoted(whole)} has no mark with a number" if whole else f"an item cannot be {kind_of(line)}"
            mistakes.add(line.place, message, "write its place in the order in front: (1) ...")
    if len(mistakes) > before:
        return None
    marks = [mark for mark in map(_PLACED.match, wholes) if mark]
    numbers = [int(mark[1] or 0) for mark in marks]
    rests = [mark.string[mark.end() :] for mark in marks]
    places = _standing(question, rests)
    for line, rest, place in zip(lines, rests, places, strict=True):
        if place is None:
            message = f"question {question.number} has no item {quoted(rest)}"
            mistakes.add(line.place, message, "leave the items as they are in the copy of the quiz")
    if len(mistakes) > before or (not any(numbers) and tuple(places) == in_the_copy(question)):
        return None
    most = len(question.items)
    if sorted(numbers) != list(range(1, most + 1)):
        message = f"the items of question {question.number} do not have each of the numbers 1 to {most} once"
        help = "write into each mark its place in the order: (1), (2) and so on"
        help += "; or leave all empty" if any(numbers) else "; where the lines stand does not count"
        mistakes.add(at, message, help)
        return None
    ordered = [place for _, place in sorted(zip(numbers, places, strict=True)) if place is not None]
    return _each_once(question, ordered, at, mistakes)


def _standing(question: Question, texts: list[str]) -> list[int | None]:
    """Return the places of texts, as they stand; None for each that is not offered."""
    offered = Choices.of(question)
    found: list[int | None] = []
    for whole in texts:
        found.append(offered.by_text(whole, [place for place in found if place is not None]))
    return found


def _lines(key: str, question: Question, node: Node, mistakes: Mistakes) -> list[Node]:
    """Return what a copy lists, or nothing if that is more than the question offers."""
    name = f"{key} of question {question.number}"
    if not isinstance(node, Sequence):
        mistakes.add(node.place, f"{name} must be a list, not {kind_of(node)}", "take it from the copy of the quiz")
        return []
    most = len(question.items or question.options)
    if len(node.items) > most:
        message = f"{name} has {len(node.items):,} lines, and the quiz has {most}"
        mistakes.add(node.place, message, "leave the lines as they are in the copy of the quiz")
        return []
    return node.items


def _ordered(question: Question, node: Node, at: Place, mistakes: Mistakes) -> tuple[int, ...] | None:
    places = Choices.of(question).named(node, mistakes)
    return None if places is None else _each_once(question, places, at, mistakes)


def _each_once(question: Question, places: Ordered[int], at: Place, mistakes: Mistakes) -> tuple[int, ...] | None:
    if sorted(places) != list(range(len(question.items))):
        message = f"the answer to question {question.number} does not name each of the {len(question.items)} items once"
        mistakes.add(at, message, "write all of them, in the order that you hold for right")
        return None
    return tuple(places)
