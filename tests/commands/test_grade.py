"""`checkpoint grade`, from the command line to the report and the exit code."""

from __future__ import annotations

import contextlib
import io
import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from checkpoint.cli import main
from checkpoint.errors import GradingError
from checkpoint.model import Stop
from checkpoint.report import FORMATS
from checkpoint.report.json import schema

from ..conftest import APP, CHECK, GRADER
from ..report import reports

if TYPE_CHECKING:
    from checkpoint.model import Report

    from ..conftest import Answer, Cli, Write

ROOT = Path(__file__).parents[2]
TO_DO = {"visit_first", "visit_count", "visit_per_visitor", "header_present", "header_fresh", "header_from_g"}


def read(text: str) -> dict[str, Any]:
    """Return a JSON report, which keeps the published schema."""
    report: dict[str, Any] = json.loads(text)
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(report)] == []
    return report


def report_of(answer: Answer) -> dict[str, Any]:
    """Return the JSON report on standard output, beside which nothing was said."""
    assert answer.err == ""
    return read(answer.out)


def statuses(report: dict[str, Any]) -> dict[str, str]:
    return {check["id"]: check["status"] for check in report["checks"]}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str, str]]:
    """Return what grading solution and starter comes to: exit code, terminal report, JSON report."""
    found = {}
    for name in ("solution", "starter"):
        file = tmp_path_factory.mktemp(name) / "report.json"
        with contextlib.redirect_stdout(io.StringIO()) as out:
            app = str(ROOT / name / "app.py")
            code = main(["grade", app, "--checkpoint", str(ROOT), "--seed", "1", "--report", f"json={file}"])
        found[name] = code, out.getvalue(), file.read_text("utf-8")
    return found


# The checkpoint of this repository.


def test_the_solution_earns_all_points(runs: dict[str, tuple[int, str, str]]):
    code, out, text = runs["solution"]
    report = read(text)
    assert code == 0
    assert report["passed"]
    assert set(statuses(report).values()) == {"passed"}
    assert report["score"] == {"earned": 20, "possible": 20, "percent": 100.0, "pass_percent": 100}
    assert report["notes"] == []
    assert "\n20 of 20 points. Passed.\nNext: User login with Flask-Login\n" in out


def test_the_starter_lacks_exactly_what_is_to_do(runs: dict[str, tuple[int, str, str]]):
    code, out, text = runs["starter"]
    report = read(text)
    assert code == 1
    assert not report["passed"]
    assert report["cause"] is None
    assert {id for id, status in statuses(report).items() if status != "passed"} == TO_DO
    assert report["score"]["earned"] == 6
    assert report["score"]["possible"] == 20
    assert re.search(r"\n6 of 20 points \(30 %\), not passed yet: 6 checks to go\n", out)


def test_what_failed_is_placed_in_the_learners_file(runs: dict[str, tuple[int, str, str]]):
    lines = (ROOT / "starter" / "app.py").read_text().splitlines()
    checks = {check["id"]: check for check in read(runs["starter"][2])["checks"]}
    place = checks["header_present"]["location"]
    assert place["file"] == str(ROOT / "starter" / "app.py")
    assert '"placeholder"' in lines[place["line"] - 1]
    assert checks["header_from_g"]["blocked_by"] == ["header_present"]
    assert len(checks["visit_count"]["hints"]) == 3


def test_without_a_path_the_starter_is_graded(cli: Cli, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT / "solution")
    answer = cli("grade", "--only", "task_list")
    assert answer.out.startswith("A Dynamic Web App  ../starter/app.py\n")
    assert answer.code == 0


def test_only_scores_one_check_and_runs_what_it_needs(cli: Cli):
    argv = ["grade", ROOT / "solution", "--checkpoint", ROOT, "--only", "header_from_g"]
    answer = cli(*argv, "--report", "json")
    report = report_of(answer)
    assert answer.code == 0
    assert report["only"] == "header_from_g"
    assert list(statuses(report)) == ["page_loads", "header_present", "header_from_g"]
    assert (report["score"]["earned"], report["score"]["possible"], report["passed"]) == (4, 4, True)


