"""Play a sitting on a terminal: one question at a time, keys at once, and a clock on the last line.

Everything that decides is in the sitting. Here, the question is drawn once, and then only what changes: each second
the five characters of the clock, so that scrollback, screen readers and braille displays are left in peace.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import contextmanager, nullcontext, suppress
from itertools import dropwhile
from typing import TYPE_CHECKING

from checkpoint.quiz import words
from checkpoint.quiz.clock import SystemClock
from checkpoint.quiz.question import CHOSEN, TYPED
from checkpoint.quiz.saved import SAVE_EVERY
from checkpoint.quiz.screen import layout
from checkpoint.quiz.screen.form import ASCII, UNICODE
from checkpoint.quiz.screen.keys import Keys
from checkpoint.quiz.screen.listed import Choice, Order, Ticks
from checkpoint.quiz.screen.pane import Pane
from checkpoint.quiz.screen.typed import Recall, Typing
from checkpoint.quiz.screen.view import Status, View, drawn
from checkpoint.quiz.sitting import Left
from checkpoint.quiz.words import GAP, Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TextIO

    from checkpoint.quiz.clock import Clock
    from checkpoint.quiz.paper import Slot
    from checkpoint.quiz.question import Answer
    from checkpoint.quiz.screen.form import Form, Signs
    from checkpoint.quiz.screen.keys import Key
    from checkpoint.quiz.sitting import Answered, Remaining, Sitting

_LONGEST_WAIT = 1.0  # seconds; so often is looked at the clock and the size of the window
_LATE = 0.5  # seconds without a key after which what was typed too late has ended
_LATE_AT_MOST = 1.5  # seconds; a key that is held down must not shut the learner out
_TICK = 0.001  # seconds; the moment after one at which something changes
_SHORTEST_STOP = 1.0  # seconds; less is not worth telling
_YELLOW, _RED = 60.0, 10.0  # seconds left, but of short limits no more than these parts:
_YELLOW_PART, _RED_PART = 1 / 2, 1 / 4


def play(
    sitting: Sitting, save: Callable[[], None], *, out: TextIO, color: bool, unicode: bool, clock: Clock | None = None
) -> None:
    """Ask until the sitting is over, with keys from standard input; `save` is called as things happen.

    Raises Left, with the sitting stopped and saved, when the learner leaves. The terminal is given back as it was.
    """
    with Keys() as keys, _open(Pane(out)) as pane:
        screen = _Screen(sitting, save, keys, pane, clock or SystemClock(), color=color, unicode=unicode)
        try:
            screen.play()
        except Left:
            sitting.stop()
            save()
            raise


def show(pieces: Iterable[Piece], *, out: TextIO, color: bool, unicode: bool) -> None:
    """Print pieces, wrapped by words to the terminal's width."""
    columns, _ = Pane(out).size()
    out.writelines(f"{line}\n" for line in layout.lines(pieces, layout.Look(columns, color, unicode)))
    out.flush()


@contextmanager
def _open(pane: Pane) -> Iterator[Pane]:
    pane.begin()
    try:
        yield pane
    finally:
        with suppress(Left):  # the terminal may be gone
            pane.end()


