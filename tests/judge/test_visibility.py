"""What a hidden check asks, an app can neither tell in a later check, nor is it told before."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from checkpoint import check, intake
from checkpoint.errors import BrokenCheckpoint, CheckpointError
from checkpoint.judge.session import Options, judge
from checkpoint.judge.stopped import Stopped
from checkpoint.report.hidden import without_hidden

from .apps import HEAD, LIMITS, submission
from .test_plugin import APP, statuses, write_checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from checkpoint.model import Report
    from checkpoint.worker.launch import Launcher

# An app that keeps what it is asked, in its memory, on its disk and in what it prints, and tells it to whoever asks.
PARROT = (
    HEAD
    + """
from pathlib import Path
import threading, time
from flask import request

ASKED = []
NOTES = Path(__file__).with_name("notes.txt")


def later(path):
    time.sleep(0.3)
    print("printed late", path, flush=True)


@app.get("/", defaults={"path": ""})
@app.get("/<path:path>")
def index(path):
    ASKED.append(path)
    try:
        NOTES.write_text(NOTES.read_text() + path if NOTES.exists() else path)
    except OSError:
        pass
    threading.Thread(target=later, args=(path,)).start()
    kept = NOTES.read_text() if NOTES.exists() else ""
    return "hello " + " ".join(ASKED) + kept
"""
)


@pytest.fixture
def graded(tmp_path: Path, launcher: Launcher) -> Callable[..., Report]:
    """Return a function that grades an app with a tiny checkpoint, and hears of its progress."""

    def run(checks: str, app: str = APP, heard: list[str] | None = None, only: str | None = None) -> Report:
        course = write_checkpoint(tmp_path / "course", checks)

        def progress(number: int, of: int, title: str, so_far: Callable[[], Report]) -> None:
            if heard is not None:
                heard.append(title)

        solution = intake.take(course.solution, LIMITS)
        return judge(course, submission(app), solution, launcher, Options(7, only, LIMITS, progress))

    return run


def test_hidden_checks_come_last_but_for_those_that_others_need(graded: Callable[..., Report]):
    report = graded("""
        @check(visibility="hidden")
        def test_a(learner): pass
        def test_b(learner): pass
        @check(visibility="after_due")
        def test_c(learner): pass
        @check(needs="a")
        def test_d(learner): pass
    """)
    assert list(statuses(report)) == ["b", "a", "c", "d"]
    assert [check.visibility for check in report.checks] == ["visible", "hidden", "after_due", "visible"]


def test_an_app_does_not_remember_what_a_hidden_check_asked(graded: Callable[..., Report]):
    report = graded(
        """
        @check(visibility="hidden")
        def test_a(learner): assert "secret" in learner.get("/secret").text
        @check(needs="a")
        def test_b(learner):
            import time
            text = learner.get("/").text
            time.sleep(0.5)
            fail(text)
        def test_c(learner): learner.get("/open")
        """,
        PARROT,
    )
    told = {check.id: check for check in report.checks}
    assert told["a"].status == "passed"
    assert told["b"].feedback is not None
    assert told["b"].feedback.message.startswith("hello")
    assert "secret" not in told["b"].feedback.message + told["b"].output + told["c"].output + report.output


def test_between_visible_checks_it_does(graded: Callable[..., Report]):
    report = graded(
        """
        def test_a(learner): learner.get("/seen")
        @check(needs="a")
        def test_b(learner): fail(learner.get("/").text)
        """,
        PARROT,
    )
    assert report.checks[1].feedback is not None
    assert "seen" in report.checks[1].feedback.message


def test_progress_names_a_hidden_check_by_its_id(graded: Callable[..., Report]):
    heard: list[str] = []
    graded("@check(title='The answer is 42', visibility='hidden')\ndef test_a(learner): pass\n", heard=heard)
    assert heard == ["a"]


def test_that_an_app_cannot_be_loaded_is_told_by_a_check_that_may_tell_it(graded: Callable[..., Report]):
    checks = """
        @check(visibility="hidden")
        def test_a(learner): learner.get("/")
        @check(needs="a")
        def test_b(learner): pass
        def test_c(learner): learner.get("/")
    """
    report = graded(checks, "1 / 0")
    assert statuses(report) == {"c": "failed", "a": "blocked", "b": "blocked"}
    alone = graded(checks, "1 / 0", only="b")
    assert statuses(alone) == {"a": "failed", "b": "blocked"}


@pytest.mark.parametrize("visibility", ["secret", "after_due_date", None, ""])
def test_a_visibility_that_there_is_not_is_refused(visibility: str):
    with pytest.raises(ValueError, match="visibility must be one of visible, hidden, after_due, not"):
        check(visibility=visibility)  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore:secret")  # this pytest hears it, too, and would tell
def test_what_a_hidden_check_prints_logs_and_warns_of_goes_nowhere(
    graded: Callable[..., Report], capfd: pytest.CaptureFixture[str]
):
    checks = """
        import logging, sys, warnings
        print("secret")
        @check(visibility="hidden")
        def test_a(learner):
            print("secret")
            print("secret", file=sys.stderr)
            logging.warning("secret")
            warnings.warn("secret", UserWarning)
        def test_b(learner): print("told")
    """
    graded(checks)
    out, err = capfd.readouterr()
    assert "secret" not in out + err
    assert "told" in out + err


def test_a_check_that_ends_pytest_itself_is_the_authors_to_mend(graded: Callable[..., Report]):
    with pytest.raises(Stopped) as caught:
        graded("def test_a(learner): pass\ndef test_b(learner): pytest.exit('secret')\n")
    assert isinstance(caught.value.problem, BrokenCheckpoint)
    assert "secret" not in str(caught.value.problem)
    assert statuses(caught.value.report) == {"a": "passed", "b": "error"}


LOUD = """
    import os, sys, subprocess

    class Loud:
        def __repr__(self):
            print("secret")
            return "loud"
        def __del__(self):
            print("secret")

    async def never(): ...

    @check(visibility="hidden")
    def test_a(learner):
        never()
        os.write(2, b"secret")
        sys.__stderr__.write("secret")
        sys.__stderr__.flush()
        subprocess.run(["echo", "secret"])
        circle = [Loud()]
        circle.append(circle)
        assert Loud() == 1
    def test_b(learner): pass