def test_only_is_not_passed_if_what_it_needs_is_not(cli: Cli):
    answer = cli("grade", ROOT / "starter", "--checkpoint", ROOT, "--only", "header_fresh")
    assert answer.code == 1
    assert "\n0 of 1 point for header_fresh alone.\n" in answer.out
    assert "Partial: only header_fresh was scored, with the checks that it needs." in answer.out
    assert "✗ header_present" in answer.out


def test_a_seed_replays_a_run(cli: Cli, runs: dict[str, tuple[int, str, str]]):
    def replay(seed: int) -> dict[str, Any]:
        argv = ["grade", ROOT / "starter" / "app.py", "--checkpoint", ROOT, "--seed", seed, "--report", "json"]
        return steady(report_of(cli(*argv)))

    def steady(report: dict[str, Any]) -> dict[str, Any]:
        for part in (report, *report["checks"]):
            del part["duration_ms"]
        del report["started_at"]
        return report

    first = steady(read(runs["starter"][2]))
    assert first["seed"] == 1
    assert replay(1) == first
    other = replay(2)
    assert other["seed"] == 2
    assert [check["message"] for check in other["checks"]] != [check["message"] for check in first["checks"]]


# Where a report goes and what it looks like.


@pytest.fixture
def graded(cli: Cli, course: Write, app: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Return a function that grades work/app.py with the tiny checkpoint; the app fails the check."""
    app.write_text(APP.replace("world", "moon"))
    folder = course()
    monkeypatch.chdir(app.parents[1])  # a long path would be wrapped

    def grade(*argv: object) -> Answer:
        return cli("grade", "work/app.py", "--checkpoint", folder, *argv)

    return grade


def test_json_takes_the_place_of_the_terminal_report(graded):  # type: ignore[no-untyped-def]
    answer = graded("--report", "json")
    assert answer.code == 1
    assert report_of(answer)["checks"][0]["actual"] == '{"hello":"moon"}\n'


def test_files_come_beside_the_terminal_report(graded, tmp_path: Path):  # type: ignore[no-untyped-def]
    files = {name: tmp_path / f"report.{name}" for name in ("json", "svg", "terminal")}
    answer = graded(*(f"--report={name}={file}" for name, file in files.items()))
    assert (answer.code, answer.err) == (1, "")
    assert answer.out.startswith("Hello  work/app.py\n")
    assert "0 of 2 points" in answer.out
    assert read(files["json"].read_text())["score"]["possible"] == 2
    assert ElementTree.parse(files["svg"]).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    assert files["terminal"].read_text() == answer.out
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(
        file.name for file in files.values()
    )


def test_a_file_and_another_format_on_standard_output(graded, tmp_path: Path):  # type: ignore[no-untyped-def]
    answer = graded("--report", f"json={tmp_path / 'report.json'}", "--report", "svg")
    assert ElementTree.fromstring(answer.out).tag == "{http://www.w3.org/2000/svg}svg"
    assert "Hello" in answer.out
    assert read((tmp_path / "report.json").read_text())["checkpoint"]["title"] == "Hello"


@pytest.mark.parametrize(("file", "words"), [("no/dir/x.json", "there is no folder"), (".", "this is a folder")])
def test_a_report_that_cannot_be_written_keeps_no_other_back(graded, tmp_path: Path, file: str, words: str):  # type: ignore[no-untyped-def]
    answer = graded("--report", f"json={tmp_path / file}", "--report", f"svg={tmp_path / 'report.svg'}")
    assert answer.code == 2
    assert answer.err.startswith(f"checkpoint: {tmp_path / file}: cannot write the report: {words}")
    assert "\nhelp: " in answer.err
    assert "0 of 2 points" in answer.out
    assert (tmp_path / "report.svg").exists()


@pytest.mark.parametrize(
    "name",
    [
        "work/app.py", "work/templates/index.html", "work/notes.txt", "work/data.json", "course/grader.py",
        "course/solution/app.py", "course/quiz.yaml", "course/README.md", "work/no/../app.py", "link", "work.zip",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("no_worker")
def test_a_report_is_not_written_over_somebodys_work(
    cli: Cli, course: Write, app: Path, write: Write, tmp_path: Path, name: str
):
    folder = course()
    real = tmp_path / name.replace("no/../", "")
    if name == "link":
        (tmp_path / name).symlink_to(app)
    elif not real.exists():
        write(name, '<!doctype html>\n{"points": 1}\n')
    before = real.read_text()
    answer = cli("grade", app, "--checkpoint", folder, "--report", f"html={tmp_path / name}")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"checkpoint: {tmp_path / name}: the report would be written over this file")
    assert real.read_text() == before


@pytest.mark.parametrize("name", FORMATS)
def test_every_report_may_be_written_over_another(drawn, tmp_path: Path, name: str):  # type: ignore[no-untyped-def]
    for report in (reports.report(reports.PASSED), reports.everything(), reports.outcomes()["broken"]):
        for _ in range(2):
            answer = drawn("--report", f"{name}={tmp_path / 'report'}", report=report)
            assert "written over" not in answer.err
    (tmp_path / "report").write_text("")
    assert "written over" not in drawn("--report", f"{name}={tmp_path / 'report'}").err


def test_what_a_check_prints_of_a_learners_words_cannot_act(cli: Cli, course: Write, app: Path):
    text = "::notice title=Autograding report::{}\\n\\x1b[2J##vso[task.complete]x"
    folder = course(
        f"""
        import logging, sys
        print("::error::at import")
        def test_a(learner):
            print("{text}")
            print("half a ", end="")
            print("::error::line", end="")
            logging.warning("{text}")
            sys.stderr.write("::error::x\\n")
        """
    )
    answer = cli("grade", app, "--checkpoint", folder, "--report", "json")
    assert json.loads(answer.out)["passed"]
    assert "half a " in answer.err
    assert not [line for line in answer.err.splitlines() if line.lstrip().startswith("::")]
    assert "\x1b" not in answer.err
    assert "##vso[" not in answer.err


@pytest.mark.usefixtures("no_worker")
def test_two_formats_do_not_go_to_one_file(cli: Cli, course: Write, app: Path, tmp_path: Path):
    folder = course()
    argv = ["--report", f"json={tmp_path / 'r'}", "--report", f"html={tmp_path / 'no' / '..' / 'r'}"]
    answer = cli("grade", app, "--checkpoint", folder, *argv)
    assert answer.code == 2
    assert "json and html cannot both go to" in answer.err
    assert not (tmp_path / "r").exists()


@pytest.fixture
def drawn(cli: Cli, course: Write, app: Path, no_worker: None, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Return a function that grades, where the judge has its report ready: for what becomes of one."""
    folder = course()

    def grade(*argv: object, report: Report = reports.report(reports.FAILED)) -> Answer:  # noqa: B008 - frozen
        monkeypatch.setattr("checkpoint.judge.session.judge", lambda *_: report)
        return cli("grade", app, "--checkpoint", folder, *argv)

    return grade


@pytest.mark.parametrize(
    ("checks", "changes", "code"),
    [
        ([reports.PASSED], {}, 0),
        ([reports.PASSED, reports.FAILED], {}, 1),
        ([reports.PASSED, reports.CRASHED], {"cause": "crashed"}, 1),
        ([reports.PASSED, reports.UNDECIDED], {}, 1),
        ([reports.PASSED, reports.ERROR], {}, 3),
        ([reports.FAILED, reports.UNDECIDED, reports.ERROR], {}, 3),
        ([reports.PASSED], {"stopped": Stop("interrupted", "")}, 130),
        ([reports.FAILED, reports.ERROR], {"stopped": Stop("interrupted", "")}, 130),
        ([reports.PASSED], {"stopped": Stop("terminated", "")}, 143),
        ([reports.PASSED], {"only": "page_loads"}, 0),
    ],
)
@pytest.mark.parametrize("argv", [[], ["--report", "json"], ["-q"]])
def test_the_exit_code_tells_the_outcome(drawn, checks: list[Any], changes: dict[str, Any], code: int, argv: list[str]):  # type: ignore[no-untyped-def]
    assert drawn(*argv, report=reports.report(*checks, **changes)).code == code


def test_whatever_an_app_wrote_its_reports_come_out(drawn, tmp_path: Path):  # type: ignore[no-untyped-def]
    answer = drawn("--report", f"svg={tmp_path / 'report.svg'}", "--report", "json", report=reports.hostile())
    report_of(answer)
    assert ElementTree.parse(tmp_path / "report.svg").getroot().tag.endswith("svg")
    assert "\x1b" not in drawn(report=reports.hostile()).out


def test_quiet_verbose_and_hints(drawn):  # type: ignore[no-untyped-def]
    usual = drawn()
    assert "  hint: The cookie comes back as text.\n" in usual.out
    assert "int(...)" not in usual.out
    assert "seed" not in usual.out
    assert drawn("-q").out == "0 of 4 points (0 %), not passed yet: 1 check to go\n"
    assert drawn("--quiet") == drawn("-q")
    assert "\nseed 7, sha256 0123456789ab, 1.2 s\n" in drawn("-v").out
    assert drawn("--verbose") == drawn("-v")
    assert drawn("-q", "-v") == usual
    assert "  hint 1 of 3: The cookie comes back as text.\n  hint 2 of 3: int(...)" in drawn("--hints").out


def test_colour_only_where_it_is_wanted(drawn, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def colored(terminal: bool = False, **settings: str) -> bool:
        with monkeypatch.context() as patch:
            patch.setattr(sys.stdout, "isatty", lambda: terminal)
            for name, value in {"TERM": "xterm", **settings}.items():
                patch.setenv(name, value)
            return "\x1b[" in drawn().out

    assert not colored()
    assert colored(terminal=True)
    assert colored(FORCE_COLOR="1")
    assert not colored(terminal=True, NO_COLOR="1")
    assert not colored(FORCE_COLOR="1", NO_COLOR="1")
    assert colored(terminal=True, NO_COLOR="")
    assert not colored(terminal=True, TERM="dumb")


def test_columns_set_the_width(drawn, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    widths = {}
    for columns in (50, 90):
        monkeypatch.setenv("COLUMNS", str(columns))
        widths[columns] = max(len(line) for line in drawn().out.splitlines())
    assert widths == {50: 50, 90: 90}


def test_a_terminal_sees_how_far_it_is_and_nothing_of_that_stays(
    graded, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):  # type: ignore[no-untyped-def]
    def err(*argv: object, term: str = "xterm") -> str:
        with monkeypatch.context() as patch:
            patch.setattr(sys.stderr, "isatty", lambda: True)
            patch.setenv("TERM", term)
            answer: Answer = graded(*argv)
        assert "checking" not in answer.out
        return answer.err

    assert err() == "\r\x1b[Kchecking 1/1: It says hello\r\x1b[K"
    monkeypatch.setenv("COLUMNS", "21")
    assert err() == "\r\x1b[Kchecking 1/1: It say\r\x1b[K"
    assert err("-q") == ""
    assert err(term="dumb") == ""


def test_a_terminal_that_knows_only_ascii(script: Cli, course: Write, app: Path, monkeypatch: pytest.MonkeyPatch):
    folder = course(grader=GRADER.replace('title="Hello"', 'title="Größe 日本"'))
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    answer = script("grade", app, "--checkpoint", folder)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.isascii()
    assert "+ It says hello" in answer.out
    answer = script("grade", app, "--checkpoint", folder, "--report", "json")
    assert answer.code == 0
    assert report_of(answer)["checkpoint"]["title"] == "Größe 日本"


NOISY = """
print("NOISE")
def test_hello(learner):
    '''It says hello.'''
    print("NOISE")
    assert learner.get("/").status_code == 200
"""


def test_what_an_author_prints_is_no_part_of_a_report(cli: Cli, course: Write, app: Path):
    folder = course(NOISY, grader=f"print('NOISE')\n{GRADER}", app=f"print('NOISE')\n{APP}")
    answer = cli("grade", app, "--checkpoint", folder, "--report", "json")
    assert read(answer.out)["passed"]
    assert answer.err == "NOISE\n" * 3
    assert "NOISE" not in answer.out


def test_what_the_app_prints_is_in_its_report(cli: Cli, course: Write, app: Path):
    app.write_text(APP.replace("def hello():", "def hello():\n    print('in view')") + "print('loading')\n")
    answer = cli("grade", app, "--checkpoint", course(), "--report", "json")
    report = report_of(answer)
    assert report["output"] == "loading\n"
    assert report["checks"][0]["output"] == "in view\n"


# A submission that cannot be loaded is graded: that is an outcome, and exit code 1.


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        (b"", "app.py is empty.", 1),
        (b"  \n\n", "app.py is empty.", 1),
        (b"x = 1\ny = '\xff'\n", "Save the file as UTF-8", 2),
        (b"x = 1\0\n", "app.py is not valid Python", 1),
        (b"def f(:\n    pass\n", "app.py is not valid Python, so it cannot be loaded: invalid syntax.", 1),
        (b"def f():\n    pass\n   x = 1\n", "Line it up with the line above that it belongs to.", 3),
        (b"from flask import Flask\n", "I looked for a Flask app in app.py, `app`, `application` or create_app()", 1),
        (b"from flask import Flask\napp = Flask\n", "`app` in app.py is the Flask class itself.", 2),
        (b"from flask import Flask\n\nred = Flask('r')\nblue = Flask('b')\n",
         "I found 2 Flask apps in app.py, `red` and `blue`, and cannot tell which one to run.", 3),
        (b"from flask import Flask\ndef create_app(config):\n    return Flask('a')\n",
         "create_app() in app.py needs arguments", 2),
        (b"x = 1\ny = {}['a']\n", "app.py stopped while it was being loaded: KeyError: 'a'.", 2),
        (b"import flask_nothing.at_all\n", "install it beside checkpoint: python -m pip install flask_nothing", 1),
        (b"import sys\nsys.exit()\n", "app.py ended itself while it was being loaded", 2),
    ],
)  # fmt: skip
def test_an_app_that_cannot_be_loaded(cli: Cli, course: Write, app: Path, content: bytes, message: str, line: int):
    app.write_bytes(content)
    answer = cli("grade", app, "--checkpoint", course(), "--report", "json")
    report = report_of(answer)
    assert answer.code == 1
    assert report["cause"] == ("exited" if b"exit" in content else "not_loadable")
    assert report["score"]["earned"] == 0
    assert report["score"]["possible"] == 2
    (check,) = report["checks"]
    assert check["status"] == "failed"
    assert message in check["message"]
    if line:
        assert check["location"] is not None
        assert (check["location"]["file"], check["location"]["line"]) == (str(app), line)


def test_a_syntax_error_is_shown_with_its_line_and_a_caret(graded, app: Path):  # type: ignore[no-untyped-def]
    app.write_text("from flask import Flask\n\napp = Flask(__name__\n")
    answer = graded()
    assert answer.code == 1
    assert "\nThe app could not be loaded.\n" in answer.out
    lines = answer.out.splitlines()
    number = next(n for n, text in enumerate(lines) if "actual    app = Flask(__name__" in text)
    assert lines[number + 1].index("^") == lines[number].index("(")
    assert "\n  work/app.py:3\n" in answer.out
    assert "\n  > 3 │ app = Flask(__name__\n" in answer.out


def test_one_mistake_is_told_once(cli: Cli, course: Write, app: Path):
    app.write_text("x = (\n")
    folder = course(CHECK + "\n\ndef test_other(learner):\n    learner.get('/')\n")
    report = report_of(cli("grade", app, "--checkpoint", folder, "--report", "json"))
    assert statuses(report) == {"hello": "failed", "other": "blocked"}
    assert report["checks"][1]["blocked_by"] == ["hello"]


@pytest.mark.parametrize(("option", "where"), [("--load-seconds", "load"), ("--request-seconds", "request")])
def test_limits_can_be_set_for_one_run(cli: Cli, course: Write, app: Path, option: str, where: str):
    sleep = "__import__('time').sleep(30)\n"
    app.write_text(APP + sleep if where == "load" else APP.replace("    return", f"    {sleep}    return"))
    answer = cli("grade", app, "--checkpoint", course(), option, "0.3", "--report", "json")
    report = report_of(answer)
    assert answer.code == 1
    assert report["cause"] == "timed_out"
    assert "no answer within 0.3 s" in report["checks"][0]["message"]


# What goes wrong through no fault of the learner's costs no points, and is exit code 3.


def test_an_exception_in_a_check_is_our_error(cli: Cli, course: Write, app: Path):
    folder = course(CHECK + "\n\n@check(points=3)\ndef test_broken(learner):\n    return {}['x']\n")
    answer = cli("grade", app, "--checkpoint", folder, "--report", "json")
    report = report_of(answer)
    assert answer.code == 3
    assert statuses(report) == {"hello": "passed", "broken": "error"}
    assert not report["passed"]
    assert (report["score"]["earned"], report["score"]["possible"]) == (2, 5)
    assert re.search(
        r"could not be carried out, through no fault of your app: KeyError: 'x' \(\S+/test_hello.py:\d+\)",
        report["checks"][1]["message"],
    )
    answer = cli("grade", app, "--checkpoint", folder)
    assert "That is our fault, not yours, and costs you no points." in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("x = (\n", "the solution does not work: app.py is not valid Python"),
        pytest.param(
            APP.replace("return", "1 / 0; return"),
            "ZeroDivisionError",
        ),
        ("import os\nos._exit(0)\n", "the solution does not work: The app did not survive being loaded"),
    ],
)
def test_a_solution_that_does_not_work_is_our_error(cli: Cli, course: Write, app: Path, reference: str, words: str):
    folder = course(CHECK.replace('solution.get("/").text', 'solution.get("/").ok().text'), app=reference)
    answer = cli("grade", app, "--checkpoint", folder, "--report", "json")
    report = report_of(answer)
    assert answer.code == 3
    assert statuses(report) == {"hello": "error"}
    assert report["cause"] is None
    assert words in report["checks"][0]["message"]


