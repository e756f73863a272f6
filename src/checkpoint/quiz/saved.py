"""Turn a sitting that is under way into JSON and back, so that a crash, Ctrl-C or a closed terminal costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from checkpoint.errors import CheckpointError
from checkpoint.quiz.paper import slot
from checkpoint.quiz.question import CHOSEN, TYPED
from checkpoint.quiz.sitting import Answered, Interruption, Sitting, State, Status, Terms, Whose

if TYPE_CHECKING:
    from checkpoint.quiz.clock import Clock
    from checkpoint.quiz.paper import Slot
    from checkpoint.quiz.question import Answer, Quiz

VERSION = 1
SAVE_EVERY = 5.0  # seconds, while a question is being asked


def saved(sitting: Sitting) -> dict[str, Any]:
    """Return what `resumed` needs, in values that JSON has."""
    state, terms = sitting.state(), sitting.terms
    return {
        "version": VERSION,
        "quiz": sitting.quiz.sha256,
        "title": sitting.quiz.title,
        "terms": {name: getattr(terms, name) for name in Terms.__slots__},
        "paper": [one.question.number for one in sitting.paper],
        "done": [[one.status, _plain(one.answer), one.seconds, one.out_of] for one in state.done],
        "asking": sitting.phase == "asking" and sitting.slot.question.scored,
        "elapsed": state.elapsed,
        "on_question": state.on_question,
        "draft": _plain(state.draft),
        "interruptions": [[one.kind, one.seconds, one.number] for one in state.interruptions],
    }


def resumed(document: dict[str, Any], quiz: Quiz, clock: Clock, *, unseen: float = 0.0) -> Sitting:
    """Return the sitting that was saved, at the question that was being asked, with its clock standing.

    `unseen` are seconds since it was saved in which the question may still have been on the screen, as after a crash;
    at most `SAVE_EVERY` of them are taken off the time.
    Raises CheckpointError if it belongs to another version of the quiz, or makes no sense.
    """
    if document.get("quiz") != quiz.sha256:
        raise CheckpointError(
            "the questions have changed since this sitting was begun", help="begin anew: checkpoint quiz"
        )
    try:
        if document["version"] != VERSION:
            raise ValueError(document["version"])
        terms = Terms(**document["terms"])
        by_number = {question.number: question for question in quiz.questions}
        numbers = document["paper"]
        if not numbers or len(set(numbers)) < len(numbers):
            raise ValueError(numbers)
        paper = tuple(slot(quiz, by_number[number], terms.seed) for number in numbers)
        done = [_answered(paper[place], *entry) for place, entry in enumerate(document["done"])]
        draft = _answer(paper[len(done)], document["draft"]) if len(done) < len(paper) else None
        interruptions = [_interruption(*entry) for entry in document["interruptions"]]
        taken = min(max(unseen, 0.0), SAVE_EVERY) if document["asking"] is True else 0.0
        elapsed, on_question = _seconds(document["elapsed"]) + taken, _seconds(document["on_question"]) + taken
        state = State(done, elapsed, on_question, draft, interruptions)
        return Sitting(quiz, paper, terms, clock, state)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise CheckpointError(
            f"the saved sitting cannot be read ({type(error).__name__}: {error})", help="begin anew: checkpoint quiz"
        ) from None


def _plain(answer: Answer | None) -> list[int] | str | bool | None:
    return list(answer) if isinstance(answer, tuple) else answer


def _answered(slot: Slot, status: Any, answer: Any, seconds: Any, out_of: Any) -> Answered:
    if status not in get_args(Status) or out_of not in (None, *get_args(Whose)):
        raise ValueError(status, out_of)
    return Answered(slot, status, _answer(slot, answer), _seconds(seconds), out_of)


def _interruption(kind: Any, seconds: Any, number: Any) -> Interruption:
    if kind not in ("slept", "stopped", "resumed") or type(number) is not int:
        raise ValueError(kind, number)
    return Interruption(kind, _seconds(seconds), number)


def _seconds(value: Any) -> float:
    if type(value) not in (int, float) or not 0 <= value < float("inf"):
        raise ValueError(value)
    return float(value)


def _answer(slot: Slot, answer: Any) -> Answer | None:
    """Return an answer in the shape of the question's kind; raises ValueError if it has another."""
    kind = slot.question.kind
    if answer is None:
        return None
    if kind in TYPED and isinstance(answer, str):
        return answer
    if kind == "recall" and isinstance(answer, bool):
        return answer
    if isinstance(answer, list) and (
        (kind in CHOSEN and set(answer) <= set(slot.order))
        or (kind == "order" and sorted(answer) == sorted(slot.order))
    ):
        return tuple(answer)
    raise ValueError(answer)
