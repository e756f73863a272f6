"""Whatever ends grading, the reports that were asked for are there, and say so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from checkpoint.report.json import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..conftest import Cli, Write

SLOW = """
import sys, time

def test_first(learner):
    assert learner.get("/").status_code == 200

def test_slow(learner):
    time.sleep(1.1)
    print("NOW", file=sys.stderr, flush=True)
    time.sleep(60)

def test_never(learner): ...
"""


def read(file: Path) -> dict[str, Any]:
    """Return a JSON report, which keeps the published schema."""
    report: dict[str, Any] = json.loads(file.read_text())
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(report)] == []
    return report


def statuses(report: dict[str, Any]) -> dict[str, str]:
    return {check["id"]: check["status"] for check in report["checks"]}


@contextmanager
def grading(folder: Path, app: Path, *argv: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Grade, until the slow check has begun to be slow."""
    command = [Path(sys.executable).with_name("checkpoint"), "grade", app, "--checkpoint", folder, *argv]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": os.environ | (env or {})}
    with subprocess.Popen(command, **piped) as process:  # type: ignore[call-overload]
        assert process.stderr is not None
        assert process.stderr.readline() == "NOW\n"
        yield process
        process.kill()


def test_sigterm_leaves_what_was_judged_in_every_report(course: Write, app: Path, tmp_path: Path):
    wanted = {name: tmp_path / f"report.{name}" for name in ("json", "junit", "gradescope", "html")}
    argv = [part for name, file in wanted.items() for part in ("--report", f"{name}={file}")]
    with grading(course(SLOW), app, *argv) as process:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=45)
    assert (process.returncode, err) == (143, "")
    assert "Grading was cut short, so this report is not complete. It was told to end" in out
    report = read(wanted["json"])
    assert report["stopped"]["why"] == "terminated"
    assert not report["complete"]
    assert not report["passed"]
    assert statuses(report) == {"first": "passed", "slow": "error", "never": "error"}
    assert (report["score"]["earned"], report["score"]["possible"]) == (1, 3)
    assert json.loads(wanted["gradescope"].read_text())["score"] == 1
    assert "told to end" in wanted["junit"].read_text()
    assert "told to end" in wanted["html"].read_text()


def test_a_kill_that_nobody_is_told_of_leaves_the_last_that_was_known(course: Write, app: Path, tmp_path: Path):
    file = tmp_path / "report.json"
    with grading(course(SLOW.replace("sleep(1.1)", "sleep(0)")), app, "--report", f"json={file}") as process:
        process.kill()
    report = read(file)
    assert report["stopped"]["why"] == "unfinished"
    assert statuses(report)["never"] == "error"
    assert not report["passed"]
    assert report["score"]["possible"] == 3
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".tmp", ".json")] == ["report.json"]


def test_what_is_known_is_written_again_while_it_goes_on(course: Write, app: Path, tmp_path: Path):
    checks = SLOW.replace("time.sleep(60)", "pass") + "\ndef test_other(learner):\n    time.sleep(60)\n"
    file = tmp_path / "report.json"
    with grading(course(checks), app, "--report", f"json={file}") as process:
        deadline = time.monotonic() + 45
        while statuses(read(file)).get("slow") != "passed" and time.monotonic() < deadline:
            time.sleep(0.05)
        process.kill()
    assert statuses(read(file)) == {"first": "passed", "slow": "passed", "never": "error", "other": "error"}


def test_a_second_sigterm_does_not_keep_the_first_from_its_report(course: Write, app: Path, tmp_path: Path):
    file = tmp_path / "report.json"
    with grading(course(SLOW), app, "--report", f"json={file}") as process:
        for _ in range(5):
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=45)
    assert read(file)["stopped"]["why"] == "terminated"


def test_a_finished_run_leaves_no_trace_of_what_it_wrote_on_the_way(cli: Cli, course: Write, app: Path, tmp_path: Path):
    assert cli("grade", app, "--checkpoint", course(), "--report", f"json={tmp_path / 'r.json'}").code == 0
    assert read(tmp_path / "r.json")["stopped"] is None
    assert not list(tmp_path.glob("*.tmp"))