def test_no_worker_to_be_had_is_exit_3_and_no_mark(cli: Cli, course: Write, app: Path, monkeypatch: pytest.MonkeyPatch):
    def none(_required: str) -> None:
        raise GradingError("the learner's side could not be started", help="try again")

    monkeypatch.setattr("checkpoint.worker.launch.start", none)
    answer = cli("grade", app, "--checkpoint", course(), "--report", f"json={app.parent / 'r.json'}")
    assert answer == (3, "", "checkpoint: the learner's side could not be started\nhelp: try again\n")
    report = read((app.parent / "r.json").read_text())
    assert report["stopped"]["why"] == "failed"
    assert "no fault of yours" in report["stopped"]["message"]
    assert statuses(report) == {"hello": "error"}
    assert (report["passed"], report["score"]["earned"], report["score"]["possible"]) == (False, 0, 2)


def test_a_conftest_that_exits_is_a_broken_checkpoint(cli: Cli, course: Write, write: Write, app: Path):
    folder = course()
    write("course/checks/conftest.py", "raise SystemExit(0)\n")
    answer = cli("grade", app, "--checkpoint", folder)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"checkpoint: {folder / 'checks/conftest.py'}:1: SystemExit")


def test_a_folder_that_pytest_cannot_take_is_named(cli: Cli, course: Write, app: Path):
    folder = course(name="week [1]")
    answer = cli("grade", app, "--checkpoint", folder)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"checkpoint: {folder / 'checks'}: pytest takes no folder with `[` or `$` in its path")


