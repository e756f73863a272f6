"""Read a quiz out of a GIFT file.

The reader is our own: the one library for Python that reads GIFT, pygiftparser, was last released in 2017, leaves the
backslashes in the text and tells no place of a mistake.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from checkpoint.quiz.bank.nodes import LARGEST_BYTES, UNSEEN
from checkpoint.quiz.exchange.braces import formed, read
from checkpoint.quiz.exchange.loss import Import, Loss
from checkpoint.quiz.exchange.pieces import Remarks, blocks, tidy, unescaped
from checkpoint.quiz.question import Question, Quiz

if TYPE_CHECKING:
    from typing import Any

    from checkpoint.quiz.exchange.pieces import Piece

TODO = "TODO: explain the right answer"
LONGEST_CHARS = 4000  # of a text, as in a quiz's own file
_CATEGORY = "$CATEGORY:"
_SLASH = re.compile(r"(?<!/)/(?!/)")


def imported(text: str, name: str) -> Import:
    """Return the quiz in a GIFT file's text, and what of the file it cannot hold; `name` is what messages call it.

    The title is the first category's last name, or else the file's. Where GIFT gives no explanation, TODO stands.
    Raises BrokenQuiz, with all mistakes in it.
    """
    data = text.encode(errors="surrogatepass")
    text = re.sub(r"\r\n?", "\n", text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    remarks = Remarks.on(name, text)
    if len(data) > LARGEST_BYTES:
        remarks.mistakes.add(None, f"the file is larger than {LARGEST_BYTES // 1024} KiB", "cut it into several")
        remarks.mistakes.refuse()
    seen = UNSEEN.sub(" ", text)
    if seen != text:
        remarks.lost.append(Loss(None, "characters", "those that cannot be seen became blanks"))
    titles: list[str] = []
    questions: dict[tuple[str, str | None], Question] = {}
    named = False
    for block in blocks(seen):
        if block.text.startswith(_CATEGORY):
            first, rest = _line(block)
            titles.append(_title(first.text.removeprefix(_CATEGORY)))
            block = rest
        named |= block.text.startswith("::")
        question = _question(block, remarks) if block.text else None
        if question is None:
            remarks.lost = [loss for loss in remarks.lost if loss.number != remarks.number]
            continue
        same = questions.setdefault((question.ask, question.code), question)
        if same is not question:
            message = f"this question is the same as question {same.number}"
            remarks.mistake(block, message, "ask something else, or delete one of them")
        remarks.number += 1
    if not questions and not len(remarks.mistakes):
        left = "; ".join(loss.words for loss in remarks.lost if loss.part == "question")
        remarks.mistakes.add(
            None, "no question in it can be taken over", left or "a question looks so: What is 1+1? {#2}"
        )
    remarks.mistakes.refuse()
    titles = [title for title in titles if title]
    if len(set(titles)) > 1:
        remarks.lost.append(Loss(None, "categories", f"only the first one, {titles[0]!r}, is kept, as the title"))
    if named:
        remarks.lost.append(Loss(None, "names", "questions have none here: those between :: and :: are dropped"))
    title = titles[0] if titles else tidy(PurePath(name).stem) or "Quiz"
    quiz = Quiz(title, tuple(questions.values()), hashlib.sha256(data).hexdigest())
    return Import(quiz, tuple(dict.fromkeys(remarks.lost)))


def _line(block: Piece) -> tuple[Piece, Piece]:
    """Return the first line of a block and the rest."""
    end = block.text.find("\n")
    return (block, block.cut(len(block.text))) if end < 0 else (block.cut(0, end), block.cut(end))


def _title(path: str) -> str:
    """Return the last name of a category's path; `$course$` and `top` are Moodle's own words for no name."""
    last = _SLASH.split(unescaped(path).strip())[-1].strip()
    return "" if last == "$course$" else tidy(last.replace("//", "/"))


def _question(block: Piece, remarks: Remarks) -> Question | None:
    """Return the question in a block; None if it is left out or has mistakes."""
    piece = block
    if piece.masked.startswith("::"):
        end = piece.masked.find("::", 2)
        if end < 0:
            remarks.mistake(piece, "this name has no end", "write :: behind it, too: ::name:: question")
            return None
        piece = piece.cut(end + 2)
    opened, closed = piece.masked.find("{"), piece.masked.find("}")
    if opened < 0 and closed < 0:
        remarks.leave_out(block, "it is a text with no answer in { }")
        return None
    if closed < opened or opened < 0:
        at = piece.cut(max(opened, 0) if closed < 0 else closed)
        what = "this { has no }" if closed < 0 else "this } has no {"
        remarks.mistake(at, what, "write the answers in { }, without an empty line, and \\{ or \\} for the sign itself")
        return None
    tail = piece.cut(closed + 1)
    again = re.search("[{}]", tail.masked)
    if again:
        message = f"a second {again[0]} in one question"
        remarks.mistake(
            tail.cut(again.start()), message, "put an empty line between two questions, or write \\{ or \\}"
        )
        return None
    asked = piece.text[:opened] + (f"_____{piece.text[closed + 1 :]}" if tail.text else "")
    found, form = formed(asked, "moodle")
    ask = tidy(found.text)
    before = len(remarks.mistakes)
    if not ask:
        remarks.mistake(block, "nothing is asked here", "write the question in front of the {")
    if found.formatted:
        remarks.lose("look", "bold, links, pictures and the like are dropped")
    fields = read(block, piece.cut(opened + 1, closed), form, remarks)
    if fields is None or len(remarks.mistakes) > before:
        return None
    if not fields["why"]:
        fields["why"] = TODO
        remarks.lose("why", f"there is no explanation: write it in place of {TODO!r}")
    code = tidy(found.code, code=True) if found.code is not None else None
    question = Question(remarks.number, ask=ask, code=code or None, **fields)
    if _longest(question) > LONGEST_CHARS:
        remarks.mistake(block, f"a text of this question is longer than {LONGEST_CHARS:,} characters", "shorten it")
    return question


def _longest(question: Question) -> int:
    texts: list[Any] = [question.ask, question.why, question.code or "", *question.items, *question.answers]
    for option in question.options:
        texts += [option.text, option.why or ""]
    return max(map(len, texts))
