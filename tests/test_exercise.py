"""The first exercise keeps its contract: what the learner gets, what full marks need, what each check asks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from checkpoint import course as courses
from checkpoint import intake
from checkpoint.judge.session import Options, judge
from checkpoint.worker import launch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checkpoint.model import Report

ROOT = Path(__file__).parents[1]
STARTER = ROOT / "starter" / "app.py"
SOLUTION = ROOT / "solution" / "app.py"
POINTS = {
    "page_loads": 1, "task_list": 1, "home_link": 1, "method_view": 1,
    "visit_first": 2, "visit_count": 4, "visit_per_visitor": 2,
    "header_present": 1, "header_fresh": 1, "g_before_view": 1, "header_from_g": 4, "after_request_returns": 1,
}  # fmt: skip
TO_DO = {"visit_first": "failed", "visit_count": "failed", "header_present": "failed"}
WAITING = {"visit_per_visitor": "blocked", "header_fresh": "blocked", "header_from_g": "blocked"}


@pytest.fixture(scope="module")
def grade() -> Iterator[Callable[..., Report]]:
    """Return a function that grades an app.py of this exercise."""
    course = courses.load(ROOT)
    limits = course.checkpoint.limits
    solution = intake.take(course.solution, limits)
    launcher = launch.start()

    def run(path: Path, seed: int = 1) -> Report:
        return judge(course, intake.take(path, limits), solution, launcher, Options(seed))

    yield run
    launcher.wait()


@pytest.fixture(scope="module")
def graded(grade: Callable[..., Report]) -> Report:
    """Return the report on the starter."""
    return grade(STARTER)


def run(path: Path) -> str:
    """Run a file as the learner does; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", path.relative_to(ROOT)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout


