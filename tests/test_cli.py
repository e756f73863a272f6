"""The command line itself: help, wrong usage, exit codes, and what it may not do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import checkpoint
from checkpoint.cli import COMMANDS
from checkpoint.errors import CheckpointError, GradingError

from .conftest import APP

if TYPE_CHECKING:
    from .conftest import Cli, Write

HEAVY = ("pytest", "_pytest", "flask", "werkzeug", "jinja2", "rich", "sqlite3", "yaml", "asyncio", "importlib.metadata")


# Help.


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_of_the_group_has_the_commands_and_an_example(cli: Cli, option: str):
    answer = cli(option)
    assert (answer.code, answer.err) == (0, "")
    assert re.search(r"\n  grade +Grade a Flask app and explain what is wrong\.\n", answer.out)
    assert "Example: checkpoint grade starter/app.py" in answer.out


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_of_grade_has_examples_and_exit_codes(cli: Cli, option: str):
    answer = cli("grade", option)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Usage: checkpoint grade [OPTIONS] [PATH]\n")
    for words in ("Examples:", "checkpoint grade starter/app.py --hints", "--report html=report.html", "Exit codes: 0"):
        assert words in answer.out
    for name in ("--report", "--only", "--seed", "--hints", "--checkpoint", "-q, --quiet", "-v, --verbose"):
        assert re.search(rf"\n +{name}\b.* {{2,}}\w+", answer.out), f"{name} is not explained"


def test_the_version(cli: Cli):
    for option in ("--version", "-V"):
        assert cli(option) == (0, f"checkpoint {checkpoint.__version__}\n", "")


LEARNERS = ("start", "run", "grade", "quiz", "hint", "history", "diff", "completion")
NESTED = ("quiz export", "quiz import", "quiz schema", "batch decide", "ci init")


@pytest.mark.parametrize("command", [*COMMANDS, *NESTED])
def test_the_help_of_each_command_has_examples(cli: Cli, monkeypatch: pytest.MonkeyPatch, command: str):
    monkeypatch.setenv("COLUMNS", "80")
    answer = cli(*command.split(), "--help")
    assert (answer.code, answer.err) == (0, "")
    usage, _, rest = answer.out.partition("\n\n")
    assert usage.startswith(f"Usage: checkpoint {command} ")
    assert re.match(r"  [A-Z][^\n]+[^.\n]?\.?\n", rest), "it begins with what the command does"
    examples = answer.out.partition("Example")[2]
    assert re.search(rf"\n.*\bcheckpoint {command}\b", examples), "an example calls it"
    assert re.search(r"\n  -h, --help +Show this message and exit\.\n", answer.out)
    if command in LEARNERS:
        assert max(map(len, answer.out.splitlines())) <= 80


@pytest.mark.parametrize(
    "argv",
    [
        "--help", "grade --help", "--version", "grad", "grade --bogus", "grade --report x", "run --help", "hint --help",
        "history --help", "diff --help", "start --help", "completion bash",
    ],
)  # fmt: skip
def test_nothing_heavy_is_imported_before_it_is_needed(argv: str):
    code = f"""
import sys
from checkpoint.cli import main
main({argv.split()!r})
heavy = [name for name in {HEAVY!r} if name in sys.modules]
print("heavy:", *heavy, file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "heavy:"


def test_ctrl_c_while_it_is_still_being_imported_leaves_no_traceback(write: Write, tmp_path: Path):
    write("early/click.py", "raise KeyboardInterrupt")
    command = [sys.executable, "-m", "checkpoint", "--version"]
    settings = {**os.environ, "PYTHONPATH": str(tmp_path / "early")}
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "\ncheckpoint: interrupted\n")


# Wrong usage is exit 2, says what is wrong on standard error, and offers the next step.


def test_a_command_that_does_not_exist(cli: Cli):
    answer = cli("grad")
    assert (answer.code, answer.out) == (2, "")
    assert "No such command 'grad'." in answer.err
    assert answer.err.count("Did you mean 'grade'?") == 1
    answer = cli("zzz")
    assert answer.code == 2
    assert "No such command 'zzz'." in answer.err
    assert "Did you mean" not in answer.err
    assert "Try 'checkpoint --help'" in answer.err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--bogus"], "No such option '--bogus'"),
        (["--hint"], "--hints"),
        (["a.py", "b.py"], "unexpected extra argument (b.py)"),
        (["--seed"], "'--seed' requires an argument"),
        (["--seed", "x"], "'x' is not a valid integer"),
        (["--seed", "-1"], "-1 is not in the range x>=0"),
        (["--load-seconds", "0"], "0.0 is not in the range x>0"),
        (["--request-seconds", "-1"], "-1.0 is not in the range x>0"),
        (["--run-seconds", "soon"], "'soon' is not a valid float"),
        (["--report", "json="], "--report json=: the file's name is missing behind `=`."),
        (["--report", "json", "--report", "svg"],
         "json and svg cannot both go to standard output. Give one a file: --report svg=FILE."),
        (["--report", "terminal", "--report", "json"], "Give one a file: --report json=FILE."),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("no_worker")
def test_wrong_options(cli: Cli, argv: list[str], words: str):
    answer = cli("grade", *argv)
    assert (answer.code, answer.out) == (2, "")
    assert "Error: " in answer.err
    assert words in answer.err


