"""`checkpoint quiz`, from the command line to what is kept and the exit code."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

if TYPE_CHECKING:
    from ..conftest import Answer, Cli, Write

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "src/checkpoint/quiz/sitting.schema.json").read_text("utf-8"))
QUIZ = """
quiz: Small
time: 5m
pass: 60%
shuffle: none
questions:
  - ask: Which one?
    options: [( ) this, (x) that]
    why: It is that.
    see: lesson.md#that
  - ask: Which word?
    answer: flask
    why: It holds.
  - ask: Which of these?
    options: [(x) red, ( ) green, (x) blue]
    why: Two of them.
  - ask: And what is it for?
    kind: recall
    answer: For this.
    why: So it is.
"""


@pytest.fixture
def quiz(write: Write) -> Path:
    return write("quiz.yaml", QUIZ)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the history of these tests to themselves."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("ACCESSIBLE", raising=False)
    return tmp_path / "data/checkpoint/history.sqlite3"


@pytest.fixture
def sit(script: Cli, quiz: Path):
    """Return a function that sits the quiz on a pipe; it gives the answer."""

    def sit(lines: str, *argv: object, **options: Any) -> Answer:
        return script("quiz", quiz, *argv, input=lines.replace(" ", "\n").encode(), **options)

    return sit


def record(text: str) -> dict[str, Any]:
    """Return a record, which keeps the published schema."""
    found: dict[str, Any] = json.loads(text)
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(found)] == []
    return found


# Sitting it


def test_passed_on_a_pipe(sit):
    answer = sit("b flask ac  y ")
    assert answer.code == 0
    assert "3 of 3 right (100 %): passed. Pass mark: 60 %. 1 of 1 recall cards known." in answer.out
    assert "Read again" not in answer.out
    assert answer.err == ""


def test_not_passed_says_what_was_wrong_and_what_to_read(sit):
    answer = sit("a django ac  n ")
    assert answer.code == 1
    closing = answer.out[answer.out.index("1 of 3 right") :]
    assert (
        "1. Which one?\nNot right.\nYou: a) this\nRight: b) that\nWhy: It is that.\nRead: lesson.md#that\n" in closing
    )
    assert "2. Which word?\n" in closing
    assert "Which of these?" not in closing
    assert "Read again:\n- lesson.md#that\n" in closing
    assert "--missed" in closing


def test_input_that_ends_is_bad_input_and_can_be_gone_on_with(sit, quiz):
    left = sit("b ")
    assert left.code == 2
    assert f"Left after 1 of 3. Go on with: checkpoint quiz {quiz} --resume" in left.out
    again = sit("flask ac  y ", "--resume", "--report", "json")
    assert again.code == 0
    found = record(again.out)
    assert found["score"]["earned"] == 3
    assert [one["kind"] for one in found["interruptions"]] == ["resumed"]
    assert "Question 1 of 3" not in again.err


def test_nothing_to_resume(sit, quiz):
    assert sit("", "--resume").err == (
        "checkpoint: there is no sitting of this quiz to go on with\nhelp: begin one: checkpoint quiz\n"
    )
    sit("b flask ac  y ")
    assert sit("", "--resume").code == 2  # one that was gone through is none either


def test_resume_refuses_questions_that_have_changed(sit, quiz):
    sit("b ")
    quiz.write_text(QUIZ.replace("flask", "jinja"), "utf-8")
    answer = sit("jinja ", "--resume")
    assert answer.code == 2
    assert "the questions have changed since this sitting was begun" in answer.err


def test_missed_asks_what_was_not_right_when_it_was_last_asked(sit):
    assert "this quiz has not been gone through yet" in sit("", "--missed").err
    sit("a django ac  n ")
    again = sit("b nonsense  y ", "--missed", "--report", "json")
    assert [(one["number"], one["status"]) for one in record(again.out)["questions"]] == [
        (1, "right"),
        (2, "wrong"),
        (4, "known"),
    ]
    assert record(again.out)["missed"] is True
    last = sit("flask ", "--missed")
    assert last.code == 0
    assert "1 of 1 right" in last.out
    assert sit("", "--missed").out == "Nothing to ask again: what was wrong has been answered right since.\n"


def test_missed_outlives_a_change_of_the_file(sit, quiz):
    sit("a flask ac  y ")
    quiz.write_text(QUIZ.replace("It is that.", "Because it is that."), "utf-8")
    assert "1 of 1 right" in sit("b ", "--missed").out


def test_an_exam_keeps_all_explanations_for_the_end(sit):
    answer = sit("b django ac ", "--exam")
    assert answer.code == 0
    before, _, closing = answer.out.partition("2 of 3 right")
    assert "It is that." not in before
    assert "recall" not in answer.out.lower()
    for why in ("It is that.", "It holds.", "Two of them."):
        assert why in closing


def test_count_seed_and_accommodations_are_in_the_record(sit):
    answer = sit("b flask ", "--count", 2, "--seed", 11, "--time-scale", "1.5", "--report", "json")
    found = record(answer.out)
    assert (found["seed"], found["count"], found["limit_seconds"]) == (11, 2, 450)
    assert found["accommodations"] == {"time_scale": 1.5, "untimed": False}
    assert len(found["questions"]) == 2
    assert all(one["seconds"] >= 0 for one in found["questions"])
    untimed = record(sit("b flask ac  y ", "--untimed", "--report", "json").out)
    assert untimed["accommodations"]["untimed"] is True
    assert untimed["limit_seconds"] is None


def test_a_record_on_standard_output_stands_there_alone(sit):
    answer = sit("b flask ac  y ", "--report", "json")
    assert answer.out.startswith("{")
    assert "Question 1 of 3" in answer.err


def test_a_record_tells_nobody_the_right_answers(sit, tmp_path):
    file = tmp_path / "record.json"
    sit("a django a  y ", "--report", f"json={file}")
    text = file.read_text("utf-8")
    assert record(text)["passed"] is False
    for secret in ("flask", "It is that.", "It holds.", "blue"):
        assert secret not in text


def test_a_sitting_that_is_left_has_a_record_too(sit, tmp_path):
    file = tmp_path / "record.json"
    assert sit("b ", "--report", f"json={file}").code == 2
    found = record(file.read_text("utf-8"))
    assert (found["complete"], found["passed"]) == (False, False)
    assert [one["status"] for one in found["questions"]] == ["right", "not_reached", "not_reached", "not_reached"]


def test_a_quiz_goes_on_without_a_history(sit, data):
    data.parent.mkdir(parents=True)
    data.write_bytes(b"no database" * 100)
    answer = sit("b flask ac  y ")
    assert answer.code == 0
    assert f"Note: the history of attempts cannot be used: file is not a database ({data}). This sitting" in answer.out
    assert "This sitting could not be kept" in answer.out


def test_the_history_keeps_what_was_gone_through(sit, data):
    sit("b flask ac  y ")
    with sqlite3.connect(data) as history:
        rows = history.execute("SELECT kind, passed, earned, possible, record FROM attempts").fetchall()
    history.close()
    assert [row[:4] for row in rows] == [("quiz", 1, 3, 3)]
    assert record(rows[0][4])["complete"] is True


def test_a_checkpoint_without_a_quiz(cli, course, monkeypatch):
    monkeypatch.chdir(course())
    answer = cli("quiz")
    assert answer.code == 2
    assert "grader.py: this checkpoint has no quiz\nhelp: write a quiz.yaml" in answer.err


def test_the_quiz_of_the_checkpoint_around(script, course, write, monkeypatch, tmp_path):
    grader = 'from checkpoint import Checkpoint\ncheckpoint = Checkpoint(id="h", title="Hello", quiz="quiz.yaml")\n'
    folder = course(grader=grader)
    write("course/quiz.yaml", QUIZ)
    below = folder / "solution"
    answer = script("quiz", "--report", "json", input=b"b\nflask\nac\n\ny\n", cwd=below)
    assert record(answer.out)["checkpoint"] == {"id": "h", "title": "Hello"}
    assert script("quiz", "--checkpoint", folder, "--check", cwd=tmp_path).code in (0, 1)


# Marks


@pytest.fixture
def mark(cli: Cli, quiz: Path, write: Write):
    def mark(answers: str, *argv: object) -> Answer:
        return cli("quiz", quiz, "--answers", write("answers.yaml", answers), *argv)

    return mark


def test_answers_are_marked_without_asking(mark):
    answer = mark("{1: b, 2: Flask, 3: [a, c]}")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "3 of 3 right (100 %): passed. Pass mark: 60 %.\n"


def test_marks_say_which_are_wrong_but_not_what_is_right(mark):
    answer = mark("{1: a, 3: [a, b]}")
    assert answer.code == 1
    assert "1. Which one?\nNot right.\n" in answer.out
    assert "2. Which word?\nNot answered.\n" in answer.out
    assert "Read again:\n- lesson.md#that\n" in answer.out
    for secret in ("Right:", "flask", "It is that", "blue"):
        assert secret not in answer.out


def test_a_record_of_marks(mark):
    found = record(mark("{1: b, 2: <script>}", "--report", "json").out)
    assert (found["mode"], found["seed"], found["seconds"]) == ("answers", None, None)
    assert [one["status"] for one in found["questions"]] == ["right", "wrong", "unanswered"]
    assert found["questions"][1]["answer"] == "<script>"


def test_a_learners_copy_comes_back_filled_in(cli, mark, quiz):
    copy = cli("quiz", quiz, "--strip")
    assert copy.code == 0
    for secret in ("(x) that", "It is that", "lesson.md", "flask"):
        assert secret not in copy.out
    filled = copy.out.replace("( ) that", "(x) that").replace("answer:", "answer: flask", 2)
    assert "2 of 3 right" in mark(filled).out


def test_a_file_of_answers_that_cannot_be_read(mark, cli, quiz, tmp_path):
    answer = mark("{1: b, 9: x}")
    assert answer.code == 2
    assert "answers.yaml:1:8:" in answer.err
    assert cli("quiz", quiz, "--answers", tmp_path / "none.yaml").code == 2


def test_marks_leave_no_trace_in_the_history(mark, data):
    mark("{1: b}")
    assert not data.exists()


# Files and usage


def test_check(cli, quiz, write):
    told = cli("quiz", "--check", quiz)
    assert told.code == 1
    assert told.out.startswith(f"{quiz}:9:5: warning: there is no file 'lesson.md' beside the quiz\n")
    write("lesson.md", "# That\n")
    assert cli("quiz", "--check", quiz).out == f"{quiz}: 3 questions and 1 recall card, no warnings\n"


def test_this_projects_own_quiz_has_no_tells(cli):
    assert cli("quiz", "--check", ROOT / "quiz.yaml").code == 0


def test_a_broken_file_is_told_before_all_else(cli, write):
    answer = cli("quiz", write("bad.yaml", "quiz: X\nquestions:\n  - aks: What?\n"))
    assert answer.code == 2
    assert "bad.yaml:3:5: unknown key 'aks' in question 1" in answer.err


@pytest.mark.parametrize("argv", [
    ("--check", "--strip"), ("--answers", "x", "--exam"), ("--check", "--report", "json"), ("--resume", "--seed", "1"),
    ("--resume", "--untimed"), ("--untimed", "--time-scale", "2"), ("--strip", "--resume"),
], ids=" ".join)  # fmt: skip
def test_options_that_contradict_each_other(cli, quiz, argv):
    answer = cli("quiz", quiz, *argv)
    assert answer.code == 2
    assert "do not go together" in answer.err


@pytest.mark.parametrize("report", ["junit", "json=", "JSON"])
def test_reports_that_do_not_exist(cli, quiz, report):
    assert cli("quiz", quiz, "--report", report).code == 2


# A terminal that is dumb, or whose user cannot use drawings


def on_a_terminal(argv: list[str], keys: list[tuple[str, bytes]], **env: str) -> tuple[int, str]:
    """Run the quiz on a terminal; send each key once the text before it has appeared. Return code and output."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(env)
        os.execv(sys.executable, [sys.executable, "-m", "checkpoint", "quiz", *argv])
    seen, at = "", 0
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if keys and keys[0][0] in seen[at:]:
            at = seen.index(keys[0][0], at) + len(keys[0][0])
            os.write(terminal, keys.pop(0)[1])
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                break
            if not data:
                break
            seen += data.decode().replace("\r\n", "\n")
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"TERM": "xterm", "ACCESSIBLE": "1"}, {"TERM": ""}], ids=str)
def test_lines_where_nothing_can_be_drawn(quiz, env):
    code, seen = on_a_terminal(
        [str(quiz)],
        [("a to b", b"b\n"), ("Enter for", b"\n"), ("Your answer", b"flask\n"), ("Enter for", b"\n"), ("fit", b"ac\n"),
         ("Enter for", b"\n"), ("press Enter", b"\n"), ("y or n", b"y\n"), ("Enter", b"\n")],
        **env,
    )  # fmt: skip
    assert code == 0, seen
    assert "\x1b" not in seen