@pytest.mark.parametrize("text", ["import no_such_module\n", "x = (\n", "def pytest_no_such_hook(): ...\n"])
def test_a_broken_conftest_is_named(cli: Cli, course: Write, write: Write, app: Path, text: str):
    folder = course()
    conftest = write("course/checks/conftest.py", text)
    answer = cli("grade", app, "--checkpoint", folder)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"checkpoint: {conftest}")
    assert "there are no checks" not in answer.err


def test_a_check_file_that_exits_is_named(cli: Cli, course: Write, app: Path):
    folder = course("import sys\nsys.exit(0)\n")
    answer = cli("grade", app, "--checkpoint", folder)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"checkpoint: {folder / 'checks/test_hello.py'}:2: ")


def test_an_interrupt_while_checks_are_read_is_one(cli: Cli, course: Write, app: Path):
    assert cli("grade", app, "--checkpoint", course("raise KeyboardInterrupt\n")).code == 130


def test_an_unknown_fixture_is_our_error(cli: Cli, course: Write, app: Path):
    answer = cli("grade", app, "--checkpoint", course("def test_a(lerner): ...\n"), "--report", "json")
    report = report_of(answer)
    assert answer.code == 3
    assert statuses(report) == {"a": "error"}
    assert "fixture 'lerner' not found" in report["checks"][0]["message"]


