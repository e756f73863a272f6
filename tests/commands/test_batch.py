"""`checkpoint batch` as it is typed: what it grades, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import APP, CHECK

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Answer, Cli, Write

    Batch = Callable[..., Answer]

OTHER = APP.replace("world", "there")
SLOW = "import time\ntime.sleep(0.5)\n" + APP
LONG_SECONDS = 60.0


def hand_in(folder: Path, apps: dict[str, str]) -> Path:
    for id, app in apps.items():
        path = folder / id / "app.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(app, "utf-8")
    return folder


@pytest.fixture
def batch(cli: Cli, course: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Return a function that writes a tiny checkpoint and grades a class with it, into `out`."""
    monkeypatch.chdir(tmp_path)
    root = course()

    def run(*argv: object) -> Answer:
        return cli("batch", *argv, "--checkpoint", root, "--jobs", "1", "--allow-unisolated")

    return run


def table(out: Path) -> dict[str, dict[str, str]]:
    text = (out / "gradebook.csv").read_text("utf-8-sig")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def points(out: Path) -> dict[str, str]:
    return {id: row["points"] for id, row in table(out).items()}


def test_a_class_is_graded_into_table_reports_and_overview(batch: Batch, tmp_path: Path):
    submissions = hand_in(tmp_path / "class", {"ada": APP, "ben": OTHER, "cy": "app = "})
    answer = batch(submissions, "--out", "out")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0] == "3 submissions: 1 passed, 2 not passed"
    out = tmp_path / "out"
    assert points(out) == {"ada": "2", "ben": "0", "cy": "0"}
    assert table(out)["cy"]["cause"] == "not_loadable"
    overview = (out / "index.html").read_text("utf-8")
    for id in ("ada", "ben", "cy"):
        assert f"reports/{id}.html" in overview
        report = json.loads((out / "reports" / f"{id}.json").read_text("utf-8"))
        assert report["submission"]["path"].endswith(f"{id}/app.py") or report["submission"]["path"].endswith(id)
        assert (out / "reports" / f"{id}.html").is_file()
    assert "has not come to its end" not in overview


