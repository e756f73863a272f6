"""Checkpoints of other kinds hold what a checkpoint is to hold, and the engine knows none of them.

`checkpoint verify` proves their checks in CI; here is what it does not ask.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkpoint import course as courses
from checkpoint.judge import runner

if TYPE_CHECKING:
    from .conftest import Cli

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "checkpoint"
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/grader.py"))
JSON_API = ROOT / "examples" / "json-api"
POINTS = {
    "all_books": 1, "one_book": 2, "no_such_book": 1, "add_book": 3, "location": 1, "bad_book": 2, "json_errors": 1,
    "error_names_key": 1,
}  # fmt: skip
# What only an exercise can know: names that its learners' apps must have, and that its checks ask for.
EXERCISES = re.compile(r"\b(visits?|X-Request-ID|TASKS|HomeView|dynamic-web-app|books?|BOOKS|json-api)\b")
BLOCK = re.compile(r"(?:^|\n\n)((?:[^\n]+\n)+)\n```(?:python|markdown|yaml)\n(.*?)```", re.DOTALL)
PATH = re.compile(r"`((?:\w+/)?\w+\.\w+)`")


def printed(path: Path) -> list[str]:
    """Run an app as its learner does; return the lines that it prints."""
    done = subprocess.run([sys.executable, "-W", "error", path], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_there_is_an_example():
    assert JSON_API in EXAMPLES


def test_the_points_of_the_json_api():
    specs = runner.collect(courses.load(JSON_API), None).specs
    assert {id: spec.points for id, spec in specs.items()} == POINTS


def test_the_readme_of_the_json_api_tells_the_points():
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \|", (JSON_API / "starter" / "README.md").read_text("utf-8"), re.MULTILINE)
    assert {id: int(points) for id, points in rows} == POINTS


def test_the_starter_runs_and_lists_the_books():
    added, *answers = printed(JSON_API / "starter" / "app.py")
    assert added == "Added:   405 METHOD NOT ALLOWED None"
    assert answers[0].startswith('/books: 200 OK [{"id":1,')
    assert "/books/2: 404 NOT FOUND <!doctype html>" in answers


def test_the_solution_does_what_is_to_do():
    added, books, one, missing = printed(JSON_API / "solution" / "app.py")
    assert added == "Added:   201 CREATED /books/4 {'id': 4, 'title': 'Ulysses', 'year': 1922}"
    assert books.count('"id"') == 4
    assert one.startswith('/books/2: 200 OK {"id":2,')
    assert missing.startswith('/books/99: 404 NOT FOUND {"error":')


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_the_quiz_is_clean(cli: Cli, folder: Path):
    assert cli("quiz", folder / "quiz.yaml", "--check").code == 0


def test_the_json_api_is_shown_right_and_wrong_apps_of_many_kinds():
    variants = {kind: list((JSON_API / "variants" / kind).glob("*.py")) for kind in ("honest", "broken")}
    assert len(variants["honest"]) >= 8
    assert len(variants["broken"]) >= 12
    refuted = {re.match(r"# expect: fail (\w+)\n# words: ", path.read_text("utf-8")) for path in variants["broken"]}
    assert {found and found[1] for found in refuted} == POINTS.keys()


def test_the_engine_knows_no_exercise():
    template = SOURCES / "commands" / "new" / "template"
    for path in SOURCES.rglob("*.py"):
        if path.is_relative_to(template):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings give examples
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
                assert not EXERCISES.search(node.value), f"{path}:{node.lineno}: {node.value!r}"


def test_who_follows_the_authors_guide_ends_with_a_proved_checkpoint(cli: Cli, tmp_path: Path):
    folder = tmp_path / "library"
    text = (ROOT / "docs" / "authors.md").read_text("utf-8")
    text = text[text.index("## Fifteen minutes") : text.index("## grader.py")]
    assert cli("new", folder, "--title", "A JSON API").code == 0
    (folder / "checks" / "test_greeting.py").unlink()
    for words, content in BLOCK.findall(text):
        path = folder / PATH.findall(words)[-1]
        path.parent.mkdir(exist_ok=True)
        before = path.read_text("utf-8") + "\n\n" if "Add to" in words else ""
        path.write_text(before + content, "utf-8")
    assert cli("quiz", folder / "quiz.yaml", "--check").code == 0
    ruff = Path(sys.executable).with_name("ruff")
    for command in (["check"], ["format", "--check"]):
        subprocess.run([ruff, *command, "--isolated", "--no-cache", "--exclude=variants", folder], check=True)
    proof = cli("verify", folder, "--variants", folder / "variants", "--quiet")
    assert proof.code == 0, proof.out
    counted = re.findall(r"^(\d+ mutants: .*? noticed)\.", proof.out, re.MULTILINE)
    assert counted
    for words in counted:
        assert f"{words}. 3 checks" in text, "the guide shows other numbers than verify: walk through it again"