def test_what_cannot_be_taken_in_has_earned_nothing_and_the_report_says_why(cli: Cli, course: Write, tmp_path: Path):
    folder = course(
        "from checkpoint import check\n@check(title='A', hints=['Look.'])\ndef test_a(learner): ...\n"
        "def test_b(learner): ...\n"
    )
    (tmp_path / "handed_in").mkdir()
    answer = cli("grade", tmp_path / "handed_in", "--checkpoint", folder, "--report", f"json={tmp_path / 'r.json'}")
    assert (answer.code, answer.out) == (2, "")
    report = read(tmp_path / "r.json")
    assert (report["complete"], report["passed"], report["cause"]) == (True, False, "not_loadable")
    assert (report["score"]["earned"], report["score"]["possible"]) == (0, 2)
    assert statuses(report) == {"a": "failed", "b": "blocked"}
    assert answer.err.startswith("checkpoint: ")
    message, hints = report["checks"][0]["message"], report["checks"][0]["hints"]
    told, help = answer.err.removeprefix("checkpoint: ").rstrip("\n").split("\nhelp: ")
    assert message == f"Your submission could not be taken in: {told}."
    assert hints == [help]  # the check's own would not fit
    assert report["submission"] == {"path": str(tmp_path / "handed_in"), "sha256": ""}


def test_if_all_checks_are_hidden_what_cannot_be_taken_in_is_said_all_the_same(cli: Cli, course: Write, tmp_path: Path):
    folder = course("from checkpoint import check\n@check(visibility='hidden')\ndef test_a(learner): ...\n")
    answer = cli("grade", tmp_path / "no.py", "--checkpoint", folder, "--report", "json")
    report = json.loads(answer.out)
    assert report["checks"][0]["message"] is None
    assert report["notes"] == [f"Your submission could not be taken in: {tmp_path / 'no.py'}: no such file or folder."]


def test_a_file_that_is_not_there_has_a_report_too(cli: Cli, course: Write, tmp_path: Path):
    answer = cli("grade", tmp_path / "no.py", "--checkpoint", course(), "--report", "json")
    assert answer.code == 2
    assert json.loads(answer.out)["checks"][0]["status"] == "failed"


@pytest.mark.parametrize("reports", [[], ["--report", "terminal"]])
def test_where_nobody_would_read_it_no_report_is_made(cli: Cli, course: Write, tmp_path: Path, reports: list[str]):
    answer = cli("grade", tmp_path / "no.py", "--checkpoint", course(), *reports)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 2


def test_a_broken_checkpoint_has_a_report_that_quotes_nothing_of_it(cli: Cli, course: Write, app: Path, tmp_path: Path):
    folder = course("def test_a(learner):\n    secret = 42 = 43\n")
    answer = cli("grade", app, "--checkpoint", folder, "--report", f"json={tmp_path / 'r.json'}")
    assert answer.code == 2
    assert "secret = 42 = 43" in answer.err
    text = (tmp_path / "r.json").read_text()
    assert "secret" not in text
    report = read(tmp_path / "r.json")
    assert report["stopped"]["why"] == "broken"
    assert "no fault of yours" in report["stopped"]["message"]
    assert (report["checks"], report["passed"]) == ([], False)
    assert report["checkpoint"]["id"] == "hello"


def test_no_checkpoint_at_all_has_a_report(cli: Cli, app: Path, tmp_path: Path):
    answer = cli("grade", app, "--checkpoint", tmp_path / "nowhere", "--report", f"json={tmp_path / 'r.json'}")
    assert answer.code == 2
    assert read(tmp_path / "r.json")["stopped"]["why"] == "broken"


def test_a_solution_that_cannot_be_taken_in_is_the_checkpoints_fault(
    cli: Cli, course: Write, app: Path, tmp_path: Path
):
    folder = course()
    (folder / "solution" / "link.py").symlink_to("/etc/hostname")
    answer = cli("grade", app, "--checkpoint", folder, "--report", f"json={tmp_path / 'r.json'}")
    assert answer.code == 2
    assert answer.err.startswith(f"checkpoint: {folder / 'solution' / 'link.py'}: the solution: ")
    report = read(tmp_path / "r.json")
    assert report["stopped"]["why"] == "broken"
    assert statuses(report) == {"hello": "error"}


