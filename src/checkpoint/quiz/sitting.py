"""Run one timed pass through a quiz: pure, with the clock put in, so that every front end decides alike.

A sitting is `asking` (the clock runs), `explaining` (it stands, and the last answer's explanation is shown) or `over`.
Every method reads the clock once and first sees whether the time was up by then, so it does not matter whether a front
end ticks before an answer or after it. An answer in the very instant in which time runs out still counts.

When time runs out, the answers given stand, what was typed or marked so far is handed in, and what was not asked was
not reached, which is not the same as wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from checkpoint.model import Score
from checkpoint.quiz.question import is_right

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkpoint.quiz.clock import Clock
    from checkpoint.quiz.paper import Slot
    from checkpoint.quiz.question import Answer, Quiz

Phase = Literal["asking", "explaining", "over"]
# `unanswered`: it was asked, and then skipped or timed out; `known`, `unknown`: how a recall card was rated.
Status = Literal["right", "wrong", "unanswered", "not_reached", "known", "unknown"]
WEAK: tuple[Status, ...] = ("wrong", "unanswered", "unknown")  # what is worth asking again
Whose = Literal["quiz", "question"]

_SHORTEST_SLEEP = 1.0  # seconds; less is two clocks read one after the other


class Left(Exception):
    """The learner has left before the end: Ctrl-C, a closed terminal, input that ended."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Say what one sitting was begun under; all of it stands in its record.

    `exam` keeps explanations for the end and leaves recall cards out. `time_scale` stretches every limit, `untimed`
    takes them away: both are accommodations. `count` and `missed` say how the questions were chosen.
    """

    seed: int
    exam: bool = False
    untimed: bool = False
    time_scale: float = 1.0
    count: int | None = None
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """Hold what became of one question; `seconds` is the time it took, `out_of` whose time was up."""

    slot: Slot
    status: Status
    answer: Answer | None = None
    seconds: float = 0.0
    out_of: Whose | None = None


@dataclass(frozen=True, slots=True)
class Interruption:
    """Note that a sitting was not gone through in one go: `number` is the question that was being asked."""

    kind: Literal["slept", "stopped", "resumed"]
    seconds: float
    number: int


@dataclass(frozen=True, slots=True)
class Remaining:
    """Say how long there still is, and whether it is the quiz's time or this question's."""

    seconds: float
    whose: Whose


@dataclass(frozen=True, slots=True)
class Result:
    """Hold everything about a sitting; `complete` is False if it was broken off, `seconds` leaves explanations out."""

    quiz: Quiz
    terms: Terms
    answered: tuple[Answered, ...]
    score: Score
    seconds: float
    interruptions: tuple[Interruption, ...] = ()
    complete: bool = True

    @property
    def passed(self) -> bool:
        """Say whether the pass mark was reached, and the sitting gone through."""
        return self.complete and self.score.passed

    @property
    def timed_out(self) -> bool:
        """Say whether the quiz's own time ran out."""
        statuses = (answered.status for answered in self.answered)
        return self.complete and (self.answered[-1].out_of == "quiz" or "not_reached" in statuses)


@dataclass(slots=True)
class State:
    """Hold what a sitting has to remember to be gone on with."""

    done: list[Answered] = field(default_factory=list)
    elapsed: float = 0.0  # seconds of the quiz's time that are used up
    on_question: float = 0.0  # seconds of the question being asked
    draft: Answer | None = None
    interruptions: list[Interruption] = field(default_factory=list)


