"""The matrix: what becomes of a mutant, what each check notices, and what the author is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint.judge.outcome import COSTS_NOTHING, OURS
from checkpoint.model import Checkpoint, Course
from checkpoint.verify import matrix
from checkpoint.verify.mutants import Mutant
from tests.verify.conftest import report, result, specs, statuses

if TYPE_CHECKING:
    from checkpoint.verify.proof import Column, Finding, Trial

ORIGINAL = b"one\ntwo\nthree\n"


def course(tmp_path: Path, waived: dict[str, str] | None = None) -> Course:
    (tmp_path / "grader.py").write_text("checkpoint = Checkpoint(\n    waived={'off-by-one:f': 'same'},\n)\n")
    return Course(Checkpoint("hello", "Hello", waived=waived or {}), tmp_path, "")


def mutant(id: str = "off-by-one:f", line: int = 2) -> Mutant:
    return Mutant(id, id.partition(":")[0], "One is added twice.", "app.py", line, ORIGINAL.replace(b"two", b"2"))


def tried(tmp_path: Path, *said: tuple[str, str, int], **options: Any) -> tuple[list[Column], list[Trial]]:
    """Return columns and trials of mutants, each given as statuses, id and line."""
    here = course(tmp_path, options.get("waived"))
    ids = "abcdef"[: len(said[0][0])]
    luck = options.get("by_chance", "")
    trials = [matrix.trial(mutant(id, line), ORIGINAL, statuses(marks), here, ids, luck) for marks, id, line in said]
    return list(matrix.columns(specs(ids), trials, options.get("others", ()), luck)), trials


def found(tmp_path: Path, *said: tuple[str, str, int], **options: Any) -> list[Finding]:
    table, trials = tried(tmp_path, *said, **options)
    checks = specs("".join(column.id for column in table))
    return list(matrix.findings(course(tmp_path, options.get("waived")), checks, table, trials))


@pytest.mark.parametrize(
    ("marks", "waived", "verdict"),
    [
        ("x.", {}, "killed"),
        (".x", {"off-by-one:f": "same"}, "killed"),
        ("?.", {}, "undecided"),
        ("?.", {"off-by-one:f": "same"}, "undecided"),
        ("?x", {}, "killed"),
        ("..", {}, "survived"),
        ("..", {"off-by-one:f": "same"}, "waived"),
        ("..", {"another": "same"}, "survived"),
        ("!.", {}, "undecided"),
    ],
)
def test_what_becomes_of_a_mutant(tmp_path: Path, marks: str, waived: dict[str, str], verdict: str):
    _, (one,) = tried(tmp_path, (marks, "off-by-one:f", 2), waived=waived)
    assert one.verdict == verdict
    assert one.diff.endswith("-two\n+2\n three\n")
    assert one.place.endswith("solution/app.py:2")


def test_statuses_stand_in_the_order_of_the_columns_however_they_came(tmp_path: Path):
    report = statuses("x.")
    turned = matrix.trial(mutant(), ORIGINAL, report, course(tmp_path), "ba")
    assert turned.statuses == ("passed", "failed")


def test_each_check_is_told_how_much_it_notices_and_how_much_alone(tmp_path: Path):
    table, _ = tried(tmp_path, ("x--.", "m1", 1), ("xx-.", "m2", 1), (".xx.", "m3", 2))
    assert [(column.kills, column.alone) for column in table] == [(2, 1), (2, 0), (1, 0), (0, 0)]


def test_what_a_check_notices_by_chance_does_not_count_and_it_is_not_told_again_that_nothing_makes_it_fail(
    tmp_path: Path,
):
    said = [("x.", "m1", 1), ("xx", "m2", 2)]
    table, trials = tried(tmp_path, *said, by_chance="a")
    assert [one.verdict for one in trials] == ["survived", "killed"]
    assert [(column.kills, column.alone) for column in table] == [(0, 0), (1, 1)]
    assert [finding.rule for finding in found(tmp_path, *said, by_chance="a")] == ["survivor"]


def test_a_survivor_is_shown_with_its_diff_and_the_checks_it_is_closest_to(tmp_path: Path):
    survivor, *others = found(tmp_path, ("x..", "m1", 2), (".x.", "m2", 2), (".xx", "m3", 2), ("...", "m4", 2))
    assert not others
    assert survivor.rule == "survivor"
    assert survivor.message == "No check notices this: One is added twice."
    assert (survivor.help or "").startswith("look at `b` (")
    assert "+2" in survivor.diff
    assert "waive 'm4' in grader.py" in (survivor.help or "")


def test_nobody_is_named_beside_a_survivor_of_whom_nothing_is_known(tmp_path: Path):
    survivor = found(tmp_path, ("x", "m1", 9), (".", "m4", 2))[0]
    assert (survivor.help or "").startswith("let a check ask for it; ")


def test_a_check_that_nothing_makes_fail_is_named_with_its_place(tmp_path: Path):
    (idle,) = found(tmp_path, ("x-.", "m1", 1), (".x.", "m2", 2))
    assert (idle.rule, idle.where) == ("idle", matrix.place("checks/test_x.py", 3))
    assert "`c`" in idle.message


def test_a_check_that_only_waits_is_one_that_nothing_makes_fail(tmp_path: Path):
    (idle,) = found(tmp_path, ("x-", "m1", 1), ("x-", "m2", 1), ("x.", "m3", 1))
    assert idle.rule == "idle"
    assert idle.message.endswith("no variant. For 2 mutants it waits for a check that it needs.")


@pytest.mark.parametrize("elsewhere", ["failed", "passed"])
def test_the_starter_and_variants_count_too(tmp_path: Path, elsewhere: str):
    idle = found(tmp_path, ("x.", "m1", 1), others=[("passed", elsewhere)])
    assert [finding.rule for finding in idle] == ([] if elsewhere == "failed" else ["idle"])


@pytest.mark.parametrize(
    ("marks", "why"),
    [("x", "`a` fails for it"), ("?", "a check leaves it to a person, so nobody passes with it")],
)
def test_a_waiver_that_is_for_nothing_is_to_be_taken_out(tmp_path: Path, marks: str, why: str):
    findings = found(tmp_path, (marks, "off-by-one:f", 1), ("x", "m2", 1), waived={"off-by-one:f": "same"})
    (waiver,) = findings
    assert waiver.message == f"'off-by-one:f' is waived, but {why}."
    assert (waiver.where or "").endswith("grader.py:2")


def test_a_waiver_of_what_is_not_there_is_to_be_taken_out(tmp_path: Path):
    (waiver,) = found(tmp_path, ("x", "m2", 1), waived={"gone:f": "same"})
    assert waiver.message == "'gone:f' is waived, but there is no such mutant."


def test_a_waiver_that_is_needed_is_no_finding(tmp_path: Path):
    assert found(tmp_path, (".", "off-by-one:f", 1), ("x", "m2", 1), waived={"off-by-one:f": "same"}) == []


def test_a_check_that_raises_is_told_once_with_what_it_raised():
    reports = {
        "the starter": None, "the mutant m1": statuses(".!"), "the mutant m2": statuses("x!"), "x.py": statuses(".."),
    }  # fmt: skip
    (error,) = matrix.raised(specs("ab"), reports)
    assert error.message == "`b` cannot be carried out for the mutant m1 (and 1 more): b says so"


def test_an_author_is_told_the_exception_and_its_line_without_the_words_for_learners():
    words = f"{OURS}KeyError: 'x (y)' ({Path('checks/test_x.py').absolute()}:9){COSTS_NOTHING}"
    (error,) = matrix.raised(specs("a"), {"x.py": report(result("a", "error", words))})
    assert error.message == "`a` cannot be carried out for x.py: KeyError: 'x (y)'"
    assert error.where == "checks/test_x.py:9"
