"""Give authors the words that a check is written in: `check`, `expect`, `fail`, `undecided`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, get_args

from checkpoint.model import Visibility

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from checkpoint.judge.source import Place
    from checkpoint.model import Cause, Frame

SPEC = "__checkpoint_spec__"

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class Spec:
    """Hold what an author says about a check; `file` and `line` are where they say it."""

    id: str
    title: str
    points: int = 1
    hints: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    inside: bool = False
    visibility: Visibility = "visible"
    file: str = ""
    line: int = 0

    @property
    def hidden(self) -> bool:
        """Say whether reports are not to describe it."""
        return self.visibility != "visible"


class Failure(AssertionError):
    """The learner's app does not do what the check asks.

    `at` is the place in the learner's files that is to blame, `cause` is set when the app crashed, hung
    or could not be loaded, `traceback` has the learner's own frames.
    """

    def __init__(
        self,
        message: str,
        *,
        expected: Any = None,
        actual: Any = None,
        at: Place | None = None,
        cause: Cause | None = None,
        traceback: tuple[Frame, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = _worded(message)
        self.expected, self.actual = _shown(expected, actual)
        self.at = at
        self.cause = cause
        self.traceback = traceback


class Undecided(Exception):
    """The check cannot be judged automatically; a person has to look."""

    def __init__(self, message: str, *, at: Place | None = None) -> None:
        super().__init__(message)
        self.message = _worded(message)
        self.at = at


def check(
    *,
    title: str | None = None,
    points: int = 1,
    hints: Sequence[str] = (),
    needs: str | Sequence[str] = (),
    inside: bool = False,
    visibility: Visibility = "visible",
) -> Callable[[F], F]:
    """Mark a pytest test function as a check worth `points`.

    Its id is the function's name without `test_`; without a `title`, the docstring's first line is one.
    `hints` go from a nudge to nearly the answer. `needs` names checks that must pass first: otherwise
    this one is blocked, not failed. `inside` says that the verdict rests on what the app's own process
    reports: for a submission whose source tampers with such reports, a pass becomes undecided. `visibility`
    "hidden" makes a check count without being described in any report; "after_due" does so until the due date, for
    platforms that know it.

    Raises TypeError or ValueError on arguments that make no sense.
    """
    if type(points) is not int or points < 0:
        raise ValueError(f"points must be a whole number from 0, not {points!r}")
    for name, value in (("hints", hints), ("needs", needs)):
        if isinstance(value, str) and name == "hints":
            raise TypeError("hints must be a list of texts, not one text")
        if not isinstance(value, str) and not all(isinstance(item, str) for item in value):
            raise TypeError(f"{name} must be texts")
    if visibility not in get_args(Visibility):
        raise ValueError(f"visibility must be one of {', '.join(get_args(Visibility))}, not {visibility!r}")

    def mark(function: F) -> F:
        docstring = (function.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        name = function.__name__
        words = name.removeprefix("test_").replace("_", " ")
        spec = Spec(
            id=name.removeprefix("test_"),
            title=title or (docstring if docstring else words),
            points=points,
            hints=tuple(hints),
            needs=(needs,) if isinstance(needs, str) else tuple(needs),
            inside=inside,
            visibility=visibility,
            file=function.__code__.co_filename,
            line=function.__code__.co_firstlineno,
        )
        setattr(function, SPEC, spec)
        # A second function of this name in the same module will hide the first from pytest; keep count.
        module = sys.modules.get(function.__module__)
        if module is not None:
            vars(module).setdefault(f"{SPEC}s", []).append(spec)
        return function

    return mark


def fail(message: str, *, expected: Any = None, actual: Any = None, at: Place | None = None) -> NoReturn:
    """Fail the check with words for the learner.

    `expected` and `actual` are shown where they help; `at` points into the learner's files, see
    `learner.source.where(...)`.
    """
    __tracebackhide__ = True
    raise Failure(message, expected=expected, actual=actual, at=at)


def expect(
    condition: object, message: str, *, expected: Any = None, actual: Any = None, at: Place | None = None
) -> None:
    """Fail the check with words for the learner unless `condition` holds."""
    __tracebackhide__ = True
    if not condition:
        raise Failure(message, expected=expected, actual=actual, at=at)


def undecided(message: str, *, at: Place | None = None) -> NoReturn:
    """Leave the check to a person; the learner neither earns nor loses its points."""
    __tracebackhide__ = True
    raise Undecided(message, at=at)


def _worded(message: object) -> str:
    """Return a message as text, which it should be; but an author may have taken it from a response."""
    return message if isinstance(message, str) else "" if message is None else repr(message)


def _shown(expected: Any, actual: Any) -> tuple[str | None, str | None]:
    """Return both as text; with their types where only these differ (5 and "5")."""
    one, other = (value if value is None or isinstance(value, str) else repr(value) for value in (expected, actual))
    if one is not None and one == other and type(expected) is not type(actual):
        return repr(expected), repr(actual)
    return one, other
