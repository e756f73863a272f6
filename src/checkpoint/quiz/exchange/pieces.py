"""Cut a GIFT file into its questions, and remember where each piece stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from checkpoint.quiz.bank.nodes import UNSEEN
from checkpoint.quiz.bank.source import Mistakes, Place, Source
from checkpoint.quiz.exchange.loss import Loss

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_COMMENT = re.compile(r"(?m)^[ \t]*+//[^\n]*+\n?")
_GONE = "\0"  # what stood here was a comment; the places of all else stay as they are


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a part of the file; in `masked`, which is as long as `text`, no escaped sign can be seen.

    `start` is where in the file it begins.
    """

    text: str
    masked: str
    start: int

    def cut(self, first: int, last: int | None = None) -> Piece:
        """Return the part from one place to another, without the blanks around it."""
        text = self.text[first:last]
        front = len(text) - len(text.lstrip(f"{_GONE} \t\n"))
        end = front + len(text[front:].rstrip(f"{_GONE} \t\n"))
        return Piece(text[front:end], self.masked[first:last][front:end], self.start + first + front)

    def halves(self, mark: str) -> tuple[Piece, Piece | None]:
        """Return what stands in front of a mark, and what stands behind it if it is there."""
        at = self.masked.find(mark)
        return (self, None) if at < 0 else (self.cut(0, at), self.cut(at + len(mark)))

    def split(self, marks: str) -> list[Piece]:
        """Return the parts that begin with one of some signs, and what stands before the first of them."""
        found = [match.start() for match in re.finditer(f"[{marks}]", self.masked)]
        return [self.cut(first, last) for first, last in zip([0, *found], [*found, None], strict=True)]


def unescaped(text: str) -> str:
    """Return a text as its author meant it."""
    return _ESCAPE.sub(lambda pair: "\n" if pair[1] == "n" else pair[1], text.replace(_GONE, ""))


def blocks(text: str) -> Iterator[Piece]:
    """Yield what stands between empty lines, which is how GIFT separates questions."""
    text = _COMMENT.sub(lambda comment: _GONE * len(comment[0]), text)
    whole = Piece(text, _ESCAPE.sub("\1\1", text), 0)
    start, at = None, 0
    for line in text.split("\n"):
        if line.strip(f"{_GONE} \t"):
            start = at if start is None else start
        elif start is not None:
            yield whole.cut(start, at)
            start = None
        at += len(line) + 1
    if start is not None:
        yield whole.cut(start)


@dataclass(slots=True)
class Remarks:
    """Gather what is wrong with a file and what of it is lost, with the places and the numbers."""

    source: Source
    mistakes: Mistakes
    starts: list[int]  # of the lines
    number: int = 1  # of the question that is being read
    lost: list[Loss] = field(default_factory=list)

    @classmethod
    def on(cls, name: str, text: str) -> Remarks:
        """Begin with none; the text's lines end with a newline each."""
        source = Source.of(name, text)
        lengths = (len(line) + 1 for line in source.lines[:-1])
        return cls(source, Mistakes(source), list(accumulate(lengths, initial=0)))

    def mistake(self, piece: Piece, message: str, help: str) -> None:
        """Note what the author has to mend, at the piece's beginning."""
        line = bisect_right(self.starts, piece.start)
        self.mistakes.add(Place(line, piece.start - self.starts[line - 1] + 1), message, help)

    def lose(self, part: str, words: str) -> None:
        """Note what is lost of this question."""
        self.lost.append(Loss(self.number, part, words))

    def leave_out(self, piece: Piece, words: str) -> None:
        """Note that a question is not taken over at all."""
        line = bisect_right(self.starts, piece.start)
        self.lost.append(Loss(None, "question", f"the one in line {line} is left out: {words}"))


def tidy(text: str, *, code: bool = False) -> str:
    """Return a text as a quiz's file can hold it: nothing unseen, and tabs in code only."""
    text = UNSEEN.sub(" ", re.sub(r"\r\n?", "\n", text))
    if code:
        return re.sub(r"\A(?:[ \t]*+\n)++", "", text).rstrip()
    return text.replace("\t", " ").strip()
