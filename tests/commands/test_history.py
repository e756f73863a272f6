"""`checkpoint history`: attempts, points, sittings; and forgetting them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from jsonschema import Draft202012Validator

import checkpoint.report
from checkpoint.commands import keeping
from checkpoint.model import Status

from ..conftest import APP
from . import learner

if TYPE_CHECKING:
    from ..conftest import Cli, Write

SCHEMA = json.loads(Path(checkpoint.report.__file__).with_name("history.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the history of these tests to themselves."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path / "data/checkpoint/history.sqlite3"


@pytest.fixture
def folder(course: Write, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkpoint with a quiz, in which one is and has worked."""
    folder = course(learner.CHECKS, grader=learner.WITH_QUIZ)
    write("course/quiz.yaml", learner.QUIZ)
    file = write("course/starter/app.py", APP)
    monkeypatch.chdir(folder)
    learner.graded(folder, file, "failed", "passed", "failed", at=datetime(2026, 3, 4, 12, tzinfo=UTC))
    learner.graded(folder, file, "failed", "passed", "failed", at=datetime(2026, 3, 4, 13, tzinfo=UTC))
    file.write_text(APP + "\n# better\n")
    learner.graded(folder, file, "failed", "passed", "passed", only="hello")
    learner.graded(folder, file, "passed", "passed", "passed")
    with keeping.opened() as history:
        history.take_hint("hello", "hello", 2)
    learner.sat(folder, passed=False, mode="exam")
    learner.sat(folder, passed=True)
    return folder


def test_each_attempt_has_its_line_and_points(cli: Cli, folder: Path):
    answer = cli("history")
    assert (answer.code, answer.err) == (0, "")
    _, _, twice, alone, passed, _, chart, _, quiz, exam, last, _, hints = answer.out.splitlines()
    assert twice.startswith("✗   2  2026-03-04 ")
    assert twice.endswith(" 1/4")
    assert "  2 times  hello" in twice
    assert alone.startswith("○   3  ")
    assert "  hello alone" in alone
    assert passed.startswith("✓   4  ")
    assert passed.endswith(" 4/4")
    assert chart == "points  ▂▂█"
    assert quiz == "quiz"
    assert (exam[0], "  exam" in exam, exam[-3:]) == ("✗", True, "1/2")
    assert (last[0], last[-3:]) == ("✓", "2/2")
    assert hints == "hints seen: hello 2"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_it_fits_into_a_narrow_terminal(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], encoding: str
):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("checkpoint.commands.output.unicode", lambda _: encoding == "utf-8")
    out = cli("history").out
    assert max(map(len, out.splitlines())) <= 40
    assert out.isascii() is (encoding == "ascii")
    assert len(out.splitlines()) == 13  # nothing had to be folded


def test_json_has_all_of_it(cli: Cli, folder: Path):
    answer = cli("history", "--json")
    found = json.loads(answer.out)
    assert (answer.code, found["schema"]) == (0, "checkpoint.history/1")
    (one,) = found["checkpoints"]
    assert (one["id"], one["title"], one["hints"]) == ("hello", "Hello", {"hello": 2})
    assert [attempt["earned"] for attempt in one["attempts"]] == [1, 1, 2, 4]
    assert [attempt["only"] for attempt in one["attempts"]] == [None, None, "hello", None]
    assert one["attempts"][0]["checks"] == {"hello": "failed", "secret": "passed", "plain": "failed"}
    assert [(sitting["mode"], sitting["passed"]) for sitting in one["sittings"]] == [
        ("exam", False),
        ("practice", True),
    ]
    Draft202012Validator(SCHEMA).validate(found)


def test_the_schema_is_one_and_allows_no_more():
    Draft202012Validator.check_schema(SCHEMA)
    attempt = SCHEMA["$defs"]["attempt"]
    assert attempt["properties"]["checks"]["additionalProperties"]["enum"] == list(get_args(Status))
    assert not Draft202012Validator(SCHEMA).is_valid({"schema": "checkpoint.history/1", "checkpoints": [], "more": 1})


def test_all_has_every_checkpoint_and_needs_none_around(
    cli: Cli, folder: Path, course: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    other = course(
        learner.CHECKS, grader=learner.WITH_QUIZ.replace('id="hello", title="Hello"', 'id="b", title="B"'), name="b"
    )
    learner.graded(other, folder / "starter/app.py", "passed")
    with keeping.opened() as history:
        number = history.begin("quiz", "a file", {})
        record = {"mode": "practice", "checkpoint": None, "quiz": {"title": "By itself"}}
        history.finish(number, record, passed=True, earned=1, possible=1)
    monkeypatch.chdir(tmp_path)
    assert cli("history").code == 2
    out = cli("history", "--all").out
    assert [line for line in out.splitlines() if line in ("Hello", "B", "By itself")] == ["Hello", "B", "By itself"]


def test_before_anything_was_attempted(cli: Cli, course: Write):
    assert cli("history", "--checkpoint", course()).out == "Hello\n\nNothing has been attempted yet.\n"
    assert cli("history", "--all").out == "Nothing has been attempted yet.\n"


def test_forgetting_asks_first(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.confirm", lambda text, **_: bool(asked.append(text)))
    assert cli("history", "--forget").code == 1
    assert asked == ["Forget 4 attempts and 2 quiz sittings, Hello, and the hints taken?"]
    assert "✓   4  " in cli("history").out
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert cli("history", "--forget") == (0, "Forgotten.\n", "")
    assert "Nothing has been attempted yet." in cli("history").out


def test_forgetting_needs_somebody_to_answer(cli: Cli, folder: Path):
    answer = cli("history", "--forget")
    assert answer.code == 2
    assert "add --yes" in answer.err
    assert "✓   4  " in cli("history").out
    assert cli("history", "--forget", "--yes").code == 0
    assert "Nothing" in cli("history", "--all").out


def test_a_title_cannot_act_on_a_terminal(cli: Cli, folder: Path):
    with keeping.opened() as history:
        number = history.begin("quiz", "x", {})
        record = {"mode": "practice", "checkpoint": None, "quiz": {"title": "\x1b[2J"}}
        history.finish(number, record, passed=True, earned=1, possible=1)
    assert "\x1b" not in cli("history", "--all").out