def test_an_async_check_is_refused_with_its_place(cli: Cli, course: Write, app: Path):
    answer = cli("grade", app, "--checkpoint", course("async def test_a(learner): ...\n"))
    assert answer.code == 2
    assert "test_hello.py:1: the check `a` is an `async def`" in answer.err


# What checks may be: plain pytest.


PLAIN = """
import pytest


def test_compared(learner):
    '''The page is there.'''
    assert learner.get("/").status_code == 201


def test_with_words(learner):
    '''The page is there.'''
    assert learner.get("/").status_code == 201, "The page should say 201 Created."


def test_not_compared(learner):
    '''The page is gone.'''
    assert not (
        learner.get("/").text
    )


def test_failed():
    pytest.fail("Not like this.")


def test_skipped():
    pytest.skip("no network here")


@pytest.mark.parametrize("status", [200, 201, 200])
def test_cases(learner, status):
    '''All statuses are right.'''
    assert learner.get("/").status_code == status


@pytest.mark.parametrize("path", ["/", "/?a=1"])
def test_good_cases(learner, path):
    assert learner.get(path).status_code == 200


class TestMore:
    def test_in_a_class(self, learner):
        assert learner.get("/").status_code == 200
"""


def test_plain_pytest_tests_are_checks(cli: Cli, course: Write, app: Path):
    answer = cli("grade", app, "--checkpoint", course(PLAIN), "--report", "json")
    report = report_of(answer)
    checks = {check["id"]: check for check in report["checks"]}
    words = {id: (check["message"], check["actual"], check["expected"]) for id, check in checks.items()}
    assert answer.code == 1
    assert words["compared"] == (
        "The page is there: this does not hold: `learner.get('/').status_code == 201`", "200", "201",
    )  # fmt: skip
    assert words["with_words"] == ("The page should say 201 Created.", "200", "201")
    assert words["not_compared"] == (
        "The page is gone: this does not hold: `not learner.get('/').text`", None, None,
    )  # fmt: skip
    assert words["failed"] == ("Not like this.", None, None)
    assert words["skipped"] == ("This check was left out: no network here", None, None)
    assert words["cases"][1:] == ("200", "201")
    assert statuses(report) == {
        "compared": "failed", "with_words": "failed", "not_compared": "failed", "failed": "failed",
        "skipped": "undecided", "cases": "failed", "good_cases": "passed", "in_a_class": "passed",
    }  # fmt: skip
    assert report["score"]["possible"] == 8  # a point each, however many cases a check has
    assert checks["good_cases"]["title"] == "good cases"
    assert checks["compared"]["title"] == "The page is there"