def test_what_was_typed_counts_when_time_runs_out_on_a_terminal(write):
    """Without Enter: it is still with the terminal, which has to be asked for it."""
    short = QUIZ.split("  - ask: Which of")[0].replace("time: 5m", "time: 2s")
    short = short.replace("options: [( ) this, (x) that]", "answer: that")
    code, seen = on_a_terminal([str(write("short.yaml", short)), "--plain"], [("Your answer", b"that")])
    assert "Time is up. What you had is handed in. Right." in seen
    assert "1 of 2 right" in seen
    assert code == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_sitting_saved(quiz, number, tmp_path, monkeypatch):
    monkeypatch.delenv("CI", raising=False)  # where none is kept
    process = subprocess.Popen(
        [sys.executable, "-m", "checkpoint", "quiz", str(quiz)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"b\n")
    process.stdin.flush()
    seen = b""
    while b"Question 2" not in seen:
        seen += os.read(process.stdout.fileno(), 4096)
    time.sleep(0.2)
    process.send_signal(number)
    out, err = process.communicate(timeout=45)
    assert process.returncode == 130
    assert b"Left after 1 of 3. Go on with:" in out
    assert b"Traceback" not in err


# What a cold review found


def test_links_are_not_answers(cli, quiz, tmp_path, monkeypatch):
    """A link to the quiz would earn full marks, one to a secret would print it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_text("TOKEN: hunter2", "utf-8")
    Path("linked.yaml").symlink_to("secret")
    Path("real").mkdir()
    Path("real/answers.yaml").write_text("1: b", "utf-8")
    Path("folder").symlink_to("real")
    for given in ("linked.yaml", tmp_path / "linked.yaml", "folder/answers.yaml", tmp_path / "folder" / "answers.yaml"):
        answer = cli("quiz", quiz, "--answers", given)
        assert (answer.code, answer.out) == (2, "")
        assert "this is a link" in answer.err
        assert "hunter2" not in answer.err
    assert cli("quiz", quiz, "--answers", "real/../real/answers.yaml").code == 1


def test_a_sitting_that_is_running_is_not_resumed_elsewhere(quiz, sit):
    process = subprocess.Popen(
        [sys.executable, "-m", "checkpoint", "quiz", str(quiz)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    seen = b""
    while b"Question 1" not in seen:
        seen += os.read(process.stdout.fileno(), 4096)
    refused = sit("b flask ac  y ", "--resume")
    assert refused.code == 2
    assert f"this sitting is running already, in process {process.pid}" in refused.err
    process.kill()
    process.communicate()
    assert sit("b flask ac  y ", "--resume").code == 0


def test_a_crash_gives_no_time_back(quiz, sit, data):
    process = subprocess.Popen(
        [sys.executable, "-m", "checkpoint", "quiz", str(quiz)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    seen = b""
    while b"Your answer" not in seen:
        seen += os.read(process.stdout.fileno(), 4096)
    process.kill()
    process.communicate()
    with sqlite3.connect(data) as history:  # as if it had been an hour ago
        (text,) = history.execute("SELECT record FROM attempts").fetchone()
        kept = {**json.loads(text), "saved": "2020-01-01T00:00:00+00:00"}
        history.execute("UPDATE attempts SET record = ?", (json.dumps(kept),))
    history.close()
    found = record(sit("b flask ac  y ", "--resume", "--report", "json").out)
    assert 5 <= found["questions"][0]["seconds"] < 8


@pytest.mark.parametrize("change", ["{}", "[1]", "null", '{"quiz": 3}'])
@pytest.mark.parametrize("option", ["--missed", "--resume"])
def test_a_history_that_makes_no_sense_is_told(sit, data, change, option):
    sit("a flask ac  y " if option == "--missed" else "b ")
    with sqlite3.connect(data) as history:
        history.execute("UPDATE attempts SET record = ?", (change,))
    history.close()
    answer = sit("b ", option)
    assert answer.code == 2
    assert "fault of checkpoint" not in answer.err


def test_a_report_that_cannot_be_written_is_told_before_the_first_question(sit, tmp_path):
    answer = sit("b ", "--report", f"json={tmp_path}/nowhere/x.json")
    assert (answer.code, answer.out) == (2, "")
    assert "there is no folder" in answer.err


def test_a_time_scale_that_is_no_number(cli, quiz):
    assert cli("quiz", quiz, "--time-scale", "nan").code == 2


@pytest.mark.parametrize("argv", [("--check",), ("--strip",), ("--answers", "answers.yaml"), ("--help",), ()])
def test_a_full_disk_is_nobodys_fault(script, quiz, write, monkeypatch, argv):
    write("answers.yaml", "1: b")
    monkeypatch.chdir(quiz.parent)
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "checkpoint", "quiz", str(quiz), *argv],
            stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode in (2, 130)
    assert b"fault of checkpoint" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_report_reaches_its_file_when_nobody_can_see_the_closing_page(quiz, tmp_path):
    file = tmp_path / "record.json"
    with open("/dev/full", "w") as full:
        subprocess.run(
            [sys.executable, "-m", "checkpoint", "quiz", str(quiz), "--report", f"json={file}"],
            input=b"b\nflask\nac\n\ny\n", stdout=full, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    assert record(file.read_text("utf-8"))["complete"] is False


def test_marks_stand_when_nobody_reads_to_the_end(quiz, write):
    answers = write("answers.yaml", "1: a")
    read, write_end = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "checkpoint", "quiz", str(quiz), "--answers", str(answers)],
        stdout=write_end, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(write_end)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_pipe_without_answers_is_given_up(sit):
    answer = sit("zz " * 1000)
    assert answer.code == 2
    assert answer.out.count("Try again.") < 30


def test_a_closed_terminal_leaves_the_sitting_saved(quiz, sit):
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "dumb"
        os.execv(sys.executable, [sys.executable, "-m", "checkpoint", "quiz", str(quiz)])
    seen = b""
    while b"Your answer" not in seen:
        seen += os.read(terminal, 4096)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 130
    assert sit("b flask ac  y ", "--resume").code == 0