class _Screen:
    """Hold what is on the screen beside the question: what was said before, and what there is to tell."""

    def __init__(
        self,
        sitting: Sitting,
        save: Callable[[], None],
        keys: Keys,
        pane: Pane,
        clock: Clock,
        *,
        color: bool,
        unicode: bool,
    ) -> None:
        self._sitting = sitting
        self._save = save
        self._keys = keys
        self._pane = pane
        self._clock = clock
        self._color = color
        self._signs = UNICODE if unicode else ASCII
        self._size = pane.size()
        self._pressed: deque[Key] = deque()  # what came in one burst and is not used yet
        self._kept: list[Piece] = []
        self._told = len(sitting.interruptions)
        self._notice = ""  # what has happened, until the next key
        self._happened: list[Piece] = []  # the same, to stand in the transcript
        self._saved_at = clock.now()
        self._view = View([])

    def play(self) -> None:
        """Ask and explain until the sitting is over."""
        while self._sitting.phase != "over":
            self._ask()

    def _ask(self) -> None:
        """Ask one question, take its answer, and explain it."""
        sitting, slot, place = self._sitting, self._sitting.slot, self._sitting.place
        asked = [words.heading(sitting), *words.asked(slot)]
        form = _form(slot, sitting.draft_answer, self._signs)
        self._view = _asking(asked, form)
        sitting.start()
        self._draw()
        self._save_now()
        while sitting.phase == "asking" and sitting.place == place:
            key = self._next_key(_until_next_second(sitting.remaining()))
            if key is not None and not self._view.scroll(key):
                self._press(form, key)
                self._view.update(_asking(asked, form))
            sitting.tick()
            if self._clock.now() - self._saved_at >= SAVE_EVERY:
                self._save_now()
        self._save_now()
        self._settle(asked, form, sitting.last)

    def _press(self, form: Form, key: Key) -> None:
        """Let the form take a key, and tell the sitting what follows."""
        draft = form.draft
        act = form.press(key)
        if form.draft != draft:
            self._sitting.draft(form.draft)
        if act == "skip":
            self._sitting.skip()
        elif act == "answer" and form.answer is not None:
            self._sitting.answer(form.answer)

    def _settle(self, asked: list[Piece], form: Form, answered: Answered) -> None:
        """Show how the answer was, and leave it on the screen."""
        sitting = self._sitting
        marked = not sitting.terms.exam and answered.out_of != "quiz"
        pieces = [*asked, GAP, *form.settled(answered, marked=marked)]
        self._notice_interruptions()
        pieces += [GAP, *self._happened]
        self._happened = []
        verdict = len(pieces)
        if sitting.terms.exam and answered.out_of is None:
            pieces.append(Piece("Noted.", "quiet"))
        elif not marked:
            pieces.append(Piece(words.time_is_up(answered), "unanswered"))
        else:
            pieces += [words.verdict(answered), *_explanation(answered)]
        if sitting.phase == "explaining":
            self._explain(pieces, verdict, late=answered.out_of is not None)
        self._keep([*pieces, GAP])
        if answered.out_of is not None and not marked:
            with suppress(Left) if sitting.phase == "over" else nullcontext():  # there is nothing left to leave
                self._drop_late_keys()

    def _explain(self, pieces: list[Piece], verdict: int, *, late: bool) -> None:
        """Show the explanation until it has been read; the clock stands."""
        last = self._sitting.place + 1 == len(self._sitting.paper)
        hints = ["Enter: result" if last else "Enter: next question", "Ctrl-C: leave"]
        if self._sitting.quiz.seconds is not None and not self._sitting.terms.untimed:
            hints.insert(1, "the clock stands")
        self._view = View([*pieces, GAP], hints, verdict, follows=True, on_top=True)
        if late:
            self._draw()
            self._drop_late_keys()
        while True:
            key = self._next_key(_LONGEST_WAIT)
            if key is not None and not self._view.scroll(key) and (key.name in ("enter", "right") or key.text == " "):
                break
        self._sitting.go_on()

    def _next_key(self, timeout: float) -> Key | None:
        """Return a key that is for the question; what is for the terminal itself is done here."""
        before = self._clock.now()
        if not self._pressed:
            self._draw()
            self._pressed.extend(self._keys.wait(timeout))
        if not self._pressed:
            return None
        key = self._pressed.popleft()
        if not self._for_terminal(key, before):
            self._notice = ""
            return key
        return None

    def _for_terminal(self, key: Key, before: float) -> bool:
        """Do what a key or a signal does whatever is on the screen; say whether it was one of these."""
        match key.name:
            case "leave":
                raise Left
            case "redraw":
                self._renew()
            case "suspend":
                before = self._clock.now()
                self._pane.end()
                self._keys.suspend()
                self._pane.begin()
                self._stopped(before)
            case "continued":
                self._keys.resume()
                self._pane.lost()
                self._stopped(before)
            case _:
                return False
        return True

    def _stopped(self, before: float) -> None:
        """Note that we were stopped from that time till now."""
        seconds = self._clock.now() - before
        if seconds >= _SHORTEST_STOP and self._sitting.phase == "asking":
            self._sitting.interrupted("stopped", seconds)
        self._size = self._pane.size()

    def _drop_late_keys(self) -> None:
        """Forget what was meant for a question that is over, until the learner has stopped typing."""
        self._pressed.clear()
        start = last = time.monotonic()
        while (now := time.monotonic()) < min(last + _LATE, start + _LATE_AT_MOST):
            keys = self._keys.wait(min(last + _LATE, start + _LATE_AT_MOST) - now)
            if keys:
                last = time.monotonic()
            for key in keys:
                self._for_terminal(key, self._clock.now())

    def _draw(self) -> None:
        """Bring the screen up to date."""
        if self._pane.size() != self._size:
            self._renew()
            return
        self._notice_interruptions()
        sitting = self._sitting
        left = sitting.remaining() if sitting.phase == "asking" else None
        status = Status(left, *_warnings(sitting, left), self._notice)
        self._pane.draw(*drawn(self._view, status, self._look(), self._size[1], self._signs))

    def _notice_interruptions(self) -> None:
        new = self._sitting.interruptions[self._told :]
        if new:
            self._told += len(new)
            self._notice = " ".join(map(words.interruption, new))
            self._happened += [Piece(words.interruption(one), "quiet") for one in new]

    def _keep(self, pieces: list[Piece]) -> None:
        """Leave pieces on the screen for good."""
        self._pane.keep(layout.lines(pieces, self._look()))
        self._kept += pieces
        self._view = View([])

    def _renew(self) -> None:
        """Draw the whole screen anew, at the size that it has now."""
        self._size = self._pane.size()
        self._view.follows = True
        rows = self._size[1]
        block = len(drawn(self._view, Status(None), self._look(), rows, self._signs)[0])
        before = layout.lines(self._kept[-rows:], self._look())
        self._pane.renew(before[max(len(before) - rows + block, 0) :] if block < rows else [])
        self._draw()

    def _look(self) -> layout.Look:
        return layout.Look(self._size[0], self._color, self._signs is UNICODE)

    def _save_now(self) -> None:
        self._saved_at = self._clock.now()
        self._save()


