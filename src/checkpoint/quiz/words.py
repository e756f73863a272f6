"""Say in words what is asked, how an answer was, and how a sitting ended; both front ends and the marks show these."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from checkpoint.quiz.question import CHOSEN
from checkpoint.quiz.sitting import WEAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checkpoint.quiz.paper import Slot
    from checkpoint.quiz.question import Answer
    from checkpoint.quiz.sitting import Answered, Interruption, Result, Sitting, Status, Terms

Role = Literal["plain", "strong", "quiet", "code", "right", "wrong", "unanswered"]

_SHORT = 10  # pieces that are on any screen at once
_MINUTE, _HOUR = 60, 3600  # seconds


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one paragraph: `lead` stands before it and the rest hangs below the text; code keeps its lines."""

    text: str
    role: Role = "plain"
    lead: str = ""


GAP = Piece("")


def heading(sitting: Sitting) -> Piece:
    """Return which question this is."""
    scored = [slot for slot in sitting.paper if slot.question.scored]
    if sitting.slot.question.scored:
        return Piece(f"Question {sitting.place + 1} of {len(scored)}", "strong")
    number, of = sitting.place + 1 - len(scored), len(sitting.paper) - len(scored)
    return Piece(f"Recall card {number} of {of} (not scored, no clock)", "strong")


def asked(slot: Slot) -> list[Piece]:
    """Return the question itself, without its options."""
    question = slot.question
    pieces = [Piece(question.ask)]
    if question.code is not None:
        pieces += [GAP, Piece(question.code, "code"), GAP]
    return pieces


def choices(slot: Slot) -> list[tuple[str, str]]:
    """Return letter and text of each option or item, as shown."""
    texts = [option.text for option in slot.question.options] or list(slot.question.items)
    return [(letter(place), texts[number]) for place, number in enumerate(slot.order)]


def letter(place: int) -> str:
    """Return the letter of what is shown at a place, counted from 0."""
    return chr(ord("a") + place)


def verdict(answered: Answered) -> Piece:
    """Return right or wrong, in a line; time that ran out is told first."""
    text, role = _VERDICTS[answered.status]
    if answered.out_of is None:
        return Piece(text, role)
    up = time_is_up(answered)
    return Piece(f"{up} {text}" if answered.status == "unanswered" else f"{up} What you had is handed in. {text}", role)


def time_is_up(answered: Answered) -> str:
    """Return whose time was up, and nothing of how the answer was."""
    return "Time is up for this question." if answered.out_of == "question" else "Time is up."


_VERDICTS: dict[Status, tuple[str, Role]] = {
    "right": ("Right.", "right"),
    "wrong": ("Not right.", "wrong"),
    "unanswered": ("Not answered.", "unanswered"),
    "not_reached": ("Not reached.", "unanswered"),
    "known": ("You knew it.", "right"),
    "unknown": ("Not yet. It will stick better next time.", "unanswered"),
}


def explained(answered: Answered) -> list[Piece]:
    """Return what was answered where that was not right, what is right, and why."""
    question = answered.slot.question
    pieces = []
    if question.scored and answered.status != "right":
        if answered.answer is not None:
            pieces += _answer_pieces(answered.slot, answered.answer, "You: ", "wrong")
        pieces += _answer_pieces(answered.slot, _solution(answered), "Right: ", "right")
    elif not question.scored:
        pieces.append(Piece(question.answers[0], lead="Answer: "))
    pieces.append(Piece(question.why, lead="Why: "))
    if question.see:
        pieces.append(Piece(question.see, "quiet", lead="Read: "))
    return pieces


def closing(result: Result, *, explain: bool = True) -> list[Piece]:
    """Return the closing page: score, time, what was not right with its explanation, and what to read again.

    After an exam every question is explained, for none has been yet; without `explain` none is, as where the answers
    are graded for marks.
    """
    pieces = [_score(result), *map(_under, _circumstances(result)), GAP]
    for answered in result.answered:
        if not answered.slot.question.scored or answered.status == "not_reached":
            continue
        if answered.status == "right" and not (result.terms.exam and explain):
            continue
        pieces.append(Piece(answered.slot.question.ask, "strong", lead=f"{answered.slot.question.number}. "))
        if not explain:
            pieces += [_under(verdict(answered).text), GAP]
            continue
        if answered.slot.question.code is not None:
            pieces.append(Piece(answered.slot.question.code, "code"))
        pieces += [verdict(answered), *explained(answered), GAP]
    explained_any = len(pieces) > _SHORT
    pieces += _read_again(result)
    if explained_any:  # what came first may have scrolled away
        pieces += [GAP, _score(result)] if pieces[-1] != GAP else [_score(result)]
    return pieces[:-1] if pieces[-1] == GAP else pieces


