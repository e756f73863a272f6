"""Ask a quiz line by line: for pipes, screen readers, braille displays and dumb terminals.

Nothing is ever taken back or drawn over; options have letters, and the time left is told at 60, 30 and 10 seconds.
"""

from __future__ import annotations

import textwrap
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checkpoint.quiz import words
from checkpoint.quiz.question import CHOSEN, number
from checkpoint.quiz.saved import SAVE_EVERY
from checkpoint.quiz.sitting import Left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

    from checkpoint.quiz.clock import Clock
    from checkpoint.quiz.lines import Lines
    from checkpoint.quiz.paper import Slot
    from checkpoint.quiz.question import Answer
    from checkpoint.quiz.sitting import Sitting

TELL_AT = (60, 30, 10)  # seconds left
_LAST_MOMENT = 0.05  # seconds before the end at which what was typed is picked up
_LONGEST_WAIT = 1.0  # seconds; so often is looked whether the quiz was stopped meanwhile
_STOPPED = 2.0  # seconds for which nothing ran although something was to: Ctrl-Z, or a busy machine if less
_TRIES = 20  # lines in a row that are no answer, after which a pipe is taken to hold none
DO_NOT_KNOW = "?"


@dataclass(slots=True)
class Plain:
    """Play a sitting on lines: `width` in columns, None where nobody knows it; `save` is called as things happen."""

    sitting: Sitting
    lines: Lines
    out: TextIO
    clock: Clock
    save: Callable[[], None]
    width: int | None = None
    _typed: list[str] = field(default_factory=list)  # the lines of an answer that may have several
    _saved_at: float = 0.0
    _tries: int = 0
    _told: float = float("inf")  # the time left that was told last, in seconds

    def play(self) -> None:
        """Ask until the sitting is over; raises Left when the learner leaves or input ends."""
        try:
            while self.sitting.phase != "over":
                self._ask()
        except (KeyboardInterrupt, EOFError, OSError) as error:  # OSError: whoever read this has gone away
            self.sitting.stop()
            self.save()
            raise Left("input ended" if isinstance(error, EOFError) else "interrupted") from None

    def _ask(self) -> None:
        """Ask one question, take its answer, and explain it."""
        sitting = self.sitting
        slot, place = sitting.slot, sitting.place
        self._typed, self._tries = [], 0
        show([words.heading(sitting), *words.asked(slot)], self.out, self.width)
        show([words.Piece(text, lead=f"  {letter}) ") for letter, text in words.choices(slot)], self.out, self.width)
        sitting.start()
        self._tell_limit()
        self._prompt(slot)
        self.save()
        while sitting.phase == "asking" and sitting.place == place:
            line = self._line()
            if line is not None:
                self._take(slot, line)
        self.save()
        self._explain(slot)

    def _line(self) -> str | None:
        """Wait for a line until there is something else to do: to tell the time, or that it is up."""
        left = self.sitting.remaining()
        if left is not None and left.seconds <= _LAST_MOMENT:
            self._hand_in()
        due = [_LONGEST_WAIT] if left is None else [_LONGEST_WAIT, *self._until_told(left.seconds)]
        before = self.clock.now()
        line = _printable(self.lines.next(min(due)))
        self._notice(self.clock.now() - before - min(due), waiting=line is None)
        return line

    def _until_told(self, left: float) -> list[float]:
        """Return the seconds until the next moment that matters, never so few that it would come too soon."""
        moments = [0.0, _LAST_MOMENT, *(moment for moment in TELL_AT if moment < self._told)]
        return [left - moment + 0.001 for moment in moments if left - moment >= 0]

    def _notice(self, late: float, *, waiting: bool) -> None:
        """See what has become of time while a line was waited for, `late` seconds longer than was meant."""
        slept = self.sitting.tick()
        if slept is None and late >= _STOPPED:
            self.sitting.interrupted("stopped", late)
        if slept is not None or late >= _STOPPED:
            self._break_in(words.interruption(self.sitting.interruptions[-1]))
            if waiting and self.sitting.phase == "asking":
                self._prompt(self.sitting.slot)  # a terminal forgets half a line when a program is stopped
        if waiting and self.clock.now() - self._saved_at >= SAVE_EVERY:
            self._saved_at = self.clock.now()
            self.save()
        left = self.sitting.remaining()
        moments = [moment for moment in TELL_AT if left is not None and left.seconds <= moment < self._told]
        if left is not None and moments:
            self._told = min(moments)
            if waiting and left.seconds > _LAST_MOMENT:
                self._break_in(f"{self._told} seconds left.")

    def _hand_in(self) -> None:
        """Let what was typed count, if it is an answer, before time is up."""
        slot = self.sitting.slot
        typed = "\n".join([*self._typed, _printable(self.lines.unfinished()) or ""]).rstrip("\n")
        with suppress(ValueError):  # half an answer is none
            self.sitting.draft(read(slot, typed) if typed.strip() != DO_NOT_KNOW else None)

    def _take(self, slot: Slot, line: str) -> None:
        """Take a line as the answer, or as a part of one, or say what is wanted instead."""
        if line.strip() == DO_NOT_KNOW and not self._typed:
            self.sitting.skip()
            return
        if slot.question.kind == "recall":
            self._recall(slot)
            return
        if slot.question.several_lines and line:
            self._typed.append(line)
            self.sitting.draft("\n".join(self._typed))
            return
        try:
            answer = read(slot, "\n".join(self._typed) if slot.question.several_lines else line)
        except ValueError as error:
            self._tries += 1
            if self._tries >= _TRIES and not self.lines.terminal:
                raise EOFError from None
            if self.sitting.phase == "asking":
                self._say(f"{error} Try again.")
            return
        self.sitting.answer(answer)

    def _recall(self, slot: Slot) -> None:
        show([words.Piece(slot.question.answers[0], lead="Answer: ")], self.out, self.width)
        self._say("Did you know it? y or n:")
        while True:
            line = (self.lines.next(None) or "").strip().casefold()
            if line in ("y", "yes", "n", "no"):
                self.sitting.answer(line.startswith("y"))
                return
            self._say("Please type y or n:")

    def _explain(self, slot: Slot) -> None:
        """Say how the answer was; where somebody types, wait until it has been read."""
        answered = self.sitting.last
        if answered.slot is not slot:
            return  # time was up for good before this question had its turn
        if self.sitting.terms.exam:
            pieces = [words.Piece(words.time_is_up(answered) if answered.out_of else "Noted.")]
        elif slot.question.kind == "recall":
            pieces = [words.Piece(slot.question.why, lead="Why: ")]
        else:
            pieces = [words.verdict(answered), *words.explained(answered)]
        if self.sitting.phase == "over" and answered.out_of == "quiz":
            pieces = pieces[:1]  # the closing page explains it
        if answered.out_of is not None and self.lines.terminal:
            self.out.write("\n")  # something may stand there without its Enter
        show([*pieces, words.GAP], self.out, self.width)
        if self.sitting.phase == "explaining":
            if self.lines.terminal:
                last = self.sitting.place + 1 == len(self.sitting.paper)
                self._say(f"The clock stands. Enter for the {'result' if last else 'next question'}:")
                self.lines.next(None)
            self.sitting.go_on()

    def _tell_limit(self) -> None:
        left = self.sitting.remaining()
        self._told = float("inf")
        if left is not None:
            self._told = left.seconds
            whose = "for this question" if left.whose == "question" else "left"
            self._say(f"Time: {words.clock(left.seconds)} {whose}.")

    def _prompt(self, slot: Slot) -> None:
        self._say(f"{_wanted(slot)} ({DO_NOT_KNOW} if you do not know):")

    def _break_in(self, text: str) -> None:
        """Say something while somebody may be in the middle of a line."""
        self._say(f"\n{text}" if self.lines.terminal else text)

    def _say(self, text: str) -> None:
        show([words.Piece(text)], self.out, self.width)