def test_a_fault_of_ours_has_a_report_with_what_was_judged_before(
    cli: Cli, course: Write, app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr("checkpoint.judge.isolation.describe", broken)
    monkeypatch.setattr("checkpoint.worker.launch.Launcher.known", None)
    answer = cli("grade", app, "--checkpoint", course(), "--report", f"json={tmp_path / 'r.json'}")
    assert (answer.code, answer.out) == (3, "")
    assert "RuntimeError: a slip of ours" in answer.err
    report = read(tmp_path / "r.json")
    assert report["stopped"]["why"] == "failed"
    assert "RuntimeError" in report["stopped"]["message"]
    assert "a slip of ours" not in report["stopped"]["message"]
    assert statuses(report) == {"hello": "passed"}
    assert not report["passed"]


def test_wrong_usage_leaves_an_older_report_alone(cli: Cli, course: Write, app: Path, tmp_path: Path):
    (tmp_path / "r.json").write_text("old")
    answer = cli("grade", app, "--checkpoint", course(), "--report", f"json={tmp_path / 'r.json'}", "--only", "no")
    assert answer.code == 2
    assert (tmp_path / "r.json").read_text() == "old"


def test_what_is_known_is_written_for_a_platform_too(course: Write, app: Path, tmp_path: Path):
    folder = course(SLOW.replace("sleep(1.1)", "sleep(0)"))
    with grading(folder, app, env={"GITLAB_CI": "true", "CI_PROJECT_DIR": str(tmp_path)}) as process:
        process.kill()
    assert 'type="unfinished"' in (tmp_path / "junit.xml").read_text()


def test_what_an_author_prints_is_no_part_of_a_report_on_a_failure(
    cli: Cli, course: Write, write: Write, tmp_path: Path
):
    folder = course("print('PRINTED')\ndef test_a(learner): ...\n")
    write("course/checks/conftest.py", "print('PRINTED')\n")
    answer = cli("grade", tmp_path / "no.py", "--checkpoint", folder, "--report", "json")
    assert json.loads(answer.out)["checks"][0]["status"] == "failed"


def test_that_a_report_cannot_be_written_does_not_hide_why_there_is_none(cli: Cli, course: Write, tmp_path: Path):
    argv = ["--checkpoint", course(), "--report", f"json={tmp_path / 'no' / 'r.json'}"]
    answer = cli("grade", tmp_path / "no.py", *argv)
    assert answer.code == 2
    assert "cannot write the report: there is no folder" in answer.err
    assert f"checkpoint: {tmp_path / 'no.py'}: no such file or folder" in answer.err


def test_sigterm_before_the_first_check_needs_no_second_look_for_checks(course: Write, app: Path, tmp_path: Path):
    file = tmp_path / "report.json"
    folder = course("import sys, time\nprint('NOW', file=sys.__stderr__, flush=True)\ntime.sleep(60)\n")
    with grading(folder, app, "--report", f"json={file}") as process:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=45)
    assert process.returncode == 143
    assert read(file)["stopped"]["why"] == "terminated"


def test_sigterm_where_nobody_reads_a_report_is_143_all_the_same(course: Write, app: Path):
    folder = course("import sys, time\nprint('NOW', file=sys.__stderr__, flush=True)\ntime.sleep(60)\n")
    with grading(folder, app) as process:
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=45)
    assert (process.returncode, err.strip()) == (143, "checkpoint: terminated")


def test_a_check_that_swallows_the_signal_is_the_last_one(course: Write, app: Path, tmp_path: Path):
    swallowing = """
    try:
        print("NOW", file=sys.stderr, flush=True)
        time.sleep(60)
    except BaseException: pass
"""
    spoken = '    print("NOW", file=sys.stderr, flush=True)\n    time.sleep(60)\n'
    assert spoken in SLOW
    file = tmp_path / "report.json"
    with grading(course(SLOW.replace(spoken, swallowing)), app, "--report", f"json={file}") as process:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=45)
    assert process.returncode == 143
    assert statuses(read(file)) == {"first": "passed", "slow": "passed", "never": "error"}


def test_a_pipe_gets_one_report_and_one_that_nobody_reads_holds_nothing_up(course: Write, app: Path, tmp_path: Path):
    folder, pipe = course(), tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [Path(sys.executable).with_name("checkpoint"), "grade", app, "--checkpoint", folder]
    argv = [*command, "-q", "--report", f"json={pipe}"]
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        assert subprocess.run(argv, timeout=60, check=False, capture_output=True).returncode == 0
        assert json.loads(reader.communicate(timeout=45)[0])["stopped"] is None
    done = subprocess.run(argv, timeout=60, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "cannot write the report" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_when_all_is_judged_changes_nothing(
    cli: Cli, course: Write, app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
):
    from checkpoint.judge.run import Run
    from checkpoint.worker.launch import Launcher

    close_run, close_launcher = Run.close, Launcher.close

    def late(self: Any, close: Callable[[Any], None]) -> None:
        close(self)
        os.kill(os.getpid(), number)

    monkeypatch.setattr(Run, "close", lambda self: late(self, close_run))
    monkeypatch.setattr(Launcher, "close", lambda self: late(self, close_launcher))
    answer = cli("grade", app, "--checkpoint", course(), "--report", f"json={tmp_path / 'r.json'}")
    assert (answer.code, answer.err) == (0, "")
    assert read(tmp_path / "r.json")["passed"]


def test_a_broken_file_beside_a_sound_one_leaves_no_half_of_the_checks(
    cli: Cli, course: Write, write: Write, app: Path, tmp_path: Path
):
    folder = course()
    write("course/checks/test_other.py", "import no_such_module\n")
    assert cli("grade", app, "--checkpoint", folder, "--report", f"json={tmp_path / 'r.json'}").code == 2
    report = read(tmp_path / "r.json")
    assert (report["stopped"]["why"], report["checks"]) == ("broken", [])