@pytest.mark.parametrize("value", ["nan", "inf", "1e300"])
@pytest.mark.usefixtures("no_worker")
def test_limits_that_nothing_could_keep(course: Write, app: Path, cli: Cli, value: str):
    for option in ("--load-seconds", "--request-seconds", "--run-seconds"):
        answer = cli("grade", app, "--checkpoint", course(), option, value)
        assert (answer.code, answer.out) == (2, "")
        assert f"{option} must be a positive number, not {float(value)}" in answer.err


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("jsn", "did you mean 'json'? the formats are classroom, ctrf, "),
        ("JSON", "did you mean 'json'?"),
        ("nothing", "the formats are classroom, ctrf, "),
        ("", "the formats are classroom, ctrf, "),
    ],
)
@pytest.mark.parametrize("file", ["", "=report.out"])
@pytest.mark.usefixtures("no_worker")
def test_a_format_that_does_not_exist(cli: Cli, name: str, help: str, file: str):
    answer = cli("grade", "--report", f"{name}{file}")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"checkpoint: there is no report format {name!r}\nhelp: {help}")


@pytest.mark.parametrize(("only", "help"), [("helo", "did you mean `hello`?"), ("zzz", "the checks are hello")])
def test_only_a_check_that_does_not_exist(course: Write, app: Path, cli: Cli, only: str, help: str):
    answer = cli("grade", app, "--checkpoint", course(), "--only", only)
    assert answer == (2, "", f"checkpoint: there is no check `{only}`\nhelp: {help}\n")


# What stops a command becomes one message and one exit code.


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (CheckpointError("it is so", where="a.py:3"), 2, "checkpoint: a.py:3: it is so\n"),
        (GradingError("no processes left", help="try again"), 3, "checkpoint: no processes left\nhelp: try again\n"),
        (KeyboardInterrupt(), 130, "\ncheckpoint: interrupted\n"),  # the first line ends the terminal's ^C
    ],
)
def test_errors_become_exit_codes(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
):
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr("checkpoint.worker.launch.start", stop)
    assert cli("grade") == (code, "", words)


@pytest.mark.usefixtures("no_worker")
def test_a_fault_of_ours_keeps_its_traceback_in_a_file(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError("so it was us")

    monkeypatch.setattr("checkpoint.course.choose", fail)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = cli("grade")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("checkpoint: ZeroDivisionError: so it was us\nhelp: this is a fault of checkpoint's")
    (log,) = tmp_path.glob("checkpoint-error-*.log")
    assert str(log) in answer.err
    assert "Traceback (most recent call last)" in log.read_text()
    assert "so it was us" in log.read_text()


@pytest.mark.usefixtures("no_worker")
def test_a_fault_of_ours_is_said_even_if_no_file_can_be_written(cli: Cli, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError("so it was us")

    monkeypatch.setattr("checkpoint.course.choose", fail)
    monkeypatch.setattr(tempfile, "tempdir", "/no/such/folder")
    answer = cli("grade")
    assert answer.code == 3
    assert "checkpoint: ZeroDivisionError: so it was us\nhelp: this is a fault of checkpoint's" in answer.err


# The ways to call it.


def test_the_console_script_answers_as_main_does(cli: Cli, script: Cli, course: Write, app: Path):
    argv = ["grade", app, "--checkpoint", course()]
    answer = script(*argv)
    assert answer == cli(*argv)
    assert answer.code == 0
    assert answer.err == ""
    assert script(*argv, python=["-m", "checkpoint"]) == answer


def test_a_grader_can_be_run_itself(script: Cli, course: Write, app: Path):
    folder = course()
    grader = folder / "grader.py"
    wanted = script("grade", app, "--checkpoint", folder)
    assert script(app, python=[grader]) == wanted
    assert script("grade", app, python=["../grader.py"], cwd=folder / "checks") == wanted
    app.write_text(APP.replace("world", "moon"))
    assert script(app, python=["grader.py"], cwd=folder).code == 1
    assert script("--help", python=[grader]).out.startswith("Usage: checkpoint grade [OPTIONS] [PATH]\n")
    assert not (folder / "__pycache__").exists()


def test_a_reader_that_goes_away_is_not_our_trouble(course: Write, app: Path):
    for argv, code in ((["grade", app, "--checkpoint", course()], 0), (["--help"], 3)):
        reading, writing = os.pipe()
        os.close(reading)
        command = [Path(sys.executable).with_name("checkpoint"), *argv]
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
        os.close(writing)
        assert done.stderr == b""
        assert done.returncode == code


@pytest.mark.parametrize(
    "argv",
    [
        ("grade", "\n::error::pwned\n.py"),
        ("grade", "##vso[task.complete]\x1b[2J.py"),
        ("grade", "--checkpoint", "\n::set-output name=x::1"),
        ("\n::error::no such command",),
        ("grade", "--only\n::error::x"),
    ],
)
def test_no_name_gives_an_order_to_a_terminal_or_a_ci_job(cli: Cli, argv: tuple[str, ...], no_worker: None):
    answer = cli(*argv)
    assert answer.code == 2
    assert "\x1b" not in answer.err
    assert "##vso[" not in answer.err
    assert not any(line.lstrip().startswith("::") for line in answer.err.splitlines())


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_closed_streams_change_no_verdict(closed: str, course: Write, app: Path):
    command = [sys.executable, "-m", "checkpoint", "grade", str(app), "--checkpoint", str(course())]
    done = subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