def _form(slot: Slot, draft: Answer | None, signs: Signs) -> Form:
    """Return the form for a question, filled in with what was there before."""
    kind = slot.question.kind
    if kind in TYPED:
        return Typing(slot, draft, signs)
    if kind in CHOSEN:
        return Ticks(slot, draft, signs) if kind == "many" else Choice(slot, draft, signs)
    return Order(slot, draft, signs) if kind == "order" else Recall(slot, draft, signs)


def _asking(asked: list[Piece], form: Form) -> View:
    """Return what there is to see while a question is being asked."""
    before = [*asked, GAP]
    focus = None if form.at is None else len(before) + form.at
    return View([*before, *form.pieces(), GAP], form.hints(), focus, editor=form.editor, message=form.message)


def _explanation(answered: Answered) -> list[Piece]:
    """Return the explanation without what the marks beside options and items say already."""
    pieces = words.explained(answered)
    if answered.slot.question.kind in CHOSEN:
        return list(dropwhile(lambda piece: piece.lead != "Why: ", pieces))
    if answered.slot.question.kind == "order":
        return [piece for piece in pieces if piece.role != "wrong"]
    return pieces


def _until_next_second(left: Remaining | None) -> float:
    """Return how long the clock shows what it shows now, in seconds."""
    return _LONGEST_WAIT if left is None else left.seconds % 1 + _TICK


def _warnings(sitting: Sitting, left: Remaining | None) -> tuple[bool, bool]:
    """Say whether there is little time left, and whether very little."""
    limit = None
    if left is not None:
        limit = sitting.quiz.seconds if left.whose == "quiz" else sitting.slot.question.seconds
    if left is None or limit is None:
        return False, False
    limit *= sitting.terms.time_scale
    return left.seconds <= min(_YELLOW, limit * _YELLOW_PART), left.seconds <= min(_RED, limit * _RED_PART)
