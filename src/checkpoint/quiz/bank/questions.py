"""Read one question, whatever its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from checkpoint.quiz.bank.fields import Fields, kind_of, text
from checkpoint.quiz.bank.nodes import Mapping, Scalar, Sequence
from checkpoint.quiz.bank.source import quoted
from checkpoint.quiz.question import LONGEST_NUMBER, Option, Question, number

if TYPE_CHECKING:
    from typing import Any

    from checkpoint.quiz.bank.nodes import Node
    from checkpoint.quiz.bank.source import Mistakes, Place
    from checkpoint.quiz.question import Kind

KEYS = ("ask", "code", "options", "answer", "order", "kind", "why", "see", "time", "within")
# Which kinds there are for the key that holds the answer; the first is what it means without `kind`.
KINDS: dict[str, tuple[Kind, ...]] = {
    "options": ("one", "many"),
    "answer": ("text", "number", "true-false", "prints", "recall"),
    "order": ("order",),
}
FEWEST, MOST = 2, 20  # options of a question, items of an order
MARK = re.compile(r"\(\s*(?:([xX])\s*)?\)(?:\s+|$)")  # in one way only: a file may have very many blanks
UNSPACED = re.compile(r"\(\s*(?:([xX])\s*)?\)(?=\S)")
TRUE, FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE")  # YAML 1.2, core schema


@dataclass(frozen=True, slots=True)
class Places:
    """Say where a question's parts stand in its file."""

    ask: Place
    options: tuple[Place, ...]
    keys: dict[str, Place]


def question(node: Node, count: int, mistakes: Mistakes) -> tuple[Question, Places] | None:
    """Return the question in a node and its places; None if something is wrong with it."""
    name, before = f"question {count}", len(mistakes)
    if not isinstance(node, Mapping):
        mistakes.add(node.place, f"{name} has no keys, it is {kind_of(node)}", "begin it with - ask:")
        return None
    fields = Fields(node, name, mistakes)
    fields.refuse_unknown(KEYS)
    fields.require("ask", "write what you ask: ask: ...")
    fields.require("why", "explain the right answer: why: ...")
    found: dict[str, Any] = {key: fields.text(key) for key in ("ask", "why", "see")}
    found |= {"code": fields.text("code", code=True), "seconds": fields.seconds("time")}
    answered = _answered(fields)
    if answered:
        kind = _kind(fields, answered)
        read = {"options": _options, "answer": _answer, "order": _order}[answered]
        found |= read(fields, kind)
    if len(mistakes) > before or not answered:
        return None
    places = {key: place for key, (place, _) in node.entries.items()}
    shown = fields.value(answered)
    options = tuple(item.place for item in shown.items) if isinstance(shown, Sequence) else ()
    return Question(number=count, **found), Places(fields.place("ask"), options, places)


def _answered(fields: Fields) -> str | None:
    """Return which key holds the answer; None if it is not one alone."""
    given = [key for key in fields.node.entries if key in KINDS]
    if not given and not fields.node.broken:
        message = f"{fields.of} has neither options nor answer nor order"
        fields.mistakes.add(fields.node.place, message, "write one of them: what is the right answer?")
    if len(given) > 1:
        message = f"{fields.of} has both {given[0]} and {given[1]}"
        fields.mistakes.add(fields.place(given[1]), message, "keep one of them, or make two questions")
    return given[0] if len(given) == 1 else None


def _kind(fields: Fields, answered: str) -> Kind | None:
    """Return a question's kind as it is written; None if it is left to be seen from the answer, or is wrong."""
    every = [kind for kinds in KINDS.values() for kind in kinds]
    kind = fields.choice("kind", every)
    if kind is None:
        return None
    fitting = {known: known for known in KINDS[answered]}
    if kind not in fitting:
        needs = next(key for key, kinds in KINDS.items() if kind in kinds)
        message = f"{fields.of} is of the kind {kind} and has {answered}"
        fields.mistakes.add(fields.place(answered), message, f"a question of this kind needs {needs}")
        return None
    return fitting[kind]


def _list(fields: Fields, key: str, what: str) -> list[Node]:
    """Return the nodes of a list that must have some."""
    node = fields.value(key)
    if not isinstance(node, Sequence):
        message = f"{key} of {fields.of} must be a list, not {kind_of(node)}"
        fields.mistakes.add(node.place, message, f"write each {what} behind a -")
        return []
    if not FEWEST <= len(node.items) <= MOST:
        message = f"{fields.of} has {len(node.items)} {what}{'' if len(node.items) == 1 else 's'}"
        fields.mistakes.add(fields.place(key), message, f"write {FEWEST} to {MOST}")
    return node.items[:MOST]


def _options(fields: Fields, kind: Kind | None) -> dict[str, Any]:
    nodes, before = _list(fields, "options", "option"), len(fields.mistakes)
    _refuse_untimely(fields, "within", "number")
    options = [_option(node, f"option {count} of {fields.of}", fields.mistakes) for count, node in enumerate(nodes, 1)]
    first: dict[str, int] = {}
    for count, option in enumerate(options, 1):
        if option and first.setdefault(" ".join(option.text.split()), count) != count:
            other = first[" ".join(option.text.split())]
            message = f"option {count} of {fields.of} is the same as option {other}"
            fields.mistakes.add(nodes[count - 1].place, message, "change or delete one of them")
    right = sum(option.right for option in options if option)
    if not right and nodes and len(fields.mistakes) == before:
        message = f"{fields.of} has no right option"
        fields.mistakes.add(fields.place("options"), message, "write (x) in front of the right one, instead of ( )")
    if right > 1 and kind == "one":
        message = f"{fields.of} is of the kind one and has {right} right options"
        fields.mistakes.add(fields.place("kind"), message, "leave one (x), or write kind: many")
    return {"kind": kind or ("many" if right > 1 else "one"), "options": tuple(option for option in options if option)}