"""


@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")
@pytest.mark.parametrize("only", [None, "a", "b"])
def test_however_a_hidden_check_says_something_it_goes_nowhere(
    graded: Callable[..., Report], capfd: pytest.CaptureFixture[str], only: str | None
):
    graded(LOUD, only=only)
    gc.collect()
    out, err = capfd.readouterr()
    assert "secret" not in out + err


def test_with_a_hidden_check_around_nothing_is_said_while_files_are_read(
    graded: Callable[..., Report], capfd: pytest.CaptureFixture[str]
):
    checks = "print('secret')\n@check(visibility='hidden')\ndef test_a(learner): pass\ndef test_b(learner): pass\n"
    graded(checks, only="b")
    with pytest.raises(CheckpointError):
        graded(checks, only="nosuch")
    out, err = capfd.readouterr()
    assert "secret" not in out + err


def test_all_cases_of_a_check_count_for_its_time(graded: Callable[..., Report]):
    report = graded("""
        import time
        @pytest.mark.parametrize("seconds", [0.2, 0.3, 0.1])
        @check(visibility="hidden")
        def test_a(learner, seconds): time.sleep(seconds)
    """)
    assert 600 <= report.checks[0].duration_ms <= report.duration_ms
    assert without_hidden(report).duration_ms <= report.duration_ms - 600


def test_if_all_checks_are_hidden_it_is_noted_that_the_app_cannot_be_loaded(graded: Callable[..., Report]):
    hidden = "@check(visibility='hidden')\ndef test_a(learner): learner.get('/')\n"
    (note,) = graded(hidden, "1 / 0").notes
    assert note.startswith("The app could not be loaded: ")
    assert "ZeroDivisionError" in note
    assert graded(f"{hidden}def test_b(learner): learner.get('/')\n", "1 / 0").notes == ()