def plain(text: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(text)
    del report["started_at"], report["duration_ms"]
    for check in report["checks"]:
        del check["duration_ms"]
    return report


def test_the_report_is_the_one_that_grade_gives(batch: Batch, cli: Cli, course: Write, tmp_path: Path):
    apps = {"ada": APP, "ben": OTHER, "cy": "app = ", "dan": "import nothing_there\n"}
    submissions = hand_in(tmp_path / "class", apps)
    assert batch(submissions, "--out", "out", "--seed", "5").code == 0
    for id in apps:
        alone = cli(
            "grade", submissions / id, "--checkpoint", course(), "--seed", "5", "--report", "json", "--allow-unisolated"
        )
        assert plain((tmp_path / "out" / "reports" / f"{id}.json").read_text("utf-8")) == plain(alone.out)


def test_it_goes_on_where_it_was(batch: Batch, tmp_path: Path):
    submissions = hand_in(tmp_path / "class", {"ada": APP, "ben": OTHER})
    batch(submissions, "--out", "out")
    before = (tmp_path / "out/reports/ada.json").stat().st_mtime_ns
    hand_in(submissions, {"ben": APP, "cy": APP})
    answer = batch(submissions, "--out", "out")
    assert answer.out.splitlines()[0] == "3 submissions: 3 passed"
    assert (tmp_path / "out/reports/ada.json").stat().st_mtime_ns == before
    # Who comes later has seen the reports of others, and is asked something else.
    seeds = {json.loads((tmp_path / f"out/reports/{id}.json").read_text("utf-8"))["seed"] for id in ("ada", "cy")}
    assert len(seeds) == 2
    assert (
        batch(submissions, "--out", "out", "--seed", str(seeds.pop())).out.splitlines()[0] == answer.out.splitlines()[0]
    )
    batch(submissions, "--out", "out", "--again")
    assert (tmp_path / "out/reports/ada.json").stat().st_mtime_ns != before


def test_an_archive_and_a_list_are_classes_too(batch: Batch, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("ada/app.py", APP)
        archive.writestr("ben/app.py", OTHER)
    assert batch("class.zip").out.splitlines()[0] == "2 submissions: 1 passed, 1 not passed"
    assert points(tmp_path / "class-results") == {"ada": "2", "ben": "0"}
    hand_in(tmp_path / "work", {"one": APP})
    (tmp_path / "list.csv").write_text("id,path\n7,work/one\n8,work/none\n", "utf-8")
    answer = batch("list.csv", "--out", "listed")
    assert points(tmp_path / "listed") == {"7": "2", "8": "0"}
    assert answer.code == 0
    assert "not taken in, and so without points:\n  8: " in answer.out


def test_odd_ones_are_named_and_stop_nobody(batch: Batch, tmp_path: Path):
    submissions = hand_in(tmp_path / "class", {"ada": APP, "new\nline": APP, "räksmörgås": OTHER})
    (submissions / "empty").mkdir()
    (submissions / "cut.zip").write_bytes(b"PK\3\4")
    with (submissions / "large.zip").open("wb") as large:
        large.truncate(2 << 30)
    answer = batch(submissions, "--out", "out")
    assert answer.code == 0
    assert points(tmp_path / "out") == {
        "ada": "2", "cut": "0", "empty": "0", "large": "0", r"new\nline": "2", "räksmörgås": "0"
    }  # fmt: skip
    for id in ("cut", "empty", "large"):
        assert f"  {id}: " in answer.out
    assert "\n2 submissions" not in answer.out


def test_ids_that_are_there_twice_are_both_graded_and_named(batch: Batch, tmp_path: Path):
    hand_in(tmp_path / "work", {"one": APP, "two": OTHER})
    (tmp_path / "list.csv").write_text("id,path\nada,work/one\nada,work/two\n", "utf-8")
    answer = batch("list.csv", "--out", "out")
    assert points(tmp_path / "out") == {"ada": "2", "ada~2": "0"}
    assert "taken in with a warning:\n  ada~2: a second submission of the id `ada` (line 3)" in answer.out


def test_many_odd_ones_are_counted_and_not_all_named(batch: Batch, tmp_path: Path):
    for number in range(30):
        (tmp_path / "class" / f"s{number:02}").mkdir(parents=True)
    out = batch(tmp_path / "class", "--out", "out").out
    assert out.count("there is no app.py") == 10
    assert "  and 20 more" in out
    assert "there is no app.py" not in batch(tmp_path / "class", "--out", "out", "--quiet").out


@pytest.mark.parametrize(
    "path, words",
    [
        ("nowhere", "no such file or folder"),
        ("hollow", "there are no submissions"),
        ("one", "checkpoint grade"),
        ("class", "would lie among the submissions"),
    ],
)
def test_what_makes_no_sense_is_told_before_anything(
    batch: Batch, tmp_path: Path, path: str, words: str, no_worker: None
):
    (tmp_path / "hollow").mkdir()
    hand_in(tmp_path, {"one": APP})
    hand_in(tmp_path / "class", {"ada": APP})
    answer = batch(path, "--out", "class/out" if path == "class" else "out")
    assert answer.code == 2
    assert words in answer.err
    assert not (tmp_path / "out").exists()


def test_a_broken_check_file_is_told_with_its_line(batch: Batch, tmp_path: Path):
    hand_in(tmp_path / "class", {"ada": APP})
    (tmp_path / "course/checks/test_hello.py").write_text("def test_a(learner:\n", "utf-8")
    answer = batch("class", "--out", "out")
    assert answer.code == 2
    assert "test_hello.py:1" in answer.err
    assert "^" in answer.err


def test_an_unknown_check_is_wrong_usage(batch: Batch, tmp_path: Path):
    hand_in(tmp_path / "class", {"ada": APP})
    answer = batch("class", "--out", "out", "--only", "helo")
    assert answer.code == 2
    assert "did you mean `hello`?" in answer.err


@pytest.mark.parametrize("slip", ["only", "check file"])
def test_a_slip_costs_nothing_of_what_is_graded(batch: Batch, tmp_path: Path, slip: str):
    hand_in(tmp_path / "class", {"ada": APP, "ben": OTHER})
    batch("class", "--out", "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.[chj]*")}
    assert len(before) == 6
    check = tmp_path / "course/checks/test_hello.py"
    if slip == "only":
        answer = batch("class", "--out", "out", "--only", "helo")
    else:
        check.write_text("def test_a(learner:\n", "utf-8")
        answer = batch("class", "--out", "out")
    assert (answer.code, answer.out) == (2, "")
    assert {path: path.read_bytes() for path in before} == before
    check.write_text(CHECK.lstrip("\n"), "utf-8")
    stamp = (tmp_path / "out/reports/ada.json").stat().st_mtime_ns
    assert batch("class", "--out", "out").code == 0
    assert (tmp_path / "out/reports/ada.json").stat().st_mtime_ns == stamp


def test_a_check_that_breaks_is_our_fault_and_exit_3(batch: Batch, tmp_path: Path):
    hand_in(tmp_path / "class", {"ada": APP, "ben": APP})
    check = tmp_path / "course/checks/test_hello.py"
    check.write_text(CHECK.replace("assert", "raise KeyError\n    assert"), "utf-8")
    answer = batch("class", "--out", "out")
    assert answer.code == 3
    assert answer.out.splitlines()[0] == "2 submissions: 2 could not be graded, through no fault of theirs"
    assert points(tmp_path / "out") == {"ada": "", "ben": ""}


def test_a_checkpoint_among_the_submissions_is_never_taken(
    cli: Cli, course: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_worker: None
):
    course(name="class/ada")
    hand_in(tmp_path / "class", {"ada": APP, "ben": APP})
    monkeypatch.chdir(tmp_path / "class")
    answer = cli("batch", ".", "--out", tmp_path / "out")
    assert answer.code == 2
    assert "no checkpoint found" in answer.err


@pytest.mark.skipif(sys.platform != "linux", reason="isolation is told apart on Linux only")
def test_results_that_are_no_marks_are_refused(
    cli: Cli, course: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    hand_in(tmp_path / "class", {"ada": APP})
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "patch"))
    (tmp_path / "patch").mkdir()
    (tmp_path / "patch" / "sitecustomize.py").write_text(
        "import checkpoint.worker.launch as launch\n"
        "real = launch.start\n"
        "launch.start = lambda required='none', without=frozenset(): "
        "real(required, frozenset({'root', 'landlock', 'seccomp'}))\n",
        "utf-8",
    )
    answer = cli("batch", tmp_path / "class", "--out", tmp_path / "out", "--checkpoint", course(), "--jobs", "1")
    assert answer.code == 3
    assert "isolation here is only `none`" in answer.err
    assert not list((tmp_path / "out").glob("reports/*"))