def test_an_undecided_check_is_neither_earned_nor_lost(cli: Cli, course: Write, app: Path):
    check = CHECK + "\n\ndef test_skipped():\n    __import__('pytest').skip('later')\n"
    folder = course(check, grader=GRADER.replace('title="Hello"', 'title="Hello", pass_percent=50'))
    answer = cli("grade", app, "--checkpoint", folder)
    assert answer.code == 1
    assert "2 of 3 points (66.67 %), not passed yet: 1 check undecided" in answer.out
    assert "Until then its 1 point is neither earned nor lost." in " ".join(answer.out.split())


TODO_GRADER = """
from checkpoint import Checkpoint

checkpoint = Checkpoint(id="todo-api", title="A To-Do API", solution="reference", checks="tests", pass_percent=50)
"""
TODO_APP = """
from flask import Flask, request


def create_app():
    app = Flask(__name__)
    items = []

    @app.post("/items")
    def add():
        items.append(request.get_json()["text"])
        return {"id": len(items)}, 201

    @app.get("/items/<int:id>")
    def show(id):
        return {"text": items[id - 1]} if id <= len(items) else ({"error": "not found"}, 404)

    return app
"""
TODO_CHECKS = """
from checkpoint import check, expect


@check(points=1)
def test_add(learner, solution, rng):
    "POST /items answers 201 and the new id."
    item = {"text": str(rng.random())}
    mine, wanted = (app.client().post("/items", json=item) for app in (learner.fresh(), solution.fresh()))
    expect(mine.status_code == wanted.status_code, "Wrong status.", expected=wanted.status, actual=mine.status)
    expect(mine.json == wanted.json, "Wrong answer.", expected=wanted.json, actual=mine.json)


@check(points=1, needs="add")
def test_missing(learner):
    "What is not there is a 404."
    page = learner.fresh().get("/items/9")
    expect(page.status_code == 404, "An item that is not there should be 404.", expected=404, actual=page.status_code)
"""


