"""Turn the result of a sitting into its JSON record, `checkpoint.sitting/1`; its schema is published beside this file.

Right answers and explanations are left out: a record goes to places where the next learner may read it.
"""

from __future__ import annotations

import json
import platform
from typing import TYPE_CHECKING, Any

from checkpoint import __version__
from checkpoint.quiz.question import CHOSEN

if TYPE_CHECKING:
    from checkpoint.model import Checkpoint
    from checkpoint.quiz.question import Answer, Question
    from checkpoint.quiz.sitting import Answered, Result

SCHEMA = "checkpoint.sitting/1"


def document(
    result: Result, *, mode: str, checkpoint: Checkpoint | None = None, started: str | None = None
) -> dict[str, Any]:
    """Return the record; times are seconds.

    `mode` is practice, exam or answers; `checkpoint` is the one whose quiz this is; `started` is
    an ISO 8601 time, for people: no limit is measured by it.
    """
    terms, score = result.terms, result.score
    clocked = mode != "answers"
    return {
        "schema": SCHEMA,
        "complete": result.complete,
        "passed": result.passed,
        "mode": mode,
        "checkpoint": checkpoint and {"id": checkpoint.id, "title": checkpoint.title},
        "quiz": {"title": result.quiz.title, "sha256": result.quiz.sha256},
        "seed": terms.seed if clocked else None,
        "count": terms.count,
        "missed": terms.missed,
        "started": started,
        "score": {name: getattr(score, name) for name in ("earned", "possible", "percent", "pass_percent")},
        "seconds": round(result.seconds, 3) if clocked else None,
        "limit_seconds": _limit(result, result.quiz.seconds) if clocked else None,
        "timed_out": result.timed_out if clocked else False,
        "accommodations": {"time_scale": terms.time_scale, "untimed": terms.untimed},
        "interruptions": [
            {"kind": one.kind, "seconds": round(one.seconds, 3), "question": one.number} for one in result.interruptions
        ],
        "questions": [_question(one, result, clocked=clocked) for one in result.answered],
        "versions": {"checkpoint": __version__, "python": platform.python_version()},
    }


def text(record: dict[str, Any]) -> str:
    """Return a record as the text of a file: pure ASCII, for a learner's answers stand in it."""
    return json.dumps(record, indent=2) + "\n"


def _question(one: Answered, result: Result, *, clocked: bool) -> dict[str, Any]:
    question = one.slot.question
    return {
        "number": question.number,
        "id": question.id,
        "kind": question.kind,
        "ask": question.ask,
        "status": one.status,
        "points": int(one.status == "right"),
        "max_points": int(question.scored),
        "answer": _answer(question, one.answer),
        "seconds": round(one.seconds, 3) if clocked else None,
        "limit_seconds": _limit(result, question.seconds) if clocked else None,
        "timed_out": one.out_of,
    }


def _answer(question: Question, answer: Answer | None) -> str | bool | list[str] | None:
    """Return an answer in words, which mean the same whatever order the options were shown in."""
    if not isinstance(answer, tuple):
        return answer
    if question.kind in CHOSEN:
        return [question.options[place].text for place in sorted(answer)]
    return [question.items[place] for place in answer]


def _limit(result: Result, seconds: float | None) -> float | None:
    return None if seconds is None or result.terms.untimed else round(seconds * result.terms.time_scale, 3)
