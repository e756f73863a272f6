"""Turn what a check raised into its result, in the learner's words."""

from __future__ import annotations

import ast
import linecache
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint.errors import GradingError
from checkpoint.judge import page
from checkpoint.judge.api import Failure, Undecided
from checkpoint.model import CheckResult, Feedback

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpoint.judge.api import Spec
    from checkpoint.judge.app import App
    from checkpoint.judge.source import Place
    from checkpoint.model import Cause, Frame, Location, Status

# What one check may add to a report, whatever the app answered and printed: with 30 frames of 200 characters for
# name and line (`blame`), and 16 lines of 400 around the place (`source`), some 50 KB and the names of its files.
MESSAGE_CHARS = 4000
VALUE_CHARS = 2000
OUTPUT_CHARS = 20_000
# What learners are told around an exception that is none of theirs; whoever speaks to the author takes it off again.
OURS = "This check could not be carried out, through no fault of your app: "
COSTS_NOTHING = ". It costs no points; please tell whoever runs the course."
WORSE: tuple[Status, ...] = ("passed", "blocked", "undecided", "error", "failed")


def result(
    spec: Spec,
    raised: tuple[str, BaseException] | None,
    learner: App,
    *,
    blocked_by: tuple[str, ...],
    compared: tuple[object, object] | None,
    duration_ms: float,
    printed_before: str = "",
) -> CheckResult:
    """Return the result of one check; `raised` is (phase, exception) or None.

    `printed_before` is what the app printed for what this check has looked at and an earlier one had asked for.
    """
    try:
        status, feedback, cause = _judge(spec, raised, learner, bool(blocked_by), compared)
    except Exception as error:  # of what the check left behind; nothing here may raise, or the whole run ends
        status, feedback, cause = "error", _words(_ours(error, spec)), None
    if raised is not None:  # pytest keeps the exception, and its frames would keep all pages that the check has seen
        traceback.clear_frames(raised[1].__traceback__)
    return CheckResult(
        id=spec.id,
        title=spec.title,
        status=status,
        max_points=spec.points,
        feedback=feedback,
        hints=spec.hints,
        cause=cause,
        duration_ms=round(duration_ms, 2),
        output=_shortened((printed_before if status == "failed" else "") + learner.printed()),
        blocked_by=blocked_by,
        visibility=spec.visibility,
    )


def _judge(
    spec: Spec,
    raised: tuple[str, BaseException] | None,
    learner: App,
    blocked: bool,
    compared: tuple[object, object] | None,
) -> tuple[Status, Feedback | None, Cause | None]:
    if blocked:
        return "blocked", None, None
    if raised is None:
        return _passed(spec, learner)
    phase, error = raised[0], _blamed(raised[1])
    if isinstance(error, Failure):
        return "failed", _feedback(error, learner), error.cause
    if isinstance(error, Undecided):
        return "undecided", _words(error.message, at=learner.source.locate(error.at)), None
    if isinstance(error, pytest.skip.Exception):
        return "undecided", _words(f"This check was left out: {error.msg}"), None
    if isinstance(error, pytest.fail.Exception):
        return "failed", _words(str(error.msg)), None
    if isinstance(error, AssertionError) and phase == "call" and _is_beside(spec, error):
        return "failed", _plain_assert(error, spec, compared), None
    return "error", _words(_ours(error, spec)), None


def _blamed(error: BaseException) -> BaseException:
    """Return what an exception amounts to: if it came of reading a response, a failure of the app that sent it.

    Then there is a frame of Werkzeug's, or of `page`, in which that response is at hand.
    """
    if not isinstance(error, Exception) or isinstance(error, Failure | Undecided | GradingError):
        return error
    for frame, _line in traceback.walk_tb(error.__traceback__):
        if frame.f_globals.get("__name__", "").partition(".")[0] == "werkzeug" or frame.f_globals is vars(page):
            read = next((value for value in frame.f_locals.values() if isinstance(value, page.Page)), None)
            if read is not None:
                return read.unreadable(error)
    return error


