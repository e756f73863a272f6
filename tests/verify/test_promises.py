"""What a checkpoint promises its learners: hints, points, documents, and a quiz that gives nothing away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from checkpoint.judge.api import Spec
from checkpoint.model import Checkpoint, Course
from checkpoint.verify import promises

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.verify.proof import Finding
    from tests.conftest import Write

README = """
    There are 5 points.

    | `visit_count` | 2 | Counts. |
    | `home_link` | 3 | Links. |
    | **all** | **5** | |
"""
COUNT = Spec("visit_count", "Each visit counts", 2, ("int",), file="checks/test_x.py", line=4)
LINK = Spec("home_link", "It links to itself", 3, ("url_for",), file="checks/test_x.py", line=14)
QUIZ = """
    quiz: Hello
    questions:
      - ask: What is g?
        options:
          - (x) A place for what one request shares, and no other request can see
          - ( ) a list
          - ( ) all of the above
        why: It is new for each request.
"""


def found(tmp_path: Path, *specs: Spec, **fields: object) -> list[Finding]:
    course = Course(replace(Checkpoint("hello", "Hello"), **fields), tmp_path, "")  # type: ignore[arg-type]
    return list(promises.findings(course, {spec.id: spec for spec in specs or (COUNT, LINK)}))


def test_a_checkpoint_that_keeps_its_promises(write: Write, tmp_path: Path):
    write("starter/README.md", README)
    assert found(tmp_path) == []


def test_a_check_without_a_hint(write: Write, tmp_path: Path):
    write("starter/README.md", README)
    (finding,) = found(tmp_path, COUNT, replace(LINK, hints=("  ",)))
    assert finding.message == "`home_link` has no hint."
    assert (finding.where or "").endswith("checks/test_x.py:14")


def test_of_hidden_checks_nobody_sees_hints_or_documents(tmp_path: Path, write: Write):
    write("starter/README.md", "`visit_count`")
    assert found(tmp_path, COUNT, replace(LINK, hints=(), visibility="hidden")) == []


def test_a_check_that_is_worth_nothing(write: Write, tmp_path: Path):
    write("starter/README.md", "`visit_count` and `home_link`")
    (finding,) = found(tmp_path, COUNT, replace(LINK, points=0))
    assert finding.message == "`home_link` is worth nothing: whoever fails it loses no point."


def test_a_pass_mark_of_nothing(write: Write, tmp_path: Path):
    write("starter/README.md", README)
    assert [finding.message for finding in found(tmp_path, pass_percent=0)] == ["The pass mark is 0: nobody can fail."]


@pytest.mark.parametrize(
    ("name", "text", "missing"),
    [
        ("starter/README.md", "`visit_count`, and it links to itself.", 0),
        ("README.rst", "visit_count, home_link", 0),
        ("docs/week/one.txt", "visit_count, home_link", 0),
        ("starter/README.md", "visit_counts and home_linked", 2),
        ("starter/app.py", "# visit_count home_link", 2),
        ("notes/README.md", "visit_count home_link", 2),
    ],
)
def test_documents_speak_of_each_check(write: Write, tmp_path: Path, name: str, text: str, missing: int):
    write(name, text)
    findings = found(tmp_path)
    assert [finding.rule for finding in findings] == ["docs"] * missing


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("| `visit_count` | 2 |", "| `visit_count` | 4 |", 3, "This says 4 points, and `visit_count` is worth 2."),
        ("**5**", "**20**", 5, "This says 20 points, and the checks add up to 5."),
        ("are 5 points", "are 10 points", 1, "This says 10 points, and the checks add up to 5."),
    ],
)
def test_points_in_a_document_are_those_of_the_checks(
    write: Write, tmp_path: Path, old: str, new: str, line: int, says: str
):
    path = write("starter/README.md", README.replace(old, new))
    (finding,) = found(tmp_path)
    assert finding.message == says
    assert (finding.where or "").endswith(f"{path.name}:{line}")


def test_points_of_something_else_are_none_of_ours(write: Write, tmp_path: Path):
    write("starter/README.md", README)
    write("README.md", "There are 100 points in this course.\n")
    assert found(tmp_path) == []


def test_a_quiz_that_gives_answers_away_or_cannot_be_read(write: Write, tmp_path: Path):
    write("starter/README.md", README)
    write("quiz.yaml", QUIZ)
    tells = found(tmp_path, quiz="quiz.yaml")
    assert {finding.rule for finding in tells} == {"quiz"}
    assert any("quiz.yaml:" in (finding.where or "") for finding in tells)
    write("quiz.yaml", "quiz: Hello\n")
    (broken,) = found(tmp_path, quiz="quiz.yaml")
    assert broken.message.startswith("The quiz cannot be used: ")
    (missing,) = found(tmp_path, quiz="none.yaml")
    assert "none.yaml" in (missing.where or "")
