"""What is done when, for one state of the files after the other."""

from __future__ import annotations

import pytest

from checkpoint.commands.watch.agenda import LOOK_SECONDS, SETTLE_SECONDS, Agenda, Look, Shown, Step
from checkpoint.errors import RefusedSubmission
from checkpoint.intake.contents import submission

GONE = RefusedSubmission("no such file or folder", where="app.py")
WAIT = Step("wait", LOOK_SECONDS)


def look(source: str | RefusedSubmission, course: str = "course") -> Look:
    given = submission("app.py", "app.py", {"app.py": source.encode()}) if isinstance(source, str) else source
    return Look(given, course)


def steps(*seen: tuple[float, Look], agenda: Agenda | None = None) -> list[str]:
    """Return what is done at these moments, in seconds."""
    agenda = agenda or Agenda("course")
    return [agenda.step(look, now).act for now, look in seen]


def test_a_save_is_graded_at_once_and_once():
    a, b = look("a"), look("b")
    assert steps((0, a), (1, a), (2, b), (2.001, b), (3, a)) == ["grade", "wait", "grade", "wait", "grade"]


def test_what_is_the_same_is_looked_at_again_after_a_second():
    agenda = Agenda("course")
    agenda.step(look("a"), 0)
    assert agenda.step(look("a"), 0.5) == WAIT


@pytest.mark.parametrize("torn, act", [("", "grade"), (" \n", "grade"), (GONE, "refuse")])
def test_what_is_empty_or_gone_is_so_for_a_moment_before_it_counts(torn: str | RefusedSubmission, act: str):
    now = SETTLE_SECONDS
    assert steps((0, look("a")), (1, look(torn)), (1 + now / 2, look(torn)), (1 + now, look(torn))) == [
        "grade", "wait", "wait", act,
    ]  # fmt: skip
    assert steps((0, look("a")), (1, look(torn)), (1.01, look("b"))) == ["grade", "wait", "grade"]


def test_it_is_waited_as_long_as_is_missing():
    agenda = Agenda("course")
    agenda.step(look(""), 0)
    assert agenda.step(look(""), 0.1) == Step("wait", pytest.approx(SETTLE_SECONDS - 0.1))


def test_the_moment_begins_anew_with_each_change():
    now = SETTLE_SECONDS
    seen = [(0, look("")), (now - 0.01, look(GONE)), (now, look(GONE)), (now * 2, look(GONE))]
    assert steps(*seen) == ["wait", "wait", "wait", "refuse"]


def test_a_file_that_comes_back_as_it_was_has_its_verdict():
    a = look("a")
    assert steps((0, a), (1, look("")), (1.01, a), (5, look("")), (5.01, look(""))) == [
        "grade", "wait", "wait", "wait", "wait",
    ]  # fmt: skip


def test_a_refusal_is_told_once():
    seen = [(0, look(GONE)), (1, look(GONE)), (2, look(GONE)), (3, look("a"))]
    assert steps(*seen) == ["wait", "refuse", "wait", "grade"]


def test_a_checkpoint_that_changes_is_taken_anew_when_it_has_settled_and_everything_graded_again():
    a, b, c = look("a"), look("a", "mended"), look("a", "mended again")
    agenda = Agenda("course")
    assert steps((0, a), (1, b), (1.1, c), (1 + SETTLE_SECONDS, c), (2, c), (2.1, c), agenda=agenda) == [
        "grade", "wait", "wait", "wait", "renew", "grade",
    ]  # fmt: skip
    assert agenda.holds(c)


def test_a_save_while_the_checkpoint_changes_waits_for_that():
    assert steps((0, look("a")), (1, look("b", "mended")), (2, look("b", "mended"))) == ["grade", "wait", "renew"]


def test_a_verdict_holds_for_what_was_graded_only():
    agenda = Agenda("course")
    agenda.step(look("a"), 0)
    assert agenda.holds(look("a"))
    assert not agenda.holds(look("a b"))
    assert not agenda.holds(look(""))
    assert not agenda.holds(look(GONE))
    assert not agenda.holds(look("a", "mended"))


def test_again_grades_what_is_the_same():
    agenda = Agenda("course")
    agenda.step(look("a"), 0)
    agenda.again()
    assert agenda.step(look("a"), 1).act == "grade"


@pytest.mark.parametrize(
    "other, acts", [(look("b", "broken"), ["wait", "grade"]), (look("a", "mended"), ["wait", "wait", "renew"])]
)
def test_what_could_not_be_graded_waits_for_a_change_of_either(other: Look, acts: list[str]):
    agenda = Agenda("course")
    agenda.done(look("a", "broken"))
    assert steps((0, look("a", "broken")), (1, other), (2, other), agenda=agenda)[: len(acts)] == acts


def test_what_stays_for_a_moment_is_kept_once():
    shown = Shown[str]()
    shown.put("verdict", 10.0)
    assert shown.step(10.1, more=False) == (None, pytest.approx(SETTLE_SECONDS - 0.1))
    assert shown.step(11.0, more=False)[0] == "verdict"
    assert shown.step(12.0, more=False)[0] is None


def test_what_was_shown_of_a_file_half_written_is_not_kept():
    shown = Shown[str]()
    shown.put("half", 10.0)
    assert shown.step(10.1, more=True)[0] is None
    shown.put("whole", 10.2)
    assert shown.step(30.0, more=True)[0] == "whole"


def test_what_was_shown_last_is_kept_when_the_learner_leaves():
    shown = Shown[str]()
    shown.put("verdict", 10.0)
    assert (shown.take(), shown.take()) == ("verdict", None)
