"""A gradebook keeps one result for each learner, wholly or not at all, whatever ends the process that writes to it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from checkpoint.batch import outputs
from checkpoint.batch.gradebook import Gradebook
from checkpoint.batch.gradebook.file import NAME, VERSION
from checkpoint.batch.gradebook.records import Latest
from checkpoint.batch.tasks import Result
from checkpoint.errors import CheckpointError, GradingError, RefusedSubmission
from checkpoint.judge.api import Spec
from checkpoint.judge.summary import Summary
from checkpoint.model import Decision, Score
from checkpoint.report import render
from checkpoint.scoring import score

from ..report import reports
from .books import (
    FAILED,
    OPEN,
    OTHER,
    OURS,
    PASSED,
    RUN,
    STOPPED,
    begun,
    files,
    filled,
    handed_in_again,
    has,
    kept,
    made,
)

if TYPE_CHECKING:
    from pathlib import Path


def rows(out: Path, select: str) -> list[Any]:
    with Gradebook.read(out) as book:
        return list(book.rows(select))


def test_what_is_stored_is_there_the_next_time(tmp_path: Path):
    out = filled(tmp_path / "out" / "deep", ada=PASSED, grace=FAILED)
    with Gradebook.open(out) as book:
        assert kept(book) == {"ada": PASSED, "grace": FAILED}
    assert json.loads((out / "reports/ada.json").read_text())["passed"] is True
    assert "not passed yet" in (out / "reports/grace.html").read_text()


def test_the_tables_have_what_the_overview_reads(tmp_path: Path):
    out = filled(tmp_path, ada=OPEN, grace=OURS)
    results = "SELECT id, sha256, level, earned, possible, passed, complete, ours, open, file FROM results ORDER BY id"
    assert rows(out, results) == [
        ("ada", reports.SHA256, "full", 1, 5, 0, 1, 0, 1, "ada"),
        ("grace", reports.SHA256, "full", 1, 2, 0, 1, 1, 0, "grace"),
    ]
    checks = (
        "SELECT check_id, number, status, decision, points, max_points FROM checks WHERE id = 'ada' ORDER BY number"
    )
    assert rows(out, checks) == [("page_loads", 1, "passed", None, 1, 1), ("header_from_g", 2, "undecided", None, 0, 4)]
    assert rows(out, "SELECT id, position, shown FROM roster") == [
        ("ada", 0, "handed-in/ada"), ("grace", 1, "handed-in/grace"),
    ]  # fmt: skip
    ((started, finished, seed),) = rows(out, "SELECT started, finished, seed FROM runs")
    assert started <= finished
    assert seed == 7


def test_without_a_run_there_is_no_seed(tmp_path: Path):
    with Gradebook.open(tmp_path) as book:
        assert book.counts() == (0, 0, 0, 0, 0, 0)


def test_a_result_takes_the_place_of_an_earlier_one(tmp_path: Path):
    filled(tmp_path, ada=FAILED)
    filled(tmp_path, ada=PASSED)
    assert rows(tmp_path, "SELECT id, passed FROM results") == [("ada", 1)]
    assert rows(tmp_path, "SELECT COUNT(*) FROM checks") == [(2,)]
    assert "Passed." in (tmp_path / "reports/ada.html").read_text()


def test_the_class_is_counted_and_those_who_left_are_not(tmp_path: Path):
    filled(tmp_path, eve=PASSED)
    filled(tmp_path, ada=PASSED, grace=FAILED, joan=OPEN, mary=OURS, annie=None)
    with Gradebook.open(tmp_path) as book:
        counts = book.counts()
        assert list(kept(book)) == ["ada", "grace", "joan", "mary"]
        assert book.knows("eve")  # all the same: they may come back
    assert (counts.enrolled, counts.graded, counts.ours) == (5, 3, 1)
    assert (counts.passed, counts.failed, counts.undecided) == (1, 1, 1)


# What need not be graded again.


def test_what_was_graded_need_not_be_again(tmp_path: Path):
    filled(tmp_path, ada=PASSED, grace=FAILED, joan=OPEN)
    with Gradebook.open(tmp_path) as book:
        assert all(has(book, id) for id in ("ada", "grace", "joan"))
        assert not has(book, "eve")


@pytest.mark.parametrize(
    "changes",
    [{"sha256": OTHER}, {"fingerprint": OTHER}, {"seed": 8}, {"only": "page_loads"}, {"levels": ("strong",)}],
    ids=lambda changes: next(iter(changes)),
)
def test_what_was_graded_otherwise_must_be_again(tmp_path: Path, changes: dict[str, Any]):
    filled(tmp_path, ada=PASSED)
    with Gradebook.open(tmp_path) as book:
        assert not has(book, "ada", **changes)


@pytest.mark.parametrize("report", [OURS, STOPPED])
def test_what_was_our_fault_is_graded_again(tmp_path: Path, report: Any):
    filled(tmp_path, ada=report)
    with Gradebook.open(tmp_path) as book:
        assert not has(book, "ada")
        assert book.counts().ours == 1


def test_the_mark_of_an_earlier_submission_does_not_count_but_is_kept_for_when_it_comes_back(tmp_path: Path):
    filled(tmp_path, ada=PASSED, grace=FAILED)
    with Gradebook.open(tmp_path) as book:  # a run that is stopped before it comes to Ada
        begun(book, ada=None, grace=None)
        assert not has(book, "ada", sha256=OTHER)
        assert has(book, "grace")
        outputs.write(book)
        assert '"not graded"' in (tmp_path / "gradebook.csv").read_text().split("\n")[1]
        assert list(kept(book)) == ["grace"]
        assert [(mark.id, mark.name) for mark in book.marks()] == [("ada", None), ("grace", "grace")]
        assert has(book, "ada")
        book.store([])
        assert list(kept(book)) == ["ada", "grace"]
        assert not has(book, "ada", sha256=OTHER)
        book.store([Result("ada", handed_in_again(FAILED))])
        assert book.counts().failed == 2


def test_the_mark_of_an_earlier_submission_does_not_count_though_the_new_one_cannot_be_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    filled(tmp_path, ada=PASSED)
    with Gradebook.open(tmp_path) as book:
        assert not has(book, "ada", sha256=OTHER)
        monkeypatch.setattr("checkpoint.batch.gradebook.check_rows", fail)
        with pytest.raises(GradingError):
            book.store([Result("ada", handed_in_again(FAILED))])
        book.settle()
        assert kept(book) == {}
        monkeypatch.undo()
        book.store([Result("ada", handed_in_again(FAILED))])
        book.settle()
        assert kept(book) == {"ada": handed_in_again(FAILED)}


# Decisions.


def decide(book: Gradebook, id: str, check: str, verdict: Any) -> None:
    with book.changing():
        book.set_decision(id, check, Decision(verdict, "I looked.", "Ada", reports.DECIDED_AT))
        book.redo(id)


def test_a_decision_survives_that_the_same_submission_is_graded_again(tmp_path: Path):
    filled(tmp_path, joan=OPEN)
    with Gradebook.open(tmp_path) as book:
        decide(book, "joan", "header_from_g", "passed")
        assert book.counts().passed == 1
    filled(tmp_path, joan=OPEN)
    with Gradebook.open(tmp_path) as book:
        assert book.report("joan").passed
        assert book.counts().passed == 1
    for page in ("json", "html"):
        assert "I looked." in (tmp_path / f"reports/joan.{page}").read_text()
    assert rows(tmp_path, "SELECT status, decision, points FROM checks WHERE check_id = 'header_from_g'") == [
        ("undecided", "passed", 4)
    ]


def test_a_decision_does_not_count_for_another_submission(tmp_path: Path):
    filled(tmp_path, joan=OPEN)
    with Gradebook.open(tmp_path) as book:
        decide(book, "joan", "header_from_g", "passed")
        book.store([Result("joan", handed_in_again(OPEN))])
        assert book.counts().undecided == 1
        (left,) = book.open_checks()
        assert (left.id, left.check.id, left.check.decision) == ("joan", "header_from_g", None)
        assert left.earlier is not None
        assert (left.earlier.verdict, left.earlier.who) == ("passed", "Ada")
        book.store([Result("joan", OPEN)])  # the first one, once more
        assert book.counts().passed == 1


def test_what_the_machine_can_judge_now_needs_no_decision(tmp_path: Path):
    mended = reports.report(reports.PASSED, replace(reports.ERROR, status="passed"))
    filled(tmp_path, mary=OURS)
    with Gradebook.open(tmp_path) as book:
        decide(book, "mary", "home_link", "failed")
        assert (book.counts().failed, book.counts().ours) == (1, 0)
        assert has(book, "mary")
        book.store([Result("mary", mended)])
        assert book.report("mary").passed


def test_a_decision_about_the_one_check_that_was_scored_scores_that_alone(tmp_path: Path):
    alone = replace(OPEN, only="header_from_g", score=score([reports.UNDECIDED], 100))
    filled(tmp_path, replace(RUN, only="header_from_g"), joan=alone)
    with Gradebook.open(tmp_path) as book:
        decide(book, "joan", "header_from_g", "passed")
        assert book.report("joan").score == Score(4, 4, 100.0, 100, passed=True)


# The files.


def test_pages_that_are_given_are_taken_as_they_are(tmp_path: Path):
    with Gradebook.open(tmp_path) as book:
        book.begin(RUN)
        book.store([Result("ada", PASSED, {"json": "{}\n", "html": "<p>given</p>\n"})])
    assert (tmp_path / "reports/ada.html").read_text() == "<p>given</p>\n"


def test_pages_tell_of_hidden_checks_only_if_that_was_asked_for(tmp_path: Path):
    secret = reports.report(reports.PASSED, reports.HIDDEN)
    filled(tmp_path, ada=secret)
    assert reports.SECRET not in (tmp_path / "reports/ada.html").read_text()
    with Gradebook.open(tmp_path) as book:
        assert book.report("ada") == secret
    filled(tmp_path, replace(RUN, reveal=True), ada=secret)
    assert reports.SECRET in (tmp_path / "reports/ada.html").read_text()


def test_pages_follow_what_the_latest_run_reveals_though_nothing_is_graded_again(tmp_path: Path):
    secret = reports.report(reports.PASSED, reports.HIDDEN, reports.UNDECIDED)
    filled(tmp_path, ada=secret)
    for reveal in (True, False, True):
        with Gradebook.open(tmp_path) as book:
            book.begin(replace(RUN, reveal=reveal))
            assert has(book, "ada")
            book.finish()
        assert files(tmp_path) == made(reveal, ada=secret)
        assert (reports.SECRET in files(tmp_path)["ada.html"]) is reveal
    with Gradebook.open(tmp_path) as book:
        decide(book, "ada", "header_from_g", "passed")
        book.settle()
        assert files(tmp_path) == made(True, ada=book.report("ada"))


def test_what_was_just_mended_follows_what_the_next_run_reveals(tmp_path: Path):
    secret = reports.report(reports.PASSED, reports.HIDDEN)
    with Gradebook.open(tmp_path) as book:
        begun(book, ada=secret)
    with Gradebook.open(tmp_path) as book:
        book.begin(replace(RUN, reveal=True))
        book.finish()
    assert files(tmp_path) == made(True, ada=secret)


def test_a_run_that_is_broken_off_follows_what_it_reveals(tmp_path: Path):
    secret = reports.report(reports.PASSED, reports.HIDDEN)
    filled(tmp_path, replace(RUN, reveal=True), ada=secret)
    with Gradebook.open(tmp_path) as book:
        book.begin(RUN)
    Gradebook.open(tmp_path).close()
    assert files(tmp_path) == made(ada=secret)


@pytest.mark.parametrize("left", ["", "{", "\0" * 1000, None], ids=["empty", "cut off", "zeros", "missing"])
@pytest.mark.parametrize("page", ["reports/ada.json", "reports/ada.html"])
def test_files_that_a_crash_left_broken_are_written_again(tmp_path: Path, page: str, left: str | None):
    with Gradebook.open(tmp_path) as book:
        begun(book, ada=PASSED)
    whole = (tmp_path / page).read_text()
    (tmp_path / page).unlink()
    if left is not None:
        (tmp_path / page).write_text(left)
    (tmp_path / "reports/.checkpoint-0123.tmp").write_text("half")
    Gradebook.open(tmp_path).close()
    assert (tmp_path / page).read_text() == whole
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["ada.html", "ada.json"]


def test_files_of_an_earlier_run_that_did_not_end_are_looked_at_too(tmp_path: Path):
    with Gradebook.open(tmp_path) as book:
        begun(book, ada=PASSED)
        book.settle()
        with book.changing():
            book.connection.execute("UPDATE runs SET started = '2026-01-02T03:04:05Z'")
            book.connection.execute("UPDATE results SET graded = started FROM runs")
        book.begin(RUN)
    (tmp_path / "reports/ada.html").write_text("\0" * 1000)
    Gradebook.open(tmp_path).close()
    assert files(tmp_path) == made(ada=PASSED)


def test_files_that_a_crash_left_whole_stay(tmp_path: Path):
    pages = {"json": "{}\n", "html": "<p>given</p></html>\n"}
    with Gradebook.open(tmp_path) as book:
        book.begin(RUN)
        book.store([Result("ada", PASSED, pages)])
        book.enroll([("ada", "ada", None)])
        book.settle()
    Gradebook.open(tmp_path).close()
    assert {name: (tmp_path / f"reports/ada.{name}").read_text() for name in pages} == pages


def test_after_a_run_that_ended_nobody_looks_through_the_files(tmp_path: Path):
    filled(tmp_path, ada=PASSED)
    (tmp_path / "reports/ada.html").unlink()
    with Gradebook.open(tmp_path):
        assert not (tmp_path / "reports/ada.html").exists()


@pytest.mark.parametrize("left", ["", None], ids=["empty", "missing"])
@pytest.mark.parametrize("page", ["ada.json", "ada.html"])
def test_files_that_somebody_has_removed_or_emptied_are_made_again(tmp_path: Path, page: str, left: str | None):
    filled(tmp_path, ada=PASSED, grace=FAILED)
    (tmp_path / "reports" / page).unlink()
    if left is not None:
        (tmp_path / "reports" / page).write_text(left)
    with Gradebook.open(tmp_path) as book:
        outputs.write(book)
    assert files(tmp_path) == made(ada=PASSED, grace=FAILED)


def test_files_of_all_are_made_again_where_the_whole_folder_is_gone(tmp_path: Path):
    filled(tmp_path, ada=PASSED, grace=None)
    shutil.rmtree(tmp_path / "reports")
    with Gradebook.open(tmp_path) as book:
        book.settle()
    assert files(tmp_path) == made(ada=PASSED)


def test_files_that_are_as_they_must_be_are_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    filled(tmp_path, ada=PASSED, grace=FAILED)
    monkeypatch.setattr("checkpoint.batch.gradebook.pages.write", None)
    with Gradebook.open(tmp_path) as book:
        book.settle()
        book.finish()


def test_files_of_those_who_left_the_class_are_removed_and_come_back_with_them(tmp_path: Path):
    filled(tmp_path, ada=PASSED, eve=FAILED)
    (tmp_path / "reports/notes.txt").write_text("mine")
    filled(tmp_path, ada=PASSED)
    assert files(tmp_path) == made(ada=PASSED) | {"notes.txt": "mine"}
    with Gradebook.open(tmp_path) as book:
        book.begin(RUN)
        book.enroll([("ada", "ada", None), ("eve", "eve", None)])
        assert has(book, "eve")
        book.finish()
    assert files(tmp_path) == made(ada=PASSED, eve=FAILED) | {"notes.txt": "mine"}


def killed_before_pages(book: Gradebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """End the next change of a gradebook as one ends that is killed between the commit and the files."""

    def kill(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("checkpoint.batch.gradebook.pages.write", kill)


def test_one_that_was_killed_before_it_wrote_the_files_leaves_none_that_contradicts_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    filled(tmp_path, ada=FAILED, grace=FAILED)
    with Gradebook.open(tmp_path) as book:
        book.begin(RUN)
        book.store([Result("grace", PASSED)])
        killed_before_pages(book, monkeypatch)
        with pytest.raises(KeyboardInterrupt):
            book.store([Result("ada", PASSED)])
    monkeypatch.undo()
    assert kept_by_next(tmp_path) == files(tmp_path) == made(ada=PASSED, grace=PASSED)


def test_one_that_was_killed_while_it_decided_leaves_no_file_that_contradicts_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    filled(tmp_path, joan=OPEN)
    with Gradebook.open(tmp_path) as book:
        decide(book, "joan", "header_from_g", "passed")
        killed_before_pages(book, monkeypatch)
        with pytest.raises(KeyboardInterrupt):
            outputs.write(book)
    monkeypatch.undo()
    assert "I looked." in kept_by_next(tmp_path)["joan.json"]
    assert kept_by_next(tmp_path) == files(tmp_path)


def test_a_result_that_changes_after_its_files_were_written_is_due_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with Gradebook.open(tmp_path) as book:
        begun(book, joan=OPEN)
        decide(book, "joan", "header_from_g", "passed")
        killed_before_pages(book, monkeypatch)
        with pytest.raises(KeyboardInterrupt):
            book.finish()
    monkeypatch.undo()
    assert kept_by_next(tmp_path) == files(tmp_path)


def kept_by_next(out: Path) -> dict[str, str]:
    """Return what the report files must be, after the next one has opened the gradebook."""
    with Gradebook.open(out) as book:
        return made(**kept(book))


def test_files_of_a_decision_are_on_the_disk_before_they_are_no_longer_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    filled(tmp_path, joan=OPEN)
    synced: list[int] = []
    real = os.fsync
    with Gradebook.open(tmp_path) as book:
        decide(book, "joan", "header_from_g", "passed")
        monkeypatch.setattr("os.fsync", lambda handle: (synced.append(handle), real(handle)))
        book.settle()
        assert len(synced) == 2
        assert list(book.rows("SELECT due FROM results")) == [(0,)]
        book.settle()
        assert len(synced) == 2


def test_a_damaged_report_is_named_and_can_be_graded_again(tmp_path: Path):
    filled(tmp_path, ada=PASSED, grace=FAILED)
    damaged = sqlite3.connect(tmp_path / NAME)
    damaged.execute("UPDATE results SET report = X'00ff', due = 1 WHERE id = 'ada'")
    damaged.commit()
    damaged.close()
    with Gradebook.open(tmp_path) as book:
        for reading in (lambda: book.report("ada"), lambda: outputs.write(book)):
            with pytest.raises(CheckpointError, match="the report of 'ada' is damaged") as caught:
                reading()
            assert caught.value.where == str(tmp_path / NAME)
            assert "--again" in str(caught.value.help)
        book.store([Result("ada", PASSED)])
        outputs.write(book)
    assert files(tmp_path) == made(ada=PASSED, grace=FAILED)


def test_the_latest_run_is_told(tmp_path: Path):
    with Gradebook.open(tmp_path) as book:
        assert book.latest() is None
    filled(tmp_path, ada=PASSED)
    filled(tmp_path, replace(RUN, checkpoint_id="other", only="page_loads", source="there"))
    with Gradebook.read(tmp_path) as book:
        assert book.latest() == Latest("other", "page_loads", "there")


def test_why_somebody_was_not_taken_in_is_told_of_them_and_not_to_them(tmp_path: Path):
    refused = RefusedSubmission("a bomb", where="in/emil.zip")
    specs = {"page_loads": Spec("page_loads", "It loads")}
    filled(tmp_path, emil=Summary(None, "in/emil.zip", 7).refused(specs, refused))
    assert rows(tmp_path, "SELECT message FROM checks") == [("in/emil.zip: a bomb.",)]
    assert "Your submission could not be taken in" in files(tmp_path)["emil.html"]


def test_nobody_is_asked_to_decide_what_was_not_graded_to_its_end(tmp_path: Path):
    filled(tmp_path, mary=OURS)
    with Gradebook.open(tmp_path) as book:
        decide(book, "mary", "home_link", "passed")
        book.store([Result("mary", STOPPED)])
        assert list(book.open_checks()) == []
        assert [mark.open for mark in book.marks()] == [()]
        assert book.report("mary") == STOPPED
        book.store([Result("mary", OURS)])  # graded once more: what was decided stands
        assert book.counts().passed == 1


@pytest.mark.parametrize(
    "id", ["a\ud800", "../../etc/passwd", "a\nb", "a\0b", "ü" * 300, "=1+1", "'; DROP TABLE runs"], ids=range(7)
)
def test_an_id_may_hold_anything(tmp_path: Path, id: str):
    hostile = reports.hostile()
    hostile = replace(hostile, checks=(replace(hostile.checks[3], id="c"),), stopped=None)
    with Gradebook.open(tmp_path / "out") as book:
        begun(book, **{id: hostile, "ada": PASSED})
        decide(book, id, "c", "passed")
        assert book.knows(id)
        assert len(kept(book)) == 2
        assert render("json", book.report(id)).count("I looked.") == 1
        assert not has(book, id)
    assert {path.parent for path in tmp_path.rglob("*.html")} == {tmp_path / "out" / "reports"}


# Wholly or not at all.


@pytest.mark.parametrize("place", ["checkpoint.batch.gradebook.check_rows", "checkpoint.batch.gradebook.pages.write"])
@pytest.mark.parametrize("problem", [KeyboardInterrupt, OSError(errno.EIO, "broken")])
def test_a_chunk_is_stored_wholly_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, problem: Any
):
    calls = 0

    def fail(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise problem
        return real(*given, **named)

    stored = place.endswith("pages.write")  # what comes behind the commit
    before, after = {"ada": FAILED}, {"ada": PASSED, "grace": PASSED}
    with Gradebook.open(tmp_path) as book:
        begun(book, ada=FAILED, grace=None)
        module, _, name = place.rpartition(".")
        real = getattr(sys.modules[module], name)
        monkeypatch.setattr(place, fail)
        with pytest.raises((KeyboardInterrupt, CheckpointError)):
            book.store([Result("ada", PASSED), Result("grace", PASSED)])
        monkeypatch.undo()
        assert kept(book) == (after if stored else before)
        assert len(list(book.rows("SELECT 1 FROM checks"))) == (4 if stored else 3)
        assert files(tmp_path) == (made(ada=PASSED) if stored else made(**before))
    assert kept_by_next(tmp_path) == files(tmp_path) == made(**(after if stored else before))


def test_a_full_disk_is_named_and_what_was_stored_before_stays(tmp_path: Path):
    with Gradebook.open(tmp_path) as book:
        begun(book, ada=FAILED, grace=None)
        (pages,) = next(book.rows("PRAGMA page_count"))
        book.connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite says then what it says of a full disk
        big = replace(PASSED, output=os.urandom(100_000).hex())
        with pytest.raises(GradingError, match="full") as caught:
            book.store([Result("grace", big)])
        assert "make room" in str(caught.value.help)
        assert NAME in str(caught.value.where)
        assert kept(book) == {"ada": FAILED}


def test_a_disk_that_is_full_of_reports_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with Gradebook.open(tmp_path) as book:
        begun(book, ada=None)
        monkeypatch.setattr("pathlib.Path.replace", fail)
        with pytest.raises(GradingError, match="no space left on device") as caught:
            book.store([Result("ada", PASSED)])
        assert caught.value.exit_code == 3
        assert str(caught.value.where).endswith("ada.json")
    monkeypatch.undo()
    assert kept_by_next(tmp_path) == files(tmp_path) == made(ada=PASSED)


# Who may write, and where.


def test_two_do_not_write_to_one_folder(tmp_path: Path):
    with Gradebook.open(tmp_path) as book:
        begun(book, ada=PASSED)
        with pytest.raises(CheckpointError, match="somebody is writing to this folder") as caught:
            Gradebook.open(tmp_path)
        assert (caught.value.where, caught.value.exit_code) == (str(tmp_path), 2)
        with Gradebook.read(tmp_path) as other:  # looking is no writing
            assert other.counts().passed == 1
    Gradebook.open(tmp_path).close()


def test_one_that_was_killed_leaves_no_lock_and_what_it_had_stored(tmp_path: Path):
    """Not even when what it has forked lives on."""
    code = """if True:
        import os, signal, sys
        from pathlib import Path
        from checkpoint.batch.gradebook import Gradebook
        from checkpoint.batch.gradebook.records import Run
        book = Gradebook.open(Path(sys.argv[1]))
        book.begin(Run("f", "c", "C", 100, 5, "s"))
        if os.fork() == 0:
            sys.stdin.read()
            os._exit(0)
        book.connection.execute("BEGIN")
        book.connection.execute("INSERT INTO roster VALUES ('half', 0, '', NULL)")
        os.kill(os.getpid(), signal.SIGKILL)
    """
    killed = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdin=subprocess.PIPE)
    assert killed.wait(timeout=60) < 0
    with Gradebook.open(tmp_path) as book:
        assert book.counts().enrolled == 0
    assert killed.stdin is not None
    killed.stdin.close()


def test_when_it_is_closed_it_is_one_file(tmp_path: Path):
    filled(tmp_path, ada=PASSED)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gradebook.lock", NAME, "reports"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no database " * 100, "this is no gradebook"),
        ("CREATE TABLE attempts (id)", "this is no gradebook"),
        (f"PRAGMA user_version = {VERSION + 1}", "written by a newer checkpoint"),
    ],
)
def test_what_is_no_gradebook_of_ours_is_refused(tmp_path: Path, content: bytes | str, words: str):
    if isinstance(content, bytes):
        (tmp_path / NAME).write_bytes(content)
    else:
        if "newer" in words:
            filled(tmp_path, ada=PASSED)
        connection = sqlite3.connect(tmp_path / NAME)
        connection.execute(content)
        connection.close()
    before = (tmp_path / NAME).read_bytes()
    for opening in (Gradebook.open, Gradebook.read):
        with pytest.raises(CheckpointError, match=words) as caught:
            opening(tmp_path)
        assert (caught.value.where, caught.value.exit_code) == (str(tmp_path / NAME), 2)
        assert caught.value.help
    assert (tmp_path / NAME).read_bytes() == before


def test_what_is_no_folder_is_refused(tmp_path: Path):
    (tmp_path / "out").write_text("")
    with pytest.raises(CheckpointError, match="not a folder"):
        Gradebook.open(tmp_path / "out")
    with pytest.raises(CheckpointError, match="cannot write here: not a directory"):
        Gradebook.open(tmp_path / "out" / "deep")


def test_a_folder_without_a_gradebook_cannot_be_looked_at(tmp_path: Path):
    with pytest.raises(CheckpointError, match="there is no gradebook in this folder"):
        Gradebook.read(tmp_path)
    (tmp_path / NAME).touch()
    with pytest.raises(CheckpointError, match="empty"):
        Gradebook.read(tmp_path)


def test_a_folder_that_may_not_be_written_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As SQLite says it, for the superuser of many a test machine may write anywhere."""
    if os.geteuid() == 0:
        real = sqlite3.connect
        monkeypatch.setattr("sqlite3.connect", lambda path, **given: real(f"{tmp_path}/missing/{path}", **given))
    else:
        tmp_path.chmod(0o500)
    with pytest.raises(CheckpointError, match="cannot be opened or made") as caught:
        Gradebook.open(tmp_path)
    assert (caught.value.where, caught.value.help) == (str(tmp_path), "give a folder of yours")
    tmp_path.chmod(0o700)


def test_another_program_that_holds_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("checkpoint.batch.gradebook.file._PATIENCE", 0)
    filled(tmp_path, ada=PASSED)
    other = sqlite3.connect(tmp_path / NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(CheckpointError, match="another program is using this gradebook"):
            Gradebook.open(tmp_path)
    finally:
        other.close()


def test_looking_may_not_change_anything(tmp_path: Path):
    filled(tmp_path, ada=OPEN)
    with Gradebook.read(tmp_path) as book, pytest.raises(CheckpointError, match="may not be written to"):
        decide(book, "ada", "header_from_g", "passed")
