"""The history is one file that outlives whatever happens to the program that writes it."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checkpoint.attempts import TEXTS_KEPT, Attempt, Attempts, place
from checkpoint.errors import CheckpointError


@pytest.fixture
def file(tmp_path):
    return tmp_path / "below" / "history.sqlite3"


@pytest.fixture
def opened(file):
    history = Attempts(file)
    yield history
    history.close()


def test_what_is_stored_is_there_the_next_time(file, opened):
    first = opened.begin("quiz", "hash", {"a": 1})
    opened.save(first, {"a": 2})
    second = opened.begin("quiz", "hash", {"b": "\ud800 ü"})
    opened.finish(second, {"b": 2}, passed=True, earned=7, possible=10)
    opened.close()
    again = Attempts(file)
    (left,), (gone_through,) = list(again.unfinished("quiz")), list(again.finished("quiz"))
    again.close()
    assert (left.id, left.subject, left.record["a"], left.finished) == (first, "hash", 2, None)
    assert left.record["saved"] >= left.started.isoformat()
    assert (gone_through.id, gone_through.record) == (second, {"b": 2})
    assert gone_through.finished >= gone_through.started


def test_the_latest_comes_first_and_kinds_stay_apart(opened):
    numbers = [opened.begin("quiz", "hash", {}) for _ in range(3)]
    opened.begin("grade", "hash", {})
    assert [attempt.id for attempt in opened.unfinished("quiz")] == numbers[::-1]


def test_what_is_finished_is_not_overwritten_by_a_late_save(opened):
    number = opened.begin("quiz", "hash", {})
    opened.finish(number, {"end": True}, passed=False, earned=0, possible=1)
    opened.save(number, {"end": False})
    assert next(opened.finished("quiz")).record == {"end": True}


def test_two_that_begin_at_once(file):
    def begin(number):
        history = Attempts(file)
        history.begin("quiz", str(number), {})
        history.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(16)))
    history = Attempts(file)
    assert {attempt.subject for attempt in history.unfinished("quiz")} == set(map(str, range(16)))
    history.close()


@pytest.mark.parametrize("what", ["no database", "a folder", "of a newer version", "in place of the folder"])
def test_a_history_that_cannot_be_used_is_named(file, what):
    file.parent.mkdir() if what != "in place of the folder" else file.parent.write_text("")
    if what == "no database":
        file.write_bytes(b"not a database" * 100)
    elif what == "a folder":
        file.mkdir()
    elif what == "of a newer version":
        with sqlite3.connect(file) as newer:
            newer.execute("PRAGMA user_version = 99")
        newer.close()
    with pytest.raises(CheckpointError) as caught:
        Attempts(file)
    assert caught.value.where == str(file)
    assert "histor" in caught.value.message
    assert caught.value.help


def test_a_record_that_somebody_has_edited_is_told(file, opened):
    opened.begin("quiz", "hash", {})
    with sqlite3.connect(file) as other:
        other.execute("UPDATE attempts SET record = '{'")
    other.close()
    with pytest.raises(CheckpointError, match="the history of attempts cannot be used"):
        list(opened.unfinished("quiz"))


def test_a_disk_that_is_full_is_told(opened):
    opened._file.execute("PRAGMA max_page_count = 1")
    with pytest.raises(CheckpointError, match="full") as caught:
        opened.begin("quiz", "hash", {"long": "x" * 100_000})
    assert caught.value.help == "make room on this disk"


def test_a_history_that_another_is_writing_is_not_to_be_moved_away(file, opened, monkeypatch):
    monkeypatch.setattr("checkpoint.attempts._PATIENCE", 0.0)
    opened._file.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CheckpointError, match="locked") as caught:
        Attempts(file)
    assert caught.value.help == "another checkpoint is at it; try again"


def test_a_history_that_may_not_be_written_is_not_to_be_moved_away(file, opened):
    opened._file.execute("PRAGMA query_only = ON")
    with pytest.raises(CheckpointError, match="readonly") as caught:
        opened.begin("quiz", "hash", {})
    assert caught.value.help == "check the permissions of this file and of its folder"


# Version 1 as it was: whoever has such a file keeps what is in it.
VERSION_1 = """
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,  -- what was attempted: the hash of the quiz's file
    started TEXT NOT NULL,  -- ISO 8601, UTC, as is `finished`
    finished TEXT,
    passed INTEGER,
    earned REAL,
    possible REAL,
    record TEXT NOT NULL
);
CREATE INDEX attempts_of ON attempts (kind, subject, id);
PRAGMA user_version = 1;
"""
WHEN = "2026-03-04T05:06:07+00:00"


def test_a_history_of_version_1_is_taken_along(file):
    done = {"checkpoint": {"id": "hello", "title": "Hello"}, "questions": [], "mode": "practice"}
    rows = [
        ("quiz", "sha", WHEN, WHEN, 1, 9, 10, json.dumps(done)),
        ("quiz", "sha", WHEN, WHEN, 0, 1, 10, json.dumps({**done, "checkpoint": None})),
        ("quiz", "sha", WHEN, None, None, None, None, json.dumps({"version": 1, "draft": "\ud800"})),
    ]
    file.parent.mkdir()
    with sqlite3.connect(file) as old:
        old.executescript(VERSION_1)
        old.executemany(
            "INSERT INTO attempts (kind, subject, started, finished, passed, earned, possible, record) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    old.close()
    for _ in range(2):  # the second time there is nothing more to do
        history = Attempts(file)
        left, without, passed = history.of("hello", "sha")
        assert (passed.checkpoint, passed.passed, passed.earned, passed.record) == ("hello", True, 9, done)
        assert (without.checkpoint, without.passed, without.record["questions"]) == (None, False, [])
        assert (left.finished, left.record["draft"]) == (None, "\ud800")
        assert [attempt.id for attempt in history.unfinished("quiz")] == [left.id]
        assert [attempt.id for attempt in history.finished("quiz")] == [without.id, passed.id]
        history.take_hint("hello", "first", 2)
        history.close()


def test_a_record_that_is_no_json_does_not_keep_a_history_from_the_next_version(file):
    file.parent.mkdir()
    with sqlite3.connect(file) as old:
        old.executescript(VERSION_1)
        old.execute(
            "INSERT INTO attempts (kind, subject, started, record) VALUES ('quiz', 'sha', ?, 'half a reco')", (WHEN,)
        )
    old.close()
    history = Attempts(file)
    history.begin("quiz", "sha", {}, "hello")
    history.close()


def graded(content, checkpoint="hello"):
    now = datetime.now(UTC)
    return Attempt(0, "grade", "fingerprint", now, now, False, 1, 2, {"n": content}, checkpoint, content)


def test_what_was_graded_is_kept_once_and_for_so_many_attempts_back(opened):
    for number in range(TEXTS_KEPT + 2):
        opened.add(graded(str(number)), {"app.py": f"# {number}\n"})
    opened.add(graded("1"), {"app.py": "# 1\n", "logo.png": None})
    assert opened.texts("0") is None
    assert opened.texts("1") == {"app.py": "# 1\n", "logo.png": None}
    assert opened.texts("3") == {"app.py": "# 3\n"}
    assert len(opened.of("hello")) == TEXTS_KEPT + 3  # the attempts themselves stay
    assert opened.of("hello")[0].record == {"n": "1"}


def test_hints_are_counted_for_each_check_of_each_checkpoint(opened):
    opened.take_hint("hello", "first", 1)
    opened.take_hint("hello", "first", 2)
    opened.take_hint("hello", "second", 1)
    opened.take_hint("other", "first", 3)
    assert opened.hints("hello") == {"first": 2, "second": 1}
    assert opened.hints("none") == {}


def test_what_is_forgotten_is_not_left_in_the_file_and_nothing_else_is_gone(file, opened):
    opened.add(graded("mine"), {"app.py": "# what a secret\n"})
    opened.add(graded("other", "other"), {"app.py": "# of another checkpoint\n"})
    opened.begin("quiz", "sha", {"a": "secret draft"})
    opened.begin("quiz", "else", {})
    opened.take_hint("hello", "first", 1)
    opened.take_hint("other", "first", 1)
    assert opened.forget("hello", "sha") == 2
    assert (opened.of("hello", "sha"), opened.hints("hello"), opened.texts("mine")) == ([], {}, None)
    assert [attempt.subject for attempt in opened.all()] == ["else", "fingerprint"]
    assert opened.texts("other") == {"app.py": "# of another checkpoint\n"}
    assert opened.hints("other") == {"first": 1}
    assert b"secret" not in file.read_bytes()
    assert opened.forget(None) == 2
    assert (opened.all(), opened.hints("other"), opened.texts("other")) == ([], {}, None)


def test_who_has_no_home_has_no_history(monkeypatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: Path("~/.local/share/checkpoint"))
    with pytest.raises(CheckpointError, match="no home folder"):
        place()


def test_it_lies_where_this_system_keeps_such_files(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert place() == tmp_path / "checkpoint" / "history.sqlite3"
