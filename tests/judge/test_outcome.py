"""What a check raised becomes a status whose points are earned, lost, or left open, and never anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint.errors import GradingError
from checkpoint.judge.api import Failure, Spec, Undecided
from checkpoint.judge.outcome import MESSAGE_CHARS, VALUE_CHARS, WORSE, result
from checkpoint.judge.source import Place
from checkpoint.model import CheckResult, Frame
from checkpoint.scoring import score

from .apps import Told, app_that_tells

SPEC = Spec("visits", "Visits are counted", points=4, hints=("a", "b"), file=__file__)
INSIDE = Spec("inside", "It is so inside", points=2, inside=True, file=__file__)


def outcome(
    raised: BaseException | None, spec: Spec = SPEC, *, source: str = "x = 1\n", phase: str = "call", blocked: str = ""
) -> CheckResult:
    learner = app_that_tells(Told(), source)
    told = None if raised is None else (phase, raised)
    blocked_by = (blocked,) if blocked else ()
    return result(spec, told, learner, blocked_by=blocked_by, compared=None, duration_ms=1.234)


def caught(error: BaseException) -> BaseException:
    """Return an exception that was raised here."""
    try:
        raise error
    except BaseException as raised:
        return raised


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (None, "passed"),
        (Failure("no"), "failed"),
        (pytest.fail.Exception("no"), "failed"),
        (caught(AssertionError("no")), "failed"),
        (Undecided("look"), "undecided"),
        (pytest.skip.Exception("why"), "undecided"),
        (AssertionError("from nowhere"), "error"),
        (ValueError("ours"), "error"),
        (KeyError(), "error"),
        (GradingError("ours"), "error"),
        (SystemExit(1), "error"),
        (MemoryError(), "error"),
        (RecursionError(), "error"),
    ],
)
def test_each_kind_has_its_status_and_its_points(raised: BaseException | None, status: str):
    judged = outcome(raised)
    assert judged.status == status
    assert (judged.points, judged.max_points) == (4 if raised is None else 0, 4)
    assert (judged.id, judged.title, judged.hints, judged.duration_ms) == (
        "visits",
        "Visits are counted",
        ("a", "b"),
        1.23,
    )
    assert (judged.feedback is None) == (raised is None)
    open_ = status in ("undecided", "error")
    assert score([judged, CheckResult("other", "", "passed", 6)], 60).passed == (not open_)


def test_an_assert_in_a_fixture_of_the_checks_own_is_no_verdict():
    assert outcome(caught(AssertionError("no")), phase="setup").status == "error"


def test_an_assert_elsewhere_is_ours():
    error = caught(AssertionError("no"))
    beside = Spec("visits", "", file=str(Path(__file__).with_name("test_visits.py")))
    elsewhere = Spec("visits", "", file="/checks/test_visits.py")
    assert [outcome(error, spec).status for spec in (SPEC, beside, elsewhere)] == ["failed", "failed", "error"]


def test_a_blocked_check_says_nothing_itself():
    judged = outcome(pytest.skip.Exception("blocked by page"), blocked="page")
    assert (judged.status, judged.feedback, judged.blocked_by, judged.points) == ("blocked", None, ("page",), 0)


def test_a_failure_brings_its_words_values_place_and_frames():
    frame = Frame("app.py", 1, "f", "x")
    failure = Failure("No.", expected=1, actual="a", at=Place("app.py", 1, 1), cause="timed_out", traceback=(frame,))
    judged = outcome(failure)
    assert judged.cause == "timed_out"
    assert judged.feedback is not None
    assert (judged.feedback.message, judged.feedback.expected, judged.feedback.actual) == ("No.", "1", "a")
    assert judged.feedback.location is not None
    assert (judged.feedback.location.line, judged.feedback.traceback) == (1, (frame,))


def test_words_are_bounded_and_empty_values_stay_empty():
    feedback = outcome(Failure("m" * 10**6, expected="e" * 10**6, actual="")).feedback
    assert feedback is not None
    assert (len(feedback.message), len(feedback.expected or ""), feedback.actual) == (MESSAGE_CHARS, VALUE_CHARS, "")


@pytest.mark.parametrize(("expected", "actual", "shown"), [
    (5, "5", ("5", "'5'")), ("5", 5, ("'5'", "5")), (1, True, ("1", "True")), (None, "None", (None, "None")),
    ("a", "a", ("a", "a")), ([1], (1,), ("[1]", "(1,)")), ("", None, ("", None)),
])  # fmt: skip
def test_values_are_shown_so_that_their_difference_shows(expected: object, actual: object, shown: tuple[str, str]):
    failure = Failure("", expected=expected, actual=actual)
    assert (failure.expected, failure.actual) == shown


def test_an_undecided_check_says_where_to_look():
    feedback = outcome(Undecided("Look.", at=Place("app.py", 1, 1))).feedback
    assert feedback is not None
    assert feedback.location is not None
    assert (feedback.message, feedback.location.line) == ("Look.", 1)


def test_tampering_opens_a_pass_that_rests_on_the_inside_and_nothing_else():
    source = "x = 1\nimport ctypes\n"
    judged = outcome(None, INSIDE, source=source)
    assert judged.status == "undecided"
    assert judged.feedback is not None
    assert "`import ctypes` (line 2)" in judged.feedback.message
    assert judged.feedback.location is not None
    assert judged.feedback.location.line == 2
    assert judged.points == 0
    assert outcome(Failure("no"), INSIDE, source=source).status == "failed"
    assert outcome(None, SPEC, source=source).status == "passed"
    assert outcome(None, INSIDE).status == "passed"


def test_an_error_says_that_it_is_ours():
    feedback = outcome(caught(ValueError("oops"))).feedback
    assert feedback is not None
    assert "no fault of your app: ValueError: oops" in feedback.message
    assert "costs no points" in feedback.message
    assert "_pytest" not in feedback.message


def test_of_several_cases_the_worst_counts_and_a_failure_is_the_worst():
    assert WORSE.index("failed") == len(WORSE) - 1
    assert WORSE.index("passed") == 0
    assert set(WORSE) == {"passed", "failed", "blocked", "undecided", "error"}


def test_an_app_that_puts_its_own_in_place_of_ours_has_no_say_in_what_only_it_reports():
    learner = app_that_tells(Told(), "x = 1\n")
    learner.replaced.add("builtins.issubclass")
    judged = [result(spec, None, learner, blocked_by=(), compared=None, duration_ms=1.0) for spec in (INSIDE, SPEC)]
    assert [one.status for one in judged] == ["undecided", "passed"]
    assert judged[0].feedback is not None
    assert "builtins.issubclass" in judged[0].feedback.message


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        (Failure(None), "failed", ""),  # type: ignore[arg-type]
        (Failure(42), "failed", "42"),  # type: ignore[arg-type]
        (Unspeakable(), "error", "RuntimeError while showing it"),
    ],
)
def test_whatever_a_check_raises_is_a_result(raised: Exception, status: str, words: str):
    judged = outcome(caught(raised))
    assert judged.status == status
    assert judged.feedback is not None
    assert words in judged.feedback.message