class Sitting:
    """Take the answers to a paper, one question after the other, and keep the time."""

    def __init__(
        self, quiz: Quiz, paper: tuple[Slot, ...], terms: Terms, clock: Clock, state: State | None = None
    ) -> None:
        self.quiz = quiz
        self.terms = terms
        self.paper = paper
        self._clock = clock
        self._state = state or State()
        self._since: float | None = None  # when the clock was started; None while it stands
        self._now = clock.now()
        self._slept = clock.asleep()
        self._phase: Phase = "explaining"
        self._next()

    @property
    def phase(self) -> Phase:
        """Return what is going on."""
        return self._phase

    @property
    def slot(self) -> Slot:
        """Return what is being asked, or explained."""
        return self.paper[self.place]

    @property
    def place(self) -> int:
        """Return the place on the paper, from 0, of what is being asked or explained."""
        return len(self._state.done) - (self._phase != "asking")

    @property
    def last(self) -> Answered:
        """Return what became of the question before."""
        return self._state.done[-1]

    @property
    def draft_answer(self) -> Answer | None:
        """Return what was typed or marked so far."""
        return self._state.draft

    @property
    def interruptions(self) -> tuple[Interruption, ...]:
        """Return when the sitting was not gone on with."""
        return tuple(self._state.interruptions)

    def start(self) -> None:
        """Let the clock run: the question is on the screen."""
        if self._phase == "asking" and self._since is None:
            self._since = self._now = self._clock.now()
            self._slept = self._clock.asleep()

    def stop(self) -> None:
        """Let the clock stand, as when the sitting is broken off; what was used up by now stays so."""
        self._see()
        self._hold()

    def tick(self) -> Interruption | None:
        """See what the time is; return the sleep that the machine has just come out of."""
        before = len(self._state.interruptions)
        self._see()
        return self._state.interruptions[-1] if len(self._state.interruptions) > before else None

    def remaining(self) -> Remaining | None:
        """Return the time left for what is being asked, at least 0; None if there is no limit."""
        self._now = self._clock.now()
        left = self._left()
        return left and Remaining(left.seconds - self._running(), left.whose)

    def draft(self, answer: Answer | None) -> None:
        """Note what is typed or marked so far: it is handed in if time runs out."""
        if self._asking():
            self._state.draft = answer

    def answer(self, answer: Answer) -> None:
        """Hand in an answer; too late, and it is the draft that counts."""
        if self._asking():
            self._done(answer)

    def skip(self) -> None:
        """Leave the question unanswered."""
        if self._asking():
            self._done(None)

    def go_on(self) -> None:
        """Leave the explanation for the next question; its clock starts with `start`."""
        if self._phase == "explaining":
            self._next()

    def interrupted(self, kind: Literal["stopped", "resumed"], seconds: float) -> None:
        """Note that the sitting lay for so many seconds."""
        number = self.slot.question.number if self._phase != "over" else 0
        self._state.interruptions.append(Interruption(kind, seconds, number))

    def state(self) -> State:
        """Return what there is to remember at this moment."""
        self._now = self._clock.now()
        running = self._running()
        if not running:
            return self._state
        return State(
            list(self._state.done),
            self._state.elapsed + running * self.slot.question.scored,
            self._state.on_question + running,
            self._state.draft,
            list(self._state.interruptions),
        )

    def result(self) -> Result:
        """Return what has come of the sitting so far."""
        done = self._state.done
        rest = [Answered(slot, "not_reached") for slot in self.paper[len(done) :]]
        return Result(
            self.quiz,
            self.terms,
            (*done, *rest),
            scored(done + rest, self.quiz.pass_percent),
            self.state().elapsed,
            self.interruptions,
            self._phase == "over",
        )

    def _asking(self) -> bool:
        """Say whether there is still time to answer."""
        self._see()
        return self._phase == "asking"

    def _running(self) -> float:
        """Return the seconds for which the clock has run, but no more than there were."""
        if self._since is None:
            return 0.0
        left = self._left()
        return min(self._now - self._since, left.seconds if left else float("inf"))

    def _left(self) -> Remaining | None:
        """Return what was left when the clock was last started."""
        question = self.slot.question
        if self._phase != "asking" or self.terms.untimed or not question.scored:
            return None
        left = []
        if question.seconds is not None:
            seconds = question.seconds * self.terms.time_scale - self._state.on_question
            left.append(Remaining(max(seconds, 0.0), "question"))
        if self.quiz.seconds is not None:
            seconds = self.quiz.seconds * self.terms.time_scale - self._state.elapsed
            left.append(Remaining(max(seconds, 0.0), "quiz"))
        return min(left, key=lambda one: one.seconds, default=None)

    def _see(self) -> None:
        """Read the clock; note a sleep, and that the time is up."""
        self._now = self._clock.now()
        if self._since is None:
            return
        asleep = self._clock.asleep()
        if asleep - self._slept >= _SHORTEST_SLEEP:
            self._state.interruptions.append(Interruption("slept", asleep - self._slept, self.slot.question.number))
            self._slept = asleep
        left = self._left()
        if left is not None and self._now - self._since > left.seconds:
            self._done(self._state.draft, out_of=left.whose)

    def _hold(self) -> None:
        running = self._running()
        self._since = None
        self._state.on_question += running
        if self._phase == "asking" and self.slot.question.scored:
            self._state.elapsed += running

    def _done(self, answer: Answer | None, out_of: Whose | None = None) -> None:
        """Note the answer, and go on to what comes next."""
        self._hold()
        slot, seconds = self.slot, self._state.on_question
        self._state.on_question, self._state.draft = 0.0, None
        self._state.done.append(Answered(slot, _status(slot, answer), answer, seconds, out_of))
        self._phase = "explaining"
        if out_of == "quiz":
            self._phase = "over"
        elif self.terms.exam or not slot.question.scored:
            self._next()

    def _next(self) -> None:
        """Ask the next question, if there is one, and a moment left to answer it."""
        self._phase = "asking" if len(self._state.done) < len(self.paper) else "over"
        left = self._left()
        if left and left.whose == "quiz" and left.seconds <= 0:
            self._phase = "over"


def _status(slot: Slot, answer: Answer | None) -> Status:
    if answer is None:
        return "unanswered"
    if not slot.question.scored:
        return "known" if answer is True else "unknown"
    return "right" if is_right(slot.question, answer) else "wrong"


def scored(answered: Iterable[Answered], pass_percent: float) -> Score:
    """Return the score: one point a question, none taken away; a paper of recall cards alone is passed."""
    statuses = [one.status for one in answered if one.slot.question.scored]
    earned, possible = statuses.count("right"), len(statuses)
    percent = round(100 * earned / possible, 2) if possible else 100.0
    return Score(earned, possible, percent, pass_percent, percent >= pass_percent)


def marked(quiz: Quiz, paper: tuple[Slot, ...], answers: dict[int, Answer], terms: Terms) -> Result:
    """Return the result of answers that were given elsewhere, without a clock; `answers` goes by question number."""
    answered = [
        Answered(slot, _status(slot, answers.get(slot.question.number)), answers.get(slot.question.number))
        for slot in paper
    ]
    return Result(quiz, terms, tuple(answered), scored(answered, quiz.pass_percent), 0.0)