def _score(result: Result) -> Piece:
    score = result.score
    recalled = [one.status for one in result.answered if not one.slot.question.scored]
    cards = f"{recalled.count('known')} of {len(recalled)} recall cards known"
    if not score.possible:
        return Piece(f"{cards}. They are not scored.", "strong")
    passed = "passed" if result.passed else "not passed" if result.complete else "not finished"
    right = f"{score.earned} of {score.possible} right ({score.percent:g} %)"
    text = f"{right}: {passed}. Pass mark: {score.pass_percent:g} %."
    known = {"known", "unknown"} & set(recalled)
    return Piece(f"{text} {cards}." if known else text, "right" if result.passed else "wrong")


def _circumstances(result: Result) -> Iterator[str]:
    """Yield time, accommodations and interruptions, a line each."""
    if result.seconds:
        limit = result.quiz.seconds
        of = f" of {duration(limit * result.terms.time_scale)}" if limit and not result.terms.untimed else ""
        yield f"Time: {duration(result.seconds)}{of}."
    unreached = [one for one in result.answered if one.slot.question.scored and one.status == "not_reached"]
    if unreached and result.complete:
        yield f"Time ran out before {_questions(len(unreached))}: not reached, which is not wrong."
    if special := accommodations(result.terms):
        yield f"{special}."
    yield from map(interruption, result.interruptions)


def accommodations(terms: Terms) -> str:
    """Return what was made easier for this learner; nothing if nothing was."""
    if terms.untimed:
        return "Without a time limit"
    return f"Time limits times {terms.time_scale:g}" if terms.time_scale != 1 else ""


def interruption(one: Interruption) -> str:
    """Return what happened, and what the clock did meanwhile."""
    lasted = duration(one.seconds)
    if one.kind == "resumed":
        return f"Gone on with after {lasted}; the clock stood meanwhile."
    what = "The computer slept" if one.kind == "slept" else "The quiz was stopped"
    return f"{what} for {lasted}; the clock went on."


def _read_again(result: Result) -> list[Piece]:
    """Return the places to read again, each once, for all that was not right."""
    places = dict.fromkeys(
        one.slot.question.see for one in result.answered if one.status in WEAK and one.slot.question.see
    )
    return [Piece("Read again:", "strong"), *(Piece(place, lead="- ") for place in places)] if places else []


def _solution(answered: Answered) -> Answer:
    question = answered.slot.question
    if question.kind in CHOSEN:
        return question.right_options
    return tuple(range(len(question.items))) if question.kind == "order" else question.answers[0]


def _answer_pieces(slot: Slot, answer: Answer, lead: str, role: Role) -> list[Piece]:
    """Return an answer in words: options with their letters, items in order, a text as it is."""
    if isinstance(answer, bool):
        return []
    if isinstance(answer, str):
        several = "\n" in answer
        return [Piece("", role, lead), Piece(answer, "code")] if several else [Piece(answer, role, lead)]
    question = slot.question
    if question.kind == "order":
        gap = " " * len(lead)
        return [
            Piece(question.items[place], role, f"{gap if number else lead}{number + 1}. ")
            for number, place in enumerate(answer)
        ]
    pieces = []
    for place in sorted(answer, key=slot.order.index):
        option = question.options[place]
        mark = f"{letter(slot.order.index(place))}) "
        pieces.append(Piece(option.text, role, lead + mark))
        lead = " " * len(lead)
        if option.why:
            pieces.append(Piece(option.why, "quiet", lead=lead + " " * len(mark)))
    return pieces


def duration(seconds: float) -> str:
    """Return seconds as m:ss, or h:mm:ss; half a second and more counts as one."""
    whole = int(seconds + 0.5)
    minutes, rest = whole % _HOUR // _MINUTE, whole % _MINUTE
    return f"{whole // _HOUR}:{minutes:02}:{rest:02}" if whole >= _HOUR else f"{minutes}:{rest:02}"


def clock(seconds: float) -> str:
    """Return the time left as it is shown: a second that has begun still counts, so 0:00 is the end."""
    return duration(math.ceil(seconds))


def _questions(number: int) -> str:
    return f"{number} question" if number == 1 else f"{number} questions"


def _under(text: str) -> Piece:
    return Piece(text, "quiet")
