"""Read a quiz's file: every question of it, or every mistake in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkpoint.quiz.bank.fields import Fields, kind_of
from checkpoint.quiz.bank.nodes import LARGEST_BYTES, Mapping, Scalar, Sequence, tree
from checkpoint.quiz.bank.questions import question
from checkpoint.quiz.bank.source import BrokenQuiz, Source
from checkpoint.quiz.question import Quiz

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from checkpoint.quiz.bank.nodes import Node
    from checkpoint.quiz.bank.questions import Places
    from checkpoint.quiz.bank.source import Mistakes, Place
    from checkpoint.quiz.question import Question

KEYS = ("quiz", "time", "pass", "shuffle", "questions")
SHUFFLES = ("all", "questions", "options", "none")
_SHORTEST = "write at least quiz: with a title, and questions: with a list"


@dataclass(frozen=True, slots=True)
class Read:
    """Hold a quiz and where its parts stand; `folder` is the one that its file lies in, if it was a file.

    `places` are the questions' in their order, `top` those of the keys at the top.
    """

    quiz: Quiz
    source: Source
    places: tuple[Places, ...]
    top: dict[str, Place]
    folder: Path | None = None


def load(path: Path) -> Read:
    """Read a quiz's file; see `read`."""
    return read(content(path), str(path), path.parent)


def content(path: Path) -> bytes:
    """Return a file's bytes, or of a large one slightly more than may be; raises BrokenQuiz if that cannot be."""
    try:
        if path.is_dir():
            what = "this is a folder"
        elif not path.exists():
            what = "there is no such file"
        elif not path.is_file():  # a pipe would make us wait, /dev/zero would never end
            what = "this is not a file"
        else:
            with path.open("rb") as file:
                return file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        what = f"cannot be read: {(getattr(error, 'strerror', None) or str(error)).lower()}"
    raise BrokenQuiz(str(path), [Source.of(str(path), "").tell(None, what)])


def read(data: bytes, name: str, folder: Path | None = None) -> Read:
    """Read a quiz from a file's bytes; `name` is what messages call it.

    Raises BrokenQuiz, with all mistakes in it.
    """
    root, mistakes = tree(data, name)
    if not isinstance(root, Mapping):
        mistakes.add(root.place, f"a quiz has keys with values, and this is {kind_of(root)}", _SHORTEST)
        mistakes.refuse()
    assert isinstance(root, Mapping)  # noqa: S101 - refused above
    top = Fields(root, "the quiz", mistakes)
    top.refuse_unknown(KEYS)
    top.require("quiz", "write its title in the first line: quiz: ...")
    top.require("questions", "write questions: and a list below it, each beginning with - ask:")
    fields: dict[str, Any] = {
        "title": top.text("quiz"),
        "seconds": top.seconds("time"),
        "pass_percent": top.percent("pass"),
        "shuffle": top.choice("shuffle", SHUFFLES),
    }
    questions, places = _questions(top.value("questions"), mistakes) if "questions" in top else ([], [])
    mistakes.refuse()
    given = {key: value for key, value in fields.items() if value is not None}
    quiz = Quiz(questions=tuple(questions), sha256=hashlib.sha256(data).hexdigest(), **given)
    at = {key: place for key, (place, _) in root.entries.items()}
    return Read(quiz, mistakes.source, tuple(places), at, folder)


def _questions(node: Node, mistakes: Mistakes) -> tuple[list[Question], list[Places]]:
    if not isinstance(node, Sequence) or not node.items:
        empty = isinstance(node, Sequence) or (isinstance(node, Scalar) and node.empty)
        what = "questions is empty" if empty else f"questions must be a list, not {kind_of(node)}"
        mistakes.add(node.place, what, "write a list below it, each question beginning with - ask:")
        return [], []
    found = [question(item, number, mistakes) for number, item in enumerate(node.items, 1)]
    pairs = [pair for pair in found if pair is not None]
    first: dict[tuple[str, str | None], int] = {}
    for asked, places in pairs:
        other = first.setdefault((asked.ask, asked.code), asked.number)
        if other != asked.number:
            message = f"question {asked.number} is the same as question {other}"
            mistakes.add(places.ask, message, "ask something else, or delete one of them")
    return [asked for asked, _ in pairs], [places for _, places in pairs]
