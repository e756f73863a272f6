"""Write a quiz as GIFT, the text format that Moodle and many others read.

GIFT is specified by https://docs.moodle.org/en/GIFT_format and by what Moodle's own reader does (question/format/gift/
format.php): it cuts at blank lines, then at `{`, `}`, `~`, `=` and `#` without a backslash, and trims every text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checkpoint.quiz.exchange.loss import Export, Loss
from checkpoint.quiz.exchange.markup import page, shown, writable

if TYPE_CHECKING:
    from checkpoint.quiz.question import Question, Quiz

# Moodle's gradeoptions end at tenths: it knows no share of 1/11.
_MOST_RIGHT = 10
_RESERVED = re.compile(r"[\\:#={}~]")


def exported(quiz: Quiz) -> Export:
    """Return a quiz as GIFT, and what of it GIFT cannot say."""
    lost: list[Loss] = []
    settings = "it is a setting of the quiz there, not of its questions"
    if quiz.seconds is not None:
        lost.append(Loss(None, "time", settings))
    lost += [Loss(None, "pass", settings), Loss(None, "shuffle", settings)]
    quiz = writable(quiz, lost, trimmed=True)
    blocks = [f"$CATEGORY: {_category(quiz.title)}"]
    for question in quiz.questions:
        blocks.append(_question(question))
        lost += losses(question)
    return Export(("\n\n".join(blocks) + "\n").encode(), tuple(lost))


def losses(question: Question) -> list[Loss]:
    """Return what GIFT cannot say of a question."""
    found = []
    if question.kind == "many":
        words = "whoever misses some of the right options, and chooses no wrong one, gets a part of the point there"
        if len(question.right_options) > _MOST_RIGHT:
            words += f"; Moodle has no share for more than {_MOST_RIGHT}: import it with the nearest grade"
        if len(question.right_options) > 1:
            found.append(("scoring", words))
    elif question.kind == "true-false" and [option.text for option in question.options] != ["True", "False"]:
        found.append(("options", "they are named True and False there"))
    elif question.kind == "text":
        found.append(("scoring", "the width of gaps and the shape of quotes count there"))
    elif question.kind == "order":
        found.append(("kind", "it is asked as a matching of items and places there, and each right pair gets its part"))
    elif question.kind == "recall":
        found.append(("kind", "it is asked as an essay there: the answer is in the feedback, and a person marks it"))
        if "\n\n" in question.answers[0]:
            found.append(("answers", "nothing says where the answer ends and the explanation begins"))
    elif question.kind == "prints" and question.several_lines:
        found.append(("kind", "it is asked as an essay there, since no answer has several lines: a person marks it"))
    elif question.kind == "prints":
        found.append(("kind", "it is asked as a short text there: case does not count, every blank does"))
    if question.kind in ("text", "prints") and any("->" in answer for answer in question.answers):
        found.append(("answers", "anything may stand between the - and the > of an arrow there"))
    if question.see is not None:
        found.append(("see", "there is no place for what to read again"))
    if question.seconds is not None:
        found.append(("time", "there is no time for one question"))
    return [Loss(question.number, part, words) for part, words in found]


def _question(question: Question) -> str:
    """Return the lines of one question."""
    if question.code is None:
        asked = f"[plain]{escaped(question.ask)}"
    else:
        asked = f"[html]{escaped(page(question.ask, question.code))}"
    rich = question.code is not None
    why = f"####{_text(question.why, rich)}"
    if question.kind in ("one", "many"):
        return _block(asked, [*_options(question, rich), why])
    if question.kind == "true-false":
        return f"{asked}{{{_true_false(question, rich)}{why}}}"
    if question.kind == "number":
        return f"{asked}{{#{question.answers[0]}{f':{question.within:f}' if question.within else ''}{why}}}"
    if question.kind == "order":
        return _block(
            asked, [*(f"={_item(item, rich)} -> {place}" for place, item in enumerate(question.items, 1)), why]
        )
    if question.kind == "recall" or (question.kind == "prints" and question.several_lines):
        feedback = "\n\n".join([*question.answers, question.why])
        return f"{asked}{{####{_text(feedback, rich)}}}"
    answers = question.answers if question.kind == "prints" else [" ".join(text.split()) for text in question.answers]
    return _block(asked, [*map(_answer, answers), why])


def _block(asked: str, lines: list[str]) -> str:
    return "\n\t".join([f"{asked}{{", *lines]) + "\n}"


def fractions(question: Question) -> list[str]:
    """Return what each option of a question gives, in percent of its point.

    A wrong one of several takes away what all the right ones give, since Moodle does not know all or nothing.
    """
    if question.kind == "one":
        return ["100" if option.right else "0" for option in question.options]
    share = f"{100 / max(len(question.right_options), 1):.5f}".rstrip("0").rstrip(".")
    return [share if option.right else "-100" for option in question.options]


def _options(question: Question, rich: bool) -> list[str]:
    """Return a line for each option."""
    lines = []
    for option, fraction in zip(question.options, fractions(question), strict=True):
        mark = f"~%{fraction}%" if question.kind == "many" else "=" if option.right else "~"
        why = "" if option.why is None else f"#{_text(option.why, rich)}"
        lines.append(f"{mark}{_text(option.text, rich)}{why}")
    return lines


def _true_false(question: Question, rich: bool) -> str:
    """Return the answer; behind it stand what a wrong one is told, and then a right one."""
    true, false = question.options
    right, wrong = (true, false) if true.right else (false, true)
    written = "TRUE" if true.right else "FALSE"
    if wrong.why is not None or right.why is not None:
        written += f"#{_text(wrong.why or '', rich)}"
    if right.why is not None:
        written += f"#{_text(right.why, rich)}"
    return written


def _answer(answer: str) -> str:
    """Return the line of an accepted text; `*` stands for anything in Moodle, and an arrow would make it a matching."""
    words = answer.replace("*", r"\*").replace("->", "-*>")
    return f"={_text(words, rich=False)}"


def _item(item: str, rich: bool) -> str:
    if "->" in item:  # the first one is where the place begins, and nothing but HTML can hide another
        return f"[html]{escaped(shown(item))}"
    return _text(item, rich)


def _text(text: str, rich: bool) -> str:
    """Return a text behind the question's, which says what it is where that is not clear.

    Those of a question in HTML are none; a form or a weight would be read into what begins with [ or %.
    """
    return f"[plain]{escaped(text)}" if text and (rich or text[0] in "[%") else escaped(text)


def escaped(text: str) -> str:
    """Return a text in which nothing means anything to GIFT."""
    return _RESERVED.sub(r"\\\g<0>", text).replace("\n", r"\n")


def _category(title: str) -> str:
    """Return the title as the path of a category: a slash in a name is doubled, and nothing else can be escaped."""
    return title.replace("\\", "\\\\").replace("/", "//")