def tasks(path: Path) -> list[str]:
    """Return the TASKS of a file, as they stand there."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TASKS":
            value = ast.literal_eval(node.value)
            assert isinstance(value, list)
            return value
    raise AssertionError(f"no TASKS in {path}")


def test_the_starter_runs_and_prints_status_header_and_page():
    printed = run(STARTER)
    lines = printed.splitlines()
    assert lines[0].split() == ["Status:", "200", "OK"]
    assert lines[1].split() == ["Header:", "placeholder"]
    for task in tasks(STARTER):
        assert f"<li>{task}</li>" in printed
    assert "<!doctype html>" in printed
    assert "Visit number: not counted yet" in printed
    assert '<a href="/">Home</a>' in printed


def test_the_solution_prints_the_visit_number_and_an_id():
    printed = run(SOLUTION)
    assert re.findall(r"Visit (\d): (\d+ OK)", printed) == [("1", "200 OK"), ("2", "200 OK")]
    assert re.findall(r"Cookie: (\d+)", printed) == ["1", "2"]
    assert len(set(re.findall(r"Header: ([0-9a-f]{32})", printed))) == 2
    assert "Visit number: 2" in printed
    assert printed != run(SOLUTION)


def test_the_starter_marks_its_work():
    text = STARTER.read_text("utf-8")
    assert re.findall(r"# TODO (\d):", text) == ["1", "2"]
    # What the learner will need is there already, so that no import is part of the work.
    names = {name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom) for name in node.names}
    imported = {alias.name for alias in names}
    needed = ast.walk(ast.parse(SOLUTION.read_text("utf-8")))
    assert imported >= {alias.name for node in needed if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert "TODO" not in SOLUTION.read_text("utf-8")


def test_the_starter_is_the_solution_but_for_its_work():
    """Above the views they are the same; a learner who has done the work has the solution."""
    starter, solution = (path.read_text("utf-8") for path in (STARTER, SOLUTION))
    for part in ("TASKS = ", "PAGE = ", "@app.before_request", "app.add_url_rule", "@app.after_request"):
        pattern = re.compile(re.escape(part) + r".*?\n(?=\n\n|    # TODO|    response\.)", re.DOTALL)
        assert pattern.search(starter), part
        assert pattern.search(starter).group() == pattern.search(solution).group()  # type: ignore[union-attr]


@pytest.mark.parametrize("path", [STARTER, SOLUTION], ids=["starter", "solution"])
def test_tasks_are_texts_without_digits(path: Path):
    assert tasks(path) == tasks(SOLUTION)
    assert len(set(tasks(path))) == len(tasks(path)) > 2
    assert all(isinstance(task, str) and task.strip() and not re.search(r"\d", task) for task in tasks(path))


def test_the_starter_fails_exactly_what_is_to_do(graded: Report):
    statuses = {check.id: check.status for check in graded.checks}
    assert statuses == {**dict.fromkeys(POINTS, "passed"), **TO_DO, **WAITING}
    assert not graded.passed
    assert graded.score.earned == sum(points for id, points in POINTS.items() if id not in {*TO_DO, *WAITING})
    assert graded.notes == ()
    # Each failure points at the work.
    text = STARTER.read_text("utf-8").split("\n")
    for check in graded.checks:
        if check.status == "failed":
            assert check.feedback is not None
            assert check.feedback.location is not None
            around = range(check.feedback.location.line - 5, check.feedback.location.end_line)
            assert any("TODO" in text[number] for number in around), check.id


@pytest.mark.parametrize("seed", [0, 1, 7, 2**31, 2**32 - 1])
def test_the_solution_earns_full_marks_whatever_the_seed(grade: Callable[..., Report], seed: int):
    report = grade(SOLUTION, seed)
    assert {check.id: check.status for check in report.checks if check.status != "passed"} == {}
    assert (report.score.earned, report.score.possible, report.passed) == (20, 20, True)
    assert report.seed == seed
    assert report.notes == ()


def test_the_points_are_those_of_the_contract(graded: Report):
    assert {check.id: check.max_points for check in graded.checks} == POINTS
    assert sum(POINTS.values()) == graded.score.possible == 20
    assert graded.score.pass_percent == 100


def test_each_check_speaks_to_the_learner(graded: Report):
    for check in graded.checks:
        assert len(check.hints) in (2, 3), check.id
        assert len(set(check.hints)) == len(check.hints)
        assert all(len(hint) < 140 and hint[0].isprintable() for hint in check.hints)
        assert check.title[0].isupper()
        assert not check.title.endswith(".")
        assert len(check.title) < 70
    assert len({check.title for check in graded.checks}) == len(graded.checks)


def test_the_readme_speaks_of_each_check():
    text = (ROOT / "starter" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (.+) \|$", text, re.MULTILINE)
    assert {id: int(points) for id, points, _words in rows} == POINTS
    assert "| **all** | **20** | |" in text
    for name in ("`visits`", "`X-Request-ID`", "`home`", "`TASKS`", "`app`"):
        assert name in text


def test_the_placeholder_is_the_starters():
    constants = {}
    for node in ast.parse((ROOT / "checks" / "test_3_request_id.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign):
            constants[ast.unparse(node.targets[0])] = ast.literal_eval(node.value)
    header, placeholder = constants["HEADER"], constants["PLACEHOLDER"]
    assert f'response.headers["{header}"] = "{placeholder}"' in STARTER.read_text("utf-8")


# The quiz. What a question may have, and what it must.
QUIZ_KEYS = {"quiz", "time", "pass", "shuffle", "questions"}
QUESTION_KEYS = {"ask", "options", "answer", "order", "why", "see", "code", "kind", "time", "within"}
MARK = re.compile(r"\((x| )\) (.+)")


def quiz() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "quiz.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def questions() -> list[dict[str, Any]]:
    found = quiz()["questions"]
    assert isinstance(found, list)
    return found


def options(question: dict[str, Any]) -> list[tuple[bool, str]]:
    """Return the options of a question: whether each is right, and its text."""
    found = []
    for option in question["options"]:
        match = MARK.fullmatch(option["text"] if isinstance(option, dict) else option)
        assert match, option
        found.append((match.group(1) == "x", match.group(2)))
    return found


CHOICES = [question for question in questions() if "options" in question]


def test_the_quiz_has_the_keys_it_may_have():
    loaded = quiz()
    assert set(loaded) <= QUIZ_KEYS
    assert loaded["quiz"] == courses.load(ROOT).checkpoint.title
    assert re.fullmatch(r"\d+[ms]", loaded["time"])
    assert loaded["pass"] == "70%"
    assert loaded["shuffle"] in ("all", "questions", "options", "none")
    kinds = Counter(question.get("kind", "choice") for question in loaded["questions"])
    assert kinds == {"choice": 10, "recall": 6}


@pytest.mark.parametrize("question", questions(), ids=lambda question: re.sub(r"\W+", "-", question["ask"])[:40])
def test_a_question_is_whole(question: dict[str, Any]):
    assert set(question) <= QUESTION_KEYS
    assert all(isinstance(value, str) and value.strip() for key, value in question.items() if key != "options")
    assert sum(key in question for key in ("options", "answer", "order")) == 1
    assert question["why"].strip()
    assert ("answer" in question) == (question.get("kind") == "recall")
    for option in question.get("options", []):
        if isinstance(option, dict):
            assert set(option) == {"text", "why"}
            assert option["why"].strip()


@pytest.mark.parametrize("question", CHOICES, ids=lambda question: re.sub(r"\W+", "-", question["ask"])[:40])
def test_a_choice_has_a_right_option_among_others(question: dict[str, Any]):
    found = options(question)
    assert 3 <= len(found) <= 6
    assert 1 <= sum(right for right, _text in found) < len(found)
    assert len({text.lower() for _right, text in found}) == len(found)
    assert not any("of the above" in text.lower() for _right, text in found)


def test_the_right_option_cannot_be_told_by_its_looks():
    longest, places = 0, Counter[int]()
    for question in CHOICES:
        found = options(question)
        lengths = [len(text) for _right, text in found]
        right = [number for number, (is_right, _text) in enumerate(found) if is_right]
        longest += any(lengths[number] == max(lengths) for number in right)
        places.update(right)
    assert longest <= len(CHOICES) / 2
    assert max(places.values()) <= len(CHOICES) / 2


def test_a_question_sends_to_a_heading_that_is_there():
    text = (ROOT / "starter" / "README.md").read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    sent = [question["see"] for question in questions() if "see" in question]
    assert sent
    for place in sent:
        file, _hash, anchor = place.partition("#")
        assert (ROOT / file).is_file()
        assert anchor in anchors, place
