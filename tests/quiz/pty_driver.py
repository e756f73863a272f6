"""Play a small sitting on this terminal, as the command does, with a clock that a test can put forward.

Arguments: a JSON object with `ask` (names of QUESTIONS), `result` (a file to write), and what there is of `seconds`,
`draft`, `exam`, `color`, `ascii`, `fail` (at the second time that it is saved), `at` (a file with the seconds by which
the clock is ahead, and how many of them were slept).
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from checkpoint.quiz import words
from checkpoint.quiz.paper import drawn
from checkpoint.quiz.question import Option, Question, Quiz
from checkpoint.quiz.screen import play as screen
from checkpoint.quiz.sitting import Left, Sitting, State, Terms

LOREM = "which of them it is that goes through all of the tasks in a template and shows one line for each of them"
NAMES = ("one", "two", "three", "four", "five")
QUESTIONS = {
    "one": Question(
        1, "one", "Which loops in Jinja2?", "Statements stand in {% %}.", code="tasks = ['a']\n",
        options=(Option("{{ for }}", why="Only expressions."), Option("{% for %}", True), Option("@for")),
    ),
    "many": Question(
        1, "many", "Which run on every request?", "as_view runs once.",
        options=(Option("before_request", True), Option("after_request", True), Option("as_view")),
    ),
    "true-false": Question(
        1, "true-false", "Cookies are text.", "So int().", options=(Option("True", True), Option("False"))
    ),
    "text": Question(1, "text", "What is raised?", "They do not add.", answers=("TypeError",)),
    "number": Question(1, "number", "Which status?", "No rule matches.", answers=("404",)),
    "prints": Question(1, "prints", "What is printed?", "One a line.", answers=("1\n2",), code="print(1)\nprint(2)"),
    "order": Question(1, "order", "In which order?", "Top to bottom.", items=("before", "view", "after")),
    "recall": Question(1, "recall", "What is g for?", "New each time.", answers=("One request.",)),
    "short": Question(1, "text", "Quick!", "Too slow.", answers=("x",), seconds=20),
    "long": Question(
        1, "one", f"Say {LOREM}?", f"For {LOREM}.",
        options=tuple(Option(f"option {name}: {LOREM}", name == "five") for name in NAMES),
    ),
}  # fmt: skip


class Clock:
    def __init__(self, at: str | None) -> None:
        self._at = at and Path(at)

    def _ahead(self) -> list[float]:
        return [float(part) for part in self._at.read_text().split()] if self._at else [0.0, 0.0]

    def now(self) -> float:
        return time.monotonic() + self._ahead()[0]

    def asleep(self) -> float:
        return self._ahead()[1]


def main(ask: list[str], **how: object) -> None:
    """Play; write what came of it."""
    questions = tuple(replace(QUESTIONS[name], number=number) for number, name in enumerate(ask, 1))
    quiz = Quiz("Small", questions, "0" * 64, how.get("seconds"), shuffle="none")
    draft = how.get("draft")
    state = State(draft=tuple(draft) if isinstance(draft, list) else draft)
    clock = Clock(how.get("at"))
    sitting = Sitting(quiz, drawn(quiz, 1), Terms(1, exam=bool(how.get("exam"))), clock, state)
    left, saves = False, []
    look = {"color": bool(how.get("color")), "unicode": not how.get("ascii")}

    def save() -> None:
        saves.append(sitting.state().draft)
        if how.get("fail") and len(saves) > 1:
            raise ZeroDivisionError

    try:
        screen.play(sitting, save, out=sys.stdout, clock=clock, **look)
        screen.show(words.closing(sitting.result()), out=sys.stdout, **look)
    except Left:
        left = True
    done = [one for one in sitting.result().answered if one.status != "not_reached"]
    Path(how["result"]).write_text(
        json.dumps({
            "answers": [one.answer for one in done],
            "statuses": [one.status for one in done],
            "left": left,
            "saved": saves,
            "interruptions": [[one.kind, round(one.seconds)] for one in sitting.interruptions],
        })
    )  # fmt: skip
    print("left" if left else "the end")


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
