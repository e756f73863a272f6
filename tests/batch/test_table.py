"""The table has a row for everybody in the class, and no spreadsheet runs what a learner is called."""

from __future__ import annotations

import csv
import errno
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from checkpoint.batch import table
from checkpoint.batch.gradebook import Gradebook
from checkpoint.batch.table import guarded, unguarded
from checkpoint.errors import GradingError
from checkpoint.model import CheckResult

from ..report import reports
from .books import FAILED, OPEN, OURS, PASSED, filled

if TYPE_CHECKING:
    from pathlib import Path

    from checkpoint.model import Report


def read(out: Path) -> list[dict[str, str]]:
    with (out / table.NAME).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def written(out: Path, **results: Report | None) -> dict[str, dict[str, str]]:
    filled(out, **results)
    with Gradebook.open(out) as book:
        table.write(book)
    return {row["id"]: row for row in read(out)}


def test_the_columns(tmp_path: Path):
    rows = written(tmp_path, ada=FAILED)
    assert list(rows["ada"]) == [
        "id", "points", "possible", "percent", "passed", "page_loads", "visit_count", "visit_per_visitor", "cause",
        "needs_person", "report",
    ]  # fmt: skip
    assert list(rows["ada"].values()) == [
        "ada", "1", "7", "14.29", "no", "passed", "failed", "blocked", "", "", "reports/ada.html",
    ]  # fmt: skip


def test_excel_is_told_that_it_is_utf_8(tmp_path: Path):
    written(tmp_path, **{"Zoë Müller": PASSED})
    content = (tmp_path / table.NAME).read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"id","points",')
    assert '\r\n"Zoë Müller",'.encode() in content


def test_everybody_has_a_row_in_the_order_of_the_class(tmp_path: Path):
    rows = written(tmp_path, zoe=PASSED, ada=None, joan=OPEN)
    assert list(rows) == ["zoe", "ada", "joan"]
    assert (rows["zoe"]["percent"], rows["zoe"]["passed"]) == ("100", "yes")
    assert [value for value in rows["ada"].values() if value] == ["ada", "not graded"]
    assert (rows["joan"]["needs_person"], rows["joan"]["points"]) == ("header_from_g", "1")


def test_what_is_our_fault_is_no_mark(tmp_path: Path):
    row = written(tmp_path, mary=OURS)["mary"]
    assert (row["points"], row["possible"], row["percent"], row["passed"]) == ("", "2", "", "")
    assert (row["home_link"], row["cause"], row["needs_person"]) == ("error", "error", "home_link")


def test_what_a_person_decided_is_said(tmp_path: Path):
    row = written(tmp_path, ada=reports.report(reports.LET_PASS, reports.TURNED_DOWN))["ada"]
    assert (row["header_from_g"], row["home_link"]) == ("undecided", "error")  # not decided in this gradebook
    with Gradebook.open(tmp_path) as book:
        with book.changing():
            for check in (reports.LET_PASS, reports.TURNED_DOWN):
                book.set_decision("ada", check.id, check.decision)
            book.redo("ada")
        table.write(book)
    (row,) = read(tmp_path)
    assert (row["header_from_g"], row["home_link"]) == ("passed (decided)", "failed (decided)")
    assert (row["points"], row["needs_person"]) == ("4", "")


def test_a_check_may_be_called_like_a_column(tmp_path: Path):
    row = written(tmp_path, ada=reports.report(CheckResult("points", "Points", "failed", 3)))["ada"]
    assert (row["points"], row["check:points"]) == ("0", "failed")


@pytest.mark.parametrize(
    "id",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff20x", "'=1", "'quoted'"],
    ids=range(11),
)
def test_no_cell_is_a_formula(tmp_path: Path, id: str):
    rows = written(tmp_path, **{id: PASSED})
    assert list(rows) == [f"'{id}"]
    assert unguarded(f"'{id}") == id


@pytest.mark.parametrize("id", ["ada", "o'neil", "1-1", "a\nb", 'say "x"', "a,b;c", "日本"])
def test_any_other_cell_is_as_it_is(tmp_path: Path, id: str):
    assert guarded(id) == unguarded(id) == id
    assert list(written(tmp_path, **{id: PASSED})) == [id]


def test_it_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    written(tmp_path, ada=PASSED)
    before = read(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with Gradebook.open(tmp_path) as book:
        monkeypatch.setattr("os.fsync", fail)
        with pytest.raises(GradingError, match="cannot write the table: no space left") as caught:
            table.write(book)
    assert caught.value.where == str(tmp_path / table.NAME)
    assert read(tmp_path) == before
    assert not list(tmp_path.glob(".checkpoint-*"))


def test_without_points_there_is_no_percent(tmp_path: Path):
    row = written(tmp_path, ada=reports.report(replace(reports.PASSED, max_points=0)))["ada"]
    assert (row["points"], row["possible"], row["percent"]) == ("0", "0", "")
