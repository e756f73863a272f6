"""Read what stands in the braces of a GIFT question: its answers, and with them its kind."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from checkpoint.quiz.exchange.markup import Text, text_of
from checkpoint.quiz.exchange.pieces import tidy, unescaped
from checkpoint.quiz.question import Option, number

if TYPE_CHECKING:
    from typing import Any

    from checkpoint.quiz.exchange.pieces import Piece, Remarks

FEWEST, MOST = 2, 20  # options of a question, items of an order, as in a quiz's own file
_FORM = re.compile(r"\[(moodle|html|plain|markdown)\]")
_WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]{0,9})?)%")
_WILDCARD = re.compile(r"(?<!\\)\*")
_FULL = Decimal(100)  # percent
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")


def formed(text: str, form: str) -> tuple[Text, str]:
    """Return a text as plain text, and its form: one that it names in front of itself, or else the one given."""
    named = _FORM.match(text)
    form = named[1] if named else form
    text = unescaped(text[named.end() :] if named else text)
    if form in ("html", "moodle"):
        return text_of(text, lines=form == "moodle"), form
    return Text(text), form


def read(piece: Piece, inner: Piece, form: str, remarks: Remarks) -> dict[str, Any] | None:
    """Return a question's fields from its braces; None if it is left out or has mistakes.

    The kind is found as Moodle finds it. `form` is that of the question's text.
    """
    cut = inner.masked.rfind("####")
    why = words(inner.text[cut + 4 :], form, remarks) if cut >= 0 else ""
    inner = inner.cut(0, cut) if cut >= 0 else inner
    if not inner.text:
        return _essay(piece, why, remarks)
    if inner.masked.startswith("#"):
        found = _number(piece, inner.cut(1), form, remarks)
    elif "~" in inner.masked:
        found = _options(inner, form, remarks)
    elif "=" in inner.masked and "->" in inner.masked:
        found = _order(piece, inner, form, remarks)
    elif inner.halves("#")[0].text in _TRUE + _FALSE:
        found = _true_false(inner, form, remarks)
    else:
        found = _texts(piece, inner, form, remarks)
    if found is not None:
        found["why"] = why or found.get("why", "")
    return found


def words(text: str, form: str, remarks: Remarks) -> str:
    """Return a text of a question, and note it if it had a look that is dropped."""
    found, _ = formed(text.strip(), form)
    if found.formatted:
        remarks.lose("look", "bold, links, pictures and the like are dropped")
    return tidy(found.text)


def _weighed(piece: Piece) -> tuple[Decimal | None, Piece]:
    """Return the percentage in front of an answer, if there is one, and the answer."""
    weight = _WEIGHT.match(piece.text)
    return (Decimal(weight[1]), piece.cut(weight.end())) if weight else (None, piece)


def _parts(inner: Piece, marks: str, remarks: Remarks, what: str) -> list[Piece]:
    """Return the answers, each with its mark, and refuse text in front of the first one."""
    first, *parts = inner.split(marks)
    if first.text:
        remarks.mistake(first, f"this stands in front of the first {what}", "write = or ~ in front of every answer")
    return parts


def _options(inner: Piece, form: str, remarks: Remarks) -> dict[str, Any] | None:
    before = len(remarks.mistakes)
    parts = _parts(inner, "~=", remarks, "option")
    following = [part.masked[:1] for part in parts[1:]]
    # ~= is an old way of =
    marked = [part for part, sign in zip(parts, [*following, ""], strict=True) if (part.text, sign) != ("~", "=")]
    _refuse_count(inner, len(marked), "option", remarks)
    options: list[Option] = []
    weights: list[Decimal] = []
    for part in marked[:MOST]:
        right = part.masked.startswith("=")
        weight, rest = (_FULL, part.cut(1)) if right else _weighed(part.cut(1))
        text, feedback = rest.halves("#")
        option = Option(
            words(text.text, form, remarks), right, words(feedback.text, form, remarks) or None if feedback else None
        )
        if not option.text:
            remarks.mistake(part, "this option is empty", "write its text behind the mark, or delete it")
        elif any(option.text.split() == other.text.split() for other in options):
            remarks.mistake(part, "this option is the same as another one", "change or delete one of them")
        options.append(option)
        weights.append(weight or Decimal(0))
    if not any(part.masked.startswith("=") for part in marked):
        return _several(inner, options, weights, remarks) if len(remarks.mistakes) == before else None
    options = [
        Option(option.text, weight >= _FULL, option.why) for option, weight in zip(options, weights, strict=True)
    ]
    if any(0 < weight < _FULL for weight in weights):
        remarks.lose("scoring", "a part of the point for an answer that is nearly right is dropped: it is wrong here")
    several = sum(option.right for option in options) > 1
    if several:
        remarks.lose("scoring", "any one of its right options was enough, and here all of them are to be chosen")
    return {"kind": "many" if several else "one", "options": tuple(options)}


def _several(inner: Piece, options: list[Option], weights: list[Decimal], remarks: Remarks) -> dict[str, Any] | None:
    """Return a question of which each right option gives its share."""
    right = tuple(Option(option.text, weight > 0, option.why) for option, weight in zip(options, weights, strict=True))
    if not any(option.right for option in right):
        remarks.mistake(inner, "no option is right", "write = instead of ~ in front of the right one")
        return None
    if sum(option.right for option in right) > 1 or max(weights) < _FULL:
        remarks.lose("scoring", "each right option gave its share of the point, and here it is all or nothing")
    return {"kind": "many", "options": right}


def _true_false(inner: Piece, form: str, remarks: Remarks) -> dict[str, Any]:
    answer, feedback = inner.halves("#")
    wrong, right = feedback.halves("#") if feedback else (None, None)
    said = [words(part.text, form, remarks) or None if part else None for part in (right, wrong)]
    if answer.text in _FALSE:
        said.reverse()
    true = answer.text in _TRUE
    return {"kind": "true-false", "options": (Option("True", true, said[0]), Option("False", not true, said[1]))}


def _texts(piece: Piece, inner: Piece, form: str, remarks: Remarks) -> dict[str, Any] | None:
    first, *rest = inner.split("=")
    parts = [*([first] if first.text else []), *(part.cut(1) for part in rest)]
    accepted: list[str] = []
    why = ""
    for part in parts:
        weight, part = _weighed(part)
        text, feedback = part.halves("#")
        answer = unescaped(_FORM.sub("", text.text, count=1) if _FORM.match(text.text) else text.text)
        answer = tidy(answer.replace("-*>", "->"))
        if not answer:
            remarks.mistake(part, "this answer is empty", "write a text behind the =, or delete it")
        elif weight is not None and weight < _FULL:
            remarks.lose("answers", "those that give a part of the point, or none, are dropped")
        elif _WILDCARD.search(answer):
            remarks.lose("answers", "those with * for any text are dropped")
        else:
            accepted.append(answer.replace(r"\*", "*"))
            why = why or (words(feedback.text, form, remarks) if feedback else "")
            continue
        if feedback and feedback.text:
            remarks.lose("feedback", "what is said of answers that are not right is dropped")
    if not accepted:
        remarks.leave_out(piece, "no answer gives the whole point and says every letter of its text")
        return None
    return {"kind": "text", "answers": tuple(dict.fromkeys(accepted)), "why": why}


def _number(piece: Piece, inner: Piece, form: str, remarks: Remarks) -> dict[str, Any] | None:
    inner, wrong = inner.halves("~")
    if wrong and wrong.text.strip("#"):
        remarks.lose("feedback", "what is said of answers that are not right is dropped")
    first, *rest = inner.split("=")
    parts = [_weighed(part) for part in [*([first] if first.text else []), *(part.cut(1) for part in rest)]]
    full = [part for weight, part in parts if weight is None or weight >= _FULL]
    if not full:
        remarks.mistake(
            piece, "no number gives the whole point", "write {#404}, or {#3.14:0.01} with how far off it may be"
        )
        return None
    if len(parts) > 1:
        remarks.lose("answers", "only the first number that gives the whole point is kept")
    text, feedback = full[0].halves("#")
    low, spread = text.halves("..")
    answer, within = _range(low, spread) if spread else _margin(text)
    if answer is None or within is None or within < 0:
        remarks.mistake(text, "this is no number", "write digits, such as 404, 3.14:0.01 or 1..5")
        return None
    why = words(feedback.text, form, remarks) if feedback else ""
    return {"kind": "number", "answers": (answer,), "within": within, "why": why}


def _range(low: Piece, high: Piece) -> tuple[str | None, Decimal | None]:
    """Return the middle of a range, and how far its ends are from it."""
    least, most = number(low.text), number(high.text)
    if least is None or most is None:
        return None, None
    middle = (least + most) / 2
    return str(middle) if number(str(middle)) is not None else None, most - middle


def _margin(text: Piece) -> tuple[str | None, Decimal | None]:
    """Return a number and how far off it may be."""
    value, margin = text.halves(":")
    answer = value.text.replace("\u2212", "-")
    return answer if number(answer) is not None else None, number(margin.text) if margin else Decimal(0)


def _order(piece: Piece, inner: Piece, form: str, remarks: Remarks) -> dict[str, Any] | None:
    """Return an order, if that is what a matching asks for: its right sides are the places from 1 on."""
    before = len(remarks.mistakes)
    pairs: dict[str, str] = {}
    parts = _parts(inner, "=", remarks, "pair")
    for part in parts:
        left, right = part.cut(1).halves("->")
        if right is None:
            remarks.mistake(part, "this pair has no ->", "write = text -> what belongs to it")
        else:
            pairs[unescaped(right.text)] = words(left.text, form, remarks)
    if len(remarks.mistakes) > before:
        return None
    places = [str(place) for place in range(1, len(parts) + 1)]
    if set(pairs) != set(places) or not all(pairs.values()) or len(set(pairs.values())) < FEWEST:
        remarks.leave_out(piece, "it asks for pairs, and there is no kind of question for them here")
        return None
    _refuse_count(inner, len(parts), "item", remarks)
    remarks.lose("scoring", "each item in its place gave its share of the point, and here it is all or nothing")
    return {"kind": "order", "items": tuple(pairs[place] for place in places)}


def _essay(piece: Piece, feedback: str, remarks: Remarks) -> dict[str, Any] | None:
    """Return a recall card: the feedback's first paragraph is its answer, and the rest explains it."""
    if not feedback:
        remarks.leave_out(piece, "it is an essay, and no feedback says what a good answer is")
        return None
    answer, _, why = feedback.partition("\n\n")
    return {"kind": "recall", "answers": (answer.strip(),), "why": why.strip()}


def _refuse_count(inner: Piece, count: int, what: str, remarks: Remarks) -> None:
    if not FEWEST <= count <= MOST:
        message = f"this question has {count} {what}{'' if count == 1 else 's'}"
        remarks.mistake(inner, message, f"write {FEWEST} to {MOST}")
