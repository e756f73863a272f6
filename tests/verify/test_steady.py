"""Solution and starter come to the same whatever the seed and the order, and each check does alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint.errors import RefusedSubmission
from checkpoint.judge.outcome import COSTS_NOTHING, OURS
from checkpoint.model import Checkpoint, Course, Submission
from checkpoint.verify import steady
from checkpoint.verify.bench import order_seeds
from checkpoint.verify.steady import Solo, Sweep
from tests.verify.conftest import report, result, specs, statuses

if TYPE_CHECKING:
    from checkpoint.model import Status
    from checkpoint.verify.proof import Finding

COURSE = Course(Checkpoint("hello", "Hello"), Path(), "")
STARTER = Submission("starter", "app.py", {"app.py": b"x = 1  # TODO: count\n"}, "")


def starter(*sweeps: Sweep, files: dict[str, bytes] | None = None) -> list[Finding]:
    given = STARTER if files is None else Submission("starter", "app.py", files, "")
    return list(steady.starter(COURSE, given, sweeps[0].starter))


def sweep(solution: str, app: str | None = "x.", *, seed: int = 0, shuffled: bool = False) -> Sweep:
    return Sweep(shuffled, statuses(solution, seed), statuses(app, seed) if app else None)


def test_a_solution_that_always_passes_is_no_finding():
    assert list(steady.solution(COURSE, [sweep(".."), sweep("..", seed=7, shuffled=True)])) == []


def test_a_check_that_always_refuses_the_solution_is_told_once():
    (finding,) = steady.solution(COURSE, [sweep(".x"), sweep(".x", seed=7)])
    assert (finding.rule, finding.message) == ("solution", "The solution does not pass `b`: it is failed. b says so")


def test_a_check_that_raises_for_the_solution_is_told_without_the_words_for_learners():
    words = f"{OURS}ZeroDivisionError: division by zero ({Path('checks/test_x.py').absolute()}:7){COSTS_NOTHING}"
    (finding,) = steady.solution(COURSE, [Sweep(False, report(result("a", "error", words)), None)])
    assert finding.message == "The solution does not pass `a`: it is error. ZeroDivisionError: division by zero"
    assert finding.where == "checks/test_x.py:7"


def test_what_waits_for_the_one_that_failed_is_not_told():
    assert [finding.message.split("`")[1] for finding in steady.solution(COURSE, [sweep("x-")])] == ["a"]


def test_a_starter_that_runs_and_has_its_work_to_do_is_no_finding():
    assert starter(sweep(".."), sweep("..", seed=1)) == []


def test_a_starter_that_passes():
    assert [finding.message for finding in starter(sweep("..", ".."))] == ["The starter passes: nothing is left to do."]


def test_a_starter_that_does_not_run():
    crashed = report(result("a", "failed", "NameError in line 3", cause="not_loadable"), cause="not_loadable")
    (finding,) = starter(Sweep(False, statuses("."), crashed))
    assert finding.message == "The starter does not run. NameError in line 3"


@pytest.mark.parametrize(
    ("files", "finds"),
    [
        ({"app.py": b"# TODO 1: count"}, 0),
        ({"app.py": b"x = 1\n", "templates/page.html": b"{# TODO: the loop #}"}, 0),
        ({"app.py": b"TODO = []\n"}, 1),
        ({"app.py": b"x = 1\n", "README.md": b"# TODO 1: read this"}, 1),
    ],
)
def test_todo_comments_mark_the_work(files: dict[str, bytes], finds: int):
    assert len(starter(sweep(".."), files=files)) == finds


def test_a_starter_that_cannot_be_taken_in_is_told_why():
    (finding,) = steady.starter(COURSE, RefusedSubmission("there is no app.py in it"), [sweep("..", None)])
    assert finding.message == "There is no starter to be graded: there is no app.py in it."


def test_a_check_that_comes_to_something_else_alone_is_named_with_its_place():
    solos = [Solo("a", "the solution", "passed", "passed"), Solo("b", "the mutant m1", "passed", "failed")]
    (finding,) = steady.alone(solos, specs("ab"))
    assert finding.message.startswith("For the mutant m1 `b` is failed behind the other checks, and passed alone")
    assert (finding.where or "").endswith("checks/test_x.py:2")


@pytest.mark.parametrize(
    ("again", "rule"),
    [
        ([("passed", "failed")] * 2, "alone"),
        ([("passed", "failed"), ("passed", "passed")], "chance"),
        ([("failed", "failed")], "chance"),
    ],
)
def test_what_comes_to_something_else_alone_but_not_each_time_does_not_depend_on_others(
    again: list[tuple[Status, Status]], rule: str
):
    (finding,) = steady.alone([Solo("b", "the starter", "passed", "failed", tuple(again))], specs("ab"))
    assert finding.rule == rule
    assert ("depends on what others leave behind" in finding.message) == (rule == "alone")


def test_runs_have_seeds_of_their_own_the_first_the_one_that_was_given():
    seeds = order_seeds(5, 6, 4)
    assert seeds == order_seeds(5, 6, 4)
    assert seeds[0] == (5, None)
    assert len({seed for seed, _ in seeds}) == 6
    assert [seed == order for seed, order in seeds] == [False, False, True, True, True, True]