def _option(node: Node, name: str, mistakes: Mistakes) -> Option | None:
    why = None
    if isinstance(node, Sequence):
        mistakes.add(node.place, f"{name} is a list", 'put quotes around it: "( ) [...]"')
        return None
    if isinstance(node, Mapping):
        cut = next((key for key in node.entries if MARK.match(key)), None)
        if cut is not None:
            message = f"{name} is cut in two by its colon"
            mistakes.add(node.entries[cut][0], message, 'put quotes around it: "( ) ...: ..."')
            return None
        fields = Fields(node, name, mistakes)
        fields.refuse_unknown(("text", "why"))
        fields.require("text", "write text: ( ) ... and below it why: ...")
        why = fields.text("why")
        if "text" not in fields or fields.text("text") is None:
            return None
        inner = fields.value("text")
        assert isinstance(inner, Scalar)  # noqa: S101 - it has a text
        node = inner
    whole = text(node, name, mistakes)
    if whole is None:
        return None
    mark = MARK.match(whole)
    if mark is None:
        help = "write a blank behind the mark" if UNSPACED.match(whole) else _mark_help(whole)
        mistakes.add(node.place, f"{name} has no mark", help)
        return None
    if mark.end() == len(whole):
        mistakes.add(node.place, f"{name} is empty", "write its text behind the mark")
        return None
    return Option(whole[mark.end() :], right=bool(mark[1]), why=why)


def _mark_help(whole: str) -> str:
    start = quoted(re.sub(r"^[\[(][^\])\s]{0,3}[\])]\s*", "", whole) or "...", 40)[1:-1]
    return f"write ( ) {start}, or (x) if it is right"


def _order(fields: Fields, kind: Kind | None) -> dict[str, Any]:
    _refuse_untimely(fields, "within", "number")
    nodes = _list(fields, "order", "item")
    items = _texts(nodes, f"of {fields.of}", "item", fields.mistakes)
    if len(items) > 1 and len(set(items)) == 1:
        fields.mistakes.add(
            fields.place("order"), f"all items of {fields.of} are the same", "there is nothing to order"
        )
    return {"kind": "order", "items": tuple(items)}


def _texts(nodes: list[Node], of: str, what: str, mistakes: Mistakes, *, code: bool = False) -> list[str]:
    found = []
    for count, node in enumerate(nodes, 1):
        name = f"{what} {count} {of}"
        if not isinstance(node, Scalar):
            mistakes.add(node.place, f"{name} must be a text, not {kind_of(node)}", "put quotes around it")
            continue
        read = text(node, name, mistakes, code=code)
        if read is not None:
            found.append(_printed(node.text) if code else read)
    return found


def _answer(fields: Fields, kind: Kind | None) -> dict[str, Any]:
    node, mistakes = fields.value("answer"), fields.mistakes
    kind = kind or kind_of_answer(node)
    found: dict[str, Any] = {"kind": kind}
    if kind != "number":
        _refuse_untimely(fields, "within", "number")
    if kind == "recall":
        _refuse_untimely(fields, "time", "")
    if kind == "prints":
        fields.require("code", "write the program that prints it: code: |")
    if isinstance(node, Sequence) and kind in ("text", "prints"):
        if not node.items:
            mistakes.add(fields.place("answer"), f"answer of {fields.of} is empty", "write at least one")
        return found | {
            "answers": tuple(_texts(node.items, f"of {fields.of}", "answer", mistakes, code=kind == "prints"))
        }
    answer = fields.text("answer", code=kind == "prints")  # a program may print tabs
    if answer is None:
        return found
    assert isinstance(node, Scalar)  # noqa: S101 - it has a text
    if kind == "true-false":
        if answer not in (*TRUE, *FALSE):
            mistakes.add(node.place, f"answer of {fields.of} cannot be {quoted(answer)}", "write true or false")
        right = answer in TRUE
        return found | {"options": (Option("True", right), Option("False", not right))}
    if kind == "number":
        return found | _number(fields, answer)
    return found | {"answers": (_printed(node.text) if kind == "prints" else answer,)}


def _printed(whole: str) -> str:
    """Return a program's output: blanks in front are printed, too."""
    return whole.rstrip()


def kind_of_answer(node: Node) -> Kind:
    """Return the kind that an answer shows; what stands in quotes is text."""
    if not isinstance(node, Scalar) or not node.plain:
        return "text"
    if node.text in (*TRUE, *FALSE):
        return "true-false"
    return "text" if number(node.text) is None else "number"


def _number(fields: Fields, answer: str) -> dict[str, Any]:
    if number(answer) is None:
        what = f"answer of {fields.of} is no number: {quoted(answer)}"
        help = f"write digits, at most {LONGEST_NUMBER}, such as 404, -1 or 2.5"
        fields.mistakes.add(fields.value("answer").place, what, help)
    within = Decimal(0)
    written = fields.text("within")
    if written is not None:
        given = number(written)
        if given is None or given < 0:
            message = f"within of {fields.of} cannot be {quoted(written)}"
            fields.mistakes.add(
                fields.value("within").place, message, "write how far off an answer may be, such as 0.01"
            )
        else:
            within = given
    return {"answers": (answer.replace("\u2212", "-"),), "within": within}


def _refuse_untimely(fields: Fields, key: str, only: str) -> None:
    """Note a key that a question of this kind has no use for."""
    if key in fields:
        message = f"{fields.of} has {key}, " + (f"and no {only} as its answer" if only else "and recall is not timed")
        fields.mistakes.add(fields.place(key), message, f"leave {key} out")