def _wanted(slot: Slot) -> str:
    """Return what to type for an answer."""
    question = slot.question
    last = words.letter(len(slot.order) - 1)
    wanted = {
        "one": f"Your answer, a to {last}",
        "true-false": "Your answer, a or b",
        "many": f"All that fit, such as a {last}",
        "order": f"All of a to {last} in their order, such as {last} a ...",
        "number": "Your answer, a number",
        "text": "Your answer",
        "prints": "What it prints",
        "recall": "Answer in your head, then press Enter",
    }[question.kind]
    return f"{wanted}, line by line, then an empty line" if question.several_lines else wanted


def _printable(text: str | None) -> str | None:
    """Return a text without what could act on a terminal when it is shown again."""
    return text and "".join(character for character in text.replace("\t", " ") if character.isprintable())


def read(slot: Slot, typed: str) -> Answer:
    """Return the answer that somebody has typed; raises ValueError saying what is wanted if it is none."""
    question, text = slot.question, typed.strip()
    if question.kind == "number" and number(text) is None:
        raise ValueError("A number is wanted, such as 3 or 0.5.")
    if not text:
        raise ValueError("Please type an answer.")
    if question.kind not in CHOSEN and question.kind != "order":
        return typed
    chosen = tuple(slot.order[place] for place in _places(slot, text.casefold()))
    if question.kind == "order" and len(chosen) != len(slot.order):
        raise ValueError(f"Each of a to {words.letter(len(slot.order) - 1)} is wanted once.")
    if question.kind in ("one", "true-false") and len(chosen) > 1:
        raise ValueError("One of them is wanted.")
    return chosen


def _places(slot: Slot, text: str) -> list[int]:
    """Return the places, as shown, that letters or numbers name: `a c`, `a, c`, `ac`, `1 3`, `b)`."""
    if slot.question.kind == "true-false" and text in ("true", "t", "false", "f"):
        return [int(text.startswith("f"))]
    marks = text.replace(",", " ").replace(")", " ").split()
    if len(marks) == 1 and marks[0].isalpha():
        marks = list(marks[0])
    letters = [letter for letter, _ in words.choices(slot)]
    places = []
    for mark in marks:
        if mark in letters:
            places.append(letters.index(mark))
        elif mark.isdecimal() and mark.isascii() and len(mark) < 3 and 1 <= int(mark) <= len(letters):
            places.append(int(mark) - 1)
        else:
            raise ValueError(f"{mark[:20]!r} is none of a to {letters[-1]}.")
    if len(set(places)) < len(places):
        raise ValueError("One is named twice.")
    return places


def show(pieces: Iterable[words.Piece], out: TextIO, width: int | None) -> None:
    """Write pieces; see `text`."""
    out.write(text(pieces, width))
    out.flush()


def text(pieces: Iterable[words.Piece], width: int | None) -> str:
    """Return pieces as lines; they are wrapped by words where the width is known, code never."""
    shown = []
    for piece in pieces:
        if piece.role == "code":
            lines = textwrap.indent(piece.text.expandtabs(4), "    ", lambda _: True)
        elif width is None:
            lines = piece.lead + piece.text
        else:
            hanging = " " * len(piece.lead)
            lines = "\n".join(
                textwrap.fill(line, max(width, 20), initial_indent=hanging if number else piece.lead,
                              subsequent_indent=hanging, break_on_hyphens=False)
                for number, line in enumerate(piece.text.split("\n"))
            )  # fmt: skip
        shown.append(f"{lines}\n")
    return "".join(shown)