class Started:
    """Hold a batch in a process of its own."""

    def __init__(self, argv: list[str], cwd: Path) -> None:
        self.process = subprocess.Popen(
            [str(Path(sys.executable).with_name("checkpoint")), "batch", *argv],
            cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def until(self, number: int, out: Path) -> None:
        """Wait until so many reports are there."""
        deadline = time.monotonic() + LONG_SECONDS
        while len(list(out.glob("reports/*.json"))) < number:
            assert time.monotonic() < deadline
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.02)

    def end(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=LONG_SECONDS)
        return self.process.returncode, out, err


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(
    "number, code, word", [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_who_is_told_to_end_keeps_what_there_is_and_goes_on_later(
    batch: Batch, tmp_path: Path, number: signal.Signals, code: int, word: str
):
    hand_in(tmp_path / "class", {f"s{each:02}": SLOW for each in range(12)})
    argv = ["class", "--out", "out", "--jobs", "2", "--checkpoint", "course", "--seed", "1", "--allow-unisolated"]
    started = Started(argv, tmp_path)
    started.until(3, tmp_path / "out")
    started.process.send_signal(number)
    ended, out, err = started.end()
    assert (ended, err.splitlines()[-1]) == (code, f"checkpoint: {word}")
    assert "not graded yet" in out
    there = points(tmp_path / "out")
    assert 3 <= sum(mark == "2" for mark in there.values()) < 12
    answer = batch("class", "--out", "out", "--seed", "1")
    assert answer.out.splitlines()[0] == "12 submissions: 12 passed"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_death_of_the_coordinator_loses_nothing_that_was_kept(batch: Batch, tmp_path: Path):
    hand_in(tmp_path / "class", {f"s{each:02}": SLOW for each in range(12)})
    argv = ["class", "--out", "out", "--jobs", "2", "--checkpoint", "course", "--seed", "1", "--allow-unisolated"]
    started = Started(argv, tmp_path)
    started.until(3, tmp_path / "out")
    group = started.process.pid
    started.process.kill()
    started.end()
    deadline = time.monotonic() + LONG_SECONDS
    while _of_session(group):  # judges, zygotes and workers end with it
        assert time.monotonic() < deadline
        time.sleep(0.05)
    answer = batch("class", "--out", "out", "--seed", "1")
    assert answer.out.splitlines()[0] == "12 submissions: 12 passed"


def _of_session(session: int) -> list[int]:
    """Return the processes that a session still has."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


def test_two_batches_do_not_write_to_one_place(batch: Batch, tmp_path: Path):
    from checkpoint.batch.gradebook import Gradebook

    hand_in(tmp_path / "class", {"ada": APP})
    with Gradebook.open(tmp_path / "out"):
        answer = batch("class", "--out", "out")
    assert answer.code == 2
    assert "another" in answer.err


def test_help_names_what_there_is(cli: Cli):
    answer = cli("batch", "--help")
    assert answer.code == 0
    for word in ("--out", "--jobs", "--again", "--seed", "--only", "batch decide", "Examples"):
        assert word in answer.out
    assert "Usage: checkpoint batch decide" in cli("batch", "decide", "--help").out


def test_a_folder_called_decide_can_be_graded_too(batch: Batch, tmp_path: Path):
    hand_in(tmp_path / "decide", {"ada": APP})
    assert batch("./decide", "--out", "out").out.splitlines()[0] == "1 submission: 1 passed"
