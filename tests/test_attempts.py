"""The history is one file that outlives whatever happens to the program that writes it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from checkpoint.attempts import Attempts, place
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
    with pytest.raises(CheckpointError, match="full"):
        opened.begin("quiz", "hash", {"long": "x" * 100_000})


def test_it_lies_where_this_system_keeps_such_files(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert place() == tmp_path / "checkpoint" / "history.sqlite3"
