"""Grade a learner's Flask app against a course's solution, and explain what is wrong.

The names below are what a course author imports. They are loaded when first used, so that
`import checkpoint` costs nothing and the worker's side never sees the judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checkpoint.cli import main_for as main
    from checkpoint.judge.api import check, expect, fail, undecided
    from checkpoint.model import Checkpoint, Limits

__version__ = "0.1.0"
__all__ = ["Checkpoint", "Limits", "check", "expect", "fail", "main", "undecided"]

_HOMES = {
    "Checkpoint": ("checkpoint.model", "Checkpoint"),
    "Limits": ("checkpoint.model", "Limits"),
    "check": ("checkpoint.judge.api", "check"),
    "expect": ("checkpoint.judge.api", "expect"),
    "fail": ("checkpoint.judge.api", "fail"),
    "undecided": ("checkpoint.judge.api", "undecided"),
    "main": ("checkpoint.cli", "main_for"),
}


def __getattr__(name: str) -> object:
    """Load a public name from where it lives (PEP 562)."""
    try:
        module, attribute = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    from importlib import import_module

    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value
