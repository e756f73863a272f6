"""Variants: where they are found, what their heads say, and how what they come to differs from that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint.errors import WrongUsage
from checkpoint.model import Feedback, Limits, Location
from checkpoint.verify import variants
from checkpoint.verify.variants import Variant
from tests.verify.conftest import report, result, statuses

if TYPE_CHECKING:
    from checkpoint.model import Report
    from tests.conftest import Write


def told(head: str, came: Report) -> list[str]:
    """Return how an app with this head differs from it."""
    said = dict(variants._SAID.findall(head))
    return list(variants.compared(Variant(Path("app.py"), said, None), came, "ab").differences)


def failing(message: str = "No.", line: int = 3, actual: str | None = None) -> Report:
    where = Location("app.py", line, line + 1, ((line, "visits = 1"),))
    check = replace(result("b", "failed"), feedback=Feedback(message, "1", actual, where))
    return report(result("a", "passed"), check)


@pytest.mark.parametrize(
    ("head", "came"),
    [
        ("# expect: pass", ".."),
        ("# expect: fail b", ".x"),
        ("# expect: fail b", "x-"),
        ("#expect: fail a", "x-"),
        ("\ufeff# expect: pass", ".."),
        ("# expect: b failed|undecided", ".?"),
        ("# expect: b failed|undecided", ".x"),
        ("# expect: b passed", "x."),
        ("import flask\n\n# expect: fail a\n", "x."),
    ],
)
def test_what_comes_as_expected_is_no_difference(head: str, came: str):
    assert told(head, statuses(came)) == []


@pytest.mark.parametrize(
    ("head", "came", "difference"),
    [
        ("# expect: pass", "x-", "`a` is failed (and 1 more): a says so"),
        ("# expect: pass", ".?", "`b` is undecided: b says so"),
        ("# expect: fail b", "..", "`b` is passed"),
        ("# expect: fail b", ".?", "`b` is undecided"),
        ("# expect: b failed|undecided", "..", "`b` is passed"),
        ("# expect: fail c", "..", "there is no check `c`"),
        ("# What I tried.", "..", "nothing in its first lines says what is expected"),
    ],
)
def test_what_comes_otherwise_is_told(head: str, came: str, difference: str):
    assert told(head, statuses(came)) == [difference]


@pytest.mark.parametrize(
    ("more", "differences"),
    [
        ("# words: int\\(|No", 0),
        ("# words: visits = 1", 0),
        ("# words: TASKS", 1),
        ("# line: 4", 0),
        ("# line: 5", 1),
        ("# source: made anew | a global", 0),
        ("# source: the session", 1),
        ("# cause: timed_out", 1),
    ],
)
def test_what_the_learner_is_told_can_be_expected_too(more: str, differences: int):
    assert len(told(f"# expect: fail b\n{more}", failing(actual="a global"))) == differences


def test_the_words_of_a_check_that_waits_are_those_of_the_one_that_failed():
    assert told("# expect: fail b\n# words: a says", statuses("x-")) == []


def test_a_difference_is_a_finding_that_names_the_file_and_what_it_says():
    said = {"expect": "fail b"}
    one = variants.compared(Variant(Path("broken/x.py"), said, None), statuses(".."), "ab")
    (finding,) = variants.findings([one])
    assert (finding.rule, finding.where) == ("variant", "broken/x.py")
    assert finding.message == "It says `expect: fail b`, and `b` is passed."


def test_folders_with_an_app_and_files_of_their_own_are_found(write: Write, tmp_path: Path):
    write("v/one/app.py", "# expect: pass\nimport helper\n")
    write("v/one/helper.py", "x = 1\n")
    write("v/deep/two/app.py", "\n")
    write("v/deep/two/expect.txt", "# expect: fail a\n")
    write("v/three.py", "# expect: fail b\n")
    write("v/four.py", "# expect: pass\n")
    write("v/__pycache__/five.py", "")
    write("v/README.md", "not one")
    found = variants.found([tmp_path / "v", tmp_path / "v" / "deep"], Limits())
    assert len(found) == 4
    assert {one.path.relative_to(tmp_path / "v").as_posix(): one.said["expect"] for one in found} == {
        "one/app.py": "pass", "deep/two/app.py": "fail a", "three.py": "fail b", "four.py": "pass",
    }  # fmt: skip
    files = {one.path.name: set(one.submission.files) for one in found if one.submission}
    assert files["three.py"] == {"three.py"}
    assert [set(one.submission.files) for one in found if "one" in one.path.parts and one.submission] == [
        {"app.py", "helper.py"}
    ]


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_variants_is_refused(tmp_path: Path, name: str):
    (tmp_path / "empty").mkdir()
    with pytest.raises(WrongUsage, match=name):
        variants.found([tmp_path / name], Limits())
