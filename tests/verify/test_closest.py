"""A survivor's author is led to the check that should have noticed it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checkpoint.judge.api import Spec
from checkpoint.verify.closest import closest, words_of
from checkpoint.verify.proof import Trial

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.model import Status
    from tests.conftest import Write

CHECKS = """
    from checkpoint import check

    HEADER = "X-Request-ID"
    OTHER = "made elsewhere"


    @check(hints=["url_for"])
    def test_link(learner):
        assert learner.get("/").links


    @check()
    def test_header(learner):
        assert learner.get("/").headers[HEADER]


    def test_visits(learner):
        assert learner.get("/").cookie("visits")
"""
WORDS: dict[str, Status] = {"x": "failed", ".": "passed", "-": "blocked"}


def trial(changed: str, marks: str = "...", line: int = 3, mistake: str = "") -> Trial:
    statuses = tuple(WORDS[mark] for mark in marks)
    diff = f"--- app.py\n+++ app.py\n@@ -1 +1 @@\n{changed}"
    return Trial("m", "m", mistake, "app.py", line, "", diff, statuses, "killed")


def specs(write: Write) -> dict[str, Spec]:
    file = str(write("checks/test_x.py", CHECKS))
    return {id: Spec(id, id, file=file, line=line) for id, line in (("link", 7), ("header", 12), ("visits", 17))}


def test_words_are_those_of_the_check_its_hints_and_the_constants_that_it_uses(write: Write, tmp_path: Path):
    checks = specs(write)
    assert {"url_for", "links"} <= words_of(checks["link"].file, 7)
    assert "request-id" in words_of(checks["header"].file, 12)
    assert "elsewhere" not in words_of(checks["header"].file, 12)
    assert words_of(checks["header"].file, 2) == words_of(str(tmp_path / "none.py"), 1) == frozenset()


def test_the_one_that_speaks_of_what_was_changed_is_closest(write: Write):
    one = trial('-response.headers["X-Request-ID"] = g.id\n')
    assert closest(one, [one], specs(write))[0] == 1
    one = trial("-x = 1\n+x = 2\n", mistake="The cookie is set too late.")
    assert closest(one, [one], specs(write))[0] == 2


def test_so_is_the_one_that_fails_for_others_of_the_same_line(write: Write):
    one, beside, further = trial("-x\n"), trial("-x\n", "..x"), trial("-x\n", ".x.", line=5)
    assert closest(one, [one, beside, further], specs(write)) == [2, 1]


def test_what_breaks_the_app_or_lies_elsewhere_tells_nothing(write: Write):
    one = trial("-x\n")
    broken = replace(trial("-x\n", "x--"), cause="crashed")
    others = [broken, trial("-x\n", "x..", line=30), replace(trial("-x\n", "x.."), file="other.py")]
    assert closest(one, [one, *others], specs(write)) == []