def test_the_engine_knows_no_exercise(cli: Cli, write: Write):
    folder = write("todo/grader.py", TODO_GRADER).parent
    write("todo/reference/app.py", TODO_APP)
    write("todo/tests/test_api.py", TODO_CHECKS)
    answer = cli("grade", folder / "reference", "--checkpoint", folder, "--report", "json")
    report = report_of(answer)
    assert answer.code == 0
    assert statuses(report) == {"add": "passed", "missing": "passed"}
    assert report["checkpoint"]["id"] == "todo-api"
    learner = write("work/app.py", TODO_APP.replace('({"error": "not found"}, 404)', "{}"))
    answer = cli("grade", learner, "--checkpoint", folder, "--report", "json")
    report = report_of(answer)
    assert statuses(report) == {"add": "passed", "missing": "failed"}
    assert (report["checks"][1]["expected"], report["checks"][1]["actual"]) == ("404", "200")
    assert report["score"]["percent"] == 50
    assert answer.code == 0  # half of the points is this checkpoint's pass mark


# Ctrl-C.


SLOW = """
import sys, time

def test_first(learner):
    assert learner.get("/").status_code == 200

def test_slow(learner):
    print("NOW", file=sys.stderr, flush=True)
    time.sleep(30)

def test_never(learner): ...
"""


