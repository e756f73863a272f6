"""Read the answers that somebody wrote into a file; it says what was answered, and nothing about the quiz."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checkpoint.quiz.bank import reading
from checkpoint.quiz.bank.fields import Fields, kind_of, text
from checkpoint.quiz.bank.nodes import Mapping, Scalar, Sequence, tree
from checkpoint.quiz.bank.questions import KEYS, KINDS, MARK
from checkpoint.quiz.bank.source import quoted
from checkpoint.quiz.bank.writing import in_the_copy
from checkpoint.quiz.question import CHOSEN

if TYPE_CHECKING:
    from collections.abc import Collection

    from checkpoint.quiz.bank.nodes import Node
    from checkpoint.quiz.bank.source import Mistakes, Place
    from checkpoint.quiz.question import Answer, Question, Quiz

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LETTER = re.compile(r"\(?([a-z])[).]?", re.I)
_TRUTH = {"true": 0, "t": 0, "yes": 0, "y": 0, "false": 1, "f": 1, "no": 1, "n": 1}  # the places of True and False


def answers(data: bytes, name: str, quiz: Quiz) -> dict[int, Answer]:
    """Return the answers in a file by the numbers of their questions; those left open are not in it.

    The file is YAML or JSON: a copy without answers (see `written`) that was filled in, or the numbers of questions
    with what is answered, below `answers:` or at the top. There options and items are named by their text or, if no
    text is the same, by letters in the order of that copy.

    What can be understood is an answer, right or wrong: two marks where one is right, a word where a number is
    asked for. Raises BrokenQuiz, with all mistakes, for what cannot: a question or an option that is not in the quiz.
    """
    root, mistakes = tree(data, name, tabs=True)
    found: dict[int, Answer] = {}
    if not isinstance(root, Mapping):
        mistakes.add(root.place, f"answers have keys with values, and this is {kind_of(root)}", "write 1: a")
    elif "questions" in root.entries:
        top = Fields(root, "the answers", mistakes)
        top.refuse_unknown(reading.KEYS)
        found = _filled_in(top.value("questions"), quiz, mistakes)
    elif "answers" in root.entries:
        top = Fields(root, "the answers", mistakes)
        top.refuse_unknown(("answers", "quiz"))
        below = top.value("answers")
        if isinstance(below, Mapping):
            found = _numbered(below, quiz, mistakes)
        elif not (isinstance(below, Scalar) and below.empty):
            mistakes.add(below.place, f"answers is {kind_of(below)}", "write the numbers of questions below it: 1: a")
    else:
        found = _numbered(root, quiz, mistakes)
    mistakes.refuse()
    return found


def _numbered(node: Mapping, quiz: Quiz, mistakes: Mistakes) -> dict[int, Answer]:
    """Return what is answered by number."""
    asked = {question.number: question for question in quiz.questions}
    found: dict[int, Answer] = {}
    seen: set[int] = set()
    for key, (place, value) in node.entries.items():
        number = int(key) if re.fullmatch(r"[0-9]{1,6}", key) else 0
        question = asked.get(number)
        if question is None:
            what = f"there is no question {number}" if number else f"{quoted(key)} is not the number of a question"
            mistakes.add(place, what, f"the quiz has the questions {min(asked)} to {max(asked)}")
        elif number in seen:
            mistakes.add(place, f"question {number} is answered twice", "keep one of the answers")
        else:
            seen.add(number)
            _keep(found, question, _answer(question, value, place, mistakes))
    return found


def _filled_in(node: Node, quiz: Quiz, mistakes: Mistakes) -> dict[int, Answer]:
    """Return what is answered in a copy of the quiz, in which each question is known by what it asks."""
    asked = {_identity(question.ask, question.code): question for question in quiz.questions}
    found: dict[int, Answer] = {}
    seen: set[int] = set()
    if _is_open(node):
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
        if other != key and other in fields and not _is_open(fields.value(other)):
            message = f"question {question.number} cannot be answered by {other}"
            fields.mistakes.add(fields.place(other), message, f"write the answer to {key}")
    if key not in fields or _is_open(fields.value(key)):
        return None
    node = fields.value(key)
    if key == "options":
        return _marked(question, node, fields.mistakes)
    return _answer(question, node, fields.place(key), fields.mistakes)


def _marked(question: Question, node: Node, mistakes: Mistakes) -> tuple[int, ...] | None:
    """Return the places of the options that bear an x; None if none does."""
    if not isinstance(node, Sequence):
        message = f"options of question {question.number} must be a list, not {kind_of(node)}"
        mistakes.add(node.place, message, "mark them as they are in the copy of the quiz")
        return None
    texts = [option.text for option in question.options]
    places = set()
    for item in node.items:
        if isinstance(item, Mapping) and "text" in item.entries:  # the whole file has these, with an explanation
            item = item.entries["text"][1]
        if not isinstance(item, Scalar):
            mistakes.add(item.place, f"an option must be a text, not {kind_of(item)}", "put quotes around it")
            continue
        mark = MARK.match(item.text)
        if mark is None:
            message = f"{quoted(item.text)} has no mark"
            mistakes.add(item.place, message, "write (x) in front if you hold it for right, ( ) if not")
            continue
        place = _by_text(texts, item.text[mark.end() :])
        if place is None:
            message = f"question {question.number} has no option {quoted(item.text[mark.end() :])}"
            mistakes.add(item.place, message, "leave the options as they are in the copy of the quiz")
        elif mark[1]:
            places.add(place)
    return tuple(sorted(places)) or None


def _answer(question: Question, node: Node, at: Place, mistakes: Mistakes) -> Answer | None:
    """Return what was answered to a question; None if it was left open, or cannot be understood."""
    if _is_open(node):
        return None
    name = f"the answer to question {question.number}"
    if question.kind in CHOSEN:
        places = _named(question, node, mistakes)
        return None if places is None else tuple(sorted(set(places)))
    if question.kind == "order":
        return _ordered(question, node, at, mistakes)
    if not isinstance(node, Scalar):
        mistakes.add(node.place, f"{name} must be one text, not {kind_of(node)}", "put quotes around it")
        return None
    given = text(node, name, mistakes, code=True)
    if given is None or question.kind != "recall":
        return given if given is None or question.kind != "prints" else node.text.rstrip()
    if given.lower() in ("true", "false"):
        return given.lower() == "true"
    mistakes.add(node.place, f"question {question.number} is to be answered in your head", "leave it out")
    return None


def _ordered(question: Question, node: Node, at: Place, mistakes: Mistakes) -> tuple[int, ...] | None:
    places = _named(question, node, mistakes)
    if places is None:
        return None
    if sorted(places) != list(range(len(question.items))):
        message = f"the answer to question {question.number} does not name each of the {len(question.items)} items once"
        mistakes.add(at, message, "write all of them, in the order that you hold for right")
        return None
    return places


def _named(question: Question, node: Node, mistakes: Mistakes) -> tuple[int, ...] | None:
    """Return the places that an answer names, in its order; None if it names what there is not."""
    places = in_the_copy(question)
    texts = [question.items[place] if question.items else question.options[place].text for place in places]
    nodes: list[Node] = node.items if isinstance(node, Sequence) else [node]
    if isinstance(node, Scalar) and _by_text(texts, node.text) is None and re.fullmatch(r"\w(\s*,\s*\w)+", node.text):
        nodes = [Scalar(node.place, letter, node.plain) for letter in re.split(r"\s*,\s*", node.text)]
    found: list[int] = []
    for item in nodes:
        if not isinstance(item, Scalar):
            message = f"the answer to question {question.number} has {kind_of(item)} in it"
            mistakes.add(item.place, message, "write letters or texts")
            return None
        index = _index(question, texts, item.text, [places.index(place) for place in found])
        if index is None:
            what = "item" if question.items else "option"
            message = f"question {question.number} has no {what} {quoted(item.text)}"
            letters = f"write letters from a to {_LETTERS[len(texts) - 1]}, or whole texts"
            mistakes.add(item.place, message, "write true or false" if question.kind == "true-false" else letters)
            return None
        found.append(places[index])
    return tuple(found)


def _index(question: Question, texts: list[str], given: str, taken: Collection[int]) -> int | None:
    """Return which of some texts is meant by a text or a letter: a text counts before a letter."""
    exact = _by_text(texts, given, taken if question.items else ())
    if exact is not None:
        return exact
    if question.kind == "true-false" and given.strip().lower() in _TRUTH:
        return _TRUTH[given.strip().lower()]
    letter = _LETTER.fullmatch(given.strip())
    index = _LETTERS.index(letter[1].lower()) if letter else len(texts)
    return index if index < len(texts) else None


def _by_text(texts: list[str], given: str, taken: Collection[int] = ()) -> int | None:
    """Return which text is the same but for the width of gaps; of equal ones the first that is not taken."""
    same = [index for index, known in enumerate(texts) if known.split() == given.split()]
    return next((index for index in same if index not in taken), same[-1] if same else None)


def _identity(ask: str, code: str | None) -> tuple[str, str]:
    return " ".join(ask.split()), "\n".join(line.rstrip() for line in (code or "").splitlines())


def _is_open(node: Node) -> bool:
    if isinstance(node, Scalar):
        return not node.text.strip() or node.empty
    return isinstance(node, Sequence) and not node.items


def _keep(found: dict[int, Answer], question: Question, answer: Answer | None) -> None:
    if answer is not None:
        found[question.number] = answer
