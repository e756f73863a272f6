"""Tell an author what a check raised, without the words around it that are for the learner."""

from __future__ import annotations

from checkpoint.judge.outcome import COSTS_NOTHING, OURS
from checkpoint.verify.places import place


def unwrapped(told: str) -> tuple[str, str | None]:
    """Return the exception and where it was raised; other words as they are, and no place."""
    words, _, at = told.removeprefix(OURS).removesuffix(COSTS_NOTHING).rpartition(" (")
    file, _, line = at.removesuffix(")").rpartition(":")
    if told.startswith(OURS) and file and line.isdecimal():
        return words, place(file, int(line))
    return told, None