def test_what_was_judged_before_an_interrupt_is_kept(course: Write, app: Path):
    file = app.with_name("report.json")
    command = [
        Path(sys.executable).with_name("checkpoint"), "grade", app, "--checkpoint", course(SLOW),
        "--report", f"json={file}",
    ]  # fmt: skip
    # Where tests run in the background the shell has them ignore SIGINT, and a child would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    with process:
        assert process.stderr is not None
        assert process.stderr.readline() == "NOW\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=45)
    assert process.returncode == 130
    assert err == ""
    assert "Grading was cut short, so this report is not complete." in out
    report = read(file.read_text())
    assert not report["complete"]
    assert not report["passed"]
    assert statuses(report) == {"first": "passed", "slow": "error", "never": "error"}
    assert report["score"]["possible"] == 3


def test_nothing_is_left_behind(cli: Cli, course: Write, app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():
        descriptors = tmp_path / "tmp"
    assert cli("grade", app, "--checkpoint", course()).code == 0
    before = len(list(descriptors.iterdir()))
    assert cli("grade", app, "--checkpoint", course()).code == 0
    assert cli("grade", app.with_name("no.py"), "--checkpoint", course()).code == 2
    assert len(list(descriptors.iterdir())) == before
    assert list((tmp_path / "tmp").iterdir()) == []
    assert [path.name for path in app.parent.iterdir()] == ["app.py"]