def _passed(spec: Spec, learner: App) -> tuple[Status, Feedback | None, None]:
    """Count a pass, unless it rests on reports that the submission tampers with."""
    if spec.inside and learner.source.tampering:
        reached, place = learner.source.tampering[0]
        return "undecided", _unreliable(f"the code reaches for `{reached}` (line {place.line})", learner, place), None
    if spec.inside and learner.replaced:
        what = ", ".join(sorted(learner.replaced))
        return "undecided", _unreliable(f"while it ran, the app put something else in place of {what}", learner), None
    return "passed", None, None


def _unreliable(why: str, learner: App, place: Place | None = None) -> Feedback:
    return _words(
        f"This check relies on what the app's own process reports, and {why}, which can change such reports. A person "
        "has to look. It can be checked once that is taken out.",
        at=learner.source.locate(place),
    )


def _feedback(failure: Failure, learner: App) -> Feedback:
    place = learner.source.locate(failure.at)
    return _words(failure.message, failure.expected, failure.actual, at=place, frames=failure.traceback)


def _words(
    message: str,
    expected: str | None = None,
    actual: str | None = None,
    *,
    at: Location | None = None,
    frames: tuple[Frame, ...] = (),
) -> Feedback:
    """Return feedback within the bounds: there may be a response's words in any text."""
    wanted, got = (value if value is None else value[:VALUE_CHARS] for value in (expected, actual))
    return Feedback(message[:MESSAGE_CHARS], wanted, got, at, frames)


def _shortened(output: str) -> str:
    """Return what was printed, without the middle if there were too many workers to print it."""
    half = OUTPUT_CHARS // 2
    left_out = len(output) - 2 * half
    return output if left_out <= 100 else f"{output[:half]}\n[... {left_out} characters left out ...]\n{output[-half:]}"


def _plain_assert(error: AssertionError, spec: Spec, compared: tuple[object, object] | None) -> Feedback:
    """Put a plain assert into words: the author's, or else the assertion itself."""
    text = str(error)
    message, separator, _rest = text.partition("\nassert ")
    if not separator and text.startswith("assert "):
        message = ""
    expected = actual = None
    if compared is not None:
        actual, expected = (_shown(value) for value in compared)
    if not message.strip():
        message = f"{spec.title}: this does not hold: `{_assertion(error)}`"
    return _words(message.strip(), expected, actual)


def _shown(value: object) -> str:
    """Return a value as text, whatever it is."""
    return value if isinstance(value, str) else _text(value, repr)


def _text(value: object, made: Callable[[object], str] = str) -> str:
    """Return what `made` makes of a value; nothing here may raise, or grading ends."""
    try:
        return made(value)
    except Exception as error:
        return f"({type(error).__name__} while showing it)"


def _assertion(error: AssertionError) -> str:
    """Return the source of the assertion that failed."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    lines = [linecache.getline(frame.filename, n) for n in range(frame.lineno or 0, (frame.end_lineno or 0) + 1)]
    source = "".join(lines).strip()
    try:
        statement = ast.parse(source).body[0]
    except SyntaxError:
        return source.removeprefix("assert ")
    return ast.unparse(statement.test) if isinstance(statement, ast.Assert) else source


def _is_beside(spec: Spec, error: BaseException) -> bool:
    """Say whether an assertion stands in the check's file, or in one beside it, such as a conftest.py."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and Path(frames[-1].filename).parent == Path(spec.file).parent


def _ours(error: BaseException, spec: Spec) -> str:
    fixture = getattr(error, "argname", None)  # of pytest's FixtureLookupError, whose own text is not for people
    if fixture:
        words, place = f"fixture {fixture!r} not found", f"{spec.file}:{spec.line}"
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/_pytest/" not in frame.filename]
        words = f"{type(error).__name__}: {_text(error)}"
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else spec.file
    return f"{OURS}{words} ({place}){COSTS_NOTHING}"
